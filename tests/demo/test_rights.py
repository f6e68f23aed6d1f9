"""The demo's cases: every state is there, so that no page is empty, and none of it was put in by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from goodfaith.common import clock
from goodfaith.demo.actions import CityLoaded
from goodfaith.gate import queries as gate
from goodfaith.parties.models import User
from goodfaith.records import queries as records
from goodfaith.rights import applying, queries
from goodfaith.rights.views import CaseView

pytestmark = pytest.mark.django_db


def _acting(username: str) -> User:
    return User.objects.get(username=username)


def _steps(username: str) -> set[tuple[str, str]]:
    return {(case.procedure, case.step) for case in queries.my_cases(_acting(username).acting)}


def test_the_enterprise_has_cases_in_every_state(loaded: CityLoaded) -> None:
    assert {
        ("objection", "maintained"), ("objection", "withdrawn"), ("objection", "source"), ("objection", "supplement"),
        ("objection", "corrected"), ("repair", "granted"), ("repair", "filed"), ("repair", "draft"),
    } <= _steps("enterprise")  # fmt: skip


def test_the_citizen_has_cases_of_every_kind(loaded: CityLoaded) -> None:
    assert {
        ("objection", "filed"), ("objection", "source"), ("objection", "corrected"), ("note", "pending"),
        ("complaint", "filed"), ("request", "filed"), ("request", "granted"),
    } <= _steps("citizen")  # fmt: skip


def test_one_is_overdue_and_went_up(loaded: CityLoaded) -> None:
    late = queries.inbox(_acting("credit_office").acting, state="overdue")
    assert [case.unit for case in late] == ["housing"]
    assert any(one.escalated_at for one in late[0].clocks)


def test_the_clerk_has_one_on_the_desk_with_the_clock_running(loaded: CityLoaded) -> None:
    (case,) = queries.inbox(_acting("clerk").acting, turn=True)
    assert case.procedure == "objection" and case.step == "source"
    (running,) = [one for one in case.running() if one.name == "source_answer"]
    state = running.state(clock.today())
    assert not state.overdue and state.days_left > 0


def test_recalls_are_confirmed_waiting_and_silent(loaded: CityLoaded) -> None:
    today = clock.today()
    states = {
        (username, one.state)
        for username in ("bank", "clerk", "agency")
        for one in queries.unit_notices(_acting(username).acting)
    }
    assert {("bank", "confirmed"), ("clerk", "waiting"), ("agency", "unconfirmed")} <= states
    found = {one.unit: one for one in queries.recall_figures(today - dt.timedelta(days=60), today)}
    assert found["agency"].unconfirmed and found["bank"].confirmed


def test_the_wrong_persons_record_is_out_of_sight(loaded: CityLoaded) -> None:
    citizen = _acting("citizen")
    own = gate.open_file(acting=citizen.acting, purpose="self_access", subject_id=citizen.subject_id)
    suspended = [one for one in own.current if one.suspended]
    assert [one.source_unit for one in suspended] == ["transport"] and suspended[0].status == "disputed"


def test_own_words_stand_beside_an_open_record_that_is_too_early_to_repair(loaded: CityLoaded) -> None:
    enterprise = _acting("enterprise")
    assert enterprise.subject_id is not None
    (record,) = records.open_statements(enterprise.subject_id)
    shown = records.open_record(enterprise.subject_id, record)
    assert shown is not None and shown.source_unit == "fire"
    own = gate.open_file(acting=enterprise.acting, purpose="self_access", subject_id=enterprise.subject_id)
    (kept,) = [one for one in own.current if one.id == record]
    terms = applying.terms_for(kept)
    assert terms.earliest is not None and terms.earliest > clock.today()


def test_what_was_withdrawn_in_public_is_in_the_feed(loaded: CityLoaded) -> None:
    assert [seq for seq, _token in queries.withdrawals()] == list(range(1, queries.newest_withdrawal() + 1))
    assert queries.newest_withdrawal() >= 2


def test_every_decision_tells_its_remedy_and_has_a_number(loaded: CityLoaded) -> None:
    over: list[CaseView] = []
    for username in ("citizen", "enterprise"):
        acting = _acting(username).acting
        over += [queries.my_case(acting, case.id) for case in queries.my_cases(acting) if not case.is_open]
    decided = [case for case in over if case.outcome not in ("withdrawn", "granted")]
    assert decided
    for case in decided:
        event = case.events[-1]
        assert event.facts["remedy"]["last_day"] and event.facts["letter_no"] and case.text("answer")


def test_messages_lead_both_to_their_cases(loaded: CityLoaded) -> None:
    for username in ("citizen", "enterprise"):
        kinds = {message.kind for message in gate.my_messages(_acting(username).acting)}
        assert "case" in kinds
