"""The only readers of this room for others. Officers' queries take ``acting`` and refuse who may not read; those that
begin with ``public`` and ``campaign_feed`` read the schema ``open`` only."""

from goodfaith.duties.queries.asking import my_questions, unit_questions
from goodfaith.duties.queries.assessment import published_rounds, round_of, rounds, schemes
from goodfaith.duties.queries.campaigns import calendar, campaign
from goodfaith.duties.queries.documents import documents, earlier_documents, links, registry, review
from goodfaith.duties.queries.ledger import File, UnitBoard, board, changes, duties, duty, file
from goodfaith.duties.queries.public import (
    campaign_feed,
    public_document,
    public_documents,
    public_duty,
    public_material,
    public_questions,
)
from goodfaith.duties.queries.reporting import report, unit_figures
from goodfaith.duties.queries.supervision import matrix, notice, notices, timeline

__all__ = [
    "File", "UnitBoard", "board", "calendar", "campaign", "campaign_feed", "changes", "documents", "duties", "duty",
    "earlier_documents", "file", "links", "matrix", "my_questions", "notice", "notices", "public_document",
    "public_documents", "public_duty", "public_material", "public_questions", "published_rounds", "registry", "report",
    "review", "round_of", "rounds", "schemes", "timeline", "unit_figures", "unit_questions",
]  # fmt: skip
