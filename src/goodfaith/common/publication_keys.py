"""The platform's publication keys (Ed25519): with them it signs what machines of others have to be able to trust.

``GOODFAITH_HOME/publication.json`` (mode 600), or the environment's ``GOODFAITH_PUBLICATION_KEYS``, is a JWK set
(RFC 7517), the newest key last. Only the newest has its private half: that of a retired one is destroyed, its public
half stays, so that what it signed can still be verified. Only the process that signs reads the file.
``GOODFAITH_HOME/publication-public.json`` (mode 644) holds the same set without anything private. Whoever signs keeps
it in step; whoever only shows the keys reads it, and may lack the other.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK, JWKSet

from goodfaith.common.home import home, replace_private, replace_public
from goodfaith.common.problems import Problem

FILE = "publication.json"
PUBLIC_FILE = "publication-public.json"
LOCK = "publication.lock"
VARIABLE = "GOODFAITH_PUBLICATION_KEYS"
ALGORITHM = "EdDSA"
PUBLIC = ("kty", "crv", "x", "kid", "alg", "use", "made", "retired")
"""The members that are handed out; ``made`` and ``retired`` are days (our own, RFC 7517 section 4 allows them)."""

Key = dict[str, Any]


def jwks() -> dict[str, list[Key]]:
    """The public keys as a JWK set, the newest last, retired ones among them; no key yet: an empty set.

    Reads nothing private. Problem ``publication_keys`` when the file cannot be understood.
    """
    try:
        held = json.loads((home() / PUBLIC_FILE).read_bytes())
        return {"keys": [_public(key) for key in held["keys"]]}
    except FileNotFoundError:
        return {"keys": []}
    except (ValueError, KeyError, TypeError) as error:
        raise _unusable(PUBLIC_FILE) from error


def signing_key() -> JWK:
    """The newest key, made at first use. Problem ``publication_keys``: the file is lost or not to be understood."""
    with _locked():
        keys = _held()
        if not keys:
            keys = [_fresh(dt.datetime.now(dt.UTC).date())]
            _keep(keys)
        elif [_public(key) for key in keys] != jwks()["keys"]:
            _tell(keys)
    return JWK(**{name: keys[-1][name] for name in ("kty", "crv", "x", "d", "kid")})


def rotate(*, on: dt.date, distrust: bool = False) -> str:
    """A new key signs from now on; its id. The old one's private half is destroyed, its public half is still published.

    ``distrust``: the old key may be in wrong hands, so that it is published no more and nothing it signed verifies. A
    lost private file is no hindrance: the public one tells what there was. Problem when the keys are the environment's.
    """
    if os.environ.get(VARIABLE):
        what = _("发布密钥来自环境变量 %(name)s，程序不能替您改写。") % {"name": VARIABLE}
        raise Problem("keys_not_in_file", what, _("请自行生成新的密钥集，再重启各进程。"))
    with _locked():
        lost = not (home() / FILE).exists()
        keys = [_public(key) for key in (jwks()["keys"] if lost else _held())]
        if keys:
            newest = keys.pop()
            keys += [] if distrust else [newest | {"retired": on.isoformat()}]
        keys.append(_fresh(on))
        _keep(keys)
    return str(keys[-1]["kid"])


@contextmanager
def _locked() -> Iterator[None]:
    """One process at a time makes or turns the keys."""
    with (home() / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _held() -> list[Key]:
    """The keys with the newest's private half; none when there never was one."""
    given, path = os.environ.get(VARIABLE), home() / FILE
    if not given and not path.exists():
        if jwks()["keys"]:
            what = _("发布密钥（%(where)s）不见了。") % {"where": FILE}
            raise Problem("publication_keys", what, _("请从备份恢复该文件；没有备份的，请轮换密钥。"), status=500)
        return []
    try:
        keys: list[Key] = json.loads(given or path.read_bytes())["keys"]
        good = bool(keys) and "d" in keys[-1] and all(map(_matches, keys))
    except (ValueError, KeyError, TypeError, JWException) as error:
        raise _unusable(VARIABLE if given else FILE) from error
    if not good:
        raise _unusable(VARIABLE if given else FILE)
    return keys


def _matches(key: Key) -> bool:
    """Whether it is an Ed25519 key whose id is its thumbprint (RFC 7638)."""
    read = JWK(**{name: key[name] for name in ("kty", "crv", "x", "d") if name in key})
    return (key["kty"], key["crv"]) == ("OKP", "Ed25519") and key["kid"] == read.thumbprint()


def _fresh(on: dt.date) -> Key:
    made = JWK.generate(kty="OKP", crv="Ed25519")
    private: Key = made.export_private(as_dict=True)
    return private | {"kid": made.thumbprint(), "alg": ALGORITHM, "use": "sig", "made": on.isoformat()}


def _public(key: Key) -> Key:
    return {name: key[name] for name in PUBLIC if name in key}


def _keep(keys: list[Key]) -> None:
    replace_private(FILE, json.dumps({"keys": keys}, indent=1).encode())
    _tell(keys)


def _tell(keys: list[Key]) -> None:
    replace_public(PUBLIC_FILE, json.dumps({"keys": [_public(key) for key in keys]}, indent=1).encode())


def _unusable(where: str) -> Problem:
    what = _("发布密钥（%(where)s）无法识别。") % {"where": where}
    return Problem("publication_keys", what, _("请从备份恢复该文件。"), status=500)


def as_set(keys: dict[str, Any]) -> JWKSet:
    """A published set, read; Problem when it is none."""
    try:
        return JWKSet.from_json(json.dumps(keys))
    except (JWException, ValueError, TypeError) as error:
        raise _unusable("JWKS") from error
