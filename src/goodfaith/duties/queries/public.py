"""What everybody may read, from the views of the schema ``open`` and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from goodfaith.duties import views
from goodfaith.duties.actions.acts import unknown
from goodfaith.duties.models import Paper
from goodfaith.duties.queries.ledger import File
from goodfaith.duties.queries.rows import fetched
from goodfaith.duties.shapes import Due

DOCUMENTS = """
    SELECT id, title, doc_no, issuer, signed, adopted_on, duties, on_request FROM open.duty_document
    WHERE %(id)s::bigint IS NULL OR id = %(id)s ORDER BY adopted_on DESC, id DESC
"""
DUTIES = """
    SELECT duty_id, number, document_id, place, plan, chapter, section, clause_no, title, text, mode,
           due_kind, due_yearly, ended_on, id, part, unit_name, written, period, due_on, step, closed_on, overdue,
           coalesce(done, ''), done_on
    FROM open.duty
    WHERE (%(document)s::bigint IS NULL OR document_id = %(document)s)
      AND (%(duty)s::uuid IS NULL OR duty_id = %(duty)s)
    ORDER BY document_id, place, period DESC, line
"""
PARTICIPANTS = """
    SELECT p.duty_id, p.unit_name FROM open.duty_participant p
    WHERE p.duty_id = ANY (%(duties)s) ORDER BY p.duty_id, p.line
"""
HEAD = 14
"""The columns of the duty; the rest are the assignment's."""


def public_documents() -> list[views.PublicDocument]:
    """Adopted documents with open clauses, newest first."""
    return [views.PublicDocument(*row) for row in fetched(DOCUMENTS, {"id": None})]


def public_document(document_id: int) -> tuple[views.PublicDocument, list[views.PublicDuty]]:
    """One of them with its open clauses; Problem (404)."""
    found = fetched(DOCUMENTS, {"id": document_id})
    if not found:
        raise unknown()
    return views.PublicDocument(*found[0]), _duties(document=document_id)


def public_duty(duty_id: UUID) -> views.PublicDuty:
    """One open clause with its published questions; Problem (404)."""
    found = _duties(duty=duty_id, with_questions=True)
    if not found:
        raise unknown()
    return found[0]


def _duties(
    *, document: int | None = None, duty: UUID | None = None, with_questions: bool = False
) -> list[views.PublicDuty]:
    grouped: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in fetched(DUTIES, {"document": document, "duty": duty}):
        grouped.setdefault(row[0], []).append(row)
    others: dict[UUID, list[str]] = {}
    for key, name in fetched(PARTICIPANTS, {"duties": list(grouped)}):
        others.setdefault(key, []).append(name)
    asked = {key: public_questions(key) for key in grouped} if with_questions else {}
    return [_duty(found, tuple(others.get(key, ())), asked.get(key, ())) for key, found in grouped.items()]


def _duty(
    found: list[tuple[Any, ...]], participants: tuple[str, ...], questions: tuple[views.PublicQuestion, ...]
) -> views.PublicDuty:
    *head, kind, yearly, ended_on = found[0][:HEAD]
    on = found[0][HEAD + 5] if kind == "on" else None
    assignments = tuple(views.PublicAssignment(*row[HEAD:]) for row in found)
    return views.PublicDuty(*(*head, Due(kind, on, yearly), ended_on, assignments, participants, questions))


def public_questions(duty_id: UUID) -> tuple[views.PublicQuestion, ...]:
    """Published questions about an open duty, newest first."""
    statement = (
        "SELECT question, answer, unit_name, answered_on FROM open.duty_question WHERE duty_id = %(duty)s"
        " ORDER BY answered_on DESC"
    )
    return tuple(views.PublicQuestion(*row) for row in fetched(statement, {"duty": duty_id}))


FEED = """
    SELECT c.id, c.code, c.year, c.title, c.first, c.last, c.unit_name, c.plan, c.report, c.reported_on, c.cancelled,
           c.why_cancelled
    FROM open.campaign c WHERE c.last >= %(since)s AND c.first < %(until)s ORDER BY c.first, c.title
"""
FEED_NAMES = (
    "id",
    "code",
    "year",
    "title",
    "first",
    "last",
    "organiser",
    "plan",
    "report",
    "reported_on",
    "cancelled",
    "reason",
)
MATERIALS = """
    SELECT m.campaign_id, m.id, m.use, m.kind, m.title, m.text, m.url, m.file_name, m.media, m.size, m.added_on
    FROM open.campaign_material m WHERE m.campaign_id = ANY (%(campaigns)s) ORDER BY m.added_on, m.id
"""
MATERIAL_NAMES = ("id", "use", "kind", "title", "text", "url", "file_name", "media", "size", "added_on")


def campaign_feed(since: dt.date, until: dt.date) -> list[dict[str, Any]]:
    """Open, planned campaigns that touch [since, until), as JSON values (days as ISO texts), with open materials."""
    found = [
        _jsonable(dict(zip(FEED_NAMES, row, strict=True))) for row in fetched(FEED, {"since": since, "until": until})
    ]
    materials: dict[str, list[dict[str, Any]]] = {}
    for campaign, *row in fetched(MATERIALS, {"campaigns": [UUID(one["id"]) for one in found]}):
        made = {name: value for name, value in zip(MATERIAL_NAMES, row, strict=True) if value not in (None, "")}
        materials.setdefault(str(campaign), []).append(_jsonable(made))
    return [{**one, "materials": materials.get(one["id"], [])} for one in found]


def _jsonable(raw: dict[str, Any]) -> dict[str, Any]:
    plain = {name: str(value) if isinstance(value, UUID) else value for name, value in raw.items()}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in plain.items()}


def public_material(material_id: UUID) -> File:
    """The file of an open material; Problem (404)."""
    found = fetched(
        "SELECT paper_id FROM open.campaign_material WHERE id = %(id)s AND kind = 'file'", {"id": material_id}
    )
    paper = Paper.objects.filter(pk=found[0][0]).first() if found else None
    if paper is None:
        raise unknown()
    return File(paper.name, paper.media, bytes(paper.data))
