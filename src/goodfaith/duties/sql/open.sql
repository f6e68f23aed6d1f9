-- What everybody may read: open clauses of adopted documents, with who, by when, how far, and what was done and
-- accepted. Of clauses that are given on request only their number is told; those shared between offices are not in it.
CREATE VIEW open.duty WITH (security_barrier) AS
SELECT s.id, s.duty_id, d.number, d.document_id, d.place, d.plan, d.chapter, d.section, d.clause_no, d.title, d.text,
       d.mode, d.due_kind, d.due_yearly, d.ended_on, s.period, s.line, s.due_on, s.step,
       (s.closed_at AT TIME ZONE 'Asia/Shanghai')::date AS closed_on,
       s.part, s.written, s.unit, coalesce(u.name, s.full_name) AS unit_name,
       s.due_on IS NOT NULL AND s.step NOT IN ('reported', 'accepted', 'ended')
           AND s.due_on < (now() AT TIME ZONE 'Asia/Shanghai')::date AS overdue,
       r.text AS done, (r.at AT TIME ZONE 'Asia/Shanghai')::date AS done_on
FROM duties_standing((now() AT TIME ZONE 'Asia/Shanghai')::date) s
JOIN duties_duty d ON d.id = s.duty_id AND d.disclosure = 'open'
JOIN duties_document o ON o.id = d.document_id AND o.step = 'adopted'
LEFT JOIN parties_unit u ON u.code = s.unit
LEFT JOIN LATERAL (
    SELECT e.text, e.at FROM duties_event e
    WHERE e.procedure = 'assignment' AND e.object_id = s.id::text AND e.act = 'report'
      AND EXISTS (SELECT FROM duties_event a WHERE a.procedure = 'assignment' AND a.object_id = e.object_id
                  AND a.act IN ('accept', 'go_on') AND a.id > e.id
                  AND NOT EXISTS (SELECT FROM duties_event b WHERE b.procedure = 'assignment' AND b.object_id = e.object_id
                                  AND b.act IN ('report', 'return') AND b.id > e.id AND b.id < a.id))
    ORDER BY e.id DESC LIMIT 1) r ON true;

CREATE VIEW open.duty_participant WITH (security_barrier) AS
SELECT l.duty_id, l.line, l.written, l.full AS full_name, l.unit_id AS unit, coalesce(u.name, l.full) AS unit_name
FROM duties_dutyunit l
JOIN duties_duty d ON d.id = l.duty_id AND d.disclosure = 'open'
JOIN duties_document o ON o.id = d.document_id AND o.step = 'adopted'
LEFT JOIN parties_unit u ON u.code = l.unit_id
WHERE l.part = 'participating' AND l.since <= (now() AT TIME ZONE 'Asia/Shanghai')::date
  AND (l.until IS NULL OR l.until > (now() AT TIME ZONE 'Asia/Shanghai')::date);

CREATE VIEW open.duty_document WITH (security_barrier) AS
SELECT o.id, o.title, o.doc_no, o.issuer, o.signed, (o.adopted_at AT TIME ZONE 'Asia/Shanghai')::date AS adopted_on,
       count(*) FILTER (WHERE d.disclosure = 'open') AS duties,
       count(*) FILTER (WHERE d.disclosure = 'on_request') AS on_request
FROM duties_document o JOIN duties_duty d ON d.document_id = o.id
WHERE o.step = 'adopted' GROUP BY o.id HAVING count(*) FILTER (WHERE d.disclosure = 'open') > 0;

CREATE VIEW open.duty_question WITH (security_barrier) AS
SELECT q.duty_id, q.shown_question AS question, q.shown_answer AS answer, coalesce(u.name, '') AS unit_name,
       (q.answered_at AT TIME ZONE 'Asia/Shanghai')::date AS answered_on
FROM duties_question q
JOIN duties_duty d ON d.id = q.duty_id AND d.disclosure = 'open'
JOIN duties_document o ON o.id = d.document_id AND o.step = 'adopted'
LEFT JOIN parties_unit u ON u.code = q.unit_id
WHERE q.shown_question IS NOT NULL AND q.may_publish;

CREATE VIEW open.campaign WITH (security_barrier) AS
SELECT c.id, c.code, c.year, c.title, c.first, c.last, coalesce(u.name, '') AS unit_name, c.plan, c.report,
       (c.reported_at AT TIME ZONE 'Asia/Shanghai')::date AS reported_on, c.cancelled_at IS NOT NULL AS cancelled, c.why_cancelled
FROM duties_campaign c LEFT JOIN parties_unit u ON u.code = c.unit_id
WHERE c.disclosure = 'open' AND c.planned_at IS NOT NULL;

CREATE VIEW open.campaign_material WITH (security_barrier) AS
SELECT m.id, m.campaign_id, m.use, m.kind, m.title, m.text, m.url, p.id AS paper_id, p.name AS file_name, p.media, p.size,
       (m.at AT TIME ZONE 'Asia/Shanghai')::date AS added_on
FROM duties_material m
JOIN duties_campaign c ON c.id = m.campaign_id AND c.disclosure = 'open' AND c.planned_at IS NOT NULL AND c.cancelled_at IS NULL
LEFT JOIN duties_paper p ON p.id = m.paper_id
WHERE m.disclosure = 'open' AND m.withdrawn_at IS NULL;
