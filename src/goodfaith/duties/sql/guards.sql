-- What may change in this room's tables, and what never does. The web's role may write here, so the rules stand here.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_event FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_paper FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_clause FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_revision FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_evidence FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_reminder FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_notice_duties FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_document FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_proposal FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_unitname FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_clauselink FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_duty FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_dutyunit FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_assignment FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_workstep FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_change FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_notice FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_round FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_entry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_score FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_objection FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_question FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_campaign FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_material FOR EACH ROW EXECUTE FUNCTION append_only();

-- Only the columns that are named may change.
CREATE FUNCTION duties_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN
        RAISE EXCEPTION 'a row of % changes only in %', TG_TABLE_NAME, array_to_string(TG_ARGV, ', ')
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_named BEFORE UPDATE ON duties_duty FOR EACH ROW
    EXECUTE FUNCTION duties_only('due_kind', 'due_on', 'ended_on');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_dutyunit FOR EACH ROW EXECUTE FUNCTION duties_only('until');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_assignment FOR EACH ROW
    EXECUTE FUNCTION duties_only('step', 'due_on', 'closed_at');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_unitname FOR EACH ROW EXECUTE FUNCTION duties_only('ended_at');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_clauselink FOR EACH ROW
    EXECUTE FUNCTION duties_only('state', 'at', 'by', 'by_name');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_workstep FOR EACH ROW
    EXECUTE FUNCTION duties_only('done_at', 'dropped_at', 'place');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_change FOR EACH ROW
    EXECUTE FUNCTION duties_only('state', 'decided_at', 'decided_by', 'decided_by_name', 'decision');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_notice FOR EACH ROW
    EXECUTE FUNCTION duties_only('step', 'reply', 'replied_at', 'finding', 'finding_text', 'closed_at', 'closed_by', 'closed_by_name');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_question FOR EACH ROW
    EXECUTE FUNCTION duties_only('step', 'unit_id', 'text', 'answer', 'answered_at', 'answered_by', 'shown_question', 'shown_answer');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_material FOR EACH ROW EXECUTE FUNCTION duties_only('withdrawn_at');
CREATE TRIGGER only_named BEFORE UPDATE ON duties_document FOR EACH ROW EXECUTE FUNCTION duties_only(
    'step', 'title', 'doc_no', 'issuer', 'signed', 'printed', 'addressees', 'cites', 'ready_at', 'ready_by', 'ready_by_name',
    'adopted_at', 'adopted_by', 'adopted_by_name');

-- What is over stays as it is: an adopted or discarded document with its proposals, a closed assignment, a decided
-- change, a closed notice, a published round with all its scores, an answered question.
CREATE FUNCTION duties_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what is closed in % stays as it is', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER closed BEFORE UPDATE ON duties_document FOR EACH ROW WHEN (OLD.step IN ('adopted', 'discarded'))
    EXECUTE FUNCTION duties_closed();
CREATE TRIGGER closed BEFORE UPDATE ON duties_assignment FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL)
    EXECUTE FUNCTION duties_closed();
CREATE TRIGGER closed BEFORE UPDATE ON duties_dutyunit FOR EACH ROW WHEN (OLD.until IS NOT NULL)
    EXECUTE FUNCTION duties_closed();
CREATE TRIGGER closed BEFORE UPDATE ON duties_change FOR EACH ROW WHEN (OLD.state <> 'asked') EXECUTE FUNCTION duties_closed();
CREATE TRIGGER closed BEFORE UPDATE ON duties_notice FOR EACH ROW WHEN (OLD.step = 'closed') EXECUTE FUNCTION duties_closed();
CREATE TRIGGER closed BEFORE UPDATE ON duties_round FOR EACH ROW WHEN (OLD.step IN ('published', 'dropped'))
    EXECUTE FUNCTION duties_closed();
CREATE TRIGGER closed BEFORE UPDATE ON duties_objection FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL)
    EXECUTE FUNCTION duties_closed();
CREATE TRIGGER closed BEFORE UPDATE ON duties_unitname FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)
    EXECUTE FUNCTION duties_closed();

-- Texts of a question are sealed anew when keys are rotated, and otherwise stay.
CREATE FUNCTION duties_question_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.step <> 'asked' AND (to_jsonb(NEW) - ARRAY['text', 'answer']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['text', 'answer'])
       OR OLD.answer IS NOT NULL AND NEW.answer IS NULL THEN
        RAISE EXCEPTION 'what is closed in % stays as it is', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER closed BEFORE UPDATE ON duties_question FOR EACH ROW EXECUTE FUNCTION duties_question_guard();

-- Proposals move only while their document is in review; words of the document itself never.
CREATE FUNCTION duties_in_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT d.step FROM duties_document d WHERE d.id = NEW.document_id) IS DISTINCT FROM 'review' THEN
        RAISE EXCEPTION 'the document is not in review' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_review BEFORE INSERT OR UPDATE ON duties_proposal FOR EACH ROW EXECUTE FUNCTION duties_in_review();
