"""A supervising unit with its three administrators and a clerk; invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.parties import actions
from goodfaith.parties.models import User

ACTING = Acting(kind="system", id="test", name="测试")
PASSWORD = "a-long-pass-phrase-7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NUMBERS = {"system_admin": "990101198001010011", "security_admin": "990101198001010038", "auditor": "990101198001010054",
           "clerk": "990101198001010070", "credit_office": "990101198001010097", "": "990101198001010118"}  # fmt: skip


def given(**more: Any) -> dict[str, Any]:
    return {"acting": ACTING, "at": clock.now(), **more}


@dataclass
class Office:
    users: dict[str, User]

    def __getitem__(self, role: str) -> User:
        return self.users[role]

    def fresh(self, role: str) -> User:
        return User.objects.get(pk=self.users[role].pk)


def make_officer(role: str, unit: str, username: str = "", number: str | None = None) -> User:
    return actions.do_create_officer(**given(
        username=username or role or "rightless", password=PASSWORD, display_name="某人", unit=unit, role=role,
        number=number or NUMBERS[role],
    ))  # fmt: skip


def with_code(user: User) -> Authenticator:
    """Give an account an authenticator app."""
    return TOTP.activate(user, SECRET).instance


@pytest.fixture
def office(db: None) -> Office:
    actions.do_create_unit(**given(code="o_office", name="示例信用办", short_name="信用办", kind="credit_office"))
    actions.do_create_unit(**given(code="o_market", name="示例市监局", short_name="市监局", kind="department"))
    users = {role: make_officer(role, "o_market" if role == "clerk" else "o_office") for role in NUMBERS}
    return Office(users)
