-- Opening a case: by the subject, by who stands for it, by an officer at the counter or from a letter.

-- Why this actor may not open a case for this subject through this channel; null when it may. An officer opened the
-- subject's file for the counter on the same day: the entry shows it, and that number and name agreed.
CREATE FUNCTION rights.opening_refusal(p_actor gate.who, p_subject uuid, p_channel text, p_entry bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_actor.kind IS NULL OR NOT EXISTS (SELECT FROM subjects_subject s WHERE s.id = p_subject)
            THEN 'actor_unknown'
        WHEN p_channel = 'my' THEN CASE
            WHEN p_actor.own_subject = ANY (gate.cluster(p_subject)) THEN NULL
            WHEN p_actor.kind IN ('citizen', 'enterprise') AND EXISTS (
                SELECT FROM rights_representation r WHERE r.subject_id = ANY (gate.cluster(p_subject))
                AND r.account = p_actor.id AND r.ended_at IS NULL AND r.case_id IS NULL
                AND gate.today() BETWEEN r.since AND r.until) THEN NULL
            ELSE 'not_own_file' END
        WHEN p_actor.kind <> 'officer' OR p_actor.role NOT IN ('clerk', 'credit_office') THEN 'role_not_allowed'
        WHEN NOT EXISTS (
            SELECT FROM ledger_entry e WHERE e.id = p_entry AND e.actor_kind = 'officer' AND e.actor_id = p_actor.id
            AND e.purpose = 'rights_counter' AND e.outcome = 'opened' AND e.subject_id = ANY (gate.cluster(p_subject))
            AND e.at > now() - interval '1 day') THEN 'counter_entry_missing'
        WHEN p_channel NOT IN ('counter', 'letter', 'unit') THEN 'role_not_allowed'
    END
$$;

CREATE FUNCTION rights.new_number(p_procedure text, p_letter text, p_at timestamptz) RETURNS text
LANGUAGE sql AS $$
    SELECT p_letter || to_char(p_at AT TIME ZONE 'Asia/Shanghai', 'YYYY') || lpad(nextval('rights.number')::text, 7, '0')
$$;

-- Draft texts are replaced until the case is filed.
CREATE FUNCTION rights.put_draft_texts(p_case uuid, p jsonb, p_actor gate.who, p_at timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM rights_text x USING jsonb_array_elements(coalesce(p, '[]')) one
    WHERE x.case_id = p_case AND x.event_id IS NULL AND x.part = one ->> 'part';
    PERFORM rights.add_texts(p_case, NULL, p, p_actor, p_at);
END $$;

-- A new case, as a draft. p: id, procedure, letter, kind, subject, channel, entry, records, at, facts, texts.
CREATE FUNCTION rights.open(p_kind text, p_id text, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    subject uuid := (p ->> 'subject')::uuid;
    records uuid[] := ARRAY(SELECT x::uuid FROM jsonb_array_elements_text(coalesce(p -> 'records', '[]')) x);
    at timestamptz := (p ->> 'at')::timestamptz;
    why text;
    c rights_case;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    IF p ->> 'channel' = 'my' THEN subject := coalesce(subject, actor.own_subject); END IF;
    why := rights.opening_refusal(actor, subject, p ->> 'channel', (p ->> 'entry')::bigint);
    IF why IS NOT NULL THEN RETURN rights.refused(p_kind, p_id, NULL, why); END IF;
    why := CASE
        WHEN (SELECT count(*) FROM rights_case x WHERE x.subject_id = subject AND x.step = 'draft') >= 20
            THEN 'too_many_drafts'
        WHEN records = '{}' AND p ->> 'procedure' IN ('objection', 'repair', 'note') THEN 'records_missing'
        -- each is decided by who reported it: one case, one unit
        WHEN p ->> 'procedure' IN ('objection', 'repair', 'note') AND (
            SELECT count(DISTINCT r.source_unit) FROM records_record r
            WHERE r.subject_id = ANY (gate.cluster(subject)) AND r.id = ANY (records) AND r.superseded_at IS NULL) > 1
            THEN 'several_units' END;
    IF why IS NOT NULL THEN
        RETURN rights.refused(p_kind, p_id, NULL, why) || jsonb_build_object('problem', why);
    END IF;
    IF (SELECT count(*) FROM records_record r WHERE r.subject_id = ANY (gate.cluster(subject)) AND r.id = ANY (records)
            AND r.superseded_at IS NULL AND r.status IN ('current', 'disputed')) <> cardinality(records) THEN
        RETURN rights.refused(p_kind, p_id, NULL, 'record_unknown') || jsonb_build_object('problem', 'record_unknown');
    END IF;
    INSERT INTO rights_case (id, number, procedure, kind, subject_id, subject_kind, step, next, unit, channel,
                             opened_by_kind, opened_by, opened_at, facts)
    VALUES ((p ->> 'id')::uuid, rights.new_number(p ->> 'procedure', p ->> 'letter', at), p ->> 'procedure', p ->> 'kind',
            subject, gate.kind_of(subject, NULL), 'draft', 'subject', NULL, p ->> 'channel', actor.kind, actor.id, at,
            coalesce(p -> 'facts', '{}'))
    RETURNING * INTO c;
    INSERT INTO rights_caserecord (case_id, subject_id, record_id, version, item, source_unit)
    SELECT c.id, r.subject_id, r.id, r.version, r.item_id, r.source_unit FROM records_record r
    WHERE r.subject_id = ANY (gate.cluster(subject)) AND r.id = ANY (records) AND r.superseded_at IS NULL ORDER BY r.id;
    PERFORM rights.put_draft_texts(c.id, p -> 'texts', actor, at);
    RETURN jsonb_build_object('case', c.id, 'number', c.number, 'step', c.step,
        'entry', rights.enter(actor, c, 'open', 'draft', false, 'done'));
END $$;

-- What a draft says, changed. p: case, kind, facts, texts, at.
CREATE FUNCTION rights.save(p_kind text, p_id text, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    c rights_case;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO c FROM rights_case x WHERE x.id = (p ->> 'case')::uuid FOR UPDATE;
    IF NOT coalesce(rights.may_write_draft(actor, c), false) THEN
        RETURN rights.refused(p_kind, p_id, p ->> 'case', 'case_unknown');
    END IF;
    UPDATE rights_case x SET kind = coalesce(p ->> 'kind', x.kind), facts = x.facts || coalesce(p -> 'facts', '{}')
    WHERE x.id = c.id;
    PERFORM rights.put_draft_texts(c.id, p -> 'texts', actor, (p ->> 'at')::timestamptz);
    RETURN jsonb_build_object('case', c.id, 'number', c.number, 'step', c.step);
END $$;

CREATE FUNCTION rights.may_write_draft(p_actor gate.who, c rights_case) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT c.step = 'draft' AND p_actor.kind IS NOT NULL
       AND ('subject' = ANY (rights.parts(p_actor, c)) OR c.opened_by_kind = p_actor.kind AND c.opened_by = p_actor.id)
$$;

-- A paper: by the subject's side until the case is over, by who handles it; another's than the subject's is an entry.
-- Null, or why not.
CREATE FUNCTION rights.add_file(
    p_kind text, p_id text, p_case uuid, p_file uuid, p_name bytea, p_media text, p_bytes integer, p_sha256 bytea,
    p_sealed bytea, p_for_subject boolean, p_at timestamptz
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    c rights_case;
    parts text[];
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO c FROM rights_case x WHERE x.id = p_case FOR UPDATE;
    parts := CASE WHEN c.id IS NULL OR actor.kind IS NULL THEN '{}' ELSE rights.parts(actor, c) END;
    IF parts = '{}' AND NOT coalesce(rights.may_write_draft(actor, c), false) THEN
        RETURN rights.refused(p_kind, p_id, p_case::text, 'case_unknown') ->> 'refusal';
    ELSIF c.closed_at IS NOT NULL THEN
        RETURN 'act_not_here';
    ELSIF (SELECT count(*) FROM rights_file f WHERE f.case_id = c.id AND f.removed_at IS NULL) >= 30 THEN
        RETURN 'too_many_files';
    END IF;
    INSERT INTO rights_file (id, case_id, name_sealed, media, bytes, sha256, sealed, for_subject, at, by_kind, by)
    VALUES (p_file, p_case, p_name, p_media, p_bytes, p_sha256, p_sealed,
            p_for_subject OR actor.kind IN ('citizen', 'enterprise'), p_at, actor.kind, actor.id);
    IF NOT coalesce(actor.own_subject = ANY (gate.cluster(c.subject_id)), false) THEN
        PERFORM rights.enter(actor, c, 'paper', c.step, false, 'done');
    END IF;
    RETURN NULL;
END $$;

-- Takes a paper out of a draft again, and its bytes are gone.
CREATE FUNCTION rights.remove_file(p_kind text, p_id text, p_file uuid, p_at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    c rights_case;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT x.* INTO c FROM rights_case x JOIN rights_file f ON f.case_id = x.id WHERE f.id = p_file;
    IF NOT coalesce(rights.may_write_draft(actor, c), false) THEN
        RETURN rights.refused(p_kind, p_id, NULL, 'case_unknown') ->> 'refusal';
    END IF;
    UPDATE rights_file SET removed_at = p_at, sealed = NULL, name_sealed = NULL WHERE id = p_file AND removed_at IS NULL;
    RETURN NULL;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rights FROM PUBLIC;
