"""What a letter's body is built of. Each block is JSON for ``letter.typ``; texts in it are printed as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goodfaith.rights.letters.parts import Article, RecordFacts, Remedy
from goodfaith.rights.letters.words import day, full

Block = dict[str, Any]


def paragraphs(*texts: str) -> list[Block]:
    """Paragraphs; a line break in a text begins a new one, empty lines are passed over."""
    lines = (line.strip() for text in texts for line in text.splitlines())
    return [{"kind": "paragraph", "text": line} for line in lines if line]


def strong(text: str) -> Block:
    """A paragraph that must not be overlooked, set in sans."""
    return {"kind": "strong", "text": text}


def heading(text: str) -> Block:
    """A part's heading; a letter numbers them 一、二、三."""
    return {"kind": "heading", "text": text}


def items(texts: Sequence[str]) -> Block:
    """A list numbered 1. 2. 3.; a single one is a paragraph."""
    if len(texts) == 1:
        return {"kind": "paragraph", "text": full(texts[0])}
    return {"kind": "items", "texts": [full(text) for text in texts]}


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Block:
    """A table with its head; ``widths`` are shares of the line."""
    return {"kind": "table", "head": list(head), "rows": [list(row) for row in rows], "widths": list(widths)}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Names and values beside each other; rows without a value are left out."""
    return {"kind": "facts", "rows": [[name, value] for name, value in rows if value]}


def record(one: RecordFacts) -> Block:
    """The record as a list of facts."""
    return facts([
        ("信用主体", one.subject), ("信息项", one.item), ("决定单位", one.authority),
        ("决定文书号", one.document_no), ("决定日期", day(one.decided_on)), ("记录编号", one.record_id),
    ])  # fmt: skip


def articles(cited: Sequence[Article]) -> list[Block]:
    """The rules in full, under a heading of their own; nothing when none is cited."""
    if not cited:
        return []
    quotes = [{"kind": "article", "name": f"《{one.instrument}》{one.article}", "text": one.text} for one in cited]
    return [heading("依据的规定"), *quotes]


def remedies(ways: Sequence[Remedy], against: str) -> list[Block]:
    """How to contest, each way with its last day; ``against``: 本决定."""
    if not ways:
        return []
    return [heading("不服怎么办"), *paragraphs(f"对{against}不服的，可以选择下列途径："), items([*map(_way, ways)])]


def _way(one: Remedy) -> str:
    basis = f"依据：{one.basis}" if one.basis else ""
    last = f"最后一日为{day(one.last_day)}"
    return f"{one.within}，向{one.where}{one.way}（{last}{'；' + basis if basis else ''}）"
