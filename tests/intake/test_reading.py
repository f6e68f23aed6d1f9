"""Files as they really come, read back; nasty ones refused with a sentence."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from goodfaith.common.problems import Problem
from goodfaith.intake import archives
from goodfaith.intake.reading import excel_serial_to_date, is_formula, limits, open_file
from tests.intake import files
from tests.intake.files import HEAD

KNOWN = {"姓名", "处罚日期", "罚款金额", "XM", "CF_RQ", "CF_JE"}
TABLE = [HEAD, ["张三", "2026-01-05", "1"], ["李四", "2026-01-06", "2"]]
ROWS = [("张三", "2026-01-05", "1", 2), ("李四", "2026-01-06", "2", 3)]


def rows(data: bytes, **more: Any) -> list[tuple[Any, ...]]:
    return pl.concat(list(open_file(data, "表.csv", **more).batches())).rows()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    data = files.csv_bytes(TABLE, encoding, delimiter)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    assert rows(data) == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert rows(files.csv_bytes(TABLE, end=end)) == ROWS


@pytest.mark.parametrize(
    "data",
    [
        files.xlsx_bytes(TABLE),
        files.xls_bytes(TABLE),
        files.zip_bytes({"数据/表.xlsx": files.xlsx_bytes(TABLE), "__MACOSX/._表": b"x"}),
        files.zip_bytes({"表.csv": files.csv_bytes(TABLE, "gbk")}),
    ],
    ids=["xlsx", "xls", "zipped xlsx", "zipped csv"],
)
def test_workbooks_and_archives_read_the_same(data: bytes) -> None:
    assert rows(data) == ROWS


@pytest.mark.parametrize("make", [files.xlsx_bytes, files.xls_bytes])
def test_cells_come_as_a_clerk_sees_them(make: Any) -> None:
    head = ["姓名", "处罚日期", "序列", "整数", "小数", "证件号码", "空"]
    row = ["张三", dt.date(2018, 3, 5), 43164, 12.0, 0.1, 513021199001010000, "  \u3000"]
    (read,) = rows(make([head, row]))
    assert read == ("张三", "2018-03-05", "43164", "12", "0.1", "5.13021199001010E+17", None, 2)


TITLES = [["××局2026年10月行政处罚信息汇总表", "", ""], ["填报单位：某局", "", "填报日期：2026-10-31"]]


@pytest.mark.parametrize("known", [KNOWN, None])
@pytest.mark.parametrize("make", [files.csv_bytes, files.xlsx_bytes])
def test_titles_above_codes_below_and_foot_are_no_data(make: Any, known: set[str] | None) -> None:
    foot = [["合计", "", "3"], ["填表人：王五", "", ""]]
    table = [*TITLES, HEAD, ["XM", "CF_RQ", "CF_JE"], ["", "", ""], *TABLE[1:], *foot]
    source = open_file(make(table), "表", known)
    assert (source.header_row, source.first_row, source.columns) == (3, 5, HEAD)
    assert pl.concat(list(source.batches()))["__row"].to_list() == [6, 7]
    assert sorted((f.row, f.code) for f in source.take_findings()) == [(8, "row_footer"), (9, "row_footer")]
    assert source.take_findings() == []


def test_rows_are_counted_as_records_not_lines() -> None:
    table = [HEAD, ["张\n三", "a", "b"], ["", "", ""], ["李四", 'c"d', "e,f"]]
    assert rows(files.csv_bytes(table)) == [("张\n三", "a", "b", 2), ("李四", 'c"d', "e,f", 4)]


def test_stray_quotes_and_slipped_rows() -> None:
    source = open_file('姓名,日期,金额\n5" 管,a,b\n张三,c,d,e\n"李"四,f\n'.encode(), "x.csv")
    read = pl.concat(list(source.batches())).rows()
    assert read == [('5" 管', "a", "b", 2), ("张三", "c", "d", 3), ("李四", "f", None, 4)]
    assert [(f.row, f.code, f.value, f.level) for f in source.take_findings()] == [(3, "row_too_wide", "e", "refused")]


def test_repeated_and_blank_headers() -> None:
    source = open_file(files.csv_bytes([["姓名", "日期", "", "日期", ""], ["张三", "a", "b", "c", ""]]), "x.csv")
    assert source.columns == ["姓名", "日期", "第3列", "日期（2）"]
    assert [f.code for f in source.notes] == ["header_repeated"]


def test_the_first_sheet_whose_header_fits() -> None:
    data = files.xlsx_bytes([["请先阅读"], ["各项说明"]], TABLE, names=["封面", "明细"])
    source = open_file(data, "x.xlsx", KNOWN)
    assert (source.sheet, source.sheets) == ("明细", ["封面", "明细"])
    assert open_file(data, "x.xlsx", KNOWN, sheet="封面").sheet == "封面"


def test_invisible_characters_go() -> None:
    assert rows("姓名,号\n\u3000张\u200b三\xa0,\ufeff1\u200e \n".encode()) == [("张三", "1", 2)]


BAD = [
    ("file_empty", b""),
    ("file_blank", b"\n\n , ,\n"),
    ("file_no_rows", files.csv_bytes([HEAD])),
    ("file_no_rows", files.xlsx_bytes([HEAD])),
    ("file_blank", files.xlsx_bytes([])),
    ("not_a_table", files.PNG),
    ("not_a_table", b"%PDF-1.7 ..."),
    ("not_a_table", b"<html><table><tr><td>1"),
    ("not_a_table", files.zip_bytes({"[Content_Types].xml": b"", "word/document.xml": b""})),
    ("zip_damaged", files.xlsx_bytes(TABLE)[:2000]),
    ("zip_many", files.zip_bytes({"甲.csv": b"a", "乙.csv": b"b"})),
    ("zip_nested", files.zip_bytes({"甲.zip": files.zip_bytes({"乙.csv": b"a,b\n1,2\n"})})),
    ("zip_empty", files.zip_bytes({})),
    ("zip_bomb", files.zip_bytes({"甲.csv": bytes(64 * limits.MIB)})),
    ("zip_bomb", files.lying_zip("甲.csv", bytes(64 * limits.MIB))),
    ("workbook_locked", files.locked_workbook()),
    ("workbook_damaged", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)),
    ("workbook_dangerous", files.entity_bomb()),
    ("sheet_too_big", files.far_corner("SA1048576")),
    ("too_many_columns", files.far_corner("XFD9")),
    ("too_many_columns", files.csv_bytes([[f"列{n}" for n in range(10_000)], ["1"] * 10_000])),
    ("encoding_broken", files.csv_bytes(TABLE * 9) + b"\xff\xff\n"),
    ("nul_bytes", "姓名,号\n张\0三,1\n".encode()),
    ("quote_open", '姓名,号\n张三,"1\n'.encode() + "李四,2\n".encode() * 40_000),
    ("quote_open", '姓名,号\n李四,2\n张三,"1\n王五,3\n'.encode()),
]


@pytest.mark.parametrize(("code", "data"), BAD, ids=[f"{n}-{code}" for n, (code, _) in enumerate(BAD)])
def test_bad_files_are_refused_with_a_sentence(code: str, data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        list(open_file(data, "报送.xlsx").batches())
    assert caught.value.code == code
    assert caught.value.what.endswith("。") and caught.value.next.endswith("。")


def test_problems_name_the_line_and_the_files() -> None:
    with pytest.raises(Problem, match="第 28 行"):
        open_file(files.csv_bytes(TABLE * 9) + b"\xff\xff\n", "x.csv")
    with pytest.raises(Problem, match="第 3 行有一个英文双引号"):
        open_file('姓名,号\n李四,2\n张三,"1\n王五,3\n'.encode(), "x.csv")
    with pytest.raises(Problem, match=r"甲\.csv、乙\.csv"):
        open_file(files.zip_bytes({"甲.csv": b"a", "乙.csv": b"b"}), "x.zip")


def test_limits_of_size_and_rows(settings: Any) -> None:
    settings.MAX_ROWS, data = 1, files.csv_bytes(TABLE)
    with pytest.raises(Problem, match="1 行"):
        open_file(data, "x.csv")
    settings.MAX_UPLOAD_BYTES = 10
    with pytest.raises(Problem) as caught:
        open_file(data, "x.csv")
    assert (caught.value.code, caught.value.status) == ("file_too_big", 413)


def test_error_cells_are_blank_and_named() -> None:
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 1, HEAD)
    sheet.write_row(1, 1, ["张三", "a"])
    sheet.write_formula(1, 3, "=NA()", None, "#N/A")
    book.close()
    source = open_file(out.getvalue(), "x.xlsx")
    assert next(source.batches()).rows() == [("张三", "a", None, 2)]
    assert [(f.row, f.column, f.code) for f in source.take_findings()] == [(2, "罚款金额", "cell_error")]


CELLS_WITH_FORMULAS = [
    # the cell's XML (its place is C2), what is read, what is told
    ("<c r='C2'><f>1+1</f><v>2</v></c>", "2", "formula_result_read"),
    ("<c r='C2' t='str'><f>A2&amp;B2</f><v>张三</v></c>", "张三", "formula_result_read"),
    ("<c r='C2' t='str'><f>IF(1,\"\")</f><v></v></c>", None, "formula_result_read"),
    ("<c r='C2'><f t='shared' si='0'/><v>7</v></c>", "7", "formula_result_read"),
    ("<c r='C2'><f>1+1</f><v></v></c>", None, "cell_formula"),
    ("<c r='C2'><f>1+1</f><v/></c>", None, "cell_formula"),
    ("<c r='C2'><f>1+1</f></c>", None, "cell_formula"),
    ("<c r='C2'><f>cmd|' /C calc'!A0</f><v>5</v></c>", "5", "cell_formula"),
    ("<c r='C2'><f>cmd&#124;' /C calc'!A0</f><v>5</v></c>", "5", "cell_formula"),
    ("<c r='C2'><f>HYPERLINK(\"http://a.example\")</f><v>5</v></c>", "5", "cell_formula"),
    ("<c r='C2'><f>_xlfn.webservice(A2)</f><v>5</v></c>", "5", "cell_formula"),
    ("<c r='C2'><v>5</v></c>", "5", None),
]


def with_cell(
    cell: str, filling: int = 0, header: Sequence[str] = HEAD, row: Sequence[str | None] = ("张三", None)
) -> bytes:
    """A workbook with a header, a row of ``row`` and ``cell`` (its place is C2), and ``filling`` rows more."""
    rest = "".join(
        f"<row r='{n}'><c r='A{n}' t='inlineStr'><is><t>李四</t></is></c><c r='C{n}'><f>1+1</f><v>2</v></c></row>"
        for n in range(3, 3 + filling)
    )
    base, out = files.xlsx_bytes([header, [*row, 1]]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(r'<c r="C2".*?</c></row>', f"{cell}</row>{rest}", data)
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(("cell", "value", "code"), CELLS_WITH_FORMULAS)
def test_a_formula_in_a_workbook_is_told(cell: str, value: str | None, code: str | None) -> None:
    source = open_file(with_cell(cell), "x.xlsx")
    assert next(source.batches()).rows() == [("张三", None, value, 2)]
    told = [(f.row, f.column, f.code, f.level) for f in source.take_findings()]
    assert told == ([(2, "罚款金额", code, "refused" if code == "cell_formula" else "warning")] if code else [])


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_a_formula_is_found_wherever_the_stream_is_cut(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_STEP", size)
    source = open_file(with_cell("<c r='C2'><f>1+1</f></c>", 30), "x.xlsx")
    list(source.batches())
    codes = [(f.row, f.code) for f in source.take_findings()]
    assert codes == [(2, "cell_formula"), *((n, "formula_result_read") for n in range(3, 33))]


FORMULAS = ["=1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "+cmd|x", "-cmd|x", "+1+cmd|' /C calc'!A0", "-SUM(A1)", "＝A1"]
PLAIN = ["-5", "+86 990 1234567", "-", "-1.5%", "-1e5", "张三", "a=b", "-无-", "1-2", "-3,000.00"]


def test_formulas_are_told_from_numbers() -> None:
    frame = pl.DataFrame({"a": [*FORMULAS, *PLAIN, None]})
    told = frame.select(is_formula(pl.col("a"))).to_series().to_list()
    assert told == [True] * len(FORMULAS) + [False] * (len(PLAIN) + 1)


@pytest.mark.parametrize(
    ("serial", "day"),
    [(1, "1900-01-01"), (59, "1900-02-28"), (61, "1900-03-01"), (43164, "2018-03-05"), (2958465, "9999-12-31")],
)
def test_excel_serials(serial: float, day: str) -> None:
    assert excel_serial_to_date(serial) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("serial", [0, -1, 2958466, float("nan"), float("inf")])
def test_no_day_outside_the_calendar_of_excel(serial: float) -> None:
    assert excel_serial_to_date(serial) is None
