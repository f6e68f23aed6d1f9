-- What is open to everyone: organisations' open records while their display period runs. Never a person's.
CREATE SCHEMA open;

CREATE VIEW open.record WITH (security_barrier) AS
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

CREATE VIEW open.organisation_identifier WITH (security_barrier) AS
SELECT i.subject_id, i.kind, i.value
FROM subjects_identifier i
JOIN subjects_organisation o ON o.subject_id = i.subject_id
WHERE i.value IS NOT NULL;
