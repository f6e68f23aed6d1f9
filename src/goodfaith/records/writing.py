"""Rows on their way into the table in a thread of their own, while the next are being resolved."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
from django.db import connection

from goodfaith.common.turns import Stopped, Turns
from goodfaith.records import bulk

PIECE = 6 * 2**20
"""Bytes for one turn: about a tenth of a second, for which the other thread waits at most."""
WAITING = 1
"""Batches that may wait. More would only cost memory."""
Rows = bytes | Callable[[], bytes]
"""Text for COPY; or what makes it without the database, so that the other thread can go on meanwhile."""


def pieces(data: bytes) -> Iterator[memoryview]:
    """``data`` cut after ends of lines into pieces of about :data:`PIECE`."""
    whole, start = memoryview(data), 0
    while start < len(data):
        end = data.find(b"\n", start + PIECE) + 1 or len(data)
        yield whole[start:end]
        start = end


class Writing:
    """Copies what is put, in order, into the transaction of the thread that made it, by turns with that.

    Used as a context: at its end all is written; after an error what still waits is dropped.
    """

    def __init__(self) -> None:
        connection.ensure_connection()
        self._raw: psycopg.Connection[Any] = connection.connection
        self._turns = Turns()
        self._queue: queue.Queue[Rows | None] = queue.Queue(WAITING)
        self._thread = threading.Thread(target=self._run, name="records-writing", daemon=True)

    def put(self, rows: Rows) -> None:
        """Have rows of :func:`.bulk.text_of` written. Waits while another batch waits. Not inside a savepoint."""
        if self._turns.held:
            raise RuntimeError("a savepoint is open")
        self._hand(rows)

    def _hand(self, data: Rows | None) -> None:
        while True:
            self._turns.check()
            try:
                self._queue.put(data, timeout=0.2)
                return
            except queue.Full:
                continue

    def _run(self) -> None:
        try:
            while (rows := self._queue.get()) is not None:
                for piece in pieces(rows if isinstance(rows, bytes) else rows()):
                    with self._turns.yours():
                        self._copy(piece)
        except Stopped:
            return
        except BaseException as error:
            self._turns.fail(error)

    def _copy(self, piece: memoryview) -> None:
        with psycopg.Cursor(self._raw) as cursor, cursor.copy(bulk.COPY.encode()) as copy:
            copy.write(piece)

    def __enter__(self) -> Writing:
        self._shared = self._turns.shared()
        self._shared.__enter__()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._hand(None)
        finally:
            if kind is not None:
                self._give_up()
            self._thread.join()
            self._shared.__exit__(None, None, None)
        self._turns.check()

    def _give_up(self) -> None:
        """No more turns; the thread may also be waiting for the next batch."""
        self._turns.stop()
        while self._thread.is_alive():
            with suppress(queue.Full):
                self._queue.put(None, timeout=0.05)
                return
            with suppress(queue.Empty):
                self._queue.get_nowait()
