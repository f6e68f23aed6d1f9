"""What checks, inquiries and requests for consent have in common: who is asked about, and how it is refused."""

from __future__ import annotations

from typing import Annotated, Any, cast

from django.http import HttpRequest
from ninja import Field, Schema
from pydantic import StringConstraints

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate import rules as rules_of_gate
from goodfaith.inquiry import rules

Kind = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
Number = Annotated[str, StringConstraints(pattern=r"^[^\x00]{1,60}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[^\x00]{1,200}$")]
Told = Annotated[str, StringConstraints(pattern=rf"^[^{rules.UNSEEN}]{{1,200}}$", strip_whitespace=True, min_length=1)]
CaseNo = Annotated[
    str, StringConstraints(pattern=rf"^[^{rules.UNSEEN}]{{1,120}}$", strip_whitespace=True, min_length=1)
]
"""The subject reads it: no control characters, nothing invisible, nothing that turns the line around."""

NUMBER_KINDS = (
    "uscc 统一社会信用代码 · id_number 公民身份号码 · passport · hk_macao_permit · taiwan_permit · "
    "foreign_permanent_residence · organisation_code · registration_no"
)
REFUSED = "请核对账号的权限和事由，或者与信用主管部门联系。"


class SubjectIn(Schema):
    kind: Kind = Field(description=f"号码的种类 kind of number: {NUMBER_KINDS}", examples=["uscc"])
    number: Number = Field(description="完整号码 the whole number", examples=["91990101MA0000007H"])

    def checked(self) -> tuple[str, str]:
        """(kind, number in its one form); Problem 422 that explains the wrong digit."""
        wrong = rules.check_number(self.kind, self.number)
        if wrong is not None:
            raise Problem(wrong[0], wrong[1], "请对照证照改正号码后再核查；这一次没有查询任何档案。", status=422)
        return self.kind, rules.normalise(self.kind, self.number)


def acting_of(request: HttpRequest) -> Acting:
    """The machine client that calls."""
    return cast(Acting, request.auth)  # type: ignore[attr-defined]


def refused(code: str | None, entry: int) -> Problem:
    """The Problem of a look that the gate refused: its sentence and the entry that was written."""
    found = rules_of_gate.problem(code or "")
    what = f"{found.what}（拒绝已记入查询日志，编号{entry}）"
    return Problem(found.code, what, found.next or REFUSED, status=found.status)


def problems(*statuses: int) -> dict[str, Any]:
    """For a description: which problems an operation answers with, and what each means."""
    said = {
        401: "没有令牌，或者令牌没有所需的 scope purpose:<目的> · no token, or not the scope",
        403: "拒绝；原因见 detail，拒绝本身也记入查询日志 · refused, and the refusal is an entry",
        404: "没有这一项，或者它不属于调用方 · not there, or not yours",
        409: "现在的状态不允许；见 detail · not in this state",
        422: "号码、事项或者格式不对；号码的校验码逐位说明 · wrong number, matter or form",
        503: "查询日志暂时不能封存，自然人的档案因此关闭；按 Retry-After 再试 · the ledger cannot be sealed",
    }
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"responses": {status: {"description": said[status], "content": content} for status in statuses}}
