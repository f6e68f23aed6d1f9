"""What a government website says above a document: ``索引号：…``, ``发文机关：…``, ``成文日期：…``."""

from __future__ import annotations

import re
from collections.abc import Iterator

HEAD = 1500
"""Characters within which the block stands."""
_NAMES = {
    "title": r"标题|名称|文件名称|信息名称|公文名称",
    "doc_no": r"发文字号|文号|文件编号|发文文号|公文文号",
    "issuer": r"发文机关|发布机构|发文单位|制发机关|发布单位|发布机关|制定机关|公开责任部门|信息来源",
    "signed": r"成文日期|成文时间|签发日期",
    "other": "|".join(
        (
            *("索引号", "信息索引号", "主题分类", "信息分类", "组配分类", "主题词", "关键词", "内容概述", "服务对象"),
            *(
                "公开目录",
                "公开方式",
                "公开范围",
                "公开日期",
                "公开时限",
                "发布日期",
                "发布时间",
                "生成日期",
                "生效日期",
            ),
            *("实施日期", "废止日期", "失效日期", "有效性", "效力状态", "文件状态", "文件类别", "文件类型", "体裁分类"),
            *("体裁", "统一编号", "统一登记号", "规范性文件编号", "登记号", "政策咨询机关", "政策咨询电话", "公文种类"),
            *("载体类型", "来源", "浏览次数", "浏览量", "阅读次数", "点击数", "访问量", "字体", "字号", "字体大小"),
            *("时效性", "时效"),
        )
    ),
}
_FIELD = re.compile("(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _NAMES.items()) + r")[：:]")
_SPACE = re.compile(r"[ \t\u3000\xa0|]+")
_BEGINS = re.compile(r"[\s|【\[•·]*" + "(?:" + "|".join(_NAMES.values()) + r")[：:]")


def is_line(line: str) -> bool:
    """Whether a stripped line is of such a block."""
    return len(line) < 200 and _BEGINS.match(_SPACE.sub("", line)) is not None and not line.endswith("。")


def fields(text: str) -> dict[str, str]:
    """``doc_no``, ``issuer``, ``signed``, ``title`` as far as the block at the head says them."""
    made: dict[str, str] = {}
    for line in text[:HEAD].split("\n"):
        if is_line(line.strip()):
            for name, value in _values(line):
                if value and name != "other":
                    made.setdefault(name, value)
    return made


def _values(line: str) -> Iterator[tuple[str, str]]:
    dense = _SPACE.sub("", line)
    found = list(_FIELD.finditer(dense))
    for number, one in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(dense)
        yield str(one.lastgroup), dense[one.end() : end]
