"""Words such as 无 or / in cells that may be blank: read as blank, with a warning.

Where a cell must be filled they stay what they are: a number, a day or a code refuses them, and a text takes
them, since a form may order the very word (an early licence without a document's number is to say 空).
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from goodfaith.intake.checks.context import Context
from goodfaith.intake.values import BLANK_WORDS
from goodfaith.law import schema

WORDS = BLANK_WORDS | {"／", "＼", "－", "－－", "Ｎ／Ａ", "Ｎ/Ａ", "null", "Null", "n/a", "na"}
"""As they stand in a cell, full-width strokes and dashes too."""


def _words(context: Context, field: schema.ItemField) -> list[str]:
    """The words that mean nothing in this field; a list may have an entry that is written so."""
    reader = context.readers.get(field.code)
    return [word for word in WORDS if reader is None or reader.code_of(word) is None]


def _owed(context: Context, condition: schema.RequiredIf, done: Mapping[str, pl.Series]) -> pl.Series | None:
    """The rows in which the cell must be filled; None when that can't be told yet."""
    if condition.field not in done:
        return None
    return pl.DataFrame([done[condition.field]]).select(context.holds(condition).fill_null(True)).to_series()


def hits(
    context: Context, field: schema.ItemField, cells: pl.Series, done: Mapping[str, pl.Series]
) -> pl.Series | None:
    """The rows whose cell is to be read as blank; None when there is none. ``done``: columns read before."""
    if field.required is True or cells.null_count() == len(cells):
        return None
    found = cells.is_in(_words(context, field)).fill_null(False)
    if not found.any():
        return None
    if isinstance(field.required, schema.RequiredIf):
        owed = _owed(context, field.required, done)
        found = found & ~owed if owed is not None else found & False
    return found if found.any() else None
