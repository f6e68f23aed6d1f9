"""What each row decides: the case of a penalty, the licence, the amounts."""

from __future__ import annotations

import numpy as np
import polars as pl

from goodfaith.demo.numbers import Rng
from goodfaith.demo.words import cases


def _drawn(rng: Rng, units: pl.Series, pools: dict[str, tuple[object, ...]], other: tuple[object, ...]) -> pl.Series:
    """Index into the pools laid end to end (``other`` last), from the unit's own pool where it has one."""
    starts, sizes, at = {}, {}, 0
    for code, pool in pools.items():
        starts[code], sizes[code], at = at, len(pool), at + len(pool)
    start = units.replace_strict(starts, default=at, return_dtype=pl.Int64).to_numpy()
    size = units.replace_strict(sizes, default=len(other), return_dtype=pl.Int64).to_numpy()
    return pl.Series((start + rng.random(len(units)) * size).astype(np.uint32))


def _column(everything: list[object], attribute: str, index: pl.Series) -> pl.Series:
    return pl.Series([getattr(one, attribute) for one in everything]).gather(index)


def add(rng: Rng, frame: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with breach, basis, kinds, fine and taken (元), and licence, content, years."""
    count = frame.height
    case = _drawn(rng, frame["unit_code"], dict(cases.CASES), cases.OTHER_CASES)
    every_case: list[object] = [one for pool in (*cases.CASES.values(), cases.OTHER_CASES) for one in pool]
    licence = _drawn(rng, frame["unit_code"], dict(cases.LICENCES), cases.OTHER_LICENCES)
    every_licence: list[object] = [one for pool in (*cases.LICENCES.values(), cases.OTHER_LICENCES) for one in pool]
    usual = _column(every_case, "fine", case).to_numpy()
    fine = np.maximum(np.round(usual * rng.lognormal(0, 0.5, count) / 100) * 100, 100).astype(np.int64)
    taken = np.maximum(np.round(rng.lognormal(8.2, 1, count) / 10) * 10, 10).astype(np.int64)
    kinds = _column(every_case, "kinds", case)
    if "wanted" in frame.columns:
        kinds = pl.select(pl.coalesce(pl.lit(frame["wanted"]), pl.lit(kinds))).to_series()
    return frame.with_columns(
        _column(every_case, "breach", case).alias("breach"),
        _column(every_case, "basis", case).alias("basis"),
        kinds.alias("kinds"),
        kinds.str.contains("罚款").alias("has_fine"),
        kinds.str.contains("没收违法所得").alias("has_taken"),
        pl.Series("fine", fine),
        pl.Series("taken", taken),
        _column(every_licence, "name", licence).alias("licence"),
        _column(every_licence, "content", licence).alias("content"),
        _column(every_licence, "years", licence).cast(pl.Int64).alias("years"),
    )
