"""The text as pieces that, joined in order, are the text again."""

from __future__ import annotations

from goodfaith.duties.reading.head.header import Head
from goodfaith.duties.reading.outline import Block
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.plans import Region
from goodfaith.duties.reading.shapes import Piece, PieceKind
from goodfaith.duties.reading.table.table_notes import Table


class Pieces:
    """Collects where each kind of piece begins; each runs to the next."""

    def __init__(self, flow: Flow, head: Head) -> None:
        self._flow = flow
        self._begins: dict[int, PieceKind] = {0: "head"}
        if head.title_end > head.title_start:
            self._mark(head.title_start, "title")
            self._mark(head.title_end, "head")

    def _mark(self, dense: int, kind: PieceKind) -> None:
        place = self._flow.at[dense] if dense < len(self._flow.at) else len(self._flow.text)
        self._begins[place] = kind

    def region(self, region: Region, blocks: list[Block], tables: list[Table]) -> None:
        """A plan's title, introduction, blocks, and where it is over."""
        if region.start < region.body:
            self._mark(region.start, "title")
        self._mark(region.body, "intro")
        for block in blocks:
            self._mark(block.start, "heading" if block.children else "clause")
        for table in tables:
            self._mark(table.start, "table")
        self._mark(region.end, "closing")

    def all(self) -> tuple[Piece, ...]:
        """In order and without gaps."""
        whole = len(self._flow.text)
        begins = sorted((place, kind) for place, kind in self._begins.items() if place < whole or place == 0)
        ends = [place for place, _ in begins[1:]] + [whole]
        return tuple(Piece(kind, (start, end)) for (start, kind), end in zip(begins, ends, strict=True))
