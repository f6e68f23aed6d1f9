-- Cases of misuse: opened from a review or a complaint whose outcome says so, closed with a finding.
CREATE FUNCTION oversight.open_misuse(
    p_kind text, p_id text, p_case uuid, p_review uuid, p_complaint uuid, p_what text, p_at timestamptz
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    e ledger_entry;
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', p_case::text, ARRAY['misuse'], NULL, 0, 'done');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    SELECT x.* INTO e FROM ledger_entry x
    WHERE x.id = CASE
        WHEN p_review IS NOT NULL THEN
            (SELECT r.entry_id FROM oversight_review r WHERE r.id = p_review AND r.outcome = 'misuse' FOR SHARE)
        ELSE (SELECT c.entry_id FROM oversight_complaint c WHERE c.id = p_complaint AND c.finding = 'not_in_order')
    END;
    IF e.id IS NULL THEN RETURN jsonb_build_object('problem', 'misuse_without_ground'); END IF;
    INSERT INTO oversight_misusecase (id, review_id, complaint_id, entry_id, unit, actor_kind, actor_id, actor_name,
                                      what, measures, state, opened_by, opened_by_name, opened_at, closed_by_name)
    VALUES (p_case, p_review, CASE WHEN p_review IS NULL THEN p_complaint END, e.id, e.unit, e.actor_kind, e.actor_id,
            e.actor_name, p_what, '', 'open', me ->> 'id', me ->> 'name', p_at, '')
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN jsonb_build_object('problem', 'misuse_opened'); END IF;
    RETURN me;
END $$;

CREATE FUNCTION oversight.read_misuse_cases(p_kind text, p_id text, p_limit integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', NULL, ARRAY['misuse'], NULL, 0, 'opened');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    RETURN jsonb_build_object('rows', coalesce((
        SELECT jsonb_agg(to_jsonb(m) ORDER BY m.state DESC, m.opened_at DESC, m.id)
        FROM (SELECT * FROM oversight_misusecase ORDER BY state DESC, opened_at DESC, id LIMIT least(p_limit, 500)) m
    ), '[]'));
END $$;

CREATE FUNCTION oversight.read_misuse(p_kind text, p_id text, p_case uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    m oversight_misusecase;
    me jsonb;
BEGIN
    SELECT * INTO m FROM oversight_misusecase x WHERE x.id = p_case;
    me := oversight.enter(p_kind, p_id, 'audit_review', p_case::text, ARRAY['misuse'], NULL, 0,
                          CASE WHEN m.id IS NULL THEN 'unknown' ELSE 'opened' END);
    IF me ? 'refusal' OR m.id IS NULL THEN RETURN me; END IF;
    RETURN me || jsonb_build_object(
        'case', to_jsonb(m), 'entry', (SELECT oversight.entry(e) FROM ledger_entry e WHERE e.id = m.entry_id),
        'draw', (SELECT r.draw_id FROM oversight_review r WHERE r.id = m.review_id));
END $$;

-- Measures taken so far (p_finding null), or the closing finding with them.
CREATE FUNCTION oversight.go_on_misuse(
    p_kind text, p_id text, p_case uuid, p_measures text, p_finding text, p_at timestamptz
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', p_case::text,
                                ARRAY['misuse', coalesce(p_finding, 'measures')], NULL, 0, 'done');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    UPDATE oversight_misusecase SET measures = p_measures, finding = p_finding,
        state = CASE WHEN p_finding IS NULL THEN 'open' ELSE 'closed' END,
        closed_by = CASE WHEN p_finding IS NOT NULL THEN me ->> 'id' END,
        closed_by_name = CASE WHEN p_finding IS NOT NULL THEN me ->> 'name' ELSE '' END,
        closed_at = CASE WHEN p_finding IS NOT NULL THEN p_at END
    WHERE id = p_case AND state = 'open';
    IF NOT FOUND THEN RETURN jsonb_build_object('problem', 'misuse_closed'); END IF;
    RETURN me;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oversight FROM PUBLIC;
