"""The text of a Word file: paragraphs with the numbers Word makes itself, tables row by row, revisions accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from lxml import etree

from goodfaith.common.problems import Problem
from goodfaith.duties.reading.files import word_tables
from goodfaith.duties.reading.files.opened import MAX_CHARACTERS, MIB, Opened
from goodfaith.duties.reading.files.word_numbers import Numbers, W

_MAX_PART = 100 * MIB
_MANY_REVISIONS = 30
_MOST_REVISED = 0.1
"""Of the characters: above this the text is still being worked on, and what is accepted is nobody's text."""
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{W}rPr", f"{W}pPr", f"{W}sectPr",
            "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}  # fmt: skip


UNREADABLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, etree.XMLSyntaxError, OSError, ValueError, KeyError, RuntimeError,
    NotImplementedError, EOFError,
)  # fmt: skip
"""What opening a broken or locked Word file may raise."""


@dataclass
class _Reading:
    numbers: Numbers
    lines: list[str] = field(default_factory=list)
    revisions: int = 0
    revised: int = 0
    letters: int = 0
    pictures: bool = False


def read(data: bytes) -> Opened:
    """Problems: ``document_format``, ``document_broken``, ``document_bomb``, ``document_revisions``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            _check_kind(names)
            body = _parsed(archive, "word/document.xml")
            numbering = _parsed(archive, "word/numbering.xml") if "word/numbering.xml" in names else None
            styles = _parsed(archive, "word/styles.xml") if "word/styles.xml" in names else None
    except UNREADABLE as error:
        raise _broken() from error
    reading = _Reading(Numbers.read(numbering, styles))
    reading.lines.extend(_blocks(reading, body))
    return _opened(reading)


def _check_kind(names: set[str]) -> None:
    if "word/document.xml" in names:
        return
    lower = {name.lower() for name in names}
    if "ofd.xml" in lower:
        what, next = (
            _("这是 OFD 版式文件。"),
            _("请用 OFD 阅读软件打开，复制文字到 .txt 或 .docx，或导出为文字版 PDF 后再试。"),
        )
    elif any(name.startswith("xl/") for name in lower):
        what, next = _("这是 Excel 工作簿，不是公文。"), _("请把任务分工表复制到 Word 文件（.docx）中再试。")
    elif "encryptedpackage" in lower:
        what, next = _("文件设有打开密码。"), _("请去掉密码，另存后再试。")
    else:
        what, next = _("这是压缩包或别的文件，不是 Word 文件。"), _("请解压后读取其中的 .docx、.pdf 或 .txt 文件。")
    raise Problem("document_format", what, next)


def _broken() -> Problem:
    return Problem(
        "document_broken",
        _("Word 文件已损坏，打不开，可能没有传完。"),
        _("请用 Word 或 WPS 打开原文件，另存一份后再试。"),
    )


def _parsed(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """A part, unpacked no further than the limit whatever its header says."""
    with archive.open(name) as stream:
        content = stream.read(_MAX_PART + 1)
    if len(content) > _MAX_PART:
        raise Problem(
            "document_bomb", _("Word 文件解压后太大，没有打开。"), _("请只留下正文和任务分工部分，另存后再试。")
        )
    return parsed(content)


def parsed(content: bytes) -> etree._Element:
    """A part of a Word file; nothing that it names elsewhere is fetched or put in."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _blocks(reading: _Reading, body: etree._Element) -> Iterator[str]:
    for element in _top(body):
        if element.tag == f"{W}tbl":
            yield from word_tables.lines(element, lambda one: _paragraph(reading, one))
        else:
            yield _paragraph(reading, element)


def _top(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in order, also those within content controls."""
    for element in body.iterchildren():
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in (f"{W}body", f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}smartTag", f"{W}customXml"):
            yield from _top(element)


def _paragraph(reading: _Reading, paragraph: etree._Element) -> str:
    words = "".join(_words(reading, paragraph, False))
    return reading.numbers.of(paragraph, bool(words.strip())) + words


def _words(reading: _Reading, element: etree._Element, revised: bool) -> Iterator[str]:
    for child in element.iterchildren():
        if not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}t":
            text = child.text or ""
            reading.letters += len(text)
            reading.revised += len(text) if revised else 0
            yield text
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n"
        elif child.tag == f"{W}tab":
            yield "\t"
        elif child.tag in (f"{W}noBreakHyphen",):
            yield "-"
        elif child.tag in (f"{W}ins", f"{W}moveTo"):
            reading.revisions += 1
            yield from _words(reading, child, True)
        elif child.tag == f"{W}txbxContent":
            yield "\n".join(["", *_blocks(reading, child), ""])
        elif child.tag in _SKIPPED:
            _count_deleted(reading, child)
        else:
            reading.pictures = reading.pictures or child.tag.endswith(("}pic", "}imagedata"))
            yield from _words(reading, child, revised)


def _count_deleted(reading: _Reading, element: etree._Element) -> None:
    if element.tag in (f"{W}del", f"{W}moveFrom"):
        reading.revisions += 1
        reading.revised += sum(len(text.text or "") for text in element.iter(f"{W}delText"))


def _opened(reading: _Reading) -> Opened:
    if reading.revisions > _MANY_REVISIONS or reading.revised > _MOST_REVISED * max(reading.letters, 200):
        what = _("Word 文件里有 %(count)d 处未处理的修订，看不出哪一稿是定稿。") % {"count": reading.revisions}
        raise Problem("document_revisions", what, _("请在“审阅”中接受或拒绝全部修订，另存后再试。"))
    text = "\n".join(reading.lines)
    remarks = [("revisions_accepted", str(reading.revisions))] if reading.revisions else []
    if reading.pictures and not text.strip():
        raise Problem(
            "document_scan", _("Word 文件里只有图片，没有文字。"), _("请用文字识别软件转成文字、校对后再试。")
        )
    return Opened(text[: MAX_CHARACTERS + 1], (*remarks, *((("pictures", ""),) if reading.pictures else ())))
