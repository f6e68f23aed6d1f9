"""Citizens by OpenID Connect: bound by the keyed number, which is kept nowhere; the stand-in provider is a real one."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from jwcrypto.jwk import JWK

from goodfaith.common import crypto
from goodfaith.demo import identity
from goodfaith.demo.web import tokens
from goodfaith.faces.account import citizens
from goodfaith.ledger.models import Entry
from goodfaith.parties.models import User
from goodfaith.subjects.models import Identifier
from goodfaith.subjects.numbers import id_check_digit
from tests.city import NAME, City
from tests.conftest import WebClient

pytestmark = pytest.mark.django_db
BEGIN, PICK = "/log-in/with/identity/", "/demo/identity/authorize/"
KNOWN = "99010119900307" + "005"
UNKNOWN = "99010119880808" + "123"
PEOPLE = [
    identity.Inhabitant("known", NAME, KNOWN + id_check_digit(KNOWN)),
    identity.Inhabitant("unknown", "无名氏", UNKNOWN + id_check_digit(UNKNOWN)),
    identity.Inhabitant("broken", "错号氏", "990101199003070012"),
]


class Wire:
    """What the log-in's server side asks the provider, answered by the provider's own pages."""

    trust_env = False
    change: Callable[[str, dict[str, Any]], dict[str, Any]] = staticmethod(lambda path, body: body)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def request(self, method: str, url: str, data: Any = None, headers: Any = None, **rest: Any) -> Any:
        path = urlsplit(url).path
        answer = getattr(Client(), method.lower())(path, data or {}, headers=headers or {})
        body = self.change(path, answer.json())
        return type("Answer", (), {
            "status_code": answer.status_code, "json": lambda self: body, "text": answer.content.decode(),
            "headers": {"content-type": answer["Content-Type"]}, "raise_for_status": lambda self: None, "ok": True,
        })()  # fmt: skip

    def get(self, url: str, **rest: Any) -> Any:
        return self.request("GET", url, **rest)

    def post(self, url: str, **rest: Any) -> Any:
        return self.request("POST", url, **rest)


@pytest.fixture
def city(city: City) -> City:
    """The smallest city, whose person has a number with a right check digit too."""
    number = PEOPLE[0].number
    Identifier.objects.create(
        subject_id=city.person,
        kind="id_number",
        key=crypto.index_key("id_number", number),
        sealed=crypto.seal_text(number),
    )
    return city


@pytest.fixture(autouse=True)
def wire(monkeypatch: pytest.MonkeyPatch) -> type[Wire]:
    monkeypatch.setattr(identity, "inhabitants", lambda: PEOPLE)
    monkeypatch.setattr("goodfaith.demo.web.identity.inhabitants", lambda: PEOPLE)
    monkeypatch.setattr(citizens.Adapter, "get_requests_session", lambda self: Wire())
    monkeypatch.setattr(Wire, "change", staticmethod(lambda path, body: body))
    return Wire


def off(web: WebClient, path: str = BEGIN) -> dict[str, str]:
    """To the provider; what it was asked."""
    asked = parse_qs(urlsplit(web.post(path)["Location"]).query)
    return {name: values[0] for name, values in asked.items()}


def back(web: WebClient, who: str, **changes: str) -> Any:
    """Through the provider and back; the platform's answer."""
    return web.get(code_for(web, who, **changes))


def code_for(web: WebClient, who: str, **changes: str) -> str:
    answer = web.post(PICK, off(web) | changes | {"who": who})
    where = urlsplit(answer["Location"])
    return f"{where.path}?{where.query}"


def test_a_citizen_with_a_file(city: City, web: WebClient) -> None:
    city.users["citizen"].delete()
    assert back(web, "known")["Location"] == "/welcome/"
    made = User.objects.get(pk=web.session["_auth_user_id"])
    assert (made.kind, made.subject_id, made.display_name) == ("citizen", city.person, "欧阳**")
    assert not made.has_usable_password()
    entry = Entry.objects.get(purpose="self_registration")
    assert (entry.outcome, entry.subject_id, entry.actor_id) == ("done", city.person, str(made.pk))
    assert web.get("/my/").status_code == 200


