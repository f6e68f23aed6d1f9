-- Complaints: the subject's side first, then the auditor's.

-- A complaint about one look at the own file; null, or why not.
CREATE FUNCTION oversight.complain(
    p_kind text, p_id text, p_complaint uuid, p_entry bigint, p_text bytea, p_at timestamptz, p_due date
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor record;
    subject uuid;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT e.subject_id INTO subject FROM ledger_entry e
    WHERE e.id = p_entry AND actor.own_subject IS NOT NULL AND e.subject_id = ANY (gate.cluster(actor.own_subject))
      AND (e.shown_from IS NULL OR e.shown_from <= (now() AT TIME ZONE 'Asia/Shanghai')::date);
    IF subject IS NULL THEN
        RETURN 'not_own_entry';
    END IF;
    INSERT INTO oversight_complaint (id, entry_id, subject_id, made_by, text, made_at, due_on, state,
                                     answered_by_name)
    VALUES (p_complaint, p_entry, subject, actor.id, p_text, p_at, p_due, 'open', '')
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN 'complaint_open';
    END IF;
    PERFORM ledger.append(
        actor.kind, actor.id, actor.name, NULL, subject, (SELECT s.kind FROM subjects_subject s WHERE s.id = subject),
        'complaint', p_complaint::text, NULL, 'done', NULL, 0);
    RETURN NULL;
END $$;

-- Whether this actor may call this complaint its own.
CREATE FUNCTION oversight.is_own(p_kind text, p_id text, p_subject uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(bool_or(p_subject = ANY (gate.cluster(a.own_subject))), false)
    FROM gate.actor(p_kind, p_id) a WHERE a.own_subject IS NOT NULL
$$;

CREATE FUNCTION oversight.withdraw_complaint(p_kind text, p_id text, p_complaint uuid, p_at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    found_one oversight_complaint;
BEGIN
    SELECT * INTO found_one FROM oversight_complaint c WHERE c.id = p_complaint FOR UPDATE;
    IF found_one.id IS NULL OR NOT oversight.is_own(p_kind, p_id, found_one.subject_id) THEN
        RETURN 'complaint_unknown';
    ELSIF found_one.state <> 'open' THEN
        RETURN 'complaint_not_open';
    END IF;
    UPDATE oversight_complaint SET state = 'withdrawn', withdrawn_at = p_at WHERE id = p_complaint;
    PERFORM ledger.append(
        a.kind, a.id, a.name, NULL, found_one.subject_id,
        (SELECT s.kind FROM subjects_subject s WHERE s.id = found_one.subject_id), 'complaint_withdrawal',
        p_complaint::text, NULL, 'done', NULL, 0)
    FROM gate.actor(p_kind, p_id) a;
    RETURN NULL;
END $$;

-- The actor's own complaints, newest first.
CREATE FUNCTION oversight.my_complaints(p_kind text, p_id text)
RETURNS TABLE (id uuid, entry_id bigint, text bytea, made_at timestamptz, due_on date, state text, answer bytea,
               answered_at timestamptz, finding text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN QUERY
    SELECT c.id, c.entry_id, c.text, c.made_at, c.due_on, c.state::text, c.answer, c.answered_at, c.finding::text
    FROM gate.actor(p_kind, p_id) a
    JOIN oversight_complaint c ON c.subject_id = ANY (gate.cluster(a.own_subject))
    WHERE a.own_subject IS NOT NULL ORDER BY c.made_at DESC, c.id LIMIT 500;
END $$;

-- The inbox: open ones by due day, or those done with, newest first. Texts stay sealed and are not in the list.
CREATE FUNCTION oversight.read_complaints(p_kind text, p_id text, p_open boolean, p_limit integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'complaint_handling', NULL, NULL, NULL, 0, 'opened');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    RETURN jsonb_build_object('rows', coalesce((
        SELECT jsonb_agg(x.row) FROM (
            SELECT jsonb_build_object(
                'id', c.id, 'made_at', c.made_at, 'due_on', c.due_on, 'state', c.state, 'finding', c.finding,
                'answered_at', c.answered_at, 'answered_by_name', c.answered_by_name,
                'entry', oversight.entry(e)) AS row
            FROM oversight_complaint c JOIN ledger_entry e ON e.id = c.entry_id
            WHERE (c.state = 'open') = p_open
            ORDER BY CASE WHEN p_open THEN c.due_on END, c.made_at DESC, c.id LIMIT least(p_limit, 500)) x), '[]'));
END $$;

-- One complaint with its sealed text and the look that it is about. The entry names the subject, who sees it.
CREATE FUNCTION oversight.read_complaint(p_kind text, p_id text, p_complaint uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    c oversight_complaint;
    me jsonb;
BEGIN
    SELECT * INTO c FROM oversight_complaint x WHERE x.id = p_complaint;
    me := oversight.enter(p_kind, p_id, 'complaint_handling', p_complaint::text, NULL, c.subject_id, 0,
                          CASE WHEN c.id IS NULL THEN 'unknown' ELSE 'opened' END);
    IF me ? 'refusal' OR c.id IS NULL THEN RETURN me; END IF;
    RETURN me || jsonb_build_object('complaint', jsonb_build_object(
        'id', c.id, 'text', encode(c.text, 'hex'), 'made_at', c.made_at, 'due_on', c.due_on, 'state', c.state,
        'finding', c.finding, 'answer', encode(c.answer, 'hex'), 'answered_at', c.answered_at,
        'answered_by_name', c.answered_by_name, 'withdrawn_at', c.withdrawn_at,
        'misuse', (SELECT m.id FROM oversight_misusecase m WHERE m.complaint_id = c.id),
        'entry', (SELECT oversight.entry(e) FROM ledger_entry e WHERE e.id = c.entry_id)));
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oversight FROM PUBLIC;
