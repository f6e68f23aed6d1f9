"""What the reader gives back: a document, its plans, their tasks, and what it was unsure of. Frozen throughout."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Mode = Literal["lead+others", "joint", "single", "first_is_lead", "lead_only"]
PieceKind = Literal["furniture", "head", "title", "intro", "heading", "clause", "table", "closing"]
Span = tuple[int, int]
"""Half-open range of offsets into the text that was read."""


@dataclass(frozen=True)
class Yearly:
    """Due every year on this day; ``month_day`` is ``MM-DD``."""

    month_day: str


Deadline = dt.date | Literal["ongoing"] | Yearly | None
"""The last day of the time limit; ``None`` when the note names none."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person has to look at. ``code`` is stable; ``line`` counts from 1; ``words`` are the text's own."""

    code: str
    what: str
    line: int
    span: Span
    words: str


@dataclass(frozen=True, slots=True)
class Units:
    """Units as written (``names``) and with omitted prefixes added (``full``), in the same order."""

    names: tuple[str, ...] = ()
    full: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: headings above it, its own number and title."""

    chapter: str | None
    section: str | None
    clause: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Task:
    """One duty: what one responsibility note says about the words before it."""

    place: Place
    mode: Mode
    lead: Units
    participating: Units
    deadline: Deadline
    note: str
    open_ended: bool
    text: str
    span: Span
    note_span: Span
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Clause:
    """A clause that no note assigns to anybody; ``deadline`` is what its own words say."""

    place: Place
    deadline: Deadline
    text: str
    span: Span


@dataclass(frozen=True)
class Plan:
    """One plan of a document; a notice may carry several. ``span`` runs from its title to its end."""

    title: str
    tasks: tuple[Task, ...]
    without_note: tuple[Clause, ...]
    span: Span


@dataclass(frozen=True)
class Citation:
    """A document named in the text."""

    title: str
    doc_no: str | None


@dataclass(frozen=True)
class Header:
    """Who issued what, when, to whom."""

    title: str
    doc_no: str | None = None
    issuer: str | None = None
    signed: dt.date | None = None
    printed: dt.date | None = None
    addressees: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A stretch of the text. The pieces of a document, joined in order, are the text."""

    kind: PieceKind
    span: Span


@dataclass(frozen=True)
class Document:
    """``text`` is what was read (line ends as LF); all spans point into it. ``doubts``: about the whole."""

    text: str
    header: Header
    plans: tuple[Plan, ...]
    pieces: tuple[Piece, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks of all plans, in the order of the text."""
        return tuple(task for plan in self.plans for task in plan.tasks)
