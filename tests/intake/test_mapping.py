"""Headers as they really are, and the fields they mean."""

from __future__ import annotations

from typing import Any

import pytest

from goodfaith.intake.mapping import header_signature, known_names, propose
from goodfaith.law import schema

BASIS = {"instrument": "x", "article": "1", "checked": "mirror"}


def _field(code: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": {"zh": zh, "en": en}, **more}


def _edition(code: str, *fields: dict[str, Any]) -> dict[str, Any]:
    base = {"name": {"zh": code, "en": code}, "basis": BASIS, "decided_on": fields[-1]["code"]}
    subject = {"name": fields[0]["code"], "kind": "organisation"}
    return {"code": code, **base, "subject": subject, "fact": [fields[0]["code"]], "fields": fields}


NEW = _edition(
    "new",
    _field("CF_XDR_MC", "行政相对人名称", "Party", required=True, aliases=["当事人", "企业名称"]),
    _field("CF_XDR_SHXYM", "行政相对人代码_1(统一社会信用代码)", "USCC", required=True),
    _field("CF_XDR_GSZC", "行政相对人代码_2(工商注册号)", "Registration number"),
    _field("CF_NR_FK", "罚款金额", "Fine", type="decimal", unit="万元"),
    _field("CF_JDRQ", "处罚决定日期", "Decided on", type="date", required=True),
)
OLD = _edition("old", _field("XDR", "相对人", "Party", required=True), _field("CFRQ", "处罚日期", "Day", required=True))
ITEM = schema.Item.model_validate(
    {
        "code": "a.b", "name": {"zh": "处罚", "en": "p"}, "sector": "a", "catalogue_class": 1, "domain": "x",
        "description": {"zh": "x", "en": "x"}, "subjects": ["organisation"], "polarity": "negative",
        "source_authority": {"zh": "某局", "en": "x"}, "legal_basis": [BASIS], "disclosure": {"organisation": "open"},
        "display_rule": "x", "update_cycle": "monthly", "editions": [NEW, OLD],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("cf_xdr_mc", "CF_XDR_MC"), ("ＣＦ＿ＸＤＲ＿ＭＣ", "CF_XDR_MC"), ("*当事人", "CF_XDR_MC"),
        ("企业\n名称", "CF_XDR_MC"),
        ("行政相对人 名称（必填）", "CF_XDR_MC"), ("统一社会信用代码", "CF_XDR_SHXYM"),
        ("行政相对人代码_1", "CF_XDR_SHXYM"),
        ("行政相对人代码_2（工商注册号）", "CF_XDR_GSZC"), ("罚款金额(万元)", "CF_NR_FK"), ("DECIDED ON", "CF_JDRQ"),
        ("法定代表人", None),
    ],
)  # fmt: skip
def test_headers_find_their_fields(header: str, code: str | None) -> None:
    assert propose([header], ITEM, edition="new").mapping == {header: code}


def test_the_edition_that_fits_best_and_what_is_missing() -> None:
    new = propose(["处罚决定日期", "当事人", "天气"], ITEM)
    assert (new.edition, new.missing, new.unknown) == ("new", ["CF_XDR_SHXYM"], ["天气"])
    assert propose(["处罚日期", "相对人"], ITEM).edition == "old"
    assert propose(["甲", "乙"], ITEM).edition == "old"  # least is missing there


def test_two_columns_for_one_field() -> None:
    proposal = propose(["企业名称（全称）", "当事人", "处罚决定日期"], ITEM)
    assert proposal.twice == {"CF_XDR_MC": ["当事人", "企业名称（全称）"]}
    assert proposal.mapping["当事人"] == "CF_XDR_MC" and proposal.mapping["企业名称（全称）"] is None


def test_what_was_remembered_wins() -> None:
    remembered = {"当事人": None, "天气": "CF_XDR_MC", "旧列": "NOT_A_FIELD"}
    proposal = propose(["当事人", "天 气", "旧列"], ITEM, remembered, "new")
    assert proposal.mapping == {"当事人": None, "天 气": "CF_XDR_MC", "旧列": None}
    assert proposal.unknown == ["旧列"]


def test_another_unit_is_named() -> None:
    assert propose(["罚款金额（元）"], ITEM, edition="new").units == {"罚款金额（元）": "元"}
    assert propose(["罚款金额（单位：万元）"], ITEM, edition="new").units == {}


def test_signature_knows_headers_whatever_their_order() -> None:
    assert header_signature(["当事人", "日期"]) == header_signature([" 日期*", "当事人"]) != header_signature(["日期"])
    assert len(header_signature([])) == 64


def test_known_names_hold_every_edition() -> None:
    assert {"CF_XDR_MC", "当事人", "相对人", "处罚日期"} <= known_names(ITEM)
