"""Putting the jobs of bulk checks into the queue, by name."""

from __future__ import annotations

import uuid
from typing import Literal

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "inquiry"
Job = Literal["inquiry.check", "inquiry.clear"]


def later(job: Job, batch_id: uuid.UUID) -> None:
    """Have the worker run ``job`` for a batch; jobs of one batch follow each other, none is queued twice."""
    lock, once = f"batch:{batch_id}", f"{job}:{batch_id}"
    try:
        with transaction.atomic():
            app.configure_task(job, queue=QUEUE, lock=lock, queueing_lock=once).defer(batch_id=str(batch_id))
    except AlreadyEnqueued:
        return
