"""Every row that is made for any item in any of its editions passes every check of intake."""

from __future__ import annotations

import datetime as dt
import itertools

import polars as pl
import pytest
from django.conf import settings

from goodfaith.demo import plan, rows, subjects, units
from goodfaith.demo.city import City, generator
from goodfaith.demo.words import cases
from goodfaith.intake.checks import Context, check_batch
from goodfaith.intake.values import yuan_in_text
from goodfaith.law import packs

ITEMS = sorted(packs.read(settings.PACKS_DIR).items)
CHANGES = [dt.date(2014, 1, 1), dt.date(2018, 7, 25), dt.date(2023, 5, 1), dt.date(2026, 4, 1), dt.date(2099, 1, 1)]
EXPECTED_WARNINGS = {"id_area_unknown", "edition_out_of_date", "amount_large"}
"""Area 99 is nobody's; a late report may come after its form has ended; some amounts are large."""


def _base(city: City, code: str, count: int) -> pl.DataFrame:
    item, rng = city.catalogue.items[code], generator(500)
    if code == plan.REGISTRATION:
        from goodfaith.demo import registrations

        return registrations.rows(city).with_row_index("serial", offset=1)
    chosen = units.reporters(city.units, item)
    found = plan.rows_of(rng, item, plan.slots(rng, item, chosen, count, city.today), count)
    places = pl.Series([city.units.index(unit) for unit in chosen], dtype=pl.Int64)
    found = found.with_columns(places.gather(found["unit"]).alias("unit"))
    return subjects.assign(rng, city, item, found).with_row_index("serial", offset=1)


@pytest.mark.parametrize("code", ITEMS)
def test_every_row_passes_the_checks(city: City, code: str) -> None:
    item, base = city.catalogue.items[code], _base(city, code, 800)
    editions = plan.editions(item, base["decided"])
    for edition in item.editions:
        mine = base.filter(editions == edition.code)
        if mine.is_empty():
            continue
        frame = rows.make(generator(501), city, item, edition, mine)
        checked = check_batch(frame, Context(item, edition, city.catalogue, city.today))
        told = checked.findings.filter(pl.col("level") == "refused").select("field", "code", "value").unique().rows()
        assert not told, (code, edition.code, told[:5])
        assert checked.good.height == mine.height
        assert set(checked.findings["code"]) <= EXPECTED_WARNINGS, (code, edition.code)
        assert checked.good["__person"].to_list() == mine["person"].to_list()


@pytest.mark.parametrize("code", [c for c in ITEMS if c != plan.REGISTRATION])
def test_decided_before_reported_and_not_in_the_future(city: City, code: str) -> None:
    base = _base(city, code, 300)
    assert (base["decided"] <= base["report_on"]).all()
    assert base["report_on"].max() <= city.today  # type: ignore[operator]


def test_both_editions_and_all_rule_changes_are_met(city: City) -> None:
    base = _base(city, "licensing.administrative_penalty", 3_000)
    editions = plan.editions(city.catalogue.items["licensing.administrative_penalty"], base["decided"])
    assert set(editions) == {"v2018", "pre2018"}
    days = base["decided"]
    for first, last in itertools.pairwise(CHANGES):
        assert ((days >= first) & (days < last)).any(), first


def test_licences_fit_their_holders(city: City) -> None:
    """No organisation has a driver's licence, and nobody's person a permit to build."""
    item = city.catalogue.items["licensing.administrative_licence"]
    base = _base(city, item.code, 2_000)
    frame = rows.make(generator(502), city, item, item.editions[0], base)
    every = [one for pool in (*cases.LICENCES.values(), cases.OTHER_LICENCES) for one in pool]
    for person, whom in ((True, "organisation"), (False, "person")):
        names = set(frame.filter(pl.col("person") == person)["XK_XKZS"].drop_nulls())
        assert names and not names & {one.name for one in every if one.whom == whom}


def test_fines_in_the_text_are_the_fines_in_the_cell(city: City) -> None:
    item = city.catalogue.items["licensing.administrative_penalty"]
    frame = rows.make(generator(503), city, item, item.editions[0], _base(city, item.code, 500))
    fined = frame.filter(pl.col("CF_NR_FK").is_not_null())
    assert fined.height > 100
    for text, amount in fined.select("CF_NR", "CF_NR_FK").rows():
        assert round(float(amount) * 10_000) in [int(yuan) for yuan in yuan_in_text(text)]
