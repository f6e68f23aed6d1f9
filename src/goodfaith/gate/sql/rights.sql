-- What cases about records change at the gate: a disputed record says so, a suspended one is not given, the subject's
-- statement goes with its record, and it is kept which look gave which records to whom.

ALTER TYPE gate.look ADD ATTRIBUTE rights_case uuid;
ALTER TYPE gate.look ADD ATTRIBUTE step text;

-- Whether a mark of that kind stands against a record.
CREATE FUNCTION gate.is_marked(p_subject uuid, p_record uuid, p_kind text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM records_mark m WHERE m.subject_id = p_subject AND m.record_id = p_record
                   AND m.kind = p_kind AND m.until IS NULL)
$$;

-- A version as it is handed out. The status of a current one says whether it is disputed now.
CREATE FUNCTION gate.record_facts(r records_record) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT to_jsonb(r) - 'sealed' - 'fact' - 'digest' || jsonb_build_object(
        'shown', r.disclosure = 'open' AND r.superseded_at IS NULL AND r.display @> gate.today()
                 AND r.status IN ('current', 'disputed') AND NOT gate.is_marked(r.subject_id, r.id, 'suspended'),
        'suspended', r.superseded_at IS NULL AND gate.is_marked(r.subject_id, r.id, 'suspended'),
        'status', CASE WHEN r.superseded_at IS NULL AND r.status = 'current'
                            AND gate.is_marked(r.subject_id, r.id, 'disputed') THEN 'disputed' ELSE r.status END)
$$;

-- The subject's standing statements beside these records.
CREATE FUNCTION gate.statements(p_rows records_record[])
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE sql STABLE AS $$
    SELECT 'statement', s.subject_id, jsonb_build_object('id', s.id, 'record', s.record_id, 'text', s.text,
               'made_at', s.made_at), s.sealed
    FROM records_statement s
    WHERE s.ended_at IS NULL AND (s.subject_id, s.record_id) IN (SELECT r.subject_id, r.id FROM unnest(p_rows) r)
$$;

-- Keeps what a look gave to a unit. Own files are nobody else's, and an empty answer gives nothing.
CREATE FUNCTION gate.give(p_entry bigint, p_actor gate.who, p_subject uuid, p_records uuid[]) RETURNS void
LANGUAGE sql AS $$
    INSERT INTO gate_given (entry_id, subject_id, unit, records)
    SELECT p_entry, p_subject, p_actor.unit, p_records
    WHERE p_actor.unit IS NOT NULL AND cardinality(p_records) > 0
$$;

-- Whether a person of that day of birth is under 18 today. Who is born on 29 February comes of age on 1 March.
CREATE FUNCTION gate.is_minor(p_born date) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce(extract(year FROM age(gate.today()::timestamp, p_born::timestamp)) < 18, false)
$$;

-- Boundary 5: what was recorded about a child is closed to everybody but the unit that reported it, the child and its
-- guardian. Taking in a case, and telling two files apart, need to know who it is: those get their own unit's records.
CREATE FUNCTION gate.minor_refusal(p_actor gate.who, p_purpose law_purpose, p_born date) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN gate.is_minor(p_born) AND p_actor.kind IN ('officer', 'machine') AND NOT p_purpose.own_unit_only
                     AND p_purpose.code NOT IN ('rights_counter', 'duplicate_review') THEN 'minor_closed' END
$$;

-- The rows that a purpose opens. Older versions, and what was annulled, corrected or repaired, are for the subject,
-- for the unit that reported it and for the credit office; everybody else gets what stands and is not suspended.
-- A record that turned out to be somebody else's is not in the subject's file any more.
CREATE OR REPLACE FUNCTION gate.opened(p_subjects uuid[], p_items text[], p_purpose law_purpose, p_actor gate.who)
RETURNS SETOF records_record
LANGUAGE sql STABLE AS $$
    SELECT r.* FROM records_record r
    WHERE r.subject_id = ANY (p_subjects) AND r.item_id = ANY (p_items) AND p_purpose.disclosures ? r.disclosure
      AND (NOT p_purpose.own_unit_only OR r.source_unit = p_actor.unit)
      AND (p_actor.kind IN ('citizen', 'enterprise') AND NOT EXISTS (
               SELECT FROM records_record u WHERE u.subject_id = r.subject_id AND u.id = r.id AND u.superseded_at IS NULL
               AND u.status = 'unlinked')
           OR p_purpose.own_unit_only
           OR p_actor.unit_kind = 'credit_office' AND p_purpose.ground = 'statute'
           OR r.superseded_at IS NULL AND r.status IN ('current', 'disputed')
              AND NOT gate.is_marked(r.subject_id, r.id, 'suspended'))
