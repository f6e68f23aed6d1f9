"""Running text as it arrives: what pages put between the words, labels without colons, other punctuation and letters."""

from __future__ import annotations

from typing import Any

import pytest

from goodfaith.duties.reading import as_json, read_text

HEAD = """云海市人民政府办公室关于印发云海市诚信建设工作方案的通知
云海政办〔2020〕12号
各县（市、区）人民政府，市直有关部门：
《云海市诚信建设工作方案》已经市政府同意，现印发给你们，请认真贯彻执行。
云海市人民政府办公室
2020年3月5日
云海市诚信建设工作方案
为推进诚信建设，制定本方案。
一、主要任务
"""


def tasks(text: str) -> list[list[Any]]:
    """(clause, leading, others, deadline)"""
    answer = as_json(read_text(text))
    keys = ("clause", "lead_units_full", "participating_units_full", "deadline")
    return [[task[key] for key in keys] for plan in answer["plans"] for task in plan["tasks"]]


def clause(note: str) -> str:
    return f"{HEAD}（一）完善制度。加强信用建设，健全制度。{note}\n（二）加强宣传。开展宣传活动。（市教育局负责）\n"


SENTENCES = [
    ("由市教育局牵头，市财政局配合，2020年6月底前公布清单。", ["市教育局"], ["市财政局"], "2020-06-30"),
    ("此项工作责任单位为市教育局、市财政局，2020年9月底前完成。", [], ["市教育局", "市财政局"], "2020-09-30"),
    ("由市教育局会同市财政局等部门组织实施。", ["市教育局"], ["市财政局"], None),
    ("充分发挥平台作用，由市大数据局负责，自本方案印发之日起60日内接通。", [], ["市大数据局"], "2020-05-04"),
    ("由市旅游局负责，及时向社会公布典型案件和处理结果。", [], ["市旅游局"], None),
    ("由市教育局负责，不断完善以信用为基础的监管制度。", [], ["市教育局"], None),
    ("由市教育局牵头制定办法，市财政局、人社局配合，2020年6月底前印发。", ["市教育局"], ["市财政局", "市人社局"], "2020-06-30"),
    ("市教育局为牵头单位，市财政局为配合单位，完成时限为2020年底。", ["市教育局"], ["市财政局"], "2020-12-31"),
    ("由市督查室牵头，市统计局配合，每年6月底前开展评估。主要指标如下：合格率达到99%。", ["市督查室"], ["市统计局"], {"yearly": "06-30"}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "lead", "others", "deadline"), SENTENCES)
def test_sentences_that_say_who(words: str, lead: list[str], others: list[str], deadline: object) -> None:
    assert tasks(clause(words))[0] == ["（一）", lead, others, deadline]


@pytest.mark.parametrize(
    "words",
    [
        "各县（市、区）、各部门按照任务分工组织实施。",
        "个人可以提出申请，由市信用中心会同信息提供单位办理。",
        "由企业对专利前景进行评价，形成专利资源库。",
    ],
)
def test_sentences_that_tell_nobody_a_duty(words: str) -> None:
    assert [one[0] for one in tasks(clause(words))] == ["（二）"]


PAGES = [
    "\n— 3 —\n云海市人民政府办公室文件\n",
    "\n\n云海市人民政府办公室文件\n\n- 3 -\n\n",
    "\n第 3 页 共 9 页\n",
    "\n云海信息网　第3页\n4　云海市人民政府公报\n",
]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("place", ["市财", "各县（", "、", "配合。20", "201"])
def test_a_page_that_ends_within_a_note_changes_nothing(page: str, place: str) -> None:
    note = "（市教育局牵头；市财政局，各县（市、区）人民政府配合。2019年11月底前完成）"
    broken = note.replace(place, place + page, 1)
    assert broken != note and tasks(clause(broken)) == tasks(clause(note))


def test_a_title_on_top_of_a_page_stays() -> None:
    text = (
        HEAD.replace("\n云海市诚信建设工作方案\n", "\n— 1 —\n云海市诚信建设工作方案\n")
        + "（一）做好工作。（市教育局负责）\n"
    )
    assert as_json(read_text(text))["plans"][0]["title"] == "云海市诚信建设工作方案"


