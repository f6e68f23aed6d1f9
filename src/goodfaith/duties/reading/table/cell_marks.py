"""The marks between a row's cells (bars of any kind, tabs, or so many spaces), and a line parted at them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import grids
from goodfaith.duties.reading.table.grids import Fragments, Lines

_BARS = "|｜│┃"
_RULE = re.compile(rf"[\s{_BARS}:+=\-─━—┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛┠┨┯┷]+")
Cells = list[Fragments]


@dataclass(frozen=True)
class Mark:
    """What stands between cells. ``opens``, ``closes``: also before the first, after the last. ``count``: of the
    heading row."""

    letter: str
    opens: bool = False
    closes: bool = False
    count: int = 0

    def stands_in(self, line: str) -> bool:
        """Whether a line has it."""
        return self.letter in line

    def cuts(self, text: str, start: int, end: int) -> list[Span]:
        """Where it stands in a line."""
        if self.letter != "\t":
            start, end = _inside(text, start, end, self)
        found = re.compile(re.escape(self.letter)).finditer(text, start, end)
        return [(start, start), *(one.span() for one in found), (end, end)]


@dataclass(frozen=True)
class Blank(Mark):
    """So many spaces between two cells, as tabs become; twice as many where a cell between is empty."""

    width: int = 4

    def stands_in(self, line: str) -> bool:
        return " " * self.width in line.strip()

    def cuts(self, text: str, start: int, end: int) -> list[Span]:
        while start < end and text[start].isspace():
            start += 1
        made = [(start, start)]
        for found in re.finditer(f" {{{self.width},}}", text[start:end]):
            times = max(1, (found.end() - found.start()) // self.width)
            made += [(start + found.start(), start + found.end())] * times
        return [*made, (end, end)]


def mark_of(line: str) -> Mark | None:
    """The mark of a heading row."""
    letter = next((letter for letter in (*_BARS, "\t") if letter in line), None)
    return Mark(letter, line.startswith(letter), line.endswith(letter), line.count(letter)) if letter else None


def texts(lines: Lines, cells: Sequence[Fragments | None]) -> list[str]:
    """The words of cells without white space."""
    return [grids.words_of(lines.text, cell) for cell in cells]


def is_rule(lines: Lines, number: int) -> bool:
    """Whether a line is drawn, with no words in it."""
    words = lines.words(number)
    return bool(words) and _RULE.fullmatch(words) is not None


def split(text: str, span: Span, mark: Mark) -> Cells:
    """The cells of a line, without the bars around it."""
    cuts = mark.cuts(text, *span)
    return [fragment(text, a, b) for (_, a), (b, _) in itertools.pairwise(cuts)]


def _inside(text: str, start: int, end: int, mark: Mark) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    before, after = text.startswith(mark.letter, start, end), end > start and text[end - 1] == mark.letter
    both = before and after and text.count(mark.letter, start, end) != mark.count  # rows may be framed, the heading not
    return start + (before and (mark.opens or both)), end - (after and (mark.closes or both))


def fragment(text: str, start: int, end: int) -> Fragments:
    """A stretch without the white space around it."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return ((start, end),) if start < end else ()


def fitted(cells: Sequence[Fragments | None], count: int) -> Iterator[Fragments | None]:
    """As many cells as the table has columns; None for those that a row has not."""
    yield from cells
    yield from [None] * (count - len(cells))
