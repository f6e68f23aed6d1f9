"""The columns of a table of division of work, by the words of its heading row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goodfaith.duties.reading.duty_words import LABEL_WORDS

_TASK = (
    r"(?:重点|主要|工作|具体|目标|改革|年度|整改|整治|创建|攻坚|提升|建设|实施)*"
    r"(?:任务|事项|内容|措施|举措|目标|要求|项目|工作|问题)(?:内容|名称|清单|分解|和要求|及要求)?"
)
_OTHER = (
    r"(?:指标名称|目标值|存在问题|现状|类别|领域|分类|一级指标|二级指标|指标|备注|成果形式|预期目标|联系人|进展情况)"
)
COLUMN = re.compile(
    rf"(?P<person>{LABEL_WORDS['person'].pattern})|(?P<lead>{LABEL_WORDS['lead'].pattern})|"
    rf"(?P<part>{LABEL_WORDS['part'].pattern})|(?P<charge>{LABEL_WORDS['charge'].pattern})|(?P<when>{LABEL_WORDS['when'].pattern})|(?P<other>{_OTHER})|(?P<task>{_TASK})"
)


_LONGEST_ALONE = 7


def column(words: str) -> str:
    """What a heading's cell stands for: ``task``, ``lead``, ``when`` …, or ``other``."""
    found = COLUMN.match("".join(words.split()))
    return str(found.lastgroup) if found else "other"


def columns_of(words: str) -> list[str]:
    """The columns of a stretch without white space: one heading, or several run together."""
    made, place = list[str](), 0
    while found := COLUMN.match(words, place):
        made.append(str(found.lastgroup))
        place = found.end()
    if place == len(words) and len(words) > _LONGEST_ALONE:
        return made
    return made[:1] or ["other"]


def tells(columns: Sequence[str]) -> bool:
    """Whether a heading row names both what is to be done and by whom."""
    return bool({"lead", "charge"} & set(columns)) and "task" in columns
