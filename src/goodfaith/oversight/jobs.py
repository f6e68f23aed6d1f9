"""The worker's job of this room: sending what waits in the outbox, when the worker starts and every minute."""

from __future__ import annotations

import asyncio

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from goodfaith.oversight import sending

QUEUE = "outbox"
SILENT_FOR = 30
"""Seconds without a heartbeat after which a worker counts as dead."""


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, name="oversight.send", queueing_lock="oversight.send")
def send(timestamp: int) -> None:
    """Send what is due. ``timestamp``: the minute that the run belongs to; two runs never take the same line."""
    sending.send_waiting()


def start() -> None:
    """Take up the runs that a killed worker left behind, and have one run now."""
    manager = app.job_manager

    async def recover() -> None:
        for job in list(await manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=SILENT_FOR)):
            await manager.retry_job(job)

    asyncio.run(recover())
    try:
        app.configure_task("oversight.send", queue=QUEUE, queueing_lock="oversight.send").defer(timestamp=0)
    except AlreadyEnqueued:
        return
