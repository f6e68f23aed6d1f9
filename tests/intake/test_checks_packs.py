"""The checks with the shipped packs: both editions of the penalties, and every item at least once."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import polars as pl
import pytest
from django.conf import settings

from goodfaith.intake.checks import PERSON, ROW, Checked, Context, check_batch
from goodfaith.intake.merge import parties_of
from goodfaith.law import packs
from goodfaith.records import rules as record_rules
from tests.intake.sample import GOOD, codes

PENALTY = "licensing.administrative_penalty"
OLD = {
    "CF_WSH": "示工商罚〔2016〕1号", "CF_CFMC": "虚假广告案", "CF_BM": "330212", "CF_CFLB1": "罚款",
    "CF_SY": "发布虚假广告",
    "CF_YJ": "《中华人民共和国广告法》第五十五条", "CF_XDR_MC": "示例市晨光商贸有限公司",
    "CF_XDR_SHXYM": "91320100748204660Q", "CF_XDR_SFZ": "11010519491231002X", "CF_FR": "王某某", "CF_JG": "罚款5万元",
    "CF_JDRQ": "2016/3/5", "CF_XZJG": "示例市工商行政管理局", "CF_ZT": "0", "DFBM": "990100", "SJC": "2016/3/8",
    "CF_SYFW": "0",
}  # fmt: skip


@cache
def catalogue() -> packs.Catalogue:
    return packs.read(settings.PACKS_DIR)


def context(item: str, edition: str) -> Context:
    found = catalogue().items[item]
    return Context(found, found.edition(edition), catalogue(), dt.date(2026, 11, 20))


def check(using: Context, *rows: dict[str, Any]) -> Checked:
    columns = list(dict.fromkeys(code for row in rows for code in row))
    frame = pl.DataFrame(list(rows), schema=dict.fromkeys(columns, pl.String)).with_row_index(ROW, 2)
    return check_batch(frame.with_columns(pl.col(ROW).cast(pl.Int64)), using)


def test_the_form_before_2018_tells_people_by_their_blank_codes() -> None:
    using = context(PENALTY, "pre2018")
    person = OLD | {"CF_XDR_SHXYM": None, "CF_XDR_MC": "赵某某", "CF_FR": None}
    checked = check(using, OLD, person)
    assert codes(checked) == set()
    assert checked.good[PERSON].to_list() == [False, True]
    parties = parties_of(checked.good, using).to_dicts()
    assert (parties[0]["subject_kind"], parties[0]["document_no"]) == ("organisation", None)
    assert (parties[1]["document_kind"], parties[1]["document_no"]) == ("id_number", "11010519491231002X")


def test_the_number_of_a_representative_stays_sealed() -> None:
    using = context(PENALTY, "pre2018")
    rule = catalogue().rule_of(using.item)
    row = record_rules.prepare(check(using, OLD).good, using.item, using.edition, rule).to_dicts()[0]
    assert "11010519491231002X" not in row["content"] and "王某某" not in row["content"] and "王某某" in row["secret"]


def test_the_scope_of_the_old_form_narrows_the_disclosure() -> None:
    using = context(PENALTY, "pre2018")
    rule = catalogue().rule_of(using.item)
    good = check(using, *(OLD | {"CF_SYFW": scope, "CF_WSH": scope} for scope in ("0", "1", "2"))).good
    frame = record_rules.prepare(good, using.item, using.edition, rule)
    assert frame["disclosure"].to_list() == ["open", "shared", "on_request"]
    assert frame["display"].to_list()[1:] == ["empty", "empty"]


NEW = GOOD | {"CF_XDR_LB": "法人及非法人组织"}
NUMBERS = [
    ("CF_XDR_SHXYM", "91320100748204660Q"), ("CF_XDR_GSZC", "110000000000133"), ("CF_XDR_ZZJG", "748204660"),
    ("CF_XDR_SWDJ", "990101123456789"), ("CF_XDR_SYDW", "事证第1234号"), ("CF_XDR_SHZZ", "示社证字第1号"),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["法人及非法人组织", "法人", "非法人组织", "个体工商户"])
def test_an_organisation_needs_any_one_of_its_numbers(kind: str) -> None:
    using = context(PENALTY, "v2018")
    row = NEW | {"CF_XDR_LB": kind, "CF_XDR_SHXYM": None}
    for code, number in NUMBERS:
        assert codes(check(using, row | {code: number})) == set(), code
    assert codes(check(using, row)) == {("CF_XDR_SHXYM", "one_of")}


@pytest.mark.parametrize("edition", ["v2018", "pre2018"])
def test_display_without_end_never_lengthens_the_rule(edition: str) -> None:
    using = context(PENALTY, edition)
    rule = catalogue().rule_of(using.item)
    row = NEW if edition == "v2018" else OLD
    ends = [None, "2099/12/31", "长期", "2098-12-31"]
    checked = check(using, *(row | {"CF_GSJZQ": end, "CF_WSH": f"{n}号"} for n, end in enumerate(ends)))
    assert codes(checked) == set()
    shown = record_rules.prepare(checked.good, using.item, using.edition, rule)["display"].to_list()
    assert len(set(shown)) == 1 and shown[0] != "empty"


def test_the_word_that_an_early_licence_is_to_give_stays() -> None:
    using = context("licensing.administrative_licence", "pre2018")
    found = check(using, {"XK_WSH": "空", "XK_XDR_SHXYM": "无", "XK_JDRQ": "2016/3/5", "BZ": "无"}).findings
    told = {(field, code) for field, code in zip(found["field"], found["code"], strict=True)}
    assert not {code for field, code in told if field == "XK_WSH"}
    assert {("XK_XDR_SHXYM", "placeholder_read_as_blank"), ("BZ", "placeholder_read_as_blank")} <= told


def test_a_word_for_no_code_does_not_make_an_organisation_of_a_person() -> None:
    using = context(PENALTY, "pre2018")
    words = dict.fromkeys(("CF_XDR_SHXYM", "CF_XDR_ZDM", "CF_XDR_GSDJ", "CF_XDR_SWDJ"), "无")
    checked = check(using, OLD | words | {"CF_XDR_MC": "赵某某", "CF_FR": "无"})
    assert codes(checked) == set() and checked.good[PERSON].to_list() == [True]


EVERY = [(item, edition.code) for item, found in catalogue().items.items() for edition in found.editions]


@pytest.mark.parametrize(("item", "edition"), EVERY, ids=[f"{item}-{edition}" for item, edition in EVERY])
def test_every_item_says_what_is_missing_in_a_row_that_holds_next_to_nothing(item: str, edition: str) -> None:
    using = context(item, edition)
    checked = check(using, {using.edition.subject.name: "示例", using.edition.decided_on: "2024-05-06"})
    assert checked.good.is_empty() and codes(checked)
    assert all("{" not in message for message in checked.findings["message"])


@pytest.mark.parametrize(("item", "edition"), EVERY, ids=[f"{item}-{edition}" for item, edition in EVERY])
def test_every_item_takes_a_full_column_of_nonsense_without_falling(item: str, edition: str) -> None:
    using = context(item, edition)
    nonsense = ["=1+1", "无", "5.13E+17", "２０２４年２月３０日", "a\x00b", "-1", "x" * 5000, "，；、", None]
    rows = [{field.code: text for field in using.edition.fields} for text in nonsense]
    assert check(using, *rows).good.is_empty()
