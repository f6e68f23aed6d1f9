"""The door to files, for the faces. Each function is one call of a database function that writes the entry."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from goodfaith.common import crypto
from goodfaith.common.acting import Acting
from goodfaith.gate import calling, minors, rules
from goodfaith.gate.asking import check, check_many
from goodfaith.gate.handles import Delay, FileHandle
from goodfaith.gate.mine import (
    consent_receipt,
    my_consents,
    my_entries,
    my_hold,
    my_messages,
    my_proof,
    my_requests,
    unit_consents,
)
from goodfaith.gate.opening import Row, handle
from goodfaith.gate.rules import REFUSALS

__all__ = [
    "REFUSALS", "FileHandle", "Finding", "check", "check_many", "consent_receipt", "my_consents", "my_entries",
    "my_hold", "my_messages", "my_proof", "my_requests", "open_delivery", "open_delivery_file", "open_file",
    "read_ledger", "unit_consents",
]  # fmt: skip

STALLED = "ledger_stalled"
OPEN_FILE = f"SELECT kind, subject_id, facts, sealed FROM gate.open_file({', '.join(['%s'] * 14)})"  # noqa: S608
OPEN_BORN = OPEN_FILE.replace("%s)", "%s, %s)")
"""With the day of birth that the number tells."""


def open_file(
    *,
    acting: Acting,
    purpose: str,
    subject_id: uuid.UUID | None = None,
    number: tuple[str, str] | None = None,
    name: str | None = None,
    matter: str | None = None,
    case_no: str | None = None,
    items: list[str] | None = None,
    delay: Delay | None = None,
) -> FileHandle:
    """Open a subject's file, found by ``subject_id`` or by ``number`` (kind, normalised number).

    With a ``name``, number and name must agree. Answers with a handle: a refusal, a mismatch and a number that
    nobody has are entries too. Problem ``ledger_stalled`` (503), after its entry, when a person's file is shut
    because nothing is being sealed. Of a child only its own unit's records come out (refusal ``minor_closed``).
    """
    kind, key = (number[0], crypto.index_key(*number)) if number else (None, None)
    name_key, plain = calling.names(kind, name)
    until, officer = (delay.until, delay.officer) if delay else (None, None)
    asked = [acting.kind, acting.id, purpose, subject_id, kind, key, case_no, items, matter, name_key, plain, until,
             officer, calling.near(number)]  # fmt: skip
    opened = handle(_opened(asked, rules.born_on(*number) if number else None))
    if opened.refusal == STALLED:
        raise rules.problem(STALLED)
    return opened


def _opened(asked: list[Any], born: dt.date | None) -> list[Row]:
    def ask(day: dt.date | None) -> list[Row]:
        return [calling.file_row(row) for row in calling.rows(OPEN_BORN, [*asked, day])]

    told = born is not None or asked[4] in calling.ORGANISATION_NUMBERS or asked[0] not in ("officer", "machine")
    return ask(born) if told else minors.look(ask)


@dataclass(frozen=True)
class Finding:
    """One finding of a delivery, with its value in the clear (for a preview row: a dict of fields)."""

    id: int
    row: int
    level: str
    field: str | None
    code: str
    message: str
    value: Any


def open_delivery(
    acting: Acting, delivery_id: uuid.UUID, levels: list[str], *, after: int = 0, limit: int = 200
) -> list[Finding]:
    """The findings of a delivery for the officers who may see them; Problem (403) for others."""
    rows = calling.rows(
        'SELECT kind, id, "row", level, field, code, message, sealed FROM gate.open_delivery(%s, %s, %s, %s, %s, %s)',
        [acting.kind, acting.id, delivery_id, levels, after, limit],
    )
    _refuse(rows[0][5])
    return [Finding(*(*row[1:7], _value(row[3], row[7]))) for row in rows[1:]]


def _value(level: str, sealed: Any) -> Any:
    if sealed is None:
        return None
    return crypto.unseal_json(sealed) if level == "preview" else crypto.unseal_text(sealed)


def _refuse(code: str | None) -> None:
    if code:
        raise rules.problem(code)


def open_delivery_file(acting: Acting, delivery_id: uuid.UUID) -> Iterator[bytes]:
    """The pieces of a delivered file, in order; Problem (403) for those who may not see it."""
    rows = calling.rows(
        "SELECT kind, number, refusal, sealed FROM gate.open_delivery_file(%s, %s, %s)",
        [acting.kind, acting.id, delivery_id],
    )
    _refuse(rows[0][2])
    return (crypto.unseal(bytes(row[3])) for row in rows[1:])


LEDGER_COLUMNS = (
    "id", "at", "actor_kind", "actor_id", "actor_name", "unit", "subject_kind", "purpose", "case_no", "outcome",
    "refusal", "records",
)  # fmt: skip


def read_ledger(
    acting: Acting, *, before: int | None = None, outcome: str | None = None, unit: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """The ledger for auditors, newest first; empty for anybody else (and that attempt is an entry)."""
    rows = calling.rows(
        f"SELECT {', '.join(LEDGER_COLUMNS)} FROM gate.read_ledger(%s, %s, %s, %s, %s, %s)",  # noqa: S608
        [acting.kind, acting.id, before, outcome, unit, limit],
    )
    return [dict(zip(LEDGER_COLUMNS, row, strict=True)) for row in rows]
