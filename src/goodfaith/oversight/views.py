"""The shapes in which the auditor's readings come: no name, number or id of a subject in any of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Raw = dict[str, Any]


def moment(text: str | None) -> dt.datetime | None:
    """A moment as PostgreSQL's JSON writes it."""
    return dt.datetime.fromisoformat(text) if text else None


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


@dataclass(frozen=True)
class EntryLine:
    """One entry. ``subject`` is the stand-in of the subject, the same wherever the same subject was looked at."""

    id: int
    at: dt.datetime
    actor_kind: str
    actor_id: str
    actor_name: str
    unit: str | None
    subject_kind: str | None
    subject: str | None
    purpose: str
    matter: str | None
    case_no: str | None
    items: list[str] | None
    outcome: str
    refusal: str | None
    records: int
    consents: list[str] | None
    shown_from: dt.date | None


def entry(raw: Raw) -> EntryLine:
    """An entry from its JSON."""
    hidden = raw["shown_from"]
    return EntryLine(**raw | {"at": _at(raw["at"]), "shown_from": dt.date.fromisoformat(hidden) if hidden else None})


@dataclass(frozen=True)
class Count:
    """Entries of one purpose and outcome: today, in the last 7 and in the last 30 days."""

    purpose: str
    outcome: str
    day: int
    week: int
    month: int


@dataclass(frozen=True)
class OpenComplaint:
    """A complaint that waits for its answer."""

    id: UUID
    entry_id: int
    made_at: dt.datetime
    due_on: dt.date


@dataclass(frozen=True)
class Overview:
    """The auditor's first page in figures."""

    counts: list[Count]
    complaints: list[OpenComplaint]
    open_complaints: int
    pending_reviews: int
    open_misuse: int


def overview(raw: Raw) -> Overview:
    """From its JSON."""
    waiting = [
        OpenComplaint(UUID(c["id"]), c["entry"], _at(c["made_at"]), dt.date.fromisoformat(c["due_on"]))
        for c in raw["complaints"]
    ]
    return Overview(
        [Count(**count) for count in raw["counts"]], waiting, raw["open_complaints"], raw["pending_reviews"],
        raw["open_misuse"],
    )  # fmt: skip


@dataclass(frozen=True)
class FindingView:
    """A finding of one rule: whose looks on which day (the last), how many, which entries, and whether taken up."""

    rule: str
    actor_kind: str
    actor: str
    actor_name: str
    unit: str
    day: dt.date
    n: int
    facts: Raw
    entries: list[int]
    taken_up: bool


@dataclass(frozen=True)
class Findings:
    """The findings shown, how many there are in all, and how many by rule."""

    rows: list[FindingView]
    total: int
    by_rule: dict[str, int]


def findings(raw: Raw) -> Findings:
    """From their JSON."""
    rows = [FindingView(**row | {"day": dt.date.fromisoformat(row["day"])}) for row in raw["rows"]]
    return Findings(rows, raw["total"], raw["by_rule"])


@dataclass(frozen=True)
class DrawView:
    """A sample for review. ``until`` is the first moment no longer in the period."""

    id: UUID
    at: dt.datetime
    drawn_by_name: str
    how: str
    seed: str
    since: dt.datetime
    until: dt.datetime
    unit: str | None
    rule: str | None
    asked: int
    population: int
    last_entry: int
    closed_at: dt.datetime | None
    count: int
    pending: int
    misuse: int


def draw(raw: Raw) -> DrawView:
    """From its JSON."""
    plain = ("drawn_by_name", "how", "seed", "unit", "rule", "asked", "population", "last_entry", "count",
             "pending", "misuse")  # fmt: skip
    return DrawView(
        id=UUID(raw["id"]), at=_at(raw["at"]), since=_at(raw["since"]), until=_at(raw["until"]),
        closed_at=moment(raw["closed_at"]), **{name: raw[name] for name in plain},
    )  # fmt: skip


@dataclass(frozen=True)
class ReviewView:
    """One entry under review, decided or pending; ``misuse``: the case that was opened from it."""

    id: UUID
    place: int
    outcome: str
    note: str
    decided_by_name: str
    decided_at: dt.datetime | None
    entry: EntryLine
    misuse: UUID | None


def review(raw: Raw) -> ReviewView:
    """From its JSON."""
    return ReviewView(
        UUID(raw["id"]), raw["place"], raw["outcome"], raw["note"], raw["decided_by_name"], moment(raw["decided_at"]),
        entry(raw["entry"]), UUID(raw["misuse"]) if raw["misuse"] else None,
    )  # fmt: skip


@dataclass(frozen=True)
class ComplaintLine:
    """A complaint in the inbox; ``text`` and ``answer`` only where one complaint is opened."""

    id: UUID
    made_at: dt.datetime
    due_on: dt.date
    state: str
    finding: str | None
    answered_at: dt.datetime | None
    answered_by_name: str
    entry: EntryLine
    text: str = ""
    answer: str = ""
    misuse: UUID | None = None


def complaint(raw: Raw, **texts: Any) -> ComplaintLine:
    """From its JSON."""
    return ComplaintLine(
        UUID(raw["id"]), _at(raw["made_at"]), dt.date.fromisoformat(raw["due_on"]), raw["state"], raw["finding"],
        moment(raw["answered_at"]), raw["answered_by_name"], entry(raw["entry"]),
        misuse=UUID(raw["misuse"]) if raw.get("misuse") else None, **texts,
    )  # fmt: skip


@dataclass(frozen=True)
class MisuseView:
    """A case of misuse: whose look it is about, what was found, what was done, how it ended."""

    id: UUID
    entry_id: int
    unit: str | None
    actor_kind: str
    actor_name: str
    what: str
    measures: str
    state: str
    finding: str | None
    opened_by_name: str
    opened_at: dt.datetime
    closed_by_name: str
    closed_at: dt.datetime | None
    review_id: UUID | None
    complaint_id: UUID | None


def misuse(raw: Raw) -> MisuseView:
    """From its JSON."""
    plain = ("entry_id", "unit", "actor_kind", "actor_name", "what", "measures", "state", "finding", "opened_by_name",
             "closed_by_name")  # fmt: skip
    return MisuseView(
        id=UUID(raw["id"]), opened_at=_at(raw["opened_at"]), closed_at=moment(raw["closed_at"]),
        review_id=_id(raw["review_id"]), complaint_id=_id(raw["complaint_id"]), **{name: raw[name] for name in plain},
    )  # fmt: skip
