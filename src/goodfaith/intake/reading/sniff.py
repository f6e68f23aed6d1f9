"""What a file is, by its first bytes. Pictures, documents and web pages are refused by name."""

from __future__ import annotations

import re
from typing import Literal

from goodfaith.common.problems import Problem
from goodfaith.intake import archives
from goodfaith.intake.reading.blob import Blob

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM\x36", "BMP 图片"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"RIFF", "音像或图片文件"),
    (b"%PDF", "PDF 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"MZ", "可执行程序"),
    (b"\x7fELF", "可执行程序"),
    (b"SQLite format", "数据库文件"),
)
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<(!doctype|html|table|head|meta|\?xml|style|div)", re.IGNORECASE)
_USE_TABLE = "请在 Excel 或 WPS 中把数据另存为 .xlsx 或 CSV 文件后重新报送。"
_USE_ZIP = "请解压后直接报送其中的表格，或者改用 zip 格式压缩。"


def kind_of(blob: Blob) -> Literal["zip", "xlsx", "xls", "text"]:
    """The kind by content. Raises Problem ``not_a_table`` (a picture, a document …) or ``zip_damaged``."""
    head = blob.head(512)
    for magic, name in _OTHERS:
        if head.startswith(magic):
            raise _not_a_table(blob, name, _USE_ZIP if "压缩包" in name else _USE_TABLE)
    if head.startswith(b"PK\x05\x06"):
        raise Problem("zip_empty", "压缩包里没有任何文件。", "请确认打包成功后重新报送。")
    if head.startswith(b"PK"):
        return _kind_of_zip(blob)
    if head.startswith(OLE):
        return "xls"
    if _looks_like_old_sheet(head):
        return "xls"
    if _MARKUP.match(head):
        raise _not_a_table(blob, "网页或 XML 文件", "这种文件常见于业务系统的“导出 Excel”。" + _USE_TABLE)
    return "text"


def _looks_like_old_sheet(head: bytes) -> bool:
    """A bare BIFF stream of Excel 2–4 (no OLE container): a BOF record."""
    return head[:4] in (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")


def _kind_of_zip(blob: Blob) -> Literal["zip", "xlsx"]:
    names = archives.names(blob)
    if "xl/workbook.xml" in names:
        return "xlsx"
    folders = {name.split("/")[0].lower() for name in names}
    if "xl/workbook.bin" in names:
        raise _not_a_table(blob, "二进制工作簿（.xlsb）", _USE_TABLE)
    if "[content_types].xml" in folders:
        kind = "Word 文档" if "word" in folders else "演示文稿" if "ppt" in folders else "Office 文档"
        raise _not_a_table(blob, kind, _USE_TABLE)
    if "mimetype" in names:
        raise _not_a_table(blob, "OpenDocument（.ods 等）文档", _USE_TABLE)
    return "zip"


def _not_a_table(blob: Blob, name: str, next: str) -> Problem:
    return Problem("not_a_table", f"“{blob.filename}”不是表格文件，而是{name}，改了扩展名也读不出数据。", next)
