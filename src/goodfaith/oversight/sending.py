"""Sending what waits in the gate's outbox, through the functions that the jobs' role has for it; how it is sent, what
is promised and what not: :mod:`goodfaith.common.outbox`."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from goodfaith.common import outbox
from goodfaith.common.outbox import ATTEMPTS, BATCH, LEASE, LONGEST_WAIT, Tally, next_try
from goodfaith.oversight import letters, sms

__all__ = [
    "ATTEMPTS", "BATCH", "LEASE", "LONGEST_WAIT", "Line", "Tally", "hand_over", "mark_failed", "mark_sent", "next_try",
    "send_waiting", "take",
]  # fmt: skip
log = logging.getLogger("goodfaith.oversight")


@dataclass(frozen=True)
class Line:
    """One claimed line of the outbox; ``address`` is None when the account has none any more."""

    outbox: int
    channel: str
    kind: str
    address: str | None
    attempt: int


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


def mark_failed(line: Line, why: str, again: dt.datetime | None) -> None:
    """The line was not handed over; it waits for the next attempt or is given up."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT oversight.outbox_failed(%s, %s, %s, %s)", [line.outbox, line.attempt, why, again])


@dataclass(frozen=True)
class _Box:
    """The gate's outbox, as far as there are senders for its channels."""

    short: sms.SmsSender | None

    def take(self) -> list[Line]:
        return take(["email", "sms"] if self.short else ["email"])

    def hand_over(self, line: Line, address: str, box: BaseEmailBackend) -> None:
        hand_over(line, address, box, self.short)

    def mark_sent(self, line: Line) -> None:
        mark_sent(line)

    def mark_failed(self, line: Line, why: str, again: dt.datetime | None) -> None:
        mark_failed(line, why, again)


def send_waiting() -> Tally:
    """Send everything that is due, batch by batch."""
    return outbox.send_all(_Box(sms.sender()), log)


def hand_over(line: Line, address: str, box: BaseEmailBackend, short: sms.SmsSender | None) -> None:
    """Give one line to the mail server or the gateway."""
    if line.channel == "sms" and short:
        short.send(phone=address, text=letters.short(line.kind), key=letters.key(line.outbox))
        return
    box.open()
    letters.letter(line.outbox, line.kind, address, box).send()
