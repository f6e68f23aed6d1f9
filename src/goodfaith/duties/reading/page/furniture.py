"""Lines of a page that are not the document's words: page numbers, rules, what a web page puts around a text."""

from __future__ import annotations

import re

from goodfaith.duties.reading.page import index

_DASHES = "-‐-―—−－_─·•~"
_PAGE = re.compile(
    rf"[{_DASHES}\s]*第\s*\d{{1,4}}\s*页\s*[/／,，]?\s*(?:共\s*\d{{1,4}}\s*页)?[{_DASHES}\s]*|\d{{1,4}}\s*/\s*\d{{1,4}}"
)
_DASHED = re.compile(rf"[{_DASHES}]\s*\d{{1,4}}\s*[{_DASHES}]")
_RULE = re.compile(r"[-－*_=~`—─＿﹍·.…\s]{3,}|★|■|●|…+|[（(]略[）)]")
_LETTER = re.compile(r"[\u4e00-\u9fff]")
"""Two far apart (``局 … 局``) are the last ones of cells that went on."""
_NARROW = 9
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*")
_WEB = re.compile(
    r"(?:【?(?:字体|字号)[：:].*|打印本页.*|关闭窗口.*|分享到.*|扫一扫.*|浏览次数[：:].*|来源[：:].{0,30}|"
    r"(?:发布|成文)(?:日期|时间)[：:]\s*[\d\-/年月日. :：]+|索\s*引\s*号[：:].*|责任编辑[：:].*|"
    r"(?:首页|当前位置)[：:>].*)"
)


def is_furniture(line: str, *, numbers: bool = True, at_head: bool = True) -> bool:
    """Whether a stripped line is furniture. ``numbers``: a bare number counts as a page number."""
    if at_head and index.is_line(line):
        return True
    if len(line) > 60:
        return bool(_PICTURE.fullmatch(line)) or (len(set(line)) < 3 and not _LETTER.search(line))
    if is_page_number(line):
        return numbers or not line.isdecimal()
    return any(shape.fullmatch(line) for shape in (_RULE, _PICTURE, _TABLE_RULE, _WEB))


def is_page_number(line: str) -> bool:
    """Whether a stripped line looks like one: ``— 3 —``, ``第3页``, a bare number."""
    if line.isdecimal():
        return len(line) < 4
    return _PAGE.fullmatch(line) is not None or _DASHED.fullmatch(line) is not None


def numbers_are_pages(text: str) -> bool:
    """Whether a line that is nothing but a number is a page's: not where a table counts its rows so, nor where
    lines are so short that a number is a piece of one."""
    if "序号" in text or _COUNTED.search(text):
        return False
    return lines_are_wide(text)


_COUNTED = re.compile(r"序\s+号|(?:^|\n)[ \u3000]*(?:编\s*号|项\s*次|序)[ \u3000]*\n")
"""The heading of a table's numbers; by other words than ``序号`` only where it has a line of its own."""


def lines_are_wide(text: str) -> bool:
    """Whether a line is usually more than a piece of a word or two."""
    lines = sorted(len(line) for line in text.split("\n") if line.strip())
    return bool(lines) and lines[len(lines) // 2] >= _NARROW
