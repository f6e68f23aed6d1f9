"""Several sentences of one paragraph that each say who does what: ``一是由A负责，5月底前完成；二是由B牵头，C配合。``

One alone is for :mod:`sentences` to find; a paragraph tells several duties when each sentence has its own units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from goodfaith.duties.reading.note import sentences
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.note_places import Place, surely_unit
from goodfaith.duties.reading.page.flow import Flow

ITEM = re.compile(r"(?:第?[一二三四五六七八九十][是要]|(?:首先|其次|再次|最后)，?)")
_SEGMENT = re.compile(r"[^。；]+[。；]?")
_LONGEST = 260
_LEAST = 2
_THIS = r"(?:(?:此|该|本|上述|以上|其中)(?:项|条)?(?:工作|任务|措施|事项)?，?)?"
_FIRST = re.compile(rf"(?:{ITEM.pattern})?{_THIS}(?:原则上|具体|统一|主要)?(?=由)")
"""A sentence that begins so is a note from there on."""
_IN_CHARGE = re.compile(
    r"由[^。；]{3,120}(?:按(?:照)?(?:各自)?职[责能](?:分工)?)?(?:分别|共同|具体|各自)?(?:负责|落实|承办|承担|实施)。"
)
_LEAST_WORDS = 10
_THEN = re.compile(r"(?<=[，：])(?:具体|统一|主要)?(?=由)")
_OF = re.compile(r"(?:[一二三四五六七八九十]是)?[\u4e00-\u9fff“”]{2,20}?(?<![自经理事缘来不])(?=由)")
"""``制定方案由A牵头，5月底前完成；组织实施由B负责，10月底前完成。``"""


def find(flow: Flow, start: int, end: int, on: Calendar) -> Iterator[Place]:
    """The notes of ``dense[start:end]``, if there are several."""
    if flow.dense.count("由", start, end) < _LEAST:
        return
    found: list[Place] = []
    for a, b in _segments(flow, start, end):
        goes_on = bool(found) and found[-1].end == a
        told = list(_of_segment(flow, a, b, on, goes_on))
        if not told and a - (found[-1].end if found else start) > _LEAST_WORDS:
            told = list(filter(None, [_whole_sentence(flow, a, b, on)]))
        found.extend(told)
    if len(found) >= _LEAST:
        yield from found


def _whole_sentence(flow: Flow, start: int, end: int, on: Calendar) -> Place | None:
    """A sentence after words of its own that says no more than who is in charge: ``……。由A负责。……。由B负责。``"""
    if flow.dense[start - 1] != "。" or flow.dense[end - 1] != "。" or not _IN_CHARGE.fullmatch(flow.dense, start, end):
        return None
    place = _note(flow, start, end, on)
    return place if place and all(sentences.is_one(one.name) for one in place.note.named) else None


def _segments(flow: Flow, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _SEGMENT.finditer(flow.dense, start, end):
        if len(found[0]) <= _LONGEST:
            yield found.span()


def _of_segment(flow: Flow, start: int, end: int, on: Calendar, goes_on: bool) -> Iterator[Place]:
    """The note that a sentence is, or ends in. ``goes_on``: the one before is a note: ``由A牵头；由B配合``."""
    if flow.dense.find("由", start, end) < 0:
        return
    item = ITEM.match(flow.dense, start, end) is not None
    if first := _FIRST.match(flow.dense, start, end):
        place = _note(flow, first.end(), end, on)
        if place and (_is_told(place, item) or (goes_on and all(one.role == "part" for one in place.note.named))):
            yield replace(place, start=start)
        return
    for then in (*_THEN.finditer(flow.dense, start, end), *filter(None, [_OF.match(flow.dense, start, end)])):
        place = _note(flow, then.end(), end, on)
        if place and _is_told(place, item) and all(sentences.is_one(one.name) for one in place.note.named):
            yield place
            return


def _note(flow: Flow, begin: int, end: int, on: Calendar) -> Place | None:
    place = sentences.whole(flow, begin, end, on)
    return place if place and all(surely_unit(one.name) for one in place.note.named) else None


def _is_told(place: Place, item: bool) -> bool:
    """Who leads, or is helped, or has to do it by when; ``……的，由A负责`` alone is how something goes on."""
    note = place.note
    return item or bool(note.leads or note.limits) or {"part", "charge"} <= {one.role for one in note.named}
