"""A note that is the last sentence of a clause, or the end of it: ``由A牵头，B配合，6月底前完成。``"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from goodfaith.duties.reading.note import deadlines, names, notes, units
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.duty_words import KEYWORD, LABEL, VERB
from goodfaith.duties.reading.note.note_places import Place, surely_unit
from goodfaith.duties.reading.page.flow import Flow

_LONGEST = 260
_SHORT_NAME = 10
_ANY_YEAR = Calendar(2020)
_BY = re.compile(
    r"(?<=[。；）])(?:(?:此|该|本|上述|以上)(?:项|条)?(?:工作|任务|措施|事项)?，?)?(?:原则上|具体|统一|主要)?由[^。；]{2,200}[。；]?$"
)
_BY_WITHIN = re.compile(r"(?<=。)(?:(?:此|该|本)项(?:工作|任务)，?)?由[^。；]{2,200}牵头[^。；]{2,200}。")
_BY_INSIDE = re.compile(r"(?<=，)(?:具体|统一)?由[^。]{2,200}[。；]?$")
"""The end of a sentence: ``发挥平台作用，由市大数据局负责，6月底前接通。``"""
_LAST = (re.compile(r"(?<=[。）”])[^。]{3,240}。?$"), re.compile(r"(?<=[；：])[^。；]{3,240}[。；]?$"))
"""A sentence without 由 that is nothing but a note: ``省科技厅牵头；省财政厅配合，年底前。``"""
_MATTER = re.compile(
    r"[。，：]?(?:关于|对于?|针对)[^。]{4,160}?(?:问题|工作|事项|任务|要求|内容|措施|意见|政策|建议)，(?P<by>(?:具体|统一|主要)?由[^。]{2,200}。?)"
)
_ALL = re.compile(
    r"(?<=。)(?:(?:以上|上述|前述|各项|所有)(?:各项|重点|工作)*(?:任务|工作|措施|事项)|"
    r"各(?:牵头|责任|配合|参加|参与|有关|相关|级|地|市|县|区|州|乡|部门|单位|镇)[^。]{0,40}?(?:要|应|须|务必|请)|"
    r"请各|本(?:方案|意见|办法|计划|通知|措施)自|[\u4e00-\u9fff]{0,16}?(?:办公室|督查室|办)(?:将|要|会)|"
    r"[\u4e00-\u9fff]{2,14}(?:局|委|厅|部)(?:要|应当?|须)(?=加强|切实|会同|定期|适时|及时|强化|牵头|统筹|认真)|"
    r"联系人：|联系电话：|(?:特此|此)通知)"
)
"""How a paragraph begins that follows the last clause."""
_SAYS_WHO = re.compile(r"牵头|负责|配合|协助|会同|主办|协办")
_PHRASE = re.compile(r"[^，；]+")
_DEED = re.compile(
    r"(?:制[定订作]|出台|印[发制]|建[立成]|健全|完善|编[制印写]|公[布开示]|发布|开展|组织(?!部)|完成|实[现行施]|推[动进广行]|形成|提[出升交]|定期|及时|随时|做好|抓好|"
    r"加[强快大]|确保|报[送请]|报[^，。]{0,14}(?:批准|审[定批议]|同意|备案|审核|研究|国务院|政府|党组)|上报|汇总|统筹|协调|指导|督[促导查办]|明确|对|将|把|逐[步项年]|全面|并(?!由|会同)|同步|向|力争|争取|切实|认真|依法|适时|"
    r"纳入|落实|启动|选[取择定]|打造|搭建|开发(?!区)|归集|共享|接入|上线|清理|排查|整[改治]|验收|评[估选]|总结|通报|接受|严[格厉]|优化|扩大|强化|深化|探索|引导|鼓励|"
    r"支持|研究|进一步|不断|有序|积极|牢固|集中|联合开展|共同推进|重点|尽快|结合|围绕|利用|通过|采取|以便|为)"
)
"""How words begin that say what is done, after it was said by whom."""


def find(flow: Flow, start: int, end: int, on: Calendar) -> Iterator[Place]:
    """The note, if the last sentence of ``dense[start:end]`` says who does what."""
    place = _last(flow, start, end, on) or _of_matter(flow, start, end, on)
    if place is None and (over := _about_all(flow, start, end)):
        place = _last(flow, start, over, on)
    if place:
        yield place


def _last(flow: Flow, start: int, end: int, on: Calendar) -> Place | None:
    begin = max(start, end - _LONGEST)
    found = _BY.search(flow.dense, begin, end)
    place = _by(flow, found, on) if found else None
    place = place or next(_by_within(flow, start, end, on), None)
    if place is None:
        place = next(_by_inside(flow, begin, end, on), None) or _plain(flow, begin, end, on)
    return place


def _of_matter(flow: Flow, start: int, end: int, on: Calendar) -> Place | None:
    """``关于……的问题，由A会同B研究提出意见。``: a list of matters and who deals with them."""
    found = _MATTER.match(flow.dense, start, end)
    return _from(flow, found, found.start("by"), on) if found else None


def _about_all(flow: Flow, start: int, end: int) -> int:
    """Where, after a clause's own words, a paragraph begins that is about all clauses; 0 if none does."""
    found = _ALL.search(flow.dense, start, end)
    while found and found.start() not in flow.starts:
        found = _ALL.search(flow.dense, found.end(), end)
    return found.start() if found else 0


