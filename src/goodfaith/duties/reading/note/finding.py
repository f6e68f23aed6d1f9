"""Where in a clause its responsibility notes are: in brackets, after labels, or as its last sentence."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import replace

from goodfaith.duties.reading.note import assignments, common_limits, notes, sentences
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.duty_words import KEYWORD, labels
from goodfaith.duties.reading.note.note_places import Place, surely_unit, together
from goodfaith.duties.reading.page.flow import Flow

_OPENS, _CLOSES = "（〔", "）〕"
_LONGEST_NOTE = 1500
_LEAST_SENTENCE = 6
_THIS_WORK = re.compile(r"(?:^|[。；，）])(?:此|该|本|这|上述|以上)(?:项|条|几项)?(?:工作|任务|措施|事项)?的?$")
_EDGE = "。；！？”，："
_AFTER = "。；"
_OFFICE_END = "委局厅办部院室会府心"
_LIMIT_ONLY = re.compile(r"完成|时限|期限|持续|长期|底前|实施")


def find(flow: Flow, start: int, end: int, on: Calendar) -> list[Place]:
    """The notes of ``dense[start:end]``, in order; neighbours that complete each other are one."""
    parts = common_limits.apart(flow.dense, start, end, on)
    return _merged(flow, [place for a, b in parts for place in _find(flow, a, b, on)])


def _find(flow: Flow, start: int, end: int, on: Calendar) -> list[Place]:
    found = sorted([*_bracketed(flow, start, end, on), *_labelled(flow, start, end, on)], key=lambda one: one.start)
    return (
        _without_overlaps(found)
        or list(assignments.find(flow, start, end, on))
        or list(sentences.find(flow, start, end, on))
    )


def _groups(dense: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Outermost brackets: (place of the opening, place after the closing, whether it was closed)."""
    depth, begin = 0, start
    for mark in re.compile("[（）〔〕]").finditer(dense, start, end):
        if mark[0] in _OPENS:
            begin = mark.start() if depth == 0 else begin
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield begin, mark.end(), True
    if depth:
        yield begin, end, False


def _bracketed(flow: Flow, start: int, end: int, on: Calendar) -> Iterator[Place]:
    for a, b, closed in _groups(flow.dense, start, end):
        if b - a > _LONGEST_NOTE or b - a < 4:
            continue
        stop = b - 1 if closed else _sentence_end(flow.dense, a, b)
        place = _note(flow, a, stop + closed, a + 1, stop, on)
        if place and _is_note(flow.dense, place, start, end):
            yield replace(place, broken=not closed)


def _sentence_end(dense: str, start: int, end: int) -> int:
    """Of a bracket that nothing closes: up to the end of the block without its last full stop."""
    return end - 1 if dense[end - 1] == "。" else end


def _note(flow: Flow, start: int, end: int, a: int, b: int, on: Calendar) -> Place | None:
    while a < b and flow.dense[a] in "注：。":
        a += 1
    while b > a and flow.dense[b - 1] in "。；":
        b -= 1
    words = flow.dense[a:b]
    if not KEYWORD.search(words) and not _short_list(words):
        return None
    gaps = frozenset(place - a for place in range(a, b) if place in flow.gaps)
    return Place(start, end, ((a, b),), notes.parse(words, on, gaps, a))


def _short_list(words: str) -> bool:
    return len(words) < 200 and "《" not in words and not words.isdecimal()


def _is_note(dense: str, place: Place, start: int, end: int) -> bool:
    """A verb or label with a unit is enough; a bare list of units must stand alone at a sentence's edge."""
    note, words = place.note, dense[place.inner[0][0] : place.inner[0][1]]
    if _is_explanation(words):
        return False
    at_edge = dense[place.start - 1] in _EDGE or place.end >= end or dense[place.end] in _AFTER
    if note.named and note.said:
        return at_edge or len(note.odd) == 0
    if note.named:
        alone = dense[place.start - 1] in "。；！" or dense[place.start - 1] not in _OFFICE_END
        return (
            at_edge
            and alone
            and (not note.odd or _mostly_units(dense, place, end))
            and (place.start > start)
            and (dense[place.start - 1] in "。；！" or all(surely_unit(one.name) for one in note.named))
        )
    return bool(
        at_edge and note.limits and not note.odd and _LIMIT_ONLY.search(words) and dense[place.start - 1] in "。；）"
    )


