"""Inquiry of the file for those with a statute or a consent: only what the purpose opens, masked to its depth."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from goodfaith.faces.api import asking
from goodfaith.faces.api.auth import ForPurposes, need_purpose
from goodfaith.faces.api.texts import Code
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import Delay, FileHandle, RecordView
from goodfaith.law import queries as law

router = Router(tags=["档案查询 inquiries"], auth=ForPurposes())


class DelayIn(Schema):
    until: dt.date = Field(description="主体最早在哪一天看到这次查询 first day on which the subject sees the look")
    officer: asking.Told = Field(description="批准延后告知的负责人 the official who ordered the delay")


class InquiryIn(Schema):
    subject: asking.SubjectIn
    name: asking.Name | None = None
    purpose: Code = Field(description="查询目的代码 purpose", examples=["credit_granting"])
    matter: Code | None = None
    case_no: asking.CaseNo | None = None
    items: list[Code] | None = Field(default=None, min_length=1, max_length=200, description="只看这些条目 only these")
    delay: DelayIn | None = Field(default=None, description="仅限依法可以延后告知的目的 if lawful")


class RecordOut(Schema):
    item: str
    name: str
    status: str
    polarity: str
    decided_on: dt.date
    document_no: str | None
    authority: str | None
    ends_on: dt.date | None
    source_unit: str
    fields: dict[str, str] = Field(description="已按目的遮盖 masked to the depth of the purpose")


class FileOut(Schema):
    outcome: str = Field(description="opened 已打开 · unknown 没有可以提供的档案")
    name: str | None = Field(description="已遮盖 masked")
    records: list[RecordOut]
    entry: int
    digest: str | None
    at: dt.datetime


@router.post(
    "", response=FileOut, summary="按法定职责或者本人授权查询档案 · inquiry",
    openapi_extra=asking.problems(401, 403, 422, 503),
)  # fmt: skip
def inquire(request: HttpRequest, body: InquiryIn) -> dict[str, Any]:
    """The records that the purpose opens. The number stands in the body only, never in an address."""
    need_purpose(request, body.purpose)
    handle = gate.open_file(
        acting=asking.acting_of(request), purpose=body.purpose, number=body.subject.checked(), name=body.name,
        matter=body.matter, case_no=body.case_no, items=body.items,
        delay=Delay(body.delay.until, body.delay.officer) if body.delay else None,
    )  # fmt: skip
    if handle.outcome == "refused":
        raise asking.refused(handle.refusal, handle.entry_id)
    return told(handle)


def told(handle: FileHandle) -> dict[str, Any]:
    """The body of an answer."""
    return {
        "outcome": handle.outcome,
        "name": handle.subject.name if handle.subject else None,
        "records": [_record(record) for record in handle.current],
        "entry": handle.entry_id,
        "digest": handle.digest,
        "at": handle.at,
    }


def _record(record: RecordView) -> dict[str, Any]:
    return {
        "item": record.item,
        "name": law.item(record.item).name.zh,
        "status": record.status,
        "polarity": record.polarity,
        "decided_on": record.decided_on,
        "document_no": record.document_no,
        "authority": record.authority,
        "ends_on": record.in_force.last,
        "source_unit": record.source_unit,
        "fields": record.fields,
    }
