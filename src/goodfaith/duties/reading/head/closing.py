"""Signature, dates, who gets copies, annexes: what stands around the plans of a document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goodfaith.duties.reading.head.own_dates import RowDates
from goodfaith.duties.reading.note.names import is_unit
from goodfaith.duties.reading.numerals import number
from goodfaith.duties.reading.page.flow import Flow

_CN_DAY = "[〇○零一二三四五六七八九十]"
DATE = re.compile(
    rf"(?P<y>(?:19|20)\d\d|{_CN_DAY}{{4}})年(?P<m>\d{{1,2}}|{_CN_DAY}{{1,3}})月(?P<d>\d{{1,2}}|{_CN_DAY}{{1,3}})日"
)
PRINTED = re.compile(DATE.pattern + r"印发")
_BY_NAME = re.compile(
    r"(?:市长|省长|州长|县长|区长|旗长|盟长|专员|主席|主任|局长|部长|厅长|总理)[\u4e00-\u9fff·]{2,4}$"
)
_NOT_SIGNED = re.compile(
    r"印发|起|前|以|至|—|公布|发布|召开|，|、|的|下发|由|第[^师]{1,4}[次届号期回批版条]|经(?![开济])|时"
)
_OFFICE_END = tuple("府厅室局委会院部办行署关庭队站处司社组心议班校")
_CLOSING = re.compile(
    r"（此件|（此文|（本文有删减|此件(?:公开|依申请|主动)|抄送：|抄报：|主送：|主题词：|附件：|附件\d{1,2}：|附：|联系人：|信息公开选项|公开方式：|（联系人|主办：|"
    r"本通告自|附件\d{0,2}(?=\D)|附表\d{0,2}(?=\D)|附录"
)


_COPIES = re.compile(r"(?:抄送|抄报|抄发|主送|主报|分送|报送|报|送|发)：")
_FIRST_NAME = re.compile(r"[^、，。；：]{2,40}")
_GOES_ON = "，、（并或及和与上再等应将"
"""After these a line only broke: ``并`` / ``抄送：``."""


_IN_FORM = re.compile(
    r"联系人：[^。；]{2,60}?(?:(?:完成|整改|办理|办结|工作)(?:时限|期限|时间)|(?:责任|牵头|配合)(?:单位|部门|领导|人)|整改(?:目标|措施|情况)|备注)："
)
"""``联系人：`` among the labels of one task."""


_GOVERNMENT = re.compile(
    r"(?:(?![\u4e00-\u9fff]{0,8}[表单件案见法])[\u4e00-\u9fff]{2,9}?(?:省|市|县|区|州|旗|镇|乡))人民政府(?:办公[厅室])?$"
)
"""Under a list of annexes no full stop parts the office's name from what stands before."""


@dataclass(frozen=True)
class Signature:
    """``start``: where the signing office's name, or else the date, begins."""

    start: int
    end: int
    office: str
    day: dt.date


def day_of(found: re.Match[str]) -> dt.date | None:
    """The date a match of :data:`DATE` names, if there is such a day."""
    try:
        return dt.date(number(found["y"]), number(found["m"]), number(found["d"]))
    except ValueError:
        return None


def signatures(flow: Flow) -> Iterator[Signature]:
    """Dates that stand alone at a line's start, under an office's name or after a sentence."""
    rows = RowDates(flow)
    for found in DATE.finditer(flow.dense):
        day = day_of(found)
        if day is None or not _alone(flow, found.end()) or rows.has(*found.span()):
            continue
        if found.start() not in flow.starts:
            if signature := _on_one_line(flow, found, day):
                yield signature
            continue
        start, office = _office(flow, found.start())
        before = flow.dense[found.start() - 1] if found.start() else ""
        if office or before in "。）”；" or _BY_NAME.search(flow.dense, max(0, found.start() - 8), found.start()):
            yield Signature(start, found.end(), office, day)


