-- The pieces that every gate function is made of: who acts, whose file, whose turn, and the entry.
-- Roles may call the doors only; those run as the owner with a search path of their own, and so does all they call.

-- Today in China. Every rule about days asks here.
CREATE FUNCTION gate.today() RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date
$$;

CREATE TYPE gate.who AS (
    kind text, id text, name text, unit text, role text, own_subject uuid, unit_kind text, name_key bytea
);

-- Who the actor is, from our own tables: the caller says only the account. No row: nobody, or switched off.
-- The kind of a unit that was switched off is null, so that no purpose fits it.
DROP FUNCTION gate.actor(text, text);
CREATE FUNCTION gate.actor(p_kind text, p_id text) RETURNS SETOF gate.who
LANGUAGE sql STABLE AS $$
    SELECT u.kind::text, u.id::text, coalesce(nullif(u.display_name, ''), u.username)::text, u.unit_id::text,
           u.role::text, u.subject_id, CASE WHEN n.active THEN n.kind::text END, u.name_key
    FROM parties_user u LEFT JOIN parties_unit n ON n.code = u.unit_id
    WHERE p_kind IN ('officer', 'citizen', 'enterprise') AND u.kind = p_kind AND u.is_active
      AND u.id = CASE WHEN p_id ~ '^[0-9]{1,18}$' THEN p_id::bigint END
    UNION ALL
    SELECT 'machine', c.client_id::text, c.name::text, c.unit_id::text, '', NULL::uuid,
           CASE WHEN n.active THEN n.kind::text END, NULL::bytea
    FROM parties_machineclient c LEFT JOIN parties_unit n ON n.code = c.unit_id
    WHERE p_kind = 'machine' AND c.client_id = p_id AND c.active
$$;

-- The subject of an id or a number; null when there is none.
CREATE FUNCTION gate.find(p_subject uuid, p_number_kind text, p_number_key bytea) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN p_subject IS NOT NULL THEN (SELECT s.id FROM subjects_subject s WHERE s.id = p_subject)
           ELSE (SELECT i.subject_id FROM subjects_identifier i WHERE i.kind = p_number_kind AND i.key = p_number_key)
           END
$$;

-- What kind of subject a number belongs to, known or not.
CREATE FUNCTION gate.kind_of(p_subject uuid, p_number_kind text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT s.kind FROM subjects_subject s WHERE s.id = p_subject), CASE
        WHEN p_number_kind IN ('uscc', 'registration_no', 'organisation_code', 'tax_no', 'institution_no', 'social_no')
            THEN 'organisation'
        WHEN p_number_kind IS NOT NULL THEN 'person' END)
$$;

