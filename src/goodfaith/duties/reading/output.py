"""A document as the JSON that ``goodfaith duties read --json`` prints and other programs take."""

from __future__ import annotations

import datetime as dt
from typing import Any

from goodfaith.duties.reading.shapes import Clause, Deadline, Document, Doubt, Header, Place, Plan, Task, Yearly


def as_json(document: Document) -> dict[str, Any]:
    """``{"document": {…}, "plans": [{"title", "tasks": [{…}], "without_note": [{…}]}]}``; dates as ISO texts."""
    head = _header(document.header) | {"uncertain": _doubts(document.doubts)}
    return {"document": head, "plans": [_plan(plan) for plan in document.plans]}


def deadline_as_json(deadline: Deadline) -> str | dict[str, str] | None:
    """``"2018-06-30"``, ``"ongoing"``, ``{"yearly": "12-30"}`` or ``None``."""
    if isinstance(deadline, dt.date):
        return deadline.isoformat()
    if isinstance(deadline, Yearly):
        return {"yearly": deadline.month_day}
    return deadline


def _header(header: Header) -> dict[str, Any]:
    return {
        "title": header.title,
        "doc_no": header.doc_no,
        "issuer": header.issuer,
        "signed": deadline_as_json(header.signed),
        "printed": deadline_as_json(header.printed),
        "addressees": list(header.addressees),
        "cites": [{"title": cited.title, "doc_no": cited.doc_no} for cited in header.cites],
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "tasks": [_task(task) for task in plan.tasks],
        "without_note": [_clause(clause) for clause in plan.without_note],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"chapter": place.chapter, "section": place.section, "clause": place.clause, "title": place.title}


def _task(task: Task) -> dict[str, Any]:
    return _place(task.place) | {
        "mode": task.mode,
        "lead_units": list(task.lead.names),
        "participating_units": list(task.participating.names),
        "lead_units_full": list(task.lead.full),
        "participating_units_full": list(task.participating.full),
        "deadline": deadline_as_json(task.deadline),
        "note": task.note,
        "open_ended": task.open_ended,
        "text": task.text,
        "uncertain": _doubts(task.doubts),
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return _place(clause.place) | {"deadline": deadline_as_json(clause.deadline), "text": clause.text}


def _doubts(doubts: tuple[Doubt, ...]) -> list[dict[str, Any]]:
    return [
        {"code": one.code, "what": one.what, "line": one.line, "offset": one.span[0], "words": one.words}
        for one in doubts
    ]
