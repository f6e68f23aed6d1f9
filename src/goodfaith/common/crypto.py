"""Sealing under the installation's keys, and the keyed index that finds people's names and numbers again.

Two suites, one setting (``CRYPTO_SUITE``): ``aes`` is AES-256-GCM with HMAC-SHA-256, ``sm`` is SM4-GCM
with HMAC-SM3 for sites under GB/T 39786. A sealed value is ``suite byte · key number · nonce(12) ·
ciphertext and tag``, so values of both suites and of older keys can stand side by side. The keys live
beside the program (``GOODFAITH_HOME/keys.json``) or in ``GOODFAITH_KEYS``, never in the database.

What is about one subject is sealed under a key of that subject's own (:mod:`.crypto_subject`); these keys
seal only those keys, delivered files and findings.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import itertools
import os
import unicodedata
from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

import orjson
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as chmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from goodfaith.common.crypto_keys import Keys, parse_keys
from goodfaith.common.home import data_keys

NONCE = 12
TAG = 16
HEAD = 2


class Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class Sm4Gcm:
    """SM4 in Galois/counter mode, with the interface of ``AESGCM``."""

    def __init__(self, key: bytes) -> None:
        self._key = key[:16]

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        worker = Cipher(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        worker.authenticate_additional_data(associated_data or b"")
        return worker.update(data) + worker.finalize() + worker.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        worker = Cipher(algorithms.SM4(self._key), modes.GCM(nonce, data[-TAG:])).decryptor()
        worker.authenticate_additional_data(associated_data or b"")
        return worker.update(data[:-TAG]) + worker.finalize()


SUITES = {"aes": 1, "sm": 2}


class KeyMissing(LookupError):
    """A value was sealed under a key that this installation does not hold."""


def cipher(suite: str, key: bytes) -> Aead:
    """The cipher of a suite (``aes`` takes 32 bytes, ``sm`` the first 16 of them)."""
    return AESGCM(key) if suite == "aes" else Sm4Gcm(key)


@functools.cache
def keys() -> Keys:
    """The keys of this installation (``settings.KEYS``)."""
    return parse_keys(settings.KEYS)


def use_keys(text: bytes | str) -> None:
    """Take these keys from now on, in this process."""
    settings.KEYS = text.decode() if isinstance(text, bytes) else text
    forget()


def forget() -> None:
    """Read keys and suite from the settings again when they are next needed."""
    for cached in (keys, _aead, _writer):
        cached.cache_clear()


def _key(number: int) -> bytes:
    """The key of a number. One that was added since this process began (rotation) is read from the file."""
    if number not in keys().seal:
        use_keys(data_keys())
    if number not in keys().seal:
        raise KeyMissing(f"there is no key number {number} in keys.json")
    return keys().seal[number]


@functools.cache
def _aead(suite: int, number: int) -> Aead:
    names = {code: name for name, code in SUITES.items()}
    if suite not in names:
        raise ValueError(f"not sealed under a key of the installation (suite code {suite})")
    return cipher(names[suite], _key(number))


@functools.cache
def _writer() -> tuple[bytes, Aead]:
    suite, number = SUITES[settings.CRYPTO_SUITE], keys().newest
    return bytes((suite, number)), _aead(suite, number)


def head() -> bytes:
    """Suite byte and key number of what is sealed from now on."""
    return _writer()[0]


def seal(data: bytes, context: bytes = b"") -> bytes:
    """Encrypt ``data``; ``context`` is bound to it and must be given again to open it."""
    mark, aead = _writer()
    nonce = os.urandom(NONCE)
    return mark + nonce + aead.encrypt(nonce, data, context)


def unseal(sealed: bytes | memoryview, context: bytes = b"") -> bytes:
    """The bytes that :func:`seal` took; ``cryptography.exceptions.InvalidTag`` when it was tampered with."""
    sealed = bytes(sealed)
    aead = _aead(sealed[0], sealed[1])
    return aead.decrypt(sealed[HEAD : HEAD + NONCE], sealed[HEAD + NONCE :], context)


def text_context(text_id: UUID, part: str) -> bytes:
    """What the text or paper of that id (``part``: text, answer, name, file) is bound to."""
    return f"{text_id.hex}/{part}".encode()


def seal_text(text: str, context: bytes = b"") -> bytes:
    """Encrypt a text."""
    return seal(text.encode(), context)


def unseal_text(sealed: bytes | memoryview, context: bytes = b"") -> str:
    """The text that :func:`seal_text` took."""
    return unseal(sealed, context).decode()


def seal_json(value: Any, context: bytes = b"") -> bytes:
    """Encrypt a JSON value."""
    return seal(orjson.dumps(value), context)


def unseal_json(sealed: bytes | memoryview, context: bytes = b"") -> Any:
    """The JSON value that :func:`seal_json` took."""
    return orjson.loads(unseal(sealed, context))


def seal_many(values: Iterable[bytes], contexts: Iterable[bytes] | None = None) -> list[bytes]:
    """Encrypt many values with one random block of nonces; for bulk loads. ``contexts``: one for each value."""
    items = list(values)
    mark, aead = _writer()
    nonces = os.urandom(NONCE * len(items))
    encrypt, bound = aead.encrypt, itertools.repeat(b"", len(items)) if contexts is None else contexts
    return [
        mark + (n := nonces[i * NONCE : i * NONCE + NONCE]) + encrypt(n, data, context)
        for i, (data, context) in enumerate(zip(items, bound, strict=True))
    ]


def _sm3_index(text: bytes) -> bytes:
    worker = chmac.HMAC(keys().index, hashes.SM3())
    worker.update(text)
    return worker.finalize()


def index_key(kind: str, value: str) -> bytes:
    """The keyed digest (16 bytes) under which ``value`` of ``kind`` is found; useless without the key."""
    text = f"{kind}\x1f{value}".encode()
    if settings.CRYPTO_SUITE == "sm":
        return _sm3_index(text)[:16]
    return hmac.digest(keys().index, text, hashlib.sha256)[:16]


def index_many(kind: str, values: Iterable[str]) -> list[bytes]:
    """:func:`index_key` for many values."""
    if settings.CRYPTO_SUITE == "sm":
        return [index_key(kind, value) for value in values]
    key, prefix, digest = keys().index, f"{kind}\x1f".encode(), hmac.digest
    return [digest(key, prefix + value.encode(), "sha256")[:16] for value in values]


def plain_name(name: str) -> str:
    """A name as it is compared: NFKC, no white space, middle dots and brackets made one, upper case."""
    text = unicodedata.normalize("NFKC", name).upper()
    text = text.replace("•", "·").replace("．", "·").replace("‧", "·")
    return "".join(text.split())


def name_key(name: str) -> bytes:
    """The keyed digest of a name, for comparing it with a registered one without reading that."""
    return index_key("name", plain_name(name))
