"""A look into a workbook before it is opened: size, entities, far-away cells, passwords, error cells.

The reading library holds a sheet as a full rectangle: two cells at opposite corners of an otherwise empty
sheet would take hundreds of gigabytes. So the corner is measured first, on the streamed XML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from goodfaith.common.problems import Problem
from goodfaith.intake import archives
from goodfaith.intake.reading import formulas
from goodfaith.intake.reading.blob import Blob
from goodfaith.intake.reading.layout import Layout
from goodfaith.intake.reading.limits import limit
from goodfaith.intake.reading.source import Finding

_CELL = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br=["']([A-Za-z]{1,3})(\d{1,7})["'](?:[^<>]*[^<>/])?>""")
_ERROR = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]*\bt=["']e["']""")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)/?>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)/?>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_UNPLACED = re.compile(rb"""<(?:\w+:)?c(?:\s+(?!r=)\w+=["'][^"'<>]*["'])*\s*>""")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\br=["'](\d{1,7})["']""")
_WANTED = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_ERROR_MESSAGE = "单元格是公式错误值（如 #N/A、#REF!），没有内容可读，请改成正确的内容。"
_OVERLAP = 4096
_MOST_ERRORS = 2000
_SMALL_PART = 4 * 1024 * 1024
@dataclass
class _Extent:
    """The far corner of a sheet (row from 1, column from 0) and its cells with errors (#N/A …) and formulas."""

    row: int = 0
    column: int = 0
    unplaced: bool = False
    errors: list[tuple[int, int]] = field(default_factory=list)
    formulas: formulas.Formulas = field(default_factory=formulas.Formulas)


Seen = dict[str, _Extent]
"""By sheet name."""


def locked() -> Problem:
    """The Problem of a workbook with a password."""
    return Problem(
        "workbook_locked",
        "工作簿设有打开密码，读不出内容。",
        "请在 Excel 或 WPS 中取消密码、另存后重新报送；传输过程本身已经加密。",
    )


def inspect_ole(blob: Blob) -> Seen:
    """Refuse an encrypted XLSX and a Word document, which are OLE files too. Cells are not looked at in XLS."""
    names = blob.head(1024 * 1024)
    if "EncryptedPackage".encode("utf-16-le") in names or _in_tail(blob, "EncryptedPackage"):
        raise locked()
    if "WordDocument".encode("utf-16-le") in names:
        raise Problem(
            "not_a_table",
            f"“{blob.filename}”不是表格文件，而是 Word 文档，改了扩展名也读不出数据。",
            "请在 Excel 或 WPS 中把数据另存为 .xlsx 或 CSV 文件后重新报送。",
        )
    return {}


def _in_tail(blob: Blob, name: str) -> bool:
    stream = blob.open()
    stream.seek(max(blob.size - 1024 * 1024, 0))
    return name.encode("utf-16-le") in stream.read(1024 * 1024)


def inspect_xlsx(blob: Blob) -> Seen:
    """Unpack every part once, measured. Problems: ``zip_bomb``, ``zip_damaged``, ``workbook_dangerous``,
    ``sheet_too_big``, ``too_many_columns``."""
    spent = 0
    extents: dict[str, _Extent] = {}
    small: dict[str, str] = {}
    for info in archives.entries(blob):
        name = info.filename.replace("\\", "/").lower().lstrip("/")
        extent = extents.setdefault(name, _Extent())
        rest = b""
        for piece in archives.unpacked(blob, info, spent):
            spent += len(piece)
            data = rest + piece
            if name.startswith("xl/"):
                rest = data[_measure(data, extent, name) :]
            if name in _WANTED and len(small.get(name, "")) < _SMALL_PART:
                small[name] = small.get(name, "") + piece.decode("utf-8", "replace")
        _check(extent)
    return {sheet: extents[part] for sheet, part in _parts(small).items() if part in extents}


def _measure(data: bytes, extent: _Extent, name: str) -> int:
    """Take the cells of ``data`` into ``extent``; returns where the last whole tag ends."""
    if _DOCTYPE.search(data):
        raise Problem(
            "workbook_dangerous",
            "工作簿里嵌有外部实体定义，正常的 Excel 文件没有这种内容，为安全起见没有打开。",
            "请在 Excel 或 WPS 中新建工作簿，把数据粘贴过去后重新报送。",
        )
    end = data.rfind(b">") + 1
    if name.startswith(("xl/worksheets/", "xl/worksheet")):
        end = formulas.whole_cells(data, end)
        _measure_cells(data[:end], extent)
    return end or max(len(data) - _OVERLAP, 0)


def _measure_cells(data: bytes, extent: _Extent) -> None:
    cells = _CELL.findall(data)
    if cells:
        extent.row = max(extent.row, max(int(row) for row in {row for _, row in cells}))
        columns = {formulas.column_number(letters) for letters in {column for column, _ in cells}}
        extent.column = max(extent.column, *columns)
    if b't="e"' in data or b"t='e'" in data:
        room = _MOST_ERRORS - len(extent.errors)
        extent.errors += [(int(row), formulas.column_number(letters)) for letters, row in _ERROR.findall(data)[:room]]
    extent.formulas.take(data)
    if _UNPLACED.search(data):
        extent.unplaced = True
    if extent.unplaced:
        extent.row = max([extent.row, *map(int, _ROW_NUMBER.findall(data))])


def _check(extent: _Extent) -> None:
    """Cells without a place of their own may stand in any column up to the limit."""
    most = limit("MAX_COLUMNS")
    columns = most if extent.unplaced else extent.column + 1
    if columns > most + 50:
        raise Problem(
            "too_many_columns",
            f"工作表有 {columns:,} 列有内容，超过 {most} 列的上限，多半不是报送表。",
            "请对照模板检查文件，删去多余的列后重新报送。",
        )
    if extent.row * columns > limit("MAX_SHEET_CELLS"):
        raise Problem(
            "sheet_too_big",
            f"工作表的范围到第 {extent.row:,} 行、第 {columns:,} 列，太大，读不进来。",
            "请删去表外零散的单元格；数据确实很多的，请另存为 CSV 或拆成几个文件报送。",
        )


def _parts(small: dict[str, str]) -> dict[str, str]:
    """Sheet name → lower-case name of its part."""
    book, relations = small.get("xl/workbook.xml", ""), small.get("xl/_rels/workbook.xml.rels", "")
    targets = {}
    for text in _RELATION.findall(relations):
        marks = dict(_ATTRIBUTE.findall(text))
        target = marks.get("Target", "").lower()
        targets[marks.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = [dict(_ATTRIBUTE.findall(text)) for text in _SHEET.findall(book)]
    return {
        unescape(marks.get("name", ""), {"&quot;": '"', "&apos;": "'"}): targets[mark]
        for marks in sheets
        for key, mark in marks.items()
        if key.endswith(":id") and mark in targets
    }


def findings(extent: _Extent | None, layout: Layout, first_column: int) -> list[Finding]:
    """What is to be told of the table's cells; ``first_column``: sheet column (from 0) of raw column 0."""
    if extent is None:
        return []
    named = dict(zip(layout.places, layout.columns, strict=True))
    errors = [
        Finding(row, named[column - first_column], "cell_error", None, "warning", _ERROR_MESSAGE)
        for row, column in extent.errors
        if row >= layout.first_row and column - first_column in named
    ]
    return errors + formulas.findings(extent.formulas, layout, first_column)