$$;

DROP FUNCTION gate.open_file(text, text, text, uuid, text, bytea, text, text[], text, bytea, text, date, text, bytea);

-- As before (opening.sql). p_born: the day of birth that the number tells.
CREATE FUNCTION gate.open_file(
    p_actor_kind text, p_actor_id text, p_purpose text, p_subject uuid, p_number_kind text, p_number_key bytea,
    p_case text, p_items text[], p_matter text DEFAULT NULL, p_name_key bytea DEFAULT NULL, p_name text DEFAULT NULL,
    p_shown_from date DEFAULT NULL, p_delayed_by text DEFAULT NULL, p_near bytea DEFAULT NULL, p_born date DEFAULT NULL
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
        gate.minor_refusal(actor, purpose, p_born),
        gate.delay_refusal(actor, purpose, p_shown_from, p_delayed_by));
    IF look.refusal IS NULL AND purpose.ground = 'consent' THEN
        agreed := gate.consented(whole, actor.unit, p_purpose, items, p_items IS NOT NULL);
        look.refusal := agreed.refusal;
        items := agreed.items;
    END IF;
    IF gate.is_minor(p_born) AND actor.unit IS NOT NULL THEN
        purpose.own_unit_only := true;
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
    PERFORM gate.give(entry, actor, target, ARRAY(SELECT DISTINCT r.id FROM unnest(found_rows) r));
    RETURN QUERY SELECT 'entry', target, gate.head(entry, look, purpose.depth::text), NULL::bytea;
    IF look.outcome = 'opened' THEN
        RETURN QUERY SELECT * FROM gate.identity(target, whole);
        RETURN QUERY
        SELECT 'record', r.subject_id,
               gate.record_facts(r), r.sealed
        FROM unnest(found_rows) r ORDER BY r.decided_on DESC, r.id, r.version DESC;
        RETURN QUERY SELECT * FROM gate.statements(found_rows);
    END IF;
END $$;

-- As before (checking.sql), with the marks; from what was recorded about a child no measure is told at all.
CREATE OR REPLACE FUNCTION gate.measures(p_subjects uuid[], p_subject_kind text, p_matter text, p_items text[], p_minor boolean)
RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
            'measure', m.code, 'kind', m.kind, 'item', r.item_id, 'record_id', r.id, 'document_no', r.document_no,
            'authority', r.authority, 'decided_on', r.decided_on, 'ends_on', e.day - 1,
            'disputed', r.status = 'disputed' OR gate.is_marked(r.subject_id, r.id, 'disputed'), 'source_unit', r.source_unit)
        ORDER BY m.kind DESC, m.code, r.decided_on DESC, r.id), '[]'::jsonb)
    FROM law_bearing b
    JOIN law_measure m ON m.code = b.measure AND m.withdrawn_at IS NULL
    JOIN records_record r ON r.item_id = b.item AND r.subject_id = ANY (p_subjects)
    CROSS JOIN LATERAL (SELECT gate.bears_until(r, b.months) AS day) e
    WHERE b.matter = p_matter AND b.subject_kind = p_subject_kind
      AND r.superseded_at IS NULL AND r.status IN ('current', 'disputed') AND r.disclosure <> 'closed'
      AND r.display_class <> 'revoked' AND NOT gate.is_marked(r.subject_id, r.id, 'suspended')
      AND NOT (m.kind = 'restraint' AND r.disclosure = 'open' AND isempty(r.display))
      AND (b.classes IS NULL OR b.classes ? r.display_class) AND (p_items IS NULL OR r.item_id = ANY (p_items))
      AND (m.kind = 'restraint') = (r.polarity = 'negative') AND NOT p_minor
      AND NOT isempty(r.in_force) AND coalesce(lower(r.in_force), r.decided_on) <= gate.today()
      AND (e.day IS NULL OR gate.today() < e.day)
$$;

CREATE OR REPLACE FUNCTION gate.check_one(
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
        whole, look.subject_kind, p_matter, items, gate.is_minor(p_asked.born)) END;
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
    PERFORM gate.give(entry, p_actor, target, ARRAY(
        SELECT DISTINCT (m ->> 'record_id')::uuid FROM jsonb_array_elements(measures) m));
    SELECT e.at INTO at FROM ledger_entry e WHERE e.id = entry;
    refusal := look.refusal;
    subject_kind := look.subject_kind;
    RETURN NEXT;
