-- Who was given a record that ended or was corrected is told, in the transaction of the decision.

-- The looks that gave one record: kept one by one since rights came; of before, every look that may have.
CREATE FUNCTION rights.given(p_subjects uuid[], p_record uuid, p_item text) RETURNS TABLE (entry bigint, unit text)
LANGUAGE sql STABLE AS $$
    SELECT g.entry_id, g.unit::text FROM gate_given g WHERE g.subject_id = ANY (p_subjects) AND p_record = ANY (g.records)
    UNION
    SELECT e.id, e.unit::text FROM ledger_entry e
    WHERE e.subject_id = ANY (p_subjects)
      AND e.id <= coalesce((SELECT p.value::bigint FROM rights_progress p WHERE p.name = 'given_since'), 0)
      AND e.outcome IN ('opened', 'answered') AND e.records > 0 AND e.unit IS NOT NULL
      AND e.purpose NOT IN ('audit_review', 'complaint_handling', 'rights_case')
      AND (e.items IS NULL OR e.items ? p_item)
      AND e.at >= (SELECT min(r.recorded_at) FROM records_record r WHERE r.subject_id = ANY (p_subjects) AND r.id = p_record)
$$;

-- A recall with its notices; again for the same version and reason: nothing. p_but: the unit that decided knows.
CREATE FUNCTION rights.recall(
    r records_record, p_reason text, p_on date, p_case uuid, p_but text, p_at timestamptz, p_due date
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    made uuid;
BEGIN
    INSERT INTO rights_recall (id, subject_id, record_id, item, version, reason, effective_on, case_id, at)
    VALUES (gen_random_uuid(), r.subject_id, r.id, r.item_id, r.version, p_reason, p_on, p_case, p_at)
    ON CONFLICT DO NOTHING RETURNING id INTO made;
    IF made IS NULL THEN RETURN NULL; END IF;
    INSERT INTO rights_recallnotice (id, recall_id, unit, entries, looks, due_on, confirmed_by, done, reminders)
    -- the lawfully delayed looks are among the kept ones, so that what the subject reads can be told without them
    SELECT gen_random_uuid(), made, g.unit,
           (array_agg(g.entry ORDER BY e.shown_from DESC NULLS LAST, g.entry DESC))[1:100], count(*), p_due, '', '', 0
    FROM rights.given(gate.cluster(r.subject_id), r.id, r.item_id) g JOIN ledger_entry e ON e.id = g.entry
    WHERE g.unit IS DISTINCT FROM p_but GROUP BY g.unit;
    PERFORM pg_advisory_xact_lock(hashtextextended('rights_withdrawal', 0));  -- the feed counts without gaps
    INSERT INTO rights_withdrawal (seq, recall_id, facts, at)
    SELECT coalesce((SELECT max(w.seq) FROM rights_withdrawal w), 0) + 1, made, jsonb_build_object('record', r.id, 'item', r.item_id, 'document_no', r.document_no,
               'authority', r.authority, 'decided_on', r.decided_on, 'uscc', o.uscc, 'reason', p_reason,
               'effective_on', p_on), p_at
    FROM subjects_organisation o
    WHERE o.subject_id = r.subject_id AND r.disclosure = 'open' AND NOT isempty(r.display)
      AND lower(r.display) <= gate.today();
    RETURN made;
END $$;

CREATE FUNCTION rights.notice_state(n rights_recallnotice) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN n.confirmed_at IS NOT NULL THEN 'confirmed' WHEN n.due_on < gate.today() THEN 'unconfirmed'
                ELSE 'waiting' END
$$;

-- How many of a notice's looks may be told of today; none while all of them are lawfully delayed.
CREATE FUNCTION rights.looks_shown(n rights_recallnotice) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT n.looks - count(*)::integer FROM ledger_entry e WHERE e.id = ANY (n.entries) AND e.shown_from > gate.today()
$$;

-- One notice as its unit reads it: no name, no number.
CREATE FUNCTION rights.notice_facts(n rights_recallnotice) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'id', n.id, 'recall', c.id, 'unit', n.unit, 'reason', c.reason, 'effective_on', c.effective_on, 'at', c.at,
        'record', c.record_id, 'item', c.item, 'version', c.version, 'document_no', r.document_no,
        'authority', r.authority, 'decided_on', r.decided_on, 'due_on', n.due_on, 'looks', n.looks,
        'entries', (SELECT coalesce(jsonb_agg(jsonb_build_object('entry', e.id, 'at', e.at, 'purpose', e.purpose,
                        'case_no', e.case_no) ORDER BY e.id DESC), '[]')
                    FROM ledger_entry e WHERE e.id = ANY (n.entries)),
        'signed', n.signed, 'seen_at', n.seen_at, 'confirmed_at', n.confirmed_at, 'confirmed_by', n.confirmed_by,
        'done', nullif(n.done, ''), 'reminders', n.reminders, 'case', x.number,
        'state', rights.notice_state(n))
    FROM rights_recall c
    JOIN records_record r ON r.subject_id = c.subject_id AND r.id = c.record_id AND r.version = c.version
    LEFT JOIN rights_case x ON x.id = c.case_id
    WHERE c.id = n.recall_id
$$;

