-- The auditor answers a complaint. The gate writes the entry and tells the subject, in the same transaction.
CREATE FUNCTION oversight.answer_complaint(
    p_kind text, p_id text, p_complaint uuid, p_finding text, p_answer bytea, p_at timestamptz
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    c oversight_complaint;
    actor gate.who;
    look gate.look;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO c FROM oversight_complaint x WHERE x.id = p_complaint FOR UPDATE;
    IF coalesce(actor.kind = 'officer' AND actor.role = 'auditor', false) AND c.state = 'open' THEN
        look.asked_kind := p_kind;
        look.asked_id := p_id;
        look.subject := c.subject_id;
        look.subject_kind := gate.kind_of(c.subject_id, NULL);
        look.purpose := 'complaint_handling';
        look.case_no := c.id::text;
        look.items := ARRAY['answer', p_finding];
        look.outcome := 'done';
        entry := gate.enter(actor, look);
        UPDATE oversight_complaint SET state = 'answered', finding = p_finding, answer = p_answer,
            answered_by = actor.id, answered_by_name = actor.name, answered_at = p_at WHERE id = p_complaint;
        RETURN jsonb_build_object('entry', entry);
    END IF;
    RETURN oversight.enter(p_kind, p_id, 'complaint_handling', p_complaint::text, ARRAY['answer'], NULL, 0, 'unknown')
        || jsonb_build_object('problem', CASE WHEN c.id IS NULL THEN 'complaint_unknown' ELSE 'complaint_not_open' END);
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oversight FROM PUBLIC;
