"""A list of units taken apart: at its commas, but not inside a collective name; and whether it is left open."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodfaith.duties.reading.note.names import AREA_TAIL, BARE_AREA, SHORT_HEAD, SHORT_TAILS, is_unit
from goodfaith.duties.reading.shapes import Span

_OPEN = re.compile(
    r"(?<![高初中平优同何])等(?:其他|其它|有关|相关|市级|市直|省直|省级|州直|州级|县直|区直|县级|区级|各|多个|多|相应|业务|涉及|行业|主管|"
    r"职能|成员|责任|监管|主责|配合|省市|国家|国务院|中央|\d+个|[二两三四五六七八九十]+个|家)*(?:部门和单位|部门及单位|部门、单位|单位和部门|部门单位|"
    r"部门|单位|地区|机构|部委|厅局|委办局|县区|方面|企业|地|负责同志|[\u4e00-\u9fff]{0,6}(?:组织|团体|机关|院校|高校|学校|协会|商会|银行|机构|媒体|公司|国企|企业|街道|乡镇|园区))?(?:(?=$|[、，；])|以及|[和及与])"
)
_AND = re.compile(r"以及|[和及与]")
_BEFORE_AND = re.compile(
    r".*(?:委|局|厅|办|部|院|署|室|府|行|中心|公司|委员会|办公室|支队|单位|部门|区|市|县|州|地|校|关|联|会|旗|镇|街道|社|台)(?:（[^）]*）)?$"
)
_NO_SPLIT_BEFORE = re.compile(r"(?:.*(?:社会|经济社会|全社会|城市|城区|社区|地区|党政|内部))$")
_NO_SPLIT_AFTER = re.compile(r"(?:单位|部门|(?:人民)?政府$|党委$|社会|其(?!他)|城乡|信息化局|经济|区域)")
_LEADING = re.compile(
    r"(?:(?:以上|上述|前述|此|该|本)(?:各)?(?:项|条)?(?:工作|任务|措施|事项|内容)?)?(?:并|均|分别|原则上|具体|主要|统一)*由|请|以(?!上)"
)
_FIELDS_OF = re.compile(r".+(?:主管|管理|监管|相关|有关|执法|监督|审批|职能)(?:部门|单位|机构)")
"""``政务诚信建设、行政审批制度改革主管部门``: the fields before belong to it."""
_GLUED = re.compile(
    r"(?<=[委局厅办部院会室府行联])(?=(?:省|市|州|县|区|自治区)(?!场|容)|各|人民银行|人行|中国|国家|国网)"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """``names`` as they are written, with their places; ``open``: the list ends in “等”."""

    names: tuple[str, ...]
    places: tuple[Span, ...]
    open: bool


def masked(words: str) -> str:
    """The words with everything in brackets blotted out, letter by letter."""
    if "（" not in words and "〔" not in words:
        return words
    letters, depth = [], 0
    for letter in words:
        depth += letter in "（〔"
        letters.append("□" if depth else letter)
        depth -= letter in "）〕" and depth > 0
    return "".join(letters)


def listed(words: str, gaps: frozenset[int] = frozenset()) -> Listed:
    """Take a list apart. ``gaps``: places in ``words`` that white space stood before."""
    cover = _with_fields_whole(masked(words))
    ends = list(_OPEN.finditer(cover)) if "等" in cover else []
    for end in ends:
        cover = cover[: end.start()] + "、" * (end.end() - end.start()) + cover[end.end() :]
    spans = list(_joined(words, list(_parts(words, cover, gaps))))
    spans = [part for span in spans for part in _at_ands(words, cover, span)]
    kept = [_trimmed(words, span) for span in spans]
    kept = [(a, b) for a, b in kept if b > a]
    return Listed(tuple(words[a:b] for a, b in kept), tuple(kept), bool(ends))


_FIELDS = re.compile(
    r"(?:(?<=[，、；])|(?<=^))(?:[^、，；]{2,8}、)+[^、，；]{2,8}等(?:相关|有关|各|重点|多个)*(?:行业|领域)?(?:主管|监管|相关|有关|管理|执法)?"
    r"(?:部门和单位|部门|单位)(?=$|[、，；])"
)


def _with_fields_whole(cover: str) -> str:
    """``市场监管、住建等行业主管部门``: fields, not units; their commas part nothing."""
    if "等" not in cover or "、" not in cover:
        return cover
    for found in _FIELDS.finditer(cover):
        fields = re.split(r"[、等]", found[0])[:-1]
        if not any(is_unit(field) for field in fields):
            cover = cover[: found.start()] + "□" * len(found[0]) + cover[found.end() :]
    return cover


_COMMA = re.compile(r"[、，；/+ ]")


def _parts(words: str, cover: str, gaps: frozenset[int]) -> Iterator[Span]:
    cuts = [(found.start(), found.end()) for found in _COMMA.finditer(cover)]
    if gaps:
        cuts.extend((found.start(), found.start()) for found in _GLUED.finditer(words) if found.start() in gaps)
        cuts.sort()
    start = 0
    for end, after in cuts:
        yield start, end
        start = after
    yield start, len(words)


def _joined(words: str, spans: list[Span]) -> Iterator[Span]:
    """Put together again what an enumeration comma cut inside one name."""
    place = 0
    while place < len(spans):
        start, end = spans[place]
        while place + 1 < len(spans) and _one_name(words[start:end], words[slice(*spans[place + 1])]):
            place += 1
            end = spans[place][1]
        yield start, end
        place += 1


@functools.lru_cache(maxsize=8192)
def _one_name(before: str, after: str) -> bool:
    lead = _LEADING.match(before)
    before = before[lead.end() :] if lead else before
    last = before.rsplit("、", 1)[-1] if "、" in before else before
    if after in ("单位", "部门", "机构") or after.startswith("党委和"):
        return last.endswith(("部门", "单位", "机构"))
    if last.endswith(("党委", "党工委", "党（工）委")) and re.fullmatch(r"(?:人民)?政府|管委会|办事处|行政公署", after):
        return True
    if _SEATED.fullmatch(last) and (_SEATED_TAIL.fullmatch(after) or (last == "中央" and after in ("省", "市"))):
        return True
    if not is_unit(last) and not BARE_AREA.fullmatch(last) and len(last) > 3:
        return _FIELDS_OF.fullmatch(after) is not None or not is_unit(after)
    if len(last) > 1 and not last.endswith(("级", "直")) and re.match(r"[省市县区州盟旗](?:级(?!市)|直(?!辖))", after):
        return False
    if before.startswith("各") and (_below(last, after) or _are_lowest(last, after) or _are_areas(last, after)):
        return True
    if (BARE_AREA.fullmatch(last) or (last.endswith(("直", "级")) and len(last) < 4)) and AREA_TAIL.fullmatch(after):
        return before.startswith(("各", "全")) or len(last) == 1 or "（" in last or "、" in before
    return bool(SHORT_HEAD.fullmatch(last)) and SHORT_TAILS.fullmatch(after) is not None


_RANKS = {"省": 3, "市": 2, "州": 2, "盟": 2, "县": 1, "区": 1, "旗": 1, "乡": 0, "镇": 0}
_OFFICE_OF = re.compile(
    r"(?P<level>[市州盟县区旗乡镇])(?![^（）]*(?:人民政府|政府|管委会))[\u4e00-\u9fff]{2,8}(?:局|委|办|法院|检察院|中心|分行|支行)"
)


def _below(last: str, after: str) -> bool:
    """``各市、州税务局``, ``各市、县公安局``: offices of one kind; ``各县区、市财政局`` are two names."""
    area, office = last.removeprefix("各"), _OFFICE_OF.fullmatch(after)
    if len(area) != 1 or area not in _RANKS or office is None:
        return False
    return _RANKS[office["level"]] <= _RANKS[area]


_OF_STREETS = re.compile(r"(?:街道|园区|功能区|社区)(?:办事处|管委会|党工委)")
"""``各乡镇人民政府、街道办事处`` is one name."""
_OF_TOWNS = re.compile(r"(?:乡镇|乡|镇)(?:人民政府|政府|党委)")
_STREETS = re.compile(r"各[\u4e00-\u9fff（）]{0,4}(?:街道|园区|功能区|社区)(?:办事处|管委会|党工委)?")


def _are_lowest(last: str, after: str) -> bool:
    return bool(_OF_STREETS.fullmatch(after) or (_STREETS.fullmatch(last) and _OF_TOWNS.fullmatch(after)))


_OFFICE_OF_AREA = re.compile(r"各?(?:地区|地|盟|自治|州|市|县|（[^）]{1,8}）)*(?:行政公署|行署)")
_GOVERNMENT_OF_AREA = re.compile(
    r"各?(?:设区的?|省辖|地级|自治)?(?:州|市|县|区|旗)*(?:（[^）]{1,8}）)?(?:人民)?政府(?:（[^）]{1,8}）)?"
)
_AREAS_AFTER = re.compile(r"(?:(?:自治|地级|省辖|设区的?)?(?:州|市|县|旗|盟)|地区)")


def _are_areas(last: str, after: str) -> bool:
    """``各盟行政公署、市人民政府`` is one name: where districts have offices, their equals have governments."""
    if after.startswith("各"):
        return False
    if _OFFICE_OF_AREA.fullmatch(last):
        return bool(_GOVERNMENT_OF_AREA.fullmatch(after) or _AREAS_AFTER.fullmatch(after))
    return bool(_GOVERNMENT_OF_AREA.fullmatch(last) and _OFFICE_OF_AREA.fullmatch(after))


_SEATED = re.compile(r"(?:中央|国家|中|中省|[省市县区州](?:级|直|属)?)")
_SEATED_TAIL = re.compile(
    r"(?:中央|[省市县区州盟旗](?:级|直|属)?)?、?驻.{0,4}?(?:各|有关|相关)*(?:部门|单位|机构|企业)"
)
"""``中央、省驻江有关单位`` is one name."""


def _at_ands(words: str, cover: str, span: Span) -> Iterator[Span]:
    """``A、B和C``: a conjunction parts two names when both sides are names (``发展和改革委员会`` is one)."""
    start, end = span
    for found in _AND.finditer(cover, start, end):
        left, right = words[start : found.start()], words[found.end() : end]
        if _parts_names(left, right):
            yield start, found.start()
            start = found.end()
    yield start, end


def _parts_names(left: str, right: str) -> bool:
    if not left or not _BEFORE_AND.match(left) or _NO_SPLIT_BEFORE.match(left):
        return False
    if left.startswith("各") and _are_areas(left, right):
        return False
    return is_unit(right) and not _NO_SPLIT_AFTER.match(right)


def _trimmed(words: str, span: Span) -> Span:
    start, end = span
    lead = _LEADING.match(words, start, end)
    if lead and end - lead.end() > 1:
        start = lead.end()
    while end > start and words[end - 1] in "。；，、：":
        end -= 1
    return start, end
