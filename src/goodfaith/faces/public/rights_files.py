"""The figures about rights to take along: CSV, a workbook, JSON; the same rows in each."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import asdict

import orjson
import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from goodfaith.faces.parts.units import unit_name
from goodfaith.faces.parts.words import moment
from goodfaith.faces.public import rights_tables as tables
from goodfaith.faces.public.rights_figures import Figures
from goodfaith.faces.public.rights_periods import Period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Answer = tuple[bytes, str]


def as_json(found: Figures, period: Period) -> Answer:
    """Codes and numbers: ``{since, until, counted_at, cases: [...], recalls: [...]}``."""
    body = {
        "since": period.since, "until": period.until, "counted_at": found.at.isoformat(),
        "cases": [asdict(row) for row in found.cases], "recalls": [asdict(row) for row in found.recalls],
    }  # fmt: skip
    return orjson.dumps(body, option=orjson.OPT_INDENT_2), "application/json"


def as_csv(found: Figures, period: Period) -> Answer:
    """One line a row, in words, with a byte-order mark for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(tables.heads().values())
    writer.writerows(tables.cells(row).values() for row in found.cases)
    return ("\ufeff" + out.getvalue()).encode(), "text/csv; charset=utf-8"


def as_xlsx(found: Figures, period: Period) -> Answer:
    """Cases and recalls on a sheet each."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    _sheet(book, bold, _("案件"), [*tables.heads().values()], [[*tables.cells(row).values()] for row in found.cases])
    heads = [_("单位"), _("通知"), _("已回执"), _("过期没有回执"), _("回执天数（中位数）")]
    _sheet(book, bold, _("撤回通知"), heads, [
        [unit_name(one.unit), one.n, one.confirmed, one.unconfirmed, one.days_median] for one in found.recalls
    ])  # fmt: skip
    _sheet(book, bold, _("说明"), [_("统计区间"), _("统计时间")], [[period.words, moment(found.at)]])
    book.close()
    return out.getvalue(), XLSX


def _sheet(book: xlsxwriter.Workbook, bold: object, name: str, heads: list[str], rows: list[list[object]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, heads, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 3, 24)
    for line, row in enumerate(rows, start=1):
        sheet.write_row(line, 0, ["" if cell is None else cell for cell in row])


FORMS: dict[str, Callable[[Figures, Period], Answer]] = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}


def attached(found: Figures, period: Period, form: str) -> HttpResponse:
    """The file of one of :data:`FORMS`, named by what it is and its days."""
    body, media = FORMS[form](found, period)
    response = HttpResponse(body, content_type=media)
    stem = f"rights-{period.since.isoformat()}-{period.until.isoformat()}"
    response["Content-Disposition"] = f'attachment; filename="{stem}.{form}"'
    return response
