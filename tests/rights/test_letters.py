"""Letters: what the facts say stands in the PDF; what is missing is refused; nothing is left to chance of the page."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pypdfium2.raw as pdfium
import pytest
from pypdfium2 import PdfDocument

from goodfaith.common.problems import Problem
from goodfaith.rights.letters import answers, course, decisions, guide, units
from goodfaith.rights.letters.letter import FREE, Letter, render
from goodfaith.rights.letters.parts import demand
from goodfaith.rights.letters.words import full, letter_number, numeral
from goodfaith.rights.notices import SCHEMAS
from goodfaith.rights.sentences import WHAT_TO_DO
from tests.common.test_typeset import HOSTILE, bare, text_of
from tests.rights import letter_samples as samples
from tests.rights.letter_samples import SAMPLES

each = pytest.mark.parametrize("name", sorted(SAMPLES))
LONG = "字" * 20_000


@pytest.fixture(scope="module")
def letters() -> dict[str, tuple[Letter, bytes]]:
    made = {name: make() for name, make in SAMPLES.items()}
    return {name: (letter, render(letter).pdf) for name, letter in made.items()}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner) if name != "kind" else ()
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _texts(inner)


@each
def test_everything_said_is_printed(name: str, letters: dict[str, tuple[Letter, bytes]]) -> None:
    letter, document = letters[name]
    text = bare(_without_edges(document))
    head = letter.head
    for said in (letter.title, head.number, head.addressee, "2026年11月27日", head.office.name, head.office.phone):
        assert bare(said) in text
    assert not [said for said in _texts(letter.blocks) if bare(said) not in text]
    assert not [said for said in letter.attached if bare(said) not in text]
    assert not re.search("None|\\{|\\}|。。|；。", text)


def _without_edges(document: bytes) -> str:
    """The text without the head and the foot of each page, which come between two halves of a paragraph."""
    lines = text_of(document).split("\n")
    edge = re.compile(r"^案号：|^第\d+页|〔2026〕\d+号\r?$")
    numbered = next(i for i, line in enumerate(lines) if edge.search(line))
    return "\n".join(line for i, line in enumerate(lines) if i == numbered or not edge.search(line))


@each
def test_each_page_has_case_number_and_count(name: str, letters: dict[str, tuple[Letter, bytes]]) -> None:
    letter, document = letters[name]
    with closing(PdfDocument(document)) as pages:
        texts = [page.get_textpage().get_text_range() for page in pages]
    for number, text in enumerate(texts, 1):
        assert letter.head.case_number in text and FREE in text and "信用修复不收取任何费用" in text
        assert f"第{number}页" in text and f"共{len(texts)}页" in text
    assert len(texts) <= 2


@each
def test_fonts_and_metadata_are_in_it(name: str, letters: dict[str, tuple[Letter, bytes]]) -> None:
    letter, document = letters[name]
    with closing(PdfDocument(document)) as pages:
        assert pages.get_metadata_value("Title") == f"{letter.title}（{letter.head.number}）"
        assert pages.get_metadata_value("CreationDate").startswith("D:20261126160000Z")
        fonts = [
            pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(thing.raw))
            for page in pages for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9)
        ]  # fmt: skip
    assert fonts and all(fonts)
    assert b"/Lang(zh-CN)" in document.replace(b" ", b"") and b"<pdfaid:part>2<" in document


@each
def test_the_same_letter_has_the_same_bytes(name: str, letters: dict[str, tuple[Letter, bytes]]) -> None:
    assert render(SAMPLES[name]()).pdf == letters[name][1]


@pytest.mark.parametrize("line", HOSTILE)
def test_what_people_write_is_printed_as_it_stands(line: str) -> None:
    facts = _complaint(about=line)
    assert bare(line) in bare(text_of(render(facts).pdf))


def _complaint(**changed: Any) -> Letter:
    told = answers.ComplaintAnswer(samples.D(2026, 11, 2), "投诉", ("查过",), "成立", samples.REMEDIES)
    return answers.complaint_answer(samples.HEAD, dataclasses.replace(told, **changed))


def test_long_texts_and_long_names_stay_on_the_page() -> None:
    head = dataclasses.replace(samples.HEAD, addressee="有限责任公司" * 30)
    told = answers.ComplaintAnswer(samples.D(2026, 11, 2), LONG, ("A" * 3000,), "成立", samples.REMEDIES)
    found = render(answers.complaint_answer(head, told))
    assert 20 < found.pages < 40
    with closing(PdfDocument(found.pdf)) as pages:
        for page in pages:
            left, right = _extent(page)
            assert left >= 70 and right <= 535


def _extent(page: Any) -> tuple[float, float]:
    boxes = [thing.get_bounds() for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9)]
    return min(b[0] for b in boxes), max(b[2] for b in boxes)


def test_rare_characters_are_explained() -> None:
    found = render(_complaint(about="申请人𠮷某"))
    assert found.missing == ("U+20BB7",)
    assert "申请人〓某" in bare(text_of(found.pdf)) and "〓为U+20BB7" in bare(text_of(found.pdf))


def test_drafts_are_marked_and_english_is_switched_on() -> None:
    letter = samples.acceptance()
    draft = text_of(render(letter, draft=True).pdf)
    assert draft.count("草稿，未签发，不具有效力") == 2
    plain = text_of(render(letter).pdf)
    assert "草稿" not in plain and "English" not in plain
    assert "quote case XF-2026-000123" in " ".join(text_of(render(letter, english=True).pdf).split())


def test_a_signature_is_never_alone() -> None:
    """However long the text, some of it stands on the page of the signature."""
    for lines in range(1, 40):
        document = render(_complaint(findings=("一行。",) * lines)).pdf
        with closing(PdfDocument(document)) as pages:
            last = bare(pages[len(pages) - 1].get_textpage().get_text_range())
        assert "提起行政诉讼" in last, lines


@pytest.mark.parametrize("module", [course, decisions, answers, guide, units], ids=lambda module: module.__name__)
def test_every_fact_is_demanded(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each field without a default, blanked, is refused, by its Chinese name."""
    for facts in _given(module, monkeypatch):
        demand(facts)
        for field in dataclasses.fields(facts):
            given = getattr(facts, field.name)
            blank = "  " if isinstance(given, str) else () if isinstance(given, tuple) else None
            broken = dataclasses.replace(facts, **{field.name: blank})
            if field.default is not dataclasses.MISSING:
                demand(broken)
                continue
            with pytest.raises(Problem, match=r"[\u4e00-\u9fff]") as problem:
                demand(broken)
            assert problem.value.code == "letter_fact_missing"


