"""The ledger's signing keys: where the private halves lie and how one follows another.

``GOODFAITH_HOME/signing.json`` (mode 600), or the environment's ``GOODFAITH_SIGNING_KEYS``, holds
``{"origin": name, "keys": [seed in base64, …]}``, the newest last. Only the sealer and ``rotate-key`` read it.
What is known publicly of each key stands in the database (:class:`~goodfaith.ledger.models.SigningKey`).
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from pathlib import Path

from goodfaith.common.home import home, mark, private_file, replace_private
from goodfaith.common.problems import Problem
from goodfaith.ledger.notes import Signer, Verifier

FILE = "signing.json"
VARIABLE = "GOODFAITH_SIGNING_KEYS"


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _first(area: str) -> bytes:
    origin = os.environ.get("GOODFAITH_LEDGER_ORIGIN") or f"goodfaith/{area}/{mark()}"
    return json.dumps({"origin": origin, "keys": [_fresh()]}).encode()


def _raw(area: str) -> str:
    return os.environ.get(VARIABLE) or private_file(FILE, _first(area)).decode()


def signers(area: str, *, begun: bool = False) -> list[Signer]:
    """The keys of this installation, oldest first; the first is made when there is none.

    ``area``: the city's administrative code, part of the log's name. ``begun``: the log has keys already, so a lost
    file is told and no other key put in its place, which the next backup would take for the right one. Problem
    ``signing_keys`` then, and when the file cannot be understood.
    """
    if begun and not os.environ.get(VARIABLE) and not (home() / FILE).exists():
        raise Problem("signing_keys", f"查询日志的签名密钥（{home() / FILE}）不见了。", "请从备份恢复该文件。")
    try:
        held = json.loads(_raw(area))
        seeds = [base64.b64decode(seed, validate=True) for seed in held["keys"]]
        found = [Signer(held["origin"], seed) for seed in seeds]
        if not found or any(len(seed) != 32 for seed in seeds) or {" ", "+", "\n"} & set(held["origin"]):
            raise ValueError
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        where = VARIABLE if os.environ.get(VARIABLE) else home() / FILE
        raise Problem("signing_keys", f"查询日志的签名密钥（{where}）无法识别。", "请从备份恢复该文件。") from error
    return found


def following(current: Signer) -> tuple[Signer, str]:
    """A new key to follow ``current``, and the JSON that holds the two; nothing is written."""
    seed = _fresh()
    held = {"origin": current.name, "keys": [base64.b64encode(current.seed).decode(), seed]}
    return Signer(current.name, base64.b64decode(seed)), json.dumps(held)


def keep(text: str) -> Path | None:
    """Write the keys in place of the old file, whole or not at all; None when they are the environment's."""
    if os.environ.get(VARIABLE):
        return None
    return replace_private(FILE, text.encode())


def introduction(old: Verifier, new: Verifier, size: int) -> str:
    """The text by which the old key introduces the new, to be signed by the old."""
    return f"{old.name}\nnew key {new.vkey()}\nfollows {old.id}\nfrom size {size}\n"
