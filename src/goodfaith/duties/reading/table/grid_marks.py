"""Tables with marks between their cells: bars of any kind, or tabs."""

from __future__ import annotations

import itertools
import re

from goodfaith.duties.reading.table import first_cells, grids, mark_headings
from goodfaith.duties.reading.table.cell_marks import Cells, Mark, fitted, is_rule, mark_of, split, texts
from goodfaith.duties.reading.table.columns import COLUMN, COMMAS, UNITS
from goodfaith.duties.reading.table.grids import CHAPTER, NUMBER, OVER, Fragments, Grid, GridRow, Lines

_DRAWN = re.compile(r"[-─━—=]{2}")
_LONGEST_ROW, _LONGEST_CHAPTER = 3000, 40


def read(lines: Lines, number: int) -> tuple[Grid, int] | None:
    """The table whose heading row begins in this line."""
    mark = mark_of(lines.words(number))
    return with_mark(lines, number, mark) if mark else None


def with_mark(lines: Lines, number: int, mark: Mark) -> tuple[Grid, int] | None:
    """The table whose cells have this mark between them."""
    head = mark_headings.read(lines, number, mark)
    if head is None:
        return None
    cells, columns, body = head
    grid = Grid(lines.spans[number][0], 0, columns, tuple(cells), starred=grids.starred(texts(lines, cells)))
    after = _Body(lines, grid, mark, range(number, body)).read(body)
    grid.end = lines.spans[after - 1][1]
    return (grid, after) if any(row.cells for row in grid.rows) else None


