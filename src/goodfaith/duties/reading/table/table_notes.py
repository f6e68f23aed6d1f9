"""A table's rows, and what the cells of a row say together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from goodfaith.duties.reading.note import names, units
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.duty_words import Role
from goodfaith.duties.reading.note.notes import Named, Note
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import cell_guessing
from goodfaith.duties.reading.table.columns import UNITS

TELLING = ("lead", "part", "charge", "when")
Said = list[tuple[str, int, Note]]
"""What each cell that names units or a time limit says: (column, where it begins, note with places from there)."""


@dataclass(frozen=True, slots=True)
class Row:
    """``task``: where the task's words stand; ``note``: what the other cells say. ``carried``: cells of a row above
    that are merged with this one's. Places are dense."""

    number: str | None
    chapter: str | None
    start: int
    end: int
    task: Span
    note: Note
    cells: tuple[Span, ...]
    guessed: bool
    jumped: bool = False
    carried: tuple[Span, ...] = ()


@dataclass
class Table:
    start: int
    end: int
    rows: list[Row] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The number of its last row."""
        number = self.rows[-1].number if self.rows else None
        return int(number) if number and number.isdecimal() else 0


def said(flow: Flow, parts: Sequence[Span], columns: Sequence[str], on: Calendar) -> Said:
    """What each cell says."""
    given = [(role, *span) for span, role in zip(parts, columns, strict=True) if role in TELLING and span[0] < span[1]]
    return [(role, a, cell_guessing.cell(flow, a, b, on, role in UNITS)) for role, a, b in given]


def whole(told: Said) -> Note:
    """One note of a row's cells: a unit has the part its column gives it, or that its own verb does."""
    return Note(
        named=tuple(_in_column(one, role, begin) for role, begin, note in told for one in note.named),
        limits=tuple(limit for _, _, note in told for limit in note.limits),
        open=any(note.open for _, _, note in told),
        first_leads=False,
        likewise=False,
        said=True,
        odd=tuple((begin + a, begin + b) for _, begin, note in told for a, b in note.odd),
    )


def _in_column(one: Named, column: str, begin: int) -> Named:
    return Named(one.name, cast(Role, column) if one.role == "listed" else one.role, begin + one.place)


def taken_as_names(flow: Flow, told: Said) -> Said:
    """In a cell whose borders are sure, what is listed beside the units is a unit too, however it is called."""
    return [(role, begin, _with_names(flow, begin, note) if role in UNITS else note) for role, begin, note in told]


def _with_names(flow: Flow, begin: int, note: Note) -> Note:
    new = [
        (a, b) for a, b in note.odd if _MAY_BE.fullmatch(flow.dense, begin + a, begin + b)
    ]  # fmt: skip
    if not new:
        return note
    added = [Named(flow.dense[begin + a : begin + b], "listed", a) for a, b in new]
    named = tuple(sorted([*note.named, *added], key=lambda one: one.place))
    return replace(note, named=named, odd=tuple(span for span in note.odd if span not in new))


_MAY_BE = re.compile(
    r"(?!.*(?:按照|根据|加强|推进|开展|落实|完成|不得|每[年月季]|\d年|\d月|底前|以上|以下|同上))[\u4e00-\u9fffA-Za-z0-9（）·—]{4,30}"
)
"""Shorter ones may be names of persons."""


def is_clear(told: Said) -> bool:
    """Whether each cell says what its column asks for and nothing else."""
    return all(not note.odd and bool(note.named if role in UNITS else note.limits) for role, _, note in told)


def starred(flow: Flow, note: Note, stars: frozenset[int]) -> Note:
    """Units with the mark lead; where one has it, the others of the row take part."""
    if not stars:
        return note
    leading = {one.place for one in note.named if one.place in stars or one.place + len(one.name) - 1 in stars}
    if not leading:
        return note
    named = tuple(replace(one, role="lead" if one.place in leading else "part") for one in note.named)
    return replace(note, named=named)


def fits(flow: Flow, column: str, span: Span | None, on: Calendar) -> float:
    """How well a cell's words suit a column."""
    if not span or span[0] == span[1]:
        return 0.0
    words = flow.dense[slice(*span)]
    note = cell_guessing.cell(flow, *span, on)
    if column in UNITS:
        return 2.0 if note.named and not note.odd and not note.limits else -2.0
    if column == "when":
        return 2.0 if note.limits and not note.named else -2.0
    if column == "number":
        return 3.0 if re.fullmatch(r"\d{1,3}[.、]?", words) else -3.0
    if column == "person":
        return 1.0 if len(words) <= 12 and not note.named else -1.0
    suits = 0.6 if column == "task" else 0.5  # a class is merged more often than a task
    return suits if not (note.named and not note.odd) and not note.limits else -0.5


def are_units(flow: Flow, span: Span) -> bool:
    """Whether a cell holds names of units only."""
    found = units.listed(flow.dense[slice(*span)]).names
    return bool(found) and all(names.is_unit(one) for one in found)
