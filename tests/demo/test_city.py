"""The city is invented, the same every time, and every item has a unit that reports it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest

from goodfaith.common import clock
from goodfaith.demo import city as cities
from goodfaith.demo import own, people, plan, units
from goodfaith.demo.city import City
from goodfaith.law.packs import Catalogue
from goodfaith.subjects import numbers


def test_names_are_of_the_invented_places(city: City) -> None:
    places = (city.name, *city.districts.values())
    assert all(name.startswith(places) for name in city.organisations["name"])
    assert all(unit.name.startswith(city.name) for unit in city.units)


def test_same_city_every_time(catalogue: Catalogue) -> None:
    one, two = (cities.build(catalogue, dt.date(2026, 11, 1), 300, 250) for _ in range(2))
    assert one.people.equals(two.people)
    assert one.organisations.equals(two.organisations)


def test_every_item_has_a_unit(city: City) -> None:
    for item in city.catalogue.items.values():
        found = units.reporters(city.units, item)
        assert found and len(found) == len({unit.code for unit in found}), item.code


def test_fifty_units_with_names_of_their_own(city: City) -> None:
    assert len(city.units) >= 50
    assert len({unit.name for unit in city.units}) == len({unit.code for unit in city.units}) == len(city.units)


def test_nobody_is_a_child_in_the_years_of_the_records(city: City) -> None:
    first = plan.FIRST_MONTH - dt.timedelta(days=120)
    assert people.YOUNGEST.replace(year=people.YOUNGEST.year + 18) <= first
    assert all(numbers.age_on(number, first) >= 18 for number in city.people["id_number"])


def test_some_names_have_a_dot_and_some_numbers_are_old() -> None:
    made = people.people(cities.generator(77), 20_000, ["990101"])
    assert made["name"].str.contains("·").any()
    assert made["as_filed"].str.len_chars().eq(15).any()
    assert made["name"].str.starts_with("欧阳").any()


def test_most_have_few_records_and_few_have_many() -> None:
    drawn = plan.skewed(cities.generator(78), 10_000, 20_000)
    counts = sorted((drawn == index).sum() for index in range(0, 10_000, 50))
    assert counts[0] == 0 and counts[len(counts) // 2] <= 2
    assert np.bincount(drawn).max() > 30


@pytest.mark.parametrize("day", [dt.date(2024, 2, 8), dt.date(2024, 2, 18), dt.date(2025, 10, 9), dt.date(2023, 5, 6)])
def test_working_days_are_those_of_the_clock(day: dt.date) -> None:
    start = [day - dt.timedelta(days=n) for n in range(40)]
    counted = plan.working_days(pl.Series(start), pl.Series([day] * 40), clock.today())
    assert counted.tolist() == [clock.working_days_between(one, day) for one in start]


def test_own_files_name_units_and_items_that_exist(city: City) -> None:
    codes = {unit.code for unit in city.units}
    for one in (*own.OF_CITIZEN, *own.OF_ENTERPRISE):
        assert one.item in city.catalogue.items
        assert one.unit in codes
    assert len(own.OF_ENTERPRISE) >= 20
