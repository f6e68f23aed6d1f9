"""What may be shown to everybody: numbers of people are found wherever a file hides them, and pictures need a person."""

from __future__ import annotations

import datetime as dt
import io
import time

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common.problems import Problem
from goodfaith.duties import clearing, rules
from goodfaith.subjects.numbers import id_check_digit
from goodfaith.subjects.personal import Seen, numbers_in
from tests.duties import files

BODY17 = "53010219900307123"
NUMBER = BODY17 + id_check_digit(BODY17)
MASKED = f"530***********{NUMBER[-4:]}"
PDF, PNG = "application/pdf", "image/png"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG = "双公示自查情况：本年度各执法单位按月自查公示时间，逐条补报。"


@pytest.mark.parametrize("text", [
    f"身份证号码{NUMBER}，", NUMBER.lower(), f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", f"{NUMBER[:10]}\r\n{NUMBER[10:]}",
    "".join(chr(ord(c) + 0xFEE0) for c in NUMBER), "　".join(NUMBER), f"{NUMBER[:6]}-{NUMBER[6:]}", f"001122 {NUMBER}",
    f"3456 78901234 {NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", f"（{NUMBER}）", f"x{NUMBER}\u200b",
])  # fmt: skip
def test_an_identity_number_is_found_however_it_is_written(text: str) -> None:
    assert Seen("id_number", MASKED) in set(numbers_in(text))


@pytest.mark.parametrize("text", ["13912345678", "139 1234 5678", "+86-139-1234-5678", "电话：１３９１２３４５６７８。", "8613912345678"])
def test_a_mobile_number_is_found_however_it_is_written(text: str) -> None:
    assert set(numbers_in(text)) == {Seen("mobile", "139****5678")}


@pytest.mark.parametrize("text", [
    "", NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "530102188001011234", f"9{NUMBER}", f"{NUMBER}1", "0871-63161234",
    "2026-03-05 12:30:45", "1391234567", "139123456789", "13912345678.50元", "91530100MA6K1234X8", "2.13912345678",
    "第1、2、3、4、5、6、7、8、9、10、11条", "12912345678",
])  # fmt: skip
def test_other_numbers_are_let_through(text: str) -> None:
    assert not list(numbers_in(text))


@given(st.text(alphabet="0123456789Xx -\n年月", max_size=60))
def test_what_is_found_is_checksum_valid_and_masked(text: str) -> None:
    for seen in numbers_in(text):
        assert "***" in seen.masked and len(seen.masked) in (11, 18)


@given(
    st.integers(0, 999), st.dates(dt.date(1880, 1, 1), dt.date(2026, 1, 1)), st.text(alphabet="，。 年x", max_size=5),
    st.text(alphabet="，。 年", max_size=5),
)  # fmt: skip
def test_every_right_number_is_found(order: int, born: dt.date, before: str, after: str) -> None:
    body = f"530102{born:%Y%m%d}{order:03d}"
    assert [one.kind for one in numbers_in(f"{before}{body}{id_check_digit(body)}{after}")] == ["id_number"]


def test_columns_of_figures_are_read_in_passing() -> None:
    began = time.monotonic()
    for text in ("1 " * 250_000, "1" * 500_000, "19 01 01 " * 55_000, "1391234 " * 60_000):
        assert not list(numbers_in(text))
    assert time.monotonic() - began < 20  # seconds for 2 MB


# -- files -------------------------------------------------------------------------------------------------------
def _refused(code: str, media: str, data: bytes, *, attested: bool = True) -> Problem:
    with pytest.raises(Problem) as caught:
        clearing.check_open("自查情况", media, data, attested=attested)
    assert caught.value.code == code, str(caught.value)
    return caught.value


def _docx(*lines: str) -> bytes:
    return files.docx_bytes(lines)


def test_a_refusal_says_what_was_found_where_and_what_to_do() -> None:
    problem = _refused("paper_names_people", PDF, files.pdf_bytes([[LONG], [LONG, f"李某 {NUMBER}", "电话13912345678"]]))
    assert f"第 2 页有身份证号码 {MASKED}、第 2 页有手机号码 139****5678" in problem.what
    assert NUMBER not in str(problem) and "13912345678" not in str(problem)
    assert "删去这些号码" in problem.next and "依申请公开" in problem.next


def test_many_numbers_are_counted() -> None:
    lines = [[LONG, f"1391234{n:04d}"] for n in range(8)]
    assert "等 8 处" in _refused("paper_names_people", PDF, files.pdf_bytes(lines)).what


def test_what_holds_no_number_is_cleared_by_its_words() -> None:
    assert clearing.check_open("x", PDF, files.pdf_bytes([[LONG], [LONG]]), attested=False) == "text"
    assert clearing.check_open("x", WORD, _docx(LONG), attested=False) == "text"
    assert clearing.check_open("x", PDF, files.pdf_bytes([[LONG]]), attested=True) == "person"


