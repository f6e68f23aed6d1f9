"""Tables whose cells stand apart on the page: by bars, by tabs, or by the place at which they begin.

They are found in the text as it lies there, before it becomes one stream, for a cell that goes on below itself is
torn to pieces by the cells beside it. The stream then holds such a table cell by cell (:mod:`flow`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import columns as column_words

Fragments = tuple[Span, ...]
"""Where a cell's words are in the text: one stretch a line."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """``cells``: one a column; None where the row has none, () where it is empty. ``chapter``: a name across all.
    ``guessed``: which lines or letters are this row's is inferred."""

    cells: tuple[Fragments | None, ...] = ()
    chapter: Fragments = ()
    guessed: bool = False


@dataclass
class Grid:
    """``text[start:end]`` are its lines. ``columns``: what each stands for; ``starred``: marks beside names that
    the heading gives a meaning (``加*号为牵头部门``)."""

    start: int
    end: int
    columns: tuple[str, ...]
    head: tuple[Fragments, ...]
    rows: list[GridRow] = field(default_factory=list)
    starred: str = ""


@dataclass(frozen=True)
class Lines:
    """The lines of a text. Reading a table may look ahead, never back."""

    text: str
    spans: tuple[Span, ...]
    dropped: frozenset[int] = frozenset()

    def words(self, number: int) -> str:
        """A line without the white space around it."""
        return self.text[slice(*self.spans[number])].strip()

    def is_blank(self, number: int) -> bool:
        return not self.words(number)

    def is_furniture(self, number: int) -> bool:
        """A page's number, a letterhead: neither the table's words nor its end."""
        return self.spans[number][0] in self.dropped


CHAPTER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}(?:部分|章|类))"
    r"[^。；;]{2,40}"
)
OVER = re.compile(
    r"(?:注|备\s*注|说\s*明|抄\s*送|附\s*注|附\s*件|附\s*表|填表|联系人|公开方式|主办|承办|印发)\s*\d{0,2}\s*[：:]|【|附\s*[件表]\s*\d{0,2}$|"
    r"[（(](?:此件|联系人)|.{4,80}\d\s*日\s*印发$"
)
"""Words that stand below a table."""
NUMBER = re.compile(r"[（(]?\d{1,3}(?:[-.]\d{1,2})?[）)]?[.、．]?|[一二三四五六七八九十]{1,3}、?")
_STARS = "*＊★▲△☆#"
_MAY_BE_HEADING = re.compile(r"单\s*位|部\s*门|主\s*体|机\s*构|责\s*任|牵\s*头|序\s*号|编\s*号|任\s*务|分\s*工")
_LONGEST_HEADING = 240
_LINE = re.compile(r"[^\n\f\v\x85\u2028\u2029]+|(?<=\n)(?=\n)")
"""A blank line has a place too."""
Reader = Callable[[Lines, int], "tuple[Grid, int] | None"]


def find(text: str, dropped: frozenset[int], readers: tuple[Reader, ...]) -> list[Grid]:
    """The tables of a text, in order. A reader gives a table and the number of the line after it."""
    lines = Lines(text, tuple(found.span() for found in _LINE.finditer(text)), dropped)
    made, free = list[Grid](), 0
    for number in _headings(lines):
        if number < free:
            continue
        found = next((one for reader in readers if (one := reader(lines, number))), None)
        if found:
            grid, free = found
            made.append(grid)
    return made


def _headings(lines: Lines) -> Iterator[int]:
    for number, (start, end) in enumerate(lines.spans):
        if end - start > _LONGEST_HEADING or not _MAY_BE_HEADING.search(lines.text, start, end):
            continue
        if not re.search(r"[。；;]", lines.text[start:end]):
            yield number


def kinds(words: list[str]) -> tuple[str, ...]:
    """What each heading stands for."""
    return tuple(column_words.column(one) for one in words)


def tells(columns: tuple[str, ...]) -> bool:
    """Whether a heading row names what is to be done and by whom."""
    known = set(columns)
    unnamed = "other" in known and bool({"number", "part", "when"} & known)
    return bool({"lead", "charge"} & known) and ("task" in known or unnamed)


def starred(heads: list[str]) -> str:
    """The mark that the heading of a column of units explains."""
    for words in heads:
        if re.search(r"牵头|主[责办]", words) and (found := re.search(f"[{_STARS}]", words)):
            return found[0]
    return ""


def words_of(text: str, cell: Fragments | None) -> str:
    """A cell's words without white space."""
    if not cell:
        return ""
    words = text[slice(*cell[0])] if len(cell) == 1 else "".join([text[a:b] for a, b in cell])
    return "".join(words.split())


def is_total(words: str) -> bool:
    """``合计``: a row that is no task."""
    return re.match(r"(?:合计|总计|小计|共计)(?![\u4e00-\u9fff]{3})|(?:备注|注|说明)[：:]", words) is not None
