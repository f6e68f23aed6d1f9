"""Citizens log in with the identity provider (OpenID Connect): the account is bound to the file of the ID number.

The number passes through this module's memory only: it is neither logged nor kept in the session, in
django-allauth's tables or anywhere in clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.parties.citizens import do_register_citizen
from goodfaith.subjects.masking import mask_name
from goodfaith.subjects.numbers import check_id_number, normalise_id_number

PROVIDER = "identity"
STAND_IN = "/demo/identity"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Citizen:
    """What the provider said: the ID number and the name as it is shown (李*)."""

    number: str
    masked_name: str


def identity(request: HttpRequest) -> SocialApp | None:
    """The identity provider of the settings; in the invented city, without one, its stand-in; else none."""
    given: dict[str, Any] = settings.IDENTITY
    if not given["issuer"] and not settings.CITY["demo"]:
        return None
    issuer = given["issuer"] or request.build_absolute_uri(STAND_IN)
    where = urlsplit(issuer)
    if where.scheme != "https" and where.hostname not in LOOPBACK and given["issuer"]:
        what = _("身份认证平台的地址必须是 https。")
        raise Problem("issuer_insecure", what, _("请更正 GOODFAITH_OIDC_ISSUER。"), status=503)
    return SocialApp(
        provider="openid_connect", provider_id=PROVIDER, name=given["name"] or _("身份认证平台"),
        client_id=given["client_id"], secret=given["secret"],
        settings={"server_url": issuer, "oauth_pkce_enabled": True, "scope": given["scopes"]},
    )  # fmt: skip


def form_targets(request: HttpRequest) -> str:
    """Where the log-in page's forms may lead: here, and on to the identity provider."""
    given: dict[str, Any] = settings.IDENTITY
    where = urlsplit(given["issuer"])
    return f"'self' {where.scheme}://{where.netloc}" if where.netloc else "'self'"


class Adapter(DefaultSocialAccountAdapter):
    """The social account adapter (setting SOCIALACCOUNT_ADAPTER): one provider, and no sign-up form."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """The one provider, from the settings; none is kept in the database."""
        app = identity(request)
        return [app] if app is not None and provider in (None, "openid_connect", PROVIDER) else []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Accounts are made in :meth:`pre_social_login` only."""
        return False

    def get_requests_session(self) -> Any:
        """Without a proxy when the provider is the stand-in on this very machine."""
        session = super().get_requests_session()
        session.trust_env = bool(settings.IDENTITY["issuer"])
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Before django-allauth goes on: the account of this citizen."""
        citizen = getattr(sociallogin, "citizen", None)
        if citizen is None or sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(_failed(request))
        account = sociallogin.account
        try:
            user = do_register_citizen(
                at=clock.now(), provider=account.provider, uid=account.uid, number=citizen.number,
                masked_name=citizen.masked_name,
            )  # fmt: skip
        except Problem as problem:
            answer = render(request, "problem.html", {"problem": problem}, status=problem.status)
            raise ImmediateHttpResponse(answer) from None
        sociallogin.user = user
        sociallogin.account = SocialAccount.objects.get(provider=account.provider, uid=account.uid)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No mail from here."""


def _failed(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=400)


class CityIdentity(OpenIDConnectOAuth2Adapter):
    """Takes the claims apart: what django-allauth keeps is the subject identifier, nothing else."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """The log-in of the citizen whom the verified ID token names."""
        told = self._verified(app, kwargs["response"].get("id_token") or "")
        told |= self._same_person(told, self._fetch_user_info(token.token))
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, {"sub": str(told["sub"])})
        login.citizen = _citizen(told)
        return login

    def _verified(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The claims of the ID token; its signature is checked although it came directly."""
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token, keys_url=self.openid_config["jwks_uri"], issuer=self.openid_config["issuer"],
            audience=app.client_id, lookup_kid=jwtkit.lookup_kid_jwk, verify_signature=True,
        )  # fmt: skip
        return claims

    @staticmethod
    def _same_person(told: dict[str, Any], user_info: dict[str, Any]) -> dict[str, Any]:
        if user_info.get("sub") != told["sub"]:
            raise OAuth2Error("userinfo of another subject")
        return user_info


def _citizen(told: dict[str, Any]) -> Citizen:
    names: dict[str, Any] = settings.IDENTITY
    number = normalise_id_number(str(told.get(names["number_claim"], "")))
    if check_id_number(number) is not None:
        raise OAuth2Error("no valid ID number among the claims")
    return Citizen(number, _masked(str(told.get(names["name_claim"], ""))))


def _masked(name: str) -> str:
    """The name as it is shown; a provider that masks it already is left as it is."""
    return (name if "*" in name or not name else mask_name(name))[:60]


@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the identity provider."""
    return _view(OAuth2LoginView, request, provider_id)


@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the identity provider."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    if provider_id != PROVIDER or identity(request) is None:
        raise Http404
    answer: HttpResponse = kind.adapter_view(CityIdentity(request, provider_id))(request)
    return answer
