"""Complaints: only about looks at the own file, one at a time, sealed, with a day by which the answer is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.roles import JOBS, WEB
from goodfaith.gate import queries as gate
from goodfaith.ledger.models import Entry
from goodfaith.oversight import queries
from goodfaith.oversight.actions import do_complain, do_withdraw_complaint
from goodfaith.oversight.models import Complaint
from tests.city import City, city
from tests.conftest import as_role

__all__ = ["city"]
TEXT = "我没有在这个单位办过任何事。"


@pytest.fixture
def look(city: City) -> int:
    """A look at the citizen's file."""
    acting = city.users["credit_office"].acting
    return gate.open_file(
        acting=acting, purpose="credit_administration", subject_id=city.person, case_no="核〔1〕号"
    ).entry_id


def complain(city: City, look: int, who: str = "citizen", **changed: Any) -> Any:
    said = {"acting": city.users[who].acting, "at": clock.now(), "entry_id": look, "text": TEXT} | changed
    with as_role(WEB):
        return do_complain(**said)


def test_a_subject_complains_and_reads_it_again(city: City, look: int) -> None:
    made = dt.datetime(2026, 3, 5, 23, 30, tzinfo=clock.CHINA)
    complaint = complain(city, look, at=made)
    with as_role(WEB):
        (view,) = queries.my_complaints(city.users["citizen"].acting)
    assert (view.id, view.entry_id, view.text, view.state, view.answer) == (complaint, look, TEXT, "open", None)
    assert view.due_on == dt.date(2026, 4, 4)
    assert TEXT.encode() not in bytes(Complaint.objects.get().text)
    entry = Entry.objects.latest("id")
    assert (entry.purpose, entry.subject_id, entry.outcome) == ("complaint", city.person, "done")


@pytest.mark.parametrize("who", ["stranger", "enterprise", "clerk", "auditor"])
def test_nobody_complains_about_anothers_file(city: City, look: int, who: str) -> None:
    with pytest.raises(Problem) as refused:
        complain(city, look, who)
    assert refused.value.code == "not_own_entry" and not Complaint.objects.exists()
    with as_role(WEB):
        assert queries.my_complaints(city.users[who].acting) == []


def test_an_entry_that_is_not_shown_yet_cannot_be_complained_of(city: City) -> None:
    """A delayed entry answers like one that does not exist."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger.append('officer', '1', 'x', 't_a', %s, 'person', 'investigation', 'c', null, 'opened', null,"
            " 0, p_shown_from => (now() AT TIME ZONE 'Asia/Shanghai')::date + 1)", [city.person],
        )  # fmt: skip
        hidden = cursor.fetchone()[0]
    codes = set()
    for entry in (hidden, hidden + 1000):
        with pytest.raises(Problem) as refused:
            complain(city, entry)
        codes.add(refused.value.code)
    assert codes == {"not_own_entry"}


@pytest.mark.parametrize(("text", "code"), [("  ", "text_missing"), ("字" * 2001, "text_too_long")])
def test_a_complaint_says_something(city: City, look: int, text: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        complain(city, look, text=text)
    assert refused.value.code == code


def test_one_open_complaint_for_a_look_and_another_after_withdrawing(city: City, look: int) -> None:
    first = complain(city, look)
    with pytest.raises(Problem, match="已经提出过投诉"):
        complain(city, look)
    with as_role(WEB):
        do_withdraw_complaint(acting=city.users["citizen"].acting, at=clock.now(), complaint_id=first)
    second = complain(city, look)
    with as_role(WEB):
        states = {view.id: view.state for view in queries.my_complaints(city.users["citizen"].acting)}
    assert states == {first: "withdrawn", second: "open"}


@pytest.mark.parametrize("who", ["stranger", "auditor"])
def test_only_the_subject_withdraws(city: City, look: int, who: str) -> None:
    complaint = complain(city, look)
    with as_role(WEB), pytest.raises(Problem) as refused:
        do_withdraw_complaint(acting=city.users[who].acting, at=clock.now(), complaint_id=complaint)
    assert refused.value.code == "complaint_unknown"
    assert Complaint.objects.get().state == "open"


def test_withdrawn_is_withdrawn(city: City, look: int) -> None:
    complaint = complain(city, look)
    said = {"acting": city.users["citizen"].acting, "at": clock.now(), "complaint_id": complaint}
    do_withdraw_complaint(**said)
    with pytest.raises(Problem) as refused:
        do_withdraw_complaint(**said)
    assert refused.value.code == "complaint_not_open"


TABLES = ["complaint", "draw", "review", "misusecase", "aliaskey"]
INNER = [
    "SELECT oversight.alias(gen_random_uuid())", "SELECT * FROM oversight.matching('{}', null, 10)",
    "SELECT * FROM oversight.findings(now(), now(), '{}', null)", "SELECT oversight.enter('a','b','c',null,null,null,0,'d')",
]  # fmt: skip


@pytest.mark.parametrize("role", [WEB, JOBS])
def test_the_tables_are_closed(city: City, look: int, role: str) -> None:
    complain(city, look)
    for statement in [*(f"SELECT * FROM oversight_{table}" for table in TABLES), *INNER]:
        with as_role(role), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
