"""How many duties wait for an officer's own unit, for the first page of the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from goodfaith.common.acting import Acting
from goodfaith.common.clock import today as now_today
from goodfaith.duties import who
from goodfaith.duties.queries.rows import fetched

COUNTS = """
    SELECT count(*) FILTER (WHERE s.unit = %(unit)s AND s.step <> 'reported' AND s.due_on < %(today)s),
           count(*) FILTER (WHERE s.unit = %(unit)s),
           count(*) FILTER (WHERE s.unit = %(unit)s AND s.step = 'assigned'),
           count(*) FILTER (WHERE s.step = 'reported'),
           min(s.due_on) FILTER (WHERE s.unit = %(unit)s AND s.step <> 'reported')
    FROM duties_standing(%(today)s) s WHERE s.closed_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the own unit: ``running`` in all, of these ``overdue`` and ``unconfirmed``, the ``next_due`` day of what is
    not reported. ``to_review``: reports of all units that wait for the office."""

    overdue: int
    running: int
    unconfirmed: int
    to_review: int
    next_due: dt.date | None


def own(acting: Acting, today: dt.date | None = None) -> Counts:
    """For the unit of a reader of the ledger."""
    who.reader(acting)
    return Counts(*fetched(COUNTS, {"unit": acting.unit, "today": today or now_today()})[0])
