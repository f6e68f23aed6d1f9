-- The subject's own words beside a record; and who may act for whom.

-- Whether a statement comes in the form of its subject: a person's sealed under a key of its own, an organisation's plain.
CREATE FUNCTION rights.fit_to_say(p_subject uuid, p jsonb) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN gate.kind_of(p_subject, NULL) = 'person'
           THEN p ->> 'text' IS NULL AND coalesce(rights.opens(p_subject, decode(p ->> 'sealed', 'base64')), false)
           ELSE p ->> 'text' IS NOT NULL AND p ->> 'sealed' IS NULL END
$$;

-- p: id, record, text (an organisation's) or sealed (a person's), at. {"statement"}, or why not.
CREATE FUNCTION rights.make_statement(p_kind text, p_id text, p jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    r records_record;
    at timestamptz := (p ->> 'at')::timestamptz;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    PERFORM pg_advisory_xact_lock_shared(x'6B657973'::bigint);  -- no key is destroyed while something is sealed under it
    SELECT * INTO r FROM records_record x
    WHERE x.subject_id = ANY (gate.cluster(actor.own_subject)) AND x.id = (p ->> 'record')::uuid AND x.superseded_at IS NULL;
    IF actor.own_subject IS NULL OR r.id IS NULL OR r.status = 'unlinked' OR NOT rights.fit_to_say(r.subject_id, p) THEN
        RETURN rights.refused(p_kind, p_id, NULL, 'not_own_file') || '{"problem": "record_unknown"}';
    END IF;
    UPDATE records_statement s SET ended_at = at, ended_by = 'subject', ground = ''
    WHERE s.subject_id = r.subject_id AND s.record_id = r.id AND s.ended_at IS NULL;
    INSERT INTO records_statement (id, subject_id, record_id, text, sealed, made_at, made_by, ended_by, ground)
    VALUES ((p ->> 'id')::uuid, r.subject_id, r.id, p ->> 'text', decode(p ->> 'sealed', 'base64'), at, actor.id, '', '');
    PERFORM ledger.append(actor.kind, actor.id, actor.name, NULL, r.subject_id, gate.kind_of(r.subject_id, NULL),
                          'rights_statement', p ->> 'id', ARRAY[r.item_id::text], 'done', NULL, 1);
    RETURN jsonb_build_object('statement', p ->> 'id', 'subject', r.subject_id);
END $$;

-- Ends a statement: the subject's own, or by the credit office with a ground that the subject is told.
CREATE FUNCTION rights.end_statement(p_kind text, p_id text, p_statement uuid, p_ground text, p_at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    s records_statement;
    own boolean;
    look gate.look;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO s FROM records_statement x WHERE x.id = p_statement AND x.ended_at IS NULL FOR UPDATE;
    own := coalesce(actor.own_subject = ANY (gate.cluster(s.subject_id)), false);
    IF s.id IS NULL OR NOT own AND NOT coalesce(actor.kind = 'officer' AND actor.role = 'credit_office', false)
       OR NOT own AND coalesce(btrim(p_ground), '') = '' THEN
        RETURN rights.refused(p_kind, p_id, p_statement::text, 'statement_unknown') ->> 'refusal';
    END IF;
    UPDATE records_statement SET ended_at = p_at, ended_by = CASE WHEN own THEN 'subject' ELSE 'office' END,
        ground = CASE WHEN own THEN '' ELSE p_ground END WHERE id = p_statement;
    look := gate.asks(p_kind, p_id, 'rights_statement', p_statement::text, s.subject_id, NULL);
    look.outcome := 'done';
    look.step := CASE WHEN own THEN NULL ELSE 'statement_hidden' END;
    PERFORM gate.enter(actor, look);
    RETURN NULL;
END $$;

-- The account's statements, also the ended ones with the ground.
CREATE FUNCTION rights.my_statements(p_kind text, p_id text)
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT 'statement', s.subject_id, to_jsonb(s) - 'sealed' - 'made_by' - 'subject_id', s.sealed
    FROM gate.actor(p_kind, p_id) a JOIN records_statement s ON s.subject_id = ANY (gate.cluster(a.own_subject))
    WHERE a.own_subject IS NOT NULL ORDER BY s.made_at DESC LIMIT 500
$$;

-- An officer enters that an account may act for a subject, after seeing the paper. p: id, subject, account, ground, since,
-- until, case, entry, at. The entry, then who it is, so that a guardian's last day can be held against the day of birth;
-- or why not.
CREATE FUNCTION rights.represent(p_kind text, p_id text, p jsonb)
RETURNS TABLE (kind text, subject_id uuid, facts jsonb, sealed bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    subject uuid := (p ->> 'subject')::uuid;
    why text;
    look gate.look;
    entry bigint;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    why := rights.opening_refusal(actor, subject, 'counter', (p ->> 'entry')::bigint);
    IF why IS NULL AND NOT EXISTS (SELECT FROM parties_user u WHERE u.username = p ->> 'account'
                                   AND u.kind IN ('citizen', 'enterprise') AND u.is_active) THEN
        why := 'account_unknown';
    END IF;
    IF why IS NOT NULL THEN
        RETURN QUERY SELECT 'entry', NULL::uuid, rights.refused(p_kind, p_id, NULL, why), NULL::bytea;
        RETURN;
    END IF;
    look := gate.asks(p_kind, p_id, 'rights_representation', NULL, subject, NULL);
    look.outcome := 'done';
    look.step := p ->> 'ground';
    entry := gate.enter(actor, look);
    INSERT INTO rights_representation (id, subject_id, account, ground, since, until, case_id, verified_by, verified_at, entry_id)
    SELECT (p ->> 'id')::uuid, subject, u.id::text, p ->> 'ground', (p ->> 'since')::date, (p ->> 'until')::date,
           (p ->> 'case')::uuid, actor.id, (p ->> 'at')::timestamptz, entry
    FROM parties_user u WHERE u.username = p ->> 'account';
    RETURN QUERY SELECT 'entry', subject, gate.head(entry, look, 'masked'), NULL::bytea;
    RETURN QUERY SELECT * FROM gate.identity(subject, ARRAY[subject]);
END $$;

-- A guardian, while it stands for a child, opens the child's file like its own; the child is told.
CREATE FUNCTION rights.guards(p_actor gate.who, p_cluster uuid[]) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT p_actor.kind = 'citizen' AND EXISTS (
        SELECT FROM rights_representation r
        WHERE r.subject_id = ANY (p_cluster) AND r.account = p_actor.id AND r.ground = 'guardian' AND r.ended_at IS NULL
          AND r.case_id IS NULL AND gate.today() BETWEEN r.since AND r.until)
$$;

-- As before (gate/sql/allowed.sql), with guardians.
CREATE OR REPLACE FUNCTION gate.refusal(
    p_actor gate.who, p_purpose law_purpose, p_matter text, p_subject_kind text, p_cluster uuid[], p_case text
) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT coalesce(gate.purpose_refusal(p_actor, p_purpose), CASE
        WHEN p_actor.kind IN ('citizen', 'enterprise')
             AND NOT coalesce(p_actor.own_subject = ANY (p_cluster), false) AND NOT rights.guards(p_actor, p_cluster)
            THEN 'not_own_file'
        WHEN p_purpose.code = 'duplicate_review' AND NOT EXISTS (
            SELECT FROM subjects_suspicion s
            WHERE s.id::text = p_case AND (s.left_id = ANY (p_cluster) OR s.right_id = ANY (p_cluster)))
            THEN 'case_unknown'
        WHEN p_actor.kind IN ('officer', 'machine') AND p_purpose.code <> 'duplicate_review'
             AND coalesce(btrim(p_case), '') = '' THEN 'case_required'
        END,
        nullif(gate.matter_refusal(p_actor, p_purpose, p_matter, p_subject_kind), ''),
        CASE WHEN p_subject_kind = 'person' AND NOT ledger.standing() THEN 'ledger_stalled' END)
$$;

-- Ends a representation: by the subject, by who stands for it, or by an officer of the credit office.
CREATE FUNCTION rights.end_representation(p_kind text, p_id text, p_representation uuid, p_at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    actor gate.who;
    r rights_representation;
BEGIN
    SELECT * INTO actor FROM gate.actor(p_kind, p_id);
    SELECT * INTO r FROM rights_representation x WHERE x.id = p_representation AND x.ended_at IS NULL FOR UPDATE;
    IF r.id IS NULL OR NOT (coalesce(actor.own_subject = ANY (gate.cluster(r.subject_id)), false)
        OR actor.kind IN ('citizen', 'enterprise') AND r.account = actor.id
        OR actor.kind = 'officer' AND actor.role = 'credit_office') THEN
        RETURN rights.refused(p_kind, p_id, NULL, 'representation_unknown') ->> 'refusal';
    END IF;
    UPDATE rights_representation SET ended_at = p_at WHERE id = r.id;
    PERFORM ledger.append(actor.kind, actor.id, coalesce(actor.name, ''), actor.unit, r.subject_id,
                          gate.kind_of(r.subject_id, NULL), 'rights_representation', r.id::text, NULL, 'done', NULL, 0);
    RETURN NULL;
END $$;

-- Who may act for the account's subject, and for whom the account may act.
CREATE FUNCTION rights.my_representations(p_kind text, p_id text) RETURNS SETOF jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT to_jsonb(r) - 'account' - 'verified_by' - 'subject_id' || jsonb_build_object(
        'direction', CASE WHEN r.account = a.id THEN 'for' ELSE 'by' END, 'subject', CASE WHEN r.account = a.id THEN r.subject_id END,
        'in_force', r.ended_at IS NULL AND gate.today() BETWEEN r.since AND r.until)
    FROM gate.actor(p_kind, p_id) a JOIN rights_representation r
      ON a.kind IN ('citizen', 'enterprise') AND (r.account = a.id OR r.subject_id = ANY (gate.cluster(a.own_subject)))
    ORDER BY r.verified_at DESC LIMIT 100
$$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rights FROM PUBLIC;
