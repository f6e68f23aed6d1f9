"""One sentence that gives many tasks their time limit: in every place where it may stand, and what it is not."""

from __future__ import annotations

from typing import Any

import pytest

from goodfaith.duties.reading import as_json, read_text

NOTICE = """青河市人民政府办公室关于印发青河市营商环境行动方案的通知
青河政办〔2022〕16号
各县（市、区）人民政府，市直各部门：
《青河市营商环境行动方案》已经市政府同意，现印发给你们，请认真贯彻执行。{notice}
青河市人民政府办公室
2022年3月10日
青河市营商环境行动方案
为优化营商环境，制定本方案。{before}
一、放宽准入
{head1}（一）精简材料。压减申请材料，推行容缺受理。（市审批局牵头，市司法局配合）
（二）缩短时间。企业开办压缩到一个工作日。（市市场监管局牵头，市税务局配合，2022年6月底前完成）{end1}
二、加强监管
{head2}（一）推行承诺。分类实施信用承诺，公开承诺事项。（市发展改革委牵头）
（二）联合检查。多个部门一次查完。（市市场监管局负责）{end2}
三、优化服务
{head3}（一）一网通办。高频事项全程网办，系统于2021年底前上线，数据于每年12月底前汇总报送。（市大数据局负责）
（二）一窗受理。整合窗口，综合受理。（市审批局负责，长期坚持）{end3}
四、组织实施
（一）强化领导。各部门要把各项任务落实到人，进展情况于每月5日前报送市政府办公室。{organising}
（二）强化督查。加强跟踪问效，定期通报情况。{last}
"""
PLACES = ("notice", "before", "head1", "end1", "head2", "end2", "head3", "end3", "organising", "last")


def document(**said: str) -> str:
    lines = {place: f"\n{said[place]}" if place in said else "" for place in PLACES}
    for head in ("head1", "head2", "head3"):
        lines[head] = lines[head].lstrip("\n") + "\n" if head in said else ""
    return NOTICE.format(**lines)


def limits(text: str) -> list[Any]:
    return [task["deadline"] for plan in as_json(read_text(text))["plans"] for task in plan["tasks"]]


JUNE, LONG, END = "2022-06-30", "ongoing", "2022-12-31"
WHOLE = [END, JUNE, END, END, END, LONG]
NONE = [None, JUNE, None, None, None, LONG]
FIRST, SECOND, THIRD = ([END if place == at else one for place, one in enumerate(NONE)] for at in (0, 2, 4))
SECOND[3] = END

