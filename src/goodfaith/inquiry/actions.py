"""The life of a bulk check as its officer moves it: hand in a list, go on with it, call it off.

These run in the web's role, which can put rows in and never read them; the worker asks (:mod:`.work`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Sum

from goodfaith.common import clock, crypto, history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.inquiry import rules
from goodfaith.inquiry.models import Batch
from goodfaith.inquiry.queueing import later
from goodfaith.inquiry.reading import List, read_list
from goodfaith.law import queries as law
from goodfaith.parties import queries as parties

ROW_IN = (
    'INSERT INTO inquiry_batchrow (batch_id, "row", asked_sealed, outcome, fault, same_as)'
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
PAPER_IN = (
    "INSERT INTO inquiry_batchattachment (batch_id, filename, media_type, bytes, sha256, sealed)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
NOT_OWN = ("not_own_batch", "这不是您提交的批量核查。", "请由提交的工作人员办理。")


@dataclass(frozen=True, slots=True)
class Paper:
    """The attachment as it came."""

    filename: str
    data: bytes


def check_paper(paper: Paper) -> str:
    """The attachment's type; Problem when it is empty, too large or of another kind."""
    most = settings.INQUIRY_MAX_ATTACHMENT_BYTES
    if not paper.data:
        raise Problem("attachment_empty", "附件是空的。", "请上传批准批量核查的文件（PDF、PNG或JPG）。")
    if len(paper.data) > most:
        what = f"附件超过{most // 2**20} MiB的上限。"
        raise Problem("attachment_too_big", what, "请压缩或者只扫描有签批的页。", status=413)
    kind = rules.media_type(paper.filename, paper.data[:16])
    if kind is None:
        raise Problem("attachment_kind", "附件不是PDF、PNG或JPG，或者内容与文件名不符。", "请上传签批文件的扫描件。")
    return kind


def check_matter(unit: str, matter: str) -> None:
    """Problem when the matter is not one that this kind of unit handles."""
    if matter not in {one.code for one in law.matters(parties.unit(unit).kind)}:
        raise Problem("matter_not_for_unit", "贵单位不办理这一事项，不能以它核查。", "请从事项清单中选择。", status=403)


@transaction.atomic
def do_make_batch(
    *, acting: Acting, at: dt.datetime, matter: str, case_no: str, official_name: str, reason: str, paper: Paper,
    filename: str, data: bytes,
) -> Batch:  # fmt: skip
    """Keep a list with the official who is answerable, the reason and the paper, all sealed; nothing is asked yet."""
    if acting.kind != "officer" or acting.unit is None:
        raise Problem("officers_only", "批量核查由工作人员提交。", "请以工作人员账号登录。", status=403)
    check_matter(acting.unit, matter)
    media = check_paper(paper)
    found = read_list(data, filename)
    batch = Batch(
        unit_id=acting.unit, officer_id=acting.id, officer_name=acting.name, matter=matter, case_no=case_no,
        official_name=official_name, reason=reason, filename=filename[-255:], columns=found.columns, made_at=at,
        **_counted(found),
    )  # fmt: skip
    batch.save(force_insert=True)
    _keep_rows(batch, found)
    digest = hashlib.sha256(paper.data).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            PAPER_IN, [batch.pk, paper.filename[-255:], media, len(paper.data), digest, crypto.seal(paper.data)]
        )
    _note(batch, "make", acting, at, matter=matter, rows=batch.rows, attachment=digest)
    return batch


def _counted(found: List) -> dict[str, Any]:
    askable = found.askable
    return {
        "rows": len(found.rows), "askable": len(askable), "people": sum(row.about_person for row in askable),
        "invalid": sum(row.fault is not None for row in found.rows),
        "repeated": sum(row.same_as is not None for row in found.rows), "faults": found.faults,
    }  # fmt: skip


def _keep_rows(batch: Batch, found: List) -> None:
    rows = [
        (
            batch.pk,
            row.row,
            crypto.seal_json({"name": row.name, "number": row.number, "kind": row.kind}),
            "invalid" if row.fault else "repeated" if row.same_as else "",
            row.fault[1] if row.fault else "",
            row.same_as,
        )
        for row in found.rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(ROW_IN, rows)


def locked(batch_id: uuid.UUID) -> Batch:
    """The batch, held until the transaction ends; Problem when there is none."""
    found = Batch.objects.select_for_update().filter(pk=batch_id).first()
    if found is None:
        raise Problem("batch_unknown", "没有这一批核查。", "请返回列表重新选择。", status=404)
    return found


def _own(batch_id: uuid.UUID, acting: Acting) -> Batch:
    batch = locked(batch_id)
    if acting.kind != "officer" or acting.id != batch.officer_id:
        raise Problem(*NOT_OWN, status=403)
    return batch


@transaction.atomic
def do_start_batch(*, acting: Acting, at: dt.datetime, batch_id: uuid.UUID) -> Batch:
    """The officer has gone over the columns and counts: have the rows asked, within the unit's limit of the day."""
    batch = _own(batch_id, acting)
    rules.check_step(batch.state, "queued")
    if not batch.askable:
        raise Problem("nothing_to_ask", "没有可以核查的行：代码或名称都有问题。", "请按所列的行改正后重新上传。")
    today = at.astimezone(clock.CHINA).date()
    check_daily_limit(batch, today)
    batch.state, batch.started_on = "queued", today
    batch.save(update_fields=["state", "started_on"])
    _note(batch, "start", acting, at, askable=batch.askable, people=batch.people)
    later("inquiry.check", batch.pk)
    return batch


def check_daily_limit(batch: Batch, today: dt.date) -> None:
    """Problem when the unit would ask about more people today than the setting allows; one batch after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('inquiry:' || %s))", [batch.unit_id])
    before = Batch.objects.filter(unit=batch.unit_id, started_on=today).aggregate(people=Sum("people"))["people"] or 0
    most = settings.INQUIRY_DAILY_PEOPLE
    if batch.people and before + batch.people > most:
        what = f"贵单位今天批量核查的自然人已有{before}人，加上本批{batch.people}人，超过每日{most}人的上限。"
        raise Problem("daily_limit", what, "请明天再提交，或者减少名单；确有需要的，请与信用主管部门联系。", status=429)


@transaction.atomic
def do_cancel_batch(*, acting: Acting, at: dt.datetime, batch_id: uuid.UUID) -> Batch:
    """Call a batch off. What was asked already stays in the ledger; the rows are removed by the worker."""
    batch = _own(batch_id, acting)
    rules.check_step(batch.state, "cancelled")
    batch.state, batch.done_at = "cancelled", at
    batch.save(update_fields=["state", "done_at"])
    _note(batch, "cancel", acting, at, answered=batch.answered)
    later("inquiry.clear", batch.pk)
    return batch


def _note(batch: Batch, action: str, acting: Acting, at: dt.datetime, **after: Any) -> None:
    history.note(
        acting=acting, at=at, action=f"inquiry.{action}", object_type="inquiry_batch", object_id=batch.pk,
        after={"state": batch.state, **after},
    )  # fmt: skip
