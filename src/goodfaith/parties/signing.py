"""A client's side of RFC 7523: an assertion signed with its private key, and the token it gets for it.

For trying the API out and for tests; a client in another language does the same with any JOSE library.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from typing import Any

import jwt
from jwcrypto.jwk import JWK

from goodfaith.common.problems import Problem

KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LIFE = 120
NAMES = {"OKP": "EdDSA", "EC": "ES256", "RSA": "RS256"}


def assertion(client_id: str, key: bytes, address: str, **changes: Any) -> str:
    """A fresh assertion of ``client_id`` for the token address; ``key``: its private key as PEM.

    ``changes`` replace claims (None takes one away), for trying what is refused.
    """
    now, pair = int(time.time()), JWK.from_pem(key)
    claims: dict[str, Any] = {
        "iss": client_id, "sub": client_id, "aud": address, "iat": now, "exp": now + LIFE, "jti": uuid.uuid4().hex,
    }  # fmt: skip
    claims = {name: value for name, value in (claims | changes).items() if value is not None}
    algorithm = NAMES[pair.export_public(as_dict=True)["kty"]]
    return jwt.encode(claims, key, algorithm, {"kid": pair.thumbprint()})


def request_body(client_id: str, key: bytes, address: str, scope: str = "") -> dict[str, str]:
    """The form of a token request by client credentials with a signed assertion."""
    body = {
        "grant_type": "client_credentials", "client_assertion_type": KIND,
        "client_assertion": assertion(client_id, key, address),
    }  # fmt: skip
    return body | ({"scope": scope} if scope else {})


def get_token(client_id: str, key: bytes, address: str, scope: str = "") -> dict[str, Any]:
    """Ask the token address; what it answers. Problem when it refuses or cannot be reached."""
    data = urllib.parse.urlencode(request_body(client_id, key, address, scope)).encode()
    try:
        with urllib.request.urlopen(address, data, timeout=30) as answer:  # noqa: S310 the address is the caller's
            told: dict[str, Any] = json.loads(answer.read())
            return told
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")
        what = f"令牌没有取到（{error.code}）：{said}"
        raise Problem("token_refused", what, "请核对编号、私钥、地址和权限。") from None
    except OSError as error:
        raise Problem("token_unreachable", f"连不上 {address}：{error}", "请核对地址，并确认平台正在运行。") from None
