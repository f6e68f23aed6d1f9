"""Reading each column by the type of its field into its one normal form."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from goodfaith.intake import values
from goodfaith.intake.checks import numbers, placeholders
from goodfaith.intake.checks.context import DOCUMENT_KIND, PERSON, Context
from goodfaith.intake.checks.findings import ROW, Level, Rule
from goodfaith.intake.checks.parsed import Parsed, blank, by_distinct, by_unique
from goodfaith.law import schema
from goodfaith.subjects import notation

ORGANISATION_NUMBERS = frozenset({"uscc", "organisation_code", "registration_no", "tax_no"})
_INNER_BREAKS = r"[\r\n\t]+"


@dataclass
class Reading:
    """The normalised batch, and for each field what could not be read (``codes``) or reads oddly (``warnings``).

    ``cells``: the batch as it was read, without the words that stand for nothing (:mod:`.placeholders`).
    """

    frame: pl.DataFrame
    cells: pl.DataFrame
    codes: dict[str, pl.Series]
    warnings: dict[str, pl.Series]

    @property
    def marks(self) -> pl.DataFrame:
        """The normalised batch with the columns ``!field`` (problems) and ``?field`` (warnings)."""
        extra = [s.alias(f"!{code}") for code, s in self.codes.items()]
        return self.frame.with_columns(*extra, *(s.alias(f"?{code}") for code, s in self.warnings.items()))


def _text(cells: pl.Series) -> pl.Series:
    return cells.str.replace_all(_INNER_BREAKS, " ")


def _document_kinds(
    context: Context, field: schema.ItemField, done: dict[str, pl.Series], cells: pl.Series
) -> pl.Series:
    """Which kind of document each cell of a person's number holds."""
    subject = context.edition.subject
    type_field = subject.document_type if field.code == subject.document_no else _type_beside(context, field.code)
    if type_field is None:
        return numbers.kinds_by_shape(cells)
    entries = context.catalogue.code_lists[context.edition.field(type_field).code_list or ""].entries
    known = numbers.kinds_by_name(done[type_field], {e.code: e.name.zh for e in entries})
    if field.code == subject.document_no:
        return known
    return pl.select(
        pl.when(done[type_field].is_null()).then(numbers.kinds_by_shape(cells)).otherwise(known)
    ).to_series()


def _type_beside(context: Context, code: str) -> str | None:
    """The field of the document's type that stands beside a number's field: CF_FR_ZJLX for CF_FR_ZJHM."""
    beside = code.replace("ZJHM", "ZJLX").replace("_no", "_type")
    fields = {f.code: f for f in context.edition.fields}
    return beside if beside != code and beside in fields and fields[beside].code_list else None


def _read(context: Context, field: schema.ItemField, cells: pl.Series, done: dict[str, pl.Series]) -> Parsed:
    """One column. Fields with a code list and people's numbers need columns read before (``done``)."""
    if cells.null_count() == len(cells) and field.code != context.edition.subject.document_no:
        return blank(len(cells), pl.Date if field.type == "date" else pl.String)
    if field.code in context.readers:
        return context.readers[field.code].read_column(cells, done.get(context.edition.decided_on))
    if field.type == "date":
        return by_unique(cells, functools.partial(values.read_date, long_term=field.long_term), pl.Date)
    if field.type == "decimal":
        header = context.units.get(field.code, "")
        return by_unique(
            cells, functools.partial(values.read_decimal, unit=field.unit, scale=field.scale, header=header)
        )
    if field.type in ("integer", "year"):
        return by_unique(cells, values.read_integer if field.type == "integer" else values.read_year)
    kind = numbers.organisation_kind(context.edition, field)
    if kind in ORGANISATION_NUMBERS or kind in ("institution_no", "social_no"):
        return by_distinct(cells, functools.partial(numbers.read_organisation, kind))
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
    if _is_persons_number(context, field):
        kinds = _document_kinds(context, field, done, cells)
        if field.code == context.edition.subject.document_no:
            done[DOCUMENT_KIND] = kinds.alias(DOCUMENT_KIND)
        return numbers.read_documents(cells, kinds, context.report_on, context.areas)
    return Parsed(_text(cells), nothing)


def _is_persons_number(context: Context, field: schema.ItemField) -> bool:
    return field.sensitivity == "person_number" or field.code == context.edition.subject.document_no


def _order(field: schema.ItemField, context: Context) -> int:
    """The day of the decision first (codes need it), then codes, then what needs those."""
    if field.code == context.edition.decided_on:
        return 0
    if _is_persons_number(context, field):
        return 3
    return 2 if isinstance(field.required, schema.RequiredIf) else 1


def read(context: Context, cells: pl.DataFrame) -> Reading:
    """Read all columns of a cleaned batch."""
    done: dict[str, pl.Series] = {}
    reading = Reading(cells.select(ROW), cells, {}, {})
    for field in sorted(context.edition.fields, key=lambda f: _order(f, context)):
        column = _without_words(context, field, reading, done)
        parsed = _read(context, field, column, done)
        done[field.code] = parsed.values.alias(field.code)
        if parsed.problems.null_count() < len(parsed.problems):
            reading.codes[field.code] = parsed.problems
        if parsed.warnings is not None and parsed.warnings.null_count() < len(parsed.warnings):
            reading.warnings[field.code] = parsed.warnings
        _warn_of_words(field.code, cells[field.code], column, reading)
    columns = [done[field.code] for field in context.edition.fields]
    kinds = done.get(DOCUMENT_KIND, pl.lit(None, dtype=pl.String).alias(DOCUMENT_KIND))
    whole = reading.frame.with_columns(columns)
    reading.frame = whole.with_columns(context.persons(whole, reading.cells).alias(PERSON), kinds)
    return reading


def _without_words(
    context: Context, field: schema.ItemField, reading: Reading, done: dict[str, pl.Series]
) -> pl.Series:
    """The field's column; words that stand for nothing are made blank where it may be blank."""
    column = reading.cells[field.code]
    words = placeholders.hits(context, field, column, done)
    if words is None:
        return column
    emptied = column.to_frame().select(pl.when(~words).then(pl.col(field.code)).alias(field.code)).to_series()
    reading.cells = reading.cells.with_columns(emptied)
    return emptied


def _warn_of_words(code: str, before: pl.Series, after: pl.Series, reading: Reading) -> None:
    if before is after:
        return
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, len(before))
    others = reading.warnings.get(code, nothing)
    gone = before.is_not_null() & after.is_null()
    reading.warnings[code] = others.scatter(gone.arg_true(), "placeholder_read_as_blank")


def _limit(context: Context, field: schema.ItemField, code: str) -> str:
    if code in ("code_unknown", "code_not_valid_then"):
        return context.readers[field.code].name
    if code == "too_many_decimals":
        return str(field.scale)
    return field.unit or ""


def rules(context: Context, reading: Reading) -> Iterator[Rule]:
    """What could not be read, and what reads oddly, as masks over :attr:`Reading.marks`."""
    for marks, sign in ((reading.codes, "!"), (reading.warnings, "?")):
        for code, column in marks.items():
            field = context.edition.field(code)
            for problem in column.drop_nulls().unique():
                level: Level = "warning" if sign == "?" or problem in notation.WARNINGS else "refused"
                limit = _limit(context, field, problem)
                mask = pl.col(f"{sign}{code}") == problem
                yield Rule(mask, problem, code, field.name.zh, level=level, limit=limit)
