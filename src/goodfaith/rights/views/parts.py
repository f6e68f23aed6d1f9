"""What a case is made of: clocks, events, texts and papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodfaith.common import crypto
from goodfaith.common.procedure import Event
from goodfaith.law.procedures import Limit
from goodfaith.rights import clocks
from goodfaith.rights.views.reading import day, moment, sure_moment


@dataclass(frozen=True)
class ClockView:
    """A legal limit in a case. ``why``: one sentence why this limit and no other."""

    name: str
    limit: Limit
    why: str
    started_on: dt.date
    due_on: dt.date
    stopped_on: dt.date | None
    suspended_on: dt.date | None
    pauses: tuple[clocks.Pause, ...]
    extended_on: dt.date | None
    unit: str | None
    escalated_at: dt.datetime | None

    @property
    def running(self) -> bool:
        """Whether it has not been stopped; it may stand still."""
        return self.stopped_on is None

    @property
    def clock(self) -> clocks.Clock:
        """The clock as :mod:`.clocks` computes with it."""
        extended = clocks.Extended(self.extended_on, "-") if self.extended_on else None
        return clocks.Clock(self.limit, self.started_on, self.pauses, extended)

    def state(self, today: dt.date) -> clocks.State:
        """How it stands on that day."""
        return clocks.state(self.clock, today)


@dataclass(frozen=True, kw_only=True)
class EventView(Event):
    """One act. ``told``: whether the subject was told of it; ``entry_id``: its place in the ledger."""

    told: bool
    entry_id: int


@dataclass(frozen=True)
class TextView:
    """Words in a case. ``text`` None: erased by order of law."""

    id: UUID
    part: str
    text: str | None
    for_subject: bool
    at: dt.datetime
    by_kind: str
    event_id: int | None


@dataclass(frozen=True)
class PaperView:
    """A paper in a case; its bytes come by :func:`.queries.paper`."""

    id: UUID
    name: str
    media: str
    bytes: int
    for_subject: bool
    at: dt.datetime
    by_kind: str


def _pause(raw: dict[str, Any]) -> clocks.Pause:
    return clocks.Pause(raw["reason"], dt.date.fromisoformat(raw["start"]), day(raw.get("end")))


def clock(raw: dict[str, Any]) -> ClockView:
    """From its JSON."""
    return ClockView(
        name=raw["name"], limit=Limit.model_validate(raw["limit"]), why=raw["why"]["why"],
        started_on=dt.date.fromisoformat(raw["started_on"]), due_on=dt.date.fromisoformat(raw["due_on"]),
        stopped_on=day(raw["stopped_on"]), suspended_on=day(raw["suspended_on"]),
        pauses=tuple(_pause(each) for each in raw["pauses"]), extended_on=day(raw["extended_on"]), unit=raw["unit"],
        escalated_at=moment(raw["escalated_at"]),
    )  # fmt: skip


def event(raw: dict[str, Any]) -> EventView:
    """From its JSON."""
    plain = ("id", "act", "frm", "to", "actor_kind", "unit", "told", "entry_id", "facts")
    return EventView(
        at=sure_moment(raw["at"]), actor_name=raw.get("actor_name", ""), **{name: raw[name] for name in plain}
    )


def _words(text_id: UUID, part: str, sealed: bytes | None) -> str | None:
    return None if sealed is None else crypto.unseal_text(sealed, crypto.text_context(text_id, part))


def text(raw: dict[str, Any], sealed: bytes | None) -> TextView:
    """From its row."""
    key = UUID(raw["id"])
    return TextView(
        key,
        raw["part"],
        _words(key, "text", sealed),
        raw["for_subject"],
        sure_moment(raw["at"]),
        raw["by_kind"],
        raw["event_id"],
    )


def paper(raw: dict[str, Any], sealed: bytes | None) -> PaperView:
    """From its row."""
    key = UUID(raw["id"])
    name = _words(key, "name", sealed) or "—"
    return PaperView(key, name, raw["media"], raw["bytes"], raw["for_subject"], sure_moment(raw["at"]), raw["by_kind"])
