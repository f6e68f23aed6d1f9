"""The cells of a table's row by the marks between them: tabs, as a spreadsheet or Word gives them, or bars."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from itertools import islice, pairwise

from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span


def by_marks(flow: Flow, start: int, end: int, count: int, last: bool) -> list[Span] | None:
    """The ``count`` cells of a row after the number that ends at ``start``, empty ones too, and what follows them.

    None when no marks tell them. ``last``: of the table's last row, which ends with its line.
    """
    if start >= end:
        return None
    place, stop = flow.at[start - 1] + 1, flow.at[end] if end < len(flow.at) else len(flow.text)
    for mark in "\t|":
        cuts = list(islice(_cuts(flow.text, place, stop, mark), count + 1))
        if len(cuts) >= count and not flow.text[place : cuts[0]].strip(" .、．\u3000"):
            over = _over(flow.text, cuts, count, stop, mark, last)
            return _cells(flow, [*cuts[:count], over], end)
    return None


def are_marked(flow: Flow, cells: list[Span]) -> bool:
    """Whether tabs or bars stand between the cells, so that their borders are sure."""
    between = (
        flow.text[flow.at[b - 1] + 1 : flow.at[c]] for (_, b), (c, _) in pairwise(cells) if b and c < len(flow.at)
    )
    return len(cells) > 1 and all("\t" in gap or "|" in gap for gap in between)


def _cuts(raw: str, place: int, stop: int, mark: str) -> Iterator[int]:
    while (place := raw.find(mark, place, stop)) >= 0:
        yield place
        place += 1


def _over(raw: str, cuts: list[int], count: int, stop: int, mark: str, last: bool) -> int:
    """Where the last cell is over: at the next mark, or with its line when that is the table's end."""
    over = cuts[count] if len(cuts) > count else stop
    line = raw.find("\n", cuts[count - 1], over)
    if line < 0:
        return over
    return line if last or len(cuts) > count or _CHAPTER.match(raw[line:over]) else over


_CHAPTER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|"
    r"第[一二三四五六七八九十]{1,3}(?:部分|章|类|篇|节))"
)
"""A chapter's name between two rows is no part of the first one's last cell."""


def _cells(flow: Flow, cuts: list[int], end: int) -> list[Span]:
    places = [min(bisect.bisect_left(flow.at, cut), end) for cut in cuts]
    return list(pairwise(places))
