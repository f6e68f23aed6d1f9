"""What each row decides: the case of a penalty, the licence, the amounts."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.demo.numbers import Rng
from goodfaith.demo.words import cases

Pools = dict[str, tuple[Any, ...]]


def _for(whom: str, pools: Pools) -> Pools:
    """The parts of the pools that can be about such a subject; units that have none fall out."""
    fitting = {code: tuple(one for one in pool if one.whom in ("", whom)) for code, pool in pools.items()}
    return {code: pool for code, pool in fitting.items() if pool}


def _drawn_from(rng: Rng, units: pl.Series, pools: Pools) -> tuple[list[Any], npt.NDArray[np.int64]]:
    """The pools laid end to end (the one named "" last), and an index into them for each row, by its unit."""
    starts, everything = {}, list[Any]()
    for code, pool in pools.items():
        starts[code] = len(everything)
        everything += pool
    start = units.replace_strict(starts, default=starts[""], return_dtype=pl.Int64).to_numpy()
    sizes = {code: len(pool) for code, pool in pools.items()}
    size = units.replace_strict(sizes, default=sizes[""], return_dtype=pl.Int64).to_numpy()
    return everything, (start + rng.random(len(units)) * size).astype(np.int64)


def _drawn(rng: Rng, frame: pl.DataFrame, pools: Pools) -> tuple[list[Any], pl.Series]:
    """What can be drawn, and an index into it for each row, fitting the unit and the kind of subject."""
    people, of_people = _drawn_from(rng, frame["unit_code"], _for("person", pools))
    firms, of_firms = _drawn_from(rng, frame["unit_code"], _for("organisation", pools))
    index = np.where(frame["person"].to_numpy(), of_people, of_firms + len(people))
    return people + firms, pl.Series(index.astype(np.uint32))


def _column(everything: list[Any], attribute: str, index: pl.Series) -> pl.Series:
    return pl.Series([getattr(one, attribute) for one in everything]).gather(index)


def add(rng: Rng, frame: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with breach, basis, kinds, fine and taken (元), and licence, content, years."""
    count = frame.height
    every_case, case = _drawn(rng, frame, {**cases.CASES, "": cases.OTHER_CASES})
    every_licence, licence = _drawn(rng, frame, {**cases.LICENCES, "": cases.OTHER_LICENCES})
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
