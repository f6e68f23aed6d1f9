-- The check: which measures in force bear on a matter. Never the file.

-- When a record's weight ends by the display rule it was admitted under: the first day after. Asked for records that
-- are not published (their display range is empty, so it cannot say). Null: the rule names no end, or counts from a
-- field that only the sealed content has.
CREATE FUNCTION gate.rule_end(p_record records_record) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT (p_record.decided_on + make_interval(months => (c ->> 'max_months')::integer))::date
    FROM law_displayrule d, jsonb_array_elements(d.definition -> 'versions') v, jsonb_array_elements(v -> 'classes') c
    WHERE d.code = split_part(p_record.display_version, '/', 1) AND v ->> 'code' = split_part(p_record.display_version, '/', 2)
      AND c ->> 'code' = p_record.display_class AND coalesce(d.definition ->> 'counted_from', 'decided') = 'decided'
$$;

-- The first day on which a record no longer brings a measure; null: no end is known. The earliest of: the measure's
-- months from the day of the decision (where the statute names none: the end of the decision's own validity, which says
-- how long the decision has effect, not for how long a statute looks back), and the end of the display period (where
-- the record is published that is the range itself, which removal from a list and the source's own end have shortened
-- already; elsewhere the rule's longest period). What is no longer held against anybody in public restrains nobody.
CREATE FUNCTION gate.bears_until(p_record records_record, p_months integer) RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT least(
        coalesce((p_record.decided_on + make_interval(months => p_months))::date, upper(p_record.in_force)),
        CASE WHEN isempty(p_record.display) THEN gate.rule_end(p_record) ELSE upper(p_record.display) END)
$$;

-- The measures that bear today on the matter for this subject. p_items: only records of these (null: any).
-- A restraint comes from a negative record, an incentive from any other. Annulled, corrected and repaired records,
-- older versions, closed ones and revoked decisions bring nothing. An open record that may not be shown in public at
-- all (its display range is empty) restrains nobody; no restraint bears on a person under 18.
CREATE FUNCTION gate.measures(p_subjects uuid[], p_subject_kind text, p_matter text, p_items text[], p_minor boolean)
RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
            'measure', m.code, 'kind', m.kind, 'item', r.item_id, 'record_id', r.id, 'document_no', r.document_no,
            'authority', r.authority, 'decided_on', r.decided_on, 'ends_on', e.day - 1,
            'disputed', r.status = 'disputed', 'source_unit', r.source_unit)
        ORDER BY m.kind DESC, m.code, r.decided_on DESC, r.id), '[]'::jsonb)
    FROM law_bearing b
    JOIN law_measure m ON m.code = b.measure AND m.withdrawn_at IS NULL
    JOIN records_record r ON r.item_id = b.item AND r.subject_id = ANY (p_subjects)
    CROSS JOIN LATERAL (SELECT gate.bears_until(r, b.months) AS day) e
    WHERE b.matter = p_matter AND b.subject_kind = p_subject_kind
      AND r.superseded_at IS NULL AND r.status IN ('current', 'disputed') AND r.disclosure <> 'closed'
      AND r.display_class <> 'revoked'
      AND NOT (m.kind = 'restraint' AND r.disclosure = 'open' AND isempty(r.display))
      AND (b.classes IS NULL OR b.classes ? r.display_class) AND (p_items IS NULL OR r.item_id = ANY (p_items))
      AND (m.kind = 'restraint') = (r.polarity = 'negative') AND NOT (p_minor AND m.kind = 'restraint')
      AND NOT isempty(r.in_force) AND coalesce(lower(r.in_force), r.decided_on) <= gate.today()
      AND (e.day IS NULL OR gate.today() < e.day)
$$;

-- What a row of a check asks: the number (kind and keyed digest), the name that must agree (its keyed digest for
-- people, in plain form for organisations; null: none given), the day of birth if the number tells it, and the keyed
-- digest of the number's first 14 characters.
CREATE TYPE gate.asked AS (number_kind text, number_key bytea, name_key bytea, name text, born date, near bytea);

-- The items whose records can bear on a matter.
CREATE FUNCTION gate.matter_items(p_purpose law_purpose, p_matter text, p_subject_kind text) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT b.item::text), '{}') FROM law_bearing b
    WHERE b.matter = p_matter AND b.subject_kind = p_subject_kind
      AND (p_purpose.listed IS NULL OR p_purpose.listed ? b.item)
$$;

-- One check: its entry and its answer. A person that nobody knows is answered like one with nothing in force; the name
-- of an organisation cannot agree with a code that nobody has.
CREATE FUNCTION gate.check_one(
    p_actor gate.who, p_kind text, p_id text, p_purpose law_purpose, p_matter text, p_case text, p_asked gate.asked
) RETURNS TABLE (entry bigint, at timestamptz, outcome text, refusal text, subject_kind text, measures jsonb, digest bytea)
LANGUAGE plpgsql AS $$
DECLARE
    target uuid := gate.find(NULL, p_asked.number_kind, p_asked.number_key);
    whole uuid[] := gate.cluster(target);
    look gate.look := gate.asks(
        p_kind, p_id, coalesce(p_purpose.code, 'check'), p_case, target, p_asked.number_kind);
    agreed gate.consented;
    items text[];
