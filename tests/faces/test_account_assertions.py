"""Machine clients that sign (RFC 7523): what gets a token, and what does not."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from jwcrypto.jwk import JWK

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.parties import actions
from goodfaith.parties.keys import check_jwks
from goodfaith.parties.models import Assertion, MachineClient, Unit
from goodfaith.parties.signing import KIND, assertion
from tests.conftest import WebClient

pytestmark = pytest.mark.django_db
ADDRESS = "http://testserver/api/oauth/token"
SCOPE = "purpose:administrative_check"
KEYS = {
    "EdDSA": JWK.generate(kty="OKP", crv="Ed25519"),
    "ES256": JWK.generate(kty="EC", crv="P-256"),
    "RS256": JWK.generate(kty="RSA", size=2048),
}
OTHER = JWK.generate(kty="OKP", crv="Ed25519")


def pem(key: JWK) -> bytes:
    return bytes(key.export_to_pem(private_key=True, password=None))


def register(key: JWK | None, scopes: list[str], client_id: str = "c-signing") -> actions.Registered:
    Unit.objects.get_or_create(code="s_unit", defaults={"name": "签名单位", "short_name": "签名", "kind": "department"})
    jwks = {"keys": [key.export_public(as_dict=True)]} if key else None
    return actions.do_register_machine_client(
        acting=Acting(kind="system", id="t", name="t"), at=clock.now(), name="审批系统", unit="s_unit", scopes=scopes,
        client_id=client_id, jwks=jwks,
    )  # fmt: skip


def ask(web: WebClient, signed: str, **more: str) -> Any:
    body = {"grant_type": "client_credentials", "client_assertion_type": KIND, "client_assertion": signed}
    return web.post("/api/oauth/token", body | more)


@pytest.fixture
def key() -> JWK:
    register(KEYS["EdDSA"], [SCOPE, "organisations:read"])
    return KEYS["EdDSA"]


@pytest.mark.parametrize("name", list(KEYS))
def test_a_signed_assertion_gets_a_token(web: WebClient, name: str) -> None:
    register(KEYS[name], [SCOPE])
    answer = ask(web, assertion("c-signing", pem(KEYS[name]), ADDRESS), scope=SCOPE)
    assert answer.status_code == 200, answer.content
    assert answer.json()["scope"] == SCOPE and answer.json()["expires_in"] == 900
    assert Assertion.objects.filter(client_id="c-signing").count() == 1


def test_a_client_of_a_unit_that_is_no_longer_active_gets_none(web: WebClient, key: JWK) -> None:
    Unit.objects.filter(code="s_unit").update(active=False)
    assert ask(web, assertion("c-signing", pem(key), ADDRESS)).status_code == 401


def test_without_a_scope_it_gets_all_it_may_have(web: WebClient, key: JWK) -> None:
    assert set(ask(web, assertion("c-signing", pem(key), ADDRESS)).json()["scope"].split()) == {
        SCOPE,
        "organisations:read",
    }


@pytest.mark.parametrize("jti", ["short", "nul\0in-the-middle", "line\nin-the-middle", "x" * 201])
def test_an_unfit_jti_is_told_as_such(web: WebClient, key: JWK, jti: str) -> None:
    now = int(time.time())
    told = {"iss": "c-signing", "sub": "c-signing", "aud": ADDRESS, "iat": now, "exp": now + 60, "jti": jti}
    answer = ask(web, jwt.encode(told, pem(key), "EdDSA"))
    assert answer.status_code == 401 and "8 to 200" in answer.json()["error_description"]


def test_a_client_id_with_a_nul_is_nobodys(web: WebClient, key: JWK) -> None:
    now = int(time.time())
    told = {"iss": "c\0", "sub": "c\0", "aud": ADDRESS, "iat": now, "exp": now + 60, "jti": "12345678"}
    assert ask(web, jwt.encode(told, pem(key), "EdDSA")).status_code == 401
    body = {"grant_type": "client_credentials", "client_id": "c\0", "client_secret": "x"}
    assert web.post("/api/oauth/token", body).status_code == 401


def test_an_assertion_is_good_once(web: WebClient, key: JWK) -> None:
    signed = assertion("c-signing", pem(key), ADDRESS)
    assert ask(web, signed).status_code == 200
    again = ask(web, signed)
    assert again.status_code == 401 and "jti" in again.json()["error_description"]


def _unsigned(key: JWK) -> str:
    claims = jwt.decode(assertion("c-signing", pem(key), ADDRESS), options={"verify_signature": False})
    return jwt.encode(claims, None, algorithm="none")


def _shared(key: JWK) -> str:
    """The public key taken for an HMAC secret: the old confusion of algorithms."""
    claims = jwt.decode(assertion("c-signing", pem(key), ADDRESS), options={"verify_signature": False})
    from jwcrypto.common import json_encode
    from jwcrypto.jws import JWS

    token = JWS(json_encode(claims))
    secret = JWK(kty="oct", k=key.export_public(as_dict=True)["x"])
    token.add_signature(secret, None, json_encode({"alg": "HS256"}))
    return str(token.serialize(compact=True))


def _signed(**changes: Any) -> Callable[[JWK], str]:
    return lambda key: assertion("c-signing", pem(key), changes.pop("address", ADDRESS), **changes)


def _tampered(key: JWK) -> str:
    head, _body, tail = assertion("c-signing", pem(key), ADDRESS).split(".")
    other = assertion("c-signing", pem(key), ADDRESS, sub="somebody", iss="somebody").split(".")[1]
    return f"{head}.{other}.{tail}"


def _later(seconds: int) -> int:
    return int(time.time()) + seconds


BAD: dict[str, Callable[[JWK], str]] = {
    "wrong audience": _signed(address="http://testserver/api/oauth/other"),
    "another host": _signed(address="https://elsewhere.example/api/oauth/token"),
    "several audiences": _signed(aud=[ADDRESS, "https://elsewhere.example"]),
    "no audience": _signed(aud=None),
    "expired": lambda key: assertion("c-signing", pem(key), ADDRESS, exp=_later(-60)),
    "too long": lambda key: assertion("c-signing", pem(key), ADDRESS, exp=_later(600)),
    "no end": _signed(exp=None),
    "from the future": lambda key: assertion("c-signing", pem(key), ADDRESS, iat=_later(120), exp=_later(240)),
    "no jti": _signed(jti=None),
    "short jti": _signed(jti="1"),
    "long jti": _signed(jti="j" * 201),
    "other subject": _signed(sub="another"),
    "other issuer": _signed(iss="another"),
    "unknown client": _signed(iss="nobody", sub="nobody"),
    "wrong key": lambda _key: assertion("c-signing", pem(OTHER), ADDRESS),
    "none": _unsigned,
    "shared secret": _shared,
    "tampered": _tampered,
    "nonsense": lambda _key: "a.b.c",
    "empty": lambda _key: "",
}


@pytest.mark.parametrize("name", list(BAD))
def test_what_gets_no_token(web: WebClient, key: JWK, name: str) -> None:
    answer = ask(web, BAD[name](key))
    assert answer.status_code == 401 and answer.json()["error"] == "invalid_client", answer.content
    assert "access_token" not in answer.json()
    assert not Assertion.objects.exists()


def test_another_kind_of_assertion(web: WebClient, key: JWK) -> None:
    signed = assertion("c-signing", pem(key), ADDRESS)
    assert ask(web, signed, client_assertion_type="urn:example").status_code == 401
    assert ask(web, signed, client_id="somebody-else").status_code == 401


def test_a_client_with_keys_has_no_way_round_them(web: WebClient) -> None:
    made = register(KEYS["EdDSA"], ["organisations:read"])
    assert made.secret == ""
    from oauth2_provider.models import Application

    application = Application.objects.get(client_id="c-signing")
    application.client_secret = "a-secret-that-somebody-set"
    application.save()
    body = {"grant_type": "client_credentials", "client_id": "c-signing", "client_secret": "a-secret-that-somebody-set"}
    assert web.post("/api/oauth/token", body).status_code == 401


def test_a_secret_never_opens_people(web: WebClient) -> None:
    with pytest.raises(Problem) as told:
        register(None, [SCOPE])
    assert told.value.code == "scope_needs_key"
    made = register(None, ["organisations:read"])
    MachineClient.objects.filter(client_id="c-signing").update(scopes=["organisations:read", SCOPE])
    body = {"grant_type": "client_credentials", "client_id": "c-signing", "client_secret": made.secret}
    assert web.post("/api/oauth/token", body | {"scope": SCOPE}).json()["error"] == "invalid_scope"
    assert web.post("/api/oauth/token", body).json()["scope"] == "organisations:read"


def test_a_client_that_was_shut_out(web: WebClient, key: JWK) -> None:
    ask(web, assertion("c-signing", pem(key), ADDRESS))
    actions.do_deactivate_machine_client(
        acting=Acting(kind="system", id="t", name="t"), at=clock.now(), client_id="c-signing"
    )
    assert ask(web, assertion("c-signing", pem(key), ADDRESS)).status_code == 401
    from oauth2_provider.models import AccessToken

    assert not AccessToken.objects.filter(application__client_id="c-signing").exists()


@pytest.mark.parametrize("scope", ["purpose:self_access", "purpose:nothing", "people:read"])
def test_scopes_are_the_catalogues(scope: str) -> None:
    """Only purposes that machines may use are scopes."""
    with pytest.raises(Problem) as told:
        register(KEYS["EdDSA"], [scope])
    assert told.value.code == "scope_unknown"


BAD_KEYS: dict[str, Any] = {
    "none": {"keys": []},
    "symmetric": {"keys": [JWK.generate(kty="oct", size=256).export(as_dict=True)]},
    "small": {"keys": [JWK.generate(kty="RSA", size=1024).export_public(as_dict=True)]},
    "curve": {"keys": [JWK.generate(kty="EC", crv="P-521").export_public(as_dict=True)]},
    "shape": {"keys": "nonsense"},
    "empty": {},
}


@pytest.mark.parametrize("name", list(BAD_KEYS))
def test_keys_that_are_of_no_use(name: str) -> None:
    with pytest.raises(Problem) as told:
        check_jwks(BAD_KEYS[name])
    assert told.value.code == "jwks_bad"


def test_a_private_half_is_not_kept() -> None:
    kept = check_jwks({"keys": [KEYS["ES256"].export(private_key=True, as_dict=True)]})
    assert "d" not in kept["keys"][0] and kept["keys"][0]["kid"] == KEYS["ES256"].thumbprint()
    assert json.dumps(kept)


def test_old_assertions_go(web: WebClient, key: JWK) -> None:
    Assertion.objects.create(
        client_id="c-signing", jti="old-one-1", expires_at=clock.now() - clock.dt.timedelta(minutes=1)
    )
    ask(web, assertion("c-signing", pem(key), ADDRESS))
    assert not Assertion.objects.filter(jti="old-one-1").exists()
