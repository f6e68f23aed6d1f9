-- What the desk needs beside the acts: numbers of letters, who would be told, figures by unit.

-- The next number of a unit's letters in that year: 单位简称信函〔2026〕17号 (GB/T 9704, 7.2.5). Asked in the transaction of
-- the act that the letter tells of, so none is given twice and none is lost with an act that did not come about.
CREATE FUNCTION rights.letter_no(p_unit text, p_at timestamptz) RETURNS text
LANGUAGE sql AS $$
    INSERT INTO rights_lettercount (unit, year, last)
    VALUES (p_unit, extract(year FROM p_at AT TIME ZONE 'Asia/Shanghai')::integer, 1)
    ON CONFLICT (unit, year) DO UPDATE SET last = rights_lettercount.last + 1
    RETURNING (SELECT regexp_replace(n.short_name, '（.*）', '') FROM parties_unit n WHERE n.code = p_unit) || '信函〔' || year || '〕' || last || '号'
$$;

-- Units that were given one of a case's records: who will be told when it changes. Lawfully delayed looks are left out:
-- that somebody investigates is not told to those who handle a case.
CREATE FUNCTION rights.recipients(p_kind text, p_id text, p_case uuid) RETURNS SETOF jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    handled uuid := rights.handled(p_kind, p_id, p_case);
BEGIN
    RETURN QUERY SELECT DISTINCT to_jsonb(g.unit)
    FROM gate.actor(p_kind, p_id) a
    JOIN rights_caserecord k ON k.case_id = handled
    CROSS JOIN LATERAL rights.given(gate.cluster(k.subject_id), k.record_id, k.item) g
    JOIN ledger_entry e ON e.id = g.entry AND coalesce(e.shown_from <= gate.today(), true)
    WHERE g.unit IS DISTINCT FROM a.unit;
END $$;

-- The same figures by procedure and unit, whatever kind and end, so that medians are those of all. Counts only.
CREATE FUNCTION rights.unit_figures(p_since date, p_until date)
RETURNS TABLE (procedure text, unit text, n integer, open integer, decided integer, maintained integer,
               days_median numeric, days_longest integer, late integer, overdue integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH one AS (
        SELECT c.procedure, c.outcome, c.closed_at, coalesce(
                 (SELECT k.source_unit FROM rights_caserecord k WHERE k.case_id = c.id ORDER BY k.id LIMIT 1), c.unit) AS unit,
               (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date - (c.filed_at AT TIME ZONE 'Asia/Shanghai')::date AS days,
               EXISTS (SELECT FROM rights_clock k WHERE k.case_id = c.id
                       AND coalesce(k.stopped_on, gate.today()) > k.due_on AND k.suspended_on IS NULL) AS late,
               c.closed_at IS NULL AND EXISTS (SELECT FROM rights_clock k WHERE k.case_id = c.id AND k.stopped_on IS NULL
                       AND k.suspended_on IS NULL AND k.due_on < gate.today()) AS overdue
        FROM rights_case c
        WHERE c.filed_at >= p_since::timestamp AT TIME ZONE 'Asia/Shanghai'
          AND c.filed_at < (p_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
    SELECT o.procedure::text, o.unit::text, count(*)::integer, count(*) FILTER (WHERE o.closed_at IS NULL)::integer,
           count(*) FILTER (WHERE o.outcome IN ('maintained', 'corrected', 'annulled', 'unlinked'))::integer,
           count(*) FILTER (WHERE o.outcome = 'maintained')::integer,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY o.days)::numeric, max(o.days)::integer,
           count(*) FILTER (WHERE o.late)::integer, count(*) FILTER (WHERE o.overdue)::integer
    FROM one o GROUP BY 1, 2 ORDER BY 1, 2
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rights FROM PUBLIC;
