"""Who may enter the desk: officers, each page only those whose role has work there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.parties.models import User

View = Callable[..., Any]
WORKING = ("clerk", "credit_office", "auditor")
"""Who works with records. The administrators of accounts do not, nor does an account without rights."""


Teller = Callable[[HttpRequest, Problem, dict[str, Any]], HttpResponse]
"""Makes the page of a problem; gets what the address names."""


def officer(*roles: str, tell: Teller | None = None) -> Callable[[View], View]:
    """Let through officers of these roles (none named: all who work with records); others to the log-in or a 403.

    A ``Problem`` that the view lets out becomes a page that says what happened and what to do next (``tell``, when a
    part of the desk has one of its own); a 503 goes on to the page in both languages.
    """

    allowed = roles or WORKING

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if getattr(user, "kind", "") != "officer" or getattr(user, "role", "") not in allowed:
                raise PermissionDenied
            try:
                return cast(HttpResponseBase, view(request, *args, **kwargs))
            except Problem as problem:
                if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
                    raise
                return (tell or told)(request, problem, kwargs)

        return guarded

    return guard


def told(request: HttpRequest, problem: Problem, about: dict[str, Any] | None = None) -> HttpResponse:
    """The page of a problem, with the status it carries; the same whatever it was about."""
    context = {"problem": problem, "forbidden": problem.status == 403, "work": _work(request)}
    return render(request, "desk/deliveries/problem.html", context, status=problem.status)


def _work(request: HttpRequest) -> str:
    return "checks" if request.path.startswith("/desk/checks/") else "deliveries"


def user_of(request: HttpRequest) -> User:
    """The officer; only behind :func:`officer`."""
    return cast(User, request.user)


def acting_of(request: HttpRequest) -> Acting:
    """Who acts, for actions and the gate."""
    return user_of(request).acting


def unit_of(request: HttpRequest) -> str:
    """The code of the officer's unit."""
    return user_of(request).unit_id or ""
