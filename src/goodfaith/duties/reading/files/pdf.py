"""The text of a PDF, without what repeats at the head and foot of its pages."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.duties.reading.files import pdf_tables
from goodfaith.duties.reading.files.opened import MAX_CHARACTERS, MAX_PAGES, SCAN_NEXT, Opened

ONE_AT_A_TIME = threading.Lock()
"""PDFium is not made for threads, and the pages are answered by several: whoever opens a PDF holds this."""
_RADICALS = re.compile("[\u2f00-\u2fdf\uf900-\ufaff]")
"""Some fonts have the sign of a radical (``⼯``) where the text has the letter (``工``)."""
_NO_ROOM = 0.02
_EDGE_LINES = 2
_REPEATED = 3
_LEAST_PER_PAGE = 15
"""Characters a page; a scan has none but those of its viewer's stamp."""


def read(data: bytes) -> Opened:
    """Problems: ``document_encrypted``, ``document_broken``, ``document_too_long``, ``document_scan``."""
    pages = _pages(data)
    letters = sum(len(re.sub(r"\s", "", page)) for page in pages)
    if letters < _LEAST_PER_PAGE * max(len(pages), 1):
        raise Problem("document_scan", _("这份 PDF 是扫描件，里面是图片，没有文字。"), SCAN_NEXT())
    return Opened("\n".join(_without_repeated(pages)))


def _pages(data: bytes) -> list[str]:
    with ONE_AT_A_TIME:
        return _read_pages(data)


def _read_pages(data: bytes) -> list[str]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise not_opened(str(error)) from error
    try:
        if len(document) > MAX_PAGES:
            raise _too_long(len(document))
        return [_text(document, number) for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise not_opened(str(error)) from error
    finally:
        document.close()


def _text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    _widen(page)
    words = page.get_textpage()
    text: str = ""
    if words.count_chars() < MAX_CHARACTERS:
        text = pdf_tables.text(page, words) or words.get_text_bounded()
    words.close()
    page.close()
    text = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "")


def _widen(page: pdfium.PdfPage) -> None:
    """A letter alone on its line, in a font that is neither in the file nor on this machine, takes no room, and
    PDFium leaves out what takes none. Outlined it takes some; setting it anew where it is has its room reckoned again.
    """
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3):
        left, _bottom, right, _top = item.get_bounds()
        if right - left < _NO_ROOM:
            raw.FPDFTextObj_SetTextRenderMode(item.raw, raw.FPDF_TEXTRENDERMODE_STROKE)
            raw.FPDFPageObj_SetStrokeWidth(item.raw, 1.0)
            raw.FPDFPageObj_Transform(item.raw, 1, 0, 0, 1, 0, 0)


def not_opened(error: str) -> Problem:
    """Why PDFium did not open it: a password, or broken."""
    if "password" in error.lower():
        return Problem("document_encrypted", _("PDF 设有打开密码。"), _("请去掉密码，另存后再试。"))
    return Problem(
        "document_broken", _("PDF 已损坏，打不开，可能没有传完。"), _("请重新下载，或用原文件另存一份后再试。")
    )


def _too_long(pages: int) -> Problem:
    what = _("PDF 有 %(pages)d 页，超过 %(most)d 页的上限，多半带了大量附件。") % {"pages": pages, "most": MAX_PAGES}
    return Problem("document_too_long", what, _("请只留下正文和任务分工部分的页面，另存后再试。"))


def _without_repeated(pages: list[str]) -> list[str]:
    """Pages without the lines that stand at the edge of many of them, whatever number is in those."""
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    edges = Counter(_shape(line) for lines in split for line in {*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:]})
    many = max(_REPEATED, len(pages) // 2)
    return ["\n".join(_inner(lines, edges, many)) for lines in split]


def _inner(lines: list[str], edges: Counter[str], many: int) -> list[str]:
    last = len(lines) - _EDGE_LINES
    return [
        line for place, line in enumerate(lines)
        if not ((place < _EDGE_LINES or place >= last) and edges[_shape(line)] >= many)
    ]  # fmt: skip


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s", "", line))
