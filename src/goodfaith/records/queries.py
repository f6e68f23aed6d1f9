"""Reading what is open to everyone: organisations' records while their display period runs.

Everything here reads the view ``open.record``, which holds no natural person's record; people's files
come through the gate only. (:func:`deliveries_of` is the owner's, for erasing.)
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection

from goodfaith.subjects import queries as subjects

FEW = 500
"""Up to so many organisations are looked up one by one; more are met soon enough on the way through the list."""
COLUMNS = (
    "subject_id", "id", "version", "item_id", "edition", "polarity", "status", "decided_on", "document_no",
    "authority", "lower(display)", "upper(display)", "display_class", "display_version", "lower(in_force)",
    "upper(in_force)", "content", "source_unit", "recorded_at", "organisation_name", "uscc", "organisation_kind",
    "area_code",
)  # fmt: skip


@dataclass(frozen=True)
class OpenRecord:
    """An organisation's open record. Periods are half-open; ``content`` maps field codes to texts."""

    subject_id: uuid.UUID
    id: uuid.UUID
    version: int
    item: str
    edition: str
    polarity: str
    status: str
    decided_on: dt.date
    document_no: str | None
    authority: str | None
    shown_from: dt.date | None
    shown_before: dt.date | None
    display_class: str
    display_version: str
    in_force_from: dt.date | None
    in_force_before: dt.date | None
    content: dict[str, str]
    source_unit: str
    recorded_at: dt.datetime
    organisation_name: str
    uscc: str | None
    organisation_kind: str
    area_code: str

    @property
    def shown_until(self) -> dt.date | None:
        """The last day it is shown; None when no end is fixed."""
        return self.shown_before - dt.timedelta(days=1) if self.shown_before else None


def _read(source: str, parameters: list[Any]) -> list[OpenRecord]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM {source}", parameters)  # noqa: S608
        return [_open_record(row) for row in cursor.fetchall()]


def _open_record(row: tuple[Any, ...]) -> OpenRecord:
    content = row[16]
    loaded = json.loads(content) if isinstance(content, str) else content
    return OpenRecord(*(*row[:16], loaded, *row[17:]))


def open_records(subject_id: uuid.UUID, limit: int = 500) -> list[OpenRecord]:
    """An organisation's open records, newest decision first."""
    return _read("open.record WHERE subject_id = %s ORDER BY decided_on DESC, id LIMIT %s", [subject_id, limit])


def open_record(subject_id: uuid.UUID, record_id: uuid.UUID) -> OpenRecord | None:
    """One open record; None when there is none, or none that is open today."""
    found = _read("open.record WHERE subject_id = %s AND id = %s", [subject_id, record_id])
    return found[0] if found else None


@dataclass(frozen=True)
class Statement:
    """What an organisation says about one of its records, in its own words."""

    text: str
    made_at: dt.datetime


def open_statements(subject_id: uuid.UUID) -> dict[uuid.UUID, Statement]:
    """Record → the organisation's standing statement beside it; also for records that are not open today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_id, text, made_at FROM open.statement WHERE subject_id = %s", [subject_id])
        return {record: Statement(text, made_at) for record, text, made_at in cursor.fetchall()}


@dataclass(frozen=True)
class Filters:
    """What the double-publicity list is narrowed to; empty values narrow nothing."""

    items: tuple[str, ...]
    name: str = ""
    authority: str = ""
    area: str = ""
    first: dt.date | None = None
    last: dt.date | None = None


def _named(name: str) -> tuple[list[uuid.UUID] | None, str | None]:
    """(subjects, pattern): the few organisations of that name, or the text itself when they are many."""
    if not name:
        return None, None
    found = subjects.ids_of_name(name, FEW + 1)
    if found is not None and len(found) <= FEW:
        return found, None
    return None, _part(name)


def _part(text: str) -> str | None:
    return f"%{_escaped(text)}%" if text else None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def double_publicity(
    filters: Filters, *, after: tuple[dt.date, uuid.UUID] | None = None, limit: int = 50
) -> list[OpenRecord]:
    """The list, newest decision first, from after the key (decided_on, id) of the last row seen."""
    chosen, pattern = _named(filters.name)
    area = f"{_escaped(filters.area)}%" if filters.area else None
    before, before_id = after or (None, None)
    rest = [chosen, pattern, _part(filters.authority), area, filters.first, filters.last, before, before_id, limit]
    source = f"open.listing({', '.join(['%s'] * (len(rest) + 1))})"
    found = [row for item in filters.items for row in _read(source, [item, *rest])]
    return sorted(found, key=lambda row: (row.decided_on, row.id), reverse=True)[:limit]


def figures() -> dict[str, int]:
    """Rough counts for the home page, from the planner's statistics: they cost nothing and are called rough."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, greatest(reltuples, 0)::bigint FROM pg_class WHERE relname = ANY (%s)",
            [["subjects_organisation", "records_record"]],
        )
        return dict(cursor.fetchall())


def deliveries_of(subject_id: uuid.UUID) -> list[uuid.UUID]:
    """Deliveries that brought records of a subject, whoever it is; for the owner's role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT delivery_id FROM records_record WHERE subject_id = %s", [subject_id])
        return [row[0] for row in cursor.fetchall()]


def stamp() -> int:
    """A number that changes when anything open to everyone may have changed (and only by a commit)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n) FROM records_change")
        return int(cursor.fetchone()[0])
