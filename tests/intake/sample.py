"""A penalty item with the 30 double-publicity fields, and rows for it, so that the checks need no packs."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import polars as pl

from goodfaith.intake.checks import ROW, Checked, Context, check_batch
from goodfaith.law import schema

ORG, PERSON, BUSINESS = "法人及非法人组织", "自然人", "个体工商户"
REPORT_ON = dt.date(2026, 11, 20)
USCC, ID, MINOR = "91320100748204660Q", "110105194912310021", ""


def _names(zh: str) -> dict[str, str]:
    return {"zh": zh, "en": zh}


def _list(code: str, name: str, *names: str, **more: Any) -> schema.CodeList:
    entries = [{"code": f"{n:02d}", "name": _names(zh), **more.get(zh, {})} for n, zh in enumerate(names, 1)]
    return schema.CodeList.model_validate(
        {"code": code, "name": _names(name), "source": "sample", "checked": "mirror", "entries": entries}
    )


LISTS = {
    "subject_kind": _list("subject_kind", "行政相对人类别", ORG, PERSON, BUSINESS),
    "id_type": _list("id_type", "证件类型", "身份证", "护照", "港澳居民来往内地通行证"),
    "penalty_kind": _list(
        "penalty_kind",
        "处罚类别",
        "警告",
        "通报批评",
        "罚款",
        "没收违法所得、没收非法财物",
        "暂扣许可证件",
        "吊销许可证件",
        "旧类别",
        "新类别",
        "责令改正/停业 A+B",
        "甲 乙+丙",
        旧类别={"valid": {"to": "2021-07-15"}, "aliases": ["类别甲"]},
        新类别={"valid": {"from": "2021-07-15"}, "aliases": ["类别甲"]},
    ),
}
CATALOGUE: Any = SimpleNamespace(code_lists=LISTS, areas={})


def field(code: str, zh: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": _names(zh), **more}


def _only(field_code: str, *values: str) -> dict[str, Any]:
    return {"field": field_code, "any_of": list(values)}


FIELDS = [
    field("CF_XDR_MC", "行政相对人名称", type="subject_name", length=200, required=True),
    field("CF_XDR_LB", "行政相对人类别", type="code", code_list="subject_kind", required=True),
    field(
        "CF_XDR_SHXYM",
        "统一社会信用代码",
        type="uscc",
        required=_only("CF_XDR_LB", ORG),
        blank_if=_only("CF_XDR_LB", PERSON),
    ),
    field("CF_XDR_GSZC", "工商注册号", type="registration_no", length=50, blank_if=_only("CF_XDR_LB", PERSON)),
    field("CF_XDR_ZZJG", "组织机构代码", type="organisation_code", length=9),
    field("CF_XDR_SWDJ", "税务登记号", type="tax_no", length=20),
    field("CF_XDR_SYDW", "事业单位证书号", length=12),
    field("CF_XDR_SHZZ", "社会组织登记证号", length=50),
    field(
        "CF_FRDB",
        "法定代表人",
        type="person_name",
        length=50,
        required=_only("CF_XDR_LB", ORG),
        sensitivity="person_name",
    ),
    field("CF_FR_ZJLX", "法定代表人证件类型", type="code", code_list="id_type", sensitivity="internal"),
    field("CF_FR_ZJHM", "法定代表人证件号码", type="document_no", length=64, sensitivity="person_number"),
    field(
        "CF_XDR_ZJLX",
        "证件类型",
        type="code",
        code_list="id_type",
        required=_only("CF_XDR_LB", PERSON),
        sensitivity="internal",
    ),
    field(
        "CF_XDR_ZJHM",
        "证件号码",
        type="document_no",
        length=64,
        required=_only("CF_XDR_LB", PERSON),
        sensitivity="person_number",
    ),
    field("CF_WSH", "行政处罚决定书文号", length=128, required=True),
    field("CF_WFXW", "违法行为类型", length=2000, required=True),
    field("CF_SY", "违法事实", length=2000, required=True),
    field("CF_YJ", "处罚依据", length=2048, required=True),
    field("CF_CFLB", "处罚类别", type="code", code_list="penalty_kind", multiple=True, required=True),
    field("CF_NR", "处罚内容", length=4000, required=True),
    field("CF_NR_FK", "罚款金额", type="decimal", scale=6, unit="万元", required=_only("CF_CFLB", "罚款")),
    field("CF_NR_WFFF", "没收金额", type="decimal", scale=6, unit="万元"),
    field(
        "CF_NR_ZKDX", "暂扣或吊销证照名称及编号", length=200, required=_only("CF_CFLB", "暂扣许可证件", "吊销许可证件")
    ),
    field("CF_JDRQ", "处罚决定日期", type="date", required=True, not_after_report=True),
    field("CF_YXQ", "处罚有效期", type="date", required=True, long_term=True, not_before="CF_JDRQ"),
    field("CF_GSJZQ", "公示截止期", type="date", not_before="CF_JDRQ"),
    field("CF_CFJG", "处罚机关", length=200, required=True),
    field("CF_CFJGDM", "处罚机关统一社会信用代码", type="uscc", required=True),
    field("CF_SJLY", "数据来源单位", length=200, required=True),
    field("CF_SJLYDM", "数据来源单位统一社会信用代码", type="uscc", required=True),
    field("BZ", "备注", length=512, sensitivity="internal"),
]
BASIS = {"instrument": "sample", "article": "第一条", "checked": "mirror"}
EDITION = {
    "code": "y2018",
    "name": _names("示例表式"),
    "basis": BASIS,
    "subject": {
        "name": "CF_XDR_MC",
        "kind": "CF_XDR_LB",
        "person_values": [PERSON],
        "uscc": "CF_XDR_SHXYM",
        "registration_no": "CF_XDR_GSZC",
        "organisation_code": "CF_XDR_ZZJG",
        "tax_no": "CF_XDR_SWDJ",
        "institution_no": "CF_XDR_SYDW",
        "social_no": "CF_XDR_SHZZ",
        "document_type": "CF_XDR_ZJLX",
        "document_no": "CF_XDR_ZJHM",
    },
    "decided_on": "CF_JDRQ",
    "document_no": "CF_WSH",
    "authority": "CF_CFJG",
    "fact": ["CF_WSH"],
    "in_force": ["CF_JDRQ", "CF_YXQ"],
    "fields": FIELDS,
}


def item(*, edition: dict[str, Any] | None = None, **more: Any) -> schema.Item:
    return schema.Item.model_validate(
        {
            "code": "sample.penalty",
            "name": _names("行政处罚"),
            "sector": "sample",
            "catalogue_class": 3,
            "domain": "sample",
            "description": _names("示例"),
            "subjects": ["person", "organisation"],
            "polarity": "negative",
            "source_authority": _names("处罚机关"),
            "legal_basis": [BASIS],
            "disclosure": {"person": "shared", "organisation": "open"},
            "display_rule": "sample",
            "update_cycle": "within_7_working_days",
            "double_publicity": True,
            "effective_document": {"kind": "penalty_decision", "name": _names("行政处罚决定书")},
            "editions": [EDITION | (edition or {})],
            **more,
        }
    )


GOOD = {
    "CF_XDR_MC": "示例市晨光商贸有限公司",
    "CF_XDR_LB": ORG,
    "CF_XDR_SHXYM": USCC,
    "CF_FRDB": "王某某",
    "CF_WSH": "示市监罚〔2026〕1号",
    "CF_WFXW": "虚假宣传",
    "CF_SY": "发布虚假广告",
    "CF_YJ": "《中华人民共和国广告法》第五十五条",
    "CF_CFLB": "罚款",
    "CF_NR": "处罚款5万元",
    "CF_NR_FK": "5",
    "CF_JDRQ": "2026-11-16",
    "CF_YXQ": "2027-11-16",
    "CF_CFJG": "示例市市场监督管理局",
    "CF_CFJGDM": "11320100MB1886843H",
    "CF_SJLY": "示例市市场监督管理局",
    "CF_SJLYDM": "11320100MB1886843H",
}
GOOD_PERSON = GOOD | {
    "CF_XDR_MC": "赵某某",
    "CF_XDR_LB": PERSON,
    "CF_XDR_SHXYM": None,
    "CF_FRDB": None,
    "CF_XDR_ZJLX": "身份证",
    "CF_XDR_ZJHM": "11010519491231002X",
}


def context(**more: Any) -> Context:
    made = item(**more)
    return Context(made, made.editions[0], CATALOGUE, REPORT_ON)


def check(*rows: dict[str, str | None], using: Context | None = None) -> Checked:
    """Check rows given as dicts; row numbers begin at 2, as under one header row."""
    codes = list(dict.fromkeys(code for row in rows for code in row))
    frame = pl.DataFrame(list(rows), schema=dict.fromkeys(codes, pl.String)).with_row_index(ROW, 2)
    return check_batch(frame.with_columns(pl.col(ROW).cast(pl.Int64)), using or context())


def codes(checked: Checked, level: str = "refused") -> set[tuple[str | None, str]]:
    """(field, code) of the findings of one level."""
    found = checked.findings.filter(pl.col("level") == level)
    return set(zip(found["field"], found["code"], strict=True))