CREATE TRIGGER in_review BEFORE INSERT ON duties_revision FOR EACH ROW EXECUTE FUNCTION duties_in_review();

-- Whoever worked on the review does not adopt.
CREATE FUNCTION duties_adoption() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM duties_revision r WHERE r.document_id = NEW.id AND r.by = NEW.adopted_by) THEN
        RAISE EXCEPTION 'who reviewed does not adopt' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER adoption BEFORE UPDATE ON duties_document FOR EACH ROW
    WHEN (NEW.step = 'adopted' AND OLD.step <> 'adopted') EXECUTE FUNCTION duties_adoption();

-- Duties come from adopted documents only, with at least one who is responsible; checked when it commits.
CREATE FUNCTION duties_adopted_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM duties_document d WHERE d.id = NEW.document_id AND d.step = 'adopted')
       OR NOT EXISTS (SELECT FROM duties_dutyunit l WHERE l.duty_id = NEW.id AND l.part IN ('lead', 'joint') AND l.until IS NULL) THEN
        RAISE EXCEPTION 'a duty of an adopted document, with somebody responsible' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adopted_whole AFTER INSERT ON duties_duty DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_adopted_whole();

-- A line that is given up has somebody after it: the history of who held it has no gap.
CREATE FUNCTION duties_line_followed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.until IS NOT NULL AND NOT EXISTS (
        SELECT FROM duties_dutyunit l WHERE l.duty_id = NEW.duty_id AND l.line = NEW.line AND l.since = NEW.until AND l.id <> NEW.id) THEN
        RAISE EXCEPTION 'a line without a holder' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER line_followed AFTER UPDATE ON duties_dutyunit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_line_followed();

-- Deadline, unit and end change only by an approved change.
CREATE FUNCTION duties_changed_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM duties_change c WHERE c.duty_id = NEW.id AND c.state = 'approved'
                   AND c.kind = CASE WHEN NEW.ended_on IS DISTINCT FROM OLD.ended_on THEN 'end' ELSE 'deadline' END) THEN
        RAISE EXCEPTION 'a duty changes by an approved change only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER changed_by AFTER UPDATE ON duties_duty DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_changed_by();
CREATE FUNCTION duties_due_changed_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.due_on IS DISTINCT FROM OLD.due_on AND NOT EXISTS (
        SELECT FROM duties_change c WHERE c.duty_id = NEW.duty_id AND c.state = 'approved' AND c.kind = 'deadline') THEN
        RAISE EXCEPTION 'a deadline changes by an approved change only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER due_changed_by AFTER UPDATE ON duties_assignment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_due_changed_by();
CREATE FUNCTION duties_line_changed_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM duties_dutyunit l WHERE l.duty_id = NEW.duty_id AND l.line = NEW.line AND l.id < NEW.id)
       AND NOT EXISTS (SELECT FROM duties_change c WHERE c.id = NEW.change_id AND c.state = 'approved'
                       AND c.kind IN ('unit', 'succession')) THEN
        RAISE EXCEPTION 'a holder follows by an approved change only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER line_changed_by AFTER INSERT ON duties_dutyunit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_line_changed_by();

-- A step changes only along a transition of its procedure, and never without its event.
CREATE FUNCTION duties_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.step <> OLD.step AND NOT EXISTS (
        SELECT FROM duties_transition t WHERE t.procedure = TG_ARGV[0] AND t.frm = OLD.step AND t."to" = NEW.step) THEN
        RAISE EXCEPTION 'no act leads from % to %', OLD.step, NEW.step USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION duties_step_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.step <> OLD.step AND NOT EXISTS (
        SELECT FROM duties_event e WHERE e.procedure = TG_ARGV[0] AND e.object_id = NEW.id::text
          AND e.frm = OLD.step AND e."to" = NEW.step) THEN
        RAISE EXCEPTION 'a step without its event' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER step BEFORE UPDATE ON duties_document FOR EACH ROW EXECUTE FUNCTION duties_step('document');
CREATE TRIGGER step BEFORE UPDATE ON duties_assignment FOR EACH ROW EXECUTE FUNCTION duties_step('assignment');
CREATE TRIGGER step BEFORE UPDATE ON duties_notice FOR EACH ROW EXECUTE FUNCTION duties_step('notice');
CREATE TRIGGER step BEFORE UPDATE ON duties_round FOR EACH ROW EXECUTE FUNCTION duties_step('round');
CREATE TRIGGER step BEFORE UPDATE ON duties_question FOR EACH ROW EXECUTE FUNCTION duties_step('question');
CREATE CONSTRAINT TRIGGER step_has_event AFTER UPDATE ON duties_document DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_step_has_event('document');
CREATE CONSTRAINT TRIGGER step_has_event AFTER UPDATE ON duties_assignment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_step_has_event('assignment');
CREATE CONSTRAINT TRIGGER step_has_event AFTER UPDATE ON duties_notice DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_step_has_event('notice');
CREATE CONSTRAINT TRIGGER step_has_event AFTER UPDATE ON duties_round DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_step_has_event('round');
CREATE CONSTRAINT TRIGGER step_has_event AFTER UPDATE ON duties_question DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_step_has_event('question');

