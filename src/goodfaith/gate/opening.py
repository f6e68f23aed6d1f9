"""From the rows of ``gate.open_file`` to a handle: decrypt, mask to the purpose's depth, order the fields."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from goodfaith.common import crypto
from goodfaith.gate.handles import FileHandle, NumberView, Period, RecordView, SubjectView
from goodfaith.law import queries as law
from goodfaith.law.schema import Item
from goodfaith.subjects.masking import mask_document_number, mask_id_number, mask_name

Row = tuple[str, uuid.UUID | None, dict[str, Any], bytes | None]
SHORTEST_NAME = 2
RANGE = re.compile(r"^[\[(](?P<start>[^,]*),(?P<end>[^)\]]*)[)\]]$")


def period(text: str) -> Period:
    """A half-open period from PostgreSQL's text of a daterange."""
    if text == "empty":
        return Period(None, None, is_empty=True)
    found = RANGE.match(text)
    if found is None:
        raise ValueError(f"not a daterange: {text}")
    start, end = (dt.date.fromisoformat(part) if part else None for part in found.groups())
    return Period(start, end)


def handle(rows: list[Row]) -> FileHandle:
    """The handle of the rows that one call returned; the first is the entry."""
    entry = rows[0][2]
    full = entry["depth"] == "full"
    items = law.catalogue().items if len(rows) > 1 else {}
    people = {row[1] for row in rows if row[0] == "subject" and row[2]["kind"] == "person"}
    return FileHandle(
        entry_id=entry["entry"],
        outcome=entry["outcome"],
        refusal=entry["refusal"],
        depth=entry["depth"],
        subjects=[_subject(row, full) for row in rows if row[0] == "subject"],
        numbers=[_number(row, full) for row in rows if row[0] == "identifier"],
        records=[
            _record(row, _opened(row, _item(row[2]["item_id"], items), full, row[1] in people))
            for row in rows
            if row[0] == "record"
        ],
    )


def _item(code: str, items: dict[str, Item]) -> Item:
    """The item of a record; one that was withdrawn from the catalogue is asked for by itself."""
    return items.get(code) or law.item(code)


def _subject(row: Row, full: bool) -> SubjectView:
    _, subject_id, facts, sealed = row
    if sealed is None:
        return SubjectView(uuid.UUID(str(subject_id)), facts["kind"], facts.get("name", ""), facts)
    name = crypto.unseal_text(sealed)
    return SubjectView(uuid.UUID(str(subject_id)), "person", name if full else mask_name(name), {})


def _number(row: Row, full: bool) -> NumberView:
    _, _, facts, sealed = row
    if sealed is None:
        return NumberView(facts["kind"], facts["value"])
    number = crypto.unseal_text(sealed)
    return NumberView(facts["kind"], number if full else _mask_number(facts["kind"], number))


def _mask_number(kind: str, number: str) -> str:
    return mask_id_number(number) if kind == "id_number" else mask_document_number(number)


def _masked(value: str, sensitivity: str) -> str:
    if sensitivity == "person_name":
        return mask_name(value)
    if sensitivity in ("person_number", "contact"):
        return mask_document_number(value)
    return value


def _opened(row: Row, item: Item, full: bool, person: bool) -> dict[str, str]:
    """The record's fields in the edition's order; what is about people is masked unless the depth is full."""
    _, _, facts, sealed = row
    values = {**facts["content"], **(crypto.unseal_json(sealed) if sealed else {})}
    edition = item.edition(facts["edition"])
    ordered = [(field, str(values[field.code])) for field in edition.fields if values.get(field.code) not in (None, "")]
    if full:
        return {field.code: value for field, value in ordered}
    fields = {field.code: _masked(value, field.sensitivity) for field, value in ordered}
    return _without_name(fields, str(values.get(edition.subject.name) or "")) if person else fields


def _without_name(fields: dict[str, str], name: str) -> dict[str, str]:
    """A person's own name masked wherever it stands: its field is open for organisations, and texts repeat it."""
    if len(name) < SHORTEST_NAME:
        return fields
    return {code: text.replace(name, mask_name(name)) for code, text in fields.items()}


def _record(row: Row, fields: dict[str, str]) -> RecordView:
    _, subject_id, facts, _ = row
    return RecordView(
        subject_id=uuid.UUID(str(subject_id)),
        id=uuid.UUID(facts["id"]),
        version=facts["version"],
        item=facts["item_id"],
        edition=facts["edition"],
        polarity=facts["polarity"],
        disclosure=facts["disclosure"],
        status=facts["status"],
        decided_on=dt.date.fromisoformat(facts["decided_on"]),
        document_no=facts["document_no"],
        authority=facts["authority"],
        display=period(facts["display"]),
        display_class=facts["display_class"],
        display_version=facts["display_version"],
        in_force=period(facts["in_force"]),
        shown=facts["shown"],
        current=facts["superseded_at"] is None,
        fields=fields,
        source_unit=facts["source_unit"],
        delivery_id=uuid.UUID(facts["delivery_id"]),
        recorded_at=dt.datetime.fromisoformat(facts["recorded_at"]),
    )
