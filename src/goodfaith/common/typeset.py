"""Documents of the platform as PDF, typeset by typst with the two fonts that come with the program.

What is told by people reaches a template only as strings inside one JSON value, never as source: typst evaluates
nothing in a string, so ``#read("/etc/passwd")`` is printed as it stands. A template is compiled in an empty folder and
finds no file at all. The same data and moment give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import typst
from django.utils.translation import gettext as _
from pylopdf_fonts_zh_cn import sans_path, serif_path

from goodfaith.common.printable import CIRCLED, GETA, Cleaner, mark
from goodfaith.common.problems import Problem

LONGEST = 60_000
"""Characters of one document. It is what bounds time and memory: typst has no limits of its own."""
PAGES = re.compile(rb"<xmpTPg:NPages>(\d+)<")
"""The number of pages in the metadata, which PDF/A keeps uncompressed."""
STANDARDS: list[Any] = ["a-2a", "ua-1"]
"""PDF/A-2a for the archive and PDF/UA-1 for screen readers."""


@dataclass(frozen=True)
class Typeset:
    """A document: its PDF, how many pages it has, and what could not be printed as ``U+…``, each once, in the order
    of appearance."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...]


@functools.cache
def _fonts() -> typst.Fonts:
    folders = sorted({Path(path).parent for path in (sans_path(), serif_path())})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*map(str, folders)])


@functools.cache
def _empty() -> tempfile.TemporaryDirectory[str]:
    """The folder that templates see: nothing is ever put into it. It goes with the process."""
    return tempfile.TemporaryDirectory(prefix="goodfaith-typeset-")


def _length(value: object) -> int:
    """Characters in all strings of a JSON value."""
    if isinstance(value, Mapping):
        return sum(map(_length, value.values()))
    if isinstance(value, (list, tuple)):
        return sum(map(_length, value))
    return len(value) if isinstance(value, str) else 1


def _prepared(data: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The JSON that the template gets, with ``missing`` added; and what is missing. Problem when it is too long."""
    if _length(data) > LONGEST:
        what = _("文书的内容太长，超过 %(most)d 个字，不能排印。") % {"most": LONGEST}
        raise Problem("document_too_long", what, _("请把长的内容改作附件。"))
    cleaner = Cleaner()
    printed = json.dumps(cleaner.value(data), ensure_ascii=False)
    missing = tuple(f"U+{ord(character):04X}" for character in cleaner.missing)
    marks = [mark(number) for number in range(len(CIRCLED))]
    if len(missing) == 1:  # nothing to tell it from
        printed, marks = printed.replace(marks[0], GETA), [GETA]
    told = [{"mark": shown, "code": code} for shown, code in zip(marks, missing, strict=False)]
    return json.dumps(json.loads(printed) | {"missing": told}, ensure_ascii=False), missing


def _compile(template: str, inputs: str, at: dt.datetime, **given: Any) -> bytes:
    compiler = typst.Compiler(
        template.encode(), root=_empty().name, font_paths=_fonts(), ignore_system_fonts=True,
        sys_inputs={"data": inputs}, package_path=_empty().name, package_cache_path=_empty().name,
    )  # fmt: skip
    try:
        given = given or {"format": "pdf", "pdf_standards": STANDARDS}
        found = compiler.compile(timestamp=int(at.timestamp()), **given)
    except typst.TypstError as error:
        what = _("文书没有排印成功。")
        raise Problem("typeset_failed", what, _("内容没有丢失；请联系平台运行人员。"), status=500) from error
    return cast(bytes, found)  # a list only for pictures of several pages


def typeset(template: str, data: Mapping[str, Any], *, at: dt.datetime) -> Typeset:
    """``data`` in the typst source ``template``, which reads it by ``json(bytes(sys.inputs.data))``.

    Values are strings, whole numbers, booleans, None, lists and mappings. ``at`` is the document's moment (aware). The
    template finds ``missing`` beside the data: ``mark`` and ``code`` of the first twenty characters that could not be
    printed.
    Problems ``document_too_long``, ``typeset_failed``.
    """
    inputs, missing = _prepared(data)
    printed = _compile(template, inputs, at)
    return Typeset(printed, sum(map(int, PAGES.findall(printed))), missing)


def pdf(template: str, data: Mapping[str, Any], *, at: dt.datetime) -> bytes:
    """:func:`typeset`, and only the PDF."""
    return typeset(template, data, at=at).pdf


def png(template: str, data: Mapping[str, Any], *, at: dt.datetime, ppi: float = 200) -> bytes:
    """The same on one page as a picture, for documents that others set. Problems as for :func:`typeset`."""
    inputs, _missing = _prepared(data)
    return _compile(template, inputs, at, format="png", ppi=ppi)
