"""What the worker does with a bulk check (jobs' role): ask slice by slice, finish, clear away.

A slice is one transaction: the gate writes an entry for each row, and the rows get their answers. Killed at
any moment, a slice either stands whole or left nothing, so that each row is asked exactly once.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count

from goodfaith.common import clock, crypto, history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import CheckAnswer, CheckRow
from goodfaith.gate.rules import problem
from goodfaith.inquiry import rules
from goodfaith.inquiry.actions import locked
from goodfaith.inquiry.models import Batch, BatchRow
from goodfaith.ledger import queries as ledger

SLICE = 200
ANSWER = (
    "UPDATE inquiry_batchrow SET outcome = %s, fault = %s, answer_sealed = %s, entry = %s"
    " WHERE id = %s AND outcome = ''"
)
STALLED = "ledger_stalled"
OF_THE_OFFICER = ("actor_unknown", "role_not_allowed", "purpose_not_for_actor", "unit_not_allowed")
"""Refusals that hold for every further row."""


def outcome_of(answer: CheckAnswer) -> str:
    """The row's outcome: none, measures, mismatch or refused."""
    if answer.outcome in ("mismatch", "refused"):
        return answer.outcome
    return "measures" if answer.measures else "none"


def packed(answer: CheckAnswer) -> dict[str, Any]:
    """The answer as it is sealed beside its row."""
    return {
        "digest": answer.digest,
        "at": answer.at,
        "measures": [
            {
                "measure": one.measure, "kind": one.kind, "item": one.item, "document_no": one.document_no,
                "authority": one.authority, "decided_on": one.decided_on, "ends_on": one.ends_on,
                "disputed": one.disputed, "source_unit": one.source_unit,
            }
            for one in answer.measures
        ],
    }  # fmt: skip


def officer_of(batch: Batch) -> Acting:
    """For whom the worker asks: the officer who handed the list in."""
    return Acting(kind="officer", id=batch.officer_id, name=batch.officer_name, unit=batch.unit_id)


def do_check_slice(*, acting: Acting, at: dt.datetime, batch_id: uuid.UUID, size: int = SLICE) -> bool:
    """Ask the next rows of a batch; whether there are more. Problem 503 while the ledger is not sealed.

    A refusal's entry stays even then: the Problem is let out when the transaction has ended.
    """
    with transaction.atomic():
        batch = locked(batch_id)
        if batch.state not in rules.STEPS["running"]:
            return False
        if batch.state == "queued":
            batch.state, batch.started_at = "running", at
            _note(batch, "run", acting, at)
        stalled = _next_rows(batch, size, acting, at)
        batch.save(update_fields=["state", "started_at", "answered", "counts", "done_at", "ends_on", "problem"])
    if stalled is not None:
        raise stalled
    return batch.state == "running"


def _next_rows(batch: Batch, size: int, acting: Acting, at: dt.datetime) -> Problem | None:
    if not ledger.standing():
        return problem(STALLED)  # asked first, so that a long stall does not fill the ledger with refusals
    rows = list(BatchRow.objects.filter(batch=batch, outcome="").order_by("row")[:size])
    asked = list(zip(rows, _asked(batch, rows), strict=True))
    told = [(row, answer) for row, answer in asked if answer.refusal != STALLED]
    _keep(told)
    batch.answered += len(told)
    if len(told) < len(rows):
        return problem(STALLED)
    refusal = told[-1][1].refusal if told and all(answer.outcome == "refused" for _, answer in told) else None
    if refusal in OF_THE_OFFICER:
        _stop(batch, refusal, acting, at)
    elif len(rows) < size:
        _finish(batch, acting, at)
    return None


def _asked(batch: Batch, rows: list[BatchRow]) -> list[CheckAnswer]:
    asked = [crypto.unseal_json(row.asked_sealed) for row in rows]
    return gate.check_many(
        acting=officer_of(batch), matter=batch.matter, case_no=batch.case_no,
        rows=[CheckRow(number=(one["kind"], one["number"]), name=one["name"]) for one in asked],
    )  # fmt: skip


def _keep(told: list[tuple[BatchRow, CheckAnswer]]) -> None:
    kept = [
        (outcome_of(answer), refusal_text(answer.refusal), crypto.seal_json(packed(answer)), answer.entry_id, row.pk)
        for row, answer in told
    ]
    if kept:
        with connection.cursor() as cursor:
            cursor.executemany(ANSWER, kept)


def refusal_text(code: str | None) -> str:
    """Why the gate refused a row, in a sentence; nothing when it did not."""
    return gate.REFUSALS[code] if code else ""


def _finish(batch: Batch, acting: Acting, at: dt.datetime) -> None:
    counted = BatchRow.objects.filter(batch=batch).values_list("outcome").annotate(n=Count("id"))
    batch.counts = dict(counted)
    batch.state, batch.done_at = "done", at
    batch.ends_on = at.astimezone(clock.CHINA).date() + dt.timedelta(days=settings.INQUIRY_KEPT_DAYS)
    _note(batch, "finish", acting, at, counts=batch.counts)


def _stop(batch: Batch, refusal: str, acting: Acting, at: dt.datetime) -> None:
    """The gate refuses the officer: say so on the batch; what was answered till then can be seen as ever."""
    _finish(batch, acting, at)
    next_ = "已经答复的行仍可查看；请与本单位管理员联系后，重新提交其余的行。"
    batch.state, batch.problem = "failed", {"code": refusal, "what": refusal_text(refusal), "next": next_}
    _note(batch, "stop", acting, at, code=refusal)


def run(batch_id: uuid.UUID, *, acting: Acting) -> None:
    """Ask until no row is left. A Problem (a ledger that is not being sealed) is the caller's to try again."""
    while do_check_slice(acting=acting, at=clock.now(), batch_id=batch_id):
        pass


@transaction.atomic
def do_clear(*, acting: Acting, at: dt.datetime, batch_id: uuid.UUID) -> None:
    """Remove the rows of a batch that was called off."""
    batch = locked(batch_id)
    if batch.state == "cancelled":
        _remove(batch, acting, at)


@transaction.atomic
def do_clear_ended(*, acting: Acting, at: dt.datetime) -> int:
    """Remove the rows of all batches whose last day is over; how many batches. Nobody could see them any more."""
    today = at.astimezone(clock.CHINA).date()
    ended = Batch.objects.filter(ends_on__lte=today, pk__in=BatchRow.objects.values("batch_id").distinct())
    for batch in (found := list(ended)):
        _remove(batch, acting, at)
    return len(found)


def _remove(batch: Batch, acting: Acting, at: dt.datetime) -> None:
    removed, _ = BatchRow.objects.filter(batch=batch).delete()
    _note(batch, "clear", acting, at, rows=removed)


def _note(batch: Batch, action: str, acting: Acting, at: dt.datetime, **after: Any) -> None:
    history.note(
        acting=acting, at=at, action=f"inquiry.{action}", object_type="inquiry_batch", object_id=batch.pk,
        after={"state": batch.state, **after},
    )  # fmt: skip
