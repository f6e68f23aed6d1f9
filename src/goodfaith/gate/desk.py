"""The gate for officers: a person's own name stays masked inside the records too.

A record names its subject in a field that organisations show openly, so that field's sensitivity does not tell
that it is a person's name here; and a decision may repeat the name in its text.
"""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from goodfaith.gate import queries
from goodfaith.gate.handles import FileHandle, RecordView
from goodfaith.law import queries as law
from goodfaith.subjects.masking import mask_name

REFUSALS = queries.REFUSALS
SHORTEST_NAME = 2


def open_file(**asked: Any) -> FileHandle:
    """As :func:`goodfaith.gate.queries.open_file`; unless the depth is full, people's names are masked throughout."""
    handle = queries.open_file(**asked)
    people = {subject.id for subject in handle.subjects if subject.kind == "person"}
    if handle.depth == "full" or not people:
        return handle
    return dataclasses.replace(handle, records=[_masked(record, people) for record in handle.records])


def _masked(record: RecordView, people: set[uuid.UUID]) -> RecordView:
    """The record with its subject's name masked in every field, when the subject is a person."""
    name = record.fields.get(law.item(record.item).edition(record.edition).subject.name, "")
    if record.subject_id not in people or len(name) < SHORTEST_NAME:
        return record
    fields = {code: text.replace(name, mask_name(name)) for code, text in record.fields.items()}
    return dataclasses.replace(record, fields=fields)
