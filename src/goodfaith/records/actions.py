"""Writing records: the only code that adds versions. Called inside the transaction of a delivery's commit."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import polars as pl
from django.db import transaction

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.law import schema
from goodfaith.records import bulk, sealing
from goodfaith.records.resealing import do_reseal_records
from goodfaith.records.rules import ROW
from goodfaith.records.writing import Writing
from goodfaith.subjects.keyring import Keyring

__all__ = ["Into", "Outcome", "Seen", "check_batch", "do_record", "do_reseal_records"]

Seen = dict[bytes, bytes]
"""subject + fact → digest of what this delivery has already written."""


@dataclass(frozen=True)
class Into:
    """Where the rows of a delivery go."""

    item: schema.Item
    edition: schema.Edition
    source_unit: str
    delivery_id: uuid.UUID


@dataclass(frozen=True)
class Outcome:
    """Sheet rows by what became of them, as lists of ``__row``; and the rows to write (``frame``)."""

    frame: pl.DataFrame
    added: int
    revised: int
    repeated: list[int]
    """Twice in this delivery."""
    delivered: list[int]
    """Known before, with the same content."""
    conflicting: list[int]
    withdrawn: list[int]
    older: list[int]
    """To be written, though an earlier version of the same fact said just that and was changed since."""


def _within(frame: pl.DataFrame, seen: Seen) -> tuple[pl.DataFrame, list[int], list[int]]:
    """Rows whose fact this delivery has not met yet; rows that repeat one; rows that contradict one."""
    fresh: list[int] = []
    repeated: list[int] = []
    conflicting: list[int] = []
    keys = zip(frame[ROW], frame["subject_id"], frame["fact"], frame["digest"], strict=True)
    for index, (row, subject, fact, digest) in enumerate(keys):
        before = seen.setdefault(subject + fact, digest)
        if before is digest:
            fresh.append(index)
        else:
            (repeated if before == digest else conflicting).append(row)
    return (frame if len(fresh) == frame.height else frame[fresh]), repeated, conflicting


NO_VERSION = {"id": pl.String, "known_version": pl.Int64, "known_digest": pl.Binary}


def _versions(frame: pl.DataFrame, item: str) -> tuple[pl.DataFrame, list[int]]:
    """``frame`` with the current version of each fact, less the withdrawn ones; and the rows of those.

    Only subjects that stood in the database before (column ``known``) can have any.
    """
    blank = [pl.lit(None, dtype=kind).alias(name) for name, kind in NO_VERSION.items()]
    new, old = frame.filter(~pl.col("known")), frame.filter("known")
    if old.is_empty():
        return frame.with_columns(blank), []
    stopped = old[bulk.blocked(old, item)][ROW].to_list()
    old = old.filter(~pl.col(ROW).is_in(stopped)).with_row_index("n").with_columns(pl.col("n").cast(pl.Int64))
    found = old.join(bulk.known(old, item), on="n", how="left", maintain_order="left").drop("n")
    return pl.concat([new.with_columns(blank), found]), stopped


def _finished(frame: pl.DataFrame, into: Into, at: dt.datetime) -> pl.DataFrame:
    """All columns of the table."""
    nothing = pl.lit(None, dtype=pl.String)
    return frame.with_columns(
        pl.coalesce("id", bulk.new_ids(frame.height)).alias("id"),
        (pl.col("known_version").fill_null(0) + 1).alias("version"),
        pl.lit(into.item.code).alias("item_id"),
        pl.lit(into.edition.code).alias("edition"),
        pl.lit(into.item.polarity).alias("polarity"),
        pl.lit("current").alias("status"),
        pl.lit(into.source_unit).alias("source_unit"),
        pl.lit(str(into.delivery_id)).alias("delivery_id"),
        pl.lit(at.isoformat()).alias("recorded_at"),
        nothing.alias("superseded_at"),
    )


def check_batch(frame: pl.DataFrame, into: Into, seen: Seen, at: dt.datetime) -> Outcome:
    """Which rows are new facts, new versions, repetitions, contradictions or withdrawn. Reads only.

    ``frame``: the columns of :func:`.rules.prepare`, ``subject_id`` (16 bytes) and ``known`` (whether the
    subject stood in the database before this delivery).
    """
    frame, repeated, conflicting = _within(frame, seen)
    known, withdrawn = _versions(frame, into.item.code)
    same = (known["known_digest"] == known["digest"]).fill_null(False)
    delivered = known[ROW].filter(same).to_list()
    ready = _finished(known.filter(~same), into, at)
    revised = ready["known_version"].count()
    older = _older(ready)
    return Outcome(ready, ready.height - revised, revised, repeated, delivered, conflicting, withdrawn, older)


def _older(ready: pl.DataFrame) -> list[int]:
    """Rows that bring back what was changed before; only facts with more than one version can have any."""
    changed = ready.filter(pl.col("known_version") > 1)
    return changed[bulk.repeats_earlier(changed)][ROW].to_list() if changed.height else []


def do_record(
    outcome: Outcome, into: Into, *, acting: Acting, at: dt.datetime, writing: Writing | None = None,
    keyring: Keyring | None = None,
) -> None:  # fmt: skip
    """Write the rows of a checked batch: close the versions that they follow, seal and COPY the new ones.

    ``keyring``: that of this transaction's resolver, which knows the keys of the subjects that it has made.
    With ``writing`` the COPY goes on while the caller prepares the next batch; it is over when that ends.
    """
    rows = sealing.text(outcome.frame, keyring or Keyring()) if outcome.frame.height else None
    with transaction.atomic():
        bulk.supersede(outcome.frame.filter(pl.col("known_version").is_not_null()), at)
        if rows and writing is None:
            bulk.copy_in(rows())
        history.note(
            acting=acting,
            at=at,
            action="records.record",
            object_type="delivery",
            object_id=into.delivery_id,
            after={"item": into.item.code, "added": outcome.added, "revised": outcome.revised},
        )
    if rows and writing is not None:
        writing.put(rows)
