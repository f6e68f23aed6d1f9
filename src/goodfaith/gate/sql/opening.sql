-- Opening a subject's file, and a delivery's rows.

-- The rows that a purpose opens. Older versions, and what was annulled, corrected or repaired, are for the subject,
-- for the unit that reported it and for the credit office; everybody else gets what stands.
CREATE FUNCTION gate.opened(p_subjects uuid[], p_items text[], p_purpose law_purpose, p_actor gate.who)
RETURNS SETOF records_record
LANGUAGE sql STABLE AS $$
    SELECT r.* FROM records_record r
    WHERE r.subject_id = ANY (p_subjects) AND r.item_id = ANY (p_items) AND p_purpose.disclosures ? r.disclosure
      AND (NOT p_purpose.own_unit_only OR r.source_unit = p_actor.unit)
      AND (p_actor.kind IN ('citizen', 'enterprise') OR p_purpose.own_unit_only
           OR p_actor.unit_kind = 'credit_office' AND p_purpose.ground = 'statute'
           OR r.superseded_at IS NULL AND r.status IN ('current', 'disputed'))
$$;

-- What was handed out, in one digest: "id:version:digest" of each row, newest decision first, one a line.
CREATE FUNCTION gate.file_digest(p_rows records_record[]) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(coalesce(string_agg(
        concat(r.id, ':', r.version, ':', encode(r.digest, 'hex')), E'\n' ORDER BY r.decided_on DESC, r.id, r.version DESC),
        ''), 'UTF8'))
    FROM unnest(p_rows) r
$$;

-- Who it is: the subjects of a cluster (the one asked for first), their keys and their numbers.
CREATE FUNCTION gate.identity(p_subject uuid, p_subjects uuid[])
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE sql STABLE AS $$
    (SELECT 'subject', s.id, coalesce(to_jsonb(o) - 'grams' - 'subject_id', '{}'::jsonb)
         || jsonb_build_object('kind', s.kind, 'created_at', s.created_at, 'organisation_kind', o.kind), p.name_sealed
     FROM subjects_subject s
     LEFT JOIN subjects_person p ON p.subject_id = s.id
     LEFT JOIN subjects_organisation o ON o.subject_id = s.id
     WHERE s.id = ANY (p_subjects) ORDER BY s.id = p_subject DESC, s.id)
    UNION ALL
    SELECT 'key', k.subject_id, jsonb_build_object('number', k.number), k.wrapped
    FROM subjects_key k WHERE k.subject_id = ANY (p_subjects)
    UNION ALL
    (SELECT 'identifier', i.subject_id, jsonb_build_object('kind', i.kind, 'value', i.value), i.sealed
     FROM subjects_identifier i WHERE i.subject_id = ANY (p_subjects) ORDER BY i.kind, i.id)
$$;

-- The first row of an answer: the entry, and what came of it.
CREATE FUNCTION gate.head(p_entry bigint, p_look gate.look, p_depth text) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
        'entry', p_entry, 'outcome', p_look.outcome, 'refusal', p_look.refusal, 'depth', p_depth, 'at', e.at,
        'digest', encode(p_look.answer, 'hex'))
    FROM ledger_entry e WHERE e.id = p_entry
$$;

DROP FUNCTION gate.open_file(text, text, text, uuid, text, bytea, text, text[]);

