"""What stands beside open clauses on their public page: states, successions, evidence, the documents above and below.

Everything is asked for by ids of open duties, as :func:`.public.public_document` gave them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from goodfaith.duties import rules
from goodfaith.duties.models import ClauseLink, Duty
from goodfaith.duties.queries.rows import fetched
from goodfaith.duties.queries.show_evidence import Pieces, pieces

STATES = ("done", "doing", "waiting", "overdue", "ended")
NOT_BEGUN = frozenset({"assigned", "confirmed"})
DEEPEST = 4
"""State, province, city, county."""


class Running(Protocol):
    """An assignment, as far as its state goes."""

    @property
    def period(self) -> str: ...
    @property
    def step(self) -> str: ...
    @property
    def overdue(self) -> bool: ...


def state_of(found: Sequence[Running]) -> str:
    """One of :data:`STATES` for a duty: overdue if any part of it is, otherwise what its latest period says."""
    if any(one.overdue for one in found):
        return "overdue"
    latest = max((one.period for one in found), default="")
    steps = {one.step for one in found if one.period == latest}
    if steps <= rules.CLOSED:
        return "done" if "accepted" in steps else "ended"
    return "waiting" if steps <= NOT_BEGUN else "doing"


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment of :func:`standings`."""

    period: str
    step: str
    overdue: bool


def standings() -> dict[int, Counter[str]]:
    """How many open duties of each document are in which state."""
    by_duty: dict[tuple[int, UUID], list[Standing]] = {}
    for document, duty, *rest in fetched("SELECT document_id, duty_id, period, step, overdue FROM open.duty", {}):
        by_duty.setdefault((document, duty), []).append(Standing(*rest))
    found: dict[int, Counter[str]] = {}
    for (document, _), runs in by_duty.items():
        found.setdefault(document, Counter())[state_of(runs)] += 1
    return found


def shared_counts(documents: Sequence[int]) -> dict[int, int]:
    """How many clauses of these documents only offices read: the number, nothing else."""
    found = Duty.objects.filter(document__in=documents, document__step="adopted", disclosure="shared")
    return Counter(found.values_list("document_id", flat=True))


@dataclass(frozen=True, slots=True)
class Succession:
    """A unit that gave its part to another; ``on`` the first day of the other."""

    was: str
    now: str
    on: dt.date


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part: its name now, and as the document has it."""

    unit_name: str
    written: str


@dataclass(frozen=True, slots=True)
class Question:
    """As published."""

    question: str
    answer: str
    unit_name: str
    answered_on: dt.date


@dataclass(frozen=True, slots=True)
class Above:
    """A clause that a clause carries on, or that carries it on. ``document_id`` and ``place`` where it may be opened;
    without its words where the document is not adopted here, or the clause is not open."""

    level: int
    """1: the next document; 2: the one after it."""
    title: str
    doc_no: str
    number: str
    clause: str
    document_id: int | None
    place: int | None


@dataclass
class Beside:
    """All of these of one duty. ``evidence``: what stood with its accepted progress."""

    successions: list[Succession] = field(default_factory=list)
    participants: list[Participant] = field(default_factory=list)
    evidence: Pieces = field(default_factory=Pieces)
    questions: list[Question] = field(default_factory=list)
    above: list[Above] = field(default_factory=list)
    below: list[Above] = field(default_factory=list)


SUCCESSIONS = """
    SELECT l.duty_id, coalesce(a.name, l.full), coalesce(b.name, n.full), l.until
    FROM duties_dutyunit l
    JOIN duties_dutyunit n ON n.duty_id = l.duty_id AND n.line = l.line AND n.since = l.until AND n.id > l.id
    LEFT JOIN parties_unit a ON a.code = l.unit_id LEFT JOIN parties_unit b ON b.code = n.unit_id
    WHERE l.duty_id = ANY (%(duties)s) ORDER BY l.until, l.line
"""
PARTICIPANTS = """
    SELECT p.duty_id, p.unit_name, p.written FROM open.duty_participant p
    WHERE p.duty_id = ANY (%(duties)s) ORDER BY p.line