def _given(module: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The facts that the samples hand to the module's kinds."""
    seen: list[Any] = []
    original = module.compose

    def spy(kind: str, title: str, head: Any, facts: Any, *rest: Any) -> Letter:
        seen.append(facts)
        return original(kind, title, head, facts, *rest)  # type: ignore[no-any-return]

    monkeypatch.setattr(module, "compose", spy)
    for make in SAMPLES.values():
        make()
    assert seen
    return seen


def test_a_blank_inside_is_refused() -> None:
    for head in (
        dataclasses.replace(samples.HEAD, addressee=" "),
        dataclasses.replace(samples.HEAD, office=dataclasses.replace(samples.OFFICE, phone="")),
    ):
        told = answers.ComplaintAnswer(samples.D(2026, 11, 2), "投诉", ("查过",), "成立", samples.REMEDIES)
        with pytest.raises(Problem):
            answers.complaint_answer(head, told)
    with pytest.raises(Problem):
        _complaint(findings=("查过", ""))
    with pytest.raises(Problem):
        _complaint(remedies=(dataclasses.replace(samples.REMEDIES[0], within=""),))


def test_decisions_and_reasons_fit() -> None:
    granted = decisions.RepairDecision(
        True,
        samples.D(2026, 11, 20),
        samples.RECORD,
        ("查",),
        samples.D(2026, 11, 27),
        (samples.ARTICLE,),
        samples.REMEDIES,
    )
    for facts in (granted, dataclasses.replace(granted, consequences=("甲",), reasons=("乙",)),
                  dataclasses.replace(granted, granted=False, consequences=("甲",))):  # fmt: skip
        with pytest.raises(Problem):
            decisions.repair_decision(samples.HEAD, facts)
    for outcome in decisions.OUTCOMES:
        assert samples.objection(outcome).kind == "objection_decision"
    with pytest.raises(Problem):
        samples.objection("maybe")


def test_a_recall_names_no_subject() -> None:
    assert units.REASONS.keys() == WHAT_TO_DO.keys()
    assert {samples.recall(reason).title for reason in units.REASONS} == {"信用信息更正通知书", "信用信息撤回通知书"}
    assert samples.ENTERPRISE not in text_of(render(samples.recall()).pdf)
    facts = samples.RECORD
    with pytest.raises(Problem):
        units.recall(samples.UNIT_HEAD, units.Recall(
            "1", "corrected", facts, samples.D(2026, 11, 27), (units.Look(1, samples.D(2026, 6, 3), "审查"),), ("停止使用",),
            samples.D(2026, 12, 11), "回执", (samples.SECOND,),
        ))  # fmt: skip
    assert "recall-notice" in SCHEMAS


def test_words() -> None:
    assert letter_number("示例信复", 2026, 17) == "示例信复〔2026〕17号"
    assert [numeral(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]
    assert [full(t) for t in ("甲", "甲。", "甲）", "“甲。”")] == ["甲。", "甲。", "甲）。", "“甲。”"]
    with pytest.raises(Problem):
        letter_number(" ", 2026, 1)
