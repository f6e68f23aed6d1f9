"""The ledger's rows as they are hashed: read from the database by COPY, in the order of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

CHUNK = 200 * 256
"""Rows asked for at once: whole tiles, few enough for the sort to stay in memory."""
LINE = """e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor_kind, e.actor_id, e.actor_name, e.unit,
    e.subject_id, e.subject_kind, e.purpose, e.matter, e.case_no, e.consents, e.items, e.outcome, e.refusal, e.records,
    encode(e.answer, 'hex'), to_char(e.shown_from, 'YYYY-MM-DD')"""
"""The fields of ``ledger.line`` in its order. Told here once more, since a check that asked the database's own
function would believe whatever somebody had put in its place; a test holds the two together."""
MARK = "CASE WHEN e.erased_by IS NULL THEN encode(e.salt, 'hex') ELSE 'erased:' || e.erased_by END"
SEALED = f"""COPY (SELECT {MARK}, encode(e.commitment, 'hex'), {LINE}
    FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id AND e.id BETWEEN %s AND %s
    WHERE l.index >= %s AND l.index < %s ORDER BY l.index) TO STDOUT"""  # noqa: S608
SPAN = """SELECT coalesce(min(entry_id), 0), coalesce(max(entry_id), 0) FROM ledger_leaf
    WHERE index >= %s AND index < %s"""
"""Between which ids the entries of a chunk lie: few others do, so only that part of the table is read."""
WAITING = f"""COPY (SELECT {MARK}, encode(e.commitment, 'hex'), {LINE}
    FROM ledger_pending p JOIN ledger_entry e ON e.id = p.entry_id ORDER BY p.entry_id) TO STDOUT"""  # noqa: S608


def _copy(statement: str, given: list[int]) -> Iterator[bytes]:
    with connection.cursor() as cursor, cursor.copy(statement, given) as copy:
        yield from map(bytes, copy)


def sealed(start: int, end: int) -> Iterator[bytes]:
    """The rows of leaves ``start`` to ``end``: ``salt \\t commitment \\t line \\n``, as an export holds them."""
    for first in range(start, end, CHUNK):
        last = min(first + CHUNK, end)
        lowest, highest = fetch(SPAN, first, last)[0]
        yield from _copy(SEALED, [lowest, highest, first, last])


def waiting() -> Iterator[bytes]:
    """The rows that are not sealed yet."""
    return _copy(WAITING, [])


def fetch(statement: str, *given: Any) -> list[tuple[Any, ...]]:
    """The rows of a plain question."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
