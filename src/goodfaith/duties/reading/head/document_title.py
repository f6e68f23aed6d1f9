"""Where a document's title begins and ends."""

from __future__ import annotations

import bisect
import re

from goodfaith.duties.reading.head import closing
from goodfaith.duties.reading.page.flow import Flow

HEAD = 1500
"""Dense characters within which the title, the number and the addressees stand."""
_TITLE_WORD = (
    r"(?:意见|通知|方案|办法|决定|规划|计划|要点|细则|规定|措施|纲要|安排|公告|通报|函|批复|清单|分工|条例|通告|规则|举措|行动|制度|指南|任务|部署|指引|报告|"
    r"分工表|任务表|分解表|任务书|台账|一览表|责任表|明细表)"
)
TITLE_END = re.compile(_TITLE_WORD + r"(?:（[^（）]{1,25}）)*$")
_ISSUED = re.compile(r"[\u4e00-\u9fff]{4,60}(?:印发|转发|发布)《[^《》]{4,90}" + _TITLE_WORD + "》$")
"""``中共某省委办公厅某省人民政府办公厅印发《……实施方案》``."""
DOC_NO = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{1,12}(?:〔[^〕\d]{1,6}〕)?[\u4e00-\u9fff]{0,4})(?:〔|（)(?P<year>(?:19|20)\d\d)(?:〕|）)第?(?P<no>\d{1,4})号"
)
OFFICE = (
    r"[\u4e00-\u9fff]{2,30}?"
    r"(?:人民政府办公厅|人民政府办公室|人民政府|办公厅|办公室|委员会|领导小组|联席会议|管委会|行政公署|行署|总工会|联合会|办事处|总队|支队|分行|支行|委|厅|局|部|院)"
)
_OFFICES = re.compile(rf"(?:{OFFICE})+")
_RUN = re.compile(r".*(?:文件|[^\u4e00-\u9fff]|号|日报)")
"""Up to where the letterhead ends before the title."""
_FOLLOWS = re.compile(
    rf"各|国务院|中共|省|市|县|区|州|自治区|有关|全[省市县区州]|(?![^〔]{{0,12}}(?:的|通知|方案|意见|办法)){DOC_NO.pattern}|（(?:此件|[^（）]{{0,12}}〔|(?:19|20)\d\d年\d)|{closing.DATE.pattern}|为|根据|按照|贯彻|一[、.]|第一|现|《|近|党|深入|附件|序号|"
    r"机关|驻|政府|本|经"
)
ABOUT = re.compile(r"关于|印发|转发")
"""After the issuer's name in a title."""


def find(flow: Flow, end: int) -> tuple[int, int]:
    """From the line that names the issuer to the line that ends in the kind of document."""
    lines = sorted(place for place in flow.starts if place <= end)
    stops = [*lines[1:], *([end] if end not in lines else [])]
    about = ABOUT.search(flow.dense, 0, end)
    if about:
        start = _title_start(flow, lines, about.start())
        ends = [stop for stop in stops if stop > about.end() and _ends_title(flow.dense[start:stop])]
        ends = [stop for stop in ends if _plausible(flow, start, stop)]
        ends = [with_bracket(flow, stop) for stop in ends]
        sure = [stop for stop in ends if _FOLLOWS.match(flow.dense, stop) or stop == len(flow.dense)]
        if ends:
            return start, (sure or ends)[0]
    return _title_without_about(flow, lines, stops)


def _ends_title(words: str) -> bool:
    return TITLE_END.search(words) is not None or _ISSUED.fullmatch(words) is not None


def with_bracket(flow: Flow, place: int) -> int:
    """The end of a title with the bracket on a line of its own after it: （试行）, （2019—2021年）."""
    found = re.compile(
        r"（(?:试行|暂行|征求意见稿|修订|[^（）]{0,6}(?:19|20)\d\d[^（）]{0,12}年[^（）月日]{0,4})）"
    ).match(flow.dense, place)
    return found.end() if found and found.end() in flow.starts else place


def _plausible(flow: Flow, start: int, stop: int) -> bool:
    words = flow.dense[start:stop]
    one = "。" not in words and words.count("《") == words.count("》") and not closing.DATE.search(words)
    return len(words) < 160 and one


def _title_start(flow: Flow, lines: list[int], about: int) -> int:
    """The first line before “关于” from which on there is only the issuer's name, else the line of “关于”."""
    run = _RUN.search(flow.dense, max(0, about - 60), about)
    begin = run.end() if run else max(0, about - 60)
    names = [line for line in lines if begin <= line < about and _OFFICES.fullmatch(flow.dense, line, about)]
    names = _below_site(flow, names)
    return names[0] if names else max((place for place in lines if place <= about), default=0)


def _below_site(flow: Flow, names: list[int]) -> list[int]:
    """Without a site's name above the title: it is the issuer's, or the issuer's begins so."""
    while len(names) > 1:
        site = flow.dense[names[0] : names[1]]
        again = next((at for at, line in enumerate(names[1:], 1) if flow.dense.startswith(site, line)), 0)
        if not again:
            break
        names = names[again:]
    return names


def _title_without_about(flow: Flow, lines: list[int], stops: list[int]) -> tuple[int, int]:
    for start in lines:
        first = bisect.bisect_right(stops, start)
        for stop in stops[first : bisect.bisect_right(stops, start + 90)]:
            words = flow.dense[start:stop]
            if (
                TITLE_END.search(words)
                and len(words) > 5
                and not re.search(r"[。；：，]", words)
                and not DOC_NO.search(words)
                and not closing.DATE.search(words)
                and words.count("《") == words.count("》")
            ):
                return start, with_bracket(flow, stop)
    first = stops[0] if stops else len(flow.dense)
    run_on = _RUN_ON.match(flow.dense, 0, min(first, HEAD)) if first > _LONGEST_LINE else None
    return (lines[0] if lines else 0), run_on.end() if run_on else min(first, 80)


_LONGEST_LINE = 40
_RUN_ON = re.compile(
    rf"[^。；：，、]{{4,60}}?{_TITLE_WORD}(?:（[^（）]{{1,25}}）)?(?=为(?!了?民|主)|根据|按照|依据|结合|各[省市州县区]|全面贯彻|深入贯彻|贯彻|一、|第一[章条]|近年|党的)"
)
"""A title that no line break parts from the first sentence, where a page lost them all."""
