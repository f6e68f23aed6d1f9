"""What this room stores. Official documents and what became of them; no row is about a person's record.

Rows that say what happened are append-only, adopted words never change, what is closed stays closed: triggers in
``sql/guards.sql`` hold it. Overdue is computed from dates and stored nowhere.
"""

from goodfaith.duties.models.asking import Question
from goodfaith.duties.models.assessing import Entry, Objection, Round, Score
from goodfaith.duties.models.campaigns import Campaign, Material
from goodfaith.duties.models.digests import Digest, DigestLetter, DigestReminder
from goodfaith.duties.models.documents import Clause, ClauseLink, Document, Paper, Proposal, Revision, UnitName
from goodfaith.duties.models.ledger import Assignment, Change, Duty, DutyUnit, Evidence, Reminder, WorkStep
from goodfaith.duties.models.procedure import Event, Transition
from goodfaith.duties.models.supervising import Notice

__all__ = [
    "Assignment", "Campaign", "Change", "Clause", "ClauseLink", "Digest", "DigestLetter", "DigestReminder",
    "Document", "Duty", "DutyUnit", "Entry", "Event",
    "Evidence", "Material", "Notice", "Objection", "Paper", "Proposal", "Question", "Reminder", "Revision", "Round",
    "Score", "Transition", "UnitName", "WorkStep",
]  # fmt: skip
