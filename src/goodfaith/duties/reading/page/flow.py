"""The text as one stream of characters that no line break touches.

Official documents come with hard line breaks anywhere, blank lines between lines and page furniture in between.
What a document says must not hang on where its lines broke, so the grammar works on ``dense``: every character
that is neither white space nor furniture nor Markdown decoration, with punctuation of both widths made one. Where
lines began is kept beside it as a hint. Every dense character knows its offset in the original.
"""

from __future__ import annotations

import bisect
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from goodfaith.duties.reading.note import bare_labels
from goodfaith.duties.reading.page import kept_lines, links, stops, traditional
from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import grid_flow
from goodfaith.duties.reading.table.grid_flow import LaidGrid
from goodfaith.duties.reading.table.grids import Fragments

_SAME = str.maketrans(
    "(),;:!?．[]【】［］〖〗０１２３４５６７８９％﹙﹚～ー－",
    "（），；：！？.〔〕〔〕〔〕〔〕0123456789%（）~——",
)
_NOT_A_YEAR = re.compile(r"〔(?!(?:19|20)\d\d〕)([^〔〕]*)〕")
"""Angular brackets that are used like round ones."""
_SPACE = r"\s\u200b-\u200f\u2060\ufeff\u00ad\u0000-\u0008\u000e-\u001f"
_WORD = re.compile(rf"[^{_SPACE}]+")
_LINE = re.compile(r"[^\n\f\v\x85\u2028\u2029]+")
_MARKDOWN = re.compile(
    r"#{1,6}(?!#)|[ \t]*>(?:[ \t]*>)*|[ \t]*(?:[*+•](?=\s)|-(?=[ \t]+[^\d\s-])|[●■◆▲►▶※★☆△](?=\s*[\u4e00-\u9fff（(\d]))"
)
"""At a line's start: headings, quotations, the marks of a list."""
_DECORATION = re.compile(rf"(?=[*_`<\\\[\]])(?:\*+|__|`+|<br/?>|\\(?=[.#*_\[\]()~-])|{links.MARKS})")
_MAY_BE_DECORATED = re.compile(r"[*_`<\\\[\]|]")
_TORN = re.compile(rf"[{_SPACE}*_\\|<#>+•\[]")
"""What parts a cell's words, or is no letter of them."""
_CELL = re.compile(r"\t|\|| {2,}|\u3000{1,}")


@dataclass(frozen=True)
class Flow:
    """``text``: in simplified letters; ``own``: the dense letters as the original has them;
    ``starts``: dense places where a line begins; ``short``: those of them after a line that ended early, so
    that its end was meant; ``gaps``: places after white space or a table's bar within a line."""

    text: str
    original: str
    dense: str
    own: str
    at: Sequence[int]
    starts: frozenset[int]
    short: frozenset[int]
    gaps: frozenset[int]
    wide: frozenset[int]
    shown: str
    shown_at: Sequence[int]
    grids: tuple[LaidGrid, ...] = ()

    def raw(self, start: int, end: int) -> str:
        """The words as written, with line breaks and furniture taken out."""
        if start >= end:
            return ""
        return self.shown[self.shown_at[start] : self.shown_at[end - 1] + 1]

    def breaks(self, start: int, end: int) -> Sequence[int]:
        """Where in a stretch white space or a line's end stood."""
        return self._breaks[bisect.bisect_left(self._breaks, start) : bisect.bisect_left(self._breaks, end)]

    @cached_property
    def _breaks(self) -> Sequence[int]:
        return array("q", sorted(self.gaps | self.starts))

    def in_table(self, start: int, end: int) -> bool:
        """Whether a stretch reaches into a table laid cell by cell, whose letters are not in the order of the text."""
        return grid_flow.touches(self.grids, start, end)

    def in_own_letters(self, words: str) -> str:
        """Words of ``dense`` in the letters of the original."""
        place = self.dense.find(words) if self.own is not self.dense else -1
        return self.own[place : place + len(words)] if place >= 0 else words

    def span(self, start: int, end: int) -> Span:
        """The place in the original text."""
        if start >= end:
            here = self.at[start] if start < len(self.at) else len(self.text)
            return here, here
        if self.in_table(start, end):
            return min(self.at[start:end]), max(self.at[start:end]) + 1
        return self.at[start], self.at[end - 1] + 1


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.plain: list[str] = []
        self.at = array("q")
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.widths: list[int] = []
        self.gaps: list[int] = []
        self.wide: list[int] = []
        self.spaced: list[int] = []
        self.rows: list[int] = []

    def line(self, start: int, end: int, label: int = 0) -> None:
        """``label``: where a label ends that has no colon; one is put where the white space after it begins."""
        first = len(self.at)
        for a, b in _words(self.text, start, end):
            here = len(self.at)
            if here == first and here and _blank_at_break(self.text[self.at[-1] + 1 : a]):
                self.gaps.append(here)
            if here > first:
                self.gaps.append(here)
                between = self.text[self.at[-1] + 1 : a]
                if _CELL.search(between):
                    self.wide.append(here)
            if here and self._is_spaced(a):
                self.spaced.append(here)
            self.plain.append(self.text[a:b])
            self.at.extend(range(a, b))
            if b == label:
                self.plain.append("：")
                self.at.append(b)
        if len(self.at) > first:
            self.starts.append(first)
            self.ends.append(len(self.at))
            self.widths.append(end - start)

    def cell(self, fragments: Fragments, without: str, new_line: bool) -> Span:
        """Put a cell of a table into the stream, without such marks; where it is now."""
        first = len(self.at)
        if new_line:
            self.rows.append(first)
        else:
            self.gaps.append(first)
            self.wide.append(first)
        for start, end in fragments:
            begin = len(self.at)
            if not without and not _TORN.search(self.text, start, end):
                self.plain.append(self.text[start:end])
                self.at.extend(range(start, end))
                continue
            for a, b in _words(self.text, start, end):
                for c, d in _without(self.text, a, b, without) if without else ((a, b),):
                    if len(self.at) > begin:
                        self.gaps.append(len(self.at))
                        if self._is_spaced(c):
                            self.spaced.append(len(self.at))
                    self.plain.append(self.text[c:d])
                    self.at.extend(range(c, d))
        return first, len(self.at)

    def _is_spaced(self, place: int) -> bool:
        """A space that stands between a Latin letter or digit and anything else is the author's."""
        before = self.at[-1]
        if not _latin(self.text[before]) and not _latin(self.text[place]):
            return False
        return any(mark in " \u00a0\t" for mark in self.text[before + 1 : place])


