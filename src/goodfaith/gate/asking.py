"""The check: one statement for one row or for many."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from goodfaith.common.acting import Acting
from goodfaith.gate import calling, rules
from goodfaith.gate.handles import CheckAnswer, CheckRow, MeasureInForce

COLUMNS = "place, entry, at, outcome, refusal, subject_kind, measures, digest"
ONE = f"SELECT {COLUMNS} FROM gate.check(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608
MANY = (
    f"SELECT {COLUMNS} FROM gate.check_many(%s, %s, %s, %s, ARRAY("  # noqa: S608
    "SELECT ROW(k, n, p, o, b, d)::gate.asked FROM unnest(%s::text[], %s::bytea[], %s::bytea[], %s::text[],"
    " %s::date[], %s::bytea[]) WITH ORDINALITY u(k, n, p, o, b, d, place) ORDER BY place)) ORDER BY place"
)


def check(*, acting: Acting, matter: str, number: tuple[str, str], name: str | None, case_no: str) -> CheckAnswer:
    """Which measures in force bear on ``matter`` for the subject of ``number``; never the file.

    Problem ``ledger_stalled`` (503), after its entry, when people's files are shut.
    """
    row = calling.asked(CheckRow(number, name))
    found = _answer(calling.rows(ONE, [acting.kind, acting.id, matter, case_no, *row])[0])
    if found.refusal == "ledger_stalled":
        raise rules.problem(found.refusal)
    return found


def check_many(*, acting: Acting, matter: str, case_no: str, rows: list[CheckRow]) -> list[CheckAnswer]:
    """Many checks in one statement, answered in their order; a stalled ledger is the refusal of the rows it hits."""
    if not rows:
        return []
    columns = [list(column) for column in zip(*map(calling.asked, rows), strict=True)]
    found = calling.rows(MANY, [acting.kind, acting.id, matter, case_no, *columns])
    return [_answer(row) for row in found]


def _answer(row: tuple[Any, ...]) -> CheckAnswer:
    _, entry, at, outcome, refusal, subject_kind, measures, digest = row
    return CheckAnswer(
        entry_id=entry,
        outcome=outcome,
        refusal=refusal,
        subject_kind=subject_kind,
        measures=[_measure(each) for each in calling.loaded(measures)],
        digest=bytes(digest).hex() if digest is not None else "",
        at=at,
    )


def _measure(facts: dict[str, Any]) -> MeasureInForce:
    ends = facts["ends_on"]
    return MeasureInForce(
        **{
            **facts,
            "record_id": uuid.UUID(facts["record_id"]),
            "decided_on": dt.date.fromisoformat(facts["decided_on"]),
            "ends_on": dt.date.fromisoformat(ends) if ends else None,
        }
    )
