"""Tables whose rows have no number: a heading row of known columns, then lines with as many cells.

Only where cells are parted by tabs, bars or wide space, so that nothing has to be guessed.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodfaith.duties.reading.columns import column, tells
from goodfaith.duties.reading.flow import Flow
from goodfaith.duties.reading.shapes import Span

_HEAD = re.compile(r"^[^\n。；：:]{0,90}(?:单位|部门|主体|机构)[^\n。；：:]{0,60}$", re.MULTILINE)
_MARKS = (re.compile(r"\t"), re.compile(r"\|"), re.compile(r"(?<=\S)(?: {2,}|\u3000+)(?=\S)"))
_RULE = re.compile(r"[\s|:-]+")
_LONGEST_ROW = 1500


@dataclass
class PlainTable:
    """Places are dense; ``rows``: the cells of each, and the chapter's name above it."""

    start: int
    columns: list[str]
    end: int = 0
    rows: list[tuple[list[Span], str | None]] = field(default_factory=list)


def find(flow: Flow, start: int, end: int) -> Iterator[PlainTable]:
    """The tables in ``dense[start:end]``."""
    if start >= end:
        return
    place, stop = flow.text.rfind("\n", 0, flow.at[start]) + 1, flow.at[end - 1] + 1
    line = flow.text.find("\n", stop)
    stop = line if line >= 0 else len(flow.text)
    while head := _HEAD.search(flow.text, place, stop):
        place = head.end()
        columns = [column(flow.text[a:b]) for a, b in _split(flow.text, *head.span())]
        if tells(columns):
            table = PlainTable(bisect.bisect_left(flow.at, head.start()), columns)
            place = _rows(flow, table, place, stop)
            table.end = bisect.bisect_left(flow.at, place)
            if table.rows:
                yield table


def _split(text: str, start: int, end: int) -> list[Span]:
    """The cells of a row, without the bars around it."""
    while start < end and text[start] in " \u3000":
        start += 1
    if text.startswith("|", start, end):
        start += 1
        last = text.rfind("|", start, end)
        end = last if last >= 0 and not text[last + 1 : end].strip() else end
    cuts = next((found for mark in _MARKS if (found := [one.span() for one in mark.finditer(text, start, end)])), [])
    begins, ends = [start, *(b for _, b in cuts)], [*(a for a, _ in cuts), end]
    return list(zip(begins, ends, strict=True))


def _rows(flow: Flow, table: PlainTable, place: int, stop: int) -> int:
    """Read rows up to a line that is none; a row goes on over lines until it has all its cells."""
    begin, chapter = None, None
    for line in re.compile(r"[^\n]+").finditer(flow.text, place, stop):
        if not line[0].strip() or _RULE.fullmatch(line[0]):
            continue
        first = line.start() if begin is None else begin
        cells = _split(flow.text, first, line.end())
        if len(cells) == len(table.columns):
            table.rows.append(([_dense(flow, span) for span in cells], chapter))
            begin, place = None, line.end()
        elif len(cells) == 1 and begin is None and _CHAPTER.fullmatch(line[0].strip(" |")):
            chapter = "".join(line[0].strip(" |").split())
        elif len(cells) < len(table.columns) and line.end() - first < _LONGEST_ROW and len(cells) > 1:
            begin = first
        else:
            break
    return place


_CHAPTER = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十]{1,3}[）)])[^。；]{2,40}")


def _dense(flow: Flow, span: Span) -> Span:
    return bisect.bisect_left(flow.at, span[0]), bisect.bisect_left(flow.at, span[1])
