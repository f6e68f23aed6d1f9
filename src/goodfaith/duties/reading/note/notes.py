"""The grammar of a responsibility note: who leads, who takes part, by when.

``（A牵头；B、C按照职责分别负责。2018年6月底前完成）``, ``责任单位：A、B``, ``（A负责，B配合）``,
``（A、B，长期坚持）``.
Phrases are read in order; a unit waits until a verb gives it its part (``A，B牵头``: both lead).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from goodfaith.duties.reading.note import deadlines, names, persons, units
from goodfaith.duties.reading.note.deadlines import Calendar, Limit
from goodfaith.duties.reading.note.duty_words import (
    FIRST_LEADS,
    HEREAFTER,
    LIKEWISE,
    VERB,
    VERB_INSIDE,
    VERB_WITH_DEED,
    WITH,
    Role,
    labels,
    may_hold_verb,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit in a note, with the part it has."""

    name: str
    role: Role
    place: int


@dataclass(frozen=True, slots=True)
class Note:
    """What a note says, in its own words. ``limits``: all the time limits in it. ``odd``: places of words that
    were not understood, each (start, end)."""

    named: tuple[Named, ...]
    limits: tuple[Limit, ...]
    open: bool
    first_leads: bool
    likewise: bool
    said: bool
    odd: tuple[tuple[int, int], ...]

    @property
    def leads(self) -> tuple[Named, ...]:
        return tuple(one for one in self.named if one.role == "lead")


@dataclass
class _Reader:
    words: str
    on: Calendar
    gaps: frozenset[int]
    named: list[Named] = field(default_factory=list)
    waiting: list[tuple[str, int, Role | None]] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    odd: list[tuple[int, int]] = field(default_factory=list)
    open: bool = False
    said: bool = False
    role: Role = "listed"

    def give(self, role: Role) -> None:
        self.named.extend(Named(name, own or role, place) for name, place, own in self.waiting)
        self.waiting.clear()

    def wait_for(self, start: int, end: int) -> None:
        gaps = frozenset(gap - start for gap in self.gaps if start < gap < end)
        found = units.listed(self.words[start:end], gaps)
        self.open = self.open or found.open
        for words, (a, b) in zip(found.names, found.places, strict=True):
            name, own, all_ = _with_own_part(persons.without_name_after(words, frozenset(gap - a for gap in gaps)))
            if all_:
                self.waiting = [(one, place, own) for one, place, _ in self.waiting]
            self.said = self.said or own is not None
            if names.is_unit(name):
                self.waiting.append((name, start + a, own))
            elif name.strip("等并其中无。，-—/"):
                self.odd.append((start + a, start + b))


_OWN_PART = re.compile(
    r"(?P<name>.+)（(?P<all>分别|共同|联合|均)?(?:为|负责)?(?:(?P<lead>总?牵头|主办|主责)|(?P<part>配合|协办|参与|参加|协助))(?:负责|单位|部门)?）"
)


def _with_own_part(words: str) -> tuple[str, Role | None, bool]:
    """``市公安局（牵头）`` is 市公安局, who leads; ``（分别牵头）`` is about all before it too."""
    if not words.endswith("）"):
        return words, None, False
    words = persons.without_person(words)
    found = _OWN_PART.fullmatch(words)
    if not found:
        return words, None, False
    return found["name"], "lead" if found["lead"] else "part", found["all"] is not None


def parse(words: str, on: Calendar, gaps: frozenset[int] = frozenset(), base: int = 0) -> Note:
    """Read the inside of a note (dense, one width of punctuation); ``base`` is added to all places."""
    first = FIRST_LEADS.search(words) if "第一" in words or "首" in words or "最前" in words else None
    same = LIKEWISE.search(words) if "同" in words else None
    hereafter = HEREAFTER.search(words) if "以下" in words else None
    cover = units.masked(words)
    for remark in (first, same, hereafter):
        cover = _without_remark(cover, remark, remark is same) if remark else cover
    reader = _Reader(words, on, gaps)
    for role, start, end in _sections(cover):
        reader.role = role
        reader.said = reader.said or role != "listed"
        if role == "person":
            start, reader.role = _after_names(cover, start, end), "listed"
        _section(reader, cover, start, end)
        reader.give(reader.role)
    return Note(
        named=tuple(Named(one.name, one.role, base + one.place) for one in reader.named),
        limits=_ends(reader.limits),
        open=reader.open,
        first_leads=first is not None,
        likewise=same is not None,
        said=reader.said,
        odd=tuple((base + a, base + b) for a, b in reader.odd),
    )


def _without_remark(cover: str, remark: re.Match[str], likewise: bool) -> str:
    """The remark blotted out; one in brackets with its brackets, but ``（含园区，下同）`` stays in the name."""
    begin, end = remark.span()
    if cover[begin] == "□":
        if likewise:
            return cover
        begin, end = _run(cover, begin)
    else:
        begin = max(cover.rfind(mark, 0, begin) for mark in "；。，（") + 1
    return cover[:begin] + "；" * (end - begin) + cover[end:]


def _run(cover: str, place: int) -> tuple[int, int]:
    begin, end = place, place
    while begin and cover[begin - 1] == "□":
        begin -= 1
    while end < len(cover) and cover[end] == "□":
        end += 1
    return begin, end


def _sections(cover: str) -> Iterator[tuple[Role, int, int]]:
    """Parted at labels: (role of the label, start, end of what it labels)."""
    role: Role = "listed"
    start = 0
    for label in labels(cover, 0, len(cover)):
        yield role, start, label.start()
        role, start = label.lastgroup or "listed", label.end()  # type: ignore[assignment]
    yield role, start, len(cover)


