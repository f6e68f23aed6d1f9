-- Consents, requests for them, holds: the subject's own acts, and a party's request. Each leaves its entry.

-- Why these terms make no consent for this party; null when they do.
CREATE FUNCTION gate.terms_refusal(p_party text, p_purpose law_purpose, p_items text[], p_until date, p_uses integer)
RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_purpose.code IS NULL OR p_purpose.withdrawn_at IS NOT NULL THEN 'purpose_unknown'
        WHEN p_purpose.ground <> 'consent' THEN 'purpose_needs_no_consent'
        WHEN NOT EXISTS (SELECT FROM parties_unit n
                         WHERE n.code = p_party AND n.active AND p_purpose.unit_kinds ? n.kind) THEN 'party_not_for_purpose'
        WHEN coalesce(cardinality(p_items), 0) = 0 OR NOT p_items <@ gate.items_of(p_purpose, p_items)
            THEN 'items_not_in_purpose'
        WHEN p_until IS NULL OR p_until < gate.today() THEN 'until_past'
        WHEN p_uses <= 0 THEN 'uses_not_positive'
    END
$$;

-- The entry of a subject's own act about its consents or hold.
CREATE FUNCTION gate.enter_act(
    p_actor gate.who, p_kind text, p_id text, p_act text, p_items text[], p_consent uuid, p_refusal text
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    look gate.look := gate.asks(p_kind, p_id, p_act, NULL, gate.find(p_actor.own_subject, NULL, NULL), NULL);
BEGIN
    look.items := p_items;
    look.consents := CASE WHEN p_consent IS NOT NULL THEN ARRAY[p_consent] END;
    look.outcome := CASE WHEN p_refusal IS NULL THEN 'done' ELSE 'refused' END;
    look.refusal := p_refusal;
    RETURN gate.enter(p_actor, look);
END $$;

-- The account that acts for a subject, alone at its turn. No row when the account has no subject.
CREATE FUNCTION gate.subject_at_turn(p_kind text, p_id text) RETURNS SETOF gate.who
LANGUAGE plpgsql AS $$
DECLARE
    actor gate.who;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    IF gate.find(actor.own_subject, NULL, NULL) IS NOT NULL AND actor.kind IN ('citizen', 'enterprise') THEN
        PERFORM gate.take_turn(gate.cluster(actor.own_subject), true);
        RETURN NEXT actor;
    END IF;
END $$;

-- Writes the consent down. The label is what the party wrote in its request, else the account's display name.
CREATE FUNCTION gate.add_consent(
    p_actor gate.who, p_party text, p_purpose text, p_items text[], p_until date, p_uses integer, p_request uuid
) RETURNS uuid
LANGUAGE sql AS $$
    INSERT INTO gate_consent (id, subject_id, label, party_unit, purpose, items, granted_at, granted_on, granted_by,
                              until, uses, used, request_id)
    VALUES (gen_random_uuid(), p_actor.own_subject,
            left(coalesce((SELECT r.label FROM gate_consentrequest r WHERE r.id = p_request),
                          (SELECT u.display_name FROM parties_user u WHERE u.id = p_actor.id::bigint), ''), 100),
            p_party, p_purpose,
            ARRAY(SELECT DISTINCT i FROM unnest(p_items) i ORDER BY 1), clock_timestamp(), gate.today(), p_actor.id,
            p_until, p_uses, 0, p_request)
    RETURNING id
$$;

-- The answer to a granting account: the entry with the consent, then who it is, so that its age can be told.
CREATE FUNCTION gate.granted(p_actor gate.who, p_entry bigint, p_refusal text, p_consent uuid)
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE plpgsql AS $$
DECLARE
    look gate.look;
BEGIN
    look.outcome := CASE WHEN p_refusal IS NULL THEN 'done' ELSE 'refused' END;
    look.refusal := p_refusal;
    RETURN QUERY SELECT 'entry', p_actor.own_subject,
                        gate.head(p_entry, look, 'full') || jsonb_build_object('consent', p_consent), NULL::bytea;
    IF p_consent IS NOT NULL THEN
        RETURN QUERY SELECT * FROM gate.identity(p_actor.own_subject, ARRAY[p_actor.own_subject]);
    END IF;
END $$;

-- A subject lets a party look.
CREATE FUNCTION gate.grant_consent(
    p_actor_kind text, p_actor_id text, p_party text, p_purpose text, p_items text[], p_until date, p_uses integer
) RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    purpose law_purpose;
    reason text;
    consent uuid;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.subject_at_turn(p_actor_kind, p_actor_id);
    SELECT * INTO purpose FROM law_purpose p WHERE p.code = p_purpose;
    reason := CASE WHEN actor.id IS NULL THEN 'not_own_file'
              ELSE gate.terms_refusal(p_party, purpose, p_items, p_until, p_uses) END;
    IF reason IS NULL THEN
        consent := gate.add_consent(actor, p_party, p_purpose, p_items, p_until, p_uses, NULL);
    END IF;
    entry := gate.enter_act(actor, p_actor_kind, p_actor_id, 'consent_grant', p_items, consent, reason);
    RETURN QUERY SELECT * FROM gate.granted(actor, entry, reason, consent);
END $$;

-- A subject takes a consent back; from its entry on it carries nothing.
CREATE FUNCTION gate.withdraw_consent(p_actor_kind text, p_actor_id text, p_consent uuid) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    consent gate_consent;
    reason text;
BEGIN
    SELECT * INTO actor FROM gate.subject_at_turn(p_actor_kind, p_actor_id);
    SELECT * INTO consent FROM gate_consent c
    WHERE c.id = p_consent AND c.subject_id = ANY (gate.cluster(actor.own_subject)) FOR UPDATE;
    reason := CASE WHEN actor.id IS NULL THEN 'not_own_file'
                   WHEN consent.id IS NULL THEN 'consent_unknown'
                   WHEN consent.withdrawn_at IS NOT NULL THEN 'consent_withdrawn' END;
    IF reason IS NULL THEN
        UPDATE gate_consent SET withdrawn_at = clock_timestamp() WHERE id = p_consent;
    END IF;
    PERFORM gate.enter_act(actor, p_actor_kind, p_actor_id, 'consent_withdrawal', NULL, consent.id, reason);
    RETURN reason;
END $$;

-- A party asks a subject. The answer is the same whether or not anybody has the number and the name.
-- p_label: what the party wrote, a person's name masked. A request may be answered for 30 days.
CREATE FUNCTION gate.request_consent(
    p_actor_kind text, p_actor_id text, p_number_kind text, p_number_key bytea, p_name_key bytea, p_name text,
    p_label text, p_purpose text, p_items text[], p_until date, p_uses integer, p_reason text, p_near bytea
) RETURNS TABLE (refusal text, id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    purpose law_purpose;
    asked uuid := gate.find(NULL, p_number_kind, p_number_key);
    look gate.look := gate.asks(
        p_actor_kind, p_actor_id, 'consent_request', NULL,
        CASE WHEN gate.is_named(asked, p_name_key, p_name) THEN asked END, p_number_kind);
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    SELECT * INTO purpose FROM law_purpose p WHERE p.code = p_purpose;
    look.refusal := coalesce(gate.purpose_refusal(actor, purpose),
                             gate.terms_refusal(actor.unit, purpose, p_items, p_until, p_uses),
                             CASE WHEN coalesce(btrim(p_reason), '') = '' THEN 'reason_required' END);
    IF look.refusal IS NULL THEN
        INSERT INTO gate_consentrequest (id, subject_id, label, party_unit, asked_by_kind, asked_by, asked_by_name,
                                         purpose, items, until, uses, reason, asked_at, expires_on)
        VALUES (gen_random_uuid(), look.subject, left(p_label, 100), actor.unit, actor.kind, actor.id, actor.name,
                p_purpose, ARRAY(SELECT DISTINCT i FROM unnest(p_items) i ORDER BY 1), p_until, p_uses,
                left(p_reason, 500), clock_timestamp(), gate.today() + 30)
        RETURNING gate_consentrequest.id INTO look.request;
    END IF;
    look.items := p_items;
    look.outcome := CASE WHEN look.refusal IS NULL THEN 'done' ELSE 'refused' END;
    look.near := p_near;
    PERFORM gate.enter(actor, look);
    refusal := look.refusal;
    id := look.request;
    RETURN NEXT;
END $$;

-- A subject accepts or declines a request.
CREATE FUNCTION gate.answer_request(p_actor_kind text, p_actor_id text, p_request uuid, p_accept boolean)
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    asked gate_consentrequest;
    purpose law_purpose;
    reason text;
    consent uuid;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.subject_at_turn(p_actor_kind, p_actor_id);
    SELECT * INTO asked FROM gate_consentrequest r
    WHERE r.id = p_request AND r.subject_id = ANY (gate.cluster(actor.own_subject)) FOR UPDATE;
    SELECT * INTO purpose FROM law_purpose p WHERE p.code = asked.purpose;
    reason := CASE WHEN actor.id IS NULL THEN 'not_own_file'
                   WHEN asked.id IS NULL THEN 'request_unknown'
                   WHEN asked.answered_at IS NOT NULL THEN 'request_answered'
                   WHEN asked.expires_on < gate.today() THEN 'request_expired'
                   WHEN p_accept THEN gate.terms_refusal(
                        asked.party_unit, purpose, asked.items::text[], asked.until, asked.uses)
              END;
    IF reason IS NULL THEN
        UPDATE gate_consentrequest SET answered_at = clock_timestamp(), accepted = p_accept WHERE id = p_request;
        IF p_accept THEN
            consent := gate.add_consent(actor, asked.party_unit, asked.purpose, asked.items::text[], asked.until,
                                        asked.uses, p_request);
        END IF;
    END IF;
    entry := gate.enter_act(actor, p_actor_kind, p_actor_id,
                            CASE WHEN p_accept THEN 'consent_grant' ELSE 'consent_decline' END, asked.items::text[],
                            consent, reason);
    RETURN QUERY SELECT * FROM gate.granted(actor, entry, reason, consent);
END $$;

-- A subject holds its file: no look that rests on consent goes through.
CREATE FUNCTION gate.place_hold(p_actor_kind text, p_actor_id text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    reason text;
BEGIN
    SELECT * INTO actor FROM gate.subject_at_turn(p_actor_kind, p_actor_id);
    reason := CASE WHEN actor.id IS NULL THEN 'not_own_file'
                   WHEN EXISTS (SELECT FROM gate_hold h WHERE h.subject_id = ANY (gate.cluster(actor.own_subject))
                                AND h.lifted_at IS NULL) THEN 'hold_standing' END;
    IF reason IS NULL THEN
        INSERT INTO gate_hold (subject_id, placed_at, placed_by) VALUES (actor.own_subject, clock_timestamp(), actor.id);
    END IF;
    PERFORM gate.enter_act(actor, p_actor_kind, p_actor_id, 'hold_placed', NULL, NULL, reason);
    RETURN reason;
END $$;

-- A subject lifts its hold.
CREATE FUNCTION gate.lift_hold(p_actor_kind text, p_actor_id text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    reason text := 'not_own_file';
BEGIN
    SELECT * INTO actor FROM gate.subject_at_turn(p_actor_kind, p_actor_id);
    IF actor.id IS NOT NULL THEN
        UPDATE gate_hold h SET lifted_at = clock_timestamp()
        WHERE h.subject_id = ANY (gate.cluster(actor.own_subject)) AND h.lifted_at IS NULL;
        reason := CASE WHEN NOT FOUND THEN 'no_hold' END;
    END IF;
    PERFORM gate.enter_act(actor, p_actor_kind, p_actor_id, 'hold_lifted', NULL, NULL, reason);
    RETURN reason;
END $$;
