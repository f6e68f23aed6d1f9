"""Which row of a sheet is the header: title rows stand above it, rows of codes or explanations below it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LOOK_AT = 20
"""The header is looked for in so many rows."""
Row = Sequence[str | None]

_BRACKETS = re.compile(r"[(\[【<《〔{][^)\]】>》〕}]*[)\]】>》〕}]")
_NOISE = re.compile(r"[\s*＊※★:：、,，.。;；_\-—/\\|\"'“”‘’()\[\]【】<>《》〔〕{}?？!！]+")
_CODE = re.compile(r"^[A-Za-z]{1,8}(_[A-Za-z0-9]+)+$|^[A-Z][A-Z0-9]{1,30}$")
_EXPLAINS = re.compile(
    r"^(必填|选填|非必填|必选|可选|条件必填|是|否|文本型?|字符型?|字符串|数值型?|数字型?|日期型?|代码|整数"
    r"|[(].*[)]|单位:.*|格式:?.*|yyyy.*|[cnd]\.*\d+([,.]\d+)?|万元|元|示例.*|例:?.*|例如.*|请?填写.*|长度.*|varchar.*|string|date"
    r"|\d{1,3})$",
    re.IGNORECASE,
)
_TITLED = re.compile(r"[:：]\s*\S")
"""填报单位：某局 stands in a title row, not in a header."""
_NUMBER_LIKE = re.compile(r"^[\d\s.,:/年月日\-+%]+$")


def plain(header: str, brackets: bool = True) -> str:
    """A header without case, width, spaces, marks and line breaks; ``brackets``: nor what stands in brackets."""
    text = unicodedata.normalize("NFKC", header).casefold()
    if brackets:
        text = _BRACKETS.sub("", text) or text
    return _NOISE.sub("", text)


def plain_forms(header: str) -> set[str]:
    """Both plain forms of a header, with and without its brackets."""
    return {plain(header), plain(header, brackets=False)} - {""}


def known_forms(known: Iterable[str]) -> set[str]:
    """The plain forms of all known names. Names keep their brackets: 代码_1(统一社会信用代码) is not 代码_1."""
    return {plain(name, brackets=False) for name in known} - {""}


@dataclass(frozen=True)
class Header:
    """``row``: index of the header among the rows looked at; ``first``: index of the first row of data."""

    row: int
    first: int
    score: int


def find(rows: Sequence[Row], known: set[str] | None) -> Header | None:
    """The header among the first rows; None when all are blank. ``known`` holds :func:`known_forms`."""
    best, score = _by_names(rows, known or set())
    if score < 2 and (best is None or _filled(rows[best]) > 2):
        shaped = _by_shape(rows)
        best, score = (shaped, 0) if shaped is not None and score == 0 else (best, score)
    if best is None:
        return None
    first = best + 1
    while first < len(rows) and _also_header(rows[first], known or set()):
        first += 1
    return Header(best, first, score)


def _by_names(rows: Sequence[Row], known: set[str]) -> tuple[int | None, int]:
    scores = [_known_cells(row, known) for row in rows[:LOOK_AT]]
    top = max(scores, default=0)
    return (scores.index(top), top) if top else (None, 0)


def _known_cells(row: Row, known: set[str]) -> int:
    return sum(1 for cell in row if cell and plain_forms(cell) & known) if known else 0


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell)


def _by_shape(rows: Sequence[Row]) -> int | None:
    """The first row that is nearly as wide as the widest and holds short, distinct words."""
    looked = rows[:LOOK_AT]
    widest = max((_filled(row) for row in looked), default=0)
    for index, row in enumerate(looked):
        cells = [cell for cell in row if cell]
        wordy = [c for c in cells if len(c) <= 60 and not _NUMBER_LIKE.match(c) and not _TITLED.search(c)]
        distinct_enough = len(set(wordy)) >= 0.5 * len(cells)
        if cells and len(cells) >= 0.6 * widest and len(wordy) >= 0.8 * len(cells) and distinct_enough:
            return index
    return next((index for index, row in enumerate(looked) if _filled(row)), None)


def _also_header(row: Row, known: set[str]) -> bool:
    """A second header (codes under the Chinese names), or a row that explains how to fill in."""
    cells = [cell for cell in row if cell]
    if len(cells) < 2:
        return False
    named = _known_cells(row, known)
    if named >= 2 and named >= 0.5 * len(cells):
        return True
    codes = sum(1 for cell in cells if _CODE.match(cell))
    explains = sum(1 for cell in cells if _EXPLAINS.match(unicodedata.normalize("NFKC", cell)))
    wordy = any(not _NUMBER_LIKE.match(cell) for cell in cells)
    underscored = any("_" in cell for cell in cells)
    return (codes >= 0.8 * len(cells) and underscored) or (wordy and explains >= 0.8 * len(cells))


def distinct(cells: Row) -> tuple[list[str], list[tuple[str, str]]]:
    """(column names, (repeated name, the name it got)). Blank headers become 第3列, repeats 名称（2）."""
    taken: set[str] = set()
    names: list[str] = []
    repeated: list[tuple[str, str]] = []
    for place, cell in enumerate(cells, 1):
        wanted = re.sub(r"\s*\n\s*", " ", cell) if cell else f"第{place}列"
        name, count = wanted, 1
        while name in taken:
            count += 1
            name = f"{wanted}（{count}）"
        if name != wanted:
            repeated.append((wanted, name))
        taken.add(name)
        names.append(name)
    return names, repeated