-- Everything begins at its first step.
CREATE FUNCTION duties_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.step <> TG_ARGV[0] THEN
        RAISE EXCEPTION '% begins at %', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON duties_document FOR EACH ROW EXECUTE FUNCTION duties_begins('review');
CREATE TRIGGER begins BEFORE INSERT ON duties_assignment FOR EACH ROW EXECUTE FUNCTION duties_begins('assigned');
CREATE TRIGGER begins BEFORE INSERT ON duties_notice FOR EACH ROW EXECUTE FUNCTION duties_begins('sent');
CREATE TRIGGER begins BEFORE INSERT ON duties_round FOR EACH ROW EXECUTE FUNCTION duties_begins('scoring');
CREATE TRIGGER begins BEFORE INSERT ON duties_question FOR EACH ROW EXECUTE FUNCTION duties_begins('asked');

-- Who reported does not judge the report.
CREATE FUNCTION duties_four_eyes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM duties_transition t WHERE t.procedure = NEW.procedure AND t.act = NEW.act AND t.frm = 'reported' AND t.decides)
       AND NEW.actor_id = (SELECT e.actor_id FROM duties_event e WHERE e.procedure = 'assignment'
                           AND e.object_id = NEW.object_id AND e.act = 'report' ORDER BY e.id DESC LIMIT 1)
       AND NEW.act <> 'end' THEN
        RAISE EXCEPTION 'who reported does not judge the report' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER four_eyes BEFORE INSERT ON duties_event FOR EACH ROW WHEN (NEW.procedure = 'assignment')
    EXECUTE FUNCTION duties_four_eyes();

-- Assessment: weights add up to 100, only public bodies are rated, nothing of a published round moves.
CREATE FUNCTION duties_weights(p_scheme jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(round(sum((one ->> 'weight')::numeric), 6), 0) FROM jsonb_array_elements(p_scheme -> 'indicators') one
$$;
ALTER TABLE duties_round ADD CONSTRAINT duty_round_weights CHECK (duties_weights(scheme) = 100);
CREATE TRIGGER only_named BEFORE UPDATE ON duties_round FOR EACH ROW
    EXECUTE FUNCTION duties_only('step', 'object_by', 'published_at', 'published_by', 'published_by_name');

CREATE FUNCTION duties_public_body() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM parties_unit u WHERE u.code = NEW.unit_id
                   AND u.kind IN ('credit_office', 'department', 'county', 'court', 'investigator')) THEN
        RAISE EXCEPTION 'only public bodies are rated' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER public_body BEFORE INSERT OR UPDATE ON duties_entry FOR EACH ROW EXECUTE FUNCTION duties_public_body();

CREATE FUNCTION duties_round_open(p_round bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT r.step NOT IN ('published', 'dropped') FROM duties_round r WHERE r.id = p_round
$$;
CREATE FUNCTION duties_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT duties_round_open(NEW.round_id) THEN
        RAISE EXCEPTION 'a published round stays as it is' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER published BEFORE INSERT OR UPDATE ON duties_entry FOR EACH ROW EXECUTE FUNCTION duties_entry_guard();
CREATE FUNCTION duties_score_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT duties_round_open(e.round_id) FROM duties_entry e WHERE e.id = NEW.entry_id) THEN
        RAISE EXCEPTION 'a published round stays as it is' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER published BEFORE INSERT OR UPDATE ON duties_score FOR EACH ROW EXECUTE FUNCTION duties_score_guard();
CREATE TRIGGER only_named BEFORE UPDATE ON duties_score FOR EACH ROW EXECUTE FUNCTION duties_only(
    'self_points', 'self_text', 'self_by', 'points', 'applies', 'review_text', 'reviewed_by', 'reviewed_by_name', 'reviewed_at');
CREATE FUNCTION duties_objection_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT r.step FROM duties_score s JOIN duties_entry e ON e.id = s.entry_id JOIN duties_round r ON r.id = e.round_id
        WHERE s.id = NEW.score_id) IS DISTINCT FROM 'objecting' THEN
        RAISE EXCEPTION 'no objections now' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER objecting BEFORE INSERT OR UPDATE ON duties_objection FOR EACH ROW EXECUTE FUNCTION duties_objection_guard();
