"""Which tasks a sentence is about that gives many of them one time limit, and the headings that do the same."""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodfaith.duties.reading.doubts import Doubting
from goodfaith.duties.reading.note import common_limits, deadlines, first_leading, limit_headings
from goodfaith.duties.reading.note.common_limits import Said
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.numbered import Numbered
from goodfaith.duties.reading.outline import Block
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.plans import Region
from goodfaith.duties.reading.shapes import Deadline, Doubt, Span, Task
from goodfaith.duties.reading.table.table_notes import Table

_MOST = 100
"""No document says so more often; the rest of one that does is left alone."""
_ORGANISING = re.compile(r"组织|保障|实施|督|考核|落实|要求|领导|推进机制")
_LEAST_WORDS = 4


@dataclass(frozen=True)
class Part:
    """A plan of the document, as far as it was read. ``said``: limits that stand as labels under a heading."""

    region: Region
    blocks: list[Block]
    tables: list[Table]
    tasks: list[Task]
    on: Calendar
    said: list[Said]


def spread(flow: Flow, parts: Sequence[Part], doubting: Doubting) -> list[list[Task]]:
    """The tasks of every part; those without a time limit have the one that is said for them."""
    scopes = _Scopes(flow, parts)
    all_said = list(itertools.islice(_all_said(flow, parts), _MOST))
    found = dict[int, tuple[int, Said, Doubt]]()
    for number, said in all_said:
        covered = scopes.of(number, said, _are_several(number, all_said))
        doubt = doubting.at("limit_for_all", said.start, said.end)
        for place in covered:
            if place not in found or len(covered) <= found[place][0]:
                found[place] = (len(covered), said, doubt)
    return [
        [_with(flow, doubting, task, part.on, found.get(at)) for at, task in enumerate(part.tasks, first)]
        for part, first in zip(parts, scopes.firsts, strict=True)
    ]


def _all_said(flow: Flow, parts: Sequence[Part]) -> Iterator[tuple[int, Said]]:
    """What is said in each part, outside its tables, with the number of the part."""
    ends = [part.region.start for part in parts[1:]] + [len(flow.dense)]
    for number, (part, end) in enumerate(zip(parts, ends, strict=True)):
        yield from ((number, said) for said in part.said)
        begins = [part.region.body, *(table.end for table in part.tables)]
        for begin, stop in zip(begins, [*(table.start for table in part.tables), end], strict=True):
            yield from ((number, said) for said in common_limits.find(flow.dense, begin, stop, part.on))


def _with(flow: Flow, doubting: Doubting, task: Task, on: Calendar, said: tuple[int, Said, Doubt] | None) -> Task:
    if task.deadline is not None or any(doubt.code == "set_elsewhere" for doubt in task.doubts):
        return task
    if said and said[1].but and (own := _in_text(flow, task, on)):
        return dataclasses.replace(task, deadline=own)
    limit, doubt = (said[1].limit.deadline, said[2]) if said else (None, None)
    for heading in _headings(task):
        if own := limit_headings.of_heading(heading, on):
            limit, doubt = own, doubting.about("limit_for_all", _heading_span(flow, heading, task), heading)
            break
    return dataclasses.replace(task, deadline=limit, doubts=(*task.doubts, doubt)) if doubt else task


_IS_DONE = re.compile(r"[^。；，]{0,14}(?:完成|实现|建成|出台|印发|到位|清零|全覆盖|报)")


def _in_text(flow: Flow, task: Task, on: Calendar) -> Deadline:
    """A limit in the task's own words, where ``除已明确时限的外`` leaves those alone."""
    doubt = next((doubt for doubt in task.doubts if doubt.code == "limit_in_text"), None)
    found = deadlines.at_start(doubt.words, on) if doubt else None
    if doubt is None or found is None:
        return None
    after = bisect.bisect_left(flow.at, doubt.span[1])
    return found.limit.deadline if _IS_DONE.match(flow.dense, after) else None


def _headings(task: Task) -> Iterator[str]:
    yield from reversed((task.place.section or "").split(" / "))
    yield task.place.chapter or ""


def _heading_span(flow: Flow, heading: str, task: Task) -> Span:
    place = flow.original.rfind(heading, 0, task.span[0] + 1)
    return (place, place + len(heading)) if place >= 0 else task.span


