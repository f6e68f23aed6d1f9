-- Bulk checks: the rows of a list leave the database only here, and each opening is an entry of the ledger.
CREATE SCHEMA inquiry;

-- Why this actor may not see this batch; null when it may. Rows: the officer who made the list, until it ends.
-- The attachment: the same officer and the audit.
CREATE FUNCTION inquiry.refusal(p_kind text, p_id text, p_role text, p_batch uuid, p_attachment boolean) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT CASE
        WHEN p_kind IS DISTINCT FROM 'officer' THEN 'actor_unknown'
        WHEN NOT EXISTS (SELECT FROM inquiry_batch b WHERE b.id = p_batch
                         AND (b.officer_id = p_id OR p_attachment AND p_role = 'auditor')) THEN 'not_own_batch'
        WHEN NOT p_attachment AND EXISTS (
            SELECT FROM inquiry_batch b WHERE b.id = p_batch
            AND b.ends_on <= (now() AT TIME ZONE 'Asia/Shanghai')::date) THEN 'batch_ended'
        WHEN NOT p_attachment AND NOT ledger.standing() THEN 'ledger_stalled'
    END
$$;

-- First row: the entry (outcome: the refusal or null); then the rows after p_after, in the order of the sheet.
CREATE FUNCTION inquiry.open_batch(
    p_actor_kind text, p_actor_id text, p_batch uuid, p_outcomes text[], p_after integer, p_limit integer
) RETURNS TABLE (kind text, "row" integer, outcome text, fault text, same_as integer, entry bigint, asked bytea,
                 answer bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor record;
    reason text;
    written bigint;
    shown integer := 0;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    reason := inquiry.refusal(actor.kind, actor.id, actor.role, p_batch, false);
    IF reason IS NULL THEN
        SELECT count(*) INTO shown FROM (
            SELECT FROM inquiry_batchrow r
            WHERE r.batch_id = p_batch AND r."row" > p_after AND (p_outcomes IS NULL OR r.outcome = ANY (p_outcomes))
            LIMIT p_limit) s;
    END IF;
    written := ledger.append(
        coalesce(actor.kind, p_actor_kind), coalesce(actor.id, p_actor_id), coalesce(actor.name, ''), actor.unit,
        NULL, NULL, 'batch_review', p_batch::text, p_outcomes,
        CASE WHEN reason IS NULL THEN 'opened' ELSE 'refused' END, reason, shown);
    RETURN QUERY SELECT 'entry', 0, reason, NULL::text, NULL::integer, written, NULL::bytea, NULL::bytea;
    IF reason IS NULL THEN
        RETURN QUERY
        SELECT 'row', r."row", r.outcome::text, r.fault::text, r.same_as, r.entry, r.asked_sealed, r.answer_sealed
        FROM inquiry_batchrow r
        WHERE r.batch_id = p_batch AND r."row" > p_after AND (p_outcomes IS NULL OR r.outcome = ANY (p_outcomes))
        ORDER BY r."row" LIMIT p_limit;
    END IF;
END $$;

-- One row: the sealed attachment, or the refusal; the opening is an entry.
CREATE FUNCTION inquiry.open_attachment(p_actor_kind text, p_actor_id text, p_batch uuid)
RETURNS TABLE (refusal text, filename text, media_type text, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor record;
    reason text;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_actor_kind, p_actor_id);
    reason := inquiry.refusal(actor.kind, actor.id, actor.role, p_batch, true);
    PERFORM ledger.append(
        coalesce(actor.kind, p_actor_kind), coalesce(actor.id, p_actor_id), coalesce(actor.name, ''), actor.unit,
        NULL, NULL, 'batch_attachment', p_batch::text, NULL,
        CASE WHEN reason IS NULL THEN 'opened' ELSE 'refused' END, reason, 0);
    IF reason IS NOT NULL THEN
        RETURN QUERY SELECT reason, NULL::text, NULL::text, NULL::bytea;
        RETURN;
    END IF;
    RETURN QUERY SELECT NULL::text, a.filename::text, a.media_type::text, a.sealed
                 FROM inquiry_batchattachment a WHERE a.batch_id = p_batch;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA inquiry FROM PUBLIC;
