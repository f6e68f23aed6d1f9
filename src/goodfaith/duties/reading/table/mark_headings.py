"""The heading rows of tables with marks between their cells: of one line or several, one heading above others."""

from __future__ import annotations

from collections.abc import Sequence

from goodfaith.duties.reading.table import columns as column_words
from goodfaith.duties.reading.table import grids
from goodfaith.duties.reading.table.cell_marks import Cells, Mark, is_rule, split, texts
from goodfaith.duties.reading.table.columns import COLUMN
from goodfaith.duties.reading.table.grids import Lines

_MOST_LINES = 4
Heading = tuple[Cells, tuple[str, ...], int]
"""The cells, what each stands for, and the line after them."""


def read(lines: Lines, number: int, mark: Mark) -> Heading | None:
    """A heading row of one line, or of several: whose cells go on below, or of which one stands over others."""
    cells: Cells = []
    for line in range(number, min(number + _MOST_LINES, len(lines.spans))):
        if lines.is_blank(line) or is_rule(lines, line):
            continue
        here = split(lines.text, lines.spans[line], mark)
        cells = _on(cells, here) if cells else here
        after = _next(lines, line + 1)
        both = _both(lines, cells, after, mark)
        if both:
            return both, grids.kinds(texts(lines, both)), after + 1
        columns = grids.kinds(texts(lines, cells))
        if grids.tells(columns) and len(columns) > 1:
            return cells, columns, after
    return None


def _on(above: Cells, below: Cells) -> Cells:
    """A heading that goes on: with as many cells each goes on below itself, else the last does."""
    if len(above) == len(below):
        return [(*a, *b) for a, b in zip(above, below, strict=True)]
    return [*above[:-1], (*above[-1], *below[0]), *below[1:]]


def _next(lines: Lines, line: int) -> int:
    while line < len(lines.spans) and (lines.is_blank(line) or is_rule(lines, line)):
        line += 1
    return line


def _both(lines: Lines, cells: Cells, line: int, mark: Mark) -> Cells | None:
    """A second heading row, as under ``责任分工``: of as many cells, or of only those under the wide one."""
    below = split(lines.text, lines.spans[line], mark) if line < len(lines.spans) else []
    above, words = texts(lines, cells), texts(lines, below)
    if len(below) == len(cells) and _may_stand_over(above, words):
        new = [one for one, over in zip(words, above, strict=True) if one and one != over]
        merged = [b or a for a, b in zip(cells, below, strict=True)]
    else:
        new, merged = words, _under_wide(cells, above, below)
    named = {column_words.column(one) for one in new if one}
    if not named & set(column_words.UNITS) or not _all_headings(new) or not merged:
        return None
    return merged if grids.tells(grids.kinds(texts(lines, merged))) else None


def _may_stand_over(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether each new heading has none above it, or one that stands over several or goes on below."""
    return all(
        not one
        or not over
        or one == over
        or column_words.is_wide(over)
        or column_words.column(over) == column_words.column(one)
        for one, over in zip(below, above, strict=True)
    )


def _under_wide(cells: Cells, above: Sequence[str], below: Cells) -> Cells:
    """The first row with the wide cell, and the empty ones it left beside it, given to those of the second row."""
    wide = next((at for at in reversed(range(len(above))) if column_words.is_wide(above[at])), None)
    if wide is None or not all(below) or not 1 < len(below) < len(cells) + 2:
        return []
    end = wide + 1
    while end < min(len(cells), wide + len(below)) and not above[end]:
        end += 1
    return [*cells[:wide], *below, *cells[end:]]


def _all_headings(words: Sequence[str]) -> bool:
    return all(COLUMN.fullmatch(one) or column_words.NUMBER.fullmatch(one) for one in words if one)
