"""What units are reminded of goes to their officers: one digest a unit and day, made and sent by the worker.

Making is one transaction a unit: the digest, which reminders stand in it, a line of the outbox for each officer.
Sending is :mod:`goodfaith.common.outbox`. The worker's role has these tables to itself; nothing in them is about a
person but whose account a letter is for.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from dataclasses import dataclass
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import F

from goodfaith.common import clock, outbox
from goodfaith.duties import letters
from goodfaith.duties.models import DigestLetter
from goodfaith.parties.models import User

log = logging.getLogger("goodfaith.duties")
FROM_HOUR = 8
"""Not in the night: a digest is made by the first run from this hour on."""
LONGEST_DAYS = 14
"""Older ones are not told any more, as with the gate's outbox: a mail server that is set up later does not send what is
long known, and an officer who gives an address does not get the year."""
ROLES = ("clerk", "credit_office")
NEW = """
    SELECT r.unit, r.id, r.assignment, d.number, d.title, s.period, s.due_on,
           CASE WHEN s.due_on < %(today)s THEN 'overdue' WHEN r.kind = 'unreceived' THEN r.kind ELSE 'before' END
    FROM duties_reminder r
    JOIN duties_standing(%(today)s) s ON s.id = r.assignment AND s.unit = r.unit AND s.closed_at IS NULL
         AND s.step <> 'reported' AND (r.kind <> 'unreceived' OR s.step = 'assigned')
    JOIN duties_duty d ON d.id = s.duty_id
    WHERE r.at > %(since)s AND NOT EXISTS (SELECT FROM duties_digestreminder g WHERE g.reminder_id = r.id)
      AND NOT EXISTS (SELECT FROM duties_digest x WHERE x.unit = r.unit AND x."on" = %(today)s)
    ORDER BY r.unit, s.due_on NULLS LAST, s.document_id, d.place, s.period, r.id
"""
MAKE = """
    WITH made AS (
        INSERT INTO duties_digest (unit, "on", lines, at) VALUES (%(unit)s, %(today)s, %(lines)s, %(at)s)
        ON CONFLICT DO NOTHING RETURNING id
    ), told AS (
        INSERT INTO duties_digestreminder (reminder_id, digest_id)
        SELECT r, m.id FROM made m, unnest(%(reminders)s::bigint[]) r
    )
    INSERT INTO duties_digestletter (digest_id, account, state, attempt, next_at, error)
    SELECT m.id, a, 'waiting', 0, %(at)s, '' FROM made m, unnest(%(accounts)s::text[]) a
"""
TAKE = """
    WITH due AS (
        SELECT l.id FROM duties_digestletter l JOIN duties_digest g ON g.id = l.digest_id
        WHERE (l.state = 'waiting' AND l.next_at <= %(at)s
               OR l.state = 'sending' AND l.claimed_at < %(at)s - make_interval(secs => %(lease)s))
          AND g.at > %(at)s - make_interval(days => %(days)s)
        ORDER BY l.id LIMIT %(batch)s FOR UPDATE OF l SKIP LOCKED
    ), claimed AS (
        UPDATE duties_digestletter l SET state = 'sending', attempt = l.attempt + 1, claimed_at = %(at)s
        FROM due WHERE l.id = due.id RETURNING l.id, l.digest_id, l.account, l.attempt
    )
    SELECT c.id, c.attempt, u.email, g.unit, g."on", g.lines
    FROM claimed c JOIN duties_digest g ON g.id = c.digest_id
    LEFT JOIN parties_user u ON u.id::text = c.account AND u.kind = 'officer' AND u.is_active AND u.notify_email
         AND u.email <> '' AND u.unit_id = g.unit AND u.role = ANY (%(roles)s)
    ORDER BY c.id
