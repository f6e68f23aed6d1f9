"""The pieces of a row given to its columns so that all of them fit best, where officials have columns of their own.

A name of two or three letters would else be taken for the beginning of the unit beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from goodfaith.duties.reading.note import deadlines, names, persons, units
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table.columns import COMMAS, UNITS

_MOST = {"person": 3, "when": 4, "number": 1, "lead": 8, "part": 14, "charge": 14}
"""Pieces that a cell of such a column has at most."""
_MOST_PIECES = 40
_NEVER = -1000.0
_LEFT_OVER = -1.5
_LONGEST_OVER = 12
"""Letters after a time limit in its cell: ``6月底前完成初稿``."""
_SPLIT = re.compile(r"[、，；/]")
_PROSE = re.compile(r"[。：；“]|20\d\d年")
_UNEVEN = 1
"""Letters by which lines of one cell that went on may differ."""
_TELEPHONE = re.compile(r"[\d\-—、]{5,30}")


def by_fit(flow: Flow, pieces: Sequence[Span], columns: Sequence[str], on: Calendar) -> list[Span] | None:
    """Give each column a run of pieces, or none; None if a row is too long for it. What follows is left over."""
    if not pieces or len(pieces) > _MOST_PIECES:
        return None
    return _Fitting(flow, pieces, columns, on).spans()


@dataclass
class _Fitting:
    flow: Flow
    pieces: Sequence[Span]
    columns: Sequence[str]
    on: Calendar
    _known: dict[tuple[str, int, int], float] = field(default_factory=dict)

    def spans(self) -> list[Span]:
        """Of each column, empty where it begins if it has no piece."""
        count = len(self.pieces)
        best = [0.0, *[_NEVER * 9] * count]
        ways: list[list[int]] = []
        for kind in self.columns:
            best, way = self._column(kind, best)
            ways.append(way)
        end = max(range(count + 1), key=lambda at: best[at] + (count - at) * _LEFT_OVER)
        made = list[Span]()
        for way in reversed(ways):
            begin = way[end]
            here = self.pieces[begin][0] if begin < count else self.pieces[-1][1]
            made.append((here, self.pieces[end - 1][1]) if end > begin else (here, here))
            end = begin
        return made[::-1]

    def _column(self, kind: str, before: list[float]) -> tuple[list[float], list[int]]:
        """For each number of pieces taken so far: the best score with this column, and where this column began."""
        after, way = list[float](), list[int]()
        for end in range(len(before)):
            begins = range(max(0, end - _MOST.get(kind, end)), end + 1)
            begin = max(begins, key=lambda one: (before[one] + self._score(kind, one, end), one))
            after.append(before[begin] + self._score(kind, begin, end))
            way.append(begin)
        return after, way

    def _score(self, kind: str, begin: int, end: int) -> float:
        key = (kind, begin, end)
        if key not in self._known:
            self._known[key] = self._reckoned(kind, begin, end)
        return self._known[key]

    def _reckoned(self, kind: str, begin: int, end: int) -> float:
        if begin == end:
            return {"task": -8.0, "lead": -3.0, "charge": -3.0, "person": -2.0}.get(kind, -1.0)
        start, stop = self.pieces[begin][0], self.pieces[end - 1][1]
        words = self.flow.dense[start:stop]
        shape = self._shape(begin, end)
        if kind in UNITS:
            return shape + self._as_units(start, stop)
        if kind == "when":
            found = deadlines.at_start(words, self.on)
            over = len(words) - found.end if found else _LONGEST_OVER
            return 3.0 - 0.1 * over if over < _LONGEST_OVER else -6.0
        if kind == "person":
            return _as_persons(words)
        if kind == "number":
            return 2.0 if words.isdecimal() else -6.0
        return 0.5 + shape

    def _shape(self, begin: int, end: int) -> float:
        """What is lost by lines that end before the cell is full, and by borders beside a comma."""
        lines = self.pieces[begin:end]
        first, last = self.flow.dense[lines[0][0]], self.flow.dense[lines[-1][1] - 1]
        lost = 6.0 * (first in COMMAS) + 4.0 * (last in COMMAS)
        longest = max(b - a for a, b in lines)
        early = [b for a, b in lines[:-1] if longest - (b - a) > _UNEVEN and self.flow.dense[b - 1] not in "、，。；"]
        return -lost - 1.5 * len(early)

    def _as_units(self, start: int, stop: int) -> float:
        words = self.flow.dense[start:stop]
        if _PROSE.search(words):
            return -6.0
        found = units.listed(words).names
        odd = sum(len(one) for one in found if not _is_whole(one, len(found) > 1))
        return 2.0 + 0.01 * len(found) if not odd else -1.0 - odd


def _is_whole(name: str, in_list: bool) -> bool:
    """Two letters alone may be a person's name; in a list they are one that goes without its prefix (``妇联``)."""
    return (len(name) > 2 or in_list) and names.is_unit(name) and not names.is_glued(name)


def are_persons(words: str) -> bool:
    """Whether a cell says who answers for a task, or how to reach them."""
    return _as_persons(words) > 0


def _as_persons(words: str) -> float:
    if _TELEPHONE.fullmatch(words):
        return 1.0
    scores = [_as_person(one) for one in _SPLIT.split(words) if one]
    return min(scores, default=-6.0)


def _as_person(words: str) -> float:
    if persons.is_name(words):
        return 3.0
    if 2 <= len(words) <= 4 and not names.is_unit(words):
        return 1.0
    return 0.5 if persons.may_be_name(words) else -6.0
