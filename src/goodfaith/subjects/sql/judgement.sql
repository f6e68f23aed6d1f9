-- A judgement is about its suspicion's pair and no other: who may write judgements could else join any two files, and
-- open the one as the owner of the other. It is never rewritten; only taken back, once.
CREATE FUNCTION subjects_judgement_guard() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM subjects_suspicion s
        WHERE s.id = NEW.suspicion_id AND s.left_id = NEW."left" AND s.right_id = NEW."right") THEN
        RAISE EXCEPTION 'a judgement is about its suspicion''s pair' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
       OR to_jsonb(OLD) - '{withdrawn_at,withdrawn_by,withdrawn_reason}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{withdrawn_at,withdrawn_by,withdrawn_reason}'::text[]) THEN
        RAISE EXCEPTION 'a judgement is not changed but taken back' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER judgement_guard BEFORE INSERT OR UPDATE ON subjects_judgement
    FOR EACH ROW EXECUTE FUNCTION subjects_judgement_guard();
