"""The parts of a document: the notice itself, and each plan it carries."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodfaith.duties.reading.head import closing
from goodfaith.duties.reading.head.document_title import DOC_NO, TITLE_END, with_bracket
from goodfaith.duties.reading.head.header import Head, tidy
from goodfaith.duties.reading.page.flow import Flow
from goodfaith.duties.reading.table import grid_flow
from goodfaith.duties.reading.table.columns import COLUMN, NUMBER

_LONGEST_TITLE = 90
_FAR = 600
_BEFORE = "。）日：表单号；”！件"
_ANNEX_NUMBER = re.compile(r"附(?:件|表|录)[-—\d]{1,4}$")
_STARTER = re.compile(
    r"为|各|根据|按照|依据|依照|结合|贯彻|深入|一[、.]|第一[章条编]|（|1[.、]|序号|目录|目次|近年|党的|习近平|今年|(?:19|20)\d\d年|全面|坚持|以|总体|到20|近日|围绕|"
    r"(?:牵头|责任|重点|工作|主要|任务|类别|领域|编号|事项|县领导|市领导)[^。；：，]{0,40}(?:单位|部门)|"
    r"(?:重点|主要|专项)?(?:任务|行动|工程)(?:一[：、.]|1：)|⒈|党中央|认真|当前|本|加快|加强|进一步|为了|食品|社会|营商|信用|我|\d{4}"
)
_IN_CLOSING = re.compile(r"（此|月\d|\d日|[年月]\d{1,2}[月日]")
_FIRST = re.compile(
    r"(?:一[、.]|第一[章条编]|（一）|1[.、](?!\d)|⒈|(?:重点|主要|专项)?(?:任务|行动|工程)(?:一[：、.]|1：))(?![^。]{0,4}$)|"
    r"序号(?=[^。；：，]{0,60}(?:单位|部门))"
)
_ANNEX_NAMED = re.compile(r"附件\d{0,2}[：:]?[^。；：]{5,80}$")
"""A list of annexes ends before the title."""
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]+）|\d{1,2}[.、]|第[一二三四五六七八九十\d]+[章节条]|[①-⑳]"
)
"""What begins so is a clause, and no title reaches across it."""
_ANNEX_START = re.compile(r"(?:附件|附表|附录)[\d一二三四五六七八九十]{0,2}")


@dataclass(frozen=True)
class Region:
    """``dense[start:end]``, of which the plan's own words are ``[body, end)``."""

    title: str
    start: int
    body: int
    end: int


def regions(flow: Flow, head: Head, end_of_head: int) -> list[Region]:
    """The regions in order; the first is the notice itself."""
    ends = closing.closings(flow, head.signatures)
    titles = list(_titles(flow, head))
    starts = [(head.header.title, head.title_start, head.body), *titles]
    made = []
    for number, (title, start, body) in enumerate(starts):
        most = starts[number + 1][1] if number + 1 < len(starts) else len(flow.dense)
        end = next((place for place in ends if body <= place < most), most)
        made.append(Region(title, start, body, end))
        made.extend(_untitled(flow, end, most, ends))
    return made


def _untitled(flow: Flow, start: int, end: int, ends: list[int]) -> Iterator[Region]:
    """What begins to number again after a signature, under a title that was not known as one."""
    found = _FIRST.search(flow.dense, start, end)
    while found and found.start() not in flow.starts:
        found = _FIRST.search(flow.dense, found.end(), end)
    table = min(end, _next_table(flow, start))
    first = min(found.start() if found else end, table)
    if first < end:
        begin, words = _title_between(flow, start, first)
        stop = next((place for place in ends if first < place < end), end)
        yield Region(tidy(flow.raw(begin, words)), begin, words, stop)


def _title_between(flow: Flow, start: int, end: int) -> tuple[int, int]:
    """(begin, end) of the title before the first number: lines that end as titles do, else the last line."""
    lines = [line for line in range(max(start, end - _FAR), end) if line in flow.starts]
    for begin in lines:
        for after in [line for line in lines if begin < line <= begin + _LONGEST_TITLE]:
            words = flow.dense[begin:after]
            if re.search(r"[。；：，！？]", words):
                break
            if len(words) > 5 and TITLE_END.search(words) and _whole(words) and not closing.DATE.search(words):
                return begin, after
    return max((line for line in lines if line > end - 60), default=end), end


def _titles(flow: Flow, head: Head) -> Iterator[tuple[str, int, int]]:
    lines = sorted(flow.starts)
    stop = 0
    for number, start in enumerate(lines):
        if start < max(head.body, stop) or flow.in_table(start, start + 1) or not _may_begin(flow, start):
            continue
        start = _after_annex_word(flow, start, lines)
        body = _title_end(flow, start, lines, number)
        if body:
            stop = body
            yield tidy(flow.raw(start, body)), start, body


def _may_begin(flow: Flow, start: int) -> bool:
    before = flow.dense[start - 1]
    if _ANNEX_NAMED.search(flow.dense, max(0, start - _LONGEST_TITLE), start):
        return True
    if before.isdecimal():
        return _ANNEX_NUMBER.search(flow.dense, max(0, start - 8), start) is not None
    return before in _BEFORE or flow.dense[max(0, start - 4) : start].endswith(("附件", "附表", "目录"))


def _after_annex_word(flow: Flow, start: int, lines: list[int]) -> int:
    """``附件1`` on a line above or before the title belongs to neither."""
    found = _ANNEX_START.match(flow.dense, start)
    return found.end() if found and (found.end() in flow.starts or found.end() in flow.gaps) else start


def _title_end(flow: Flow, start: int, lines: Sequence[int], number: int) -> int:
    """The first line end at which the words are a plan's title and what follows begins a plan; 0 if none."""
    for place in lines[number + 1 : number + 40]:
        if place <= start:
            continue
        words = flow.dense[start:place]
        if (
            len(words) > _LONGEST_TITLE
            or re.search(r"[。；：，！？]", words)
            or closing.DATE.search(words)
            or _IN_CLOSING.search(words)
            or flow.in_table(start, place)
        ):
            return 0
        ends_well = len(words) > 5 and TITLE_END.search(words) and _begins_plan(flow, place)
        if ends_well and _whole(words) and not _are_columns(flow, start, place):
            return with_bracket(flow, place) if not _NUMBERED.match(words) else 0
        if _NUMBERED.match(flow.dense, place):
            return 0
    return 0


def _begins_plan(flow: Flow, place: int) -> bool:
    return _STARTER.match(flow.dense, place) is not None or _next_table(flow, place) == place


def _next_table(flow: Flow, place: int) -> int:
    number = grid_flow.first_from(flow.grids, place)
    return flow.grids[number].start if number < len(flow.grids) else len(flow.dense)


def _are_columns(flow: Flow, start: int, end: int) -> bool:
    """``工作任务`` above ``具体措施``: headings of a table, one to a line."""
    lines = [start, *(place for place in range(start + 1, end) if place in flow.starts), end]
    cells = [flow.dense[a:b] for a, b in itertools.pairwise(lines)]
    return len(cells) > 1 and all(COLUMN.fullmatch(cell) or NUMBER.fullmatch(cell) for cell in cells)


def _whole(words: str) -> bool:
    return (
        not words.startswith(("（", "序号", "编号", "以", "将", "把", "对", "按", "根据", "在", "由", "各", "要", "其"))
        and not DOC_NO.search(words)
        and all(words.count(a) == words.count(b) for a, b in ("（）", "《》", "“”", "〔〕"))
    )
