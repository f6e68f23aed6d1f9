"""The outcome of reading one column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl


class Parsed(NamedTuple):
    """``values``: normalised, null where unreadable; ``problems`` and ``warnings``: codes, null where none."""

    values: pl.Series
    problems: pl.Series
    warnings: pl.Series | None = None


def no_problems(length: int) -> pl.Series:
    """A column of nulls."""
    return pl.Series([None], dtype=pl.String).new_from_index(0, length)


def by_unique(cells: pl.Series, read: Callable[[str], tuple[Any, str | None]], dtype: Any = pl.String) -> Parsed:
    """Read each distinct value once. Columns of dates, codes and amounts repeat themselves."""
    distinct = cells.drop_nulls().unique()
    answers = [read(cell) for cell in distinct]
    table = pl.DataFrame(
        {
            "cell": distinct,
            "value": pl.Series([a[0] for a in answers], dtype=dtype),
            "problem": pl.Series([a[1] for a in answers], dtype=pl.String),
        }
    )
    joined = cells.rename("cell").to_frame().join(table, on="cell", how="left", maintain_order="left")
    return Parsed(joined["value"], joined["problem"])


def blank(length: int, dtype: Any = pl.String) -> Parsed:
    """A column in which nothing was written."""
    return Parsed(pl.Series([None], dtype=dtype).new_from_index(0, length), no_problems(length))


def by_distinct(cells: pl.Series, read: Callable[[pl.Series], Parsed]) -> Parsed:
    """Read a column by its distinct values where these are few, as codes of authorities are; else as it stands."""
    distinct = cells.unique()
    if 2 * len(distinct) > len(cells):
        return read(cells)
    parsed = read(distinct)
    nothing = no_problems(len(distinct))
    warnings = nothing if parsed.warnings is None else parsed.warnings
    table = pl.DataFrame({"cell": distinct, "v": parsed.values, "p": parsed.problems, "w": warnings})
    joined = cells.rename("cell").to_frame().join(table, on="cell", how="left", nulls_equal=True, maintain_order="left")
    return Parsed(joined["v"], joined["p"], joined["w"])
