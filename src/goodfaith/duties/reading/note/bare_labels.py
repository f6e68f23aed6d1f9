"""Labels that stand without a colon: alone on their line above the value, or before it after white space.

``牵头单位`` / ``区发改局``: a form laid out in lines, or a vertical table come as text. One such line may be a cell of
a heading; where several have values below them that are what the label asks for, they are labels.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from goodfaith.duties.reading.note import deadlines, names, units
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.duty_words import LABEL_WORDS
from goodfaith.duties.reading.table.columns import COLUMN

_LONGEST, _LEAST_LINE = 10, 12
_LEAST = 3
_ANY_YEAR = Calendar(2020)
_ASKS = ("person", "when", "lead", "part", "charge")
_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:（[^）]{1,20}）)?(?:[、，][\u4e00-\u9fff·]{2,4}(?:（[^）]{1,20}）)?)*")
_STRONG = re.compile(
    r"(?:市级|省级|县级|区级|市直|省直)?(?:总?牵头|主办|主责|责任|第一责任|主要责任|配合|协办|参与|参加|协同|协助|承办|分管|包保|挂[联钩]|联系|负责|具体|"
    r"完成|办理|整改|办结|时限|期限|时间|工作时限|计划完成|任务完成)"
)
"""``建设部门`` may be a piece of a sentence that a narrow page broke off."""
_ENDS = tuple("位门构体室区方导人员志限间求排点度长")
"""Last letters of labels, so that most lines are not asked about."""
_MARKS = "★☆●○◎■□◆◇▲△▶►※•·"
"""Of a list, before a label: ``★牵头单位``."""
_CELLS = re.compile(rf"[|\s{_MARKS}]*([^\s|]+)[\s|]+(?=[^\s|])")
"""A label and its value in two cells, with or without the bars between them."""
_BRACKETED = re.compile(r"[【［〖\[〔（(]([\u4e00-\u9fff]{2,8})[】］〗\]〕）)][：:]?(?=[\u4e00-\u9fff\d])")


def find(lines: Sequence[str], dense: Sequence[str]) -> dict[int, int]:
    """Line → where in it the label ends. ``dense``: the lines without white space, in one width."""
    if not any(len(line) > _LEAST_LINE for line in lines):
        return {}
    found = {number: (end, label) for number, end, label in _with_values(lines, dense)}
    several = len(found) >= _LEAST or len({label for _, label in found.values()}) > 1
    if not several and not any(dense[number].startswith(tuple(_MARKS)) for number in found):
        return {}
    return {number: end for number, (end, _) in found.items()}


def _with_values(lines: Sequence[str], dense: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for number, marked in enumerate(dense):
        words = marked.lstrip(_MARKS)
        if words.endswith(_ENDS) and len(words) <= _LONGEST:
            role, after = _role(words), dense[number + 1] if number + 1 < len(dense) else ""
            if role and _answers(role, after):
                yield number, len(lines[number]), words
        elif (cells := _CELLS.match(lines[number])) and cells[1].endswith(_ENDS):
            role = _role(cells[1])
            if role and _answers(role, words.replace("|", "")[len(cells[1]) :]):
                yield number, cells.end(1), cells[1]


def _role(words: str) -> str | None:
    if not 3 <= len(words) <= _LONGEST or not _STRONG.match(words):
        return None
    return next((role for role in _ASKS if LABEL_WORDS[role].fullmatch(words)), None)  # type: ignore[index]


def _answers(role: str, value: str) -> bool:
    """Whether the words are what the label asks for."""
    if not value or COLUMN.match(value):
        return False
    if role == "person":
        return _NAMES.fullmatch(value) is not None
    if role == "when":
        return deadlines.at_start(value, _ANY_YEAR) is not None
    first = units.listed(value).names[:1]
    return bool(first) and names.is_unit(first[0])


def bracketed(plain: str, starts: Container[int]) -> Iterator[tuple[int, int]]:
    """Where labels in brackets are (``【牵头单位】市教育局``): (place of the opening, of the closing).

    In round brackets they may be about the unit before them, but not at a line's start.
    """
    for found in _BRACKETED.finditer(plain):
        apart = found[0][0] not in "（(" or found.start() in starts or plain[found.start() - 1] in "。；;"
        if apart and (_role(found[1]) or found[1] in _SHORT):
            yield found.start(), found.end(1)


def without_brackets(dense: str, places: Sequence[tuple[int, int]]) -> str:
    """``；牵头单位：市教育局`` of the same length."""
    letters = list(dense)
    for opens, closes in places:
        letters[opens], letters[closes] = "；", "："
        if letters[closes + 1] == "：":
            letters[closes + 1] = "、"
    return "".join(letters)


_SHORT = ("牵头", "主办", "配合", "协办", "参与", "协助", "责任", "时限")
