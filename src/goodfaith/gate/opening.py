"""From the rows of ``gate.open_file`` to a handle: decrypt, mask to the purpose's depth, order the fields."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from django.utils.translation import gettext_lazy

from goodfaith.common import crypto_subject
from goodfaith.common.crypto_subject import Opener
from goodfaith.gate.handles import FileHandle, NumberView, Period, RecordView, SubjectView
from goodfaith.law import queries as law
from goodfaith.law.schema import Edition, Item
from goodfaith.subjects.masking import mask_document_number, mask_id_number, mask_name

Row = tuple[str, uuid.UUID | None, dict[str, Any], bytes | None]
SHORTEST_NAME = 2
ERASED = gettext_lazy("内容已依法删除")
"""Stands where a value was whose key has been destroyed."""
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
    """The handle of the rows that one call returned; the first is the entry.

    Rows of the kind ``key`` are the subjects' keys; what stood under one that was erased is left out and marked.
    """
    entry = rows[0][2]
    full = entry["depth"] == "full"
    items = law.catalogue().items if len(rows) > 1 else {}
    opener = opener_of(rows)
    people = {row[1] for row in rows if row[0] == "subject" and row[2]["kind"] == "person"}
    said = dict(_statement(row, opener) for row in rows if row[0] == "statement")
    return FileHandle(
        entry_id=entry["entry"],
        outcome=entry["outcome"],
        refusal=entry["refusal"],
        depth=entry["depth"],
        at=dt.datetime.fromisoformat(entry["at"]),
        digest=entry["digest"],
        subjects=[_subject(row, opener, full) for row in rows if row[0] == "subject"],
        numbers=[_number(row, opener, full) for row in rows if row[0] == "identifier"],
        records=[
            _record(row, *_opened(row, opener, _item(row[2]["item_id"], items), full, row[1] in people), said)
            for row in rows
            if row[0] == "record"
        ],
    )


def _item(code: str, items: dict[str, Item]) -> Item:
    """The item of a record; one that was withdrawn from the catalogue is asked for by itself."""
    return items.get(code) or law.item(code)


def opener_of(rows: list[Row]) -> Opener:
    """What opens the sealed values among the rows: facts of a ``key`` row are {"number"}, sealed is the wrapped key."""
    return Opener((_id(row), row[2]["number"], row[3]) for row in rows if row[0] == "key")


def plain_numbers(rows: list[Row]) -> list[tuple[str, str]]:
    """(kind, number in the clear) of the numbers among the rows; without those whose key was erased."""
    opener = opener_of(rows)
    found = [_number(row, opener, full=True) for row in rows if row[0] == "identifier" and row[3] is not None]
    return [(one.kind, one.number) for one in found]


def _id(row: Row) -> uuid.UUID:
    return uuid.UUID(str(row[1]))


def _text(row: Row, opener: Opener, place: str) -> str | None:
    """The sealed text of a row; None when its key was erased."""
    try:
        return opener.text(_id(row), place, row[3] or b"")
    except crypto_subject.Erased:
        return None


def _subject(row: Row, opener: Opener, full: bool) -> SubjectView:
    _, _, facts, sealed = row
    if sealed is None:
        return SubjectView(_id(row), facts["kind"], facts.get("name", ""), facts)
    name = _text(row, opener, crypto_subject.NAME)
    if name is None:
        return SubjectView(_id(row), "person", str(ERASED), {}, erased=True)
    return SubjectView(_id(row), "person", name if full else mask_name(name), {})


def _number(row: Row, opener: Opener, full: bool) -> NumberView:
    _, _, facts, sealed = row
    if sealed is None:
        return NumberView(facts["kind"], facts["value"])
    number = _text(row, opener, crypto_subject.number_place(facts["kind"]))
    if number is None:
        return NumberView(facts["kind"], str(ERASED))
    return NumberView(facts["kind"], number if full else _mask_number(facts["kind"], number))


def _mask_number(kind: str, number: str) -> str:
    return mask_id_number(number) if kind == "id_number" else mask_document_number(number)


def _masked(value: str, sensitivity: str) -> str:
    if sensitivity == "person_name":
        return mask_name(value)
    if sensitivity in ("person_number", "contact"):
        return mask_document_number(value)
    return value


def _hidden(row: Row, opener: Opener) -> tuple[dict[str, Any], bool]:
    """The sealed fields of a record; and whether they were erased."""
    _, _, facts, sealed = row
    if sealed is None:
        return {}, False
    try:
        place = crypto_subject.record_place(facts["id"], facts["version"])
        values: dict[str, Any] = opener.json(_id(row), place, sealed)
        return values, False
    except crypto_subject.Erased:
        return {}, True


def _opened(row: Row, opener: Opener, item: Item, full: bool, person: bool) -> tuple[dict[str, str], bool]:
    """The record's fields in the edition's order, and whether the sealed ones were erased. What is about people is
    masked unless the depth is full."""
    hidden, erased = _hidden(row, opener)
    fields = _fields({**row[2]["content"], **hidden}, row[2], item, full, person)
    return (fields | _mark(item.edition(row[2]["edition"]), person) if erased else fields), erased


def _mark(edition: Edition, person: bool) -> dict[str, str]:
    """What stands for all the fields that were erased: which of them had been filled is not known any more."""
    private = (field.code for field in edition.fields if field.sensitivity != "open")
    return {edition.subject.name if person else next(private, edition.subject.name): str(ERASED)}


def _fields(values: dict[str, Any], facts: dict[str, Any], item: Item, full: bool, person: bool) -> dict[str, str]:
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


def _statement(row: Row, opener: Opener) -> tuple[str, str]:
    """(record, text) of a subject's own words; a person's are sealed."""
    _, _, facts, sealed = row
    if sealed is None:
        return facts["record"], facts["text"]
    return facts["record"], _text(row, opener, crypto_subject.statement_place(facts["id"])) or ""


def _record(row: Row, fields: dict[str, str], erased: bool, said: dict[str, str]) -> RecordView:
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
        erased=erased,
        source_unit=facts["source_unit"],
        delivery_id=uuid.UUID(facts["delivery_id"]),
        recorded_at=dt.datetime.fromisoformat(facts["recorded_at"]),
        suspended=facts["suspended"],
        statement=said.get(facts["id"], "") if facts["superseded_at"] is None else "",
    )
