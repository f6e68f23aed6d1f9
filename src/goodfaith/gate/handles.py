"""What the gate hands out: a file with its entry, its subject and its records, opened to the purpose's depth."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Period:
    """Half-open: ``start`` is the first day, ``end`` the first day after; None is open. Empty: ``is_empty``."""

    start: dt.date | None
    end: dt.date | None
    is_empty: bool = False

    @property
    def last(self) -> dt.date | None:
        """The last day inside."""
        return self.end - dt.timedelta(days=1) if self.end else None

    def holds(self, day: dt.date) -> bool:
        """Whether ``day`` lies in it."""
        return not self.is_empty and (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True)
class NumberView:
    """An identifier: its kind and its number, masked unless the depth is full or it is an organisation's."""

    kind: str
    number: str


@dataclass(frozen=True)
class SubjectView:
    """Whose file it is. ``name`` is masked for people unless the depth is full."""

    id: uuid.UUID
    kind: str
    name: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class RecordView:
    """One version of a record. ``fields`` maps field codes to texts, in the edition's order."""

    subject_id: uuid.UUID
    id: uuid.UUID
    version: int
    item: str
    edition: str
    polarity: str
    disclosure: str
    status: str
    decided_on: dt.date
    document_no: str | None
    authority: str | None
    display: Period
    display_class: str
    display_version: str
    in_force: Period
    shown: bool
    current: bool
    fields: dict[str, str]
    source_unit: str
    delivery_id: uuid.UUID
    recorded_at: dt.datetime


@dataclass(frozen=True)
class FileHandle:
    """The gate's answer. ``outcome``: opened, refused (``refusal`` says why) or unknown (nobody of that number).

    ``subjects`` holds more than one when judged duplicates are shown as one; the one asked for comes first.
    ``records`` are all versions, newest decision first; :attr:`current` only those in force as records.
    """

    entry_id: int
    outcome: str
    refusal: str | None
    depth: str | None
    subjects: list[SubjectView] = field(default_factory=list)
    numbers: list[NumberView] = field(default_factory=list)
    records: list[RecordView] = field(default_factory=list)

    @property
    def subject(self) -> SubjectView | None:
        """The subject asked for."""
        return self.subjects[0] if self.subjects else None

    @property
    def current(self) -> list[RecordView]:
        """The latest version of each record."""
        return [record for record in self.records if record.current]

    def versions(self, record_id: uuid.UUID) -> list[RecordView]:
        """All versions of one record, newest first."""
        return [record for record in self.records if record.id == record_id]


@dataclass(frozen=True)
class EntryView:
    """One look at one's own file, as the subject sees it."""

    id: int
    at: dt.datetime
    actor_kind: str
    actor_name: str
    unit: str | None
    purpose: str
    case_no: str | None
    items: list[str] | None
    outcome: str
    refusal: str | None
    records: int
