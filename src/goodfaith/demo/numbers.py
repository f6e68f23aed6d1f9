"""Numbers with right check digits, for whole columns. All lie in areas 99xxxx, which nobody can have."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.subjects import columns, numbers, organisation_codes, vectors

Rng = np.random.Generator
Bytes = npt.NDArray[np.uint8]
ZERO = ord("0")


def digits(value: npt.NDArray[np.int64], width: int) -> Bytes:
    """Whole numbers as ASCII digits with leading zeros, shape (rows, width)."""
    scale = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return ((value[:, None] // scale) % 10 + ZERO).astype(np.uint8)


def _areas(areas: pl.Series) -> Bytes:
    return digits(areas.cast(pl.Int64).to_numpy(), 6)


def id_numbers(areas: pl.Series, born: pl.Series, sequence: npt.NDArray[np.int64]) -> pl.Series:
    """ID numbers (GB 11643). ``born``: dates; ``sequence`` 0–999, different for people of one area and day."""
    written = (born.dt.year() * 10_000 + born.dt.month().cast(pl.Int32) * 100 + born.dt.day()).cast(pl.Int64)
    body = np.hstack([_areas(areas), digits(written.to_numpy(), 8), digits(sequence, 3)])
    left = columns.weighted(body - ZERO, numbers.WEIGHTS) % 11
    return columns.texts(np.hstack([body, vectors.ID_CHECK[left][:, None]]))


def old_form(id18: pl.Series) -> pl.Series:
    """The 15 digits that a number was before 1999 (people born in the twentieth century)."""
    return id18.str.slice(0, 6) + id18.str.slice(8, 9)


def organisation_codes_of(serial: npt.NDArray[np.int64]) -> Bytes:
    """Organisation codes (GB 11714), shape (rows, 9): MA, six digits of the serial, the check character."""
    head = np.broadcast_to(np.frombuffer(b"MA", dtype=np.uint8), (len(serial), 2))
    body = np.hstack([head, digits(serial, 6)])
    left = -columns.weighted(vectors.ALNUM[body], organisation_codes.ORG_WEIGHTS) % 11
    return np.hstack([body, vectors.ORG_CHECK[left][:, None]])


def usccs(prefixes: pl.Series, areas: pl.Series, serial: npt.NDArray[np.int64]) -> pl.Series:
    """Unified social credit codes (GB 32100) with the organisation code inside; one code per ``serial``."""
    prefix = np.frombuffer("".join(prefixes).encode(), dtype=np.uint8).reshape(-1, 2)
    body = np.hstack([prefix, _areas(areas), organisation_codes_of(serial)])
    left = -columns.weighted(vectors.SYMBOLS[body], organisation_codes.USCC_WEIGHTS) % 31
    return columns.texts(np.hstack([body, vectors.USCC_CHECK[left][:, None]]))


def registration_numbers(areas: pl.Series, serial: npt.NDArray[np.int64]) -> pl.Series:
    """Registration numbers of before 2015: area, eight digits, check digit (ISO 7064 MOD 11,10)."""
    body = np.hstack([_areas(areas), digits(serial, 8)])
    rest = np.full(len(body), 10, dtype=np.int64)
    for column in range(body.shape[1]):
        rest = (rest + body[:, column] - ZERO) % 10
        rest = np.where(rest == 0, 10, rest) * 2 % 11
    check = ((11 - rest) % 10 + ZERO).astype(np.uint8)
    return columns.texts(np.hstack([body, check[:, None]]))


def pick(rng: Rng, pool: tuple[str, ...] | list[str], count: int, weights: list[float] | None = None) -> pl.Series:
    """``count`` draws from ``pool``."""
    if weights is None:
        index = rng.integers(0, len(pool), count)
    else:
        total = np.asarray(weights, dtype=np.float64)
        index = rng.choice(len(pool), count, p=total / total.sum())
    return pl.Series(pool, dtype=pl.String).gather(index.astype(np.uint32))
