"""What the room hands out: cases with their events, clocks, texts and papers; notices of recalls."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from goodfaith.common import crypto
from goodfaith.common.procedure import Act, Procedure, Step
from goodfaith.gate.handles import FileHandle
from goodfaith.gate.opening import Row
from goodfaith.law.procedures import Limit
from goodfaith.rights import clocks
from goodfaith.rights.procedures import PROCEDURES


def moment(text: str | None) -> dt.datetime | None:
    """A moment from its JSON."""
    return dt.datetime.fromisoformat(text) if text else None


def day(text: str | None) -> dt.date | None:
    """A day from its JSON."""
    return dt.date.fromisoformat(text) if text else None


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def text_context(text_id: UUID, part: str) -> bytes:
    """What a text or a paper (``part``: text, name, file) is bound to."""
    return f"{text_id.hex}/{part}".encode()


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


@dataclass(frozen=True)
class EventView:
    """One act. ``actor_name`` is empty for the subject's side."""

    id: int
    at: dt.datetime
    act: str
    frm: str
    to: str
    actor_kind: str
    actor_name: str
    unit: str | None
    told: bool
    entry_id: int
    facts: dict[str, Any]


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


@dataclass(frozen=True)
class CaseRecord:
    """A record that a case is about, as it stood when it was opened."""

    subject_id: UUID
    record_id: UUID
    version: int
    item: str
    source_unit: str


@dataclass(frozen=True)
class CaseView:
    """A case. For officers with ``file`` (the records and whose they are), ``parts`` (what the officer is in it)
    and ``raw`` (the gate's rows, for new versions)."""

    id: UUID
    number: str
    procedure: str
    kind: str
    subject_id: UUID
    subject_kind: str
    step: str
    next: str
    outcome: str | None
    unit: str | None
    channel: str
    opened_at: dt.datetime
    filed_at: dt.datetime | None
    closed_at: dt.datetime | None
    assigned_to: str | None
    facts: dict[str, Any]
    records: tuple[CaseRecord, ...]
    clocks: tuple[ClockView, ...]
    due_on: dt.date | None
    own: bool = True
    """Whether it is the reader's own and not one of whom it stands for."""
    assigned_name: str | None = None
    parts: tuple[str, ...] = ()
    entered_it: bool = False
    events: tuple[EventView, ...] = ()
    texts: tuple[TextView, ...] = ()
    papers: tuple[PaperView, ...] = ()
    file: FileHandle | None = None
    raw: tuple[Row, ...] = field(default=(), repr=False)

    @property
    def rules(self) -> Procedure:
        """Its procedure."""
        return PROCEDURES[self.procedure]

    @property
    def at_step(self) -> Step:
        """The step it stands at."""
        return self.rules.step(self.step)

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.closed_at is None

    @property
    def item(self) -> str | None:
        """The item of its first record."""
        return self.records[0].item if self.records else None

    def running(self) -> list[ClockView]:
        """The clocks that have not been stopped."""
        return [clock for clock in self.clocks if clock.running]

    def may(self, *who: str) -> list[Act]:
        """What these parts (default: the reader's own) may do now."""
        parts = who or self.parts
        found = [act for act in self.rules.acts if self.step in act.frm and set(parts) & set(act.by)]
        return [act for act in found if not (act.decides and self.entered_it)]

    def text(self, part: str) -> str:
        """The latest text of a part; empty when there is none."""
        found = [one for one in self.texts if one.part == part]
        return (found[-1].text or "") if found else ""


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


def _record(raw: dict[str, Any]) -> CaseRecord:
    return CaseRecord(UUID(raw["subject"]), UUID(raw["record"]), raw["version"], raw["item"], raw["source_unit"])


def case(raw: dict[str, Any], **more: Any) -> CaseView:
    """From ``rights.case_facts``."""
    plain = ("number", "procedure", "kind", "subject_kind", "step", "next", "outcome", "unit", "channel", "assigned_to",
             "facts")  # fmt: skip
    return CaseView(
        id=UUID(raw["id"]), subject_id=UUID(raw["subject_id"]), opened_at=_at(raw["opened_at"]),
        filed_at=moment(raw["filed_at"]), closed_at=moment(raw["closed_at"]), due_on=day(raw["due_on"]),
        records=tuple(_record(each) for each in raw["records"]), clocks=tuple(clock(each) for each in raw["clocks"]),
        own=raw.get("own", True), assigned_name=raw.get("assigned_name"),
        parts=tuple(more.pop("parts", raw.get("parts", ()))),
        **{name: raw[name] for name in plain}, **more,
    )  # fmt: skip


def event(raw: dict[str, Any]) -> EventView:
    """From its JSON."""
    return EventView(
        raw["id"], _at(raw["at"]), raw["act"], raw["frm"], raw["to"], raw["actor_kind"], raw.get("actor_name", ""),
        raw["unit"], raw["told"], raw["entry_id"], raw["facts"],
    )  # fmt: skip


def _words(text_id: UUID, part: str, sealed: bytes | None) -> str | None:
    return None if sealed is None else crypto.unseal_text(sealed, text_context(text_id, part))


def text(raw: dict[str, Any], sealed: bytes | None) -> TextView:
    """From its row."""
    key = UUID(raw["id"])
    return TextView(
        key,
        raw["part"],
        _words(key, "text", sealed),
        raw["for_subject"],
        _at(raw["at"]),
        raw["by_kind"],
        raw["event_id"],
    )


def paper(raw: dict[str, Any], sealed: bytes | None) -> PaperView:
    """From its row."""
    key = UUID(raw["id"])
    name = _words(key, "name", sealed) or "—"
    return PaperView(key, name, raw["media"], raw["bytes"], raw["for_subject"], _at(raw["at"]), raw["by_kind"])


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
        id=UUID(raw["id"]), recall_id=UUID(raw["recall"]), record_id=UUID(raw["record"]), at=_at(raw["at"]),
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
        UUID(raw["record"]), raw["item"], raw["reason"], dt.date.fromisoformat(raw["effective_on"]), _at(raw["at"]),
        UUID(raw["case"]) if raw["case"] else None, told,
    )  # fmt: skip
