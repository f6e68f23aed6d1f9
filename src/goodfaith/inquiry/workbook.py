"""Workbooks of bulk checks: the blank list, and the list with its answers."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

TEMPLATE = ("名称", "统一社会信用代码或证件号码", "证件类型")
EXPLAINED = (
    "每行一个主体。单位填“名称”和统一社会信用代码；自然人填姓名和公民身份号码。",
    "“证件类型”只在不是统一社会信用代码、也不是居民身份证时填写：护照、港澳居民来往内地通行证、台湾居民来往大陆通行证、"
    "外国人永久居留身份证、组织机构代码、工商注册号。",
    "名称与代码须一致，不一致的行只答复“不一致”。",
    "请保持单元格为文本格式，以免长号码变成 5.13E+17 这样的数字。",
)
HEADS = (
    ("原行号", 8), ("名称", 30), ("代码或证件号码", 24), ("核查结果", 18), ("措施", 30), ("性质", 8), ("依据", 40),
    ("决定文书号", 24), ("作出单位", 28), ("作出日期", 14), ("有效至", 16), ("有无异议", 10), ("说明", 50),
    ("查询日志号", 14),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the result: texts in the order of :data:`HEADS`."""

    cells: Sequence[str]


def _book(out: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook in which nothing becomes a formula, a link or a number."""
    return xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def _write(sheet: Any, row: int, cells: Iterable[str], style: Any) -> None:
    for place, text in enumerate(cells):
        sheet.write_string(row, place, text, style)


def template() -> bytes:
    """The blank list with a page that explains it."""
    out = io.BytesIO()
    book = _book(out)
    text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "bg_color": "#DCE6F1"})
    sheet, guide = book.add_worksheet("名单"), book.add_worksheet("填写说明")
    for place, width in enumerate((36, 30, 24)):
        sheet.set_column(place, place, width, text)
    _write(sheet, 0, TEMPLATE, head)
    sheet.freeze_panes(1, 0)
    guide.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
    for row, line in enumerate(EXPLAINED):
        guide.write_string(row, 0, line)
    book.close()
    return out.getvalue()


def result(lines: Iterable[Line], about: Iterable[tuple[str, str]]) -> bytes:
    """The answers, and a page that says what was asked, by whom and that a person decides."""
    out = io.BytesIO()
    book = _book(out)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "valign": "top"})
    sheet, page = book.add_worksheet("核查结果"), book.add_worksheet("说明")
    for place, (_name, width) in enumerate(HEADS):
        sheet.set_column(place, place, width, text)
    _write(sheet, 0, [name for name, _width in HEADS], head)
    sheet.freeze_panes(1, 3)
    for row, line in enumerate(lines, 1):
        _write(sheet, row, line.cells, text)
    page.set_column(0, 0, 24, text)
    page.set_column(1, 1, 90, text)
    for row, pair in enumerate(about):
        _write(page, row, pair, text)
    book.close()
    return out.getvalue()