def _on_one_line(flow: Flow, found: re.Match[str], day: dt.date) -> Signature | None:
    """``云海市人民政府办公室　2019年3月5日``."""
    place = found.start()
    if place not in flow.gaps or not place or flow.dense[place - 1] not in _OFFICE_END:
        return None
    start, office = _office(flow, place)
    return Signature(start, found.end(), office, day) if office and start in flow.starts else None


def _alone(flow: Flow, end: int) -> bool:
    if end >= len(flow.dense):
        return True
    over = end in flow.starts and not _NOT_SIGNED.match(flow.dense, end)
    return over or flow.dense.startswith(("（此", "附件"), end)


def _office(flow: Flow, place: int) -> tuple[int, str]:
    """The name before the date: back over whole lines to where a sentence ended."""
    if not place or flow.dense[place - 1] not in _OFFICE_END:
        return place, ""
    named = _GOVERNMENT.search(flow.dense, max(0, place - 30), place)
    if named and named.start() in flow.starts:
        return named.start(), named[0]
    for start in range(place - 1, max(place - 80, -1), -1):
        if start in flow.starts and (start == 0 or flow.dense[start - 1] in "。）”；：！"):
            words = flow.dense[start:place]
            if not any(mark in words for mark in "，；：、"):
                return start, words
            break
        if flow.dense[start - 1] in "。；" and start not in flow.starts:
            break
    lines = _office_lines(flow, place)
    return lines, flow.dense[lines:place]


_OFFICE_LINE = re.compile(
    r"(?!附件)(?:[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|旗|盟|镇|乡|街道|师)|国家|国务院|中共|中央|全国|最高|中国)[\u4e00-\u9fff]{2,24}"
    r"(?:局|委员会|委|办公[室厅]|厅|部|院|署|行|总工会|领导小组|联席会议|公署|政府)|"
    r"(?:公安|财政|教育|民政|司法|商务|农业|农业农村|水利|交通运输|生态环境|自然资源|应急管理|人力资源社会保障|住房城乡建设|文化和旅游|工业和信息化|科技|科学技术)部(?:办公厅)?|"
    r"(?!附件)[\u4e00-\u9fff]{2,20}(?:街道办事处|管委会|管理委员会|镇人民政府|乡人民政府)"
)


def _office_lines(flow: Flow, place: int) -> int:
    """Back over lines that are each an office's name, below a list of annexes."""
    begin = place
    for line in sorted((one for one in range(max(0, place - 120), place) if one in flow.starts), reverse=True):
        if not _OFFICE_LINE.fullmatch(flow.dense, line, begin):
            break
        begin = line
    return begin


def closings(flow: Flow, signed: Iterable[Signature]) -> list[int]:
    """Where the words of a plan are over: signatures, copies, annexes, in order."""
    places = {signature.start for signature in signed}
    places.update(found.start() for found in _COPIES.finditer(flow.dense) if _begins_copies(flow, found))
    ends = (found for found in _CLOSING.finditer(flow.dense) if _at_paragraph(flow, found.start()))
    places.update(found.start() for found in ends if not _IN_FORM.match(flow.dense, found.start()))
    places.update(_printers(flow))
    return sorted(places)


def _begins_copies(flow: Flow, found: re.Match[str]) -> bool:
    """Who gets copies has a line of its own, whatever the line above ended in: a note may end without a stop."""
    start, end = found.span()
    if start not in flow.starts or (start and flow.dense[start - 1] in _GOES_ON):
        return False
    first = _FIRST_NAME.match(flow.dense, end)
    return first is not None and (is_unit(first[0]) or first[0].startswith("各"))


def _printers(flow: Flow) -> Iterator[int]:
    """``某市人民政府办公室 2022年4月25日印发``, where no list of copies stands above it."""
    for found in PRINTED.finditer(flow.dense):
        start, _ = _office(flow, found.start())
        if start < found.start() and start in flow.starts:
            yield start


def _at_paragraph(flow: Flow, place: int) -> bool:
    return place in flow.starts and (place == 0 or flow.dense[place - 1] in "。）日号；：表" or place in flow.short)
