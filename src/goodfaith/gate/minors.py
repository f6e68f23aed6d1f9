"""Files of children. The database cannot read the day of birth in a sealed number; where the caller did not name the
number, the answer is read before anybody sees it, and a look at a child's file is taken back and asked for again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from goodfaith.common import clock
from goodfaith.gate import rules
from goodfaith.gate.opening import Row, plain_numbers

Look = Callable[[dt.date | None], list[Row]]


class _Child(Exception):
    def __init__(self, born: dt.date) -> None:
        self.born = born


def child_of(rows: list[Row]) -> dt.date | None:
    """The day of birth of the child whose file the rows are; None when no number among them is a child's."""
    days = (rules.born_on(kind, number) for kind, number in plain_numbers(rows))
    return next((day for day in days if day and rules.is_minor(day, clock.today())), None)


def look(ask: Look) -> list[Row]:
    """What ``ask`` answers when it knows the day of birth, if it is a child's. Of its first answer nothing stays."""
    try:
        with transaction.atomic():
            rows = ask(None)
            born = child_of(rows)
            if born is not None:
                raise _Child(born)
            return rows
    except _Child as child:
        return ask(child.born)
