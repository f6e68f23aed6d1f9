"""Lines and figures of the desk's first page, as its templates show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.faces.desk import quality_charts as charts
from goodfaith.faces.desk.work_words import delivery_tag, duty_tag, item_name, one_place, percent, short_unit
from goodfaith.faces.parts.catalogue_words import cycle_name
from goodfaith.intake import dashboard, quality
from goodfaith.intake.dashboard import Duty, Reason
from goodfaith.intake.messages import sentence
from goodfaith.intake.models import Delivery
from goodfaith.intake.quality import Quality

YEAR, QUARTER = 11, 2
"""Months before this one."""


def late(unit: str, count: int, duties: Iterable[Duty]) -> dict[str, Any]:
    """A unit with late reports: how many, and the oldest day that has passed."""
    first = min(d.due for d in duties if d.unit == unit and d.due)
    return {"unit": short_unit(unit), "count": count, "due": first}


def place(row: Quality) -> dict[str, str]:
    """A unit in the league."""
    return {
        "unit": short_unit(row.unit), "mark": one_place(row.mark), "validity": percent(row.validity),
        "timeliness": percent(row.timeliness), "missed": str(row.missed),
    }  # fmt: skip


def figures(today: dt.date, unit: str | None) -> dict[str, Any]:
    """This month's figures, the line of twelve months, and why rows were refused."""
    year = quality.last_months(today, YEAR)
    months = quality.by_month(year, unit)
    now = next((row for row in months if row.unit == f"{today:%Y-%m}"), Quality(f"{today:%Y-%m}", ""))
    return {
        "figures": [
            (_("本月入库行数"), f"{now.added + now.revised:,}", _("%(n)s 个批次") % {"n": now.deliveries}),
            (_("合格率"), percent(now.validity), _("不合格 %(n)s 行") % {"n": f"{now.refused:,}"}),
            (_("及时率"), percent(now.timeliness), _("超期 %(n)s 行") % {"n": f"{now.late:,}"}),
            (_("重复报送"), percent(now.repetition), _("%(n)s 行") % {"n": f"{now.repeated:,}"}),
        ],
        "trend": charts.trend(year, months, _("近 12 个月的合格率和及时率")),
        "reasons": [reason(one) for one in dashboard.reasons(quality.last_months(today, QUARTER), unit)],
        "unpublished": not clock.is_published(today),
    }


def reason(found: Reason) -> dict[str, Any]:
    """A refusal in the words that tell how to avoid it: what is wrong, then what to do (from 请 on)."""
    text = sentence(found.code, "该栏", limit="…", other="另一栏").removeprefix("“该栏”：").replace("“该栏”", "该栏")
    what, asks, how = text.partition("请")
    return {"what": what.rstrip("，。；"), "how": asks + how, "count": found.count, "item": item_name(found.item)}


def duty(one: Duty, today: dt.date) -> dict[str, Any]:
    """A duty with its clock."""
    word = duty_tag(one.state(today))[1]
    return {"item": item_name(one.item), "code": one.item, "cycle": cycle_name(one.cycle), "last": one.last,
            "due": one.due, "word": word}  # fmt: skip


def delivery(one: Delivery) -> dict[str, Any]:
    """A delivery as a line; its page is the wizard's business."""
    kind, word = delivery_tag(one.state)
    return {
        "unit": short_unit(one.unit_id), "item": item_name(one.item_id), "filename": one.filename, "at": one.created_at,
        "rows": one.rows, "refused": one.refused, "kind": kind, "word": word,
        "url": reverse("desk:delivery", args=[one.pk]),
    }  # fmt: skip
