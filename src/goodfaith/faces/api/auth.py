"""Machine clients: OAuth 2 client credentials; a call needs its scope in the token and in the client's grant."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer
from oauth2_provider.oauth2_backends import get_oauthlib_core

from goodfaith.common.acting import Acting
from goodfaith.parties.queries import machine_client


class Machine(HttpBearer):
    """Lets a call through when its bearer token and its machine client both have ``scope``.

    ``request.auth`` is then the :class:`Acting` of the machine client.
    """

    openapi_scheme = "bearer"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Acting | None:
        valid, grant = get_oauthlib_core().verify_request(request, scopes=[self.scope])
        if not valid:
            return None
        client = machine_client(grant.client.client_id)
        if client is None or self.scope not in client.scopes:
            return None
        return Acting(kind="machine", id=client.client_id, name=client.name, unit=client.unit_id)
