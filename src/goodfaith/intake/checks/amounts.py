"""The unit trap: amounts asked in 万元 and filled in 元."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from goodfaith.intake import values
from goodfaith.intake.checks.context import Context
from goodfaith.intake.checks.findings import ROW, Rule
from goodfaith.law import schema

TEN_THOUSAND = Decimal(10_000)
WORTH_A_LOOK = 10
"""万元. Below it a mistaken 元 would be less than ten yuan."""
LARGE = 1_000
"""万元. A warning: seldom, but real."""
IMPLAUSIBLE = 10_000
"""万元. 一亿元 and more is refused unless the cell says 万元 or the decision's text names the sum."""
TEXT_WORDS = ("内容", "结果")
VERDICT = "__amount"


def _text_fields(context: Context) -> list[str]:
    """The fields in which the decision is told in words."""
    fields = (f for f in context.edition.fields if f.type == "text")
    return [f.code for f in fields if any(word in f.name.zh for word in TEXT_WORDS)]


def verdict(amount: str, cell: str, text: str) -> str | None:
    """``amount_unit``, ``amount_large`` or None for an amount in 万元, the cell as written and the decision's text.

    When the text names the sum, the text decides. Otherwise only its size can speak.
    """
    value, told = Decimal(amount), values.yuan_in_text(text)
    if value * TEN_THOUSAND in told:
        return None
    if value in told:
        return "amount_unit"
    written = "万" in cell
    if value >= IMPLAUSIBLE:
        return "amount_large" if written else "amount_unit"
    return "amount_large" if value >= LARGE else None


def _judge(context: Context, field: schema.ItemField, frame: pl.DataFrame, cells: pl.DataFrame) -> pl.Series | None:
    size = frame[field.code].cast(pl.Float64, strict=False)
    rows = (size >= WORTH_A_LOOK).fill_null(False)
    if not rows.any():
        return None
    texts = [cells[code].filter(rows).fill_null("") for code in _text_fields(context)]
    text = ["".join(parts) for parts in zip(*texts, strict=True)] if texts else [""] * int(rows.sum())
    found = map(verdict, frame[field.code].filter(rows), cells[field.code].filter(rows), text)
    empty = pl.Series([None], dtype=pl.String).new_from_index(0, frame.height)
    return empty.scatter(rows.arg_true(), pl.Series(list(found), dtype=pl.String))


def mark(context: Context, frame: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with a column ``__amount<field>`` of verdicts for each field asked in 万元 that needs one."""
    columns = []
    for field in context.edition.fields:
        if field.type == "decimal" and field.unit == "万元":
            found = _judge(context, field, frame, cells)
            if found is not None:
                columns.append(found.alias(VERDICT + field.code))
    return frame.with_columns(columns)


def rules(context: Context, frame: pl.DataFrame) -> Iterator[Rule]:
    """The verdicts as findings."""
    for column in frame.columns:
        if column.startswith(VERDICT):
            code = column.removeprefix(VERDICT)
            name, mask = context.name(code), pl.col(column)
            yield Rule(mask == "amount_unit", "amount_unit", code, name, limit="万元")
            yield Rule(mask == "amount_large", "amount_large", code, name, level="warning", limit="万元")


__all__ = ["ROW", "mark", "rules", "verdict"]
