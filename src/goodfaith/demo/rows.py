"""Rows of one item as its form asks for them: text under field codes, ready for the checks of intake."""

from __future__ import annotations

import datetime as dt

import polars as pl

from goodfaith.demo import codes, dates, decisions, subjects, texts
from goodfaith.demo.city import City
from goodfaith.demo.numbers import Rng
from goodfaith.demo.texts import Sheet
from goodfaith.intake.checks import ROW, Context
from goodfaith.law import schema

NUMBERS = ("uscc", "registration_no", "organisation_code", "tax_no", "institution_no", "social_no")
NEW_CODES = dt.date(2015, 10, 1)
OPTIONAL_BLANK = 0.08
"""Of cells that need not be filled: how many are blank."""
META = ("slot", "unit", "report_on", "decided", "subject", "person")
"""Columns that go with a row beside its cells."""


def _numbers(edition: schema.Edition) -> dict[str, pl.Expr]:
    """The organisation's numbers: the credit code since there is one, the older numbers on older rows."""
    subject, organisation = edition.subject, ~pl.col("person")
    earlier = [pl.col(kind).is_not_null() for kind in NUMBERS[1:3] if getattr(subject, kind)]
    old = (pl.col("decided") < NEW_CODES) & pl.any_horizontal(pl.lit(False), *earlier)
    values: dict[str, pl.Expr] = {}
    for kind in NUMBERS:
        field = getattr(subject, kind)
        if field is None:
            continue
        on = (
            organisation & ~old
            if kind == "uscc"
            else organisation & (old | pl.lit(kind in ("institution_no", "social_no")))
        )
        values[field] = pl.when(on).then(pl.col(kind))
    return values


def _subject(sheet: Sheet) -> dict[str, pl.Expr]:
    subject = sheet.edition.subject
    values = {subject.name: pl.col("name"), **_numbers(sheet.edition)}
    if subject.document_no is not None:
        values[subject.document_no] = pl.when("person").then(pl.col("id_number"))
    if subject.document_type is not None:
        values[subject.document_type] = pl.when("person").then(pl.lit("01"))
    return values


def _value(sheet: Sheet, field: schema.ItemField) -> pl.Expr:
    if field.type == "date":
        return pl.col(f"={field.code}").dt.strftime("%Y-%m-%d")
    if field.code == sheet.edition.authority:
        return pl.col("unit_name")
    write = codes.column if field.code_list is not None else texts.writer_of(field)
    found = write(sheet, field)
    return found if isinstance(found, pl.Expr) else pl.lit(found)


def _fit(context: Context, field: schema.ItemField, keep: set[str]) -> pl.Expr:
    """The cell, blanked where the form wants it blank."""
    cell = pl.col(field.code)
    if isinstance(field.required, schema.RequiredIf) and field.code not in keep and field.type != "person_name":
        cell = pl.when(context.holds(field.required)).then(cell)
    if field.blank_if is not None:
        cell = (
            pl.when(context.holds(field.blank_if).fill_null(False)).then(pl.lit(None, dtype=pl.String)).otherwise(cell)
        )
    return cell.alias(field.code)


def _may_be_blank(context: Context, field: schema.ItemField, keep: set[str]) -> bool:
    in_force = context.edition.in_force or ()
    return field.required is False and field.code not in keep and field.code not in in_force


def _thin(rng: Rng, frame: pl.DataFrame, context: Context, keep: set[str]) -> pl.DataFrame:
    """Some of the cells that need not be filled are blank, as in life."""
    masks = {
        field.code: pl.Series(rng.random(frame.height) < OPTIONAL_BLANK)
        for field in context.edition.fields
        if _may_be_blank(context, field, keep)
    }
    return frame.with_columns(
        pl.when(pl.lit(mask)).then(pl.lit(None, dtype=pl.String)).otherwise(pl.col(code)).alias(code)
        for code, mask in masks.items()
    )


def _paired(frame: pl.DataFrame, edition: schema.Edition) -> pl.DataFrame:
    """The type of a representative's document stands only beside its number."""
    fields = {field.code for field in edition.fields}
    pairs = [(code, code.replace("ZJHM", "ZJLX")) for code in fields if code.endswith("FR_ZJHM")]
    return frame.with_columns(
        pl.when(pl.col(number).is_not_null()).then(pl.col(kind)).alias(kind) for number, kind in pairs if kind in fields
    )


def make(rng: Rng, city: City, item: schema.Item, edition: schema.Edition, base: pl.DataFrame) -> pl.DataFrame:
    """Cells for ``base`` (``slot``, ``unit``, ``report_on``, ``decided``, ``serial``, ``person``, ``subject``).

    Returns the columns :data:`META`, ``__row`` and one text column for each field of the edition.
    """
    frame = decisions.add(rng, subjects.described(rng, city, base))
    sheet = Sheet(rng, city, item, edition, dates.add(rng, frame, edition))
    of_subject = _subject(sheet)
    cells = [of_subject[f.code] if f.code in of_subject else _value(sheet, f) for f in edition.fields]
    named = [cell.cast(pl.String).alias(f.code) for cell, f in zip(cells, edition.fields, strict=True)]
    context = Context(item, edition, city.catalogue, city.today)
    filled = sheet.frame.select(*META, pl.int_range(2, pl.len() + 2, dtype=pl.Int64).alias(ROW), *named)
    fitted = filled.with_columns(_fit(context, field, set(of_subject)) for field in edition.fields)
    return _paired(_thin(rng, fitted, context, set(of_subject)), edition)
