"""The workbook of refused rows: as delivered, the bad cells marked, ready to be mended and delivered again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from goodfaith.intake.reading.layout import EXPLANATION, SOURCE_ROW

_MOST_COMMENTS = 5000
"""More make the file slow to open; the explanation column says the same."""
_LONGEST_CELL = 32_767
Refusals = Mapping[str, tuple[str, str]]
"""Column (or "" for the row as a whole) → (code, message)."""
RefusedRow = tuple[int, Sequence[str | None], Refusals]
_GUIDE = (
    "“退回数据”工作表列出没有通过检查的行，原来的列和顺序不变。",
    "黄底红字的单元格需要修改，原因写在单元格批注和最右边的“说明”列里。",
    "改好以后保存，直接把这个文件重新报送即可。",
    "“原行号”和“说明”两列由系统添加，重新报送时会自动忽略，可以保留。",
    "所有单元格都是文本格式，请不要改成数值格式，以免身份证号、统一社会信用代码变成 5.13E+17 这样的数字。",
)


def refused_workbook(
    out: Path | BinaryIO,
    source_columns: Sequence[str],
    header_row_values: Sequence[str] | None,
    rows: Iterable[RefusedRow],
) -> int:
    """Write the workbook to ``out`` in constant memory; returns the number of rows.

    ``source_columns``: the columns of the Source; ``header_row_values``: the headers as they stood in the
    file, when they differ. ``rows``: (sheet row, cells in the order of the columns, refusals).
    """
    book = xlsxwriter.Workbook(
        out if not isinstance(out, Path) else str(out),
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    sheet = book.add_worksheet("退回数据")
    formats = _formats(book)
    _head(sheet, formats, list(header_row_values or source_columns))
    count = _rows(sheet, formats, source_columns, rows)
    _guide(book, formats)
    book.close()
    return count


def _formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    text = {"num_format": "@", "valign": "top"}
    return {
        "text": book.add_format(text),
        "head": book.add_format({**text, "bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True}),
        "ours": book.add_format({**text, "bold": True, "bg_color": "#E7E6E6", "border": 1}),
        "bad": book.add_format({**text, "bg_color": "#FFF2CC", "font_color": "#C00000", "border": 1}),
        "say": book.add_format({**text, "text_wrap": True, "font_color": "#7F6000"}),
    }


def _head(sheet: Any, formats: Mapping[str, Any], names: list[str]) -> None:
    for place, name in enumerate(names):
        sheet.set_column(place, place, min(max(len(name.encode("gb18030")) + 2, 12), 32), formats["text"])
    sheet.set_column(len(names), len(names), 8, formats["text"])
    sheet.set_column(len(names) + 1, len(names) + 1, 60, formats["text"])
    for place, name in enumerate(names):
        sheet.write_string(0, place, name, formats["head"])
    sheet.write_string(0, len(names), SOURCE_ROW, formats["ours"])
    sheet.write_string(0, len(names) + 1, EXPLANATION, formats["ours"])
    sheet.freeze_panes(1, 0)


def _rows(sheet: Any, formats: Mapping[str, Any], columns: Sequence[str], rows: Iterable[RefusedRow]) -> int:
    places = {name: place for place, name in enumerate(columns)}
    comments = count = 0
    for count, (source_row, cells, refusals) in enumerate(rows, 1):
        bad = {places[name]: message for name, (_, message) in refusals.items() if name in places}
        for place in range(len(columns)):
            value = cells[place] if place < len(cells) else None
            _cell(sheet, count, place, value, formats["bad" if place in bad else "text"])
            if place in bad and comments < _MOST_COMMENTS:
                sheet.write_comment(count, place, bad[place], {"x_scale": 2})
                comments += 1
        sheet.write_string(count, len(columns), str(source_row), formats["text"])
        sheet.write_string(count, len(columns) + 1, _explain(refusals)[:_LONGEST_CELL], formats["say"])
    return count


def _cell(sheet: Any, row: int, place: int, value: str | None, style: Any) -> None:
    """Always a string: nothing becomes a formula, a link or a rounded number."""
    if value:
        sheet.write_string(row, place, value[:_LONGEST_CELL], style)
    else:
        sheet.write_blank(row, place, None, style)


def _explain(refusals: Refusals) -> str:
    return "\n".join(f"{name}：{message}" if name else message for name, (_, message) in refusals.items())


def _guide(book: xlsxwriter.Workbook, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 100)
    for row, line in enumerate(_GUIDE):
        sheet.write_string(row, 0, line, formats["say"])
