-- Who may look: what the catalogue says of purpose and matter, then the ledger's standing, consent and hold.
-- Each refusal's sentence, with its article, is in gate/rules.py; the same rules in plain Python in tests/gate/twin.py.

DROP FUNCTION gate.refusal(text, text, uuid, law_purpose, uuid[], text);

-- Why this account may not use this purpose, whoever the subject is; null when it may.
CREATE FUNCTION gate.purpose_refusal(p_actor gate.who, p_purpose law_purpose) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_actor.kind IS NULL THEN 'actor_unknown'
        WHEN p_purpose.code IS NULL OR p_purpose.withdrawn_at IS NOT NULL THEN 'purpose_unknown'
        WHEN NOT p_purpose.actors ? p_actor.kind THEN 'purpose_not_for_actor'
        WHEN p_actor.kind = 'officer' AND NOT p_purpose.roles ? p_actor.role THEN 'role_not_allowed'
        WHEN p_actor.kind IN ('officer', 'machine') AND NOT coalesce(p_purpose.unit_kinds ? p_actor.unit_kind, false)
            THEN 'unit_not_allowed'
    END
$$;

-- Why the matter does not carry the purpose; null when it does, or when neither is asked.
CREATE FUNCTION gate.matter_refusal(p_actor gate.who, p_purpose law_purpose, p_matter text, p_subject_kind text)
RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_matter IS NULL THEN CASE WHEN p_purpose.matter_required THEN 'matter_required' END
        ELSE coalesce((
            SELECT CASE
                WHEN NOT m.purposes ? p_purpose.code THEN 'matter_not_for_purpose'
                WHEN NOT coalesce(m.unit_kinds ? p_actor.unit_kind, false) THEN 'matter_not_for_unit'
                WHEN NOT m.subjects ? p_subject_kind THEN 'matter_not_for_subject'
                ELSE '' END
            FROM law_matter m WHERE m.code = p_matter AND m.withdrawn_at IS NULL), 'matter_unknown')
    END
$$;

-- Why this account may not look at this subject for this purpose; null when nothing but consent is still to be asked.
CREATE FUNCTION gate.refusal(
    p_actor gate.who, p_purpose law_purpose, p_matter text, p_subject_kind text, p_cluster uuid[], p_case text
) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce(gate.purpose_refusal(p_actor, p_purpose), CASE
        WHEN p_actor.kind IN ('citizen', 'enterprise')
             AND NOT coalesce(p_actor.own_subject = ANY (p_cluster), false) THEN 'not_own_file'
        WHEN p_purpose.code = 'duplicate_review' AND NOT EXISTS (
            SELECT FROM subjects_suspicion s
            WHERE s.id::text = p_case AND (s.left_id = ANY (p_cluster) OR s.right_id = ANY (p_cluster)))
            THEN 'case_unknown'
        WHEN p_actor.kind IN ('officer', 'machine') AND p_purpose.code <> 'duplicate_review'
             AND coalesce(btrim(p_case), '') = '' THEN 'case_required'
        END,
        nullif(gate.matter_refusal(p_actor, p_purpose, p_matter, p_subject_kind), ''),
        CASE WHEN p_subject_kind = 'person' AND NOT ledger.standing() THEN 'ledger_stalled' END)
$$;

-- Lawfully delayed disclosure needs a purpose whose statute allows it, an officer and a day within its limit.
CREATE FUNCTION gate.delay_refusal(p_actor gate.who, p_purpose law_purpose, p_day date, p_officer text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_day IS NULL THEN NULL
        WHEN p_purpose.delay_days IS NULL OR p_purpose.delay_basis IS NULL THEN 'delay_not_allowed'
        WHEN p_actor.kind <> 'officer' OR coalesce(btrim(p_officer), '') = '' THEN 'delay_needs_officer'
        WHEN p_day <= gate.today() OR p_day > gate.today() + p_purpose.delay_days THEN 'delay_out_of_range'
    END
$$;

CREATE TYPE gate.consented AS (refusal text, items text[], consents uuid[]);

-- What the consents in force of this subject let this party see of p_items for this purpose. Overlapping ones add up;
-- one that adds nothing is not used, and those without a number come before those that are counted.
-- Takes the subject's turn, and holds the counted ones until the end of the transaction, so the last use is taken once.
CREATE FUNCTION gate.consented(p_subjects uuid[], p_party text, p_purpose text, p_items text[], p_whole boolean)
RETURNS gate.consented
LANGUAGE plpgsql AS $$
DECLARE
    answer gate.consented := (NULL, '{}', '{}');
    one record;
BEGIN
    PERFORM gate.take_turn(p_subjects, false);
    PERFORM FROM gate_consent c
    WHERE c.subject_id = ANY (p_subjects) AND c.party_unit = p_party AND c.purpose = p_purpose AND c.uses IS NOT NULL
    ORDER BY c.id FOR UPDATE;
    FOR one IN
        SELECT c.id, ARRAY(SELECT unnest(c.items::text[]) INTERSECT SELECT unnest(p_items)) AS items FROM gate_consent c
        WHERE c.subject_id = ANY (p_subjects) AND c.party_unit = p_party AND c.purpose = p_purpose
          AND c.withdrawn_at IS NULL AND c.until >= gate.today() AND (c.uses IS NULL OR c.used < c.uses)
        ORDER BY c.uses IS NOT NULL, c.until, c.id
    LOOP
        IF NOT one.items <@ answer.items THEN
            answer.items := ARRAY(SELECT unnest(answer.items) UNION SELECT unnest(one.items) ORDER BY 1);
            answer.consents := answer.consents || one.id;
        END IF;
    END LOOP;
    answer.refusal := CASE
        WHEN answer.consents = '{}' THEN 'consent_missing'
        WHEN p_whole AND NOT p_items <@ answer.items THEN 'consent_not_covering'
        WHEN EXISTS (SELECT FROM gate_hold h WHERE h.subject_id = ANY (p_subjects) AND h.lifted_at IS NULL)
            THEN 'on_hold' END;
    RETURN answer;
END $$;

-- One use of each counted consent that a look rested on.
CREATE FUNCTION gate.count_use(p_consents uuid[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE gate_consent SET used = used + 1 WHERE id = ANY (p_consents) AND uses IS NOT NULL
$$;

-- The items that a purpose opens, of those asked for (null: all).
CREATE FUNCTION gate.items_of(p_purpose law_purpose, p_asked text[]) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(i.code::text ORDER BY i.code), '{}') FROM law_item i
    WHERE (p_purpose.listed IS NULL OR p_purpose.listed ? i.code) AND (p_asked IS NULL OR i.code = ANY (p_asked))
$$;
