"""Paragraphs that tell several duties; clauses that are counted in other ways; names of offices by place."""

from __future__ import annotations

from typing import Any

import pytest

from goodfaith.duties.reading import as_json, read_text

HEAD = """云海市人民政府办公室关于印发云海市住房安全方案的通知
云海政办〔2020〕12号
各县（市、区）人民政府，市直有关部门：
现将《云海市住房安全方案》印发给你们，请认真贯彻执行。
云海市人民政府办公室
2020年3月5日
云海市住房安全方案
为保障住房安全，制定本方案。
"""


def tasks(text: str) -> list[list[Any]]:
    keys = ("clause", "lead_units_full", "participating_units_full", "deadline")
    return [[task[key] for key in keys] for plan in as_json(read_text(text))["plans"] for task in plan["tasks"]]


def told(words: str) -> list[tuple[str, str, Any]]:
    text = (
        f"{HEAD}一、主要任务\n（一）排查房屋。逐栋建立档案。{words}\n（二）加强宣传。开展宣传活动。（市教育局负责）\n"
    )
    return [(" ".join(lead), " ".join(others), limit) for clause, lead, others, limit in tasks(text) if "一" in clause]


PARAGRAPHS = [
    ("一是由市教育局负责制定方案，6月底前完成；二是由市财政局牵头，市审计局配合开展检查。",
     [("", "市教育局", "2020-06-30"), ("市财政局", "市审计局", None)]),
    ("一是完善制度，由市司法局负责；二是加强检查，由市城管局牵头，市公安局配合；三是加强宣传，由市文旅局负责。",
     [("", "市司法局", None), ("市城管局", "市公安局", None), ("", "市文旅局", None)]),
    ("由各村（社区）负责，5月31日前完成初排。对存在隐患的，聘请专业人员复核。由市住建局牵头，市城管局配合，6月15日前完成录入。",
     [("", "各村（社区）", "2020-05-31"), ("市住建局", "市城管局", "2020-06-15")]),
    ("制定方案由市住建局牵头，4月底前完成；组织鉴定由市财政局负责，10月底前完成。",
     [("市住建局", "", "2020-04-30"), ("", "市财政局", "2020-10-31")]),
    ("由市住建局牵头，市财政局配合，4月底前印发方案。由市城管局会同市公安局负责，9月底前完成整治。",
     [("市住建局", "市财政局", "2020-04-30"), ("市城管局", "市公安局", "2020-09-30")]),
    ("噪声严格管控，半小时内到场处置。由市生态环境局牵头，市城管局配合。\n道路临时管制，设置送考停车区。由市公安局负责。",
     [("市生态环境局", "市城管局", None), ("", "市公安局", None)]),
    ("噪声严格管控，半小时内到场处置。由市生态环境局负责。道路临时管制，设置停车区。由市公安局、交通局按职责分别负责。",
     [("", "市生态环境局", None), ("", "市公安局 市交通局", None)]),
    ("加强巡检，半小时内到场处置。由市城管局会同市住建局负责。落实双电源，及时抢修线路。由市供电公司负责，5月底前完成。",
     [("市城管局", "市住建局", None), ("", "市供电公司", "2020-05-31")]),
    ("噪声严格管控，经费由市财政局负责。由市公安局负责。", [("", "市公安局", None)]),
    ("由市住建局牵头；由市财政局、审计局配合。", [("市住建局", "市财政局 市审计局", None)]),
    ("由市住建局牵头，4月底前完成初查；6月底前完成复核。", [("市住建局", "", "2020-06-30")]),
    ("对不符合条件的，由受理窗口一次性告知；由市住建局牵头，市财政局配合，9月底前完成。",
     [("市住建局", "市财政局", "2020-09-30")]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "wanted"), PARAGRAPHS)
def test_each_sentence_that_gives_units_their_part_is_a_duty(words: str, wanted: list[Any]) -> None:
    assert told(words) == wanted


def numbers(body: str) -> list[str]:
    return [str(one[0]) for one in tasks(HEAD + body)]


NOTE = "（市教育局牵头，市财政局配合）"
NUMBERED = [
    (
        "一、问题清单\n问题一：责任不清。责任单位：市教育局。\n问题二：排查不细。责任单位：市财政局。\n"
        "二、任务清单\n任务1：建立台账。责任单位：市教育局。\n任务2：逐户排查。责任单位：市财政局。\n",
        "问题一 问题二 任务1 任务2",
    ),
    (
        f"一、排查\n第一项 建立台账。建立台账。{NOTE}\n第二项 逐户排查。逐户排查。{NOTE}\n二、整治\n第一项 停用危房。停用。{NOTE}\n",
        "第一项 第二项 第一项",
    ),
    (
        f"一、排查\n1.1 建立台账。建立台账。{NOTE}\n1.2 逐户排查。逐户排查。{NOTE}\n二、整治\n2.1 停用危房。停用危房。{NOTE}\n",
        "1.1 1.2 2.1",
    ),
    (
        f"一、排查\n（1.1）建立台账。建立台账。{NOTE}\n（1.2）逐户排查。逐户排查。{NOTE}\n二、整治\n（2.1）停用危房。停用。{NOTE}\n",
        "（1.1） （1.2） （2.1）",
    ),
    (
        f"一、排查\n1、建立台账。建立台账。{NOTE}\n2、逐户排查。逐户排查。{NOTE}\n3、鉴定。鉴定。{NOTE}\n二、整治\n1、停用。停用危房。{NOTE}\n2、拆除。拆除危房。{NOTE}\n",
        "1 2 3 1 2",
    ),
    (
        f"一、2020年6月底前完成的任务\n1、2020年台账建设。建立台账。{NOTE}\n2、5G监测。装设备。{NOTE}\n二、2020年底前完成的任务\n3、停用。停用。{NOTE}\n",
        "1 2 3",
    ),
    (
        "一、责任方面\n（一）责任不清。\n责任单位：市教育局\n联系人：吴芳，5621008\n整改时限：2020年6月底前\n"
        "（二）台账不全。\n责任单位：市财政局\n联系人：李明，5621009\n整改时限：2020年7月底前\n"
        "二、监管方面\n（一）检查不够。\n责任单位：市住建局\n联系人：陈晓，5621010\n整改时限：2020年8月底前\n"
        "三、宣传方面\n（一）宣传不够。\n责任单位：市文旅局\n联系人：周敏，5621011\n整改时限：2020年9月底前\n",
        "（一） （二） （一） （一）",
    ),
    (f"一、任务\n（一）停用危房。停用。{NOTE}\n（二）拆除。拆除。{NOTE}\n附件1\n云海市住房安全措施清单\n一、措施\n（一）鉴定。鉴定。{NOTE}\n附件2\n云海市住房安全责任清单\n一、责任\n（一）督查。督查。{NOTE}\n",
     "（一） （二） （一） （一）"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), NUMBERED)
