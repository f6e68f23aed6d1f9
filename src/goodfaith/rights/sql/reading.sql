-- Reading cases: the subject's own, the officers', the figures for everybody.

-- One case as facts; never a text or a name.
CREATE FUNCTION rights.case_facts(c rights_case) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT to_jsonb(c) - 'opened_by' || jsonb_build_object(
        'records', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'subject', k.subject_id, 'record', k.record_id, 'version', k.version, 'item', k.item,
                'source_unit', k.source_unit) ORDER BY k.id), '[]') FROM rights_caserecord k WHERE k.case_id = c.id),
        'clocks', (SELECT coalesce(jsonb_agg(to_jsonb(k) - 'case_id' ORDER BY k.id), '[]') FROM rights_clock k WHERE k.case_id = c.id),
        'due_on', (SELECT min(k.due_on) FROM rights_clock k
                   WHERE k.case_id = c.id AND k.stopped_on IS NULL AND k.suspended_on IS NULL))
$$;

-- The rows of a case: case, event, text, file. For the subject only what is meant for it, and no officer's name.
CREATE FUNCTION rights.case_rows(c rights_case, p_own boolean)
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE sql STABLE AS $$
    SELECT 'case', c.subject_id, rights.case_facts(c), NULL::bytea
    UNION ALL
    (SELECT 'event', c.subject_id, to_jsonb(e) - 'case_id' - 'actor_id'
        - CASE WHEN p_own AND e.actor_kind <> 'officer' THEN 'actor_name' ELSE '' END, NULL
     FROM rights_event e WHERE e.case_id = c.id ORDER BY e.id)
    UNION ALL
    (SELECT 'text', c.subject_id, to_jsonb(x) - 'case_id' - 'sealed' - 'by', x.sealed
     FROM rights_text x WHERE x.case_id = c.id AND (NOT p_own OR x.for_subject) ORDER BY x.at, x.id)
    UNION ALL
    (SELECT 'file', c.subject_id, to_jsonb(f) - 'case_id' - 'sealed' - 'name_sealed' - 'sha256' - 'by', f.name_sealed
     FROM rights_file f WHERE f.case_id = c.id AND f.removed_at IS NULL AND (NOT p_own OR f.for_subject) ORDER BY f.at, f.id)
$$;

-- The actor's own cases and those of whom it stands for, newest first.
CREATE FUNCTION rights.my_cases(p_kind text, p_id text) RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT rights.case_facts(c) || jsonb_build_object('own', a.own_subject = ANY (gate.cluster(c.subject_id)))
    FROM gate.actor(p_kind, p_id) a JOIN rights_case c
      ON a.kind IN ('citizen', 'enterprise') AND (
         c.subject_id = ANY (gate.cluster(a.own_subject))
         OR c.subject_id IN (SELECT r.subject_id FROM rights_representation r WHERE r.account = a.id))
    WHERE 'subject' = ANY (rights.parts(a, c)) AND c.outcome IS DISTINCT FROM 'discarded'
    ORDER BY c.opened_at DESC, c.id LIMIT 500
$$;

-- One of them, with its texts. Who stands for somebody leaves an entry that the subject can read.
CREATE FUNCTION rights.my_case(p_kind text, p_id text, p_case uuid)
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    c rights_case;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO c FROM rights_case x WHERE x.id = p_case;
    IF c.id IS NOT NULL AND actor.kind IN ('citizen', 'enterprise') AND 'subject' = ANY (rights.parts(actor, c)) THEN
        IF NOT coalesce(actor.own_subject = ANY (gate.cluster(c.subject_id)), false) THEN
            PERFORM rights.enter(actor, c, 'read', c.step, false, 'done');
        END IF;
        RETURN QUERY SELECT k.kind, k.subject_id, CASE WHEN k.kind = 'case' THEN k.facts || jsonb_build_object(
                'own', coalesce(actor.own_subject = ANY (gate.cluster(c.subject_id)), false)) ELSE k.facts END, k.sealed
            FROM rights.case_rows(c, true) k;
    END IF;
END $$;

