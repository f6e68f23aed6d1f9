"""The keys of the subjects that one transaction writes about. Used by actions only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl
import psycopg
from django.db import connection

from goodfaith.common import crypto_subject
from goodfaith.common.turns import turn
from goodfaith.subjects.copying import driver, hexed, uuids

LOCK = 0x6B657973
"""Shared by those who seal, exclusive to who erases: nothing is sealed under a key that is being destroyed."""
CACHE = 200_000
STANDING = """
    SELECT uuid_send(k.subject_id), k.number, k.wrapped FROM subjects_key k
    WHERE k.subject_id = ANY (%b::uuid[]) AND k.wrapped IS NOT NULL
"""
NEXT = """
    INSERT INTO subjects_key (subject_id, number, wrapped, made_at)
    SELECT n.subject_id, n.number, n.wrapped, now()
    FROM unnest(%s::uuid[], %s::smallint[], %s::bytea[]) n(subject_id, number, wrapped)
    ON CONFLICT DO NOTHING
"""
LAST = "SELECT uuid_send(subject_id), max(number) FROM subjects_key WHERE subject_id = ANY (%s::uuid[]) GROUP BY 1"
Key = tuple[int, bytes]
"""Number and key."""


def share() -> None:
    """Hold back erasing until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


class Keyring:
    """Seals what is about subjects. What it has learnt of keys is forgotten when it grows; the database has them.

    Use inside a transaction, one keyring for one transaction.
    """

    def __init__(self) -> None:
        self._keys: dict[bytes, Key] = {}
        self._fresh: frozenset[bytes] = frozenset()
        """Made last: the database may not have them yet, so they are not forgotten."""
        self._shared = False

    def make(self, subjects: Sequence[bytes]) -> pl.DataFrame:
        """Keys for subjects that are being brought in, as rows for ``subjects_key`` without their time."""
        self._share()
        keys, first, self._fresh = crypto_subject.new_keys(len(subjects)), [1] * len(subjects), frozenset(subjects)
        self._keys.update(zip(subjects, zip(first, keys, strict=True), strict=True))
        wrapped = crypto_subject.wrap_many(subjects, first, keys)
        return pl.DataFrame({"subject_id": uuids(subjects), "number": first, "wrapped": hexed(wrapped)})

    def seal(self, subjects: Sequence[bytes], contexts: Sequence[bytes], values: Sequence[bytes]) -> list[bytes]:
        """Each value sealed under the key of its subject and bound to its context. Every subject must stand."""
        if not values:
            return []
        keys = self.keys(subjects)
        return crypto_subject.seal_each([number for number, _ in keys], [key for _, key in keys], values, contexts)

    def _share(self) -> None:
        if not self._shared:
            share()
            self._shared = True

    def keys(self, subjects: Sequence[bytes]) -> list[Key]:
        """The key of each; a subject that has none is given one."""
        missing = set(subjects) - self._keys.keys()
        if missing:
            self._share()
            if len(self._keys) > CACHE:
                self._keys = {one: self._keys[one] for one in self._fresh}
                missing = set(subjects) - self._keys.keys()
            self._fetch(missing)
            if without := missing - self._keys.keys():
                self._give(without)
        return [self._keys[subject] for subject in subjects]

    def _fetch(self, subjects: Iterable[bytes]) -> None:
        with turn(), psycopg.Cursor(driver()) as cursor:
            cursor.execute(STANDING.encode(), [[one.hex() for one in sorted(subjects)]], binary=True)
            rows = cursor.fetchall()
        for subject, number, wrapped in rows:
            self._keys[subject] = (number, crypto_subject.unwrap(wrapped, subject, number))

    def _give(self, subjects: set[bytes]) -> None:
        """Keys for standing subjects that have none, or whose last one was erased. Two at once: the first stays."""
        ordered = sorted(subjects)
        ids = [one.hex() for one in ordered]
        with connection.cursor() as cursor:
            cursor.execute(LAST, [ids])
            last = {bytes(subject): number for subject, number in cursor.fetchall()}
            numbers = [last.get(one, 0) + 1 for one in ordered]
            wrapped = crypto_subject.wrap_many(ordered, numbers, crypto_subject.new_keys(len(ordered)))
            cursor.execute(NEXT, [ids, numbers, wrapped])
        self._fetch(ordered)
