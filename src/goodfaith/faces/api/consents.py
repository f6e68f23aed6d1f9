"""A party's requests for consent, and the consents it was given. Whose they are is told by a masked name only."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from goodfaith.common import clock
from goodfaith.faces.api import asking
from goodfaith.faces.api.auth import PURPOSE, ForPurposes, bearer_of, need_purpose
from goodfaith.faces.api.texts import Code
from goodfaith.gate import actions
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import ConsentView, RequestView

router = Router(tags=["授权 consents"], auth=ForPurposes())


class RequestIn(Schema):
    subject: asking.SubjectIn
    name: asking.Name = Field(description="名称或姓名，须与号码一致 must agree with the number")
    purpose: Code = Field(description="以授权为依据的目的 a purpose grounded on consent", examples=["credit_granting"])
    items: list[Code] = Field(min_length=1, max_length=200)
    until: dt.date = Field(description="授权的最后一日 last day of the consent")
    uses: int | None = Field(default=None, ge=1, le=1000, description="次数；空为期限内不限 null: any number")
    reason: asking.Told = Field(description="向主体说明为什么 told to the subject")


class AskedOut(Schema):
    id: uuid.UUID
    state: str
    next: str


class RequestOut(Schema):
    id: uuid.UUID
    purpose: str
    items: list[str]
    until: dt.date
    uses: int | None
    reason: str
    asked_at: dt.datetime
    expires_on: dt.date
    state: str = Field(description="waiting 等待本人 · accepted 已同意 · declined 已谢绝 · expired 已过期")
    subject: str = Field(description="已遮盖 masked")


class ConsentOut(Schema):
    id: uuid.UUID
    purpose: str
    items: list[str]
    granted_at: dt.datetime
    until: dt.date
    uses: int | None
    used: int
    withdrawn_at: dt.datetime | None
    state: str = Field(description="in_force 有效 · ended 到期 · used_up 次数用完 · withdrawn 已撤回")
    request_id: uuid.UUID | None
    subject: str = Field(description="已遮盖 masked")


@router.post(
    "/consent-requests", response={202: AskedOut}, summary="请主体授权 · ask for a consent",
    openapi_extra=asking.problems(401, 403, 422, 503),
)  # fmt: skip
def ask(request: HttpRequest, body: RequestIn) -> Status[Any]:
    """Ask a subject for a consent. The answer is the same whether or not anybody has that number."""
    need_purpose(request, body.purpose)
    made = actions.do_request_consent(
        acting=asking.acting_of(request), at=clock.now(), number=body.subject.checked(), name=body.name,
        purpose=body.purpose, items=list(dict.fromkeys(body.items)), until=body.until, uses=body.uses,
        reason=body.reason,
    )  # fmt: skip
    told = "主体在“我的”中看到请求后自行决定；请按编号查询结果，到期未答复即失效。"
    return Status(202, {"id": made, "state": "waiting", "next": told})


def _mine(request: HttpRequest) -> tuple[list[ConsentView], list[RequestView]]:
    """The unit's own, for the purposes in the token."""
    scopes = bearer_of(request).scopes
    consents, requests = gate.unit_consents(asking.acting_of(request))
    return (
        [one for one in consents if PURPOSE + one.purpose in scopes],
        [one for one in requests if PURPOSE + one.purpose in scopes],
    )


@router.get(
    "/consent-requests/{request_id}", response=RequestOut, summary="请求办到哪一步 · state of a request",
    openapi_extra=asking.problems(401, 404),
)  # fmt: skip
def asked(request: HttpRequest, request_id: uuid.UUID) -> dict[str, Any]:
    """One request of the client's own unit."""
    found = next((one for one in _mine(request)[1] if one.id == request_id), None)
    if found is None:
        raise Http404
    return _told(found)


@router.get(
    "/consents", response=list[ConsentOut], summary="本单位得到的授权 · consents", openapi_extra=asking.problems(401)
)
def consents(request: HttpRequest) -> list[dict[str, Any]]:
    """The consents that were given to the client's own unit, for the purposes in the token."""
    return [_told(one) for one in _mine(request)[0]]


def _told(one: ConsentView | RequestView) -> dict[str, Any]:
    shown = {name: getattr(one, name) for name in one.__dataclass_fields__}
    return shown | {"subject": one.subject_label}
