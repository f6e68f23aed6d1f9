"""Commits with real transactions: two at once, and progress that is seen meanwhile."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from django.db import connection, connections

from goodfaith.common import clock
from goodfaith.intake import actions, work
from goodfaith.intake.models import Delivery
from goodfaith.records.models import Record
from goodfaith.subjects.models import Subject
from tests.intake.conftest import CLERK, JOB, again, check, commit, csv_bytes, numbered, receive

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


KILLED_HALF_WAY = """
import sys, time, uuid
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM
from goodfaith.intake import merge, staging, work
staging.sweep.__defaults__ = (10,)
real = merge.records.do_record
def slow(*given, **more):
    real(*given, **more)
    print("written", flush=True)
    time.sleep(60)
merge.records.do_record = slow
work.do_commit_rows(uuid.UUID(sys.argv[2]), acting=SYSTEM, at=clock.now())
"""


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_starts_again() -> None:
    delivery = check(receive(csv_bytes(*numbered(30))))
    actions.do_commit(acting=CLERK, at=clock.now(), delivery_id=delivery.pk, take="good", defer=False)
    subjects = Subject.objects.count()
    name = connection.settings_dict["NAME"]
    command = [sys.executable, "-c", KILLED_HALF_WAY, name, str(delivery.pk)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None and worker.stdout.readline() == b"written\n"
        worker.kill()
    assert again(delivery).state == "committing"
    assert not Record.objects.exists() and Subject.objects.count() == subjects
    work.run(work.do_commit_rows, str(delivery.pk), acting=JOB)
    assert again(delivery).state == "committed" and Record.objects.count() == 30
