"""The worker's jobs of intake. Each takes the id of a delivery and may be run again: it looks at the state first."""

from __future__ import annotations

import asyncio
import uuid

from procrastinate.contrib.django import app

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.intake import work
from goodfaith.intake.queueing import QUEUE

SILENT_FOR = 30
"""Seconds without a heartbeat after which a worker counts as dead."""


def _acting(name: str) -> Acting:
    return Acting(kind="job", id=f"intake.{name}", name="归集作业")


@app.task(queue=QUEUE, name="intake.read")
def read_file(delivery_id: str) -> None:
    """Read the file and propose which column is which field; an API delivery is checked at once."""
    work.run(work.do_read, delivery_id, acting=_acting("read"))


@app.task(queue=QUEUE, name="intake.check")
def check_rows(delivery_id: str) -> None:
    """Check every row; an API delivery is committed at once."""
    work.run(work.do_check, delivery_id, acting=_acting("check"))


@app.task(queue=QUEUE, name="intake.commit")
def commit_rows(delivery_id: str) -> None:
    """Write the rows, all in one transaction."""
    work.run(work.do_commit_rows, delivery_id, acting=_acting("commit"))


@app.task(queue=QUEUE, name="intake.clear")
def clear_away(delivery_id: str) -> None:
    """Remove the file and the findings of an abandoned delivery."""
    work.do_clear(uuid.UUID(delivery_id), acting=_acting("clear"), at=clock.now())


def recover_stalled() -> int:
    """Take up the jobs that a killed worker left behind; how many. What it had written was rolled back."""
    manager = app.job_manager

    async def recover() -> int:
        stalled = list(await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=SILENT_FOR))
        for job in stalled:
            await manager.retry_job(job)
        return len(stalled)

    return asyncio.run(recover())
