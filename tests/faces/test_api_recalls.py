"""Recalls by API: a unit reads its own notices, proves them, and says what it did; and the guide to repair."""

# ruff: noqa: F811 - fixtures
from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from goodfaith.common.publishing import verify
from goodfaith.rights import limits, notices, signing
from goodfaith.rights.sentences import WHAT_TO_DO
from tests.city import PENALTY, City
from tests.common.test_typeset import bare, text_of
from tests.conftest import WebClient
from tests.faces.rights_course import decide, look_by_office, object_to, record_of
from tests.faces.test_api import call, machine, make_client, token  # noqa: F401
from tests.faces.withdrawals_place import place  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]


@pytest.fixture
def told(city: City, web: WebClient) -> str:
    """A token of the system of the credit office, which was given a record that was annulled since."""
    record = record_of(city)
    look_by_office(city)
    decide(city, object_to(city, record), "annul")
    return token(web, make_client("t_office", ["recalls"]), "recalls")


def _list(web: WebClient, bearer: str, query: str = "") -> list[dict[str, Any]]:
    answer = call(web, "GET", f"/api/recalls{query}", bearer)
    assert answer.status_code == 200, answer.content
    return list(answer.json())


def test_a_unit_reads_its_notices_and_confirms(city: City, web: WebClient, told: str) -> None:
    (one,) = _list(web, told)
    assert (one["state"], one["reason"], one["document_no"]) == ("waiting", "annulled", "示罚〔2026〕1号")
    assert one["looks"][0]["case_no"] == "示信办〔2026〕1号" and len(one["what_to_do"]) == len(WHAT_TO_DO["annulled"])
    answer = call(web, "POST", f"/api/recalls/{one['id']}/confirm", told, {"done": "deleted"})
    assert answer.status_code == 200 and answer.json()["state"] == "confirmed" and answer.json()["done"] == "deleted"
    again = call(web, "POST", f"/api/recalls/{one['id']}/confirm", told, {"done": "deleted"})
    assert again.status_code == 409 and again.json()["code"] == "notice_confirmed" and again.json()["next"]
    assert [x["id"] for x in _list(web, told, "?state=confirmed")] == [one["id"]] and not _list(
        web, told, "?state=waiting"
    )


