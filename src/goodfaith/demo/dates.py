"""The dates of a row beside the day of the decision, in an order that the form's rules allow."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.demo.numbers import Rng
from goodfaith.law import schema

LONG_TERM = dt.date(2099, 12, 31)
FUTURE = ("截止", "有效期至", "届满", "期限", "限期", "有效期止", "期止", "有效期")
EARLIER = ("立案", "开始日期", "起始日期", "责令")
STARTS = ("自", "始", "起", "生效期")
"""Endings of the names of first days, which also hold the word for validity."""
LONG_PART = 0.15


def _plus(start: pl.Expr, days: npt.NDArray[np.int64]) -> pl.Expr:
    return start + pl.duration(days=pl.lit(pl.Series(days.astype(np.int64))))


def _later(rng: Rng, field: schema.ItemField, start: pl.Expr, years: pl.Expr, count: int) -> pl.Expr:
    """A last day: some years on, less a day; where the form knows "long term", sometimes that."""
    end = start.dt.offset_by(pl.concat_str(years.cast(pl.String), pl.lit("y"))) - pl.duration(days=1)
    if not field.long_term:
        return end
    endless = pl.lit(pl.Series(rng.random(count) < LONG_PART)) | (years == 0)
    return pl.when(endless).then(pl.lit(LONG_TERM)).otherwise(end)


def _needs(field: schema.ItemField, edition: schema.Edition) -> str:
    return field.not_before or edition.decided_on


def _one(rng: Rng, frame: pl.DataFrame, edition: schema.Edition, field: schema.ItemField) -> pl.Expr:
    count, name = frame.height, field.name.zh
    decided = pl.col("decided")
    comes_first = edition.field(edition.decided_on).not_before == field.code
    if comes_first or any(word in name for word in EARLIER):
        return _plus(decided, -rng.integers(10, 200, count))
    base = pl.col(f"={_needs(field, edition)}")
    if "移出" in name:
        return _plus(base, rng.integers(60, 900, count))
    if any(word in name for word in FUTURE) and not name.endswith(STARTS):
        shown = pl.lit(pl.Series(rng.choice([1, 1, 3], count)))
        years = shown if "公示" in name else pl.col("years").clip(1, 30)
        return _later(rng, field, base, years, count)
    return _plus(base, rng.integers(0, 6, count))


def add(rng: Rng, frame: pl.DataFrame, edition: schema.Edition) -> pl.DataFrame:
    """``frame`` with a column ``=field`` for each date field, and ``decided`` under its own.

    No day that has to be past lies after the day of the report.
    """
    frame = frame.with_columns(pl.col("decided").alias(f"={edition.decided_on}"))
    rest = [f for f in edition.fields if f.type == "date" and f.code != edition.decided_on]
    while rest:
        ready = [f for f in rest if f"={_needs(f, edition)}" in frame.columns] or rest[:1]
        for field in ready:
            value = _one(rng, frame, edition, field)
            if field.not_after_report:
                value = pl.min_horizontal(value, pl.col("report_on"))
            past = pl.when(value <= pl.col("report_on")).then(value) if "移出" in field.name.zh else value
            frame = frame.with_columns(past.alias(f"={field.code}"))
        rest = [f for f in rest if f not in ready]
    return frame
