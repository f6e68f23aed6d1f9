"""Recalls by API: what a unit was given and may not go on using, the signed notice, and what it did about it.

A notice holds nothing about a person, so a plain scope is enough: the unit finds its copy by the entries of its own
looks. Every reading is an entry in the access ledger.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from goodfaith.common import clock
from goodfaith.common.clock import CHINA
from goodfaith.common.problems import Problem
from goodfaith.faces.api import asking
from goodfaith.faces.api.auth import Machine
from goodfaith.law import queries as law
from goodfaith.rights import actions, queries
from goodfaith.rights.person_numbers import holds_person_number
from goodfaith.rights.sentences import WHAT_TO_DO
from goodfaith.rights.views import NoticeView

SCOPE = "recalls"
JOSE = "application/jose"
State = Literal["waiting", "confirmed", "unconfirmed"]
Done = Literal["deleted", "corrected", "not_kept", "decision_reviewed"]
router = Router(tags=["撤回通知 recalls"], auth=Machine(SCOPE))

EXAMPLE: dict[str, Any] = {
    "id": "019a2b3c-0000-7f60-8a9b-0c1d2e3f4a5b", "recall_id": "019a2b3c-0000-7f60-8a9b-0c1d2e3f4a5c",
    "state": "waiting", "reason": "corrected", "effective_on": "2026-11-27", "issued_at": "2026-11-27T09:30:00+08:00",
    "record_id": "019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b", "item": "licensing.administrative_penalty", "name": "行政处罚",
    "document_no": "示市监处罚〔2026〕第0123号", "authority": "示例市市场监督管理局", "decided_on": "2026-05-18",
    "confirm_by": "2026-12-02", "looks": [{"entry": 10482, "on": "2026-06-03", "case_no": "示采〔2026〕9号"}],
    "what_to_do": [{
        "zh": "转给过其他单位或者个人的，一并通知其停止使用。",
        "en": "Where you passed the record on, tell those who have it to stop using it.",
    }],
    "done": None, "confirmed_at": None, "reminders": 0, "signed": True,
}  # fmt: skip


class LookOut(Schema):
    entry: int = Field(description="查询日志编号 entry of your own look")
    on: dt.date
    case_no: str | None = Field(description="查询时填写的案号 the case number given then")


class SentenceOut(Schema):
    zh: str
    en: str


class RecallOut(Schema):
    id: uuid.UUID = Field(description="通知编号 notice")
    recall_id: uuid.UUID = Field(description="撤回编号；同一次撤回发给各单位的通知相同 the same for all units")
    state: State = Field(description="waiting 等回执 · confirmed 已回执 · unconfirmed 过期没有回执")
    reason: str = Field(
        description="corrected 更正 · repaired 修复 · annulled 撤销 · expired 到期 · unlinked 不属于该主体"
    )
    effective_on: dt.date
    issued_at: dt.datetime
    record_id: uuid.UUID
    item: str
    name: str
    document_no: str | None = Field(description="文号中藏有个人号码的为 null null when made of a person's number")
    authority: str
    decided_on: dt.date
    confirm_by: dt.date = Field(description="最迟在这一天（含当日）回执 last day to confirm")
    looks: list[LookOut] = Field(description="最近的一百次 the latest hundred")
    what_to_do: list[SentenceOut]
    done: Done | None
    confirmed_at: dt.datetime | None
    reminders: int
    signed: bool = Field(description="签名文件是否可以取 whether the signed notice can be fetched")

    model_config = {"json_schema_extra": {"examples": [EXAMPLE]}}


class ConfirmIn(Schema):
    done: Done = Field(
        description=(
            "deleted 已删除 · corrected 已按更正后的内容更新 · not_kept 没有留存 · "
            "decision_reviewed 已复核当时据此作出的处理"
        ),
        examples=["deleted"],
    )

    model_config = {"json_schema_extra": {"examples": [{"done": "deleted"}]}}


@router.get("", response=list[RecallOut], summary="发给本单位的撤回通知", openapi_extra=asking.problems(401, 403, 422))
def recalls(
    request: HttpRequest, state: State | None = None, since: dt.datetime | None = None, offset: int = 0
) -> list[dict[str, Any]]:
    """100 at a time, those that wait first, the most urgent on top. ``since``: notices issued from that moment on (a
    time without a zone is China's)."""
    if not 0 <= offset <= 1_000_000:
        raise Problem("offset_wrong", _("offset 应当在 0 到 1000000 之间。"), _("请从 0 起逐页取。"), status=422)
    found = queries.unit_notices(asking.acting_of(request), state=state, since=_moment(since), offset=offset)
    return [_told(one) for one in found]


def _moment(since: dt.datetime | None) -> str | None:
    if since is None:
        return None
    return (since if since.tzinfo else since.replace(tzinfo=CHINA)).isoformat()


@router.get("/{notice_id}", response=RecallOut, summary="一份通知", openapi_extra=asking.problems(401, 403, 404))
def recall(request: HttpRequest, notice_id: uuid.UUID) -> dict[str, Any]:
    """One notice of the client's own unit."""
    return _told(_own(request, notice_id))


SIGNED: dict[str, Any] = {
    "responses": {
        200: {
            "description": "紧凑格式的 JWS，typ 为 goodfaith-recall+jws；公钥见 /withdrawals/keys.json",
            "content": {JOSE: {"schema": {"type": "string", "pattern": r"^[\w-]+\.[\w-]+\.[\w-]+$"}}},
        }
    }
}


@router.get("/{notice_id}/notice", response=None, summary="一份通知的签名文件", openapi_extra=SIGNED)
def signed_notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """The notice as the platform signed it, to keep and to verify (``docs/rights-notices.md``)."""
    found = _own(request, notice_id)
    if found.signed is None:
        raise Problem("notice_unsigned", _("这份通知还没有签名。"), _("签名在一分钟内完成，请稍后再取。"), status=409)
    response = HttpResponse(found.signed, content_type=JOSE)
    response["Content-Disposition"] = f'attachment; filename="recall-{found.id}.jws"'
    return response


@router.post(
    "/{notice_id}/confirm", response=RecallOut, summary="回执：办了什么",
    openapi_extra=asking.problems(401, 403, 404, 409, 422),
)  # fmt: skip
def confirm(request: HttpRequest, notice_id: uuid.UUID, body: ConfirmIn) -> dict[str, Any]:
    """Say what was done with what was given. Once; the subject sees it."""
    actions.do_confirm_notice(
        acting=asking.acting_of(request), at=clock.now(), notice_id=notice_id, done=body.done
    )  # fmt: skip
    return _told(_own(request, notice_id))


def _own(request: HttpRequest, notice_id: uuid.UUID) -> NoticeView:
    found = queries.unit_notices(asking.acting_of(request), id=str(notice_id))
    if not found:
        raise Problem("notice_unknown", _("没有发给贵单位的这份通知。"), _("请从通知列表取编号。"), status=404)
    return found[0]


def _told(one: NoticeView) -> dict[str, Any]:
    item = law.item(one.item)
    hidden = one.document_no is not None and holds_person_number(one.document_no)
    return {
        "id": one.id,
        "recall_id": one.recall_id,
        "state": one.state,
        "reason": one.reason,
        "effective_on": one.effective_on,
        "issued_at": one.at,
        "record_id": one.record_id,
        "item": one.item,
        "name": item.name.zh,
        "document_no": None if hidden else one.document_no,
        "authority": one.authority or item.source_authority.zh,
        "decided_on": one.decided_on,
        "confirm_by": one.due_on,
        "looks": [_look(each) for each in one.entries],
        "what_to_do": [{"zh": zh, "en": en} for zh, en in WHAT_TO_DO[one.reason]],
        "done": one.done,
        "confirmed_at": one.confirmed_at,
        "reminders": one.reminders,
        "signed": one.signed is not None,
    }


def _look(entry: dict[str, Any]) -> dict[str, Any]:
    on = dt.datetime.fromisoformat(entry["at"]).astimezone(CHINA).date()
    return {"entry": entry["entry"], "on": on, "case_no": entry["case_no"]}
