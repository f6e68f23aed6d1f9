"""Where the rows of a table begin: at 1, 2, 3 … each at the start of a line or after white space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodfaith.duties.reading.page.flow import Flow

_NUMBER = re.compile(r"(?<!\d)(\d{1,3})[.、]?(?!\d)")
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
    for found in _NUMBER.finditer(flow.dense, start, end):
        number = int(found[1])
        if not _may_be(flow, found, start):
            continue
        first = last == 0 and carried and number == carried + 1
        if number == last + 1 or first:
            yield Begin(found[1], found.start(), found.end())
        elif last and _as_row(flow, found) and _goes_on(flow, found, number, last):
            yield Begin(found[1], found.start(), found.end(), number > last)
        else:
            continue
        last = number


def _may_be(flow: Flow, found: re.Match[str], start: int) -> bool:
    at_cell = found.start() in flow.starts or found.start() in flow.gaps or found.start() == start
    counts = _DATES if _as_row(flow, found) else _COUNTS
    return at_cell and (_bordered(flow, found.end()) or not counts.match(flow.dense, found.end()))


def _as_row(flow: Flow, found: re.Match[str]) -> bool:
    """Alone at the start of a line, with white space after it."""
    return found.start() in flow.starts and (found.end() in flow.gaps or found.end() in flow.starts)


def _goes_on(flow: Flow, found: re.Match[str], number: int, last: int) -> bool:
    """A number left out; one merged over several rows; or each part of the table numbered anew."""
    if number == last:
        return _bordered(flow, found.end())
    return last < number <= last + _FURTHEST or (number == 1 and last > 1)


def _bordered(flow: Flow, place: int) -> bool:
    """Whether a tab, a bar or the line's end follows."""
    after = flow.at[place - 1] + 1
    return flow.text[after : after + 1] in ("\t", "\n", "|") or flow.text[after : after + 2] == " |"
