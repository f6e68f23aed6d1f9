"""The cells of a table's row told by what they hold, where line breaks or missing space have hidden their borders."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from goodfaith.duties.reading.note import deadlines, names, notes, persons
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.notes import Note
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table.columns import UNITS

_MOST_PIECES = 40
_NONE = frozenset[int]()
"""Of units in a row; beyond that it is no row of a table."""
_GLUED = re.compile(
    r"(?<=[委局厅办部院会府行心司])(?=(?:省|市|州|县|区|自治区)(?!场|容)|各|人民银行|国网)|(?<=[\u4e00-\u9fff])(?=20\d\d年)"
)


def cell(flow: Flow, start: int, end: int, on: Calendar, units: bool = False) -> Note:
    """What a cell says of units and time limits; places are counted from ``start``. ``units``: it is of a column of
    units, so that what stands behind one after white space and is none is an official's name."""
    breaks = flow.breaks(start + 1, end)
    gaps = frozenset(place - start for place in breaks) if breaks else _NONE
    return _parsed(flow.dense[start:end], on, gaps, units)


_NAME_ENDS = re.compile(r"[、，；]|$")
_UNIT_BEFORE = "委局厅办部院会府行心室处队司门位构校联社镇道关）"


def _without_persons(words: str, gaps: frozenset[int]) -> str:
    """``市司法局 张明、市财政局 陈浩``: the names blotted out by commas, so that every place stays what it is."""
    for end in [found.start() for found in _NAME_ENDS.finditer(words)]:
        begin = next((end - long for long in (3, 2) if _is_person(words, end - long, end, gaps)), end)
        words = words[:begin] + "、" * (end - begin) + words[end:]
    return words


def _is_person(words: str, begin: int, end: int, gaps: frozenset[int]) -> bool:
    """Whether a name stands behind a unit's: after white space, or right behind (``市司法局张明``)."""
    if begin < 2 or words[begin - 1] not in _UNIT_BEFORE:
        return False
    name = words[begin:end]
    if begin in gaps:
        return not names.is_unit(name)
    unit = re.split(r"[、，；]", words[:begin])[-1]
    return persons.is_name(name) and names.is_unit(unit) and not names.ends_as_unit(unit + name)


@functools.lru_cache(maxsize=4096)
def _parsed(words: str, on: Calendar, gaps: frozenset[int], units: bool) -> Note:
    """The same words stand in many cells of a table."""
    return notes.parse(_without_persons(words, gaps) if units else words, on, gaps)


def by_content(flow: Flow, cells: list[Span], columns: Sequence[str], on: Calendar) -> list[Span]:
    """Give each column its stretch by what it holds, from the right."""
    pieces = _more_pieces(flow, cells) if len(cells) < len(columns) else cells
    end = len(pieces)
    given: dict[int, Span] = {}
    order = list(enumerate(columns))
    for index, role in reversed(order):
        if role == "when" and end and (begin := _limit_begin(flow, pieces, end, on)) is not None:
            given[index], end = (pieces[begin][0], pieces[end - 1][1]), begin
    places = [index for index, role in order if role in UNITS]
    begin = _units_begin(flow, pieces, end, on)
    groups = _groups(flow, pieces[begin:end], len(places), on)
    for index, group in zip(places, groups, strict=False):
        given[index] = group
    task = next((index for index, role in order if role == "task"), None)
    if task is not None and begin:
        given[task] = (pieces[0][0], pieces[begin - 1][1])
    here = pieces[0][0]
    return [given.get(index, (here, here)) for index in range(len(columns))]


def _more_pieces(flow: Flow, cells: list[Span]) -> list[Span]:
    start, end = cells[0][0], cells[-1][1]
    cuts = {a for a, _ in cells} | {found.start() for found in _GLUED.finditer(flow.dense, start + 1, end)}
    places = [*sorted(cuts | {start}), end]
    return list(itertools.pairwise(places))


def _limit_begin(flow: Flow, pieces: Sequence[Span], end: int, on: Calendar) -> int | None:
    for begin in range(max(0, end - 4), end):
        words = flow.dense[pieces[begin][0] : pieces[end - 1][1]]
        found = deadlines.at_start(words, on)
        if found and len(words) - found.end < 12:
            return begin
    return None


def _units_begin(flow: Flow, pieces: Sequence[Span], end: int, on: Calendar) -> int:
    """The first piece from which on there are nothing but units."""
    for begin in range(max(min(1, end), end - _MOST_PIECES), end):
        note = cell(flow, pieces[begin][0], pieces[end - 1][1], on)
        if note.named and not note.odd:
            return begin
    return end


def _groups(flow: Flow, pieces: Sequence[Span], count: int, on: Calendar) -> list[Span]:
    """Pieces of units in ``count`` columns: parted where a list is whole on both sides."""
    if not pieces:
        return []
    if count > 1:
        for cut in range(1, min(len(pieces), _MOST_PIECES)):
            if flow.dense[pieces[cut][0] - 1] in "、，" or flow.dense[pieces[cut][0]] in "、，":
                continue
            left, right = (pieces[0][0], pieces[cut - 1][1]), (pieces[cut][0], pieces[-1][1])
            if not cell(flow, *left, on).odd and not cell(flow, *right, on).odd:
                return [left, *_groups(flow, pieces[cut:], count - 1, on)]
    return [(pieces[0][0], pieces[-1][1])]
