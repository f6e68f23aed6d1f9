"""Whole columns of identifiers as byte matrices: the tools that the vectorised checks are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.subjects.notation import NOISE, RUINED

Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]

PLAIN = "^[0-9A-Z]*$"


def clean(series: pl.Series) -> pl.Series:
    """:func:`.notation.normalise` for a column; null stays null. Only rows that need it are worked on."""
    text = series.cast(pl.String)
    dirty = (~text.str.contains(PLAIN)).fill_null(False)
    if not dirty.any():
        return text
    rows = text.filter(dirty)
    mended = rows.str.normalize("NFKC").str.replace_all(NOISE, "").str.to_uppercase()
    return text.scatter(dirty.arg_true(), mended)


def matches(value: pl.Series, pattern: str) -> Bools:
    """Where ``pattern`` is found; False for null."""
    return value.str.contains(pattern).fill_null(False).to_numpy()


def ruined(value: pl.Series) -> Bools:
    """:func:`.notation.is_ruined` for a column."""
    return matches(value, RUINED)


def lengths(value: pl.Series) -> Ints:
    """Characters in each row; -1 for null."""
    return value.str.len_chars().cast(pl.Int64).fill_null(-1).to_numpy()


@dataclass(frozen=True)
class Matrix:
    """The rows of a column that have ``width`` ASCII characters: their positions, and bytes (rows, width)."""

    height: int
    rows: Ints
    cells: Bytes

    def spread(self, mask: Bools) -> Bools:
        """A mask over these rows as one over the whole column; False elsewhere."""
        full = np.zeros(self.height, dtype=np.bool_)
        full[self.rows] = mask
        return full


def matrix(value: pl.Series, width: int) -> Matrix:
    """The rows of exactly ``width`` ASCII characters."""
    fits = ((value.str.len_bytes() == width) & (value.str.len_chars() == width)).fill_null(False)
    joined = value.filter(fits).str.join("").item() or ""
    cells = np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, width)
    return Matrix(len(value), np.flatnonzero(fits.to_numpy()), cells)


def texts(cells: Bytes) -> pl.Series:
    """The rows of a byte matrix as a column of text."""
    width = cells.shape[1]
    packed = np.ascontiguousarray(cells).view(f"S{width}").ravel()
    return pl.Series(packed.astype(f"U{width}"), dtype=pl.String)


def weighted(values: npt.NDArray[Any], weights: tuple[int, ...]) -> Ints:
    """Sum of each row's values times ``weights``; exact, as all sums stay far below 2**24."""
    sums = values.astype(np.float32) @ np.asarray(weights, dtype=np.float32)
    result: Ints = sums.astype(np.int64)
    return result


def first_of(height: int, *problems: tuple[str, Bools]) -> pl.Series:
    """The code of the first problem that holds in each row; null where none does."""
    picked = np.zeros(height, dtype=np.uint32)
    for number, (_, mask) in reversed(list(enumerate(problems, 1))):
        picked[mask] = number
    codes = pl.Series([None, *(code for code, _ in problems)], dtype=pl.String)
    return codes.gather(picked)


def answer(value: pl.Series, code: pl.Series, warning: pl.Series | None = None) -> pl.DataFrame:
    """The frame every check returns: ``value`` normalised, ``code`` of the problem, ``warning`` code."""
    if warning is None:
        warning = pl.Series([None], dtype=pl.String).extend_constant(None, max(len(value) - 1, 0))[: len(value)]
    quiet = pl.when(pl.col("code").is_null()).then(pl.col("warning"))
    return pl.DataFrame({"value": value, "code": code, "warning": warning}).with_columns(warning=quiet)
