-- Oversight: what the auditor reads and does. Every function here writes its ledger entry first.
CREATE SCHEMA oversight;

INSERT INTO oversight_aliaskey (id, key) VALUES (1, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- Entries come in the order of time, so a small index over blocks finds a period; it costs an INSERT next to nothing.
CREATE INDEX ledger_entry_at_brin ON ledger_entry USING brin (at) WITH (pages_per_range = 32, autosummarize = on);

-- What stands for a subject on the auditor's pages: the same for every look at the same subject, and nothing else.
CREATE FUNCTION oversight.alias(p_subject uuid) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT substr(d, 1, 5) || '-' || substr(d, 6, 5)
    FROM (SELECT encode(sha256(k.key || uuid_send(p_subject)), 'hex') AS d FROM oversight_aliaskey k) x
$$;

-- One entry as an auditor sees it: no name, number or id of the subject.
CREATE FUNCTION oversight.entry(e ledger_entry) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT jsonb_build_object(
        'id', e.id, 'at', e.at, 'actor_kind', e.actor_kind, 'actor_id', e.actor_id, 'actor_name', e.actor_name,
        'unit', e.unit, 'subject_kind', e.subject_kind, 'subject', oversight.alias(e.subject_id),
        'purpose', e.purpose, 'matter', e.matter, 'case_no', e.case_no, 'items', e.items, 'outcome', e.outcome,
        'refusal', e.refusal, 'records', e.records, 'consents', e.consents, 'shown_from', e.shown_from)
$$;

-- The auditor at the door: the entry is written, whoever it is. {"id", "name", "unit", "entry"}, or {"refusal"}.
CREATE FUNCTION oversight.enter(
    p_kind text, p_id text, p_purpose text, p_case text, p_items text[], p_subject uuid, p_records integer,
    p_outcome text
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor record;
    allowed boolean;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    allowed := coalesce(actor.kind = 'officer' AND actor.role = 'auditor', false);
    entry := ledger.append(
        coalesce(actor.kind, p_kind), coalesce(actor.id, p_id), coalesce(actor.name, ''), actor.unit, p_subject,
        (SELECT s.kind FROM subjects_subject s WHERE s.id = p_subject), p_purpose, p_case, p_items,
        CASE WHEN allowed THEN p_outcome ELSE 'refused' END,
        CASE WHEN allowed THEN NULL ELSE 'role_not_allowed' END, CASE WHEN allowed THEN p_records ELSE 0 END);
    IF NOT allowed THEN
        RETURN jsonb_build_object('refusal', 'role_not_allowed');
    END IF;
    RETURN jsonb_build_object('id', actor.id, 'name', actor.name, 'unit', actor.unit, 'entry', entry);
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oversight FROM PUBLIC;
