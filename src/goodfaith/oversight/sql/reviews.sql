-- Samples for review: drawn with a seed that is kept, decided one by one, closed as a whole.

-- The looks that can be drawn: of officers and of systems, at a subject or at a unit's delivery, and the refused.
-- The auditor's own reading is not among them.
CREATE FUNCTION oversight.drawable(p_since timestamptz, p_until timestamptz, p_unit text, p_last bigint)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT e.id FROM ledger_entry e
    WHERE e.at >= p_since AND e.at < p_until AND e.id <= p_last AND e.actor_kind IN ('officer', 'machine')
      AND e.purpose NOT IN ('audit_review', 'complaint_handling') AND (p_unit IS NULL OR e.unit = p_unit);
END $$;

-- The first p_count of them in the order of SHA-256(seed : entry). Anybody with seed and ids can do it again.
CREATE FUNCTION oversight.sampled(
    p_seed text, p_since timestamptz, p_until timestamptz, p_unit text, p_last bigint, p_count integer
) RETURNS TABLE (place integer, entry bigint, population bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT row_number() OVER (ORDER BY x.rank)::integer, x.id, x.population
    FROM (SELECT d.id, sha256(convert_to(p_seed || ':' || d.id, 'UTF8')) AS rank, count(*) OVER () AS population
          FROM oversight.drawable(p_since, p_until, p_unit, p_last) AS d(id)) x
    ORDER BY x.rank LIMIT p_count
$$;

CREATE FUNCTION oversight.draw(
    p_kind text, p_id text, p_draw uuid, p_at timestamptz, p_since timestamptz, p_until timestamptz, p_unit text,
    p_count integer
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', p_draw::text, ARRAY['draw'], NULL, p_count, 'done');
    seed text := encode(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), 'hex');
    last bigint;
    drawn integer;
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    last := (me ->> 'entry')::bigint;
    INSERT INTO oversight_draw (id, at, drawn_by, drawn_by_name, how, seed, since, until, unit, asked, population,
                                last_entry)
    VALUES (p_draw, p_at, me ->> 'id', me ->> 'name', 'random', seed, p_since, p_until, p_unit,
            least(p_count, 500), 0, last);
    INSERT INTO oversight_review (id, draw_id, place, entry_id, outcome, note, decided_by_name)
    SELECT gen_random_uuid(), p_draw, s.place, s.entry, 'pending', '', ''
    FROM oversight.sampled(seed, p_since, p_until, p_unit, last, least(p_count, 500)) s;
    GET DIAGNOSTICS drawn = ROW_COUNT;
    UPDATE oversight_draw SET population = (
        SELECT count(*) FROM oversight.drawable(p_since, p_until, p_unit, last)) WHERE id = p_draw;
    RETURN me || jsonb_build_object('drawn', drawn);
END $$;

-- The entries of a finding, taken into review together.
CREATE FUNCTION oversight.draw_unusual(
    p_kind text, p_id text, p_draw uuid, p_at timestamptz, p_rule text, p_entries bigint[]
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', p_draw::text, ARRAY['draw', p_rule], NULL,
                                cardinality(p_entries), 'done');
    drawn integer;
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    INSERT INTO oversight_draw (id, at, drawn_by, drawn_by_name, how, seed, since, until, rule, asked, population,
                                last_entry)
    SELECT p_draw, p_at, me ->> 'id', me ->> 'name', 'unusual', '', coalesce(min(e.at), p_at), coalesce(max(e.at), p_at),
           left(p_rule, 20), count(*), count(*), (me ->> 'entry')::bigint
    FROM ledger_entry e WHERE e.id = ANY (p_entries[1:100]);
    INSERT INTO oversight_review (id, draw_id, place, entry_id, outcome, note, decided_by_name)
    SELECT gen_random_uuid(), p_draw, row_number() OVER (ORDER BY e.id), e.id, 'pending', '', ''
    FROM ledger_entry e WHERE e.id = ANY (p_entries[1:100]);
    GET DIAGNOSTICS drawn = ROW_COUNT;
    RETURN me || jsonb_build_object('drawn', drawn);
END $$;

CREATE FUNCTION oversight.draw_facts(d oversight_draw) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT to_jsonb(d) || (
        SELECT jsonb_build_object('count', count(*), 'pending', count(*) FILTER (WHERE r.outcome = 'pending'),
                                  'misuse', count(*) FILTER (WHERE r.outcome = 'misuse'))
        FROM oversight_review r WHERE r.draw_id = d.id)
$$;

CREATE FUNCTION oversight.read_draws(p_kind text, p_id text, p_limit integer) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', NULL, ARRAY['draws'], NULL, 0, 'opened');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    RETURN jsonb_build_object('rows', coalesce((
        SELECT jsonb_agg(oversight.draw_facts(d) ORDER BY d.at DESC, d.id)
        FROM (SELECT * FROM oversight_draw ORDER BY at DESC, id LIMIT least(p_limit, 500)) d), '[]'));
