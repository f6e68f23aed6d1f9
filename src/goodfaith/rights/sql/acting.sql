-- Acts in a case. One door: the transition decides who may, what happens to the records, who is told.

-- What running clocks do at an act. p: [{"op", "name", "limit", "why", "started", "due", "pauses", "unit"}]. The days are
-- counted by the program, which knows the calendar; what an act can do to a clock is its transition's (rights.odd_clock).
-- p_unit: whose turn it is now; p_on: the day of the act. At an end nothing runs on.
CREATE FUNCTION rights.set_clocks(p_case uuid, p jsonb, t rights_transition, p_unit text, p_on date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    one jsonb;
BEGIN
    FOR one IN SELECT * FROM jsonb_array_elements(coalesce(p, '[]')) LOOP
        IF one ->> 'op' = 'start' THEN
            INSERT INTO rights_clock (case_id, name, "limit", why, started_on, due_on, pauses, unit)
            VALUES (p_case, one ->> 'name', one -> 'limit', one -> 'why', (one ->> 'started')::date, (one ->> 'due')::date,
                    '[]', coalesce(one ->> 'unit', p_unit));
        ELSIF one ->> 'op' = 'stop' THEN
            UPDATE rights_clock SET stopped_on = p_on, suspended_on = NULL
            WHERE case_id = p_case AND name = one ->> 'name' AND stopped_on IS NULL;
        ELSIF one ->> 'op' = 'suspend' THEN
            UPDATE rights_clock SET suspended_on = p_on, pauses = one -> 'pauses'
            WHERE case_id = p_case AND name = one ->> 'name' AND stopped_on IS NULL AND suspended_on IS NULL;
        ELSIF one ->> 'op' = 'resume' THEN
            UPDATE rights_clock SET suspended_on = NULL, due_on = (one ->> 'due')::date, pauses = one -> 'pauses'
            WHERE case_id = p_case AND name = one ->> 'name' AND stopped_on IS NULL AND suspended_on IS NOT NULL;
        ELSIF one ->> 'op' = 'extend' THEN
            UPDATE rights_clock SET extended_on = p_on, due_on = (one ->> 'due')::date
            WHERE case_id = p_case AND name = one ->> 'name' AND stopped_on IS NULL AND extended_on IS NULL;
        END IF;
    END LOOP;
    IF t.final THEN
        UPDATE rights_clock SET stopped_on = p_on, suspended_on = NULL
        WHERE case_id = p_case AND stopped_on IS NULL;
    END IF;
END $$;

-- Whether a clock is to do what this act cannot do to it.
CREATE FUNCTION rights.odd_clock(t rights_transition, p jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT EXISTS (SELECT FROM jsonb_array_elements(coalesce(p, '[]')) one
                   WHERE NOT coalesce(CASE WHEN one ->> 'op' IN ('start', 'stop') THEN t.clock = '' AND t.frm <> t."to"
                                           ELSE t.clock = one ->> 'op' END, false))
$$;

CREATE FUNCTION rights.add_texts(p_case uuid, p_event bigint, p jsonb, p_actor gate.who, p_at timestamptz) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO rights_text (id, case_id, event_id, part, sealed, for_subject, at, by_kind, by)
    SELECT (one ->> 'id')::uuid, p_case, p_event, one ->> 'part', decode(one ->> 'sealed', 'base64'),
           (one ->> 'for_subject')::boolean, p_at, p_actor.kind, p_actor.id
    FROM jsonb_array_elements(coalesce(p, '[]')) one
$$;

-- Whether a case about one of these records runs already in that procedure; its number.
CREATE FUNCTION rights.running(p_procedure text, p_subject uuid, p_records uuid[], p_but uuid) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT c.number FROM rights_case c JOIN rights_caserecord k ON k.case_id = c.id
    WHERE c.procedure = p_procedure AND c.closed_at IS NULL AND c.step <> 'draft' AND c.id IS DISTINCT FROM p_but
      AND k.subject_id = ANY (gate.cluster(p_subject)) AND k.record_id = ANY (p_records)
    ORDER BY c.opened_at LIMIT 1
$$;

-- What an act needs and does not come with it. The program has asked in plain words before. A decision's text is the
-- reasoned answer that the subject reads.
CREATE FUNCTION rights.lacking(c rights_case, t rights_transition, p jsonb) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN 'unit' = ANY (t.needs) AND NOT EXISTS (
            SELECT FROM parties_unit n WHERE n.code = p ->> 'unit' AND n.active) THEN 'unit_unknown'
        WHEN 'officer' = ANY (t.needs) AND NOT EXISTS (
            SELECT FROM parties_user u WHERE u.id::text = p ->> 'officer' AND u.kind = 'officer' AND u.is_active
            AND u.unit_id = c.unit AND u.role IN ('clerk', 'credit_office')) THEN 'officer_unknown'
        WHEN EXISTS (SELECT FROM unnest(t.needs::text[]) need WHERE NOT coalesce(CASE need
            WHEN 'text' THEN EXISTS (SELECT FROM jsonb_array_elements(coalesce(p -> 'texts', '[]')) x
                                     WHERE x ->> 'part' = 'answer' OR NOT t.decides)
            WHEN 'reason' THEN EXISTS (SELECT FROM jsonb_array_elements(coalesce(p -> 'texts', '[]')) x
                                       WHERE x ->> 'part' = 'reason')
            WHEN 'message' THEN EXISTS (SELECT FROM jsonb_array_elements(coalesce(p -> 'texts', '[]')) x
                                        WHERE x ->> 'part' = 'message')
            WHEN 'remedy' THEN coalesce(p #> '{facts,remedy}', '{}') NOT IN ('{}', 'null', '""', '[]')
            WHEN 'number' THEN btrim(p #>> '{facts,number}') <> ''
            WHEN 'commitment' THEN coalesce((c.facts || coalesce(p -> 'facts', '{}')) -> 'commitment', 'false')
                                   NOT IN ('false', 'null', '""', '{}')
            ELSE true END, false)) THEN 'needs_missing'
    END
$$;

-- What becomes of the records, by how the case ends.
CREATE FUNCTION rights.becomes(t rights_transition) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE t.outcome WHEN 'granted' THEN 'repaired' ELSE t.outcome END
$$;

-- Whether something was sealed under a key of this subject that stands.
CREATE FUNCTION rights.opens(p_subject uuid, p_sealed bytea) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN get_byte(p_sealed, 0) < 3 THEN NOT EXISTS (SELECT FROM subjects_key k WHERE k.subject_id = p_subject)
           ELSE EXISTS (SELECT FROM subjects_key k WHERE k.subject_id = p_subject AND k.number = get_byte(p_sealed, 1)
                        AND k.wrapped IS NOT NULL) END
$$;

-- Whether a new version cannot be written as it came. The record has another version by now or stands no more; what is
-- sealed is under a key that has been destroyed meanwhile and could never be opened (what was erased before keeps its
-- bytes); something sealed would be left out; or of a person something would stand open.
CREATE FUNCTION rights.unwritable(r records_record, p_why text, v jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT r.version IS DISTINCT FROM (v ->> 'from_version')::integer
        OR r.status NOT IN ('current', 'disputed') OR v ->> 'reason' IS DISTINCT FROM p_why
        OR CASE WHEN p_why = 'corrected'
           THEN s.fresh IS NOT NULL AND NOT rights.opens(r.subject_id, s.fresh)
                OR EXISTS (SELECT FROM subjects_person p WHERE p.subject_id = r.subject_id)
                   AND (s.fresh IS NULL OR v -> 'content' IS DISTINCT FROM '{}')
           ELSE (s.fresh IS NULL) <> (r.sealed IS NULL)
                OR s.fresh IS DISTINCT FROM r.sealed AND NOT rights.opens(r.subject_id, s.fresh) END
    FROM (SELECT decode(v ->> 'sealed', 'base64') AS fresh) s
$$;

-- Whether what comes with an act can be done whole: every record as the caller saw it, no limit extended twice.
-- Asked before anything is written, so that a refusal is an entry and takes nothing back.
CREATE FUNCTION rights.unfit(c rights_case, t rights_transition, p jsonb) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    why text := rights.lacking(c, t, p);
BEGIN
    IF why IS NOT NULL THEN RETURN why; END IF;
    IF rights.odd_clock(t, p -> 'clocks') THEN RETURN 'act_not_here'; END IF;
    PERFORM FROM records_record r JOIN rights_caserecord k ON r.subject_id = k.subject_id AND r.id = k.record_id
    WHERE k.case_id = c.id AND r.superseded_at IS NULL ORDER BY r.id FOR UPDATE OF r;
    -- a correction leaves the records of the case alone in which nothing was wrong
    IF 'version' = ANY (t.effects) AND coalesce((
        SELECT bool_or(coalesce(rights.unwritable(r, rights.becomes(t), v), true))
               FILTER (WHERE v IS NOT NULL OR t.outcome <> 'corrected') FROM rights_caserecord k
        LEFT JOIN jsonb_array_elements(coalesce(p -> 'versions', '[]')) v
               ON (v ->> 'subject')::uuid = k.subject_id AND (v ->> 'record')::uuid = k.record_id
        LEFT JOIN records_record r ON r.subject_id = k.subject_id AND r.id = k.record_id AND r.superseded_at IS NULL
        WHERE k.case_id = c.id), true) THEN
        RETURN 'record_moved';
    END IF;
    IF EXISTS (SELECT FROM jsonb_array_elements(coalesce(p -> 'clocks', '[]')) o
               JOIN rights_clock k ON k.case_id = c.id AND k.name = o ->> 'name' AND k.stopped_on IS NULL
               WHERE o ->> 'op' = 'extend' AND k.extended_on IS NOT NULL) THEN
        RETURN 'extended_before';
    END IF;
    RETURN NULL;
END $$;

-- The unit that is the platform's own.
CREATE FUNCTION rights.office() RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT n.code FROM parties_unit n WHERE n.kind = 'credit_office' AND n.active ORDER BY n.parent_id NULLS FIRST, n.code LIMIT 1
$$;

-- Whose turn it is at the step that an act leads to: the unit that reported the record, or the one that was asked.
CREATE FUNCTION rights.turn(c rights_case, t rights_transition, p_unit text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN t."to" = c.step THEN c.unit WHEN t.next = 'office' THEN rights.office()
        WHEN 'unit' = ANY (t.needs) THEN p_unit
        WHEN t.next = 'source' THEN coalesce(
            (SELECT k.source_unit FROM rights_caserecord k WHERE k.case_id = c.id ORDER BY k.id LIMIT 1),
            (SELECT n.code FROM parties_unit n WHERE n.code = p_unit AND n.active), c.unit)
        ELSE c.unit END
$$;

-- A draft that is deleted is gone: its words and the bytes of its papers.
CREATE FUNCTION rights.forget_draft(p_case uuid, p_at timestamptz) RETURNS void
LANGUAGE sql AS $$
    DELETE FROM rights_text x WHERE x.case_id = p_case AND x.event_id IS NULL;
    UPDATE rights_file f SET removed_at = coalesce(f.removed_at, p_at), sealed = NULL, name_sealed = NULL
    WHERE f.case_id = p_case AND f.sealed IS NOT NULL;
$$;

-- One act, once its case is locked. Everything that follows from it is in this transaction.
CREATE FUNCTION rights.step(p_actor gate.who, c rights_case, p_parts text[], p jsonb) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    t rights_transition := rights.transition(c, p ->> 'act', p_parts);
    at timestamptz := (p ->> 'at')::timestamptz;
    why text;
    entry bigint;
    event bigint;
BEGIN
    IF t.id IS NULL THEN RETURN jsonb_build_object('problem', 'act_not_here'); END IF;
    IF t.decides AND rights.entered_it(p_actor, c) THEN RETURN jsonb_build_object('problem', 'four_eyes'); END IF;
    IF t.act = 'file' THEN
        why := rights.running(c.procedure, c.subject_id,
            ARRAY(SELECT k.record_id FROM rights_caserecord k WHERE k.case_id = c.id), c.id);
        IF why IS NOT NULL THEN RETURN jsonb_build_object('problem', 'case_running', 'number', why); END IF;
    END IF;
    why := rights.unfit(c, t, p);
    IF why IS NOT NULL THEN RETURN jsonb_build_object('problem', why); END IF;
    IF coalesce((p ->> 'letter')::boolean, false) AND p_actor.unit IS NOT NULL THEN
        p := jsonb_set(p, '{facts}', coalesce(p -> 'facts', '{}')
                       || jsonb_build_object('letter_no', rights.letter_no(p_actor.unit, at)));
    END IF;
    entry := rights.enter(p_actor, c, t.act, t."to", t.told, 'done');
    INSERT INTO rights_event (case_id, at, act, frm, "to", actor_kind, actor_id, actor_name, unit, told, entry_id, facts)
    VALUES (c.id, at, t.act, c.step, t."to", p_actor.kind, p_actor.id, coalesce(p_actor.name, ''), p_actor.unit, t.told,
            entry, coalesce(p -> 'facts', '{}'))
    RETURNING id INTO event;
    UPDATE rights_text SET event_id = event WHERE case_id = c.id AND event_id IS NULL AND t.act = 'file';
    PERFORM rights.add_texts(c.id, event, p -> 'texts', p_actor, at);
    PERFORM rights.set_clocks(c.id, p -> 'clocks', t, rights.turn(c, t, p ->> 'unit'),
                              (at AT TIME ZONE 'Asia/Shanghai')::date);
    PERFORM rights.apply(p_actor, c, t, p -> 'versions', coalesce((p ->> 'suspend')::boolean, true), at,
                         (p ->> 'confirm_due')::date);
    IF t.act = 'discard' THEN PERFORM rights.forget_draft(c.id, at); END IF;
    UPDATE rights_case x SET step = t."to", next = t.next, unit = rights.turn(c, t, p ->> 'unit'), outcome = t.outcome,
        closed_at = CASE WHEN t.final THEN at END,
        filed_at = CASE WHEN t.act = 'file' THEN at ELSE x.filed_at END,
        assigned_to = CASE WHEN t.act = 'delegate' THEN p ->> 'officer'
                           WHEN t."to" = c.step THEN x.assigned_to END,
        facts = x.facts || coalesce(p -> 'facts', '{}')
    WHERE x.id = c.id;
    RETURN jsonb_build_object('step', t."to", 'entry', entry, 'event', event, 'number', c.number, 'case', c.id);
END $$;

-- The door for acts in a case that stands. p: case, act, expect (the step that the caller saw), at, facts, texts,
-- clocks, versions, suspend, confirm_due, unit, officer, letter (the act is told by a letter, which gets its number).
CREATE FUNCTION rights.act(p_kind text, p_id text, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    c rights_case;
    parts text[];
    answer jsonb;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    PERFORM pg_advisory_xact_lock_shared(x'6B657973'::bigint);  -- no key is destroyed while something is sealed under it
    -- alone for filing: the same record is not filed twice at once
    PERFORM gate.take_turn(gate.cluster(x.subject_id), p ->> 'act' = 'file') FROM rights_case x
    WHERE x.id = (p ->> 'case')::uuid;
    SELECT * INTO c FROM rights_case x WHERE x.id = (p ->> 'case')::uuid FOR UPDATE;
    parts := CASE WHEN c.id IS NULL OR actor.kind IS NULL THEN '{}' ELSE rights.parts(actor, c) END;
    IF parts = '{}' OR c.step = 'draft' AND NOT 'subject' = ANY (parts) AND c.opened_by <> actor.id THEN
        RETURN rights.refused(p_kind, p_id, p ->> 'case', 'case_unknown');
    END IF;
    IF c.step IS DISTINCT FROM p ->> 'expect' THEN
        answer := jsonb_build_object('problem', 'case_moved');
    ELSE
        answer := rights.step(actor, c, parts, p);
    END IF;
    IF answer ? 'problem' THEN
        PERFORM rights.refused(p_kind, p_id, c.number, answer ->> 'problem');
    END IF;
    RETURN answer;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rights FROM PUBLIC;