def test_confirming_is_an_entry_that_the_subject_is_told_of(city: City, web: WebClient, told: str) -> None:
    (one,) = _list(web, told)
    call(web, "POST", f"/api/recalls/{one['id']}/confirm", told, {"done": "not_kept"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT purpose, actor_kind FROM ledger_entry WHERE subject_id = %s ORDER BY id DESC LIMIT 1",
            [city.organisation],
        )
        assert cursor.fetchone() == ("recall_confirmed", "machine")


def test_the_signed_notice_verifies(city: City, web: WebClient, told: str) -> None:
    (one,) = _list(web, told)
    waiting = call(web, "GET", f"/api/recalls/{one['id']}/notice", told)
    assert waiting.status_code == 409 and waiting.json()["code"] == "notice_unsigned" and one["signed"] is False
    signing.sign_waiting()
    answer = call(web, "GET", f"/api/recalls/{one['id']}/notice", told)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/jose"
    keys = json.loads(web.get(reverse("public:withdrawals_keys")).content)
    said = verify(answer.content.decode(), keys, typ=notices.RECALL_TYPE)
    assert said["id"] == one["id"] and said["recipient"]["code"] == "t_office"
    assert said["record"]["record_id"] == one["record_id"] and said["confirm_by"] == one["confirm_by"]


@pytest.mark.parametrize(("method", "end"), [("GET", ""), ("GET", "/notice"), ("POST", "/confirm")])
def test_another_units_notice_is_not_there(
    city: City,
    web: WebClient,
    told: str,
    machine: tuple[str, str],
    method: str,
    end: str,
) -> None:
    (one,) = _list(web, told)
    stranger = token(web, machine, "recalls")
    body = {"done": "deleted"} if end == "/confirm" else None
    answer = call(web, method, f"/api/recalls/{one['id']}{end}", stranger, body)
    assert answer.status_code == 404 and answer.json()["code"] == "notice_unknown"
    assert _list(web, stranger) == [] and _list(web, told)[0]["state"] == "waiting"
    assert call(web, method, f"/api/recalls/{uuid.UUID(int=5)}{end}", told, body).status_code == 404


def test_the_list_can_be_narrowed(city: City, web: WebClient, told: str) -> None:
    assert len(_list(web, told, "?since=2026-01-01T00:00:00")) == 1
    assert _list(web, told, "?since=2099-01-01T00:00:00Z") == [] and _list(web, told, "?offset=1") == []
    for wrong in ("?state=late", "?since=yesterday", "?offset=-1", "?offset=99999999999999999999"):
        answer = call(web, "GET", f"/api/recalls{wrong}", told)
        assert answer.status_code == 422 and answer.json()["next"], wrong


@pytest.mark.parametrize(
    ("method", "path"), [("GET", ""), ("GET", f"/{uuid.UUID(int=5)}"), ("POST", f"/{uuid.UUID(int=5)}/confirm")]
)
def test_it_needs_its_scope(city: City, web: WebClient, machine: tuple[str, str], method: str, path: str) -> None:
    for bearer in (None, token(web, machine, "intake:check")):
        answer = call(web, method, f"/api/recalls{path}", bearer, {"done": "deleted"} if method == "POST" else None)
        assert answer.status_code == 401 and answer.json()["code"] == "token_missing"


def test_the_answers_offered_are_those_of_the_program(web: WebClient) -> None:
    schema = json.loads(web.get("/api/openapi.json").content)
    assert set(schema["components"]["schemas"]["ConfirmIn"]["properties"]["done"]["enum"]) == set(limits.DONE)
    assert (
        schema["components"]["schemas"]["ConfirmIn"]["examples"]
        and schema["components"]["schemas"]["RecallOut"]["examples"]
    )


# -- the guide to repair ----------------------------------------------------------------------------

GUIDE = {
    "item": PENALTY, "decided_on": "2026-11-02", "document_no": "示市监处罚〔2026〕第0123号", "party": "示例测试有限公司",
    "fields": {"CF_CFLB": "罚款", "CF_NR_FK": "0.5"},
}  # fmt: skip


def _pdf(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"] == "application/pdf"
    return bare(text_of(answer.content))


def test_a_department_gets_the_guide_that_goes_with_its_decision(
    city: City,
    web: WebClient,
    machine: tuple[str, str],
) -> None:
    printed = _pdf(call(web, "POST", "/api/repair-guide", token(web, machine, "intake:check"), GUIDE))
    for said in ("信用修复告知书", "示例测试有限公司", "示市监处罚〔2026〕第0123号", "不收取任何费用"):
        assert bare(said) in printed


def test_the_guide_leaves_nothing_behind(city: City, web: WebClient, machine: tuple[str, str]) -> None:
    bearer = token(web, machine, "intake:check")
    counted = ("ledger_entry", "common_history", "rights_case", "records_record", "gate_message")
    before = [_count(table) for table in counted]
    call(web, "POST", "/api/repair-guide", bearer, GUIDE)
    assert [_count(table) for table in counted] == before


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"item": "courts.judgment_defaulter"}, 403, "item_not_of_unit"),
        ({"item": "nothing.at_all"}, 404, "item_unknown"),
        ({"display_class": "most_serious"}, 422, "class_unknown"),
        ({"decided_on": "next week"}, 422, "request_invalid"),
        ({"party": "示例\u202e公司"}, 422, "request_invalid"),
    ],
)
def test_what_makes_no_guide_is_told(
    city: City,
    web: WebClient,
    machine: tuple[str, str],
    changed: dict[str, str],
    status: int,
    code: str,
) -> None:
    answer = call(web, "POST", "/api/repair-guide", token(web, machine, "intake:check"), GUIDE | changed)
    assert (answer.status_code, answer.json()["code"]) == (status, code) and answer.json()["next"]
