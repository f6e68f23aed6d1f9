"""Which unit of the registry a name in a document stands for: suggestions only, a person confirms. Pure.

A name loses the place and the level in front (省, 市委, 示例市); what is left is looked up among the names of
departments (the packs' table, with what each became). Then the registry's units are compared by department; where the
table knows nothing, by likeness of the names.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodfaith.duties.reading.note.names import is_collective
from goodfaith.law.schema import Department

LEAST = 0.72
"""Likeness below which nothing is suggested."""
MOST = 5
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")
_LEVEL = re.compile(
    r"^(?:中共)?(?P<level>自治区|自治州|自治县|省|市|州|县|区|盟|旗)(?:委(?!员会)|政府|人民政府)?(?=.{2})(?!场|政公用|政设施|域|监局)"
)
_BANK = re.compile(r"^(?:中国)?人民银行.{0,8}(?:中心支行|分行|支行)")
"""The central bank's branches are called by their place in the middle of the name."""
_COUNTIES = re.compile(r"各.{0,2}(?:县|区|市|州|旗)|(?:县|区)(?:（[^）]*）)?(?:人民)?政府|县市区|各级(?:人民)?政府")
_ENDS = (
    ("人力资源和社会保障", "人力资源社会保障"), ("住房和城乡建设", "住房城乡建设"), ("发展和改革", "发展改革"),
    ("工业和信息化", "工业信息化"), ("文化和旅游", "文化旅游"), ("自然资源和规划", "自然资源规划"),
    ("人民法院", "法院"), ("人民检察院", "检察院"), ("领导小组办公室", "办"), ("委员会", "委"), ("办公室", "办"),
    ("办公厅", "办"),
)  # fmt: skip
"""Whole → short. What stands on the right is compared."""


@dataclass(frozen=True, slots=True)
class Known:
    """A unit of the registry as it is compared. ``remembered``: names that persons confirmed for it are elsewhere."""

    code: str
    name: str
    short: str
    kind: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``units``: one code, or several for a collective name. ``why`` in the reader's language."""

    kind: str
    units: tuple[str, ...]
    likeness: float
    why: str


@dataclass(frozen=True)
class Table:
    """The packs' departments, by stem of each name."""

    each: Mapping[str, Department]

    @functools.cached_property
    def by_stem(self) -> dict[str, tuple[Department, ...]]:
        """Stem → departments that went by it, at any time."""
        found: dict[str, list[Department]] = {}
        for department in self.each.values():
            for stem in {stem_of(name) for name in department.names}:
                found.setdefault(stem, []).append(department)
        return {stem: tuple(listed) for stem, listed in found.items()}

    def at(self, stem: str, on: dt.date) -> tuple[Department, ...]:
        """The departments of that name on a day; when there were none then, those of any day."""
        listed = self.by_stem.get(stem, ())
        return tuple(each for each in listed if each.valid.holds(on)) or listed

    def followed(self, department: Department) -> tuple[Department, ...]:
        """It and all that came after it, nearest first. Rings end."""
        found, waiting = [department], list(department.successors)
        while waiting:
            code = waiting.pop(0)
            if code in self.each and all(one.code != code for one in found):
                found.append(self.each[code])
                waiting.extend(self.each[code].successors)
        return tuple(found)


@dataclass(frozen=True)
class Registry:
    """The units, the place they are called by (示例市, 示例), its level."""

    units: tuple[Known, ...]
    places: tuple[str, ...]
    level: str

    @functools.cached_property
    def stems(self) -> dict[str, frozenset[str]]:
        """Code → the stems that it is called by."""
        return {
            one.code: frozenset(stem_of(name, self.places) for name in (one.name, one.short) if name)
            for one in self.units
        }


def level_of(name: str, places: Sequence[str] = ()) -> str:
    """The level that the name shows in front; "" when it shows none or begins with one of the places."""
    if any(name.startswith(place) for place in places):
        return ""
    found = _LEVEL.match(name)
    return found["level"] if found else ""


