"""Typesetting: what people write is printed as it stands, whatever it looks like; nothing is read; nothing runs away."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from goodfaith.common.printable import Cleaner, is_printable
from goodfaith.common.problems import Problem
from goodfaith.common.typeset import LONGEST, Typeset, pdf, typeset

AT = dt.datetime(2026, 11, 27, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PLAIN = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set text(font: ("Noto Serif SC", "Noto Sans SC"), lang: "zh", region: "cn", fallback: false)
#for line in d.lines { par(line) }
#for one in d.missing { par(one.mark + one.code) }
"""
HOSTILE = [
    '#read("/etc/passwd")', "#include \"/etc/passwd\"", "#import \"@preview/cetz:0.3.0\"", "#set page(width: 1pt)",
    "$ x^2 $", "*粗* _斜_ `码`", "\\ \\u{41} \\#", "@ref <label>", "= 标题", "// 注释 /* 注释 */", "#eval(\"1+1\")",
    '"引号" ‘单’ “双”', "{\"json\": [1]}", "</script><b>", "]] #] }} #panic()",
]  # fmt: skip


def printed(*lines: str) -> Typeset:
    return typeset(PLAIN, {"title": "题", "lines": list(lines)}, at=AT)


def text_of(document: bytes) -> str:
    with closing(PdfDocument(document)) as pages:
        return "".join(page.get_textpage().get_text_range() for page in pages)


def bare(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("line", HOSTILE)
def test_a_text_is_printed_as_it_stands(line: str) -> None:
    assert bare(line) in bare(text_of(printed(line).pdf))


def test_a_template_finds_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    for path in (str(secret), "/etc/passwd", "../../../../etc/passwd", "letter.typ"):
        with pytest.raises(Problem) as problem:
            pdf(f'#set document(title: "t")\n#read("{path}")', {}, at=AT)
        assert problem.value.code == "typeset_failed" and path not in str(problem.value)


def test_the_same_data_and_moment_give_the_same_bytes() -> None:
    assert printed("甲").pdf == printed("甲").pdf
    assert printed("甲").pdf != typeset(PLAIN, {"title": "题", "lines": ["甲"]}, at=AT + dt.timedelta(days=1)).pdf


def test_what_no_font_has_is_marked_and_told() -> None:
    one = printed("𠮷祥")
    assert one.missing == ("U+20BB7",) and "〓祥" in text_of(one.pdf)
    two = printed("𠮷😀𠮷\ue000")
    assert two.missing == ("U+20BB7", "U+1F600", "U+E000")
    assert "〓①〓②〓①〓③" in text_of(two.pdf) and "〓②U+1F600" in text_of(two.pdf)
    assert printed("㐂䶮·〔2026〕①").missing == ()


def test_what_prints_nothing_is_left_out() -> None:
    text = Cleaner().text("甲\u202e乙\u2066丙\x00\x07丁\ud800\u200f\ufe0f\U000e0100戊\u2003己\t庚")
    assert text == "甲乙丙丁戊 己 庚"
    assert Cleaner().text("一\r\n二\u2028三\n\n \n\n\n四") == "一\n二\n三\n\n四"


def test_a_long_word_breaks() -> None:
    assert Cleaner().text("x" * 20) == "x" * 20
    assert max(map(len, Cleaner().text("x" * 500).split("\u200b"))) == 4
    assert Cleaner().text("字" * 500) == "字" * 500


def test_only_strings_numbers_and_lists_are_printed() -> None:
    with pytest.raises(TypeError):
        typeset(PLAIN, {"title": "题", "lines": [AT]}, at=AT)


@pytest.mark.parametrize(
    "line",
    ["字" * 20_000, "a" * 20_000, "（" * 20_000, "\n" * 20_000, "😀" * 20_000, "e\u0301" * 10_000,
     "".join(chr(0x4E00 + n) for n in range(20_000)), "".join(chr(0xF0000 + n) for n in range(20_000))],
    ids=["han", "latin", "opening", "lines", "emoji", "combining", "all different", "all missing"],
)  # fmt: skip
def test_long_texts_are_bounded(line: str) -> None:
    began = time.monotonic()
    assert printed(line).pages < 60
    assert time.monotonic() - began < 20


def test_too_long_is_told() -> None:
    with pytest.raises(Problem) as problem:
        printed("字" * LONGEST)
    assert problem.value.code == "document_too_long"


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_text_is_printed(line: str) -> None:
    found = printed(line)
    assert found.pages >= 1
    assert all(is_printable(c) or c in "\n\u200b" for c in Cleaner().text(line))


def test_it_is_an_archival_and_accessible_pdf() -> None:
    document = printed("甲").pdf
    assert b"<pdfaid:part>2<" in document and b"<pdfuaid:part>1<" in document
    assert b"/Lang(zh-CN)" in document.replace(b" ", b"")
