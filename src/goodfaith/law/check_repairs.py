"""Repairs, and whether the classes of negative items say what a subject needs to know: how grave, and what ends it."""

from __future__ import annotations

from collections.abc import Iterator

from goodfaith.law.check_items import basis_known
from goodfaith.law.displaying import DisplayClass, DisplayRule
from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined
from goodfaith.law.yamlfile import Key


def check_repair(repair: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Every article that it cites stands in an instrument that exists; each route once."""
    value = repair.value
    yield from basis_known(repair, value.basis, catalogue, "basis")
    yield from basis_known(repair, value.decides.basis, catalogue, "decides", "basis")
    for key in ("conditions", "materials", "routes"):
        for n, each in enumerate(getattr(value, key)):
            yield from basis_known(repair, each.basis, catalogue, key, n, "basis")
    codes = [each.code for each in value.routes]
    for n, code in enumerate(codes):
        if code in codes[:n]:
            yield repair.finding("duplicate_code", f"途径“{code}”写了两次。", "请删去一处。", "routes", n, "code")


def check_class_repair(
    rule: Defined, each: DisplayClass, catalogue: Catalogue, path: tuple[Key, ...]
) -> Iterator[Finding]:
    """A class of a display rule names a repair that exists, or the article that bars it, and not both."""
    if each.repair is not None and each.repair not in catalogue.repairs:
        known = "、".join(sorted(catalogue.repairs)) or "无"
        what = f"没有修复办法“{each.repair}”。"
        yield rule.finding("repair_unknown", what, f"请在 repairs/ 中定义，或选用：{known}。", *path, "repair")
    if each.repair_barred and each.barred_basis is None:
        what = f"“{each.name.zh}”不得提前终止公示，却没有写依据。"
        next_ = "请写 barred_basis，或删去 repair_barred。"
        yield rule.finding("barred_basis_missing", what, next_, *path, "repair_barred")
    if each.repair_barred and each.repair is not None:
        what = f"“{each.name.zh}”既写了修复办法，又写了不得修复。"
        yield rule.finding("repair_and_barred", what, "请删去 repair 或 repair_barred。", *path, "repair")
    if each.ends == "by_itself" and each.max_months is None:
        what = f"“{each.name.zh}”没有最长期限，不会自行终止。"
        yield rule.finding("ends_without_months", what, "请写 max_months，或删去 ends。", *path, "ends")
    if each.barred_basis is not None:
        yield from basis_known(rule, each.barred_basis, catalogue, *path, "barred_basis")


def check_item_levels(item: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Every class that a record of a negative item can have says how grave it is."""
    rule = catalogue.display_rules.get(item.value.display_rule)
    if rule is None or item.value.polarity != "negative":
        return
    for name in _without_level(rule):
        what = f"失信信息的展示规则“{rule.code}”没有写明{name}是轻微、一般还是严重。"
        yield item.finding("level_missing", what, "请在这一类写 level；规则本身不分级的写 none。", "display_rule")


def _without_level(rule: DisplayRule) -> Iterator[str]:
    for version in rule.versions:
        for each in version.classes:
            if each.level is None:
                yield f"“{version.code}”版的“{each.name.zh}”"
