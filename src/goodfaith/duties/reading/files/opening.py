"""A file's bytes as text: plain text and Markdown in any common encoding, DOCX, PDF with text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.duties.reading.files import pdf, word
from goodfaith.duties.reading.files.opened import MAX_BYTES, MAX_CHARACTERS, MIB, SCAN_NEXT, Opened

_LEAST_HAN = 0.3
"""Share of Han characters among letters below which a text is taken to be in another language."""

_SAMPLE = 50_000
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")


def open_document(data: bytes, name: str) -> Opened:
    """The file's text. Raises Problem with a sentence that says what to do for whatever can't be read."""
    if not data:
        raise Problem(
            "document_empty", _("文件是空的（0 字节），可能没有保存或没有传完。"), _("请重新保存或重新下载后再试。")
        )
    if len(data) > MAX_BYTES:
        what = _("文件有 %(size)d MB，超过 %(most)d MB 的上限。") % {"size": len(data) // MIB, "most": MAX_BYTES // MIB}
        raise Problem("document_too_big", what, _("请只留下正文和任务分工部分，去掉图片和其他附件后再试。"))
    opened = _reader(data, name)(data)
    check_text(opened.text)
    return opened


def _reader(data: bytes, name: str) -> Callable[[bytes], Opened]:
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return pdf.read
    if data.startswith(b"PK"):
        return word.read
    if data.startswith(_OLE):
        raise _old_office(name)
    if data.startswith(_PICTURES):
        raise Problem("document_picture", _("这是图片，不是文字，程序不做文字识别。"), SCAN_NEXT())
    if data.startswith(b"{\\rtf"):
        raise _save_as(_("这是 RTF 文件。"))
    if re.match(rb"\s*(?:\xef\xbb\xbf)?<(?:!doctype|html|\?xml)", data[:200], re.IGNORECASE):
        raise Problem(
            "document_web_page", _("这是网页，不是文件正文。"), _("请把网页上的正文复制到文本文件（.txt）中再试。")
        )
    return _plain


def _old_office(name: str) -> Problem:
    if name.lower().endswith((".wps", ".et")):
        return _save_as(_("这是 WPS 旧格式文件。"))
    return _save_as(_("这是旧版 Word（.doc）文件，或者设有打开密码。"))


def _save_as(what: str) -> Problem:
    return Problem("document_format", what, _("请用 Word 或 WPS 打开，去掉密码，另存为 .docx 后再试。"))


def _plain(data: bytes) -> Opened:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Opened(_decoded(data[len(bom) :], encoding))
    for encoding in ("utf-8", *_utf16(data), "gb18030"):
        try:
            return Opened(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise _broken()


def _utf16(data: bytes) -> tuple[str, ...]:
    """UTF-16 without its mark shows in the zero bytes of its digits and line ends."""
    if b"\0" not in data[:4000]:
        return ()
    return (
        ("utf-16-le", "utf-16-be") if data[1:400:2].count(0) >= data[0:400:2].count(0) else ("utf-16-be", "utf-16-le")
    )


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken() from error


def _broken() -> Problem:
    return Problem(
        "document_encoding",
        _("文件里有无法识别的字符，可能不是文本文件，或者被截断、混用了编码。"),
        _("请用原来的软件打开，另存为 .docx 或 UTF-8 编码的 .txt 后再试。"),
    )


def check_text(text: str) -> None:
    """Refuse what holds no Chinese text, or more than can be meant as one document."""
    if "\0" in text:
        raise _broken()
    if len(text) > MAX_CHARACTERS:
        what = _("文件有 %(count)d 万字，不像一份文件，多半带了大量附件。") % {"count": len(text) // 10_000}
        raise Problem("document_too_long", what, _("请只留下正文和任务分工部分后再试。"))
    if not text.strip():
        raise Problem("document_empty", _("文件里没有文字。"), _("请核对是不是选错了文件；扫描件请先转成文字。"))
    letters, han = len(_LETTER.findall(text[:_SAMPLE])), len(_HAN.findall(text[:_SAMPLE]))
    if not letters or han < _LEAST_HAN * letters:
        raise Problem(
            "document_language",
            _("文件里中文很少，不像中文公文。"),
            _("请核对是不是选错了文件；外文或民族文字的文件，请改用中文文本。"),
        )
