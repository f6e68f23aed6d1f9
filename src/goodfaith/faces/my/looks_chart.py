"""How often others looked, month by month."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.faces.my.looking import REFUSED
from goodfaith.faces.parts.charts import Chart, Series
from goodfaith.gate.handles import EntryView

MONTHS = 12
Month = tuple[int, int]


def first_day(today: dt.date) -> dt.date:
    """The first day of the first month on the chart."""
    months = today.year * 12 + today.month - MONTHS
    return dt.date(months // 12, months % 12 + 1, 1)


def chart(entries: Iterable[EntryView], today: dt.date) -> Chart | None:
    """How often others asked in each of the last twelve months, refusals counted too; None when nobody did."""
    listed = [entry for entry in entries if entry.outcome != "done"]
    if not listed:
        return None
    months = _months(today)
    counts = Counter(_month(entry) for entry in listed)
    refused = sum(entry.outcome in REFUSED for entry in listed)
    says = _("最近十二个月，别人查询过 %(all)s 次，其中 %(refused)s 次被拒绝。")
    return Chart(
        "looks-by-month",
        _("每月查询次数"),
        says % {"all": len(listed), "refused": refused},
        "bars",
        [f"{year}-{month:02}" for year, month in months],
        [Series(_("查询"), [counts[month] for month in months])],
        size="low",
        x_name=_("月份"),
    )


def _months(today: dt.date) -> list[Month]:
    first = first_day(today)
    numbers = (first.year * 12 + first.month - 1 + n for n in range(MONTHS))
    return [(number // 12, number % 12 + 1) for number in numbers]


def _month(entry: EntryView) -> Month:
    local = entry.at.astimezone(clock.CHINA)
    return local.year, local.month
