"""Commits with real transactions: two at once, and progress that is seen meanwhile."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from goodfaith.common import clock
from goodfaith.intake import actions, work
from goodfaith.intake.models import Delivery
from goodfaith.records.models import Record
from tests.intake.conftest import CLERK, JOB, check, commit, csv_bytes, numbered, receive

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("lasting_world")]


def test_two_deliveries_of_the_same_facts_add_them_once() -> None:
    deliveries = [check(receive(csv_bytes(*numbered(40), *numbered(1, start=90 + n)))) for n in range(2)]
    outcome: list[Delivery] = []

    def one(delivery: Delivery) -> None:
        outcome.append(commit(delivery))
        connections.close_all()

    threads = [threading.Thread(target=one, args=[delivery]) for delivery in deliveries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {d.state for d in outcome} == {"committed"}
    assert sorted(d.added for d in outcome) == [1, 41] and sorted(d.repeated for d in outcome) == [0, 40]
    assert Record.objects.count() == 42 and len({d.receipt_no for d in outcome}) == 2


def test_progress_is_seen_while_the_work_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = check(receive(csv_bytes(*numbered(30))))
    seen: list[int] = []
    monkeypatch.setattr("goodfaith.intake.staging.sweep.__defaults__", (10,))

    def look(percent: int) -> None:
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT progress, state FROM intake_delivery WHERE id = %s", [delivery.pk])
            seen.append(cursor.fetchone()[0])
        other.close()

    actions.do_commit(acting=CLERK, at=clock.now(), delivery_id=delivery.pk, take="good", defer=False)
    work.do_commit_rows(delivery.pk, acting=JOB, at=clock.now(), more=look)
    assert seen[0] == 0 and seen == sorted(seen) and seen[-1] > 0
