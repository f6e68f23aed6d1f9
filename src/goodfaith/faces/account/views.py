"""Where an account goes after logging in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """Officers to the desk, citizens and enterprises to their own file."""
    kind = getattr(request.user, "kind", "")
    return redirect("desk:home" if kind == "officer" else "my:home")
