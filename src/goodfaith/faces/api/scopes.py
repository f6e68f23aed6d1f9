"""Which scopes there are, and which of them a client gets in a token."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from oauth2_provider.models import AbstractApplication
from oauth2_provider.scopes import BaseScopes
from oauthlib.common import Request

from goodfaith.law import queries as law
from goodfaith.parties import queries as parties
from goodfaith.parties.rules import PURPOSE, is_signed

SIGNED = "signed_assertion"
"""Attribute of the token request: whether the client signed an assertion (RFC 7523)."""


class Scopes(BaseScopes):
    """The plain scopes, and one for each purpose of the catalogue that machines may use (SCOPES_BACKEND_CLASS)."""

    def get_all_scopes(self) -> dict[str, str]:
        """Scope → what it is for."""
        named = {PURPOSE + purpose.code: purpose.name.zh for purpose in law.purposes("machine")}
        plain = {
            "intake:check": _("数据预检"),
            "intake:submit": _("报送数据"),
            "organisations:read": _("查询法人和其他组织的公开信息"),
            "recalls": _("收取撤回通知并回执"),
        }
        return plain | named

    def get_available_scopes(
        self, application: AbstractApplication | None = None, request: Request | None = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """What this client may have: its own scopes; those about people only when it signed its request."""
        client = None if application is None else parties.machine_client(application.client_id)
        if client is None:
            return []
        signed = getattr(request, SIGNED, False)
        known = self.get_all_scopes()
        return [scope for scope in client.scopes if scope in known and (signed or not is_signed(scope))]

    def get_default_scopes(self, *args: Any, **kwargs: Any) -> list[str]:
        """A client that names no scope gets all it may have."""
        return self.get_available_scopes(*args, **kwargs)