BEGIN
    look.matter := p_matter;
    look.near := p_asked.near;
    look.refusal := gate.check_refusal(p_actor, p_purpose, p_matter, look.subject_kind, whole, p_case);
    IF look.refusal IS NULL AND p_purpose.ground = 'consent' THEN
        items := gate.matter_items(p_purpose, p_matter, look.subject_kind);
        agreed := gate.consented(whole, p_actor.unit, p_purpose.code, items, true);
        look.refusal := agreed.refusal;
    END IF;
    outcome := CASE
        WHEN look.refusal IS NOT NULL THEN 'refused'
        WHEN (target IS NOT NULL OR look.subject_kind = 'organisation')
             AND coalesce(p_asked.name_key, convert_to(p_asked.name, 'UTF8')) IS NOT NULL
             AND NOT gate.is_named(target, p_asked.name_key, p_asked.name) THEN 'mismatch'
        ELSE 'answered' END;
    look.outcome := CASE WHEN outcome <> 'refused' AND target IS NULL THEN 'unknown' ELSE outcome END;
    measures := CASE WHEN outcome <> 'answered' OR target IS NULL THEN '[]'::jsonb ELSE gate.measures(
        whole, look.subject_kind, p_matter, items,
        coalesce(p_asked.born + interval '18 years' > gate.today(), false)) END;
    IF outcome <> 'refused' THEN
        digest := sha256(convert_to(jsonb_build_object('outcome', outcome, 'measures', measures)::text, 'UTF8'));
    END IF;
    IF outcome = 'answered' AND agreed.consents IS NOT NULL THEN
        PERFORM gate.count_use(agreed.consents);
        look.consents := agreed.consents;
        look.items := items;
    END IF;
    look.answer := digest;
    look.records := jsonb_array_length(measures);
    entry := gate.enter(p_actor, look);
    SELECT e.at INTO at FROM ledger_entry e WHERE e.id = entry;
    refusal := look.refusal;
    subject_kind := look.subject_kind;
    RETURN NEXT;
END $$;

-- Checks are for officers and machines, inside a matter; the rest is as for files.
CREATE FUNCTION gate.check_refusal(
    p_actor gate.who, p_purpose law_purpose, p_matter text, p_subject_kind text, p_cluster uuid[], p_case text
) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_actor.kind IS NULL THEN 'actor_unknown'
        WHEN NOT EXISTS (SELECT FROM law_matter m WHERE m.code = p_matter AND m.withdrawn_at IS NULL)
            THEN 'matter_unknown'
        ELSE gate.refusal(p_actor, p_purpose, p_matter, p_subject_kind, p_cluster, p_case) END
$$;

-- Many checks of one matter under one case; answers in the order asked. place counts from 1.
CREATE FUNCTION gate.check_many(
    p_actor_kind text, p_actor_id text, p_matter text, p_case text, p_asked gate.asked[]
) RETURNS TABLE (place integer, entry bigint, at timestamptz, outcome text, refusal text, subject_kind text,
                 measures jsonb, digest bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    purpose law_purpose;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    SELECT p.* INTO purpose FROM law_matter m JOIN law_purpose p ON p.code = m.purposes ->> 0 WHERE m.code = p_matter;
    IF purpose.ground = 'consent' THEN
        PERFORM gate.take_turn(array_agg(s), false)
        FROM unnest(p_asked) a, unnest(gate.cluster(gate.find(NULL, a.number_kind, a.number_key))) s;
    END IF;
    FOR row_number IN 1 .. cardinality(p_asked) LOOP
        SELECT c.* INTO entry, at, outcome, refusal, subject_kind, measures, digest
        FROM gate.check_one(actor, p_actor_kind, p_actor_id, purpose, p_matter, p_case, p_asked[row_number]) c;
        place := row_number;
        RETURN NEXT;
    END LOOP;
END $$;

-- One check.
CREATE FUNCTION gate.check(
    p_actor_kind text, p_actor_id text, p_matter text, p_case text, p_number_kind text, p_number_key bytea,
    p_name_key bytea DEFAULT NULL, p_name text DEFAULT NULL, p_born date DEFAULT NULL, p_near bytea DEFAULT NULL
) RETURNS TABLE (place integer, entry bigint, at timestamptz, outcome text, refusal text, subject_kind text,
                 measures jsonb, digest bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    RETURN QUERY SELECT * FROM gate.check_many(p_actor_kind, p_actor_id, p_matter, p_case,
        ARRAY[ROW(p_number_kind, p_number_key, p_name_key, p_name, p_born, p_near)::gate.asked]);
END $$;
