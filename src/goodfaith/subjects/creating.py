"""Bringing subjects into the database in bulk: COPY, inside the caller's transaction. Used by actions only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
import polars as pl
import psycopg
from django.db import connection

from goodfaith.common import crypto_subject
from goodfaith.common.ids import uuid7_bytes
from goodfaith.common.turns import turn
from goodfaith.subjects.copying import array_literal, driver, hexed, uuids
from goodfaith.subjects.keyring import Keyring
from goodfaith.subjects.matching import grams, name_keys
from goodfaith.subjects.organisation_codes import organisation_kind
from goodfaith.subjects.rules import ORGANISATION, kind_without_uscc

Ready = tuple[bytes, bytes]
"""A COPY command and its data."""
LOCK = 0x676F6F64
"""Deliveries that bring new subjects follow one another, so that two can't wait for each other's numbers."""


@dataclass
class NewSubjects:
    """Parties to become subjects, and numbers to be added: filled row by row, written at once.

    ``parties``: (id, index of the party, {kind: number}); ``numbers``: (subject id, kind, number, key, sealed).
    """

    parties: list[tuple[bytes, int, dict[str, str]]] = field(default_factory=list)
    numbers: list[tuple[bytes, str, str, bytes, bool]] = field(default_factory=list)


def new_ids(count: int) -> list[bytes]:
    """Fresh UUIDv7, 16 bytes each."""
    return [row.tobytes() for row in uuid7_bytes(count)]


def lock() -> None:
    """Hold back other deliveries that bring new subjects until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _csv(table: str, frame: pl.DataFrame) -> Ready:
    """What COPY takes to put the frame into the table's columns of the same names."""
    command = f"COPY {table} ({', '.join(frame.columns)}) FROM STDIN (FORMAT csv)"
    return command.encode(), frame.write_csv(include_header=False, quote_style="necessary").encode()


def _organisations(new: Sequence[tuple[bytes, int, dict[str, str]]], names: Sequence[str]) -> pl.DataFrame:
    usccs = [numbers.get("uscc") for _, _, numbers in new]
    kinds = [
        organisation_kind(uscc) if uscc else kind_without_uscc(set(numbers))
        for uscc, (_, _, numbers) in zip(usccs, new, strict=True)
    ]
    return pl.DataFrame(
        {
            "subject_id": uuids([row[0] for row in new]),
            "name": pl.Series(names, dtype=pl.String),
            "former_names": ["{}"] * len(new),
            "uscc": pl.Series(usccs, dtype=pl.String),
            "kind": pl.Series(kinds, dtype=pl.String),
            "status": [""] * len(new),
            "area_code": pl.Series([uscc[2:8] if uscc else "" for uscc in usccs], dtype=pl.String),
            "grams": pl.Series([array_literal(grams(name)) for name in names], dtype=pl.String),
        }
    )


def _contexts(ids: Iterable[bytes], places: Iterable[str]) -> list[bytes]:
    return [f"{one.hex()}/{place}".encode() for one, place in zip(ids, places, strict=True)]


def _persons(ids: Sequence[bytes], parties: pl.DataFrame, keyring: Keyring) -> pl.DataFrame:
    names = [name.encode() for name in parties["name"].to_list()]
    places = _contexts(ids, [crypto_subject.NAME] * len(ids))
    return pl.DataFrame(
        {
            "subject_id": uuids(ids),
            "name_sealed": hexed(keyring.seal(ids, places, names)),
            "name_key": hexed(name_keys(parties).to_list()),
        }
    )


def _identifiers(numbers: Sequence[tuple[bytes, str, str, bytes, bool]], keyring: Keyring) -> pl.DataFrame:
    hidden = np.array([row[4] for row in numbers], dtype=np.bool_)
    sealed = pl.Series([None] * len(numbers), dtype=pl.Binary)
    private = [row for row in numbers if row[4]]
    owners = [row[0] for row in private]
    places = _contexts(owners, [crypto_subject.number_place(row[1]) for row in private])
    secrets = keyring.seal(owners, places, [row[2].encode() for row in private])
    if secrets:
        sealed = sealed.scatter(np.flatnonzero(hidden), pl.Series(secrets, dtype=pl.Binary))
    return pl.DataFrame(
        {
            "subject_id": uuids([row[0] for row in numbers]),
            "kind": [row[1] for row in numbers],
            "key": hexed([row[3] for row in numbers]),
            "value": pl.Series([None if row[4] else row[2] for row in numbers], dtype=pl.String),
            "sealed": "\\x" + sealed.bin.encode("hex"),
        }
    ).sort("kind", "key")  # neighbours in the index are written together


def prepared(
    new: NewSubjects, parties: pl.DataFrame, keyring: Keyring, *, at: dt.datetime, delivery_id: UUID | None
) -> list[Ready]:
    """All of it as :func:`write` takes it. The database is asked only for keys of subjects that stand already."""
    indexes = [row[1] for row in new.parties]
    chosen = parties[indexes] if indexes else parties.clear()
    ids = [row[0] for row in new.parties]
    subjects = pl.DataFrame({"id": uuids(ids), "kind": chosen["subject_kind"]}).with_columns(
        pl.lit(at.isoformat()).alias("created_at"),
        pl.lit(str(delivery_id) if delivery_id else None, dtype=pl.String).alias("created_by_delivery"),
    )
    is_firm = (chosen["subject_kind"] == ORGANISATION).to_list()
    firms = [row for row, firm in zip(new.parties, is_firm, strict=True) if firm]
    named = chosen.filter(pl.col("subject_kind") == ORGANISATION)
    people = [one for one, firm in zip(ids, is_firm, strict=True) if not firm]
    made = pl.lit(at.isoformat()).alias("made_at")
    frames = {
        "subjects_subject": subjects,
        "subjects_key": keyring.make(ids).with_columns(made),
        "subjects_organisation": _organisations(firms, named["name"].to_list()),
        "subjects_person": _persons(people, chosen.filter(pl.col("subject_kind") != ORGANISATION), keyring),
    }
    if new.numbers:
        frames["subjects_identifier"] = _identifiers(new.numbers, keyring)
    return [_csv(table, frame) for table, frame in frames.items() if frame.height]


def write(ready: Sequence[Ready]) -> None:
    """Store all of it. UniqueViolation when another transaction has taken one of the numbers meanwhile."""
    for command, data in ready:
        with turn(), psycopg.Cursor(driver()).copy(command) as copy:
            copy.write(data)


def give_usccs(found: Sequence[tuple[bytes, str]]) -> None:
    """Organisations known by old numbers get their credit code, and the kind that it tells."""
    if not found:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE subjects_organisation o SET uscc = n.uscc, kind = n.kind, area_code = substr(n.uscc, 3, 6)"
            " FROM unnest(%s::uuid[], %s::text[], %s::text[]) n(id, uscc, kind)"
            " WHERE o.subject_id = n.id AND o.uscc IS NULL",
            [
                [UUID(bytes=one) for one, _ in found],
                [uscc for _, uscc in found],
                [organisation_kind(uscc) for _, uscc in found],
            ],
        )
