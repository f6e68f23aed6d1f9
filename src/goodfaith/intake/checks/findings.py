"""Collecting findings: masks over a batch become rows of one frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import polars as pl

from goodfaith.intake import messages
from goodfaith.records.rules import ROW

__all__ = ["ROW", "SCHEMA", "Rule", "collect", "empty"]
Level = Literal["refused", "warning", "repeated"]
SCHEMA = pl.Schema(
    {ROW: pl.Int64, "field": pl.String, "code": pl.String, "value": pl.String, "level": pl.String, "message": pl.String}
)
"""``value`` is the cell as it was delivered (cleaned of white space); ``message`` holds no value."""
MAX_VALUE = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows where ``mask`` is true get a finding. ``field`` is the code of the cell's field, ``name`` its name."""

    mask: pl.Expr
    code: str
    field: str | None = None
    name: str = ""
    level: Level = "refused"
    limit: str = ""
    other: str = ""

    @property
    def message(self) -> str:
        return messages.sentence(self.code, self.name, limit=self.limit, other=self.other)


MORE_TELLING = {
    "required": ("document_missing",),
    "person_document_missing": ("required", "required_if", "one_of"),
    "subject_unidentified": ("required", "required_if", "one_of", "person_document_missing"),
    "subject_kind_unknown": ("code_unknown",),
    "number_invalid": ("cell_formula",),
    "date_invalid": ("cell_formula",),
}
"""Code → codes that say of the same cell more precisely what is wrong: beside them it is not told again."""


def once(found: pl.DataFrame) -> pl.DataFrame:
    """``found`` without what another finding of the same row and field tells better."""
    weak = found["code"].is_in(list(MORE_TELLING))
    if not weak.any():
        return found
    pairs = [(code, better) for code, many in MORE_TELLING.items() for better in many]
    ranks = pl.DataFrame(pairs, schema=["code", "better"], orient="row")
    told = found.select(ROW, "field", better="code")
    doubled = found.filter(weak).join(ranks, on="code").join(told, on=[ROW, "field", "better"], nulls_equal=True)
    keys = doubled.select(ROW, "field", "code").unique()
    return found.join(keys, on=[ROW, "field", "code"], how="anti", nulls_equal=True, maintain_order="left")


UNREAD = ("cell_error", "cell_formula")
"""Codes of cells that are filled in the sheet and give no content."""
OWED = ("required", "required_if", "one_of", "document_missing", "person_document_missing", "subject_unidentified")


def because_unread(of_reader: pl.DataFrame, found: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Where a cell that must be filled could not be read, that is the refusal, and not that it is blank."""
    place = [ROW, "field"]
    owed = found.filter(pl.col("code").is_in(OWED)).select(place).unique()
    unread = of_reader.filter(pl.col("code").is_in(UNREAD) & pl.col("field").is_not_null())
    both = unread.select(place).unique().join(owed, on=place)
    if both.is_empty():
        return of_reader, found
    marked = of_reader.join(both.with_columns(owed=True), on=place, how="left", nulls_equal=True, maintain_order="left")
    level = pl.when(pl.col("owed").fill_null(False) & pl.col("code").is_in(UNREAD)).then(pl.lit("refused"))
    stays = found.join(both.with_columns(owed=True), on=place, how="left", nulls_equal=True, maintain_order="left")
    stays = stays.filter(~(pl.col("owed").fill_null(False) & pl.col("code").is_in(OWED)))
    return marked.with_columns(level.otherwise("level").alias("level")).drop("owed"), stays.drop("owed")


def empty() -> pl.DataFrame:
    """No findings."""
    return pl.DataFrame(schema=SCHEMA)


def rows_of(frame: pl.DataFrame, raw: pl.DataFrame, hits: pl.Series, rule: Rule) -> pl.DataFrame:
    """Findings of ``rule`` for the rows where ``hits`` is true; values are taken from ``raw``."""
    rows = frame[ROW].filter(hits)
    if rule.field is not None and rule.field in raw.columns:
        value = raw[rule.field].filter(hits).str.slice(0, MAX_VALUE)
    else:
        value = pl.Series([None] * len(rows), dtype=pl.String)
    return pl.DataFrame(
        {
            ROW: rows,
            "field": pl.Series([rule.field] * len(rows), dtype=pl.String),
            "code": [rule.code] * len(rows),
            "value": value,
            "level": [rule.level] * len(rows),
            "message": [rule.message] * len(rows),
        },
        schema=SCHEMA,
    )


def collect(frame: pl.DataFrame, raw: pl.DataFrame, rules: Iterable[Rule]) -> pl.DataFrame:
    """Findings of all ``rules``; the masks are evaluated together, so that polars shares the work."""
    listed = list(rules)
    if not listed or frame.is_empty():
        return empty()
    masks = frame.select(rule.mask.fill_null(False).alias(str(n)) for n, rule in enumerate(listed))
    hit = [n for n, any_hit in enumerate(masks.select(pl.all().any()).row(0)) if any_hit]
    found = [rows_of(frame, raw, masks[str(n)], listed[n]) for n in hit]
    return pl.concat(found) if found else empty()
