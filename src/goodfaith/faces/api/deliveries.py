"""Intake by API: a pre-check that stores nothing, deliveries, and what became of them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, cast

from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.faces.api.auth import Machine
from goodfaith.faces.api.texts import Code, Text
from goodfaith.gate import queries as gate
from goodfaith.intake import queries as intake
from goodfaith.intake.actions import check_may_deliver, do_submit_rows
from goodfaith.intake.precheck import precheck_rows

MAX_ROWS = 10_000
router = Router(tags=["归集 intake"])


class RowsIn(Schema):
    item: Code = Field(description="目录条目代码 item code, e.g. licensing.administrative_penalty")
    edition: Code | None = Field(default=None, description="字段版本；缺省按字段自动判断")
    rows: list[dict[Text, Text | int | float | None]] = Field(
        min_length=1, max_length=MAX_ROWS, description="每行一个对象，键为字段代码、名称或别名"
    )


class FindingOut(Schema):
    row: int
    field: str | None
    code: str
    value: str | None
    message: str


class CheckOut(Schema):
    rows: int
    good: int
    refused: list[FindingOut]
    duplicates: list[FindingOut]
    warnings: list[FindingOut]


class DeliveryOut(Schema):
    id: uuid.UUID
    item: str
    state: str
    filename: str
    sha256: str
    rows: int
    good: int
    refused: int
    repeated: int
    added: int
    revised: int
    receipt_no: str | None
    problem: dict[str, str] | None
    created_at: dt.datetime
    committed_at: dt.datetime | None

    @staticmethod
    def resolve_item(delivery: Any) -> str:
        return cast(str, delivery.item_id)


def _acting(request: HttpRequest) -> Acting:
    return cast(Acting, request.auth)  # type: ignore[attr-defined]


@router.post("/check", response=CheckOut, auth=Machine("intake:check"), summary="预检：不存任何东西")
def check(request: HttpRequest, body: RowsIn) -> dict[str, Any]:
    """Check rows as a delivery would be checked; nothing is stored. Rows are counted from 1."""
    check_may_deliver(acting=_acting(request), item=body.item)
    return precheck_rows(unit=_acting(request).unit, item=body.item, edition=body.edition, rows=body.rows)


@router.post("/deliveries", response={202: DeliveryOut}, auth=Machine("intake:submit"), summary="报送一批")
def submit(request: HttpRequest, body: RowsIn, take: str = "good") -> Status[Any]:
    """Take in a delivery; it is checked and committed by the worker. Ask for it by its id."""
    delivery = do_submit_rows(
        acting=_acting(request), at=clock.now(), item=body.item, edition=body.edition, rows=body.rows, take=take
    )
    return Status(202, delivery)


@router.get("/deliveries/{delivery_id}", response=DeliveryOut, auth=Machine("intake:submit"), summary="批次状态和回执")
def delivery(request: HttpRequest, delivery_id: uuid.UUID) -> Any:
    """State, counts and receipt of a delivery of the client's own unit."""
    return _own(request, delivery_id)


@router.get(
    "/deliveries/{delivery_id}/findings", response=list[FindingOut], auth=Machine("intake:submit"), summary="未收的行"
)
def findings(request: HttpRequest, delivery_id: uuid.UUID, after: int = 0) -> list[gate.Finding]:
    """Refused rows with cell, code and how to mend them, 200 at a time; the look is an entry in the ledger."""
    _own(request, delivery_id)
    return gate.open_delivery(_acting(request), delivery_id, ["refused"], after=after)


def _own(request: HttpRequest, delivery_id: uuid.UUID) -> Any:
    found = intake.delivery(delivery_id)
    if found is None or found.unit_id != _acting(request).unit:
        raise Http404
    return found
