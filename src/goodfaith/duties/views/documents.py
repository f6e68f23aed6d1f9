"""Documents, proposals, names and links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodfaith.common.procedure import Step
from goodfaith.duties import linking
from goodfaith.duties.matching import Suggestion
from goodfaith.duties.procedures import PROCEDURES
from goodfaith.duties.shapes import Due, Named
from goodfaith.duties.views.events import EventView


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list. ``pending``: proposals that wait; ``duties``: adopted ones; ``overdue``: assignments."""

    id: int
    step: str
    title: str
    doc_no: str
    issuer: str
    signed: dt.date | None
    uploaded_at: dt.datetime
    uploaded_by_name: str
    ready_by_name: str
    adopted_at: dt.datetime | None
    adopted_by_name: str
    proposals: int
    pending: int
    duties: int

    @property
    def at_step(self) -> Step:
        """The step it stands at."""
        return PROCEDURES["document"].step(self.step)


@dataclass(frozen=True)
class ProposalView:
    """A proposal with its words' place in the document's text (half-open)."""

    id: UUID
    clause_id: UUID | None
    origin: str
    state: str
    reason: str
    plan: str
    chapter: str
    section: str
    number: str
    title: str
    text: str
    span: tuple[int, int]
    note: str
    note_span: tuple[int, int]
    mode: str
    due: Due
    disclosure: str
    open_ended: bool
    names: tuple[Named, ...]
    doubts: tuple[dict[str, Any], ...]

    @property
    def confirmed(self) -> bool:
        """Whether every name has been confirmed by a person."""
        return all(one.kind for one in self.names)


@dataclass(frozen=True)
class ClauseView:
    """A clause as it was read."""

    id: UUID
    place: int
    plan: str
    chapter: str
    section: str
    number: str
    title: str
    text: str
    span: tuple[int, int]
    assigned: bool


@dataclass(frozen=True)
class NameView:
    """A name of the document: what it stands for here, what was remembered, what is suggested."""

    full: str
    written: tuple[str, ...]
    kind: str
    units: tuple[str, ...]
    used: int
    """In how many proposals."""
    remembered: Suggestion | None
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True)
class RevisionView:
    """One act of review. ``undone``: whether a later one took it back."""

    id: int
    at: dt.datetime
    by_name: str
    act: str
    before: list[dict[str, Any]]
    after: list[dict[str, Any]]
    undone: bool


@dataclass(frozen=True)
class ReviewView:
    """A document with everything that its reviewer sees."""

    document: DocumentRow
    text: str
    reader: str
    addressees: tuple[str, ...]
    cites: tuple[dict[str, Any], ...]
    printed: dt.date | None
    doubts: tuple[dict[str, Any], ...]
    """About the whole document."""
    paper_id: UUID
    file_name: str
    sha256: str
    proposals: tuple[ProposalView, ...]
    clauses: tuple[ClauseView, ...]
    names: tuple[NameView, ...]
    revisions: tuple[RevisionView, ...]
    events: tuple[EventView, ...]
    reviewers: frozenset[str]
    """Accounts that may not adopt."""

    @property
    def can_undo(self) -> bool:
        """Whether there is an act to take back."""
        return any(not one.undone and one.act not in ("undo", "head") for one in self.revisions)


@dataclass(frozen=True)
class LinkView:
    """Two clauses that belong together, or may, with their differences."""

    id: int
    state: str
    likeness: float
    later: ClauseView
    earlier: ClauseView
    difference: linking.Difference


@dataclass(frozen=True)
class LinksView:
    """A later document beside an earlier one. ``only_later``, ``only_earlier``: clauses without a partner."""

    later: DocumentRow
    earlier: DocumentRow
    links: tuple[LinkView, ...]
    only_later: tuple[ClauseView, ...]
    only_earlier: tuple[ClauseView, ...]
