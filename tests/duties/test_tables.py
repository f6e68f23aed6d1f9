"""Tables of division of work in the forms in which they come: laid out on pages, framed, merged, wrapped."""

from __future__ import annotations

from typing import Any

import pytest

from goodfaith.duties.reading import as_json, read_document, read_text
from tests.duties import files, laid
from tests.duties.test_made import read, wanted
from tests.duties.test_truths import row


@pytest.mark.parametrize("seed", range(120))
def test_laid_out_on_pages(seed: int) -> None:
    text, rows = laid.table(seed)
    assert read(text) == wanted(rows)


TITLE = "青川市2024年信用建设重点任务分工表\n"
A, B = [["市发展改革委"], ["市司法局", "市财政局"]], [["市金融办"], []]
JUNE, ALWAYS = "2024-06-30", "ongoing"
BOTH = [["1", "lead+others", *A, JUNE, False], ["2", "lead_only", *B, ALWAYS, False]]
PLAIN = [[None, *one[1:]] for one in BOTH]
CASES: dict[str, tuple[str, list[Any]]] = {
    "drawn with box characters": (
        "│序号│ 任务 │牵头单位│配合单位│时限│\n├──┼──┼──┼──┼──┤\n│ 1 │建立│市发展改│市司法局、│6月│\n"
        "│   │台账│革委    │财政局    │底前│\n├──┼──┼──┼──┼──┤\n│ 2 │推进│市金融办│  │持续推进│\n└──┴──┴──┴──┴──┘\n",
        BOTH,
    ),
    "lines broken inside cells": (
        "序号\t任务\t牵头部门\t协办单位\t办结时限\n1\t建立台账；\n公布清单\t市发展改革委\t市司法局、\n财政局\t6月\n底前\n"
        "2\t推进平台\t市金融办\t\t持续推进\n",
        BOTH,
    ),
    "a row whose cells broke one after the other": (
        "序号\t任务\t牵头单位\t配合单位\t时限\n1\t建立台账、\n公布清单\t市发展改革委\t市司法局、\n财政局\t6月\n底前\n"
        "2\t推进\n平台\t市金融\n办\t\t持续推进\n",
        BOTH,
    ),
    "one cell a line, the limit before the units": (
        "序号\n任务\n时限\n牵头单位\n配合单位\n1\n建立台账，\n公布清单。\n6月底前\n市发展改革委\n市司法局、\n财政局\n"
        "2\n推进平台建设，\n扩大应用。\n持续推进\n市金融办\n/\n",
        BOTH,
    ),
    "one cell a line, broken without a comma": (
        "序号\n任务\n时限\n牵头单位\n配合单位\n1\n建立台账并在门户网站上公布清\n单。\n6月底前\n市发展改革委\n市司法局、财政局\n"
        "2\n推进平台\n持续推进\n市金融办\n/\n",
        BOTH,
    ),
    "one cell a line, a name broken": (
        "序号\n任务\n时限\n牵头单位\n配合单位\n1\n建立台账\n6月底前\n市发展改革\n委\n市司法局、市财政局\n2\n推进平台\n持续推进\n市金融办\n/\n",
        BOTH,
    ),
    "cells that stand once for the rows of a class": (
        "序号\t类别\t任务\t责任领导\t牵头单位\t配合单位\t时限\n1\t政务\t建立台账\t王志强\t市发展改革委\t市司法局、财政局\t6月底前\n"
        "2\t\t推进平台\t\t\t市金融办\t\n3\t\t开展培训\t\t市教育局\t市金融办\t\n4\t商务\t公布名单\t李华\t市商务局\t\t\n"
        "5\t\t开展检查\t\t\t市税务局\t年底前\n",
        [
            BOTH[0],
            ["2", "lead+others", ["市发展改革委"], ["市金融办"], JUNE, False],
            ["3", "lead+others", ["市教育局"], ["市金融办"], JUNE, False],
            ["4", "lead_only", ["市商务局"], [], None, False],
            ["5", "lead+others", ["市商务局"], ["市税务局"], "2024-12-31", False],
        ],
    ),
    "empty cells beside a class of their own": (
        "序号\t类别\t任务\t牵头单位\t配合单位\t时限\n1\t政务\t建立台账\t市发展改革委\t市司法局、财政局\t6月底前\n"
        "2\t商务\t推进平台\t\t市税务局、市商务局\t\n",
        [BOTH[0], ["2", "joint", [], ["市税务局", "市商务局"], None, False]],
    ),
    "rows that go on in framed lines": (
        "序号 | 任务 | 主责单位 | 参与单位 | 时间节点\n1 | 建立 | 市发展改革委 | 市司法局、 | 6月\n | 台账 | | 财政局 | 底前\n"
        "2 | 推进平台 | 市金融办 | | 持续推进\n",
        BOTH,
    ),
    "any order of columns, officials and totals": (
        "| 时限要求 | 责任领导 | 配合部门 | 牵头部门 | 任务名称 | 联系电话 |\n|--|--|--|--|--|--|\n"
        "| 6月底前 | 王志强 | 市司法局、财政局 | 市发展改革委 | 建立台账 | 5551234 |\n"
        "| 持续推进 | 李华 | | 市金融办 | 推进平台 | 5551235 |\n| 合计 | | | | 2项 | |\n",
        PLAIN,
    ),
    "spaces that tabs became": (
        "序号    任务    牵头单位    配合单位    时限\n1    建立台账，公布清单    市发展改革委    市司法局、财政局    6月底前\n"
        "2    推进平台    市金融办        持续推进\n",
        BOTH,
    ),
    "a heading of two rows": (
        "序号   任务           责任分工                 时限\n                  牵头单位       配合单位\n"
        "1      建立台账   市发展改革委   市司法局、财   6月底\n                                 政局           前\n"
        "2      推进平台   市金融办                      持续推进\n",
        BOTH,
    ),
    "each bar on a line of its own": (
        "序号\n|\n任务\n|\n牵头单位\n|\n配合单位\n|\n时限\n|\n1\n|\n建立台账\n|\n市发展改革委\n|\n市司法局、\n财政局\n|\n6月底前\n|\n"
        "2\n|\n推进平台\n|\n市金融办\n|\n|\n持续推进\n|\n",
        BOTH,
    ),
    "merged cells left out": (
        "类别\t任务\t责任单位\t时限\n政务诚信\t建立台账\t市司法局、财政局\t6月底前\n清理欠款\t市财政局\n商务诚信\t开展检查\t市商务局\t持续推进\n",
        [
            [None, "joint", [], ["市司法局", "市财政局"], JUNE, False],
            [None, "single", [], ["市财政局"], JUNE, False],
            [None, "single", [], ["市商务局"], ALWAYS, False],
        ],
    ),
    "an empty time limit that nothing shows to be merged": (
        "| 序号 | 任务 | 责任单位 | 时限 |\n| 1 | 建立台账 | 市司法局 | 6月底前 |\n| 2 | 清理欠款 | 市财政局 | |\n",
        [["1", "single", [], ["市司法局"], JUNE, False], ["2", "single", [], ["市财政局"], None, False]],
    ),
    "officials in columns of their own, a cell to a line": (
        "序号\n任务\n分管领导\n牵头单位\n责任人\n配合单位\n时限\n1\n建立台账，公布清单，按\n月更新。\n林晓东\n市发展改革委\n许文\n"
        "市司法局、财\n政局\n6月底前\n2\n推进平台。\n朱国强\n市金融办\n丁磊、何帆\n市商务局\n持续推进\n",
        [BOTH[0], ["2", "lead+others", ["市金融办"], ["市商务局"], ALWAYS, False]],
    ),
    "officials right behind their units": (
        "序号\t任务\t牵头单位及责任人\t配合单位\t时限\n1\t建立台账\t市发展改革委许文\t市司法局 林晓东、财政局\t6月底前\n"
        "2\t推进平台\t市金融办\n朱国强\t\t持续推进\n",
        BOTH,
    ),
    "rows without numbers, the last without class and limit": (
        "类别      任务                牵头单位          配合单位              时限\n"
        "夯实基础  建立台账，公布清单  市发展改革委      市司法局、财政局      6月底前\n"
        "扩大应用  推进平台            市金融办          市商务局              6月底前\n"
        "          举办培训            市委宣传部        市人力社保局\n",
        [
            PLAIN[0],
            [None, "lead+others", ["市金融办"], ["市商务局"], JUNE, False],
            [None, "lead+others", ["市委宣传部"], ["市人力社保局"], JUNE, False],
        ],
    ),
    "letters far apart that are ends of cells": (
        "序号  任务                              牵头单位                                        配合单位            时限\n\n"
        "1     建立台账                          市发展改革委                                    市司法局、市财政    6月底前\n"
        "                                                                                        局\n\n"
        "2     推进平台，公布清单，按月更新通    市金融办                                                            持续推进\n"
        "      报                                                                                                    \n",
        BOTH,
    ),
    "one cell a line, the limit right behind the number": (
        "编号\n\n进度安排\n\n重点任务\n\n主办单位\n\n协办单位\n\n1\n\n2024年6月底前\n\n建立台账\n\n市发展改革委\n\n"
        "市司法局、财政局\n\n2\n\n持续推进\n\n5G平台推广\n\n市金融办\n\n—\n",
        BOTH,
    ),
    "one cell a line, below a class that stands once": (
        "类别\n序号\n任务\n目标要求\n牵头单位\n责任单位\n时限\n夯实基础\n1\n建立台账\n应归尽归\n市发展改革委\n市司法局、财政局\n6月底前\n"
        "2\n推进平台建设，覆盖率达到100%\n培训2000人次\n市金融办\n/\n持续推进\n",
        BOTH,
    ),
    "no numbers, and the first cell broken": (
        "任务\t牵头单位\t配合单位\t时限\n建立台账，公布清\n单\t市发展改革委\t市司法局、\n财政局\t6月底前\n"
        "推进平台建设，扩\n大应用\t市金融办\t\t持续推进\n",
        PLAIN,
    ),
    "no numbers, the first cell broken below an empty remark": (
        "任务\t牵头单位\t配合单位\t时限\t备注\n建立台账，公布清\n单\t市发展改革委\t市司法局、财政局\t6月底前\t\n"
        "推进平台建设，扩\n大应用\t市金融办\t\t持续推进\t\n",
        PLAIN,
    ),
    "classes and units in the middle of the rows that they reach over": (
        "领域\t序号\t任务\t牵头单位\t配合单位\t时限\n\t1\t建立台账\t\t市司法局、财政局\t\n政务\t2\t推进平台\t市发展改革委\t市金融办\t6月底前\n"
        "\t3\t开展培训\t\t市教育局\t\n\t4\t公布名单\t\t市税务局\t\n商务\t5\t开展检查\t市商务局\t市民政局\t年底前\n\t6\t评价\t\t市统计局\t\n",
        [
            BOTH[0],
            ["2", "lead+others", ["市发展改革委"], ["市金融办"], JUNE, False],
            ["3", "lead+others", ["市发展改革委"], ["市教育局"], JUNE, False],
            *[
                [number, "lead+others", ["市商务局"], [unit], "2024-12-31", False]
                for number, unit in (("4", "市税务局"), ("5", "市民政局"), ("6", "市统计局"))
            ],
        ],
    ),
    "a heading of two rows, the first copied down": (
        "序号\t考核项目\t目标值\t责任分工\t\t\t时限\n序号\t考核项目\t目标值\t牵头单位\t责任单位\t分管领导\t时限\n"
        "1\t台账\t100%\t市发展改革委\t市司法局、财政局\t何平\t6月底前\n2\t平台\t5个\t市金融办\t\t何平\t持续推进\n",
        BOTH,
    ),
    "a heading of two rows, come again, its merged cells left out": (
        "序号\t任务\t责任体系\t时限\n主办单位\t协办单位\n1\t建立台账\t市发展改革委\t市司法局、财政局\t6月底前\n\n— 3 —\n\n"
        "序号\t任务\t责任体系\t时限\n主办单位\t协办单位\n2\t推进平台\t市金融办\t/\t持续推进\n",
        BOTH,
    ),
    "a heading of two rows with as many cells": (
        "任务\t责任主体\t时限\n牵头领导\t牵头单位\t参与单位\n建立台账\t何平\t市发展改革委\t市司法局、财政局\t6月底前\n"
        "推进平台\t许文\t市金融办\t—\t持续推进\n",
        PLAIN,
    ),
    "spaces that tabs became, the last cells empty": (
        "序号  任务  责任人  牵头单位  配合单位  备注\n1  建立台账  何　平  市发展改革委  市司法局、财政局  按月报送\n2  推进平台  许文  市金融办    \n"
        "3  开展对接，每月一次  许文  市教育局  市民政局\n4  开展检查  丁磊  市商务局  市税务局\n",
        [
            ["1", "lead+others", *A, None, False],
            ["2", "lead_only", *B, None, False],
            ["3", "lead+others", ["市教育局"], ["市民政局"], None, False],
            ["4", "lead+others", ["市商务局"], ["市税务局"], None, False],
        ],
    ),
    "bars between the cells, the first and the last empty": (
        "类别 | 序号 | 任务 | 牵头单位 | 配合单位\n政务 | 1 | 建立台账 | 市发展改革委 | 市司法局、财政局\n | 2 | 推进平台 | 市金融办 | \n",
        [["1", "lead+others", *A, None, False], ["2", "lead_only", *B, None, False]],
    ),
    "numbers in the middle of rows that stand close": (
        "序号  任务            牵头单位      配合单位      时限\n"
        "      建立台账，公布                市司法局、市\n1     清单，按月更新  市发展改革委  财政局        6月底前\n      通报\n"
        "2     推进平台        市金融办                    持续推进\n"
        "      举办培训，宣传                市人力社保局\n3     政策，推广经验  市教育局      、市民政局    年底前\n      做法\n",
        [*BOTH, ["3", "lead+others", ["市教育局"], ["市人力社保局", "市民政局"], "2024-12-31", False]],
    ),
    "a mark beside who leads": (
        "| 序号 | 任务 | 责任单位（加★的为牵头单位） | 时限 |\n| 1 | 建立台账 | ★市发展改革委、市司法局、财政局 | 6月底前 |\n",
        BOTH[:1],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_forms(name: str) -> None:
    text, rows = CASES[name]
    assert [row(task) for plan in as_json(read_text(TITLE + text))["plans"] for task in plan["tasks"]] == wanted(
        [tuple(one) for one in rows]
    )


CLASSES = [
    ("一、便捷开办", "二、高效建设"),
    ("（一）便捷开办", "（二）高效建设"),
    ("第一部分　便捷开办", "第二部分　高效建设"),
    ("第一章 便捷开办", "第二章 高效建设"),
    ("1.便捷开办", "2.高效建设"),
    ("Ⅰ.便捷开办", "Ⅱ.高效建设"),
    ("领域一：便捷开办", "领域二：高效建设"),
    ("便捷开办", "高效建设"),
    ("", ""),
]


@pytest.mark.parametrize("names", CLASSES)
@pytest.mark.parametrize("limit", ["2024年10月31日", "2024年10月底前"])
@pytest.mark.parametrize("at", [2, 4])
def test_days_and_classes_between_rows_of_one_cell_a_line(names: tuple[str, str], limit: str, at: int) -> None:
    """A day below an office's name is a cell and no signature; a class's name is no part of the row above it."""
    heads = ["序号", "重点任务", "牵头部门", "配合部门"]
    lines = [*heads[:at], "完成时限", *heads[at:]]
    for number in range(1, 5):
        cells = [str(number), f"推进第{number}批改革，一次办成。", "市财政局", "市教育局、市司法局"]
        lines += [names[number // 3]] * (number in (1, 3)) + [*cells[:at], limit, *cells[at:]]
    text = TITLE + "\n".join(one for one in lines if one) + "\n青川市财政局\n2024年3月6日\n" * (at == 4)
    found = [row(task) for plan in as_json(read_text(text))["plans"] for task in plan["tasks"]]
    told = ["lead+others", ["市财政局"], ["市教育局", "市司法局"], "2024-10-31", False]
    assert found == [[str(number), *told] for number in range(1, 5)]


def test_a_table_whose_first_headings_look_like_a_title() -> None:
    """``类别``, ``序号``, ``工作任务`` one below the other are no plan's title."""
    text = "青川市信用办关于印发《青川市2024年重点任务清单》的通知\n各有关单位：\n现印发给你们。\n青川市信用办\n2024年3月1日\n"
    body = "青川市2024年重点任务清单\n（2024年）\n类别\n序号\n工作任务\n牵头单位\n责任单位\n时限\n政务\n1\n建立台账\n市发展改革委\n市司法局、财政局\n6月底前\n"
    tasks = [row(task) for plan in as_json(read_text(text + body))["plans"] for task in plan["tasks"]]
    assert tasks == wanted([("1", "lead+others", *A, JUNE, False)])


def test_buttons_below_a_table_are_none_of_its_rows() -> None:
    text = "序号 | 任务 | 牵头单位 | 配合单位 | 时限\n--- | --- | --- | --- | ---\n1 | 建立台账 | 市发展改革委 | [市司法局](/sfj/)、财政局 | 6月底前\n\n---\n\n"
    foot = "[打印本页](javascript:window.print()) | [关闭窗口](javascript:) | 分享到：\n\n- [一图读懂《办法》](/jd/1.html)\n"
    tasks = [row(task) for plan in as_json(read_text(TITLE + text + foot))["plans"] for task in plan["tasks"]]
    assert tasks == wanted([("1", "lead+others", *A, JUNE, False)])


def test_words_beside_no_number_and_without_units_are_no_row() -> None:
    text = "序号\t任务\t牵头单位\t时限\n1\t建立台账\t市司法局\t6月底前\n填报\t说明\t\t\n"
    tasks = as_json(read_text(TITLE + text))["plans"][0]["tasks"]
    assert [task["clause"] for task in tasks] == ["1"]


def test_what_is_carried_down_is_said() -> None:
    tasks = as_json(read_text(TITLE + CASES["merged cells left out"][0]))["plans"][0]["tasks"]
    assert [[doubt["code"] for doubt in task["uncertain"]] for task in tasks] == [[], ["cell_carried"], []]
    assert [task["chapter"] for task in tasks] == ["政务诚信", "政务诚信", "商务诚信"]


def test_cells_that_stand_once_for_a_class_are_said() -> None:
    text = CASES["cells that stand once for the rows of a class"][0]
    tasks = as_json(read_text(TITLE + text))["plans"][0]["tasks"]
    said = [sum(doubt["code"] == "cell_carried" for doubt in task["uncertain"]) for task in tasks]
    assert said == [0, 2, 1, 0, 1]
    assert [task["chapter"] for task in tasks] == ["政务"] * 3 + ["商务"] * 2


def test_rows_whose_borders_are_inferred_are_said() -> None:
    text = "任务              责任单位\n建立台账，公布    市司法局\n清单\n推进平台          市金融办\n开展检查          市商务局\n"
    tasks = as_json(read_text(TITLE + text))["plans"][0]["tasks"]
    assert [[doubt["code"] for doubt in task["uncertain"]] for task in tasks] == [["table_guessed"]] * 2 + [[]]


def test_two_units_run_together_are_said() -> None:
    text = "序号\t任务\t责任单位\n1\t建立台账\t市财政局市审计局\n2\t推进平台\t市委市直机关工委\n"
    tasks = as_json(read_text(TITLE + text))["plans"][0]["tasks"]
    assert ["table_guessed" in [doubt["code"] for doubt in task["uncertain"]] for task in tasks] == [True, False]


def test_pieces_of_a_laid_out_table_are_the_text() -> None:
    text, _ = laid.table(5)
    document = read_text(text)
    assert "".join(document.text[slice(*piece.span)] for piece in document.pieces) == document.text
    assert all(task.span[0] <= task.note_span[0] < task.note_span[1] <= task.span[1] for task in document.tasks)


def test_lines_drawn_in_a_pdf_tell_its_cells() -> None:
    rows = [["序号", "任务", "牵头单位", "配合单位", "时限"], ["1", "建立台账", "市发展改革委", "市司法局、", "6月底前"],
            ["2", "推进平台", "市金融办", "", ""]]  # fmt: skip
    data = files.ruled_pdf(TITLE.strip(), rows, more={(1, 3): "财政局"}, merged={(1, 4)})
    tasks = [task for plan in as_json(read_document(data, "表.pdf"))["plans"] for task in plan["tasks"]]
    assert [row(task) for task in tasks] == wanted(
        [("1", "lead+others", *A, JUNE, False), ("2", "lead_only", *B, JUNE, False)]
    )
