-- A look that may lawfully be shown later is shown later when it is refused, too: a case number left out, a matter
-- mistaken or a ledger that stands still would else tell the subject of the investigation on the spot. Where the
-- account may not use the purpose, or the delay itself is not lawful, the refusal is shown at once as ever.
CREATE OR REPLACE FUNCTION gate.open_file(
    p_actor_kind text, p_actor_id text, p_purpose text, p_subject uuid, p_number_kind text, p_number_key bytea,
    p_case text, p_items text[], p_matter text DEFAULT NULL, p_name_key bytea DEFAULT NULL, p_name text DEFAULT NULL,
    p_shown_from date DEFAULT NULL, p_delayed_by text DEFAULT NULL, p_near bytea DEFAULT NULL
) RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    target uuid := gate.find(p_subject, p_number_kind, p_number_key);
    whole uuid[] := gate.cluster(target);
    actor gate.who;
    purpose law_purpose;
    look gate.look := gate.asks(p_actor_kind, p_actor_id, p_purpose, p_case, target, p_number_kind);
    agreed gate.consented;
    items text[];
    entry bigint;
    found_rows records_record[];
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    SELECT * INTO purpose FROM law_purpose p WHERE p.code = p_purpose;
    items := gate.items_of(purpose, p_items);
    look.matter := p_matter;
    look.items := p_items;
    look.near := p_near;
    look.refusal := coalesce(
        gate.refusal(actor, purpose, p_matter, look.subject_kind, whole, p_case),
        CASE WHEN purpose.matter_required AND purpose.depth = 'existence' THEN 'check_only' END,
        gate.delay_refusal(actor, purpose, p_shown_from, p_delayed_by));
    IF look.refusal IS NULL AND purpose.ground = 'consent' THEN
        agreed := gate.consented(whole, actor.unit, p_purpose, items, p_items IS NOT NULL);
        look.refusal := agreed.refusal;
        items := agreed.items;
    END IF;
    look.outcome := CASE
        WHEN look.refusal IS NOT NULL THEN 'refused'
        WHEN target IS NULL THEN 'unknown'
        WHEN coalesce(p_name_key, convert_to(p_name, 'UTF8')) IS NOT NULL
             AND NOT gate.is_named(target, p_name_key, p_name) THEN 'mismatch'
        ELSE 'opened' END;
    IF look.outcome = 'opened' THEN
        IF purpose.ground = 'consent' THEN
            PERFORM gate.count_use(agreed.consents);
            look.consents := agreed.consents;
        END IF;
        look.items := CASE WHEN purpose.ground = 'consent' OR purpose.listed IS NOT NULL OR p_items IS NOT NULL
                      THEN items END;
        found_rows := CASE WHEN purpose.depth = 'existence' THEN '{}'::records_record[]
                      ELSE ARRAY(SELECT r FROM gate.opened(whole, items, purpose, actor) r) END;
        look.records := cardinality(found_rows);
        look.answer := gate.file_digest(found_rows);
    END IF;
    IF p_shown_from IS NOT NULL AND gate.purpose_refusal(actor, purpose) IS NULL
       AND gate.delay_refusal(actor, purpose, p_shown_from, p_delayed_by) IS NULL THEN
        look.shown_from := p_shown_from;
        look.delayed_by := p_delayed_by;
        look.delay_basis := purpose.delay_basis;
    END IF;
    entry := gate.enter(actor, look);
    RETURN QUERY SELECT 'entry', target, gate.head(entry, look, purpose.depth::text), NULL::bytea;
    IF look.outcome = 'opened' THEN
        RETURN QUERY SELECT * FROM gate.identity(target, whole);
        RETURN QUERY
        SELECT 'record', r.subject_id,
               to_jsonb(r) - 'sealed' - 'fact' - 'digest' || jsonb_build_object(
                   'shown', r.disclosure = 'open' AND r.superseded_at IS NULL AND r.display @> gate.today()),
               r.sealed
        FROM unnest(found_rows) r ORDER BY r.decided_on DESC, r.id, r.version DESC;
    END IF;
END $$;
