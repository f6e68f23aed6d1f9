"""The words of official letters: dates, numbers, lists, and the sentences that several kinds share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.rights.letters.parts import Limit, RecordFacts

DIGITS = "〇一二三四五六七八九十"
STOPS = "。！？；：…"


def day(date: dt.date) -> str:
    """2026年11月27日."""
    return f"{date.year}年{date.month}月{date.day}日"


def letter_number(word: str, year: int, number: int) -> str:
    """``示例信复〔2026〕17号``, the year in hexagonal brackets, the number without zeros (GB/T 9704, 7.2.5)."""
    if not word.strip() or number < 1:
        raise Problem("letter_number", _("发文字号不完整。"), _("请填写机关代字，序号从 1 开始。"))
    return f"{word.strip()}〔{year}〕{number}号"


def numeral(number: int) -> str:
    """1 to 99 in Chinese, for headings."""
    tens, ones = divmod(number, 10)
    if number <= 10:
        return DIGITS[number]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def full(text: str) -> str:
    """The text as a sentence: with a full stop unless it has an end already."""
    text = text.strip()
    return text if text.rstrip("”’").endswith(tuple(STOPS)) else f"{text}。"


def listed(parts: Sequence[str]) -> str:
    """甲、乙、丙."""
    return "、".join(part.strip() for part in parts)


def until(limit: Limit) -> str:
    """七个工作日内（2026年12月8日前，含当日）."""
    return f"{limit.words}内（最迟{day(limit.last_day)}）"


def about(record: RecordFacts) -> str:
    """The record in half a sentence."""
    whose = f"{record.subject}的" if record.subject else ""
    return f"{whose}“{record.item}”信息（{record.authority}{day(record.decided_on)}作出，文号：{record.document_no}）"
