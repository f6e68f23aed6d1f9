"""How a sample is drawn, how long a period may be, when a complaint is due. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodfaith.common.clock import CHINA, is_working_day
from goodfaith.common.problems import Problem

OUTCOMES = ("in_order", "explained", "misuse")
MISUSE_FINDINGS = ("confirmed", "unfounded")
LONGEST_NOTE = 1000
MOST_DRAWN = 500
LONGEST_PERIOD = 366


def sample(seed: str, entries: Iterable[int], count: int) -> list[int]:
    """The first ``count`` entries in the order of SHA-256 of ``seed:entry``: the same for everybody who draws."""
    return sorted(entries, key=lambda entry: hashlib.sha256(f"{seed}:{entry}".encode()).digest())[:count]


@dataclass(frozen=True)
class Limit:
    """How long an answer to a complaint may take, from which day on, and by which article."""

    since: dt.date
    days: int
    basis: str


def due_on(made: dt.date, limits: Sequence[Limit]) -> dt.date:
    """The last day for the answer, by the limit that was in force when the complaint was made."""
    limit = limit_of(made, limits)
    return made + dt.timedelta(days=limit.days)


def limit_of(made: dt.date, limits: Sequence[Limit]) -> Limit:
    """The newest limit that was in force on that day."""
    return max((limit for limit in limits if limit.since <= made), key=lambda limit: limit.since)


def days(since: dt.date, until: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """The moments from the first day's midnight to that after the last day; Problem when they make no period."""
    if since > until:
        raise Problem("period_empty", _("开始日期晚于结束日期。"), _("请重新选择期间。"))
    if (until - since).days >= LONGEST_PERIOD:
        raise Problem("period_long", _("期间超过 %(n)s 天。") % {"n": LONGEST_PERIOD}, _("请选择短一些的期间。"))
    start, end = (dt.datetime.combine(day, dt.time(), CHINA) for day in (since, until + dt.timedelta(days=1)))
    return start, end


def days_off(since: dt.date, until: dt.date) -> list[dt.date]:
    """The days of the period that are no working days."""
    every = (since + dt.timedelta(days=n) for n in range((until - since).days + 1))
    return [day for day in every if not is_working_day(day)]


def checked_count(count: int) -> int:
    """How many to draw; Problem when that is none or too many."""
    if not 1 <= count <= MOST_DRAWN:
        raise Problem("count_wrong", _("一次可以抽取 1 到 %(n)s 条。") % {"n": MOST_DRAWN}, _("请改写抽取数量。"))
    return count
