"""The rules in Python and their twins in SQL find the same in any ledger, and a sample is the same in both."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodfaith.ledger.models import Entry
from goodfaith.oversight import limits, rules
from goodfaith.oversight.rules import Found, Look
from goodfaith.subjects.models import Judgement, Suspicion
from tests.city import City, city
from tests.oversight.looks import LIMITS, SUBJECTS, moment, period, write

__all__ = ["city"]
ROLL_BACK = RuntimeError("roll back")


@st.composite
def ledgers(draw: st.DrawFn) -> list[Look]:
    """Up to sixty looks of a few actors within forty days, thick enough that every rule finds something now and then."""
    looks = []
    for n in range(draw(st.integers(0, 60))):
        at = moment(draw(st.integers(-14, 22)), draw(st.sampled_from([0, 5, 6, 10, 21, 22])), second=n)
        looks.append(Look(
            id=1000 + n, at=at, kind=draw(st.sampled_from(["officer"] * 4 + ["machine"])),
            actor=draw(st.sampled_from(["7", "8"])), unit=draw(st.sampled_from(["t_a", "t_a", "t_b", ""])),
            subject=draw(st.sampled_from([*SUBJECTS, None])),
            purpose=draw(st.sampled_from(["credit_administration"] * 3 + ["duplicate_review", "audit_review"])),
            case_no=draw(st.sampled_from(["核〔2026〕7号", "1", "查询", "第七号件", " 12 ", None])),
            outcome=draw(st.sampled_from(["opened", "opened", "answered", "refused", "mismatch", "unknown", "done"])),
            refusal=draw(st.sampled_from([None, None, "ledger_stalled"])),
            neighbourhood=draw(st.sampled_from([None, b"n1", b"n1", b"n2"])), same_name=draw(st.booleans()),
        ))  # fmt: skip
    return looks


def found_by_sql(when: rules.Period, limits: dict[str, int] = LIMITS) -> list[tuple[Found, dict[str, Any]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rule, actor_kind, actor, unit, day, n, entries, facts FROM oversight.findings(%s, %s, %s, %s)",
            [when.since, when.until, json.dumps(limits), sorted(when.closed)],
        )
        rows = cursor.fetchall()
    return [(Found(*row[:6], tuple(row[6])), json.loads(row[7]) if isinstance(row[7], str) else row[7]) for row in rows]


def by_key(found: Found) -> tuple[Any, ...]:
    return found.rule, found.kind, found.actor, found.unit, found.day, found.entries


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(looks=ledgers(), closed=st.sets(st.integers(1, 20), max_size=8))
def test_the_twins_find_the_same(db: None, looks: list[Look], closed: set[int]) -> None:
    when = period(closed=sorted(closed))
    with pytest.raises(RuntimeError, match="roll back"), transaction.atomic():
        write(looks)
        by_sql = sorted(found_by_sql(when), key=lambda pair: by_key(pair[0]))
        by_python = sorted(rules.findings(looks, when, LIMITS), key=by_key)
        assert [found for found, _facts in by_sql] == by_python
        for (found, facts), twin in zip(by_sql, by_python, strict=True):
            if found.rule == "volume":
                assert facts == twin.facts
        raise ROLL_BACK


DAYS = st.lists(
    st.tuples(st.sampled_from(["7", "8", "9"]), st.sampled_from(["t_a", "t_a", "t_b"]), st.integers(-31, 6), st.integers(1, 14)),
    min_size=1, max_size=14, unique_by=lambda one: one[:3],
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(days=DAYS)
def test_the_twins_measure_the_same_volume(db: None, days: list[tuple[str, str, int, int]]) -> None:
    """Whole days of few and many looks, so that medians of the own days and of the others' decide."""
    counted = [(*day, k) for day in days for k in range(day[3])]
    looks = [
        Look(id=2000 + n, at=moment(day, 9, k), kind="officer", actor=actor, unit=unit, subject=SUBJECTS[k % 5],
             case_no=f"核{k % 3}号件")
        for n, (actor, unit, day, _count, k) in enumerate(counted)
    ]  # fmt: skip
    when = period(first=1, last=6)
    with pytest.raises(RuntimeError, match="roll back"), transaction.atomic():
        write(looks)
        by_sql = sorted(found_by_sql(when), key=lambda pair: by_key(pair[0]))
        volume = [(found, facts) for found, facts in by_sql if found.rule == "volume"]
        twins = sorted(rules.RULES["volume"].find(looks, when, LIMITS), key=by_key)
        assert volume == [(twin, twin.facts) for twin in twins]
        raise ROLL_BACK


