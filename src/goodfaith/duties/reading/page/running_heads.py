"""Lines that a page carries above or below its words: ``某市人民政府办公室文件`` beside ``— 3 —``, page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_LONGEST, _SHORTEST = 45, 6
_HEAD_LINES = 6
"""Within these the same words are the letterhead or the title."""
_NOT_IN = re.compile(r"[。；：，、;:,|\t！？]")
_NUMBERS = re.compile(r"(?:第\d{1,4}页)?(?:[/／]?共\d{1,4}页)?|[\d—–\-·~/／]+")
_PAGE = re.compile(r"[^。；：，、;:,|！？]{0,30}第\d{1,4}页(?:[/／]?共\d{1,4}页)?")
"""``某市公报网　第3页``."""
_PAPER = re.compile(
    r"(?:文件|公报|方案|意见|通知|办法|规划|计划|要点|细则|措施|规定|清单|分工|行动|任务|台账|分解表|分工表)(?:（[^）]*）)?$"
)
_LETTERHEAD = re.compile(
    r"[\u4e00-\u9fff]{4,40}(?:府|办公[室厅]|委员会|委|局|厅|部|领导小组)文件|[\u4e00-\u9fff]{2,20}(?:公报|政报)(?:年?第?[期号])?"
)
_MANY, _OFTEN = 3, 2


def find(lines: Sequence[str], are_pages: Sequence[bool]) -> set[int]:
    """The numbers of such lines. ``lines``: without white space around; ``are_pages``: which are page numbers."""
    keys = [_key(line) for line in lines]
    numbered = {number for number, line in enumerate(lines) if "页" in line and _PAGE.fullmatch("".join(line.split()))}
    are_pages = [is_page or number in numbered for number, is_page in enumerate(are_pages)]
    beside = [number for number, key in enumerate(keys) if key and _is_beside(are_pages, number)]
    often, near = Counter(key for key in keys if key), Counter(keys[number] for number in beside)
    if not beside and max(often.values(), default=0) < _MANY:
        return numbered
    first = {key: number for number, key in reversed(list(enumerate(keys)))}
    head, opening = set(keys[:_HEAD_LINES]), "".join("".join(line.split()) for line in lines[: 2 * _HEAD_LINES])
    found = set(numbered)
    for number in range(_HEAD_LINES, len(lines)):
        key, again = keys[number], first[keys[number]] < number
        if key and often[key] >= _MANY and again and _PAPER.search(key) and key in opening:
            found.add(number)
    for number in beside:
        key = keys[number]
        if number >= _HEAD_LINES and _repeats(key, near[key], often[key], first[key] < number, key in head):
            found.add(number)
    return found


def _key(line: str) -> str:
    """The line without its page number; empty when it can be no running head."""
    if not _SHORTEST <= len(line) <= _LONGEST or _NOT_IN.search(line):
        return ""
    words = _NUMBERS.sub("", "".join(line.split()))
    return words if len(words) >= _SHORTEST else ""


def _is_beside(are_pages: Sequence[bool], number: int) -> bool:
    if are_pages[number]:
        return False
    return (number > 0 and are_pages[number - 1]) or (number + 1 < len(are_pages) and are_pages[number + 1])


def _repeats(key: str, near: int, often: int, again: bool, in_head: bool) -> bool:
    """Beside a page number: the letterhead, what stood at the head, a title that comes again, or the same each time."""
    if _LETTERHEAD.fullmatch(key) or (again and (in_head or (near >= _OFTEN and _PAPER.search(key) is not None))):
        return True
    return near >= _MANY and near == often and not key.startswith(("各", "市", "省", "县", "区"))
