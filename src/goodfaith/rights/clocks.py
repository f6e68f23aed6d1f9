"""When a step of a procedure is due, counted as the law counts it. Pure; the day is always given.

The day of receipt does not count, the next is the first (:data:`COUNTED_FROM`). Working days are those of the Chinese
calendar; a limit in natural days that would end on a day off runs to the next working day (:data:`ROLLED`). What the
limit is suspended for does not count, and it is extended once, with a reason. All ranges are half-open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodfaith.common.clock import is_published, is_working_day
from goodfaith.common.problems import Problem
from goodfaith.law.basics import LegalBasis
from goodfaith.law.procedures import Limit, Suspension, Unit

COUNTED_FROM = LegalBasis(instrument="civil-code-2020", article="第二百零一条第一款", checked="mirror")
"""按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算。"""
ROLLED = LegalBasis(instrument="civil-code-2020", article="第二百零三条第一款", checked="mirror")
"""期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日。"""
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, from ``start`` to the day before ``end``; ``end`` None: it still lasts."""

    reason: Suspension
    start: dt.date
    end: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether ``day`` does not count."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Extended:
    """The one extension: decided ``on`` that day, for the ``reason`` that the applicant was told."""

    on: dt.date
    reason: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A running limit: what was received on ``start``, under which limit, what stood still, whether extended."""

    limit: Limit
    start: dt.date
    pauses: tuple[Pause, ...] = ()
    extended: Extended | None = None


@dataclass(frozen=True, slots=True)
class State:
    """How a clock stands on a day. ``due`` is the last day, as far as it is known while the clock stands still.

    ``days_left``: working days after today up to and with the due day, 0 when it is today or past;
    ``days_over``: working days since the due day. ``unpublished_year``: the due day's year, when its holidays have
    not been published yet: the day may still move.
    """

    due: dt.date
    days_left: int
    overdue: bool
    days_over: int
    paused: bool
    unpublished_year: int | None


def due(
    limit: Limit, start: dt.date, pauses: Sequence[Pause] = (), extended: Extended | None = None
) -> dt.date:
    """The last day of ``limit`` for what was received on ``start``; only pauses that it is suspended for count.

    ValueError when one of them still lasts: then the day is known only as of today, see :func:`due_of`.
    """
    still = [each for each in pauses if each.reason in limit.suspends_for]
    if any(each.end is None for each in still):
        raise ValueError("a pause still lasts: ask due_of")
    return _next_open(_counted(start, _count(limit, extended), limit.unit, still), still)


def _count(limit: Limit, extended: Extended | None) -> int:
    extension = limit.extension
    if extended is None or extension is None:
        return limit.count
    return extension.total if extension.total is not None else limit.count + (extension.count or 0)


def _counted(start: dt.date, count: int, unit: Unit, still: Sequence[Pause]) -> dt.date:
    """The day on which so many days that count have passed after ``start``."""
    day = start
    while count > 0:
        day += ONE_DAY
        count -= _counts(day, unit, still)
    return day


def _counts(day: dt.date, unit: Unit, still: Sequence[Pause]) -> bool:
    return (unit == "days" or is_working_day(day)) and not any(each.holds(day) for each in still)


def _next_open(day: dt.date, still: Sequence[Pause]) -> dt.date:
    """``day``, or the next working day on which the clock runs: a limit does not end on a day off."""
    while not _counts(day, "working_days", still):
        day += ONE_DAY
    return day


def due_of(clock: Clock, today: dt.date) -> dt.date:
    """The last day of a clock. A pause that still lasts is counted as if it ended tonight."""
    ended = tuple(Pause(each.reason, each.start, each.end or _tomorrow(each, today)) for each in clock.pauses)
    return due(clock.limit, clock.start, ended, clock.extended)


def _tomorrow(pause: Pause, today: dt.date) -> dt.date:
    return max(pause.start, today) + ONE_DAY


def state(clock: Clock, today: dt.date) -> State:
    """How the clock stands on ``today``."""
    last = due_of(clock, today)
    return State(
        due=last,
        days_left=_running_between(clock, today, last),
        overdue=today > last,
        days_over=_running_between(clock, last, today),
        paused=any(each.holds(today) for each in _suspending(clock)),
        unpublished_year=None if is_published(last) else last.year,
    )


def _suspending(clock: Clock) -> list[Pause]:
    return [each for each in clock.pauses if each.reason in clock.limit.suspends_for]


def _running_between(clock: Clock, start: dt.date, end: dt.date) -> int:
    """Working days on which the clock runs, after ``start`` up to and with ``end``."""
    still = [each for each in _suspending(clock) if each.end is not None]
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(_counts(day, "working_days", still) for day in days)


def check_pause(clock: Clock, reason: Suspension) -> None:
    """Whether the clock may stand still for this reason; Problem ``pause_not_allowed`` when its rule says nothing."""
    if reason not in clock.limit.suspends_for:
        article = clock.limit.basis.article
        what = _("适用的期限规定（%(article)s）没有规定这种情况下停止计算期限。") % {"article": article}
        raise Problem("pause_not_allowed", what, _("请在期限内办结，或按规定延长。"))


def check_extension(clock: Clock, on: dt.date, reason: str) -> None:
    """Whether the clock may be extended on that day. Problems ``extension_not_allowed``, ``extension_used``,
    ``extension_too_late`` (after the due day) and ``extension_without_reason``."""
    if clock.limit.extension is None:
        what = _("适用的期限规定（%(article)s）不许延长。") % {"article": clock.limit.basis.article}
        raise Problem("extension_not_allowed", what, _("请在期限内办结。"))
    if clock.extended is not None:
        raise Problem("extension_used", _("期限只能延长一次，已经延长过了。"), _("请在延长后的期限内办结。"))
    if on > due_of(clock, on):
        raise Problem("extension_too_late", _("期限已经届满，不能再延长。"), _("请立即办结，并说明逾期的原因。"))
    if not reason.strip():
        raise Problem("extension_without_reason", _("延长期限要写明理由，并告知申请人。"), _("请填写理由。"))
