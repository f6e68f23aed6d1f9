"""Documents against what a careful official reads in them: real ones read by hand, and invented ones of other habits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goodfaith.duties.reading import as_json, read_document

DOCUMENTS = Path(__file__).with_name("documents")
TRUTHS = sorted((DOCUMENTS / "truth").glob("*.json"))
HAND_READ = [path for path in TRUTHS if path.name.endswith(".truth.json")]
INVENTED = [path for path in TRUTHS if path.name.startswith("invented")]
EXACT = (
    *("chapter", "section", "clause", "title", "mode", "lead_units", "participating_units"),
    *("lead_units_full", "participating_units_full", "deadline"),
)
WIDTHS = str.maketrans("（），：；〔〕", "(),:;()")


def read(stem: str) -> dict[str, Any]:
    path = next(DOCUMENTS.glob(f"{stem}.[tm]*"))
    return as_json(read_document(path.read_bytes(), path.name))


def tasks(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [task for plan in answer["plans"] for task in plan["tasks"]]


@pytest.mark.parametrize("path", HAND_READ, ids=lambda path: path.name.split(".")[0])
def test_hand_read_documents_exactly(path: Path) -> None:
    truth = json.loads(path.read_text(encoding="utf-8"))
    answer = read(path.name.split(".")[0])
    found = tasks(answer)
    assert len(found) == truth["task_count"] == len(truth["tasks"])
    for task, wanted in zip(found, truth["tasks"], strict=True):
        assert {key: task[key] for key in EXACT} == {key: wanted[key] for key in EXACT}
        assert task["open_ended"] == wanted.get("open_ended", False)
        assert task["note"].translate(WIDTHS) == wanted["note"].translate(WIDTHS)
        assert task["uncertain"] == []
    assert {key: answer["document"][key] for key in truth["header"]} == truth["header"]
    title = truth["document"].split("（")[0]
    assert answer["document"]["title"] == title


def test_clauses_without_a_note_are_told_beside_the_tasks() -> None:
    clauses = read("jizhengban-2017-55")["plans"][0]["without_note"]
    assert [(one["chapter"], one["clause"], one["title"]) for one in clauses] == [
        ("四、强化保障措施", "（一）", "加强组织领导"),
        ("四、强化保障措施", "（二）", "健全制度"),
        ("四、强化保障措施", "（三）", "强化责任落实"),
    ]
    assert clauses[0]["deadline"] == {"yearly": "12-30"}


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.stem)
def test_invented_documents(path: Path) -> None:
    truth = json.loads(path.read_text(encoding="utf-8"))
    answer = read(path.stem)
    assert {key: answer["document"][key] for key in truth["document"]} == truth["document"]
    assert [plan["title"] for plan in answer["plans"]] == truth["plans"]
    assert [row(task) for task in tasks(answer)] == [same_width(wanted) for wanted in truth["tasks"]]


def row(task: dict[str, Any]) -> Any:
    keys = ("clause", "mode", "lead_units_full", "participating_units_full", "deadline", "open_ended")
    return same_width([task[key] for key in keys])


def same_width(value: Any) -> Any:
    if isinstance(value, list):
        return [same_width(one) for one in value]
    return value.translate(WIDTHS) if isinstance(value, str) else value


def test_two_plans_in_one_notice() -> None:
    answer = read("baozhengbanfa-2018-7")
    titles = ["保山市加强个人诚信体系建设实施方案", "保山市加强政务诚信建设实施方案"]
    assert [(plan["title"], len(plan["tasks"])) for plan in answer["plans"]] == list(zip(titles, (19, 17), strict=True))
    assert answer["document"]["doc_no"] == "保政办发〔2018〕7号"
    assert (answer["document"]["signed"], answer["document"]["printed"]) == ("2018-03-19", "2018-03-19")
    assert answer["document"]["addressees"] == ["各县（市、区）人民政府", "各园区管委会", "市直各委、办、局"]
    cited = {one["title"]: one["doc_no"] for one in answer["document"]["cites"]}
    assert cited["云南省人民政府办公厅关于加强个人诚信体系建设的实施意见"] == "云政办发〔2017〕112号"
    by_title = {task["title"]: task for task in tasks(answer)}
    assert by_title["加快规章制度建设"]["lead_units"] == ["市政务诚信建设、行政审批制度改革、公职人员诚信主管部门"]
    investment = by_title["加强招商引资领域政务诚信建设"]
    assert investment["participating_units_full"] == ["市招商合作局", "市法制办", "市法院"]
    restraint = by_title["对重点领域严重失信个人实施联合惩戒"]
    assert [one["code"] for one in restraint["uncertain"]] == ["prefix_unsure"]
    assert restraint["uncertain"][0]["words"] == "保险行业协会"


@pytest.mark.parametrize(("stem", "clauses"), [("guobanfa-2016-98", 19), ("quzhengfa-2018-5", 93)])
def test_documents_that_name_nobody_say_so(stem: str, clauses: int) -> None:
    answer = read(stem)
    assert tasks(answer) == []
    assert len(answer["plans"][0]["without_note"]) == clauses
    assert "no_notes" in [one["code"] for one in answer["document"]["uncertain"]]


def test_deep_numbering_that_starts_again() -> None:
    clauses = read("quzhengfa-2018-5")["plans"][0]["without_note"]
    chosen = next(one for one in clauses if one["title"] == "推进纳税信用与其他社会信用的联动管理")
    assert (chosen["chapter"], chosen["clause"]) == ("二、主要任务", "（3）")
    assert chosen["section"] == "（二）深入推进商务诚信建设 / 4.税务领域建设"
