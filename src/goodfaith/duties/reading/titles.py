"""Where a clause's or heading's title ends."""

from __future__ import annotations

import re

from goodfaith.duties.reading.head.header import tidy
from goodfaith.duties.reading.page.flow import Flow

_LONGEST = 60
_STOPS = re.compile(r"[。；：！？]")
_NOTE = re.compile(r"（[^）]*(?:牵头|负责|责任单位|责任部门|配合)")
_GOES_ON = "、，的和与及（“《"


def end_of_title(flow: Flow, start: int, end: int) -> tuple[int, bool]:
    """(place, whether it is sure): up to the first stop, or the end of a line that was meant to end there."""
    stop = _STOPS.search(flow.dense, start, end)
    most = stop.start() if stop else end
    line = next((place for place in range(start + 2, min(most, start + _LONGEST)) if place in flow.short), None)
    if line is not None and flow.dense[line - 1] not in _GOES_ON:
        return line, True
    if most - start <= _LONGEST:
        return most, True
    comma = flow.dense.find("，", start + 6, start + _LONGEST)
    return (comma if comma > 0 else start + _LONGEST), False


def title(flow: Flow, start: int, end: int) -> str:
    """The words of the title."""
    place, _ = end_of_title(flow, start, end)
    return tidy(flow.raw(start, place)).rstrip("。；：，、:;,")


def heading_title(flow: Flow, start: int, end: int) -> str:
    """Of a heading: all its words when there is no sentence among them, wherever its lines broke."""
    note = _NOTE.search(flow.dense, start, min(end, start + 2 * _LONGEST))
    end = note.start() if note else end
    if end - start <= _LONGEST and not _STOPS.search(flow.dense, start, end):
        return tidy(flow.raw(start, end))
    return title(flow, start, end)
