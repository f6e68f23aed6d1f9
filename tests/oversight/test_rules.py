"""Each rule at its boundaries; the clock of complaints; the seed of a sample."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

import pytest
from django.conf import settings

from goodfaith.common.clock import CHINA
from goodfaith.common.problems import Problem
from goodfaith.oversight import complaints, limits, rules
from goodfaith.oversight.limits import Limit
from goodfaith.oversight.rules import Look
from tests.oversight.looks import LIMITS, SUBJECTS, look, moment, period


def found(looks: Sequence[Look], **given: Any) -> dict[str, int]:
    """Rule → how many findings."""
    counts: dict[str, int] = {}
    for one in rules.findings(looks, period(**given), LIMITS):
        counts[one.rule] = counts.get(one.rule, 0) + 1
    return counts


def test_an_ordinary_look_is_no_finding() -> None:
    assert found([look()]) == {}


@pytest.mark.parametrize(
    ("clock", "night"),
    [((21, 59, 59), False), ((22, 0, 0), True), ((23, 59, 59), True), ((0, 0, 0), True), ((5, 59, 59), True),
     ((6, 0, 0), False)],
)  # fmt: skip
def test_night(clock: tuple[int, int, int], night: bool) -> None:
    assert found([look(at=moment(3, *clock))]) == ({"night": 1} if night else {})


def test_night_is_told_in_chinas_time() -> None:
    late = moment(3, 23).astimezone(dt.UTC)
    (one,) = rules.findings([look(at=late)], period(), LIMITS)
    assert (late.hour, one.day) == (15, dt.date(2026, 3, 3))


@pytest.mark.parametrize(
    "changed",
    [{"kind": "machine"}, {"kind": "citizen"}, {"outcome": "refused"}, {"outcome": "done"}, {"purpose": "audit_review"},
     {"purpose": "complaint_handling"}],
)  # fmt: skip
def test_only_what_an_officer_saw_counts(changed: dict[str, str]) -> None:
    at_night = [look(at=moment(3, 23), **changed)]
    assert "night" not in found(at_night) and "day_off" not in found(at_night, closed=[3])


def test_a_day_off() -> None:
    assert found([look()], closed=[3]) == {"day_off": 1}
    assert found([look()], closed=[2, 4]) == {}


def test_the_days_off_are_those_of_the_chinese_calendar() -> None:
    """2026-02-14, a Saturday, was worked in place of a day of the Spring Festival; the 16th, a Monday, was off."""
    off = limits.days_off(dt.date(2026, 2, 9), dt.date(2026, 2, 17))
    assert dt.date(2026, 2, 14) not in off and dt.date(2026, 2, 16) in off


def many(n: int, day: int, first: int = 0, **changed: Any) -> list[Look]:
    """``n`` looks of a day at different subjects."""
    return [
        look(first + day * 1000 + k, moment(day, 9, k % 60, k // 60), **{"subject": SUBJECTS[k % 5]} | changed)
        for k in range(n)
    ]


@pytest.mark.parametrize(("n", "times"), [(3, 0), (4, 1)])
def test_volume_has_a_floor(n: int, times: int) -> None:
    assert found(many(n, 10)).get("volume", 0) == times


@pytest.mark.parametrize(("n", "times"), [(6, 0), (7, 1)])
def test_volume_against_the_own_median(n: int, times: int) -> None:
    """Days of 1, 2 and 9 looks: the median is 2, so more than 6 are many."""
    before = many(1, 5) + many(2, 6) + many(9, 7)
    volume = [one for one in rules.findings([*before, *many(n, 10)], period(first=10), LIMITS) if one.rule == "volume"]
    assert len(volume) == times
    assert all(one.facts["own"] == 2 for one in volume)


@pytest.mark.parametrize(("n", "times"), [(9, 0), (10, 1)])
def test_volume_against_the_others_of_the_unit(n: int, times: int) -> None:
    """Others of the unit: 2 and 4 looks a day, median 3. What another unit does is no measure."""
    before = many(2, 5, actor="8") + many(4, 6, actor="9") + many(50, 6, 100, actor="9", unit="t_b")
    assert found([*before, *many(n, 10)], first=10).get("volume", 0) == times


@pytest.mark.parametrize(("day", "times"), [(-19, 1), (-20, 2)])
def test_volume_looks_back_thirty_days(day: int, times: int) -> None:
    """Thirty days before the 11th is the 9th of February (day -19): it counts; the day before it does not."""
    before = many(5, day, 50_000)
    volume = found([*before, *many(6, 11)], first=-30).get("volume", 0)
    assert volume == times


@pytest.mark.parametrize(("people", "times"), [(2, 0), (3, 1)])
def test_neighbours(people: int, times: int) -> None:
    looks = [look(n, subject=SUBJECTS[n], neighbourhood=b"n", at=moment(3, 9, n)) for n in range(people)]
    assert found([*looks, look(9, subject=SUBJECTS[0], neighbourhood=b"n")]).get("neighbours", 0) == times


@pytest.mark.parametrize("changed", [{"neighbourhood": b"m"}, {"actor": "8"}, {"at": moment(4)}, {"unit": "t_b"}])
def test_neighbours_are_of_one_officer_day_and_place(changed: dict[str, Any]) -> None:
    looks = [look(n, subject=SUBJECTS[n], neighbourhood=b"n") for n in range(2)]
    assert "neighbours" not in found([*looks, look(2, **{"subject": SUBJECTS[2], "neighbourhood": b"n"} | changed)])


@pytest.mark.parametrize("outcome", ["opened", "refused", "mismatch"])
def test_the_own_name_counts_whatever_came_of_it(outcome: str) -> None:
    assert found([look(same_name=True, outcome=outcome)])["same_name"] == 1


@pytest.mark.parametrize(("n", "times"), [(2, 0), (3, 1)])
@pytest.mark.parametrize("kind", ["officer", "machine"])
def test_refusals(kind: str, n: int, times: int) -> None:
    outcomes = ["refused", "mismatch", "unknown"]
    assert found([look(k, kind=kind, outcome=outcomes[k]) for k in range(n)]).get("refusals", 0) == times


def test_a_stalled_ledger_is_not_the_officers_doing() -> None:
    assert found([look(k, outcome="refused", refusal="ledger_stalled") for k in range(5)]) == {}


@pytest.mark.parametrize(("days", "times"), [((3, 4), 0), ((3, 3, 4), 0), ((3, 4, 9), 1)])
def test_repeat(days: tuple[int, ...], times: int) -> None:
    looks = [look(n, moment(day, 9, n)) for n, day in enumerate(days)]
    assert found(looks).get("repeat", 0) == times
    assert "repeat" not in found([*looks[:-1], look(9, moment(days[-1]), subject=SUBJECTS[1])])


@pytest.mark.parametrize(
    ("after", "times"), [(None, 1), (dt.timedelta(days=7), 0), (dt.timedelta(days=7, seconds=1), 1)]
)
def test_unfollowed(after: dt.timedelta | None, times: int) -> None:
    at = moment(3)
    one = look(at=at, purpose="duplicate_review", followed_at=at + after if after is not None else None)
    assert found([one]).get("unfollowed", 0) == times


@pytest.mark.parametrize(("last", "times"), [(9, 0), (10, 1)])
def test_unfollowed_waits_until_the_days_are_over(last: int, times: int) -> None:
    assert found([look(at=moment(3, 10), purpose="duplicate_review")], last=last).get("unfollowed", 0) == times


@pytest.mark.parametrize(
    ("case", "weak"),
    [(None, True), ("", True), ("核7", True), (" 核7 ", True), ("核7号件", False), ("依法查询", True), ("第七号件", False),
     ("案件１号", False)],
)  # fmt: skip
def test_weak_case(case: str | None, weak: bool) -> None:
    assert ("weak_case" in found([look(case_no=case)])) is weak
    assert "weak_case" not in found([look(case_no=case, subject=None)])
    assert "weak_case" not in found([look(case_no=case, purpose="duplicate_review", followed_at=moment(3))])


def test_what_is_outside_the_period_is_no_finding() -> None:
    for day in (2, 6):
        assert found([look(at=moment(day, 23), same_name=True)], first=3, last=5) == {}


def test_every_rule_says_its_thresholds() -> None:
    for rule in rules.RULES.values():
        assert str(rule.says) % settings.OVERSIGHT["rules"]
        assert rule.__doc__ and str(rule.name)


def test_a_sample_can_be_drawn_by_hand() -> None:
    by_hand = sorted(range(1, 50), key=lambda n: hashlib.sha256(f"seed:{n}".encode()).hexdigest())[:5]
    assert limits.sample("seed", range(1, 50), 5) == by_hand
    assert limits.sample("seed", reversed(range(1, 50)), 5) == by_hand != limits.sample("other", range(1, 50), 5)


def test_a_complaint_is_due_by_the_limit_of_its_day() -> None:
    known = [Limit(dt.date(2013, 3, 15), 30, "a"), Limit(dt.date(2027, 1, 1), 20, "b")]
    assert limits.due_on(dt.date(2026, 12, 31), known) == dt.date(2027, 1, 30)
    assert limits.due_on(dt.date(2027, 1, 1), known) == dt.date(2027, 1, 21)
    assert complaints.limits()[0].days == 30


@pytest.mark.parametrize(
    ("first", "last"), [(dt.date(2026, 3, 2), dt.date(2026, 3, 1)), (dt.date(2025, 1, 1), dt.date(2026, 1, 2))]
)
def test_a_period_has_days_and_an_end(first: dt.date, last: dt.date) -> None:
    with pytest.raises(Problem):
        limits.days(first, last)


def test_a_period_is_of_whole_days_in_china() -> None:
    start, end = limits.days(dt.date(2026, 3, 1), dt.date(2026, 3, 1))
    assert (start, end - start) == (dt.datetime(2026, 3, 1, tzinfo=CHINA), dt.timedelta(days=1))
