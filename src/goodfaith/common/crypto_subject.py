"""One key for each subject: what is about the subject is sealed under it, and erasing it erases all of that.

A subject's key is 32 random bytes, kept wrapped: sealed under the newest key of the installation and bound
to its subject and number. A value sealed under it is ``suite byte (3 aes, 4 sm) · number of the subject's
key · nonce(12) · ciphertext and tag`` and bound to its subject and its place, so that neither two subjects'
values nor two values of one subject can change places. Values of before (suite bytes 1 and 2, under the key
of the installation, bound to nothing) are still read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings

from goodfaith.common import crypto
from goodfaith.common.crypto import HEAD, NONCE, Aead

SIZE = 32
"""Bytes of a key; SM4 uses the first 16."""
SUITES = {"aes": 3, "sm": 4}
OLDER = frozenset(crypto.SUITES.values())
"""Suite bytes of values that stand under the installation's own key."""
NAME = "name"
"""The place of a person's name. Others: :func:`number_place`, :func:`record_place`."""


class Erased(Exception):
    """The key of this subject was destroyed; nobody can open the value again."""


def number_place(kind: str) -> str:
    """The place of an identifier's number."""
    return f"number/{kind}"


def record_place(record: UUID | str, version: int) -> str:
    """The place of the sealed fields of a record's version."""
    return f"record/{str(record).replace('-', '')}/{version}"


def statement_place(statement: UUID | str) -> str:
    """The place of the subject's own words beside a record."""
    return f"statement/{str(statement).replace('-', '')}"


def context(subject: UUID, place: str) -> bytes:
    """What a value is bound to."""
    return f"{subject.hex}/{place}".encode()


def _wrapping(subject: bytes, number: int) -> bytes:
    return f"{subject.hex()}/key/{number}".encode()


def new_keys(count: int) -> list[bytes]:
    """Fresh random keys."""
    block = os.urandom(SIZE * count)
    return [block[start : start + SIZE] for start in range(0, SIZE * count, SIZE)]


def wrap_many(subjects: Sequence[bytes], numbers: Sequence[int], keys: Sequence[bytes]) -> list[bytes]:
    """The keys as the database keeps them. ``subjects``: ids of 16 bytes."""
    return crypto.seal_many(keys, map(_wrapping, subjects, numbers))


def unwrap(wrapped: bytes | memoryview, subject: bytes, number: int) -> bytes:
    """The key that :func:`wrap_many` took; ``InvalidTag`` when it belongs to another subject."""
    return crypto.unseal(wrapped, _wrapping(subject, number))


def seal_each(
    numbers: Sequence[int], keys: Sequence[bytes], values: Sequence[bytes], contexts: Sequence[bytes]
) -> list[bytes]:
    """Seal each value under its own key; for bulk loads."""
    suite = settings.CRYPTO_SUITE
    nonces, make = os.urandom(NONCE * len(values)), crypto.cipher
    heads = {number: bytes((SUITES[suite], number)) for number in set(numbers)}
    return [
        heads[number] + (n := nonces[i * NONCE : i * NONCE + NONCE]) + make(suite, key).encrypt(n, value, bound)
        for i, (number, key, value, bound) in enumerate(zip(numbers, keys, values, contexts, strict=True))
    ]


def is_older(sealed: bytes | memoryview) -> bool:
    """Whether the value stands under the installation's key and not under its subject's."""
    return bytes(sealed[:1])[0] in OLDER


class Opener:
    """Opens values of some subjects by their keys as the database keeps them: (subject, number, wrapped or None)."""

    def __init__(self, rows: Iterable[tuple[UUID, int, bytes | memoryview | None]] = ()) -> None:
        self._wrapped = {(subject, number): wrapped for subject, number, wrapped in rows}
        self._ciphers: dict[tuple[UUID, int, int], Aead] = {}

    def _cipher(self, subject: UUID, suite: int, number: int) -> Aead:
        found = self._ciphers.get((subject, suite, number))
        if found is None:
            if (subject, number) not in self._wrapped:
                raise crypto.KeyMissing(f"key {number} of subject {subject} is not there")
            wrapped = self._wrapped[subject, number]
            if wrapped is None:
                raise Erased(str(subject))
            names = {code: name for name, code in SUITES.items()}
            found = crypto.cipher(names[suite], unwrap(wrapped, subject.bytes, number))
            self._ciphers[subject, suite, number] = found
        return found

    def open(self, subject: UUID, place: str, sealed: bytes | memoryview) -> bytes:
        """The value. :class:`Erased` when its key was destroyed; ``InvalidTag`` when it is not of this place."""
        data = bytes(sealed)
        if is_older(data):
            return crypto.unseal(data)
        aead = self._cipher(subject, data[0], data[1])
        return aead.decrypt(data[HEAD : HEAD + NONCE], data[HEAD + NONCE :], context(subject, place))

    def text(self, subject: UUID, place: str, sealed: bytes | memoryview) -> str:
        """The text that was sealed."""
        return self.open(subject, place, sealed).decode()

    def json(self, subject: UUID, place: str, sealed: bytes | memoryview) -> Any:
        """The JSON value that was sealed."""
        return orjson.loads(self.open(subject, place, sealed))
