"""The rules of a session: how long it lasts, and what an officer has to set up before the desk opens."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodfaith.common import clock
from goodfaith.parties import log_ins
from goodfaith.parties.marks import BEGAN, SECOND, SEEN
from goodfaith.parties.models import User

STEP = 60
"""A session's last use is written at most once a minute."""
GUARDED = ("desk", "my")
OWN_PAGES = {"welcome", "account", "notices", "no_file", "usersessions_list", "session_end"}
"""Own pages that wait, too, until the second factor is there and the starting password is changed."""
SET_UP_PAGES = {
    "set_up", "account_change_password", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
    "mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
}  # fmt: skip
"""Pages on which these are set up: they end with the session like all others, and wait for nothing."""
NEW_PASSWORD = "account_change_password"  # noqa: S105 the name of a page


class LogInRules:
    """Ends sessions that are too old or were left alone; sends officers to what they still have to set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Before a page of somebody's own is made."""
        place = request.resolver_match
        waits = place is not None and (place.namespace in GUARDED or place.view_name in OWN_PAGES)
        ends = waits or (place is not None and place.view_name in SET_UP_PAGES)
        if not ends or not request.user.is_authenticated:
            return None
        if _is_over(request):
            logout(request)
            return redirect_to_login(request.get_full_path())
        _note_seen(request)
        return _missing(request) if waits else None


def _is_over(request: HttpRequest) -> bool:
    now, session = time.time(), request.session
    idle = settings.OFFICER_IDLE_SECONDS if getattr(request.user, "kind", "") == "officer" else settings.IDLE_SECONDS
    began, seen = float(session.get(BEGAN, now)), float(session.get(SEEN, now))
    return now - began > settings.SESSION_COOKIE_AGE or now - seen > idle


def _note_seen(request: HttpRequest) -> None:
    if time.time() - request.session.get(SEEN, 0) > STEP:
        request.session[SEEN] = time.time()
        log_ins.do_note_seen(at=clock.now(), session_key=request.session.session_key or "")


def _missing(request: HttpRequest) -> HttpResponse | None:
    """Where the reader has to go first; None when nothing is missing."""
    user, place = cast(User, request.user), request.resolver_match
    if user.kind == "officer" and settings.MFA_REQUIRED and not request.session.get(SECOND):
        return redirect("set_up")
    if user.starter_password:
        return redirect(NEW_PASSWORD)
    if place and place.namespace == "my" and user.kind == "citizen" and user.subject_id is None:
        return redirect("no_file")
    return None
