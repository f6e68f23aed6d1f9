"""Makers of the files that departments really send, and of the nasty ones."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter
import xlwt

HEAD = ["姓名", "处罚日期", "罚款金额"]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


def csv_bytes(rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n") -> bytes:
    """Every cell quoted when it must be."""
    import csv

    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx_bytes(*sheets: Sequence[Sequence[Any]], names: Sequence[str] = ()) -> bytes:
    """One sheet for each table; strings stay strings, dates get a date format."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[number] if names else None)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(r, c, value, day)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)
    book.close()
    return out.getvalue()


def xls_bytes(rows: Sequence[Sequence[Any]]) -> bytes:
    """A BIFF8 workbook."""
    out, book = io.BytesIO(), xlwt.Workbook()
    sheet, day = book.add_sheet("甲"), xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write(r, c, value, day)
            elif value is not None:
                sheet.write(r, c, value)
    book.save(out)
    return out.getvalue()


def zip_bytes(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def lying_zip(name: str, data: bytes) -> bytes:
    """A zip whose directory declares ten bytes for ``data``."""
    packed = bytearray(zip_bytes({name: data}))
    size = struct.pack("<I", len(data))
    return bytes(packed).replace(size, struct.pack("<I", 10))


def edited(workbook: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with ``old`` replaced in one part."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old in files[part]
    files[part] = files[part].replace(old, new)
    return zip_bytes(files)


def far_corner(reference: str) -> bytes:
    """A workbook with one more cell far away, a few hundred bytes in size."""
    row = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'</row><row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'
    table = xlsx_bytes([HEAD, ["张三", "2026-01-01", "1"]])
    return edited(table, "xl/worksheets/sheet1.xml", b"</row></sheetData>", cell.encode())


def entity_bomb() -> bytes:
    """A workbook whose sheet defines entities of entities."""
    head = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><worksheet'
    return edited(xlsx_bytes([HEAD, ["张三"]]), "xl/worksheets/sheet1.xml", b"<worksheet", head)


def locked_workbook() -> bytes:
    """The beginning of an encrypted XLSX: an OLE file with a stream named EncryptedPackage."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
