"""Putting intake's jobs into the queue, by name, so that whoever asks for one need not know what it does."""

from __future__ import annotations

import uuid
from typing import Literal

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "intake"
Job = Literal["intake.read", "intake.check", "intake.commit", "intake.clear"]


def later(job: Job, delivery_id: uuid.UUID) -> None:
    """Have the worker run ``job`` for a delivery; jobs of one delivery follow each other, none is queued twice."""
    lock, once = f"delivery:{delivery_id}", f"{job}:{delivery_id}"
    try:
        with transaction.atomic():
            app.configure_task(job, queue=QUEUE, lock=lock, queueing_lock=once).defer(delivery_id=str(delivery_id))
    except AlreadyEnqueued:
        return
