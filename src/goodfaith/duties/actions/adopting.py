"""From accepted proposals to duties, their lines and first assignments. Called by ``do_adopt`` in its transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from goodfaith.common.ids import uuid7
from goodfaith.duties import rules
from goodfaith.duties.actions import acts
from goodfaith.duties.models import Document, Duty, DutyUnit, Proposal
from goodfaith.duties.shapes import Named, named

COPIED = (
    "plan", "chapter", "section", "title", "text", "note", "start", "end", "mode", "disclosure", "due_kind", "due_on",
    "due_yearly",
)  # fmt: skip


@dataclass
class Line:
    """A holder to be: several names of one unit are one line."""

    part: str
    written: str
    full: str
    kind: str
    unit: str | None


def adopt(document: Document, proposals: list[Proposal], at: dt.datetime) -> list[Duty]:
    """Make the rows; the duties in the order of the text."""
    today = acts.day(at)
    duties = [_duty(document, proposal, place, today) for place, proposal in enumerate(proposals, 1)]
    Duty.objects.bulk_create(duties)
    rows = [row for duty, proposal in zip(duties, proposals, strict=True) for row in _rows(duty, proposal, today)]
    DutyUnit.objects.bulk_create(rows)
    materialise(today, at, [duty.id for duty in duties])
    return duties


def _duty(document: Document, proposal: Proposal, place: int, today: dt.date) -> Duty:
    names = [named(raw) for raw in proposal.units]
    copied = {name: getattr(proposal, name) for name in COPIED}
    copied["title"] = copied["title"] or proposal.text.strip()[:60]
    return Duty(
        id=uuid7(), number=f"{document.pk}-{place}", document=document, proposal=proposal, place=place,
        clause_no=proposal.number, several_leads=rules.several_leads(proposal.mode, names), starts_on=today, **copied,
    )  # fmt: skip


def _rows(duty: Duty, proposal: Proposal, today: dt.date) -> Iterator[DutyUnit]:
    for number, line in enumerate(lines(named(raw) for raw in proposal.units), 1):
        yield DutyUnit(
            duty=duty, line=number, part=line.part, written=line.written[:200], full=line.full[:200], kind=line.kind,
            unit_id=line.unit, several=duty.several_leads, since=today,
        )  # fmt: skip


def lines(names: Iterable[Named]) -> list[Line]:
    """One line for each unit: a set is taken apart, a unit under two names stands once, a lead takes no second part."""
    found: list[Line] = []
    for one in names:
        for code in one.units or (None,):
            before = next((line for line in found if code is not None and line.unit == code), None)
            if before is None:
                found.append(Line(one.part, one.name, one.full, one.kind, code))
            elif one.name not in before.written.split("、"):
                before.written, before.full = f"{before.written}、{one.name}", f"{before.full}、{one.full}"
    return found


def materialise(today: dt.date, at: dt.datetime, duties: list[object] | None = None) -> int:
    """Make the rows of the assignments that there are by the dates; how many were new. Repeatable."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO duties_assignment (id, duty_id, line, period, due_on, step, opened_at)"
            " SELECT e.id, e.duty_id, e.line, e.period, e.due_on, 'assigned', %s FROM duties_expected(%s) e"
            " WHERE (%s::uuid[] IS NULL OR e.duty_id = ANY (%s::uuid[])) ON CONFLICT DO NOTHING",
            [at, today, duties, duties],
        )
        return int(cursor.rowcount)
