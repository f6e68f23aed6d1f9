"""Data quality by source unit and item: accuracy and timeliness count, volume does not.

Everything is computed set-wise from the deliveries' own counts in one window of months; nothing about a
person is read. A share is None when there is nothing to measure, so an idle unit is not called perfect.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

WEIGHTS = {"validity": 35, "timeliness": 35, "completeness": 20, "reporting": 10}
"""Points of the overall mark. Volume has none."""
PERIODS = {
    "within_7_working_days": 1,
    "within_20_working_days": 1,
    "daily": 1,
    "weekly": 1,
    "monthly": 1,
    "quarterly": 3,
    "yearly": 12,
}
"""Months in which at least one delivery is due; items not named here are reported when something changes."""


@dataclass(frozen=True)
class Window:
    """Half-open in months: ``first`` is the first day of a month, ``end`` the first day after the window."""

    first: dt.date
    end: dt.date

    @property
    def months(self) -> int:
        """How many months it spans."""
        return (self.end.year - self.first.year) * 12 + self.end.month - self.first.month


def last_months(today: dt.date, count: int) -> Window:
    """The ``count`` months that end with the month before ``today``'s, and today's month so far."""
    first = today.year * 12 + today.month - 1 - count
    end = today.year * 12 + today.month
    return Window(dt.date(first // 12, first % 12 + 1, 1), dt.date(end // 12, end % 12 + 1, 1))


def share(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` between 0 and 1; None when there is nothing."""
    return part / whole if whole else None


@dataclass(frozen=True)
class Quality:
    """The counts of one unit and item (or month) in the window, and the shares made of them."""

    unit: str
    item: str
    deliveries: int = 0
    rows: int = 0
    good: int = 0
    refused: int = 0
    repeated: int = 0
    late: int = 0
    added: int = 0
    revised: int = 0
    filled: int = 0
    cells: int = 0
    expected: int = 0
    reported: int = 0

    @property
    def validity(self) -> float | None:
        """Rows that passed every check, of those that came in."""
        return share(self.rows - self.refused, self.rows)

    @property
    def completeness(self) -> float | None:
        """Filled cells of all cells of the form, in the rows that came in."""
        return share(self.filled, self.cells)

    @property
    def timeliness(self) -> float | None:
        """Good rows that came within the limit of the item's update cycle."""
        return share(self.good - self.late, self.good)

    @property
    def reporting(self) -> float | None:
        """Periods with a report, of those in which one was due."""
        return share(min(self.reported, self.expected), self.expected)

    @property
    def missed(self) -> int:
        """Periods in which a report was due and none came."""
        return max(0, self.expected - self.reported)

    @property
    def repetition(self) -> float | None:
        """Rows delivered twice, of those that came in."""
        return share(self.repeated, self.rows)

    @property
    def correction(self) -> float | None:
        """Facts that had to be delivered anew with other content, of all that were taken in."""
        return share(self.revised, self.added + self.revised)

    @property
    def mark(self) -> float | None:
        """0–100, the weighted mean of the shares that can be measured; None when nothing can."""
        parts = [(weight, getattr(self, name)) for name, weight in WEIGHTS.items()]
        known = [(weight, value) for weight, value in parts if value is not None]
        total = sum(weight for weight, _ in known)
        return 100 * sum(weight * value for weight, value in known) / total if total and self.rows else None


COUNTS = """
    count(*), coalesce(sum(d.rows), 0), coalesce(sum(d.good), 0), coalesce(sum(d.refused), 0),
    coalesce(sum(d.repeated), 0), coalesce(sum(d.late), 0), coalesce(sum(d.added), 0), coalesce(sum(d.revised), 0),
    coalesce(sum((SELECT sum(v::bigint) FROM jsonb_each_text(d.summary->'filled') f(k, v))), 0),
    coalesce(sum(d.rows * (SELECT count(*) FROM jsonb_object_keys(d.summary->'filled'))), 0)
"""
BY_UNIT_AND_ITEM = f"""
    SELECT d.unit_id, d.item_id, {COUNTS},
           count(DISTINCT (extract(year FROM d.report_on)::int * 12 + extract(month FROM d.report_on)::int - 1)
                          / greatest(coalesce((%(periods)s::jsonb->>i.update_cycle)::int, 1), 1))
    FROM intake_delivery d JOIN law_item i ON i.code = d.item_id
    WHERE d.state = 'committed' AND d.report_on >= %(first)s AND d.report_on < %(end)s
    GROUP BY 1, 2
"""  # noqa: S608 (constants only)
BY_MONTH = f"""
    SELECT to_char(date_trunc('month', d.report_on), 'YYYY-MM'), '', {COUNTS}, 0
    FROM intake_delivery d
    WHERE d.state = 'committed' AND d.report_on >= %(first)s AND d.report_on < %(end)s
      AND (%(unit)s::text IS NULL OR d.unit_id = %(unit)s)
    GROUP BY 1 ORDER BY 1
"""  # noqa: S608 (constants only)
DUTIES = """
    SELECT u.unit_id, u.item_code, i.update_cycle
    FROM parties_unititem u JOIN law_item i ON i.code = u.item_code AND i.withdrawn_at IS NULL
    JOIN parties_unit p ON p.code = u.unit_id AND p.active
"""


def _rows(statement: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def _quality(row: tuple[Any, ...], expected: int) -> Quality:
    unit, item, *counts, reported = row
    return Quality(unit, item, *(*map(int, counts), expected, int(reported)))


def by_unit_and_item(window: Window, unit: str | None = None) -> list[Quality]:
    """One row for each unit and item it reports, also where nothing came in the window."""
    import json

    duties = {(row[0], row[1]): row[2] for row in _rows(DUTIES, {})}
    due = {key: window.months // PERIODS[cycle] if cycle in PERIODS else 0 for key, cycle in duties.items()}
    parameters = {"first": window.first, "end": window.end, "periods": json.dumps(PERIODS)}
    measured = {(row[0], row[1]): row for row in _rows(BY_UNIT_AND_ITEM, parameters)}
    silent = [Quality(*key, expected=due[key]) for key in due.keys() - measured.keys() if due[key]]
    found = [_quality(row, due.get(key, 0)) for key, row in measured.items()]
    return sorted((q for q in found + silent if unit in (None, q.unit)), key=lambda q: (q.unit, q.item))


def by_month(window: Window, unit: str | None = None) -> list[Quality]:
    """One row for each month (in ``unit``: "2026-03") in which something was taken in."""
    parameters: dict[str, Any] = {"first": window.first, "end": window.end, "unit": unit}
    return [_quality(row, 0) for row in _rows(BY_MONTH, parameters)]


def total(parts: Iterable[Quality], unit: str = "", item: str = "") -> Quality:
    """The sum of several rows. Reports of one item do not make up for missed periods of another."""
    listed = [replace(q, reported=min(q.reported, q.expected)) for q in parts]
    names = [n for n in Quality.__dataclass_fields__ if n not in ("unit", "item")]
    return Quality(unit, item, **{name: sum(getattr(q, name) for q in listed) for name in names})


def by_unit(rows: Iterable[Quality]) -> list[Quality]:
    """One row for each unit, best mark first; those without a mark last."""
    units: dict[str, list[Quality]] = {}
    for row in rows:
        units.setdefault(row.unit, []).append(row)
    summed = [total(parts, unit) for unit, parts in units.items()]
    return sorted(summed, key=lambda q: (q.mark is None, -(q.mark or 0), q.unit))
