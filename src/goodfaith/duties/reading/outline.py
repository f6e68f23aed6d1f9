"""Which markers are real, and the blocks they open.

A marker counts when it stands where a sentence has ended, or at the start of a line after a bare heading, and its
number goes on with the numbering: the next of its kind, or the first below. Numbers inside sentences (``第一、二、三
产业``, ``本条第（二）项``) do neither, wherever a line happened to break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goodfaith.duties.reading.markers import Marker
from goodfaith.duties.reading.page.flow import Flow

_ENDED = "。！？…”）〕"
_NEVER_BEFORE = "第、，—“（《/" + "0123456789"
_NOT_BEFORE = "的和与及或在至对按将于以之为是有"
"""Within a sentence; a heading may end so: ``规范行政行为``."""
_NOT_AFTER = re.compile(r"[项条款点目](?=[规的之所、，和至中及或）]|要求|内容)|[、，和至—）]|[类级批](?=[、，。；）])")
"""``（二）项规定``; but ``（一）项目管理`` is a clause."""
_LONGEST_HEADING = 60
_SECOND = re.compile(r"；(?:2[.、](?!\d)|（2）|（二）|②|2）)")
_TITLED = re.compile(r"[“‘《\u4e00-\u9fff][^。；：？！\d]{2,40}(?:\d[^。；：？！]{0,20})?。(?=.)")
"""What follows a clause's number when the clause has a title."""
_HEADING = re.compile(
    r"[“‘《\u4e00-\u9fff][^。；：？！，、\d（）]{2,40}?(?=（[一二三四五六七八九十\d]{1,3}）|\d{1,3}[.、](?!\d)|第[一二三四五六七八九十\d]{1,4}[条节])"
)
"""A chapter's title with the first number below it."""
_WORDS = re.compile(r"[“‘《\u4e00-\u9fff][^。；：？！，、\d（）]{2,30}")
_RUN_ON = re.compile(r"[\u4e00-\u9fff][^。；：？！，\d]{2,24}。(?=.)")
"""A title with its full stop, where no line breaks are left."""
_SHORTEST_NOTE = 6
_FAR = 3000
_FURTHEST = 3
"""A number may jump so far ahead (a clause was struck out, a number misprinted) and be believed, with a doubt."""


@dataclass
class Block:
    """A numbered stretch: ``end`` is where the next begins. ``above``: the blocks it stands under."""

    marker: Marker
    above: tuple[Block, ...]
    end: int
    jumped: bool = False
    after_colon: bool = False
    children: list[Block] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.marker.start


class _Numbering:
    def __init__(self) -> None:
        self.stack: list[Block] = []
        self.last: dict[str, int] = {}

    def depth_of(self, kind: str) -> int | None:
        return next((depth for depth, block in enumerate(self.stack) if block.marker.kind == kind), None)

    def goes_on(self, marker: Marker) -> bool:
        """The next number of its kind, or the first of a kind below."""
        if marker.number == 1:
            return self.depth_of(marker.kind) is None
        return self.last.get(marker.kind) == marker.number - 1

    def begins_again(self, marker: Marker) -> bool:
        return marker.number == 1 and self.depth_of(marker.kind) is not None

    def jumps(self, marker: Marker) -> bool:
        """Repeats a number, or leaves some out."""
        last = self.last.get(marker.kind)
        return last is not None and (last <= marker.number <= last + _FURTHEST)

    def skips(self, marker: Marker) -> bool:
        """Leaves some out."""
        return self.jumps(marker) and marker.number > self.last[marker.kind]

    def is_clause_after_semicolon(self, marker: Marker) -> bool:
        """``一、……；`` and on the next line ``二、……``; but not the items of one sentence."""
        depth = self.depth_of(marker.kind)
        if depth is None or marker.kind not in ("一", "（一）"):
            return False
        return marker.kind == "一" or not self.stack[depth].after_colon

    def open(self, marker: Marker, *, jumped: bool, after_colon: bool) -> Block:
        depth = self.depth_of(marker.kind)
        if depth is not None:
            self._close_from(depth)
        block = Block(marker, tuple(self.stack), marker.end, jumped, after_colon)
        if self.stack:
            self.stack[-1].children.append(block)
        self.stack.append(block)
        self.last[marker.kind] = marker.number
        return block

    def _close_from(self, depth: int) -> None:
        """Kinds below start from one again; a kind that ran on across sections (1 … 14) is remembered."""
        del self.stack[depth:]


def blocks(flow: Flow, found: Iterable[Marker], start: int, end: int) -> list[Block]:
    """The blocks of ``dense[start:end]``, in order."""
    numbering, made = _Numbering(), list[Block]()
    for marker in found:
        verdict = _verdict(flow, numbering, marker, start)
        if verdict is None:
            continue
        if made:
            made[-1].end = marker.start
        made.append(numbering.open(marker, jumped=verdict == "jumped", after_colon=verdict == "colon"))
    if made:
        made[-1].end = end
    return list(_without_lone_lists(flow, made))


