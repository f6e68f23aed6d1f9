"""A report as PDF, and its charts as pictures for Word: set by typst from the same blocks."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import Any

from goodfaith.common import typeset
from goodfaith.faces.desk.duty_reports_blocks import Bars, Block, Grid, Heading, Paper, Said, Text

PICTURE = """
#set page(width: 158mm, height: auto, margin: 1mm)
#set text(lang: "zh", fallback: false)
#chart(d.chart)
"""


@functools.cache
def _source(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def as_pdf(paper: Paper, at: dt.datetime) -> bytes:
    """The whole report."""
    data = {
        "title": paper.title, "issuer": paper.issuer, "counted": paper.counted,
        "blocks": [_block(one) for one in paper.blocks],
    }  # fmt: skip
    return typeset.pdf(_source("duty_reports_chart.typ") + _source("duty_reports.typ"), data, at=at)


def as_picture(chart: Bars, at: dt.datetime) -> bytes:
    """One chart as PNG."""
    return typeset.png(_source("duty_reports_chart.typ") + PICTURE, {"chart": _block(chart)}, at=at)


def _block(one: Block) -> dict[str, Any]:
    """As the template reads it."""
    if isinstance(one, Heading):
        return {"kind": "heading", "text": one.text}
    if isinstance(one, Text):
        return {"kind": "text", "text": one.text}
    if isinstance(one, Said):
        return {"kind": "said", "title": one.title, "meta": one.meta, "text": one.text}
    if isinstance(one, Grid):
        return {"kind": "table", "heads": list(one.heads), "rows": [list(row) for row in one.rows],
                "widths": list(one.widths), "numbers": sorted(one.numbers)}  # fmt: skip
    lines = [{"name": name, "numbers": list(numbers)} for name, numbers in one.lines]
    return {"kind": "chart", "title": one.title, "says": one.says, "series": list(one.series), "lines": lines}
