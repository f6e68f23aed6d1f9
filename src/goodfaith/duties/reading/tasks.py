"""From blocks and their notes to tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodfaith.duties.reading.doubts import Doubting
from goodfaith.duties.reading.head.header import tidy
from goodfaith.duties.reading.note import deadlines, duty, finding, note_places
from goodfaith.duties.reading.note.common_limits import Said
from goodfaith.duties.reading.note.deadlines import Calendar, Limit
from goodfaith.duties.reading.note.notes import Named
from goodfaith.duties.reading.note.prefixes import Home
from goodfaith.duties.reading.outline import Block
from goodfaith.duties.reading.page import traditional
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Clause, Deadline, Doubt, Place, Task, Yearly
from goodfaith.duties.reading.table.table_notes import Table
from goodfaith.duties.reading.titles import end_of_title, heading_title, title

_GENERAL = ("总体要求", "指导思想", "基本原则", "总体思路", "主要目标", "工作目标", "总体目标", "发展现状", "形势")
_SMALL = ("①", "1）", "（1）", "1")
"""Kinds of numbers that items within a clause have."""


@dataclass
class Context:
    """What the notes of one document share. ``first_leads``: “排在第一位的为牵头单位，下同” is in force."""

    flow: Flow
    on: Calendar
    home: Home
    doubting: Doubting
    first_leads: bool = False
    tasks: list[Task] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def written(self, named: Named) -> str:
        """A unit's name as the document writes it."""
        return tidy(self.flow.raw(named.place, named.place + len(named.name)))

    def in_own_letters(self, named: Named, full: str) -> str:
        """A full name in the letters that the document is written in."""
        if self.flow.own is self.flow.dense:
            return full
        supplied = full.removesuffix(named.name).translate(traditional.LEVELS)
        return supplied + self.flow.own[named.place : named.place + len(named.name)]


def of_blocks(context: Context, blocks: list[Block]) -> None:
    """Read every block's own words (up to its first child), and what stands at the end of its last child."""
    notes = {id(block): finding.find(context.flow, block.marker.end, block.end, context.on) for block in blocks}
    for block in blocks:
        _lift(notes, block)
        _lower(context, notes, block)
    for block in blocks:
        found = notes[id(block)]
        if found:
            place = place_of(context.flow, block, found[0].start)
            lifted = found[-1].start >= block.end
            about = _about(context, block, found[0].start)
            if lifted and len(found) == 1:
                about.append(context.doubting.at("last_of_list", found[0].start, found[0].end))
            end = found[-1].end if lifted else block.end
            _tasks_of(context, place, block.start, end, found, about)
        elif not block.children:
            _clause(context, block)


def _lift(notes: dict[int, list[note_places.Place]], block: Block) -> None:
    """A note after the last of several small items is about the clause they are in: ``①……。②……。（A负责）``.

    So is a time limit there when the clause has named its units before them.
    """
    children = block.children
    if not children or not notes[id(children[-1])] or any(notes[id(child)] for child in children[:-1]):
        return
    last, own = notes[id(children[-1])], notes[id(block)]
    if len(last) != 1 or any(child.children for child in children):
        return
    if own and not last[0].note.named:
        notes[id(block)] = [*own[:-1], note_places.together(own[-1], last[0])]
        notes[id(children[-1])] = []
    elif not own and len(children) > 1 and block.above and children[0].marker.kind in _SMALL:
        notes[id(block)], notes[id(children[-1])] = last, []


def _lower(context: Context, notes: dict[int, list[note_places.Place]], block: Block) -> None:
    """``完成时限：2022年底`` below a chapter's heading is the time limit of the tasks in it, and no task."""
    own = notes[id(block)]
    below = any(notes[id(child)] for child in block.children)
    if not below or any(one.note.named or not one.note.limits for one in own):
        return
    for one in own:
        context.said.append(Said(one.start, one.end, latest(one.note.limits), "chapter", True))
    notes[id(block)] = []


def of_stretch(context: Context, start: int, end: int) -> None:
    """Words before any number: paragraphs that end in notes are tasks all the same."""
    found = finding.find(context.flow, start, end, context.on)
    for number, note in enumerate(found):
        begin = found[number - 1].end if number else start
        begin = _paragraph(context.flow, begin, note.start) if not number else begin
        while begin < note.start and context.flow.dense[begin] in "。；，":
            begin += 1
        if note.start > begin:
            place = Place(None, None, None, title(context.flow, begin, note.start))
            _tasks_of(context, place, begin, note.end, [note], [])


def of_table(context: Context, table: Table) -> None:
    """A row is a task."""
    for row in table.rows:
        place = Place(row.chapter, None, row.number, title(context.flow, *row.task))
        about = [context.doubting.at("table_guessed", row.start, row.end)] if row.guessed else []
        if row.jumped:
            about.append(context.doubting.at("number_jumped", row.start, row.start + len(row.number or "")))
        about += [context.doubting.at("cell_carried", *span) for span in row.carried]
        own = [span[0] for span in row.cells if span not in row.carried]
        start = min(own, default=row.task[1])
        found = note_places.Place(start, row.end, row.cells, row.note)
        context.tasks.append(_task(context, place, (row.start, row.end), found, about))


