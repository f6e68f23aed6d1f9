"""Rows of tables whose cells stand apart: what merged cells say is told in every row that they reach over."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from goodfaith.duties.reading.note import names
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import centred, grids, table_notes
from goodfaith.duties.reading.table.columns import UNITS
from goodfaith.duties.reading.table.grid_flow import LaidGrid, LaidRow
from goodfaith.duties.reading.table.table_notes import Row, Table

Cells = list[Span | None]
_MOST_ABSENT = 3
_NUMBER = re.compile(r"[（]?(\d{1,3}(?:[-.]\d{1,2})?)[）]?[.、]?")
_LONGEST_CLASS = 40
_CLASS = re.compile(r"类别|类型|领域|分类|方面|板块|一级指标")


def read(flow: Flow, grid: LaidGrid, on: Calendar) -> Table:
    """The table that stands in the stream cell by cell."""
    return Table(grid.start, grid.end, _Reading(flow, grid, on).rows())


@dataclass
class _Reading:
    flow: Flow
    grid: LaidGrid
    on: Calendar

    @cached_property
    def _task_column(self) -> int:
        return self.grid.columns.index("task") if "task" in self.grid.columns else 0

    @cached_property
    def _telling(self) -> list[int]:
        """The columns that name units or a time limit."""
        return [at for at, kind in enumerate(self.grid.columns) if kind in table_notes.TELLING]

    def rows(self) -> list[Row]:
        made: list[Row] = []
        for chapter, rows in self._by_chapter():
            whole = [self._placed(row) for row in rows]
            carried = self._carried(rows, whole)
            for laid, cells, extra in zip(rows, whole, carried, strict=True):
                row = self._row(cells, extra, chapter, made[-1] if made else None)
                if row:
                    guessed = laid.guessed or any(names.is_glued(one.name) for one in row.note.named)
                    made.append(replace(row, guessed=True) if guessed else row)
        return made

    def _by_chapter(self) -> list[tuple[str | None, list[LaidRow]]]:
        made: list[tuple[str | None, list[LaidRow]]] = [(None, [])]
        for row in self.grid.rows:
            if row.chapter:
                made.append((self.flow.dense[slice(*row.chapter)], []))
            else:
                made[-1][1].append(row)
        return made

    def _placed(self, row: LaidRow) -> Cells:
        """A row that has too few cells: those it has under the columns that suit them, as merged ones are left out."""
        cells = list(row.cells)
        absent = cells.count(None)
        if not absent or absent > _MOST_ABSENT:
            return cells
        own = [cell for cell in cells if cell is not None]
        best = max(
            itertools.combinations(range(len(cells)), len(own)),
            key=lambda places: sum(
                table_notes.fits(self.flow, self.grid.columns[at], cell, self.on)
                for at, cell in zip(places, own, strict=True)
            ),
        )
        placed: Cells = [None] * len(cells)
        for at, cell in zip(best, own, strict=True):
            placed[at] = cell
        return placed

    def _carried(self, rows: Sequence[LaidRow], whole: Sequence[Cells]) -> list[dict[int, Span]]:
        """For each row the cells above that reach over it."""
        made: list[dict[int, Span]] = []
        above: dict[int, Span] = {}
        middles = self._in_middles(whole)
        for at, cells in enumerate(whole):
            here: dict[int, Span] = {}
            for column, kind in enumerate(self.grid.columns):
                cell = cells[column]
                if cell and cell[0] < cell[1]:
                    above[column] = cell
                elif column in middles:
                    here[column] = middles[column][at]
                elif column in above and self._reaches(column, kind, at, whole):
                    here[column] = above[column]
                elif kind in UNITS and column in above and not here:
                    above.pop(column, None)
            made.append(here)
        return made

    def _in_middles(self, whole: Sequence[Cells]) -> dict[int, list[Span]]:
        """Columns whose merged cells have their words in the middle: for each row the cell that reaches over it.

        Those of classes before the task; those filled in the same rows; and units' where the first row has none.
        """
        made: dict[int, list[Span]] = {}
        classes = set[tuple[int, ...]]()
        if not whole:
            return made
        for column, kind in enumerate(self.grid.columns):
            filled = tuple(at for at, cells in enumerate(whole) if self._is_filled(cells, column))
            is_class = kind in ("other", "task") and column < self._last_task
            alone = kind in ("lead", "charge") and not any(self._is_filled(whole[0], one) for one in self._units())
            if not (is_class or alone or filled in classes):
                continue
            found = centred.owners(filled, len(whole))
            if found:
                classes.add(filled)
                made[column] = [whole[at][column] or (0, 0) for at in found]
        return made

    @cached_property
    def _last_task(self) -> int:
        return max((at for at, kind in enumerate(self.grid.columns) if kind == "task"), default=0)

    def _reaches(self, column: int, kind: str, at: int, whole: Sequence[Cells]) -> bool:
        """Whether the cell above reaches over this row: there is none here, or the layout shows that it is merged."""
        cells = whole[at]
        if not any(cell and cell[0] < cell[1] for cell in cells):
            return False
        if cells[column] is None:
            return not self._ends_without_others(column, cells)
        if column == self._leading and self._is_filled(cells, 0):
            return True
        if kind in ("number", "other", "task"):
            return not self._is_filled(cells, self._task_column) or column < self._first_filled(cells)
        if kind in UNITS and not any(self._is_filled(cells, one) for one in self._units()):
            return True
        if kind == "when" or kind == "lead":
            merged = self._first_filled(cells) > 0 and self._merged_in_group(column, at, whole)
            return merged or self._under_class(column, at, whole)
        return False

    def _ends_without_others(self, column: int, cells: Cells) -> bool:
        """Whether a row that names its own leading unit lacks only the last cell, that of the others: it has none."""
        last = column == len(cells) - 1 and self.grid.columns[column] == "part"
        return last and cells.count(None) == 1 and any(
            self._is_filled(cells, at) for at in self._units() if at != column
        )  # fmt: skip

    @cached_property
    def _leading(self) -> int | None:
        """The column of classes: between the number and the task."""
        tasks = [at for at, kind in enumerate(self.grid.columns) if kind == "task"]
        numbered = self.grid.columns[0] == "number" and bool(tasks) and tasks[-1] > 1
        return 1 if numbered and self.grid.columns[1] in ("other", "task") else None

    def _under_class(self, column: int, at: int, whole: Sequence[Cells]) -> bool:
        """Whether a numbered row's class is that of a row above, with which it shares this column's cell too."""
        leading = self._leading
        if leading is None or self._is_filled(whole[at], leading) or not self._is_filled(whole[at], 0):
            return False
        for above in reversed(whole[:at]):
            if self._is_filled(above, column):
                return True
            if self._is_filled(above, leading):
                return False
        return False

    def _units(self) -> list[int]:
        return [at for at, kind in enumerate(self.grid.columns) if kind in UNITS]

    def _is_filled(self, cells: Cells, column: int) -> bool:
        cell = cells[column]
        return cell is not None and cell[0] < cell[1]

    def _first_filled(self, cells: Cells) -> int:
        return next((at for at in range(len(cells)) if self._is_filled(cells, at)), len(cells))

    def _merged_in_group(self, column: int, at: int, whole: Sequence[Cells]) -> bool:
        """Whether of the rows under one leading cell only the first has something in this column."""
        first = max((one for one in range(at + 1) if self._first_filled(whole[one]) == 0), default=None)
        if first is None or first == at:
            return False
        after = next((n for n in range(at + 1, len(whole)) if self._first_filled(whole[n]) == 0), len(whole))
        return self._is_filled(whole[first], column) and not any(
            self._is_filled(whole[one], column) for one in range(first + 1, after)
        )

    def _row(self, cells: Cells, extra: dict[int, Span], chapter: str | None, before: Row | None) -> Row | None:
        here = [extra.get(at) or cell or (0, 0) for at, cell in enumerate(cells)]
        own = [cell for cell in cells if cell and cell[0] < cell[1]]
        told = table_notes.said(self.flow, here, self.grid.columns, self.on)
        note = table_notes.whole(table_notes.taken_as_names(self.flow, told))
        if not own or self._is_aside(cells) or not (note.named or note.limits or note.odd):
            return None
        note = table_notes.starred(self.flow, note, self.grid.stars)
        number, jumped = self._number(here, before)
        telling = self._telling
        shown = tuple(here[at] for at in telling if here[at][0] < here[at][1])
        carried = tuple(extra[at] for at in telling if at in extra)
        without = [(0, 0) if at in extra else span for at, span in enumerate(here)]
        task = self._task(without) or self._task(here) or own[0]
        chapter = chapter or self._class(here)
        return Row(
            number, chapter, own[0][0], max(b for _, b in own), task, note, shown, False, jumped, carried
        )  # fmt: skip

    def _is_aside(self, cells: Cells) -> bool:
        """Whether words that are no number stand under it, and no cell says anything of units or a limit."""
        if "number" not in self.grid.columns or any(self._is_filled(cells, at) for at in self._telling):
            return False
        number = cells[self.grid.columns.index("number")]
        words = self.flow.dense[slice(*number)] if number else ""
        return bool(words) and not grids.NUMBER.fullmatch(words)

    def _number(self, here: list[Span], before: Row | None) -> tuple[str | None, bool]:
        if "number" not in self.grid.columns:
            return None, False
        words = self.flow.dense[slice(*here[self.grid.columns.index("number")])]
        found = _NUMBER.fullmatch(words)
        label = found[1] if found else words or None
        last = int(before.number) if before and before.number and before.number.isdecimal() else 0
        jumped = bool(label and label.isdecimal() and last and int(label) > last + 1)
        return label, jumped

    def _task(self, here: list[Span]) -> Span | None:
        """The task's words; where no column is called so, the longest of the others."""
        tasks = [here[at] for at, kind in enumerate(self.grid.columns) if kind == "task" and here[at][0] < here[at][1]]
        if not tasks:
            others = [here[at] for at, kind in enumerate(self.grid.columns) if kind == "other"]
            longest = max(others, key=lambda span: span[1] - span[0], default=(0, 0))
            return longest if longest[0] < longest[1] else None
        tasks.sort()
        return tasks[0][0], tasks[-1][1]

    def _is_class(self, column: int) -> bool:
        return _CLASS.search(self.flow.dense, *self.grid.head[column]) is not None

    def _class(self, here: list[Span]) -> str | None:
        """``类别``: what the column before the task says is the chapter."""
        named = [here[at] for at in range(self._task_column) if self._is_class(at) and here[at][0] < here[at][1]]
        words = self.flow.dense[slice(*named[0])] if named else ""
        return words if words and len(words) <= _LONGEST_CLASS and "。" not in words else None
