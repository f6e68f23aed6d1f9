"""The cells of a table's row by the marks between them: tabs, as a spreadsheet or Word gives them, or bars."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from itertools import islice, pairwise

from goodfaith.duties.reading.flow import Flow
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


def _cuts(raw: str, place: int, stop: int, mark: str) -> Iterator[int]:
    while (place := raw.find(mark, place, stop)) >= 0:
        yield place
        place += 1


def _over(raw: str, cuts: list[int], count: int, stop: int, mark: str, last: bool) -> int:
    """Where the last cell is over: at the next mark, or with its line when that is the table's end."""
    over = cuts[count] if len(cuts) > count else stop
    line = raw.find("\n", cuts[count - 1], over)
    return line if line >= 0 and (last or len(cuts) > count) else over


def _cells(flow: Flow, cuts: list[int], end: int) -> list[Span]:
    places = [min(bisect.bisect_left(flow.at, cut), end) for cut in cuts]
    return list(pairwise(places))