class _Scopes:
    """Tasks of all parts are numbered in order; a scope is some of these numbers."""

    def __init__(self, flow: Flow, parts: Sequence[Part]) -> None:
        self.flow, self.parts = flow, parts
        self.tasks = [task for part in parts for task in part.tasks]
        self.firsts = [0]
        for part in parts[:-1]:
            self.firsts.append(self.firsts[-1] + len(part.tasks))
        self.heads = first_leading.named_plans(flow, [part.region for part in parts])

    def of(self, number: int, said: Said, one_of_several: bool) -> Sequence[int]:
        """The tasks that a sentence in part ``number`` is about."""
        found: Sequence[int]
        if said.marks:
            found = [at for at in self._everything(number) if self._is_marked(at, said.marks)]
        elif said.only:
            found = self._numbered(number, said, said.only)
        else:
            found = self._by_word(number, said, one_of_several)
        if not said.sure and self._is_within_task(said):
            return []
        if without := said.without:
            found = [at for at in found if not self._has(at, without)]
        return found

    def _by_word(self, number: int, said: Said, one_of_several: bool) -> Sequence[int]:
        part, everything = self.parts[number], self._everything(number)
        if said.about == "table":
            return self._of_table(part, number, said) or everything
        if said.about in ("chapter", "part"):
            return self._of_chapter(part, number, said) or everything
        if said.about == "before":
            return [at for at in self._own(number) if self.tasks[at].span[0] < self._place(said)] or everything
        below = self._below_heading(part, number, said)
        if said.about == "after":
            rest = [at for at in everything if self.tasks[at].span[0] > self._place(said)]
            return below or rest or everything
        if said.about == "all" and (below or one_of_several):
            return below or self._of_chapter(part, number, said) or everything
        return everything

    def _place(self, said: Said) -> int:
        return self.flow.span(said.start, said.start + 1)[0]

    def _own(self, number: int) -> range:
        return range(self.firsts[number], self.firsts[number] + len(self.parts[number].tasks))

    def _everything(self, number: int) -> Sequence[int]:
        """Of the plan, if it has tasks; of the annexes with it; a notice speaks of all it carries."""
        if number and len(self._own(number)):
            return self._own(number)
        if not number or not self.heads:
            return range(len(self.tasks))
        plan = [self._head_of(one) for one in range(len(self.parts))]
        return [at for one in range(len(self.parts)) if plan[one] == plan[number] for at in self._own(one)]

    def _head_of(self, number: int) -> int:
        return bisect.bisect_right(self.heads, self.parts[number].region.start)

    def _between(self, number: int, start: int, end: int) -> list[int]:
        """The tasks of a part that begin in ``dense[start:end]``."""
        last = len(self.flow.at)
        a = self.flow.at[start] if start < last else len(self.flow.text)
        b = self.flow.at[end] if end < last else len(self.flow.text)
        return [at for at in self._own(number) if a <= self.tasks[at].span[0] < b]

    def _of_table(self, part: Part, number: int, said: Said) -> list[int]:
        if not part.tables:
            return []
        before = [table for table in part.tables if table.start <= said.start]
        table = before[-1] if before else part.tables[0]
        return self._between(number, table.start, table.end)

    def _enclosing(self, part: Part, place: int) -> list[Block]:
        """The blocks around a place, from the outermost."""
        at = bisect.bisect_right([block.start for block in part.blocks], place) - 1
        return [*part.blocks[at].above, part.blocks[at]] if at >= 0 else []

    def _of_block(self, part: Part, number: int, block: Block) -> list[int]:
        at = next(place for place, one in enumerate(part.blocks) if one is block)
        after = (one.start for one in part.blocks[at + 1 :] if not any(above is block for above in one.above))
        return self._between(number, block.start, next(after, part.region.end))

    def _below_heading(self, part: Part, number: int, said: Said) -> list[int]:
        """Where the sentence stands right below a heading, the tasks below that."""
        around = self._enclosing(part, said.start)
        return self._of_block(part, number, around[-1]) if around and around[-1].children else []

    def _of_chapter(self, part: Part, number: int, said: Said) -> list[int]:
        """The chapter that the sentence stands in; ``本部分`` may be a section, where the chapter is all there is."""
        if below := self._below_heading(part, number, said):
            return below
        around = [block for block in self._enclosing(part, said.start) if block.children]
        scopes = [self._of_block(part, number, block) for block in around]
        if said.about != "chapter":
            smaller = (scope for scope in scopes if 0 < len(scope) < len(part.tasks))
            return next(smaller, scopes[0] if scopes else [])
        return scopes[0] if scopes else []

    def _numbered(self, number: int, said: Said, only: Numbered) -> list[int]:
        """The tasks of these numbers, of the chapter that the sentence stands in if it has such."""
        chapter = [] if only.chapters else self._of_chapter(self.parts[number], number, said)
        for scope in (chapter, self._everything(number)):
            if found := [at for at in scope if self._has(at, only)]:
                return found
        return []

    def _has(self, at: int, numbers: Numbered) -> bool:
        place = self.tasks[at].place
        return numbers.has(place.chapter if numbers.chapters else place.clause)

    def _is_marked(self, at: int, marks: str) -> bool:
        """Whether a star stands in the task's words, or beside its number."""
        task = self.tasks[at]
        words = self.flow.original[max(0, task.span[0] - 2) : max(task.note_span[0], task.span[0] + len(task.text))]
        return any(mark in words for mark in marks)

    def _is_within_task(self, said: Said) -> bool:
        """``……。各项任务均于9月底前完成。（A负责）`` is about that clause's own tasks."""
        place = self._place(said)
        at = bisect.bisect_right([task.span[0] for task in self.tasks], place) - 1
        if at < 0 or place >= self.tasks[at].note_span[0]:
            return False
        task = self.tasks[at]
        organising = _ORGANISING.search(task.place.chapter or "") or _ORGANISING.search(task.place.title)
        return place - task.span[0] > _LEAST_WORDS and not organising


def _are_several(number: int, all_said: Sequence[tuple[int, Said]]) -> bool:
    """Whether chapters of the part have such sentences each."""
    return sum(one == number and said.about in ("all", "chapter", "part") for one, said in all_said) > 1
