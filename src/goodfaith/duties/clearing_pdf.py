"""All the words of a PDF page by page, also of notes, form fields and properties; and whether it holds pictures."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2 as pdfium
from django.utils.translation import gettext as _
from pypdfium2 import raw

from goodfaith.common.problems import Problem
from goodfaith.duties.clearing_shapes import MOST_CHARACTERS, MOST_PAGES, Contents
from goodfaith.duties.reading.files.pdf import ONE_AT_A_TIME, not_opened

_LEAST = 15
"""Letters that a page has; a scan has none but those of its viewer's stamp."""
_LARGE = 0.05
"""Part of the page from which a picture is more than an emblem or a seal."""
_FIELDS = (b"Contents", b"V", b"TU")
"""Of a note or a form field: what it says, what was filled in, what the reader is told."""


def contents(data: bytes) -> Contents:
    """Problems: ``document_encrypted``, ``document_broken``, ``paper_too_long``."""
    with ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise not_opened(str(error)) from error
        try:
            return _contents(document)
        except pdfium.PdfiumError as error:
            raise not_opened(str(error)) from error
        finally:
            document.close()


def _contents(document: pdfium.PdfDocument) -> Contents:
    if len(document) > MOST_PAGES:
        raise _too_long()
    found = Contents(holds_files=document.count_attachments() > 0)
    found.texts.append((_("文件属性"), " ; ".join(document.get_metadata_dict().values())))
    for number in range(len(document)):
        _page(document[number], _("第 %(n)s 页") % {"n": number + 1}, found)
    return found


def _too_long() -> Problem:
    what = _("PDF 超过 %(n)s 页，平台没有逐页检查。") % {"n": MOST_PAGES}
    return Problem("paper_too_long", what, _("请只留下要公开的部分，或者分成几份上传。"))


def _page(page: pdfium.PdfPage, where: str, found: Contents) -> None:
    words = page.get_textpage()
    if words.count_chars() > MOST_CHARACTERS:
        raise _too_long()
    text = str(words.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "")
    found.pictures = found.pictures or len(re.sub(r"\s", "", text)) < _LEAST or _pictured(page)
    found.texts.append((where, " ; ".join([text, *_notes(page)])))
    words.close()
    page.close()


def _pictured(page: pdfium.PdfPage) -> bool:
    """Whether a picture takes up a part of the page that is worth reading."""
    width, height = page.get_size()
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = one.get_bounds()
        if (right - left) * (top - bottom) > _LARGE * width * height:
            return True
    return False


def _notes(page: pdfium.PdfPage) -> Iterator[str]:
    """What stands in notes and form fields; it is no part of the page's text."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        note = raw.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        yield from filter(None, (_value(note, name) for name in _FIELDS))
        raw.FPDFPage_CloseAnnot(note)


def _value(note: object, name: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(note, name, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(note, name, buffer, size)
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace")
