"""What is about a person is sealed: numbers, names and contacts carry the right sensitivity."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined
from goodfaith.law.schema import Edition, ItemField

_NUMBER = re.compile(r"身份证(?!.*(?:类型|名称))|证件号|护照号|通行证号")
_TYPE = re.compile(r"类型|种类|名称|类别")
_NAME = re.compile(r"姓名|法定代表人|法人代表|负责人|联系人|执行事务合伙人")
_NOT_NAME = re.compile(r"证|号码|类型|职务|电话|代码|意见|性别|年龄|住址|地址|联系方式")
_CONTACT = re.compile(r"手机|家庭住址|家庭地址|居住地址|户籍地址|住址|联系电话|联系方式|电子邮箱")


def check_people(item: Defined, _: Catalogue) -> Iterator[Finding]:
    """One finding for each field whose sensitivity would leave something about a person in the clear."""
    for n, edition in enumerate(item.value.editions):
        for m, field in enumerate(edition.fields):
            wrong = _wrong(field, edition, item.value.subjects)
            if wrong is not None:
                code, what, wanted = wrong
                next_ = f"请写 sensitivity: {wanted}，数据库里会加密保存。"
                yield item.finding(code, f"字段“{field.name.zh}”{what}", next_, "editions", n, "fields", m)


def _wrong(field: ItemField, edition: Edition, kinds: tuple[str, ...]) -> tuple[str, str, str] | None:
    if is_person_number(field, edition) and field.sensitivity != "person_number":
        return "person_number_open", "是自然人的证件号码，敏感级别不对。", "person_number"
    if _is_person_name(field, edition, kinds) and field.sensitivity != "person_name":
        return "person_name_open", "是自然人的姓名，敏感级别不对。", "person_name"
    about_person = kinds == ("person",) or field.type == "person_name"
    contact = _CONTACT.search(field.name.zh) is not None and (about_person or "person" in kinds)
    if contact and field.sensitivity not in ("contact", "person_name", "person_number"):
        return "contact_open", "是自然人的联系方式或住址，敏感级别不对。", "contact"
    return None


def is_person_number(field: ItemField, edition: Edition) -> bool:
    """Whether the field holds a person's document number: by its place in the form or by its name."""
    if field.code == edition.subject.document_no:
        return True
    return _NUMBER.search(field.name.zh) is not None and not _TYPE.search(field.name.zh) and field.type != "code"


def _is_person_name(field: ItemField, edition: Edition, kinds: tuple[str, ...]) -> bool:
    """A subject's own name in an item about both kinds is told apart row by row, so it need not be sealed here."""
    if field.type == "person_name":
        return True
    if field.code == edition.subject.name:
        return kinds == ("person",)
    name = field.name.zh
    return _NAME.search(name) is not None and not _NOT_NAME.search(name) and field.type in ("text", "subject_name")
