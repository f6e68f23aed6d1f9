"""The check and the inquiry from inside approval systems: scopes, answers, refusals, entries."""

from __future__ import annotations

import datetime as dt
import json
import logging
import uuid
from typing import Any

import pytest
from django.db import connection

from goodfaith.common import clock
from goodfaith.faces.api import auth
from goodfaith.ledger.models import Entry
from goodfaith.parties.models import MachineClient, Unit
from tests.conftest import WebClient
from tests.counter import (
    CLEAN,
    DOCUMENT,
    MATTER,
    NOBODY,
    ORGANISATION,
    PERSON,
    PURPOSE,
    Counter,
    ask,
    bearer,
    client,
)
from tests.faces.test_api import call


@pytest.fixture(autouse=True)
def forget_tokens() -> None:
    auth.forget()


def check(web: WebClient, counter: Counter, body: dict[str, Any], *purposes: str) -> Any:
    return call(web, "POST", "/api/checks", counter.bearer(*(purposes or (PURPOSE,))), body)


@pytest.mark.parametrize("case", ["一\n二", "\u200b", "示采\u202e号", "\ufeff", "a\x7f"])
def test_a_case_number_has_nothing_unseen_in_it(web: WebClient, counter: Counter, case: str) -> None:
    answer = check(web, counter, ask(PERSON) | {"case_no": case})
    assert answer.status_code == 422 and answer.json()["code"] == "request_invalid"
    assert not Entry.objects.exists()


