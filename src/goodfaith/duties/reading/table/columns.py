"""The columns of a table of division of work, by the words of its heading row."""

from __future__ import annotations

import re

from goodfaith.duties.reading.note.duty_words import LABEL_WORDS

_TASK = (
    r"(?:重点|主要|工作|具体|目标|改革|年度|整改|整治|创建|攻坚|提升|建设|实施|推进|落实|任务|责任|改进|治理|试点|办理|政策)*"
    r"(?:任务|事项|内容|措施|举措|目标|要求|项目|工作|问题)(?:内容|名称|清单|分解|和要求|及要求|要求|及举措|及措施|和措施|要点)?"
)
_OTHER = (
    r"(?:指标名称|目标值|存在问题|现状|类别|领域|分类|一级指标|二级指标|指标|备注|成果形式|预期目标|联系人|进展情况|政策依据|依据|"
    r"(?:任务|工作|责任|项目|目标|事项)(?:类别|类型|分类|领域|来源|依据|性质)|来源|完成情况|完成标志|工作目标|联系方式|联系电话)"
)
_WHEN = (
    r"(?:办结|完成|实施|整改|推进|落实|办理|起止|计划|工作|目标|任务|任务完成)*"
    r"(?:时限|期限|时间|日期|进度|节点)(?:节点|要求|安排|规定)?(?!表)"
)
_TOGETHER = (
    r"(?:牵头|主办|主责|责任)(?:单位|部门)?(?:[及和与、/，]|（)"
    r"(?:责任|配合|协办|参与|参加|牵头)(?!负责|责任)(?:单位|部门)"
)
"""Both in one column: ``牵头及配合单位``; its cells say who does what, or nobody does."""
_CHARGE = (
    r"(?:整改|整治|落实|任务|具体|相关|直接|工作)责任(?:主体|单位|部门)|"
    r"责任(?:街镇|镇街|街道|乡镇|区县|县区|县（市、区）)|(?:任务)?责任分工|承担单位|主要责任$"
)
_PARTS = r"(?:配合|协同|协作|协助|参加|参与|协办)(?:及(?:参与|配合|协办))?(?:街镇|镇街|乡镇|区县|县区)"
NUMBER = re.compile(r"序号|编号|项次|序|No\.?|NO\.?")
COLUMN = re.compile(
    rf"(?P<person>{LABEL_WORDS['person'].pattern})|(?P<charge2>{_TOGETHER}|{_CHARGE})|(?P<part2>{_PARTS})|"
    rf"(?P<lead>{LABEL_WORDS['lead'].pattern})|(?P<part>{LABEL_WORDS['part'].pattern})|"
    rf"(?P<charge>{LABEL_WORDS['charge'].pattern})|(?P<when>{LABEL_WORDS['when'].pattern}|{_WHEN})|(?P<other>{_OTHER})|(?P<task>{_TASK})"
)


_LONGEST_ALONE = 7
UNITS = ("lead", "part", "charge")
"""The columns that name units."""
COMMAS = ("、", "，", ",")
"""After one of these a list of units goes on."""
_TOLD = ("number", "lead", "part", "person", "when")


def column(words: str) -> str:
    """What a heading's cell stands for: ``number``, ``task``, ``lead``, ``when`` …, or ``other``."""
    words = "".join(words.split()).translate(_WIDE)
    if NUMBER.fullmatch(words):
        return "number"
    found = COLUMN.match(words)
    return _kind(found) if found else "other"


_WIDE = str.maketrans("(),:", "（），：")


def _kind(found: re.Match[str]) -> str:
    return str(found.lastgroup).rstrip("2")


def columns_of(words: str) -> list[str]:
    """The columns of a stretch without white space: one heading, or several run together."""
    made, place = list[str](), 0
    while found := COLUMN.match(words, place):
        made.append(_kind(found))
        place = found.end()
    if place == len(words) and len(words) > _LONGEST_ALONE:
        return made
    return made[:1] or ["other"]


_WIDE_OVER = re.compile(r"(?:分工|责任|职责|落实|主体|单位|部门)")


def is_wide(words: str) -> bool:
    """Whether a heading may stand over several columns of units: ``责任分工``, ``责任落实``, ``分工安排``."""
    return len(words) <= _LONGEST_ALONE and _WIDE_OVER.search(words) is not None and column(words) not in _TOLD
