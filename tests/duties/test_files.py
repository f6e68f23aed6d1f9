"""Files of every kind that comes, and those that can't be read: each gets a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from goodfaith.common.problems import Problem
from goodfaith.duties.reading import as_json, read_document, read_text
from goodfaith.duties.reading.files import opened
from tests.duties import files

TEXT = "\n".join(files.BODY)


def outline(answer: dict[str, Any]) -> Any:
    return [
        (task["chapter"], task["clause"], task["title"], task["lead_units_full"], task["participating_units_full"],
         task["deadline"])
        for plan in answer["plans"] for task in plan["tasks"]
    ]  # fmt: skip


WANTED = outline(as_json(read_text(TEXT)))


def read(data: bytes, name: str = "文件") -> dict[str, Any]:
    return as_json(read_document(data, name))


def test_the_sample_says_what_it_should() -> None:
    assert WANTED == [
        ("一、主要任务", "（一）", "加强教育", ["市教育局"], ["市财政局"], "2020-12-31"),
        ("一、主要任务", "（二）", "健全制度", [], ["市司法局", "市民政局"], None),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_in_every_encoding(encoding: str, end: str) -> None:
    assert outline(read(TEXT.replace("\n", end).encode(encoding))) == WANTED


def test_word() -> None:
    assert outline(read(files.docx_bytes(files.BODY))) == WANTED


def test_numbers_that_word_makes() -> None:
    lines: list[tuple[int | None, str]] = [(None, line) for line in files.BODY[:4]]
    lines += [(0, "主要任务"), (1, files.BODY[5][3:]), (1, files.BODY[6][3:]), *((None, one) for one in files.BODY[7:])]
    assert outline(read(files.numbered_docx(lines))) == WANTED


def test_numbers_start_again_below_a_new_chapter() -> None:
    lines = [(0, "基础"), (1, "甲。好。（市教育局负责）"), (0, "应用"), (1, "乙。好。（市民政局负责）"), (2, "丙。")]
    answer = read(files.numbered_docx([(None, "示例市信用建设方案"), *lines]))
    assert [row[:3] for row in outline(answer)] == [("一、基础", "（一）", "甲"), ("二、应用", "（一）", "乙")]


IN_TABLE = [
    (None, "1", "建立平台", ["市发展改革委"], ["市财政局", "市审计局"], "2020-06-30"),
    (None, "2", "发布目录", ["市司法局"], [], "ongoing"),
]


def test_tables_in_word() -> None:
    answer = read(files.docx_bytes([files.BODY[0], "示例市信用建设重点任务分工表"], files.TABLE))
    assert outline(answer) == IN_TABLE


@pytest.mark.parametrize("made", [files.nested_docx, files.boxed_docx])
def test_tables_within_cells_and_text_boxes_of_word(made: Callable[[str], bytes]) -> None:
    assert outline(read(made("示例市2020年信用建设重点任务分工表"))) == IN_TABLE


def test_merged_cells_in_word_are_told_in_every_row() -> None:
    answer = read(files.merged_docx("示例市2020年信用建设任务分工表"))
    assert outline(answer) == [
        ("一、政务诚信", "1", "建立平台", ["市发展改革委"], ["市财政局", "市审计局"], "2020-06-30"),
        ("一、政务诚信", "2", "发布目录", ["市发展改革委"], ["市司法局"], "ongoing"),
        ("二、商务诚信", "3", "开展检查", ["市市场监管局"], ["市商务局"], "2020-12-31"),
        ("二、商务诚信", "3", "公布结果", ["市信用办"], [], "2020-12-31"),
    ]
    assert not [doubt for plan in answer["plans"] for task in plan["tasks"] for doubt in task["uncertain"]]


def test_a_document_framed_by_a_table_of_one_cell() -> None:
    assert outline(read(files.framed_docx(files.BODY))) == WANTED


def test_a_few_revisions_are_read_as_accepted_and_said() -> None:
    answer = read(files.revised_docx(files.BODY, 2))
    assert outline(answer) == WANTED
    assert answer["document"]["uncertain"][0]["code"] == "revisions_accepted"


def test_pdf_without_what_repeats_on_its_pages() -> None:
    pages = [["示例市人民政府公报", *files.BODY[:5], "- 1 -"], ["示例市人民政府公报", files.BODY[5][:20], "- 2 -"],
             ["示例市人民政府公报", files.BODY[5][20:], *files.BODY[6:], "- 3 -"]]  # fmt: skip
    assert outline(read(files.pdf_bytes(pages))) == WANTED


def test_pdf_with_a_letter_alone_on_its_line() -> None:
    """The font isn't in the file, so that the letter takes no room."""
    words = [*files.BODY[:5], files.BODY[5][:-1], files.BODY[5][-1], *files.BODY[6:]]
    text = read_document(files.pdf_bytes([words]), "文.pdf").text
    assert "".join(text.split()) == "".join("".join(words).split())


BAD = {
    "empty": (b"", "document_empty"),
    "blank": (b" \n \n", "document_empty"),
    "another language": ("The quick brown fox jumps over the lazy dog. " * 20).encode(),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "document_picture"),
    "scan": (files.pdf_bytes([[], []]), "document_scan"),
    "long pdf": (files.pdf_bytes([["附件"]] * (opened.MAX_PAGES + 1)), "document_too_long"),
    "broken pdf": (b"%PDF-1.4 nothing", "document_broken"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "document_format"),
    "ofd": (files.zip_bytes({"OFD.xml": b"<x/>"}), "document_format"),
    "workbook": (files.zip_bytes({"xl/workbook.xml": b"<x/>"}), "document_format"),
    "zip": (files.zip_bytes({"a.txt": b"x"}), "document_format"),
    "broken zip": (b"PK\x03\x04 nothing", "document_broken"),
    "broken word": (files.zip_bytes({"word/document.xml": b"<w:document"}), "document_broken"),
    "bomb": (files.zip_bytes({"word/document.xml": b" " * (101 * 1024 * 1024)}), "document_bomb"),
    "revised": (files.revised_docx(files.BODY, 40), "document_revisions"),
    "web page": ("<!DOCTYPE html><html>政府信息</html>".encode(), "document_web_page"),
    "rtf": (b"{\\rtf1 text}", "document_format"),
    "not text": (b"\xff\xff\x81" * 100, "document_encoding"),
    "annex": (("附件内容很长。" * 250_000).encode(), "document_too_long"),
    "entities": (
        files.zip_bytes({"word/document.xml": b'<!DOCTYPE d [<!ENTITY a "x">]><d>&a;</d>'}), "document_empty",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_gets_a_sentence(name: str) -> None:
    given = BAD[name]
    data, code = given if isinstance(given, tuple) else (given, "document_language")
    with pytest.raises(Problem) as caught:
        read_document(data, "文件.wps" if name == "old word" else "文件")
    assert caught.value.code == code
    assert caught.value.what.endswith("。") and caught.value.next.endswith("。")
