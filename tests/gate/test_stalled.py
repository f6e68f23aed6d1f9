"""Fail closed: when nothing can be sealed, people's files stay shut, and open again by themselves."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate import actions
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import CheckRow
from goodfaith.gate.models import Consent
from goodfaith.intake.models import Delivery
from goodfaith.ledger.models import Entry
from tests.city import ID_NUMBER, PENALTY, City
from tests.conftest import WebClient, as_role
from tests.gate.cast import give

PERSON, FIRM = ("id_number", ID_NUMBER), ("uscc", "91990101MA0000007H")
MATTER = "government_procurement"


def sealed(ago: dt.timedelta) -> None:
    """Let the last seal be so long ago; the limit of the ledger is 120 seconds."""
    connection.cursor().execute("UPDATE ledger_state SET sealed_at = %s", [clock.now() - ago])


@pytest.fixture
def delivery(city: City) -> uuid.UUID:
    """A delivery of the clerk's unit."""
    return Delivery.objects.create(
        unit_id="t_a", item_id=PENALTY, filename="a.csv", sha256="", created_at=clock.now(), report_on=clock.today(),
        bytes=1,
    ).pk  # fmt: skip


def _check(city: City, number: tuple[str, str]) -> Any:
    return gate.check(acting=city.users["clerk"].acting, matter=MATTER, number=number, name=None, case_no="1")


SHUT: dict[str, Callable[[City], Any]] = {
    "own file": lambda c: gate.open_file(acting=c.users["citizen"].acting, purpose="self_access", subject_id=c.person),
    "office": lambda c: gate.open_file(
        acting=c.users["credit_office"].acting, purpose="credit_administration", number=PERSON, case_no="1"),
    "nobody": lambda c: gate.open_file(
        acting=c.users["credit_office"].acting, purpose="credit_administration",
        number=("id_number", "110105194912310021"), case_no="1"),
    "check": lambda c: _check(c, PERSON),
    "check of nobody": lambda c: _check(c, ("id_number", "110105194912310021")),
}  # fmt: skip


@pytest.mark.parametrize("what", list(SHUT))
def test_people_are_shut_and_it_recovers_by_itself(city: City, what: str) -> None:
    sealed(dt.timedelta(seconds=121))
    with as_role("goodfaith_web"), pytest.raises(Problem) as raised:
        SHUT[what](city)
    assert (raised.value.code, raised.value.status) == ("ledger_stalled", 503)
    entry = Entry.objects.latest("id")
    assert (entry.outcome, entry.refusal, entry.records) == ("refused", "ledger_stalled", 0)
    sealed(dt.timedelta(seconds=110))
    with as_role("goodfaith_web"):
        assert SHUT[what](city).outcome in ("opened", "answered", "unknown")


def test_consent_opens_nothing_either_and_takes_no_use(city: City, bank: Acting) -> None:
    consent = give(city, "k_bank", "credit_granting", uses=1)
    sealed(dt.timedelta(hours=1))
    with as_role("goodfaith_web"), pytest.raises(Problem, match="封存"):
        gate.open_file(acting=bank, purpose="credit_granting", number=PERSON, case_no="1")
    assert Consent.objects.get(id=consent).used == 0


def test_organisations_go_on(city: City) -> None:
    sealed(dt.timedelta(hours=1))
    with as_role("goodfaith_web"):
        assert _check(city, FIRM).outcome == "answered"
        own = gate.open_file(
            acting=city.users["enterprise"].acting, purpose="self_access", subject_id=city.organisation
        )
        many = gate.check_many(
            acting=city.users["clerk"].acting, matter=MATTER, case_no="1", rows=[CheckRow(PERSON), CheckRow(FIRM)]
        )
    assert own.outcome == "opened"
    assert [(a.outcome, a.refusal) for a in many] == [("refused", "ledger_stalled"), ("answered", None)]


def test_the_rows_of_a_delivery_are_shut_too(city: City, delivery: uuid.UUID) -> None:
    clerk = city.users["clerk"].acting
    with as_role("goodfaith_web"):
        assert gate.open_delivery(clerk, delivery, ["refused"]) == []
    sealed(dt.timedelta(hours=1))
    for look in (
        lambda: gate.open_delivery(clerk, delivery, ["refused"]),
        lambda: gate.open_delivery_file(clerk, delivery),
    ):
        with as_role("goodfaith_web"), pytest.raises(Problem) as raised:
            look()
        assert raised.value.status == 503


def test_what_opens_nothing_goes_on(city: City) -> None:
    sealed(dt.timedelta(hours=1))
    citizen = city.users["citizen"].acting
    with as_role("goodfaith_web"):
        actions.do_place_hold(acting=citizen, at=clock.now())
        assert [e.purpose for e in gate.my_entries(citizen)] == ["hold_placed"]


def test_the_page_says_it_in_both_languages(city: City, web: WebClient) -> None:
    web.force_login(city.users["citizen"])
    sealed(dt.timedelta(hours=1))
    answer = web.get("/my/")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert 'lang="zh-hans"' in page and 'lang="en"' in page
    assert "没有留痕就不能查看" in page
    sealed(dt.timedelta())
    assert web.get("/my/").status_code == 200
