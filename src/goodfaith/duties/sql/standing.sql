-- What there is to do on a day: assignments that have rows, and those that dates say there are although no worker has
-- made their rows yet. Runs with the caller's rights.
CREATE FUNCTION duties_yearly_due(p_month_day text, p_year integer) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
    SELECT least(
        make_date(p_year, left(p_month_day, 2)::integer, 1) + right(p_month_day, 2)::integer - 1,
        (make_date(p_year, left(p_month_day, 2)::integer, 1) + interval '1 month')::date - 1)
$$;

CREATE FUNCTION duties_assignment_id(p_duty uuid, p_line smallint, p_period text) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$
    SELECT md5(p_duty::text || '|' || p_line || '|' || p_period)::uuid
$$;

-- The instances of each duty on a day: once, or one for each year that has begun. A year begins on the day after the
-- due day before.
CREATE FUNCTION duties_periods(p_today date) RETURNS TABLE (duty_id uuid, period text, due_on date)
LANGUAGE sql STABLE AS $$
    SELECT d.id, '', d.due_on FROM duties_duty d WHERE d.due_kind <> 'yearly'
    UNION ALL
    SELECT d.id, y::text, duties_yearly_due(d.due_yearly, y)
    FROM duties_duty d
    CROSS JOIN LATERAL generate_series(extract(year FROM d.starts_on)::integer,
        extract(year FROM greatest(p_today, d.starts_on))::integer + 1) y
    WHERE d.due_kind = 'yearly' AND duties_yearly_due(d.due_yearly, y) >= d.starts_on
      AND (duties_yearly_due(d.due_yearly, y - 1) < d.starts_on
           OR duties_yearly_due(d.due_yearly, y - 1) < least(p_today, d.ended_on - 1))
$$;

-- Who holds each responsible line on a day.
CREATE FUNCTION duties_expected(p_today date)
RETURNS TABLE (id uuid, duty_id uuid, line smallint, period text, due_on date)
LANGUAGE sql STABLE AS $$
    SELECT duties_assignment_id(p.duty_id, l.line, p.period), p.duty_id, l.line, p.period, p.due_on
    FROM duties_periods(p_today) p
    JOIN duties_duty d ON d.id = p.duty_id
    JOIN duties_dutyunit l ON l.duty_id = p.duty_id AND l.part IN ('lead', 'joint')
         AND l.since <= p_today AND (l.until IS NULL OR l.until > p_today)
    WHERE d.ended_on IS NULL OR d.ended_on > p_today OR p.period <> ''
$$;

CREATE FUNCTION duties_standing(p_today date)
RETURNS TABLE (id uuid, duty_id uuid, document_id bigint, line smallint, period text, due_on date, step text,
               closed_at timestamptz, made boolean, unit text, part text, written text, full_name text)
LANGUAGE sql STABLE AS $$
    SELECT s.id, s.duty_id, d.document_id, s.line, s.period, s.due_on, s.step, s.closed_at, s.made,
           h.unit_id, coalesce(h.part, 'joint'), coalesce(h.written, ''), coalesce(h.full, '')
    FROM (
        SELECT a.id, a.duty_id, a.line, a.period::text, a.due_on, a.step::text, a.closed_at, true AS made
        FROM duties_assignment a
        UNION ALL
        SELECT e.id, e.duty_id, e.line, e.period, e.due_on, 'assigned', NULL, false
        FROM duties_expected(p_today) e
        WHERE NOT EXISTS (SELECT FROM duties_assignment a WHERE a.duty_id = e.duty_id AND a.line = e.line AND a.period = e.period)
    ) s
    JOIN duties_duty d ON d.id = s.duty_id
    LEFT JOIN LATERAL (
        SELECT l.unit_id, l.part, l.written, l.full FROM duties_dutyunit l
        WHERE l.duty_id = s.duty_id AND l.line = s.line
          AND l.since <= greatest(coalesce((s.closed_at AT TIME ZONE 'Asia/Shanghai')::date, p_today), l.since)
          AND (l.until IS NULL OR l.until > l.since)
        ORDER BY (l.since <= coalesce((s.closed_at AT TIME ZONE 'Asia/Shanghai')::date, p_today)
                  AND (l.until IS NULL OR l.until > coalesce((s.closed_at AT TIME ZONE 'Asia/Shanghai')::date, p_today))) DESC,
                 l.since LIMIT 1
    ) h ON true
$$;
