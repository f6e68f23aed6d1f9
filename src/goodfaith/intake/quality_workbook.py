"""The data-quality figures as a workbook, for reports to the mayor's office and the units."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import xlsxwriter

from goodfaith.intake.quality import Quality, Window

HEADERS = (
    "单位", "目录条目", "批次", "报送行数", "合格率", "及时率", "完整率", "报送率", "漏报期数", "重复率",
    "更正率", "综合",
)  # fmt: skip
SHARES = ("validity", "timeliness", "completeness", "reporting")


def workbook(
    rows: Iterable[Quality], window: Window, unit_name: Callable[[str], str], item_name: Callable[[str], str]
) -> bytes:
    """An .xlsx with one line for each unit and item; shares as percentages, empty where nothing was measured."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("数据质量")
    bold, percent = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, HEADERS, bold)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 1, 28)
    for line, row in enumerate(rows, start=1):
        sheet.write_row(line, 0, [unit_name(row.unit), item_name(row.item), row.deliveries, row.rows])
        for column, name in enumerate(SHARES, start=4):
            _write(sheet, line, column, getattr(row, name), percent)
        sheet.write_number(line, 8, row.missed)
        _write(sheet, line, 9, row.repetition, percent)
        _write(sheet, line, 10, row.correction, percent)
        _write(sheet, line, 11, None if row.mark is None else round(row.mark, 1), None)
    _note(book, window)
    book.close()
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: float | None, shape: object) -> None:
    if value is not None:
        sheet.write_number(line, column, value, shape)


def _note(book: xlsxwriter.Workbook, window: Window) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 90)
    lines = (
        f"统计区间：{window.first:%Y年%m月} 起，到 {window.end:%Y年%m月} 之前。",
        "合格率：通过全部检查的行占报送行数。及时率：在规定期限内报送的行占合格行（工作日按国务院公布的放假安排）。",
        "完整率：已填的格占表单全部格。报送率：应报期数中已报的。综合：合格 35、及时 35、完整 20、报送 10，不计数量。",
        "空格表示区间内没有可以衡量的数据。",
    )
    for row, text in enumerate(lines):
        sheet.write_string(row, 0, text)
