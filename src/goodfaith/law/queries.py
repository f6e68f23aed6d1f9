"""The catalogue as loaded in the database: the only way in which other rooms read the law."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Max
from pydantic import BaseModel

from goodfaith.common.problems import Problem
from goodfaith.law import models, schema
from goodfaith.law.limits import Chosen, Limits, nearest
from goodfaith.law.packs import Catalogue
from goodfaith.law.procedures import Procedure, Step
from goodfaith.law.terms import TermLaw

M = TypeVar("M", bound=BaseModel)


def catalogue() -> Catalogue:
    """All that is in force now. Kept in the process until packs are loaded again (one small query asks)."""
    return _catalogue(_newest_load())


def _newest_load() -> int:
    return models.PackLoad.objects.aggregate(newest=Max("id"))["newest"] or 0


@functools.lru_cache(maxsize=2)
def _catalogue(_: int) -> Catalogue:
    found = Catalogue()
    for kind, model, shape in PARTS:
        for row in model.objects.filter(withdrawn_at=None).order_by("code"):
            getattr(found, kind)[row.code] = shape.model_validate(row.definition)
            found.origins[kind, row.code] = row.pack
    found.packs.update(_packs())
    _add_areas(found)
    return found


PARTS: tuple[tuple[str, Any, Any], ...] = (
    ("sectors", models.Sector, schema.Sector),
    ("instruments", models.Instrument, schema.Instrument),
    ("code_lists", models.CodeList, schema.CodeList),
    ("repairs", models.Repair, schema.Repair),
    ("display_rules", models.DisplayRule, schema.DisplayRule),
    ("limits", models.Limit, schema.Limit),
    ("departments", models.Department, schema.Department),
    ("assessments", models.Assessment, schema.Assessment),
    ("campaigns", models.Campaign, schema.Campaign),
    ("purposes", models.Purpose, schema.Purpose),
    ("items", models.Item, schema.Item),
    ("matters", models.Matter, schema.Matter),
    ("measures", models.Measure, schema.Measure),
)
"""Attribute of the catalogue, table, shape; in the order in which they may be written."""


def _packs() -> dict[str, schema.PackInfo]:
    loads = models.PackLoad.objects.order_by("pack", "-id").distinct("pack")
    infos = ((load.pack, load.counts.get("info")) for load in loads)
    return {pack: schema.PackInfo.model_validate(info) for pack, info in infos if info}


def _add_areas(found: Catalogue) -> None:
    for row in models.Area.objects.order_by("code", "valid_from"):
        entry = schema.AreaEntry.model_validate({
            "code": row.code,
            "name": {"zh": row.name_zh, "en": row.name_en},
            "valid": {"from": row.valid_from, "to": row.valid_to},
            "successor": row.successor,
        })  # fmt: skip
        found.areas[row.code] = (*found.areas.get(row.code, ()), entry)
        found.origins["areas", row.code] = row.pack


def item(code: str) -> schema.Item:
    """The item of that code, also one withdrawn since (its records stay); else Problem ``item_unknown``."""
    known = catalogue().items.get(code)
    if known is not None:
        return known
    row = models.Item.objects.filter(code=code).first()
    if row is None:
        what = f"公共信用信息目录里没有条目“{code}”。"
        raise Problem("item_unknown", what, "请从目录中选用条目；目录以外的信息不归集。", status=404)
    return schema.Item.model_validate(row.definition)


def item_for_intake(code: str) -> schema.Item:
    """The item of that code if records may still come in under it; else ``item_unknown`` or ``item_withdrawn``."""
    known = item(code)
    if code not in catalogue().items:
        what = f"目录条目“{known.name.zh}”（{code}）已经撤销，不再归集。"
        raise Problem("item_withdrawn", what, "请改用现行目录中的条目。")
    return known


def items(sector: str | None = None) -> list[schema.Item]:
    """The items of the catalogue (of one sector), by class and code."""
    of_sector = (each for each in catalogue().items.values() if sector in (None, each.sector))
    return sorted(of_sector, key=lambda each: (each.catalogue_class, each.code))


def items_for_unit(codes: Iterable[str]) -> list[schema.Item]:
    """The items among ``codes`` (those a unit may deliver; an empty answer when it may deliver none)."""
    wanted = set(codes)
    return [each for each in items() if each.code in wanted]


def purposes(actor: str | None = None) -> list[schema.Purpose]:
    """The purposes for which a file may be opened (by this kind of actor)."""
    found = catalogue().purposes.values()
    return [each for each in found if actor is None or actor in each.actors]


def purpose(code: str) -> schema.Purpose:
    """The purpose of that code; else Problem ``purpose_unknown``."""
    known = catalogue().purposes.get(code)
    if known is None:
        what = f"没有查询目的“{code}”。"
        raise Problem("purpose_unknown", what, "请从目的清单中选用；清单以外的目的不能查询。", status=404)
    return known


def matters(unit_kind: str | None = None) -> list[schema.Matter]:
    """The matters in which a check may be made (by units of this kind), by kind and code."""
    found = (each for each in catalogue().matters.values() if unit_kind is None or unit_kind in each.unit_kinds)
    return sorted(found, key=lambda each: (each.kind, each.code))


def matter(code: str) -> schema.Matter:
    """The matter of that code; else Problem ``matter_unknown``."""
    known = catalogue().matters.get(code)
    if known is None:
        what = f"没有办理事项“{code}”。"
        raise Problem("matter_unknown", what, "请从办理事项清单中选用；清单以外的事项不做信用核查。", status=404)
    return known


def measures() -> list[schema.Measure]:
    """The measures in force: restraints first, each by code."""
    return sorted(catalogue().measures.values(), key=lambda each: (each.kind != "restraint", each.code))


def measure(code: str) -> schema.Measure:
    """The measure of that code, also one withdrawn since (past answers name it); else ``measure_unknown``."""
    known = catalogue().measures.get(code)
    if known is not None:
        return known
    row = models.Measure.objects.filter(code=code).first()
    if row is None:
        what = f"没有措施“{code}”。"
        raise Problem("measure_unknown", what, "请从措施清单中选用；清单以外的措施不能采取。", status=404)
    return schema.Measure.model_validate(row.definition)


def limits() -> Limits:
    """The time limits in force, with the instruments that name their bases; :func:`.limits.nearest` chooses."""
    return _limits(_newest_load())


@functools.lru_cache(maxsize=2)
def _limits(newest: int) -> Limits:
    known = _catalogue(newest)
    return Limits(tuple(known.limits.values()), known.instruments)


def limit_for(*, procedure: Procedure, step: Step, area: str, on: dt.date, item: str | None = None) -> Chosen | None:
    """The nearest limit for a step received ``on`` that day in ``area``; None when no rule gives one."""
    return nearest(limits(), procedure=procedure, step=step, area=area, on=on, item=item)


def limit(code: str) -> schema.Limit:
    """The limit of that code, also one withdrawn since (running cases keep theirs); else ``limit_unknown``."""
    known = catalogue().limits.get(code)
    if known is not None:
        return known
    row = models.Limit.objects.filter(code=code).first()
    if row is None:
        raise Problem("limit_unknown", f"没有期限规定“{code}”。", "请从数据包的期限规定中选用。", status=404)
    return schema.Limit.model_validate(row.definition)


def term_law() -> TermLaw:
    """All display rules (also withdrawn ones), repairs and instruments: what a record's terms are told from."""
    return _term_law(_newest_load())


@functools.lru_cache(maxsize=2)
def _term_law(newest: int) -> TermLaw:
    return TermLaw.of(
        (schema.DisplayRule.model_validate(row.definition) for row in models.DisplayRule.objects.all()),
        (schema.Repair.model_validate(row.definition) for row in models.Repair.objects.all()),
        _catalogue(newest).instruments,
    )


def newest_loads() -> list[models.PackLoad]:
    """The last loading of each pack: what is in force, since when and by whom."""
    return list(models.PackLoad.objects.order_by("pack", "-id").distinct("pack"))
