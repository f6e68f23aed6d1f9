"""Who issued the document, under which number, when, to whom, and which documents it names."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from dataclasses import dataclass

from goodfaith.duties.reading import closing, index, units
from goodfaith.duties.reading.flow import Flow
from goodfaith.duties.reading.shapes import Citation, Header

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
_OFFICE = (
    r"[\u4e00-\u9fff]{2,30}?"
    r"(?:人民政府办公厅|人民政府办公室|人民政府|办公厅|办公室|委员会|领导小组|联席会议|管委会|行政公署|行署|总工会|分行|支行|委|厅|局|部|院)"
)
_RED_HEAD = re.compile(rf"^(?P<office>{_OFFICE}(?:{_OFFICE})*)(?:文件|（?函）?$)")
_OFFICES = re.compile(rf"(?:{_OFFICE})+")
_RUN = re.compile(r".*(?:文件|[^\u4e00-\u9fff]|号|日报)")
"""Up to where the letterhead ends before the title."""
_FOLLOWS = re.compile(
    rf"各|国务院|中共|省|市|县|区|州|自治区|有关|全[省市县区州]|(?![^〔]{{0,12}}(?:的|通知|方案|意见|办法)){DOC_NO.pattern}|（(?:此件|[^（）]{{0,12}}〔|(?:19|20)\d\d年\d)|{closing.DATE.pattern}|为|根据|按照|贯彻|一[、.]|第一|现|《|近|党|深入|附件|序号|"
    r"机关|驻|政府|本|经"
)
_ABOUT = re.compile(r"关于|印发|转发")
"""After the issuer's name in a title."""
_ADDRESSED = re.compile(r"[\u4e00-\u9fff（）、，。\d]{4,400}?：")
_NO_ADDRESS = re.compile(r"如下|提出|制定|坚持|为了|现将|精神|以下")
_CITED = re.compile(r"《(?P<title>[^《》]{2,80}(?:〈[^〉]*〉[^《》]{0,40})?)》(?:（(?P<note>[^（）]{4,40})）)?")
_DOCUMENT_WORD = re.compile(
    r"(?:意见|通知|方案|办法|决定|规划|计划|要点|细则|规定|措施|纲要|安排|公告|条例|法|规则|标准|目录|备忘录|准则|制度|清单|指南|解释|公约|章程|分工)(?:（[^）]*）)?(?:.{0,3}年版)?$"
)


@dataclass(frozen=True)
class Head:
    """The header's facts with the place where the document's own words begin."""

    header: Header
    title_start: int
    title_end: int
    body: int


def read(flow: Flow, first_block: int) -> Head:
    """Read header and closing data; ``first_block``: where the first numbered block begins."""
    end = min(first_block, HEAD, len(flow.dense))
    title_start, title_end = _title(flow, end)
    signatures = list(closing.signatures(flow))
    issuer = _issuer(flow, title_start, title_end, signatures)
    addressees, body = _addressees(flow, title_end, end)
    block = index.fields(flow.text)
    header = Header(
        title=tidy(flow.raw(title_start, title_end)),
        doc_no=_doc_no(flow, title_end, end) or _indexed_no(block.get("doc_no", "")),
        issuer=issuer or _indexed_issuer(block.get("issuer", "")),
        signed=_signed(flow, signatures, title_start, title_end) or _indexed_day(block.get("signed", "")),
        printed=_printed(flow),
        addressees=addressees,
        cites=(),
    )
    return Head(header, title_start, title_end, body)


def _indexed_no(words: str) -> str | None:
    found = DOC_NO.search(words.replace("[", "〔").replace("]", "〕").replace("(", "（").replace(")", "）"))
    return number_of(found) if found else None


def _indexed_issuer(words: str) -> str | None:
    words = re.sub(r"[（(]办公室[)）]$", "", words)
    return words if re.fullmatch(_OFFICE, words) or words == "国务院" else None


def _indexed_day(words: str) -> dt.date | None:
    found = re.match(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})", words)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def tidy(words: str) -> str:
    """Without the spaces that the layout put between Chinese characters."""
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", words).strip()


def _title(flow: Flow, end: int) -> tuple[int, int]:
    """From the line that names the issuer to the line that ends in the kind of document."""
    lines = sorted(place for place in flow.starts if place <= end)
    stops = [*lines[1:], *([end] if end not in lines else [])]
    about = _ABOUT.search(flow.dense, 0, end)
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
    return names[0] if names else max((place for place in lines if place <= about), default=0)


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
    return (lines[0] if lines else 0), min(first, 80)


