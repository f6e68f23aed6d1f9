-- The ledger as the auditor reads it, and the auditor's first page.

-- Entries that fit the filters, newest first, before p_before. Filters: outcome, unit, actor (account or name),
-- purpose, matter, case_no, since, until (moments, half-open), others (not the auditor's own reading), subject (an
-- id; never from the page).
CREATE FUNCTION oversight.matching(p_filters jsonb, p_before bigint, p_limit integer) RETURNS SETOF ledger_entry
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    f_outcome text := p_filters ->> 'outcome';
    f_unit text := p_filters ->> 'unit';
    f_actor text := p_filters ->> 'actor';
    f_purpose text := p_filters ->> 'purpose';
    f_matter text := p_filters ->> 'matter';
    f_case text := p_filters ->> 'case_no';
    f_since timestamptz := p_filters ->> 'since';
    f_until timestamptz := p_filters ->> 'until';
    f_subject uuid := p_filters ->> 'subject';
    f_others boolean := p_filters ? 'others';
BEGIN
    RETURN QUERY
    SELECT * FROM ledger_entry e
    WHERE (p_before IS NULL OR e.id < p_before)
      AND (f_outcome IS NULL OR e.outcome = f_outcome) AND (f_unit IS NULL OR e.unit = f_unit)
      AND (f_actor IS NULL OR e.actor_id = f_actor OR e.actor_name = f_actor)
      AND (f_purpose IS NULL OR e.purpose = f_purpose) AND (f_matter IS NULL OR e.matter = f_matter)
      AND (f_case IS NULL OR e.case_no = f_case)
      AND (f_since IS NULL OR e.at >= f_since) AND (f_until IS NULL OR e.at < f_until)
      AND (NOT f_others OR e.purpose NOT IN ('audit_review', 'complaint_handling'))
      AND (f_subject IS NULL OR e.subject_id = ANY (gate.cluster(f_subject)))
    ORDER BY e.id DESC LIMIT p_limit;
END $$;

-- A page or a file of the ledger. "same_as" among the filters names an entry: only looks at the subject of that one.
-- The entry of a reading that is about one subject names the subject, who sees it; so it does not say how many there
-- were: that would tell of looks whose disclosure is lawfully delayed.
CREATE FUNCTION oversight.read_entries(
    p_kind text, p_id text, p_filters jsonb, p_before bigint, p_limit integer, p_what text, p_case text
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    subject uuid;
    same bigint := (p_filters ->> 'same_as')::bigint;
    shown jsonb := p_filters - 'same_as' - 'subject';
    rows jsonb := '[]';
    me jsonb;
BEGIN
    IF same IS NOT NULL THEN
        SELECT e.subject_id INTO subject FROM ledger_entry e WHERE e.id = same;
    END IF;
    IF EXISTS (SELECT FROM gate.actor(p_kind, p_id) a WHERE a.kind = 'officer' AND a.role = 'auditor')
       AND (same IS NULL OR subject IS NOT NULL) THEN
        SELECT coalesce(jsonb_agg(oversight.entry(e) ORDER BY e.id DESC), '[]') INTO rows
        FROM oversight.matching(CASE WHEN subject IS NULL THEN shown ELSE shown || jsonb_build_object('subject', subject) END,
                                p_before, least(p_limit, 20001)) e;
    END IF;
    me := oversight.enter(
        p_kind, p_id, 'audit_review', p_case, ARRAY[p_what], subject,
        CASE WHEN subject IS NULL THEN jsonb_array_length(rows) ELSE 0 END, 'opened');
    IF me ? 'refusal' THEN RETURN me; END IF;
    RETURN me || jsonb_build_object('rows', rows, 'subject', oversight.alias(subject));
END $$;

-- Finds a subject by the keyed digest of its number; the entry of the asking names it, and "same_as" that entry.
CREATE FUNCTION oversight.find_subject(p_kind text, p_id text, p_number_kind text, p_number_key bytea, p_case text)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    target uuid;
    me jsonb;
BEGIN
    SELECT i.subject_id INTO target FROM subjects_identifier i WHERE i.kind = p_number_kind AND i.key = p_number_key;
    me := oversight.enter(p_kind, p_id, 'audit_review', p_case, ARRAY['subject'], target, 0,
                          CASE WHEN target IS NULL THEN 'unknown' ELSE 'opened' END);
    IF me ? 'refusal' THEN RETURN me; END IF;
    RETURN me || jsonb_build_object('found', target IS NOT NULL);
END $$;

-- Looks of a period by purpose and outcome: today, the last 7 and the last 30 days (p_day begins "today").
CREATE FUNCTION oversight.overview(p_kind text, p_id text, p_day timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', NULL, ARRAY['overview'], NULL, 0, 'opened');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    RETURN me || jsonb_build_object(
        'counts', coalesce((SELECT jsonb_agg(to_jsonb(x)) FROM (
            SELECT e.purpose, e.outcome, count(*) FILTER (WHERE e.at >= p_day) AS day,
                   count(*) FILTER (WHERE e.at >= p_day - interval '6 days') AS week, count(*) AS month
            FROM ledger_entry e WHERE e.at >= p_day - interval '29 days' GROUP BY 1, 2) x), '[]'),
        'complaints', coalesce((SELECT jsonb_agg(jsonb_build_object(
                'id', c.id, 'entry', c.entry_id, 'made_at', c.made_at, 'due_on', c.due_on) ORDER BY c.due_on, c.made_at)
            FROM (SELECT * FROM oversight_complaint WHERE state = 'open' ORDER BY due_on, made_at LIMIT 50) c), '[]'),
        'open_complaints', (SELECT count(*) FROM oversight_complaint WHERE state = 'open'),
        'pending_reviews', (SELECT count(*) FROM oversight_review WHERE outcome = 'pending'),
        'open_misuse', (SELECT count(*) FROM oversight_misusecase WHERE state = 'open'));
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oversight FROM PUBLIC;
