"""The vectorised checks answer as their scalar twins do, garbage included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodfaith.subjects import numbers, vectors
from goodfaith.subjects import organisation_codes as codes
from goodfaith.subjects.notation import NumberProblem

from .strategies import GARBAGE, KNOWN, column, id_numbers, old_id_numbers, usccs

TODAY = dt.date(2026, 11, 20)
Values = list[str | None]


def code(found: NumberProblem | None) -> str | None:
    return found.code if found else None


def twin(
    values: Values,
    normalise: Callable[[str], str],
    check: Callable[[str], NumberProblem | None],
    warn: Callable[[str], NumberProblem | None] = lambda _: None,
) -> list[tuple[str | None, str | None, str | None]]:
    rows: list[tuple[str | None, str | None, str | None]] = []
    for value in values:
        if value is None:
            rows.append((None, None, None))
            continue
        wrong = code(check(value))
        rows.append((normalise(value), wrong, None if wrong else code(warn(normalise(value)))))
    return rows


def text(values: Values) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


@settings(max_examples=300)
@given(column(st.one_of(id_numbers(), old_id_numbers())))
def test_id_numbers(values: Values) -> None:
    frame = vectors.check_id_numbers(text(values), today=TODAY)
    wanted = twin(
        values, numbers.normalise_id_number, lambda v: numbers.check_id_number(v, today=TODAY), numbers.area_warning
    )
    assert frame.rows() == wanted


@settings(max_examples=300)
@given(column(usccs()))
def test_usccs(values: Values) -> None:
    wanted = twin(values, codes.normalise_code, codes.check_uscc, codes.uscc_warning)
    assert vectors.check_usccs(text(values)).rows() == wanted


ORG_CODES = usccs().map(codes.organisation_code_of)
REGISTRATION = st.from_regex(r"[0-9]{14}", fullmatch=True).map(lambda n: n + codes.registration_check_digit(n))
TAX = st.one_of(old_id_numbers(), id_numbers().map(lambda n: n + "01"), usccs(), ORG_CODES.map("530502".__add__))


@given(column(ORG_CODES))
def test_organisation_codes(values: Values) -> None:
    wanted = twin(values, codes.normalise_code, codes.check_organisation_code)
    assert vectors.check_organisation_codes(text(values)).rows() == wanted


@given(column(REGISTRATION))
def test_registration_nos(values: Values) -> None:
    wanted = twin(values, codes.normalise_code, codes.check_registration_no, codes.registration_warning)
    assert vectors.check_registration_nos(text(values)).rows() == wanted


@given(column(TAX))
def test_tax_nos(values: Values) -> None:
    frame = vectors.check_tax_nos(text(values))
    assert frame.rows() == twin(values, codes.normalise_code, codes.check_tax_no)
    held = vectors.hold_person_numbers(frame["value"])
    assert held.tolist() == [v is not None and codes.holds_person_number(v) for v in frame["value"]]


@given(column(st.text(KNOWN, min_size=1, max_size=60)))
def test_certificates(values: Values) -> None:
    wanted = twin(values, codes.normalise_code, codes.check_certificate_no)
    assert vectors.check_certificate_nos(text(values)).rows() == wanted


@pytest.mark.parametrize("kind", numbers.DOCUMENT_KINDS)
@given(values=column(st.one_of(id_numbers(), st.from_regex(r"[A-Z][0-9]{8}", fullmatch=True))))
@settings(max_examples=50)
def test_documents(kind: str, values: Values) -> None:
    frame = vectors.check_documents(kind, text(values), today=TODAY)
    wanted = twin(
        values, lambda v: numbers.normalise_document(kind, v), lambda v: numbers.check_document(kind, v, today=TODAY)
    )
    assert [row[:2] for row in frame.rows()] == [row[:2] for row in wanted]


@given(st.lists(st.tuples(id_numbers(), st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1))), min_size=1))
def test_ages(rows: list[tuple[str, dt.date]]) -> None:
    values, days = text([n for n, _ in rows]), pl.Series([d for _, d in rows], dtype=pl.Date)
    assert vectors.ages_on(values, days).to_list() == [numbers.age_on(n, d) for n, d in rows]


@given(st.lists(st.one_of(st.none(), usccs(), GARBAGE)))
def test_kinds(values: Values) -> None:
    wanted = [None if v is None else codes.organisation_kind(v) for v in values]
    assert vectors.organisation_kinds(text(values)).to_list() == wanted


def test_empty_columns() -> None:
    for check in (vectors.check_id_numbers, *vectors.CHECKS.values()):
        assert check(text([])).height == 0
        assert check(pl.Series([None, None], dtype=pl.Null)).rows() == [(None, None, None)] * 2
