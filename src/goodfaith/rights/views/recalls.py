"""Recalls: the notice to a unit, and what the subject sees of all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodfaith.rights.views.reading import moment, sure_moment


@dataclass(frozen=True)
class NoticeView:
    """A recall notice to a unit. ``state``: waiting, confirmed, unconfirmed. ``entries``: the looks that gave it."""

    id: UUID
    recall_id: UUID
    unit: str
    reason: str
    effective_on: dt.date
    at: dt.datetime
    record_id: UUID
    item: str
    document_no: str | None
    authority: str | None
    decided_on: dt.date
    due_on: dt.date
    looks: int
    state: str
    done: str | None
    seen_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    confirmed_by: str
    reminders: int
    case_number: str | None
    entries: tuple[dict[str, Any], ...] = ()
    signed: str | None = None


def notice(raw: dict[str, Any]) -> NoticeView:
    """From ``rights.notice_facts``."""
    plain = (
        "unit",
        "reason",
        "item",
        "document_no",
        "authority",
        "looks",
        "state",
        "done",
        "confirmed_by",
        "reminders",
    )
    return NoticeView(
        id=UUID(raw["id"]), recall_id=UUID(raw["recall"]), record_id=UUID(raw["record"]), at=sure_moment(raw["at"]),
        effective_on=dt.date.fromisoformat(raw["effective_on"]), decided_on=dt.date.fromisoformat(raw["decided_on"]),
        due_on=dt.date.fromisoformat(raw["due_on"]), seen_at=moment(raw["seen_at"]),
        confirmed_at=moment(raw["confirmed_at"]), case_number=raw["case"], entries=tuple(raw.get("entries", ())),
        signed=raw.get("signed"), **{name: raw[name] for name in plain},
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One recipient, as the subject sees it."""

    unit: str
    looks: int
    due_on: dt.date
    state: str
    done: str | None
    seen_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    reminders: int


@dataclass(frozen=True)
class RecallView:
    """What became of a recall of one's own record: recipient by recipient."""

    record_id: UUID
    item: str
    reason: str
    effective_on: dt.date
    at: dt.datetime
    case_id: UUID | None
    told: tuple[Told, ...]


def recall(raw: dict[str, Any]) -> RecallView:
    """From ``rights.my_recalls``."""
    told = tuple(
        Told(one["unit"], one["looks"], dt.date.fromisoformat(one["due_on"]), one["state"], one["done"],
             moment(one["seen_at"]), moment(one["confirmed_at"]), one["reminders"])
        for one in raw["notices"]
    )  # fmt: skip
    return RecallView(
        UUID(raw["record"]), raw["item"], raw["reason"], dt.date.fromisoformat(raw["effective_on"]),
        sure_moment(raw["at"]), UUID(raw["case"]) if raw["case"] else None, told,
    )  # fmt: skip
