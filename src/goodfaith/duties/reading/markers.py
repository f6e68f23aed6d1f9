"""The numbers that official documents put before chapters, sections and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goodfaith.duties.reading.numerals import number

_NUMERALS = "一二三四五六七八九十百"
_CN = f"[{_NUMERALS}]{{1,4}}"
_MEASURE = r"[\d.%万亿千百元个家项名户吨件次米公平立年天小]|人(?![才民社工力])"
"""After a decimal number; ``11.121人才项目`` is the eleventh."""
_YEAR = r"(?:19|20)\d\d年"
"""A title may begin with one: ``二、2022年底前完成的任务``."""
_SHAPES = (
    ("chapter", rf"第(?P<chapter>{_CN})[章编]"),
    ("section", rf"第(?P<section>{_CN})节"),
    ("任务一", rf"(?:重点|主要|具体|专项)?(?:任务|行动|工程)(?P<named>{_CN}(?=[：、.])|\d{{1,2}}(?=：))[：、.]"),
    ("任务一", rf"(?:存在|反馈)?问题(?P<problem>{_CN}|\d{{1,2}})："),
    ("item", rf"第(?P<item>{_CN}|\d{{1,2}})项(?!工作|任务|规定|内容|措施|所[列述]|[至到的、和及，。）])[：.]?"),
    ("article", rf"第(?P<article>{_CN}|\d{{1,3}})条(?![^。]{{0,6}}规定)"),
    ("一", rf"(?<![{_NUMERALS}第])(?P<cn>{_CN})(?:[、.](?!\d)|、(?={_YEAR}))"),
    ("（一）", rf"（(?P<paren>{_CN})）"),
    ("（一）", r"(?P<paren_glyph>[㈠-㈩])"),
    (
        "1.1",
        r"(?<![\d.])\d{1,2}\.(?P<second>\d{1,2})[.、]?(?![\d.%个天倍万亿元分年月日级版]|小时|公里|平方|立方|平米|工作日)",
    ),
    ("1.1", r"（\d{1,2}\.(?P<second_in_brackets>\d{1,2})）"),
    (
        "1",
        rf"(?<![\d.、—~-])(?P<arabic>\d{{1,3}})(?:[.、](?!\d)|[.、](?={_YEAR}|5G)|\.(?=123\d\d|"
        rf"\d{{3,5}}(?!{_MEASURE})[\u4e00-\u9fff]))",
    ),
    ("1", r"(?P<arabic_stop>[⒈-⒛])"),
    ("（1）", r"（(?P<arabic_paren>\d{1,3})）"),
    ("（1）", r"(?P<arabic_glyph>[⑴-⒇])"),
    ("①", r"(?P<circled>[①-⑳])"),
    ("1）", r"(?<![\d.（])(?P<half>\d{1,2})）"),
)
_BEGINS = rf"(?=[第重主具专任行工存反问（{_NUMERALS}\d㈠-㈩⒈-⒛⑴-⒇①-⑳])"
"""Letters that a marker begins with: most places of a text are passed by on that alone."""
_MARKER = re.compile(_BEGINS + "(?:" + "|".join(shape for _, shape in _SHAPES) + ")")
_KIND = dict(zip(_MARKER.groupindex, (kind for kind, _ in _SHAPES), strict=True))


@dataclass(frozen=True, slots=True)
class Marker:
    """``kind``: the form, as in ``（一）``; ``end``: where the words after it begin."""

    kind: str
    number: int
    start: int
    end: int
    label: str


def find(dense: str) -> Iterator[Marker]:
    """All that looks like a marker, in order; which of them are is for the outline to say."""
    for found in _MARKER.finditer(dense):
        name = str(found.lastgroup)
        value = number(found[name])
        if value:
            yield Marker(_KIND[name], value, found.start(), found.end(), _label(_KIND[name], found[0], value))


def _label(kind: str, words: str, value: int) -> str:
    if "⒈" <= words <= "⒛":
        return str(value)
    if kind in ("一", "1", "1.1", "任务一", "item"):
        return words.rstrip("、.：")
    return f"（{value}）" if words in "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇" else words
