"""Whom the rows of an item are about, and what is known of them: the columns that values are made from."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.demo.city import City
from goodfaith.demo.numbers import Rng
from goodfaith.demo.plan import FEW_PEOPLE, PEOPLE_SHARE, skewed
from goodfaith.law import schema

Index = npt.NDArray[np.int64]
BUSINESS = ("enterprise", "individual_business", "cooperative")
BY_ITEM: dict[str, tuple[str, tuple[str, ...]]] = {
    "construction": ("group", ("construction",)),
    "work_safety.production_permit": ("group", ("construction", "chemical")),
    "work_safety": ("group", ("construction", "chemical", "manufacture", "energy")),
    "tax": ("kind", ("enterprise", "individual_business")),
    "market": ("kind", BUSINESS),
}
"""Item or sector → the organisations it can be about."""
OF_ORGANISATIONS = (
    "kind", "type", "uscc", "registration_no", "organisation_code", "tax_no", "institution_no", "social_no", "district",
    "address", "established", "status", "capital", "group", "scope", "industry",
)  # fmt: skip


def candidates(city: City, item: schema.Item) -> Index:
    """Indexes of the organisations that ``item`` can be about."""
    rule = BY_ITEM.get(item.code) or BY_ITEM.get(item.sector)
    if rule is None:
        return np.arange(city.organisations.height)
    column, values = rule
    found: Index = city.organisations[column].is_in(list(values)).arg_true().to_numpy().astype(np.int64)
    return found


def choose_organisations(rng: Rng, city: City, item: schema.Item, decided: pl.Series) -> Index:
    """An organisation for each row, which was there on the day; few have many rows."""
    pool = candidates(city, item)
    born = city.organisations["established"].cast(pl.Int32).to_numpy()
    days = decided.cast(pl.Int32).to_numpy()
    chosen = pool[skewed(rng, len(pool), len(days))]
    for _ in range(4):
        early = np.flatnonzero(born[chosen] > days)
        chosen[early] = pool[skewed(rng, len(pool), len(early))]
    early = np.flatnonzero(born[chosen] > days)
    oldest = pool[np.argsort(born[pool], kind="stable")]
    there = np.maximum(np.searchsorted(born[oldest], days[early], side="right"), 1)
    chosen[early] = oldest[(rng.random(len(early)) * there).astype(np.int64)]
    return chosen


def _are_people(rng: Rng, item: schema.Item, count: int) -> npt.NDArray[np.bool_]:
    if "organisation" not in item.subjects:
        return np.ones(count, dtype=np.bool_)
    share = PEOPLE_SHARE.get(item.code, FEW_PEOPLE) if "person" in item.subjects else 0.0
    chosen: npt.NDArray[np.bool_] = rng.random(count) < share
    return chosen


def assign(rng: Rng, city: City, item: schema.Item, rows: pl.DataFrame) -> pl.DataFrame:
    """``rows`` with ``person`` and ``subject`` (index among people or organisations)."""
    person = _are_people(rng, item, rows.height)
    subject = np.empty(rows.height, dtype=np.int64)
    subject[person] = skewed(rng, city.people.height, int(person.sum()))
    firm_days = rows["decided"].filter(pl.Series(~person))
    if len(firm_days):
        subject[~person] = choose_organisations(rng, city, item, firm_days)
    return rows.with_columns(pl.Series("person", person), pl.Series("subject", subject))


def _gather(frame: pl.DataFrame, columns: list[str], index: Index) -> pl.DataFrame:
    return frame.select(columns)[index.astype(np.uint32)]


def described(rng: Rng, city: City, rows: pl.DataFrame) -> pl.DataFrame:
    """``rows`` with everything about their subjects, units and an employer; see the columns below."""
    person, subject = rows["person"], rows["subject"].to_numpy()
    firm = np.where(person.to_numpy(), 0, subject)
    human = np.where(person.to_numpy(), subject, 0)
    firms = _gather(city.organisations, ["name", "area", "person", *OF_ORGANISATIONS], firm)
    humans = _gather(city.people, ["name", "as_filed", "area"], human)
    head = _gather(city.people, ["name", "id_number"], firms["person"].to_numpy())
    job = _gather(city.organisations, ["name", "uscc"], rng.integers(0, city.organisations.height, rows.height))
    units = city.units
    at = rows["unit"]
    is_person = pl.lit(person)
    return rows.with_columns(
        pl.select(pl.when(is_person).then(pl.lit(humans["name"])).otherwise(pl.lit(firms["name"])))
        .to_series()
        .alias("name"),
        pl.select(pl.when(is_person).then(pl.lit(humans["area"])).otherwise(pl.lit(firms["area"])))
        .to_series()
        .alias("area"),
        humans["as_filed"].alias("id_number"),
        head["name"].alias("head"),
        head["id_number"].alias("head_number"),
        job["name"].alias("employer"),
        job["uscc"].alias("employer_uscc"),
        pl.Series([u.name for u in units]).gather(at).alias("unit_name"),
        pl.Series([u.code for u in units]).gather(at).alias("unit_code"),
        pl.Series([u.mark or u.short[1:3] for u in units]).gather(at).alias("mark"),
        pl.Series([city.unit_usccs[u.code] for u in units]).gather(at).alias("unit_uscc"),
        *(firms[column] for column in OF_ORGANISATIONS),
    )
