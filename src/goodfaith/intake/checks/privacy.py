"""People's numbers that slipped into fields which may be shown to everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from goodfaith.intake.checks.context import Context
from goodfaith.intake.checks.findings import Rule
from goodfaith.subjects.numbers import check_id_number

HOLDS = "__holds_number"
SHAPE = r"[1-9][0-9]{16}[0-9Xx]"
_inside = re.compile(rf"(?<![0-9A-Za-z]){SHAPE}(?![0-9A-Za-z])")
LOOKED_AT = frozenset({"open", "internal"})


def holds_person_number(text: str) -> bool:
    """Whether a good ID number stands in the text (a run of digits that only looks like one does not count)."""
    return any(check_id_number(number) is None for number in _inside.findall(text))


def mark(context: Context, frame: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with a column ``__holds_number<field>`` for each text field in which one was found."""
    columns = []
    for field in context.edition.fields:
        if field.type != "text" or field.sensitivity not in LOOKED_AT:
            continue
        shaped = frame[field.code].str.contains(SHAPE).fill_null(False)
        if shaped.any():
            found = [holds_person_number(text) for text in frame[field.code].filter(shaped)]
            column = pl.Series([False], dtype=pl.Boolean).new_from_index(0, frame.height)
            columns.append(column.scatter(shaped.arg_true(), pl.Series(found)).alias(HOLDS + field.code))
    return frame.with_columns(columns)


def rules(context: Context, frame: pl.DataFrame) -> Iterator[Rule]:
    """The finds as findings."""
    for column in frame.columns:
        if column.startswith(HOLDS):
            code = column.removeprefix(HOLDS)
            yield Rule(pl.col(column), "person_number_in_text", code, context.name(code))
