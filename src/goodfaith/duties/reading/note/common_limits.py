"""Sentences that give many tasks one time limit: ``除已注明时限的外，其余任务均于2021年底前完成``.

Such a sentence names tasks (all, these, those of this chapter or table, items by their numbers), may leave some out,
and says that they are to be done by a day. What else is due by a day (a report, a system that goes on line) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from goodfaith.duties.reading.note import deadlines
from goodfaith.duties.reading.note.deadlines import Calendar, Limit
from goodfaith.duties.reading.note.numbered import REFERENCE, Numbered, numbered

About = Literal["all", "whole", "before", "after", "chapter", "part", "table", "numbered", "starred"]
"""``whole``: this plan; ``part``: this section, however the document calls it; ``before``, ``after``: the sentence."""

# Repetitions are bounded: a text made to be slow would otherwise be tried in every way of cutting it.
_WORK = r"(?:(?:任务|工作|措施|事项|举措|项目|问题|内容|条款|目标|指标){1,4}+)"
_WHICH = (
    r"(?:各项|各类|各条|各个|所有|全部|重点|主要|改革|整治|整改|具体|目标|建设|专项|工作|年度|分工|责任|的|中|内|里|其他|其余|"
    r"指标|考核|测评|评价|评估|创建|所列|列出的?|确定的?|明确的?|部署的?|涉及的?|提出的?|规定的?|安排的?|\d{1,3}[项条个]|[一二两三四五六七八九十几]{1,3}[项条个]){0,12}"
)
_UNSET = (
    r"(?:凡|对于?)?(?:尚未|未|没有|无)(?:作出?|做出?)?(?:单独|另行|特别|特殊|具体|明确|专门|规定){0,4}"
    r"(?:注明|标明|明确|标注|规定|列明|写明|确定|载明|说明|要求|设定|列出)?出?"
    r"(?:完成|办理|办结|具体|明确|整改|工作|落实){0,4}(?:时间节点|时限|期限|时间|日期|节点)?(?:要求|规定|节点)?的"
)
_EXCEPT = r"除[^。；]{2,40}?外，?"
_STARS = "★☆▲△※＊#"
_STARRED = (
    rf"(?:带|加|标注|标有|标记|注有|打|标)(?:“(?P<mark1>[{_STARS}]*)”|(?P<mark2>[{_STARS}]+)|(?=星号|号))"
    r"(?:星?号|标[记识志]|符号)?的"
)
"""The asterisk itself is no letter of the stream: ``带*号的任务`` stands there as ``带号的任务``."""
_SUBJECT = (
    rf"(?P<starred>{_STARRED}{_WHICH}{_WORK})|"
    rf"(?P<numbered>{REFERENCE.pattern}(?:的|中)?{_WHICH}{_WORK}?)"
    rf"|(?P<before>(?:以上|上述|前述|上列)(?:{_WHICH}{_WORK}|各[条项款]))|(?P<after>(?:以下|下列|下述){_WHICH}{_WORK})"
    rf"|(?P<table>(?:本表|表中|表内|下表|上表|本清单|清单(?=中|内|所列|列|确定)|附表(?=中|内|所列)|附件\d?(?=中|内|所列)){_WHICH}{_WORK}?)"
    rf"|(?P<chapter>本[章篇编](?:节)?{_WHICH}{_WORK}?)|(?P<part>本(?:部分|节|方面|类|板块|阶段|领域){_WHICH}{_WORK}?)"
    rf"|(?P<whole>(?:本(?:实施|行动|工作|分工)?(?:方案|意见|措施|计划|通知|要点|文件|分工|办法|规划)|(?:方案|意见|计划|文)(?=中|内|所列|确定)){_WHICH}{_WORK}?)"
    rf"|(?P<all>(?:所有|全部|各项|各(?=任务|事项|问题)|所列|其余|其他|其它|剩余|余下){_WHICH}{_WORK}|其余(?:的|各项)?|{_UNSET}{_WORK}?|(?:完成|办结|整改)(?:时限|期限)(?=除))"
)
_BY = r"(?:由?各?(?:责任|牵头|有关|相关)+(?:单位|部门)|由各?(?:单位|部门))"
_SAID = re.compile(
    rf"(?=[带加标注打除第（\d前以上下本表清附方意计文所全各其剩余凡对尚未没无完办整])"
    rf"(?P<but>{_EXCEPT})?(?:{_SUBJECT})"
    rf"(?P<more>(?:，|，?(?:{_EXCEPT}|{_UNSET}{_WORK}?|(?>其余(?:{_WHICH}{_WORK})?(?:的)?)|的?(?:完成|办结|整改)?(?:时限|期限|时间))){{0,4}})"
    rf"(?P<how>(?:的?(?:完成|办结|整改|落实)?(?:时限|期限|时间)|{_BY}|，|原则上|一般|均|全部|都|统一|应当?|须|必须|务必|要|需|一律|力争|确保|要求|请|最迟|定|并|在此|按照?|"
    rf"不?[晚迟]于|于|在|为|是|到|以|截至){{0,12}})(?=[\d年今当明两上下第印自长常持每二“本])"
)
_DONE = re.compile(
    r"(?:为限|为止)?(?:，)?(?:要|须|应|必须|务必|予以|由责任单位|全面|全部|基本|如期|按期|按时|高质量|保质保量|组织){0,6}"
    r"(?:完成|落实到位|整改到位|落实完毕|落实|见效|整改|办结|销号|清零|到位|实现|达标|通过(?=[^。；，]{0,8}(?:验收|评审|考核|评估|认定|检查|审核|初评|复审)))"
    r"(?!时限|情况|率|分解|报送|报备|上报|填报|备案|汇[总报]|总结|评估|自[查评]|报告|材料|进度|清单|录入|调度|方案|台账|编制|制定|摸底|排查|任务分解|[^。；，]{0,6}(?:的|率|量|情况)(?:\d|$)|投资|[^。；，]{1,8}\d+(?:\.\d+)?[万亿个家户公平米%])"
)
_DONE_FOR_ALL = re.compile(r"(?:，)?(?:全面|全部|均|都)?完成自[查评](?:工作|整改)?(?=[。；，）]|并|$)")
"""``以上任务均于9月底前完成自查``: of tasks that are pointed at; elsewhere a check is not the task."""
_PLAIN_END = re.compile(r"(?:之?前|底|内)?(?=[。；，）、]|$|[\u4e00-\u9fff]{1,3}[、.]|附件)")
_BACKWARDS = re.compile(rf"(?:全面|全部|基本|如期|按期)*(?:完成|落实)(?:{_SUBJECT})(?=[。；，）]|$)")
_DAY = re.compile(r"20\d\d年|(?<!\d)\d{1,2}月|年[内底]")
_TASKS = re.compile(rf"{_WORK}|(?:以上|上述|前述|上列)各|其余|时限|期限|{_UNSET}|第[\d（一二三四五六七八九十]")
_ABOUT: tuple[About, ...] = ("starred", "numbered", "before", "after", "table", "chapter", "part", "whole", "all")
_FAR = 24
_OWN = re.compile(r"由|牵头|负责|配合|会同|单位：|部门：")


@dataclass(frozen=True, slots=True)
class Said:
    """``dense[start:end]`` says it. ``sure``: it can't be about one clause only. ``but``: it
    leaves alone what has a time limit already."""

    start: int
    end: int
    limit: Limit
    about: About
    sure: bool
    but: bool = False
    only: Numbered | None = None
    without: Numbered | None = None
    marks: str = ""


def find(dense: str, start: int, end: int, on: Calendar) -> Iterator[Said]:
    """Where ``dense[start:end]`` says so."""
    place = start
    for found in _SAID.finditer(dense, start, end):
        if found.start() >= place and (said := _said(dense, found, end, on)):
            yield said
            place = said.end
    if "完成" in dense[start:end]:
        yield from _backwards(dense, start, end, on)


def _said(dense: str, found: re.Match[str], end: int, on: Calendar) -> Said | None:
    about = _about(found)
    limit = deadlines.at_start(dense[found.end() : min(end, found.end() + 2 * _FAR)], on)
    if limit is None or not _names_tasks(found) or (about == "all" and not _says_all(found, limit)):
        return None
    after = found.end() + limit.end
    done = _DONE.match(dense, after, end)
    if not done and about in ("before", "table", "all") and "均" in found["how"]:
        done = _DONE_FOR_ALL.match(dense, after, end)
    named = found["how"].endswith(("为", "是", "按", "按照")) and _PLAIN_END.match(dense, after, end)
    if not done and not named and limit.limit.deadline != "ongoing":
        return None
    if not _is_usable(limit.limit, found) or _is_of_a_note(dense, found):
        return None
    but = "".join(re.findall(_EXCEPT, f"{found['but'] or ''}{found['more']}"))
    return Said(
        found.start(), done.end() if done else after, limit.limit, about, _is_sure(found, about), _sets_apart(found),
        numbered(found["numbered"]) if about == "numbered" else None, numbered(but) if but else None,
        (found["mark1"] or found["mark2"] or "*＊★☆") if about == "starred" else "",
    )  # fmt: skip


def _about(found: re.Match[str]) -> About:
    return next(name for name in _ABOUT if found[name])


def _names_tasks(found: re.Match[str]) -> bool:
    """``自本意见印发之日起90日内实现互通`` is about no tasks."""
    return _TASKS.search(found.string, found.start(), found.end()) is not None


def _sets_apart(found: re.Match[str]) -> bool:
    return bool(found["but"] or "除" in found["more"] or re.search(_UNSET + "|其余|其他|剩余|余下", found[0]))


def _is_sure(found: re.Match[str], about: About) -> bool:
    return about not in ("all", "before") or _sets_apart(found)


def _says_all(found: re.Match[str], limit: deadlines.Found) -> bool:
    """``各项任务2022年全面完成`` tells what came about, or is hoped for."""
    words = found.string[found.end() : found.end() + limit.end]
    return bool(found["how"].strip("，")) or _sets_apart(found) or words.endswith(("前", "内"))


def _is_usable(limit: Limit, found: re.Match[str]) -> bool:
    if limit.deadline == "ongoing":
        return not limit.doubt and (_sets_apart(found) or _about(found) != "all")
    return limit.deadline is not None


def _is_of_a_note(dense: str, found: re.Match[str]) -> bool:
    """``由市教育局牵头，各项任务均于2022年底前完成。`` is that unit's time limit."""
    if dense[found.start() - 1] != "，" or _sets_apart(found) or _about(found) not in ("all", "before"):
        return False
    begin = max(dense.rfind(mark, 0, found.start()) for mark in "。；")
    return _OWN.search(dense, begin + 1, found.start()) is not None


def _backwards(dense: str, start: int, end: int, on: Calendar) -> Iterator[Said]:
    """``2022年底前完成本方案所列任务``."""
    for found in _BACKWARDS.finditer(dense, start, end):
        about = _about(found)
        day = next(_DAY.finditer(dense, max(start, found.start() - _FAR), found.start()), None)
        limit = deadlines.at_start(dense[day.start() : found.start()], on) if day else None
        if day and limit and day.start() + limit.end == found.start() and limit.limit.deadline not in (None, "ongoing"):
            only = numbered(found["numbered"]) if about == "numbered" else None
            if not (about == "all" and "各项" in found[0] and "所有" not in found[0]):
                yield Said(day.start(), found.end(), limit.limit, about, about not in ("all", "before"), only=only)


def apart(dense: str, start: int, end: int, on: Calendar) -> list[tuple[int, int]]:
    """``dense[start:end]`` without such sentences: they are no part of the notes beside them."""
    parts, begin = [], start
    for said in find(dense, start, end, on):
        if said.start >= begin and dense.count("（", start, said.start) == dense.count("）", start, said.start):
            parts.append((begin, said.start))
            begin = said.end
    return [*parts, (begin, end)]