def _by(flow: Flow, found: re.Match[str], on: Calendar) -> Place | None:
    return _from(flow, found, found.start() + found[0].index("由"), on)


def _from(flow: Flow, found: re.Match[str], begin: int, on: Calendar) -> Place | None:
    """A sentence that is a note from ``begin`` on."""
    place = whole(flow, begin, found.end(), on)
    return place and replace(place, start=found.start())


def _by_within(flow: Flow, start: int, end: int, on: Calendar) -> Iterator[Place]:
    """A whole sentence that says who leads, and with whom or by when, though others follow it."""
    for found in _BY_WITHIN.finditer(flow.dense, start, end):
        place = _by(flow, found, on)
        if place and place.note.leads and (place.note.limits or len(place.note.named) > len(place.note.leads)):
            yield place


def _by_inside(flow: Flow, begin: int, end: int, on: Calendar) -> Iterator[Place]:
    found = _BY_INSIDE.search(flow.dense, begin, end)
    while found:
        place = _by(flow, found, on)
        if place and _is_duty(found[0], place) and all(is_one(one.name) for one in place.note.named):
            yield place
        found = _BY_INSIDE.search(flow.dense, found.start() + 1, end)


def _is_duty(words: str, place: Place) -> bool:
    """``……，由A会同B办理`` is how something goes on; who leads, or who is to do it by when, is a duty."""
    return "牵头" in words or ("负责" in words and bool(place.note.limits))


def is_one(name: str) -> bool:
    """Within a sentence about what is done, only an office by its name is told its duty."""
    return surely_unit(name) and not names.MANY.fullmatch(name) and len(name) < 2 * _SHORT_NAME


def _plain(flow: Flow, begin: int, end: int, on: Calendar) -> Place | None:
    for form in _LAST:
        found = form.search(flow.dense, begin, end)
        place = whole(flow, found.start(), found.end(), on) if found else None
        if place and all(surely_unit(one.name) for one in place.note.named) and _is_assigned(flow, place):
            return place
    return None


def _is_assigned(flow: Flow, place: Place) -> bool:
    """``各县区、各部门按照任务分工组织实施。`` tells nobody more than the whole plan does."""
    named = (one.name for one in place.note.named)
    if place.note.limits or not all(names.MANY.fullmatch(name) or names.is_collective(name) for name in named):
        return True
    return _SAYS_WHO.search(flow.dense, place.start, place.end) is not None


def whole(flow: Flow, begin: int, end: int, on: Calendar) -> Place | None:
    """The words as a note, if they say who does what, and beside that only what is done."""
    stop = begin + len(flow.dense[begin:end].rstrip("。；"))
    words = flow.dense[begin:stop]
    if not KEYWORD.search(words):
        return None
    note = notes.parse(_without_deeds(words), on, base=begin)
    if note.named and note.said and not note.odd and (VERB.search(words) or note.limits or _BY_WHOM.match(words)):
        return Place(begin, end, ((begin, stop),), note)
    return None


_BY_WHOM = re.compile("由")


def _without_deeds(words: str) -> str:
    """What is done blotted out, so that no unit is looked for in it: ``由A负责，及时公布结果``."""
    for phrase in _PHRASE.finditer(words):
        if phrase.start() and _is_deed(phrase[0]):
            words = words[: phrase.start()] + "，" * len(phrase[0]) + words[phrase.end() :]
    return words


def _is_deed(words: str) -> bool:
    return bool(_DEED.match(words)) and not (
        LABEL.match(words) or _is_limit(words) or _is_verb(words) or _is_list(words)
    )


def _is_limit(words: str) -> bool:
    """A day, or few words: ``不断完善以信用为基础的监管制度`` says what is done."""
    found = deadlines.at_start(words, _ANY_YEAR)
    return found is not None and (found.limit.deadline != "ongoing" or len(words) <= _SHORT_NAME)


def _is_verb(words: str) -> bool:
    verb = VERB.search(words)
    return verb is not None and verb.start() == 0


def _is_list(words: str) -> bool:
    """``统计局、公安局配合``: begins like a deed and names units."""
    verb = VERB.search(words)
    first = units.listed(words[: verb.start() if verb else len(words)]).names[:1]
    return bool(first) and surely_unit(first[0])