SAID = [
    ({"notice": "除已注明时限的任务外，其余各项任务均于2022年12月底前完成。"}, WHOLE),
    ({"notice": "各责任单位要倒排工期、挂图作战，除已明确时限的外，其他任务一律于2022年底前完成。"}, WHOLE),
    ({"last": "以上任务均于2022年底前完成。"}, WHOLE),
    ({"last": "上述各项工作除另有规定外，应于2022年12月31日前全部完成。"}, WHOLE),
    ({"organising": "全部工作于2022年底前完成。"}, WHOLE),
    ({"organising": "各项任务除有明确时限要求的外，原则上于2022年年底前完成。"}, WHOLE),
    ({"organising": "本方案所列任务未注明完成时限的，均为2022年12月底前完成。"}, WHOLE),
    ({"organising": "方案中未明确完成时限的任务，完成时限均为2022年底。"}, WHOLE),
    ({"organising": "未标注完成时限的，一律按2022年12月底前完成把握。"}, WHOLE),
    ({"organising": "已注明时限的，按注明时限落实；没有注明的，2022年底前完成。"}, WHOLE),
    ({"organising": "各项任务凡有明确时限的从其规定，其余的统一在2022年12月底之前落实到位。"}, WHOLE),
    ({"organising": "确保2022年底前完成本方案确定的各项任务。"}, WHOLE),
    ({"organising": "各项任务完成时限除单独注明的以外，均为2022年底。"}, WHOLE),
    ({"before": "除另有说明外，本方案各项任务于2022年12月底前完成。"}, WHOLE),
    ({"last": "注：未注明完成时限的，均应于年内完成。"}, WHOLE),
    ({"end2": "本章任务除单独注明时限的外，均于2022年底前完成。"}, SECOND),
    ({"end2": "本部分工作2022年底前全面完成。"}, SECOND),
    ({"head2": "本章所列任务，未注明时限的均于2022年底前完成。"}, SECOND),
    ({"head2": "完成时限：2022年底前。"}, SECOND),
    ({"head2": "以下任务均须在2022年底前完成。"}, SECOND),
    ({"head2": "未注明完成时限的，均在2022年底前完成。"}, SECOND),
    ({"head1": "本部分各项措施于2022年12月底前落实到位。"}, FIRST),
    ({"end3": "本章未明确时限的任务，由责任单位于2022年底前完成。"}, THIRD),
    ({"organising": "第二部分各项任务于2022年底前完成。"}, SECOND),
    ({"end1": "以上任务均于2022年10月底前完成。", "end2": "以上任务均于2022年底前完成。"},
     ["2022-10-31", JUNE, END, END, None, LONG]),
    ({"end1": "本章任务均于2022年10月底前完成。", "last": "其余任务均于2022年底前完成。"},
     ["2022-10-31", JUNE, END, END, END, LONG]),
    ({"end2": "第（一）项任务于2022年9月底前完成。"}, [None, JUNE, "2022-09-30", None, None, LONG]),
    ({"end2": "第（一）至（二）项工作均于2022年底前完成。"}, SECOND),
    ({"organising": "除第三部分外，其余任务均于2022年底前完成。"}, [END, JUNE, END, END, None, LONG]),
    ({"last": "以上各项指标任务均于2022年底前完成，迎接省级初评。"}, WHOLE),
    ({"last": "注：1.分值见表。\n2.上述指标均须于2022年底前通过验收，确保进位。"}, WHOLE),
    ({"last": "说明：（1）否决项不计分。（2）所有指标须于2022年12月底前达标。"}, WHOLE),
    ({"last": "备注：以上各项，请于2022年底前完成并报送佐证材料。"}, WHOLE),
    ({"last": "以上任务均于2022年底前完成自查。"}, WHOLE),
    ({"organising": "未注明时限的，均为长期坚持任务。"}, [LONG, JUNE, LONG, LONG, LONG, LONG]),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), SAID)
def test_a_limit_for_many_tasks(said: dict[str, str], wanted: list[Any]) -> None:
    assert limits(document(**said)) == wanted


NOT_SAID = [
    "各项任务进展情况于2022年12月底前报送市政府办公室。",
    "各责任单位要对照任务清单，于2022年4月底前完成任务分解。",
    "各单位于每年12月底前完成自查。",
    "所有信息系统均于2022年底前完成报备。",
    "各项任务完成情况于2022年12月底前由市政府督查室汇总。",
    "市政府将于2022年底前对以上任务完成情况开展评估。",
    "到2025年，营商环境明显改善，各项任务取得积极进展。",
]


@pytest.mark.parametrize("words", NOT_SAID)
@pytest.mark.parametrize("place", ["organising", "last", "end2"])
def test_days_that_are_no_limit_of_the_tasks(words: str, place: str) -> None:
    assert limits(document(**{place: words})) == NONE


def test_what_a_clause_says_of_its_own_tasks_is_its_own() -> None:
    text = document().replace("公开承诺事项。", "公开承诺事项。各项任务均于2022年9月底前完成。")
    assert [one for one in limits(text) if one] == [JUNE, LONG]


LABELS = """临江州人民政府办公室关于印发临江州茶产业发展方案的通知
各县（市）人民政府，州级各部门：
现将《临江州茶产业发展方案》印发给你们，请遵照执行。
临江州人民政府办公室
2022年3月28日
临江州茶产业发展方案
一、夯实基础
（一）改造茶园。改造低产茶园十万亩。
牵头单位：州农业农村局
配合单位：州财政局
（二）建设水利。解决春旱用水问题。
牵头单位：州水务局
完成时限：2022年8月底前
本章任务除单独注明时限的外，均于2022年底前完成。
二、加工流通
（一）培育企业。支持企业技改扩能。
牵头单位：州工业和信息化局
配合单位：州林草局
以上任务完成时限为2023年6月底前。
"""


