"""The worker's jobs of this room. Four times an hour: what dates say there is gets its rows, units are reminded, and
the day's digests for their officers are made. Every minute: letters that wait are sent.

Every statement is a set and may be repeated: rows have ids and keys that follow from what they are, so a killed run
leaves whole rows or none, and a night without a worker is made up for. Nothing here decides, and nothing that a reader
sees waits for it: the same dates are asked by the queries.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

from goodfaith.common import clock
from goodfaith.duties import digests
from goodfaith.duties.actions.adopting import materialise
from goodfaith.duties.actions.campaigns import make_campaigns

QUEUE = "duties"
OUTBOX = "outbox"
"""The queue of what goes out, shared with oversight's letters: a worker that starts takes up what was left of both."""
REMIND = """
    WITH open_ones AS (
        SELECT s.id, s.unit, s.step, s.due_on, a.opened_at FROM duties_standing(%(today)s) s
        JOIN duties_assignment a ON a.id = s.id
        WHERE s.closed_at IS NULL AND s.step <> 'reported' AND s.unit IS NOT NULL
    ), due AS (
        SELECT o.id, o.unit, 'before' AS kind, max(o.due_on - b) AS "on"
        FROM open_ones o CROSS JOIN unnest(%(before)s::integer[]) b
        WHERE o.due_on >= %(today)s AND o.due_on - b <= %(today)s
          AND o.due_on - b >= (o.opened_at AT TIME ZONE 'Asia/Shanghai')::date
        GROUP BY o.id, o.unit
        UNION ALL
        SELECT o.id, o.unit, 'overdue', o.due_on + 1 + (%(today)s - o.due_on - 1) / %(every)s * %(every)s
        FROM open_ones o WHERE o.due_on < %(today)s
        UNION ALL
        SELECT o.id, o.unit, 'unreceived', (o.opened_at AT TIME ZONE 'Asia/Shanghai')::date + %(confirm)s
        FROM open_ones o
        WHERE o.step = 'assigned' AND (o.opened_at AT TIME ZONE 'Asia/Shanghai')::date + %(confirm)s <= %(today)s
    )
    INSERT INTO duties_reminder (assignment, unit, kind, "on", at)
    SELECT id, unit, kind, "on", %(at)s FROM due ON CONFLICT DO NOTHING
"""


@app.periodic(cron="*/15 * * * *")
@app.task(queue=QUEUE, name="duties.quarter", queueing_lock="duties.quarter")
def quarter(timestamp: int) -> None:
    """One run; ``timestamp``: the moment it belongs to."""
    run(clock.now())


@app.periodic(cron="* * * * *")
@app.task(queue=OUTBOX, name="duties.send", queueing_lock="duties.send")
def send(timestamp: int) -> None:
    """Send the letters that are due; two runs never take the same. ``timestamp``: the minute the run belongs to."""
    digests.send_waiting()


def run(at: dt.datetime) -> None:
    """Make rows, reminders and digests as of ``at``."""
    today = at.astimezone(clock.CHINA).date()
    with transaction.atomic():
        materialise(today, at)
    with transaction.atomic():
        make_campaigns(today.year)
        make_campaigns(today.year + 1)
    remind(today, at)
    digests.make(today, at)


@transaction.atomic
def remind(today: dt.date, at: dt.datetime) -> int:
    """Reminders that are due by ``today``; of several that were missed only the latest. How many are new."""
    rules = settings.DUTIES
    with connection.cursor() as cursor:
        cursor.execute(REMIND, {
            "today": today, "at": at, "before": rules["remind_days_before"], "every": rules["remind_overdue_every"],
            "confirm": rules["confirm_days"],
        })  # fmt: skip
        return int(cursor.rowcount)
