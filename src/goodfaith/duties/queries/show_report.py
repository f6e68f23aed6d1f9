"""What the half-yearly and yearly report says beside its figures: recurring duties, what was done, what comes next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodfaith.common.acting import Acting
from goodfaith.common.clock import today as now_today
from goodfaith.duties import views
from goodfaith.duties.queries import campaigns, reporting, rows

NEXT_MONTHS = 6
SAID = """
    SELECT DISTINCT ON (e.object_id) e.object_id, e.text FROM duties_event e
    WHERE e.procedure = 'assignment' AND e.act = 'report' AND e.object_id = ANY (%(keys)s)
    ORDER BY e.object_id, e.id DESC
"""


@dataclass(frozen=True)
class WholeReport:
    """``figures``: counted by :func:`.reporting.report`; ``said``: the accepted report by assignment; ``recurring``:
    yearly instances due in it; ``upcoming`` and ``upcoming_campaigns``: due and held in the half year after it."""

    figures: views.Report
    said: dict[UUID, str]
    recurring: tuple[views.AssignmentRow, ...]
    upcoming: tuple[views.AssignmentRow, ...]
    upcoming_campaigns: tuple[views.CampaignView, ...]
    upcoming_until: dt.date
    """The first day after that half year."""


def months_after(day: dt.date, months: int) -> dt.date:
    """The first of a month so many months later."""
    n = day.year * 12 + day.month - 1 + months
    return dt.date(n // 12, n % 12 + 1, 1)


def whole_report(acting: Acting, since: dt.date, until: dt.date, today: dt.date | None = None) -> WholeReport:
    """The report over [since, until), whole. For officers who read the ledger."""
    today = today or now_today()
    figures = reporting.report(acting, since, until, today)
    after = months_after(until, NEXT_MONTHS)
    return WholeReport(
        figures, _said(figures.done),
        _due(today, since, until, "d.due_kind = 'yearly'"),
        _due(today, until, after, "s.closed_at IS NULL"),
        tuple(one for year in range(until.year, after.year + 1) for one in campaigns.calendar_of(year, today)
              if until <= one.first < after and one.state != "cancelled"),
        after,
    )  # fmt: skip


def _due(today: dt.date, since: dt.date, until: dt.date, which: str) -> tuple[views.AssignmentRow, ...]:
    """Assignments whose day lies in [since, until), by day. ``which``: a constant of this module."""
    where = f"s.due_on >= %(since)s AND s.due_on < %(until)s AND s.step <> 'ended' AND {which}"
    given: dict[str, Any] = {"since": since, "until": until}
    return tuple(rows.standing(today, where, " ORDER BY s.due_on, s.document_id, d.place, s.line", **given))


def _said(done: tuple[views.AssignmentRow, ...]) -> dict[UUID, str]:
    """The words of the last report of each assignment that was accepted."""
    found = rows.fetched(SAID, {"keys": [str(one.id) for one in done]})
    return {UUID(key): text for key, text in found}