-- A case on an officer's desk, with the records it is about and whose it is: an entry, and the subject is told.
-- Who reported a record sees it whole, to be able to correct it; everybody else masked.
-- p_minor: it is a child's; then only the records of the reader's own unit come out (boundary 5).
CREATE FUNCTION rights.open_case(p_kind text, p_id text, p_case uuid, p_minor boolean DEFAULT false)
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    c rights_case;
    parts text[];
    look gate.look;
    entry bigint;
    rows records_record[];
    whole boolean;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO c FROM rights_case x WHERE x.id = p_case;
    parts := CASE WHEN c.id IS NULL OR actor.kind IS DISTINCT FROM 'officer' THEN '{}' ELSE rights.parts(actor, c) END;
    IF parts = '{}' OR c.step = 'draft' AND c.opened_by <> actor.id THEN
        RETURN QUERY SELECT 'entry', NULL::uuid, rights.refused(p_kind, p_id, p_case::text, 'case_unknown'), NULL::bytea;
        RETURN;
    ELSIF c.subject_kind = 'person' AND NOT ledger.standing() THEN
        RETURN QUERY SELECT 'entry', NULL::uuid, rights.refused(p_kind, p_id, c.number, 'ledger_stalled'), NULL::bytea;
        RETURN;
    END IF;
    rows := ARRAY(SELECT r FROM records_record r JOIN rights_caserecord k
                  ON k.case_id = c.id AND r.subject_id = k.subject_id AND r.id = k.record_id
                  WHERE NOT p_minor OR r.source_unit = actor.unit);
    whole := 'source' = ANY (parts) AND EXISTS (
        SELECT FROM rights_caserecord k WHERE k.case_id = c.id AND k.source_unit = actor.unit);
    look := gate.asks(p_kind, p_id, 'rights_case', c.number, c.subject_id, NULL);
    look.outcome := 'opened';
    look.records := cardinality(rows);
    look.items := ARRAY(SELECT DISTINCT r.item_id::text FROM unnest(rows) r ORDER BY 1);
    look.answer := gate.file_digest(rows);
    entry := gate.enter(actor, look);
    RETURN QUERY SELECT 'entry', c.subject_id,
        gate.head(entry, look, CASE WHEN whole THEN 'full' ELSE 'masked' END)
        || jsonb_build_object('parts', to_jsonb(parts), 'entered_it', rights.entered_it(actor, c)), NULL::bytea;
    RETURN QUERY SELECT * FROM gate.identity(c.subject_id, gate.cluster(c.subject_id));
    RETURN QUERY SELECT 'record', r.subject_id, gate.record_facts(r), r.sealed
                 FROM unnest(rows) r ORDER BY r.decided_on DESC, r.id, r.version DESC;
    RETURN QUERY SELECT * FROM gate.statements(rows);
    RETURN QUERY SELECT * FROM rights.case_rows(c, false);
END $$;

