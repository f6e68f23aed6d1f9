-- The gate: the only way to a subject's file. Every function here writes its ledger entry first, in the
-- same transaction as the rows it returns, and answers a refusal with an entry too.
CREATE SCHEMA gate;

-- Who the actor is, from our own tables: the caller says only the account; unit and role are looked up.
CREATE FUNCTION gate.actor(p_kind text, p_id text)
RETURNS TABLE (kind text, id text, name text, unit text, role text, own_subject uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT u.kind::text, u.id::text, coalesce(nullif(u.display_name, ''), u.username)::text, u.unit_id::text,
           u.role::text, u.subject_id
    FROM parties_user u
    WHERE p_kind IN ('officer', 'citizen', 'enterprise') AND u.id::text = p_id AND u.kind = p_kind AND u.is_active
    UNION ALL
    SELECT 'machine', c.client_id::text, c.name::text, c.unit_id::text, '', NULL::uuid
    FROM parties_machineclient c
    WHERE p_kind = 'machine' AND c.client_id = p_id AND c.active
$$;

-- All subjects that are one with this one by standing judgements.
CREATE FUNCTION gate.cluster(p_subject uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH RECURSIVE reached(id) AS (
        SELECT p_subject
        UNION
        SELECT CASE WHEN j."left" = reached.id THEN j."right" ELSE j."left" END
        FROM reached
        JOIN subjects_judgement j ON j.verdict = 'same' AND j.withdrawn_at IS NULL
             AND reached.id IN (j."left", j."right")
    )
    SELECT array_agg(id ORDER BY id) FROM reached
$$;

CREATE FUNCTION gate.write_entry(
    p_kind text, p_id text, p_name text, p_unit text, p_subject uuid, p_subject_kind text, p_purpose text,
    p_case text, p_items text[], p_outcome text, p_refusal text, p_records integer
) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO ledger_entry (at, actor_kind, actor_id, actor_name, unit, subject_id, subject_kind, purpose,
                              case_no, items, outcome, refusal, records)
    VALUES (clock_timestamp(), left(p_kind, 20), left(p_id, 100), left(p_name, 200), left(p_unit, 40), p_subject,
            p_subject_kind, left(p_purpose, 60), left(p_case, 120), to_jsonb(p_items), p_outcome, p_refusal,
            p_records)
    RETURNING id
$$;

-- Why this actor may not open this file for this purpose; null when it may.
CREATE FUNCTION gate.refusal(
    p_actor_kind text, p_role text, p_own uuid, p_purpose law_purpose, p_cluster uuid[], p_case text
) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT CASE
        WHEN p_actor_kind IS NULL THEN 'actor_unknown'
        WHEN p_purpose.code IS NULL OR p_purpose.withdrawn_at IS NOT NULL THEN 'purpose_unknown'
        WHEN NOT p_purpose.actors ? p_actor_kind THEN 'purpose_not_for_actor'
        WHEN p_actor_kind = 'officer' AND NOT p_purpose.roles ? p_role THEN 'role_not_allowed'
        WHEN p_actor_kind IN ('citizen', 'enterprise') AND (p_own IS NULL OR NOT p_own = ANY (p_cluster))
            THEN 'not_own_file'
        WHEN p_purpose.code = 'duplicate_review' AND NOT EXISTS (
            SELECT 1 FROM subjects_suspicion s
            WHERE s.id::text = p_case AND (s.left_id = ANY (p_cluster) OR s.right_id = ANY (p_cluster))
        ) THEN 'case_unknown'
        WHEN p_actor_kind IN ('officer', 'machine') AND p_purpose.code <> 'duplicate_review'
             AND coalesce(btrim(p_case), '') = '' THEN 'case_required'
    END
$$;

-- Opens a file. First row: the entry (kind 'entry'); then 'subject', 'identifier' and 'record' rows.
-- p_subject, or p_number_kind with p_number_key (the keyed digest of the number), says whose.
CREATE FUNCTION gate.open_file(
    p_actor_kind text, p_actor_id text, p_purpose text, p_subject uuid, p_number_kind text, p_number_key bytea,
    p_case text, p_items text[]
) RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor record;
    purpose law_purpose;
    target uuid := p_subject;
    whole uuid[];
    items text[];
    reason text;
    entry bigint;
    opened integer := 0;
BEGIN
    IF target IS NULL THEN
        SELECT i.subject_id INTO target FROM subjects_identifier i WHERE i.kind = p_number_kind AND i.key = p_number_key;
    ELSE
        SELECT s.id INTO target FROM subjects_subject s WHERE s.id = p_subject;
    END IF;
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    SELECT * INTO purpose FROM law_purpose p WHERE p.code = p_purpose;
    whole := gate.cluster(target);
    reason := gate.refusal(actor.kind, actor.role, actor.own_subject, purpose, whole, p_case);
    SELECT array_agg(code) INTO items FROM law_item i
    WHERE (purpose.listed IS NULL OR purpose.listed ? i.code) AND (p_items IS NULL OR i.code = ANY (p_items));
    IF reason IS NULL AND target IS NOT NULL AND purpose.depth <> 'existence' THEN
        SELECT count(*) INTO opened FROM records_record r
        WHERE r.subject_id = ANY (whole) AND r.item_id = ANY (items)
          AND (NOT purpose.own_unit_only OR r.source_unit = actor.unit);
    END IF;
    entry := gate.write_entry(
        coalesce(actor.kind, p_actor_kind), coalesce(actor.id, p_actor_id), coalesce(actor.name, ''), actor.unit,
        target, (SELECT s.kind FROM subjects_subject s WHERE s.id = target), p_purpose, p_case, p_items,
        CASE WHEN reason IS NOT NULL THEN 'refused' WHEN target IS NULL THEN 'unknown' ELSE 'opened' END,
        reason, opened);
    RETURN QUERY SELECT 'entry', target, jsonb_build_object(
        'entry', entry, 'refusal', reason, 'depth', purpose.depth,
        'outcome', CASE WHEN reason IS NOT NULL THEN 'refused' WHEN target IS NULL THEN 'unknown' ELSE 'opened' END
    ), NULL::bytea;
    IF reason IS NOT NULL OR target IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT 'subject', s.id, coalesce(to_jsonb(o) - 'grams' - 'subject_id', '{}'::jsonb)
        || jsonb_build_object('kind', s.kind, 'created_at', s.created_at, 'organisation_kind', o.kind), p.name_sealed
    FROM subjects_subject s
    LEFT JOIN subjects_person p ON p.subject_id = s.id
    LEFT JOIN subjects_organisation o ON o.subject_id = s.id
    WHERE s.id = ANY (whole) ORDER BY s.id = target DESC, s.id;
    RETURN QUERY
    SELECT 'identifier', i.subject_id, jsonb_build_object('kind', i.kind, 'value', i.value), i.sealed
    FROM subjects_identifier i WHERE i.subject_id = ANY (whole) ORDER BY i.kind, i.id;
    IF purpose.depth = 'existence' THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT 'record', r.subject_id,
           to_jsonb(r) - 'sealed' - 'fact' - 'digest' || jsonb_build_object(
               'shown', r.disclosure = 'open' AND r.superseded_at IS NULL
                        AND r.display @> (now() AT TIME ZONE 'Asia/Shanghai')::date),
           r.sealed
    FROM records_record r
    WHERE r.subject_id = ANY (whole) AND r.item_id = ANY (items)
      AND (NOT purpose.own_unit_only OR r.source_unit = actor.unit)
    ORDER BY r.decided_on DESC, r.id, r.version DESC;
END $$;

-- Who looked at my file: the subject reads its own entries.
CREATE FUNCTION gate.my_entries(p_actor_kind text, p_actor_id text, p_limit integer)
RETURNS TABLE (id bigint, at timestamptz, actor_kind text, actor_name text, unit text, purpose text, case_no text,
               items jsonb, outcome text, refusal text, records integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT e.id, e.at, e.actor_kind::text, CASE WHEN e.actor_kind IN ('citizen', 'enterprise') THEN '' ELSE e.actor_name END::text,
           e.unit::text, e.purpose::text, e.case_no::text, e.items, e.outcome::text, e.refusal::text, e.records
    FROM gate.actor(p_actor_kind, p_actor_id) a
    JOIN ledger_entry e ON e.subject_id = ANY (gate.cluster(a.own_subject))
    WHERE a.own_subject IS NOT NULL
    ORDER BY e.id DESC LIMIT least(p_limit, 1000)
$$;

-- May this officer see this delivery's rows? The unit's own clerks and the credit office.
CREATE FUNCTION gate.delivery_refusal(p_kind text, p_unit text, p_role text, p_delivery uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT CASE
        WHEN p_kind IS DISTINCT FROM 'officer' AND p_kind IS DISTINCT FROM 'machine' THEN 'actor_unknown'
        WHEN NOT EXISTS (SELECT 1 FROM intake_delivery d WHERE d.id = p_delivery
                         AND (d.unit_id = p_unit AND p_role <> 'auditor' OR p_role = 'credit_office'))
            THEN 'not_own_delivery'
    END
$$;

-- A delivery's findings (levels refused, warning, repeated, preview) with their sealed values.
CREATE FUNCTION gate.open_delivery(
    p_actor_kind text, p_actor_id text, p_delivery uuid, p_levels text[], p_after bigint, p_limit integer
) RETURNS TABLE (kind text, id bigint, "row" integer, level text, field text, code text, message text, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor record;
    reason text;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    reason := gate.delivery_refusal(actor.kind, actor.unit, actor.role, p_delivery);
    entry := gate.write_entry(
        coalesce(actor.kind, p_actor_kind), coalesce(actor.id, p_actor_id), coalesce(actor.name, ''), actor.unit,
        NULL, NULL, 'delivery_review', p_delivery::text, p_levels,
        CASE WHEN reason IS NULL THEN 'opened' ELSE 'refused' END, reason, 0);
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
CREATE FUNCTION gate.open_delivery_file(p_actor_kind text, p_actor_id text, p_delivery uuid)
RETURNS TABLE (kind text, number integer, refusal text, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor record;
    reason text;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    reason := gate.delivery_refusal(actor.kind, actor.unit, actor.role, p_delivery);
    entry := gate.write_entry(
        coalesce(actor.kind, p_actor_kind), coalesce(actor.id, p_actor_id), coalesce(actor.name, ''), actor.unit,
        NULL, NULL, 'delivery_file', p_delivery::text, NULL,
        CASE WHEN reason IS NULL THEN 'opened' ELSE 'refused' END, reason, 0);
    RETURN QUERY SELECT 'entry', 0, reason, NULL::bytea;
    IF reason IS NULL THEN
        RETURN QUERY SELECT 'chunk', c.number, NULL::text, c.sealed FROM intake_deliverychunk c
        WHERE c.delivery_id = p_delivery ORDER BY c.number;
    END IF;
END $$;

-- The ledger as auditors read it; reading it is an entry too.
CREATE FUNCTION gate.read_ledger(
    p_actor_kind text, p_actor_id text, p_before bigint, p_outcome text, p_unit text, p_limit integer
) RETURNS TABLE (id bigint, at timestamptz, actor_kind text, actor_id text, actor_name text, unit text,
                 subject_kind text, purpose text, case_no text, outcome text, refusal text, records integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor record;
    allowed boolean;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    allowed := coalesce(actor.role = 'auditor', false);
    entry := gate.write_entry(
        coalesce(actor.kind, p_actor_kind), coalesce(actor.id, p_actor_id), coalesce(actor.name, ''), actor.unit,
        NULL, NULL, 'audit_review', NULL, NULL, CASE WHEN allowed THEN 'opened' ELSE 'refused' END,
        CASE WHEN allowed THEN NULL ELSE 'role_not_allowed' END, 0);
    IF allowed THEN
        RETURN QUERY
        SELECT e.id, e.at, e.actor_kind::text, e.actor_id::text, e.actor_name::text, e.unit::text,
               e.subject_kind::text, e.purpose::text, e.case_no::text, e.outcome::text, e.refusal::text, e.records
        FROM ledger_entry e
        WHERE (p_before IS NULL OR e.id < p_before) AND (p_outcome IS NULL OR e.outcome = p_outcome)
          AND (p_unit IS NULL OR e.unit = p_unit)
        ORDER BY e.id DESC LIMIT least(p_limit, 500);
    END IF;
END $$;

-- A run of a job that sweeps over records is an entry as well.
CREATE FUNCTION gate.note_run(p_job text, p_case text, p_items text[], p_records integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT gate.write_entry('job', p_job, p_job, NULL, NULL, NULL, 'job_run', p_case, p_items, 'opened', NULL, p_records)
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA gate FROM PUBLIC;