-- Opens a file. First row: the entry (kind 'entry'); then 'subject', 'key', 'identifier' and 'record' rows.
-- p_subject, or p_number_kind with p_number_key (the keyed digest of the number), says whose. With a name (its keyed
-- digest for people, in plain form for organisations) number and name must agree. p_near: keyed digest of the
-- number's first 14 characters, for oversight. p_shown_from and p_delayed_by: lawfully delayed disclosure.
-- Generic plans: else PostgreSQL plans each of its queries anew at each look, a third of the look's time.
CREATE FUNCTION gate.open_file(
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
    -- What may lawfully be shown later is shown later when it is refused, too: a matter mistaken or a ledger that
    -- stands still would else tell the subject of the investigation on the spot.
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

-- May this officer see this delivery's rows? The unit's own clerks and the credit office.
CREATE OR REPLACE FUNCTION gate.delivery_refusal(p_kind text, p_unit text, p_role text, p_delivery uuid) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN p_kind IS DISTINCT FROM 'officer' AND p_kind IS DISTINCT FROM 'machine' THEN 'actor_unknown'
        WHEN NOT EXISTS (SELECT 1 FROM intake_delivery d WHERE d.id = p_delivery
                         AND (d.unit_id = p_unit AND (p_role = 'clerk' OR p_kind = 'machine')
                              OR p_role = 'credit_office'))
            THEN 'not_own_delivery'
        WHEN NOT ledger.standing() THEN 'ledger_stalled'
    END
$$;

-- The entry of a look at rows that are not one subject's: a delivery, the ledger, a party's list of consents.
CREATE FUNCTION gate.enter_list(
    p_actor gate.who, p_kind text, p_id text, p_purpose text, p_case text, p_items text[], p_refusal text, p_rows integer
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    look gate.look := gate.asks(p_kind, p_id, p_purpose, p_case, NULL, NULL);
BEGIN
    look.items := p_items;
    look.outcome := CASE WHEN p_refusal IS NULL THEN 'opened' ELSE 'refused' END;
    look.refusal := p_refusal;
    look.records := p_rows;
    RETURN gate.enter(p_actor, look);
END $$;

-- A delivery's findings (levels refused, warning, repeated, preview) with their sealed values.
CREATE OR REPLACE FUNCTION gate.open_delivery(
    p_actor_kind text, p_actor_id text, p_delivery uuid, p_levels text[], p_after bigint, p_limit integer
) RETURNS TABLE (kind text, id bigint, "row" integer, level text, field text, code text, message text, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    reason text;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    reason := gate.delivery_refusal(actor.kind, actor.unit, actor.role, p_delivery);
    entry := gate.enter_list(actor, p_actor_kind, p_actor_id, 'delivery_review', p_delivery::text, p_levels, reason, 0);
    RETURN QUERY SELECT 'entry', entry, 0, NULL::text, NULL::text, reason, NULL::text, NULL::bytea;
    IF reason IS NULL THEN
        RETURN QUERY
        SELECT 'finding', f.id, f.row, f.level::text, f.field::text, f.code::text, f.message::text, f.value_sealed
        FROM intake_refusal f
        WHERE f.delivery_id = p_delivery AND f.level = ANY (p_levels) AND f.id > coalesce(p_after, 0)
        ORDER BY f.id LIMIT p_limit;
    END IF;
END $$;

-- The sealed pieces of a delivered file, to make the workbook of refused rows from.
CREATE OR REPLACE FUNCTION gate.open_delivery_file(p_actor_kind text, p_actor_id text, p_delivery uuid)
RETURNS TABLE (kind text, number integer, refusal text, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    reason text;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    reason := gate.delivery_refusal(actor.kind, actor.unit, actor.role, p_delivery);
    PERFORM gate.enter_list(actor, p_actor_kind, p_actor_id, 'delivery_file', p_delivery::text, NULL, reason, 0);
    RETURN QUERY SELECT 'entry', 0, reason, NULL::bytea;
    IF reason IS NULL THEN
        RETURN QUERY SELECT 'chunk', c.number, NULL::text, c.sealed FROM intake_deliverychunk c
        WHERE c.delivery_id = p_delivery ORDER BY c.number;
    END IF;
END $$;

-- The ledger as auditors read it; reading it is an entry too.
CREATE OR REPLACE FUNCTION gate.read_ledger(
    p_actor_kind text, p_actor_id text, p_before bigint, p_outcome text, p_unit text, p_limit integer
) RETURNS TABLE (id bigint, at timestamptz, actor_kind text, actor_id text, actor_name text, unit text,
                 subject_kind text, purpose text, case_no text, outcome text, refusal text, records integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    reason text;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    reason := CASE WHEN actor.role IS DISTINCT FROM 'auditor' THEN 'role_not_allowed' END;
    PERFORM gate.enter_list(actor, p_actor_kind, p_actor_id, 'audit_review', NULL, NULL, reason, 0);
    IF reason IS NULL THEN
        RETURN QUERY
        SELECT e.id, e.at, e.actor_kind::text, e.actor_id::text, e.actor_name::text, e.unit::text,
               e.subject_kind::text, e.purpose::text, e.case_no::text, e.outcome::text, e.refusal::text, e.records
        FROM ledger_entry e
        WHERE (p_before IS NULL OR e.id < p_before) AND (p_outcome IS NULL OR e.outcome = p_outcome)
          AND (p_unit IS NULL OR e.unit = p_unit)
        ORDER BY e.id DESC LIMIT least(p_limit, 500);
    END IF;
END $$;
