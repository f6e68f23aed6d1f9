"""What a government website says above a document: ``索引号：…``, ``发文机关：…``, ``成文日期：…``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from goodfaith.duties.reading.page import traditional

HEAD = 1500
"""Characters within which the block stands."""
_NAMES = {
    "title": "标题|名称|文件名称|文件标题|信息名称|公文名称",
    "doc_no": "发文字号|文号|文件编号|发文文号|公文文号|文件字号|发文号",
    "issuer": "发文机关|发布机构|发文单位|制发机关|发布单位|发布机关|制定机关|公开责任部门|公开机构|"
    "信息来源|发文机构|发文部门|制发单位",
    "signed": "成文日期|成文时间|签发日期|发文日期|发文时间|印发日期",
    "other": "索引号|信息索引号|公开类别|信息公开类别|类别|索取号|公开编号|主题分类|信息分类|信息类别|组配分类|"
    "主题词|关键词|内容概述|内容摘要|服务对象|分类|栏目|所属栏目|信息栏目|公开目录|"
    "公开方式|公开范围|公开日期|公开时间|公开时限|公开类别|公开属性|公开形式|公开程序|发布日期|发布时间|更新日期|更新时间|生成日期|生效日期|生效时间|施行日期|"
    "实施日期|废止日期|废止时间|失效日期|失效时间|有效期|有效性|是否有效|效力|效力状态|效力级别|文件状态|文件有效性|文件类别|文件类型|体裁分类|体裁|统一编号|"
    "统一登记号|规范性文件编号|规范性文件统一编号|规范性文件登记号|登记号|备案号|政策咨询机关|政策咨询电话|公文种类|载体类型|信息格式|语种|页数|来源|文章来源|稿源|"
    "浏览次数|浏览量|浏览|阅读次数|阅读量|阅读|点击数|点击量|点击率|点击次数|访问量|访问次数|字体|字号|字体大小|时效性|时效|解读链接|作者|责任编辑|编辑|发布人|责编",
}
_SURE = re.compile(
    "(?:信息)?索引号|索取号|(?:主题|信息|组配|体裁)分类|发文字号|发文机关|发布机构|发文单位|制发机关|发布机关|制定机关|成文日期|成文时间|发文日期|发布日期|发布时间|公开日期|公开方式|"
    "(?:信息)?公开类别|公开属性|公开形式|公开时限|公开范围|生成日期|生效日期|实施日期|废止日期|失效日期|有效性|效力状态|文件状态|文件有效性|服务对象|公文种类|文件编号|内容概述|统一登记号|规范性文件统一编号|主题词|关键词|信息来源"
)
"""Names of fields that no sentence begins with; they need no colon."""
_FIELD = re.compile("(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _NAMES.items()) + r")[：:]")
_CELLS = re.compile(rf"[|\s]*(?:{_SURE.pattern})[ \t\u3000\xa0|]+[^\s|]")
_CELL_NAME = re.compile(rf"(?<![^\s|])({_SURE.pattern})(?=[ \t\u3000\xa0|]+[^\s|：:])")
_LONGEST_VALUE = 60
_PLAIN = re.compile(
    r"[\w/〔〕\[\]-]*\d[\w/〔〕\[\]-]*号?|有效|无|其他|是|否|"
    r"(?:主动|依申请|不予|全文|部分|长期|常年)公开|(?:面向|向)?(?:全)?社会(?:公开)?|通知|意见"
)
_TOPICS = re.compile(
    r"(?!.*(?:关于|印发|转发))[\u4e00-\u9fff]{1,8}(?:[、/>＞-]{1,2}[\u4e00-\u9fff]{1,8}(?<![府室厅局委案知见法]))+"
)
"""``农业、林业、水利``: what a document is filed under; no title begins so."""
_SPACE = re.compile(r"[ \t\u3000\xa0|]+")
_BEGINS = re.compile(
    r"[\s|【\[•·]*(?:信息|文件|公文|政策|公开|规范性文件)?" + "(?:" + "|".join(_NAMES.values()) + r")[：:]"
)


def is_line(line: str) -> bool:
    """Whether a stripped line is of such a block."""
    if len(line) >= 200 or line.endswith("。"):
        return False
    line = traditional.simplified(line)
    return _BEGINS.match(_SPACE.sub("", line)) is not None or _without_colon(line) is not None


def _without_colon(line: str) -> re.Match[str] | None:
    """``索引号    000014349/2017-00112``: the name in its own cell of a table."""
    return _CELLS.match(line)


def values_below(lines: Sequence[str]) -> dict[int, str]:
    """Line → name, where a name stands above its value: ``发文机关：`` / ``云海市人民政府``, one after the other.

    ``lines``: stripped ones of the document's head. The last value may be the title, so another name must follow.
    """
    named = {number: found[0] for number, line in enumerate(lines) if (found := _alone(line))}
    return {
        number + 1: name
        for number, name in named.items()
        if number + 1 < len(lines) and number + 1 not in named and len(lines[number + 1]) < _LONGEST_VALUE
        and (number + 2 in named or _PLAIN.fullmatch(lines[number + 1]) or _filed_under(name, lines[number + 1]))
    }  # fmt: skip


def _filed_under(name: str, value: str) -> bool:
    return name.endswith(("分类", "主题词", "关键词")) and _TOPICS.fullmatch(_SPACE.sub("", value)) is not None


def _alone(line: str) -> re.Match[str] | None:
    words = _SPACE.sub("", traditional.simplified(line)).rstrip("：:")
    return _SURE.fullmatch(words)


def fields(text: str) -> dict[str, str]:
    """``doc_no``, ``issuer``, ``signed``, ``title`` as far as the block at the head says them."""
    made: dict[str, str] = {}
    lines = [line.strip() for line in traditional.simplified(text[:HEAD]).split("\n") if line.strip()]
    below = values_below(lines)
    for number, line in enumerate(lines):
        line = f"{below[number]}：{line}" if number in below else line
        for name, value in _values(line) if is_line(line) else ():
            if value and name != "other":
                made.setdefault(name, value)
    return made


def _values(line: str) -> Iterator[tuple[str, str]]:
    dense = _SPACE.sub("", _CELL_NAME.sub(r"\1：", line))
    found = list(_FIELD.finditer(dense))
    for number, one in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(dense)
        yield str(one.lastgroup), dense[one.end() : end]
