"""The files of the two that log in for the demo: a citizen and an enterprise with a little of everything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from goodfaith.demo.city import City

CITIZEN = 0
"""Index of the citizen among the people."""


@dataclass(frozen=True)
class Own:
    """A record of one's own: item, unit that reports it, day of the decision, kinds of penalty if it is one."""

    item: str
    unit: str
    decided: dt.date
    wanted: str | None = None


def _d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


LICENCE, PENALTY = "licensing.administrative_licence", "licensing.administrative_penalty"
OF_CITIZEN = (
    Own(LICENCE, "transport", _d("2017-05-16")),
    Own(LICENCE, "public_security", _d("2021-03-09")),
    Own(LICENCE, "transport", _d("2023-05-12")),
    Own(LICENCE, "city_management", _d("2026-06-03")),
    Own(PENALTY, "transport", _d("2025-08-14"), "罚款"),
    Own(PENALTY, "public_security", _d("2026-05-20"), "警告"),
    Own("honours.honour", "youth", _d("2024-12-05")),
    Own("commitments.commitment", "transport", _d("2025-11-18")),
    Own("courts.judgment_defaulter", "court", _d("2019-04-11")),
    Own("professions.qualification", "housing", _d("2020-07-21")),
    Own("construction.registered_constructor", "housing", _d("2022-09-01")),
)
OF_ENTERPRISE = (
    Own(LICENCE, "housing", _d("2016-04-20")),
    Own(LICENCE, "housing", _d("2020-06-11")),
    Own(LICENCE, "housing", _d("2023-02-28")),
    Own(LICENCE, "natural_resources", _d("2024-09-10")),
    Own(LICENCE, "emergency", _d("2025-01-15")),
    Own(LICENCE, "ecology", _d("2025-06-30")),
    Own(LICENCE, "fire", _d("2026-03-25")),
    Own(LICENCE, "housing", _d("2026-08-19")),
    Own(PENALTY, "city_management", _d("2021-10-12"), "警告;罚款"),
    Own(PENALTY, "housing", _d("2024-11-06"), "罚款"),
    Own(PENALTY, "emergency", _d("2025-07-22"), "罚款"),
    Own(PENALTY, "ecology", _d("2026-05-13"), "罚款"),
    Own(PENALTY, "market_regulation", _d("2026-06-17"), "警告"),
    Own(PENALTY, "fire", _d("2026-07-08"), "责令停产停业;罚款"),
    Own("tax.grade_a", "tax", _d("2021-04-28")),
    Own("tax.grade_a", "tax", _d("2023-04-26")),
    Own("tax.grade_a", "tax", _d("2025-04-27")),
    Own("honours.honour", "market_regulation", _d("2022-12-20")),
    Own("honours.honour", "construction_association", _d("2025-03-14")),
    Own("commitments.commitment", "housing", _d("2024-05-08")),
    Own("commitments.commitment", "market_regulation", _d("2025-10-16")),
    Own("commitments.commitment", "credit_office", _d("2026-02-11")),
    Own("construction.enterprise_qualification", "housing", _d("2021-12-30")),
    Own("construction.enterprise_qualification", "housing", _d("2025-08-05")),
    Own("work_safety.production_permit", "housing", _d("2024-10-21")),
    Own("social_insurance.registration", "human_resources", _d("2014-09-15")),
    Own("market.abnormal_operation", "market_regulation", _d("2020-07-15")),
)


def enterprise(city: City) -> int:
    """Index of the enterprise: the first construction company that has been there since before 2014."""
    firms = city.organisations
    fits = (
        (firms["group"] == "construction") & (firms["kind"] == "enterprise") & (firms["status"] == "存续")
        & (firms["established"] < dt.date(2014, 1, 1))
    )  # fmt: skip
    return int(fits.arg_max() or 0)


def rows(city: City, item: str) -> pl.DataFrame:
    """The records of both in one item: ``unit``, ``decided``, ``report_on``, ``person``, ``subject``, ``wanted``."""
    numbers = {unit.code: n for n, unit in enumerate(city.units)}
    people = [(own, True, CITIZEN) for own in OF_CITIZEN if own.item == item]
    firms = [(own, False, enterprise(city)) for own in OF_ENTERPRISE if own.item == item]
    found = [
        (
            numbers[own.unit],
            own.decided,
            min(own.decided + dt.timedelta(days=5), city.today),
            person,
            subject,
            own.wanted,
        )
        for own, person, subject in people + firms
        if own.decided < city.today
    ]
    schema = {
        "unit": pl.Int64, "decided": pl.Date, "report_on": pl.Date, "person": pl.Boolean, "subject": pl.Int64,
        "wanted": pl.String,
    }  # fmt: skip
    return pl.DataFrame(found, schema=schema, orient="row")
