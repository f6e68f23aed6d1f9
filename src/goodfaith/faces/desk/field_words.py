"""The editions of an item field by field: type, what a row owes, who sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodfaith.faces.desk.catalogue_words import days, first_values
from goodfaith.faces.parts.words import listed, named
from goodfaith.law.packs import Catalogue
from goodfaith.law.schema import CodeList, Edition, ItemField, RequiredIf

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
    values = {"label": names.get(duty.field, duty.field), "values": first_values(duty.any_of)}
    return _("“%(label)s”为%(values)s时") % values


def _needs(edition: Edition, field: ItemField) -> Iterator[str]:
    """What a row owes in this field besides being filled always or never."""
    if isinstance(field.required, RequiredIf):
        yield _said(edition, field.required) + _("必填")
    if field.blank_if:
        yield _said(edition, field.blank_if) + _("应当留空")
    if any(field.code in group.fields for group in edition.one_of):
        yield _("与其他几项至少填一项，见表上的说明")
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


def _groups(edition: Edition) -> Iterator[str]:
    """Which fields must not all be blank, and when."""
    for group in edition.one_of:
        names = listed(f"“{named(edition.field(code).name)}”" for code in group.fields)
        start = _said(edition, group.when) + _("，") if group.when else ""
        yield start + _("%(names)s至少填一项。") % {"names": names}


def edition(book: Catalogue, found: Edition) -> dict[str, Any]:
    """One edition with all its fields."""
    return {
        "edition": found,
        "days": days(found.decided),
        "fields": [_field(book, found, field) for field in found.fields],
        "groups": list(_groups(found)),
    }
