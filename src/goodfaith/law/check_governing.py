"""Departments, assessments, campaigns: a name leads to one department, weights add up, only public bodies are rated."""

from __future__ import annotations

from collections.abc import Iterator

from goodfaith.law.check_items import basis_in_force, basis_known
from goodfaith.law.findings import Finding
from goodfaith.law.governing import Assessment, Campaign, Department, Indicator
from goodfaith.law.packs import Catalogue, Defined

WHOLE = 100.0
PUBLIC_BODIES = frozenset({"credit_office", "department", "county", "court", "investigator"})
"""Kinds of unit that may be rated. Banks, agencies and associations are none of the joint conference's to rate."""


def check_department(department: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """Successors exist; a name leads to one department at a time."""
    value: Department = department.value
    for n, code in enumerate(value.successors):
        if code not in catalogue.departments:
            yield department.finding(
                "department_unknown", f"没有部门“{code}”。", "请补上，或改正代码。", "successors", n
            )
        if code == value.code:
            yield department.finding("succeeds_itself", "部门不能是自己的后继。", "请改正代码。", "successors", n)
    if value.successors and value.valid.end is None:
        what = "写了后继，却没有写到哪一天为止。"
        yield department.finding("end_missing", what, "请在 valid 里写 to。", "successors")
    for other in catalogue.departments.values():
        if other.code == value.code or not other.valid.meets(value.valid):
            continue
        for n, name in enumerate(value.names):
            if name in other.names:
                what = f"同一时间“{name}”也是“{other.code}”的名称。"
                yield department.finding("name_clash", what, "请删去一处，或写明各自的 valid 期间。", "names", n)


def check_assessment(assessment: Defined, catalogue: Catalogue) -> Iterator[Finding]:
    """The basis stands, the weights add up to 100, each indicator once and with its figure, only public bodies."""
    value: Assessment = assessment.value
    yield from basis_known(assessment, value.basis, catalogue, "basis")
    yield from basis_in_force(assessment, value.basis, value.in_force, catalogue, "basis")
    total = sum(each.weight for each in value.indicators)
    if abs(total - WHOLE) > 1e-6:
        what = f"权重合计 {total:g}，不是 100。"
        yield assessment.finding("weights_sum", what, "请调整各项权重。", "indicators")
    codes = [each.code for each in value.indicators]
    for n, each in enumerate(value.indicators):
        if each.code in codes[:n]:
            yield assessment.finding("duplicate_code", f"指标“{each.code}”写了两次。", "请删去一处。", "indicators", n)
        yield from _check_figure(assessment, each, n)
    for n, kind in enumerate(value.unit_kinds):
        if kind not in PUBLIC_BODIES:
            what = f"“{kind}”不是可以考核的公共机构。"
            yield assessment.finding("not_a_public_body", what, "请删去这一种。", "unit_kinds", n)


def _check_figure(assessment: Defined, each: Indicator, n: int) -> Iterator[Finding]:
    if (each.source == "figure") != (each.figure is not None):
        what = "来源是 figure 的指标要写明是哪个数字（figure），其他来源的不写。"
        yield assessment.finding("figure_mismatch", what, "请补上或删去 figure。", "indicators", n)


def check_campaign(campaign: Defined, _: Catalogue) -> Iterator[Finding]:
    """The last day is not before the first."""
    value: Campaign = campaign.value
    if value.last is not None and value.last < value.first:
        yield campaign.finding("range_reversed", "最后一天早于第一天。", "请改正 first、last。", "last")
