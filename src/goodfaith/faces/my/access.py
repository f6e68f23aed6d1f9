"""Who may enter My: citizens and enterprises' agents, each to one file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def own_file(view: View) -> View:
    """Let through accounts that have a file of their own; others to the log-in or a 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if getattr(user, "kind", "") not in ("citizen", "enterprise"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
