"""What the worker does with a delivery (jobs' role): read and propose, check, commit, clear away.

A commit is one transaction: the file is read again from its sealed pieces and checked again by the same
code, so that nothing but the file is trusted, and a failure at any point leaves nothing behind.
"""

from __future__ import annotations

import datetime as dt
import gc
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction

from goodfaith.common import clock, crypto, history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.intake import mapping, staging
from goodfaith.intake.checks import Context
from goodfaith.intake.findings import PREVIEW, Keeper, preview_rows
from goodfaith.intake.merge import Merge
from goodfaith.intake.models import Delivery, DeliveryChunk, MappingMemory, Refusal
from goodfaith.intake.queueing import later
from goodfaith.intake.rules import check_step, receipt_number
from goodfaith.law import queries as law
from goodfaith.records import bulk

log = logging.getLogger(__name__)
Step = Callable[..., None]
PIECES = "SELECT sealed FROM intake_deliverychunk WHERE delivery_id = %s AND number = %s"


class Stopped(Exception):
    """Raised inside a commit to roll it back; carries the delivery's counts."""

    def __init__(self, problem: Problem, merge: Merge) -> None:
        super().__init__(problem.code)
        self.problem, self.merge = problem, merge


def run(step: Step, delivery_id: str, *, acting: Acting) -> None:
    """Run one step; a Problem, and any other failure, is told on the delivery, and nothing else is left."""
    key = uuid.UUID(delivery_id)
    try:
        step(key, acting=acting, at=clock.now())
    except Problem as problem:
        do_fail(key, problem, acting=acting, at=clock.now())
    except Exception as error:
        log.exception("delivery %s failed", key)
        what = "处理本批数据时程序出错，已全部撤回，没有留下任何数据。"
        next_ = f"请稍后重试；仍不成功的，请把批次号和错误类型（{type(error).__name__}）告诉系统管理员。"
        do_fail(key, Problem("intake_failed", what, next_), acting=acting, at=clock.now())


@transaction.atomic
def do_fail(delivery_id: uuid.UUID, problem: Problem, *, acting: Acting, at: dt.datetime) -> None:
    """Say on the delivery why it failed."""
    told = {"code": problem.code, "what": problem.what, "next": problem.next}
    Delivery.objects.filter(pk=delivery_id).update(state="failed", problem=told, progress=0)
    history.note(
        acting=acting, at=at, action="intake.fail", object_type="delivery", object_id=delivery_id,
        after={"state": "failed", "code": problem.code},
    )  # fmt: skip


class Progress:
    """Tells the percentage through a connection of its own, so that it is seen while the work goes on."""

    def __init__(self, delivery_id: uuid.UUID, more: Callable[[int], None] | None = None) -> None:
        self._id, self._more, self._last = delivery_id, more, -1
        self._own: Any = None

    def __call__(self, percent: int) -> None:
        if percent == self._last:
            return
        self._last = percent
        if self._more is not None:
            self._more(percent)
        with suppress(DatabaseError):
            self._connected().execute("UPDATE intake_delivery SET progress = %s WHERE id = %s", [percent, self._id])

    def _connected(self) -> Any:
        if self._own is None:
            self._own = connection.copy()
            self._own.set_autocommit(True)
            self._cursor = self._own.cursor()
            self._cursor.execute("SET lock_timeout = '1s'")
        return self._cursor

    def close(self) -> None:
        """Close the connection."""
        if self._own is not None:
            self._own.close()


