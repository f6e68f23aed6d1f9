"""A report as a Word file, to be worked on: headings, real tables, charts as pictures with words behind them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from goodfaith.faces.desk.duty_reports_blocks import Bars, Block, Grid, Heading, Paper, Said, Text
from goodfaith.faces.desk.duty_reports_pdf import as_picture
from goodfaith.faces.parts.words import listed

SONG, HEI = "SimSun", "SimHei"
QUIET, INK = RGBColor(0x5C, 0x66, 0x72), RGBColor(0x1C, 0x24, 0x30)
WIDTH = 16.0
"""Centimetres of a line."""


def as_docx(paper: Paper, at: dt.datetime) -> bytes:
    """The whole report."""
    document = Document()
    _set_up(document, paper, at)
    title = document.add_heading(paper.title, level=0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _small(head, f"{paper.issuer}　{paper.counted}")
    for one in paper.blocks:
        _add(document, one, at)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, paper: Paper, at: dt.datetime) -> None:
    core, section = document.core_properties, document.sections[0]
    core.title, core.author, core.language, core.created = paper.title, paper.issuer, "zh-CN", at
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    for name, face, size in (("Normal", SONG, 12), ("Title", HEI, 20), ("Heading 1", HEI, 15)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = face, Pt(size), INK
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    _page_numbers(section.footer.paragraphs[0])


def _page_numbers(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add(document: Any, one: Block, at: dt.datetime) -> None:
    if isinstance(one, Heading):
        document.add_heading(one.text, level=1)
    elif isinstance(one, Text):
        paragraph = document.add_paragraph(one.text)
        paragraph.paragraph_format.first_line_indent = Pt(24)
    elif isinstance(one, Said):
        _said(document, one)
    elif isinstance(one, Grid):
        _table(document, one)
    else:
        _chart(document, one, at)


def _small(paragraph: Any, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), QUIET


def _said(document: Any, one: Said) -> None:
    head = document.add_paragraph()
    head.add_run(one.title).bold = True
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_after = Pt(0)
    meta = document.add_paragraph()
    meta.paragraph_format.keep_with_next = bool(one.text)
    _small(meta, one.meta)
    if one.text:
        document.add_paragraph(one.text)


def _table(document: Any, one: Grid) -> None:
    table = document.add_table(rows=1, cols=len(one.heads), style="Table Grid")
    table.autofit = False
    total = sum(one.widths)
    for n, head in enumerate(one.heads):
        _cell(table.rows[0].cells[n], head, bold=True)
    for row in one.rows:
        cells = table.add_row().cells
        for n, text in enumerate(row):
            _cell(cells[n], text, right=n in one.numbers)
    for n, width in enumerate(one.widths):
        for cell in table.columns[n].cells:
            cell.width = Cm(WIDTH * width / total)
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    document.add_paragraph()


def _cell(cell: Any, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(9)
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _chart(document: Any, one: Bars, at: dt.datetime) -> None:
    picture = document.add_picture(io.BytesIO(as_picture(one, at)), width=Cm(WIDTH))
    numbers = _("；").join(f"{name} {listed(map(str, values))}" for name, values in one.lines)
    words = _("%(title)s（%(series)s）：%(says)s%(numbers)s") % {
        "title": one.title, "series": listed(one.series), "says": one.says, "numbers": numbers,
    }  # fmt: skip
    picture._inline.docPr.set("descr", words)
