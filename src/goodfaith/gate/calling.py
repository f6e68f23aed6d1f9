"""How the gate's functions are called: one statement, one round trip, the parameters made from numbers and names."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import connection

from goodfaith.common import crypto
from goodfaith.gate import rules
from goodfaith.gate.handles import CheckRow
from goodfaith.gate.opening import Row

ORGANISATION_NUMBERS = frozenset(
    {"uscc", "registration_no", "organisation_code", "tax_no", "institution_no", "social_no"}
)
PLACE_AND_DAY = 14
"""Characters of an ID number that say place and day of birth: people who share them are neighbours to oversight."""


def rows(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """Run one gate function. Outside a transaction the statement is its own, so its entry stays whatever follows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def near(number: tuple[str, str] | None) -> bytes | None:
    """The keyed digest of what neighbours' ID numbers share; None for other numbers."""
    if number is None or number[0] != "id_number":
        return None
    return crypto.index_key("neighbourhood", number[1][:PLACE_AND_DAY])


def names(kind: str | None, name: str | None) -> tuple[bytes | None, str | None]:
    """(keyed digest of a person's name, an organisation's name in plain form): one of them, or neither."""
    if not name or not name.strip():
        return None, None
    if kind in ORGANISATION_NUMBERS:
        return None, crypto.plain_name(name)
    return crypto.name_key(name), None


def asked(row: CheckRow) -> tuple[Any, ...]:
    """A row of a check in the order of ``gate.asked``."""
    kind, number = row.number
    name_key, name = names(kind, row.name)
    return (kind, crypto.index_key(kind, number), name_key, name, rules.born_on(kind, number), near(row.number))


def file_row(row: tuple[Any, ...]) -> Row:
    """A row of a file as :mod:`.opening` takes it."""
    kind, subject_id, facts, sealed = row
    return kind, subject_id, loaded(facts), bytes(sealed) if sealed is not None else None


def loaded(value: Any) -> Any:
    """A jsonb value, which Django's cursor hands out as text."""
    return json.loads(value) if isinstance(value, str) else value


def uuid_or_none(value: Any) -> uuid.UUID | None:
    """A UUID from its text."""
    return uuid.UUID(str(value)) if value is not None else None
