"""Tables found on the page, put into the stream cell by cell."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import grid_marks, grid_places, grid_streams, grids
from goodfaith.duties.reading.table.columns import UNITS
from goodfaith.duties.reading.table.grids import Fragments, Grid

READERS = (grid_streams.read, grid_marks.read, grid_places.read)


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row in the stream: its cells (None: it has none there), or a chapter's name; whether it was inferred."""

    cells: tuple[Span | None, ...]
    chapter: Span | None = None
    guessed: bool = False


@dataclass(frozen=True)
class LaidGrid:
    """A table in the stream. ``stars``: letters beside which a mark stood that its heading gives a meaning."""

    start: int
    end: int
    columns: tuple[str, ...]
    head: tuple[Span, ...]
    rows: tuple[LaidRow, ...]
    stars: frozenset[int] = frozenset()


class Stream(Protocol):
    """What the stream is built with."""

    text: str

    def cell(self, fragments: Fragments, without: str, new_line: bool) -> Span:
        """Put a cell's words into the stream; where they are now."""


def find(text: str, dropped: frozenset[int]) -> list[Grid]:
    """The tables of a text. ``dropped``: where lines begin that are no words of the document."""
    return grids.find(text, dropped, READERS)


def holds(tables: Sequence[Grid], place: int) -> bool:
    """Whether a place of the text is in a table."""
    at = bisect.bisect_right(tables, place, key=lambda table: table.start) - 1
    return at >= 0 and place < tables[at].end


def touches(laid: Sequence[LaidGrid], start: int, end: int) -> bool:
    """Whether a stretch of the stream reaches into a table, whose letters are not in the order of the text."""
    at = bisect.bisect_left(laid, end, key=lambda table: table.start) - 1
    return at >= 0 and start < laid[at].end


def first_from(laid: Sequence[LaidGrid], place: int) -> int:
    """The number of the first table that begins at a place of the stream or after it."""
    return bisect.bisect_left(laid, place, key=lambda table: table.start)


def lay(stream: Stream, grid: Grid) -> LaidGrid:
    """Put a table into the stream."""
    stars = set[int]()
    units = [at for at, kind in enumerate(grid.columns) if kind in UNITS]
    spans = [stream.cell(cell, "", number == 0) for number, cell in enumerate(grid.head)]
    rows = []
    for row in grid.rows:
        if row.chapter:
            rows.append(LaidRow((), stream.cell(row.chapter, "", True)))
            continue
        cells, first = list[Span | None](), True
        for at, cell in enumerate(row.cells):
            if cell is None:
                cells.append(None)
                continue
            without = grid.starred if at in units else ""
            cells.append(stream.cell(cell, without, first and bool(cell)))
            first = first and not cell
            if without:
                stars.update(_starred(stream.text, cell, without, cells[-1]))
        rows.append(LaidRow(tuple(cells), guessed=row.guessed))
    ends = [row.chapter or next((cell for cell in reversed(row.cells) if cell), None) for row in rows]
    end = next((span[1] for span in reversed(ends) if span), spans[-1][1])
    return LaidGrid(spans[0][0], end, grid.columns, tuple(spans), tuple(rows), frozenset(stars))


def _starred(text: str, cell: Fragments, mark: str, span: Span | None) -> Iterator[int]:
    """The places in the stream of the letters that a mark stands beside: after a name, or before it."""
    place, begins = span[0] if span else 0, True
    for a, b in cell:
        for letter in text[a:b]:
            if letter == mark:
                yield place if begins else place - 1
            elif not letter.isspace():
                place, begins = place + 1, letter in "、，,；;"
