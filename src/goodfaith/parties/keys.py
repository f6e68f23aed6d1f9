"""Public keys of machine clients (RFC 7517), and which of them may sign."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK, JWKSet

from goodfaith.common.problems import Problem

ALGORITHMS = ("EdDSA", "ES256", "RS256")
"""What a client may sign with. ``none`` and shared secrets (HS…) are not among them."""
LEAST_RSA_BITS = 2048
TYPES = {"OKP": "Ed25519", "EC": "P-256", "RSA": ""}
"""Kind of key → its curve."""


def _good(key: JWK) -> bool:
    told: dict[str, Any] = key.export(private_key=False, as_dict=True) if key.has_public else {}
    if told.get("kty") not in TYPES or told.get("crv", "") != TYPES[told["kty"]]:
        return False
    return told["kty"] != "RSA" or bool(key.get_op_key("verify").key_size >= LEAST_RSA_BITS)


def check_jwks(given: dict[str, Any]) -> dict[str, Any]:
    """The public halves of the keys, each with a ``kid``; Problem when one is of no use for signing."""
    try:
        keys = list(JWKSet.from_json(json.dumps(given)))
        good = bool(keys) and all(map(_good, keys))
    except (JWException, ValueError, TypeError, KeyError):
        keys, good = [], False
    if not good:
        raise Problem(
            "jwks_bad",
            _("公钥不合格：需要一组 Ed25519、P-256 或不少于 2048 位的 RSA 公钥（JWKS）。"),
            _("请用客户端一侧生成密钥，只提交公钥。"),
        )
    return {"keys": [{"kid": key.thumbprint(), **key.export_public(as_dict=True)} for key in keys]}


def fresh_key() -> JWK:
    """A new key pair for a client (Ed25519)."""
    return JWK.generate(kty="OKP", crv="Ed25519")
