"""Cells: cleaning, dangerous beginnings, what a clerk sees in a cell of a workbook."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl

ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ZERO_WIDTH_BYTES = {
    first: [mark.encode() for mark in ZERO_WIDTH if mark.encode()[0] == first] for first in (0xE2, 0xEF)
}
"""By first byte; UTF-8 of each has three."""
_EXACT_DIGITS = 1e15
"""Excel keeps 15 digits: a whole number from here on has lost its last digits."""
_EPOCH_1900 = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)


def trim(expr: pl.Expr) -> pl.Expr:
    """Without white space of any kind (also full-width and no-break) at both ends; null when nothing is left."""
    stripped = expr.str.strip_chars()
    return pl.when(stripped.str.len_bytes() > 0).then(stripped)


def clean(expr: pl.Expr) -> pl.Expr:
    """:func:`trim`, and zero-width characters and byte-order marks are taken out wherever they stand."""
    return trim(expr.str.replace_all(f"[{ZERO_WIDTH}]", ""))


def holds_zero_width(data: bytes) -> bool:
    """Whether UTF-8 ``data`` has a character that only :func:`clean` takes out."""
    return any(first in data and _one_of(data, first, marks) for first, marks in _ZERO_WIDTH_BYTES.items())


def _one_of(data: bytes, first: int, marks: list[bytes]) -> bool:
    """Looks only where the first byte of the marks stands, which is the first of all else from its range too."""
    letters = np.frombuffer(data, dtype=np.uint8)
    places = np.flatnonzero(letters[:-2] == first)
    second, third = letters[places + 1], letters[places + 2]
    return any(bool(((second == mark[1]) & (third == mark[2])).any()) for mark in marks)


def clean_text(value: str | None) -> str | None:
    """:func:`clean` for one cell."""
    if value is None:
        return None
    for mark in ZERO_WIDTH:
        value = value.replace(mark, "")
    return value.strip() or None


_NUMBER_LIKE = r"^[+\-][\d.,\s()\-/]*(?:[eE][+\-]?\d+)?%?$"
_SIGNED_CODE = r"^[+\-].*[A-Za-z|!(=]"


def is_formula(expr: pl.Expr) -> pl.Expr:
    """Whether a spreadsheet would run the text: begins with = or @, or with + or - and holds a call or name."""
    signed = expr.str.contains(_SIGNED_CODE) & ~expr.str.contains(_NUMBER_LIKE)
    return (expr.str.contains(r"^[=@＝＠]") | signed).fill_null(False)


def excel_serial_to_date(serial: float, epoch_1904: bool = False) -> dt.date | None:
    """The day of an Excel serial number (1 is 1900-01-01); None outside 1…2958465 (9999-12-31).

    Excel counts a 29 February 1900 that never was, so serials below 61 are one day further on.
    """
    if not math.isfinite(serial) or not 1 <= serial < 2_958_466:
        return None
    days = int(serial)
    if epoch_1904:
        return _EPOCH_1904 + dt.timedelta(days=days) if days <= 2_957_003 else None
    return _EPOCH_1900 + dt.timedelta(days=days + (1 if days < 60 else 0))


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    if value == int(value):
        return str(int(value)) if abs(value) < _EXACT_DIGITS else f"{value:.14E}"
    return f"{value:.15g}" if abs(value) >= 1e-4 else f"{value:.18f}".rstrip("0")


def _moment(value: dt.datetime) -> str:
    return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")


_AS_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda value: "是" if value else "否",
    int: lambda value: _number(float(value)),
    float: _number,
    dt.date: dt.date.isoformat,
    dt.datetime: _moment,
    dt.time: lambda value: value.isoformat("seconds"),
    dt.timedelta: str,
}


def cell_text(value: Any) -> str:
    """What a clerk sees: 2018-03-05, 12 (not 12.0), 是/否; whole numbers of 16 digits and more, which Excel
    has rounded, as 5.13021199001010E+17, so that the check can say that the digits are gone."""
    return _AS_TEXT.get(type(value), str)(value)


def column_text(cells: Sequence[Any]) -> pl.Series:
    """A column of a workbook as text."""
    if all(type(cell) is str for cell in cells):
        return pl.Series(cells, dtype=pl.String)
    return pl.Series([cell_text(cell) for cell in cells], dtype=pl.String)
