"""The blank workbook for clerks: headers, marks, notes, lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from goodfaith.law import schema

_ROWS = 5000
_LONGEST_COMMENT = 1500
_TYPES = {
    "text": "文本", "date": "日期，如 2026-03-05", "decimal": "数字", "integer": "整数", "code": "从列表中选择",
    "uscc": "18 位统一社会信用代码", "organisation_code": "9 位组织机构代码", "registration_no": "工商注册号",
    "tax_no": "税务登记号", "document_no": "证件号码", "year": "4 位年份", "subject_name": "主体名称",
    "person_name": "姓名",
}  # fmt: skip
_EXAMPLES = {"date": "2026-03-05", "year": "2026", "decimal": "1.5", "integer": "3"}


def empty_template(
    item: schema.Item, edition: schema.Edition, code_lists: Mapping[str, schema.CodeList] | None = None
) -> bytes:
    """The template as XLSX. ``code_lists`` of the catalogue give the lists to choose from (law.Catalogue)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, guide = book.add_worksheet("数据"), book.add_worksheet("填写说明")
    lists = _List(book, code_lists or {})
    text = book.add_format({"num_format": "@"})
    for place, one in enumerate(edition.fields):
        _column(book, sheet, place, one, text, lists)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 0)
    _guide(book, guide, item, edition, lists)
    book.close()
    return out.getvalue()


class _List:
    """Code lists on a hidden sheet; a data validation refers to its cells (a typed list ends at 255 letters)."""

    def __init__(self, book: xlsxwriter.Workbook, code_lists: Mapping[str, schema.CodeList]) -> None:
        self._sheet = book.add_worksheet("代码表")
        self._sheet.hide()
        self._lists = code_lists
        self._ranges: dict[str, str] = {}

    def entries(self, code: str | None) -> list[str]:
        """Names of the entries; empty when the list is not known here."""
        found = self._lists.get(code or "")
        return [entry.name.zh for entry in found.entries] if found else []

    def range(self, code: str) -> str:
        """A reference to the cells that hold the list."""
        if code not in self._ranges:
            place, names = len(self._ranges), self.entries(code)
            for row, name in enumerate(names):
                self._sheet.write_string(row, place, name)
            last = xlsxwriter.utility.xl_rowcol_to_cell(len(names) - 1, place, True, True)
            first = xlsxwriter.utility.xl_rowcol_to_cell(0, place, True, True)
            self._ranges[code] = f"=代码表!{first}:{last}"
        return self._ranges[code]


def _column(book: Any, sheet: Any, place: int, one: schema.ItemField, text: Any, lists: _List) -> None:
    name = _header(one)
    sheet.set_column(place, place, min(max(len(name.encode("gb18030")) + 2, 14), 36), text)
    colour = {"*": "#F8CBAD", "": "#DCE6F1"}["*" if one.required is True else ""]
    style = {"bold": True, "bg_color": colour, "border": 1, "text_wrap": True, "num_format": "@", "valign": "vcenter"}
    sheet.write_string(0, place, name, book.add_format(style))
    sheet.write_comment(0, place, _note(one, lists)[:_LONGEST_COMMENT], {"x_scale": 2, "y_scale": 2})
    if lists.entries(one.code_list) and one.code_list:
        kind = "information" if one.multiple else "stop"
        sheet.data_validation(
            1, place, _ROWS, place,
            {"validate": "list", "source": lists.range(one.code_list), "error_type": kind,
             "error_title": "不在列表中", "error_message": "请从下拉列表中选择。"},
        )  # fmt: skip


def _header(one: schema.ItemField) -> str:
    unit = f"（{one.unit}）" if one.unit and one.unit not in one.name.zh else ""
    return ("*" if one.required is True else "") + one.name.zh + unit


def _need(one: schema.ItemField) -> str:
    if isinstance(one.required, schema.RequiredIf):
        return f"“{one.required.field}”为{'、'.join(one.required.any_of)}时必填"
    return "必填" if one.required else "选填"


def _note(one: schema.ItemField, lists: _List) -> str:
    entries = lists.entries(one.code_list)
    parts = [
        _need(one),
        f"类型：{_TYPES[one.type]}",
        f"最长 {one.length} 字" if one.length and one.type in ("text", "subject_name", "person_name") else "",
        f"单位：{one.unit}" if one.unit else "",
        f"小数 {one.scale} 位以内" if one.scale else "",
        "可以多选，用“、”或“；”分隔" if one.multiple else "",
        "长期有效的填 2099-12-31 或“长期”" if one.long_term else "",
        "可选：" + "、".join(entries[:30]) + ("…" if len(entries) > 30 else "") if entries else "",
        f"示例：{entries[0] if entries else _EXAMPLES[one.type]}" if entries or one.type in _EXAMPLES else "",
        one.note or "",
        f"代码：{one.code}",
    ]
    return "\n".join(part for part in parts if part)


def _guide(book: Any, sheet: Any, item: schema.Item, edition: schema.Edition, lists: _List) -> None:
    head = book.add_format({"bold": True, "font_size": 14})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 80)
    sheet.write_string(0, 0, f"{item.name.zh}（{edition.name.zh}）", head)
    sheet.write_string(1, 0, f"数据提供单位：{item.source_authority.zh}", wrap)
    sheet.write_string(2, 0, "从“数据”工作表第 2 行起填写；表头带 * 的列必填；身份证号等长数字请保持文本格式。", wrap)
    for row, one in enumerate(edition.fields, 4):
        sheet.write_string(row, 0, _header(one), wrap)
        sheet.write_string(row, 1, _note(one, lists).replace("\n", "；"), wrap)
