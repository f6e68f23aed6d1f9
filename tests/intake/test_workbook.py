"""The workbook of refused rows goes in again; the template is a file the reader knows."""

from __future__ import annotations

import io

import openpyxl
import polars as pl

from goodfaith.intake import workbook
from goodfaith.intake.mapping import propose
from goodfaith.intake.reading import open_file
from goodfaith.intake.template import empty_template
from goodfaith.law import schema
from tests.intake.test_mapping import ITEM

COLUMNS = ["姓名", "证件号码", "备注"]
CELLS = [["张三", "11010519491231002X", "=cmd|' /C calc'!A0"], ["李四", "5.13E+17", None], ["http://a.b", "0012", "@x"]]


def _written() -> bytes:
    out = io.BytesIO()
    refusals = {"证件号码": ("id_excel_ruined", "证件号码的后几位已经丢失。"), "": ("row_too_wide", "列数不对。")}
    rows = [(number, cells, refusals) for number, cells in enumerate(CELLS, 7)]
    assert workbook.refused_workbook(out, COLUMNS, None, iter(rows)) == 3
    return out.getvalue()


def test_it_reads_back_as_it_was() -> None:
    source = open_file(_written(), "退回.xlsx", set(COLUMNS))
    assert (source.columns, source.sheet) == (COLUMNS, "退回数据")
    assert [list(row[:-1]) for row in pl.concat(list(source.batches())).rows()] == CELLS


def test_cells_are_marked_and_nothing_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(_written()))["退回数据"]
    assert [cell.value for cell in sheet[1]] == [*COLUMNS, "原行号", "说明"]
    assert sheet["B2"].comment and "丢失" in sheet["B2"].comment.text
    assert sheet["B2"].fill.fgColor.rgb == "FFFFF2CC" and sheet["A2"].comment is None
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"} and sheet["C2"].data_type == "s"
    assert [sheet["D2"].value, sheet["E2"].value] == ["7", "证件号码：证件号码的后几位已经丢失。\n列数不对。"]
    assert {cell.number_format for cell in sheet[2]} == {"@"} and sheet.freeze_panes == "A2"


def test_comments_have_an_end(monkeypatch: object) -> None:
    out = io.BytesIO()
    rows = ((n, ["x"], {"姓名": ("a", "错。")}) for n in range(workbook._MOST_COMMENTS + 50))
    workbook.refused_workbook(out, ["姓名"], None, rows)
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue()))["退回数据"]
    assert sum(1 for row in sheet for cell in row if cell.comment) == workbook._MOST_COMMENTS


def test_the_template_fits_its_item() -> None:
    raw = {"code": "kinds", "name": {"zh": "种", "en": "k"}, "source": "x", "checked": "mirror"}
    entries = [{"code": str(n), "name": {"zh": f"第{n}种", "en": "k"}} for n in range(200)]
    kinds = schema.CodeList.model_validate({**raw, "entries": entries})
    edition = ITEM.edition("new")
    first = edition.fields[0].model_copy(update={"code_list": "kinds"})
    edition = edition.model_copy(update={"fields": (first, *edition.fields[1:])})
    data = empty_template(ITEM, edition, {"kinds": kinds})
    book = openpyxl.load_workbook(io.BytesIO(data))
    head = [cell.value for cell in book["数据"][1]]
    proposal = propose(head, ITEM)
    assert (proposal.edition, proposal.missing, proposal.unknown) == ("new", [], [])
    assert book["数据"]["A1"].comment and "必填" in book["数据"]["A1"].comment.text
    assert "$A$200" in book["数据"].data_validations.dataValidation[0].formula1
    assert book["代码表"].sheet_state == "hidden"
