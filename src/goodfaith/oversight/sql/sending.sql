-- The outbox, for the jobs' role: take what is due, say what came of it. Addresses come out only for what is taken.

-- Claims up to p_limit lines of these channels, none older than 14 days: a channel that is set up later does not send
-- what is long known. A line that was claimed p_lease seconds ago by a worker that never
-- said what came of it is claimed again: the letter keeps its id, so that a doubled one can be told.
CREATE FUNCTION oversight.outbox_take(p_channels text[], p_limit integer, p_lease integer)
RETURNS TABLE (outbox bigint, channel text, kind text, address text, attempt integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    moment timestamptz := clock_timestamp();
BEGIN
    RETURN QUERY
    WITH due AS (
        SELECT o.id FROM gate_outbox o
        JOIN gate_message m ON m.id = o.message_id
        LEFT JOIN oversight_sending s ON s.outbox_id = o.id
        WHERE o.sent_at IS NULL AND o.channel = ANY (p_channels)
          AND (o.send_from IS NULL OR o.send_from <= gate.today())
          AND (m.visible_from IS NULL OR m.visible_from <= gate.today())
          AND greatest(o.made_at, o.send_from::timestamptz) > moment - interval '14 days'
          AND (s.outbox_id IS NULL OR s.state = 'waiting' AND s.next_at <= moment
               OR s.state = 'sending' AND s.claimed_at < moment - make_interval(secs => p_lease))
        ORDER BY o.id LIMIT least(p_limit, 500) FOR UPDATE OF o SKIP LOCKED
    ), claimed AS (
        INSERT INTO oversight_sending AS s (outbox_id, state, attempt, claimed_at, next_at, error)
        SELECT d.id, 'sending', 1, moment, moment, '' FROM due d
        ON CONFLICT (outbox_id) DO UPDATE SET state = 'sending', attempt = s.attempt + 1, claimed_at = moment
        RETURNING s.outbox_id, s.attempt
    ), counted AS (
        UPDATE gate_outbox o SET attempts = c.attempt FROM claimed c WHERE o.id = c.outbox_id
        RETURNING o.id, o.channel, o.kind, o.account, o.attempts
    )
    SELECT x.id, x.channel::text, x.kind::text,
           CASE x.channel WHEN 'email' THEN CASE WHEN u.notify_email THEN u.email::text END ELSE u.phone::text END,
           x.attempts::integer
    FROM counted x LEFT JOIN parties_user u ON u.id::text = x.account AND u.is_active ORDER BY x.id;
END $$;

-- It was handed over.
CREATE FUNCTION oversight.outbox_sent(p_outbox bigint, p_attempt integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE oversight_sending SET state = 'sent', error = ''
    WHERE outbox_id = p_outbox AND attempt = p_attempt AND state = 'sending';
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE gate_outbox SET sent_at = clock_timestamp(), error = '' WHERE id = p_outbox AND sent_at IS NULL;
    RETURN FOUND;
END $$;

-- It was not: tried again at p_next, or given up (p_next null).
CREATE FUNCTION oversight.outbox_failed(p_outbox bigint, p_attempt integer, p_error text, p_next timestamptz)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE oversight_sending SET state = CASE WHEN p_next IS NULL THEN 'given_up' ELSE 'waiting' END,
        next_at = coalesce(p_next, next_at), error = left(p_error, 200)
    WHERE outbox_id = p_outbox AND attempt = p_attempt AND state = 'sending';
    IF NOT FOUND THEN RETURN false; END IF;
    UPDATE gate_outbox SET error = left(p_error, 200) WHERE id = p_outbox;
    RETURN true;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA oversight FROM PUBLIC;
