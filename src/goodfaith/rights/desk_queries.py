"""What only the desk reads: who would be told of a change, and the figures by unit."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection

from goodfaith.common.acting import Acting
from goodfaith.rights import calling

ENOUGH, NEARLY_ALL = 20, 0.95
"""A unit that decided at least so many objections and found so large a share of its records right stands out."""


def recipients(acting: Acting, case_id: UUID) -> list[str]:
    """Codes of the units that were given one of the case's records, without the officer's own; for who handles it."""
    return sorted(str(raw) for raw in calling.listed("recipients", acting, case_id))


@dataclass(frozen=True)
class UnitFigure:
    """The cases of one procedure about one unit's records, filed in a period. Days are calendar days.

    ``decided``: objections that ended with an answer to the matter; ``maintained``: those that found the record right.
    """

    procedure: str
    unit: str | None
    n: int
    open: int
    decided: int
    maintained: int
    days_median: float | None
    days_longest: int | None
    late: int
    overdue: int

    @property
    def share(self) -> float | None:
        """Which share of the decided objections was maintained."""
        return self.maintained / self.decided if self.decided else None

    @property
    def stands_out(self) -> bool:
        """Whether the unit confirms nearly everything."""
        return self.decided >= ENOUGH and (self.share or 0) >= NEARLY_ALL


def unit_figures(since: dt.date, until: dt.date) -> list[UnitFigure]:
    """For everybody; counts only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights.unit_figures(%s, %s)", [since, until])
        return [UnitFigure(*(*row[:6], _number(row[6]), *row[7:])) for row in cursor.fetchall()]


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
