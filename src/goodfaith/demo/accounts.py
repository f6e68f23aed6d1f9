"""The log-ins of the demo. They exist only in the invented city, and everybody may know them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodfaith.common.acting import Acting
from goodfaith.parties.actions import (
    do_create_citizen,
    do_create_enterprise_agent,
    do_create_officer,
    do_register_machine_client,
)
from goodfaith.subjects.masking import mask_name


@dataclass(frozen=True)
class Login:
    """A log-in: who it is, user name, password; for officers unit and role."""

    what: str
    username: str
    password: str
    unit: str = ""
    role: str = ""


LOGINS = (
    Login("自然人", "citizen", "demo-citizen-2026"),
    Login("法人和其他组织", "enterprise", "demo-enterprise-2026"),
    Login("信源单位经办人（市场监督管理局）", "clerk", "demo-clerk-2026", "market_regulation", "clerk"),
    Login("信源单位经办人（中级人民法院）", "court_clerk", "demo-court-clerk-2026", "court", "clerk"),
    Login("信用主管部门（信用办）", "credit_office", "demo-credit-office-2026", "credit_office", "credit_office"),
    Login("审计员", "auditor", "demo-auditor-2026", "credit_office", "auditor"),
)
NAMES = {"clerk": "市监局经办人", "court_clerk": "法院经办人", "credit_office": "信用办工作人员", "auditor": "审计员"}


@dataclass(frozen=True)
class Machine:
    """A machine client of the demo: its id and secret for OAuth 2 client credentials."""

    client_id: str
    secret: str
    unit: str
    scopes: tuple[str, ...] = ("intake:check", "intake:submit", "organisations:read")


MACHINE = Machine("demo-market-regulation", "demo-machine-secret-2026", "market_regulation")


def _account(login: Login, own: dict[str, tuple[UUID, str]], acting: Acting, at: dt.datetime) -> None:
    common: dict[str, Any] = {"acting": acting, "at": at, "username": login.username, "password": login.password}
    if login.role:
        do_create_officer(**common, display_name=NAMES[login.username], unit=login.unit, role=login.role)
        return
    subject, name = own[login.username]
    create = do_create_citizen if login.username == "citizen" else do_create_enterprise_agent
    create(**common, display_name=name, subject_id=subject)


def make(*, acting: Acting, at: dt.datetime, citizen: tuple[UUID, str], enterprise: tuple[UUID, str]) -> None:
    """Make all accounts of the demo. ``citizen`` and ``enterprise``: subject and name of each."""
    own = {"citizen": (citizen[0], mask_name(citizen[1])), "enterprise": (enterprise[0], enterprise[1][:60])}
    for login in LOGINS:
        _account(login, own, acting, at)
    do_register_machine_client(
        acting=acting,
        at=at,
        name="市场监督管理局业务系统",
        unit=MACHINE.unit,
        scopes=list(MACHINE.scopes),
        client_id=MACHINE.client_id,
        secret=MACHINE.secret,
    )
