"""The invented city's identity card office: an OpenID Connect provider (code flow with PKCE) that stands in for a
real one. Its log-in page lets one pick an invented person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodfaith.demo.identity import inhabitant, inhabitants
from goodfaith.demo.web import tokens
from goodfaith.subjects.masking import mask_name

View = Callable[[HttpRequest], HttpResponse]
ASKED = (
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge", "code_challenge_method",
)  # fmt: skip


def stand_in(view: View) -> View:
    """Only where the invented city has no other identity provider."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.CITY["demo"] or settings.IDENTITY["issuer"]:
            raise Http404
        return view(request)

    return guarded


def _issuer(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("demo_identity_configuration").split("/.well-known/")[0])


@stand_in
@require_safe
def configuration(request: HttpRequest) -> HttpResponse:
    """OpenID Connect Discovery."""
    parts = ("authorize", "token", "userinfo", "jwks")
    at = {name: request.build_absolute_uri(reverse(f"demo_identity_{name}")) for name in parts}
    return JsonResponse({
        "issuer": _issuer(request), "authorization_endpoint": at["authorize"], "token_endpoint": at["token"],
        "userinfo_endpoint": at["userinfo"], "jwks_uri": at["jwks"], "response_types_supported": ["code"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"], "code_challenge_methods_supported": ["S256"],
        "scopes_supported": ["openid", "profile", "id_number"], "claims_supported": ["sub", "name", "id_number"],
    })  # fmt: skip


@stand_in
@require_safe
def jwks(request: HttpRequest) -> HttpResponse:
    """The office's public key."""
    return JsonResponse(tokens.jwks())


def _callback(request: HttpRequest) -> str:
    """The one address that codes are sent to: this platform's own."""
    return request.build_absolute_uri(reverse("openid_connect_callback", args=["identity"]))


@stand_in
@require_http_methods(["GET", "HEAD", "POST"])
def authorize(request: HttpRequest) -> HttpResponse:
    """The log-in page; the answer goes back to the platform."""
    asked = {name: (request.POST if request.method == "POST" else request.GET).get(name, "") for name in ASKED}
    known = asked["client_id"] == settings.IDENTITY["client_id"] and asked["redirect_uri"] == _callback(request)
    if not known or asked["response_type"] != "code" or asked["code_challenge_method"] != "S256":
        return HttpResponseBadRequest("invalid_request", content_type="text/plain")
    if request.method != "POST":
        people = [(one.sub, mask_name(one.name), one.sub == "demo-stranger") for one in inhabitants()]
        return render(request, "demo/identity.html", {"people": people, "asked": asked})
    person = inhabitant(request.POST.get("who", ""))
    if person is None:
        return _back(asked, error="access_denied")
    return _back(asked, code=tokens.code(
        sub=person.sub, client_id=asked["client_id"], redirect_uri=asked["redirect_uri"], nonce=asked["nonce"],
        challenge=asked["code_challenge"],
    ))  # fmt: skip


def _back(asked: dict[str, str], **said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{asked['redirect_uri']}?{urlencode(said | {'state': asked['state']})}")


@csrf_exempt
@stand_in
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """A code for an access token and an ID token."""
    given, ours = request.POST, settings.IDENTITY
    if (given.get("client_id"), given.get("client_secret")) != (ours["client_id"], ours["secret"]):
        return _refused("invalid_client", 401)
    about = tokens.spend(given.get("code", "")) if given.get("grant_type") == "authorization_code" else None
    fits = about is not None and about["redirect_uri"] == given.get("redirect_uri")
    if about is None or not fits or not tokens.challenge_fits(about["challenge"], given.get("code_verifier", "")):
        return _refused("invalid_grant", 400)
    return JsonResponse({
        "access_token": tokens.access_token(about["sub"]), "token_type": "Bearer", "expires_in": tokens.TOKEN_LIFE,
        "id_token": tokens.id_token(_issuer(request), about["client_id"], about["sub"], about["nonce"]),
    })  # fmt: skip


@stand_in
@require_safe
def userinfo(request: HttpRequest) -> HttpResponse:
    """Who it is: identifier, masked name, ID number."""
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    person = inhabitant(tokens.subject_of(given) or "") if kind == "Bearer" else None
    if person is None:
        return _refused("invalid_token", 401)
    said: dict[str, Any] = {"sub": person.sub, "name": mask_name(person.name), "id_number": person.number}
    return JsonResponse(said)


def _refused(error: str, status: int) -> HttpResponse:
    return JsonResponse({"error": error}, status=status)
