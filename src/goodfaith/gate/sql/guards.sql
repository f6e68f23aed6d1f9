-- What may change in the gate's own tables: one transition each, and never back. Nothing is deleted.

-- The first argument is a column that goes from null to a value, once; the others may change with it.
CREATE FUNCTION gate.once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    later jsonb := to_jsonb(NEW);
BEGIN
    IF before ->> TG_ARGV[0] IS NOT NULL OR later ->> TG_ARGV[0] IS NULL
       OR before - TG_ARGV::text[] IS DISTINCT FROM later - TG_ARGV::text[] THEN
        RAISE EXCEPTION '% is not changed but by its one transition', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

-- A limited consent counts its uses one by one, and only while it stands.
CREATE FUNCTION gate.counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.used <> OLD.used + 1
       OR to_jsonb(OLD) - 'used' IS DISTINCT FROM to_jsonb(NEW) - 'used' THEN
        RAISE EXCEPTION 'a consent counts its uses one by one' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER once BEFORE UPDATE ON gate_consent FOR EACH ROW WHEN (NEW.used = OLD.used)
    EXECUTE FUNCTION gate.once('withdrawn_at');
CREATE TRIGGER counted BEFORE UPDATE ON gate_consent FOR EACH ROW WHEN (NEW.used <> OLD.used)
    EXECUTE FUNCTION gate.counted();
CREATE TRIGGER once BEFORE UPDATE ON gate_consentrequest FOR EACH ROW
    EXECUTE FUNCTION gate.once('answered_at', 'accepted');
CREATE TRIGGER once BEFORE UPDATE ON gate_hold FOR EACH ROW EXECUTE FUNCTION gate.once('lifted_at');
CREATE TRIGGER once BEFORE UPDATE ON gate_message FOR EACH ROW EXECUTE FUNCTION gate.once('read_at');

CREATE TRIGGER append_only BEFORE DELETE ON gate_consent FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON gate_consentrequest FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON gate_hold FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE DELETE ON gate_message FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON gate_delay FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON gate_trace FOR EACH ROW EXECUTE FUNCTION append_only();

-- Whose accounts are told of a look.
CREATE INDEX gate_account_of_subject ON parties_user (subject_id) WHERE subject_id IS NOT NULL;
