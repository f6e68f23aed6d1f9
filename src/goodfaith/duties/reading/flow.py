"""The text as one stream of characters that no line break touches.

Official documents come with hard line breaks anywhere, blank lines between lines and page furniture in between.
What a document says must not hang on where its lines broke, so the grammar works on ``dense``: every character
that is neither white space nor furniture nor Markdown decoration, with punctuation of both widths made one. Where
lines began is kept beside it as a hint. Every dense character knows its offset in the original.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodfaith.duties.reading import index
from goodfaith.duties.reading.furniture import is_furniture, numbers_are_pages
from goodfaith.duties.reading.shapes import Span

_SAME = str.maketrans(
    "(),;:!?．[]【】［］〖〗０１２３４５６７８９％﹙﹚～ー－",
    "（），；：！？.〔〕〔〕〔〕〔〕0123456789%（）~——",
)
_NOT_A_YEAR = re.compile(r"〔(?!(?:19|20)\d\d〕)([^〔〕]*)〕")
"""Angular brackets that are used like round ones."""
_SPACE = r"\s\u200b-\u200f\u2060\ufeff\u00ad\u0000-\u0008\u000e-\u001f"
_WORD = re.compile(rf"[^{_SPACE}]+")
_LINE = re.compile(r"[^\n\f\v\x85\u2028\u2029]+")
_MARKDOWN = re.compile(r"(#{1,6}(?!#)|>+|[*+•](?=\s))")
_DECORATION = re.compile(r"\*+|__|\\(?=[.#*_\[\]()~-])")
_CELL = re.compile(r"\t|\|| {2,}|\u3000{1,}")


@dataclass(frozen=True)
class Flow:
    """``starts``: dense places where a line begins; ``short``: those of them after a line that ended early, so
    that its end was meant; ``gaps``: places after white space or a table's bar within a line."""

    text: str
    dense: str
    at: Sequence[int]
    starts: frozenset[int]
    short: frozenset[int]
    gaps: frozenset[int]
    wide: frozenset[int]
    shown: str
    shown_at: Sequence[int]

    def raw(self, start: int, end: int) -> str:
        """The words as written, with line breaks and furniture taken out."""
        if start >= end:
            return ""
        return self.shown[self.shown_at[start] : self.shown_at[end - 1] + 1]

    def span(self, start: int, end: int) -> Span:
        """The place in the original text."""
        if start >= end:
            here = self.at[start] if start < len(self.at) else len(self.text)
            return here, here
        return self.at[start], self.at[end - 1] + 1


_AFTER_NUMBER = tuple("年月日号个项条家％%．.、）〕万亿")


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

    def line(self, start: int, end: int) -> None:
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
        if len(self.at) > first:
            self.starts.append(first)
            self.ends.append(len(self.at))
            self.widths.append(end - start)

    def _is_spaced(self, place: int) -> bool:
        """A space that stands between a Latin letter or digit and anything else is the author's."""
        before = self.text[self.at[-1]]
        between = self.text[self.at[-1] + 1 : place]
        return any(mark in " \u00a0\t" for mark in between) and (_latin(before) or _latin(self.text[place]))


def _blank_at_break(between: str) -> bool:
    """Whether one space stood where the line broke; more is indentation."""
    return between in (" \n", "\n ")


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _words(text: str, start: int, end: int) -> Iterator[Span]:
    """Stretches without white space, decoration and table bars."""
    begin = _MARKDOWN.match(text, start, end)
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
    builder, numbers = _Builder(text), numbers_are_pages(text)
    lines = [line for line in _LINE.finditer(text) if not line[0].isspace()]
    for number, line in enumerate(lines):
        stripped = line[0].strip()
        if stripped.isdecimal():
            after = lines[number + 1][0].strip() if number + 1 < len(lines) else ""
            page = numbers and not _torn(text[: line.start()][-40:].rstrip()[-1:], after)
        if not is_furniture(stripped, numbers=stripped.isdecimal() and page, at_head=line.start() < index.HEAD):
            builder.line(line.start(), line.end())
    return _flow(text, builder)


def _torn(before: str, after: str) -> bool:
    """Whether a line of digits is a piece of the words around it."""
    return (
        before.isdecimal()
        or before in tuple("〔（第约近达至到—")
        or after[:1].isdecimal()
        or after.startswith(_AFTER_NUMBER)
    )


def _flow(text: str, builder: _Builder) -> Flow:
    plain = "".join(builder.plain)
    shown, shown_at = _shown(plain, builder.spaced)
    return Flow(
        text=text,
        dense=_NOT_A_YEAR.sub(r"（\1）", plain.translate(_SAME)),
        at=builder.at,
        starts=frozenset(builder.starts),
        short=frozenset(_short(builder.ends, builder.widths)),
        gaps=frozenset(builder.gaps),
        wide=frozenset(builder.wide),
        shown=shown,
        shown_at=shown_at,
    )


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