def test_a_body_that_is_too_big_is_a_problem_document(web: WebClient, counter: Counter, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = check(web, counter, ask(PERSON) | {"case_no": "案" * 100})
    assert answer.status_code == 413 and answer.json()["code"] == "body_too_big"


def entries() -> list[Entry]:
    return list(Entry.objects.order_by("id"))


@pytest.mark.parametrize("subject", [PERSON, ORGANISATION], ids=["person", "organisation"])
def test_a_measure_in_force_is_answered_with_its_law_and_never_the_file(
    web: WebClient, counter: Counter, subject: tuple[str, str]
) -> None:
    answer = check(web, counter, ask(subject))
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert told["outcome"] == "measures"
    measure = told["measures"][0]
    assert measure["kind"] == "restraint"
    assert measure["document_no"] == DOCUMENT
    assert all(measure[part] for part in ("statute", "article", "authority", "decided_on", "effect", "checked"))
    assert measure["ends_on"] > clock.today().isoformat()
    assert "工作人员" in told["note"]
    assert set(told) == {"outcome", "measures", "entry", "digest", "at", "note"}
    entry = entries()[-1]
    assert (entry.pk, entry.outcome, entry.purpose, entry.matter) == (told["entry"], "answered", PURPOSE, MATTER)
    assert entry.answer is not None and bytes(entry.answer).hex() == told["digest"]
    assert subject[1] not in answer.content.decode() and subject[0] not in answer.content.decode()


def test_nobody_is_answered_like_a_clean_file(web: WebClient, counter: Counter) -> None:
    """Boundary 9: whether a person is known here cannot be inferred."""
    clean, nobody = (check(web, counter, ask(subject)).json() for subject in (CLEAN, NOBODY))
    assert clean["outcome"] == nobody["outcome"] == "none"
    assert clean["digest"] == nobody["digest"]
    same = ("outcome", "measures", "note", "digest")
    assert {part: clean[part] for part in same} == {part: nobody[part] for part in same}
    assert [entry.outcome for entry in entries()] == ["answered", "unknown"]


def test_a_wrong_name_is_a_mismatch_and_tells_nothing_else(web: WebClient, counter: Counter) -> None:
    for subject in (PERSON, ORGANISATION):
        told = check(web, counter, ask((f"{CLEAN[0]}丁", subject[1]))).json()
        assert (told["outcome"], told["measures"]) == ("mismatch", [])
    assert {entry.outcome for entry in entries()} == {"mismatch"}


def test_the_name_may_be_left_out(web: WebClient, counter: Counter) -> None:
    assert check(web, counter, ask(PERSON) | {"name": None}).json()["outcome"] == "measures"


@pytest.mark.parametrize("matter", ["commendation", "bidding"])
def test_only_what_bears_on_this_matter_is_told(web: WebClient, counter: Counter, matter: str) -> None:
    """Another matter has its own measures: the answer names only those that the packs bind to it."""
    from goodfaith.law import queries as law

    purpose = law.matter(matter).purposes[0]
    counter.client.scopes = [f"purpose:{purpose}"]
    counter.client.save()
    told = check(web, counter, ask(ORGANISATION, matter=matter), purpose).json()
    assert all(matter in law.measure(one["measure"]).matters for one in told["measures"])


@pytest.mark.parametrize("purposes", [("administrative_check",), ("honour_check",), ("entrusted_inquiry",)])
def test_a_check_needs_the_scope_of_its_matters_purpose(web: WebClient, counter: Counter, purposes: tuple[str]) -> None:
    answer = check(web, counter, ask(PERSON), *purposes)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert entries() == []


@pytest.mark.parametrize("kind", ["court", "county", "credit_office", "department", "association", "agency", "bank"])
def test_the_matter_is_for_its_kinds_of_unit(web: WebClient, counter: Counter, kind: str) -> None:
    from goodfaith.law import queries as law

    Unit.objects.create(code="t_kind", name="另一测试单位", short_name="另一", kind=kind)
    made, app = client("t_kind", [f"purpose:{PURPOSE}"])
    answer = call(web, "POST", "/api/checks", bearer(app, made.scopes), ask(PERSON))
    allowed = kind in law.matter(MATTER).unit_kinds and kind in law.purpose(PURPOSE).unit_kinds
    assert answer.status_code == (200 if allowed else 403), answer.content
    assert entries()[-1].outcome == ("answered" if allowed else "refused")
    if not allowed:
        assert answer.json()["next"] and str(entries()[-1].pk) in answer.json()["detail"]


def test_a_wrong_digit_is_explained_and_asks_nobody(web: WebClient, counter: Counter) -> None:
    for name, number in (PERSON, ORGANISATION):
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        answer = check(web, counter, ask((name, wrong)))
        assert answer.status_code == 422
        assert "校验码" in answer.json()["detail"]
        assert wrong not in answer.content.decode()
    assert entries() == []


@pytest.mark.parametrize(
    "change",
    [{"matter": "no_such"}, {"case_no": ""}, {"case_no": "  "}, {"subject": {"kind": "phone", "number": "1"}}, {"matter": None}],
)
def test_a_request_that_is_not_whole_is_refused_in_words(web: WebClient, counter: Counter, change: dict[str, Any]) -> None:
    answer = check(web, counter, ask(PERSON) | change)
    assert answer.status_code in (404, 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["next"]


def test_when_nothing_is_sealed_people_are_shut_and_it_opens_by_itself(web: WebClient, counter: Counter) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_state SET sealed_at = '2020-01-01'")
    shut = check(web, counter, ask(PERSON))
    assert shut.status_code == 503
    assert int(shut["Retry-After"]) > 0
    assert shut.json()["code"] == "ledger_stalled"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_state SET sealed_at = '9000-01-01'")
    assert check(web, counter, ask(PERSON)).status_code == 200


def test_a_client_that_was_switched_off_is_refused_by_the_gate_while_its_token_is_kept(
    web: WebClient, counter: Counter
) -> None:
    token = counter.bearer(PURPOSE)
    assert call(web, "POST", "/api/checks", token, ask(PERSON)).status_code == 200
    MachineClient.objects.update(active=False)
    assert call(web, "POST", "/api/checks", token, ask(PERSON)).status_code == 403
    auth.forget()
    assert call(web, "POST", "/api/checks", token, ask(PERSON)).status_code == 401


def test_an_expired_token_is_never_kept(web: WebClient, counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    from oauth2_provider.models import AccessToken

    token = counter.bearer(PURPOSE)
    assert call(web, "POST", "/api/checks", token, ask(PERSON)).status_code == 200
    AccessToken.objects.update(expires=clock.now() - dt.timedelta(seconds=1))
    later = auth.time.monotonic() + auth.KEPT_SECONDS + 1
    monkeypatch.setattr(auth.time, "monotonic", lambda: later)
    assert call(web, "POST", "/api/checks", token, ask(PERSON)).status_code == 401


def test_a_check_is_one_statement(web: WebClient, counter: Counter, django_assert_num_queries: Any) -> None:
    token = counter.bearer(PURPOSE)
    for _ in range(2):
        call(web, "POST", "/api/checks", token, ask(PERSON))
    with django_assert_num_queries(3):  # SET ROLE and RESET ROLE are the test's own
        assert call(web, "POST", "/api/checks", token, ask(PERSON)).status_code == 200


def test_no_name_and_no_number_goes_to_the_log(web: WebClient, counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for body in (ask(PERSON), ask(PERSON) | {"matter": "no_such"}, ask((PERSON[0], PERSON[1][:-1] + "9"))):
        check(web, counter, body)
    assert PERSON[0] not in caplog.text
    assert PERSON[1][:14] not in caplog.text


def test_the_matters_are_those_of_the_clients_unit(web: WebClient, counter: Counter) -> None:
    from goodfaith.law import queries as law

    token = counter.bearer(PURPOSE)
    told = call(web, "GET", "/api/checks/matters", token).json()
    assert {one["code"] for one in told} == {matter.code for matter in law.matters("department")}
    one = next(one for one in told if one["code"] == MATTER)
    assert one["scope"] == f"purpose:{PURPOSE}"


def inquire(web: WebClient, counter: Counter, subject: tuple[str, str], **more: Any) -> Any:
    body = {key: value for key, value in ask(subject).items() if key != "matter"}
    token = counter.bearer("entrusted_inquiry")
    return call(web, "POST", "/api/inquiries", token, body | {"purpose": "entrusted_inquiry", **more})


def request_body(subject: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {
        "subject": {"kind": "id_number", "number": subject[1]}, "name": subject[0], "purpose": "entrusted_inquiry",
        "items": ["courts.judgment_defaulter"], "until": (clock.today() + dt.timedelta(days=30)).isoformat(),
        "uses": 2, "reason": "签订合同前核实", **more,
    }  # fmt: skip


def test_a_file_opens_with_a_consent_and_stops_with_its_withdrawal(web: WebClient, counter: Counter) -> None:
    from goodfaith.gate import actions
    from goodfaith.gate import queries as gate
    from goodfaith.parties.models import User

    assert inquire(web, counter, PERSON).status_code == 403
    token = counter.bearer("entrusted_inquiry")
    asked = call(web, "POST", "/api/consent-requests", token, request_body(PERSON))
    assert asked.status_code == 202, asked.content
    address = f"/api/consent-requests/{asked.json()['id']}"
    waiting = call(web, "GET", address, token).json()
    assert (waiting["state"], waiting["items"]) == ("waiting", ["courts.judgment_defaulter"])
    assert PERSON[0] not in str(waiting) and PERSON[1] not in str(waiting)
    user = User.objects.create_user("owner", password="demo", kind="citizen", subject_id=counter.listed_person)
    consent = actions.do_answer_request(
        acting=user.acting, at=clock.now(), request_id=uuid.UUID(asked.json()["id"]), accept=True
    )
    assert call(web, "GET", address, token).json()["state"] == "accepted"
    opened = inquire(web, counter, PERSON, items=["courts.judgment_defaulter"])
    assert opened.status_code == 200, opened.content
    assert [one["document_no"] for one in opened.json()["records"]] == [DOCUMENT]
    assert opened.json()["name"] != PERSON[0]
    assert PERSON[1] not in opened.content.decode()
    mine = call(web, "GET", "/api/consents", token).json()
    assert [(one["id"], one["used"], one["state"]) for one in mine] == [(str(consent), 1, "in_force")]
    assert consent is not None
    actions.do_withdraw_consent(acting=user.acting, at=clock.now(), consent_id=consent)
    assert inquire(web, counter, PERSON, items=["courts.judgment_defaulter"]).status_code == 403
    assert gate.my_consents(user.acting)[0].state == "withdrawn"


def test_a_request_is_answered_the_same_for_nobody(web: WebClient, counter: Counter) -> None:
    token = counter.bearer("entrusted_inquiry")
    answers = [call(web, "POST", "/api/consent-requests", token, request_body(one)) for one in (PERSON, NOBODY)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert {key: answers[0].json()[key] for key in ("state", "next")} == {
        key: answers[1].json()[key] for key in ("state", "next")
    }


def test_a_request_names_each_item_once_and_hides_nothing_in_its_reason(web: WebClient, counter: Counter) -> None:
    token = counter.bearer("entrusted_inquiry")
    body = request_body(PERSON)
    made = call(web, "POST", "/api/consent-requests", token, body | {"items": body["items"] * 50}).json()
    shown = call(web, "GET", f"/api/consent-requests/{made['id']}", token).json()
    assert shown["items"] == list(dict.fromkeys(body["items"]))
    hidden = call(web, "POST", "/api/consent-requests", token, body | {"reason": "\u202e贷款"})
    assert hidden.status_code == 422


def test_another_units_requests_are_not_there(web: WebClient, counter: Counter) -> None:
    token = counter.bearer("entrusted_inquiry")
    asked = call(web, "POST", "/api/consent-requests", token, request_body(PERSON)).json()
    other, app = client("t_b", ["purpose:entrusted_inquiry"])
    foreign = bearer(app, other.scopes)
    assert call(web, "GET", f"/api/consent-requests/{asked['id']}", foreign).status_code == 404
    assert call(web, "GET", "/api/consents", foreign).json() == []


@pytest.mark.parametrize("path", ["/api/checks/nowhere", "/api/inquiries/1/2", "/api/consents/x", "/api/intake/nowhere"])
def test_an_address_that_is_not_there_is_a_404_also_past_the_middleware(web: WebClient, db: None, path: str) -> None:
    answer = call(web, "GET", path)
    assert answer.status_code == 404
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_answer_about_people_is_never_kept_and_speaks_the_callers_language(
    web: WebClient, counter: Counter, language: str
) -> None:
    MachineClient.objects.update(active=True)
    token = counter.bearer(PURPOSE)
    Unit.objects.filter(code="t_a").update(kind="bank")
    answer = web.generic(
        "POST", "/api/checks", json.dumps(ask(PERSON)), content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "Accept-Language": language},
    )  # fmt: skip
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store"
    assert int(answer["Content-Length"]) == len(answer.content)