def _paragraph(flow: Flow, start: int, end: int) -> int:
    lines = [place for place in range(max(start, end - 600), end - 1) if place in flow.starts and place]
    return max((place for place in lines if flow.dense[place - 1] in "。："), default=start)


def place_of(flow: Flow, block: Block, end: int) -> Place:
    """Chapter: the topmost heading above; section: the headings between, joined; the title ends before ``end``."""
    above = [heading(flow, one) for one in block.above]
    chapter = above[0] if above else None
    section = " / ".join(above[1:]) or None
    return Place(chapter, section, flow.in_own_letters(block.marker.label), title(flow, block.marker.end, end))


def heading(flow: Flow, block: Block) -> str:
    """``一、加强个人诚信教育``."""
    number = flow.own[block.start : block.marker.end]
    return number + heading_title(flow, block.marker.end, block.end)


def _about(context: Context, block: Block, end: int) -> list[Doubt]:
    doubts = []
    if block.jumped:
        doubts.append(context.doubting.at("number_jumped", block.start, block.marker.end))
    place, sure = end_of_title(context.flow, block.marker.end, end)
    if not sure:
        doubts.append(context.doubting.at("title_unsure", block.marker.end, place))
    return doubts


def _tasks_of(
    context: Context, place: Place, start: int, end: int, found: list[note_places.Place], about: list[Doubt]
) -> None:
    begin = start
    for number, note in enumerate(found):
        stop = note.end if number + 1 < len(found) else max(end, note.end)
        context.tasks.append(_task(context, place, (begin, stop), note, about if not number else []))
        context.first_leads = context.first_leads or (note.note.first_leads and note.note.likewise)
        begin = note.end


def _task(context: Context, place: Place, words: tuple[int, int], found: note_places.Place, about: list[Doubt]) -> Task:
    flow, note = context.flow, found.note
    assigned = duty.assign(note, context.home, context.first_leads, context.written, context.in_own_letters)
    limit, doubts = _limit(context, words, found)
    doubts += [_unit_doubt(context, found, code, name) for code, name in assigned.doubts]
    doubts += _odd(context, found)
    return Task(
        place=place,
        mode=assigned.mode,
        lead=assigned.lead,
        participating=assigned.participating,
        deadline=limit,
        note="；".join(flow.raw(a, b).rstrip("。；;") for a, b in found.inner),
        open_ended=note.open,
        text=flow.raw(*words),
        span=flow.span(*words),
        note_span=flow.span(found.start, found.end),
        doubts=(*about, *doubts),
    )


def _unit_doubt(context: Context, found: note_places.Place, code: str, name: str) -> Doubt:
    if not name:
        return context.doubting.at(code, found.start, found.end)
    here = context.flow.dense.find(name, found.start, found.end)
    return (
        context.doubting.at(code, here, here + len(name))
        if here >= 0
        else context.doubting.at(code, found.start, found.end)
    )


def _odd(context: Context, found: note_places.Place) -> Iterator[Doubt]:
    for a, b in found.note.odd:
        yield context.doubting.at("words_not_understood", a, b)
    if not found.note.named:
        yield context.doubting.at("no_unit", found.start, found.end)
    if found.broken:
        yield context.doubting.at("bracket_open", found.start, found.end)


def _limit(context: Context, words: tuple[int, int], found: note_places.Place) -> tuple[Deadline, list[Doubt]]:
    limits = found.note.limits
    doubts = [context.doubting.at(one.doubt, found.start, found.end) for one in limits if one.doubt]
    if not limits:
        in_text = deadlines.in_text(context.flow.dense[words[0] : found.start], context.on)
        if in_text:
            at = words[0] + in_text.start
            doubts.append(context.doubting.at("limit_in_text", at, words[0] + in_text.end))
        return None, doubts
    if len({str(one.deadline) for one in limits}) > 1:
        doubts.append(context.doubting.at("several_limits", found.start, found.end))
    return latest(limits).deadline, doubts


def latest(limits: tuple[Limit, ...]) -> Limit:
    """A date before a yearly one before “ongoing” before none; of dates the last."""
    return max(limits, key=lambda one: _rank(one.deadline))


def _rank(deadline: Deadline) -> tuple[int, dt.date]:
    if isinstance(deadline, dt.date):
        return 3, deadline
    return (2 if isinstance(deadline, Yearly) else 1 if deadline else 0), dt.date.min


def _clause(context: Context, block: Block) -> None:
    place = place_of(context.flow, block, block.end)
    if any(word in (heading_ or "") for heading_ in (place.chapter, place.section, place.title) for word in _GENERAL):
        return
    found = deadlines.in_text(context.flow.dense[block.start : block.end], context.on)
    context.clauses.append(
        Clause(place, found.limit.deadline if found else None, context.flow.raw(block.start, block.end),
               context.flow.span(block.start, block.end))
    )  # fmt: skip
