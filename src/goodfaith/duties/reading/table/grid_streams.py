"""Tables copied so that every cell and every bar between two has lines of its own."""

from __future__ import annotations

import itertools

from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import columns as column_words
from goodfaith.duties.reading.table import grids
from goodfaith.duties.reading.table.cell_marks import Cells, fitted, fragment, texts
from goodfaith.duties.reading.table.grids import OVER, Fragments, Grid, GridRow, Lines


def read(lines: Lines, number: int) -> tuple[Grid, int] | None:
    """The table whose first heading is this line; its rows are told by their numbers."""
    if number + 1 >= len(lines.spans) or lines.words(number + 1) != "|":
        return None
    cells, ends = _streamed(lines, number)
    words = texts(lines, cells)
    first = next((at for at, one in enumerate(words) if one == "1"), 0)
    place = next((at for at, one in enumerate(words[:first]) if column_words.NUMBER.fullmatch(one)), None)
    if place is None or not first:
        return None
    columns = grids.kinds(words[: first - place])
    if not grids.tells(columns):
        return None
    grid = Grid(lines.spans[number][0], 0, columns, tuple(cells[: len(columns)]), starred=grids.starred(words[:first]))
    last = _numbered(grid, cells, words, first, place)
    return _with_end(lines, grid, ends[last])


def _with_end(lines: Lines, grid: Grid, line: int) -> tuple[Grid, int]:
    grid.end = lines.spans[line][1]
    return grid, line + 1


def _streamed(lines: Lines, number: int) -> tuple[Cells, list[int]]:
    """The cells, and the line in which each ends."""
    cells, ends, open_ = list[Fragments](), list[int](), list[Span]()
    for line in range(number, len(lines.spans)):
        words = lines.words(line)
        if words == "|":
            cells.append(tuple(open_))
            ends.append(line)
            open_ = []
        elif len(open_) > 30 or OVER.match(words):
            break
        elif words and not lines.is_furniture(line):
            open_ += fragment(lines.text, *lines.spans[line])
    return cells, ends


def _numbered(grid: Grid, cells: Cells, words: list[str], first: int, place: int) -> int:
    """Fill the rows; the last cell's place."""
    count, wanted, places = len(grid.columns), 1, list[int]()
    for at in range(first, len(cells)):
        if words[at] == str(wanted):
            places.append(at)
            wanted += 1
    before: list[Fragments | None] = list(cells[first - place : first])
    last = first
    for at, after in itertools.pairwise([*places, len(cells)]):
        own = cells[at : min(after, at + count - place)]
        grid.rows.append(GridRow(tuple(fitted([*before, *own], count))))
        last = at + len(own) - 1
        rest = cells[last + 1 : after]
        before = [*rest, *[None] * (place - len(rest))][:place]
    return last
