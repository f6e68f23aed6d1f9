-- What the worker does, each set-based and repeatable: after a kill it goes on from what stands. None of it decides.

-- The accounts that read a subject's messages: also those under another number that was judged to be the same.
CREATE FUNCTION rights.accounts_of(p_subject uuid) RETURNS SETOF parties_user
LANGUAGE sql STABLE AS $$
    SELECT u.* FROM parties_user u WHERE u.subject_id = ANY (gate.cluster(p_subject)) AND u.is_active
$$;

-- Messages about new negative records of committed deliveries, to subjects with an account: how to repair goes out with
-- the finding (两书同达). One delivery at a time, claimed by its row, so that of two workers one tells; how many
-- messages, or null when none waits. Those of before the rights came are not told of (guards.sql).
CREATE FUNCTION rights.tell_findings() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    one uuid;
    told integer;
BEGIN
    SELECT d.id INTO one FROM intake_delivery d
    WHERE d.state = 'committed' AND NOT EXISTS (SELECT FROM rights_findingstold f WHERE f.delivery_id = d.id)
    ORDER BY d.committed_at, d.id LIMIT 1;
    IF one IS NULL THEN RETURN NULL; END IF;
    INSERT INTO rights_findingstold (delivery_id, at, messages) VALUES (one, clock_timestamp(), 0) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RETURN 0; END IF;
    WITH found AS MATERIALIZED (
        SELECT r.subject_id, r.id, r.item_id, r.source_unit FROM records_record r
        WHERE r.delivery_id = one AND r.polarity = 'negative' AND r.superseded_at IS NULL AND r.version = 1
    ), reader AS MATERIALIZED (  -- most stand alone: a join finds their accounts; few are walked from
        SELECT f.*, u.id AS account FROM found f JOIN parties_user u ON u.subject_id = f.subject_id AND u.is_active
        UNION
        SELECT f.*, u.id FROM found f CROSS JOIN LATERAL rights.accounts_of(f.subject_id) u
        WHERE f.subject_id IN (SELECT j."left" FROM subjects_judgement j WHERE j.verdict = 'same' AND j.withdrawn_at IS NULL
                               UNION ALL
                               SELECT j."right" FROM subjects_judgement j WHERE j.verdict = 'same' AND j.withdrawn_at IS NULL)
    ), message AS (
        INSERT INTO gate_message (subject_id, kind, at, facts)
        SELECT r.subject_id, 'finding', clock_timestamp(),
               jsonb_build_object('record', r.id, 'item', r.item_id, 'unit', r.source_unit)
        FROM (SELECT DISTINCT x.subject_id, x.id, x.item_id, x.source_unit FROM reader x) r RETURNING id, facts
    ), outbox AS (
        INSERT INTO gate_outbox (message_id, account, channel, kind, made_at, attempts, error)
        SELECT m.id, u.id::text, c.channel, 'finding', clock_timestamp(), 0, ''
        FROM message m JOIN reader r ON r.id = (m.facts ->> 'record')::uuid JOIN parties_user u ON u.id = r.account,
             LATERAL (VALUES ('email', u.notify_email AND u.email <> ''), ('sms', u.phone <> '')) c(channel, wanted)
        WHERE c.wanted)
    SELECT count(*)::integer INTO told FROM message;
    UPDATE rights_findingstold SET messages = told WHERE delivery_id = one;
    RETURN told;
END $$;

-- When a negative record ended by itself: its display period; of what is not published, the period of its display rule.
CREATE VIEW rights.ending AS
SELECT r.subject_id, r.id, r.version, CASE WHEN isempty(r.display) THEN
           (r.decided_on + make_interval(months => e.months))::date ELSE upper(r.display) END AS day
FROM records_record r
LEFT JOIN (SELECT d.code || '/' || (v ->> 'code') AS version, c ->> 'code' AS class, (c ->> 'max_months')::integer AS months
           FROM law_displayrule d, jsonb_array_elements(d.definition -> 'versions') v, jsonb_array_elements(v -> 'classes') c
           WHERE coalesce(d.definition ->> 'counted_from', 'decided') = 'decided') e
       ON isempty(r.display) AND e.version = r.display_version AND e.class = r.display_class
WHERE r.superseded_at IS NULL AND r.polarity = 'negative' AND r.status IN ('current', 'disputed');

