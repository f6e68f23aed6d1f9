"""Reading official documents into tasks: who, what, by when. Pure: no database, no clock."""

from goodfaith.duties.reading.document import read_document, read_text
from goodfaith.duties.reading.output import as_json
from goodfaith.duties.reading.shapes import Clause, Deadline, Document, Doubt, Header, Piece, Plan, Task, Units, Yearly

__all__ = [
    "Clause", "Deadline", "Document", "Doubt", "Header", "Piece", "Plan", "Task", "Units", "Yearly",
    "as_json", "read_document", "read_text",
]  # fmt: skip
