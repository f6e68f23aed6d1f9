"""The one statement over all records says what the rule classes say, of every class and on awkward days."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg.types.range import DateRange

from goodfaith.common import clock
from goodfaith.law import queries
from goodfaith.law.rules import add_months
from goodfaith.rights.terms import Facts, Span, terms_of
from goodfaith.rights.terms.bulk import BulkTerms, statement, terms
from goodfaith.subjects.models import Subject

pytestmark = pytest.mark.django_db
D = dt.date
ITEM = "licensing.administrative_penalty"
NOTHING = ("none", "none")
EDGES = [D(2024, 2, 29), D(2023, 12, 31), D(2026, 1, 31), D(2025, 11, 30), D(2026, 3, 31), D(2026, 4, 1), D(2019, 8, 31)]
days = st.sampled_from(EDGES) | st.dates(D(2016, 1, 1), D(2030, 12, 31))

COLUMNS = (
    "subject_id, id, version, item_id, edition, polarity, disclosure, status, decided_on, document_no, display,"
    " display_class, display_version, in_force, content, fact, digest, source_unit, delivery_id, recorded_at,"
    " superseded_at"
)


@pytest.fixture
def subject() -> Subject:
    return Subject.objects.create(kind="organisation", created_at=clock.now())


def store(subject: Subject, many: list[Facts], **changed: Any) -> list[uuid.UUID]:
    """Records with these facts; returns their ids in order."""
    ids = [uuid.uuid4() for _ in many]
    rows = [_row(subject, key, each, **changed) for key, each in zip(ids, many, strict=True)]
    places = ", ".join(["%s"] * len(rows[0])) if rows else ""
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO records_record ({COLUMNS}) VALUES ({places})", rows)
    return ids


def _row(subject: Subject, key: uuid.UUID, facts: Facts, **changed: Any) -> list[Any]:
    shown = facts.display
    display = DateRange(empty=True) if shown.is_empty else DateRange(shown.start, shown.end, "[)")
    given = {
        "subject_id": subject.pk, "id": key, "version": 1, "item_id": facts.item, "edition": "e",
        "polarity": "negative", "disclosure": facts.disclosure, "status": facts.status,
        "decided_on": facts.decided_on, "document_no": "1", "display": display,
        "display_class": facts.display_class, "display_version": facts.display_version,
        "in_force": DateRange(None, None), "content": "{}", "fact": key.bytes, "digest": key.bytes,
        "source_unit": "u", "delivery_id": key, "recorded_at": clock.now(), "superseded_at": None,
    }  # fmt: skip
    return list({**given, **changed}.values())


@st.composite
def displays(draw: st.DrawFn, decided: D) -> Span:
    kind = draw(st.sampled_from(["hidden", "whole", "shortened", "open", "other start"]))
    if kind == "hidden":
        return Span(is_empty=True)
    start = draw(days) if kind == "other start" else decided
    if kind == "open":
        return Span(start)
    length = draw(st.sampled_from([3, 12, 36])) if kind != "shortened" else draw(st.integers(1, 2))
    return Span(start, add_months(start, length))


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    version, code = draw(st.sampled_from([*sorted(queries.term_law().classes), NOTHING]))
    decided = draw(days)
    return Facts(ITEM, version, code, decided, draw(displays(decided)))


def told(facts: Facts) -> tuple[Any, ...]:
    found = terms_of(facts)
    return found.level, found.earliest, found.last_day, found.barred is not None


def read(rows: Iterator[BulkTerms]) -> dict[uuid.UUID, tuple[Any, ...]]:
    return {row.record_id: (row.level, row.earliest, row.last_day, row.barred) for row in rows}


GENERAL = ("administrative_penalty/order_36", "general")
LEAP, LAST = D(2024, 2, 29), D(2026, 1, 31)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(many=st.lists(some_facts(), min_size=1, max_size=25))
@example(many=[Facts(ITEM, *GENERAL, LEAP, Span(LEAP, D(2025, 2, 28))), Facts(ITEM, *GENERAL, LAST, Span(is_empty=True))])
def test_the_statement_says_what_the_rule_classes_say(subject: Subject, many: list[Facts]) -> None:
    ids = store(subject, many)
    found = read(terms(subject=subject.pk))
    assert [found[key] for key in ids] == [told(each) for each in many]


def test_every_class_of_the_shipped_rules(subject: Subject) -> None:
    many = [
        Facts(ITEM, version, code, day, Span(is_empty=True) if hidden else Span(day, add_months(day, 12)))
        for version, code in sorted(queries.term_law().classes)
        for day in EDGES
        for hidden in (True, False)
    ]
    ids = store(subject, many)
    found = read(terms(subject=subject.pk))
    assert [found[key] for key in ids] == [told(each) for each in many]


def test_months_end_where_the_law_ends_them() -> None:
    """PostgreSQL's make_interval against add_months: every day of five years by every number of months up to five
    years."""
    start, count = D(2023, 1, 1), 365 * 5
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::date + n, m, (%s::date + n + make_interval(months => m))::date"
            " FROM generate_series(0, %s) n, generate_series(0, 60) m",
            [start, start, count],
        )
        assert all(add_months(day, months) == end for day, months, end in cursor.fetchall())


def test_only_current_negative_records_are_told(subject: Subject) -> None:
    one = Facts(ITEM, *GENERAL, D(2026, 4, 1), Span(D(2026, 4, 1), D(2027, 4, 1)))
    kept = store(subject, [one])
    store(subject, [one], polarity="neutral")
    store(subject, [one], superseded_at=clock.now())
    assert list(read(terms(subject=subject.pk))) == kept


def test_narrowed_by_item_and_by_the_day_it_opens(subject: Subject) -> None:
    early = Facts(ITEM, *GENERAL, D(2026, 4, 1), Span(D(2026, 4, 1), D(2027, 4, 1)))
    late = Facts("market.serious_breach", "market_list/order_36", "listed", D(2026, 4, 1), Span(D(2026, 4, 1)))
    first, second = store(subject, [early, late])
    assert list(read(terms(subject=subject.pk, item=ITEM))) == [first]
    assert list(read(terms(subject=subject.pk, opens_before=D(2026, 7, 2)))) == [first]
    assert list(read(terms(subject=subject.pk, opens_from=D(2026, 7, 2)))) == [second]
    assert not read(terms(subject=subject.pk, opens_from=D(2026, 7, 2), opens_before=D(2027, 4, 1)))


def test_it_is_one_statement_that_can_stand_in_another() -> None:
    sql, values = statement(item=ITEM)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT level, count(*) FROM ({sql}) t GROUP BY level", values)
        assert cursor.fetchall() == []
