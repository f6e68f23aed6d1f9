"""Workbooks: XLSX and XLS through calamine, after a look that nothing in them can hurt."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any, Literal

import polars as pl
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from goodfaith.common.problems import Problem
from goodfaith.intake.reading import inspection
from goodfaith.intake.reading.blob import Blob
from goodfaith.intake.reading.cells import cell_text, clean, clean_text, column_text
from goodfaith.intake.reading.layout import Layout, lay_out
from goodfaith.intake.reading.limits import limit
from goodfaith.intake.reading.records import EXTRA, ROW, names
from goodfaith.intake.reading.source import Source

_SAMPLE = 60
_ROWS = 20_000


def open_workbook(blob: Blob, kind: Literal["xlsx", "xls"], known: set[str] | None, sheet: str | None) -> Source:
    """Open the sheet named ``sheet``, else the first visible one whose header fits.

    Problems: ``workbook_damaged``, ``workbook_locked``, ``sheet_unknown``, ``file_blank``, and those of
    :mod:`goodfaith.intake.reading.inspection`.
    """
    seen = inspection.inspect_xlsx(blob) if kind == "xlsx" else inspection.inspect_ole(blob)
    book = _load(blob)
    visible = _sheets(book)
    chosen = _choose(book, visible, known, sheet)
    if chosen is None:
        raise Problem("file_blank", "工作簿里没有任何内容。", "请确认选对了文件，填好数据后重新报送。")
    name, loaded, layout = chosen
    source = _source(blob, kind, name, loaded, layout)
    source.sheets = visible
    source.notes += inspection.findings(seen.get(name), layout, (loaded.start or (0, 0))[1])
    return source


def _load(blob: Blob) -> CalamineWorkbook:
    stream = io.BytesIO(blob.content) if isinstance(blob.content, bytes) else blob.open()
    try:
        return CalamineWorkbook.from_filelike(stream)
    except PasswordError as error:
        raise inspection.locked() from error
    except BaseException as error:
        raise _damaged(error) from error


def _damaged(error: BaseException) -> Problem:
    """Calamine's Rust code may panic on crafted files; PanicException is no Exception."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
        raise error
    return Problem(
        "workbook_damaged",
        "工作簿已损坏或格式不完整，读不出内容。",
        "请在 Excel 或 WPS 中打开、另存为 .xlsx 后重新报送。",
    )


def _sheets(book: CalamineWorkbook) -> list[str]:
    return [
        one.name
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
    ]


def _choose(
    book: CalamineWorkbook, visible: list[str], known: set[str] | None, wanted: str | None
) -> tuple[str, CalamineSheet, Layout] | None:
    if wanted is not None and wanted not in book.sheet_names:
        raise Problem("sheet_unknown", f"工作簿里没有名为“{wanted}”的工作表。", f"现有工作表：{'、'.join(visible)}。")
    first: tuple[str, CalamineSheet, Layout] | None = None
    for name in [wanted] if wanted is not None else visible or book.sheet_names:
        sheet = _sheet(book, name)
        layout = lay_out(_sample(sheet), known)
        if layout is None:
            continue
        if wanted is not None or (layout.score >= 2 if known else layout.first_row <= _last_row(sheet)):
            return name, sheet, layout
        first = first or (name, sheet, layout)
    return first


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except BaseException as error:
        raise _damaged(error) from error


def _sample(sheet: CalamineSheet) -> list[list[str | None]]:
    rows = itertools.islice(_rows(sheet), _SAMPLE)
    return [[clean_text(cell_text(cell)) for cell in row] for row in rows]


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """All rows from sheet row 1 on; columns begin at the first that is filled."""
    if sheet.start is None:
        return
    yield from sheet.iter_rows()


def _last_row(sheet: CalamineSheet) -> int:
    """The last filled row, from 1."""
    return sheet.end[0] + 1 if sheet.end else 0


def _source(
    blob: Blob, kind: Literal["xlsx", "xls"], name: str, sheet: CalamineSheet, layout: Layout
) -> Source:
    width = max(min(sheet.width, limit("MAX_COLUMNS") + 20), 1)

    def frames() -> Iterator[pl.DataFrame]:
        rows = _rows(sheet)
        done = 0
        while part := list(itertools.islice(rows, _ROWS)):
            yield _frame(part, width, done)
            done += len(part)

    return Source(
        kind=kind,
        filename=blob.filename,
        columns=layout.columns,
        places=layout.places,
        width=width,
        header_row=layout.header_row,
        first_row=layout.first_row,
        frames=frames,
        sheet=name,
        total_rows=max(_last_row(sheet) - layout.first_row + 1, 0),
        header_score=layout.score,
        notes=layout.notes,
    )


def _frame(rows: list[list[Any]], width: int, done: int) -> pl.DataFrame:
    columns = [column_text(cells) for cells in itertools.islice(zip(*rows, strict=True), width)]
    frame = pl.DataFrame(dict(zip(names(width), columns, strict=True)))
    numbers = pl.int_range(done + 1, done + 1 + frame.height, dtype=pl.Int64).alias(ROW)
    return frame.select(clean(pl.all()), pl.lit(None, dtype=pl.String).alias(EXTRA), numbers)
