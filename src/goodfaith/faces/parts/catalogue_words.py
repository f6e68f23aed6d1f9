"""Codes of the catalogue in words, for every face."""

from __future__ import annotations

from django.utils.translation import gettext as _


def subject_name(kind: str) -> str:
    """A kind of subject."""
    return {"person": _("自然人"), "organisation": _("法人和其他组织")}.get(kind, kind)


def polarity_name(code: str) -> str:
    """What a record means for its subject."""
    return {"positive": _("守信激励"), "neutral": _("一般记录"), "negative": _("不利记录")}.get(code, code)


def disclosure_name(code: str) -> str:
    """Who may see it."""
    return {"open": _("公开"), "on_request": _("依申请公开"), "shared": _("政务共享"), "closed": _("不公开")}[code]


def cycle_name(code: str) -> str:
    """How soon the source unit reports."""
    return {
        "within_7_working_days": _("作出后7个工作日内"),
        "within_20_working_days": _("作出后20个工作日内"),
        "daily": _("每日"),
        "weekly": _("每周"),
        "monthly": _("每月"),
        "quarterly": _("每季度"),
        "yearly": _("每年"),
        "on_change": _("变化时"),
    }.get(code, code)
