"""What holds for every text: the pieces are the text, and where lines broke changes no duty."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodfaith.common.problems import Problem
from goodfaith.duties.reading import as_json, read_document, read_text

DOCUMENTS = Path(__file__).with_name("documents")
REAL = ["yunzhengbanfa-2017-112", "jizhengban-2017-55", "baozhengbanfa-2018-7", "quzhengfa-2018-5", "guobanfa-2016-98"]
SENTENCES = [
    "一、", "（一）", "1.", "（1）", "①", "加强教育", "。", "，", "；", "：", "\n", "\n\n", " ", "（市教育局牵头；", "财政局、", "等部门", "配合", "）",
    "2018年底前完成", "责任单位：", "各州、市人民政府", "第一条", "序号", "任务", "牵头单位", "完成时限", "\t", "|", "**", "#", "《", "》", "示例市人民政府",
    "2018年3月5日", "附件", "印发", "关于", "的通知", "号", "〔2018〕", "3",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=80).map("".join)


@cache
def original(stem: str) -> str:
    return (DOCUMENTS / f"{stem}.txt").read_text(encoding="utf-8")


def wrapped(text: str, width: int, blank: bool = False) -> str:
    end = "\n\n" if blank else "\n"
    return "\n".join(end.join(line[at : at + width] for at in range(0, len(line), width)) for line in text.split("\n"))


def duties(text: str) -> Any:
    answer = as_json(read_text(text))
    for plan in answer["plans"]:
        for task in [*plan["tasks"], *plan["without_note"]]:
            task.pop("uncertain", None)
    answer["document"].pop("uncertain")
    return without_spaces(answer)


def without_spaces(value: Any) -> Any:
    """A space that stands where a line is broken may go with the break."""
    if isinstance(value, dict):
        return {key: without_spaces(one) for key, one in value.items()}
    if isinstance(value, list):
        return [without_spaces(one) for one in value]
    return "".join(value.replace("|", "").split()) if isinstance(value, str) else value


@cache
def unbroken(stem: str) -> Any:
    return duties(original(stem))


@settings(max_examples=25)
@given(stem=st.sampled_from(REAL[:3]), width=st.integers(4, 120), blank=st.booleans())
def test_hard_wrapping_changes_no_duty(stem: str, width: int, blank: bool) -> None:
    assert duties(wrapped(original(stem), width, blank)) == unbroken(stem)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.[tm]*")), ids=lambda path: path.stem)
def test_pieces_are_the_text_and_tasks_stand_in_it(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    assert document.text == path.read_text(encoding="utf-8")
    check(document.text)
    for task in document.tasks:
        words, note = document.text[slice(*task.span)], document.text[slice(*task.note_span)]
        assert all(
            without_spaces(name) in without_spaces(note) for name in (*task.lead.names, *task.participating.names)
        )
        assert task.span[0] < task.note_span[0] and task.note_span[1] <= task.span[1]
        assert without_spaces(words)[:4] == without_spaces(task.text)[:4]


def check(text: str) -> None:
    document = read_text(text)
    assert "".join(document.text[slice(*piece.span)] for piece in document.pieces) == document.text
    assert all(0 <= start <= end <= len(document.text) for piece in document.pieces for start, end in [piece.span])


@settings(max_examples=200)
@given(TEXTS)
def test_whatever_is_thrown_at_it_only_a_problem_comes_out(text: str) -> None:
    try:
        check(text)
    except Problem as problem:
        assert problem.what and problem.next
