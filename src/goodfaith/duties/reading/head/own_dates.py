"""Dates that are a cell of a row in a table with one cell a line: nobody has signed there."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span

_HEAD = re.compile(
    r"(?:序号|编号|项次)[^。；，：]{4,80}?(?:时限|期限|时间|日期|节点|进度)[^。；，：]{0,12}?(?=\D{0,40}?1\D)"
)
_FIRST = re.compile(r"\D{0,40}?(?=1\D)")
_LIMIT = re.compile(
    r"(?:20\d\d年|\d{1,2}月|每[年月季周半]|持续|长期|常态|按|即时|适时|年底|年内|全年|[上下]半年|[一二三四]季度|第[一二三四]季度|[/—\-无]+$)"
)
_LONGEST_ROW = 600


class RowDates:
    """Knows, of a date, whether it belongs to a row."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._heads = [(head.start(), self._columns(head)) for head in _HEAD.finditer(flow.dense)]

    def _columns(self, head: re.Match[str]) -> int:
        """How many cells a row has: as many as the heading has pieces, without the row's number."""
        rest = _FIRST.match(self._flow.dense, head.end())
        cuts = self._flow.breaks(head.start() + 1, rest.end() if rest else head.end())
        return len(cuts)

    def has(self, start: int, end: int) -> bool:
        """Whether the date ``dense[start:end]`` stands in a row that has no other time limit above it."""
        at = bisect.bisect_right(self._heads, (start, 0)) - 1
        if at < 0:
            return False
        number = next(self._numbers(max(self._heads[at][0], start - _LONGEST_ROW), start), None)
        if number is None:
            return False
        lines = self._lines(number[1], end)
        above = (self._flow.dense[a:b] for a, b in lines[:-1])
        return len(lines) <= self._heads[at][1] or not any(_LIMIT.match(words) for words in above)

    def _numbers(self, start: int, end: int) -> Iterator[Span]:
        """Lines that are nothing but a number, from the last."""
        lines = self._lines(start, end)
        return ((a, b) for a, b in reversed(lines) if b - a < 4 and self._flow.dense[a:b].isdecimal())

    def _lines(self, start: int, end: int) -> Sequence[Span]:
        cuts = [at for at in self._flow.breaks(start + 1, end) if at in self._flow.starts]
        places = [start, *cuts, end]
        return list(pairwise(places))
