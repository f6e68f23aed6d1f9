"""Files as units deliver them: clean rows of one form, and what clerks and spreadsheets make of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import xlsxwriter

from goodfaith.demo import rows, subjects
from goodfaith.demo.city import City, generator
from goodfaith.law import schema

Cells = list[list[str | None]]
FIRST_SERIAL = 800_000
"""Document numbers of sample files lie above those of the city's records."""


@dataclass(frozen=True)
class Table:
    """A file's content before it is written: one list of cells a row, in the order of ``fields``."""

    item: schema.Item
    fields: tuple[schema.ItemField, ...]
    cells: Cells

    def place(self, code: str) -> int:
        """The column of a field; ValueError when the form has none."""
        return [field.code for field in self.fields].index(code)

    def headers(self, *, official: bool = False) -> list[str]:
        """The headers in Chinese, or as official codes."""
        return [field.code if official else field.name.zh for field in self.fields]


def _named(city: City, field: schema.ItemField, column: pl.Series) -> pl.Series:
    """Codes written as the names that clerks choose from the lists."""
    if field.code_list is None:
        return column
    names = {entry.code: entry.name.zh for entry in city.catalogue.code_lists[field.code_list].entries}
    if not field.multiple:
        return column.replace(names)
    return column.str.split(";").list.eval(pl.element().replace(names)).list.join("、")


def table(
    city: City, item_code: str, unit: str, count: int, seed: int, report_on: dt.date, edition: str | None = None
) -> Table:
    """``count`` good rows that ``unit`` could report on that day; other rows for another ``seed``."""
    item = city.catalogue.items[item_code]
    form = item.edition(edition) if edition else item.editions[0]
    rng = generator(9_000 + seed)
    last = min(report_on, form.decided.end - dt.timedelta(days=200)) if form.decided.end else report_on
    number = [one.code for one in city.units].index(unit)
    days = pl.Series([last - dt.timedelta(days=int(n)) for n in rng.integers(1, 8, count)])
    base = pl.DataFrame({"decided": days}).with_columns(
        pl.lit(0, dtype=pl.Int64).alias("slot"),
        pl.lit(number, dtype=pl.Int64).alias("unit"),
        pl.lit(last).alias("report_on"),
    )
    placed = subjects.assign(rng, city, item, base).with_row_index("serial", offset=FIRST_SERIAL + seed * 1_000)
    frame = rows.make(rng, city, item, form, placed)
    columns = [_named(city, field, frame[field.code]) for field in form.fields]
    return Table(item, form.fields, [list(row) for row in zip(*columns, strict=True)])


def _csv_text(made: Table, *, official: bool, title: list[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in title:
        writer.writerow([line] + [""] * (len(made.fields) - 1))
    writer.writerow(made.headers(official=official))
    writer.writerows([[cell or "" for cell in row] for row in made.cells])
    return out.getvalue()


def csv_bytes(
    made: Table, *, encoding: str = "utf-8-sig", official: bool = False, title: tuple[str, ...] = ()
) -> bytes:
    """As CSV; ``title``: lines above the headers."""
    return _csv_text(made, official=official, title=list(title)).encode(encoding)


def xlsx_bytes(made: Table, *, title: tuple[str, ...] = ()) -> bytes:
    """As a workbook, with merged title rows above the headers."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet("数据"), book.add_format({"bold": True, "text_wrap": True})
    for row, line in enumerate(title):
        sheet.merge_range(row, 0, row, len(made.fields) - 1, line, bold)
    for column, name in enumerate(made.headers()):
        sheet.write_string(len(title), column, name, bold)
    for row, cells in enumerate(made.cells, len(title) + 1):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write_string(row, column, cell)
    book.close()
    return out.getvalue()


def zip_bytes(name: str, content: bytes) -> bytes:
    """One file in a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


FULL_WIDTH = str.maketrans("0123456789-X", "０１２３４５６７８９－Ｘ")


def _slashes(text: str) -> str:
    year, month, day = text.split("-")
    return f"{year}/{int(month)}/{int(day)}"


def _han(text: str) -> str:
    year, month, day = text.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _serial(text: str) -> str:
    return str((dt.date.fromisoformat(text) - dt.date(1899, 12, 30)).days)


def _ruined(text: str) -> str:
    return f"{float(text[:17] + '0'):.2E}"


def _to_yuan(text: str) -> str:
    return f"{float(text) * 10_000:.0f}"


def _letters(text: str) -> str:
    return text[:9].replace("0", "O") + text[9:-1].replace("1", "I") + text[-1]


def _wrong_check(text: str) -> str:
    return text[:-1] + ("0" if text[-1] != "0" else "1")


def _next_year(text: str) -> str:
    return str(int(text[:4]) + 1) + text[4:]


@dataclass(frozen=True)
class Fault:
    """What can be wrong (or odd, but readable) in a cell: in which field, and what becomes of it."""

    what: str
    field: str
    change: Callable[[str], str | None]


PENALTY_FAULTS = (
    Fault("全角数字", "CF_JDRQ", lambda t: t.translate(FULL_WIDTH)),
    Fault("多余空格", "CF_XDR_MC", lambda t: f" {t[:2]}　{t[2:]} "),
    Fault("2018年3月5日", "CF_JDRQ", _han),
    Fault("2018/3/5", "CF_JDRQ", _slashes),
    Fault("Excel序列日期", "CF_JDRQ", _serial),
    Fault("小写x", "CF_XDR_ZJHM", str.lower),
    Fault("科学计数法毁坏的身份证号", "CF_XDR_ZJHM", _ruined),
    Fault("身份证号校验位错误", "CF_XDR_ZJHM", _wrong_check),
    Fault("信用代码中的字母O和I", "CF_XDR_SHXYM", _letters),
    Fault("信用代码校验位错误", "CF_XDR_SHXYM", _wrong_check),
    Fault("万元栏填了元", "CF_NR_FK", _to_yuan),
    Fault("2099/12/31表示长期", "CF_YXQ", lambda _: "2099/12/31"),
    Fault("决定日期晚于报送日", "CF_JDRQ", _next_year),
    Fault("缺少文号", "CF_WSH", lambda _: None),
    Fault("不存在的日期", "CF_JDRQ", lambda t: t[:5] + "02-30"),
    Fault("自拟的处罚类别", "CF_CFLB", lambda _: "口头教育"),
    Fault("公式", "CF_SY", lambda _: "=cmd|' /C calc'!A0"),
)
"""One of each kind for the penalty form."""


def spoil(made: Table, faults: tuple[Fault, ...], every: int = 1) -> Table:
    """Put each fault into a row of its own that has the cell, ``every`` rows apart; and one row twice."""
    cells, at = [list(row) for row in made.cells], 0
    for fault in faults:
        place = made.place(fault.field)
        row = next((n for n in range(at, len(cells)) if cells[n][place]), None)
        if row is None:
            continue
        cells[row][place] = fault.change(str(cells[row][place]))
        at = row + every
    return Table(made.item, made.fields, [*cells, list(cells[-1])])
