"""The worker's job of this room, every minute. It goes on from what stands, so a killed one loses nothing and a night
without a worker is made up for; none of it decides.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from goodfaith.common import clock
from goodfaith.rights import limits, signing, timing

QUEUE = "rights"
BATCH = 500


def _one(statement: str, *parameters: Any) -> int | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(parameters))
        found: int | None = cursor.fetchone()[0]
        return found


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, name="rights.minute", queueing_lock="rights.minute")
def minute(timestamp: int) -> None:
    """Tell of new findings, send overdue cases up, recall what ended by its date, remind who is silent, sign.
    ``timestamp``: the minute of the run.
    """
    tell_findings()
    while _one("SELECT rights.escalate(%s)", BATCH):
        continue
    _one("SELECT rights.expire(%s)", timing.confirm_by(clock.today()))
    _one("SELECT rights.remind(%s, %s)", *limits.every())
    signing.sign_waiting()


def tell_findings() -> int:
    """Messages about new negative records, delivery by delivery; how many."""
    told = 0
    while (n := _one("SELECT rights.tell_findings()")) is not None:
        told += n
    return told
