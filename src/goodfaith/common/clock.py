"""The one clock, and the working days of the Chinese calendar that legal limits are counted in.

Holidays and the weekends worked in their place come from ``chinesecalendar`` for the years the State
Council has published; past its last year ``holidays`` gives the statutory days only, and
:func:`is_published` says so, so that a page can warn that the year is not yet published.
"""

from __future__ import annotations

import datetime as dt
import functools
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
from chinese_calendar import constants

CHINA = ZoneInfo("Asia/Shanghai")
WEEKEND = 5


def now() -> dt.datetime:
    """This moment, with its zone."""
    return dt.datetime.now(tz=CHINA)


def today() -> dt.date:
    """Today in China."""
    return now().date()


@functools.cache
def _years() -> tuple[int, int]:
    days = constants.holidays.keys()
    return min(days).year, max(days).year


@functools.cache
def _statutory() -> holidays.HolidayBase:
    return holidays.country_holidays("CN")


def is_published(day: dt.date) -> bool:
    """Whether the holidays of that day's year have been published by the State Council (as far as we know)."""
    first, last = _years()
    return first <= day.year <= last


@functools.lru_cache(maxsize=20_000)
def is_working_day(day: dt.date) -> bool:
    """Whether offices are open on that day (a Sunday worked in place of a holiday is one)."""
    if is_published(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < WEEKEND and day not in _statutory()


def add_working_days(start: dt.date, count: int) -> dt.date:
    """The last day of a limit of ``count`` working days; the day after ``start`` is the first."""
    day = start
    while count > 0:
        day += dt.timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: dt.date, end: dt.date) -> int:
    """How many working days lie after ``start`` up to and with ``end``; 0 when ``end`` is not later."""
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(map(is_working_day, days))
