"""What every answer goes through: security headers, and Problems turned into pages."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goodfaith.common.problems import Problem
from goodfaith.faces.public.errors import shut, unavailable

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

FORMS = "form-action 'self'"
"""A view whose forms lead on to the identity provider says so in ``request.form_targets``."""


class SecurityHeaders:
    """Content-Security-Policy for all; no caching of pages made for somebody who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        targets = getattr(request, "form_targets", "'self'")
        response.setdefault("Content-Security-Policy", POLICY.replace(FORMS, f"form-action {targets}"))
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response


class ProblemPages:
    """A Problem that no view took up becomes a page: what happened, why, what to do next."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django calls this with what a view raised. A database that is away or too slow is a 503, not a fault."""
        if isinstance(error, OperationalError):
            return unavailable(request)
        if not isinstance(error, Problem):
            return None
        if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
            return shut(request, error)
        return render(request, "problem.html", {"problem": error}, status=error.status)
