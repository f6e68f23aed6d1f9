-- What a subject reads of itself: who looked, proofs, consents, requests, hold, messages. These functions give an
-- account only what is about the subject that it acts for, and never whose account another citizen's or enterprise's
-- is. They write no entry: reading one's own list is not a look at anybody.

-- The entries about this account's subject that it may see today.
CREATE FUNCTION gate.seen_by(p_actor gate.who, p_entry bigint) RETURNS SETOF ledger_entry
LANGUAGE sql STABLE AS $$
    SELECT e.* FROM ledger_entry e
    WHERE e.id = p_entry AND p_actor.own_subject IS NOT NULL AND e.subject_id = ANY (gate.cluster(p_actor.own_subject))
      AND (e.shown_from IS NULL OR e.shown_from <= gate.today())
$$;

-- Whether an entry is the account's own act: its own, or a colleague's for the same subject.
CREATE FUNCTION gate.is_own(p_actor gate.who, e ledger_entry) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT e.actor_kind IN ('citizen', 'enterprise') AND (e.actor_id = p_actor.id OR e.outcome <> 'refused')
$$;

-- Whether the subject may read the case number: not where it would tell of somebody else, nor where the purpose hides it.
CREATE FUNCTION gate.shows_case(p_purpose text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT p_purpose <> 'duplicate_review'
           AND coalesce((SELECT p.case_shown FROM law_purpose p WHERE p.code = p_purpose), false)
$$;

DROP FUNCTION gate.my_entries(text, text, integer);

-- Who looked at my file, newest first. p_kind: own, others or null; p_before: entries before this one.
-- Other accounts of citizens and enterprises have no name here.
CREATE FUNCTION gate.my_entries(
    p_actor_kind text, p_actor_id text, p_kind text, p_unit text, p_purpose text, p_outcome text,
    p_since timestamptz, p_until timestamptz, p_before bigint, p_limit integer
) RETURNS TABLE (id bigint, at timestamptz, actor_kind text, actor_name text, unit text, purpose text, case_no text,
                 items jsonb, outcome text, refusal text, records integer, matter text, consents jsonb, shown_from date,
                 delayed jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    actor gate.who;
    before ledger_entry;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    SELECT * INTO before FROM gate.seen_by(actor, p_before);
    RETURN QUERY
    SELECT e.id, e.at, e.actor_kind::text,
           CASE WHEN e.actor_kind IN ('citizen', 'enterprise') THEN '' ELSE e.actor_name::text END,
           e.unit::text, e.purpose::text, CASE WHEN gate.shows_case(e.purpose) THEN e.case_no::text END, e.items,
           e.outcome::text, e.refusal::text, e.records, e.matter::text, e.consents, e.shown_from,
           (SELECT jsonb_build_object('statute', d.statute, 'officer', d.officer, 'until', d.until)
            FROM gate_delay d WHERE d.entry_id = e.id)
    FROM unnest(gate.cluster(actor.own_subject)) s
    CROSS JOIN LATERAL (
        SELECT x.* FROM ledger_entry x
        WHERE x.subject_id = s AND (x.shown_from IS NULL OR x.shown_from <= gate.today())
          AND (p_kind IS NULL OR gate.is_own(actor, x) = (p_kind = 'own')) AND (p_unit IS NULL OR x.unit = p_unit)
          AND (p_purpose IS NULL OR x.purpose = p_purpose) AND (p_outcome IS NULL OR x.outcome = p_outcome)
          AND (p_since IS NULL OR x.at >= p_since) AND (p_until IS NULL OR x.at < p_until)
          AND (before.id IS NULL OR x.at <= before.at AND (x.at, x.id) < (before.at, before.id))
        ORDER BY x.at DESC, x.id DESC LIMIT least(p_limit, 1000)) e
    ORDER BY e.at DESC, e.id DESC LIMIT least(p_limit, 1000);
END $$;

-- What one of my entries committed to. Salt and line are withheld where the line names another account or a case
-- that would tell of somebody else; the commitment and its place in the tree still prove that the entry stands.
CREATE FUNCTION gate.my_proof(p_actor_kind text, p_actor_id text, p_entry bigint)
RETURNS TABLE (entry bigint, salt text, line text, commitment text, index bigint, withheld boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT e.id, CASE WHEN w.withheld THEN '' ELSE encode(e.salt, 'hex') END,
           CASE WHEN w.withheld THEN '' ELSE ledger.line(e) END, encode(e.commitment, 'hex'), l.index, w.withheld
    FROM gate.actor(p_actor_kind, p_actor_id) a
    CROSS JOIN LATERAL gate.seen_by(a, p_entry) e
    CROSS JOIN LATERAL (SELECT e.salt IS NULL
                        OR e.actor_kind IN ('citizen', 'enterprise') AND e.actor_id IS DISTINCT FROM a.id
                        OR e.case_no IS NOT NULL AND NOT gate.shows_case(e.purpose) AS withheld) w
    LEFT JOIN ledger_leaf l ON l.entry_id = e.id
$$;

CREATE FUNCTION gate.consent_state(c gate_consent) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN c.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN c.until < gate.today() THEN 'ended'
                WHEN c.used >= c.uses THEN 'used_up' ELSE 'in_force' END
$$;

CREATE FUNCTION gate.request_state(r gate_consentrequest) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN r.accepted THEN 'accepted' WHEN NOT r.accepted THEN 'declined'
                WHEN r.expires_on < gate.today() THEN 'expired' ELSE 'waiting' END
$$;

CREATE FUNCTION gate.consent_facts(c gate_consent) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT to_jsonb(c) - 'subject_id' - 'granted_by' - 'granted_on' - 'label'
           || jsonb_build_object('state', gate.consent_state(c), 'subject_label', c.label,
                                 'party_name', (SELECT n.name FROM parties_unit n WHERE n.code = c.party_unit))
$$;

CREATE FUNCTION gate.request_facts(r gate_consentrequest) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT to_jsonb(r) - 'subject_id' - 'label'
           || jsonb_build_object('state', gate.request_state(r), 'subject_label', r.label,
                                 'party_name', (SELECT n.name FROM parties_unit n WHERE n.code = r.party_unit))
$$;

-- The consents that my subject gave, newest first.
CREATE FUNCTION gate.my_consents(p_actor_kind text, p_actor_id text) RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT gate.consent_facts(c) FROM gate.actor(p_actor_kind, p_actor_id) a
    JOIN gate_consent c ON c.subject_id = ANY (gate.cluster(a.own_subject)) WHERE a.own_subject IS NOT NULL
    ORDER BY c.granted_at DESC, c.id
$$;

-- The requests that parties put to my subject, newest first.
CREATE FUNCTION gate.my_requests(p_actor_kind text, p_actor_id text) RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT gate.request_facts(r) FROM gate.actor(p_actor_kind, p_actor_id) a
    JOIN gate_consentrequest r ON r.subject_id = ANY (gate.cluster(a.own_subject)) WHERE a.own_subject IS NOT NULL
    ORDER BY r.asked_at DESC, r.id
$$;

-- The hold on my file that stands.
CREATE FUNCTION gate.my_hold(p_actor_kind text, p_actor_id text) RETURNS TABLE (placed_at timestamptz, lifted_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT h.placed_at, h.lifted_at FROM gate.actor(p_actor_kind, p_actor_id) a
    JOIN gate_hold h ON h.subject_id = ANY (gate.cluster(a.own_subject))
    WHERE a.own_subject IS NOT NULL AND h.lifted_at IS NULL
$$;

-- My messages, newest first; those of delayed looks from their day on.
CREATE FUNCTION gate.my_messages(p_actor_kind text, p_actor_id text, p_unread boolean, p_limit integer)
RETURNS TABLE (id bigint, kind text, entry_id bigint, at timestamptz, read_at timestamptz, facts jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT m.id, m.kind::text, m.entry_id, m.at, m.read_at, m.facts FROM gate.actor(p_actor_kind, p_actor_id) a
    JOIN gate_message m ON m.subject_id = ANY (gate.cluster(a.own_subject))
    WHERE a.own_subject IS NOT NULL AND (m.visible_from IS NULL OR m.visible_from <= gate.today())
      AND (NOT p_unread OR m.read_at IS NULL)
    ORDER BY m.id DESC LIMIT least(p_limit, 1000)
$$;

-- Marks my messages as read; how many were unread.
CREATE FUNCTION gate.read_messages(p_actor_kind text, p_actor_id text, p_ids bigint[]) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH changed AS (
        UPDATE gate_message m SET read_at = clock_timestamp()
        FROM gate.actor(p_actor_kind, p_actor_id) a
        WHERE m.id = ANY (p_ids) AND m.read_at IS NULL AND a.own_subject IS NOT NULL
          AND m.subject_id = ANY (gate.cluster(a.own_subject))
          AND (m.visible_from IS NULL OR m.visible_from <= gate.today())
        RETURNING 1)
    SELECT count(*)::integer FROM changed
$$;

-- A party's own consents and requests; reading them is an entry.
CREATE FUNCTION gate.unit_consents(p_actor_kind text, p_actor_id text)
RETURNS TABLE (kind text, facts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    reason text;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    reason := CASE WHEN actor.kind IS NULL THEN 'actor_unknown'
                   WHEN actor.kind <> 'machine' AND coalesce(actor.role, '') NOT IN ('clerk', 'credit_office')
                   THEN 'role_not_allowed' END;
    PERFORM gate.enter_list(actor, p_actor_kind, p_actor_id, 'consent_review', NULL, NULL, reason,
        CASE WHEN reason IS NULL THEN (SELECT count(*)::integer FROM gate_consent c WHERE c.party_unit = actor.unit)
        ELSE 0 END);
    RETURN QUERY SELECT 'entry', jsonb_build_object('refusal', reason);
    IF reason IS NULL THEN
        RETURN QUERY SELECT 'consent', gate.consent_facts(c) FROM gate_consent c
                     WHERE c.party_unit = actor.unit ORDER BY c.granted_at DESC, c.id LIMIT 1000;
        RETURN QUERY SELECT 'request', gate.request_facts(r) FROM gate_consentrequest r
                     WHERE r.party_unit = actor.unit ORDER BY r.asked_at DESC, r.id LIMIT 1000;
    END IF;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA gate FROM PUBLIC;
