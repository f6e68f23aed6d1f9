"""The worker: jobs from the queue in PostgreSQL, in the jobs' role."""

from __future__ import annotations

from procrastinate.contrib.django import app

QUEUE_WIDTH = 2
POLL_SECONDS = 0.3
"""The next step of a delivery is queued while its lock is held, so the notice of it comes too early to be of use."""


def run() -> int:
    """Work until told to stop. Jobs that a killed worker left behind are taken up first."""
    from goodfaith.inquiry import jobs as inquiry
    from goodfaith.intake import jobs as intake
    from goodfaith.oversight import jobs as oversight

    intake.recover_stalled()
    inquiry.recover_stalled()
    oversight.start()
    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(
            concurrency=QUEUE_WIDTH,
            install_signal_handlers=True,
            listen_notify=True,
            fetch_job_polling_interval=POLL_SECONDS,
        )
    return 0
