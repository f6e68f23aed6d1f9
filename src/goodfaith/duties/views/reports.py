"""The half-yearly and yearly report."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from goodfaith.duties.views.assessment import RoundView
from goodfaith.duties.views.campaigns import CampaignView
from goodfaith.duties.views.ledger import AssignmentRow, ChangeView, NoticeRow
from goodfaith.duties.views.supervision import TimelinePoint


@dataclass(frozen=True)
class UnitFigures:
    """A unit's line in a report over a period."""

    unit: str | None
    unit_name: str
    due: int
    in_time: int
    late: int
    overdue: int
    running: int
    notices: int
    notices_unanswered: int
    questions: int
    questions_late: int

    @property
    def in_time_share(self) -> float | None:
        """Done in time, of those due; None when none was due."""
        return self.in_time / self.due if self.due else None


@dataclass(frozen=True)
class DocumentFigures:
    """A document's line in a report."""

    id: int
    title: str
    doc_no: str
    duties: int
    accepted: int
    running: int
    overdue: int


@dataclass(frozen=True)
class Report:
    """A half-yearly or yearly report: sentences and tables, all counted from the rows as of ``today``."""

    since: dt.date
    until: dt.date
    today: dt.date
    documents: tuple[DocumentFigures, ...]
    units: tuple[UnitFigures, ...]
    timeline: tuple[TimelinePoint, ...]
    overdue: tuple[AssignmentRow, ...]
    done: tuple[AssignmentRow, ...]
    notices: tuple[NoticeRow, ...]
    changes: tuple[ChangeView, ...]
    rounds: tuple[RoundView, ...]
    campaigns: tuple[CampaignView, ...]
    sentences: tuple[str, ...]