def test_every_rule_has_a_twin_that_finds(city: City) -> None:
    """One ledger in which each rule finds something, by both."""
    looks = [
        Look(id=5000 + n, at=moment(3, 23, n), kind="officer", actor="7", unit="t_a", subject=SUBJECTS[n % 5],
             case_no="查询", neighbourhood=b"n", same_name=n == 0)
        for n in range(6)
    ]  # fmt: skip
    looks += [replace(look, id=look.id + 10, at=moment(4 + n)) for n, look in enumerate([looks[0]] * 3)]
    looks = [replace(look, id=6000 + n) for n, look in enumerate(looks)]
    looks += [
        Look(id=7000 + n, at=moment(5, 9, n), kind="machine", actor="m", unit="t_a", outcome="refused")
        for n in range(3)
    ]
    looks += [Look(id=8000, at=moment(5), kind="officer", actor="8", unit="t_a", purpose="duplicate_review",
                   subject=SUBJECTS[0], case_no=str(city.suspicion))]  # fmt: skip
    when = period(closed=[7])
    looks += [
        Look(id=8100, at=moment(7), kind="officer", actor="8", unit="t_a", subject=SUBJECTS[1], case_no="核7号件")
    ]
    write(looks)
    assert {found.rule for found, _facts in found_by_sql(when)} == set(rules.RULES)
    assert {found.rule for found in rules.findings(looks, when, LIMITS)} == set(rules.RULES)


@pytest.mark.parametrize(("after", "found"), [(-1, True), (0, False), (7 * 86400, False), (7 * 86400 + 1, True)])
def test_a_judgement_within_the_days_ends_the_finding(city: City, after: int, found: bool) -> None:
    judged = moment(3) + dt.timedelta(seconds=after)
    suspicion = Suspicion.objects.get()
    Judgement.objects.create(
        suspicion=suspicion, left=suspicion.left_id, right=suspicion.right_id, verdict="different", reason="x",
        officer_id="1", officer_name="x", unit="t_a", at=judged,
    )  # fmt: skip
    look = Look(id=9000, at=moment(3), kind="officer", actor="8", unit="t_a", purpose="duplicate_review",
                subject=SUBJECTS[0], case_no=str(suspicion.id),
                followed_at=judged if after >= 0 else None)  # fmt: skip
    write([look])
    assert ("unfollowed" in {one.rule for one, _facts in found_by_sql(period())}) is found
    assert ("unfollowed" in {one.rule for one in rules.findings([look], period(), LIMITS)}) is found


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.text("0123456789abcdef", min_size=1, max_size=64), size=st.integers(0, 40), count=st.integers(1, 30))
def test_a_sample_is_the_same_in_both(db: None, seed: str, size: int, count: int) -> None:
    with pytest.raises(RuntimeError, match="roll back"), transaction.atomic():
        write([Look(id=3000 + n, at=moment(3, second=n), kind="officer", actor="7", unit="t_a") for n in range(size)])
        last = 10_000_000
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT entry, population FROM oversight.sampled(%s, %s, %s, 't_a', %s, %s) ORDER BY place",
                [seed, moment(3, 0), moment(4, 0), last, count],
            )
            rows = cursor.fetchall()
        assert [row[0] for row in rows] == limits.sample(seed, range(3000, 3000 + size), count)
        assert {row[1] for row in rows} <= {size}
        assert Entry.objects.filter(id__gte=3000).count() == size
        raise ROLL_BACK