"""
QUESTIONS = """
    SELECT q.duty_id, q.question, q.answer, q.unit_name, q.answered_on FROM open.duty_question q
    WHERE q.duty_id = ANY (%(duties)s) ORDER BY q.answered_on DESC
"""


def beside(duties: Iterable[UUID]) -> dict[UUID, Beside]:
    """What stands beside each of these open duties."""
    found = {key: Beside() for key in duties}
    given = {"duties": list(found)}
    for key, *row in fetched(SUCCESSIONS, given):
        found[key].successions.append(Succession(*row))
    for key, *row in fetched(PARTICIPANTS, given):
        found[key].participants.append(Participant(*row))
    for key, stood in pieces(found).items():
        found[key].evidence = stood
    for key, *row in fetched(QUESTIONS, given):
        found[key].questions.append(Question(*row))
    _chains(found)
    return found


# -- the documents above and below -------------------------------------------------------------------------
def _chains(found: Mapping[UUID, Beside]) -> None:
    start: dict[UUID, UUID] = {}
    for duty, clause in Duty.objects.filter(pk__in=list(found)).values_list("id", "proposal__clause"):
        if clause is not None:
            start[duty] = clause
    for name, mine, other in (("above", "later", "earlier"), ("below", "earlier", "later")):
        steps = _walk(set(start.values()), mine, other)
        places = _places({key for step in steps.values() for key, _level in step})
        for duty, clause in start.items():
            setattr(found[duty], name, [places[key](level) for key, level in steps.get(clause, [])])


def _walk(clauses: set[UUID], mine: str, other: str) -> dict[UUID, list[tuple[UUID, int]]]:
    """From each clause along confirmed links, the nearest first: (clause, level)."""
    links: dict[UUID, list[UUID]] = {}
    frontier = set(clauses)
    for _step in range(DEEPEST):
        rows = ClauseLink.objects.filter(state="confirmed", **{f"{mine}__in": frontier}).order_by(f"{other}__place")
        pairs = list(rows.values_list(f"{mine}_id", f"{other}_id"))
        for here, there in pairs:
            links.setdefault(here, []).append(there)
        frontier = {there for _here, there in pairs} - links.keys()
        if not frontier:
            break
    return {clause: _along(clause, links) for clause in clauses}


def _along(clause: UUID, links: Mapping[UUID, list[UUID]]) -> list[tuple[UUID, int]]:
    listed: dict[UUID, int] = {}
    now = [clause]
    for level in range(1, DEEPEST + 1):
        now = [there for here in now for there in links.get(here, ()) if there not in listed and there != clause]
        listed |= dict.fromkeys(now, level)
    return list(listed.items())


CLAUSES = """
    SELECT c.id, o.id, o.title, o.doc_no, o.step, c.number, c.title,
           (SELECT min(d.place) FROM duties_duty d JOIN duties_proposal p ON p.id = d.proposal_id
            WHERE p.clause_id = c.id AND d.disclosure = 'open'),
           EXISTS (SELECT FROM duties_duty d JOIN duties_proposal p ON p.id = d.proposal_id
                   WHERE p.clause_id = c.id AND d.disclosure <> 'open')
    FROM duties_clause c JOIN duties_document o ON o.id = c.document_id WHERE c.id = ANY (%(clauses)s)
"""


def _places(clauses: set[UUID]) -> dict[UUID, Any]:
    """How each clause is told, for a level."""
    return {row[0]: _place(*row[1:]) for row in fetched(CLAUSES, {"clauses": list(clauses)})}


def _place(
    document: int, title: str, doc_no: str, step: str, number: str, clause: str, place: int | None, guarded: bool
) -> Any:
    opens = step == "adopted" and not guarded

    def told(level: int) -> Above:
        reached = document if opens and place is not None else None
        words = (number, clause) if opens else ("", "")
        return Above(level, title, doc_no, *words, reached, place if reached is not None else None)

    return told
