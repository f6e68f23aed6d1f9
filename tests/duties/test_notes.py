"""Forms of notes, lists of units and time limits, each a case of a table."""

from __future__ import annotations

import datetime as dt

import pytest

from goodfaith.duties.reading.note import deadlines, duty, notes, units
from goodfaith.duties.reading.note.deadlines import Calendar
from goodfaith.duties.reading.note.names import is_unit
from goodfaith.duties.reading.note.prefixes import Completer, Home, home_of
from goodfaith.duties.reading.output import deadline_as_json

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
    (
        "市发改委负责牵头，市直有关部门配合，长期坚持",
        "lead+others",
        "市发改委",
        "市直有关部门",
        "ongoing",
        False,
    ),
    ("责任单位：市公安局（牵头）、市交通运输局", "lead+others", "市公安局", "市交通运输局", None, False),
    ("牵头单位：市财政局、市税务局按职责分工负责", "lead_only", "市财政局 市税务局", "", None, False),
    ("牵头责任单位：市发改委；协同责任单位：市直各单位", "lead+others", "市发改委", "市直各单位", None, False),
    ("市发改委为牵头单位，市财政局为配合单位", "lead+others", "市发改委", "市财政局", None, False),
    ("各行业主管部门负责，市发改委指导推动", "lead+others", "各行业主管部门", "市发改委", None, False),
    ("市工商联牵头，各行业协会商会协同推进", "lead+others", "市工商联", "各行业协会商会", None, False),
    ("各区政府负主体责任，市住建局负监管责任", "joint", "", "各区政府 市住建局", None, False),
    ("市场监管、住建、交通等行业主管部门", "joint", "", "市场监管、住建、交通等行业主管部门", None, False),
    ("县发改局（陈浩）、县财政局（刘芳）", "joint", "", "县发改局 县财政局", None, False),
    ("责任领导：李建国，2018年6月底前出台方案；责任单位：市司法局", "single", "", "市司法局", "2018-06-30", False),
    ("市委宣传部（文明办）、市教育局", "joint", "", "市委宣传部（文明办） 市教育局", None, False),
    ("市妇联、市侨联等群团组织", "joint", "", "市妇联 市侨联", None, True),
    ("西江银监局、证监局、市金融办", "joint", "", "西江银监局 西江证监局 市金融办", None, False),
    ("公安保山分局、永昌学院、团市委、市总工会", "joint", "", "公安保山分局 永昌学院 团市委 市总工会", None, False),
    (
        "市税务局、各县区，列第一位的为牵头单位，下同。以下均需各县区落实，不再列出",
        "first_is_lead",
        "市税务局",
        "各县区",
        None,
        False,
    ),
    (
        "市财政局，各区人民政府（含开发区、新城管委会，下同）",
        "joint",
        "",
        "市财政局 各区人民政府（含开发区、新城管委会，下同）",
        None,
        False,
    ),
    ("市统计局每年3月底前发布", "single", "", "市统计局", {"yearly": "03-31"}, False),
    (
        "主办：市发改委；协办：市财政局、税务局；时限：2018年12月",
        "lead+others",
        "市发改委",
        "市财政局 市税务局",
        "2018-12-31",
        False,
    ),
    ("责任：市教育局；时限：长期", "single", "", "市教育局", "ongoing", False),
    (
        "牵头单位为市旅游局，配合单位是市工商局，完成时限为2018年底",
        "lead+others",
        "市旅游局",
        "市工商局",
        "2018-12-31",
        False,
    ),
    ("市教育局牵头制定实施办法，市财政局配合", "lead+others", "市教育局", "市财政局", None, False),
    ("市民政局具体负责搭建平台，2018年9月底前", "single", "", "市民政局", "2018-09-30", False),
    ("市司法局负责，自2018年7月1日起执行", "single", "", "市司法局", "ongoing", False),
    ("市教育局负责，方案印发后30日内", "single", "", "市教育局", "2018-04-18", False),
    ("市水务局负责，各镇人民政府、街道办事处配合", "lead+others", "市水务局", "各镇人民政府、街道办事处", None, False),
    ("地方各级人民政府负责", "joint", "", "地方各级人民政府", None, False),
    ("责任单位：各级人民政府", "joint", "", "各级人民政府", None, False),
    ("各级各有关部门负责，2018年9月底前完成", "joint", "", "各级各有关部门", "2018-09-30", False),
    ("由县级以上地方各级人民政府负责", "joint", "", "县级以上地方各级人民政府", None, False),
    ("地方人民政府负责，长期坚持", "joint", "", "地方人民政府", "ongoing", False),
    ("市教育局，首位责任单位为牵头单位，下同", "first_is_lead", "市教育局", "", None, False),
]


