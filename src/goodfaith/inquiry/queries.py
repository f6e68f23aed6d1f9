"""Reading bulk checks for the faces. Rows and attachments come out of functions that write an entry first."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from goodfaith.common import crypto
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate import queries as gate
from goodfaith.gate import rules
from goodfaith.inquiry.models import Batch

REFUSALS = {
    "actor_unknown": ("账号不存在或已停用。", 403),
    "not_own_batch": ("这不是您提交的批量核查，结果只有提交的工作人员可以查看。", 403),
    "batch_ended": ("结果已经过了保留期限，不再提供。", 410),
}
ROWS = (
    'SELECT kind, "row", outcome, fault, same_as, entry, asked, answer FROM inquiry.open_batch(%s, %s, %s, %s, %s, %s)'
)
PAPER = "SELECT refusal, filename, media_type, sealed FROM inquiry.open_attachment(%s, %s, %s)"


@dataclass(frozen=True)
class RowView:
    """One row with its answer. ``measures`` as :func:`goodfaith.inquiry.work.packed` wrote them."""

    row: int
    outcome: str
    fault: str
    same_as: int | None
    entry: int | None
    name: str
    number: str
    kind: str
    measures: list[dict[str, Any]]


@dataclass(frozen=True)
class PaperView:
    """The attachment in the clear."""

    filename: str
    media_type: str
    data: bytes


def batch(batch_id: uuid.UUID) -> Batch | None:
    """The batch with its unit; None when there is none."""
    return Batch.objects.select_related("unit").filter(pk=batch_id).first()


def batches_of(acting: Acting, limit: int = 30) -> list[Batch]:
    """The officer's own batches, newest first."""
    return list(Batch.objects.filter(officer_id=acting.id).order_by("-made_at")[:limit])


def all_batches(limit: int = 200) -> list[Batch]:
    """Every unit's batches for the audit, newest first: who answers for them, why, how many."""
    return list(Batch.objects.select_related("unit").exclude(started_on=None).order_by("-made_at")[:limit])


def open_batch(
    acting: Acting, batch_id: uuid.UUID, *, outcomes: list[str] | None = None, after: int = 0, limit: int = 100
) -> list[RowView]:
    """The rows of the officer's own batch after sheet row ``after``; Problem (403, 410) otherwise."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROWS, [acting.kind, acting.id, batch_id, outcomes, after, limit])
        first, *rows = cursor.fetchall()
    _refuse(first[2])
    return [_row(row) for row in rows]


def _refuse(code: str | None) -> None:
    if code == gate.STALLED:
        raise rules.problem(code)
    if code:
        what, status = REFUSALS[code]
        raise Problem(code, what, "如需查看，请重新提交核查，或者与信用主管部门联系。", status=status)


def _row(row: tuple[Any, ...]) -> RowView:
    asked = crypto.unseal_json(row[6])
    answer = crypto.unseal_json(row[7]) if row[7] is not None else {}
    return RowView(
        row=row[1], outcome=row[2], fault=row[3], same_as=row[4], entry=row[5], name=asked["name"],
        number=asked["number"], kind=asked["kind"], measures=answer.get("measures", []),
    )  # fmt: skip


def open_attachment(acting: Acting, batch_id: uuid.UUID) -> PaperView:
    """The attachment, for the officer who handed it in and for the audit; Problem (403) otherwise."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PAPER, [acting.kind, acting.id, batch_id])
        found = cursor.fetchone()
    if found is None:
        raise Problem("attachment_unknown", "没有这一份附件。", "请返回列表重新选择。", status=404)
    _refuse(found[0])
    return PaperView(found[1], found[2], crypto.unseal(found[3]))
