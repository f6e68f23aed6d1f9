"""The worker: jobs from the queue in PostgreSQL, in the jobs' role."""

from __future__ import annotations

from procrastinate.contrib.django import app

QUEUE_WIDTH = 2


def run() -> int:
    """Work until told to stop. Jobs that a killed worker left behind are taken up first."""
    from goodfaith.intake.jobs import recover_stalled

    recover_stalled()
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(concurrency=QUEUE_WIDTH, install_signal_handlers=True, listen_notify=True)
    return 0
