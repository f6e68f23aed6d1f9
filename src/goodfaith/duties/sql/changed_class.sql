-- The class of a duty changes as its deadline and its end do: by an approved change. Its evidence follows it down.
DROP TRIGGER only_named ON duties_duty;
CREATE TRIGGER only_named BEFORE UPDATE ON duties_duty FOR EACH ROW
    EXECUTE FUNCTION duties_only('due_kind', 'due_on', 'ended_on', 'disclosure');

CREATE OR REPLACE FUNCTION duties_changed_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.ended_on IS DISTINCT FROM OLD.ended_on AND NOT EXISTS (
            SELECT FROM duties_change c WHERE c.duty_id = NEW.id AND c.state = 'approved' AND c.kind = 'end'))
       OR ((NEW.due_kind, NEW.due_on) IS DISTINCT FROM (OLD.due_kind, OLD.due_on) AND NOT EXISTS (
            SELECT FROM duties_change c WHERE c.duty_id = NEW.id AND c.state = 'approved' AND c.kind = 'deadline'))
       -- An approval is for once: the newest one says what the class is now.
       OR (NEW.disclosure <> OLD.disclosure AND NEW.disclosure IS DISTINCT FROM (
            SELECT c.after ->> 'disclosure' FROM duties_change c
            WHERE c.duty_id = NEW.id AND c.state = 'approved' AND c.kind = 'class' ORDER BY c.id DESC LIMIT 1)) THEN
        RAISE EXCEPTION 'a duty changes by an approved change only' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM duties_evidence e WHERE e.duty_id = NEW.id AND e.assignment_id IS NOT NULL
               AND duties_openness(e.disclosure) > duties_openness(NEW.disclosure)) THEN
        RAISE EXCEPTION 'evidence is never more open than its duty' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
