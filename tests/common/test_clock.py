"""Working days of the Chinese calendar, with the boundary days that clocks stumble over."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common import clock

DAYS = [
    # day, is it a working day, why
    (dt.date(2026, 10, 1), False, "国庆节"),
    (dt.date(2026, 9, 30), True, "节前最后一天"),
    (dt.date(2024, 2, 29), True, "闰日，星期四"),
    (dt.date(2024, 2, 4), True, "春节调休，星期日上班"),
    (dt.date(2024, 2, 12), False, "春节"),
    (dt.date(2025, 1, 26), True, "春节调休，星期日上班"),
    (dt.date(2026, 11, 21), False, "星期六"),
]


@pytest.mark.parametrize(("day", "working", "why"), DAYS, ids=[why for _, _, why in DAYS])
def test_working_days(day: dt.date, working: bool, why: str) -> None:
    assert clock.is_working_day(day) is working


def test_seven_working_days_over_a_long_holiday() -> None:
    """发改办财金〔2018〕424号：决定之日起七个工作日内。决定于 2026-09-28，假期不计。"""
    due = clock.add_working_days(dt.date(2026, 9, 28), 7)
    counted = [d for d in _days(dt.date(2026, 9, 29), due) if clock.is_working_day(d)]
    assert len(counted) == 7
    assert clock.is_working_day(due)


def _days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]


def test_a_year_not_yet_published_says_so() -> None:
    assert clock.is_published(dt.date(2024, 5, 1))
    assert not clock.is_published(dt.date(2090, 5, 1))
    assert not clock.is_working_day(dt.date(2090, 10, 1))


@given(st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31)), st.integers(0, 40))
def test_adding_and_counting_agree(start: dt.date, count: int) -> None:
    assert clock.working_days_between(start, clock.add_working_days(start, count)) == count


@given(st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31)), st.integers(1, 60))
def test_counting_is_what_one_counts_by_hand(start: dt.date, span: int) -> None:
    end = start + dt.timedelta(days=span)
    by_hand = sum(clock.is_working_day(day) for day in _days(start + dt.timedelta(days=1), end))
    assert clock.working_days_between(start, end) == by_hand
