"""What holds for every cell, whatever its field: cleaning, formulas, control characters, length."""

from __future__ import annotations

from collections.abc import Container, Iterator

import polars as pl

from goodfaith.intake.checks.context import Context
from goodfaith.intake.checks.findings import ROW, Rule

WHITE = (
    " \t\r\n\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""White space and zero-width characters at the edges of a cell mean nothing."""
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffd]"
"""Control characters, direction overrides (which show a text other than it is) and broken characters."""
FORMULA = r"^(?:[=＝]|[+\-@＋－＠][\x20-\x7e]*[|!(]|[@＠][A-Za-z])"
"""What a spreadsheet would run: =..., @SUM(...), +cmd|..., -2+3+cmd|...; negative numbers and dashes are text.
After + and - a formula is plain ASCII up to its first call or pipe: ``-经营过期食品（三批次）`` is a list's bullet."""
FORMULA_STARTS = r"^[=＝+\-@＋－＠]"
WORDED = frozenset({"text", "subject_name", "person_name"})


def clean(frame: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """The batch with white space at the edges of cells removed, blank cells null, and missing columns added."""
    there = [
        pl.col(code).cast(pl.String).str.strip_chars(WHITE).replace("", None) for code in codes if code in frame.columns
    ]
    missing = [pl.lit(None, dtype=pl.String).alias(code) for code in codes if code not in frame.columns]
    return frame.select(pl.col(ROW), *there, *missing)


def rules(context: Context, raw: pl.DataFrame, unread: Container[str]) -> Iterator[Rule]:
    """The rules for every cell, as masks over the cleaned batch.

    ``unread``: fields in which something could not be read. A column of dates, numbers or codes that was
    read throughout holds no formula and no control character.
    """
    for field in context.edition.fields:
        worded = field.type in WORDED and field.code_list is None
        if raw[field.code].null_count() == raw.height or not (worded or field.code in unread):
            continue
        cell, name = pl.col(field.code), field.name.zh
        if raw[field.code].str.contains(FORMULA_STARTS).any():
            yield Rule(cell.str.contains(FORMULA), "cell_formula", field.code, name)
        yield Rule(cell.str.contains(CONTROL), "control_characters", field.code, name)
        if field.length is not None and field.type in WORDED:
            yield Rule(cell.str.len_chars() > field.length, "too_long", field.code, name, limit=str(field.length))
