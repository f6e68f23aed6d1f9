"""Duties, assignments, evidence, changes, notices and questions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from goodfaith.common.procedure import Act, Step
from goodfaith.duties.procedures import ASSIGNMENT
from goodfaith.duties.shapes import Due
from goodfaith.duties.views.documents import DocumentRow, LinkView
from goodfaith.duties.views.events import EventView


@dataclass(frozen=True)
class AssignmentRow:
    """What one responsible line has to do. ``unit`` None: a collective name, or a body outside the registry.

    ``period``: the year of a yearly one. ``overdue`` as of the day asked for.
    """

    id: UUID
    duty_id: UUID
    number: str
    document_id: int
    document_title: str
    title: str
    disclosure: str
    mode: str
    line: int
    part: str
    unit: str | None
    unit_name: str
    written: str
    period: str
    due: Due
    due_on: dt.date | None
    step: str
    closed_at: dt.datetime | None
    overdue: bool
    days_left: int | None

    @property
    def at_step(self) -> Step:
        """The step it stands at."""
        return ASSIGNMENT.step(self.step)

    def may(self, *parts: str) -> list[Act]:
        """What these parts (source, office, participant) may do now."""
        return [
            act for act in ASSIGNMENT.acts if self.step in act.frm and set(parts) & set(act.by) and act.code != "end"
        ]


@dataclass(frozen=True)
class LineView:
    """Who has, or had, a part in a duty. ``until`` None: still."""

    line: int
    part: str
    written: str
    full: str
    kind: str
    unit: str | None
    unit_name: str
    since: dt.date
    until: dt.date | None
    change_id: int | None


@dataclass(frozen=True)
class EvidenceView:
    """A piece of evidence. ``value``: a share of 0–1, for figures. ``disclosure``: the class that holds now, the
    narrower of the piece's own and its duty's; ``cleared``: how an open file was looked through; ``held_by``: the
    unit that answers for it today."""

    id: UUID
    assignment_id: UUID | None
    unit: str
    kind: str
    title: str
    url: str
    paper_id: UUID | None
    media: str
    size: int
    figure: str
    value: float | None
    inputs: dict[str, Any]
    at: dt.datetime
    by_name: str
    disclosure: str
    cleared: str
    cleared_at: dt.datetime | None
    cleared_by_name: str
    held_by: str


@dataclass(frozen=True)
class WorkStepView:
    """A step of an assignment."""

    id: UUID
    place: int
    title: str
    due_on: dt.date | None
    done_at: dt.datetime | None


@dataclass(frozen=True)
class ChangeView:
    """A change that was asked for, with who decided it."""

    id: int
    kind: str
    duty_id: UUID | None
    duty_number: str
    duty_title: str
    old_unit: str | None
    new_unit: str | None
    on: dt.date | None
    document_no: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    state: str
    asked_at: dt.datetime
    asked_by: str
    asked_by_name: str
    decided_at: dt.datetime | None
    decided_by_name: str
    decision: str


@dataclass(frozen=True)
class NoticeRow:
    """A supervision notice in a list."""

    id: int
    number: str
    unit: str
    unit_name: str
    asks: str
    due_on: dt.date
    step: str
    sent_at: dt.datetime
    sent_by_name: str
    overdue: bool
    finding: str
    closed_at: dt.datetime | None


@dataclass(frozen=True)
class NoticeView:
    """A notice whole."""

    row: NoticeRow
    duties: tuple[tuple[UUID, str, str], ...]
    """(id, number, title)"""
    reply: str
    replied_at: dt.datetime | None
    finding_text: str
    closed_by_name: str
    events: tuple[EventView, ...]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True)
class QuestionView:
    """A question about a duty. ``text`` and ``answer`` are opened for who may read them; nobody sees who asked."""

    id: UUID
    duty_id: UUID
    duty_number: str
    duty_title: str
    unit: str | None
    unit_name: str
    step: str
    text: str
    answer: str
    may_publish: bool
    shown: bool
    asked_at: dt.datetime
    due_on: dt.date
    why: str
    answered_at: dt.datetime | None
    overdue: bool


@dataclass(frozen=True)
class DutyView:
    """A duty whole."""

    id: UUID
    number: str
    document: DocumentRow
    place: int
    plan: str
    chapter: str
    section: str
    clause_no: str
    title: str
    text: str
    note: str
    span: tuple[int, int]
    mode: str
    disclosure: str
    due: Due
    starts_on: dt.date
    ended_on: dt.date | None
    assignments: tuple[AssignmentRow, ...]
    lines: tuple[LineView, ...]
    work_steps: dict[UUID, tuple[WorkStepView, ...]]
    """By assignment; without those dropped."""
    events: tuple[EventView, ...]
    evidence: tuple[EvidenceView, ...]
    changes: tuple[ChangeView, ...]
    notices: tuple[NoticeRow, ...]
    questions: tuple[QuestionView, ...]
    carries_on: tuple[LinkView, ...] = ()
    """Confirmed links to clauses of earlier documents."""
    parts: frozenset[str] = frozenset()
    """What the reader is for the duty as a whole: office, participant."""
    parts_by_assignment: dict[UUID, frozenset[str]] = field(default_factory=dict)

    def may(self, assignment: AssignmentRow) -> list[Act]:
        """What the reader may do with one of its assignments."""
        return assignment.may(*self.parts_by_assignment.get(assignment.id, frozenset()))


@dataclass(frozen=True)
class ReminderView:
    """A reminder of an assignment that still runs."""

    assignment: AssignmentRow
    kind: str
    on: dt.date
