"""Time limits: on a rule that exists, one answer for one day, and never laxer than the law above."""

from __future__ import annotations

from collections.abc import Iterator

from goodfaith.law.check_items import basis_in_force, basis_known
from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined
from goodfaith.law.procedures import STEPS, Limit

PLACED = {"province", "city"}
"""Levels whose rules hold in an area only."""


def check_limit(limit: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """All that makes a limit unusable."""
    yield from basis_known(limit, limit.value.basis, catalogue, "basis")
    yield from basis_in_force(limit, limit.value.basis, limit.value.in_force, catalogue, "basis")
    yield from _check_step(limit)
    yield from _check_area(limit)
    yield from _check_extension(limit)
    yield from _check_narrowing(limit, catalogue)
    yield from _check_alone(limit, catalogue)
    yield from _check_not_laxer(limit, catalogue)


def _check_step(limit: Defined) -> Iterator[Finding]:
    value: Limit = limit.value
    if value.step not in STEPS[value.procedure]:
        what = f"程序“{value.procedure}”没有“{value.step}”这一步。"
        yield limit.finding("step_mismatch", what, f"请选用：{'、'.join(STEPS[value.procedure])}。", "step")


def _check_area(limit: Defined) -> Iterator[Finding]:
    value: Limit = limit.value
    if value.level in PLACED and value.area is None:
        what = "省、市的期限没有写明适用的地域。"
        yield limit.finding("area_missing", what, "请写 area，如“41”（行政区划代码的前几位，加引号）。", "level")
    if value.level not in PLACED and value.area is not None:
        what = "全国适用的期限写了地域。"
        yield limit.finding("area_unused", what, "请删去 area，或把 level 改为 province、city。", "area")
    if value.level == "city" and value.area is not None and len(value.area) == 2:
        what = f"“{value.area}”是一个省，不是市。"
        yield limit.finding("area_mismatch", what, "请写市的代码（四位或六位），或把 level 改为 province。", "area")


def _check_extension(limit: Defined) -> Iterator[Finding]:
    value: Limit = limit.value
    extension = value.extension
    if extension is None:
        return
    if (extension.count is None) == (extension.total is None):
        what = "延长要写明延长几天（count）或者连同原期限最长几天（total），二者之一。"
        yield limit.finding("extension_shape", what, "请只写一项。", "extension")
    if extension.total is not None and extension.total <= value.count:
        what = f"延长后最长 {extension.total} 天，不比原来的 {value.count} 天长。"
        yield limit.finding("extension_too_short", what, "请改正 total。", "extension", "total")


def _check_narrowing(limit: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    for n, code in enumerate(limit.value.items):
        if code not in catalogue.items:
            yield limit.finding("item_unknown", f"没有目录条目“{code}”。", "请改正，或删去这一项。", "items", n)
    for n, code in enumerate(limit.value.sectors):
        if code not in catalogue.sectors:
            yield limit.finding("sector_unknown", f"没有行业领域“{code}”。", "请改正，或删去这一项。", "sectors", n)


def _same_step(one: Limit, other: Limit) -> bool:
    same = (one.procedure, one.step) == (other.procedure, other.step)
    return same and one.code != other.code and one.in_force.meets(other.in_force)


def _same_records(one: Limit, other: Limit) -> bool:
    """Whether both are narrowed alike, so that neither is the more special."""
    if bool(one.items) != bool(other.items) or bool(one.sectors) != bool(other.sectors):
        return False
    return not one.items + one.sectors or bool({*one.items, *one.sectors} & {*other.items, *other.sectors})


def _check_alone(limit: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Two limits of the same level and area for the same step and day would be two answers."""
    value: Limit = limit.value
    for other in catalogue.limits.values():
        here = (other.level, other.area) == (value.level, value.area)
        if here and _same_step(value, other) and _same_records(value, other):
            what = f"与期限“{other.code}”的级别、地域、步骤和日期重叠，同一天会有两种答案。"
            yield limit.finding("limits_overlap", what, "请写明各自的 in_force，或者合并。", "in_force")


def _check_not_laxer(limit: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """A city's own setting takes nothing of what a law or regulation above it gives (compared in the same unit)."""
    value: Limit = limit.value
    if value.level != "city" or value.area is None:
        return
    for other in catalogue.limits.values():
        above = other.level != "city" and value.area.startswith(other.area or "") and other.unit == value.unit
        if above and _same_step(value, other) and not other.items + other.sectors and value.count > other.count:
            what = f"本市自定 {value.count} 天，长于上位规定“{other.code}”的 {other.count} 天。"
            yield limit.finding("limit_laxer", what, "请改得不长于上位规定，或删去这一条。", "count")
