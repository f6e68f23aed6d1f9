"""Names in documents and the registry of units: what is suggested, by the packs' table of names and successors."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.demo.units import plans
from goodfaith.duties.matching import Known, Registry, alike, grams, stem_of, suggest, table_of
from goodfaith.law import packs

PLACES = ("示例市", "示例")
UNITS = tuple(Known(one.code, one.name, one.short, one.kind) for one in plans("示例市", {"990102": "甲区", "990121": "乙县"}))
REGISTRY = Registry(UNITS, PLACES, "市")
TABLE = table_of(packs.read(settings.PACKS_DIR).departments.values())
SIGNED = dt.date(2018, 3, 19)

CASES = [
    # the same, and other ways of writing it
    ("市发展改革委", ["credit_office"]), ("市发展和改革委员会", ["credit_office"]), ("市发改委", ["credit_office"]), ("示例市发展改革局", ["credit_office"]),
    ("市人社局", ["human_resources"]), ("市人力资源社会保障局", ["human_resources"]), ("市住建局", ["housing"]), ("市法院", ["court"]),
    ("市中级人民法院", ["court"]), ("市工业和信息化委", ["industry"]), ("市工信委", ["industry"]), ("市卫健委", ["health"]), ("市妇联", ["women_children"]),
    ("市公安局", ["public_security", "investigation"]), ("市应急局", ["emergency"]), ("司法局", ["justice"]),
    # merged and renamed since
    ("市工商局", ["market_regulation"]), ("市质监局", ["market_regulation"]), ("市食品药品监管局", ["market_regulation"]),
    ("市旅游委", ["culture_tourism"]), ("市文化广播电视新闻出版局", ["culture_tourism"]), ("市国税局", ["tax"]), ("市地税局", ["tax"]),
    ("市环境保护局", ["ecology"]), ("市国土资源局", ["natural_resources"]), ("市法制办", ["justice"]), ("市安监局", ["emergency"]),
    ("市卫生计生委", ["health"]), ("市农业局", ["agriculture"]),
    # nobody in this registry
    ("市保险行业协会", []), ("市公务员局", []), ("示例日报社", []), ("市招商合作局", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "units"), CASES)
def test_units(name: str, units: list[str]) -> None:
    found = [code for one in suggest(name, REGISTRY, TABLE, SIGNED) for code in one.units]
    known = {one.code for one in UNITS}
    assert found == [code for code in units if code in known] and set(units) <= known | {"agriculture", "ecology"}


@pytest.mark.parametrize(("name", "kind", "count"), [
    ("各县市区人民政府", "set", 2), ("各县（市、区）人民政府", "set", 2), ("各级人民政府", "set", 2), ("各有关部门", "collective", 0), ("市直有关单位", "collective", 0),
    ("各行业主管部门", "collective", 0), ("省发展改革委", "outside", 0), ("省委网信办", "outside", 0),
])  # fmt: skip
def test_collective_names_and_bodies_above(name: str, kind: str, count: int) -> None:
    (one,) = suggest(name, REGISTRY, TABLE, SIGNED)
    assert (one.kind, len(one.units)) == (kind, count) and one.why


def test_a_merged_department_says_since_when() -> None:
    (one,) = suggest("市工商局", REGISTRY, TABLE, SIGNED)
    assert "2018-03-22" in one.why and one.likeness < 1


def test_a_unit_that_is_no_longer_active_is_not_suggested() -> None:
    gone = Registry((Known("old", "示例市司法局", "市司法局", "department", active=False),), PLACES, "市")
    assert suggest("市司法局", gone, TABLE, SIGNED) == []


def test_the_same_bank_by_its_place() -> None:
    registry = Registry((Known("pboc", "中国人民银行示例市分行", "人行", "department"),), PLACES, "市")
    assert [one.units for one in suggest("人民银行示例市中心支行", registry, TABLE, SIGNED)] == [("pboc",)]


@pytest.mark.parametrize("before", ["市", "示例市", "省", "县"])
def test_place_and_level_in_front_change_nothing(before: str) -> None:
    names = [name for one in TABLE.each.values() for name in one.names]
    assert [name for name in names if stem_of(before + name, PLACES) != stem_of(name, PLACES)] == []


@given(st.text("市发展改革委局办税务", max_size=12), st.text("市发展改革委局办税务", max_size=12))
def test_likeness_is_a_likeness(one: str, other: str) -> None:
    value = alike(grams(one), grams(other))
    assert 0 <= value <= 1 and value == alike(grams(other), grams(one))
    assert (value == 1) == (grams(one) == grams(other) and bool(one))
