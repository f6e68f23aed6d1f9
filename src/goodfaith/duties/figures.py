"""The closed list of what the platform measures of a unit. Each value comes with what it was made of.

A value is a share of 0–1; None where there was nothing to measure, so that an idle unit is not called perfect.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, get_args

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from goodfaith.common.problems import Problem
from goodfaith.intake import quality
from goodfaith.law.governing import Figure
from goodfaith.law.models import Item
from goodfaith.rights import queries as rights

NAMES: dict[str, str] = {
    "double_publicity_timeliness": _n("双公示及时率"),
    "reporting_timeliness": _n("信息报送及时率"),
    "reporting_validity": _n("信息报送合规率"),
    "reporting_completeness": _n("信息完整率"),
    "reporting_regularity": _n("按周期报送率"),
    "objections_in_time": _n("异议按期办结率"),
    "recalls_confirmed": _n("撤回通知确认率"),
    "duties_in_time": _n("任务按期完成率"),
    "questions_in_time": _n("咨询按期答复率"),
}
CODES: tuple[str, ...] = get_args(Figure)


@dataclass(frozen=True)
class Measured:
    """``value``: 0–1 or None; ``inputs``: the counts it was made of, and ids where there are."""

    value: float | None = None
    inputs: dict[str, Any] = field(default_factory=dict)


Measure = dict[str, Measured]
"""By unit."""


def name(code: str) -> str:
    """In the reader's language."""
    return _(NAMES[code])


def check_window(code: str, since: dt.date, until: dt.date) -> None:
    """Problem when the figure is not one of the list, or the period is empty. ``until``: first day no longer in it."""
    if code not in NAMES:
        raise Problem("figure_unknown", _("平台没有这个数字。"), _("请从列出的数字中选择。"))
    if since >= until:
        raise Problem("window_empty", _("统计期间没有写对。"), _("结束日期应当晚于开始日期。"))


def measure(code: str, unit: str, since: dt.date, until: dt.date, today: dt.date) -> Measured:
    """One figure of one unit, now."""
    return measure_all(code, since, until, today).get(unit, Measured())


def measure_all(code: str, since: dt.date, until: dt.date, today: dt.date) -> Measure:
    """One figure of all units that have something to measure."""
    check_window(code, since, until)
    return MEASURES[code](since, until, today)


# -- reporting -------------------------------------------------------------------------------------------
def _reporting(share: str, part: str, whole: str, only_double: bool = False) -> Callable[..., Measure]:
    def found(since: dt.date, until: dt.date, today: dt.date) -> Measure:
        rows: Iterable[quality.Quality] = quality.by_unit_and_item(quality.Window(since, until))
        if only_double:
            double = set(Item.objects.filter(double_publicity=True).values_list("code", flat=True))
            rows = [row for row in rows if row.item in double]
        return {one.unit: _quality(one, share, part, whole) for one in quality.by_unit(rows)}

    return found


def _quality(one: quality.Quality, share: str, part: str, whole: str) -> Measured:
    return Measured(
        getattr(one, share), {part: getattr(one, part), whole: getattr(one, whole), "deliveries": one.deliveries}
    )


# -- rights ----------------------------------------------------------------------------------------------
def _objections(since: dt.date, until: dt.date, today: dt.date) -> Measure:
    counts: dict[str, list[int]] = {}
    for row in rights.figures(since, until):
        if row.procedure == "objection" and row.unit and row.outcome not in (None, "withdrawn", "discarded"):
            sums = counts.setdefault(row.unit, [0, 0])
            sums[0], sums[1] = sums[0] + row.n, sums[1] + row.late
    return {
        unit: Measured(quality.share(n - late, n), {"closed": n, "late": late}) for unit, (n, late) in counts.items()
    }


def _recalls(since: dt.date, until: dt.date, today: dt.date) -> Measure:
    return {
        row.unit: Measured(quality.share(row.confirmed, row.n), {"notices": row.n, "confirmed": row.confirmed})
        for row in rights.recall_figures(since, until)
    }


# -- duties ----------------------------------------------------------------------------------------------
IN_TIME = """
    SELECT s.unit, count(*), count(*) FILTER (WHERE
        (SELECT (e.at AT TIME ZONE 'Asia/Shanghai')::date FROM duties_event e
         WHERE e.procedure = 'assignment' AND e.object_id = s.id::text AND e.act = 'report'
         ORDER BY e.id DESC LIMIT 1) <= s.due_on AND s.step = 'accepted'),
        array_agg(d.number || CASE WHEN s.period = '' THEN '' ELSE '/' || s.period END
                  ORDER BY d.document_id, d.place, s.period)
    FROM duties_standing(%(today)s) s JOIN duties_duty d ON d.id = s.duty_id
    WHERE s.unit IS NOT NULL AND s.step <> 'ended' AND s.due_on >= %(since)s AND s.due_on < least(%(until)s, %(today)s)
    GROUP BY s.unit
"""
ANSWERED = """
    SELECT q.unit_id, count(*), count(*) FILTER (WHERE (q.answered_at AT TIME ZONE 'Asia/Shanghai')::date <= q.due_on)
    FROM duties_question q
    WHERE q.unit_id IS NOT NULL AND q.step <> 'withdrawn' AND q.due_on >= %(since)s AND q.due_on < %(until)s
      AND (q.step = 'answered' OR q.due_on < %(today)s)
    GROUP BY q.unit_id
"""


def _rows(statement: str, since: dt.date, until: dt.date, today: dt.date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"since": since, "until": until, "today": today})
        return list(cursor.fetchall())


def _duties(since: dt.date, until: dt.date, today: dt.date) -> Measure:
    """Of the assignments whose due day lies in the period and is past: those accepted, reported on or before it."""
    return {
        unit: Measured(quality.share(done, n), {"due": n, "in_time": done, "duties": list(numbers)})
        for unit, n, done, numbers in _rows(IN_TIME, since, until, today)
    }


def _questions(since: dt.date, until: dt.date, today: dt.date) -> Measure:
    return {
        unit: Measured(quality.share(done, n), {"questions": n, "in_time": done})
        for unit, n, done in _rows(ANSWERED, since, until, today)
    }


MEASURES: dict[str, Callable[[dt.date, dt.date, dt.date], Measure]] = {
    "double_publicity_timeliness": _reporting("timeliness", "late", "good", only_double=True),
    "reporting_timeliness": _reporting("timeliness", "late", "good"),
    "reporting_validity": _reporting("validity", "refused", "rows"),
    "reporting_completeness": _reporting("completeness", "filled", "cells"),
    "reporting_regularity": _reporting("reporting", "reported", "expected"),
    "objections_in_time": _objections,
    "recalls_confirmed": _recalls,
    "duties_in_time": _duties,
    "questions_in_time": _questions,
}
