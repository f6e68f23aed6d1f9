-- What is open to everyone: organisations' open records while their display period runs. Never a person's.
CREATE SCHEMA open;

-- The definition, in one place. Not granted to anybody: see open.record and open.listing.
CREATE VIEW open.shown AS
SELECT r.subject_id, r.id, r.version, r.item_id, r.edition, r.polarity, r.status, r.decided_on, r.document_no,
       r.authority, r.display, r.display_class, r.display_version, r.in_force, r.content, r.source_unit,
       r.delivery_id, r.recorded_at,
       o.name AS organisation_name, o.uscc, o.kind AS organisation_kind, o.area_code
FROM records_record r
JOIN subjects_organisation o ON o.subject_id = r.subject_id
WHERE r.superseded_at IS NULL
  AND r.disclosure = 'open'
  AND r.status IN ('current', 'disputed')
  AND r.display @> (now() AT TIME ZONE 'Asia/Shanghai')::date;

CREATE VIEW open.record WITH (security_barrier) AS SELECT * FROM open.shown;

-- One item's open records, newest decision first, from before (p_before, p_before_id). A function, because the
-- barrier keeps the planner from reading the index in order for an ORDER BY ... LIMIT outside the view.
CREATE FUNCTION open.listing(
    p_item text, p_subjects uuid[], p_name text, p_authority text, p_area text, p_first date, p_last date,
    p_before date, p_before_id uuid, p_limit integer
) RETURNS SETOF open.record
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    RETURN QUERY
    SELECT * FROM open.shown s
    WHERE s.item_id = p_item
      AND (p_subjects IS NULL OR s.subject_id = ANY (p_subjects))
      AND (p_name IS NULL OR s.organisation_name LIKE p_name)
      AND (p_authority IS NULL OR s.authority LIKE p_authority)
      AND (p_area IS NULL OR s.area_code LIKE p_area)
      AND (p_first IS NULL OR s.decided_on >= p_first)
      AND (p_last IS NULL OR s.decided_on <= p_last)
      AND (p_before IS NULL OR (s.decided_on, s.id) < (p_before, p_before_id))
    ORDER BY s.decided_on DESC, s.id DESC
    LIMIT least(p_limit, 5000);
END $$;
REVOKE ALL ON FUNCTION open.listing FROM PUBLIC;

CREATE VIEW open.organisation_identifier WITH (security_barrier) AS
SELECT i.subject_id, i.kind, i.value
FROM subjects_identifier i
JOIN subjects_organisation o ON o.subject_id = i.subject_id
WHERE i.value IS NOT NULL;
