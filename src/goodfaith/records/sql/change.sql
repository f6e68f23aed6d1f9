-- Tells whether anything that is open to everyone may have changed since one last looked: the sum over the shards
-- grows with every transaction that writes records, organisations or judgements, and becomes visible with its commit.
-- Sixty-four rows, so that two deliveries at once do not wait for each other's counter.
CREATE TABLE records_change (shard smallint PRIMARY KEY, n bigint NOT NULL DEFAULT 0) WITH (fillfactor = 50);
INSERT INTO records_change SELECT generate_series(0, 63);

CREATE FUNCTION records_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE records_change SET n = n + 1 WHERE shard = pg_backend_pid() % 64;
    RETURN NULL;
END $$;

CREATE TRIGGER records_changed AFTER INSERT OR UPDATE ON records_record
    FOR EACH STATEMENT EXECUTE FUNCTION records_changed();
CREATE TRIGGER records_changed AFTER INSERT OR UPDATE ON subjects_organisation
    FOR EACH STATEMENT EXECUTE FUNCTION records_changed();
CREATE TRIGGER records_changed AFTER INSERT ON law_packload
    FOR EACH STATEMENT EXECUTE FUNCTION records_changed();
CREATE TRIGGER records_changed AFTER INSERT OR UPDATE ON subjects_judgement
    FOR EACH STATEMENT EXECUTE FUNCTION records_changed();