"""
GRAVITY = {"overdue": 0, "before": 1, "unreceived": 2}


def make(today: dt.date, at: dt.datetime) -> int:
    """The digests that are due on a day; how many letters wait for them. Repeatable, and two workers make one."""
    if at.astimezone(clock.CHINA).hour < FROM_HOUR:
        return 0
    found = _new(today, at)
    accounts = _accounts(found)
    return sum(_make(unit, rows, accounts[unit], today, at) for unit, rows in found.items() if unit in accounts)


def _new(today: dt.date, at: dt.datetime) -> dict[str, list[tuple[Any, ...]]]:
    """Reminders of what still runs that no digest has told, by unit, as things stand on the day; none of a unit that
    was told today."""
    with connection.cursor() as cursor:
        cursor.execute(NEW, {"today": today, "since": at - dt.timedelta(days=LONGEST_DAYS)})
        found: dict[str, list[tuple[Any, ...]]] = {}
        for unit, *rest in cursor.fetchall():
            found.setdefault(unit, []).append(tuple(rest))
        return found


def _accounts(units: Any) -> dict[str, list[str]]:
    """Officers who want letters, by unit."""
    officers = User.objects.filter(
        kind="officer", is_active=True, role__in=ROLES, unit__in=list(units), notify_email=True
    ).exclude(email="")
    found: dict[str, list[str]] = {}
    for unit, key in officers.order_by("id").values_list("unit_id", "id"):
        found.setdefault(str(unit), []).append(str(key))
    return found


def lines(rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """What the letter says of each assignment: once, with the gravest of its reminders."""
    gravest: dict[Any, dict[str, Any]] = {}
    for _reminder, assignment, number, title, period, due_on, kind in rows:
        said = gravest.get(assignment)
        if said is None or GRAVITY[kind] < GRAVITY[said["kind"]]:
            due = due_on.isoformat() if due_on else None
            gravest[assignment] = {"number": number, "title": title, "period": period, "due_on": due, "kind": kind}
    return sorted(gravest.values(), key=lambda one: GRAVITY[one["kind"]])


@transaction.atomic
def _make(unit: str, rows: list[tuple[Any, ...]], accounts: list[str], today: dt.date, at: dt.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(MAKE, {
            "unit": unit, "today": today, "at": at, "lines": json.dumps(lines(rows), ensure_ascii=False),
            "reminders": [row[0] for row in rows], "accounts": accounts,
        })  # fmt: skip
        return int(cursor.rowcount)


# -- sending -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """One claimed letter; ``address`` is None when the officer has none, left, or does not want letters any more."""

    id: int
    attempt: int
    address: str | None
    unit: str
    on: dt.date
    lines: list[dict[str, Any]]


class _Box:
    """The letters that wait."""

    def take(self) -> list[Line]:
        given: dict[str, Any] = {
            "at": clock.now(), "lease": outbox.LEASE, "days": LONGEST_DAYS, "batch": outbox.BATCH, "roles": list(ROLES),
        }  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TAKE, given)
            return [Line(*(*row[:-1], json.loads(row[-1]))) for row in cursor.fetchall()]

    def hand_over(self, line: Line, address: str, box: BaseEmailBackend) -> None:
        hand_over(line, address, box)

    def mark_sent(self, line: Line) -> None:
        mark_sent(line)

    def mark_failed(self, line: Line, why: str, again: dt.datetime | None) -> None:
        state = "given_up" if again is None else "waiting"
        _claim(line).update(state=state, error=why[:200], next_at=again or F("next_at"))


def _claim(line: Line) -> Any:
    """The letter, while this worker's claim on it stands."""
    return DigestLetter.objects.filter(pk=line.id, attempt=line.attempt, state="sending")


def hand_over(line: Line, address: str, box: BaseEmailBackend) -> None:
    """Give one letter to the mail server."""
    box.open()
    letters.letter(line.id, line.unit, line.on, line.lines, address, box).send()


def mark_sent(line: Line) -> None:
    """It was handed over."""
    _claim(line).update(state="sent", sent_at=clock.now(), error="")


def send_waiting() -> outbox.Tally:
    """Send every letter that is due."""
    return outbox.send_all(_Box(), log)
