"""Set-based reading and writing of records: what is known, what is blocked, and the COPY of new versions."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import polars as pl
from django.db import connection

from goodfaith.common.ids import uuid7_bytes
from goodfaith.records.rules import comparable

COLUMNS = (
    "subject_id", "id", "version", "item_id", "edition", "polarity", "disclosure", "status", "decided_on",
    "document_no", "authority", "display", "display_class", "display_version", "in_force", "content", "sealed",
    "fact", "digest", "source_unit", "delivery_id", "recorded_at", "superseded_at",
)  # fmt: skip
WORDS = ("document_no", "authority", "content", "source_unit")
"""Columns whose text comes from outside."""
COPY = f"COPY records_record ({', '.join(COLUMNS)}) FROM STDIN"
KNOWN = """
    SELECT k.n, r.id::text, r.version, r.digest
    FROM unnest(%s::uuid[], %s::bytea[]) WITH ORDINALITY AS k(subject_id, fact, n)
    JOIN records_record r ON r.subject_id = k.subject_id AND r.item_id = %s AND r.fact = k.fact
    WHERE r.superseded_at IS NULL
"""
BLOCKED = """
    SELECT k.n FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[], %s::text[])
        WITH ORDINALITY AS k(subject_id, fact, digest, document_no, n)
    JOIN records_tombstone t ON t.item_id = %s AND t.fact = k.fact AND t.lifted_at IS NULL
    WHERE (t.subject_id = k.subject_id OR t.subject_id = ANY (gate.cluster(k.subject_id)))
      AND t.allowed IS DISTINCT FROM k.digest AND coalesce(t.document_no = k.document_no, true)
"""
EARLIER = """
    SELECT k.n FROM unnest(%s::uuid[], %s::uuid[], %s::bytea[]) WITH ORDINALITY AS k(subject_id, id, digest, n)
    WHERE EXISTS (
        SELECT FROM records_record r
        WHERE r.subject_id = k.subject_id AND r.id = k.id AND r.digest = k.digest AND r.superseded_at IS NOT NULL
    )
"""
SUPERSEDE = """
    UPDATE records_record r SET superseded_at = %s
    FROM unnest(%s::uuid[], %s::uuid[], %s::smallint[]) AS k(subject_id, id, version)
    WHERE r.subject_id = k.subject_id AND r.id = k.id AND r.version = k.version AND r.superseded_at IS NULL
"""


def lock_item(item: str) -> None:
    """Let commits of one item follow each other, so that what is looked up stays true until the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"records:{item}"])


def check_at_once() -> None:
    """Check foreign keys with each statement and not all together at the end of this transaction.

    The same work, but the database does it while the next rows are being read.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _uuids(column: pl.Series) -> list[str]:
    return column.bin.encode("hex").to_list()


def known(frame: pl.DataFrame, item: str) -> pl.DataFrame:
    """Current versions of the facts in ``frame`` (subject_id, fact): n (row index), id, version, digest."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [_uuids(frame["subject_id"]), frame["fact"].to_list(), item])
        rows = [(n - 1, id_, version, bytes(digest)) for n, id_, version, digest in cursor.fetchall()]
    schema = {"n": pl.Int64, "id": pl.String, "known_version": pl.Int64, "known_digest": pl.Binary}
    return pl.DataFrame(rows, schema=schema, orient="row")


def blocked(frame: pl.DataFrame, item: str) -> list[int]:
    """Indexes of rows whose fact was withdrawn, corrected or repaired: from whatever source it comes, and under
    whichever of the subject's numbers. The content that a correction settled on passes, and so does a new document.
    """
    documents = comparable(frame["document_no"].cast(pl.String)).replace("", None).to_list()
    keys = [_uuids(frame["subject_id"]), frame["fact"].to_list(), frame["digest"].to_list(), documents]
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED, [*keys, item])
        return [n - 1 for (n,) in cursor.fetchall()]


def repeats_earlier(frame: pl.DataFrame) -> list[int]:
    """Indexes of rows (subject_id, id, digest) whose content an earlier, superseded version of the fact had."""
    with connection.cursor() as cursor:
        keys = [_uuids(frame["subject_id"]), frame["id"].to_list(), frame["digest"].to_list()]
        cursor.execute(EARLIER, keys)
        return [n - 1 for (n,) in cursor.fetchall()]


def supersede(frame: pl.DataFrame, at: dt.datetime) -> None:
    """Close the versions (subject_id, id, known_version) that newer ones follow."""
    if frame.is_empty():
        return
    keys = [_uuids(frame["subject_id"]), frame["id"].to_list(), frame["known_version"].to_list()]
    with connection.cursor() as cursor:
        cursor.execute(SUPERSEDE, [at, *keys])


def new_ids(count: int) -> pl.Series:
    """``count`` fresh UUIDv7 as text of 32 hex digits."""
    digits = uuid7_bytes(count).tobytes().hex()
    return pl.Series([digits[start : start + 32] for start in range(0, 32 * count, 32)], dtype=pl.String)


def _hex(name: str, prefix: str = "\\\\x") -> pl.Expr:
    return pl.concat_str(pl.lit(prefix), pl.col(name).bin.encode("hex")).alias(name)


def _escaped(frame: pl.DataFrame) -> pl.DataFrame:
    """Backslashes, tabs and line ends in text columns as COPY's text format wants them."""
    odd = [name for name in WORDS if frame[name].str.contains(r"[\\\t\r\n]").any()]
    steps = (("\\", "\\\\"), ("\t", "\\t"), ("\r", "\\r"), ("\n", "\\n"))
    for plain, written in steps if odd else ():
        frame = frame.with_columns(pl.col(odd).str.replace_all(plain, written, literal=True))
    return frame


def text_of(frame: pl.DataFrame) -> bytes:
    """Records (all of :data:`COLUMNS`) in the form that :data:`COPY` reads."""
    out = io.BytesIO()
    ready = _escaped(frame.select(COLUMNS))
    ready = ready.with_columns(_hex("sealed"), _hex("fact"), _hex("digest"), _hex("subject_id", ""))
    ready.write_csv(out, include_header=False, null_value="\\N", separator="\t", quote_style="never")
    return out.getvalue()


def copy_in(data: bytes | memoryview, into: Any = None) -> None:
    """COPY rows made by :func:`text_of`."""
    with (into or connection).cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write(data)
