"""The ledger of duties: lists, one duty whole, a unit's board, reminders, changes, files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodfaith.common.acting import Acting
from goodfaith.common.clock import today as now_today
from goodfaith.common.procedure import OFFICE, SOURCE
from goodfaith.duties import views, who
from goodfaith.duties.actions.acts import unknown
from goodfaith.duties.models import Change, ClauseLink, Duty, DutyUnit, Event, Evidence, Paper, Reminder, WorkStep
from goodfaith.duties.procedures import PARTICIPANT
from goodfaith.duties.queries import rows
from goodfaith.duties.queries.asking import duty_questions
from goodfaith.duties.queries.documents import link_views
from goodfaith.duties.shapes import Due
from goodfaith.parties.queries import unit_names

CONDITIONS = {
    "document": "s.document_id = %(document)s",
    "unit": "s.unit = %(unit)s",
    "with_part": "EXISTS (SELECT FROM duties_dutyunit l WHERE l.duty_id = s.duty_id AND l.unit_id = %(with_part)s"
    " AND l.since <= %(today)s AND (l.until IS NULL OR l.until > %(today)s))",
    "step": "s.step = %(step)s",
    "due_from": "s.due_on >= %(due_from)s",
    "due_until": "s.due_on < %(due_until)s",
    "words": "(strpos(d.title, %(words)s) > 0 OR strpos(d.text, %(words)s) > 0 OR d.number = %(words)s)",
}
STATES = {
    "open": "s.closed_at IS NULL",
    "closed": "s.closed_at IS NOT NULL",
    "overdue": "s.closed_at IS NULL AND s.step <> 'reported' AND s.due_on < %(today)s",
    "waiting": "s.step = 'reported'",
}


def duties(
    acting: Acting,
    *,
    today: dt.date | None = None,
    state: str = "",
    limit: int | None = None,
    offset: int = 0,
    **filters: Any,
) -> list[views.AssignmentRow]:
    """Assignments in the order of documents. ``state``: open, closed, overdue, waiting (for the office). Filters:
    document, unit (holds it), with_part (holds it or takes part), step, due_from, due_until, words."""
    who.reader(acting)
    given = {name: value for name, value in filters.items() if value not in (None, "")}
    where = [CONDITIONS[name] for name in given] + ([STATES[state]] if state else [])
    tail = f"{rows.ORDER} LIMIT %(limit)s OFFSET %(offset)s"
    return rows.standing(today or now_today(), " AND ".join(where), tail, limit=limit, offset=max(offset, 0), **given)


def duty(acting: Acting, duty_id: UUID, today: dt.date | None = None) -> views.DutyView:
    """One duty whole; Problem ``duty_unknown`` (404)."""
    role, today = who.reader(acting), today or now_today()
    one = Duty.objects.filter(pk=duty_id).first()
    document = rows.document_row(one.document_id) if one else None
    if one is None or document is None:
        raise unknown()
    found = tuple(rows.standing(today, "s.duty_id = %(duty)s", duty=duty_id))
    lines = _lines(duty_id)
    parts, by_assignment = _parts(acting, role, found, lines, today)
    links = ClauseLink.objects.filter(later__proposals=one.proposal_id, state="confirmed")
    return views.DutyView(
        one.pk, one.number, document, one.place, one.plan, one.chapter, one.section, one.clause_no, one.title, one.text,
        one.note, (one.start, one.end), one.mode, one.disclosure,
        Due(one.due_kind, one.due_on, one.due_yearly),  # type: ignore[arg-type]
        one.starts_on, one.ended_on, found, lines, _work_steps(duty_id),
        tuple(map(rows.event, Event.objects.filter(duty=duty_id, procedure="assignment").order_by("id"))),
        rows.evidence(Evidence.objects.filter(duty=duty_id)),
        tuple(map(rows.change, Change.objects.filter(duty=duty_id).select_related("duty").order_by("id"))),
        tuple(rows.notices(one.notices.order_by("-sent_at"), today)), duty_questions(duty_id, today),
        tuple(link_views(links)), parts, by_assignment,
    )  # fmt: skip


def _lines(duty_id: UUID) -> tuple[views.LineView, ...]:
    names = unit_names()
    return tuple(
        views.LineView(
            one.line, one.part, one.written, one.full, one.kind, one.unit_id, names.get(one.unit_id or "", one.full),
            one.since, one.until, one.change_id,
        )
        for one in DutyUnit.objects.filter(duty=duty_id).order_by("line", "since", "id")
    )  # fmt: skip


def _work_steps(duty_id: UUID) -> dict[UUID, tuple[views.WorkStepView, ...]]:
    found: dict[UUID, tuple[views.WorkStepView, ...]] = {}
    steps = WorkStep.objects.filter(assignment__duty=duty_id, dropped_at=None).order_by("place", "id")
    for one in steps:
        view = views.WorkStepView(one.pk, one.place, one.title, one.due_on, one.done_at)
        found[one.assignment_id] = (*found.get(one.assignment_id, ()), view)
    return found


def _parts(
    acting: Acting, role: str, assignments: tuple[views.AssignmentRow, ...], lines: tuple[views.LineView, ...],
    today: dt.date,
) -> tuple[frozenset[str], dict[UUID, frozenset[str]]]:  # fmt: skip
    """What the reader is, for the duty and for each of its assignments; the same as ``actions`` finds."""
    whole = {OFFICE} if role == "credit_office" else set()
    works = role in ("clerk", "credit_office")
    mine = any(
        one.unit == acting.unit and one.since <= today and (one.until is None or one.until > today) for one in lines
    )
    whole |= {PARTICIPANT} if works and mine and acting.unit else set()
    found = {}
    for one in assignments:
        holds = works and one.unit is not None and one.unit == acting.unit
        kept = role == "credit_office" and one.unit is None
        found[one.id] = frozenset(whole | ({SOURCE} if holds or kept else set()))
    return frozenset(whole), found


@dataclass(frozen=True)
class UnitBoard:
    """What a unit has before it: its own running assignments, those it takes part in, reminders, notices, questions."""

    own: tuple[views.AssignmentRow, ...]
    taking_part: tuple[views.AssignmentRow, ...]
    reminders: tuple[views.ReminderView, ...]
    notices: tuple[views.NoticeRow, ...]
    questions: tuple[views.QuestionView, ...]


def board(acting: Acting, today: dt.date | None = None) -> UnitBoard:
    """The actor's own unit's board."""
    from goodfaith.duties.queries.asking import unit_questions
    from goodfaith.duties.queries.supervision import notices

    who.reader(acting)
    today, unit = today or now_today(), acting.unit or ""
    running = duties(acting, today=today, state="open", with_part=unit)
    own = tuple(one for one in running if one.unit == unit)
    return UnitBoard(
        own, tuple(one for one in running if one.unit != unit), reminders(acting, own),
        tuple(notices(acting, state="open", unit=unit, today=today)), tuple(unit_questions(acting, today=today)),
    )  # fmt: skip


def reminders(acting: Acting, own: tuple[views.AssignmentRow, ...]) -> tuple[views.ReminderView, ...]:
    """The latest reminder of each kind about these assignments of the actor's unit."""
    known = {one.id: one for one in own}
    latest = (
        Reminder.objects.filter(unit=acting.unit, assignment__in=list(known))
        .order_by("assignment", "kind", "-on")
        .distinct("assignment", "kind")
    )
    found = [views.ReminderView(known[one.assignment], one.kind, one.on) for one in latest]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def changes(acting: Acting, *, state: str = "asked") -> list[views.ChangeView]:
    """Changes of all duties and successions, newest first; ``state``: asked, approved, refused, or "" for all."""
    who.reader(acting)
    found = Change.objects.filter(state=state) if state else Change.objects.all()
    return [rows.change(one) for one in found.select_related("duty").order_by("-id")]


@dataclass(frozen=True)
class File:
    """A file with its bytes."""

    name: str
    media: str
    data: bytes


def file(acting: Acting, paper_id: UUID) -> File:
    """A document, a piece of evidence or a material, for officers; Problem (404)."""
    who.reader(acting)
    found = Paper.objects.filter(pk=paper_id).first()
    if found is None:
        raise unknown()
    return File(found.name, found.media, bytes(found.data))
