"""Every check of a row, vectorised: the one code that pre-check, check and commit all run.

A batch comes in as text under the field codes (``mapping`` applied) with ``__row``; it goes out as the good
rows in normal form and a frame of findings. Nothing here touches a database.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from goodfaith.intake.checks import amounts, cells, duties, fields, findings, privacy
from goodfaith.intake.checks.context import DOCUMENT_KIND, PERSON, Context
from goodfaith.intake.checks.findings import ROW

__all__ = ["DOCUMENT_KIND", "PERSON", "ROW", "Checked", "Context", "check_batch"]


class Checked(NamedTuple):
    """``good``: ``__row``, ``__person``, ``__document_kind`` and every field of the edition in normal form (dates
    as Date, the rest text); ``findings``: see :data:`.findings.SCHEMA`; ``rows``: how many rows came in;
    ``filled``: in how many of them each field holds something."""

    good: pl.DataFrame
    findings: pl.DataFrame
    rows: int
    filled: dict[str, int]


def _row_rules(context: Context, frame: pl.DataFrame) -> list[findings.Rule]:
    return [
        *duties.filling(context),
        *duties.days(context),
        *duties.whom(context),
        *duties.document(context),
        *duties.source(context),
        *duties.edition(context),
        *amounts.rules(context, frame),
        *privacy.rules(context, frame),
    ]


def check_batch(batch: pl.DataFrame, context: Context) -> Checked:
    """Check a batch. ``batch``: text columns named by field codes, and ``__row``; other columns are ignored."""
    codes = [field.code for field in context.edition.fields]
    raw = cells.clean(batch, codes).select(ROW, *codes)
    blank = raw.select(pl.all_horizontal(pl.col(codes).is_null())).to_series()
    raw = raw.filter(~blank) if blank.any() else raw
    reading = fields.read(context, raw)
    frame = duties.with_filled(reading.marks, reading.cells, codes)
    frame = amounts.mark(context, duties.with_age(context, frame), raw)
    frame = privacy.mark(context, frame)
    found = [
        findings.collect(raw, raw, cells.rules(context, raw, reading.codes)),
        findings.collect(frame, raw, fields.rules(context, reading)),
        findings.collect(frame, raw, _row_rules(context, frame)),
    ]
    all_found = findings.once(pl.concat(found))
    refused = all_found.filter(pl.col("level") == "refused")[ROW].unique()
    good = reading.frame
    if len(refused):
        good = good.filter(~pl.col(ROW).is_in(refused.implode()))
    blanks = reading.cells.select(codes).null_count().row(0)
    filled = {code: raw.height - empty for code, empty in zip(codes, blanks, strict=True)}
    return Checked(good, all_found, raw.height, filled)
