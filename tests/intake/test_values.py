"""Cells against naive twins, and the documents against the code."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common import clock
from goodfaith.intake import messages, values
from goodfaith.intake.checks.amounts import verdict
from goodfaith.intake.checks.parsed import Parsed, by_distinct, by_unique
from goodfaith.intake.rules import WorkingDays
from goodfaith.subjects.notation import MESSAGES as OF_NUMBERS
from goodfaith.subjects.rules import CONFLICTS

DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1))
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
FORMS = [
    lambda d: d.isoformat(),
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: str((d - dt.date(1899, 12, 30)).days),
    lambda d: f"{d:%Y-%m-%d} 08:30:00",
    lambda d: d.isoformat().translate(FULL),
]


@given(DAYS, st.sampled_from(FORMS))
def test_every_form_of_a_date_is_that_date(day: dt.date, form: object) -> None:
    assert values.read_date(form(day)) == (day, None)  # type: ignore[operator]


@given(st.text(max_size=12))
def test_no_text_breaks_the_readers(text: str) -> None:
    for read in (values.read_date, values.read_decimal, values.read_integer, values.read_year):
        value, problem = read(text)
        assert (value is None) == (problem is not None)
    values.yuan_in_text(text)


@given(st.decimals(0, 10**12, places=6, allow_nan=False))
def test_amounts_keep_their_value(amount: Decimal) -> None:
    plain, problem = values.read_decimal(f"{amount:,}", scale=6)
    assert problem is None and plain is not None and Decimal(plain) == amount
    assert "E" not in plain and not (("." in plain) and plain.endswith("0"))


@given(st.integers(1, 10**7))
def test_an_amount_in_yuan_beside_its_own_words_is_never_taken(yuan: int) -> None:
    if yuan >= 10:
        assert verdict(str(yuan), str(yuan), f"处罚款{yuan}元") == "amount_unit"
    assert verdict(str(yuan), str(yuan), f"处罚款{yuan}万元") is None


def test_header_units_count_as_written() -> None:
    assert values.read_decimal("50000", unit="万元", header="元") == (None, "amount_unit")
    assert values.read_decimal("5万元", unit="万元", header="元") == ("5", None)
    assert values.read_decimal("0", unit="万元", header="元") == ("0", None)


@given(DAYS.filter(lambda day: day.year > 2003), st.lists(st.integers(-20, 900), min_size=1, max_size=20))
def test_working_days_agree_with_the_clock(report: dt.date, ages: list[int]) -> None:
    days = [report - dt.timedelta(days=age) for age in ages]
    counted = WorkingDays(report).between(pl.Series(days))
    assert counted.tolist() == [clock.working_days_between(day, report) for day in days]


@given(st.lists(st.one_of(st.none(), st.sampled_from("abc")), min_size=1, max_size=30))
def test_reading_distinct_values_is_reading_all(cells: list[str | None]) -> None:
    def read(text: str) -> tuple[str | None, str | None]:
        return (text.upper(), None) if text != "b" else (None, "bad")

    def read_all(column: pl.Series) -> Parsed:
        answers = [read(cell) if cell else (None, None) for cell in column]
        kinds = [pl.Series([a[n] for a in answers], dtype=pl.String) for n in range(2)]
        return Parsed(kinds[0], kinds[1], None)

    series = pl.Series(cells, dtype=pl.String)
    whole, unique, distinct = read_all(series), by_unique(series, read), by_distinct(series, read_all)
    for other in (unique, distinct):
        assert other.values.to_list() == whole.values.to_list()
        assert other.problems.to_list() == whole.problems.to_list()


def test_the_guide_names_every_code() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "intake.md").read_text()
    codes = {*messages.MESSAGES, *OF_NUMBERS, *CONFLICTS} - {"preview"}
    assert [code for code in sorted(codes) if f"`{code}`" not in guide] == []
