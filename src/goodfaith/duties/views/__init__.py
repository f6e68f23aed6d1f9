"""What the queries of this room hand out. Frozen; states and lateness as of the day that was asked for."""

from goodfaith.duties.views.assessment import EntryView, ObjectionView, RoundView, ScoreView
from goodfaith.duties.views.campaigns import CampaignView, MaterialView
from goodfaith.duties.views.documents import (
    ClauseView,
    DocumentRow,
    LinksView,
    LinkView,
    NameView,
    ProposalView,
    ReviewView,
    RevisionView,
)
from goodfaith.duties.views.events import EventView
from goodfaith.duties.views.ledger import (
    AssignmentRow,
    ChangeView,
    DutyView,
    EvidenceView,
    LineView,
    NoticeRow,
    NoticeView,
    QuestionView,
    ReminderView,
    WorkStepView,
)
from goodfaith.duties.views.public import PublicAssignment, PublicDocument, PublicDuty, PublicQuestion
from goodfaith.duties.views.reports import DocumentFigures, Report, UnitFigures
from goodfaith.duties.views.supervision import BUCKETS, MatrixRow, TimelinePoint

__all__ = [
    "BUCKETS",
    "AssignmentRow",
    "CampaignView",
    "ChangeView",
    "ClauseView",
    "DocumentFigures",
    "DocumentRow",
    "DutyView",
    "EntryView",
    "EventView",
    "EvidenceView",
    "LineView",
    "LinkView",
    "LinksView",
    "MaterialView",
    "MatrixRow",
    "NameView",
    "NoticeRow",
    "NoticeView",
    "ObjectionView",
    "ProposalView",
    "PublicAssignment",
    "PublicDocument",
    "PublicDuty",
    "PublicQuestion",
    "QuestionView",
    "ReminderView",
    "Report",
    "ReviewView",
    "RevisionView",
    "RoundView",
    "ScoreView",
    "TimelinePoint",
    "UnitFigures",
    "WorkStepView",
]