def _verdict(flow: Flow, numbering: _Numbering, marker: Marker, begin: int) -> str | None:
    """``plain``, ``jumped``, ``colon``; None when it is no marker."""
    place = marker.start
    before = flow.dense[place - 1] if place > begin else "。"
    if before in _ENDED or (before in "；，" and flow.dense[place - 2] in "）〕"):
        return _after_sentence(flow, numbering, marker, before)
    if before == "：":
        runs_on = marker.number == 1 or (marker.kind == "1" and marker.start in flow.starts and numbering.stack)
        if runs_on and numbering.goes_on(marker):
            return "colon"
        if _is_titled(flow, numbering, marker):
            return "jumped"
        return "jumped" if _is_first_of_excerpt(flow, numbering, marker) else None
    if before in _NEVER_BEFORE or _NOT_AFTER.match(flow.dense, marker.end):
        return None
    if before in _NOT_BEFORE and not (_bare(flow, numbering, place) and numbering.stack):
        return None
    return _after_heading(flow, numbering, marker, before)


def _is_first_of_excerpt(flow: Flow, numbering: _Numbering, marker: Marker) -> bool:
    """An excerpt's list may begin with any number (``重点项目：`` / ``2.……`` / ``3.……``), when the next follows."""
    if marker.kind != "1" or marker.kind in numbering.last or marker.start not in flow.starts:
        return False
    after = f"{marker.number + 1}{flow.dense[marker.end - 1]}"
    place = flow.dense.find(after, marker.end, marker.end + _FAR)
    while place >= 0 and place not in flow.starts:
        place = flow.dense.find(after, place + 1, marker.end + _FAR)
    return place >= 0


def _after_heading(flow: Flow, numbering: _Numbering, marker: Marker, before: str) -> str | None:
    """Where no sentence has ended: only below a bare heading, or at a line's start."""
    goes_on, at_line = numbering.goes_on(marker), marker.start in flow.starts
    if _bare(flow, numbering, marker.start):
        if not (at_line or marker.kind == "（一）" or (goes_on and _RUN_ON.match(flow.dense, marker.end))):
            return None
        if goes_on:
            return "plain"
        return "jumped" if numbering.skips(marker) or _is_titled(flow, numbering, marker) else None
    ended = before != "；" or numbering.is_clause_after_semicolon(marker)
    if goes_on and at_line and ended and marker.number > 1:
        return "plain"
    apart = marker.start in flow.short and ended and marker.kind in numbering.last
    return "jumped" if apart and _is_titled(flow, numbering, marker) else None


def _after_sentence(flow: Flow, numbering: _Numbering, marker: Marker, before: str) -> str | None:
    sure = before in "。！？"
    if numbering.goes_on(marker):
        return "plain" if sure or marker.number > 1 or before in "）〕" or marker.start in flow.starts else None
    if numbering.begins_again(marker):
        return "plain" if sure or marker.start in flow.starts else None
    apart = sure or (before in "）〕" and _after_note(flow, marker))
    if numbering.jumps(marker):
        return "jumped" if sure or (apart and numbering.skips(marker)) else None
    lost = marker.kind not in numbering.last and marker.kind != "1.1" and marker.start in flow.starts
    return "jumped" if apart and (lost or _is_titled(flow, numbering, marker)) else None


def _is_titled(flow: Flow, numbering: _Numbering, marker: Marker) -> bool:
    """At a line's start, with a title and a full stop behind it: a clause, whatever number came before (an excerpt).

    A kind that is open counts on where it does not begin with a new heading, so a smaller number is none of its.
    """
    if marker.kind not in ("一", "（一）", "1", "article", "section", "chapter") or marker.start not in flow.starts:
        return False
    if numbering.depth_of(marker.kind) is not None and marker.number <= numbering.last[marker.kind]:
        return False
    heading = _HEADING.match(flow.dense, marker.end)
    if _TITLED.match(flow.dense, marker.end) or (heading is not None and heading.end() in flow.starts):
        return True
    return _is_line_alone(flow, marker.end)


def _is_line_alone(flow: Flow, start: int) -> bool:
    """Whether a title stands alone on its line, whose end was meant."""
    words = _WORDS.match(flow.dense, start)
    line = next((place for place in range(start + 3, words.end() + 1) if place in flow.starts), 0) if words else 0
    return line in flow.short and start in range(line - _LONGEST_HEADING, line)


def _after_note(flow: Flow, marker: Marker) -> bool:
    """Whether the bracket closed before the marker held more than a number, as in ``第三条（二）（四）项``."""
    opened = max(flow.dense.rfind(mark, 0, marker.start) for mark in "（〔")
    return marker.start - opened > _SHORTEST_NOTE


def _bare(flow: Flow, numbering: _Numbering, place: int) -> bool:
    """Whether nothing but a heading stands since the last marker."""
    if not numbering.stack:
        return True
    begin = numbering.stack[-1].marker.end
    words = flow.dense[begin:place] if place - begin <= _LONGEST_HEADING else "。"
    return bool(words) and not any(mark in words for mark in "。；：！？")


def _without_lone_lists(flow: Flow, made: list[Block]) -> Iterator[Block]:
    """``目标如下：1.……`` with no second item, and ``1.……；2.……；`` within one sentence, are no lists of clauses: they
    go back into their block."""
    before: Block | None = None
    for block in made:
        if before is not None and block.above and not block.children and _is_lone(flow, block):
            before.end = block.end
            block.above[-1].children.remove(block)
            continue
        before = block
        yield block


def _is_lone(flow: Flow, block: Block) -> bool:
    kind, siblings = block.marker.kind, block.above[-1].children
    if block.marker.number != 1 or any(other.marker.kind == kind and other is not block for other in siblings):
        return False
    return block.after_colon or _SECOND.search(flow.dense, block.start, block.end) is not None
