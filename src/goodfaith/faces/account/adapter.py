"""How django-allauth behaves here: no sign-up, a clear page when locked out, nothing by e-mail."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from goodfaith.common import clock
from goodfaith.faces.account.locked import page
from goodfaith.parties import log_ins
from goodfaith.parties.administering import lock_name
from goodfaith.parties.models import User

FRESH_SECONDS = 300
"""So soon after logging in nobody is asked for the password again."""
ACTION = {"app": "allauth.account", "action": "login_failed"}


class Adapter(DefaultAccountAdapter):
    """The account adapter (setting ACCOUNT_ADAPTER)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("登录名或密码不正确。"),
        "incorrect_password": _("密码不正确。"),
        "enter_current_password": _("现在的密码不正确。"),
        "too_many_login_attempts": _("尝试次数太多，请稍后再试。"),
        "rate_limited": _("尝试次数太多，请稍后再试。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, or by the identity provider's word."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; when there were too many, answer with the page that says how long it lasts."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        used = ratelimit.consume(request, key=key, **ACTION)
        self._login_failed_rl_usage = used
        if not used:
            raise ImmediateHttpResponse(page(request, seconds_left(request, key)))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note it; the attempt that closes the door is noted as such."""
        key, name = self._get_login_attempts_cache_key(request, **credentials), str(credentials.get("username", ""))
        closed = seconds_left(request, key) > 0
        log_ins.do_note(at=clock.now(), event="login.locked" if closed else "login.failed", username=name)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return lock_name(str(credentials.get("username", "")))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not in the first minutes of a session that began with a password or a passkey."""
        known = get_authentication_records(context.request, context.request.user)
        fresh = any(record["at"] > time.time() - FRESH_SECONDS for record in known)
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def set_password(self, user: User, password: str) -> None:
        """Only these columns: the web's role may write no others."""
        user.set_password(password)
        user.starter_password = False
        user.save(update_fields=["password", "starter_password"])

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail from here: officers see their second factors and sessions on their account's page."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what was done."""


def seconds_left(request: HttpRequest, key: str) -> int:
    """For how many seconds no further attempt is taken under this name or from this address; 0: none."""
    waits = [0.0]
    for rate in ratelimit.get_rates(app=ACTION["app"], action=ACTION["action"]):
        place = ratelimit.get_cache_key(request, rate=rate, key=key, **ACTION)
        tried = cache.get(place, [])
        if len(tried) >= rate.amount:
            waits.append(tried[rate.amount - 1] + rate.duration - time.time())
    return max(0, round(max(waits)))
