"""The closed vocabulary of what may be recorded at all (boundary 2: "the vocabulary of domains is closed").

A domain says to which classes of the national base catalogue its items may belong and whom they may be
about. Neither a pack nor a setting can add one: a new domain is a change of the program, with its reason.
The thirteen classes are those of 全国公共信用信息基础目录(2024年版).
"""

from __future__ import annotations

from dataclasses import dataclass

PERSON = frozenset({"person"})
ORGANISATION = frozenset({"organisation"})
BOTH = PERSON | ORGANISATION

CATALOGUE_CLASSES: dict[int, str] = {
    1: "登记注册基本信息",
    2: "司法裁判及执行信息",
    3: "行政管理信息",
    4: "职称和职业信息",
    5: "经营（活动）异常名录（状态）信息",
    6: "严重失信主体名单信息",
    7: "合同履行信息",
    8: "信用承诺及履行情况信息",
    9: "信用评价结果信息",
    10: "遵守法律法规情况信息",
    11: "诚实守信相关荣誉信息",
    12: "知识产权信息",
    13: "经营主体自愿提供的信用信息",
}
"""Classes 1-5, 10 and 12 are confirmed; the names of the other six are general knowledge, not compared."""


@dataclass(frozen=True, slots=True)
class Domain:
    """One thing that may be recorded: its classes of the catalogue and the subjects it may be about."""

    code: str
    zh: str
    en: str
    classes: frozenset[int]
    subjects: frozenset[str]


def _domain(code: str, zh: str, en: str, classes: set[int], subjects: frozenset[str]) -> Domain:
    return Domain(code, zh, en, frozenset(classes), subjects)


DOMAINS: dict[str, Domain] = {
    domain.code: domain
    for domain in (
        _domain("registration", "登记注册", "Registration", {1}, ORGANISATION),
        _domain("judgment_enforcement", "司法裁判及执行", "Judgments and their enforcement", {2}, BOTH),
        _domain("administrative_licence", "行政许可", "Administrative licences", {3}, BOTH),
        _domain("administrative_penalty", "行政处罚", "Administrative penalties", {3}, BOTH),
        _domain("administrative_inspection", "行政检查", "Administrative inspections", {3}, ORGANISATION),
        _domain("administrative_confirmation", "行政确认", "Administrative confirmations", {3}, ORGANISATION),
        _domain("administrative_compulsion", "行政强制", "Administrative compulsion", {3}, ORGANISATION),
        _domain("administrative_ruling", "行政裁决", "Administrative rulings", {3}, ORGANISATION),
        _domain("administrative_award", "行政奖励", "Administrative awards", {3, 11}, BOTH),
        _domain("organisation_qualification", "企业资质", "Organisations' qualifications", {3}, ORGANISATION),
        _domain("professional_title", "职称", "Professional titles", {4}, PERSON),
        _domain("professional_qualification", "职业资格", "Professional qualifications", {4}, PERSON),
        _domain("abnormal_operation", "经营（活动）异常名录", "Abnormal operation", {5}, ORGANISATION),
        _domain("serious_breach_list", "严重失信主体名单", "Serious-breach lists", {6}, BOTH),
        _domain("contract_performance", "合同履行", "Performance of contracts", {7}, ORGANISATION),
        _domain("commitment", "信用承诺及履行", "Commitments and their fulfilment", {8}, BOTH),
        _domain("credit_evaluation", "信用评价结果", "Results of credit evaluation", {9}, ORGANISATION),
        _domain("law_compliance", "遵守法律法规情况", "Compliance with laws", {10}, BOTH),
        _domain("tax_compliance", "税费缴纳", "Payment of taxes and fees", {3, 9, 10, 11}, ORGANISATION),
        _domain("social_insurance", "社会保险缴纳", "Payment of social insurance", {3, 9, 10}, ORGANISATION),
        _domain("honour", "诚实守信荣誉", "Honours for good faith", {11}, BOTH),
        _domain("intellectual_property", "知识产权", "Intellectual property", {12}, ORGANISATION),
        _domain("voluntary", "自愿提供", "Provided of one's own will", {13}, ORGANISATION),
        _domain("government_integrity", "政务诚信", "Government integrity", {7, 10}, ORGANISATION),
    )
}
