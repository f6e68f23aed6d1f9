"""The made-up numbers are right, and lie where no real one can."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.demo import numbers
from goodfaith.demo.city import City
from goodfaith.subjects import numbers as rules
from goodfaith.subjects import organisation_codes as codes

AREAS = st.sampled_from(["990101", "990181", "990200"])
SERIALS = st.integers(0, 999_999)


@given(AREAS, st.dates(dt.date(1900, 1, 1), dt.date(2020, 12, 31)), st.integers(0, 999))
def test_id_numbers_are_right(area: str, born: dt.date, sequence: int) -> None:
    made = numbers.id_numbers(pl.Series([area]), pl.Series([born]), np.array([sequence]))
    assert rules.check_id_number(made[0]) is None
    assert rules.birth_date(made[0]) == born


@given(AREAS, st.dates(dt.date(1900, 1, 1), dt.date(1999, 12, 31)), st.integers(0, 999))
def test_old_form_is_the_same_number(area: str, born: dt.date, sequence: int) -> None:
    made = numbers.id_numbers(pl.Series([area]), pl.Series([born]), np.array([sequence]))
    assert rules.normalise_id_number(numbers.old_form(made)[0]) == made[0]


@given(st.sampled_from(["91", "92", "11", "51"]), AREAS, SERIALS)
def test_usccs_are_right(prefix: str, area: str, serial: int) -> None:
    made = numbers.usccs(pl.Series([prefix]), pl.Series([area]), np.array([serial]))[0]
    assert codes.check_uscc(made) is None
    assert codes.uscc_warning(made) is None
    assert codes.check_organisation_code(made[8:17]) is None


@given(AREAS, SERIALS)
def test_registration_numbers_are_right(area: str, serial: int) -> None:
    made = numbers.registration_numbers(pl.Series([area]), np.array([serial]))[0]
    assert codes.check_registration_no(made) is None
    assert codes.registration_warning(made) is None


def test_everybody_lies_in_area_99(city: City) -> None:
    assert city.people["id_number"].str.starts_with("99").all()
    assert city.organisations["uscc"].str.slice(2, 2).eq("99").all()
    assert all(uscc[2:4] == "99" for uscc in city.unit_usccs.values())


def test_numbers_never_repeat(city: City) -> None:
    assert city.people["id_number"].is_unique().all()
    usccs = pl.concat([city.organisations["uscc"], pl.Series(list(city.unit_usccs.values()))])
    assert usccs.is_unique().all()


def test_every_number_of_the_city_is_right(city: City) -> None:
    assert all(rules.check_id_number(number) is None for number in city.people["as_filed"])
    for kind, check in codes.CHECKS.items():
        assert all(check(number) is None for number in city.organisations[kind].drop_nulls()), kind
    assert not any(codes.holds_person_number(number) for number in city.organisations["tax_no"].drop_nulls())