class _Body:
    """Reads the rows below a heading."""

    def __init__(self, lines: Lines, grid: Grid, mark: Mark, head: range) -> None:
        self.lines, self.grid, self.mark = lines, grid, mark
        self.count = len(grid.columns)
        self.place = grid.columns.index("number") if "number" in grid.columns else None
        said = ["".join(texts(lines, split(lines.text, lines.spans[line], mark))) for line in head]
        self.heads = {one for one in said if one} | {"".join(texts(lines, grid.head))}
        self.open: Cells = []
        self.begun: Fragments = ()
        self.breaks_first = False
        self.apart = False

    def read(self, line: int) -> int:
        """The number of the line after the table."""
        after = line
        self.apart = self._rules_part_rows(line)
        while line < len(self.lines.spans):
            taken = self._line(line)
            if taken is None:
                break
            line += 1
            after = line if taken else after
        self._close()
        return after

    def _rules_part_rows(self, line: int) -> bool:
        """Whether rules stand between the rows, so that lines between two rules are one row (a drawn table)."""
        seen, rows = 0, 0
        for number in range(line, min(line + 80, len(self.lines.spans))):
            if not self._is_marked(number) and not is_rule(self.lines, number):
                break
            drawn = is_rule(self.lines, number) and _DRAWN.search(self.lines.words(number)) is not None
            seen, rows = seen + drawn, rows + (not drawn)
        return seen >= 2 and rows > seen - 1

    def _line(self, line: int) -> bool | None:
        """Take a line; False when it is none of the table's words, None when the table is over before it."""
        if self.lines.is_blank(line) or (self.lines.is_furniture(line) and not is_rule(self.lines, line)):
            return False
        if is_rule(self.lines, line):
            if self.apart:
                self._close()
            return _DRAWN.search(self.lines.words(line)) is not None
        cells = split(self.lines.text, self.lines.spans[line], self.mark)
        words = texts(self.lines, cells)
        if "".join(words) in self.heads:
            self._close()
            return True
        if not self._is_marked(line) or sum(map(bool, words)) == 1:
            return self._alone(line, cells, words)
        if (
            not self._begins(words)
            and grids.tells(grids.kinds(words))
            and all(map(COLUMN.match, filter(None, words[1:])))
        ):
            return None  # the heading of another table
        return self._cells(cells, words)

    def _alone(self, line: int, cells: Cells, words: list[str]) -> bool | None:
        """A line of one stretch of words: a chapter's name, the rest of a cell, or what follows the table."""
        said = "".join(words)
        whole = len(self.open) in (0, self.count) or (CHAPTER.fullmatch(said) is not None and self._row_follows(line))
        if whole and (CHAPTER.fullmatch(said) or (self._is_marked(line) and self._is_name(words))):
            self._close()
            self.grid.rows.append(GridRow(chapter=next(cell for cell in cells if cell)))
            return True
        if len(cells) > 1:
            return None if OVER.match(said) else self._cells(cells, words)
        if self._begins_first(line, said):
            self._close()
            self.begun = (*self.begun, *cells[0])
            return True
        if OVER.match(said) or (CHAPTER.match(said) and whole) or not self._goes_on(line):
            return None
        self.open[-1] = (*self.open[-1], *cells[0])
        return True

    def _begins_first(self, line: int, said: str) -> bool:
        """Whether the next row's first cell broke over this line, in a table without numbers."""
        if self.place is not None or len(self.open) not in (0, self.count) or OVER.match(said):
            return False
        if not first_cells.row_follows(self.lines, self.mark, line):
            return False
        if self.begun:
            return True
        rest = (
            first_cells.goes_on(self.grid.columns[-1], texts(self.lines, self.open)[-1], said) if self.open else False
        )
        self.breaks_first = self.breaks_first or rest is False
        return rest is False or (rest is None and self.breaks_first)

    def _is_name(self, words: list[str]) -> bool:
        """Of a row of one cell: words at its beginning that are a name."""
        said = words[0]
        return bool(said) and len(said) <= _LONGEST_CHAPTER and not NUMBER.fullmatch(said) and not self.apart and (
            not re.search(r"[。；：]", said)
        ) and not grids.is_total(said) and len(words) >= self.count  # fmt: skip

    def _goes_on(self, line: int) -> bool:
        """Whether a line without marks belongs to the row before it: the row lacks cells, or another row follows."""
        if not self.open or sum(b - a for cell in self.open for a, b in cell) > _LONGEST_ROW:
            return False
        if texts(self.lines, self.open)[-1].endswith(COMMAS):
            return True
        if len(self.open) < self.count:
            return any(self._is_marked(after) for after in range(line + 1, min(line + 12, len(self.lines.spans)))) or (
                len(self.lines.words(line)) < _LONGEST_CHAPTER
            )
        return len(self.lines.words(line)) < _LONGEST_CHAPTER and any(
            self._is_marked(after) for after in range(line + 1, min(line + 3, len(self.lines.spans)))
        )

    def _row_follows(self, line: int) -> bool:
        """Whether the next line that is not blank begins a row."""
        for after in range(line + 1, min(line + 4, len(self.lines.spans))):
            if not self.lines.is_blank(after):
                cells = split(self.lines.text, self.lines.spans[after], self.mark)
                return len(cells) > 2 and self._begins(texts(self.lines, cells))
        return False

    def _is_marked(self, line: int) -> bool:
        return self.mark.stands_in(self.lines.text[slice(*self.lines.spans[line])])

    def _cells(self, cells: Cells, words: list[str]) -> bool | None:
        if grids.is_total(next((one for one in words if one), "")):
            self._close()
            return True
        if self.begun:
            cells = [(*self.begun, *cells[0]), *cells[1:]]
            self.begun = ()
        if self.open and self._is_rest(cells, words):
            broke = self._broke_in_cell(words)
            self.open = _chained(self.open, cells) if broke else _joined(self.open, cells, self.count)
            return True
        if self.open:
            self._close()
        if len(cells) > self.count and any(words[self.count :]):
            cells = self._without_surplus(cells)
        self.open = cells[: self.count]
        return True

    def _without_surplus(self, cells: Cells) -> Cells:
        """Empty cells that a row has too many are those of columns merged in the heading."""
        while len(cells) > self.count and () in cells:
            cells = list(cells)
            cells.remove(())
        return cells

    def _is_rest(self, cells: Cells, words: list[str]) -> bool:
        """Whether a line goes on with the row before it."""
        if self.apart:
            return True
        begins = self._begins(words)
        if len(self.open) < self.count:
            together = len(self.open) + len(cells) - 1
            in_list = texts(self.lines, self.open)[-1].endswith(COMMAS)
            return not begins and (
                together == self.count or (together < self.count and (self.place is not None or in_list))
            )
        if begins or len(cells) != self.count or self.place is None or words[self.place]:
            return False
        return self._unfinished(words)

    def _broke_in_cell(self, words: list[str]) -> bool:
        """Whether a line goes on in the cell where the one before it broke: its words can't stand under the number,
        or there is none and a list was broken off."""
        at = self.place
        if len(self.open) == self.count:
            return False
        if at is None:
            return texts(self.lines, self.open)[-1].endswith(COMMAS)
        return at < len(words) and bool(words[at])

    def _begins(self, words: list[str]) -> bool:
        if self.place is None:
            return False
        return any(NUMBER.fullmatch(one) for one in words[: self.place + 1] if one)

    def _unfinished(self, words: list[str]) -> bool:
        """A line with an empty number: of a row of its own if it names units or a limit beside a task."""
        above = texts(self.lines, self.open)
        for column, (before, after) in enumerate(zip(above, words, strict=True)):
            kind = self.grid.columns[column]
            if kind in UNITS and after and before.endswith(COMMAS):
                return True
        named = [words[at] for at, kind in enumerate(self.grid.columns) if kind in ("lead", "charge", "part", "when")]
        done = [words[at] for at, kind in enumerate(self.grid.columns) if kind in ("task", "other")]
        return not any(done) or not any(named)

    def _close(self) -> None:
        if self.open and any(self.open):
            self.grid.rows.append(GridRow(tuple(fitted(self.open, self.count))))
        self.open = []


def _joined(above: Cells, below: Cells, count: int) -> Cells:
    """Each cell goes on below itself; where the line broke inside a cell, that one goes on, and others follow."""
    if len(above) == len(below) and (len(above) == count or len(above) + len(below) - 1 != count):
        return [(*a, *b) for a, b in itertools.zip_longest(above, below, fillvalue=())]
    return _chained(above, below)


def _chained(above: Cells, below: Cells) -> Cells:
    return [*above[:-1], (*above[-1], *below[0]), *below[1:]]