-- A name as it is compared: the twin of crypto.plain_name.
CREATE FUNCTION gate.plain(p_name text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT regexp_replace(translate(upper(normalize(p_name, NFKC)), '•．‧', '···'), '\s+', '', 'g')
$$;

-- Whether the subject bears this name: a person's is compared by its keyed digest, an organisation's now or before.
CREATE FUNCTION gate.is_named(p_subject uuid, p_name_key bytea, p_name text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM subjects_person p WHERE p.subject_id = p_subject AND p.name_key = p_name_key)
        OR EXISTS (SELECT FROM subjects_organisation o, unnest(o.name::text || o.former_names::text[]) n
                   WHERE o.subject_id = p_subject AND gate.plain(n) = p_name)
$$;

-- One subject's looks and changes take turns: looks that rest on consent share (p_change false), a change of
-- consent or hold is alone. Taken before the entry's number, so that the numbers in the ledger tell the order.
CREATE FUNCTION gate.take_turn(p_subjects uuid[], p_change boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    place bigint;
BEGIN
    FOR place IN SELECT DISTINCT hashtextextended(s::text, 27560) FROM unnest(p_subjects) s ORDER BY 1 LOOP
        IF p_change THEN
            PERFORM pg_advisory_xact_lock(place);
        ELSE
            PERFORM pg_advisory_xact_lock_shared(place);
        END IF;
    END LOOP;
END $$;

-- What an entry says, beside who acts.
CREATE TYPE gate.look AS (
    asked_kind text, asked_id text, subject uuid, subject_kind text, purpose text, matter text, case_no text,
    items text[], outcome text, refusal text, records integer, consents uuid[], answer bytea, shown_from date,
    delayed_by text, delay_basis jsonb, request uuid, near bytea
);

-- The beginning of an entry: who says he is asking, for what, about whom.
CREATE FUNCTION gate.asks(p_kind text, p_id text, p_purpose text, p_case text, p_subject uuid, p_number_kind text)
RETURNS gate.look
LANGUAGE plpgsql STABLE AS $$
DECLARE
    look gate.look;
BEGIN
    look.asked_kind := p_kind;
    look.asked_id := p_id;
    look.purpose := p_purpose;
    look.case_no := p_case;
    look.subject := p_subject;
    look.subject_kind := gate.kind_of(p_subject, p_number_kind);
    RETURN look;
END $$;

-- All subjects that are one with this one by standing judgements. Most stand alone, and are not walked from.
CREATE OR REPLACE FUNCTION gate.cluster(p_subject uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM subjects_judgement j WHERE j."left" = p_subject)
       AND NOT EXISTS (SELECT FROM subjects_judgement j WHERE j."right" = p_subject) THEN
        RETURN ARRAY[p_subject];
    END IF;
    RETURN (
        WITH RECURSIVE reached(id) AS (
            SELECT p_subject
            UNION
            SELECT CASE WHEN j."left" = reached.id THEN j."right" ELSE j."left" END
            FROM reached
            JOIN subjects_judgement j ON j.verdict = 'same' AND j.withdrawn_at IS NULL
                 AND reached.id IN (j."left", j."right")
        )
        SELECT array_agg(id ORDER BY id) FROM reached);
END $$;

-- Tells the subject: a message, and one line in the outbox for each channel its accounts have chosen.
CREATE FUNCTION gate.tell(p_entry bigint, p_actor gate.who, p_look gate.look, p_whole uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    what text := CASE WHEN p_look.request IS NULL THEN 'look' ELSE 'request' END;
    told bigint;
BEGIN
    INSERT INTO gate_message (subject_id, kind, entry_id, at, facts, visible_from)
    VALUES (p_look.subject, what, p_entry, clock_timestamp(), jsonb_strip_nulls(jsonb_build_object(
                'unit', p_actor.unit, 'actor_kind', p_actor.kind, 'purpose', p_look.purpose, 'matter', p_look.matter,
                'outcome', p_look.outcome, 'request', p_look.request)), p_look.shown_from)
    RETURNING id INTO told;
    INSERT INTO gate_outbox (message_id, account, channel, kind, made_at, send_from, attempts, error)
    SELECT told, u.id::text, c.channel, what, clock_timestamp(), p_look.shown_from, 0, ''
    FROM parties_user u,
         LATERAL (VALUES ('email', u.notify_email AND u.email <> ''), ('sms', u.phone <> '')) c(channel, wanted)
    WHERE u.subject_id = ANY (p_whole) AND u.is_active AND c.wanted;
END $$;

-- The one place where the gate writes: the ledger's entry, the subject's message, oversight's trace. Own acts and
-- looks at nobody tell nobody.
CREATE FUNCTION gate.enter(p_actor gate.who, p_look gate.look) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    entry bigint := ledger.append(
        coalesce(p_actor.kind, p_look.asked_kind), coalesce(p_actor.id, p_look.asked_id), coalesce(p_actor.name, ''),
        p_actor.unit, p_look.subject, p_look.subject_kind, p_look.purpose, p_look.case_no, p_look.items,
        p_look.outcome, p_look.refusal, coalesce(p_look.records, 0), p_look.matter, p_look.consents, p_look.answer,
        p_look.shown_from);
    whole uuid[];
    alike boolean := false;
BEGIN
    IF p_look.subject IS NOT NULL THEN
        whole := gate.cluster(p_look.subject);
        IF NOT coalesce(p_actor.own_subject = ANY (whole), false) THEN
            PERFORM gate.tell(entry, p_actor, p_look, whole);
        END IF;
    END IF;
    IF p_look.shown_from IS NOT NULL THEN
        INSERT INTO gate_delay (entry_id, statute, officer, until)
        VALUES (entry, p_look.delay_basis, left(p_look.delayed_by, 100), p_look.shown_from);
    END IF;
    IF p_look.subject_kind = 'person' AND p_actor.unit IS NOT NULL THEN
        alike := p_actor.name_key IS NOT NULL
            AND EXISTS (SELECT FROM subjects_person p WHERE p.subject_id = p_look.subject
                        AND p.name_key = p_actor.name_key);
        IF alike OR p_look.near IS NOT NULL THEN
            INSERT INTO gate_trace (entry_id, neighbourhood, same_name) VALUES (entry, p_look.near, alike);
        END IF;
    END IF;
    RETURN entry;
END $$;
