"""The display rule of an item as a readable table: class, when it holds, months, whether it is published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goodfaith.faces.desk.catalogue_words import days, first_values
from goodfaith.faces.parts.words import named
from goodfaith.law.schema import Condition, DisplayClass, DisplayRule, DisplayVersion, Item


def _label(item: Item, code: str) -> str:
    """The name of a field in the newest edition that has it; what a rule looks at besides fields."""
    if code == "authority":
        return _("作出单位名称")
    fields = (field for edition in item.editions for field in edition.fields if field.code == code)
    return next((named(field.name) for field in fields), code)


def _condition(item: Item, condition: Condition) -> str:
    label = _label(item, condition.field)
    parts = []
    if condition.any_of:
        parts.append(_("“%(label)s”为%(values)s") % {"label": label, "values": first_values(condition.any_of)})
    if condition.at_least is not None:
        parts.append(_("“%(label)s”达到 %(n)s") % {"label": label, "n": f"{condition.at_least:g}"})
    if condition.contains:
        parts.append(_("“%(label)s”含有%(values)s") % {"label": label, "values": first_values(condition.contains)})
    return _("，并且").join(parts)


@dataclass(frozen=True)
class ClassRow:
    """One class of a display rule as a line of its table."""

    entry: DisplayClass
    name: str
    when: str
    shortest: str
    longest: str
    published: bool


def _class(item: Item, entry: DisplayClass) -> ClassRow:
    when = _("；").join(_condition(item, condition) for condition in entry.when) or _("其余情形")
    return ClassRow(entry, named(entry.name), when, _shortest(entry), _longest(entry), entry.publish)


def _longest(entry: DisplayClass) -> str:
    if not entry.publish:
        return "—"
    return _("没有固定期限") if entry.max_months is None else _("%(n)s 个月") % {"n": entry.max_months}


def _shortest(entry: DisplayClass) -> str:
    if entry.repair_barred:
        return _("不能提前终止")
    return _("%(n)s 个月") % {"n": entry.min_months} if entry.publish and entry.min_months else "—"


def version(item: Item, found: DisplayVersion) -> dict[str, Any]:
    """One dated version of a display rule."""
    return {"code": found.code, "days": days(found.decided), "rows": [_class(item, entry) for entry in found.classes]}


def counted_from(item: Item, rule: DisplayRule) -> str:
    """From which day the months run."""
    if rule.counted_from == "decided":
        return _("公示期自作出决定之日起算。")
    return _("公示期自“%(field)s”起算。") % {"field": _label(item, rule.counted_from)}
