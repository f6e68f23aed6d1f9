"""Tables with drawn lines on a page of a PDF: each row a line of text, with tabs between its cells.

A cell that reaches over several rows or columns is one that no line crosses; it is written out as Word's are.
"""

from __future__ import annotations

import bisect
import ctypes
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_NEAR, _STRAIGHT, _SHORTEST = 3.0, 1.0, 6.0
"""Points: lines so near are one; how far a line may lean; what is shorter is a stroke of something else."""
_MOST_LINES = 6000
_EMPTY = "\u3000"
_NO_LETTER = ("\0", "\ufffe", "\uffff")
"""What PDFium gives for a sign it can't name, and for a hyphen at a line's end."""
Line = tuple[float, float, float]
"""Where it lies, from where to where."""


@dataclass
class Ruled:
    """A table: borders from left to right and from top to bottom, and the lines drawn."""

    xs: list[float]
    ys: list[float]
    upright: list[Line]
    level: list[Line]
    words: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    heights: dict[tuple[int, int], float] = field(default_factory=dict)

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """The row and column of a point, if it lies in the table."""
        column, row = bisect.bisect_right(self.xs, x) - 1, bisect.bisect_right(self.ys, -y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if inside else None

    def add(self, place: tuple[int, int], letter: str, y: float) -> None:
        """A letter of a cell; a line of its own is parted by a space."""
        root = self.roots[place]
        words = self.words.setdefault(root, [])
        if words and abs(self.heights[root] - y) > _NEAR * 1.5:
            words.append(" ")
        self.heights[root] = y
        words.append(letter)

    def join(self) -> None:
        """Find which cells are merged."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        self.roots = {place: place for place in itertools.product(range(rows), range(columns))}
        for row, column in self.roots:
            middle_y, middle_x = (self.ys[row] + self.ys[row + 1]) / 2, (self.xs[column] + self.xs[column + 1]) / 2
            if column + 1 < columns and not _drawn(self.upright, self.xs[column + 1], -middle_y):
                self._unite((row, column), (row, column + 1))
            if row + 1 < rows and not _drawn(self.level, -self.ys[row + 1], middle_x):
                self._unite((row, column), (row + 1, column))
        self.roots = {place: self._root(place) for place in self.roots}

    def _root(self, place: tuple[int, int]) -> tuple[int, int]:
        while self.roots[place] != place:
            place = self.roots[place]
        return place

    def _unite(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        a, b = sorted((self._root(one), self._root(other)))
        self.roots[b] = a

    def lines(self) -> Iterator[str]:
        """The rows; one that is a single cell is a line of its own."""
        for row in range(len(self.ys) - 1):
            roots = [self.roots[row, column] for column in range(len(self.xs) - 1)]
            if len(set(roots)) == 1:
                if roots[0][0] == row:
                    yield self._said(roots[0])
                continue
            yield "\t".join(
                _EMPTY if column and roots[column] == roots[column - 1] else self._said(root) or _EMPTY
                for column, root in enumerate(roots)
            )

    def _said(self, root: tuple[int, int]) -> str:
        return "".join(self.words.get(root, [])).strip()


def text(page: pdfium.PdfPage, words: pdfium.PdfTextPage) -> str | None:
    """The words of a page with its tables row by row; None if none is drawn on it."""
    tables = list(_tables(page))
    if not tables:
        return None
    out, begins = list[str](), dict[int, int]()
    for number in range(words.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(words.raw, number))
        if letter in _NO_LETTER:
            continue
        at = None if letter in "\r\n" else _table_at(tables, *_middle(words, number))
        if at is None:
            out.append(letter)
            continue
        table, cell = at
        tables[table].add(cell, letter, _middle(words, number)[1])
        if table not in begins:
            begins[table] = len(out)
            out.append("")
    for table, begin in begins.items():
        out[begin] = "\n" + "\n".join(tables[table].lines()) + "\n"
    return "".join(out)


def _table_at(tables: Sequence[Ruled], x: float, y: float) -> tuple[int, tuple[int, int]] | None:
    return next(((number, place) for number, table in enumerate(tables) if (place := table.place(x, y))), None)


def _middle(words: pdfium.PdfTextPage, number: int) -> tuple[float, float]:
    left, bottom, right, top = words.get_charbox(number)
    return (left + right) / 2, (bottom + top) / 2


def _tables(page: pdfium.PdfPage) -> Iterator[Ruled]:
    """Groups of upright lines side by side, with the level ones among them."""
    upright, level = _drawn_lines(page)
    for bottom, top in _bands([(a, b) for _, a, b in upright]):
        own = [line for line in upright if bottom - _NEAR <= line[1] and line[2] <= top + _NEAR]
        xs = _merged([line[0] for line in own])
        across = [line for line in level if bottom - _NEAR <= line[0] <= top + _NEAR]
        ys = _merged([-line[0] for line in across])
        if len(xs) > 2 and len(ys) > 2:
            table = Ruled(xs, ys, own, across)
            table.join()
            yield table


def _bands(ranges: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    made: list[tuple[float, float]] = []
    for a, b in sorted(ranges):
        if made and a <= made[-1][1] + _NEAR:
            made[-1] = (made[-1][0], max(made[-1][1], b))
        else:
            made.append((a, b))
    return made[::-1]


def _merged(places: Sequence[float]) -> list[float]:
    made: list[float] = []
    for place in sorted(places):
        if not made or place - made[-1] > _NEAR:
            made.append(place)
    return made


def _drawn(lines: Sequence[Line], at: float, along: float) -> bool:
    return any(abs(place - at) <= _NEAR and a - _STRAIGHT <= along <= b + _STRAIGHT for place, a, b in lines)


def _drawn_lines(page: pdfium.PdfPage) -> tuple[list[Line], list[Line]]:
    """Upright and level lines: strokes, and the edges of filled bars."""
    upright, level = list[Line](), list[Line]()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        for (x, y), (u, v) in _strokes(item):
            if abs(x - u) <= _STRAIGHT and abs(y - v) >= _SHORTEST:
                upright.append((x, min(y, v), max(y, v)))
            elif abs(y - v) <= _STRAIGHT and abs(x - u) >= _SHORTEST:
                level.append((y, min(x, u), max(x, u)))
        if len(upright) + len(level) > _MOST_LINES:
            return [], []
    return upright, level


def _strokes(item: pdfium.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    matrix = item.get_matrix()
    before: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(raw.FPDFPath_CountSegments(item.raw)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, number)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or before is None:
            first = here
        else:
            yield before, here
        before = here
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            yield here, first
