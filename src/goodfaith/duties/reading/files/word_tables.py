"""Word's tables as lines: a row is a line with tabs between its cells, merged cells written out in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from goodfaith.duties.reading.files.word_numbers import W

_EMPTY = "\u3000"


def lines(table: etree._Element, words_of: Callable[[etree._Element], str]) -> Iterator[str]:
    """A cell merged downwards says in every row what its first row says; one merged sideways has empty ones after it.

    A row of one cell (a chapter's name across the table) is a line of its own; so is one of which the only cell with
    words holds a table itself.
    """
    above: dict[int, str] = {}
    for row in table.iterchildren(f"{W}tr"):
        own = list(row.iterchildren(f"{W}tc"))
        frame = own[0] if len(own) == 1 else _frame(own)
        if frame is not None:
            yield from _inside(frame, words_of)
        else:
            yield "\t".join(_cells(row, words_of, above))


def _frame(cells: list[etree._Element]) -> etree._Element | None:
    """The cell that frames a table, if those beside it are empty."""
    filled = [cell for cell in cells if any((text.text or "").strip() for text in cell.iter(f"{W}t"))]
    return filled[0] if len(filled) == 1 and filled[0].find(f"{W}tbl") is not None else None


def _inside(cell: etree._Element, words_of: Callable[[etree._Element], str]) -> Iterator[str]:
    """Of a row of one cell: its own lines, for whole documents come in such frames."""
    for element in cell.iterchildren(f"{W}p", f"{W}tbl"):
        if element.tag == f"{W}tbl":
            yield from lines(element, words_of)
        else:
            yield words_of(element)


def _cells(row: etree._Element, words_of: Callable[[etree._Element], str], above: dict[int, str]) -> Iterator[str]:
    column = 0
    for cell in row.iterchildren(f"{W}tc"):
        text = _text(cell, words_of)
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val", "continue") == "continue" and text == _EMPTY:
            text = above.get(column, _EMPTY)
        above[column] = text
        yield text
        for _ in range(1, _width(cell)):
            column += 1
            above[column] = _EMPTY
            yield _EMPTY
        column += 1


def _width(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    width = span.get(f"{W}val", "1") if span is not None else "1"
    return min(int(width), 60) if width.isdecimal() else 1


def _text(cell: etree._Element, words_of: Callable[[etree._Element], str]) -> str:
    """A cell's own lines are joined as a list would be."""
    said = [words_of(paragraph).strip() for paragraph in cell.iter(f"{W}p")]
    return re.sub(r"\s*[\n\t]+\s*", "", " ".join(line for line in said if line)) or _EMPTY
