-- Lawful erasure: an entry of its own says who ordered it and on what ground, with the digest of what is left of the
-- erased row, so that not even that can change unseen. For the owner's role only.
CREATE FUNCTION ledger.erase(p_entry bigint, p_officer text, p_name text, p_statute text, p_reason text)
RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    e ledger_entry;
    v_order bigint;
BEGIN
    SELECT * INTO STRICT e FROM ledger_entry WHERE id = p_entry FOR UPDATE;
    IF e.erased_by IS NOT NULL OR e.purpose = 'ledger_erasure' THEN
        RAISE EXCEPTION 'entry % cannot be erased', p_entry USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    e.actor_id := '';
    e.actor_name := '';
    e.unit := NULL;
    e.subject_id := NULL;
    e.case_no := NULL;
    e.items := NULL;
    e.matter := NULL;
    e.consents := NULL;
    e.answer := NULL;
    v_order := ledger.append('officer', p_officer, p_name, NULL, NULL, NULL, 'ledger_erasure', p_entry::text,
        ARRAY['依据：' || p_statute, '理由：' || p_reason], 'done', NULL, 0,
        p_answer => sha256(convert_to(ledger.line(e), 'UTF8')));
    UPDATE ledger_entry SET actor_id = '', actor_name = '', unit = NULL, subject_id = NULL, case_no = NULL,
        items = NULL, matter = NULL, consents = NULL, answer = NULL, salt = NULL, erased_by = v_order
    WHERE id = p_entry;
    RETURN v_order;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
