"""Open a file by what is in it, not by its name."""

from __future__ import annotations

from pathlib import Path

from goodfaith.common.problems import Problem
from goodfaith.intake import archives
from goodfaith.intake.reading import sheets, text
from goodfaith.intake.reading.blob import Blob
from goodfaith.intake.reading.limits import MIB, limit
from goodfaith.intake.reading.sniff import kind_of
from goodfaith.intake.reading.source import Source


def open_file(
    data: bytes | Path, filename: str, known: set[str] | None = None, *, sheet: str | None = None
) -> Source:
    """Open a delivered table: CSV or other delimited text, XLSX, XLS, or a zip file with one of these.

    ``known``: names, codes and aliases of the item's fields, to find the header row by; ``sheet`` picks a
    sheet of a workbook by name. Raises Problem (what is wrong, why, what to do) and nothing else.
    """
    blob = Blob(data, filename)
    _check_size(blob)
    source = _open(blob, known, sheet)
    _check_rows(source)
    return source


def _check_size(blob: Blob) -> None:
    size, most = blob.size, limit("MAX_UPLOAD_BYTES")
    if size == 0:
        raise Problem("file_empty", "文件是空的（0 字节），可能没有保存或没有传完。", "请重新导出或保存后再报送。")
    if size > most:
        raise Problem(
            "file_too_big",
            f"文件有 {size / MIB:.0f} MB，超过 {most // MIB} MB 的上限。",
            "请压缩成 zip 或拆成几个文件分批报送；经常报送大文件的，请改用数据接口。",
            status=413,
        )


def _open(blob: Blob, known: set[str] | None, sheet: str | None, packed: bool = False) -> Source:
    kind = kind_of(blob)
    if kind == "zip":
        return _open(archives.only_file(blob, packed), known, sheet, packed=True)
    if kind in ("xlsx", "xls"):
        return sheets.open_workbook(blob, kind, known, sheet)
    return text.open_text(blob, known)


def _check_rows(source: Source) -> None:
    if next(iter(source.batches(1)), None) is None:
        raise Problem(
            "file_no_rows",
            f"文件里只有表头（第 {source.header_row} 行），没有数据行。",
            "请在表头下面填好数据后重新报送。",
        )
    source.findings = list(source.notes)