def _doc_no(flow: Flow, title_end: int, end: int) -> str | None:
    """The number that stands by itself before the addressees, not in a bracket within a sentence."""
    for found in DOC_NO.finditer(flow.dense, 0, max(end, title_end)):
        start = _number_start(flow, found, title_end)
        before = flow.dense[start - 1] if start else ""
        if (before == "（" and start - 1 == title_end) or (start in flow.starts and before != "（") or before in "：件":
            return number_of(found, start)
    order = _ORDER.match(flow.dense)
    return order[0] if order else None


_ORDER = re.compile(rf"(?P<office>{_OFFICE})令第\d{{1,4}}号")
"""``河东市人民政府令第38号``."""


def _number_start(flow: Flow, found: re.Match[str], title_end: int) -> int:
    """Where the number's letters begin; the pattern reaches back into what stands before them."""
    begin, end = found.span("word")
    letterhead = flow.dense.rfind("文件", begin, end)
    if letterhead >= 0:
        return letterhead + 2
    if begin < title_end < end:
        return title_end
    return next((place for place in range(max(begin, end - 8), end) if place in flow.starts), begin)


def number_of(found: re.Match[str], start: int = 0) -> str:
    """``云政办发〔2017〕112号``, without the space and with the brackets it should have."""
    word = found.string[max(start, found.start()) : found.end("word")]
    word = re.sub(r".*(?:文件|签发人|文号|字号)", "", word)
    return f"{word}〔{found['year']}〕{int(found['no'])}号"


def _issuer(flow: Flow, start: int, end: int, signatures: list[closing.Signature]) -> str | None:
    red = (
        _RED_HEAD.match(re.split("文件", flow.dense[:start], maxsplit=1)[0] + "文件")
        if "文件" in flow.dense[:start]
        else None
    )
    if red:
        return red["office"]
    if order := _ORDER.match(flow.dense):
        return order["office"]
    before = flow.dense[start:end].split("关于")[0] if "关于" in flow.dense[start:end] else ""
    if re.fullmatch(_OFFICE, before):
        return before
    signed = next((one.office for one in signatures if one.office), None)
    if signed:
        return signed
    found = re.match(r"[\u4e00-\u9fff]{1,10}?(?:省|自治区|市|州|县|区)(?=人民政府)", flow.dense[start:end])
    return found[0] + "人民政府" if found else None


def _signed(flow: Flow, signatures: list[closing.Signature], start: int, end: int) -> dt.date | None:
    under = next((one.day for one in signatures if one.office and one.start >= end), None)
    return under or next((one.day for one in signatures if one.start >= end), None) or _under_title(flow, end)


def _under_title(flow: Flow, end: int) -> dt.date | None:
    """``（2018年3月19日）``, ``（示政办〔2018〕3号　2018年3月19日）`` right below the title."""
    bracket = re.compile(r"（[^（）。]{6,80}）").match(flow.dense, end)
    days = list(closing.DATE.finditer(bracket[0])) if bracket else []
    return closing.day_of(days[-1]) if days else None


def _printed(flow: Flow) -> dt.date | None:
    found = list(closing.PRINTED.finditer(flow.dense))
    return closing.day_of(found[-1]) if found else None


def _addressees(flow: Flow, start: int, end: int) -> tuple[tuple[str, ...], int]:
    if flow.dense[start : start + 1] == "（":
        start = flow.dense.find("）", start) + 1
    doc_no = DOC_NO.match(flow.dense, start)
    start = doc_no.end() if doc_no else start
    found = _ADDRESSED.match(flow.dense, start, min(end + 1, len(flow.dense)))
    if not found or found.end() not in flow.starts or "。" in found[0] or _NO_ADDRESS.search(found[0]):
        return (), start
    return units.listed(flow.dense[start : found.end() - 1]).names, found.end()


def citations(flow: Flow, own: set[str]) -> tuple[Citation, ...]:
    """Documents named in 《》, each once; ``own`` titles are this document's plans."""
    made: dict[str, str | None] = {}
    for found in _CITED.finditer(flow.dense):
        number = DOC_NO.fullmatch(found["note"] or "")
        title = tidy(flow.raw(found.start("title"), found.end("title")))
        if (number or _DOCUMENT_WORD.search(title)) and title not in own:
            made[title] = made.get(title) or (number_of(number) if number else None)
    return tuple(Citation(title, doc_no) for title, doc_no in made.items())
