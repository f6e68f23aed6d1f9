"""Statements for machines: a JSON object, signed by the platform as a compact JWS (RFC 7515, Ed25519 as in RFC 8037).

What is signed is the object's canonical form: members sorted, UTF-8, no spaces. Who verifies takes the object out of
the signed token and from nowhere else.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from jwcrypto.common import JWException
from jwcrypto.jws import JWS

from goodfaith.common.problems import Problem
from goodfaith.common.publication_keys import ALGORITHM, as_set, jwks, rotate, signing_key

__all__ = ["canonical", "jwks", "rotate", "sign", "verify"]

TYPE = "goodfaith-statement+jws"
LONGEST = 2_000_000
"""Characters of a token that is looked at."""
HEADER = {"alg", "kid", "typ"}
"""The members of a header, all of them and no other: no ``jwk`` or ``jku`` that brings its own key, no ``crit``."""


def _not_json() -> Problem:
    return Problem("not_json", _("要签名的内容不是 JSON 对象。"), _("请只用文字、数字、布尔值、列表和对象。"))


def canonical(payload: Mapping[str, Any]) -> bytes:
    """The bytes that are signed. Problem when it is not JSON (a date, a NaN, half a character)."""
    try:
        text = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except (TypeError, ValueError) as error:
        raise _not_json() from error


def _object(text: bytes) -> dict[str, Any]:
    """The JSON object in ``text``; ValueError when it is none or names a member twice."""
    found = json.loads(text, object_pairs_hook=_once)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a member stands twice")
    return found


def sign(payload: bytes | Mapping[str, Any], *, typ: str = TYPE) -> str:
    """The signed token. ``typ`` tells kinds of statement apart. Only for the process that may read the private key.

    Bytes are the JSON of an object and are put into the canonical form. Problems ``not_json``, ``publication_keys``.
    """
    try:
        body = canonical(_object(payload) if isinstance(payload, bytes) else payload)
    except ValueError as error:
        raise _not_json() from error
    key = signing_key()
    token = JWS(body)
    header = {"alg": ALGORITHM, "kid": key["kid"], "typ": typ}
    token.add_signature(key, alg=ALGORITHM, protected=canonical(header).decode())
    return str(token.serialize(compact=True))


def _header(token: str) -> dict[str, Any]:
    parts = token.split(".")
    if len(parts) != 3 or len(token) > LONGEST:
        raise ValueError("not a compact JWS")
    return _object(base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4)))


def verify(token: str, keys: Mapping[str, Any], *, typ: str = TYPE) -> dict[str, Any]:
    """The object that a token says. ``keys``: the platform's JWK set, from a place that the reader trusts.

    Problem ``statement_invalid`` for another algorithm (``none`` too), another kind, an unknown key, any change.
    """
    try:
        header = _header(token)
        if set(header) != HEADER or header["alg"] != ALGORITHM or header["typ"] != typ:
            raise ValueError("header")
        key = as_set(dict(keys)).get_key(header["kid"])
        if key is None:
            raise ValueError("unknown key")
        read = JWS()
        read.allowed_algs = [ALGORITHM]
        read.deserialize(token, key)
        return _object(read.payload)
    except (JWException, ValueError, TypeError, KeyError, binascii.Error) as error:
        what = _("签名核对不上：不是平台现有或者曾用的密钥所签，或者内容被改动。")
        raise Problem("statement_invalid", what, _("请从平台重新取得该文件和公钥。"), status=400) from error
