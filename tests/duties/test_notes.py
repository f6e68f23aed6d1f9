"""Forms of notes, lists of units and time limits, each a case of a table."""

from __future__ import annotations

import datetime as dt

import pytest

from goodfaith.duties.reading import deadlines, duty, notes, units
from goodfaith.duties.reading.deadlines import Calendar
from goodfaith.duties.reading.output import deadline_as_json
from goodfaith.duties.reading.prefixes import Completer, Home, home_of

ON = Calendar(2018, True, dt.date(2018, 3, 19))
CITY = home_of("保山市人民政府办公室")

NOTES = [
    (
        "市A局牵头；B局、C局按照职责分别负责。2018年6月底前完成",
        "lead+others",
        "市A局",
        "市B局 市C局",
        "2018-06-30",
        False,
    ),
    (
        "市发展改革委牵头，市财政局等配合，2025年12月底前完成",
        "lead+others",
        "市发展改革委",
        "市财政局",
        "2025-12-31",
        True,
    ),
    ("市教育局、市财政局按职责分工负责", "joint", "", "市教育局 市财政局", None, False),
    ("各部门按职责分工负责", "joint", "", "各部门", None, False),
    ("责任单位：市教育局", "single", "", "市教育局", None, False),
    (
        "责任部门：市教育局、文化局，各县（市、区）人民政府",
        "joint",
        "",
        "市教育局 市文化局 各县（市、区）人民政府",
        None,
        False,
    ),
    ("市司法局负责，各县（市、区）人民政府配合", "lead+others", "市司法局", "各县（市、区）人民政府", None, False),
    ("市信用办，各区县政府，长期坚持", "joint", "", "市信用办 各区县政府", "ongoing", False),
    (
        "牵头部门：市商务局；配合部门：市公安局等部门；完成时限：年底前",
        "lead+others",
        "市商务局",
        "市公安局",
        "2018-12-31",
        True,
    ),
    ("由市教育局负责", "single", "", "市教育局", None, False),
    ("市发展改革委会同市财政局、审计局负责", "lead+others", "市发展改革委", "市财政局 市审计局", None, False),
    ("市公安局、民政局和司法局牵头负责", "lead_only", "市公安局 市民政局 市司法局", "", None, False),
    (
        "市发展改革委牵头、市人力资源和社会保障局配合",
        "lead+others",
        "市发展改革委",
        "市人力资源和社会保障局",
        None,
        False,
    ),
    ("市工商局、质监局负责，排在第一位的为牵头单位，下同", "first_is_lead", "市工商局", "市质监局", None, False),
    ("2021年6月底前由市民政局牵头完成", "lead_only", "市民政局", "", "2021-06-30", False),
    ("市民政局2021年底前完成", "single", "", "市民政局", "2021-12-31", False),
    (
        "市教育局等有关部门和各市、县（市、区）人民政府按职责分工负责",
        "joint",
        "",
        "市教育局 各市、县（市、区）人民政府",
        None,
        True,
    ),
    ("责任领导：副市长张三；责任单位：市教育局", "single", "", "市教育局", None, False),
]


@pytest.mark.parametrize(("words", "mode", "lead", "others", "deadline", "is_open"), NOTES)
def test_notes(words: str, mode: str, lead: str, others: str, deadline: str | None, is_open: bool) -> None:
    note = notes.parse(words, ON)
    assigned = duty.assign(note, CITY, False)
    assert (assigned.mode, assigned.lead.full, assigned.participating.full) == (
        mode, tuple(lead.split()), tuple(others.split()),
    )  # fmt: skip
    limits = [deadline_as_json(one.deadline) for one in note.limits]
    assert limits == ([deadline] if deadline else [])
    assert note.open is is_open
    assert note.odd == ()


LISTS = [
    ("各州、市人民政府", ["各州、市人民政府"]),
    ("各州、市人民政府，省直有关部门", ["各州、市人民政府", "省直有关部门"]),
    ("各区（县）人民政府、各开发区管委会", ["各区（县）人民政府", "各开发区管委会"]),
    ("市直各委、办、局", ["市直各委、办、局"]),
    ("各县、市（区）政府和市直有关部门", ["各县、市（区）政府", "市直有关部门"]),
    ("各地区、各部门", ["各地区", "各部门"]),
    ("省、市有关部门", ["省、市有关部门"]),
    ("市发展和改革委员会、工业和信息化局", ["市发展和改革委员会", "工业和信息化局"]),
    ("市财政局和市审计局", ["市财政局", "市审计局"]),
    ("市委、市政府", ["市委", "市政府"]),
    ("具有行政许可职能的部门和单位", ["具有行政许可职能的部门和单位"]),
    ("各市、县公安局", ["各市", "县公安局"]),
    ("市城乡规划与建设局、住房和城乡建设局", ["市城乡规划与建设局", "住房和城乡建设局"]),
]


@pytest.mark.parametrize(("words", "wanted"), LISTS)
def test_lists(words: str, wanted: list[str]) -> None:
    assert list(units.listed(words).names) == wanted


