-- Accounts: what administrators may do from their desk, and how a citizen's account is made. The web's role can
-- write neither roles nor accounts; it can call these. Each looks up the actor in our own tables, refuses what is
-- not that administrator's to do, and leaves a ledger entry either way; what is done stands in the history too.
-- They answer with the code of the refusal, null when done.
CREATE SCHEMA account;

CREATE FUNCTION account.note(
    p_actor text, p_action text, p_target text, p_before jsonb, p_after jsonb, p_refusal text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    a parties_user;
BEGIN
    SELECT * INTO a FROM parties_user u WHERE u.id::text = p_actor;
    PERFORM ledger.append(
        coalesce(a.kind, 'officer'), p_actor, coalesce(nullif(a.display_name, ''), a.username, ''), a.unit_id,
        NULL, NULL, 'account_administration', p_action || ' ' || coalesce(p_target, ''), NULL,
        CASE WHEN p_refusal IS NULL THEN 'done' ELSE 'refused' END, p_refusal, 0);
    IF p_refusal IS NULL THEN
        INSERT INTO common_history (at, actor_kind, actor_id, actor_name, unit, action, object_type, object_id, before, after)
        VALUES (clock_timestamp(), a.kind, p_actor, coalesce(nullif(a.display_name, ''), a.username), a.unit_id,
                'account.' || p_action, 'user', coalesce(p_target, ''), p_before, p_after);
    END IF;
END $$;

-- Why this administrator may not touch this account; null when it may. Nobody changes the own one.
CREATE FUNCTION account.refusal(p_actor text, p_role text, p_target bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT CASE
        WHEN NOT EXISTS (SELECT FROM parties_user u WHERE u.id::text = p_actor AND u.kind = 'officer'
                         AND u.is_active AND u.role = p_role) THEN 'role_not_allowed'
        WHEN p_target IS NULL THEN NULL
        WHEN p_target::text = p_actor THEN 'own_account'
        WHEN NOT EXISTS (SELECT FROM parties_user u WHERE u.id = p_target AND u.kind = 'officer') THEN 'account_unknown'
    END
$$;

CREATE FUNCTION account.drop_sessions(p_user bigint) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH gone AS (DELETE FROM usersessions_usersession s WHERE s.user_id = p_user RETURNING s.session_key),
    ended AS (DELETE FROM django_session d USING gone WHERE d.session_key = gone.session_key RETURNING 1)
    SELECT count(*)::integer FROM ended
$$;

-- The system administrator makes an account. It has no rights until the security administrator gives some.
CREATE FUNCTION account.create_officer(
    p_actor text, p_username text, p_password text, p_name text, p_name_key bytea, p_officer_key bytea, p_unit text
) RETURNS TABLE (refusal text, id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    reason text := account.refusal(p_actor, 'system_admin', NULL);
    made bigint;
BEGIN
    reason := coalesce(reason, CASE
        WHEN p_officer_key IS NULL THEN 'officer_number_needed'
        WHEN NOT EXISTS (SELECT FROM parties_unit u WHERE u.code = p_unit AND u.active) THEN 'unit_unknown' END);
    IF reason IS NULL THEN
        BEGIN
            INSERT INTO parties_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
                                      date_joined, kind, role, unit_id, display_name, name_key, officer_key, phone,
                                      notify_email, starter_password)
            VALUES (p_password, false, p_username, '', '', '', false, true, clock_timestamp(), 'officer', '', p_unit,
                    p_name, p_name_key, p_officer_key, '', true, true)
            RETURNING parties_user.id INTO made;
        EXCEPTION WHEN unique_violation THEN
            reason := CASE WHEN EXISTS (SELECT FROM parties_user u WHERE u.username = p_username)
                           THEN 'username_taken' ELSE 'officer_exists' END;
        END;
    END IF;
    PERFORM account.note(p_actor, 'create', made::text, NULL, jsonb_build_object('unit', p_unit), reason);
    RETURN QUERY SELECT reason, made;
END $$;

CREATE FUNCTION account.set_active(p_actor text, p_target bigint, p_active boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    reason text := account.refusal(p_actor, 'system_admin', p_target);
BEGIN
    IF reason IS NULL THEN
        UPDATE parties_user SET is_active = p_active WHERE parties_user.id = p_target;
        PERFORM account.drop_sessions(p_target);
    END IF;
    PERFORM account.note(p_actor, CASE WHEN p_active THEN 'activate' ELSE 'deactivate' END, p_target::text,
                         jsonb_build_object('active', NOT p_active), jsonb_build_object('active', p_active), reason);
    RETURN reason;
END $$;

-- A lost phone or password: new starting password, no second factor, and no rights. The security administrator
-- has to give the rights again, so that no system administrator can step into another's shoes alone.
CREATE FUNCTION account.reset_log_in(p_actor text, p_target bigint, p_password text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    reason text := account.refusal(p_actor, 'system_admin', p_target);
    had text;
BEGIN
    IF reason IS NULL THEN
        SELECT role INTO had FROM parties_user u WHERE u.id = p_target FOR UPDATE;
        UPDATE parties_user SET password = p_password, starter_password = true, role = '' WHERE parties_user.id = p_target;
        DELETE FROM mfa_authenticator m WHERE m.user_id = p_target;
        PERFORM account.drop_sessions(p_target);
    END IF;
    PERFORM account.note(p_actor, 'reset_log_in', p_target::text, jsonb_build_object('role', had),
                         jsonb_build_object('role', ''), reason);
    RETURN reason;
END $$;

CREATE FUNCTION account.change_role(p_actor text, p_target bigint, p_role text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    reason text := account.refusal(p_actor, 'security_admin', p_target);
    target record;
BEGIN
    SELECT u.role, u.officer_key, n.kind INTO target
    FROM parties_user u JOIN parties_unit n ON n.code = u.unit_id WHERE u.id = p_target FOR UPDATE OF u;
    reason := coalesce(reason, CASE
        WHEN NOT p_role = ANY ('{"",clerk,credit_office,system_admin,security_admin,auditor}') THEN 'role_unknown'
        WHEN p_role NOT IN ('', 'clerk') AND target.kind <> 'credit_office' THEN 'role_not_of_unit'
        WHEN p_role <> '' AND target.officer_key IS NULL THEN 'officer_number_needed' END);
    IF reason IS NULL THEN
        UPDATE parties_user SET role = p_role WHERE parties_user.id = p_target;
        PERFORM account.drop_sessions(p_target);
    END IF;
    PERFORM account.note(p_actor, 'change_role', p_target::text, jsonb_build_object('role', target.role),
                         jsonb_build_object('role', p_role), reason);
    RETURN reason;
END $$;

CREATE FUNCTION account.end_sessions(p_actor text, p_target bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    reason text := account.refusal(p_actor, 'security_admin', p_target);
    ended integer := 0;
BEGIN
    IF reason IS NULL THEN
        ended := account.drop_sessions(p_target);
    END IF;
    PERFORM account.note(p_actor, 'end_sessions', p_target::text, NULL, jsonb_build_object('sessions', ended), reason);
    RETURN reason;
END $$;

-- p_keys: under which keys of the shared cache the attempts on this account are counted.
CREATE FUNCTION account.unlock(p_actor text, p_target bigint, p_keys text[]) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    reason text := account.refusal(p_actor, 'security_admin', p_target);
BEGIN
    IF reason IS NULL THEN
        DELETE FROM shared_cache c WHERE c.cache_key = ANY (p_keys);
    END IF;
    PERFORM account.note(p_actor, 'unlock', p_target::text, NULL, NULL, reason);
    RETURN reason;
END $$;

-- A citizen whom the identity provider has recognised. p_number_key: the keyed digest of the ID number; the
-- account is bound to the subject of that number, if there is one. A new or changed bond leaves an entry.
CREATE FUNCTION account.register_citizen(
    p_provider text, p_uid text, p_number_key bytea, p_name text
) RETURNS TABLE (refusal text, id bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    subject uuid;
    known parties_user;
    fresh boolean := false;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(p_provider || ' ' || p_uid, 0));
    SELECT i.subject_id INTO subject FROM subjects_identifier i WHERE i.kind = 'id_number' AND i.key = p_number_key;
    SELECT u.* INTO known FROM socialaccount_socialaccount s JOIN parties_user u ON u.id = s.user_id
    WHERE s.provider = p_provider AND s.uid = p_uid;
    IF known.id IS NOT NULL AND (
        known.kind <> 'citizen'
        OR known.subject_id IS NOT NULL AND subject IS NOT NULL AND NOT subject = ANY (gate.cluster(known.subject_id))
    ) THEN
        RETURN QUERY SELECT 'other_person', NULL::bigint;
        RETURN;
    END IF;
    IF known.id IS NULL THEN
        SELECT u.* INTO known FROM parties_user u
        WHERE u.kind = 'citizen' AND subject IS NOT NULL AND u.subject_id = ANY (gate.cluster(subject))
        ORDER BY u.id LIMIT 1;
        IF known.id IS NULL THEN
            INSERT INTO parties_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
                                      date_joined, kind, role, subject_id, display_name, phone, notify_email,
                                      starter_password)
            VALUES ('!' || replace(gen_random_uuid()::text, '-', ''), false,
                    'c-' || replace(gen_random_uuid()::text, '-', ''), '', '', '', false, true, clock_timestamp(),
                    'citizen', '', subject, p_name, '', true, false)
            RETURNING * INTO known;
        END IF;
        INSERT INTO socialaccount_socialaccount (user_id, provider, uid, last_login, date_joined, extra_data)
        VALUES (known.id, p_provider, p_uid, clock_timestamp(), clock_timestamp(), '{}');
        fresh := true;
    END IF;
    IF known.subject_id IS NULL AND subject IS NOT NULL THEN
        UPDATE parties_user SET subject_id = subject WHERE parties_user.id = known.id;
        fresh := true;
    END IF;
    IF fresh THEN
        PERFORM ledger.append('citizen', known.id::text, coalesce(nullif(known.display_name, ''), known.username), NULL,
                              subject, CASE WHEN subject IS NOT NULL THEN 'person' END, 'self_registration', NULL, NULL,
                              'done', NULL, 0);
    END IF;
    RETURN QUERY SELECT NULL::text, known.id;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA account FROM PUBLIC;
