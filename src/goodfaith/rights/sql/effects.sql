-- What an act does to the records that a case is about. Called by rights.act, in its transaction.

CREATE FUNCTION rights.mark(c rights_case, p_kind text, p_at timestamptz) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO records_mark (subject_id, record_id, kind, case_id, since)
    SELECT k.subject_id, k.record_id, p_kind, c.id, p_at FROM rights_caserecord k WHERE k.case_id = c.id
    ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION rights.unmark(c rights_case, p_kind text, p_at timestamptz) RETURNS void
LANGUAGE sql AS $$
    UPDATE records_mark m SET until = p_at
    FROM rights_caserecord k
    WHERE k.case_id = c.id AND m.subject_id = k.subject_id AND m.record_id = k.record_id AND m.case_id = c.id
      AND m.until IS NULL AND (p_kind IS NULL OR m.kind = p_kind)
$$;

-- The rest of a display period that ends today: what was shown stays true.
CREATE FUNCTION rights.ended(p_display daterange) RETURNS daterange
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN isempty(p_display) OR lower(p_display) >= gate.today() THEN 'empty'::daterange
           ELSE daterange(lower(p_display), least(upper(p_display), gate.today())) END
$$;

-- Blocks a fact from returning; what stood before in its place is lifted.
CREATE FUNCTION rights.bury(r records_record, p_allowed bytea, p_reason text, c rights_case, p_by text, p_at timestamptz,
                            p_document text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE records_tombstone t SET lifted_at = p_at
    WHERE t.subject_id = r.subject_id AND t.item_id = r.item_id AND t.fact = r.fact AND t.lifted_at IS NULL;
    INSERT INTO records_tombstone (subject_id, item_id, fact, document_no, allowed, reason, case_id, at, by)
    VALUES (r.subject_id, r.item_id, r.fact, p_document, p_allowed, p_reason, c.id, p_at, p_by);
END $$;

-- One record's new version. p: subject, record, from_version, reason (corrected, repaired, annulled, unlinked), sealed;
-- for a correction also content, digest, fact and what of the columns follows from them; document and new_document (as
-- compared).
-- That it fits was asked before (rights.unfit), under the record's lock.
CREATE FUNCTION rights.write_version(p_actor gate.who, c rights_case, p jsonb, p_at timestamptz, p_due date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    r records_record;
    n records_record;
    why text := p ->> 'reason';
    told text := coalesce(p_actor.unit, p_actor.kind);
BEGIN
    SELECT * INTO STRICT r FROM records_record x
    WHERE x.subject_id = (p ->> 'subject')::uuid AND x.id = (p ->> 'record')::uuid
      AND x.version = (p ->> 'from_version')::integer AND x.superseded_at IS NULL;
    n := r;
    n.version := r.version + 1;
    n.recorded_at := p_at;
    n.sealed := decode(p ->> 'sealed', 'base64');
    n.status := CASE why WHEN 'corrected' THEN 'current' ELSE why END;
    IF why = 'corrected' THEN
        n.content := p -> 'content';
        n.digest := decode(p ->> 'digest', 'base64');
        n.fact := decode(p ->> 'fact', 'base64');
        n.decided_on := (p ->> 'decided_on')::date;
        n.document_no := p ->> 'document_no';
        n.authority := p ->> 'authority';
        n.display := (p ->> 'display')::daterange;
        n.display_class := p ->> 'display_class';
        n.display_version := p ->> 'display_version';
        n.in_force := (p ->> 'in_force')::daterange;
    ELSIF why = 'repaired' THEN
        n.display := rights.ended(r.display);
    ELSE
        n.display := 'empty';
    END IF;
    UPDATE records_record x SET superseded_at = p_at
    WHERE x.subject_id = r.subject_id AND x.id = r.id AND x.version = r.version;
    INSERT INTO records_record SELECT n.*;
    PERFORM rights.bury(r, CASE WHEN why IN ('corrected', 'repaired') AND n.fact = r.fact THEN n.digest END, why, c,
                        told, p_at, p ->> 'document');
    IF n.fact <> r.fact THEN  -- else what was wrong would come back under the right document number
        PERFORM rights.bury(n, n.digest, why, c, told, p_at, p ->> 'new_document');
    END IF;
    PERFORM rights.recall(r, why, gate.today(), c.id, p_actor.unit, p_at, p_due);
END $$;

-- Whether filing stops display at once: "not me" does, but not again about a record that was found to be this subject's
-- before; else nobody could be held to a record.
CREATE FUNCTION rights.suspends(c rights_case) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT c.kind = 'not_me' AND NOT EXISTS (
        SELECT FROM rights_caserecord k JOIN rights_caserecord o ON o.subject_id = k.subject_id AND o.record_id = k.record_id
        JOIN rights_case x ON x.id = o.case_id AND x.kind = 'not_me' AND x.outcome = 'maintained'
        WHERE k.case_id = c.id)
$$;

-- The effects of one act: those that its transition names, and no other.
CREATE FUNCTION rights.apply(
    p_actor gate.who, c rights_case, t rights_transition, p_versions jsonb, p_suspend boolean, p_at timestamptz, p_due date
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF 'dispute' = ANY (t.effects) THEN PERFORM rights.mark(c, 'disputed', p_at); END IF;
    IF 'suspend' = ANY (t.effects) AND p_suspend AND (t.act <> 'file' OR rights.suspends(c)) THEN PERFORM rights.mark(c, 'suspended', p_at); END IF;
    IF 'unsuspend' = ANY (t.effects) THEN PERFORM rights.unmark(c, 'suspended', p_at); END IF;
    IF 'version' = ANY (t.effects) THEN
        PERFORM rights.write_version(p_actor, c, v, p_at, p_due)
        FROM jsonb_array_elements(coalesce(p_versions, '[]')) v
        JOIN rights_caserecord k ON k.case_id = c.id AND k.subject_id = (v ->> 'subject')::uuid
                                AND k.record_id = (v ->> 'record')::uuid;
    END IF;
    IF 'unmark' = ANY (t.effects) THEN PERFORM rights.unmark(c, NULL, p_at); END IF;
END $$;