@pytest.mark.parametrize("lines", [True, False])
def test_the_sentence_is_no_part_of_the_label_before_it(lines: bool) -> None:
    title, body = LABELS.split("一、夯实基础")
    body = body if lines else body.replace("\n", "")
    answer = as_json(read_text(f"{title}一、夯实基础{body}"))
    tasks = [task for plan in answer["plans"] for task in plan["tasks"]]
    assert [task["deadline"] for task in tasks] == ["2022-12-31", "2022-08-31", "2023-06-30"]
    assert tasks[1]["note"].replace("；", "") == "牵头单位：州水务局完成时限：2022年8月底前"
    assert tasks[2]["participating_units_full"] == ["州林草局"]


TABLE = """云溪区人民政府办公室关于印发云溪区信用建设任务清单的通知
各乡镇人民政府、街道办事处，区直各部门：
现将《云溪区信用建设任务清单》印发给你们。{notice}
云溪区人民政府办公室
2023年2月8日
云溪区信用建设任务清单
{caption}序号\t任务\t责任单位\t完成时限
1\t归集信用信息\t区发改局\t
2\t公示处罚信息\t区司法局、区市场监管局\t2023年6月底前
3\t开展宣传活动\t区委宣传部\t
{foot}
"""
ROWS = [
    ({"foot": "注：未注明完成时限的，均于2023年11月底前完成。"}, "2023-11-30"),
    ({"foot": "备注：1.表中未明确时限的任务，完成时限均为2023年11月30日。2.排在第一位的为牵头单位。"}, "2023-11-30"),
    ({"foot": "以上任务均于2023年11月底前完成。"}, "2023-11-30"),
    ({"foot": "除第3项外，本表任务均于2023年11月底前完成。"}, [("1", "2023-11-30"), ("3", None)]),
    ({"foot": "第1项任务于2023年9月底前完成，第3项任务于2023年11月底前完成。"}, [("1", "2023-09-30"), ("3", "2023-11-30")]),
    ({"caption": "（除注明时限的外，下列任务均于2023年11月底前完成）\n"}, "2023-11-30"),
    ({"notice": "清单所列任务，没有明确完成时限的，均须于2023年11月底前完成。"}, "2023-11-30"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "wanted"), ROWS)
def test_a_limit_for_the_rows_of_a_table(said: dict[str, str], wanted: Any) -> None:
    text = TABLE.format(**{"notice": "", "caption": "", "foot": "", **said})
    tasks = [task for plan in as_json(read_text(text))["plans"] for task in plan["tasks"]]
    pairs = [("1", wanted), ("3", wanted)] if isinstance(wanted, str) else wanted
    assert [(task["clause"], task["deadline"]) for task in tasks if task["clause"] != "2"] == pairs
    assert [task["deadline"] for task in tasks if task["clause"] == "2"] == ["2023-06-30"]


HEADINGS = """石门县人民政府办公室关于印发石门县诚信建设任务分工的通知
各乡镇人民政府，县直各部门：
现将《石门县诚信建设任务分工》印发给你们。
石门县人民政府办公室
2023年2月8日
石门县诚信建设任务分工
一、{first}
（一）归集信用信息。按月归集信用信息。（县发改局负责）
（二）公示处罚信息。依法公示处罚信息。（县司法局负责，2023年5月底前完成）
二、{second}
（一）开展宣传活动。开展诚信宣传。（县委宣传部负责）
"""


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("2023年6月底前完成的任务", "2023年底前完成的任务", ["2023-06-30", "2023-05-31", END.replace("2022", "2023")]),
        ("近期任务（2023年6月底前完成）", "长期坚持的任务", ["2023-06-30", "2023-05-31", "ongoing"]),
        ("需在2023年6月底前完成的事项（2项）", "需长期坚持事项（1项）", ["2023-06-30", "2023-05-31", "ongoing"]),
        ("到2023年归集信息全覆盖", "建立长期坚持的宣传机制", [None, "2023-05-31", None]),
    ],
)
def test_a_heading_that_is_a_limit(first: str, second: str, wanted: list[Any]) -> None:
    assert limits(HEADINGS.format(first=first, second=second)) == wanted


