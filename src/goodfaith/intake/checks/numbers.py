"""Reading columns of identifiers, by the rules of :mod:`goodfaith.subjects`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import polars as pl

from goodfaith.intake.checks.parsed import Parsed
from goodfaith.intake.values import BLANK_WORDS
from goodfaith.law import schema
from goodfaith.subjects import numbers, vectors

KIND = "id_number"
_ID_SHAPED = r"^[0-9]{14}|^[0-9](\.[0-9]+)?[eE]\+?[0-9]+$|^[0-9０-９]{6}"
"""Begins like an ID number, or like one that a spreadsheet ruined."""


def _placeholders(cells: pl.Series, checked: pl.DataFrame) -> Parsed:
    """The outcome of a check, with words such as 无 named as what they are."""
    word = cells.is_in(list(BLANK_WORDS)).fill_null(False)
    table = checked.with_columns(
        pl.when(word).then(pl.lit("placeholder")).otherwise(pl.col("code")).alias("code"),
    ).with_columns(pl.when(pl.col("code").is_null()).then(pl.col("value")).alias("value"))
    return Parsed(table["value"], table["code"], table["warning"])


def organisation_kind(edition: schema.Edition, field: schema.ItemField) -> str:
    """Which kind of an organisation's number the field holds (some are only told by their place in the form)."""
    places = edition.subject
    if field.code == places.institution_no:
        return "institution_no"
    return "social_no" if field.code == places.social_no else field.type


def read_organisation(kind: str, cells: pl.Series) -> Parsed:
    """A column of an organisation's numbers of one kind of :data:`vectors.CHECKS`."""
    return _placeholders(cells, vectors.CHECKS[kind](cells))


def _of_kind(
    kind: str, cells: pl.Series, rows: pl.Series, today: dt.date, areas: Mapping[str, int]
) -> pl.DataFrame:
    checked = vectors.check_documents(kind, cells.filter(rows), today=today, areas=areas)
    return checked.with_columns(at=rows.arg_true())


def read_documents(cells: pl.Series, kinds: pl.Series, today: dt.date, areas: Mapping[str, int]) -> Parsed:
    """A column of people's numbers, each held to the rules of its own kind; ``areas``: known area codes."""
    height = len(cells)
    parts = []
    for kind in kinds.filter(cells.is_not_null()).drop_nulls().unique():
        rows = (kinds == kind).fill_null(False) & cells.is_not_null()
        parts.append(_of_kind(kind, cells, rows, today, areas))
    places = pl.DataFrame({"at": pl.int_range(height, dtype=pl.UInt32, eager=True)})
    if not parts:
        blank = pl.Series([None], dtype=pl.String).new_from_index(0, height)
        return Parsed(blank, blank, blank)
    checked = places.join(pl.concat(parts), on="at", how="left", maintain_order="left")
    return _placeholders(cells, checked.select("value", "code", "warning"))


def kinds_by_name(cells: pl.Series, names: dict[str, str]) -> pl.Series:
    """Kinds of documents from a normalised column of document types; ID number where the type is blank.

    ``names``: Chinese name by code of the list.
    """
    kinds = {code: numbers.document_kind(name) or "passport" for code, name in names.items()}
    return cells.replace_strict(kinds, default=KIND, return_dtype=pl.String)


def kinds_by_shape(cells: pl.Series) -> pl.Series:
    """Kinds of documents where no field tells: what looks like an ID number is held to be one."""
    shaped = cells.str.contains(_ID_SHAPED).fill_null(False)
    return pl.select(pl.when(shaped).then(pl.lit(KIND)).otherwise(pl.lit("passport"))).to_series()