-- A paper. For officers and for who stands for the subject the entry says that it was opened.
CREATE FUNCTION rights.read_file(p_kind text, p_id text, p_file uuid)
RETURNS TABLE (refusal text, "case" uuid, name bytea, media text, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    f rights_file;
    c rights_case;
    parts text[];
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO f FROM rights_file x WHERE x.id = p_file AND x.removed_at IS NULL;
    SELECT * INTO c FROM rights_case x WHERE x.id = f.case_id;
    parts := CASE WHEN c.id IS NULL OR actor.kind IS NULL THEN '{}' ELSE rights.parts(actor, c) END;
    IF parts = '{}' OR actor.kind <> 'officer' AND NOT f.for_subject
       OR c.step = 'draft' AND NOT 'subject' = ANY (parts) THEN
        PERFORM rights.refused(p_kind, p_id, NULL, 'case_unknown');
        RETURN QUERY SELECT 'case_unknown', NULL::uuid, NULL::bytea, NULL::text, NULL::bytea;
        RETURN;
    ELSIF actor.kind = 'officer' AND c.subject_kind = 'person' AND NOT ledger.standing() THEN
        PERFORM rights.refused(p_kind, p_id, c.number, 'ledger_stalled');
        RETURN QUERY SELECT 'ledger_stalled', NULL::uuid, NULL::bytea, NULL::text, NULL::bytea;
        RETURN;
    END IF;
    IF NOT coalesce(actor.own_subject = ANY (gate.cluster(c.subject_id)), false) THEN
        PERFORM rights.enter(actor, c, 'file', c.step, false, 'done');
    END IF;
    RETURN QUERY SELECT NULL::text, c.id, f.name_sealed, f.media::text, f.sealed;
END $$;

-- The desk's list: cases of the actor's unit, or all for the credit office, or those overdue at the credit office for
-- the auditor. p: state (open, overdue, closed), procedure, unit, mine, item, before, limit. No name is in it.
CREATE FUNCTION rights.inbox(p_kind text, p_id text, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    refusal text;
    found jsonb;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    refusal := CASE WHEN actor.kind IS DISTINCT FROM 'officer'
                    OR coalesce(actor.role, '') NOT IN ('clerk', 'credit_office', 'auditor') THEN 'role_not_allowed' END;
    IF refusal IS NULL THEN
        SELECT coalesce(jsonb_agg(x.row), '[]') INTO found FROM (
            SELECT rights.case_facts(c) || jsonb_build_object(
                'parts', to_jsonb(rights.parts(actor, c)),
                'assigned_name', (SELECT coalesce(nullif(u.display_name, ''), u.username) FROM parties_user u
                                  WHERE u.id::text = c.assigned_to)) AS row
            FROM rights_case c
            LEFT JOIN LATERAL (SELECT min(k.due_on) AS due FROM rights_clock k
                               WHERE k.case_id = c.id AND k.stopped_on IS NULL AND k.suspended_on IS NULL) d ON true
            WHERE c.step <> 'draft' AND c.outcome IS DISTINCT FROM 'discarded'
              AND (actor.role = 'credit_office' OR actor.role = 'auditor' AND c.next IN ('office', 'nobody')
                   OR c.unit = actor.unit OR EXISTS (
                      SELECT FROM rights_caserecord k WHERE k.case_id = c.id AND k.source_unit = actor.unit)
                   OR (SELECT n.parent_id FROM parties_unit n WHERE n.code = c.unit) = actor.unit)
              AND CASE p ->> 'state' WHEN 'closed' THEN c.closed_at IS NOT NULL
                    WHEN 'overdue' THEN c.closed_at IS NULL AND d.due < gate.today() ELSE c.closed_at IS NULL END
              AND (p ->> 'procedure' IS NULL OR c.procedure = p ->> 'procedure')
              AND (p ->> 'unit' IS NULL OR c.unit = p ->> 'unit')
              AND (p ->> 'number' IS NULL OR c.number = p ->> 'number')
              AND (coalesce((p ->> 'turn')::boolean, false) IS FALSE
                   OR c.next = 'office' AND actor.role = 'credit_office' OR c.next = 'source' AND c.unit = actor.unit)
              AND (coalesce((p ->> 'mine')::boolean, false) IS FALSE OR c.assigned_to = actor.id)
            ORDER BY c.closed_at DESC NULLS FIRST, d.due NULLS LAST, c.opened_at
            LIMIT least(coalesce((p ->> 'limit')::integer, 200), 1000) OFFSET coalesce((p ->> 'offset')::integer, 0)) x;
    END IF;
    PERFORM gate.enter_list(actor, p_kind, p_id, 'rights_inbox', NULL, NULL, refusal,
                            CASE WHEN refusal IS NULL THEN jsonb_array_length(found) ELSE 0 END);
    RETURN jsonb_build_object('refusal', refusal, 'rows', coalesce(found, '[]'));
END $$;

-- Figures for everybody: cases filed in a period by procedure, unit and kind, how they ended, how long it took, what is
-- overdue today. Counts only. days: working days are not counted in SQL; these are calendar days.
CREATE FUNCTION rights.figures(p_since date, p_until date)
RETURNS TABLE (procedure text, kind text, unit text, outcome text, n integer, days_median numeric, days_longest integer,
               late integer, overdue integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH one AS (
        SELECT c.procedure, c.kind, c.outcome, coalesce(
                 (SELECT k.source_unit FROM rights_caserecord k WHERE k.case_id = c.id ORDER BY k.id LIMIT 1), c.unit) AS unit,
               (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date - (c.filed_at AT TIME ZONE 'Asia/Shanghai')::date AS days,
               EXISTS (SELECT FROM rights_clock k WHERE k.case_id = c.id
                       AND coalesce(k.stopped_on, gate.today()) > k.due_on AND k.suspended_on IS NULL) AS late,
               c.closed_at IS NULL AND EXISTS (SELECT FROM rights_clock k WHERE k.case_id = c.id AND k.stopped_on IS NULL
                       AND k.suspended_on IS NULL AND k.due_on < gate.today()) AS overdue
        FROM rights_case c
        WHERE c.filed_at >= p_since::timestamp AT TIME ZONE 'Asia/Shanghai'
          AND c.filed_at < (p_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
    SELECT o.procedure::text, o.kind::text, o.unit::text, o.outcome::text, count(*)::integer,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY o.days)::numeric, max(o.days)::integer,
           count(*) FILTER (WHERE o.late)::integer, count(*) FILTER (WHERE o.overdue)::integer
    FROM one o GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
$$;

-- The same fact elsewhere, for who handles a case: other records of this subject under the same document number.
CREATE FUNCTION rights.elsewhere(p_kind text, p_id text, p_case uuid) RETURNS SETOF jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    handled uuid := rights.handled(p_kind, p_id, p_case);
BEGIN
    RETURN QUERY SELECT jsonb_build_object('record', r.id, 'item', r.item_id, 'source_unit', r.source_unit, 'document_no', r.document_no,
                              'decided_on', r.decided_on, 'authority', r.authority, 'status', r.status,
                              'case', (SELECT x.number FROM rights_case x JOIN rights_caserecord kk ON kk.case_id = x.id
                                       WHERE kk.subject_id = r.subject_id AND kk.record_id = r.id AND x.closed_at IS NULL
                                         AND x.id <> c.id LIMIT 1))
    FROM rights_case c JOIN rights_caserecord k ON k.case_id = c.id
    JOIN records_record o ON o.subject_id = k.subject_id AND o.id = k.record_id AND o.superseded_at IS NULL
    JOIN records_record r ON r.subject_id = ANY (gate.cluster(c.subject_id)) AND r.superseded_at IS NULL
         AND r.status IN ('current', 'disputed') AND r.id <> o.id AND r.document_no = o.document_no
    WHERE c.id = handled AND NOT EXISTS (SELECT FROM rights_caserecord y WHERE y.case_id = c.id AND y.record_id = r.id)
    ORDER BY r.item_id, r.id;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rights FROM PUBLIC;
