"""Sending what waits in the gate's outbox. Each line is claimed, handed over and marked, in three transactions.

A worker killed before the handing over leaves a claim that is taken up after :data:`LEASE`; the line goes out once.
Killed between the handing over and the mark, nobody can know: the line goes out again after the lease, under the
same Message-ID (short messages: the same key), by which mailboxes and gateways tell the double. So every line is
sent at least once, and in that one moment perhaps twice.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from goodfaith.common import clock
from goodfaith.oversight import letters, sms

log = logging.getLogger("goodfaith.oversight")
BATCH = 50
LEASE = 600
"""Seconds after which a claim without an outcome is taken up again."""
ATTEMPTS = 12
LONGEST_WAIT = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Line:
    """One claimed line of the outbox; ``address`` is None when the account has none any more."""

    outbox: int
    channel: str
    kind: str
    address: str | None
    attempt: int


@dataclass
class Tally:
    """What came of a run."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def take(channels: list[str]) -> list[Line]:
    """Claim what is due."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT outbox, channel, kind, address, attempt FROM oversight.outbox_take(%s, %s, %s)",
            [channels, BATCH, LEASE],
        )
        return [Line(*row) for row in cursor.fetchall()]


def mark_sent(line: Line) -> None:
    """The line was handed over."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT oversight.outbox_sent(%s, %s)", [line.outbox, line.attempt])


def next_try(attempt: int, at: dt.datetime) -> dt.datetime | None:
    """When to try again after the ``attempt``-th failure: 2, 4, 8 … minutes, at most 12 hours; None: no more."""
    if attempt >= ATTEMPTS:
        return None
    return at + min(dt.timedelta(minutes=2**attempt), LONGEST_WAIT)


def mark_failed(line: Line, why: str, again: dt.datetime | None) -> None:
    """The line was not handed over; it waits for the next attempt or is given up."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT oversight.outbox_failed(%s, %s, %s, %s)", [line.outbox, line.attempt, why, again])


def send_waiting() -> Tally:
    """Send everything that is due, batch by batch."""
    tally, short = Tally(), sms.sender()
    channels = ["email", "sms"] if short else ["email"]
    while lines := take(channels):
        with _mail_connection() as letter_box:
            for line in lines:
                _deliver(line, letter_box, short, tally)
    if tally.sent or tally.failed or tally.given_up:
        log.info("outbox: %s sent, %s to be tried again, %s given up", tally.sent, tally.failed, tally.given_up)
    return tally


@contextmanager
def _mail_connection() -> Iterator[BaseEmailBackend]:
    """One connection for a batch; it opens with the first letter, so a server that is away fails each line alone."""
    box = mail.get_connection()
    try:
        yield box
    finally:
        box.close()


def _deliver(line: Line, box: BaseEmailBackend, short: sms.SmsSender | None, tally: Tally) -> None:
    if not line.address:
        mark_failed(line, "the account has no address for this channel", None)
        tally.given_up += 1
        return
    try:
        hand_over(line, line.address, box, short)
    except (OSError, ValueError, sms.NotSent) as error:
        again = next_try(line.attempt, clock.now())
        mark_failed(line, _why(error), again)
        box.close()
        tally.failed, tally.given_up = tally.failed + (again is not None), tally.given_up + (again is None)
        return
    mark_sent(line)
    tally.sent += 1


def _why(error: Exception) -> str:
    """The kind of the error, and what a gateway said; never an address."""
    return str(error) if isinstance(error, sms.NotSent) else f"{type(error).__name__} {getattr(error, 'smtp_code', '')}"


def hand_over(line: Line, address: str, box: BaseEmailBackend, short: sms.SmsSender | None) -> None:
    """Give one line to the mail server or the gateway.

    OSError (SMTP's among them), ValueError (an address that no letter can carry) or NotSent when it is not taken.
    """
    if line.channel == "sms" and short:
        short.send(phone=address, text=letters.short(line.kind), key=letters.key(line.outbox))
        return
    box.open()
    letters.letter(line.outbox, line.kind, address, box).send()
