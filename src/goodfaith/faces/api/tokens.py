"""The token address: OAuth 2 client credentials, and nothing else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import TokenView

ADDRESS = "goodfaith.token_address"
"""Where the request's environment keeps the whole address it was sent to: the audience of assertions."""


@method_decorator(csrf_exempt, name="dispatch")
class Tokens(TokenView):
    """POST only; who asks and for what is settled in :mod:`.assertions` and :mod:`.scopes`."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the address, which the library hands on as a path only."""
        request.META[ADDRESS] = request.build_absolute_uri(request.path)
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


token = Tokens.as_view()
