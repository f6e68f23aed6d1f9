"""Machine clients: OAuth 2 client credentials; a call needs its scope in the token and in the client's grant."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass

from django.http import HttpRequest
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer
from oauth2_provider.oauth2_backends import get_oauthlib_core

from goodfaith.common.acting import Acting
from goodfaith.parties.queries import machine_client

KEPT_SECONDS = 5.0
MOST_KEPT = 10_000
PURPOSE = "purpose:"
"""Scopes about people are ``purpose:<code>``, one for each purpose of the catalogue that machines may use."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose token it is, and the scopes that both the token and the client have."""

    acting: Acting
    scopes: frozenset[str]
    unit_kind: str


_kept: dict[bytes, tuple[float, Bearer]] = {}


def _read(request: HttpRequest) -> Bearer | None:
    """The token of this request looked up in the database; None when it is not good."""
    valid, grant = get_oauthlib_core().verify_request(request, scopes=[])
    client = machine_client(grant.client.client_id) if valid else None
    if client is None:
        return None
    scopes = frozenset(grant.access_token.scope.split()) & frozenset(client.scopes)
    acting = Acting(kind="machine", id=client.client_id, name=client.name, unit=client.unit_id)
    return Bearer(acting, scopes, client.unit.kind)


def _remembered(request: HttpRequest, token: str) -> Bearer | None:
    """The same, kept for some seconds under the token's digest; a token that is not good is never kept."""
    key, now = hashlib.sha256(token.encode()).digest(), time.monotonic()
    kept = _kept.get(key)
    if kept is not None and now - kept[0] < KEPT_SECONDS:
        return kept[1]
    _kept.pop(key, None)
    found = _read(request)
    if found is not None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = now, found
    return found


def forget() -> None:
    """Forget every token that is kept."""
    _kept.clear()


class Machine(HttpBearer):
    """Lets a call through when its bearer token and its machine client both have ``scope``.

    ``request.auth`` is then the :class:`Acting` of the machine client, ``request.bearer`` all of the token.
    """

    openapi_scheme = "bearer"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        found = _read(request)
        return _granted(request, found) if found is not None and self.scope in found.scopes else None


class ForPurposes(HttpBearer):
    """Lets a call through whose token has a scope of any purpose; the operation asks for the one it needs.

    Only for operations that pass the gate: the token is kept for at most :data:`KEPT_SECONDS`, and the gate
    itself refuses a client that was switched off since.
    """

    openapi_scheme = "bearer"

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        found = _remembered(request, token)
        if found is None or not any(scope.startswith(PURPOSE) for scope in found.scopes):
            return None
        return _granted(request, found)


def _granted(request: HttpRequest, found: Bearer) -> Acting:
    request.bearer = found  # type: ignore[attr-defined]
    return found.acting


def bearer_of(request: HttpRequest) -> Bearer:
    """The token of a request that passed :class:`Machine` or :class:`ForPurposes`."""
    found: Bearer = request.bearer  # type: ignore[attr-defined]
    return found


def has_scope(request: HttpRequest, scope: str) -> bool:
    """Whether the token and its client both have ``scope``."""
    return scope in bearer_of(request).scopes


def need_purpose(request: HttpRequest, purpose: str) -> None:
    """A call for this purpose needs its scope; a 401 otherwise, as for every scope."""
    if not has_scope(request, PURPOSE + purpose):
        raise AuthenticationError
