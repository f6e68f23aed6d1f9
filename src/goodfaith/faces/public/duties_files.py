"""A document's open clauses as JSON and as a workbook: the same rows as on the page, with what may be taken along.

``site``: the address of the platform, for files.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Protocol

import orjson
import xlsxwriter
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.duties.queries.show_public import Beside
from goodfaith.duties.views import PublicDocument, PublicDuty
from goodfaith.faces.parts.words import day
from goodfaith.faces.public import duties_evidence as stood
from goodfaith.faces.public import duties_words as words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Answer = tuple[bytes, str]
WIDTHS = (8, 36, 60, 12, 30, 30, 18, 18, 60, 16, 40)
PIECE_WIDTHS = (8, 36, 50, 12, 30, 18, 14, 12, 60, 68)


class Line(Protocol):
    """A clause as the page has it."""

    @property
    def duty(self) -> PublicDuty: ...
    @property
    def beside(self) -> Beside: ...
    @property
    def state(self) -> str: ...
    @property
    def taking_part(self) -> list[str]: ...


def as_json(document: PublicDocument, lines: Sequence[Line], site: str) -> Answer:
    """Codes, words and days: ``{counted_on, document, duties: [...]}``; a file with its SHA-256."""
    body = {
        "counted_on": clock.today(), "document": asdict(document), "duties": [_duty(line, site) for line in lines],
    }  # fmt: skip
    return orjson.dumps(body, option=orjson.OPT_INDENT_2, default=str), "application/json"


def _duty(line: Line, site: str) -> dict[str, Any]:
    beside = {**asdict(line.beside), **stood.as_data(line.beside.evidence, site)}
    return {"state": line.state, **_plain(asdict(line.duty)), **beside}


def _plain(duty: dict[str, Any]) -> dict[str, Any]:
    """Without what the page does not show, or shows from elsewhere."""
    return {name: value for name, value in duty.items() if name not in ("document_id", "participants", "questions")}


def _heads() -> list[str]:
    return [
        _("条"), _("任务"), _("条文"), _("状态"), _("责任单位"), _("参与单位"), _("期限（公文）"), _("本期截止"),
        _("做了什么"), _("报送日期"), _("上承条款"),
    ]  # fmt: skip


def _cells(line: Line) -> Iterable[list[str]]:
    """One row for each responsible unit and period."""
    duty = line.duty
    for one in duty.assignments:
        yield [
            duty.clause_no, duty.title, duty.text, words.step_words(one),
            f"{words.part_name(one.part)} {words.unit_words(one.unit_name, one.written)}",
            _("、").join(line.taking_part),
            words.due_words(duty.due), day(one.due_on), one.done, day(one.done_on) if one.done_on else "",
            "\n".join(map(words.above_words, line.beside.above)),
        ]  # fmt: skip


def _piece_heads() -> list[str]:
    return [
        _("条"), _("任务"), _("材料"), _("种类"), _("单位"), _("日期"), _("公开属性"), _("大小"), _("地址"), "SHA-256",
    ]  # fmt: skip


def _pieces(line: Line, site: str) -> Iterable[list[str]]:
    """One row for each piece that is open or may be asked for."""
    place, kinds = [line.duty.clause_no, line.duty.title], {"link": _("链接"), "figure": _("平台测量")}
    for one in line.beside.evidence.shown:
        where = stood.address(one)
        yield [
            *place, stood.name(one), kinds.get(one.kind) or stood.type_name(one.media), one.unit_name, day(one.on),
            _("主动公开"), filesizeformat(one.size) if one.size else "", site + where if one.kind == "file" else where,
            one.sha256,
        ]  # fmt: skip
    for asked in line.beside.evidence.on_request:
        yield [*place, asked.title, _("文件"), asked.unit_name, day(asked.on), _("依申请公开"), "", "", ""]


def as_xlsx(document: PublicDocument, lines: Sequence[Line], site: str) -> Answer:
    """A sheet of clauses, one of what stood with their progress, one that says what they are."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _sheet(book, _("任务"), _heads(), WIDTHS, (cells for line in lines for cells in _cells(line)))
    _sheet(book, _("材料"), _piece_heads(), PIECE_WIDTHS, (cells for line in lines for cells in _pieces(line, site)))
    _about(book, document)
    book.close()
    return out.getvalue(), XLSX


def _sheet(
    book: xlsxwriter.Workbook, name: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[list[str]]
) -> None:
    bold, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(name)
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        page.write_string(0, column, head, bold)
        page.set_column(column, column, width)
    page.freeze_panes(1, 2)
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells):
            page.write_string(row, column, text, wrap)


def _about(book: xlsxwriter.Workbook, document: PublicDocument) -> None:
    page = book.add_worksheet(_("说明"))
    facts = [
        (_("公文"), document.title), (_("文号"), document.doc_no), (_("发文机关"), document.issuer),
        (_("统计日期"), day(clock.today())), (_("范围"), _("只有主动公开的任务")),
    ]  # fmt: skip
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 80)
    for row, (name, value) in enumerate(facts):
        page.write_string(row, 0, name)
        page.write_string(row, 1, value)
