"""Cases, with what they are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from goodfaith.common.procedure import Act, Procedure, Step
from goodfaith.gate.handles import FileHandle
from goodfaith.gate.opening import Row
from goodfaith.rights.procedures import PROCEDURES
from goodfaith.rights.views.parts import ClockView, EventView, PaperView, TextView, clock
from goodfaith.rights.views.reading import day, moment, sure_moment


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


def _record(raw: dict[str, Any]) -> CaseRecord:
    return CaseRecord(UUID(raw["subject"]), UUID(raw["record"]), raw["version"], raw["item"], raw["source_unit"])


def case(raw: dict[str, Any], **more: Any) -> CaseView:
    """From ``rights.case_facts``."""
    plain = ("number", "procedure", "kind", "subject_kind", "step", "next", "outcome", "unit", "channel", "assigned_to",
             "facts")  # fmt: skip
    return CaseView(
        id=UUID(raw["id"]), subject_id=UUID(raw["subject_id"]), opened_at=sure_moment(raw["opened_at"]),
        filed_at=moment(raw["filed_at"]), closed_at=moment(raw["closed_at"]), due_on=day(raw["due_on"]),
        records=tuple(_record(each) for each in raw["records"]), clocks=tuple(clock(each) for each in raw["clocks"]),
        own=raw.get("own", True), assigned_name=raw.get("assigned_name"),
        parts=tuple(more.pop("parts", raw.get("parts", ()))),
        **{name: raw[name] for name in plain}, **more,
    )  # fmt: skip
