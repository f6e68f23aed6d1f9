"""Lines of a table laid out by places put together to rows: by numbers, by blank lines, or by where cells begin."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from goodfaith.duties.reading.note import names, units
from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table.grids import NUMBER, Fragments, GridRow

_LIMIT = re.compile(
    r"(?:到|至)?(?:20\d\d年|\d{1,2}月|每[年月季周半]|持续|长期|常态|按|即时|适时|年底|年内|全年|常年|[一二三四]季度|第[一二三四]季度|[上下]半年|20\d\d[.\-/])"
)
_COMMAS, _ROOM, _MOST_LINES = ("、", "，", ","), 4, 60
_PARTS = re.compile(r"[、，,；;]")
_UNITS = ("lead", "part", "charge")


@dataclass(frozen=True)
class Laid:
    """A line of the table. ``words``: each cell's, without white space; ``apart``: after a blank line; ``turned``:
    the first of a new page.
    ``torn``: words reach over the border of two cells."""

    cells: tuple[Fragments, ...]
    words: tuple[str, ...] = ()
    chapter: Span | None = None
    apart: bool = False
    turned: bool = False
    torn: bool = False

    @cached_property
    def widths(self) -> tuple[int, ...]:
        """How many places each cell's words take."""
        return tuple(map(_width, self.words))


def rows(columns: tuple[str, ...], lines: Sequence[Laid]) -> list[GridRow]:
    """The rows, and the names of chapters between them."""
    made: list[GridRow] = []
    for stretch in _stretches(lines):
        if stretch[0].chapter:
            made.append(GridRow(chapter=(stretch[0].chapter,)))
            continue
        found = _Groups(columns, stretch)
        groups = found.made()
        for at, group in enumerate(groups):
            near = groups[max(0, at - 1) : at + 2]
            guessed = (found.inferred and any(len(one) > 1 for one in near)) or any(line.torn for line in group)
            made.append(GridRow(_together([line.cells for line in group]), guessed=guessed))
    return made


def _stretches(lines: Sequence[Laid]) -> Iterator[list[Laid]]:
    """Parted at chapters."""
    here: list[Laid] = []
    for line in lines:
        if line.chapter:
            if here:
                yield here
            yield [line]
            here = []
        else:
            here.append(line)
    if here:
        yield here


def _together(lines: Sequence[Sequence[Fragments | None]]) -> tuple[Fragments, ...]:
    return tuple(tuple(one for cell in cells for one in cell or ()) for cells in zip(*lines, strict=True))


