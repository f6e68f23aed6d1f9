"""Invented people: names, ID numbers, birth dates."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from goodfaith.demo import numbers
from goodfaith.demo.numbers import Rng, pick
from goodfaith.demo.words.people import GIVEN, MINORITY, SURNAMES

OLDEST = dt.date(1938, 1, 1)
YOUNGEST = dt.date(1995, 6, 30)
"""Everyone is of age in every year that the records cover: nothing is recorded about children."""
TWO_CHARACTERS, WITH_DOT, OLD_NUMBERS = 0.82, 0.004, 0.01


def names(rng: Rng, count: int) -> pl.Series:
    """Full names: surnames as frequent as in life, one or two characters after; a few with a middle dot."""
    surname = pick(rng, list(SURNAMES), count, list(SURNAMES.values()))
    first, second = pick(rng, list(GIVEN), count), pick(rng, list(GIVEN), count)
    long = pl.Series(rng.random(count) < TWO_CHARACTERS)
    dotted = pl.Series(rng.random(count) < WITH_DOT)
    minority = pick(rng, MINORITY, count)
    frame = pl.DataFrame({"s": surname, "a": first, "b": second, "long": long, "dot": dotted, "m": minority})
    tail = pl.when("long").then(pl.col("b")).otherwise(pl.lit(""))
    return frame.select(pl.when("dot").then(pl.col("m")).otherwise(pl.concat_str("s", "a", tail)).alias("name"))["name"]


def people(rng: Rng, count: int, areas: list[str]) -> pl.DataFrame:
    """``name``, ``id_number`` (18 characters, all different), ``as_filed`` (a few in the 15-digit form), ``area``.

    Everyone has another pair of area and birth date or another sequence number, so numbers never repeat.
    """
    span = (YOUNGEST - OLDEST).days
    cells = len(areas) * span
    slot = rng.permutation(cells)[: min(count, cells)]
    slot = np.resize(slot, count)
    sequence = np.arange(count) // cells + rng.integers(0, 9, 1)[0] * 10 + 1
    area = pl.Series(areas).gather((slot % len(areas)).astype(np.uint32))
    born = pl.select(pl.lit(OLDEST) + pl.duration(days=pl.lit(pl.Series(slot // len(areas))))).to_series()
    id18 = numbers.id_numbers(area, born, sequence.astype(np.int64))
    old = pl.Series(rng.random(count) < OLD_NUMBERS)
    as_filed = pl.select(pl.when(old).then(numbers.old_form(id18)).otherwise(id18)).to_series()
    return pl.DataFrame({"name": names(rng, count), "id_number": id18, "as_filed": as_filed, "area": area})
