"""The stand-in for a phone with an authenticator app. Only in the invented city."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from goodfaith.demo.authenticator import codes


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The codes of the demo's log-ins; asks itself again when the next codes come."""
    if not settings.CITY["demo"]:
        raise Http404
    shown = codes()
    response = render(request, "demo/authenticator.html", {"codes": shown})
    if shown:
        response["Refresh"] = str(shown[0].seconds + 1)
    return response
