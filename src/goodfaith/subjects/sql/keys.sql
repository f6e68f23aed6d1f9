-- A subject's key is never deleted and never comes back. It may be wrapped anew, or erased with the statute that orders
-- it. It is not erased while something of the subject stands outside it: that would be erasure in name only.
CREATE FUNCTION subjects_key_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'keys are erased, not deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (NEW.subject_id, NEW.number, NEW.made_at) IS DISTINCT FROM (OLD.subject_id, OLD.number, OLD.made_at)
       OR OLD.wrapped IS NULL THEN
        RAISE EXCEPTION 'an erased key stays erased' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.wrapped IS NULL AND subjects_outside_key(NEW.subject_id) THEN
        RAISE EXCEPTION 'values of this subject are not under its key' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- Suite bytes 1 and 2: sealed under the installation's key, before subjects had their own.
CREATE FUNCTION subjects_outside_key(p_subject uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM subjects_person p WHERE p.subject_id = p_subject AND get_byte(p.name_sealed, 0) < 3)
        OR EXISTS (SELECT FROM subjects_identifier i WHERE i.subject_id = p_subject AND get_byte(i.sealed, 0) < 3)
        OR EXISTS (SELECT FROM records_record r WHERE r.subject_id = p_subject AND get_byte(r.sealed, 0) < 3)
$$;

CREATE TRIGGER subjects_key_guard BEFORE UPDATE OR DELETE ON subjects_key
    FOR EACH ROW EXECUTE FUNCTION subjects_key_guard();
