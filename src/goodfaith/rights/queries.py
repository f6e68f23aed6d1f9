"""Reading cases, notices and figures. The only way in which faces read this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection

from goodfaith.common import crypto, crypto_subject
from goodfaith.common.acting import Acting
from goodfaith.gate import minors
from goodfaith.gate.opening import ERASED, Row, handle, opener_of
from goodfaith.rights import calling, views
from goodfaith.rights.views import CaseView, NoticeView, RecallView

GATE = frozenset({"entry", "subject", "key", "identifier", "record", "statement"})


def my_cases(acting: Acting) -> list[CaseView]:
    """The account's own cases and those of whom it stands for, newest first; drafts too."""
    return [views.case(raw) for raw in calling.listed("my_cases", acting)]


def my_case(acting: Acting, case_id: UUID) -> CaseView:
    """One of them with its texts and papers; Problem ``case_unknown`` (404)."""
    rows = calling.rows("my_case", acting, case_id)
    if not rows:
        raise calling.problem("case_unknown")
    return _case(rows, parts=("subject",))


def open_case(acting: Acting, case_id: UUID) -> CaseView:
    """A case on an officer's desk: an entry, and the subject is told. Of a child's records only those that the
    officer's own unit reported. Problem when it is not for this officer, or ``ledger_stalled`` (503)."""

    def ask(born: dt.date | None) -> list[Row]:
        return calling.rows("open_case", acting, case_id, born is not None)

    rows = minors.look(ask)
    head = rows[0][2]
    if head.get("refusal"):
        raise calling.problem(head["refusal"])
    gate_rows = [row for row in rows if row[0] in GATE]
    view = _case(rows, parts=head["parts"])
    return replace(view, file=handle(gate_rows), raw=tuple(gate_rows), entered_it=head["entered_it"])


def _case(rows: Iterable[Row], parts: Iterable[str]) -> CaseView:
    by_kind: dict[str, list[Row]] = {}
    for row in rows:
        by_kind.setdefault(row[0], []).append(row)
    return views.case(
        by_kind["case"][0][2], parts=parts,
        events=tuple(views.event(row[2]) for row in by_kind.get("event", [])),
        texts=tuple(views.text(row[2], row[3]) for row in by_kind.get("text", [])),
        papers=tuple(views.paper(row[2], row[3]) for row in by_kind.get("file", [])),
    )  # fmt: skip


def inbox(acting: Acting, **filters: Any) -> list[CaseView]:
    """The desk's list, the most urgent first; an entry. ``filters``: state (open, overdue, closed), procedure, unit,
    number, turn (own turn only), mine (delegated to oneself), limit, offset. Problem (403) for other roles."""
    answer = calling.asked("inbox", acting, {name: value for name, value in filters.items() if value not in (None, "")})
    return [views.case(raw) for raw in answer["rows"]]


@dataclass(frozen=True)
class Paper:
    """A paper with its bytes."""

    case_id: UUID
    name: str
    media: str
    data: bytes


def paper(acting: Acting, paper_id: UUID) -> Paper:
    """A paper of a case; for officers an entry. Problem ``case_unknown`` (404)."""
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT refusal, "case", name, media, sealed FROM rights.read_file(%s, %s, %s)',
            [acting.kind, acting.id, paper_id],
        )
        refusal, case_id, name, media, sealed = cursor.fetchone()
    if refusal or sealed is None:
        raise calling.problem(refusal or "paper_erased")
    return Paper(
        case_id,
        crypto.unseal_text(name, crypto.text_context(paper_id, "name")),
        media,
        crypto.unseal(sealed, crypto.text_context(paper_id, "file")),
    )


@dataclass(frozen=True)
class Elsewhere:
    """The same decision under another item: ``case``: the number of a case that runs about it."""

    record_id: UUID
    item: str
    source_unit: str
    document_no: str
    decided_on: dt.date
    authority: str | None
    status: str
    case: str | None


def elsewhere(acting: Acting, case_id: UUID) -> list[Elsewhere]:
    """Where else the fact of a case stands in the same file."""
    return [
        Elsewhere(UUID(raw["record"]), raw["item"], raw["source_unit"], raw["document_no"],
                  dt.date.fromisoformat(raw["decided_on"]), raw["authority"], raw["status"], raw["case"])
        for raw in calling.listed("elsewhere", acting, case_id)
    ]  # fmt: skip


