"""Headings that give the tasks below them a time limit: ``二、2022年6月底前完成的任务``."""

from __future__ import annotations

import functools
import re

from goodfaith.duties.reading.note import deadlines
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.shapes import Deadline

_NUMBER = re.compile(r"(?:第?[（(]?[一二三四五六七八九十\d]{1,4}[)）]?[、.．章节]?)?")
_BEFORE = re.compile(r"(?:需|须|应|拟|计划|要求|确保|力争)?(?:在|于)?")
_COUNT = r"(?:[（(][^（）()]{1,8}[)）])?"
_WORK = r"(?:任务|事项|工作|项目|措施|问题)"
_TO_DO = re.compile(rf"(?:要|须|应|需)?(?:全面|全部)?(?:完成|整改到位|办结)的?(?:[^，。；]{{0,6}}{_WORK})?{_COUNT}")
_LASTING = re.compile(
    rf"(?:需|须|应)?(?:(?:长期|持续|常态化)(?:坚持|推进|实施|开展|整改|落实)?(?:的(?:整改|工作|重点)?{_WORK}|任务|事项|项目)|长期坚持|持续推进){_COUNT}"
)
"""``持续推进重点工作`` is the title of a clause; ``长期坚持的任务``, ``持续推进事项`` are kinds of tasks."""
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{4,20})[)）]$")


@functools.lru_cache(maxsize=512)
def of_heading(heading: str, on: Calendar) -> Deadline:
    """The time limit that a heading is, or that stands in brackets after it; None if there is none."""
    words = re.sub(r"\s", "", heading)
    begin = _NUMBER.match(words)
    words = words[begin.end() :] if begin else words
    if _LASTING.fullmatch(words):
        return "ongoing"
    inside = _IN_BRACKETS.search(words)
    return _by_day(words, on) or (_by_day(inside[1], on) if inside else None)


def _by_day(words: str, on: Calendar) -> Deadline:
    before = _BEFORE.match(words)
    words = words[before.end() :] if before else words
    found = deadlines.at_start(words, on)
    if found is None or found.limit.deadline in (None, "ongoing"):
        return None
    return found.limit.deadline if _TO_DO.fullmatch(words, found.end) else None
