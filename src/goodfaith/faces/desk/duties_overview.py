"""The ledger seen by unit × state, and by time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.duties import queries
from goodfaith.duties.views import BUCKETS, AssignmentRow, DocumentRow, MatrixRow
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.duties import SORTS, modes
from goodfaith.faces.desk.duties_access import duties, page_of
from goodfaith.faces.desk.work_words import short_unit
from goodfaith.faces.parts.units import unit_choices

MONTHS = 12
MOST = 400
"""Lines of the timeline at once."""


def _document(request: HttpRequest) -> int | None:
    text = request.GET.get("document", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


# -- unit × state ------------------------------------------------------------------------------------------
@duties()
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Each cell opens its list."""
    acting, document = acting_of(request), _document(request)
    rows = queries.matrix(acting, document=document)
    used = [code for code in BUCKETS if any(row.counts[code] for row in rows)]
    return page_of(
        request,
        "matrix",
        "duties",
        heads=[(code, words.state_name(code)) for code in used],
        lines=[_line(row, used, document) for row in rows],
        totals=[sum(row.counts[code] for row in rows) for code in used],
        total=sum(row.total for row in rows),
        documents=queries.documents(acting, step="adopted"),
        document=document,
        modes=modes(request, "matrix"),
    )


def _line(row: MatrixRow, used: Iterable[str], document: int | None) -> dict[str, Any]:
    base = f"{reverse('desk:duties')}?view=all" + (f"&document={document}" if document else "")
    base += f"&unit={row.unit}" if row.unit else ""
    cells = [(row.counts[code], f"{base}&{_asks(code)}" if row.unit else "", code) for code in used]
    return {
        "name": short_unit(row.unit) if row.unit else _("统称或者名录以外的单位"), "cells": cells, "total": row.total,
        "url": base if row.unit else "",
    }  # fmt: skip


def _asks(bucket: str) -> str:
    return f"state={bucket}"


# -- by time -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Bar:
    """Months of one line: empty ones, those of the bar, those after. ``kind``: order, waiting, restraint, action."""

    one: AssignmentRow
    before: int
    length: int
    after: int
    kind: str
    open_end: bool
    words: str


@duties()
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    """A year of the ledger: each assignment from its adoption to its day."""
    acting, document, today = acting_of(request), _document(request), clock.today()
    year = _year(request, today)
    unit = request.GET.get("unit", "") if request.GET.get("unit", "") in dict(unit_choices()) else ""
    found = queries.duties(acting, document=document, unit=unit)
    starts = {one.id: one.adopted_at.astimezone(clock.CHINA).date() for one in queries.documents(acting, step="adopted")
              if one.adopted_at}  # fmt: skip
    bars = [bar for one in found if (bar := _bar(one, year, today, starts)) is not None]
    documents = queries.documents(acting, step="adopted")
    points = queries.timeline(
        acting, dt.date(year, 1, 1), dt.date(year + 1, 1, 1), document=document, unit=unit or None
    )
    return page_of(
        request,
        "timeline",
        "duties",
        groups=_groups(bars[:MOST], documents),
        months=range(1, MONTHS + 1),
        year=year,
        now=today.month if today.year == year else 0,
        units=unit_choices(),
        unit=unit,
        documents=documents,
        document=document,
        due=_by_month(points),
        left=max(0, len(bars) - MOST),
        modes=modes(request, "timeline"),
        previous_year=year - 1,
        next_year=year + 1,
    )


def _year(request: HttpRequest, today: dt.date) -> int:
    text = request.GET.get("year", "")
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= today.year + 20 else today.year


def _bar(one: AssignmentRow, year: int, today: dt.date, starts: dict[int, dt.date]) -> Bar | None:
    """From the adoption (for a yearly one the year before its day) to the day it is due or was closed."""
    first = starts.get(one.document_id, today)
    if one.period and one.due_on:
        first = max(first, one.due_on.replace(year=one.due_on.year - 1, day=min(one.due_on.day, 28)))
    last = one.due_on or dt.date.max
    if one.closed_at is not None:
        last = max(first, min(last, one.closed_at.astimezone(clock.CHINA).date()))
    elif one.overdue:
        last = today
    if first.year > year or last.year < year:
        return None
    begin = first.month if first.year == year else 1
    end = max(begin, last.month if last.year == year else MONTHS)
    kind = words.STEP_TAGS["overdue" if one.overdue else one.step]
    open_end = one.due_on is None and one.closed_at is None
    return Bar(one, begin - 1, end - begin + 1, MONTHS - end, kind, open_end, _said(one, year))


def _said(one: AssignmentRow, year: int) -> str:
    """State and day; of another year the year with it."""
    said = words.state_name("overdue" if one.overdue else one.step)
    if one.due_on is None:
        return said
    short = f"{one.due_on.month}.{one.due_on.day}"
    return f"{said} {short if one.due_on.year == year else f'{one.due_on.year}.{short}'}"


def _groups(bars: Iterable[Bar], documents: Iterable[DocumentRow]) -> list[tuple[DocumentRow, list[Bar]]]:
    """The lines of each document, by their day."""
    by_document: dict[int, list[Bar]] = {}
    for bar in bars:
        by_document.setdefault(bar.one.document_id, []).append(bar)
    return [
        (one, sorted(by_document[one.id], key=lambda bar: SORTS["due"](bar.one)))
        for one in documents
        if one.id in by_document
    ]


def _by_month(points: Iterable[Any]) -> list[int]:
    due = {point.month.month: point.due for point in points}
    return [due.get(month, 0) for month in range(1, MONTHS + 1)]
