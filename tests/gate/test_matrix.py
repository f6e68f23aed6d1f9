"""Role × unit kind × purpose × consent state × hold, every combination, against the twin in plain Python."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from django.db import connection

from goodfaith.common import clock, crypto
from goodfaith.common.roles import WEB
from goodfaith.gate.models import Hold
from goodfaith.law import queries as law
from goodfaith.ledger.models import Entry
from tests.city import ID_NUMBER, PENALTY, City
from tests.conftest import as_role
from tests.gate import twin
from tests.gate.cast import LICENCE, UNIT_KINDS, Cast, everybody, give

OPEN = """
    SELECT c.place, o.facts ->> 'outcome', o.facts ->> 'refusal', (o.facts ->> 'entry')::bigint
    FROM unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY c(kind, id, purpose, place)
    CROSS JOIN LATERAL gate.open_file(c.kind, c.id, c.purpose, %s, NULL, NULL, '甲1', NULL) o
    WHERE o.kind = 'entry' ORDER BY c.place
"""
CHECK = """
    SELECT c.place, o.outcome, o.refusal, o.entry
    FROM unnest(%s::text[], %s::text[], %s::text[]) WITH ORDINALITY c(kind, id, matter, place)
    CROSS JOIN LATERAL gate.check(c.kind, c.id, c.matter, '甲1', %s, %s) o ORDER BY c.place
"""
Answer = tuple[int, str, str | None, int]


def _ask(statement: str, columns: list[list[str]], *more: Any) -> list[Answer]:
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute(statement, [*columns, *more])
        return list(cursor.fetchall())


def _consents(city: City, state: str) -> None:
    """Bring every party that could need one into this state of consent."""
    yesterday = clock.today() - dt.timedelta(days=1)
    consenting = [p for p in law.purposes() if p.ground == "consent"]
    for purpose, kind in itertools.product(consenting, UNIT_KINDS):
        party = f"k_{kind}"
        if state == "whole":
            give(city, party, purpose.code, [PENALTY, LICENCE])
        elif state == "partial":
            give(city, party, purpose.code, [PENALTY])
        elif state == "ended":
            give(city, party, purpose.code, until=yesterday)
        elif state == "used_up":
            give(city, party, purpose.code, uses=2, used=2)
        elif state == "withdrawn":
            give(city, party, purpose.code, withdrawn=True)
        elif state == "other_party":
            give(city, "t_a", purpose.code)
        elif state == "other_purpose":
            give(city, party, "self_access")


def _say(case: tuple[Cast, Any], want: str, answer: Answer) -> str | None:
    got = answer[2] or answer[1]
    return None if got == want else f"{case[0].twin} {case[1].code}: {want} wanted, {got} came"


def _entries_agree(answers: list[Answer]) -> None:
    entries = dict(Entry.objects.filter(id__in=[a[3] for a in answers]).values_list("id", "refusal"))
    assert len(entries) == len(answers)
    assert all(entries[entry] == refusal for _, _, refusal, entry in answers)


@pytest.mark.parametrize("hold", [False, True])
@pytest.mark.parametrize("consent", twin.CONSENTS)
def test_every_combination_of_a_file(city: City, consent: str, hold: bool) -> None:
    _consents(city, consent)
    if hold:
        Hold.objects.create(subject_id=city.person, placed_at=clock.now(), placed_by="1")
    cases = list(itertools.product(everybody(city), law.purposes()))
    columns = [[c.kind for c, _ in cases], [c.id for c, _ in cases], [p.code for _, p in cases]]
    answers = _ask(OPEN, columns, city.person)
    world = twin.World(consent, hold)
    wrong = [_say(case, twin.file(case[0].twin, case[1], world), answer)
             for case, answer in zip(cases, answers, strict=True)]  # fmt: skip
    assert [text for text in wrong if text] == []
    assert {a[1] for a in answers} == {"opened", "refused"}
    _entries_agree(answers)


@pytest.mark.parametrize("stalled", [False, True])
@pytest.mark.parametrize("subject_kind", ["person", "organisation"])
def test_every_combination_of_a_check(city: City, subject_kind: str, stalled: bool) -> None:
    if stalled:
        connection.cursor().execute("UPDATE ledger_state SET sealed_at = '2000-01-01'")
    number = ("id_number", ID_NUMBER) if subject_kind == "person" else ("uscc", "91990101MA0000007H")
    matters = [m for m in law.matters() if law.purpose(m.purposes[0]).ground == "statute"]
    cases = list(itertools.product(everybody(city), matters))
    columns = [[c.kind for c, _ in cases], [c.id for c, _ in cases], [m.code for _, m in cases]]
    answers = _ask(CHECK, columns, number[0], crypto.index_key(*number))
    wrong = [
        _say(case, twin.check(case[0].twin, case[1], law.purpose(case[1].purposes[0]), subject_kind, stalled), answer)
        for case, answer in zip(cases, answers, strict=True)
    ]
    assert [text for text in wrong if text] == []
    _entries_agree(answers)
