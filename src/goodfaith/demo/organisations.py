"""Invented organisations of every kind, with their numbers, trades and addresses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from goodfaith.demo import numbers
from goodfaith.demo.numbers import Rng, pick
from goodfaith.demo.words import organisations as words


@dataclass(frozen=True)
class Kind:
    """A kind of organisation: how many of a hundred, prefix of its credit code, type as registered."""

    code: str
    share: float
    prefix: str
    types: tuple[str, ...]


KINDS = (
    Kind(
        "enterprise",
        50,
        "91",
        (
            "有限责任公司(自然人投资或控股)",
            "有限责任公司(自然人独资)",
            "有限责任公司(法人独资)",
            "股份有限公司(非上市)",
            "个人独资企业",
        ),
    ),
    Kind("individual_business", 40, "92", ("个体工商户",)),
    Kind("cooperative", 4, "93", ("农民专业合作社",)),
    Kind("social_organisation", 3.5, "51", ("社会团体", "民办非企业单位")),
    Kind("public_institution", 2, "12", ("事业单位",)),
    Kind("public_body", 0.5, "11", ("机关",)),
)
STATUSES = {"存续": 90, "注销": 6, "吊销": 2.5, "停业": 1, "迁出": 0.5}
FIRST_DAY = dt.date(1996, 1, 1)
NEW_CODES = dt.date(2015, 10, 1)
"""Since then organisations get one credit code; older ones still have their earlier numbers."""


def _brands(rng: Rng, count: int) -> pl.Series:
    parts = [pick(rng, list(words.BRAND), count) for _ in range(3)]
    long = pl.Series(rng.random(count) < 0.45)
    third = pl.when(pl.lit(long)).then(pl.lit(parts[2])).otherwise(pl.lit(""))
    return pl.select(pl.concat_str(pl.lit(parts[0]), pl.lit(parts[1]), third).alias("brand")).to_series()


def _trades(rng: Rng, count: int) -> tuple[pl.Series, pl.Series]:
    """(trade group, trade) of enterprises."""
    pairs = [
        (group, trade, words.TRADE_WEIGHTS[group] / len(trades))
        for group, trades in words.TRADES.items()
        for trade in trades
    ]
    weights = np.array([weight for _, _, weight in pairs])
    index = rng.choice(len(pairs), count, p=weights / weights.sum()).astype(np.uint32)
    return pl.Series([p[0] for p in pairs]).gather(index), pl.Series([p[1] for p in pairs]).gather(index)


def _enterprises(rng: Rng, frame: pl.DataFrame, city: str) -> pl.DataFrame:
    count = frame.height
    group, trade = _trades(rng, count)
    form = pl.when(pl.col("type").str.starts_with("股份")).then(pl.lit("股份有限公司"))
    ending = form.when(pl.col("type") == "个人独资企业").then(pl.lit("厂")).otherwise(pl.lit("有限公司"))
    name = pl.concat_str(pl.lit(city), _brands(rng, count), trade, ending)
    return frame.with_columns(group.alias("group"), name.alias("name"))


def _shops(rng: Rng, frame: pl.DataFrame, city: str) -> pl.DataFrame:
    index = rng.integers(0, len(words.SHOPS), frame.height).astype(np.uint32)
    shop, group = pl.Series(words.SHOPS).gather(index), pl.Series(words.SHOP_TRADES).gather(index)
    name = pl.concat_str(pl.col("district"), _brands(rng, frame.height), shop)
    return frame.with_columns(group.alias("group"), name.alias("name"))


def _cooperatives(rng: Rng, frame: pl.DataFrame, city: str) -> pl.DataFrame:
    farm = pick(rng, words.FARMS, frame.height)
    name = pl.concat_str(pl.lit(city), pl.col("district"), _brands(rng, frame.height), farm, pl.lit("专业合作社"))
    return frame.with_columns(pl.lit("farm").alias("group"), name.alias("name"))


def _social(rng: Rng, frame: pl.DataFrame, city: str) -> pl.DataFrame:
    kind = pick(rng, words.ASSOCIATIONS, frame.height)
    name = pl.concat_str(pl.lit(city), pl.col("district"), _brands(rng, frame.height), kind)
    return frame.with_columns(pl.lit("social").alias("group"), name.alias("name"))


def _institutions(rng: Rng, frame: pl.DataFrame, city: str) -> pl.DataFrame:
    kind = pick(rng, words.INSTITUTIONS, frame.height)
    number = pl.Series(np.arange(1, frame.height + 1)).cast(pl.String)
    label = pl.select(pl.lit(kind).str.replace("{n}", pl.lit(number), literal=True)).to_series()
    name = pl.concat_str(pl.lit(city), pl.col("district"), label)
    return frame.with_columns(pl.lit("public").alias("group"), name.alias("name"))


def _bodies(rng: Rng, frame: pl.DataFrame, city: str) -> pl.DataFrame:
    label = pick(rng, words.BODIES, frame.height)
    town = pl.Series(words.TOWNS).gather((np.arange(frame.height) % len(words.TOWNS)).astype(np.uint32))
    round_ = pl.Series(np.arange(frame.height) // len(words.TOWNS))
    more = pl.when(pl.lit(round_) == 0).then(pl.lit("")).otherwise(pl.lit(round_).cast(pl.String) + "号片区")
    full = pl.select(pl.lit(label).str.replace("{s}", pl.lit(town), literal=True) + more).to_series()
    name = pl.concat_str(pl.lit(city), pl.col("district"), full)
    return frame.with_columns(pl.lit("public").alias("group"), name.alias("name"))


NAMED = {
    "enterprise": _enterprises,
    "individual_business": _shops,
    "cooperative": _cooperatives,
    "social_organisation": _social,
    "public_institution": _institutions,
    "public_body": _bodies,
}


def _common(rng: Rng, kind: Kind, count: int, areas: dict[str, str], people: int, today: dt.date) -> pl.DataFrame:
    """What organisations of all kinds have: place, day, status, type, representative."""
    area = pick(rng, list(areas), count)
    last = today - dt.timedelta(days=20)
    age = np.minimum(rng.exponential(0.28, count), 1.0) * (last - FIRST_DAY).days  # most are young
    days = pl.Series(age.astype(np.int64))
    established = pl.select(pl.lit(last) - pl.duration(days=pl.lit(days))).to_series()
    street, number = pick(rng, words.STREETS, count), pl.Series(rng.integers(1, 399, count)).cast(pl.String)
    room = pl.Series(rng.integers(101, 2409, count)).cast(pl.String)
    district = area.replace_strict(areas, return_dtype=pl.String)
    return pl.DataFrame(
        {
            "kind": pl.Series([kind.code]).new_from_index(0, count),
            "prefix": pl.Series([kind.prefix]).new_from_index(0, count),
            "type": pick(rng, kind.types, count),
            "area": area,
            "district": district,
            "established": established,
            "status": pick(rng, list(STATUSES), count, list(STATUSES.values())),
            "street": street + number + "号" + room + "室",
            "person": pl.Series((rng.random(count) ** 1.3 * people).astype(np.uint32)),
            "capital": pl.Series(np.maximum(np.round(rng.lognormal(4.6, 1.5, count) / 10) * 10, 1))
            .cast(pl.Int64)
            .cast(pl.String),
        }
    )


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """Credit codes for all; earlier numbers for those that were there before credit codes."""
    serial = np.arange(1, frame.height + 1, dtype=np.int64)
    uscc = numbers.usccs(frame["prefix"], frame["area"], serial)
    old = (pl.col("established") < NEW_CODES) & (pl.int_range(pl.len()) % 3 != 0)
    business = pl.col("kind").is_in(["enterprise", "individual_business", "cooperative"])
    serial_text = pl.Series(serial).cast(pl.String).str.zfill(6)
    return frame.with_columns(
        uscc.alias("uscc"),
        pl.when(old & business).then(numbers.registration_numbers(frame["area"], serial)).alias("registration_no"),
        pl.when(old).then(uscc.str.slice(8, 9)).alias("organisation_code"),
        pl.when(old & business).then(pl.col("area") + uscc.str.slice(8, 9)).alias("tax_no"),
        pl.when(pl.col("kind") == "public_institution")
        .then(pl.lit("事证第9") + serial_text + "号")
        .alias("institution_no"),
        pl.when(pl.col("kind") == "social_organisation")
        .then(pl.lit("示社证字第") + serial_text + "号")
        .alias("social_no"),
    )


def organisations(rng: Rng, count: int, areas: dict[str, str], people: int, city: str, today: dt.date) -> pl.DataFrame:
    """``count`` organisations. ``areas``: code → name of the districts; ``people``: how many representatives there are.

    Columns: name, kind, type, uscc, registration_no, organisation_code, tax_no, institution_no, social_no, area,
    district, address, established, status, person (index of the representative), capital, group, scope, industry.
    """
    shares = np.array([kind.share for kind in KINDS])
    counts = np.maximum((shares / shares.sum() * count).astype(int), 1)
    counts[0] += count - counts.sum()
    parts = []
    for kind, size in zip(KINDS, counts, strict=True):
        common = _common(rng, kind, int(size), areas, people, today)
        parts.append(NAMED[kind.code](rng, common, city))
    frame = pl.concat(parts, how="diagonal")
    frame = frame[rng.permutation(frame.height).astype(np.uint32)]
    address = pl.concat_str(pl.lit(city), pl.col("district"), pl.col("street"))
    return _numbers(frame).with_columns(
        address.alias("address"),
        pl.col("group").replace_strict(words.SCOPES, return_dtype=pl.String).alias("scope"),
        pl.col("group").replace_strict(words.INDUSTRY, return_dtype=pl.String).alias("industry"),
    )
