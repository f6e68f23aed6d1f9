-- The pieces that every function about cases is made of: who may, which transition, the entry of an act.
-- Roles may call the doors only; those run as the owner with a search path of their own, and so does all they call.
CREATE SCHEMA rights;
CREATE SEQUENCE rights.number;

-- What an actor is in a case: subject (itself, or who stands for it), office, source, supervisor. Several at once.
-- Who supervises: the source unit's parent, and the credit office; the credit office's own cases: the auditor.
CREATE FUNCTION rights.parts(p_actor gate.who, c rights_case) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT array_remove(ARRAY[
        CASE WHEN p_actor.own_subject = ANY (gate.cluster(c.subject_id)) OR EXISTS (
            SELECT FROM rights_representation r
            WHERE r.subject_id = ANY (gate.cluster(c.subject_id)) AND r.account = p_actor.id
              AND p_actor.kind IN ('citizen', 'enterprise') AND r.ended_at IS NULL
              AND gate.today() BETWEEN r.since AND r.until AND (r.case_id IS NULL OR r.case_id = c.id))
            -- who wrote it down at the counter hands in what the subject brings later
            OR p_actor.kind = 'officer' AND c.opened_by_kind = 'officer' AND c.opened_by = p_actor.id THEN 'subject' END,
        CASE WHEN p_actor.kind = 'officer' AND p_actor.role = 'credit_office' THEN 'office' END,
        CASE WHEN p_actor.kind = 'officer' AND p_actor.role IN ('clerk', 'credit_office') AND p_actor.unit = c.unit
            THEN 'source' END,
        CASE WHEN p_actor.kind = 'officer' AND (
            p_actor.role = 'credit_office' AND c.next <> 'office'
            OR p_actor.role = 'auditor' AND c.next = 'office'
            OR p_actor.role = 'clerk' AND p_actor.unit = (SELECT n.parent_id FROM parties_unit n WHERE n.code = c.unit))
            THEN 'supervisor' END], NULL)
$$;

-- Where an act leads for this actor; no row: it may not be done. What leads back goes to the step that last asked.
CREATE FUNCTION rights.transition(c rights_case, p_act text, p_parts text[]) RETURNS rights_transition
LANGUAGE sql STABLE AS $$
    SELECT t.* FROM rights_transition t
    WHERE t.procedure = c.procedure AND t.frm = c.step AND t.act = p_act AND t.by = ANY (p_parts)
      AND (t.act NOT IN ('supply', 'go_on') OR t."to" = (
          SELECT e.frm FROM rights_event e WHERE e.case_id = c.id AND e.act = 'ask' ORDER BY e.id DESC LIMIT 1))
    ORDER BY t.id LIMIT 1
$$;

-- Whether this officer brought one of the case's records in, or wrote the case down for the subject: then another
-- officer decides.
CREATE FUNCTION rights.entered_it(p_actor gate.who, c rights_case) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT c.opened_by_kind = 'officer' AND c.opened_by = p_actor.id OR EXISTS (
        SELECT FROM rights_caserecord k
        JOIN records_record r ON r.subject_id = k.subject_id AND r.id = k.record_id
        JOIN common_history h ON h.object_type = 'delivery' AND h.object_id = r.delivery_id::text
        WHERE k.case_id = c.id AND h.actor_kind = 'officer' AND h.actor_id = p_actor.id)
$$;

-- The entry of an act, and the message to the subject in the same transaction. Own acts need no message.
CREATE FUNCTION rights.enter(p_actor gate.who, c rights_case, p_act text, p_step text, p_told boolean, p_outcome text)
RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    look gate.look;
BEGIN
    look.asked_kind := p_actor.kind;
    look.asked_id := p_actor.id;
    look.subject := c.subject_id;
    look.subject_kind := c.subject_kind;
    look.purpose := 'rights_case';
    look.case_no := c.number;
    look.items := ARRAY[p_act];
    look.outcome := p_outcome;
    look.rights_case := c.id;
    look.step := p_step;
    IF p_told OR p_outcome = 'opened' THEN
        RETURN gate.enter(p_actor, look);
    END IF;
    RETURN ledger.append(p_actor.kind, p_actor.id, coalesce(p_actor.name, ''), p_actor.unit, c.subject_id, c.subject_kind,
        'rights_case', c.number, look.items, p_outcome, NULL, 0);
END $$;

-- A refusal is an entry too, and says nothing of the case.
CREATE FUNCTION rights.refused(p_kind text, p_id text, p_case text, p_refusal text) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
    actor gate.who;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    PERFORM gate.enter_list(actor, p_kind, p_id, 'rights_case', p_case, NULL, p_refusal, 0);
    RETURN jsonb_build_object('refusal', p_refusal);
END $$;

-- A case that this officer handles and has opened within the hour: what is read beside it rests on that entry. Null, and
-- the entry of a refusal, for anybody else.
CREATE FUNCTION rights.handled(p_kind text, p_id text, p_case uuid) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    actor gate.who;
    c rights_case;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO c FROM rights_case x WHERE x.id = p_case;
    IF c.id IS NOT NULL AND actor.kind = 'officer' AND rights.parts(actor, c) <> '{}' AND EXISTS (
        SELECT FROM ledger_entry e WHERE e.subject_id = c.subject_id AND e.actor_kind = 'officer' AND e.actor_id = actor.id
        AND e.purpose = 'rights_case' AND e.case_no = c.number AND e.outcome IN ('opened', 'done')
        AND e.at > now() - interval '1 hour') THEN
        RETURN c.id;
    END IF;
    PERFORM rights.refused(p_kind, p_id, coalesce(c.number, p_case::text), 'case_unknown');
    RETURN NULL;
END $$;
