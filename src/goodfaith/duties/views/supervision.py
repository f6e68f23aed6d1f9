"""Matrix and timeline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

BUCKETS = ("assigned", "confirmed", "in_progress", "reported", "returned", "overdue", "accepted", "ended")
"""The columns of the matrix: the steps, with what is overdue in a column of its own."""


@dataclass(frozen=True)
class MatrixRow:
    """A unit's assignments by bucket (:data:`BUCKETS`). What is overdue stands there and not under its step."""

    unit: str | None
    unit_name: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class TimelinePoint:
    """A month (its first day): assignments due in it, of these done in time, done late, overdue, still to come."""

    month: dt.date
    due: int
    in_time: int
    late: int
    overdue: int
    to_come: int
