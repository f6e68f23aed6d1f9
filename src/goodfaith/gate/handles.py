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
    """Whose file it is. ``name`` is masked for people unless the depth is full; gone when ``erased``."""

    id: uuid.UUID
    kind: str
    name: str
    facts: dict[str, Any]
    erased: bool = False


@dataclass(frozen=True)
class RecordView:
    """One version of a record. ``fields`` maps field codes to texts, in the edition's order.

    ``erased``: the key of what was sealed in it has been destroyed by order of law; those fields are gone.
    """

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
    erased: bool = False
    suspended: bool = False
    """Not shown, not shared and without effect while a case about it runs."""
    statement: str = ""
    """The subject's own words beside it."""


@dataclass(frozen=True)
class FileHandle:
    """The gate's answer. ``outcome``: opened, refused (``refusal`` says why), unknown (nobody of that number)
    or mismatch (number and name do not agree).

    ``subjects`` holds more than one when judged duplicates are shown as one; the one asked for comes first.
    ``records`` are all versions, newest decision first; :attr:`current` only those in force as records.
    """

    entry_id: int
    outcome: str
    refusal: str | None
    depth: str | None
    at: dt.datetime
    """When the entry was written."""
    digest: str | None = None
    """Hex of SHA-256 over the rows' ``id:version:digest`` lines, as it stands in the entry; None: nothing opened."""
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
    matter: str | None = None
    consents: list[str] | None = None
    """Ids of the consents that the look rested on."""
    shown_from: dt.date | None = None
    """The day on which a lawfully delayed look came into the list; None: it was never delayed."""
    delayed: dict[str, Any] | None = None
    """Of a delayed look: ``statute`` (the purpose's legal basis as in the pack), ``officer``, ``until``."""


@dataclass(frozen=True)
class Delay:
    """Lawfully delayed disclosure of one look: until which day (the first on which it is seen), by whose order."""

    until: dt.date
    officer: str


@dataclass(frozen=True)
class CheckRow:
    """One row of a batch: (kind, normalised number) and the name that must agree with it, if given."""

    number: tuple[str, str]
    name: str | None = None


@dataclass(frozen=True)
class MeasureInForce:
    """One measure that bears on the matter because of one record. ``ends_on`` is its last day; None: no end known."""

    measure: str
    kind: str
    item: str
    record_id: uuid.UUID
    document_no: str | None
    authority: str | None
    decided_on: dt.date
    ends_on: dt.date | None
    disputed: bool
    source_unit: str


@dataclass(frozen=True)
class CheckAnswer:
    """``outcome``: answered, refused (``refusal`` says why) or mismatch (name and number do not agree).

    A person's number that nobody has is answered like one with no measure in force. ``digest``: hex of the
    SHA-256 that stands in the entry.
    """

    entry_id: int
    outcome: str
    refusal: str | None
    subject_kind: str | None
    measures: list[MeasureInForce]
    digest: str
    at: dt.datetime


@dataclass(frozen=True)
class ConsentView:
    """A consent. ``until``: last day; ``uses`` None: any number. ``state``: in_force, ended, used_up, withdrawn."""

    id: uuid.UUID
    party_unit: str
    party_name: str
    purpose: str
    items: list[str]
    granted_at: dt.datetime
    until: dt.date
    uses: int | None
    used: int
    withdrawn_at: dt.datetime | None
    state: str
    request_id: uuid.UUID | None
    subject_label: str = ""
    """Whose, for the party's own list: a person's masked name, an organisation's whole one."""


@dataclass(frozen=True)
class RequestView:
    """A party's request for consent. ``state``: waiting, accepted, declined, expired (after ``expires_on``)."""

    id: uuid.UUID
    party_unit: str
    party_name: str
    officer_name: str
    purpose: str
    items: list[str]
    until: dt.date
    uses: int | None
    reason: str
    asked_at: dt.datetime
    expires_on: dt.date
    state: str
    subject_label: str = ""
    """What the party wrote, a person's name masked; the same whether or not anybody has that number."""


@dataclass(frozen=True)
class HoldView:
    """A hold on all consent-based looks; ``lifted_at`` None while it stands."""

    placed_at: dt.datetime
    lifted_at: dt.datetime | None


@dataclass(frozen=True)
class MessageView:
    """A message to a subject. ``kind``: look, request. ``facts``: codes of unit, actor_kind, purpose, matter, outcome,
    and the request's id."""

    id: int
    kind: str
    entry_id: int | None
    at: dt.datetime
    read_at: dt.datetime | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class EntryProof:
    """What an entry committed to: SHA-256(salt · line) = commitment. ``index``: its leaf; None: not sealed yet.

    ``withheld``: the line names another citizen's or enterprise's account, or a case whose number would tell of
    somebody else, so ``salt`` and ``line`` are empty; the commitment and its place in the tree still prove
    that the entry stands.
    """

    entry_id: int
    salt: str
    line: str
    commitment: str
    index: int | None
    withheld: bool = False
