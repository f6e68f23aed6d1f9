-- Records are never overwritten: this holds as before. One more change is known: a value that was sealed under the
-- installation's key (suite bytes 1 and 2) is sealed under its subject's key (3 and 4). Only `sealed` differs, only the
-- table's owner can do it, only where the transaction says so, and never back. Neither the web's nor the jobs' role has
-- the right to touch the column; the owner could have switched this trigger off anyway.
CREATE OR REPLACE FUNCTION records_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'records are never deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF coalesce(current_setting('goodfaith.reseal', true), '') = 'on' AND records_resealed(OLD, NEW) THEN
        RETURN NEW;
    END IF;
    IF OLD.superseded_at IS NOT NULL OR NEW.superseded_at IS NULL
       OR to_jsonb(NEW) - 'superseded_at' IS DISTINCT FROM to_jsonb(OLD) - 'superseded_at' THEN
        RAISE EXCEPTION 'records are never overwritten' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION records_resealed(before records_record, after records_record) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM pg_class c WHERE c.oid = 'records_record'::regclass
                   AND pg_get_userbyid(c.relowner) = current_user)
       AND get_byte(before.sealed, 0) < 3 AND get_byte(after.sealed, 0) >= 3
       AND to_jsonb(after) - 'sealed' = to_jsonb(before) - 'sealed'
$$;
