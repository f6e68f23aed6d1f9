"""Sending what waits in an outbox. Each line is claimed, handed over and marked, in three transactions.

A worker killed before the handing over leaves a claim that is taken up after :data:`LEASE`; the line goes out once.
Killed between the handing over and the mark, nobody can know: the line goes out again after the lease, under the
same key, by which mailboxes and gateways tell the double. So every line is sent at least once, and in that one
moment perhaps twice. What an outbox is made of is the rooms' own (:class:`Box`).
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from goodfaith.common import clock

BATCH = 50
LEASE = 600
"""Seconds after which a claim without an outcome is taken up again."""
ATTEMPTS = 12
LONGEST_WAIT = dt.timedelta(hours=12)


class NotSent(Exception):
    """It was not taken; the text says why, without an address or the message."""


class Line(Protocol):
    """One claimed line; ``address`` is None when the account has none any more."""

    @property
    def address(self) -> str | None: ...
    @property
    def attempt(self) -> int: ...


L = TypeVar("L", bound=Line)


class Box(Protocol[L]):
    """An outbox of a room."""

    def take(self) -> Sequence[L]:
        """Claim what is due, at most :data:`BATCH` lines."""
        ...

    def hand_over(self, line: L, address: str, box: BaseEmailBackend) -> None:
        """Give one line to the mail server or a gateway.

        OSError (SMTP's among them), ValueError (an address that no letter can carry) or NotSent when it is not taken.
        """
        ...

    def mark_sent(self, line: L) -> None:
        """The line was handed over."""
        ...

    def mark_failed(self, line: L, why: str, again: dt.datetime | None) -> None:
        """The line was not handed over; it waits for the next attempt or is given up."""
        ...


@dataclass
class Tally:
    """What came of a run."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def next_try(attempt: int, at: dt.datetime) -> dt.datetime | None:
    """When to try again after the ``attempt``-th failure: 2, 4, 8 … minutes, at most 12 hours; None: no more."""
    if attempt >= ATTEMPTS:
        return None
    return at + min(dt.timedelta(minutes=2**attempt), LONGEST_WAIT)


def send_all(box: Box[L], log: logging.Logger) -> Tally:
    """Send everything that is due, batch by batch."""
    tally = Tally()
    while lines := box.take():
        with _connection() as connection:
            for line in lines:
                _deliver(box, line, connection, tally)
    if tally.sent or tally.failed or tally.given_up:
        log.info("outbox: %s sent, %s to be tried again, %s given up", tally.sent, tally.failed, tally.given_up)
    return tally


@contextmanager
def _connection() -> Iterator[BaseEmailBackend]:
    """One connection for a batch; it opens with the first letter, so a server that is away fails each line alone."""
    connection = mail.get_connection()
    try:
        yield connection
    finally:
        connection.close()


def _deliver(box: Box[L], line: L, connection: BaseEmailBackend, tally: Tally) -> None:
    if not line.address:
        box.mark_failed(line, "the account has no address for this channel", None)
        tally.given_up += 1
        return
    try:
        box.hand_over(line, line.address, connection)
    except (OSError, ValueError, NotSent) as error:
        again = next_try(line.attempt, clock.now())
        box.mark_failed(line, _why(error), again)
        connection.close()
        tally.failed, tally.given_up = tally.failed + (again is not None), tally.given_up + (again is None)
        return
    box.mark_sent(line)
    tally.sent += 1


def _why(error: Exception) -> str:
    """The kind of the error, and what a gateway said; never an address."""
    return str(error) if isinstance(error, NotSent) else f"{type(error).__name__} {getattr(error, 'smtp_code', '')}"


def key(kind: str, number: int) -> str:
    """What is the same for every attempt at one line of an outbox, and belongs to no other installation's."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ") or "localhost"
    return f"{kind}-{number}.{settings.OUTBOX_MARK}@{domain}"


def heads(mark: str) -> dict[str, str]:
    """Of a letter that the system writes: its own id, which stays when it is sent again."""
    return {"Message-ID": f"<{mark}>", "Auto-Submitted": "auto-generated"}
