-- The rows of a list name people: like deliveries, they stay shut while nothing is being sealed.
CREATE OR REPLACE FUNCTION inquiry.refusal(p_kind text, p_id text, p_role text, p_batch uuid, p_attachment boolean) RETURNS text
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