-- Recalls of records that ended by themselves since the last run: that they ended was decided by the date, this only
-- tells who was given them. p_due: the last day to confirm.
CREATE FUNCTION rights.expire(p_due date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    since date;
    told integer;
BEGIN
    INSERT INTO rights_progress (name, value) VALUES ('expired', gate.today()::text) ON CONFLICT DO NOTHING;
    SELECT p.value::date INTO since FROM rights_progress p WHERE p.name = 'expired' FOR UPDATE;
    IF since >= gate.today() THEN RETURN 0; END IF;
    SELECT count(rights.recall(r, 'expired', e.day, NULL, NULL, now(), p_due)) INTO told
    FROM rights.ending e JOIN records_record r ON r.subject_id = e.subject_id AND r.id = e.id AND r.version = e.version
    WHERE e.day > since AND e.day <= gate.today();
    UPDATE rights_progress SET value = gate.today()::text WHERE name = 'expired';
    RETURN told;
END $$;

-- Overdue clocks go to the next supervisor, once each: an event in the case, and the subject is told.
CREATE FUNCTION rights.escalate(p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    one rights_clock;
    c rights_case;
    job gate.who;
    done integer := 0;
BEGIN
    job.kind := 'job';
    job.id := 'rights.escalate';
    job.name := 'rights.escalate';
    -- a case in which somebody is acting is left for the next minute: waiting for it could end in a deadlock; so is one
    -- in which it is the subject's turn
    FOR one IN
        SELECT k.* FROM rights_clock k JOIN rights_case x ON x.id = k.case_id AND x.closed_at IS NULL
        WHERE k.stopped_on IS NULL AND k.suspended_on IS NULL AND k.escalated_at IS NULL AND k.due_on < gate.today()
          AND EXISTS (SELECT FROM rights_transition r WHERE r.procedure = x.procedure AND r.frm = x.step AND r.act = 'escalate')
        ORDER BY k.id LIMIT p_limit FOR UPDATE OF k, x SKIP LOCKED
    LOOP
        SELECT * INTO c FROM rights_case x WHERE x.id = one.case_id;
        UPDATE rights_clock SET escalated_at = clock_timestamp() WHERE id = one.id;
        INSERT INTO rights_event (case_id, at, act, frm, "to", actor_kind, actor_id, actor_name, told, entry_id, facts)
        VALUES (c.id, clock_timestamp(), 'escalate', c.step, c.step, 'job', job.id, job.name, true,
                rights.enter(job, c, 'escalate', c.step, true, 'done'), jsonb_build_object('clock', one.name, 'due_on', one.due_on,
                'unit', c.unit));
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;

-- Recipients that are silent are reminded: on the day it is due and every p_every days after, p_most times.
CREATE FUNCTION rights.remind(p_every integer, p_most integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH reminded AS (
        UPDATE rights_recallnotice n SET reminders = n.reminders + 1, reminded_at = clock_timestamp()
        WHERE n.confirmed_at IS NULL AND n.due_on <= gate.today() AND n.reminders < p_most
          AND (n.reminded_at IS NULL OR (n.reminded_at AT TIME ZONE 'Asia/Shanghai')::date <= gate.today() - p_every)
        RETURNING 1)
    SELECT count(*)::integer FROM reminded
$$;

-- What waits for the platform's signature: notices and withdrawals, some at a time.
CREATE FUNCTION rights.unsigned(p_limit integer) RETURNS TABLE (kind text, id text, facts jsonb)
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    (SELECT 'notice', n.id::text, rights.notice_facts(n) FROM rights_recallnotice n WHERE n.signed IS NULL ORDER BY n.id LIMIT p_limit)
    UNION ALL
    (SELECT 'withdrawal', w.seq::text, w.facts || jsonb_build_object('seq', w.seq, 'at', w.at)
     FROM rights_withdrawal w WHERE w.signed IS NULL ORDER BY w.seq LIMIT p_limit)
$$;

CREATE FUNCTION rights.sign(p_kind text, p_ids text[], p_signed text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF p_kind = 'notice' THEN
        UPDATE rights_recallnotice n SET signed = s.signed FROM unnest(p_ids, p_signed) s(id, signed)
        WHERE n.id = s.id::uuid AND n.signed IS NULL;
    ELSE
        UPDATE rights_withdrawal w SET signed = s.signed FROM unnest(p_ids, p_signed) s(id, signed)
        WHERE w.seq = s.id::bigint AND w.signed IS NULL;
    END IF;
END $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rights FROM PUBLIC;