@pytest.mark.parametrize(("words", "mode", "lead", "others", "deadline", "is_open"), NOTES)
def test_notes(words: str, mode: str, lead: str, others: str, deadline: object, is_open: bool) -> None:
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
    ("各市、县公安局", ["各市、县公安局"]),
    ("各县区、市财政局", ["各县区", "市财政局"]),
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
    ("市委宣传部、教育工委、直属机关工委", "市委宣传部 市委教育工委 市委直属机关工委"),
    ("市委统战部、党校、编办", "市委统战部 市委党校 市委编办"),
    ("市委办公室、妇儿工委办公室", "市委办公室 市妇儿工委办公室"),
    ("市工信局、供销联社", "市工信局 市供销联社"),
    ("市商务局、供销合作联社、供销社", "市商务局 市供销合作联社 市供销社"),
    ("市科技局、之江实验室、滨湖研究院", "市科技局 之江实验室 滨湖研究院"),
    ("市卫生健康委、协和医院、人民医院", "市卫生健康委 协和医院 市人民医院"),
    ("市教育局、滨湖大学、社会科学院", "市教育局 滨湖大学 市社会科学院"),
    ("市科技局、农业科学研究院", "市科技局 市农业科学研究院"),
    ("市审计局、地方金融监管局", "市审计局 市地方金融监管局"),
    ("市财政局、地方金融监督管理局", "市财政局 市地方金融监督管理局"),
    ("自治区审计厅、地方金融监管局，北原银保监局", "自治区审计厅 自治区地方金融监管局 北原银保监局"),
    ("省档案局，地方志办公室", "省档案局 省地方志办公室"),
    ("市财政局、地方税务局", "市财政局 市地方税务局"),
    ("市教育局、青石中心小学", "市教育局 青石中心小学"),
]


@pytest.mark.parametrize(("words", "wanted"), FULL)
def test_omitted_prefixes(words: str, wanted: str) -> None:
    completer = Completer(CITY)
    found = [completer.full(name) for name in units.listed(words).names]
    assert [name for name, _ in found] == wanted.split()
    assert not [doubt for _, doubt in found if doubt]


IN_TOWNS = [
    ("青石镇人民政府", "镇综合行政执法队、林业工作站", "镇综合行政执法队 镇林业工作站"),
    (
        "云海县青石镇人民政府",
        "镇规划建设办公室、应急管理办公室，便民服务中心",
        "镇规划建设办公室 镇应急管理办公室 镇便民服务中心",
    ),
    ("青石镇党委", "镇村镇建设办公室、党政办公室、镇村镇建设办公室", "镇村镇建设办公室 镇党政办公室 镇村镇建设办公室"),
    (
        "白水乡人民政府",
        "乡党政办公室、乡村振兴办公室、综合行政执法队",
        "乡党政办公室 乡乡村振兴办公室 乡综合行政执法队",
    ),
    (
        "云海市城北街道办事处",
        "街道党政办公室、应急管理办公室、便民服务中心",
        "街道党政办公室 街道应急管理办公室 街道便民服务中心",
    ),
    ("青石镇人民政府", "镇林业工作站、青石派出所，青石林场", "镇林业工作站 青石派出所 青石林场"),
    ("青石镇人民政府", "镇党建办公室，青石中心小学、白水中心卫生院", "镇党建办公室 青石中心小学 白水中心卫生院"),
    ("青石镇人民政府", "镇财政所、县公安局、青石供电所，各村民委员会", "镇财政所 县公安局 青石供电所 各村民委员会"),
]


@pytest.mark.parametrize(("issuer", "words", "wanted"), IN_TOWNS)
def test_offices_of_a_town(issuer: str, words: str, wanted: str) -> None:
    completer, names = Completer(home_of(issuer)), units.listed(words).names
    assert all(is_unit(name) for name in names)
    assert [completer.full(name) for name in names] == [(name, "") for name in wanted.split()]


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
    ("3个月内", "2018-06-19", "counted_from_signing"),
    ("2018.06.15", "2018-06-15", ""),
    ("2018-06", "2018-06-30", ""),
    ("2018年3月、6月、9月底前", "2018-09-30", ""),
    ("2018－2020年", "2020-12-31", ""),
    ("每年第四季度", {"yearly": "12-31"}, ""),
    ("2019年起每年12月底前", {"yearly": "12-31"}, ""),
    ("2018年“十一”前", None, "set_elsewhere"),
    ("2018年秋季学期开学前", None, "set_elsewhere"),
    ("春节前", None, "set_elsewhere"),
    ("按月推进", "ongoing", "periodic"),
    ("常抓不懈", "ongoing", ""),
    ("全年持续推进", "ongoing", ""),
    ("全年常态化开展", "ongoing", ""),
    ("2018年全年", "2018-12-31", ""),
    ("并形成长效机制", "ongoing", ""),
]


@pytest.mark.parametrize(("words", "wanted", "doubt"), LIMITS)
def test_limits(words: str, wanted: object, doubt: str) -> None:
    found = deadlines.at_start(words.replace("－", "—"), ON)
    assert found is not None
    assert (deadline_as_json(found.limit.deadline), found.limit.doubt) == (wanted, doubt)


def test_a_year_that_is_not_written_is_taken_from_the_signature_and_said() -> None:
    found = deadlines.at_start("6月底前", Calendar(2018, False, dt.date(2018, 3, 19)))
    assert found and (found.limit.deadline, found.limit.doubt) == (dt.date(2018, 6, 30), "year_inferred")
    unknown = deadlines.at_start("6月底前", Calendar())
    assert unknown and (unknown.limit.deadline, unknown.limit.doubt) == (None, "year_unknown")