END $$;

-- One draw with its reviews. A random one is drawn again here: "fair" says whether the same entries come out.
CREATE FUNCTION oversight.read_draw(p_kind text, p_id text, p_draw uuid) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    d oversight_draw;
    me jsonb;
BEGIN
    SELECT * INTO d FROM oversight_draw x WHERE x.id = p_draw;
    me := oversight.enter(p_kind, p_id, 'audit_review', p_draw::text, ARRAY['draw'], NULL,
                          (SELECT count(*)::integer FROM oversight_review r WHERE r.draw_id = p_draw),
                          CASE WHEN d.id IS NULL THEN 'unknown' ELSE 'opened' END);
    IF me ? 'refusal' OR d.id IS NULL THEN RETURN me; END IF;
    RETURN me || jsonb_build_object(
        'draw', oversight.draw_facts(d),
        'fair', CASE WHEN d.how = 'random' THEN (
            SELECT array_agg(s.entry ORDER BY s.place) FROM oversight.sampled(
                d.seed, d.since, d.until, d.unit, d.last_entry, d.asked) s
        ) IS NOT DISTINCT FROM (
            SELECT array_agg(r.entry_id ORDER BY r.place) FROM oversight_review r WHERE r.draw_id = d.id) END,
        'reviews', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'id', r.id, 'place', r.place, 'outcome', r.outcome, 'note', r.note,
                'decided_by_name', r.decided_by_name, 'decided_at', r.decided_at, 'entry', oversight.entry(e),
                'misuse', (SELECT m.id FROM oversight_misusecase m WHERE m.review_id = r.id)) ORDER BY r.place)
            FROM oversight_review r JOIN ledger_entry e ON e.id = r.entry_id WHERE r.draw_id = d.id), '[]'));
END $$;

-- Decides one review, or takes the decision back (outcome pending). {"problem"} says why not.
CREATE FUNCTION oversight.decide(
    p_kind text, p_id text, p_review uuid, p_outcome text, p_note text, p_at timestamptz
) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    r oversight_review;
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', p_review::text, ARRAY['decide', p_outcome], NULL, 0,
                                'done');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    SELECT * INTO r FROM oversight_review x WHERE x.id = p_review FOR UPDATE;
    IF r.id IS NULL THEN RETURN jsonb_build_object('problem', 'review_unknown'); END IF;
    PERFORM FROM oversight_draw d WHERE d.id = r.draw_id AND d.closed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN RETURN jsonb_build_object('problem', 'draw_closed'); END IF;
    IF EXISTS (SELECT FROM oversight_misusecase m WHERE m.review_id = p_review) THEN
        RETURN jsonb_build_object('problem', 'misuse_opened');
    END IF;
    UPDATE oversight_review SET outcome = p_outcome, note = p_note,
        decided_by = CASE WHEN p_outcome <> 'pending' THEN me ->> 'id' END,
        decided_by_name = CASE WHEN p_outcome <> 'pending' THEN me ->> 'name' ELSE '' END,
        decided_at = CASE WHEN p_outcome <> 'pending' THEN p_at END
    WHERE id = p_review;
    RETURN me || jsonb_build_object('before', r.outcome, 'draw', r.draw_id);
END $$;

CREATE FUNCTION oversight.close_draw(p_kind text, p_id text, p_draw uuid, p_at timestamptz) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    me jsonb := oversight.enter(p_kind, p_id, 'audit_review', p_draw::text, ARRAY['close'], NULL, 0, 'done');
BEGIN
    IF me ? 'refusal' THEN RETURN me; END IF;
    PERFORM FROM oversight_draw d WHERE d.id = p_draw AND d.closed_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN RETURN jsonb_build_object('problem', 'draw_closed'); END IF;
    IF EXISTS (SELECT FROM oversight_review r WHERE r.draw_id = p_draw AND r.outcome = 'pending') THEN
        RETURN jsonb_build_object('problem', 'reviews_pending');
    END IF;
    UPDATE oversight_draw SET closed_at = p_at WHERE id = p_draw;
    RETURN me;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oversight FROM PUBLIC;
