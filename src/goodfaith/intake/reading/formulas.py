"""Formulas in the streamed XML of a sheet: which cell holds one, and whether a result was kept beside it.

A workbook written by a program holds formulas without results: whoever reads its values finds blank cells.
And a formula may call other programs or the net. The reader takes results only, and tells every formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from goodfaith.common.problems import Problem
from goodfaith.intake.reading.layout import Layout
from goodfaith.intake.reading.source import Finding

_ANY = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CELL = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*)</(?:\w+:)?f\s*>)(?:\s*<(?:\w+:)?v\b[^<>/]*>([^<]*)<)?"
)
_CELL_END = re.compile(rb"</(?:\w+:)?c\s*>")
_PLACE = re.compile(rb"""(?:^|\s)r=["']([A-Za-z]{1,3})(\d{1,7})["']""")
_KIND = re.compile(rb"""(?:^|\s)t=["'](\w+)["']""")
_DANGEROUS = re.compile(r"\||\b(?:DDE|HYPERLINK|WEBSERVICE)\b", re.IGNORECASE)
_LONGEST = 256 * 1024
"""Bytes of a cell with a formula and a text as its result, with room to spare."""
_MOST = 20_000
_MOST_WARNINGS = 2_000
_SHOWN = 200
_Told = tuple[int, int, str, str | None, Literal["refused", "warning"], str]
REFUSED = (
    "这个单元格是公式，没有保存计算结果，或者会调用其他程序、访问网络，不能读取。"
    "请在表格中“选择性粘贴—数值”后重新报送。"
)
READ = "这个单元格是公式，已按文件中保存的计算结果读取，请核对结果；建议“选择性粘贴—数值”后再报送。"


@dataclass
class Formulas:
    """Cells with formulas (row from 1, column from 0). ``refused``: with the formula; ``read``: with a plain result."""

    refused: list[tuple[int, int, str]] = field(default_factory=list)
    read: list[tuple[int, int]] = field(default_factory=list)
    unplaced: bool = False

    def take(self, data: bytes) -> None:
        """Take the formulas of ``data``, which ends where a cell ends (:func:`whole_cells`)."""
        if not _ANY.search(data):
            return
        for match in _CELL.finditer(data):
            attributes, text, result = match.groups()
            place, kind = _PLACE.search(attributes), _KIND.search(attributes)
            self._cell(place, kind[1] if kind else b"", (text or b"").decode("utf-8", "replace"), result or b"")

    def _cell(self, place: re.Match[bytes] | None, kind: bytes, text: str, result: bytes) -> None:
        formula = unescape(text)
        refused = bool(_DANGEROUS.search(formula)) or not (result.strip() or kind in (b"str", b"e"))
        if place is None:
            self.unplaced = self.unplaced or refused
        elif refused and len(self.refused) <= _MOST:
            self.refused.append((int(place[2]), column_number(place[1]), f"={formula[:_SHOWN]}"))
        elif not refused and kind != b"e" and len(self.read) < _MOST_WARNINGS:
            self.read.append((int(place[2]), column_number(place[1])))


def column_number(letters: bytes) -> int:
    """Column number from 0 of letters such as AB."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def whole_cells(data: bytes, end: int) -> int:
    """Where ``data`` up to ``end`` is to be cut so that no cell with a formula is torn; ``end`` when none is."""
    tail = max(end - _LONGEST, 0)
    start = data.rfind(b"<", tail, max(data.rfind(b"<c ", tail, end), data.rfind(b":c ", tail, end)) + 1)
    if start < 0 or _CELL_END.search(data, start, end):
        return end
    opening = data.find(b">", start, end)
    return end if opening > 0 and data[opening - 1 : opening] == b"/" else start


def findings(formulas: Formulas, layout: Layout, first_column: int) -> list[Finding]:
    """``cell_formula`` (refused) and ``formula_result_read`` (a warning) for the cells of the table.

    ``first_column``: sheet column (from 0) of raw column 0. Problem ``too_many_formulas`` when the cells that
    would have to be refused are too many to be told one by one.
    """
    if formulas.unplaced or len(formulas.refused) > _MOST:
        raise Problem(
            "too_many_formulas",
            "工作表里有大量公式没有保存计算结果，或者会调用其他程序，逐格读不出内容。",
            "请在 Excel 或 WPS 中全选、复制、“选择性粘贴—数值”，另存后重新报送。",
        )
    named = dict(zip(layout.places, layout.columns, strict=True))
    refused: list[_Told] = [(r, c, "cell_formula", text, "refused", REFUSED) for r, c, text in formulas.refused]
    read: list[_Told] = [(r, c, "formula_result_read", None, "warning", READ) for r, c in formulas.read]
    return [
        Finding(row, named[column - first_column], code, value, level, told)
        for row, column, code, value, level, told in (*refused, *read)
        if row >= layout.first_row and column - first_column in named
    ]