-- A unit's notices, for its officers and its machines; reading them is an entry. p: state, after, limit.
CREATE FUNCTION rights.unit_notices(p_kind text, p_id text, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    refusal text;
    found jsonb;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    refusal := CASE WHEN actor.kind IS NULL OR actor.unit IS NULL
                    OR actor.kind = 'officer' AND coalesce(actor.role, '') NOT IN ('clerk', 'credit_office')
                    THEN 'role_not_allowed' END;
    IF refusal IS NULL THEN
        UPDATE rights_recallnotice SET seen_at = clock_timestamp() WHERE unit = actor.unit AND seen_at IS NULL;
        SELECT coalesce(jsonb_agg(x.row), '[]') INTO found FROM (
            SELECT rights.notice_facts(n) AS row FROM rights_recallnotice n JOIN rights_recall c ON c.id = n.recall_id
            WHERE (n.unit = actor.unit OR actor.role = 'credit_office' AND p ->> 'all' IS NOT NULL)
              AND (p ->> 'id' IS NULL OR n.id = (p ->> 'id')::uuid)
              AND (p ->> 'state' IS NULL OR rights.notice_state(n) = p ->> 'state')
              AND (p ->> 'since' IS NULL OR c.at >= (p ->> 'since')::timestamptz)
            ORDER BY n.confirmed_at IS NOT NULL, n.due_on, c.at, n.id
            LIMIT least(coalesce((p ->> 'limit')::integer, 100), 1000) OFFSET coalesce((p ->> 'offset')::integer, 0)) x;
    END IF;
    PERFORM gate.enter_list(actor, p_kind, p_id, 'recall_notices', NULL, NULL, refusal,
                            CASE WHEN refusal IS NULL THEN jsonb_array_length(found) ELSE 0 END);
    RETURN jsonb_build_object('refusal', refusal, 'rows', coalesce(found, '[]'));
END $$;

-- A unit says what it did with what it was given. Null, or why not.
CREATE FUNCTION rights.confirm_notice(p_kind text, p_id text, p_notice uuid, p_done text, p_at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    n rights_recallnotice;
    c rights_recall;
    look gate.look;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO n FROM rights_recallnotice x WHERE x.id = p_notice FOR UPDATE;
    IF actor.unit IS NULL OR n.unit IS DISTINCT FROM actor.unit
       OR actor.kind = 'officer' AND coalesce(actor.role, '') NOT IN ('clerk', 'credit_office') THEN
        RETURN rights.refused(p_kind, p_id, p_notice::text, 'notice_unknown') ->> 'refusal';
    ELSIF n.confirmed_at IS NOT NULL THEN
        RETURN 'notice_confirmed';
    END IF;
    UPDATE rights_recallnotice SET confirmed_at = p_at, confirmed_by = coalesce(actor.name, ''), done = p_done,
        seen_at = coalesce(seen_at, p_at) WHERE id = p_notice;
    SELECT * INTO c FROM rights_recall x WHERE x.id = n.recall_id;
    look := gate.asks(p_kind, p_id, 'recall_confirmed', p_notice::text, c.subject_id, NULL);
    look.items := ARRAY[c.item];
    look.outcome := 'done';
    look.rights_case := c.case_id;
    look.step := 'confirmed';
    IF rights.looks_shown(n) <= 0 THEN  -- what may not be told yet is not told by the confirmation either
        SELECT d.until, d.officer, d.statute INTO look.shown_from, look.delayed_by, look.delay_basis
        FROM gate_delay d WHERE d.entry_id = ANY (n.entries) ORDER BY d.until LIMIT 1;
    END IF;
    PERFORM gate.enter(actor, look);
    RETURN NULL;
END $$;

-- What became of the recalls of the actor's own records: unit by unit.
CREATE FUNCTION rights.my_recalls(p_kind text, p_id text, p_case uuid) RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT jsonb_build_object('record', c.record_id, 'item', c.item, 'reason', c.reason, 'effective_on', c.effective_on,
        'at', c.at, 'case', c.case_id, 'notices', coalesce((
            SELECT jsonb_agg(jsonb_build_object('unit', n.unit, 'looks', rights.looks_shown(n), 'due_on', n.due_on,
                'state', rights.notice_state(n), 'done', nullif(n.done, ''), 'confirmed_at', n.confirmed_at,
                'seen_at', n.seen_at, 'reminders', n.reminders) ORDER BY n.unit)
            FROM rights_recallnotice n WHERE n.recall_id = c.id AND rights.looks_shown(n) > 0), '[]'))
    FROM gate.actor(p_kind, p_id) a JOIN rights_recall c ON c.subject_id = ANY (gate.cluster(a.own_subject))
    WHERE a.own_subject IS NOT NULL AND (p_case IS NULL OR c.case_id = p_case)
    ORDER BY c.at DESC, c.id LIMIT 500
$$;

-- The same for who handles the case. Delayed looks are not told to those either.
CREATE FUNCTION rights.case_recalls(p_kind text, p_id text, p_case uuid) RETURNS SETOF jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    handled uuid := rights.handled(p_kind, p_id, p_case);
BEGIN
    RETURN QUERY SELECT rights.notice_facts(n) - 'entries' - 'signed' || jsonb_build_object('looks', rights.looks_shown(n))
    FROM rights_recall c JOIN rights_recallnotice n ON n.recall_id = c.id AND rights.looks_shown(n) > 0
    WHERE c.case_id = handled ORDER BY n.unit, n.id;
END $$;

-- How units confirm, for everybody: counts by unit.
CREATE FUNCTION rights.recall_figures(p_since date, p_until date)
RETURNS TABLE (unit text, n integer, confirmed integer, unconfirmed integer, days_median numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT n.unit::text, count(*)::integer, count(n.confirmed_at)::integer,
           count(*) FILTER (WHERE rights.notice_state(n) = 'unconfirmed')::integer,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM n.confirmed_at - c.at) / 86400)::numeric
    FROM rights_recallnotice n JOIN rights_recall c ON c.id = n.recall_id
    WHERE c.at >= p_since::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND c.at < (p_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
    GROUP BY 1 ORDER BY 1
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rights FROM PUBLIC;
