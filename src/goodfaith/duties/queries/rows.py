"""The rows that several queries share, and how they become views."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from goodfaith.duties import rules, views
from goodfaith.duties.models import Change, Document, Event, Evidence, Notice
from goodfaith.duties.shapes import Due
from goodfaith.duties.successions import followed
from goodfaith.parties.queries import unit_names

COLUMNS = """
    s.id, s.duty_id, d.number, s.document_id, o.title, d.title, d.disclosure, d.mode, s.line, s.part, s.unit,
    coalesce(u.name, s.full_name), s.written, s.period, d.due_kind, d.due_on, d.due_yearly, s.due_on, s.step,
    s.closed_at
"""
STANDING = f"""
    SELECT {COLUMNS}
    FROM duties_standing(%(today)s) s
    JOIN duties_duty d ON d.id = s.duty_id
    JOIN duties_document o ON o.id = d.document_id
    LEFT JOIN parties_unit u ON u.code = s.unit
"""  # noqa: S608 (constants only)
ORDER = " ORDER BY s.document_id, d.place, s.period, s.line"


def fetched(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """All rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def standing(today: dt.date, where: str = "", tail: str = ORDER, **parameters: Any) -> list[views.AssignmentRow]:
    """Assignments on a day; ``where`` and ``tail`` are constants of this package."""
    statement = f"{STANDING} {'WHERE ' + where if where else ''} {tail}"
    return [assignment(row, today) for row in fetched(statement, {"today": today, **parameters})]


def assignment(row: Sequence[Any], today: dt.date) -> views.AssignmentRow:
    """From :data:`COLUMNS`."""
    *head, kind, on, yearly, due_on, step, closed_at = row
    left = (due_on - today).days if due_on and step not in rules.CLOSED else None
    late = rules.overdue(due_on, step, today)
    return views.AssignmentRow(*(*head, Due(kind, on, yearly), due_on, step, closed_at, late, left))


def events(procedure: str, key: object) -> tuple[views.EventView, ...]:
    """What happened to one thing, in order."""
    return tuple(event(one) for one in Event.objects.filter(procedure=procedure, object_id=str(key)).order_by("id"))


def event(one: Event) -> views.EventView:
    """From its row."""
    plain = ("id", "at", "act", "frm", "to", "actor_kind", "actor_name", "unit", "text", "facts")
    return views.EventView(**{name: getattr(one, name) for name in plain})


def document_rows(found: Any) -> list[views.DocumentRow]:
    """Documents with their counts; ``found``: a queryset of them."""
    alive = Q(proposals__state__in=["pending", "accepted"])
    counted = found.defer("text", "reading").annotate(
        n=Count("proposals", filter=alive, distinct=True),
        waiting=Count("proposals", filter=Q(proposals__state="pending"), distinct=True),
        made=Count("duties", distinct=True),
    )
    return [_document(one) for one in counted]


def _document(one: Any) -> views.DocumentRow:
    return views.DocumentRow(
        one.pk, one.step, one.title, one.doc_no, one.issuer, one.signed, one.uploaded_at, one.uploaded_by_name,
        one.ready_by_name, one.adopted_at, one.adopted_by_name, one.n, one.waiting, one.made,
    )  # fmt: skip


def document_row(document_id: int) -> views.DocumentRow | None:
    """One document, if there is one."""
    return next(iter(document_rows(Document.objects.filter(pk=document_id))), None)


def notice(one: Notice, names: dict[str, str], today: dt.date) -> views.NoticeRow:
    """From its row."""
    late = one.step == "sent" and one.due_on < today
    return views.NoticeRow(
        one.pk, one.number, one.unit_id, names.get(one.unit_id, one.unit_id), one.asks, one.due_on, one.step,
        one.sent_at, one.sent_by_name, late, one.finding, one.closed_at,
    )  # fmt: skip


def notices(found: Iterable[Notice], today: dt.date) -> list[views.NoticeRow]:
    """From their rows."""
    names = unit_names()
    return [notice(one, names, today) for one in found]


def change(one: Change) -> views.ChangeView:
    """From its row (with ``duty`` selected)."""
    number, title = (one.duty.number, one.duty.title) if one.duty else ("", "")
    return views.ChangeView(
        one.pk, one.kind, one.duty_id, number, title, one.old_unit_id, one.new_unit_id, one.on, one.document_no,
        one.before, one.after, one.reason, one.state, one.asked_at, one.asked_by, one.asked_by_name, one.decided_at,
        one.decided_by_name, one.decision,
    )  # fmt: skip


def evidence(found: Any) -> tuple[views.EvidenceView, ...]:
    """Evidence without the files' bytes; ``found``: a queryset."""
    told = list(found.select_related("paper", "duty").defer("paper__data").order_by("at", "id"))
    now = {unit: followed([unit])[0] for unit in {one.unit for one in told if one.unit}}
    return tuple(_evidence(one, now.get(one.unit, "")) for one in told)


def _evidence(one: Evidence, held_by: str) -> views.EvidenceView:
    paper = one.paper
    return views.EvidenceView(
        one.pk, one.assignment_id, one.unit, one.kind, one.title, one.url, one.paper_id, paper.media if paper else "",
        paper.size if paper else 0, one.figure, one.value, one.inputs, one.at, one.by_name,
        rules.narrower(one.disclosure, one.duty.disclosure), one.cleared, one.cleared_at, one.cleared_by_name,
        held_by,
    )  # fmt: skip


def as_uuid(text: str) -> UUID | None:
    """The id that a text names, if it names one."""
    try:
        return UUID(text)
    except ValueError:
        return None