@dataclass
class _Groups:
    """Parts the lines of one stretch into rows. ``inferred``: neither numbers nor blank lines tell where they begin."""

    columns: tuple[str, ...]
    lines: list[Laid]
    inferred: bool = False

    def made(self) -> list[list[Laid]]:
        if "number" in self.columns:
            return self._numbered(self.columns.index("number"))
        groups = self._by_blank_lines()
        self.inferred = not groups
        return groups if groups else self._by_beginnings()

    def _numbered(self, place: int) -> list[list[Laid]]:
        numbers = [at for at, line in enumerate(self.lines) if NUMBER.fullmatch(line.words[place])]
        if not numbers:
            return [self.lines]
        blanks = self._blocks()
        if len(blanks) > 1 and all(sum(a <= at < b for at in numbers) == 1 for a, b in blanks):
            return [self.lines[a:b] for a, b in blanks]
        cuts = [*numbers, len(self.lines)]
        below = [self.lines[a:b] for a, b in pairwise(cuts)]
        if numbers[0] == 0 and all(self._is_whole(row) for row in below):
            return below
        around = self._around(numbers)
        self.inferred = True
        return around if numbers[0] > 0 or self._whole(around) > self._whole(below) else below

    def _whole(self, rows: list[list[Laid]]) -> int:
        return sum(self._is_whole(row) for row in rows)

    def _is_whole(self, row: Sequence[Laid]) -> bool:
        """Whether a row's cells of units hold units and nothing else, of which none ends before its line is full."""
        if any(self._ends_early(a, b) for a, b in pairwise(row)):
            return False
        said = _said(row)
        return all(not said[at] or _are_units(said[at]) for at in self._named)

    def _blocks(self) -> list[tuple[int, int]]:
        cuts = [0, *(at for at, line in enumerate(self.lines) if at and (line.apart or line.turned)), len(self.lines)]
        return list(pairwise(cuts))

    def _around(self, numbers: list[int]) -> list[list[Laid]]:
        """Numbers in the middle of their rows: a row reaches as far below its number as above."""
        made, start = list[list[Laid]](), 0
        for order, at in enumerate(numbers):
            after = numbers[order + 1] if order + 1 < len(numbers) else None
            stop = len(self.lines) if after is None else self._cut(start, at, after)
            made.append(self.lines[start:stop])
            start = stop
        return made

    def _cut(self, start: int, at: int, after: int) -> int:
        """Where a row is over that begins at ``start`` and has its number at ``at``; ``after``: the next number."""
        if after - at > _MOST_LINES:
            return after
        middle = 2 * at - start + 1
        return max(
            range(at + 1, after + 1),
            key=lambda cut: self._parts(cut) - abs(cut - middle) * 2.0 + 3 * self._is_whole(self.lines[start:cut]),
        )

    def _parts(self, cut: int) -> float:
        """How well a row could begin at this line."""
        before, here = self.lines[cut - 1].words, self.lines[cut].words
        score = 3.0 if self.lines[cut].apart or self.lines[cut].turned else 0.0
        for kind, above, below in zip(self.columns, before, here, strict=True):
            if kind in _UNITS and (above.endswith(_COMMAS) or below.startswith(_COMMAS)):
                score -= 4
            if kind == "task" and above.endswith(("。", "；")):
                score += 2
            if kind == "when" and below and not _LIMIT.match(below):
                score -= 2
        ended = sum(self._is_broken_off(self.lines[cut - 1], self.lines[cut], at) for at in range(len(self.columns)))
        return score + 2.0 * ended

    def _ends_early(self, above: Laid, below: Laid) -> bool:
        return any(self._is_broken_off(above, below, at) for at in self._named)

    def _is_broken_off(self, above: Laid, below: Laid, at: int) -> bool:
        """Whether the words above had room for more on their line, so that those below are no rest of them."""
        return bool(below.words[at]) and self._has_room(above, at, _ROOM) and not above.words[at].endswith(_COMMAS)

    @cached_property
    def _named(self) -> list[int]:
        """The columns of units."""
        return [at for at, kind in enumerate(self.columns) if kind in _UNITS]

    @cached_property
    def _widest(self) -> list[int]:
        return list(map(max, zip(*(line.widths for line in self.lines), strict=True)))

    def _by_blank_lines(self) -> list[list[Laid]]:
        """Blank lines between the rows, if there are any but those of a new page."""
        blanks = self._blocks()
        if not any(line.apart for line in self.lines):
            return []
        groups = [self.lines[a:b] for a, b in blanks]
        whole = [group for group in groups if self._names_unit(group)]
        return groups if len(whole) * 4 >= len(groups) * 3 else []

    def _names_unit(self, group: list[Laid]) -> bool:
        return any(line.words[at] for line in group for at in self._named)

    def _by_beginnings(self) -> list[list[Laid]]:
        """A row begins where its units begin anew: the row above has all it needs, and no word of it goes on."""
        groups: list[list[Laid]] = []
        for line in self.lines:
            if groups and not self._begins(groups[-1], line):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _begins(self, above: list[Laid], line: Laid) -> bool:
        here = line.words
        so_far, named = _said(above), self._named
        if len(above) > _MOST_LINES:
            return True
        if not any(so_far[at] for at in named) or not any(here[at] for at in named):
            return False
        before, first = above[-1].words, above[0].words
        if any(one.startswith(_COMMAS) for one in here):
            return False
        if self._are_rows(above, line) or self._is_seam(above, line):
            return True
        if sum(map(bool, here)) < sum(map(bool, first)) - 1:
            return False
        if any(now and not then for now, then in zip(here, before, strict=True)):
            return True  # a cell's lines follow each other without one left out
        if "when" in self.columns:
            when = self.columns.index("when")
            if here[when] and not _LIMIT.match(here[when]):
                return False
            if so_far[when] and here[when]:
                return True
        if any(self._is_broken_off(above[-1], line, at) for at in range(len(self.columns))):
            return True
        if sum(map(bool, here)) < sum(map(bool, first)):
            return False
        for at in named:
            if so_far[at].endswith(_COMMAS) or (here[at] and not _are_units(so_far[at])):
                return False
            if here[at] and not _are_units(here[at].rstrip("、，,")):
                return False
        return bool(here[self.columns.index("task")]) if "task" in self.columns else True

    def _are_rows(self, above: list[Laid], line: Laid) -> bool:
        """Whether each cell of a task or of units holds something whole above that its line had room to go on with,
        and something whole here, with no mark between: two rows, though the second lacks a class or a limit."""
        telling = [at for at, kind in enumerate(self.columns) if kind in (*_UNITS, "task") and line.words[at]]
        if len(telling) < 2 or not all(self._is_broken_off(above[-1], line, at) for at in telling):
            return False
        so_far = _said(above)
        named = [at for at in telling if at in self._named]
        return bool(named) and all(_are_units(words[at]) for at in named for words in (so_far, line.words))

    def _is_seam(self, above: list[Laid], line: Laid) -> bool:
        """Whether units' names meet with no mark between, and the task's line had room to go on."""
        tasks = [at for at, kind in enumerate(self.columns) if kind == "task"]
        if not tasks or not all(line.words[at] and self._has_room(above[-1], at, 2) for at in tasks):
            return False
        before, here = above[-1].words, line.words
        named = [at for at in self._named if before[at] and here[at]]
        return bool(named) and all(
            names.is_glued(_PARTS.split(before[at])[-1] + _PARTS.split(here[at])[0]) for at in named
        )  # fmt: skip

    def _has_room(self, line: Laid, at: int, room: int) -> bool:
        return bool(line.words[at]) and self._widest[at] - line.widths[at] >= room


def _said(row: Sequence[Laid]) -> list[str]:
    """What each cell of a row says."""
    return ["".join(words) for words in zip(*(line.words for line in row), strict=True)]


def _width(words: str) -> int:
    """Full-width letters have three bytes and take two places."""
    return (len(words.encode()) + len(words)) // 2


_REST = re.compile(
    r"（.*|[）)].*|(?:办公[室厅]|中心支行|分行|支行|分局|支队|大队|人民政府|政府|委员会|管委会|工作部|中心|公司|集团|部门|单位)"
)
"""What is a unit's name only with the words before it."""


@functools.lru_cache(maxsize=4096)
def _are_units(words: str) -> bool:
    found = units.listed(words.replace(",", "，").replace("(", "（").replace(")", "）")).names
    return bool(found) and not _REST.fullmatch(found[0]) and all(
        names.is_unit(one) and not names.is_glued(one) for one in found
    )  # fmt: skip
