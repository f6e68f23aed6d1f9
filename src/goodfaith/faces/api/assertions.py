"""Client authentication at the token address: a shared secret, or an assertion signed by the client (RFC 7523)."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.common import Request
from oauthlib.oauth2.rfc6749.errors import InvalidClientError

from goodfaith.common import clock
from goodfaith.faces.api.scopes import SIGNED
from goodfaith.faces.api.tokens import ADDRESS
from goodfaith.parties import queries
from goodfaith.parties.assertions import do_use_assertion
from goodfaith.parties.keys import ALGORITHMS
from goodfaith.parties.models import MachineClient

KIND = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONGEST = 300
"""Seconds an assertion may be good for."""
SKEW = 30
"""Seconds by which two clocks may differ."""
CLAIMS = ["iss", "sub", "aud", "exp", "iat", "jti"]


class Validator(OAuth2Validator):
    """django-oauth-toolkit's validator (OAUTH2_VALIDATOR_CLASS), with private_key_jwt."""

    def _load_application(self, client_id: str, request: Request) -> Any:
        """The client; none for an id with a NUL, which the database would not take for a text."""
        return None if "\0" in client_id else super()._load_application(client_id, request)

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """Whether the client has proven who it is. A client that has registered keys must sign."""
        if _told(request, "client_assertion_type") or _told(request, "client_assertion"):
            client = verify(request)
            setattr(request, SIGNED, True)
            return bool(self._load_application(client.client_id, request) is not None)
        known = bool(super().authenticate_client(request, *args, **kwargs))
        registered = queries.machine_client(request.client.client_id) if known else None
        return registered is not None and registered.jwks is None


def verify(request: Request) -> MachineClient:
    """The client whose assertion stands in the token request; :class:`InvalidClientError` says what is wrong."""
    given = _told(request, "client_assertion")
    if _told(request, "client_assertion_type") != KIND:
        raise InvalidClientError(description="client_assertion_type must be jwt-bearer", request=request)
    try:
        header = jwt.get_unverified_header(given)
        unverified = jwt.decode(given, options={"verify_signature": False})
        client = _client(unverified)
        told = _verified(request, client, header)
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise InvalidClientError(description=f"client_assertion: {_reason(error)}", request=request) from None
    if _told(request, "client_id") and _told(request, "client_id") != client.client_id:
        raise InvalidClientError(description="client_assertion: another client_id", request=request)
    _use(request, client, told)
    return client


def _told(request: Request, name: str) -> str:
    """A parameter of the token request; '' when it was not sent."""
    return str(getattr(request, name, None) or "")


def _reason(error: Exception) -> str:
    """What is wrong, without the values that were sent."""
    return type(error).__name__ if isinstance(error, jwt.PyJWTError) else "malformed or unknown"


def _client(claims: dict[str, Any]) -> MachineClient:
    named = str(claims["iss"])
    client = queries.machine_client(named) if claims["iss"] == claims["sub"] and "\0" not in named else None
    if client is None or client.jwks is None:
        raise ValueError
    return client


def _key(client: MachineClient, header: dict[str, Any]) -> jwt.PyJWK:
    """The registered key that the assertion names; the only one when it names none."""
    keys = (client.jwks or {})["keys"]
    fitting = [key for key in keys if header.get("kid") in (None, key["kid"])]
    if len(fitting) != 1 or header["alg"] not in ALGORITHMS:
        raise ValueError
    return jwt.PyJWK(json.loads(json.dumps(fitting[0])), algorithm=header["alg"])


def _verified(request: Request, client: MachineClient, header: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = jwt.decode(
        request.client_assertion, _key(client, header), algorithms=[header["alg"]], audience=request.headers[ADDRESS],
        leeway=SKEW, options={"require": CLAIMS, "strict_aud": True},
    )  # fmt: skip
    if float(told["exp"]) > time.time() + LONGEST + SKEW:
        raise ValueError
    return told


def _use(request: Request, client: MachineClient, told: dict[str, Any]) -> None:
    jti = str(told["jti"])
    if not 8 <= len(jti) <= 200 or not jti.isprintable():
        raise InvalidClientError(description="client_assertion: jti must be 8 to 200 characters", request=request)
    expires = float(told["exp"]) + SKEW
    if not do_use_assertion(at=clock.now(), client_id=client.client_id, jti=jti, expires=expires):
        raise InvalidClientError(description="client_assertion: jti was used before", request=request)
