"""Departments, assessments and campaigns in packs: what the checker refuses, and what is shipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodfaith.law import checker, packs

from .world import write

ROOT = Path(__file__).parents[2]
DEPARTMENTS = """\
departments:
  - code: old
    name: {zh: 旧部门, en: Old}
    names: [工商局]
    valid: {to: 2018-03-22}
    successors: [new]
    source: 示例
    checked: mirror
  - code: new
    name: {zh: 新部门, en: New}
    names: [市场监管局]
    source: 示例
    checked: mirror
"""
ASSESSMENTS = """\
assessments:
  - code: round
    name: {zh: 考核, en: Round}
    kind: department
    unit_kinds: [department]
    objection_days: 5
    basis: {instrument: law-a, article: 第一条, checked: mirror}
    indicators:
      - {code: timely, name: {zh: 及时, en: Timely}, weight: 60, source: figure, figure: duties_in_time, how: 按比例}
      - {code: rules, name: {zh: 制度, en: Rules}, weight: 40, source: self, how: 说明}
"""
CAMPAIGNS = """\
campaigns:
  - code: day
    name: {zh: 宣传日, en: Day}
    first: "09-01"
    last: "09-30"
    theme: 诚信
    source: 示例
    checked: mirror
"""
FILES = {"departments/all.yaml": DEPARTMENTS, "assessments/all.yaml": ASSESSMENTS, "campaigns/all.yaml": CAMPAIGNS}
D, A, C = FILES
CASES = [
    (D, "successors: [new]", "successors: [nobody]", "department_unknown"),
    (D, "successors: [new]", "successors: [old]", "succeeds_itself"),
    (D, "    valid: {to: 2018-03-22}\n", "", "end_missing"),
    (D, "names: [市场监管局]", "names: [市场监管局, 工商局]", "name_clash"),
    (D, "names: [市场监管局]\n", "names: [市场监管局, 工商局]\n    valid: {from: 2018-03-22}\n", "ok"),
    (D, "names: [工商局]", "names: []", "empty"),
    (A, "weight: 40", "weight: 39", "weights_sum"),
    (A, "weight: 40", "weight: 0", "bad_number"),
    (A, "source: self", "source: newspaper", "bad_choice"),
    (A, "figure: duties_in_time", "figure: mood", "bad_choice"),
    (A, ", figure: duties_in_time", "", "figure_mismatch"),
    (A, "source: self", "source: self, figure: duties_in_time", "figure_mismatch"),
    (A, "code: rules", "code: timely", "duplicate_code"),
    (A, "kind: department\n", "kind: person\n", "bad_choice"),
    (A, "unit_kinds: [department]", "unit_kinds: [person]", "bad_choice"),
    (A, "unit_kinds: [department]", "unit_kinds: [bank]", "not_a_public_body"),
    (A, "instrument: law-a", "instrument: law-z", "instrument_unknown"),
    (A, "    objection_days: 5\n", "    objection_days: 5\n    of: person\n", "unknown_key"),
    (C, '"09-30"', '"08-30"', "range_reversed"),
    (C, '"09-01"', '"13-01"', "bad_code"),
    (C, '    last: "09-30"\n', "", "ok"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case[3]}" for n, case in enumerate(CASES)])
def test_cases(tmp_path: Path, case: tuple[str, str, str, str]) -> None:
    path, old, new, code = case
    text = FILES[path].replace(old, new, 1)
    assert text != FILES[path]
    found = checker.check(write(tmp_path, changed={**FILES, path: text}))
    assert [each.code for each in found] == [] if code == "ok" else code in [each.code for each in found]


def test_the_small_files_are_in_order(tmp_path: Path) -> None:
    assert checker.check(write(tmp_path, changed=FILES)) == []


def test_what_is_shipped() -> None:
    catalogue = packs.read(ROOT / "packs")
    assert {"03-15", "06-14", "09-20", "12-04"} <= {one.first for one in catalogue.campaigns.values()}
    assert {one.kind for one in catalogue.assessments.values()} == {"department", "county", "demonstration"}
    became = {one.code: one.successors for one in catalogue.departments.values()}
    assert became["industry_commerce"] == ("market_regulation",) and became["tourism"] == ("culture_tourism",)
    names = [name for one in catalogue.departments.values() for name in one.names]
    assert {"发展改革委", "发展和改革委员会", "人行", "新闻办", "工商局"} <= set(names)
