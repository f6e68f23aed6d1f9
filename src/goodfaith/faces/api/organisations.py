"""Organisations by API: what is open to everyone, and nothing about natural persons."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from goodfaith.faces.api.auth import Machine
from goodfaith.faces.api.texts import Text
from goodfaith.records import queries as records
from goodfaith.subjects import queries as subjects

router = Router(tags=["法人和其他组织 organisations"], auth=Machine("organisations:read"))


class OrganisationOut(Schema):
    name: str
    uscc: str | None
    kind: str
    status: str
    area_code: str


class RecordOut(Schema):
    item: str
    edition: str
    polarity: str
    status: str
    decided_on: dt.date
    document_no: str | None
    authority: str | None
    shown_until: dt.date | None
    content: dict[str, Any]


@router.get("", response=list[OrganisationOut], summary="按名称（两个字即可）或代码查找")
def search(request: HttpRequest, q: Text, limit: int = 20) -> list[Any]:
    """Organisations whose name or code has ``q`` in it; at most 100."""
    return list(subjects.search_organisations(q, limit=max(1, min(limit, 100))).hits)


@router.get("/{uscc}", response=OrganisationOut, summary="按统一社会信用代码取登记事项")
def organisation(request: HttpRequest, uscc: Text) -> Any:
    """One organisation by its code."""
    return _found(uscc)


@router.get("/{uscc}/records", response=list[RecordOut], summary="公示期内的公开记录")
def open_records(request: HttpRequest, uscc: Text) -> list[records.OpenRecord]:
    """The organisation's open records while their display period runs."""
    return records.open_records(_found(uscc).subject_id)


def _found(uscc: str) -> Any:
    found = subjects.organisation_by_code(uscc)
    if found is None:
        raise Http404
    return found