def test_clauses_counted_in_other_ways_and_again(body: str, wanted: str) -> None:
    assert numbers(body) == wanted.split()


UNITS = [
    ("龙川海事处、市交通运输局", "龙川海事处 市交通运输局"),
    ("市交通运输局、港航海事处", "市交通运输局 市港航海事处"),
    ("柳河派出所、东山边境检查站、市公安局", "柳河派出所 东山边境检查站 市公安局"),
    ("市工信局，中国移动、中国电信、中国联通云海分公司", "市工信局 中国移动 中国电信 中国联通云海分公司"),
    ("市工信局，移动云海分公司、电信云海分公司、联通云海分公司、铁塔云海分公司",
     "市工信局 移动云海分公司 电信云海分公司 联通云海分公司 铁塔云海分公司"),
    ("市民政局、河湾村、东街社区居委会、柳林自然村、巴彦嘎查", "市民政局 河湾村 东街社区居委会 柳林自然村 巴彦嘎查"),
    ("市农业农村局、乡村振兴局、南园村村委会", "市农业农村局 市乡村振兴局 南园村村委会"),
    ("市林业局、松岭地区行署、青山盟行政公署", "市林业局 松岭地区行署 青山盟行政公署"),
    ("市城管局、滨海街道党工委、城北街道办、河东镇党委", "市城管局 滨海街道党工委 城北街道办 河东镇党委"),
    ("市水利局，各盟行政公署、市人民政府", "市水利局 各盟行政公署、市人民政府"),
    ("市水利局、各地区行署、自治州人民政府", "市水利局 各地区行署、自治州人民政府"),
    ("市水利局、各市人民政府、地区行署", "市水利局 各市人民政府、地区行署"),
    ("各地区行政公署、各市人民政府、市水利局", "各地区行政公署 各市人民政府 市水利局"),
    ("市通信办，中国铁塔云海市分公司", "市通信办 中国铁塔云海市分公司"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "wanted"), UNITS)
def test_offices_by_place_and_carriers(words: str, wanted: str) -> None:
    text = f"{HEAD}一、任务\n（一）保障通信。保障通信畅通。（{words}按职责分工负责）\n"
    assert tasks(text) == [["（一）", [], wanted.split(), None]]


FIRST = [
    "责任单位排在第一位的为牵头单位。",
    "列首位的单位为牵头单位，其余为配合单位。",
    "排名第一的单位牵头负责。",
    "第一家单位为牵头单位。",
    "第一责任单位牵头抓总，其他单位配合。",
    "牵头单位为排在第一位的单位。",
    "责任单位中，牵头单位列第一位。",
    "有多个责任单位的，首列单位为牵头单位。",
    "括号内列第一位的是牵头单位，其他为参加单位。",
    "排在首位的责任单位为该项任务的牵头单位。",
    "名列第一的为牵头部门。",
    "以第一个单位为牵头单位。",
    "排第一的部门牵头，其他部门参加。",
    "首个责任单位为牵头单位。",
]


@pytest.mark.parametrize("words", FIRST)
@pytest.mark.parametrize("place", ["notice", "before", "after"])
def test_the_first_leads_where_the_document_says_so(words: str, place: str) -> None:
    head = HEAD.replace("请认真贯彻执行。", f"请认真贯彻执行。{words}") if place == "notice" else HEAD
    before, after = (f"{words}\n" if place == at else "" for at in ("before", "after"))
    text = f"{head}{before}一、任务\n（一）排查。排查房屋。（市住建局、财政局）\n二、组织实施\n加强组织领导。{after}\n"
    assert tasks(text) == [["（一）", ["市住建局"], ["市财政局"], None]]


NOT_FIRST = ["坚持把安全放在第一位，市住建局为牵头单位。", "党政主要负责人是第一责任人。"]


@pytest.mark.parametrize("words", NOT_FIRST)
def test_first_things_that_are_no_rule(words: str) -> None:
    text = f"{HEAD}{words}\n一、任务\n（一）排查。排查房屋。（市住建局、财政局）\n"
    assert tasks(text) == [["（一）", [], ["市住建局", "市财政局"], None]]
