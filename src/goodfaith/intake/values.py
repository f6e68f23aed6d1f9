"""What one cell says: dates, amounts, numbers and years as clerks write them. Pure, one value at a time.

Each reader takes a cleaned text and returns ``(value, problem)``: the value in its one normal form (dates
as ``date``, amounts as a decimal text without trailing zeros) or None, and the stable code of what is
wrong or None. The checks call them once per distinct value of a batch.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation

LONG_TERM = dt.date(2099, 12, 31)
"""How the double-publicity form writes "without end"."""
LONG_TERM_WORDS = frozenset({"长期", "永久", "永久有效", "长期有效", "无固定期限", "无期限"})
EXCEL_EPOCH = dt.date(1899, 12, 30)
EXCEL_SERIALS = range(10_000, 73_051)
"""1927-05-18 to 2100-01-01; Excel counts the days from its epoch."""
FIRST_YEAR, LAST_YEAR = 1900, 2099
BLANK_WORDS = frozenset(
    {"无", "空", "暂无", "没有", "/", "\\", "-", "--", "—", "——", "N/A", "NA", "NULL", "n/a", "null"}
)
"""What clerks write into a cell that should be left blank."""
UNITS = {
    "元": Decimal(1),
    "圆": Decimal(1),
    "万元": Decimal(10_000),
    "万": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}

_SEPARATED = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]?\d{1,2}[:时].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?$")
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_HAN_DATE = re.compile(
    r"^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日$"
)
_AMOUNT = re.compile(
    r"^(?:人民币|RMB|CNY|[¥￥])?([+-]?\d[\d,]*(?:\.\d+)?|[+-]?\.\d+)(亿元|万元|万|元|圆)?(?:整|人民币)?$"
)
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_INTEGER = re.compile(r"^[+-]?\d+(?:\.0+)?$")
_YEAR = re.compile(r"^(\d{4})年?度?$")
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def narrow(text: str) -> str:
    """Full-width letters and digits made half-width, all white space removed."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _han_number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _HAN_DIGITS[text] if len(text) == 1 else 0
    return (_HAN_DIGITS.get(tens, 0) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0)


def _han_date(match: re.Match[str]) -> dt.date | None:
    year = int("".join(str(_HAN_DIGITS[c]) for c in match[1]))
    return _date(year, _han_number(match[2]), _han_number(match[3]))


def _plain_date(text: str) -> dt.date | None:
    """The date that ``text`` writes in any of the known forms, or None."""
    if match := _SEPARATED.match(text) or _COMPACT.match(text.replace(" ", "").replace(":", "")):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.match(text):
        serial = int(match[1])
        return EXCEL_EPOCH + dt.timedelta(days=serial) if serial in EXCEL_SERIALS else None
    if match := _HAN_DATE.match(text):
        return _han_date(match)
    return None


def read_date(text: str, *, long_term: bool = False) -> tuple[dt.date | None, str | None]:
    """A date; problems: placeholder, date_invalid, date_no_end (where "long term" has no meaning)."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    tight = text.replace(" ", "")
    if tight in LONG_TERM_WORDS or tight.startswith("9999"):
        return (LONG_TERM, None) if long_term else (None, "date_no_end")
    if tight in BLANK_WORDS:
        return None, "placeholder"
    day = _plain_date(text) or _plain_date(tight)
    if day is None:
        return None, "date_invalid"
    if day == LONG_TERM and not long_term:
        return None, "date_no_end"
    return day, None


def plain_decimal(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: ``0.5``, ``30000``."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def split_amount(text: str) -> tuple[Decimal, str] | None:
    """The number and the unit written after it ("" when none), or None when it is no amount."""
    match = _AMOUNT.match(narrow(text))
    if not match or ("," in match[1] and not _GROUPED.match(match[1])):
        return None
    try:
        return Decimal(match[1].replace(",", "")), match[2] or ""
    except InvalidOperation:
        return None


def read_decimal(
    text: str, *, unit: str | None = None, scale: int | None = None, header: str = ""
) -> tuple[str | None, str | None]:
    """An amount in ``unit``; ``header``: the unit that the column's header names, if it is another.

    Problems: placeholder, number_invalid, number_negative, amount_unit, too_many_decimals.

    A cell that carries another unit than the one asked is refused and not converted: whoever wrote 元 into
    a column of 万元 may have meant either, and only the decision can tell.
    """
    tight = narrow(text)
    if tight in BLANK_WORDS:
        return None, "placeholder"
    parts = split_amount(tight)
    if parts is None:
        return None, "number_invalid"
    number, written = parts
    written = written or (header if header in UNITS and number else "")
    if written and unit in UNITS and UNITS[written] != UNITS[unit]:
        return None, "amount_unit"
    if written and unit not in UNITS:
        return None, "number_invalid"
    if number < 0:
        return None, "number_negative"
    if scale is not None and number != round(number, scale):
        return None, "too_many_decimals"
    return plain_decimal(number), None


def read_integer(text: str) -> tuple[str | None, str | None]:
    """A whole number; problems: placeholder, number_invalid, number_negative."""
    tight = narrow(text)
    if tight in BLANK_WORDS:
        return None, "placeholder"
    if _GROUPED.match(tight):
        tight = tight.replace(",", "")
    if not _INTEGER.match(tight):
        return None, "number_invalid"
    value = int(tight.partition(".")[0])
    return (str(value), None) if value >= 0 else (None, "number_negative")


def read_year(text: str) -> tuple[str | None, str | None]:
    """A year of four digits; problems: placeholder, year_invalid."""
    tight = narrow(text)
    if tight in BLANK_WORDS:
        return None, "placeholder"
    match = _YEAR.match(tight)
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None, "year_invalid"
    return match[1], None


_IN_TEXT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(亿元|万元|元)")


def yuan_in_text(text: str) -> list[Decimal]:
    """All amounts that a sentence names, in 元: ``处以罚款5万元`` gives [50000]."""
    found = _IN_TEXT.findall(narrow(text))
    return [Decimal(number.replace(",", "")) * UNITS[unit] for number, unit in found]
