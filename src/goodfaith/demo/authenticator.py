"""The stand-in for a phone: the current codes of the demo's log-ins. Only in the invented city."""

from __future__ import annotations

import time
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings

from goodfaith.common.problems import Problem
from goodfaith.demo.accounts import LOGINS, Login, login_of

PERIOD = 30


class Shown(NamedTuple):
    """A log-in with its current code and the next one; ``seconds`` until the next."""

    login: Login
    code: str
    next_code: str
    seconds: int


def _published() -> dict[str, str]:
    """User name → TOTP secret, of those accounts that still have the secret that everybody may know."""
    if not settings.CITY["demo"]:
        return {}
    wanted = {login.username: login.secret for login in LOGINS if login.secret}
    found = Authenticator.objects.filter(type="totp", user__username__in=wanted).select_related("user")
    known = {one.user.username: decrypt(one.data["secret"]) for one in found}
    return {name: secret for name, secret in known.items() if secret == wanted[name]}


def codes() -> list[Shown]:
    """The codes of all demo log-ins that have a second step; none outside the invented city."""
    now, known = time.time(), _published()
    left = PERIOD - int(now) % PERIOD
    return [
        Shown(login, login.code(now), login.code(now + PERIOD), left) for login in LOGINS if login.username in known
    ]


def code(username: str) -> Shown:
    """The code of one log-in; Problem when there is no such log-in in an invented city."""
    shown = {one.login.username: one for one in codes()} if login_of(username) else {}
    if username not in shown:
        next_ = "演示账号列在 README 中；只有工作人员的账号有第二步。"
        raise Problem("no_demo_code", f"没有“{username}”的演示验证码。", next_)
    return shown[username]
