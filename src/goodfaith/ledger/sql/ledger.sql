-- The ledger: entries are committed to when they are written, and sealed into a Merkle tree a moment later.
CREATE SCHEMA ledger;

-- One field of an entry's line: no character that COPY's text form, or JSON's, would have to escape.
CREATE FUNCTION ledger.plain(p_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(p_text, E'\\"\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f', '＼＂                                ')
$$;

-- What an entry commits to: its fields in this order, parted by tabs, null as \N. It is the line that
-- COPY ... TO writes of the same columns, so an export is hashed as it stands.
CREATE FUNCTION ledger.line(e ledger_entry) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT concat_ws(E'\t',
        e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_kind, e.actor_id, e.actor_name,
        coalesce(e.unit, '\N'), coalesce(e.subject_id::text, '\N'), coalesce(e.subject_kind, '\N'), e.purpose,
        coalesce(e.matter, '\N'), coalesce(e.case_no, '\N'), coalesce(e.consents::text, '\N'),
        coalesce(e.items::text, '\N'), e.outcome, coalesce(e.refusal, '\N'), e.records,
        coalesce(encode(e.answer, 'hex'), '\N'), coalesce(to_char(e.shown_from, 'YYYY-MM-DD'), '\N'))
$$;

CREATE FUNCTION ledger.commitment(p_salt bytea, e ledger_entry) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(p_salt || convert_to(ledger.line(e), 'UTF8'))
$$;

-- Writes one entry in the transaction of the caller and queues it for sealing. The only INSERT there is.
-- A caller that says nothing (null) of who it is or why is written down as just that: a failing INSERT would leave no
-- entry, and PostgreSQL's message quotes the whole row, with the subject in it.
CREATE FUNCTION ledger.append(
    p_kind text, p_id text, p_name text, p_unit text, p_subject uuid, p_subject_kind text, p_purpose text,
    p_case text, p_items text[], p_outcome text, p_refusal text, p_records integer,
    p_matter text DEFAULT NULL, p_consents uuid[] DEFAULT NULL, p_answer bytea DEFAULT NULL,
    p_shown_from date DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    e ledger_entry;
BEGIN
    e.id := nextval('ledger_entry_id_seq');
    e.at := clock_timestamp();
    e.actor_kind := left(coalesce(ledger.plain(p_kind), ''), 20);
    e.actor_id := left(coalesce(ledger.plain(p_id), ''), 100);
    e.actor_name := left(coalesce(ledger.plain(p_name), ''), 200);
    e.unit := left(ledger.plain(p_unit), 40);
    e.subject_id := p_subject;
    e.subject_kind := p_subject_kind;
    e.purpose := left(coalesce(ledger.plain(p_purpose), ''), 60);
    e.matter := left(ledger.plain(p_matter), 60);
    e.case_no := left(ledger.plain(p_case), 120);
    e.consents := to_jsonb(p_consents);
    e.items := to_jsonb((SELECT array_agg(ledger.plain(i)) FROM unnest(p_items) i));
    e.outcome := p_outcome;
    e.refusal := left(ledger.plain(p_refusal), 60);
    e.records := coalesce(p_records, 0);
    e.answer := p_answer;
    e.shown_from := p_shown_from;
    e.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    e.commitment := ledger.commitment(e.salt, e);
    INSERT INTO ledger_entry SELECT e.*;
    INSERT INTO ledger_pending (entry_id) VALUES (e.id);
    RETURN e.id;
END $$;

-- Whether the ledger is being sealed. When it is not, people's files stay shut.
CREATE FUNCTION ledger.standing() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce((SELECT s.sealed_at > clock_timestamp() - make_interval(secs => s.open_seconds)
                     FROM ledger_state s WHERE s.id = 1), false)
$$;

-- An entry never changes, but for one thing: its content may be erased where the law orders it. What it
-- committed to stays, so that every proof still holds, and who ordered it stands in an entry of its own. The kind of
-- look, its time and outcome stay.
CREATE FUNCTION ledger.guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_by IS NULL AND NEW.erased_by IS NOT NULL
       AND (NEW.id, NEW.at, NEW.actor_kind, NEW.purpose, NEW.outcome, NEW.records, NEW.commitment)
         = (OLD.id, OLD.at, OLD.actor_kind, OLD.purpose, OLD.outcome, OLD.records, OLD.commitment)
       AND NEW.refusal IS NOT DISTINCT FROM OLD.refusal AND NEW.shown_from IS NOT DISTINCT FROM OLD.shown_from
       AND NEW.subject_kind IS NOT DISTINCT FROM OLD.subject_kind
       AND NEW.actor_id = '' AND NEW.actor_name = ''
       AND num_nonnulls(NEW.salt, NEW.unit, NEW.subject_id, NEW.case_no, NEW.items, NEW.matter, NEW.consents,
                        NEW.answer) = 0
       AND EXISTS (SELECT FROM public.ledger_entry e WHERE e.id = NEW.erased_by AND e.purpose = 'ledger_erasure'
                   AND e.case_no = OLD.id::text) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'ledger_entry is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Entries from before the ledger was sealed are committed to now, and wait for the first seal.
DROP TRIGGER append_only ON ledger_entry;
UPDATE ledger_entry e SET
    actor_id = ledger.plain(e.actor_id), actor_name = ledger.plain(e.actor_name), case_no = ledger.plain(e.case_no),
    purpose = ledger.plain(e.purpose), unit = ledger.plain(e.unit),
    items = (SELECT jsonb_agg(ledger.plain(i)) FROM jsonb_array_elements_text(e.items) i),
    salt = uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
UPDATE ledger_entry e SET commitment = ledger.commitment(e.salt, e);
INSERT INTO ledger_pending (entry_id) SELECT id FROM ledger_entry;
INSERT INTO ledger_state (id, sealed_at, size, root, open_seconds)
VALUES (1, clock_timestamp(), 0, sha256(''::bytea), 120);

CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger.guard();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_leaf FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION append_only();

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
