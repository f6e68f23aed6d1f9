"""Looks for the tests: as the rules see them, and written into the ledger as the owner, at any moment."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

from goodfaith.common.clock import CHINA
from goodfaith.ledger.models import Entry
from goodfaith.oversight.rules import Look, Period

LIMITS = {
    "night_from": 22, "night_to": 6, "volume_floor": 4, "volume_times": 3, "history_days": 30, "neighbours": 3,
    "refusals": 3, "repeat_days": 3, "unfollowed_days": 7, "case_length": 4,
}  # fmt: skip
SUBJECTS = [uuid.UUID(int=n + 1) for n in range(5)]
SUSPICIONS = [uuid.UUID(int=n + 100) for n in range(2)]


def moment(day: int, hour: int = 10, minute: int = 0, second: int = 0) -> dt.datetime:
    """A moment in March 2026, in China."""
    return dt.datetime(2026, 3, 1, hour, minute, second, tzinfo=CHINA) + dt.timedelta(days=day - 1)


def period(first: int = 1, last: int = 20, closed: Sequence[int] = ()) -> Period:
    """Days of March 2026, both in it."""
    return Period(moment(first, 0), moment(last + 1, 0), frozenset(moment(day).date() for day in closed))


def look(n: int = 1, at: dt.datetime | None = None, **changed: Any) -> Look:
    """An officer's ordinary look on an ordinary morning."""
    given = {
        "kind": "officer",
        "actor": "7",
        "unit": "t_a",
        "subject": SUBJECTS[0],
        "case_no": "核〔2026〕7号",
    } | changed
    return Look(id=n, at=at or moment(3), **given)


def write(looks: Sequence[Look]) -> None:
    """The looks as rows of the ledger and of the gate's trace; their judgements too."""
    Entry.objects.bulk_create([
        Entry(
            id=one.id, at=one.at, actor_kind=one.kind, actor_id=one.actor, actor_name=f"测试{one.actor}",
            unit=one.unit or None, subject_id=one.subject, subject_kind="person" if one.subject else None,
            purpose=one.purpose, case_no=one.case_no, outcome=one.outcome, refusal=one.refusal, commitment=b"x" * 32,
        )
        for one in looks
    ])  # fmt: skip
    traced = [[one.id, one.neighbourhood, one.same_name] for one in looks if one.neighbourhood or one.same_name]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO gate_trace (entry_id, neighbourhood, same_name) VALUES (%s, %s, %s)", traced)
