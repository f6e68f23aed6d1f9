-- What the sealer writes only grows: a tile keeps its beginning, a key's dates are set once, a handing-over stays.
CREATE FUNCTION ledger.tile_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.level, NEW.number) = (OLD.level, OLD.number)
       AND substr(NEW.hashes, 1, length(OLD.hashes)) = OLD.hashes THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'ledger_tile only grows' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION ledger.key_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.until IS NULL AND (NEW.key_id, NEW.name, NEW.algorithm, NEW.public, NEW.since,
       NEW.from_size, NEW.statement) = (OLD.key_id, OLD.name, OLD.algorithm, OLD.public, OLD.since, OLD.from_size,
       OLD.statement) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'ledger_signingkey is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION ledger.state_advances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.size >= OLD.size AND (NEW.size > OLD.size OR NEW.root = OLD.root) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the sealed ledger never shrinks' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER grows BEFORE UPDATE OR DELETE ON ledger_tile FOR EACH ROW EXECUTE FUNCTION ledger.tile_grows();
CREATE TRIGGER ends BEFORE UPDATE OR DELETE ON ledger_signingkey FOR EACH ROW EXECUTE FUNCTION ledger.key_ends();
CREATE TRIGGER advances BEFORE UPDATE OR DELETE ON ledger_state FOR EACH ROW EXECUTE FUNCTION ledger.state_advances();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_witness FOR EACH ROW EXECUTE FUNCTION append_only();

-- The commitments of neighbouring leaves, and nothing else of their entries: 32 bytes each, in order.
CREATE FUNCTION ledger.leaf_bundle(p_from bigint, p_to bigint) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT string_agg(e.commitment, ''::bytea ORDER BY l.index)
    FROM ledger_leaf l JOIN ledger_entry e ON e.id = l.entry_id
    WHERE l.index >= p_from AND l.index < least(p_to, p_from + 256)
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
