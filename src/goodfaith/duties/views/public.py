"""What everybody may read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from goodfaith.duties.shapes import Due


@dataclass(frozen=True)
class PublicDocument:
    """An adopted document with open clauses. ``on_request``: how many more are given on request."""

    id: int
    title: str
    doc_no: str
    issuer: str
    signed: dt.date | None
    adopted_on: dt.date
    duties: int
    on_request: int


@dataclass(frozen=True)
class PublicAssignment:
    """Who, by when, how far, what was done (accepted reports only)."""

    id: UUID
    part: str
    unit_name: str
    written: str
    period: str
    due_on: dt.date | None
    step: str
    closed_on: dt.date | None
    overdue: bool
    done: str
    done_on: dt.date | None


@dataclass(frozen=True)
class PublicQuestion:
    """A question with its answer, as published."""

    question: str
    answer: str
    unit_name: str
    answered_on: dt.date


@dataclass(frozen=True)
class PublicDuty:
    """An open clause."""

    id: UUID
    number: str
    document_id: int
    place: int
    plan: str
    chapter: str
    section: str
    clause_no: str
    title: str
    text: str
    mode: str
    due: Due
    ended_on: dt.date | None
    assignments: tuple[PublicAssignment, ...]
    participants: tuple[str, ...]
    questions: tuple[PublicQuestion, ...] = ()
