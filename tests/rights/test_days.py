"""Whole cases over the days on which counting goes wrong: a holiday with made-up weekends, a year's end, a leap day, the
day on which the rule changed. The days are counted here by hand, from the State Council's notices."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from goodfaith.common.problems import Problem
from goodfaith.common.roles import JOBS, WEB
from goodfaith.rights import actions, queries
from goodfaith.rights.models import Clock, Event
from tests.conftest import as_role
from tests.rights.town import Town, accepted, do, draft, file, look, on

D = dt.date


def due(ref: actions.CaseRef) -> dict[str, dt.date]:
    """The running clocks and their last days."""
    return dict(Clock.objects.filter(case_id=ref.id, stopped_on=None).values_list("name", "due_on"))


def filed_on(town: Town, monkeypatch: pytest.MonkeyPatch, day: dt.date) -> actions.CaseRef:
    on(monkeypatch, day)
    return file(town)


def test_a_case_over_national_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """2026: off from 1 to 7 October, Saturday the 10th is worked. Filed on 30 September."""
    ref = filed_on(town, monkeypatch, D(2026, 9, 30))
    assert due(ref) == {"forward": D(2026, 10, 8), "total": D(2026, 10, 20)}
    on(monkeypatch, D(2026, 10, 8))
    do(town, "office", ref, "forward")
    assert due(ref) == {"source_answer": D(2026, 10, 14), "total": D(2026, 10, 20)}
    on(monkeypatch, D(2026, 10, 9))
    do(town, "clerk", ref, "ask")  # both limits stand still while the subject completes the papers
    on(monkeypatch, D(2026, 10, 12))
    do(town, "firm", ref, "supply")
    # 9 and 10 October were working days that did not count
    assert due(ref) == {"source_answer": D(2026, 10, 16), "total": D(2026, 10, 22)}
    do(town, "clerk", ref, "extend")
    assert due(ref) == {"source_answer": D(2026, 10, 23), "total": D(2026, 10, 22)}
    with pytest.raises(Problem) as raised:
        do(town, "clerk", ref, "extend")
    assert raised.value.code == "extension_used"
    on(monkeypatch, D(2026, 10, 22))
    assert look(town, "firm", ref).running()[0].state(D(2026, 10, 22)).days_left >= 0
    do(town, "clerk", ref, "maintain")
    with as_role(WEB):
        assert [one.late for one in queries.figures(D(2026, 9, 1), D(2026, 10, 31)) if one.outcome == "maintained"] == [
            0
        ]


SPANS = [
    (D(2026, 12, 30), "forward", D(2026, 12, 31)),  # the last day of the year
    (D(2026, 12, 31), "forward", D(2027, 1, 4)),  # New Year's Day and the weekend after it
    (D(2028, 2, 28), "forward", D(2028, 2, 29)),  # a leap day counts like any other
    (D(2028, 2, 29), "forward", D(2028, 3, 1)),
    (D(2026, 2, 13), "forward", D(2026, 2, 14)),  # a Saturday worked before Spring Festival
    (D(2026, 2, 14), "forward", D(2026, 2, 24)),  # off from 15 to 23 February
    (D(2026, 5, 8), "forward", D(2026, 5, 9)),  # the Saturday worked after May Day
]


@pytest.mark.parametrize(("day", "name", "last"), SPANS)
def test_a_limit_over_a_boundary(
    town: Town, monkeypatch: pytest.MonkeyPatch, day: dt.date, name: str, last: dt.date
) -> None:
    ref = filed_on(town, monkeypatch, day)
    assert due(ref)[name] == last
    case = look(town, "firm", ref)
    (clock,) = [one for one in case.running() if one.name == name]
    assert not clock.state(last).overdue and clock.state(last + dt.timedelta(days=1)).overdue


def escalated(day: dt.date, monkeypatch: pytest.MonkeyPatch) -> int:
    on(monkeypatch, day)
    with as_role(JOBS):
        connection.cursor().execute("SELECT rights.escalate(500)")
    return Event.objects.filter(act="escalate").count()


def test_silence_goes_to_the_supervisor_on_the_day_after_and_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    ref = filed_on(town, monkeypatch, D(2026, 9, 30))
    assert [escalated(D(2026, 10, day), monkeypatch) for day in (7, 8, 9, 10, 19)] == [0, 0, 1, 1, 1]
    assert escalated(D(2026, 10, 21), monkeypatch) == 2  # the whole procedure's limit is over too
    case = look(town, "firm", ref)
    assert (case.step, case.outcome) == ("filed", None) and case.events[-1].facts["clock"] == "total"
    with as_role(WEB):
        assert [one.number for one in queries.inbox(town.acting("auditor"), state="overdue")] == [ref.number]
        assert [one.overdue for one in queries.figures(D(2026, 9, 1), D(2026, 10, 31))] == [1]


def test_while_it_is_the_subjects_turn_nothing_goes_to_the_supervisor(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit that may not stand still runs on while papers are asked for; it goes up when the office has it again."""
    ref = filed_on(town, monkeypatch, D(2026, 9, 30))
    do(town, "office", ref, "ask")
    assert "forward" in due(ref)
    assert escalated(D(2026, 10, 12), monkeypatch) == 0
    do(town, "firm", ref, "supply")
    assert escalated(D(2026, 10, 12), monkeypatch) == 1


def test_what_was_begun_under_the_old_rule_is_finished_under_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Order 36 gives the time for deciding about repair from 1 April 2026 on."""

    def decide(ref: actions.CaseRef) -> list[str]:
        return [one.limit["code"] for one in Clock.objects.filter(case_id=ref.id, name="repair_decide")]

    on(monkeypatch, D(2026, 3, 31))
    before = accepted(town)
    assert "order_36_repair_decide" not in decide(before)
    on(monkeypatch, D(2026, 4, 1))
    after = accepted(town, "person")
    assert decide(after) == ["order_36_repair_decide"]
    assert "order_36_repair_decide" not in decide(before)
    assert Clock.objects.get(case_id=after.id, name="repair_decide").due_on == D(2026, 4, 13)  # 清明: 4 to 6 April off


def test_the_number_carries_the_year_in_china(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, D(2027, 1, 1), hour=0)  # in Greenwich it is still 2026
    assert draft(town).number.startswith("Y2027")
