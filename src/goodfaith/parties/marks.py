"""What a session remembers about how it began; the log-in rules of the pages go by these marks."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.account.signals import user_logged_in as passed_all_steps
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from goodfaith.common import clock
from goodfaith.parties import log_ins
from goodfaith.parties.second_factor import KEYS

BEGAN, SEEN, SECOND = "began_at", "seen_at", "second_factor"
"""Session keys: when it began and was last used (seconds of the epoch), whether a second factor was shown."""


def began(sender: Any, request: HttpRequest, **rest: Any) -> None:
    """A session begins with its log-in."""
    request.session[BEGAN] = request.session[SEEN] = time.time()


def step(sender: Any, request: HttpRequest, method: str, **rest: Any) -> None:
    """A code, a recovery code or a passkey was good."""
    if method == "mfa":
        request.session[SECOND] = True


def added(sender: Any, request: HttpRequest, authenticator: Authenticator, **rest: Any) -> None:
    """Who has just set up a second factor has shown it."""
    if authenticator.type in KEYS:
        request.session[SECOND] = True


def noted(sender: Any, request: HttpRequest, user: Any, **rest: Any) -> None:
    """All steps of the log-in are passed."""
    log_ins.do_note(
        at=clock.now(), event="login.done", username=user.username,
        how="second_factor" if request.session.get(SECOND) else "",
    )  # fmt: skip


def ended(sender: Any, request: HttpRequest, **rest: Any) -> None:
    """A session that was logged out is no longer listed."""
    UserSession.objects.filter(session_key=request.session.session_key or "").delete()


def connect() -> None:
    """Listen to the log-in's signals."""
    user_logged_in.connect(began)
    user_logged_out.connect(ended)
    authentication_step_completed.connect(step)
    authenticator_added.connect(added)
    passed_all_steps.connect(noted)