@pytest.mark.parametrize(("media", "data"), [
    (PNG, b"\x89PNG\r\n\x1a\nx"), ("image/jpeg", b"\xff\xd8\xff"), (PDF, files.pdf_bytes([[""]])),
    (PDF, files.pdf_bytes([[LONG], ["附件"]])),
])  # fmt: skip
def test_pictures_and_scans_need_a_persons_word(media: str, data: bytes) -> None:
    assert "已核对，不含个人信息" in _refused("paper_not_attested", media, data, attested=False).next
    assert clearing.check_open("x", media, data, attested=True) == "person"


def test_a_persons_word_does_not_outweigh_what_was_read() -> None:
    _refused("paper_names_people", PDF, files.pdf_bytes([["附件"], [LONG, NUMBER]]), attested=True)


def test_a_picture_in_a_word_file_needs_a_persons_word() -> None:
    made, out = Document(), io.BytesIO()
    made.add_paragraph(LONG)
    made.add_picture(io.BytesIO(_png()))
    made.save(out)
    _refused("paper_not_attested", WORD, out.getvalue(), attested=False)
    assert clearing.check_open("x", WORD, out.getvalue(), attested=True) == "person"


def _png() -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("place", ["head", "comment", "deleted", "table", "pieces", "properties", "link"])
def test_word_hides_no_number(place: str) -> None:
    made, out = Document(), io.BytesIO()
    made.add_paragraph(LONG)
    if place == "head":
        made.sections[0].header.paragraphs[0].text = NUMBER
    elif place == "comment":
        made.add_comment(made.paragraphs[0].runs, text=NUMBER)
    elif place == "table":
        made.add_table(1, 1).cell(0, 0).text = NUMBER
    elif place == "pieces":
        for piece in (NUMBER[:5], NUMBER[5:11], NUMBER[11:]):
            made.paragraphs[0].add_run(piece)
    elif place == "properties":
        made.core_properties.subject = NUMBER
    elif place == "link":
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
        made.part.relate_to("tel:13912345678", kind, is_external=True)
    elif place == "deleted":
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        marks = 'w:id="1" w:author="x" w:date="2020-01-01T00:00:00Z"'
        deleted = f"<w:del {nsdecls('w')} {marks}><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del>"
        made.paragraphs[0]._p.append(parse_xml(deleted))
    made.save(out)
    _refused("paper_names_people", WORD, out.getvalue())


def test_notes_and_form_fields_of_a_pdf_are_read() -> None:
    note = "/Type /Annot /Subtype /Text /Rect [0 0 9 9]"
    field = f"/Type /Annot /Subtype /Widget /FT /Tx /T (a) /V ({NUMBER}) /Rect [0 0 9 9]"
    for annotation in (f"<< {note} /Contents (13912345678) >>", f"<< {field} >>"):
        data = files.pdf_bytes([[LONG]]).replace(b"/MediaBox", f"/Annots [{annotation}] /MediaBox".encode(), 1)
        assert "第 1 页" in _refused("paper_names_people", PDF, data).what


def test_a_large_picture_on_a_page_with_words_needs_a_persons_word() -> None:
    drawn = "q 400 0 0 400 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x41 EI Q"
    data = files.pdf_bytes([[LONG]]).replace(b"\nendstream", f"\n{drawn}\nendstream".encode("latin-1"))
    _refused("paper_not_attested", PDF, data, attested=False)


@pytest.mark.parametrize(("media", "data", "code"), [
    (PDF, b"%PDF-1.7 example", "document_broken"), (WORD, b"PK\x03\x04 broken", "document_broken"),
    (WORD, files.zip_bytes({"word/document.xml": b"<a/>", "word/embeddings/x.xlsx": b"x"}), "paper_holds_files"),
    (WORD, files.zip_bytes({"other.xml": b"<a/>"}), "document_broken"),
    (WORD, files.zip_bytes({"word/document.xml": b"<a>" + b" " * (101 * 2**20) + b"</a>"}), "paper_too_long"),
    (WORD, files.zip_bytes({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), None),
])  # fmt: skip
def test_what_does_not_open_is_not_open(media: str, data: bytes, code: str | None) -> None:
    if code:
        _refused(code, media, data)
    else:
        assert clearing.check_open("x", media, data, attested=False) == "text"


# -- classes -----------------------------------------------------------------------------------------------------
CLASSES = ("open", "on_request", "shared")


@pytest.mark.parametrize("clause", CLASSES)
@pytest.mark.parametrize("piece", CLASSES)
def test_a_piece_is_never_more_open_than_its_clause(piece: str, clause: str) -> None:
    allowed = CLASSES.index(piece) >= CLASSES.index(clause)
    assert (piece in rules.classes_within(clause)) == allowed
    assert rules.narrower(piece, clause) == (piece if allowed else clause)
    if allowed:
        assert rules.check_class(piece, clause) == piece
    else:
        with pytest.raises(Problem, match="不能比任务更公开"):
            rules.check_class(piece, clause)


def test_there_are_three_classes_and_no_other() -> None:
    with pytest.raises(Problem, match="没有这种公开属性"):
        rules.check_class("closed", "open")
