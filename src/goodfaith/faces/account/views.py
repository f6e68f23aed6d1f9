"""Where an account goes after logging in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """Officers to the desk, citizens and enterprises to their own file."""
    kind = getattr(request.user, "kind", "")
    return redirect("desk:home" if kind == "officer" else "my:home")


def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the reader's language in a cookie of its own and go back. A link, so that no page needs a form."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    response = redirect(target)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=365 * 86_400, samesite="Lax", secure=settings.SECURE_COOKIES
    )
    return response
