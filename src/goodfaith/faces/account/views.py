"""Logging in, and where an account goes then."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from goodfaith.faces.account import citizens
from goodfaith.parties import second_factor


class LogIn(LoginView):
    """User name and password, a passkey, or (citizens) the identity provider."""

    template_name = "account/log_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether passkeys work at this address."""
        given: dict[str, Any] = super().get_context_data(**kwargs)
        return given | {"passkeys_work": second_factor.passkeys_work(), "identity": citizens.identity(self.request)}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Its forms may lead on to the identity provider."""
        self.request.form_targets = citizens.form_targets(self.request)
        answer: HttpResponse = super().render_to_response(context, **kwargs)
        return answer


def cancelled(request: HttpRequest) -> HttpResponse:
    """The citizen chose, at the identity provider, not to log in."""
    return render(request, "socialaccount/login_cancelled.html")


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
