"""The display periods of a whole frame at once: the same answers as :func:`goodfaith.law.rules.display_of`.

A property test binds the two.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import reduce

import polars as pl

from goodfaith.law.conditions import BLANKS, NUMBER, SEPARATORS, version_name
from goodfaith.law.schema import Condition, DateRange, DisplayClass, DisplayRule

_CHOSEN = "__display_chosen"
_START = "display_start"


@dataclass(frozen=True, slots=True)
class _Choice:
    version: str
    decided: DateRange
    shown: DisplayClass


def display_frame(rule: DisplayRule, frame: pl.DataFrame, decided: str) -> pl.DataFrame:
    """``frame`` with display_start, display_end (Date), display_class, display_version (text), display_publish.

    ``decided`` names the Date column of the decision; the fields named in conditions are columns of text or
    numbers (one that is absent fulfils no condition), "authority" the authority's name; the field counted
    from is a Date column. A row whose day has no version gets nulls.
    """
    choices = _choices(rule)
    start = _counted_from(rule, frame, decided)
    chosen = frame.with_columns(_choose(choices, frame, decided).alias(_CHOSEN))
    known = pl.col(_CHOSEN).is_not_null()
    return (
        chosen.with_columns(
            pl.when(known).then(start).alias(_START),
            _lookup([each.shown.code for each in choices], pl.String()).alias("display_class"),
            _lookup([each.version for each in choices], pl.String()).alias("display_version"),
            _lookup([each.shown.publish for each in choices], pl.Boolean()).alias("display_publish"),
        )
        .with_columns(_end(choices).alias("display_end"))
        .drop(_CHOSEN)
    )


def _choices(rule: DisplayRule) -> list[_Choice]:
    return [
        _Choice(version_name(rule, version), version.decided, each)
        for version in rule.versions
        for each in version.classes
    ]


def _counted_from(rule: DisplayRule, frame: pl.DataFrame, decided: str) -> pl.Expr:
    if rule.counted_from == "decided" or rule.counted_from not in frame.columns:
        return pl.col(decided)
    return pl.coalesce(rule.counted_from, decided)


def _choose(choices: list[_Choice], frame: pl.DataFrame, decided: str) -> pl.Expr:
    """The number of the first choice whose days and conditions fit; null when none does."""
    expr: pl.Expr = pl.lit(None, dtype=pl.Int16)
    for number in range(len(choices) - 1, -1, -1):
        fits = _in_range(choices[number].decided, decided) & _all(choices[number].shown.when, frame)
        expr = pl.when(fits).then(pl.lit(number, dtype=pl.Int16)).otherwise(expr)
    return expr


def _in_range(days: DateRange, decided: str) -> pl.Expr:
    day = pl.col(decided)
    after = day.is_not_null() if days.start is None else day >= _date(days.start)
    return after if days.end is None else after & (day < _date(days.end))


def _date(day: dt.date) -> pl.Expr:
    return pl.lit(day, dtype=pl.Date)


def _all(conditions: tuple[Condition, ...], frame: pl.DataFrame) -> pl.Expr:
    return reduce(lambda left, right: left & right, (_holds(c, frame) for c in conditions), pl.lit(True))


def _holds(condition: Condition, frame: pl.DataFrame) -> pl.Expr:
    if condition.field not in frame.columns:
        return pl.lit(False)
    value = pl.col(condition.field)
    text = value.cast(pl.String)
    tests = [value.is_not_null()]
    if condition.any_of:
        tests.append(text.str.contains(_any_of_pattern(condition.any_of)))
    if condition.at_least is not None:
        number = _number(value, text, frame.schema[condition.field])
        tests.append((number >= condition.at_least).fill_null(False))
    if condition.contains:
        tests.append(text.str.contains_any(list(condition.contains)))
    return reduce(lambda left, right: left & right, tests).fill_null(False)


def _any_of_pattern(codes: tuple[str, ...]) -> str:
    one = "|".join(re.escape(code) for code in codes)
    return f"(^|[{SEPARATORS}])[{BLANKS}]*({one})[{BLANKS}]*($|[{SEPARATORS}])"


def _number(value: pl.Expr, text: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind.is_numeric():
        return value.cast(pl.Float64)
    bare = text.str.strip_chars(BLANKS)
    return pl.when(bare.str.contains(f"^(?:{NUMBER})$")).then(bare).cast(pl.Float64, strict=False)


def _lookup(values: list[str] | list[bool], kind: pl.DataType) -> pl.Expr:
    return pl.col(_CHOSEN).replace_strict(
        list(range(len(values))), pl.Series(values, dtype=kind), default=None, return_dtype=kind
    )


def _end(choices: list[_Choice]) -> pl.Expr:
    """Calendar months from the start; polars' ``mo`` stops at the month's last day as the law's months do."""
    expr: pl.Expr = pl.lit(None, dtype=pl.Date)
    for months in {each.shown.max_months for each in choices} - {None}:
        of_them = [n for n, each in enumerate(choices) if each.shown.max_months == months]
        later = pl.col(_START).dt.offset_by(f"{months}mo")
        expr = pl.when(pl.col(_CHOSEN).is_in(of_them)).then(later).otherwise(expr)
    return expr