def test_the_second_time_is_no_new_bond(city: City, web: WebClient) -> None:
    back(web, "known")
    first = web.session["_auth_user_id"]
    web.post("/log-out/")
    back(web, "known")
    assert web.session["_auth_user_id"] == first
    assert Entry.objects.filter(purpose="self_registration").count() == 1


def test_the_account_that_stands_is_used(city: City, web: WebClient) -> None:
    back(web, "known")
    assert web.session["_auth_user_id"] == str(city.users["citizen"].pk)


def test_a_citizen_without_a_file(city: City, web: WebClient) -> None:
    back(web, "unknown")
    assert web.get("/welcome/", follow=True).redirect_chain[-1][0] == "/account/no-file/"
    assert web.get("/my/")["Location"] == "/account/no-file/"
    made = User.objects.get(pk=web.session["_auth_user_id"])
    assert made.subject_id is None and "没有您的信用信息" in web.get("/account/no-file/").content.decode()


def test_the_file_that_came_later_is_found(city: City, web: WebClient) -> None:
    from tests.city import make_person

    back(web, "unknown")
    subject = make_person("无名氏", PEOPLE[1].number)
    back(web, "unknown")
    assert User.objects.get(pk=web.session["_auth_user_id"]).subject_id == subject
    assert Entry.objects.filter(purpose="self_registration").count() == 2


def test_the_number_is_kept_nowhere(city: City, web: WebClient, caplog: pytest.LogCaptureFixture) -> None:
    back(web, "unknown")
    number = PEOPLE[1].number
    account = SocialAccount.objects.get(uid="unknown")
    assert set(account.extra_data) <= {"sub"} and not SocialToken.objects.exists()
    assert all(number not in str(one.get_decoded()) for one in Session.objects.all())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{number}%"])
            assert cursor.fetchone()[0] == 0, table
    assert number not in caplog.text and PEOPLE[1].name not in caplog.text


def test_a_number_that_is_none(city: City, web: WebClient) -> None:
    before = User.objects.count()
    assert back(web, "broken").status_code == 401
    assert User.objects.count() == before and "_auth_user_id" not in web.session


def test_another_person_does_not_get_the_account(city: City, web: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.city import make_person

    make_person("无名氏", PEOPLE[1].number)
    back(web, "known")
    web.post("/log-out/")
    swapped = [identity.Inhabitant("known", "无名氏", PEOPLE[1].number)]
    monkeypatch.setattr(identity, "inhabitants", lambda: swapped)
    answer = back(web, "known")
    assert answer.status_code == 403 and "_auth_user_id" not in web.session


def test_an_officer_is_never_bound(city: City, web: WebClient) -> None:
    """Linking an identity to an account that is logged in is not offered."""
    web.force_login(city.users["clerk"])
    answer = web.post(PICK, off(web, BEGIN + "?process=connect") | {"who": "known"})
    where = urlsplit(answer["Location"])
    assert web.get(f"{where.path}?{where.query}").status_code == 400
    assert not SocialAccount.objects.exists()


def test_cancelled(city: City, web: WebClient) -> None:
    answer = web.get(code_for(web, ""), follow=True)
    assert "登录已取消" in answer.content.decode() and "_auth_user_id" not in web.session


def test_a_callback_that_nobody_asked_for(city: City, web: WebClient) -> None:
    path = code_for(web, "known")
    other = WebClient()
    assert other.get(path).status_code == 401 and "_auth_user_id" not in other.session


def test_a_code_is_good_once(city: City, web: WebClient) -> None:
    asked = off(web)
    where = parse_qs(urlsplit(web.post(PICK, asked | {"who": "known"})["Location"]).query)
    about = tokens.spend(where["code"][0])
    assert about and about["sub"] == "known"
    assert tokens.spend(where["code"][0]) is None and tokens.spend("nonsense") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/"},
        {"client_id": "x"},
        {"code_challenge_method": "plain"},
        {"response_type": "token"},
    ],
)
def test_the_provider_sends_codes_home_only(city: City, web: WebClient, changes: dict[str, str]) -> None:
    assert web.post(PICK, off(web) | changes | {"who": "known"}).status_code == 400


