-- Writes one entry in the transaction of the caller and queues it for sealing. The only INSERT there is.
-- A caller that says nothing (null) of who it is or why is written down as just that: a failing INSERT would leave no
-- entry, and PostgreSQL's message quotes the whole row, with the subject in it.
CREATE OR REPLACE FUNCTION ledger.append(
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
