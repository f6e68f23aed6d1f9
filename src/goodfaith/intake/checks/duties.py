"""What a row owes: cells that must be filled or blank, days in their order, a subject that can be known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import polars as pl

from goodfaith.intake.checks.context import PERSON, Context, identity_fields
from goodfaith.intake.checks.findings import Rule
from goodfaith.law import schema
from goodfaith.subjects import vectors

FIRST_DAY = dt.date(1949, 10, 1)
ADULT = 18
AGE = "__age"


def _filled(code: str) -> pl.Expr:
    """The cell was filled, readable or not (an unreadable one has its own finding)."""
    return pl.col(f"={code}")


def with_filled(frame: pl.DataFrame, cells: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """``frame`` with a column ``=field`` for each field: whether the cell holds anything."""
    return frame.with_columns(cells[code].is_not_null().alias(f"={code}") for code in codes)


def _words(context: Context, condition: schema.RequiredIf) -> tuple[str, str]:
    return context.name(condition.field), "、".join(condition.any_of)


def filling(context: Context) -> Iterator[Rule]:
    """required, required_if, must_be_blank, one_of."""
    for field in context.edition.fields:
        empty = ~_filled(field.code)
        if field.required is True:
            yield Rule(empty, "required", field.code, field.name.zh)
        elif isinstance(field.required, schema.RequiredIf):
            other, limit = _words(context, field.required)
            mask = empty & context.holds(field.required)
            yield Rule(mask, "required_if", field.code, field.name.zh, other=other, limit=limit)
        if field.blank_if is not None:
            other, limit = _words(context, field.blank_if)
            mask = _filled(field.code) & context.holds(field.blank_if)
            yield Rule(mask, "must_be_blank", field.code, field.name.zh, other=other, limit=limit)
    for group in context.edition.one_of:
        mask = pl.all_horizontal(~_filled(code) for code in group.fields)
        if group.when is not None:
            mask = mask & context.holds(group.when)
        names = "、".join(f"“{context.name(code)}”" for code in group.fields)
        yield Rule(mask, "one_of", group.fields[0], context.name(group.fields[0]), limit=names)


def days(context: Context) -> Iterator[Rule]:
    """date_after_report, year_after_report, date_before, date_very_old."""
    for field in context.edition.fields:
        cell, name = pl.col(field.code), field.name.zh
        if field.type == "year":
            late = cell.cast(pl.Int32, strict=False) > context.report_on.year
            yield Rule(late, "year_after_report", field.code, name)
        if field.type != "date":
            continue
        if field.not_after_report or field.code == context.edition.decided_on:
            limit = context.report_on.isoformat()
            yield Rule(cell > context.report_on, "date_after_report", field.code, name, limit=limit)
        if field.not_before is not None:
            before = cell < pl.col(field.not_before)
            yield Rule(before, "date_before", field.code, name, other=context.name(field.not_before))
        yield Rule(cell < FIRST_DAY, "date_very_old", field.code, name, level="warning")


def _person(context: Context) -> Iterator[Rule]:
    person, subject = pl.col(PERSON), context.edition.subject
    if "person" not in context.takes:
        yield Rule(person, "subject_kind_not_taken", _kind_field(context), limit="自然人")
        return
    if subject.document_no is None:
        yield Rule(person, "subject_unidentified")
        return
    code, name = subject.document_no, context.name(subject.document_no)
    if context.edition.field(code).required is not True:
        yield Rule(person & ~_filled(code), "person_document_missing", code, name)
    yield Rule(person & (pl.col(AGE) < ADULT), "person_under_18", code, name)


def _organisation(context: Context) -> Iterator[Rule]:
    person, numbers = pl.col(PERSON), list(identity_fields(context.edition.subject).values())
    if "organisation" not in context.takes:
        yield Rule(~person, "subject_kind_not_taken", _kind_field(context), limit="组织")
        return
    if numbers:
        none = pl.all_horizontal(~_filled(code) for code in numbers)
        yield Rule(~person & none, "subject_unidentified", numbers[0], context.name(numbers[0]))


def _kind_field(context: Context) -> str | None:
    kind = context.edition.subject.kind
    return None if kind in ("person", "organisation", context.edition.subject.document_no) else kind


def whom(context: Context) -> Iterator[Rule]:
    """Whether the subject is of a kind that the item takes, can be identified, and is of age (boundary 5)."""
    kind = _kind_field(context)
    if kind is not None:
        yield Rule(pl.col(PERSON).is_null() & _filled(kind), "subject_kind_unknown", kind, context.name(kind))
    yield from _person(context)
    yield from _organisation(context)
    name = context.edition.subject.name
    yield Rule(~pl.col(name).str.contains(r"\p{L}"), "name_not_a_name", name, context.name(name))


def with_age(context: Context, frame: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with the person's full years on the day of the decision; null when it cannot be told."""
    subject, nothing = context.edition.subject, pl.lit(None, dtype=pl.Int32).alias(AGE)
    if subject.document_no is None or not frame[PERSON].any():
        return frame.with_columns(nothing)
    number = frame[subject.document_no]
    readable = number.str.contains(r"^[0-9]{17}[0-9X]$").fill_null(False)
    number = pl.select(pl.when(readable & frame[PERSON]).then(number)).to_series()
    return frame.with_columns(vectors.ages_on(number, frame[context.edition.decided_on]).alias(AGE))


def document(context: Context) -> Iterator[Rule]:
    """A negative record cites its legally effective document (boundary 1)."""
    item, code = context.item, context.edition.document_no
    if item.polarity != "negative":
        return
    kind = item.effective_document.name.zh if item.effective_document else "生效法律文书"
    if code is None:
        yield Rule(pl.lit(True), "document_missing", None, limit=kind)
    else:
        blank = pl.col(code).is_null() | pl.col(code).is_in(["无", "空", "/", "-", "—", "暂无"])
        yield Rule(blank & _unread_is_blank(code), "document_missing", code, context.name(code), limit=kind)


def _unread_is_blank(code: str) -> pl.Expr:
    return pl.col(code).is_not_null() | ~_filled(code)


def _source_field(context: Context, ending: str) -> str | None:
    """The field that names the source unit (数据来源单位), or its code."""
    for field in context.edition.fields:
        if field.name.zh == "数据来源单位" + ending:
            return field.code
    return None


def source(context: Context) -> Iterator[Rule]:
    """Rows that name another source unit than the one that delivers them: warnings."""
    pairs = (
        ("", context.unit_name, "source_name_differs"),
        ("统一社会信用代码", context.unit_uscc, "source_code_differs"),
    )
    for ending, own, code in pairs:
        field = _source_field(context, ending)
        if field is not None and own:
            yield Rule(pl.col(field) != own, code, field, context.name(field), level="warning")


def edition(context: Context) -> Iterator[Rule]:
    """Decisions outside the time of the edition: a warning, the old form is still taken in."""
    decided, name = context.edition.decided, context.edition.name.zh
    day = pl.col(context.edition.decided_on)
    if decided.end is not None:
        yield Rule(day >= decided.end, "edition_out_of_date", context.edition.decided_on, limit=name, level="warning")
