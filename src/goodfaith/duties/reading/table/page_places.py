"""Words of a page's lines by the places they take: a full-width character takes two."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table.grids import Lines

APART = re.compile(r"\s{2,}|\u3000+|\t")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a line without wide space: where in the text, and where on the page each letter and its end are."""

    span: Span
    places: tuple[int, ...]

    @property
    def left(self) -> int:
        """Where it begins."""
        return self.places[0]

    @property
    def right(self) -> int:
        """Where it is over."""
        return self.places[-1]


class Widths(dict[str, int]):
    """How many places a letter takes."""

    def __init__(self, wide: int, either: int) -> None:
        super().__init__()
        self.wide, self.either = wide, either

    def __missing__(self, letter: str) -> int:
        kind = unicodedata.east_asian_width(letter)
        self[letter] = self.wide if kind in "WF" else self.either if kind == "A" else 1
        return self[letter]


@functools.cache
def widths(wide: int, either: int) -> Widths:
    """What letters take; known once for all tables."""
    return Widths(wide, either)


@dataclass
class Page:
    """Lines measured with one pair of widths."""

    lines: Lines
    widths: Widths
    _known: dict[int, list[Word]] = field(default_factory=dict)

    def words(self, line: int) -> list[Word]:
        """The words of a line, left to right."""
        if line not in self._known:
            self._known[line] = list(self._measured(line))
        return self._known[line]

    def _measured(self, line: int) -> Iterator[Word]:
        start, end = self.lines.spans[line]
        text = self.lines.text[start:end]
        places = tuple(itertools.accumulate(map(self.widths.__getitem__, text), initial=0))
        at = 0
        for cut in [*APART.finditer(text), None]:
            stop = cut.start() if cut else len(text)
            if stop > at and not text[at:stop].isspace():
                yield Word((start + at, start + stop), places[at : stop + 1])
            at = cut.end() if cut else stop
