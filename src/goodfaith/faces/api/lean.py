"""Calls of the API go past what only pages need: sessions, log-in, cross-site checks, messages.

An operation of the API knows its caller by the bearer token alone and never looks at a cookie, so none of these
could change its answer; each check saves about a third of the web process's work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.utils import translation

OPERATIONS = (
    "/api/checks", "/api/inquiries", "/api/consent", "/api/intake/", "/api/organisations", "/api/catalogue/",
    "/api/recalls", "/api/repair-guide",
)  # fmt: skip
Answer = Callable[[HttpRequest], HttpResponse]


class LeanApi:
    """Middleware: what follows it in the list is for all but the operations of the API."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        inner: Any = _Operations()
        self.operation: Any = convert_exception_to_response(inner._get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(OPERATIONS):
            return self.get_response(request)
        with translation.override(translation.get_language_from_request(request)):
            response: HttpResponse = self.operation(request)
        response.setdefault("Cache-Control", "no-store")
        if not response.streaming:
            response.setdefault("Content-Length", str(len(response.content)))
        return response


class _Operations(BaseHandler):
    """Django's own way from an address to its view, with no middleware in between."""

    def __init__(self) -> None:
        super().__init__()
        self._view_middleware: list[Answer] = []
        self._template_response_middleware: list[Answer] = []
        self._exception_middleware: list[Answer] = []
