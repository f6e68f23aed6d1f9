"""The invented city as a whole: its places, units, people and organisations, all from one seed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl
from django.conf import settings

from goodfaith.demo import organisations, people, units
from goodfaith.demo.numbers import Rng
from goodfaith.law.packs import Catalogue

SEED = 20_260_401
TWINS = 5


@dataclass(frozen=True)
class City:
    """``people`` and ``organisations`` as their modules describe them; ``unit_usccs`` by unit code."""

    name: str
    province: str
    area: str
    districts: dict[str, str]
    units: list[units.Plan]
    unit_usccs: dict[str, str]
    people: pl.DataFrame
    organisations: pl.DataFrame
    catalogue: Catalogue
    today: dt.date


def districts(catalogue: Catalogue, city_area: str, today: dt.date) -> dict[str, str]:
    """Code → name of the city's districts that are valid today, from the catalogue's areas."""
    found = {
        code: entry.name.zh
        for code in sorted(catalogue.areas)
        if code.startswith(city_area[:4]) and code != city_area and (entry := catalogue.area(code, today))
    }
    return found or {city_area: ""}


def generator(part: int) -> Rng:
    """The random numbers of one part of the city; the same in every run."""
    return np.random.default_rng([SEED, part])


def _twins(firms: pl.DataFrame) -> pl.DataFrame:
    """A few enterprises get the name of another: suspected duplicates for the review."""
    companies = firms["kind"].eq("enterprise").arg_true()
    pairs = min(TWINS, len(companies) // 20)
    first, last = companies.head(pairs), companies.tail(pairs)
    return firms.with_columns(firms["name"].scatter(last, firms["name"].gather(first)))


def build(catalogue: Catalogue, today: dt.date, people_count: int, organisation_count: int) -> City:
    """Make the city. Takes about a second for 100,000 of each."""
    name, area = str(settings.CITY["name_zh"]), str(settings.CITY["area_code"])
    places = districts(catalogue, area, today)
    planned = units.plans(name, places)
    inhabitants = people.people(generator(1), people_count, list(places))
    firms = organisations.organisations(generator(2), organisation_count, places, people_count, name, today)
    firms = _twins(firms)
    return City(
        name, str(settings.CITY["province_zh"]), area, places, planned, units.usccs(planned, area), inhabitants, firms,
        catalogue, today,
    )  # fmt: skip
