"""The worker's jobs of intake. Each takes the id of a delivery and may be run again: it looks at the state first."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from goodfaith.common import clock
from goodfaith.common.acting import Acting

QUEUE = "intake"
SILENT_FOR = 30
"""Seconds without a heartbeat after which a worker counts as dead."""


def _acting(name: str) -> Acting:
    return Acting(kind="job", id=f"intake.{name}", name="归集作业")


@app.task(queue=QUEUE, name="intake.read")
def read_file(delivery_id: str) -> None:
    """Read the file and propose which column is which field; an API delivery is checked at once."""
    from goodfaith.intake import work

    work.run(work.do_read, delivery_id, acting=_acting("read"))


@app.task(queue=QUEUE, name="intake.check")
def check_rows(delivery_id: str) -> None:
    """Check every row; an API delivery is committed at once."""
    from goodfaith.intake import work

    work.run(work.do_check, delivery_id, acting=_acting("check"))


@app.task(queue=QUEUE, name="intake.commit")
def commit_rows(delivery_id: str) -> None:
    """Write the rows, all in one transaction."""
    from goodfaith.intake import work

    work.run(work.do_commit_rows, delivery_id, acting=_acting("commit"))


@app.task(queue=QUEUE, name="intake.clear")
def clear_away(delivery_id: str) -> None:
    """Remove the file and the findings of an abandoned delivery."""
    from goodfaith.intake import work

    work.do_clear(uuid.UUID(delivery_id), acting=_acting("clear"), at=clock.now())


def later(task: Any, delivery_id: uuid.UUID) -> None:
    """Have the worker run ``task`` for a delivery; jobs of one delivery follow each other."""
    key = f"delivery:{delivery_id}"
    try:
        with transaction.atomic():
            task.configure(lock=key, queueing_lock=f"{task.name}:{delivery_id}").defer(delivery_id=str(delivery_id))
    except AlreadyEnqueued:
        return


def recover_stalled() -> int:
    """Take up the jobs that a killed worker left behind; how many. What it had written was rolled back."""
    manager = app.job_manager

    async def recover() -> int:
        stalled = list(await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=SILENT_FOR))
        for job in stalled:
            await manager.retry_job(job)
        return len(stalled)

    return asyncio.run(recover())
