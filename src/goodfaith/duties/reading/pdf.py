"""The text of a PDF, without what repeats at the head and foot of its pages."""

from __future__ import annotations

import re
from collections import Counter

import pypdfium2 as pdfium
from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.duties.reading.opened import MAX_CHARACTERS, MAX_PAGES, SCAN_NEXT, Opened

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
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _not_opened(str(error)) from error
    try:
        if len(document) > MAX_PAGES:
            raise _too_long(len(document))
        return [_text(document, number) for number in range(len(document))]
    except pdfium.PdfiumError as error:
        raise _not_opened(str(error)) from error
    finally:
        document.close()


def _text(document: pdfium.PdfDocument, number: int) -> str:
    page = document[number]
    words = page.get_textpage()
    text: str = words.get_text_bounded() if words.count_chars() < MAX_CHARACTERS else ""
    words.close()
    page.close()
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "")


def _not_opened(error: str) -> Problem:
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
