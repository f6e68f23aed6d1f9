"""Error pages: what happened, why, what to do next. They read nothing, so they stand when the database is down."""

from __future__ import annotations

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import ERROR_400_TEMPLATE_NAME, ERROR_403_TEMPLATE_NAME, ERROR_404_TEMPLATE_NAME

from goodfaith.common.problems import Problem
from goodfaith.faces.parts.both import both


def _page(request: HttpRequest, template: str, status: int, problem: Problem | None = None) -> HttpResponse:
    """Rendered without context processors: they would ask who is logged in, that is, the database."""
    return HttpResponse(render_to_string(template, {"problem": problem, "path": request.path}), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, ERROR_400_TEMPLATE_NAME, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; a ``Problem`` says its own words."""
    return _page(request, ERROR_403_TEMPLATE_NAME, 403, exception if isinstance(exception, Problem) else None)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, ERROR_404_TEMPLATE_NAME, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; a database that was lost before any view began (the session could not be read) is a 503."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return unavailable(request)
    return _page(request, "500.html", 500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the service is being started, upgraded or has lost its database."""
    response = _page(request, "503.html", 503)
    response["Retry-After"] = "60"
    return response


def shut(request: HttpRequest, problem: Problem) -> HttpResponse:
    """503 of a Problem: said in both languages, since it may be what somebody at a counter has to read out."""
    body = render_to_string("shut.html", {"said": both(problem), "path": request.path})
    response = HttpResponse(body, status=503)
    response["Retry-After"] = "60"
    return response
