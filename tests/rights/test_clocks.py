"""Legal clocks against a naive twin that walks the calendar, and the days at which such counting goes wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common.clock import is_working_day
from goodfaith.common.problems import Problem
from goodfaith.law.procedures import Limit
from goodfaith.rights.clocks import (
    Clock,
    Extended,
    Pause,
    check_extension,
    check_pause,
    due,
    due_of,
    state,
)

D = dt.date
BASIS = {"instrument": "henan-credit-2020", "article": "第四十一条", "checked": "mirror"}


def limit(count: int, unit: str = "working_days", **more: Any) -> Limit:
    return Limit.model_validate({
        "code": "l", "name": {"zh": "名", "en": "name"}, "procedure": "objection", "step": "total", "count": count,
        "unit": unit, "level": "law", "basis": BASIS, **more,
    })  # fmt: skip


WORKING = [
    # received, working days, due
    (D(2025, 12, 29), 3, D(2026, 1, 4)),  # New Year 1 to 3 January off, Sunday the 4th worked
    (D(2025, 12, 31), 1, D(2026, 1, 4)),
    (D(2026, 2, 13), 1, D(2026, 2, 14)),  # Saturday before Spring Festival, worked
    (D(2026, 2, 14), 1, D(2026, 2, 24)),  # Spring Festival 15 to 23 February
    (D(2026, 2, 24), 4, D(2026, 2, 28)),  # a Saturday, worked
    (D(2026, 9, 30), 1, D(2026, 10, 8)),  # National Day 1 to 7 October
    (D(2026, 10, 8), 2, D(2026, 10, 10)),  # a Saturday, worked
    (D(2024, 2, 27), 2, D(2024, 2, 29)),  # leap day
    (D(2023, 2, 27), 2, D(2023, 3, 1)),
    (D(2026, 11, 20), 0, D(2026, 11, 20)),  # on the day itself
    (D(2026, 11, 21), 0, D(2026, 11, 23)),  # received on a Saturday
    (D(2026, 11, 20), 7, D(2026, 12, 1)),
]
NATURAL = [
    # received, days, due: civil code, article 203
    (D(2026, 11, 20), 15, D(2026, 12, 7)),  # 5 December is a Saturday
    (D(2026, 11, 20), 20, D(2026, 12, 10)),
    (D(2026, 9, 16), 15, D(2026, 10, 8)),  # 1 October: rolls over the whole holiday
    (D(2026, 1, 30), 15, D(2026, 2, 14)),  # a Saturday that is worked does not roll
    (D(2026, 2, 1), 15, D(2026, 2, 24)),
    (D(2024, 2, 26), 3, D(2024, 2, 29)),
    (D(2025, 12, 17), 15, D(2026, 1, 4)),
]


@pytest.mark.parametrize(("start", "count", "last"), WORKING)
def test_working_days(start: D, count: int, last: D) -> None:
    assert due(limit(count), start) == last


@pytest.mark.parametrize(("start", "count", "last"), NATURAL)
def test_natural_days_roll_off_days_off(start: D, count: int, last: D) -> None:
    assert due(limit(count, "days"), start) == last


def test_suspension_pushes_the_day_and_only_for_what_the_rule_names() -> None:
    seven = limit(7, suspends_for=["expert_opinion"])
    still = Pause("expert_opinion", D(2026, 11, 23), D(2026, 11, 26))
    assert due(seven, D(2026, 11, 20)) == D(2026, 12, 1)
    assert due(seven, D(2026, 11, 20), [still]) == D(2026, 12, 4)
    assert due(seven, D(2026, 11, 20), [Pause("supplement", D(2026, 11, 23), D(2026, 11, 26))]) == D(2026, 12, 1)
    over_a_weekend = Pause("expert_opinion", D(2026, 11, 28), D(2026, 11, 30))
    assert due(seven, D(2026, 11, 20), [over_a_weekend]) == D(2026, 12, 1)
    assert due(seven, D(2026, 11, 20), [still, still]) == D(2026, 12, 4)
    twenty = limit(20, "days", suspends_for=["expert_opinion"])
    assert due(twenty, D(2026, 11, 20), [over_a_weekend]) == D(2026, 12, 14)  # 12 December is a Saturday
    with pytest.raises(ValueError, match="still lasts"):
        due(seven, D(2026, 11, 20), [Pause("expert_opinion", D(2026, 11, 23))])


def test_extension_by_days_and_up_to_a_total() -> None:
    start, told = D(2026, 11, 20), Extended(D(2026, 11, 25), "情况复杂")
    assert due(limit(2, extension={"count": 3, "checked": "mirror"}), start, (), told) == due(limit(5), start)
    assert due(limit(5, extension={"total": 20, "checked": "mirror"}), start, (), told) == due(limit(20), start)
    assert due(limit(5), start, (), told) == due(limit(5), start)
    natural = limit(15, "days", extension={"count": 15, "checked": "mirror"})
    assert due(natural, start, (), told) == due(limit(30, "days"), start)


def test_state_before_on_and_after_the_due_day() -> None:
    clock = Clock(limit(7), D(2026, 11, 20))
    before, on, after = (state(clock, day) for day in (D(2026, 11, 26), D(2026, 12, 1), D(2026, 12, 7)))
    assert (before.due, before.days_left, before.overdue, before.days_over) == (D(2026, 12, 1), 3, False, 0)
    assert (on.days_left, on.overdue, on.days_over) == (0, False, 0)
    assert (after.days_left, after.overdue, after.days_over) == (0, True, 4)


def test_a_pause_that_lasts_holds_the_day_off() -> None:
    clock = Clock(
        limit(3, suspends_for=["expert_opinion"]), D(2026, 11, 20), (Pause("expert_opinion", D(2026, 11, 24)),)
    )
    for today in (D(2026, 11, 24), D(2026, 11, 27), D(2026, 12, 11)):
        told = state(clock, today)
        assert told.paused and not told.overdue and told.days_left == 2
    assert not state(clock, D(2026, 11, 23)).paused
    ended = Clock(clock.limit, clock.start, (Pause("expert_opinion", D(2026, 11, 24), D(2026, 12, 1)),))
    assert state(ended, D(2026, 12, 3)).overdue and not state(ended, D(2026, 12, 2)).overdue


def test_a_year_without_published_holidays_is_said() -> None:
    assert state(Clock(limit(3), D(2026, 12, 28)), D(2026, 12, 28)).unpublished_year is None
    assert state(Clock(limit(3), D(2026, 12, 30)), D(2026, 12, 30)).unpublished_year == 2027


def test_what_may_not_be_suspended_or_extended() -> None:
    plain = Clock(limit(3), D(2026, 11, 20))
    roomy = Clock(limit(3, suspends_for=["supplement"], extension={"count": 3, "checked": "mirror"}), D(2026, 11, 20))
    used = Clock(roomy.limit, roomy.start, (), Extended(D(2026, 11, 23), "理由"))
    check_pause(roomy, "supplement")
    check_extension(roomy, D(2026, 11, 25), "情况复杂")
    for call, code in (
        (lambda: check_pause(plain, "supplement"), "pause_not_allowed"),
        (lambda: check_extension(plain, D(2026, 11, 23), "理由"), "extension_not_allowed"),
        (lambda: check_extension(used, D(2026, 11, 24), "理由"), "extension_used"),
        (lambda: check_extension(roomy, D(2026, 11, 26), "理由"), "extension_too_late"),
        (lambda: check_extension(roomy, D(2026, 11, 25), "  "), "extension_without_reason"),
    ):
        with pytest.raises(Problem) as caught:
            call()
        assert caught.value.code == code and caught.value.next


# -- the twin: walk the calendar and cross the days off ---------------------------------------------------

EDGES = [D(2023, 12, 31), D(2024, 2, 29), D(2025, 12, 31), D(2026, 2, 13), D(2026, 2, 28), D(2026, 9, 25), D(2026, 12, 31)]
starts = st.sampled_from(EDGES) | st.dates(D(2023, 1, 1), D(2027, 3, 1))


@st.composite
def pauses(draw: st.DrawFn, start: D) -> list[Pause]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = start + dt.timedelta(days=draw(st.integers(-5, 40)))
        reason = draw(st.sampled_from(["expert_opinion", "supplement", "third_party"]))
        found.append(Pause(reason, first, first + dt.timedelta(days=draw(st.integers(0, 30)))))
    return found


def twin(bound: Limit, start: D, stood: list[Pause], longer: bool) -> D:
    stopped = {
        each.start + dt.timedelta(days=n)
        for each in stood
        if each.reason in bound.suspends_for
        for n in range((each.end - each.start).days)  # type: ignore[operator]
    }
    calendar = [start + dt.timedelta(days=n) for n in range(1, 600)]
    running = [day for day in calendar if day not in stopped]
    open_days = [day for day in [start, *calendar] if day not in stopped and is_working_day(day)]
    count = bound.count
    if longer and bound.extension:
        count = bound.extension.total or count + (bound.extension.count or 0)
    counted = running if bound.unit == "days" else [day for day in running if is_working_day(day)]
    last = start if count == 0 else counted[count - 1]
    return next(day for day in open_days if day >= last)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Limit, D, list[Pause], bool]:
    count = draw(st.integers(0, 30))
    extension = draw(st.sampled_from([None, {"count": 5, "checked": "mirror"}, {"total": 40, "checked": "mirror"}]))
    reasons = draw(st.sampled_from([[], ["expert_opinion"], ["expert_opinion", "supplement"]]))
    unit = draw(st.sampled_from(["working_days", "days"]))
    start = draw(starts)
    bound = limit(count, unit, extension=extension, suspends_for=reasons)
    return bound, start, draw(pauses(start)), draw(st.booleans())


@given(cases(), st.integers(-3, 60))
def test_the_clock_says_what_the_twin_counts(case: tuple[Limit, D, list[Pause], bool], later: int) -> None:
    bound, start, stood, longer = case
    extended = Extended(start, "理由") if longer else None
    last = twin(bound, start, stood, longer)
    assert due(bound, start, stood, extended) == last
    clock, today = Clock(bound, start, tuple(stood), extended), start + dt.timedelta(days=later)
    told = state(clock, today)
    assert (told.due, told.overdue) == (last, today > last)
    assert due_of(clock, today) == last
    assert told.days_left == 0 or not told.overdue
    assert is_working_day(told.due)
