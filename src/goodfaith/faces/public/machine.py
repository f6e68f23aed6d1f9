"""Answers for machines on the public face: how long they may be kept, and Problems as problem+json."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common.problems import Problem

View = Callable[..., HttpResponse]
FOREVER, SHORTLY, FRESH = "public, max-age=31536000, immutable", "public, max-age=600", "no-cache"
BINARY, TEXT = "application/octet-stream", "text/plain; charset=utf-8"


def told(view: View) -> View:
    """A view for GET and HEAD: a Problem as problem+json, and kept by nobody when the visitor has a session."""

    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, **given: Any) -> HttpResponse:
        try:
            response = view(request, **given)
        except Problem as problem:
            body = {"status": problem.status, "code": problem.code, "title": problem.what, "detail": problem.next}
            return JsonResponse(body, status=problem.status, content_type="application/problem+json")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            del response["Cache-Control"]
        return response

    return wrapped


def answer(body: bytes | str, kind: str, cache: str) -> HttpResponse:
    """An answer of that media type, to be kept as ``cache`` says."""
    return HttpResponse(body, content_type=kind, headers={"Cache-Control": cache})


def number(request: HttpRequest, name: str) -> int:
    """A whole number from the query; Problem when it is none or absurdly long."""
    text = request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        what = _("参数 %(name)s 必须是不小于 0 的整数。") % {"name": name}
        raise Problem("parameter_wrong", what, _("请核对地址。"), status=400)
    return int(text)
