"""Measures: a restraint without a statute, on the wrong subject or out of proportion is unusable (boundary 4).

国办发〔2020〕49号: measures only from the list, each on its statute, proportionate to the breach. NDRC 2019-07-18:
nobody is kept from basic public services by credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodfaith.law.check_items import SUBJECT_ZH
from goodfaith.law.check_purposes import check_bases
from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined
from goodfaith.law.schema import DisplayClass, Item
from goodfaith.law.using import PROTECTED, Trigger

CUTTING_KINDS = {
    "law", "administrative_regulation", "local_regulation", "judicial_interpretation", "central_document",
}  # fmt: skip
"""Only these may cut rights (class 1 of the national list)."""
MINOR_MONTHS = 3
"""A class shown no longer than this is 轻微 (国办发〔2025〕22号); it brings no restraint."""
EDUCATION = re.compile(
    r"子女|儿童|入学|就学|升学|复学|学籍|学位申请|受教育|children|school(?:ing)?s?\b|education", re.IGNORECASE
)


def check_measure(measure: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """All that makes a measure unusable."""
    yield from check_bases(measure, catalogue, "措施")
    yield from _check_class(measure, catalogue)
    yield from _check_words(measure)
    for n, code in enumerate(measure.value.matters):
        yield from _check_matter(measure, n, code, catalogue)
    for n, trigger in enumerate(measure.value.triggers):
        yield from _check_trigger(measure, n, trigger, catalogue)


def _check_class(measure: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    value = measure.value
    if value.kind == "incentive":
        if value.national_class is not None or value.list_entry is not None:
            what = "惩戒措施清单不含激励，激励措施不能写 national_class 和 list_entry。"
            yield measure.finding("national_class_unused", what, "请删去。", "national_class")
        return
    if value.national_class in (2, 3):
        return
    known = [found for basis in value.basis if (found := catalogue.instruments.get(basis.instrument))]
    kinds = [found.kind for found in known if found.in_force.end is None]
    if kinds and not CUTTING_KINDS & set(kinds):
        what = "减损权利的限制措施，依据不是法律、法规、司法解释或者党中央、国务院政策文件（边界四）。"
        next_ = "请引用这几类之一；不减损权利的管理措施请写 national_class: 2。"
        yield measure.finding("measure_basis_too_low", what, next_, "basis")


def _check_words(measure: Defined) -> Iterator[Finding]:
    value = measure.value
    if value.kind != "restraint" or "person" not in value.subjects:
        return
    for key in ("name", "effect"):
        names = getattr(value, key)
        for language in ("zh", "en"):
            if (found := EDUCATION.search(getattr(names, language))) is not None:
                what = f"“{found.group()}”：对自然人的限制措施不能影响子女和本人受教育（边界五、边界六）。"
                yield measure.finding("education_restrained", what, "请删去这项措施。", key, language)


def _check_matter(measure: Defined, n: int, code: str, catalogue: Catalogue) -> Iterator[Finding]:
    value, matter = measure.value, catalogue.matters.get(code)
    if matter is None:
        known = "、".join(sorted(catalogue.matters)) or "无"
        yield measure.finding("matter_unknown", f"没有办理事项“{code}”。", f"请选用：{known}。", "matters", n)
        return
    shared = set(value.subjects) & set(matter.subjects)
    if not shared:
        what = f"“{matter.name.zh}”不涉及{_kinds(value.subjects)}，这项措施在此不起作用。"
        yield measure.finding("subject_mismatch", what, "请改正 subjects 或 matters。", "matters", n)
    if value.kind == "restraint" and "person" in shared and matter.kind in PROTECTED:
        what = f"“{matter.name.zh}”属于教育或者基本公共服务，不得因失信限制自然人（边界四）。"
        yield measure.finding("basic_service_restrained", what, "请从 matters 中删去。", "matters", n)


def _check_trigger(measure: Defined, n: int, trigger: Trigger, catalogue: Catalogue) -> Iterator[Finding]:
    value, item = measure.value, catalogue.items.get(trigger.item)
    if item is None:
        what = f"没有目录条目“{trigger.item}”。"
        yield measure.finding("item_unknown", what, "请改正，或删去这一项。", "triggers", n, "item")
        return
    wrong = [kind for kind in value.subjects if kind not in item.subjects]
    if wrong:
        what = f"条目“{item.name.zh}”不记录{_kinds(wrong)}，与措施的对象不符。"
        yield measure.finding("subject_mismatch", what, "请改正 subjects，或把措施拆开写。", "triggers", n, "item")
    yield from _check_polarity(measure, n, item)
    yield from _check_classes(measure, n, trigger, item, catalogue)


def _check_polarity(measure: Defined, n: int, item: Item) -> Iterator[Finding]:
    kind = measure.value.kind
    if kind == "restraint" and item.polarity != "negative":
        what = f"条目“{item.name.zh}”不是失信信息，不能引发限制措施（边界四）。"
        yield measure.finding("restraint_without_breach", what, "请删去这一项。", "triggers", n, "item")
    if kind == "incentive" and item.polarity == "negative":
        what = f"条目“{item.name.zh}”是失信信息，不能引发激励措施。"
        yield measure.finding("incentive_by_breach", what, "请删去这一项。", "triggers", n, "item")


def _check_classes(measure: Defined, n: int, trigger: Trigger, item: Item, catalogue: Catalogue) -> Iterator[Finding]:
    rule = catalogue.display_rules.get(item.display_rule)
    if rule is None:
        return
    classes = [each for version in rule.versions for each in version.classes]
    known = {each.code for each in classes}
    for k, code in enumerate(trigger.classes or ()):
        if code not in known:
            what = f"条目“{item.name.zh}”的展示规则没有“{code}”这一类。"
            next_ = f"请选用：{'、'.join(sorted(known))}。"
            yield measure.finding("class_unknown", what, next_, "triggers", n, "classes", k)
    chosen = [each for each in classes if trigger.classes is None or each.code in trigger.classes]
    minor = next((each for each in chosen if _is_minor(each)), None)
    if measure.value.kind == "restraint" and minor is not None:
        what = f"“{minor.name.zh}”（{minor.code}）属于轻微一类，不引发限制措施（边界四：过惩相当）。"
        next_ = "请在 classes 中只列严重的类别。"
        yield measure.finding("minor_restrained", what, next_, "triggers", n, "classes")


def _is_minor(shown: DisplayClass) -> bool:
    return shown.max_months is not None and shown.max_months <= MINOR_MONTHS


def _kinds(kinds: tuple[str, ...] | list[str]) -> str:
    return "、".join(SUBJECT_ZH[kind] for kind in kinds)
