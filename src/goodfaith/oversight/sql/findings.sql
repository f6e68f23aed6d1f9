-- Unusual access in a period, found by the rules of oversight/rules.py; a test holds both to the same answer.
-- p_rules: the thresholds by name (settings.OVERSIGHT); p_closed: the days of the period that are no working days.
-- A finding judges nobody: it asks a person to look.
CREATE FUNCTION oversight.findings(p_since timestamptz, p_until timestamptz, p_rules jsonb, p_closed date[])
RETURNS TABLE (rule text, actor_kind text, actor text, unit text, day date, n integer, facts jsonb, entries bigint[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    night_from integer := p_rules ->> 'night_from';
    night_to integer := p_rules ->> 'night_to';
    history integer := p_rules ->> 'history_days';
    volume_floor integer := p_rules ->> 'volume_floor';
    volume_times integer := p_rules ->> 'volume_times';
    least_neighbours integer := p_rules ->> 'neighbours';
    least_refusals integer := p_rules ->> 'refusals';
    least_days integer := p_rules ->> 'repeat_days';
    followed_within integer := p_rules ->> 'unfollowed_days';
    shortest_case integer := p_rules ->> 'case_length';
BEGIN
    RETURN QUERY
    WITH entry AS MATERIALIZED (
        SELECT e.id, e.at, e.at AT TIME ZONE 'Asia/Shanghai' AS here, (e.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
               e.actor_kind::text AS kind, e.actor_id::text AS actor, coalesce(e.unit, '')::text AS unit,
               e.subject_id AS subject, e.purpose, e.case_no, e.outcome, e.refusal,
               e.actor_kind = 'officer' AND e.outcome IN ('opened', 'answered')
               AND e.purpose NOT IN ('audit_review', 'complaint_handling') AS seen
        FROM ledger_entry e
        WHERE e.at >= p_since AND e.at < p_until AND e.actor_kind IN ('officer', 'machine')
    ), seen AS (
        SELECT * FROM entry e WHERE e.seen
    ), daily AS MATERIALIZED (
        SELECT e.actor_id::text AS actor, coalesce(e.unit, '')::text AS unit,
               (e.at AT TIME ZONE 'Asia/Shanghai')::date AS day, count(*)::integer AS n
        FROM ledger_entry e
        WHERE e.at >= p_since - make_interval(days => history) AND e.at < p_until AND e.actor_kind = 'officer'
          AND e.outcome IN ('opened', 'answered') AND e.purpose NOT IN ('audit_review', 'complaint_handling')
          AND e.subject_id IS NOT NULL
        GROUP BY 1, 2, 3
    ), many AS MATERIALIZED (
        SELECT * FROM daily d WHERE d.day >= (p_since AT TIME ZONE 'Asia/Shanghai')::date AND d.n >= volume_floor
    ), own AS (
        SELECT d.actor, d.unit, d.day, percentile_cont(0.5) WITHIN GROUP (ORDER BY o.n) AS median
        FROM many d JOIN daily o ON o.actor = d.actor AND o.unit = d.unit AND o.day >= d.day - history AND o.day < d.day
        GROUP BY 1, 2, 3
    ), excess AS MATERIALIZED (
        SELECT d.*, w.median AS own FROM many d LEFT JOIN own w USING (actor, unit, day)
        WHERE d.n > volume_times * coalesce(w.median, 0)
    ), measured AS (
        SELECT d.*, (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY o.n) FROM daily o WHERE o.actor <> d.actor
                     AND o.unit = d.unit AND o.day >= d.day - history AND o.day < d.day) AS peers
        FROM excess d
    )
    SELECT 'night', 'officer', s.actor, s.unit, s.day, count(*)::integer, '{}'::jsonb,
           (array_agg(s.id ORDER BY s.id))[1:100]
    FROM seen s
    WHERE (extract(hour FROM s.here) >= night_from OR extract(hour FROM s.here) < night_to)
    GROUP BY s.actor, s.unit, s.day
    UNION ALL
    SELECT 'day_off', 'officer', s.actor, s.unit, s.day, count(*)::integer, '{}',
           (array_agg(s.id ORDER BY s.id))[1:100]
    FROM seen s WHERE s.day = ANY (p_closed) GROUP BY s.actor, s.unit, s.day
    UNION ALL
    SELECT 'volume', 'officer', m.actor, m.unit, m.day, m.n,
           jsonb_build_object('own', m.own, 'peers', m.peers, 'cases', count(DISTINCT s.case_no)),
           (array_agg(s.id ORDER BY s.id))[1:100]
    FROM measured m JOIN seen s ON s.actor = m.actor AND s.unit = m.unit AND s.day = m.day AND s.subject IS NOT NULL
    WHERE m.n > volume_times * coalesce(m.peers, 0) GROUP BY m.actor, m.unit, m.day, m.n, m.own, m.peers
    UNION ALL
    SELECT 'neighbours', 'officer', s.actor, s.unit, s.day, count(DISTINCT s.subject)::integer, '{}',
           (array_agg(s.id ORDER BY s.id))[1:100]
    FROM seen s JOIN gate_trace t ON t.entry_id = s.id
    WHERE t.neighbourhood IS NOT NULL AND s.subject IS NOT NULL
    GROUP BY s.actor, s.unit, s.day, t.neighbourhood HAVING count(DISTINCT s.subject) >= least_neighbours
    UNION ALL
    SELECT 'same_name', 'officer', e.actor, e.unit, e.day, count(*)::integer, '{}',
           (array_agg(e.id ORDER BY e.id))[1:100]
    FROM entry e JOIN gate_trace t ON t.entry_id = e.id
    WHERE e.kind = 'officer' AND t.same_name GROUP BY e.actor, e.unit, e.day
    UNION ALL
    SELECT 'refusals', e.kind, e.actor, e.unit, e.day, count(*)::integer, '{}',
           (array_agg(e.id ORDER BY e.id))[1:100]
    FROM entry e
    WHERE e.outcome IN ('refused', 'mismatch', 'unknown')
      AND e.refusal IS DISTINCT FROM 'ledger_stalled'
    GROUP BY e.kind, e.actor, e.unit, e.day HAVING count(*) >= least_refusals
    UNION ALL
    SELECT 'repeat', 'officer', s.actor, s.unit, max(s.day), count(DISTINCT s.day)::integer,
           jsonb_build_object('subject', oversight.alias(s.subject)), (array_agg(s.id ORDER BY s.id))[1:100]
    FROM seen s WHERE s.subject IS NOT NULL
    GROUP BY s.actor, s.unit, s.subject HAVING count(DISTINCT s.day) >= least_days
    UNION ALL
    SELECT 'unfollowed', 'officer', s.actor, s.unit, s.day, count(*)::integer, '{}',
           (array_agg(s.id ORDER BY s.id))[1:100]
    FROM seen s
    WHERE s.purpose = 'duplicate_review' AND s.at + make_interval(days => followed_within) <= p_until
      AND NOT EXISTS (SELECT FROM subjects_judgement j WHERE j.suspicion_id::text = s.case_no
                      AND j.at >= s.at AND j.at <= s.at + make_interval(days => followed_within))
    GROUP BY s.actor, s.unit, s.day
    UNION ALL
    SELECT 'weak_case', 'officer', s.actor, s.unit, s.day, count(*)::integer, '{}',
           (array_agg(s.id ORDER BY s.id))[1:100]
    FROM seen s
    WHERE s.subject IS NOT NULL AND s.purpose <> 'duplicate_review'
      AND (char_length(btrim(coalesce(s.case_no, ''))) < shortest_case OR s.case_no !~ '[0-9０-９一二三四五六七八九十]')
    GROUP BY s.actor, s.unit, s.day;
END $$;

-- The findings of a period for the auditor, newest first, with the officer's name and whether it was taken up.
CREATE FUNCTION oversight.read_findings(
    p_kind text, p_id text, p_since timestamptz, p_until timestamptz, p_rules jsonb, p_closed date[], p_rule text,
    p_unit text, p_limit integer
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', NULL, ARRAY['findings', coalesce(p_rule, 'all')], NULL,
                                0, 'opened');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    RETURN me || (
        WITH found AS MATERIALIZED (
            SELECT f.* FROM oversight.findings(p_since, p_until, p_rules, p_closed) f
            WHERE (p_rule IS NULL OR f.rule = p_rule) AND (p_unit IS NULL OR f.unit = p_unit)
        ), shown AS (
            SELECT f.*, (SELECT e.actor_name FROM ledger_entry e WHERE e.id = f.entries[1]) AS actor_name,
                   EXISTS (SELECT FROM oversight_review r JOIN oversight_draw d ON d.id = r.draw_id
                           WHERE r.entry_id = ANY (f.entries) AND d.rule = f.rule) AS taken_up
            FROM found f ORDER BY f.day DESC, f.rule, f.unit, f.actor, f.entries LIMIT least(p_limit, 500)
        )
        SELECT jsonb_build_object(
            'total', (SELECT count(*) FROM found),
            'by_rule', coalesce((SELECT jsonb_object_agg(x.rule, x.c) FROM (SELECT rule, count(*) c FROM found GROUP BY 1) x), '{}'),
            'rows', coalesce((SELECT jsonb_agg(to_jsonb(s) ORDER BY s.day DESC, s.rule, s.unit, s.actor, s.entries) FROM shown s), '[]')));
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oversight FROM PUBLIC;