def _without(text: str, start: int, end: int, mark: str) -> Iterator[Span]:
    yield from (found.span() for found in re.compile(f"[^{re.escape(mark)}]+").finditer(text, start, end))


def _blank_at_break(between: str) -> bool:
    """Whether one space stood where the line broke; more is indentation."""
    return between in (" \n", "\n ")


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _words(text: str, start: int, end: int) -> Iterator[Span]:
    """Stretches without white space, decoration and table bars."""
    begin = _MARKDOWN.match(text, start, end)
    if not _MAY_BE_DECORATED.search(text, start, end):
        yield from (word.span() for word in _WORD.finditer(text, begin.end() if begin else start, end))
        return
    for word in _WORD.finditer(text, begin.end() if begin else start, end):
        place = word.start()
        for cut in _DECORATION.finditer(text, *word.span()):
            if cut.start() > place:
                yield place, cut.start()
            place = cut.end()
        if place < word.end():
            yield from _without_bars(text, place, word.end())


def _without_bars(text: str, start: int, end: int) -> Iterator[Span]:
    place = start
    while (bar := text.find("|", place, end)) >= 0:
        if bar > place:
            yield place, bar
        place = bar + 1
    if place < end:
        yield place, end


def build(text: str) -> Flow:
    """The flow of a text. Linear in its length."""
    original, foreign = text, traditional.is_traditional(text)
    text = traditional.simplified(text) if foreign else text
    builder = _Builder(text)
    lines = [line for line in _LINE.finditer(text) if not line[0].isspace()]
    kept = list(kept_lines.of(text, lines))
    tables = grid_flow.find(text, frozenset(line.start() for line in lines) - {line.start() for line in kept})
    kept = [line for line in kept if not grid_flow.holds(tables, line.start())]
    labels = bare_labels.find([line[0].strip() for line in kept], [_one_width(line[0]) for line in kept])
    waiting, laid = list(reversed(tables)), list[LaidGrid]()
    for number, line in enumerate(kept):
        while waiting and waiting[-1].start < line.start():
            laid.append(grid_flow.lay(builder, waiting.pop()))
        indent = len(line[0]) - len(line[0].lstrip())
        label = labels.get(number)
        builder.line(line.start(), line.end(), line.start() + indent + label if label else 0)
    laid.extend(grid_flow.lay(builder, table) for table in reversed(waiting))
    return _flow(text, original, builder, tuple(laid))


def _one_width(line: str) -> str:
    return "".join(line.split()).translate(_SAME)


def _flow(text: str, original: str, builder: _Builder, tables: tuple[LaidGrid, ...]) -> Flow:
    plain = "".join(builder.plain)
    written = plain if text is original else _as_written(plain, original, builder.at)
    shown, shown_at = _shown(written, builder.spaced)
    dense = _dense(plain, frozenset(builder.starts))
    return Flow(
        text=text,
        original=original,
        dense=dense,
        own=dense if text is original else written.translate(_SAME),
        at=builder.at,
        starts=frozenset([*builder.starts, *builder.rows]),
        short=frozenset([*_short(builder.ends, builder.widths), *(table.end for table in tables)]),
        gaps=frozenset(builder.gaps),
        wide=frozenset(builder.wide),
        shown=shown,
        shown_at=shown_at,
        grids=tables,
    )


def _dense(plain: str, starts: frozenset[int]) -> str:
    """The letters that the grammar reads."""
    dense = _NOT_A_YEAR.sub(r"（\1）", plain.translate(_SAME))
    labels = list(bare_labels.bracketed(plain, starts))
    return stops.full(bare_labels.without_brackets(dense, labels) if labels else dense)


def _as_written(plain: str, original: str, at: Sequence[int]) -> str:
    """In the original's letters; a colon that was put in stays."""
    return "".join(letter if letter == "：" else original[place] for letter, place in zip(plain, at, strict=True))


def _shown(plain: str, spaced: list[int]) -> tuple[str, Sequence[int]]:
    parts, at, last = [], array("q"), 0
    for number, place in enumerate([*spaced, len(plain)]):
        parts.append(plain[last:place])
        at.extend(range(last + number, place + number))
        last = place
    return " ".join(parts), at


def _short(ends: list[int], widths: list[int]) -> Iterator[int]:
    """Places after lines clearly shorter than the lines of this text usually are."""
    ordered = sorted(widths)
    full = ordered[len(ordered) * 9 // 10] if ordered else 0
    for end, width in zip(ends, widths, strict=True):
        if width < full - min(2, full // 12):
            yield end