@contextmanager
def without_collector() -> Iterator[None]:
    """The cycle collector rests: it would walk millions of remembered digests again and again, and find nothing."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@contextmanager
def progress_of(delivery_id: uuid.UUID, more: Callable[[int], None] | None) -> Iterator[Progress]:
    """A :class:`Progress` that is closed in the end."""
    progress = Progress(delivery_id, more)
    try:
        yield progress
    finally:
        progress.close()


def _pieces(delivery: Delivery) -> Iterator[bytes]:
    """The file, piece by piece."""
    number = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(PIECES, [delivery.pk, number])
            row = cursor.fetchone()
        if row is None:
            return
        yield crypto.unseal(row[0])
        number += 1


@contextmanager
def _table(delivery: Delivery) -> Iterator[staging.Table]:
    item = law.item(delivery.item_id)
    with staging.table(_pieces(delivery), delivery.bytes, delivery.filename, delivery.channel, item) as table:
        yield table


def context_of(delivery: Delivery) -> Context:
    """What the checks of this delivery need to know."""
    item = law.item(delivery.item_id)
    unit, form = delivery.unit, item.edition(delivery.edition)
    units = staging.written_units(delivery.mapping, item, form)
    return Context(item, form, law.catalogue(), delivery.report_on, unit.name, unit.uscc, units)


def _in_state(delivery_id: uuid.UUID, *states: str) -> Delivery | None:
    """The delivery if it still waits for this step; a job that is run twice finds nothing to do."""
    return Delivery.objects.select_related("unit").filter(pk=delivery_id, state__in=states).first()


def _remembered(delivery: Delivery, columns: list[str]) -> dict[str, str | None] | None:
    """How the unit mapped these headers last time."""
    memory = MappingMemory.objects.filter(
        unit=delivery.unit_id, item=delivery.item_id, headers_key=mapping.header_signature(columns)
    ).order_by("-updated_at")
    found = memory.first()
    return found.mapping if found else None


def _layout(table: staging.Table) -> dict[str, Any]:
    names = ("kind", "encoding", "delimiter", "sheet", "header_row", "first_row")
    return {"columns": table.columns, **{name: getattr(table, name, None) for name in names}}


@transaction.atomic
def do_read(delivery_id: uuid.UUID, *, acting: Acting, at: dt.datetime, defer: bool = True) -> None:
    """Open the file and propose the mapping: ``received`` → ``mapped`` (an API delivery: → ``checking``)."""
    delivery = _in_state(delivery_id, "received")
    if delivery is None:
        return
    item = law.item(delivery.item_id)
    with _table(delivery) as table:
        proposal = mapping.propose(table.columns, item, _remembered(delivery, table.columns), delivery.edition or None)
        delivery.layout = _layout(table)
        delivery.rows = table.total_rows or 0
    delivery.edition = delivery.edition or proposal.edition
    delivery.mapping = dict(proposal.mapping)
    delivery.state = "checking" if delivery.channel == "api" else "mapped"
    check_step("received", delivery.state)
    delivery.save()
    _note(delivery, "read", acting, at)
    if delivery.state == "checking" and defer:
        staging.check_mapping(delivery.mapping, item.edition(delivery.edition))
        later("intake.check", delivery.pk)


def _note(delivery: Delivery, action: str, acting: Acting, at: dt.datetime, **after: Any) -> None:
    history.note(
        acting=acting, at=at, action=f"intake.{action}", object_type="delivery", object_id=delivery.pk,
        after={"state": delivery.state, **after},
    )  # fmt: skip


@dataclass
class Worked:
    """How a run over the rows went."""

    merge: Merge

    def put_on(self, delivery: Delivery) -> None:
        """Write the counts on the delivery (not saved yet)."""
        for name, value in self.merge.tally.counts().items():
            setattr(delivery, name, value)
        delivery.added, delivery.revised = self.merge.added, self.merge.revised
        delivery.summary = self.merge.tally.summary()
        delivery.progress = 100


def _work(
    delivery: Delivery, *, write: bool, acting: Acting, at: dt.datetime, more: Callable[[int], None] | None
) -> Worked:
    """Run over all rows once, keeping what is found."""
    merge = Merge(context_of(delivery), delivery.unit_id, delivery.pk, acting, at, write)
    keeper = Keeper(delivery.pk)
    keeper.clear()
    shown: list[tuple[int, dict[str, str]]] = []
    with (
        _table(delivery) as table,
        progress_of(delivery.pk, more) as progress,
        without_collector(),
        closing(merge.run(table, delivery.mapping, progress)) as batches,
    ):
        for batch, found in batches:
            keeper.keep(found)
            if not write and len(shown) < PREVIEW:
                shown += preview_rows(batch.checked.good, merge.context)[: PREVIEW - len(shown)]
    if shown:
        keeper.keep_preview(shown)
    return Worked(merge)


def do_check(
    delivery_id: uuid.UUID, *, acting: Acting, at: dt.datetime, more: Callable[[int], None] | None = None,
    defer: bool = True,
) -> None:  # fmt: skip
    """Check every row and say what a commit would do: ``checking`` → ``checked``."""
    with transaction.atomic():
        delivery = _in_state(delivery_id, "checking")
        if delivery is None:
            return
        worked = _work(delivery, write=False, acting=acting, at=at, more=more)
        worked.put_on(delivery)
        delivery.state, delivery.checked_at = "checked", at
        delivery.save()
        _note(delivery, "check", acting, at, **worked.merge.tally.counts())
    if delivery.channel == "api" and defer:
        _commit_api(delivery, acting, at)


@transaction.atomic
def _commit_api(delivery: Delivery, acting: Acting, at: dt.datetime) -> None:
    """An API delivery said beforehand what is to be taken."""
    from goodfaith.intake.actions import check_commit

    check_commit(delivery, delivery.take)
    delivery.state, delivery.progress = "committing", 0
    delivery.save()
    later("intake.commit", delivery.pk)


def do_commit_rows(
    delivery_id: uuid.UUID, *, acting: Acting, at: dt.datetime, more: Callable[[int], None] | None = None
) -> None:
    """Write the rows in one transaction: ``committing`` → ``committed``, or nothing at all."""
    try:
        with transaction.atomic():
            _commit(delivery_id, acting, at, more)
    except Stopped as stopped:
        _told_back(delivery_id, stopped, acting=acting, at=at)


def _commit(delivery_id: uuid.UUID, acting: Acting, at: dt.datetime, more: Callable[[int], None] | None) -> None:
    delivery = _in_state(delivery_id, "committing")
    if delivery is None:
        return
    bulk.lock_item(delivery.item_id)
    bulk.check_at_once()
    if not Delivery.objects.filter(pk=delivery_id, state="committing").exists():
        return
    worked = _work(delivery, write=True, acting=acting, at=at, more=more)
    if delivery.take == "all_or_none" and worked.merge.tally.refused:
        what = f"入库时发现{worked.merge.tally.refused}行不合格，按“全部合格才入库”的选择，本批一行也没有入库。"
        raise Stopped(Problem("not_all_good", what, "请查看不合格行，改正后重新报送。"), worked.merge)
    worked.put_on(delivery)
    delivery.state, delivery.committed_at = "committed", at
    delivery.receipt_no = _next_receipt(delivery, at)
    delivery.save()
    counts = worked.merge.tally.counts()
    _note(delivery, "committed", acting, at, receipt=delivery.receipt_no, added=delivery.added,
          revised=delivery.revised, **counts)  # fmt: skip


def _next_receipt(delivery: Delivery, at: dt.datetime) -> str:
    """The unit's next number of the day; commits of one unit wait for each other here."""
    day = at.astimezone(clock.CHINA).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"receipt:{delivery.unit_id}"])
    prefix = receipt_number(delivery.unit_id, day, 0)[:-4]
    last = Delivery.objects.filter(receipt_no__startswith=prefix).order_by("-receipt_no").first()
    number = int((last.receipt_no or "0")[-4:]) if last else 0
    return receipt_number(delivery.unit_id, day, number + 1)


@transaction.atomic
def _told_back(delivery_id: uuid.UUID, stopped: Stopped, *, acting: Acting, at: dt.datetime) -> None:
    """All or none was asked and it was not all: back to ``checked``, with the reason."""
    told = {"code": stopped.problem.code, "what": stopped.problem.what, "next": stopped.problem.next}
    Delivery.objects.filter(pk=delivery_id).update(
        state="checked", problem=told, refused=stopped.merge.tally.refused, good=stopped.merge.tally.good, progress=100
    )
    history.note(
        acting=acting, at=at, action="intake.commit_refused", object_type="delivery", object_id=delivery_id,
        after={"state": "checked", "code": stopped.problem.code},
    )  # fmt: skip


@transaction.atomic
def do_clear(delivery_id: uuid.UUID, *, acting: Acting, at: dt.datetime) -> None:
    """Remove the file and the findings of an abandoned delivery."""
    delivery = _in_state(delivery_id, "abandoned")
    if delivery is None:
        return
    DeliveryChunk.objects.filter(delivery_id=delivery_id).delete()
    Refusal.objects.filter(delivery_id=delivery_id).delete()
    _note(delivery, "clear", acting, at)
