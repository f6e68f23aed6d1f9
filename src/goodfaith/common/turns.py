"""One database connection used by two threads, by turns.

A transaction is one connection. While a second thread copies rows into it piece by piece, the thread that owns
the transaction asks its questions in between: it comes first, and a savepoint keeps the turn until it is
released, so that rolling back to it can take nothing of the other thread's rows with it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.db import connection

_local = threading.local()
_BACK = ("ROLLBACK TO SAVEPOINT ", "RELEASE SAVEPOINT ")
"""These go through whatever the other thread met, so that the savepoints are undone in order."""


class Stopped(Exception):
    """The owner has ended: the other thread gets no more turns."""


class Turns:
    """Who may use the connection. The owner's turns may be nested; the other thread's may not."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken = self._wanted = self._stopped = False
        self._depth = 0
        self._error: BaseException | None = None

    @property
    def held(self) -> bool:
        """Whether the owner has the turn now (asked by the owner)."""
        return self._depth > 0

    def check(self) -> None:
        """Raise in the owner what went wrong in the other thread."""
        if self._error is not None:
            raise self._error

    def fail(self, error: BaseException) -> None:
        """The other thread can't go on."""
        self._error = error

    def stop(self) -> None:
        """The other thread gets no more turns."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def enter(self) -> None:
        """The owner takes the turn, as soon as the other thread's piece is through."""
        if self._depth == 0:
            with self._changed:
                self._wanted = True
                self._changed.wait_for(lambda: not self._taken)
                self._wanted, self._taken = False, True
        self._depth += 1

    def leave(self) -> None:
        """The owner gives back what it took last."""
        self._depth -= 1
        if self._depth == 0:
            self._give_back()

    def _give_back(self) -> None:
        with self._changed:
            self._taken = False
            self._changed.notify_all()

    @contextmanager
    def mine(self) -> Iterator[None]:
        """A turn of the owner."""
        self.enter()
        try:
            self.check()
            yield
        finally:
            self.leave()

    @contextmanager
    def yours(self) -> Iterator[None]:
        """A turn of the other thread, when the owner does not want it. Raises :class:`Stopped`."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or not (self._taken or self._wanted))
            if self._stopped:
                raise Stopped
            self._taken = True
        try:
            yield
        finally:
            self._give_back()

    def _execute(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Every statement through Django takes a turn; SAVEPOINT keeps it until RELEASE."""
        text = str(sql)
        keeps = False
        self.enter()
        try:
            if not text.startswith(_BACK):
                self.check()
            result = execute(sql, params, many, context)
            keeps = text.startswith("SAVEPOINT ")
        finally:
            if not keeps:
                self.leave()
        if text.startswith("RELEASE SAVEPOINT ") and self.held:
            self.leave()
        return result

    @contextmanager
    def shared(self) -> Iterator[None]:
        """For this time the calling thread owns the connection and uses it by turns."""
        _local.turns = self
        try:
            with connection.execute_wrapper(self._execute):
                yield
        finally:
            _local.turns = None


def turn() -> AbstractContextManager[None]:
    """A turn for statements that do not go through Django (COPY); nothing when the connection is not shared."""
    turns: Turns | None = getattr(_local, "turns", None)
    return nullcontext() if turns is None else turns.mine()
