"""The log-ins of the demo. They exist only in the invented city, and everybody may know them."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodfaith.common.acting import Acting
from goodfaith.demo import clients
from goodfaith.parties.actions import (
    do_create_citizen,
    do_create_enterprise_agent,
    do_create_officer,
    do_register_machine_client,
)
from goodfaith.parties.log_ins import do_set_notices
from goodfaith.parties.second_factor import code_at, do_set_totp
from goodfaith.subjects.masking import mask_name
from goodfaith.subjects.numbers import id_check_digit


@dataclass(frozen=True)
class Login:
    """A log-in: who it is, user name, password; for officers unit and role."""

    what: str
    username: str
    password: str
    unit: str = ""
    role: str = ""

    @property
    def secret(self) -> str:
        """The TOTP secret of an officer's account (base32); published, like the password. '' for others."""
        if not self.role:
            return ""
        digest = hashlib.sha256(f"goodfaith demo {self.username}".encode()).digest()
        return base64.b32encode(digest[:20]).decode()

    def code(self, moment: float | None = None) -> str:
        """The code of the second step at a moment (seconds of the epoch; now when not given)."""
        return code_at(self.secret, moment)


LOGINS = (
    Login("自然人", "citizen", "demo-citizen-2026"),
    Login("法人和其他组织", "enterprise", "demo-enterprise-2026"),
    Login("信源单位经办人（市场监督管理局）", "clerk", "demo-clerk-2026", "market_regulation", "clerk"),
    Login("信源单位经办人（中级人民法院）", "court_clerk", "demo-court-clerk-2026", "court", "clerk"),
    Login("信用主管部门（信用办）", "credit_office", "demo-credit-office-2026", "credit_office", "credit_office"),
    Login("安全审计员", "auditor", "demo-auditor-2026", "credit_office", "auditor"),
    Login("系统管理员", "system_admin", "demo-system-admin-2026", "credit_office", "system_admin"),
    Login("安全保密管理员", "security_admin", "demo-security-admin-2026", "credit_office", "security_admin"),
    Login("银行（凭本人授权查询）", "bank", "demo-bank-officer-2026", "bank", "clerk"),
    Login("征信机构（凭本人授权查询）", "agency", "demo-agency-officer-2026", "agency", "clerk"),
    Login("信用主管部门（另一位）", "second_office", "demo-second-office-2026", "credit_office", "credit_office"),
)
NAMES = {
    "clerk": "市监局经办人", "court_clerk": "法院经办人", "credit_office": "信用办工作人员", "auditor": "安全审计员",
    "system_admin": "系统管理员", "security_admin": "安全保密管理员", "bank": "银行客户经理",
    "agency": "征信机构经办人", "second_office": "信用办另一位工作人员",
}  # fmt: skip


@dataclass(frozen=True)
class Machine:
    """A machine client of the demo: its id and secret for OAuth 2 client credentials."""

    client_id: str
    secret: str
    unit: str
    scopes: tuple[str, ...] = ("intake:check", "intake:submit", "organisations:read", "recalls")


WRITTEN_TO = ("clerk", "credit_office")
"""Officers who are reminded of duties by e-mail."""
MACHINE = Machine("demo-market-regulation", "demo-machine-secret-2026", "market_regulation")


def login_of(username: str) -> Login | None:
    """The demo's log-in of that user name."""
    return next((login for login in LOGINS if login.username == username), None)


def _number(place: int) -> str:
    """An invented ID number, different for each officer, in an area that nobody can have."""
    first = f"990100{19700101 + place}{900 + place}"
    return first + id_check_digit(first)


def _account(place: int, login: Login, own: dict[str, tuple[UUID, str]], acting: Acting, at: dt.datetime) -> None:
    common: dict[str, Any] = {"acting": acting, "at": at, "username": login.username, "password": login.password}
    if login.role:
        user = do_create_officer(
            **common, display_name=NAMES[login.username], unit=login.unit, role=login.role, number=_number(place)
        )
        do_set_totp(user=user, secret=login.secret)
        if login.role in WRITTEN_TO:
            do_set_notices(at=at, user=user, email=f"{login.username}@example.invalid", phone="", notify_email=True)
        return
    subject, name = own[login.username]
    create = do_create_citizen if login.username == "citizen" else do_create_enterprise_agent
    user = create(**common, display_name=name, subject_id=subject)
    do_set_notices(at=at, user=user, email=f"{login.username}@example.invalid", phone="", notify_email=True)


def make(*, acting: Acting, at: dt.datetime, citizen: tuple[UUID, str], enterprise: tuple[UUID, str]) -> None:
    """Make all accounts of the demo. ``citizen`` and ``enterprise``: subject and name of each."""
    own = {"citizen": (citizen[0], mask_name(citizen[1])), "enterprise": (enterprise[0], enterprise[1][:60])}
    for place, login in enumerate(LOGINS):
        _account(place, login, own, acting, at)
    do_register_machine_client(
        acting=acting,
        at=at,
        name="市场监督管理局业务系统",
        unit=MACHINE.unit,
        scopes=list(MACHINE.scopes),
        client_id=MACHINE.client_id,
        secret=MACHINE.secret,
    )
    clients.make(acting=acting, at=at)
