"""All the words of a Word file, also those of heads, notes, comments and deletions; and whether it holds pictures."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from goodfaith.common.problems import Problem
from goodfaith.duties.clearing_shapes import MIB, MOST_CHARACTERS, Contents
from goodfaith.duties.reading.files.word import UNREADABLE, parsed

_MOST_UNPACKED = 100 * MIB
_BODY = "word/document.xml"
_APART = " ; "
"""Between values that have nothing to do with each other: digits on both sides are not one number."""
_PICTURES = re.compile(r"word/media/|word/charts/|word/diagrams/")
_FILES = re.compile(r"word/embeddings/|word/activeX/|word/vbaProject")
_PARAGRAPH = re.compile(r"\}p$")
_WORDS = re.compile(r"\}(?:t|delText|instrText)$")
"""Of paragraphs and of text boxes and drawings alike, what was deleted and the fields included."""


def contents(data: bytes) -> Contents:
    """Problems: ``document_broken``, ``paper_too_long``."""
    found = Contents()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            found.pictures = any(_PICTURES.match(name) for name in names)
            found.holds_files = any(_FILES.match(name) for name in names)
            left = _MOST_UNPACKED
            for name in (each for each in names if each.endswith((".xml", ".rels"))):
                part = archive.open(name).read(left + 1)
                left -= len(part)
                if left < 0:
                    raise _too_long()
                found.texts += _texts(name, part)
    except UNREADABLE as error:
        raise _broken() from error
    if _BODY not in names:
        raise _broken()
    if sum(len(text) for _where, text in found.texts) > MOST_CHARACTERS:
        raise _too_long()
    return found


def _broken() -> Problem:
    what = _("Word 文件打不开，可能已损坏，或者设有密码。")
    return Problem("document_broken", what, _("请用 Word 或 WPS 打开原文件，去掉密码，另存后再试。"))


def _too_long() -> Problem:
    what = _("Word 文件展开以后太大，平台没有逐段检查。")
    return Problem("paper_too_long", what, _("请只留下要公开的部分，或者另存为 PDF 后上传。"))


def _texts(name: str, part: bytes) -> Iterator[tuple[str, str]]:
    """Paragraph by paragraph, a number that was typed in several pieces put together; of other parts the whole."""
    root = parsed(part)
    if not name.startswith("word/"):
        yield _("文件属性"), _APART.join([*map(str, root.itertext()), *_targets(root)])
        return
    paragraphs = [one for one in root.iter() if isinstance(one.tag, str) and _PARAGRAPH.search(one.tag)]
    for number, one in enumerate(paragraphs, 1):
        yield _where(name, number), "".join(_words(one))
    yield _("超链接"), _APART.join(_targets(root))


def _where(name: str, number: int) -> str:
    return _("正文第 %(n)s 段") % {"n": number} if name == _BODY else _("页眉、页脚、脚注或者批注")


def _words(paragraph: etree._Element) -> Iterator[str]:
    for one in paragraph.iter():
        if isinstance(one.tag, str) and _WORDS.search(one.tag):
            yield one.text or ""
        elif isinstance(one.tag, str) and one.tag.endswith(("}tab", "}br", "}cr")):
            yield " "


def _targets(root: etree._Element) -> Iterator[str]:
    """Where links lead: tel: and the like."""
    for one in root.iter():
        if isinstance(one.tag, str) and one.tag.endswith("}Relationship"):
            yield str(one.get("Target", ""))
