"""What the desk's first page says about intake: what is due, what waits, why rows were refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from goodfaith.common import clock
from goodfaith.intake import quality
from goodfaith.intake.models import Delivery
from goodfaith.intake.quality import PERIODS, Quality, Window

OPEN = ("received", "mapped", "checking", "checked", "committing", "failed")
WAITING = ("mapped", "checked", "failed")
"""States in which a delivery waits for its clerk."""
SOON = 3
"""Working days before the day it is due from which a report is called urgent."""


def _last_working_day(first: dt.date, end: dt.date) -> dt.date:
    """The last working day in [first, end); the first one after it when there is none inside."""
    days = (end - dt.timedelta(days=n) for n in range(1, (end - first).days + 1))
    return next((day for day in days if clock.is_working_day(day)), clock.add_working_days(end, 1))


def _month(number: int) -> dt.date:
    """The first day of the month that has this number (years times twelve, January nought)."""
    return dt.date(number // 12, number % 12 + 1, 1)


def due_on(cycle: str, last: dt.date | None, today: dt.date) -> dt.date | None:
    """The working day by which the next report is due; None for items reported when something changes.

    A period of the update cycle wants one report: the next is due by the last working day of the period after
    the one of the ``last`` report, or of today's period when there was none yet.
    """
    if cycle not in PERIODS:
        return None
    if cycle == "daily":
        return clock.add_working_days(last, 1) if last else clock.add_working_days(today - dt.timedelta(days=1), 1)
    if cycle == "weekly":
        day = last + dt.timedelta(days=7) if last else today
        monday = day - dt.timedelta(days=day.weekday())
        return _last_working_day(monday, monday + dt.timedelta(days=7))
    months, day = PERIODS[cycle], last or today
    period = (day.year * 12 + day.month - 1) // months + (last is not None)
    return _last_working_day(_month(period * months), _month((period + 1) * months))


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit has to report: the item, its update cycle, the last report and the day the next is due."""

    unit: str
    item: str
    cycle: str
    last: dt.date | None
    due: dt.date | None

    def state(self, today: dt.date) -> str:
        """on_change (no fixed day), never (no report yet), late, soon or in_time."""
        if self.due is None:
            return "on_change"
        if self.due < today:
            return "late"
        if self.last is None:
            return "never"
        return "soon" if clock.working_days_between(today, self.due) <= SOON else "in_time"


DUTIES = """
    SELECT u.unit_id, u.item_code, i.update_cycle, max(d.report_on)
    FROM parties_unititem u
    JOIN law_item i ON i.code = u.item_code AND i.withdrawn_at IS NULL
    JOIN parties_unit p ON p.code = u.unit_id AND p.active
    LEFT JOIN intake_delivery d ON d.unit_id = u.unit_id AND d.item_id = u.item_code AND d.state = 'committed'
    WHERE %(unit)s::text IS NULL OR u.unit_id = %(unit)s
    GROUP BY 1, 2, 3
"""


def duties(today: dt.date, unit: str | None = None) -> list[Duty]:
    """What this unit (every unit: None) has to report, the most urgent first, items without a day last."""
    with connection.cursor() as cursor:
        cursor.execute(DUTIES, {"unit": unit})
        rows = cursor.fetchall()
    found = [Duty(code, item, cycle, last, due_on(cycle, last, today)) for code, item, cycle, last in rows]
    return sorted(found, key=lambda d: (d.due is None, d.due or today, d.unit, d.item))


def silent_units(found: Iterable[Duty]) -> list[str]:
    """Units that owe a regular report and never sent one of any item."""
    owing: dict[str, list[Duty]] = {}
    for duty in found:
        owing.setdefault(duty.unit, []).append(duty)
    return sorted(
        unit
        for unit, listed in owing.items()
        if all(d.last is None for d in listed) and any(d.due for d in listed)
    )


def waiting(unit: str | None = None, limit: int = 8) -> tuple[dict[str, int], list[Delivery]]:
    """How many deliveries are in each unfinished state, and those that wait for the clerk, oldest first."""
    found = Delivery.objects.filter(state__in=OPEN)
    if unit:
        found = found.filter(unit=unit)
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    rows = found.filter(state__in=WAITING).select_related("unit", "item").order_by("created_at")[:limit]
    return counts, list(rows)


def newest(limit: int = 8) -> list[Delivery]:
    """The newest deliveries of all units."""
    return list(Delivery.objects.select_related("unit", "item").order_by("-created_at", "-pk")[:limit])


@dataclass(frozen=True, slots=True)
class Reason:
    """A refusal code, how many findings it made, and the item in which it made most of them."""

    code: str
    count: int
    item: str


REASONS = """
    SELECT r.code, sum(r.n)::bigint, (array_agg(r.item ORDER BY r.n DESC, r.item))[1]
    FROM (SELECT c.key AS code, d.item_id AS item, sum(c.value::bigint) AS n
          FROM intake_delivery d, jsonb_each_text(d.summary->'codes') c
          WHERE d.state IN ('committed', 'checked') AND d.report_on >= %(first)s AND d.report_on < %(end)s
            AND (%(unit)s::text IS NULL OR d.unit_id = %(unit)s) AND jsonb_typeof(d.summary->'codes') = 'object'
          GROUP BY 1, 2) r
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %(limit)s
"""


def reasons(window: Window, unit: str | None = None, limit: int = 3) -> list[Reason]:
    """Why most rows were refused in the window, from the deliveries' own counts."""
    with connection.cursor() as cursor:
        cursor.execute(REASONS, {"first": window.first, "end": window.end, "unit": unit, "limit": limit})
        return [Reason(*row) for row in cursor.fetchall()]


BY_UNIT_AND_MONTH = f"""
    SELECT d.unit_id, to_char(date_trunc('month', d.report_on), 'YYYY-MM'), {quality.COUNTS}
    FROM intake_delivery d
    WHERE d.state = 'committed' AND d.report_on >= %(first)s AND d.report_on < %(end)s
    GROUP BY 1, 2
"""  # noqa: S608 - constants only


def by_unit_and_month(window: Window) -> dict[tuple[str, str], Quality]:
    """(unit, "2026-03") → the figures of that month, where something was taken in."""
    with connection.cursor() as cursor:
        cursor.execute(BY_UNIT_AND_MONTH, {"first": window.first, "end": window.end})
        return {(row[0], row[1]): Quality(row[0], "", *map(int, row[2:])) for row in cursor.fetchall()}
