"""The worker's jobs of bulk checks. Each may be run again: it looks at the state first."""

from __future__ import annotations

import asyncio
import uuid

from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.inquiry import work
from goodfaith.inquiry.queueing import QUEUE

SILENT_FOR = 30
"""Seconds without a heartbeat after which a worker counts as dead."""
AGAIN = RetryStrategy(max_attempts=500, wait=20, retry_exceptions=(OperationalError, Problem))
"""A ledger that is not being sealed shuts people's files; the batch goes on when it is sealed again."""


def _acting(name: str) -> Acting:
    return Acting(kind="job", id=f"inquiry.{name}", name="批量核查作业")


@app.task(queue=QUEUE, name="inquiry.check", retry=AGAIN)
def check_rows(batch_id: str) -> None:
    """Put the rows of a batch to the gate."""
    work.run(uuid.UUID(batch_id), acting=_acting("check"))


@app.task(queue=QUEUE, name="inquiry.clear")
def clear_away(batch_id: str) -> None:
    """Remove the rows of a batch that was called off."""
    work.do_clear(acting=_acting("clear"), at=clock.now(), batch_id=uuid.UUID(batch_id))


@app.periodic(cron="17 * * * *")
@app.task(queue=QUEUE, name="inquiry.clear_ended", queueing_lock="inquiry.clear_ended")
def clear_ended(timestamp: int) -> None:
    """Remove rows whose last day is over."""
    work.do_clear_ended(acting=_acting("clear_ended"), at=clock.now())


def recover_stalled() -> int:
    """Take up the jobs that a killed worker left behind; how many. A slice that was not finished was rolled back."""
    manager = app.job_manager

    async def recover() -> int:
        stalled = list(await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=SILENT_FOR))
        for job in stalled:
            await manager.retry_job(job)
        return len(stalled)

    return asyncio.run(recover())