PLANS = """青河市人民政府办公室关于印发《青河市准入方案》和《青河市监管方案》的通知
各县（市、区）人民政府，市直各部门：
《青河市准入方案》和《青河市监管方案》已经市政府同意，现印发给你们，请认真贯彻执行。{notice}
青河市人民政府办公室
2022年3月10日
青河市准入方案
一、任务
（一）精简材料。压减申请材料。（市审批局、司法局）
二、组织实施
加强领导。{one}
青河市监管方案
一、任务
（一）联合检查。一次查完。（市市场监管局、税务局）
二、组织实施
加强领导。{two}
"""


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ({"notice": "两个方案所列任务，除注明时限外，均于2022年底前完成。"}, [END, END]),
        ({"one": "本方案各项任务均于2022年底前完成。"}, [END, None]),
        ({"two": "以上任务均于2022年底前完成。"}, [None, END]),
        ({"one": "所有任务均于2022年6月底前完成。", "two": "全部任务于2022年底前完成。"}, [JUNE, END]),
    ],
)
def test_a_plan_speaks_of_its_own_tasks(said: dict[str, str], wanted: list[Any]) -> None:
    assert limits(PLANS.format(**{"notice": "", "one": "", "two": "", **said})) == wanted


MORE = [
    "以上改革任务，没有特别注明完成时间的，均应在2022年12月底前完成",
    "本方案中未明确具体完成时限的工作任务，原则上应于2022年12月底前完成",
    "对未明确完成时限的任务，各牵头单位要于2022年底前完成",
    "除标“★”的任务为长期任务外，其余任务均应于2022年底前完成",
    "本清单中未注明完成时限的事项，2022年12月底前全部完成",
    "以上6项任务均于2022年12月底前完成",
    "具体时限未明确的，按照2022年底前完成的要求推进",
    "无特殊说明的，均为2022年底前完成",
    "各任务完成时限均为2022年底",
    "上述任务请于2022年12月31日前完成",
    "所有问题确保2022年12月底前全部整改到位",
]


@pytest.mark.parametrize("words", MORE)
def test_other_words_for_the_same(words: str) -> None:
    assert limits(document(last=f"{words}。")) == WHOLE


def test_two_works_above_and_one_below() -> None:
    text = document(end2="以上四项工作均于2022年4月10日前完成。")
    assert limits(text) == ["2022-04-10", JUNE, "2022-04-10", "2022-04-10", None, LONG]


@pytest.mark.parametrize("width", [5, 9, 17, 33])
@pytest.mark.parametrize("place", range(0, len(SAID), 3))
def test_where_lines_break_changes_nothing(place: int, width: int) -> None:
    said, wanted = SAID[place]
    lines = document(**said).splitlines()
    wrapped = "\n".join(line[at : at + width] for line in lines for at in range(0, len(line), width))
    assert limits(wrapped) == wanted


STARRED = [
    ("带“*”的任务于2022年6月底前完成。", [JUNE, None, JUNE]),
    ("带*号的任务于2022年6月底前完成，其余任务于2022年12月底前完成。", [JUNE, END, JUNE]),
    ("标注星号的任务须于2022年6月底前完成。", [JUNE, None, JUNE]),
    ("加★的任务于2022年6月底前完成。", [None, None, None]),
]


@pytest.mark.parametrize(("said", "wanted"), STARRED)
def test_a_limit_for_tasks_with_a_star(said: str, wanted: list[Any]) -> None:
    rows = "1\t*建立台账\t市财政局\n2\t开展培训\t市教育局\n3\t发布清单*\t市司法局\n"
    text = NOTICE.partition("青河市营商环境行动方案\n")[0].format(notice="")
    assert limits(f"{text}青河市任务分工表\n序号\t任务\t牵头单位\n{rows}注：1.表内按月调度。2.{said}\n") == wanted