def unit_notices(acting: Acting, **filters: Any) -> list[NoticeView]:
    """The recall notices to the actor's unit, those that wait first; an entry. ``filters``: state, since, id, limit,
    offset, all (the credit office: of every unit)."""
    wanted = {name: value for name, value in filters.items() if value not in (None, "")}
    return [views.notice(raw) for raw in calling.asked("unit_notices", acting, wanted)["rows"]]


def my_recalls(acting: Acting, case_id: UUID | None = None) -> list[RecallView]:
    """What became of the recalls of one's own records, recipient by recipient."""
    return [views.recall(raw) for raw in calling.listed("my_recalls", acting, case_id)]


def case_recalls(acting: Acting, case_id: UUID) -> list[NoticeView]:
    """The notices that a case led to, for who handles it."""
    return [views.notice(raw) for raw in calling.listed("case_recalls", acting, case_id)]


@dataclass(frozen=True)
class StatementView:
    """One's own statement beside a record; ``ended_by``: subject or office (then ``ground`` says why)."""

    id: UUID
    record_id: UUID
    text: str
    made_at: dt.datetime
    ended_at: dt.datetime | None
    ended_by: str
    ground: str


def my_statements(acting: Acting, opener_rows: Iterable[Row] = ()) -> list[StatementView]:
    """The account's statements, newest first. ``opener_rows``: the ``key`` rows of the opened file, for a person's."""
    opener = opener_of([row for row in opener_rows if row[0] == "key"])
    return [_statement(row, opener) for row in calling.rows("my_statements", acting)]


def _statement(row: Row, opener: crypto_subject.Opener) -> StatementView:
    _, subject, raw, sealed = row
    key = UUID(raw["id"])
    try:
        place = crypto_subject.statement_place(key)
        text = raw["text"] if sealed is None else opener.text(UUID(str(subject)), place, sealed)
    except crypto_subject.Erased:
        text = str(ERASED)
    return StatementView(
        key, UUID(raw["record_id"]), text, dt.datetime.fromisoformat(raw["made_at"]), views.moment(raw["ended_at"]),
        raw["ended_by"], raw["ground"],
    )  # fmt: skip


def my_representations(acting: Acting) -> list[dict[str, Any]]:
    """Who may act for the account's subject (direction ``by``), and for whom it may act (``for``)."""
    return calling.listed("my_representations", acting)


@dataclass(frozen=True)
class Figure:
    """Cases filed in a period: how many, how they ended (None: still open), how long (calendar days), how late."""

    procedure: str
    kind: str
    unit: str | None
    outcome: str | None
    n: int
    days_median: float | None
    days_longest: int | None
    late: int
    overdue: int


def figures(since: dt.date, until: dt.date) -> list[Figure]:
    """For everybody; counts only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights.figures(%s, %s)", [since, until])
        return [
            Figure(*(*row[:5], float(row[5]) if row[5] is not None else None, *row[6:])) for row in cursor.fetchall()
        ]


@dataclass(frozen=True)
class RecallFigure:
    """How a unit confirmed the recalls of a period."""

    unit: str
    n: int
    confirmed: int
    unconfirmed: int
    days_median: float | None


def recall_figures(since: dt.date, until: dt.date) -> list[RecallFigure]:
    """For everybody; counts only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights.recall_figures(%s, %s)", [since, until])
        return [RecallFigure(*(*row[:4], float(row[4]) if row[4] is not None else None)) for row in cursor.fetchall()]


def withdrawals(after: int = 0, limit: int = 500) -> list[tuple[int, str]]:
    """The public feed: (number, signed entry) after that number, in order; what is not signed yet waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, signed FROM rights_withdrawal WHERE seq > %s AND signed IS NOT NULL ORDER BY seq LIMIT %s",
            [after, min(limit, 1000)],
        )
        return list(cursor.fetchall())


def newest_withdrawal() -> int:
    """The number of the newest signed entry of the feed; 0: there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM rights_withdrawal WHERE signed IS NOT NULL")
        return int(cursor.fetchone()[0])
