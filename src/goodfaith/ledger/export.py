"""Writing the sealed ledger to a file that :mod:`goodfaith.ledger.verifier` checks alone."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from goodfaith.common.problems import Problem
from goodfaith.ledger import queries, rows
from goodfaith.ledger.verifier import FIRST_LINE

HEADS = """
    SELECT note FROM (
        SELECT DISTINCT ON (date_trunc('hour', at)) id, note FROM ledger_checkpoint
        ORDER BY date_trunc('hour', at), id DESC) hourly
    UNION SELECT note FROM ledger_checkpoint WHERE id = (SELECT max(id) FROM ledger_checkpoint)
    UNION SELECT c.note FROM ledger_checkpoint c WHERE c.size IN (SELECT from_size FROM ledger_signingkey)
"""
"""The last head of every hour, those where a key began, and the newest."""
UNFINISHED = """
    SELECT count(*) FROM ledger_entry e JOIN ledger_pending p ON p.entry_id = e.erased_by WHERE e.erased_by IS NOT NULL
"""


def snapshot() -> None:
    """Make the running transaction see one moment of the database throughout, and change nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _header(size: int, origin: str) -> Iterator[str]:
    yield FIRST_LINE
    yield f"origin {origin}"
    yield f"size {size}"
    for key in queries.signing_keys():
        if key.statement:
            yield f"introduction {_coded(key.statement)}"
        yield f"key {key.vkey}"
    yield from (f"checkpoint {_coded(note)}" for (note,) in rows.fetch(HEADS))
    yield "rows"


def write(path: Path) -> int:
    """Write everything sealed up to the newest head; how many rows. Problem ``nothing_sealed`` before the first.

    The file holds who looked at whose file: it is written with mode 600 and belongs in an auditor's hands only.
    """
    with transaction.atomic(durable=True):
        snapshot()
        return write_now(path)


def write_now(path: Path) -> int:
    """:func:`write` in the transaction that runs."""
    newest = queries.newest_checkpoint()
    if newest is None:
        raise Problem("nothing_sealed", "查询日志还没有封存过，没有可导出的内容。", "请先运行 goodfaith serve。")
    if rows.fetch(UNFINISHED)[0][0]:
        raise Problem("erasure_waits", "有一条抹除记录还在等待封存。", "请几秒后再导出。")
    path.touch(mode=0o600)
    path.chmod(0o600)
    with path.open("wb", buffering=1 << 20) as file:
        file.write("".join(f"{line}\n" for line in _header(newest.size, newest.note.split("\n")[0])).encode())
        file.writelines(rows.sealed(0, newest.size))
    return newest.size
