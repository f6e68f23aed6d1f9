"""An item of the catalogue in words: facts, fields with their duties, the display rule as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodfaith.faces.desk.work_words import class_name, cycle_name, disclosure_name, polarity_name, subject_name
from goodfaith.faces.parts.words import day, named
from goodfaith.law.packs import Catalogue
from goodfaith.law.schema import (
    CodeList,
    Condition,
    DateRange,
    DisplayClass,
    DisplayRule,
    DisplayVersion,
    Edition,
    Item,
    ItemField,
    RequiredIf,
)

CONDITION_SHOWN = 6


def searched(book: Catalogue, item: Item) -> str:
    """All words by which an item may be found: names, authority, fields, laws."""
    fields = (field for edition in item.editions for field in edition.fields)
    laws = (book.instruments.get(basis.instrument) for basis in item.legal_basis)
    parts = [
        item.code, item.name.zh, item.name.en, item.source_authority.zh,
        *(text for field in fields for text in (field.code, field.name.zh)),
        *(text for law in laws if law for text in (law.name.zh, law.number or "")),
    ]  # fmt: skip
    return "\n".join(parts).casefold()


def disclosures(item: Item) -> list[tuple[str, str]]:
    """(subject kind, "自然人：政务共享") for each kind the item is about."""
    return [
        (kind, f"{subject_name(kind)}：{disclosure_name(item.disclosure[kind])}")
        for kind in item.subjects
        if kind in item.disclosure
    ]


def facts(book: Catalogue, item: Item) -> list[tuple[str, str]]:
    """An item's facts."""
    sector = book.sectors.get(item.sector)
    found = [
        (_("条目代码"), item.code),
        (_("领域"), named(sector.name) if sector else item.sector),
        (_("基础目录类别"), class_name(item.catalogue_class)),
        (_("记录对象"), "、".join(subject_name(kind) for kind in item.subjects)),
        (_("性质"), polarity_name(item.polarity)),
        (_("来源单位"), named(item.source_authority)),
        (_("公开属性"), "；".join(text for _kind, text in disclosures(item))),
        (_("报送周期"), cycle_name(item.update_cycle)),
        (_("双公示"), _("是") if item.double_publicity else _("否")),
    ]
    if item.effective_document:
        found.append((_("必须引用的生效文书"), named(item.effective_document.name)))
    if item.occupations:
        found.append((_("限于从业人员"), "、".join(item.occupations)))
    return found


def days(span: DateRange) -> str:
    """For which decisions something is valid."""
    if span.start and span.end:
        return _("%(first)s起、%(end)s前作出的决定") % {"first": day(span.start), "end": day(span.end)}
    if span.start:
        return _("%(first)s起作出的决定") % {"first": day(span.start)}
    return _("%(end)s前作出的决定") % {"end": day(span.end)} if span.end else _("任何时候作出的决定")


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
        parts.append(_("“%(label)s”为%(values)s") % {"label": label, "values": _values(condition.any_of)})
    if condition.at_least is not None:
        parts.append(_("“%(label)s”达到 %(n)s") % {"label": label, "n": f"{condition.at_least:g}"})
    if condition.contains:
        parts.append(_("“%(label)s”含有%(values)s") % {"label": label, "values": _values(condition.contains)})
    return _("，并且").join(parts)


def _values(values: tuple[str, ...]) -> str:
    listed = "、".join(values[:CONDITION_SHOWN])
    more = _("等 %(n)s 种") % {"n": len(values)} if len(values) > CONDITION_SHOWN else ""
    return listed + more


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


TYPES = {
    "text": lazy("文本"),
    "date": lazy("日期"),
    "decimal": lazy("数字"),
    "integer": lazy("整数"),
    "code": lazy("代码"),
    "uscc": lazy("统一社会信用代码"),
    "organisation_code": lazy("组织机构代码"),
    "registration_no": lazy("工商注册号"),
    "tax_no": lazy("税务登记号"),
    "document_no": lazy("证件号码"),
    "year": lazy("年份"),
    "subject_name": lazy("主体名称"),
    "person_name": lazy("姓名"),
}
SENSITIVITIES = {
    "open": lazy("随记录的公开属性"),
    "internal": lazy("仅政务部门"),
    "person_name": lazy("个人姓名：加密存放"),
    "person_number": lazy("个人证件号码：加密存放"),
    "contact": lazy("联系方式：加密存放"),
}


@dataclass(frozen=True)
class FieldRow:
    """One field as a line of its edition's table."""

    field: ItemField
    name: str
    kind: str
    need: str
    duty: str
    sensitivity: str
    codes: CodeList | None


def _said(edition: Edition, duty: RequiredIf) -> str:
    names = {field.code: named(field.name) for field in edition.fields}
    return _("“%(label)s”为%(values)s时") % {"label": names.get(duty.field, duty.field), "values": _values(duty.any_of)}


def _needs(edition: Edition, field: ItemField) -> Iterator[str]:
    """What a row owes in this field besides being filled always or never."""
    if isinstance(field.required, RequiredIf):
        yield _said(edition, field.required) + _("必填")
    if field.blank_if:
        yield _said(edition, field.blank_if) + _("应当留空")
    for group in edition.one_of:
        if field.code in group.fields:
            others = [named(edition.field(code).name) for code in group.fields if code != field.code]
            start = _said(edition, group.when) + _("，") if group.when else ""
            yield start + _("与%(others)s至少填一项") % {"others": "、".join(f"“{name}”" for name in others)}
    if field.not_before:
        yield _("不早于“%(other)s”") % {"other": named(edition.field(field.not_before).name)}
    if field.not_after_report:
        yield _("不晚于报送日")
    if field.long_term:
        yield _("可填“长期”")
    if field.multiple:
        yield _("可填多个，用顿号分隔")


def _kind(field: ItemField) -> str:
    length = _("，最长 %(n)s 字") % {"n": field.length} if field.length else ""
    scale = _("，最多 %(n)s 位小数") % {"n": field.scale} if field.scale else ""
    unit = _("，单位：%(unit)s") % {"unit": field.unit} if field.unit else ""
    return f"{TYPES.get(field.type, field.type)}{length}{scale}{unit}"


def _field(book: Catalogue, edition: Edition, field: ItemField) -> FieldRow:
    need = _("必填") if field.required is True else _("视情形") if field.required else _("选填")
    return FieldRow(
        field, named(field.name), _kind(field), need, _("；").join(_needs(edition, field)),
        str(SENSITIVITIES[field.sensitivity]), book.code_lists.get(field.code_list or ""),
    )  # fmt: skip


def edition(book: Catalogue, found: Edition) -> dict[str, Any]:
    """One edition with all its fields."""
    return {"edition": found, "days": days(found.decided), "fields": [_field(book, found, f) for f in found.fields]}
