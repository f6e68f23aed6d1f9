"""Entries of code lists for each row: valid on the day, as frequent as in life."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from goodfaith.demo.texts import Column, Sheet, Writer
from goodfaith.demo.words.cases import OLD_KINDS
from goodfaith.law import schema

USUAL = (
    "有效",
    "正常",
    "存续",
    "公示",
    "全部履行",
    "正常参保",
    "人民币",
    "是",
    "市级",
    "施工单位",
    "普通",
    "企业或单位",
)
"""Entries by name that nine rows of ten have, where their list has one."""
USUAL_WEIGHT = 12.0
RARE = ("外文", "特别重大", "宣告无效", "无效", "撤销", "异议")
SEVERAL = 0.25
"""Of rows of a field that takes several codes: how many have two."""


def _weights(entries: list[schema.CodeEntry]) -> list[float]:
    names = [entry.name.zh for entry in entries]
    return [USUAL_WEIGHT if n in USUAL or n.startswith("普通") else 0.2 if n in RARE else 1.0 for n in names]


def _bounds(entries: tuple[schema.CodeEntry, ...]) -> list[dt.date]:
    ends = {day for entry in entries for day in (entry.valid.start, entry.valid.end) if day}
    return sorted(ends)


def _drawn(sheet: Sheet, code_list: schema.CodeList) -> pl.Series:
    """An entry for each row that was valid on the day of the decision."""
    days = sheet.frame["decided"].cast(pl.Int32).to_numpy()
    epoch = dt.date(1970, 1, 1)
    edges = [(day - epoch).days for day in _bounds(code_list.entries)]
    bins = np.searchsorted(edges, days, side="right")
    found = np.empty(len(days), dtype=object)
    for number in np.unique(bins):
        rows = np.flatnonzero(bins == number)
        day = epoch + dt.timedelta(days=int(days[rows[0]]))
        valid = [e for e in code_list.entries if e.valid.holds(day)] or list(code_list.entries)
        weights = np.asarray(_weights(valid))
        pool = np.array([e.code for e in valid], dtype=object)
        found[rows] = pool[sheet.rng.choice(len(valid), len(rows), p=weights / weights.sum())]
    return pl.Series(found.tolist(), dtype=pl.String)


def _penalty_kinds(sheet: Sheet, field: schema.ItemField) -> Column:
    """The kinds of the case; in the old form one in the first field and the rest in the second."""
    if field.code_list != "penalty_kind_pre2018":
        return pl.col("kinds")
    old = pl.col("kinds").str.split(";").list.eval(pl.element().replace(OLD_KINDS)).list.unique(maintain_order=True)
    return old.list.slice(1).list.join(";").replace("", None) if field.multiple else old.list.first()


def _valid(code_list: schema.CodeList) -> tuple[dict[str, dt.date], dict[str, dt.date]]:
    """First day and first day after, by code."""
    starts = {e.code: e.valid.start or dt.date.min for e in code_list.entries}
    return starts, {e.code: e.valid.end or dt.date.max for e in code_list.entries}


def _occupation(sheet: Sheet, field: schema.ItemField) -> Column:
    """An occupation that the unit is the authority of, if there was such a one on the day."""
    code_list = sheet.city.catalogue.code_lists[str(field.code_list)]
    starts, ends = _valid(code_list)
    drawn = pl.lit(_drawn(sheet, code_list))
    for unit, pool in OCCUPATIONS.items():
        own = sheet.pick(pool)
        start = pl.lit(own.replace_strict(starts, default=dt.date.max, return_dtype=pl.Date))
        end = pl.lit(own.replace_strict(ends, default=dt.date.min, return_dtype=pl.Date))
        fits = (pl.col("unit_code") == unit) & (pl.col("decided") >= start) & (pl.col("decided") < end)
        drawn = pl.when(fits).then(pl.lit(own)).otherwise(drawn)
    return drawn


def _subject_type(sheet: Sheet, field: schema.ItemField) -> Column:
    business = pl.when(pl.col("kind") == "individual_business").then(pl.lit("个体工商户"))
    return pl.when(pl.col("person")).then(pl.lit("自然人")).otherwise(business.otherwise(pl.lit("法人及非法人组织")))


def _taxpayer(sheet: Sheet, field: schema.ItemField) -> Column:
    business = pl.col("kind") == "individual_business"
    return pl.when(business).then(pl.lit("个体工商户")).otherwise(pl.lit("企业或单位"))


OCCUPATIONS = {
    "justice": ("律师", "律师", "基层法律服务工作者", "公证员", "司法鉴定人"),
    "health": ("医师", "护士", "护士"),
    "education": ("教师",),
    "finance": ("注册会计师", "会计专业技术资格", "资产评估师"),
    "tax": ("税务师",),
    "market_regulation": ("执业药师",),
    "housing": ("房地产估价师", "房地产经纪专业人员", "项目经理"),
    "natural_resources": ("房地产估价师",),
    "culture_tourism": ("导游",),
    "statistics": ("统计专业技术资格",),
    "audit": ("审计专业技术资格",),
    "fire": ("注册消防工程师",),
    "lawyers_association": ("律师",),
    "accountants_association": ("注册会计师",),
}  # fmt: skip
"""The occupations that a unit is the authority of."""

SPECIAL: dict[str, Writer] = {
    "occupation": _occupation,
    "penalty_kind_law2021": _penalty_kinds,
    "penalty_kind_pre2018": _penalty_kinds,
    "subject_type": _subject_type,
    "taxpayer_kind": _taxpayer,
    "id_type": lambda sheet, field: pl.lit("01"),
    "currency": lambda sheet, field: pl.lit("CNY"),
    "registration_status": lambda sheet, field: pl.col("status"),
}


def column(sheet: Sheet, field: schema.ItemField) -> Column:
    """The codes of one field."""
    code = str(field.code_list)
    if code in SPECIAL:
        return SPECIAL[code](sheet, field)
    code_list = sheet.city.catalogue.code_lists[code]
    first = _drawn(sheet, code_list)
    if not field.multiple:
        return first
    second = pl.lit(_drawn(sheet, code_list))
    two = pl.lit(pl.Series(sheet.rng.random(len(first)) < SEVERAL)) & (second != pl.lit(first))
    return pl.when(two).then(pl.concat_str(pl.lit(first), second, separator=";")).otherwise(pl.lit(first))