END $$;

CREATE OR REPLACE FUNCTION gate.tell(p_entry bigint, p_actor gate.who, p_look gate.look, p_whole uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    what text := CASE WHEN p_look.step IS NOT NULL THEN 'case' WHEN p_look.request IS NULL THEN 'look'
                      ELSE 'request' END;
    told bigint;
BEGIN
    INSERT INTO gate_message (subject_id, kind, entry_id, at, facts, visible_from)
    VALUES (p_look.subject, what, p_entry, clock_timestamp(), jsonb_strip_nulls(jsonb_build_object(
                'unit', p_actor.unit, 'actor_kind', p_actor.kind, 'purpose', p_look.purpose, 'matter', p_look.matter,
                'outcome', p_look.outcome, 'request', p_look.request, 'case', p_look.rights_case,
                'step', p_look.step)), p_look.shown_from)
    RETURNING id INTO told;
    INSERT INTO gate_outbox (message_id, account, channel, kind, made_at, send_from, attempts, error)
    SELECT told, u.id::text, c.channel, what, clock_timestamp(), p_look.shown_from, 0, ''
    FROM parties_user u,
         LATERAL (VALUES ('email', u.notify_email AND u.email <> ''), ('sms', u.phone <> '')) c(channel, wanted)
    WHERE u.subject_id = ANY (p_whole) AND u.is_active AND c.wanted;
END $$;

-- What is open to everyone, less what is suspended; a disputed record says so.
CREATE OR REPLACE VIEW open.shown AS
SELECT r.subject_id, r.id, r.version, r.item_id, r.edition, r.polarity,
       (CASE WHEN EXISTS (SELECT FROM records_mark m WHERE m.subject_id = r.subject_id AND m.record_id = r.id
                          AND m.kind = 'disputed' AND m.until IS NULL) THEN 'disputed' ELSE r.status END)::varchar(12)
       AS status,
       r.decided_on, r.document_no,
       r.authority, r.display, r.display_class, r.display_version, r.in_force, r.content, r.source_unit,
       r.delivery_id, r.recorded_at,
       o.name AS organisation_name, o.uscc, o.kind AS organisation_kind, o.area_code
FROM records_record r
JOIN subjects_organisation o ON o.subject_id = r.subject_id
WHERE r.superseded_at IS NULL
  AND r.disclosure = 'open'
  AND r.status IN ('current', 'disputed')
  AND r.display @> (now() AT TIME ZONE 'Asia/Shanghai')::date
  AND NOT EXISTS (SELECT FROM records_mark m WHERE m.subject_id = r.subject_id AND m.record_id = r.id
                  AND m.kind = 'suspended' AND m.until IS NULL);

-- The statements beside what is open to everyone.
CREATE VIEW open.statement WITH (security_barrier) AS
SELECT s.subject_id, s.record_id, s.text, s.made_at
FROM records_statement s
WHERE s.ended_at IS NULL AND s.text IS NOT NULL
  AND EXISTS (SELECT FROM open.shown r WHERE r.subject_id = s.subject_id AND r.id = s.record_id);

CREATE TRIGGER records_changed AFTER INSERT OR UPDATE ON records_mark
    FOR EACH STATEMENT EXECUTE FUNCTION records_changed();
CREATE TRIGGER records_changed AFTER INSERT OR UPDATE ON records_statement
    FOR EACH STATEMENT EXECUTE FUNCTION records_changed();
CREATE TRIGGER once BEFORE UPDATE ON records_mark FOR EACH ROW EXECUTE FUNCTION gate.once('until');
CREATE TRIGGER once BEFORE UPDATE ON records_statement FOR EACH ROW
    EXECUTE FUNCTION gate.once('ended_at', 'ended_by', 'ground');
CREATE TRIGGER append_only BEFORE DELETE ON records_mark FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON records_statement FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON gate_given FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER once BEFORE UPDATE ON records_tombstone FOR EACH ROW EXECUTE FUNCTION gate.once('lifted_at');
CREATE TRIGGER append_only BEFORE DELETE ON records_tombstone FOR EACH ROW EXECUTE FUNCTION append_only();
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA gate FROM PUBLIC;
