"""The display rules, and whether they fit the items that use them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from goodfaith.law.check_items import basis_in_force, basis_known
from goodfaith.law.check_repairs import check_class_repair
from goodfaith.law.findings import Finding
from goodfaith.law.packs import Catalogue, Defined
from goodfaith.law.schema import Condition, DateRange, DisplayRule, DisplayVersion, Edition
from goodfaith.law.yamlfile import Key

RESERVED = {"authority"}
"""A condition's field that is no field of the form: the name of the deciding authority."""


def check_rule(rule: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """A display rule by itself."""
    value: DisplayRule = rule.value
    yield from _codes_once(rule, [v.code for v in value.versions], "versions")
    yield from _versions_meet(rule)
    for n, version in enumerate(value.versions):
        yield from _version(rule, version, n, catalogue)


def _codes_once(rule: Defined, codes: list[str], *path: Key) -> Iterator[Finding]:
    for n, code in enumerate(codes):
        if code in codes[:n]:
            yield rule.finding("duplicate_code", f"代码“{code}”写了两次。", "请改成不同的代码。", *path, n, "code")


def _versions_meet(rule: Defined) -> Iterator[Finding]:
    numbered = sorted(enumerate(rule.value.versions), key=lambda each: (each[1].decided.start is not None,
                                                                        each[1].decided.start))  # fmt: skip
    for (_, earlier), (n, later) in itertools.pairwise(numbered):
        end, start = earlier.decided.end, later.decided.start
        if start is None or end is None or end > start:
            what = f"版本“{earlier.code}”与“{later.code}”的日期重叠，同一天会有两种答案。"
            next_ = "to 是期间外的第一天：请让前一版的 to 等于后一版的 from。"
            yield rule.finding("versions_overlap", what, next_, "versions", n, "decided")
        elif end < start:
            what = f"版本“{earlier.code}”到 {end} 为止，“{later.code}”自 {start} 起，中间的日子没有规则。"
            yield rule.finding("versions_gap", what, "请让前一版的 to 等于后一版的 from。", "versions", n, "decided")


def _version(rule: Defined, version: DisplayVersion, n: int, catalogue: Catalogue) -> Iterator[Finding]:
    path: tuple[Key, ...] = ("versions", n, "classes")
    yield from _codes_once(rule, [c.code for c in version.classes], *path)
    yield from _gravest_first(rule, version, path)
    last = len(version.classes) - 1
    for m, each in enumerate(version.classes):
        here = (*path, m)
        if m == last and each.when:
            what = f"版本“{version.code}”最后一类“{each.name.zh}”带有条件，有的记录会归不到任何一类。"
            yield rule.finding("last_class_conditional", what, "请去掉最后一类的 when。", *here, "when")
        if m < last and not each.when:
            what = f"“{each.name.zh}”没有条件，它后面的各类永远用不到。"
            yield rule.finding("class_unreachable", what, "请写 when，或移到最后。", *here, "code")
        if each.max_months is not None and each.min_months > each.max_months:
            what = f"最短 {each.min_months} 个月长于最长 {each.max_months} 个月。"
            yield rule.finding("months_reversed", what, "请改正。", *here, "min_months")
        for k, condition in enumerate(each.when):
            yield from _condition_says_something(rule, condition, (*here, "when", k))
        yield from check_class_repair(rule, each, catalogue, here)
        yield from basis_known(rule, each.basis, catalogue, *here, "basis")
        yield from basis_in_force(rule, each.basis, version.decided, catalogue, *here, "basis")


def _gravest_first(rule: Defined, version: DisplayVersion, path: tuple[Key, ...]) -> Iterator[Finding]:
    """Of several kinds in one decision the longest period counts: so the longer class is tried first.

    The last class (the rest) and classes that are not shown stand outside this order.
    """
    shown = [(m, each) for m, each in enumerate(version.classes[:-1]) if each.publish]
    for (_, before), (m, each) in itertools.pairwise(shown):
        if before.max_months is not None and (each.max_months is None or each.max_months > before.max_months):
            what = f"“{each.name.zh}”的公示期比写在它前面的“{before.name.zh}”长：一份决定有几种处罚时会取短的。"
            yield rule.finding("class_order", what, "请把公示期长的类写在前面。", *path, m, "code")


def _condition_says_something(rule: Defined, condition: Condition, path: tuple[Key, ...]) -> Iterator[Finding]:
    if not condition.any_of and condition.at_least is None and not condition.contains:
        what = f"条件只写了字段“{condition.field}”，没有写要求。"
        yield rule.finding("condition_empty", what, "请写 any_of、at_least 或 contains。", *path)


def check_item_display(item: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """The item has the fields its rule asks for, and every day an edition may have has a version."""
    rule = catalogue.display_rules.get(item.value.display_rule)
    if rule is None:
        return
    yield from _counted_from(item, rule)
    yield from _conditions_have_fields(item, rule, catalogue)
    yield from _days_covered(item, rule)


def _counted_from(item: Defined, rule: DisplayRule) -> Iterator[Finding]:
    if rule.counted_from == "decided":
        return
    for edition in item.value.editions:
        if not any(f.code == rule.counted_from and f.type == "date" for f in edition.fields):
            what = f"展示规则“{rule.code}”从字段“{rule.counted_from}”起算，版式“{edition.code}”没有这个日期字段。"
            yield item.finding("counted_from_unknown", what, "请补上字段，或换一条展示规则。", "display_rule")


def _conditions_have_fields(item: Defined, rule: DisplayRule, catalogue: Catalogue) -> Iterator[Finding]:
    """Each condition can come true in at least one edition, and names codes that the field's list has."""
    conditions = {c for version in rule.versions for each in version.classes for c in each.when}
    for condition in sorted(conditions, key=str):
        if condition.field in RESERVED:
            continue
        editions = [e for e in item.value.editions if any(f.code == condition.field for f in e.fields)]
        if not editions:
            what = f"展示规则“{rule.code}”要看字段“{condition.field}”，条目的各版式都没有。"
            yield item.finding("condition_field_unknown", what, "请补上字段，或换一条展示规则。", "display_rule")
        yield from _codes_known(item, rule, condition, editions, catalogue)


def _codes_known(
    item: Defined, rule: DisplayRule, condition: Condition, editions: list[Edition], catalogue: Catalogue
) -> Iterator[Finding]:
    """Each code is in the list that the field has in one edition or another (forms of other years differ)."""
    lists = [catalogue.code_lists.get(e.field(condition.field).code_list or "") for e in editions]
    if None in lists or not lists:
        return
    known = {entry.code for each in lists if each is not None for entry in each.entries}
    strange = [code for code in condition.any_of if code not in known]
    if strange:
        names = "、".join(sorted({each.code for each in lists if each is not None}))
        what = f"展示规则“{rule.code}”的代码 {'、'.join(strange)} 不在字段“{condition.field}”的代码表（{names}）中。"
        yield item.finding("condition_code_unknown", what, "请改正规则里的 any_of，或换代码表。", "display_rule")


def _days_covered(item: Defined, rule: DisplayRule) -> Iterator[Finding]:
    covered = _span([version.decided for version in rule.versions])
    needed = _span([edition.decided for edition in item.value.editions])
    if covered.start is not None and (needed.start is None or needed.start < covered.start):
        what = f"展示规则“{rule.code}”从 {covered.start} 起才有版本，更早作出的决定没有规则。"
        next_ = "请给规则补上更早的版本，或写明最早版式的 decided.from。"
        yield item.finding("display_gap", what, next_, "display_rule")
    if covered.end is not None and (needed.end is None or needed.end > covered.end):
        what = f"展示规则“{rule.code}”只到 {covered.end} 为止，此后作出的决定没有规则。"
        yield item.finding("display_gap", what, "请给规则补上以后的版本。", "display_rule")


def _span(ranges: list[DateRange]) -> DateRange:
    starts, ends = [r.start for r in ranges], [r.end for r in ranges]
    start = None if None in starts else min(day for day in starts if day)
    end = None if None in ends else max(day for day in ends if day)
    return DateRange.model_validate({"from": start, "to": end})
