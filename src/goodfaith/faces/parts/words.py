"""Names and values as a reader sees them: in the reader's language, dates written out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodfaith.common import clock


class Named(Protocol):
    """Anything of the catalogue that is named in both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def in_english() -> bool:
    """Whether the reader chose English."""
    return (get_language() or "").startswith("en")


def named(names: Named) -> str:
    """The name in the reader's language."""
    return names.en if in_english() else names.zh


def day(value: dt.date | None) -> str:
    """2026年3月5日, or 5 March 2026; a dash when there is none."""
    if value is None:
        return "—"
    if in_english():
        return f"{value.day} {value:%B} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def listed(parts: Iterable[str]) -> str:
    """Words in a row, joined the way the reader's language joins them."""
    return _("、").join(parts)


def labelled(label: object, value: object) -> str:
    """A label and its value on one line."""
    return _("%(label)s：%(value)s") % {"label": label, "value": value}


def aside(value: object) -> str:
    """A word in brackets, to follow another."""
    return _("（%(text)s）") % {"text": value}


def moment(value: dt.datetime | None) -> str:
    """The day and the minute, in China's time."""
    if value is None:
        return "—"
    local = value.astimezone(clock.CHINA)
    return f"{day(local.date())} {local:%H:%M}"


def bounds(period: Any) -> tuple[dt.date | None, dt.date | None] | None:
    """(first day, last day) of a half-open range, psycopg's or the gate's; None when it holds no day."""
    if period is None or getattr(period, "isempty", False) or getattr(period, "is_empty", False):
        return None
    first = period.lower if hasattr(period, "lower") else period.start
    end = period.upper if hasattr(period, "upper") else period.end
    return first, end - dt.timedelta(days=1) if end else None


def until(last: dt.date | None) -> str:
    """The last day of display, or that no day is fixed."""
    return day(last) if last else _("没有固定期限，至公示事由消失时止")


def shown_until(period: Any) -> str:
    """Until when something is shown, from its half-open display range."""
    found = bounds(period)
    return until(found[1]) if found else _("不向社会公开")


def span(period: Any) -> str:
    """First and last day of a half-open range."""
    found = bounds(period)
    if not found or found == (None, None):
        return "—"
    first, last = found
    return _("%(first)s 至 %(last)s") % {
        "first": day(first) if first else _("不限"),
        "last": day(last) if last else _("长期"),
    }


def number_kind(code: str) -> str:
    """The name of a kind of identifier."""
    return {
        "id_number": _("公民身份号码"),
        "passport": _("护照"),
        "hk_macao_permit": _("港澳居民来往内地通行证"),
        "taiwan_permit": _("台湾居民来往大陆通行证"),
        "foreign_permanent_residence": _("外国人永久居留身份证"),
        "uscc": _("统一社会信用代码"),
        "registration_no": _("工商注册号"),
        "organisation_code": _("组织机构代码"),
        "tax_no": _("税务登记号"),
        "institution_no": _("事业单位证书号"),
        "social_no": _("社会组织登记证号"),
    }.get(code, code)
