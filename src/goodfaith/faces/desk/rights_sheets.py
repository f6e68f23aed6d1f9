"""Lists of 权益 as workbooks. All cells are text or numbers; nothing in them is run."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

from goodfaith.faces.desk.downloads import attached

WIDEST, NARROWEST = 40, 10
LONGEST_NAME = 31


def sheet(filename: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A workbook of one sheet to save."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(title[:LONGEST_NAME])
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    for column, head in enumerate(heads):
        page.write_string(0, column, head, bold)
        page.set_column(column, column, min(max(len(head.encode("gb18030")) + 4, NARROWEST), WIDEST))
    page.freeze_panes(1, 1)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(page, line, column, value)
    book.close()
    return attached(HttpResponse(out.getvalue()), filename, "xlsx")


def _write(page: xlsxwriter.worksheet.Worksheet, line: int, column: int, value: object) -> None:
    if isinstance(value, int | float):
        page.write_number(line, column, value)
    elif value not in (None, ""):
        page.write_string(line, column, str(value))
