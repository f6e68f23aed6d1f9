"""The sealer: a process of its own, in its own database role, that seals the access ledger every few seconds."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, connection

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.ledger import actions, witnesses

log = logging.getLogger("goodfaith.ledger")
LOCK_TIMEOUT = "30s"
LONGEST_PAUSE = 30.0


def run() -> int:
    """Seal until told to stop. A failed seal is told and tried again; 1 when another process must take over."""
    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    beside = threading.Thread(target=witnesses.serve, args=[stop], daemon=True, name="witnesses")
    beside.start()
    try:
        _seal_until(stop)
    finally:
        connection.close()
    beside.join(witnesses.TIMEOUT + witnesses.LOOK)
    return 0


def _seal_until(stop: threading.Event) -> None:
    period = float(settings.LEDGER["seal_seconds"])
    failures = 0
    while not stop.is_set():
        began = time.monotonic()
        failures = 0 if seal_all() else failures + 1
        pause = min(period * 2**failures, LONGEST_PAUSE) if failures else period
        stop.wait(max(0.0, began + pause - time.monotonic()))


def seal_all() -> bool:
    """Seal everything that waits, a batch in each transaction; False when it failed, which is told in the log."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        while actions.do_seal(acting=witnesses.ACTING, at=clock.now()).count == actions.BATCH:
            pass
    except Problem as problem:
        log.error("%s", problem)
    except DatabaseError as error:
        log.error("sealing failed: %s", type(error).__name__)
        connection.close()
    else:
        return True
    return False