FULL = [
    ("市文化局、工商局", "市文化局 市工商局"),
    ("市委宣传部、网信办", "市委宣传部 市委网信办"),
    ("市委宣传部、网信办、公安局", "市委宣传部 市委网信办 市公安局"),
    ("市公安局、宣传部", "市公安局 市委宣传部"),
    ("市政府新闻办、教育局", "市政府新闻办 市教育局"),
    ("市公安局、市场监管局", "市公安局 市市场监管局"),
    ("省法院，发展改革委", "省法院 省发展改革委"),
    ("人民银行保山市中心支行、商务局", "人民银行保山市中心支行 市商务局"),
    ("市公安局、保山海关、保山学院、各有关部门", "市公安局 保山海关 保山学院 各有关部门"),
    ("市财政局、税务局、中级法院、检察院", "市财政局 市税务局 市中级法院 市检察院"),
    ("县司法局、民政局", "县司法局 县民政局"),
    ("市妇联、团市委、残联", "市妇联 团市委 市残联"),
    ("市国家安全局、国家保密局", "市国家安全局 市国家保密局"),
    ("市财政局、隆阳区人民政府、审计局", "市财政局 隆阳区人民政府 市审计局"),
]


@pytest.mark.parametrize(("words", "wanted"), FULL)
def test_omitted_prefixes(words: str, wanted: str) -> None:
    completer = Completer(CITY)
    found = [completer.full(name) for name in units.listed(words).names]
    assert [name for name, _ in found] == wanted.split()
    assert not [doubt for _, doubt in found if doubt]


@pytest.mark.parametrize(
    ("issuer", "home"),
    [
        ("云南省人民政府办公厅", Home("省", ("云南省", "云南"))),
        ("国务院办公厅", Home(national=True)),
        ("广西壮族自治区人民政府", Home("自治区", ("广西壮族自治区", "广西壮族"))),
        (None, Home()),
    ],
)
def test_homes(issuer: str | None, home: Home) -> None:
    found = home_of(issuer)
    assert (found.level, found.national) == (home.level, home.national)
    assert set(home.places) <= set(found.places)


LIMITS = [
    ("2017年底前", "2017-12-31", ""),
    ("2017 年底前".replace(" ", ""), "2017-12-31", ""),
    ("2018年6月底前完成", "2018-06-30", ""),
    ("2018年2月底前", "2018-02-28", ""),
    ("持续实施", "ongoing", ""),
    ("长期坚持", "ongoing", ""),
    ("常态化推进", "ongoing", ""),
    ("每年12月30日前", {"yearly": "12-30"}, ""),
    ("每年底前", {"yearly": "12-31"}, ""),
    ("每年3月、9月底前", {"yearly": "09-30"}, ""),
    ("到2020年", "2020-12-31", ""),
    ("2019年至2020年", "2020-12-31", ""),
    ("2018—2020年", "2020-12-31", ""),
    ("2024年3月至11月", "2024-11-30", ""),
    ("印发之日起30日内", "2018-04-18", "counted_from_signing"),
    ("自本方案印发之日起三个月内", "2018-06-19", "counted_from_signing"),
    ("年内", "2018-12-31", ""),
    ("上半年", "2018-06-30", ""),
    ("6月底前", "2018-06-30", ""),
    ("2026年一季度", "2026-03-31", ""),
    ("第三季度末前", "2018-09-30", ""),
    ("“十四五”期间", "2025-12-31", ""),
    ("12月中旬前", "2018-12-20", ""),
    ("二〇二〇年底前", "2020-12-31", ""),
    ("2020年12月31日前", "2020-12-31", ""),
    ("2018年6月前", "2018-06-30", "before_month"),
    ("立即实施", "ongoing", "at_once"),
    ("每季度末月25日前", "ongoing", "periodic"),
    ("每半年", "ongoing", "periodic"),
    ("按国家统一部署推进", None, "set_elsewhere"),
    ("2025年春节前", None, "set_elsewhere"),
    ("2018年2月30日前", None, "no_such_day"),
    ("印发之日起20个工作日内", None, "working_days"),
]


@pytest.mark.parametrize(("words", "wanted", "doubt"), LIMITS)
def test_limits(words: str, wanted: object, doubt: str) -> None:
    found = deadlines.at_start(words, ON)
    assert found is not None
    assert (deadline_as_json(found.limit.deadline), found.limit.doubt) == (wanted, doubt)


def test_a_year_that_is_not_written_is_taken_from_the_signature_and_said() -> None:
    found = deadlines.at_start("6月底前", Calendar(2018, False, dt.date(2018, 3, 19)))
    assert found and (found.limit.deadline, found.limit.doubt) == (dt.date(2018, 6, 30), "year_inferred")
    unknown = deadlines.at_start("6月底前", Calendar())
    assert unknown and (unknown.limit.deadline, unknown.limit.doubt) == (None, "year_unknown")
