"""What the stand-in identity provider issues: codes, access tokens, ID tokens signed with RS256."""

from __future__ import annotations

import base64
import functools
import hashlib
import time
from typing import Any

import jwt
from django.core import signing
from django.core.cache import cache
from jwcrypto.jwk import JWK

from goodfaith.common.home import private_file

CODE_LIFE, TOKEN_LIFE = 60, 300
CODE, ACCESS = "demo-identity-code", "demo-identity-access"


@functools.cache
def key() -> JWK:
    """The office's signing key, made when it is needed first."""
    fresh = JWK.generate(kty="RSA", size=2048).export_to_pem(private_key=True, password=None)
    return JWK.from_pem(private_file("demo_identity.pem", fresh))


def jwks() -> dict[str, Any]:
    """The public half (RFC 7517)."""
    return {"keys": [{**key().export_public(as_dict=True), "kid": key().thumbprint(), "alg": "RS256", "use": "sig"}]}


def code(**about: str) -> str:
    """An authorization code; what it is good for stands in it, signed."""
    return signing.dumps(about, salt=CODE)


def spend(given: str) -> dict[str, str] | None:
    """What a code is good for; None when it is false, too old or spent."""
    try:
        about: dict[str, str] = signing.loads(given, salt=CODE, max_age=CODE_LIFE)
    except signing.BadSignature:
        return None
    return about if cache.add(f"{CODE}:{given[-43:]}", 1, CODE_LIFE) else None


def challenge_fits(challenge: str, verifier: str) -> bool:
    """PKCE (RFC 7636), S256."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return bool(challenge) and digest == challenge


def access_token(sub: str) -> str:
    """An access token for the userinfo address."""
    return signing.dumps({"sub": sub}, salt=ACCESS)


def subject_of(token: str) -> str | None:
    """Whose access token it is."""
    try:
        return str(signing.loads(token, salt=ACCESS, max_age=TOKEN_LIFE)["sub"])
    except (signing.BadSignature, KeyError):
        return None


def id_token(issuer: str, audience: str, sub: str, nonce: str) -> str:
    """A signed ID token (OpenID Connect Core, 2)."""
    now = int(time.time())
    claims = {"iss": issuer, "aud": audience, "sub": sub, "iat": now, "exp": now + TOKEN_LIFE}
    private = key().export_to_pem(private_key=True, password=None)
    return jwt.encode(claims | ({"nonce": nonce} if nonce else {}), private, "RS256", {"kid": key().thumbprint()})
