"""When the units report: which deliveries come in, how many rows each has, and of which days the rows are."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.common import clock
from goodfaith.demo.numbers import Rng
from goodfaith.demo.units import Plan
from goodfaith.law import schema

FIRST_MONTH = dt.date(2014, 1, 1)
RECENT = 15
"""Months up to today in which each unit's punctuality shows; before, deliveries are sampled."""
ROWS_A_DELIVERY = 8
PROMPT = {"within_7_working_days": 7, "within_20_working_days": 24}
"""Days within which a punctual unit reports, by update cycle; other items come with the month."""
SHARES = {
    "licensing.administrative_licence": 34.0,
    "licensing.administrative_penalty": 15.0,
    "professions.qualification": 8.0,
    "commitments.commitment": 9.0,
    "social_insurance.registration": 6.0,
    "tax.grade_a": 7.0,
    "honours.honour": 4.0,
    "construction.enterprise_qualification": 2.0,
    "construction.registered_constructor": 2.5,
    "work_safety.production_permit": 1.5,
    "courts.judgment_defaulter": 3.0,
    "market.abnormal_operation": 3.0,
}
"""Parts of a hundred of the records besides registrations; items not named here have :data:`SMALL`."""
SMALL = 0.7
REGISTRATION = "market.organisation_registration"
"""Has one record for each organisation; see :mod:`.registrations`."""
PEOPLE_SHARE = {
    "licensing.administrative_licence": 0.35, "licensing.administrative_penalty": 0.3,
    "courts.judgment_defaulter": 0.6, "commitments.commitment": 0.25, "honours.honour": 0.5,
}  # fmt: skip
"""Of items about both kinds: the part that is about people; others :data:`FEW_PEOPLE`."""
FEW_PEOPLE = 0.15


def months_until(today: dt.date) -> list[dt.date]:
    """First days of all months from :data:`FIRST_MONTH` to today's."""
    count = (today.year - FIRST_MONTH.year) * 12 + today.month
    return [dt.date(FIRST_MONTH.year + n // 12, n % 12 + 1, 1) for n in range(count)]


@functools.cache
def _open_days(first: dt.date, last: dt.date) -> npt.NDArray[np.int64]:
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return np.cumsum([clock.is_working_day(day) for day in days])


def working_days(start: pl.Series, end: pl.Series, today: dt.date) -> npt.NDArray[np.int64]:
    """:func:`goodfaith.common.clock.working_days_between` for two columns of dates up to ``today``."""
    first = dt.date(2000, 1, 1)
    total = _open_days(first, today)
    at = [((column - first).dt.total_days().to_numpy()).clip(0, len(total) - 1) for column in (start, end)]
    between: npt.NDArray[np.int64] = np.maximum(total[at[1]] - total[at[0]], 0)
    return between


@dataclass(frozen=True)
class Slots:
    """Deliveries of one item: unit (index), day of the report, weight of its rows; and the units."""

    frame: pl.DataFrame
    units: list[Plan]


def _due(item: schema.Item, month: dt.date) -> bool:
    """Whether the item is reported in that month: there is a form of it, and yearly ones come in May."""
    starts = [edition.decided.start or dt.date.min for edition in item.editions]
    first = min(starts)
    begun = first == dt.date.min or month > first + dt.timedelta(days=120)
    return begun and (item.update_cycle != "yearly" or month.month == 5)


def slots(rng: Rng, item: schema.Item, units: list[Plan], rows: int, today: dt.date) -> Slots:
    """Which deliveries of ``item`` there are. Every recent month has one, unless the unit missed it."""
    months = [month for month in months_until(today) if _due(item, month)]
    recent_from = months[-RECENT] if len(months) > RECENT else months[0]
    old = [month for month in months if month < recent_from]
    wanted = max(rows // ROWS_A_DELIVERY - len(units) * min(RECENT, len(months)), len(months))
    chance = min(wanted / max(len(units) * len(old), 1), 0.97)
    found: list[tuple[int, dt.date, float]] = []
    twice = rows > 60 * RECENT * len(units)
    for number, unit in enumerate(units):
        for month in months:
            is_recent = month >= recent_from
            missed = rng.random() * 100 < unit.missed if is_recent else rng.random() > chance
            if missed:
                continue
            growth = 1 + 0.09 * (month.year - FIRST_MONTH.year)
            for report in _reports(rng, item, month, today, twice):
                found.append((number, report, unit.weight * growth * float(rng.lognormal(0, 0.4))))
    schema_ = {"unit": pl.Int64, "report_on": pl.Date, "weight": pl.Float64}
    return Slots(pl.DataFrame(found, schema=schema_, orient="row"), units)


def _reports(rng: Rng, item: schema.Item, month: dt.date, today: dt.date, twice: bool) -> list[dt.date]:
    """The days of a month's deliveries: one or two for what is due at once, else one after the month's end."""
    quick = item.update_cycle in ("within_7_working_days", "daily", "weekly")
    newest = (today - month).days < 100
    days = ((12, 26) if twice or newest else (22,)) if quick else (33,)
    reports = [month + dt.timedelta(days=day + int(rng.integers(0, 4)) - 1) for day in days]
    return [_open(day) for day in reports if day <= today - dt.timedelta(days=1)]


def _open(day: dt.date) -> dt.date:
    while not clock.is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def rows_of(rng: Rng, item: schema.Item, planned: Slots, count: int) -> pl.DataFrame:
    """``count`` rows: ``slot`` (index of the delivery), ``unit``, ``report_on``, ``decided`` (before the report)."""
    frame = planned.frame
    weight = frame["weight"].to_numpy()
    at_least = np.full(frame.height, count // (2 * frame.height) > 0, dtype=np.int64)
    spread = at_least + rng.multinomial(count - at_least.sum(), weight / weight.sum())
    slot = np.repeat(np.arange(frame.height), spread)
    unit = frame["unit"].to_numpy()[slot]
    tardy = np.array([plan.tardy for plan in planned.units])[unit]
    late = rng.random(count) * 100 < tardy
    prompt = PROMPT.get(item.update_cycle, 30)
    lag = np.where(late, prompt + rng.integers(8, 75, count), rng.integers(0, prompt + 1, count))
    report = frame["report_on"].gather(slot.astype(np.uint32))
    decided = pl.select(pl.lit(report) - pl.duration(days=pl.lit(pl.Series(lag.astype(np.int64))))).to_series()
    return pl.DataFrame({"slot": slot, "unit": unit, "report_on": report, "decided": decided})


def editions(item: schema.Item, decided: pl.Series) -> pl.Series:
    """The edition that was the form on each day; the nearest where there was none."""
    choice = pl.lit(item.editions[0].code)
    for edition in item.editions[1:]:
        if edition.decided.end is not None:
            choice = pl.when(pl.col("decided") < edition.decided.end).then(pl.lit(edition.code)).otherwise(choice)
    return pl.DataFrame({"decided": decided}).select(choice.alias("edition")).to_series()


def shares(items: list[schema.Item], records: int) -> dict[str, int]:
    """How many rows each item gets, of ``records`` in all."""
    parts = {item.code: SHARES.get(item.code, SMALL) for item in items if item.code != REGISTRATION}
    total = sum(parts.values())
    return {code: max(int(records * part / total), 12) for code, part in parts.items()}


def skewed(rng: Rng, size: int, count: int) -> npt.NDArray[np.int64]:
    """``count`` draws of 0 … size - 1: most are drawn once or never, few very often."""
    spread = np.minimum((rng.random(count) ** 1.9 * size).astype(np.int64), size - 1)
    order = np.random.default_rng(size).permutation(size)
    return order[spread]
