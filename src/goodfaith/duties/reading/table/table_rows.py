"""Where the rows of a table begin: at 1, 2, 3 … each at the start of a line or after white space."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span

_DIGITS = re.compile(r"\d+")
_STOPS = (".", "、")
_LONGEST = 3
_COUNTS = re.compile(r"[.月年日%个项条家万亿—-]")
"""After a number these make it one of the task's own words, unless a cell's border stands between."""
_DATES = re.compile(r"[.月年日%—-]")
_FURTHEST = 2


@dataclass(frozen=True, slots=True)
class Begin:
    """``words``: the place after the number. ``jumped``: numbers before it are missing."""

    label: str | None
    start: int
    words: int
    jumped: bool = False


def begins(flow: Flow, start: int, end: int, carried: int = 0) -> Iterator[Begin]:
    """``carried``: the last number of the table that this one may go on with, on a new page."""
    last = 0
    for place, stop in _numbers(flow, start, end):
        label = flow.dense[place:stop]
        after = stop + (flow.dense[stop : stop + 1] in _STOPS and not flow.dense[stop + 1 : stop + 2].isdecimal())
        number = int(label)
        if not _may_be(flow, place, after, start):
            continue
        first = last == 0 and carried and number == carried + 1
        if number == last + 1 or first:
            yield Begin(label, place, after)
        elif last and _is_apart(flow, place, after) and _goes_on(flow, after, number, last):
            yield Begin(label, place, after, number > last)
        else:
            continue
        last = number


def _numbers(flow: Flow, start: int, end: int) -> Iterator[Span]:
    """Digits that stand together; those that white space parts (a limit's year behind the row's number) one by one."""
    for found in _DIGITS.finditer(flow.dense, start, end):
        first, stop = found.span()
        cuts = [at for at in range(first + 1, stop) if at in flow.starts or at in flow.gaps]
        for a, b in itertools.pairwise([first, *cuts, stop]):
            if b - a <= _LONGEST and (not cuts or _is_apart(flow, a, b)):
                yield a, b


def _is_apart(flow: Flow, start: int, end: int) -> bool:
    """Alone at the start of a line, with white space after it."""
    return start in flow.starts and (end in flow.gaps or end in flow.starts)


def _may_be(flow: Flow, place: int, after: int, start: int) -> bool:
    at_cell = place in flow.starts or place in flow.gaps or place == start
    counts = _DATES if _is_apart(flow, place, after) else _COUNTS
    return at_cell and (_bordered(flow, after) or not counts.match(flow.dense, after))


def _goes_on(flow: Flow, after: int, number: int, last: int) -> bool:
    """A number left out; one merged over several rows; or each part of the table numbered anew."""
    if number == last:
        return _bordered(flow, after)
    return last < number <= last + _FURTHEST or (number == 1 and last > 1)


def _bordered(flow: Flow, place: int) -> bool:
    """Whether a tab, a bar or the line's end follows."""
    after = flow.at[place - 1] + 1
    return flow.text[after : after + 1] in ("\t", "\n", "|") or flow.text[after : after + 2] == " |"
