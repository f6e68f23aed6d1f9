"""The registration of every organisation, as its registrar reports it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import polars as pl

from goodfaith.demo.city import City
from goodfaith.demo.numbers import Rng
from goodfaith.demo.plan import FIRST_MONTH
from goodfaith.demo.subjects import BUSINESS

CHANGED = 0.006
"""Of the organisations: how many have since moved, so that their record has a second version."""


def rows(city: City) -> pl.DataFrame:
    """One row an organisation: ``slot`` (delivery), ``unit``, ``report_on``, ``decided``, ``person``, ``subject``.

    What was there before the platform came in one delivery with its first month; the rest month by month.
    """
    numbers = {unit.code: n for n, unit in enumerate(city.units)}
    firms = city.organisations
    unit = (
        pl.when(firms["kind"].is_in(list(BUSINESS)))
        .then(numbers["market_regulation"])
        .otherwise(numbers["civil_affairs"])
    )
    month = pl.max_horizontal(pl.lit(firms["established"]), pl.lit(FIRST_MONTH)).dt.month_end()
    report = pl.min_horizontal(month + pl.duration(days=6), pl.lit(city.today))
    frame = pl.select(
        unit.alias("unit"),
        report.alias("report_on"),
        pl.lit(firms["established"]).alias("decided"),
        pl.lit(pl.Series(np.arange(firms.height))).alias("subject"),
    ).with_columns(pl.lit(False).alias("person"))
    return frame.with_columns((pl.struct("unit", "report_on").rank("dense") - 1).cast(pl.Int64).alias("slot"))


def moved(rng: Rng, city: City) -> tuple[City, pl.DataFrame]:
    """The city after some organisations have moved, and the rows that say so."""
    chosen = pl.Series(rng.random(city.organisations.height) < CHANGED)
    address = pl.col("address").str.replace(r"\d+室$", "9901室")
    firms = city.organisations.with_columns(pl.when(chosen).then(address).otherwise(pl.col("address")).alias("address"))
    report = city.today - dt.timedelta(days=21)
    again = rows(city).filter(chosen & pl.Series(city.organisations["established"] < report))
    return replace(city, organisations=firms), again.with_columns(
        pl.lit(report).alias("report_on"), (pl.col("unit").rank("dense") - 1).cast(pl.Int64).alias("slot")
    )
