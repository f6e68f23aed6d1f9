"""The figures about rights as the public sees them: added up by procedure and by unit. Counts only.

Asked of the database at most once a minute for each period: cases change all day, and a page may be asked for often.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass

from goodfaith.common import clock
from goodfaith.faces.public.rights_periods import Period
from goodfaith.faces.public.rights_words import group_of
from goodfaith.rights import desk_queries, queries
from goodfaith.rights.desk_queries import UnitFigure
from goodfaith.rights.queries import Figure, RecallFigure

KEPT_SECONDS, MOST_KEPT = 60, 8
_kept: dict[tuple[dt.date, dt.date], tuple[float, Figures]] = {}


@dataclass(frozen=True)
class Figures:
    """All figures of a period and the moment they were counted."""

    cases: tuple[Figure, ...]
    units: tuple[UnitFigure, ...]
    recalls: tuple[RecallFigure, ...]
    at: dt.datetime


def of(period: Period) -> Figures:
    """The figures of a period, at most a minute old."""
    key, now = (period.since, period.until), time.monotonic()
    at, found = _kept.get(key, (float("-inf"), None))
    if found is None or now - at > KEPT_SECONDS:
        found = _counted(*key)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = now, found
    return found


def _counted(since: dt.date, until: dt.date) -> Figures:
    cases, units = queries.figures(since, until), desk_queries.unit_figures(since, until)
    return Figures(tuple(cases), tuple(units), tuple(queries.recall_figures(since, until)), clock.now())


def forget() -> None:
    """Count anew at the next request."""
    _kept.clear()


@dataclass(frozen=True, slots=True)
class Sum:
    """Cases added up. ``longest``: calendar days of the slowest that is over; None: none is."""

    n: int
    open: int
    closed: int
    late: int
    overdue: int
    longest: int | None
    by_group: dict[str, int]


def added(rows: Iterable[Figure]) -> Sum:
    """Rows added up; medians cannot be, they stand in the single rows."""
    found = list(rows)
    by_group: dict[str, int] = {}
    for row in found:
        by_group[group_of(row.outcome)] = by_group.get(group_of(row.outcome), 0) + row.n
    total, still = sum(row.n for row in found), by_group.get("open", 0)
    days = [row.days_longest for row in found if row.outcome is not None and row.days_longest is not None]
    return Sum(
        total, still, total - still, sum(row.late for row in found), sum(row.overdue for row in found),
        max(days, default=None), by_group,
    )  # fmt: skip


def confirming(found: Figures) -> list[UnitFigure]:
    """Units with objections to their records, those that stand out first, then by how many were filed."""
    objections = [one for one in found.units if one.procedure == "objection" and one.unit is not None]
    return sorted(objections, key=lambda one: (not one.stands_out, -one.n, one.unit or ""))
