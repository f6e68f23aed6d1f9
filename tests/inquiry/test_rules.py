"""What a list must look like: columns under many names, rows judged one by one."""

from __future__ import annotations

import io

import openpyxl
import pytest

from goodfaith.common.problems import Problem
from goodfaith.inquiry import rules, workbook
from goodfaith.inquiry.reading import read_list
from goodfaith.subjects.numbers import id_check_digit

ID_NUMBER = "99010119900307001" + id_check_digit("99010119900307001")
USCC = "91990101MA0000007H"


@pytest.mark.parametrize(
    ("headers", "name", "number"),
    [
        (["名称", "统一社会信用代码"], "名称", "统一社会信用代码"),
        (["序号", "姓 名", "身份证号码（必填）"], "姓 名", "身份证号码（必填）"),
        (["企业名称*", "统一社会信用代码/证件号码"], "企业名称*", "统一社会信用代码/证件号码"),
        (["供应商名称", "信用代码"], "供应商名称", "信用代码"),
        (["NAME", "USCC"], "NAME", "USCC"),
    ],
)
def test_columns_are_found_under_many_names(headers: list[str], name: str, number: str) -> None:
    found = rules.find_columns(headers)
    assert (found["name"], found["number"]) == (name, number)


@pytest.mark.parametrize("headers", [["名称", "电话"], ["地址", "统一社会信用代码"], ["甲", "乙"]])
def test_a_list_without_the_columns_is_refused_with_what_was_seen(headers: list[str]) -> None:
    with pytest.raises(Problem) as refused:
        rules.find_columns(headers)
    assert refused.value.code == "columns_missing"
    assert headers[0] in refused.value.what
    assert "模板" in refused.value.next


@pytest.mark.parametrize(
    ("name", "number", "kind", "fault"),
    [
        ("甲公司", USCC, None, None),
        ("甲公司", " 9199 0101ma0000007h ", None, None),
        ("欧阳试例", ID_NUMBER, None, None),
        ("J. Doe", "E12345678", "护照", None),
        ("甲公司", USCC[:-1] + "1", None, "uscc_check_digit"),
        ("欧阳试例", ID_NUMBER[:-1] + ("1" if ID_NUMBER[-1] != "1" else "2"), None, "id_check_digit"),
        ("甲公司", "5.13E+17", None, "number_kind"),
        ("", USCC, None, "name_missing"),
        ("甲公司", "", None, "number_missing"),
        ("甲公司", None, None, "number_missing"),
        ("甲公司", "123", None, "number_kind"),
    ],
)
def test_each_row_is_judged(name: str, number: str | None, kind: str | None, fault: str | None) -> None:
    found = rules.judge(2, name, number, kind)
    assert (found.fault[0] if found.fault else None) == fault
    assert found.askable is (fault is None)


def test_a_row_twice_is_asked_once_and_another_name_is_another_question() -> None:
    rows = [rules.judge(n, name, USCC, None) for n, name in ((2, "甲"), (3, "甲"), (4, "乙"), (5, "甲"))]
    marked = rules.mark_repeated(rows)
    assert [row.same_as for row in marked] == [None, 2, None, 2]
    assert [row.askable for row in marked] == [True, False, True, False]


def csv(*lines: str) -> bytes:
    return "\n".join(("名称,统一社会信用代码", *lines)).encode()


def test_a_csv_and_the_filled_template_read_the_same() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.template()))
    book.worksheets[0].append(["甲公司", USCC, None])
    out = io.BytesIO()
    book.save(out)
    asked = [(row.name, row.kind, row.number) for row in read_list(out.getvalue(), "名单.xlsx").rows]
    assert asked == [(row.name, row.kind, row.number) for row in read_list(csv(f"甲公司,{USCC}"), "a.csv").rows]
    assert asked == [("甲公司", "uscc", USCC)]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "file_empty"),
        (csv(), "a.csv", "file_no_rows"),
        ("甲,乙\n1,2".encode(), "a.csv", "columns_missing"),
        (csv(*(f"甲公司{n},{USCC}" for n in range(6))), "a.csv", "too_many_rows"),
        (b"\x89PNG\r\n\x1a\n0000", "a.xlsx", None),
    ],
)
def test_a_bad_list_says_what_is_wrong(settings: object, data: bytes, name: str, code: str | None) -> None:
    settings.INQUIRY_MAX_ROWS = 5  # type: ignore[attr-defined]
    with pytest.raises(Problem) as refused:
        read_list(data, name)
    assert code in (None, refused.value.code)
    assert refused.value.what and refused.value.next


def test_faults_are_told_without_any_value() -> None:
    found = read_list(csv(f"甲公司,{USCC[:-1]}1", f"乙公司,{USCC}"), "a.csv")
    assert [fault["row"] for fault in found.faults] == [2]
    assert "甲公司" not in str(found.faults) and USCC[:10] not in str(found.faults)


@pytest.mark.parametrize(
    ("filename", "head", "kind"),
    [
        ("批准.pdf", b"%PDF-1.7", "application/pdf"),
        ("批准.PNG", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("批准.pdf", b"MZ\x90\x00", None),
        ("批准.exe", b"%PDF-1.7", None),
    ],
)
def test_an_attachment_is_what_it_says(filename: str, head: bytes, kind: str | None) -> None:
    assert rules.media_type(filename, head) == kind


def test_only_steps_of_the_table_are_taken() -> None:
    with pytest.raises(Problem):
        rules.check_step("done", "queued")
    rules.check_step("ready", "queued")


def test_nothing_in_the_result_becomes_a_formula() -> None:
    cells = ["2", "=cmd|' /C calc'!A0", *[""] * 12]
    content = workbook.result([workbook.Line(cells)], [("说明", "=1+1")])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].value.startswith("=cmd")
