-- What may change in the tables of the rights, and what never does.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON rights_event FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON rights_caserecord FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON rights_case FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON rights_clock FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON rights_file FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON rights_representation FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON rights_recall FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON rights_recallnotice FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON rights_findingstold FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON rights_withdrawal FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON rights_text FOR EACH ROW WHEN (OLD.event_id IS NOT NULL)
    EXECUTE FUNCTION append_only();
CREATE TRIGGER once BEFORE UPDATE ON rights_representation FOR EACH ROW EXECUTE FUNCTION gate.once('ended_at');
CREATE TRIGGER once BEFORE UPDATE ON rights_withdrawal FOR EACH ROW EXECUTE FUNCTION gate.once('signed');

-- A closed case stays closed, and a case changes its subject, procedure and number never.
CREATE FUNCTION rights.case_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL
       OR (NEW.id, NEW.number, NEW.procedure, NEW.subject_id, NEW.opened_at, NEW.channel)
          IS DISTINCT FROM (OLD.id, OLD.number, OLD.procedure, OLD.subject_id, OLD.opened_at, OLD.channel) THEN
        RAISE EXCEPTION 'a closed case stays closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.step <> OLD.step AND NOT EXISTS (
        SELECT FROM rights_transition t WHERE t.procedure = OLD.procedure AND t.frm = OLD.step AND t."to" = NEW.step) THEN
        RAISE EXCEPTION 'no act leads from % to %', OLD.step, NEW.step USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON rights_case FOR EACH ROW EXECUTE FUNCTION rights.case_guard();

-- A step is never reached without its event, and no end without the subject being told: checked when it commits.
CREATE FUNCTION rights.step_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.step <> OLD.step AND NOT EXISTS (
        SELECT FROM rights_event e WHERE e.case_id = NEW.id AND e.frm = OLD.step AND e."to" = NEW.step
          AND (e.told OR NEW.closed_at IS NULL)) THEN
        RAISE EXCEPTION 'a step without its event' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER step_has_event AFTER UPDATE ON rights_case DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION rights.step_has_event();

-- Notices are confirmed once; what was signed stays.
CREATE FUNCTION rights.notice_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.confirmed_at IS NOT NULL OR OLD.signed IS NOT NULL AND NEW.signed IS DISTINCT FROM OLD.signed
       OR NEW.reminders < OLD.reminders
       OR (NEW.recall_id, NEW.unit, NEW.due_on, NEW.entries) IS DISTINCT FROM (OLD.recall_id, OLD.unit, OLD.due_on, OLD.entries) THEN
        IF OLD.signed IS NULL AND NEW.signed IS NOT NULL AND to_jsonb(OLD) - 'signed' = to_jsonb(NEW) - 'signed' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a notice is confirmed once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON rights_recallnotice FOR EACH ROW EXECUTE FUNCTION rights.notice_guard();

-- Words and papers: a draft's words become those of an act, once; rotation seals them under another key; erasure by order
-- of law, and the end of a draft, leave nothing of them. Nothing else changes.
CREATE FUNCTION rights.sealed_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD) - ARRAY['sealed', 'name_sealed', 'event_id', 'removed_at'];
    later jsonb := to_jsonb(NEW) - ARRAY['sealed', 'name_sealed', 'event_id', 'removed_at'];
    o jsonb := to_jsonb(OLD);
    n jsonb := to_jsonb(NEW);
    part text;
BEGIN
    FOREACH part IN ARRAY ARRAY['event_id', 'removed_at'] LOOP
        IF o ->> part IS NOT NULL AND n ->> part IS DISTINCT FROM o ->> part THEN before := NULL; END IF;
    END LOOP;
    FOREACH part IN ARRAY ARRAY['sealed', 'name_sealed'] LOOP  -- a byte string reads \xSSNN…: suite and number of the key
        IF n ->> part IS DISTINCT FROM o ->> part AND n ->> part IS NOT NULL
           AND (o ->> part IS NULL OR left(n ->> part, 6) = left(o ->> part, 6)) THEN before := NULL; END IF;
    END LOOP;
    IF before IS DISTINCT FROM later THEN
        RAISE EXCEPTION 'what was said in a case is not changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON rights_text FOR EACH ROW EXECUTE FUNCTION rights.sealed_guard();
CREATE TRIGGER guard BEFORE UPDATE ON rights_file FOR EACH ROW EXECUTE FUNCTION rights.sealed_guard();

-- A clock keeps its limit and its first day, is extended once, goes to the supervisor once and stops once.
CREATE FUNCTION rights.clock_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.stopped_on IS NOT NULL
       OR (NEW.case_id, NEW.name, NEW."limit", NEW.why, NEW.started_on, NEW.unit)
          IS DISTINCT FROM (OLD.case_id, OLD.name, OLD."limit", OLD.why, OLD.started_on, OLD.unit)
       OR OLD.extended_on IS NOT NULL AND NEW.extended_on IS DISTINCT FROM OLD.extended_on
       OR OLD.escalated_at IS NOT NULL AND NEW.escalated_at IS DISTINCT FROM OLD.escalated_at
       OR NEW.due_on < OLD.due_on THEN
        RAISE EXCEPTION 'a clock is not set back' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON rights_clock FOR EACH ROW EXECUTE FUNCTION rights.clock_guard();

-- Of the deliveries of before nobody is told now.
INSERT INTO rights_findingstold (delivery_id, at, messages)
SELECT d.id, now(), 0 FROM intake_delivery d WHERE d.state = 'committed';

-- Where the record of what each look gave begins: looks of before are told of by what they may have given.
INSERT INTO rights_progress (name, value) SELECT 'given_since', coalesce(max(id), 0)::text FROM ledger_entry;