LABELS = [
    "牵头领导\n李文斌\n牵头单位\n市教育局\n配合单位\n市财政局、\n人社局\n完成时限\n2020年底前",
    "牵头单位　市教育局\n配合单位　市财政局、人社局\n完成时限　2020年底前",
    "【牵头单位】市教育局\n【配合单位】市财政局、人社局\n【完成时限】2020年底前",
    "（牵头单位）市教育局\n（配合单位）市财政局、人社局\n（完成时限）2020年底前",
    "- **牵头单位：** 市教育局\n- **配合单位：** 市财政局、人社局\n- **完成时限：** 2020年底前",
    "●牵头单位：市教育局\n●配合单位：市财政局、人社局\n●完成时限：2020年底前",
    "牵头：市教育局\n配合：市财政局、人社局\n时限：2020年底前",
    "★牵头单位\n\n市教育局\n\n★配合单位\n\n市财政局、\n人社局\n\n★完成时限\n\n2020年底前",
    "● 牵头单位\n市教育局\n● 配合单位\n市财政局、人社局\n● 时间要求\n2020年\n底前",
    "◆牵头单位　市教育局\n◆配合单位　市财政局、人社局\n◆完成时限　2020年底前",
    "■牵头单位\n市教育局\n【配合单位】\n市财政局、人社局\n【完成时限】\n2020年底前",
]


@pytest.mark.parametrize("words", LABELS)
def test_labels_of_every_dress(words: str) -> None:
    found = tasks(clause("\n" + words))
    assert found[0] == ["（一）", ["市教育局"], ["市财政局", "市人社局"], "2020-12-31"]
    assert [one[0] for one in found] == ["（一）", "（二）"]


def test_a_heading_of_a_table_is_no_label() -> None:
    text = f"{HEAD}（一）做好工作。（市教育局负责）\n附件\n分工表\n任务\n牵头单位\n责任单位\n完成时限\n"
    assert tasks(text) == [["（一）", [], ["市教育局"], None]]


@pytest.mark.parametrize("office", ["河东区人民政府北山街道办事处", "云海市公安局交通警察支队", "云海市残疾人联合会"])
def test_an_office_above_the_rest_of_its_title(office: str) -> None:
    text = f"{office}\n关于印发《诚信建设行动方案》的通知\n各科室：\n现印发给你们。\n（一）做好工作。（市教育局负责）\n"
    assert as_json(read_text(text))["document"]["title"] == f"{office}关于印发《诚信建设行动方案》的通知"


def test_half_width_punctuation_with_dots_as_full_stops() -> None:
    text = clause("由市教育局牵头,市财政局配合,2020年6月底前完成.")
    assert tasks(text.translate(str.maketrans("（），：；。", "(),:;."))) == [
        ["（一）", ["市教育局"], ["市财政局"], "2020-06-30"],
        ["（二）", [], ["市教育局"], None],
    ]


def test_traditional_characters_are_read_and_given_back() -> None:
    text = "雲海縣2020年政務服務工作要點\n一、主要任務\n1.規範清單。對照清單逐項認領。（縣發改委牽頭，財政局、縣級各有關部門配合，2020年9月底前完成）\n"
    assert tasks(text) == [["1", ["縣發改委"], ["縣財政局", "縣級各有關部門"], "2020-09-30"]]
    assert as_json(read_text(text))["plans"][0]["tasks"][0]["title"] == "規範清單"


def test_an_excerpt_begins_with_any_number() -> None:
    text = "（三）人才计划。实施如下项目：\n8.培养项目。培养一批人才。（牵头单位：市教育局）\n9.121人才项目。选拔人才。（牵头单位：市科技局）\n"
    assert [one[:2] for one in tasks(text)] == [["8", ["市教育局"]], ["9", ["市科技局"]]]


PLANS = """云海市人民政府办公室关于印发云海市诚信建设两个方案的通知
云海政办〔2020〕12号
各县（市、区）人民政府：
《云海市电子商务诚信工作方案》《云海市旅游市场诚信工作方案》已经市政府同意，现印发给你们。%s
云海市人民政府办公室
2020年3月5日
云海市电子商务诚信工作方案
%s
一、主要任务
1.健全档案。归集信息。（市商务局、公安局；2020年9月底前）
云海市旅游市场诚信工作方案
为规范旅游市场，制定本方案。
一、主要任务
1.查处失信。依法查处。（市旅游局、公安局；2020年9月底前）
"""


@pytest.mark.parametrize(
    ("notice", "plan", "leads"),
    [
        ("责任单位列第一位的为牵头单位。", "为规范市场，制定本方案。", [["市商务局"], ["市旅游局"]]),
        ("", "各项任务责任单位列第一位的为牵头单位。", [["市商务局"], []]),
        ("", "为规范市场，制定本方案。", [[], []]),
    ],
)
def test_the_first_leads_in_the_plan_that_says_so(notice: str, plan: str, leads: list[list[str]]) -> None:
    assert [one[1] for one in tasks(PLANS % (notice, plan))] == leads