def _mostly_units(dense: str, place: Place, end: int) -> bool:
    """A clause's last bracket with one name in it that is not known: ``（市网信办、市公安局，中国移动）``."""
    at_end = dense[place.start - 1] in "。；" and place.end + 1 >= end
    return (
        at_end
        and len(place.note.odd) < len(place.note.named)
        and all(surely_unit(one.name) for one in place.note.named)
    )


def _is_explanation(words: str) -> bool:
    return (
        words.startswith(
            ("以下简称", "以下统称", "含", "包括", "如", "即", "详见", "见", "不含", "联系", "试行", "简称", "附")
        )
        or "简称" in words
    )


def _labelled(flow: Flow, start: int, end: int, on: Calendar) -> Iterator[Place]:
    """``牵头单位：A`` outside brackets, up to the next label, full stop or line that does not go on."""
    found = [label for label in labels(flow.dense, start, end) if _begins_phrase(flow, label.start(), start)]
    found = list(_outside_brackets(flow.dense, start, end, found)) if found else []
    for number, label in enumerate(found):
        most = found[number + 1].start() if number + 1 < len(found) else end
        stop = _value_end(flow, label.end(), most)
        place = _note(flow, label.start(), stop, label.start(), stop, on)
        alone = (number or label[0].endswith("：")) and place is not None and place.start > start
        if place and (place.note.named or (alone and (place.note.limits or _is_person(label)))):
            yield place


def _is_person(label: re.Match[str]) -> bool:
    return label.lastgroup == "person"


def _begins_phrase(flow: Flow, place: int, start: int) -> bool:
    if place == start or place in flow.starts or flow.dense[place - 1] in "。；，）：”、—" or place in flow.gaps:
        return True
    return _THIS_WORK.search(flow.dense, max(start, place - 10), place) is not None


def _outside_brackets(dense: str, start: int, end: int, found: list[re.Match[str]]) -> Iterator[re.Match[str]]:
    groups = [(a, b) for a, b, closed in _groups(dense, start, end) if closed]
    for label in found:
        place = bisect.bisect_right(groups, (label.start(), 0)) - 1
        if place < 0 or label.start() >= groups[place][1]:
            yield label


def _value_end(flow: Flow, start: int, most: int) -> int:
    """Up to the full stop, or to a line after which the words are no list any more."""
    stop = flow.dense.find("。", start, most)
    stop = min(most if stop < 0 else stop, start + _LONGEST_NOTE)
    if _is_list(flow.dense[start:stop]):
        return stop
    lines = [place for place in range(start + 1, min(stop, start + 600)) if place in flow.starts]
    for line in sorted(lines, key=lambda place: (place not in flow.short, place)):
        goes_on = (
            flow.dense[line - 1] in "、，和及" or stop - line < _LEAST_SENTENCE or _in_bracket(flow.dense, start, line)
        )
        if not goes_on and _is_list(flow.dense[start:line]) and not _is_list(flow.dense[line:stop]):
            return line
    return stop


def _in_bracket(dense: str, start: int, place: int) -> bool:
    return dense.count("（", start, place) > dense.count("）", start, place)


def _is_list(words: str) -> bool:
    note = notes.parse(words[:_LONGEST_NOTE], Calendar())
    return bool(note.named or note.limits) and not note.odd


def _without_overlaps(found: list[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in found:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _merged(flow: Flow, found: list[Place]) -> list[Place]:
    """``牵头单位：A`` and ``完成时限：…`` beside each other are one note."""
    made: list[Place] = []
    for place in found:
        if made and _touch(flow, made[-1], place) and _completes(flow, made[-1], place):
            made[-1] = together(made[-1], place)
        else:
            made.append(place)
    return [place for place in made if place.note.named or place.note.limits]


def _touch(flow: Flow, before: Place, after: Place) -> bool:
    if flow.dense[before.end : after.start].strip("。；，、"):
        return False
    return not assignments.ITEM.match(flow.dense, after.start)


def _completes(flow: Flow, before: Place, after: Place) -> bool:
    """Whether the second says what the first does not: another part, or a label that the first has not."""
    if not after.note.named or not before.note.named:
        return True
    if {one.role for one in before.note.named}.isdisjoint(one.role for one in after.note.named):
        return True
    said, more = _labels_of(flow, before), _labels_of(flow, after)
    return bool(said and more) and said.isdisjoint(more)


def _labels_of(flow: Flow, place: Place) -> set[str]:
    return {label[0] for a, b in place.inner for label in labels(flow.dense, a, b)}
