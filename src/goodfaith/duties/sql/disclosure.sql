-- Evidence has a class of disclosure. It never opens further than its duty, it changes only with a reason in the events,
-- and nothing else of it changes. What is true of letters about reminders stands here as well.
DROP TRIGGER append_only ON duties_evidence;
CREATE TRIGGER append_only BEFORE DELETE ON duties_evidence FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER only_named BEFORE UPDATE ON duties_evidence FOR EACH ROW
    EXECUTE FUNCTION duties_only('disclosure', 'cleared', 'cleared_at', 'cleared_by', 'cleared_by_name');

CREATE FUNCTION duties_openness(p_class text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_class WHEN 'open' THEN 2 WHEN 'on_request' THEN 1 ELSE 0 END
$$;

CREATE FUNCTION duties_evidence_class() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF duties_openness(NEW.disclosure) > (SELECT duties_openness(d.disclosure) FROM duties_duty d WHERE d.id = NEW.duty_id) THEN
        RAISE EXCEPTION 'evidence is never more open than its duty' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- No program reads a picture: somebody has looked at it.
    IF NEW.disclosure = 'open' AND NEW.cleared <> 'person'
       AND (SELECT p.media LIKE 'image/%' FROM duties_paper p WHERE p.id = NEW.paper_id) THEN
        RAISE EXCEPTION 'a picture is open only when somebody has looked at it' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER class_fits BEFORE INSERT OR UPDATE ON duties_evidence FOR EACH ROW EXECUTE FUNCTION duties_evidence_class();

-- Who cleared a file is said anew when its class changes, and stays otherwise.
CREATE FUNCTION duties_evidence_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'of evidence only the class changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER class_changes BEFORE UPDATE ON duties_evidence FOR EACH ROW WHEN (NEW.disclosure = OLD.disclosure)
    EXECUTE FUNCTION duties_evidence_changes();

CREATE FUNCTION duties_disclosed_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM duties_event e WHERE e.procedure = 'assignment' AND e.object_id = NEW.assignment_id::text
          AND e.act = 'disclose' AND e.text <> '' AND e.facts ->> 'evidence' = NEW.id::text
          AND e.facts ->> 'was' = OLD.disclosure AND e.facts ->> 'now' = NEW.disclosure) THEN
        RAISE EXCEPTION 'a class changes with its reason only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER disclosed_by AFTER UPDATE ON duties_evidence DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION duties_disclosed_by();

-- Letters about reminders: what was sent or given up stays so.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_digest FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON duties_digestreminder FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON duties_digestletter FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER only_named BEFORE UPDATE ON duties_digestletter FOR EACH ROW
    EXECUTE FUNCTION duties_only('state', 'attempt', 'claimed_at', 'next_at', 'sent_at', 'error');
CREATE TRIGGER closed BEFORE UPDATE ON duties_digestletter FOR EACH ROW WHEN (OLD.state IN ('sent', 'given_up'))
    EXECUTE FUNCTION duties_closed();
