"""信用核查: one call from inside an approval system; which measures bear on the matter, or none. Never the file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from goodfaith.faces.api import asking
from goodfaith.faces.api.auth import ForPurposes, bearer_of, need_purpose
from goodfaith.faces.api.texts import Code
from goodfaith.faces.parts import lawbook
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import CheckAnswer, MeasureInForce
from goodfaith.law import queries as law
from goodfaith.law.schema import LegalBasis, Matter, Measure

NOTE = (
    "本答复只说明哪些措施可能适用于本事项，不是处理决定；是否采取、怎样采取，由办理机关的工作人员依法决定，不得仅凭本答复自动作出不利决定。"
)
router = Router(tags=["信用核查 checks"], auth=ForPurposes())


class CheckIn(Schema):
    subject: asking.SubjectIn
    name: asking.Name | None = Field(
        default=None, description="名称或姓名；给出时须与号码一致 the name; when given it must agree with the number"
    )
    matter: Code = Field(description="办理事项代码 matter, see GET /api/checks/matters", examples=["licence"])
    case_no: asking.CaseNo = Field(description="办件编号 case; the subject sees it", examples=["2026-0001"])


class MeasureOut(Schema):
    measure: str = Field(description="措施代码 code of the measure")
    name: str
    kind: str = Field(description="restraint 惩戒 · incentive 激励")
    statute: str = Field(description="依据的法律文件 the instrument")
    article: str
    checked: str = Field(description="依据核对情况：official、mirror、unverified")
    item: str = Field(description="所依据记录的目录条目 the item of the record")
    document_no: str | None = Field(description="决定文书号 the decision")
    authority: str | None
    decided_on: dt.date
    ends_on: dt.date | None = Field(description="最后一日 last day; null: no end is fixed")
    disputed: bool = Field(description="记录正有异议 an objection is pending")
    effect: str = Field(description="窗口可以怎样做 what the counter may do")


class CheckOut(Schema):
    outcome: str = Field(description="none 没有措施 · measures 有措施 · mismatch 名称与号码不一致")
    measures: list[MeasureOut]
    entry: int = Field(description="查询日志编号 entry of the access ledger")
    digest: str = Field(description="答复的摘要（SHA-256），记在查询日志中 digest of the answer in the entry")
    at: dt.datetime
    note: str


class MatterOut(Schema):
    code: str
    name_zh: str
    name_en: str
    kind: str
    subjects: list[str]
    scope: str = Field(description="核查所需的 scope")
    purposes: list[str]


@router.post(
    "", response=CheckOut, summary="信用核查：本事项有没有须考虑的措施 · check",
    openapi_extra=asking.problems(401, 403, 422, 503),
)  # fmt: skip
def check(request: HttpRequest, body: CheckIn) -> HttpResponse:
    """Which measures in force bear on this matter for this subject, or none; one entry of the ledger each call.

    A number that nobody has is answered exactly like a subject without any measure.
    """
    matter = matter_of(body.matter)
    need_purpose(request, matter.purposes[0])
    answer = gate.check(
        acting=asking.acting_of(request), matter=matter.code, number=body.subject.checked(), name=body.name,
        case_no=body.case_no,
    )  # fmt: skip
    if answer.outcome == "refused":
        raise asking.refused(answer.refusal, answer.entry_id)
    return HttpResponse(orjson.dumps(told(answer)), content_type="application/json; charset=utf-8")


def matter_of(code: str) -> Matter:
    """The matter, from the catalogue that the process keeps; else Problem ``matter_unknown``."""
    return lawbook.book().matters.get(code) or law.matter(code)


def told(answer: CheckAnswer) -> dict[str, Any]:
    """The body of an answer."""
    outcome = "mismatch" if answer.outcome == "mismatch" else "measures" if answer.measures else "none"
    return {
        "outcome": outcome,
        "measures": [_measure(one) for one in answer.measures],
        "entry": answer.entry_id,
        "digest": answer.digest,
        "at": answer.at,
        "note": NOTE,
    }


def _measure(found: MeasureInForce) -> dict[str, Any]:
    measure = lawbook.book().measures.get(found.measure) or law.measure(found.measure)
    return {
        "measure": found.measure,
        "name": measure.name.zh,
        "kind": found.kind,
        **_basis(measure),
        "item": found.item,
        "document_no": found.document_no,
        "authority": found.authority,
        "decided_on": found.decided_on,
        "ends_on": found.ends_on,
        "disputed": found.disputed,
        "effect": measure.effect.zh,
    }


def _basis(measure: Measure) -> dict[str, str]:
    basis: LegalBasis = measure.basis[0]
    instrument = lawbook.book().instruments.get(basis.instrument)
    statute = instrument.name.zh if instrument else basis.instrument
    return {"statute": statute, "article": basis.article, "checked": basis.checked}


@router.get(
    "/matters", response=list[MatterOut], summary="本单位可以核查的办理事项 · matters",
    openapi_extra=asking.problems(401),
)  # fmt: skip
def matters(request: HttpRequest) -> list[dict[str, Any]]:
    """The matters that the client's kind of unit handles, each with the scope that a check in it needs."""
    return [
        {
            "code": matter.code,
            "name_zh": matter.name.zh,
            "name_en": matter.name.en,
            "kind": matter.kind,
            "subjects": list(matter.subjects),
            "scope": f"purpose:{matter.purposes[0]}",
            "purposes": list(matter.purposes),
        }
        for matter in law.matters(bearer_of(request).unit_kind)
    ]
