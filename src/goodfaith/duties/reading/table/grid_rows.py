"""Lines of a table laid out by places put together to rows: by numbers, by blank lines, or by where cells begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from goodfaith.duties.reading.shapes import Span
from goodfaith.duties.reading.table import unit_words
from goodfaith.duties.reading.table.columns import COMMAS, UNITS
from goodfaith.duties.reading.table.grids import NUMBER, Fragments, GridRow

_LIMIT = re.compile(
    r"(?:到|至)?(?:20\d\d年|\d{1,2}月|每[年月季周半]|持续|长期|常态|按|即时|适时|年底|年内|全年|常年|[一二三四]季度|第[一二三四]季度|[上下]半年|20\d\d[.\-/])"
)
_UNEVEN = 3
_ROOM, _MOST_LINES = 4, 60


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
        return tuple(map(unit_words.width, self.words))


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
        if any(words.startswith(COMMAS) or words.endswith(COMMAS) for words in said):
            return False
        if "when" in self.columns and (limit := said[self.columns.index("when")]) and not _LIMIT.match(limit):
            return False
        return all(not said[at] or unit_words.are_units(said[at]) for at in self._named)

    def _blocks(self) -> list[tuple[int, int]]:
        cuts = [0, *(at for at, line in enumerate(self.lines) if at and (line.apart or line.turned)), len(self.lines)]
        return list(pairwise(cuts))

    def _around(self, numbers: list[int]) -> list[list[Laid]]:
        """Numbers in the middle of their rows: a row reaches as far below its number as above."""
        ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
        for at, after in pairwise([*numbers, len(self.lines)]):
            further: dict[int, tuple[float, list[int]]] = {}
            for start, (so_far, cuts) in ways.items():
                for cut, score in self._cuts(start, at, after):
                    if cut not in further or so_far + score > further[cut][0]:
                        further[cut] = so_far + score, [*cuts, cut]
            ways = further
        cuts = max(ways.values(), key=lambda one: one[0])[1]
        return [self.lines[a:b] for a, b in pairwise([0, *cuts])]

    def _cuts(self, start: int, at: int, after: int) -> Iterator[tuple[int, float]]:
        """Where a row may be over that begins at ``start`` and has its number at ``at``; ``after``: the next number."""
        end = len(self.lines)
        middle = 2 * at - start + 1
        likely = range(max(at + 1, middle - _UNEVEN), min(after, middle + _UNEVEN) + 1) if after < end else (end,)
        for cut in likely or (after if middle > after else at + 1,):
            score = 3 * self._is_whole(self.lines[start:cut]) - abs(cut - middle) * 2.0
            yield cut, score + (self._parts(cut) if cut < end else 0.0)

    def _parts(self, cut: int) -> float:
        """How well a row could begin at this line."""
        before, here = self.lines[cut - 1].words, self.lines[cut].words
        score = 3.0 if self.lines[cut].apart or self.lines[cut].turned else 0.0
        for kind, above, below in zip(self.columns, before, here, strict=True):
            if kind in UNITS and (above.endswith(COMMAS) or below.startswith(COMMAS)):
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
        return bool(below.words[at]) and self._has_room(above, at, _ROOM) and not above.words[at].endswith(COMMAS)

    @cached_property
    def _named(self) -> list[int]:
        """The columns of units."""
        return [at for at, kind in enumerate(self.columns) if kind in UNITS]

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
        if any(one.startswith(COMMAS) for one in here):
            return False
        if self._are_rows(above, line) or self._is_seam(above, line):
            return True
        if self._are_full(above[-1], line):
            return False
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
            if so_far[at].endswith(COMMAS) or (here[at] and not unit_words.are_units(so_far[at])):
                return False
            if here[at] and not unit_words.are_units(here[at].rstrip("、，,")):
                return False
        return bool(here[self.columns.index("task")]) if "task" in self.columns else True

    def _are_rows(self, above: list[Laid], line: Laid) -> bool:
        """Whether each cell of a task or of units holds something whole above that its line had room to go on with,
        and something whole here, with no mark between: two rows, though the second lacks a class or a limit."""
        telling = [at for at, kind in enumerate(self.columns) if kind in (*UNITS, "task") and line.words[at]]
        if len(telling) < 2 or not all(self._is_broken_off(above[-1], line, at) for at in telling):
            return False
        so_far = _said(above)
        named = [at for at in telling if at in self._named]
        return bool(named) and all(unit_words.are_units(words[at]) for at in named for words in (so_far, line.words))

    def _are_full(self, above: Laid, line: Laid) -> bool:
        """Whether each cell of a line goes on with one whose line above has no room for a letter more."""
        here = [at for at, words in enumerate(line.words) if words]
        full = all(above.words[at] and not self._has_room(above, at, 2) for at in here)
        return (
            full
            and len(here) > 1
            and not any(unit_words.meet(above.words[at], line.words[at]) for at in here if at in self._named)
        )

    def _is_seam(self, above: list[Laid], line: Laid) -> bool:
        """Whether units' names meet with no mark between, and the task's line had room to go on."""
        tasks = [at for at, kind in enumerate(self.columns) if kind == "task"]
        if not tasks or not all(line.words[at] and self._has_room(above[-1], at, 2) for at in tasks):
            return False
        before, here = above[-1].words, line.words
        named = [at for at in self._named if before[at] and here[at]]
        return bool(named) and all(unit_words.meet(above[-1].words[at], line.words[at]) for at in named)

    def _has_room(self, line: Laid, at: int, room: int) -> bool:
        return bool(line.words[at]) and self._widest[at] - line.widths[at] >= room


def _said(row: Sequence[Laid]) -> list[str]:
    """What each cell of a row says."""
    return ["".join(words) for words in zip(*(line.words for line in row), strict=True)]
