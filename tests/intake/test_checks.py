"""Every dirty thing that a file brings, as data: what goes in, what is said of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from goodfaith.intake import messages
from goodfaith.intake.checks import ROW
from tests.intake.sample import (
    BUSINESS,
    GOOD,
    GOOD_PERSON,
    ORG,
    PERSON,
    check,
    codes,
    context,
    field,
    item,
)  # fmt: skip

GOOD_DATES = ["2018年3月5日", "2018/3/5", "2018-03-05", "20180305", "2018.3.5", "43164", "２０１８年３月５日",
              " 2018-03-05 ", "2018-03-05 00:00:00", "2018/3/5 9:30", "43164.0", "二〇一八年三月五日",
              "2018 年 3 月 5 日",
              "2018-03-05T10:00:00", "20180305120000"]  # fmt: skip
BAD_DATES = [
    "2018-02-30",
    "2018-13-01",
    "2018",
    "18/3/5",
    "3/5/2018",
    "昨天",
    "2018-3",
    "00000000",
    "1899-12-31",
    "4316",
]


@pytest.mark.parametrize("text", GOOD_DATES)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    good = check(GOOD | {"CF_JDRQ": text}).good
    assert good["CF_JDRQ"].to_list() == [dt.date(2018, 3, 5)]


@pytest.mark.parametrize("text", BAD_DATES)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    assert ("CF_JDRQ", "date_invalid") in codes(check(GOOD | {"CF_JDRQ": text}))


@pytest.mark.parametrize("text", ["长期", "2099/12/31", "2099年12月31日", "永久", "20991231", "9999-12-31"])
def test_long_term_is_an_open_end_where_the_form_allows_it(text: str) -> None:
    assert check(GOOD | {"CF_YXQ": text}).good["CF_YXQ"].to_list() == [dt.date(2099, 12, 31)]
    assert ("CF_GSJZQ", "date_no_end") in codes(check(GOOD | {"CF_GSJZQ": text}))


GOOD_AMOUNTS = [("5", "5"), ("５．５", "5.5"), ("1,234.50", "1234.5"), ("0.500000", "0.5"), ("3万元", "3"), ("¥2", "2"),
                (" 5 ", "5"), (".5", "0.5"), ("1，234.5", "1234.5")]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), GOOD_AMOUNTS)
def test_an_amount_is_read_however_it_is_written(text: str, value: str) -> None:
    good = check(GOOD | {"CF_NR_FK": text, "CF_NR": "予以罚款"}).good
    assert good["CF_NR_FK"].to_list() == [value]


REFUSED: list[tuple[str, dict[str, str | None], str | None, str]] = [
    ("元 written in a column of 万元", {"CF_NR_FK": "50000元"}, "CF_NR_FK", "amount_unit"),
    ("the decision names the same figure in 元", {"CF_NR_FK": "300", "CF_NR": "罚款300元"}, "CF_NR_FK", "amount_unit"),
    ("the same with a thousands separator", {"CF_NR_FK": "50000", "CF_NR": "罚款50,000元"}, "CF_NR_FK", "amount_unit"),
    ("one hundred million, and nothing says so", {"CF_NR_FK": "10000", "CF_NR": "罚款"}, "CF_NR_FK", "amount_unit"),
    ("words in an amount", {"CF_NR_FK": "五万"}, "CF_NR_FK", "number_invalid"),
    ("wrong grouping", {"CF_NR_FK": "1,23"}, "CF_NR_FK", "number_invalid"),
    ("a negative amount", {"CF_NR_FK": "-5"}, "CF_NR_FK", "number_negative"),
    ("too many decimals", {"CF_NR_FK": "0.1234567"}, "CF_NR_FK", "too_many_decimals"),
    ("a stroke instead of a sum that is owed", {"CF_NR_FK": "/"}, "CF_NR_FK", "placeholder"),
    ("nothing instead of a day that is owed", {"CF_YXQ": "无"}, "CF_YXQ", "placeholder"),
    ("a required cell blank", {"CF_SY": "  "}, "CF_SY", "required"),
    ("a fine without its sum", {"CF_NR_FK": None}, "CF_NR_FK", "required_if"),
    ("a licence taken, not named", {"CF_CFLB": "罚款；吊销许可证件"}, "CF_NR_ZKDX", "required_if"),
    ("no legal representative", {"CF_FRDB": None}, "CF_FRDB", "required_if"),
    ("too long", {"BZ": "字" * 513}, "BZ", "too_long"),
    ("a formula", {"BZ": "=cmd|' /C calc'!A0"}, "BZ", "cell_formula"),
    ("a formula in full width", {"BZ": "＝SUM(A1)"}, "BZ", "cell_formula"),
    ("a formula after a plus", {"CF_XDR_MC": "+cmd|' /C calc'!A0"}, "CF_XDR_MC", "cell_formula"),
    ("a formula after digits", {"BZ": "-2+3+cmd|' /C calc'!A0"}, "BZ", "cell_formula"),
    ("a formula after an at", {"BZ": "@SUM(1+1)"}, "BZ", "cell_formula"),
    ("a control character", {"CF_SY": "违法\x07事实"}, "CF_SY", "control_characters"),
    ("a text that turns round", {"CF_SY": "违法\u202e事实"}, "CF_SY", "control_characters"),
    ("no such kind", {"CF_CFLB": "罚金"}, "CF_CFLB", "code_unknown"),
    ("one of several unknown", {"CF_CFLB": "罚款、坐牢"}, "CF_CFLB", "code_unknown"),
    ("a kind that was abolished", {"CF_CFLB": "旧类别"}, "CF_CFLB", "code_not_valid_then"),
    ("decided after the report", {"CF_JDRQ": "2026-11-21"}, "CF_JDRQ", "date_after_report"),
    ("ends before it begins", {"CF_GSJZQ": "2026-11-15"}, "CF_GSJZQ", "date_before"),
    ("letter O in a code", {"CF_XDR_SHXYM": "9132O100748204660Q"}, "CF_XDR_SHXYM", "uscc_letters"),
    ("letter I in a code", {"CF_XDR_SHXYM": "9I320100748204660Q"}, "CF_XDR_SHXYM", "uscc_letters"),
    ("a digit wrong", {"CF_XDR_SHXYM": "91320100748204661Q"}, "CF_XDR_SHXYM", "uscc_check_digit"),
    ("a digit short", {"CF_XDR_SHXYM": "9132010074820466Q"}, "CF_XDR_SHXYM", "uscc_length"),
    ("a word for no code", {"CF_XDR_SHXYM": "无"}, "CF_XDR_SHXYM", "placeholder"),
    ("a name that is a number", {"CF_XDR_MC": "12345"}, "CF_XDR_MC", "name_not_a_name"),
    ("a kind nobody knows", {"CF_XDR_LB": "动物"}, "CF_XDR_LB", "code_unknown"),
    (
        "a business without any number",
        {"CF_XDR_LB": BUSINESS, "CF_XDR_SHXYM": None},
        "CF_XDR_SHXYM",
        "subject_unidentified",
    ),
    ("no document cited", {"CF_WSH": "无"}, "CF_WSH", "document_missing"),
]
REFUSED_PERSON: list[tuple[str, dict[str, str | None], str | None, str]] = [
    ("ruined by Excel", {"CF_XDR_ZJHM": "5.13E+17"}, "CF_XDR_ZJHM", "id_excel_ruined"),
    ("rounded by Excel", {"CF_XDR_ZJHM": "110105194912310000"}, "CF_XDR_ZJHM", "id_excel_ruined"),
    ("check digit", {"CF_XDR_ZJHM": "110105194912310021"}, "CF_XDR_ZJHM", "id_check_digit"),
    ("no such birthday", {"CF_XDR_ZJHM": "110105194902310028"}, "CF_XDR_ZJHM", "id_birth_date"),
    ("short", {"CF_XDR_ZJHM": "1101051949123100"}, "CF_XDR_ZJHM", "id_length"),
    ("a letter inside", {"CF_XDR_ZJHM": "11010519491231O02X"}, "CF_XDR_ZJHM", "id_chars"),
    ("no number", {"CF_XDR_ZJHM": None}, "CF_XDR_ZJHM", "required_if"),
    ("a credit code for a person", {"CF_XDR_SHXYM": "91320100748204660Q"}, "CF_XDR_SHXYM", "must_be_blank"),
    ("a strange passport", {"CF_XDR_ZJLX": "护照", "CF_XDR_ZJHM": "护照"}, "CF_XDR_ZJHM", "document_length"),
]


@pytest.mark.parametrize(("what", "change", "field", "code"), REFUSED, ids=[case[0] for case in REFUSED])
def test_an_organisations_dirty_row_is_refused(what: str, change: dict[str, Any], field: str, code: str) -> None:
    checked = check(GOOD | change, GOOD)
    assert (field, code) in codes(checked)
    assert checked.good[ROW].to_list() == [3]


@pytest.mark.parametrize(("what", "change", "field", "code"), REFUSED_PERSON, ids=[case[0] for case in REFUSED_PERSON])
def test_a_persons_dirty_row_is_refused(what: str, change: dict[str, Any], field: str, code: str) -> None:
    checked = check(GOOD_PERSON | change, GOOD)
    assert (field, code) in codes(checked)
    assert checked.good[ROW].to_list() == [3]


TAKEN: list[tuple[str, dict[str, str | None], str, str]] = [
    ("full-width code", {"CF_XDR_SHXYM": "９１３２０１００７４８２０４６６０Ｑ"}, "CF_XDR_SHXYM", "91320100748204660Q"),
    ("lower case and spaces", {"CF_XDR_SHXYM": " 913201 00748204660q"}, "CF_XDR_SHXYM", "91320100748204660Q"),
    ("kind by code", {"CF_XDR_LB": "01"}, "CF_XDR_LB", "01"),
    ("kind by name", {"CF_XDR_LB": ORG}, "CF_XDR_LB", "01"),
    ("several kinds", {"CF_CFLB": "警告,罚款"}, "CF_CFLB", "01;03"),
    ("several kinds, a stroke", {"CF_CFLB": "警告/罚款"}, "CF_CFLB", "01;03"),
    ("several kinds, a wide stroke", {"CF_CFLB": "警告／罚款"}, "CF_CFLB", "01;03"),
    ("several kinds, a plus", {"CF_CFLB": "警告+罚款＋通报批评"}, "CF_CFLB", "01;03;02"),
    ("several kinds, spaces", {"CF_CFLB": "警告 　罚款"}, "CF_CFLB", "01;03"),
    ("a name that holds a stroke", {"CF_CFLB": "罚款/责令改正/停业 A+B"}, "CF_CFLB", "03;09"),
    ("a name that holds a plus and a space", {"CF_CFLB": "甲 乙+丙 罚款"}, "CF_CFLB", "10;03"),
    ("the separator of a name written otherwise", {"CF_CFLB": "罚款，没收违法所得，没收非法财物"}, "CF_CFLB", "03;04"),
    ("a name that holds the separator", {"CF_CFLB": "没收违法所得、没收非法财物、罚款"}, "CF_CFLB", "04;03"),
    ("an alias whose meaning changed", {"CF_CFLB": "类别甲"}, "CF_CFLB", "08"),
    ("the same alias before", {"CF_CFLB": "类别甲", "CF_JDRQ": "2020-01-01"}, "CF_CFLB", "07"),
    ("a dash is no formula", {"BZ": "-无"}, "BZ", "-无"),
    ("a bullet is no formula", {"CF_SY": "-经营过期食品（三批次）"}, "CF_SY", "-经营过期食品（三批次）"),
    ("nor is one with narrow brackets", {"CF_SY": "+经营过期食品(三批次)"}, "CF_SY", "+经营过期食品(三批次)"),
    ("ideographic spaces", {"CF_XDR_MC": "　示例市晨光商贸有限公司　"}, "CF_XDR_MC", "示例市晨光商贸有限公司"),
    ("a great fine that the decision names", {"CF_NR_FK": "20000", "CF_NR": "罚款2亿元"}, "CF_NR_FK", "20000"),
]
TAKEN_PERSON: list[tuple[str, dict[str, str | None], str, str]] = [
    ("lower-case x", {"CF_XDR_ZJHM": "11010519491231002x"}, "CF_XDR_ZJHM", "11010519491231002X"),
    ("15 digits", {"CF_XDR_ZJHM": "110105491231002"}, "CF_XDR_ZJHM", "11010519491231002X"),
    ("Excel's apostrophe", {"CF_XDR_ZJHM": "'11010519491231002X"}, "CF_XDR_ZJHM", "11010519491231002X"),
    ("a passport", {"CF_XDR_ZJLX": "护照", "CF_XDR_ZJHM": "e1234 5678"}, "CF_XDR_ZJHM", "E12345678"),
]


@pytest.mark.parametrize(("what", "change", "field", "value"), TAKEN, ids=[case[0] for case in TAKEN])
def test_what_can_be_understood_is_taken(what: str, change: dict[str, Any], field: str, value: str) -> None:
    checked = check(GOOD | change)
    assert codes(checked) == set()
    assert checked.good[field].to_list() == [value]


@pytest.mark.parametrize(("what", "change", "field", "value"), TAKEN_PERSON, ids=[case[0] for case in TAKEN_PERSON])
def test_a_persons_number_is_brought_to_one_form(what: str, change: dict[str, Any], field: str, value: str) -> None:
    checked = check(GOOD_PERSON | change)
    assert codes(checked) == set()
    assert checked.good[field].to_list() == [value]


NOTHING = [
    (GOOD, "CF_NR_WFFF", "/"),
    (GOOD, "CF_NR_WFFF", "－"),
    (GOOD, "CF_XDR_GSZC", "无"),
    (GOOD, "CF_XDR_ZZJG", "—"),
    (GOOD, "CF_XDR_SYDW", "N/A"),
    (GOOD, "CF_GSJZQ", "/"),
    (GOOD, "CF_NR_ZKDX", "空"),
    (GOOD, "CF_XDR_ZJHM", "无"),
    (GOOD, "CF_XDR_ZJLX", "无"),
    (GOOD, "BZ", "无"),
    (GOOD_PERSON, "CF_XDR_SHXYM", "无"),
    (GOOD_PERSON, "CF_FRDB", "/"),
]


@pytest.mark.parametrize(("row", "code", "word"), NOTHING)
def test_a_word_for_nothing_is_blank_where_nothing_is_owed(row: dict[str, Any], code: str, word: str) -> None:
    checked = check(row | {code: word}, row)
    assert codes(checked) == set() and codes(checked, "warning") == {(code, "placeholder_read_as_blank")}
    assert checked.good[code][0] is None and checked.filled[code] == (1 if row.get(code) else 0)
    assert checked.findings["value"].to_list() == [word]


def test_the_escape_of_a_great_fine_is_to_write_the_unit() -> None:
    checked = check(GOOD | {"CF_NR_FK": "20000万元", "CF_NR": "罚款"})
    assert codes(checked) == set()
    assert ("CF_NR_FK", "amount_large") in codes(checked, "warning")


def test_the_sentence_on_units_tells_the_sum() -> None:
    found = check(GOOD | {"CF_NR_FK": "50000元"}).findings
    told = messages.told(*found.select("code", "message", "value").row(0))
    assert "折合5万元" in told and "50000" not in found["message"][0]


def test_a_child_is_refused_and_the_same_person_grown_up_is_not() -> None:
    """Boundary 5."""
    child = GOOD_PERSON | {"CF_XDR_ZJHM": "99010120090615001X"}
    from goodfaith.subjects.numbers import id_check_digit

    child["CF_XDR_ZJHM"] = "99010120090615001" + id_check_digit("99010120090615001")
    day_before = child | {"CF_JDRQ": "2027-06-14", "CF_YXQ": "长期"}
    birthday = child | {"CF_JDRQ": "2027-06-15", "CF_YXQ": "长期"}
    using = context()
    later = type(using)(using.item, using.edition, using.catalogue, dt.date(2028, 1, 1))
    assert codes(check(day_before, using=later)) == {("CF_XDR_ZJHM", "person_under_18")}
    assert codes(check(birthday, using=later)) == set()


def test_an_item_for_organisations_refuses_people_and_the_other_way_round() -> None:
    only_organisations = context(subjects=["organisation"])
    assert ("CF_XDR_LB", "subject_kind_not_taken") in codes(check(GOOD_PERSON, using=only_organisations))
    only_people = context(subjects=["person"])
    assert ("CF_XDR_LB", "subject_kind_not_taken") in codes(check(GOOD, using=only_people))


def test_a_negative_item_without_a_field_for_its_document_takes_nothing() -> None:
    """Boundary 1."""
    assert (None, "document_missing") in codes(check(GOOD, using=context(edition={"document_no": None})))


def test_one_of_a_group() -> None:
    group = {
        "one_of": [{"fields": ["CF_XDR_SHXYM", "CF_XDR_GSZC"], "when": {"field": "CF_XDR_LB", "any_of": [BUSINESS]}}]
    }
    row = GOOD | {"CF_XDR_LB": BUSINESS, "CF_XDR_SHXYM": None}
    assert ("CF_XDR_SHXYM", "one_of") in codes(check(row, using=context(edition=group)))
    assert codes(check(row | {"CF_XDR_GSZC": "320100000012345"}, using=context(edition=group))) == set()


def test_who_delivers_for_another_unit_is_warned() -> None:
    using = context()
    other = type(using)(
        using.item, using.edition, using.catalogue, using.report_on, "示例市财政局", "11320100MB1886843H"
    )
    found = codes(check(GOOD, using=other), "warning")
    assert ("CF_SJLY", "source_name_differs") in found
    assert ("CF_SJLYDM", "source_code_differs") not in found


def test_an_old_form_for_a_new_decision_is_only_a_warning() -> None:
    using = context(edition={"decided": {"to": "2019-01-01"}})
    checked = check(GOOD, using=using)
    assert codes(checked) == set() and ("CF_JDRQ", "edition_out_of_date") in codes(checked, "warning")


def test_several_findings_of_one_row_are_all_told() -> None:
    row = GOOD | {"CF_JDRQ": "2018-02-30", "CF_XDR_SHXYM": "1", "CF_SY": None}
    found = codes(check(row))
    assert found == {("CF_JDRQ", "date_invalid"), ("CF_XDR_SHXYM", "uscc_length"), ("CF_SY", "required")}


def test_messages_hold_no_value_and_no_brace() -> None:
    for code in messages.MESSAGES:
        text = messages.sentence(code, "栏目", limit="限", other="另一栏")
        assert "{" not in text and len(text) <= 500
    assert messages.sentence("id_check_digit", "证件号码").startswith("“证件号码”：")


ONE_FAULT: list[tuple[dict[str, Any], dict[str, str | None], set[tuple[str, str]]]] = [
    (GOOD, {"CF_WSH": None}, {("CF_WSH", "document_missing")}),
    (GOOD, {"CF_SY": None}, {("CF_SY", "required")}),
    (GOOD, {"CF_XDR_SHXYM": None}, {("CF_XDR_SHXYM", "required_if")}),
    (GOOD_PERSON, {"CF_XDR_ZJHM": None}, {("CF_XDR_ZJHM", "required_if")}),
    (GOOD, {"CF_NR_FK": "=1+1"}, {("CF_NR_FK", "cell_formula")}),
    (GOOD, {"CF_XDR_LB": "动物"}, {("CF_XDR_LB", "code_unknown")}),
]


@pytest.mark.parametrize(("row", "change", "expected"), ONE_FAULT)
def test_one_fault_is_told_once(row: dict[str, Any], change: dict[str, Any], expected: set[Any]) -> None:
    checked = check(row | change, row)
    assert codes(checked) == expected and len(checked.findings.filter(pl.col("level") == "refused")) == 1
    assert checked.good[ROW].to_list() == [3]


def test_blank_rows_are_passed_over() -> None:
    checked = check(GOOD, dict.fromkeys(GOOD), GOOD | {"CF_WSH": "示市监罚〔2026〕2号"})
    assert checked.rows == 2 and checked.good[ROW].to_list() == [2, 4]


def test_years_and_integers() -> None:
    fields = [*context().item.editions[0].model_dump(mode="json", by_alias=True)["fields"]]
    fields += [field("ND", "年度", type="year"), field("SL", "数量", type="integer")]
    using = context(edition={"fields": fields})
    good = check(GOOD | {"ND": "2024年度", "SL": "1,200"}, using=using).good
    assert (good["ND"][0], good["SL"][0]) == ("2024", "1200")
    bad = codes(check(GOOD | {"ND": "2027", "SL": "1.5"}, using=using))
    assert bad == {("ND", "year_after_report"), ("SL", "number_invalid")}


def test_person_column_of_an_item_with_one_kind() -> None:
    subject = item().editions[0].subject.model_dump() | {"kind": "organisation"}
    checked = check(GOOD, using=context(edition={"subject": subject}, subjects=["organisation"]))
    assert codes(checked) == set() and checked.good["__person"].to_list() == [False]
    assert isinstance(checked.good, pl.DataFrame) and PERSON


def test_a_persons_number_in_a_text_that_may_be_shown_is_refused() -> None:
    """Boundary 9: no number of a person in what everyone may read."""
    assert ("CF_SY", "person_number_in_text") in codes(check(GOOD | {"CF_SY": "当事人（11010519491231002X）"}))
    assert codes(check(GOOD | {"CF_SY": "许可证编号110105194912310021"})) == set()
    assert codes(check(GOOD | {"CF_SY": "当事人110105********002X"})) == set()
