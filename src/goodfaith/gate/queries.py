"""The door to files, for the faces. Each function is one call of a database function that writes the entry."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from goodfaith.common import crypto
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate.handles import EntryView, FileHandle
from goodfaith.gate.opening import Row, handle

REFUSALS = {
    "actor_unknown": "账号不存在或已停用。",
    "purpose_unknown": "没有这项查询目的，或者它已经停用。",
    "purpose_not_for_actor": "这项查询目的不适用于您的账号。",
    "role_not_allowed": "您的岗位不能以这项目的查询。",
    "not_own_file": "这不是您本人（本单位）的档案。",
    "case_unknown": "没有与该主体有关的这件疑似重复。",
    "case_required": "请写明事由或案件编号：每次查询都会记入查询日志，主体本人可以看到。",
    "not_own_delivery": "这不是贵单位的批次。",
}


def _call(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """Run one gate function in a transaction of its own, so that the entry is kept whatever follows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def open_file(
    *,
    acting: Acting,
    purpose: str,
    subject_id: uuid.UUID | None = None,
    number: tuple[str, str] | None = None,
    case_no: str | None = None,
    items: list[str] | None = None,
) -> FileHandle:
    """Open a subject's file, found by ``subject_id`` or by ``number`` (kind, normalised number).

    Always answers with a handle: a refusal and a number that nobody has are entries too.
    """
    kind, key = (number[0], crypto.index_key(*number)) if number else (None, None)
    rows = _call(
        "SELECT kind, subject_id, facts, sealed FROM gate.open_file(%s, %s, %s, %s, %s, %s, %s, %s)",
        [acting.kind, acting.id, purpose, subject_id, kind, key, case_no, items],
    )
    return handle([_row(row) for row in rows])


def _row(row: tuple[Any, ...]) -> Row:
    kind, subject_id, facts, sealed = row
    loaded = json.loads(facts) if isinstance(facts, str) else facts
    return kind, subject_id, loaded, bytes(sealed) if sealed is not None else None


def my_entries(acting: Acting, limit: int = 200) -> list[EntryView]:
    """Who looked at the file that the account may call its own, newest first."""
    rows = _call(
        "SELECT id, at, actor_kind, actor_name, unit, purpose, case_no, items, outcome, refusal, records"
        " FROM gate.my_entries(%s, %s, %s)",
        [acting.kind, acting.id, limit],
    )
    return [EntryView(*(*row[:7], _items(row[7]), *row[8:])) for row in rows]


def _items(value: Any) -> list[str] | None:
    items: list[str] | None = json.loads(value) if isinstance(value, str) else value
    return items


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
    rows = _call(
        'SELECT kind, id, "row", level, field, code, message, sealed'
        " FROM gate.open_delivery(%s, %s, %s, %s, %s, %s)",
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
        raise Problem(code, REFUSALS[code], "如需查看，请与信用主管部门联系。", status=403)


def open_delivery_file(acting: Acting, delivery_id: uuid.UUID) -> Iterator[bytes]:
    """The pieces of a delivered file, in order; Problem (403) for those who may not see it."""
    rows = _call(
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
    rows = _call(
        f"SELECT {', '.join(LEDGER_COLUMNS)} FROM gate.read_ledger(%s, %s, %s, %s, %s, %s)",  # noqa: S608
        [acting.kind, acting.id, before, outcome, unit, limit],
    )
    return [dict(zip(LEDGER_COLUMNS, row, strict=True)) for row in rows]
