"""Who issued the document, under which number, when, to whom, and which documents it names."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass

from goodfaith.duties.reading import markers
from goodfaith.duties.reading.head import closing, document_title
from goodfaith.duties.reading.head.document_title import ABOUT, DOC_NO, HEAD, OFFICE
from goodfaith.duties.reading.note import units
from goodfaith.duties.reading.page import index
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.shapes import Citation, Header

_FIRST_NUMBER = 8
"""What begins with a number has no title: part of a document."""
_RED_HEAD = re.compile(rf"^(?P<office>{OFFICE}(?:{OFFICE})*)(?:文件|（?函）?$)")
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
    issuer: str | None
    """In simplified letters."""
    signatures: tuple[closing.Signature, ...] = ()


def read(flow: Flow, first_block: int) -> Head:
    """Read header and closing data; ``first_block``: where the first numbered block begins."""
    end = min(first_block, HEAD, len(flow.dense), *(grid.start for grid in flow.grids[:1]))
    excerpt = next(markers.find(flow.dense[:_FIRST_NUMBER]), None)
    title_start, title_end = (0, 0) if excerpt and not excerpt.start else document_title.find(flow, end)
    signatures = list(closing.signatures(flow))
    block = index.fields(flow.text)
    issuer = _issuer(flow, title_start, title_end, signatures) or _indexed_issuer(block.get("issuer", ""))
    addressees, body = _addressees(flow, title_end, end) if title_end else ((), 0)
    header = Header(
        title=tidy(flow.raw(title_start, title_end)).translate(_DIGITS),
        doc_no=flow.in_own_letters(_doc_no(flow, title_end, end) or _indexed_no(block.get("doc_no", "")) or "") or None,
        issuer=flow.in_own_letters(issuer) if issuer else None,
        signed=_signed(flow, signatures, title_start, title_end) or _indexed_day(block.get("signed", "")),
        printed=_printed(flow),
        addressees=addressees,
        cites=(),
    )
    return Head(header, title_start, title_end, body, issuer, tuple(signatures))


_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def _indexed_no(words: str) -> str | None:
    found = DOC_NO.search(words.replace("[", "〔").replace("]", "〕").replace("(", "（").replace(")", "）"))
    return number_of(found) if found else None


def _indexed_issuer(words: str) -> str | None:
    words = re.sub(r"[（(]办公室[)）]$", "", words)
    return words if re.fullmatch(OFFICE, words) or words == "国务院" else None


def _indexed_day(words: str) -> dt.date | None:
    found = re.match(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})", words)
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def tidy(words: str) -> str:
    """Without the spaces that the layout put between Chinese characters."""
    if " " not in words:
        return words.strip()
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", words).strip()


def _doc_no(flow: Flow, title_end: int, end: int) -> str | None:
    """The number that stands by itself before the addressees, not in a bracket within a sentence."""
    for found in DOC_NO.finditer(flow.dense, 0, max(end, title_end)):
        start = _number_start(flow, found, title_end)
        before = flow.dense[start - 1] if start else ""
        if (before == "（" and start - 1 == title_end) or (start in flow.starts and before != "（") or before in "：件":
            return number_of(found, start)
    order = _ORDER.match(flow.dense)
    return order[0] if order else None


_ORDER = re.compile(rf"(?P<office>{OFFICE})令第\d{{1,4}}号")
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
    if joint := _joint_issuers(flow, start, end):
        return joint
    if red and not _OF_COLUMN.match(red["office"]):
        return red["office"]
    if order := _ORDER.match(flow.dense):
        return order["office"]
    before = flow.dense[start:end].split("关于")[0] if "关于" in flow.dense[start:end] else ""
    signed = next((one.office for one in signatures if one.office), None)
    if re.fullmatch(OFFICE, before):
        return signed if signed and _is_fuller(signed, before) else before
    if signed:
        return signed
    found = re.match(r"[\u4e00-\u9fff]{1,10}?(?:省|自治区|市|州|县|区)(?=人民政府)", flow.dense[start:end])
    return found[0] + "人民政府" if found else None


def _is_fuller(signed: str, short: str) -> bool:
    """Whether a signature says in full what the title has in short: 高新技术产业开发区管理委员会, 高新区管委会."""
    letters = iter(signed)
    whole = _ISSUER.fullmatch(signed) is not None and signed[:2] == short[:2]
    return whole and len(signed) > len(short) and not signed.startswith(short) and all(one in letters for one in short)


def _joint_issuers(flow: Flow, start: int, end: int) -> str | None:
    """``国家知识产权局 教育部关于……``: several offices with white space between their names."""
    about = ABOUT.search(flow.dense, start, end)
    cuts = [place for place in range(start + 1, about.start()) if place in flow.gaps] if about else []
    if not about or not cuts:
        return None
    names = [flow.dense[a:b] for a, b in itertools.pairwise([start, *cuts, about.start()])]
    return " ".join(names) if all(_ISSUER.fullmatch(name) for name in names) else None


_OF_COLUMN = re.compile(r"[省市县区州](?:人民政府|政府|委|直)")
"""``市政府办公室文件`` without the city's name: a site's column."""
_ISSUER = re.compile(
    r"[\u4e00-\u9fff]{2,30}(?:人民政府办公[厅室]|人民政府|办公[厅室]|委员会|领导小组|联席会议|总工会|委|厅|局|部|院|署|行|会|总队|支队|公司)"
)


def _signed(flow: Flow, signatures: list[closing.Signature], start: int, end: int) -> dt.date | None:
    under = next((one.day for one in signatures if one.office and one.start >= end), None)
    return (
        under
        or next((one.day for one in signatures if one.start >= end), None)
        or _under_title(flow, end)
        or next((one.day for one in signatures if one.office or _ORDER.match(flow.dense)), None)
    )


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