@pytest.mark.parametrize("missing", ["client_secret", "code_verifier", "code"])
def test_the_token_address_wants_all_of_it(city: City, web: WebClient, missing: str) -> None:
    from django.conf import settings

    code = parse_qs(urlsplit(web.post(PICK, off(web) | {"who": "known"})["Location"]).query)["code"][0]
    body = {
        "grant_type": "authorization_code", "code": code, "client_id": settings.IDENTITY["client_id"],
        "client_secret": settings.IDENTITY["secret"], "code_verifier": "not-the-verifier",
        "redirect_uri": "http://testserver/log-in/with/identity/callback/",
    }  # fmt: skip
    body.pop(missing)
    assert Client().post("/demo/identity/token", body).status_code in (400, 401)


def _resigned(claims: dict[str, Any], key: JWK, kid: str) -> str:
    return jwt.encode(claims, key.export_to_pem(private_key=True, password=None), "RS256", {"kid": kid})


FORGED: dict[str, Callable[[dict[str, Any]], str]] = {
    "foreign key": lambda c: _resigned(c, JWK.generate(kty="RSA", size=2048), tokens.key().thumbprint()),
    "unknown kid": lambda c: _resigned(c, tokens.key(), "another"),
    "audience": lambda c: _resigned(c | {"aud": "another"}, tokens.key(), tokens.key().thumbprint()),
    "issuer": lambda c: _resigned(c | {"iss": "https://evil.example"}, tokens.key(), tokens.key().thumbprint()),
    "expired": lambda c: _resigned(c | {"exp": int(time.time()) - 5}, tokens.key(), tokens.key().thumbprint()),
    "subject": lambda c: _resigned(c | {"sub": "unknown"}, tokens.key(), tokens.key().thumbprint()),
    "none": lambda c: jwt.encode(c, None, algorithm="none", headers={"kid": tokens.key().thumbprint()}),
}


@pytest.mark.parametrize("name", list(FORGED))
def test_a_forged_id_token(
    city: City, web: WebClient, wire: type[Wire], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def change(path: str, body: dict[str, Any]) -> dict[str, Any]:
        if path != "/demo/identity/token":
            return body
        claims = jwt.decode(body["id_token"], options={"verify_signature": False})
        return body | {"id_token": FORGED[name](claims)}

    monkeypatch.setattr(wire, "change", staticmethod(change))
    assert back(web, "known").status_code == 401
    assert "_auth_user_id" not in web.session


def test_only_the_invented_city_has_the_stand_in(city: City, web: WebClient, settings: Any) -> None:
    settings.CITY = settings.CITY | {"demo": False}
    for path in (
        PICK,
        "/demo/identity/jwks",
        "/demo/identity/.well-known/openid-configuration",
        "/demo/authenticator/",
    ):
        assert web.get(path).status_code == 404
    assert web.post(BEGIN).status_code == 404
    assert "openid" not in web.get("/log-in/").content.decode() and BEGIN not in web.get("/log-in/").content.decode()


def test_a_real_issuer(city: City, web: WebClient, settings: Any) -> None:
    settings.IDENTITY = settings.IDENTITY | {"issuer": "https://id.example.org/oidc", "name": "省政务身份认证"}
    page = web.get("/log-in/")
    assert "form-action 'self' https://id.example.org;" in page["Content-Security-Policy"]
    assert "省政务身份认证" in page.content.decode() and web.get(PICK).status_code == 404
    assert re.search(r"form-action 'self';", web.get("/")["Content-Security-Policy"])
    settings.IDENTITY = settings.IDENTITY | {"issuer": "http://id.example.org"}
    assert web.get("/log-in/").status_code == 503