def _after_names(cover: str, start: int, end: int) -> int:
    """Where a list of officials is over: they are never units."""
    stop = _NAMES_END.search(cover, start, end)
    return stop.end() if stop else end


_NAMES_END = re.compile(r"[；。]|，(?=\d{1,4}[年月]|每[年月季]|长期|持续|年底|年内)")


def _section(reader: _Reader, cover: str, start: int, end: int) -> None:
    for stretch in re.finditer(r"[^；。]+", cover[start:end]):
        for a, b in _phrases(cover, start + stretch.start(), start + stretch.end(), reader.gaps):
            _phrase(reader, cover, a, b)
        if reader.role == "listed" and reader.waiting and reader.named:
            reader.give("listed")


_COMMA = re.compile("，")
_LONGEST_VERB = 24


def _phrases(cover: str, start: int, end: int, gaps: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Parted at commas and after verbs (``A牵头、B配合``), where a space stands for the comma too."""
    cuts = {start, end}
    cuts.update(found.start() for found in _COMMA.finditer(cover, start, end))
    if may_hold_verb(cover, start, end):
        cuts.update(verb.end() for verb in VERB_INSIDE.finditer(cover, start, end))
        spaces = (gap for gap in gaps if start < gap < end)
        cuts.update(gap for gap in spaces if VERB.search(cover, max(start, gap - _LONGEST_VERB), gap))
    ordered = sorted(cuts)
    for a, b in itertools.pairwise(ordered):
        while a < b and cover[a] in "，、 ":
            a += 1
        if a < b:
            yield a, b


def _phrase(reader: _Reader, cover: str, start: int, end: int) -> None:
    start, end = _without_limits(reader, cover, start, end)
    if start >= end:
        return
    verb = VERB.search(cover, start, end) if may_hold_verb(cover, start, end) else None
    verb = verb or (VERB_WITH_DEED.search(cover, start, end) if may_hold_verb(cover, start, end) else None)
    role: Role | None = verb.lastgroup if verb else None  # type: ignore[assignment]
    stop = verb.start() if verb else end
    together = WITH.search(cover, start, stop)
    if together:
        _together(reader, cover, start, together, stop, role)
        return
    reader.wait_for(start, stop)
    if role:
        reader.said = True
        reader.give(reader.role if role == "charge" and reader.role in ("lead", "part") else role)


def _together(reader: _Reader, cover: str, start: int, together: re.Match[str], stop: int, role: Role | None) -> None:
    """``A会同B``: A leads, B takes part."""
    before = VERB.search(cover, start, together.start())
    reader.wait_for(start, before.start() if before else together.start())
    reader.said = True
    reader.give("lead")
    deed = _DEED.search(cover, together.end(), stop)
    reader.wait_for(together.end(), deed.start() if deed else stop)
    reader.give("part")


_DEED = re.compile(
    r"(?<=[委局厅办部院会府行位门])(?:研究|制定|制订|组织(?!部)|出台|建立|编制|提出|开展|完善|推进|进行|评选|办理|实施|落实)[^、，]{0,20}$"
)
"""What they do together: ``A会同B研究制定办法``."""


def _without_limits(reader: _Reader, cover: str, start: int, end: int) -> tuple[int, int]:
    """Take the time limit out of a phrase; what is left names units, or nothing."""
    words = reader.words[start:end]
    found = deadlines.at_start(words, reader.on)
    if found and _is_limit(words, found):
        begins = _BEGINS.match(words, found.end) is not None
        reader.limits.append(replace(found.limit, begins=begins))
        rest = words[found.end :]
        units_follow = VERB.search(rest) or rest.startswith("由")
        return (start + found.end, end) if units_follow and _names_unit(rest) else (end, end)
    tail = _LIMIT_INSIDE.search(words)
    if tail and names.is_unit(re.split("[、，]", words[: tail.start()])[-1]):
        found = deadlines.at_start(words[tail.start() :], reader.on)
        if found and found.limit.deadline and len(words) - tail.start() - found.end <= _LONGEST_DEED:
            reader.limits.append(found.limit)
            return start, start + tail.start()
    return start, end


_LONGEST_DEED = 8
_LIMIT_INSIDE = re.compile(r"(?<=[\u4e00-\u9fff）])(?:于|在)?(?:每年(?!度)|(?:19|20)\d\d年|(?<!\d)\d{1,2}月|年底前)")
"""``市民政局2021年底前完成``."""
_BEGINS = re.compile(r"(?:正式|全面|陆续)?(?:启动|开工|开始|试点|试运行)")


def _ends(limits: list[Limit]) -> tuple[Limit, ...]:
    """Without days on which work begins (``2015年启动，持续推进``), where others say until when."""
    ends = tuple(one for one in limits if not one.begins)
    return ends or tuple(limits)


def _is_limit(words: str, found: deadlines.Found) -> bool:
    rest = words[found.end :]
    return words[found.start].isdecimal() or not (
        rest and names.is_unit(words) and not re.match(r".{0,4}(?:完成|出台|启动|建立|形成|取得|到位|实现|建成)", rest)
    )


def _names_unit(rest: str) -> bool:
    verb = VERB.search(rest)
    inside = rest[: verb.start() if verb else len(rest)].removeprefix("由")
    return any(names.is_unit(name) for name in units.listed(inside).names)
