"""The API: tokens, scopes, own unit only, problem+json for every error, and its own description kept."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from oauth2_provider.models import Application

from goodfaith.parties.models import MachineClient, UnitItem
from tests.city import PENALTY, City
from tests.conftest import WebClient

SECRET = "a-secret-of-the-tests"
SCOPES = ["intake:check", "intake:submit", "organisations:read", "recalls"]
GOOD_ROW = {
    "CF_XDR_MC": "示例测试有限公司", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": "91990101MA0000007H",
    "CF_FRDB": "欧阳试例", "CF_WSH": "示罚〔2026〕7号", "CF_WFXW": "未按规定公示", "CF_SY": "示例事实", "CF_YJ": "示例依据",
    "CF_CFLB": "罚款", "CF_NR": "罚款0.5万元", "CF_NR_FK": "0.5", "CF_JDRQ": "2026/05/06", "CF_YXQ": "2099/12/31",
    "CF_CFJG": "测试单位a", "CF_CFJGDM": "11990100MB0000000P", "CF_SJLY": "测试单位a", "CF_SJLYDM": "11990100MB0000000P",
}  # fmt: skip


def make_client(unit: str, scopes: list[str]) -> tuple[str, str]:
    """A machine client of a unit: its id and secret."""
    app = Application.objects.create(
        name=unit, client_type="confidential", authorization_grant_type="client-credentials", client_secret=SECRET
    )
    MachineClient.objects.create(client_id=app.client_id, name=f"{unit} 系统", unit_id=unit, scopes=scopes)
    return app.client_id, SECRET


def token(web: Client, client: tuple[str, str], scope: str) -> str:
    answer = web.post(
        "/api/oauth/token",
        {"grant_type": "client_credentials", "client_id": client[0], "client_secret": client[1], "scope": scope},
    )
    assert answer.status_code == 200, answer.content
    return str(answer.json()["access_token"])


@pytest.fixture
def machine(city: City) -> tuple[str, str]:
    UnitItem.objects.create(unit_id="t_a", item_code=PENALTY)
    return make_client("t_a", SCOPES)


def call(web: Client, method: str, path: str, bearer: str | None = None, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    data = json.dumps(body) if body is not None else None
    return web.generic(method, path, data or "", content_type="application/json", headers=headers)


SECURED = [
    ("POST", "/api/intake/check", "intake:check", {"item": PENALTY, "rows": [GOOD_ROW]}),
    ("POST", "/api/intake/deliveries", "intake:submit", {"item": PENALTY, "rows": [GOOD_ROW]}),
    ("GET", f"/api/intake/deliveries/{uuid.UUID(int=9)}", "intake:submit", None),
    ("GET", f"/api/intake/deliveries/{uuid.UUID(int=9)}/findings", "intake:submit", None),
    ("GET", "/api/organisations?q=示例", "organisations:read", None),
    ("GET", "/api/organisations/91990101MA0000007H", "organisations:read", None),
    ("GET", "/api/organisations/91990101MA0000007H/records", "organisations:read", None),
    ("GET", "/api/recalls", "recalls", None),
    ("GET", f"/api/recalls/{uuid.UUID(int=9)}", "recalls", None),
    ("GET", f"/api/recalls/{uuid.UUID(int=9)}/notice", "recalls", None),
    ("POST", f"/api/recalls/{uuid.UUID(int=9)}/confirm", "recalls", {"done": "deleted"}),
    ("POST", "/api/repair-guide", "intake:check", {"item": PENALTY, "decided_on": "2026-11-02", "document_no": "示罚1号", "party": "示例", "fields": {"CF_CFLB": "罚款"}}),
]


@pytest.mark.parametrize(("method", "path", "scope", "body"), SECURED)
def test_every_secured_call_needs_its_scope(
    web: WebClient, machine: tuple[str, str], method: str, path: str, scope: str, body: Any
) -> None:
    other = next(s for s in SCOPES if s != scope)
    for bearer in (None, "made-up", token(web, machine, other)):
        refused = call(web, method, path, bearer, body)
        assert refused.status_code == 401
        assert refused["Content-Type"] == "application/problem+json"
        assert refused.json()["code"] == "token_missing"
        assert refused.json()["next"]
    assert call(web, method, path, token(web, machine, scope), body).status_code in (200, 202, 404)


def test_every_operation_is_open_on_purpose_or_in_the_list() -> None:
    from goodfaith.faces.api.app import api

    schema = api.get_openapi_schema()
    secured = {(m.upper(), p) for p, ms in schema["paths"].items() for m, op in ms.items() if op.get("security")}
    listed = {(m, p.split("?")[0].replace(str(uuid.UUID(int=9)), "{delivery_id}").replace("recalls/{delivery", "recalls/{notice")) for m, p, _, _ in SECURED}
    by_purpose = {  # each with the scope of its purpose: tests/faces/test_checks.py
        ("POST", "/api/checks"), ("GET", "/api/checks/matters"), ("POST", "/api/inquiries"), ("GET", "/api/consents"),
        ("POST", "/api/consent-requests"), ("GET", "/api/consent-requests/{request_id}"),
    }  # fmt: skip
    assert secured == {(m, p.replace("91990101MA0000007H", "{uscc}")) for m, p in listed} | by_purpose
    opened = {p for p, ms in schema["paths"].items() for op in ms.values() if not op.get("security")}
    uses = {f"/api/catalogue/{part}" for part in ("purposes", "matters", "measures")}
    assert opened == {"/api/catalogue/items", "/api/catalogue/items/{code}"} | uses


def test_a_client_without_the_scope_gets_no_further_than_its_grant(city: City, web: WebClient) -> None:
    narrow = make_client("t_b", ["organisations:read", "intake:check"])
    bearer = token(web, narrow, "intake:check")
    MachineClient.objects.filter(client_id=narrow[0]).update(scopes=["organisations:read"])
    assert call(web, "POST", "/api/intake/check", bearer, SECURED[0][3]).status_code == 401
    given = {"grant_type": "client_credentials", "client_id": narrow[0], "client_secret": SECRET, "scope": "intake:check"}
    refused = web.post("/api/oauth/token", given)
    assert refused.status_code == 400 and refused.json()["error"] == "invalid_scope"


def test_a_switched_off_client_is_out_at_once(web: WebClient, machine: tuple[str, str]) -> None:
    bearer = token(web, machine, "organisations:read")
    MachineClient.objects.update(active=False)
    assert call(web, "GET", "/api/organisations?q=示例", bearer).status_code == 401


def test_the_precheck_stores_nothing(web: WebClient, machine: tuple[str, str]) -> None:
    from goodfaith.intake.models import Delivery, Refusal
    from goodfaith.records.models import Record

    before = (Delivery.objects.count(), Refusal.objects.count(), Record.objects.count())
    bad = GOOD_ROW | {"CF_XDR_SHXYM": "91990101MA00000071", "CF_JDRQ": "2999/01/01"}
    answer = call(
        web, "POST", "/api/intake/check", token(web, machine, "intake:check"), {"item": PENALTY, "rows": [GOOD_ROW, bad]}
    )
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["rows"], told["good"]) == (2, 1)
    assert {finding["row"] for finding in told["refused"]} == {2}
    assert all(finding["code"] and finding["message"] for finding in told["refused"])
    assert (Delivery.objects.count(), Refusal.objects.count(), Record.objects.count()) == before


def test_an_item_that_the_unit_does_not_report_is_refused(web: WebClient, machine: tuple[str, str]) -> None:
    answer = call(
        web, "POST", "/api/intake/check", token(web, machine, "intake:check"), {"item": "tax.grade_a", "rows": [{"a": "b"}]}
    )
    assert answer.status_code in (403, 422)
    assert answer.json()["next"]


def test_another_units_delivery_is_not_there(city: City, web: WebClient, machine: tuple[str, str]) -> None:
    sent = call(
        web, "POST", "/api/intake/deliveries", token(web, machine, "intake:submit"), {"item": PENALTY, "rows": [GOOD_ROW]}
    )
    assert sent.status_code == 202, sent.content
    other = token(web, make_client("t_b", SCOPES), "intake:submit")
    path = f"/api/intake/deliveries/{sent.json()['id']}"
    assert call(web, "GET", path, other).status_code == 404
    assert call(web, "GET", path, token(web, machine, "intake:submit")).json()["state"] == "received"


def test_malformed_requests_get_a_sentence(web: WebClient, machine: tuple[str, str]) -> None:
    bearer = token(web, machine, "intake:check")
    for body in ({}, {"item": PENALTY}, {"item": PENALTY, "rows": []}, {"item": 3, "rows": "x"}, [1]):
        answer = call(web, "POST", "/api/intake/check", bearer, body)
        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"
    assert call(web, "GET", "/api/catalogue/items/no.such").status_code == 404
    assert call(web, "GET", "/api/organisations/NOBODY", token(web, machine, "organisations:read")).status_code == 404


def test_the_catalogue_is_open_and_whole(web: WebClient) -> None:
    items = call(web, "GET", "/api/catalogue/items").json()
    assert PENALTY in {item["code"] for item in items}
    whole = call(web, "GET", f"/api/catalogue/items/{PENALTY}").json()
    assert len(whole["editions"][0]["fields"]) == 30
    assert whole["legal_basis"][0]["article"]


def test_the_reference_page_shows_every_shape(web: WebClient) -> None:
    page = web.get("/api/docs").content.decode()
    assert "InquiryIn" in page and "<dt><code>items</code></dt>" in page
