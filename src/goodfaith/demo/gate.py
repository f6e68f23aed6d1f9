"""A history for the demo's citizen and enterprise: looks by several units, consents, one request that waits.

All of it goes through the gate's own functions, as the officers and systems would call them; it happened today.
"""

from __future__ import annotations

import datetime as dt

from goodfaith.common.acting import Acting
from goodfaith.demo import own
from goodfaith.demo.city import City
from goodfaith.gate import actions
from goodfaith.gate import queries as gate
from goodfaith.ledger import queries as ledger
from goodfaith.parties.models import User

REGISTRATION, HONOUR, TAX = "market.organisation_registration", "honours.honour", "tax.grade_a"
APPROVALS = Acting(kind="machine", id="demo-approvals", name="市场监督管理局审批系统", unit="market_regulation")
Number = tuple[str, str]


def _account(username: str) -> Acting:
    return User.objects.get(username=username).acting


def lay(city: City, at: dt.datetime) -> None:
    """Lay the history. Without a ledger that is being sealed nothing is looked at, and only the consents are laid."""
    firm = own.enterprise(city)
    citizen = ("id_number", str(city.people["id_number"][own.CITIZEN])), str(city.people["name"][own.CITIZEN])
    enterprise = ("uscc", str(city.organisations["uscc"][firm])), str(city.organisations["name"][firm])
    standing = ledger.standing()
    if standing:
        _looks_before(*citizen)
    _consents(at, *citizen, *enterprise)
    if standing:
        _looks_at_citizen(*citizen)
        _looks_at_enterprise(*enterprise)


def _looks_before(number: Number, name: str) -> None:
    """The bank looks before it has consent, and is refused."""
    gate.open_file(
        acting=_account("bank"), purpose="credit_granting", number=number, name=name, case_no="示银贷〔2026〕0317号"
    )


def _consents(at: dt.datetime, number: Number, name: str, code: Number, firm: str) -> None:
    citizen, enterprise, bank = _account("citizen"), _account("enterprise"), _account("bank")
    year, quarter = at.date() + dt.timedelta(days=365), at.date() + dt.timedelta(days=90)
    actions.do_grant_consent(
        acting=citizen, at=at, party_unit="agency", purpose="credit_reporting", items=[own.LICENCE, HONOUR],
        until=year, uses=None,
    )  # fmt: skip
    asked = actions.do_request_consent(
        acting=bank, at=at, number=number, name=name, purpose="credit_granting", items=[own.LICENCE, own.PENALTY],
        until=quarter, uses=3, reason="您申请的个人经营贷款需要核实行政许可和行政处罚情况。",
    )  # fmt: skip
    actions.do_answer_request(acting=citizen, at=at, request_id=asked, accept=True)
    withdrawn = actions.do_grant_consent(
        acting=citizen, at=at, party_unit="construction_association", purpose="entrusted_inquiry", items=[HONOUR],
        until=quarter, uses=1,
    )  # fmt: skip
    actions.do_withdraw_consent(acting=citizen, at=at, consent_id=withdrawn)
    actions.do_grant_consent(
        acting=enterprise, at=at, party_unit="bank", purpose="credit_granting", items=[REGISTRATION, own.LICENCE, TAX],
        until=year, uses=None,
    )  # fmt: skip
    actions.do_request_consent(
        acting=bank, at=at, number=number, name=name, purpose="credit_granting",
        items=["courts.judgment_defaulter", "commitments.commitment"], until=quarter, uses=1,
        reason="贷款额度复核需要查询履约承诺和法院信息，您可以不同意，不影响已经办理的贷款。",
    )  # fmt: skip


def _looks_at_citizen(number: Number, name: str) -> None:
    gate.check(
        acting=_account("clerk"), matter="administrative_licence", number=number, name=name,
        case_no="示市监许〔2026〕118号",
    )  # fmt: skip
    gate.check(
        acting=APPROVALS, matter="public_rental_housing", number=number, name=name, case_no="示保障房〔2026〕62号"
    )
    gate.open_file(
        acting=_account("court_clerk"), purpose="file_for_supervision", number=number, name=name,
        case_no="（2026）示01执1203号", items=[own.PENALTY],
    )  # fmt: skip
    gate.open_file(
        acting=_account("credit_office"), purpose="credit_administration", number=number, case_no="示信办〔2026〕45号"
    )
    gate.open_file(
        acting=_account("bank"), purpose="credit_granting", number=number, name=name, case_no="示银贷〔2026〕0317号"
    )
    gate.open_file(
        acting=_account("agency"), purpose="credit_reporting", number=number, name=name, case_no="示征〔2026〕2203号"
    )


def _looks_at_enterprise(number: Number, name: str) -> None:
    gate.check(
        acting=_account("clerk"), matter="government_procurement", number=number, name=name,
        case_no="示采〔2026〕0091号",
    )  # fmt: skip
    gate.check(acting=APPROVALS, matter="project_approval", number=number, name=name, case_no="示审批〔2026〕377号")
    gate.open_file(
        acting=_account("clerk"), purpose="file_for_supervision", number=number, case_no="示市监查〔2026〕29号",
        items=[own.LICENCE, own.PENALTY],
    )  # fmt: skip
    gate.open_file(
        acting=_account("bank"), purpose="credit_granting", number=number, name=name, case_no="示银贷〔2026〕0402号"
    )
