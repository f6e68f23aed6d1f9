-- What stood with accepted progress of an open clause. The class that holds is the narrower of the piece's and the
-- clause's at the moment of reading: a clause that is narrowed takes its files with it.
CREATE FUNCTION duties_stood_accepted(p_assignment uuid, p_at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM duties_event a WHERE a.procedure = 'assignment' AND a.object_id = p_assignment::text
                   AND a.act IN ('accept', 'go_on') AND a.at >= p_at)
$$;

CREATE VIEW open.duty_evidence WITH (security_barrier) AS
SELECT e.id, e.duty_id, d.document_id, e.kind, e.title, coalesce(u.name, '') AS unit_name,
       (e.at AT TIME ZONE 'Asia/Shanghai')::date AS added_on, e.url, e.figure, e.value, e.inputs,
       p.id AS paper_id, p.media, p.size, p.sha256
FROM duties_evidence e
JOIN duties_duty d ON d.id = e.duty_id AND d.disclosure = 'open'
JOIN duties_document o ON o.id = d.document_id AND o.step = 'adopted'
LEFT JOIN parties_unit u ON u.code = e.unit
LEFT JOIN duties_paper p ON p.id = e.paper_id
WHERE e.disclosure = 'open' AND duties_stood_accepted(e.assignment_id, e.at);

-- The rest: files that may be asked for by their names, of everything else no more than that it is there.
CREATE VIEW open.duty_evidence_closed WITH (security_barrier) AS
SELECT e.duty_id, e.kind, e.disclosure,
       CASE WHEN f.named THEN e.title END AS title,
       CASE WHEN f.named THEN coalesce(u.name, '') END AS unit_name,
       CASE WHEN f.named THEN (e.at AT TIME ZONE 'Asia/Shanghai')::date END AS added_on
FROM duties_evidence e
JOIN duties_duty d ON d.id = e.duty_id AND d.disclosure = 'open'
JOIN duties_document o ON o.id = d.document_id AND o.step = 'adopted'
CROSS JOIN LATERAL (SELECT e.disclosure = 'on_request' AND e.kind = 'file' AS named) f
LEFT JOIN parties_unit u ON u.code = e.unit
WHERE e.disclosure <> 'open' AND duties_stood_accepted(e.assignment_id, e.at);
