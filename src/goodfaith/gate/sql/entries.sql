-- Entries go through the ledger's own function, which commits to them and queues them for sealing.
CREATE OR REPLACE FUNCTION gate.write_entry(
    p_kind text, p_id text, p_name text, p_unit text, p_subject uuid, p_subject_kind text, p_purpose text,
    p_case text, p_items text[], p_outcome text, p_refusal text, p_records integer
) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT ledger.append(p_kind, p_id, p_name, p_unit, p_subject, p_subject_kind, p_purpose, p_case, p_items,
                         p_outcome, p_refusal, p_records)
$$;