def stem_of(name: str, places: Sequence[str] = ()) -> str:
    """The name without place, level, brackets, and with its long parts made short: 发展改革委 and 发展和改革局 differ
    only in their last letter, which is dropped where it says no more than that it is an office."""
    name = _BRACKETS.sub("", name.strip()).removeprefix("中共")
    for place in sorted(places, key=len, reverse=True):
        if place in name and len(name) - len(place) > 1:
            name = name.replace(place, "", 1)
            break
    name = _BANK.sub("人民银行", _LEVEL.sub("", name, count=1))
    name = re.sub(r"^(?:人民)?政府(?=..)", "", name)
    for whole, short in _ENDS:
        name = name.replace(whole, short)
    return re.sub(r"(?<=..)(?:局|委|厅|办)$", "", name)


def grams(text: str) -> Counter[str]:
    """Pairs of neighbouring letters, and each letter."""
    return Counter([*text, *(text[i : i + 2] for i in range(len(text) - 1))])


def alike(one: Counter[str], other: Counter[str]) -> float:
    """Dice's likeness of two bags, 0–1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def suggest(name: str, registry: Registry, table: Table, on: dt.date) -> list[Suggestion]:
    """Units for ``name`` as it was written on ``on`` (the day the document was signed), the likeliest first."""
    if is_collective(name) or _COUNTIES.fullmatch(name):
        return [_collective(name, registry)]
    if _elsewhere(name, registry):
        return [Suggestion("outside", (), 1.0, _("写的是上级单位，不在本市单位名录。"))]
    stem = stem_of(name, registry.places)
    exact = [_same(each, name) for each in registry.units if each.active and stem in registry.stems[each.code]]
    found = exact or _by_table(stem, registry, table, on) or _by_likeness(stem, registry)
    return sorted(found, key=lambda one: (-one.likeness, one.units))[:MOST]


def _elsewhere(name: str, registry: Registry) -> bool:
    order = ("省", "自治区", "市", "自治州", "州", "盟", "县", "区", "自治县", "旗")
    level = level_of(name, registry.places)
    if not level or registry.level not in order:
        return False
    above = {"省": 0, "自治区": 0, "市": 1, "自治州": 1, "州": 1, "盟": 1}
    return above.get(level, 2) < above.get(registry.level, 2)


def _same(unit: Known, name: str) -> Suggestion:
    """A unit that is told apart by brackets (公安局（侦查部门）) comes after the one that is not."""
    as_sure = bool(_BRACKETS.search(unit.name)) == bool(_BRACKETS.search(name))
    return Suggestion("unit", (unit.code,), 1.0 if as_sure else 0.98, _("名称相同：%(name)s。") % {"name": unit.name})


def _collective(name: str, registry: Registry) -> Suggestion:
    counties = tuple(each.code for each in registry.units if each.kind == "county" and each.active)
    if _COUNTIES.search(name) and counties:
        return Suggestion("set", counties, 0.9, _("统称，建议确认为全部县（市、区）。"))
    return Suggestion("collective", (), 0.9, _("统称，没有逐个列出单位。"))


def _by_table(stem: str, registry: Registry, table: Table, on: dt.date) -> list[Suggestion]:
    found = []
    for department in table.at(stem, on):
        for steps, followed in enumerate(table.followed(department)):
            stems = {stem_of(name) for name in followed.names}
            found += [
                Suggestion("unit", (unit.code,), round(max(0.95 - 0.05 * steps, 0.7), 2), _why(department, followed))
                for unit in registry.units
                if unit.active and stems & registry.stems[unit.code]
            ]
    best: dict[tuple[str, ...], Suggestion] = {}
    for one in found:
        if one.units not in best or best[one.units].likeness < one.likeness:
            best[one.units] = one
    return list(best.values())


def _why(department: Department, followed: Department) -> str:
    if followed.code == department.code:
        return _("同一部门的另一种写法：%(name)s。") % {"name": department.name.zh}
    values = {"old": department.name.zh, "new": followed.name.zh, "day": department.valid.end}
    return _("机构改革：%(old)s的职责已划入%(new)s（%(day)s起）。") % values


def _by_likeness(stem: str, registry: Registry) -> list[Suggestion]:
    wanted = grams(stem)
    found = []
    for unit in registry.units:
        best = max((alike(wanted, grams(each)) for each in registry.stems[unit.code]), default=0.0)
        if unit.active and best >= LEAST:
            found.append(Suggestion("unit", (unit.code,), round(0.6 * best, 3), _("名称相近，请核对。")))
    return found


def table_of(departments: Iterable[Department]) -> Table:
    """The table of these departments."""
    return Table({each.code: each for each in departments})
