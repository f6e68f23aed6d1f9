"""The queue: each step hands on to the next, a step is queued once, and what a dead worker left is taken up."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from goodfaith.common import clock
from goodfaith.intake import actions, jobs
from goodfaith.intake.models import Delivery
from goodfaith.intake.queueing import later
from goodfaith.records.models import Record
from tests.intake.conftest import CLERK, PENALTY, ROW, again, csv_bytes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_queue(lasting_world: None) -> None:
    """The queue's tables are not emptied with the others."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute("DELETE FROM procrastinate_jobs")


def work_off() -> None:
    """Run what is queued, in a worker."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def receive() -> Delivery:
    return actions.do_receive(acting=CLERK, at=clock.now(), item=PENALTY, filename="a.csv", data=csv_bytes(ROW))


def queued() -> list[str]:
    return list(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))


def test_the_worker_takes_a_delivery_through_its_steps() -> None:
    delivery = receive()
    assert queued() == ["intake.read"]
    work_off()
    assert again(delivery).state == "mapped"
    mapping = again(delivery).mapping
    actions.do_confirm_mapping(acting=CLERK, at=clock.now(), delivery_id=delivery.pk, edition="v2018", mapping=mapping)
    work_off()
    assert again(delivery).state == "checked"
    actions.do_commit(acting=CLERK, at=clock.now(), delivery_id=delivery.pk, take="good")
    work_off()
    assert again(delivery).state == "committed" and Record.objects.count() == 1


def test_a_delivery_by_api_needs_nobody() -> None:
    delivery = actions.do_submit_rows(acting=CLERK, at=clock.now(), item=PENALTY, rows=[ROW])
    work_off()
    assert again(delivery).state == "committed"


def test_a_step_is_queued_once() -> None:
    delivery = receive()
    later("intake.read", delivery.pk)
    assert queued() == ["intake.read"]


def test_what_a_killed_worker_left_is_taken_up() -> None:
    delivery = receive()
    long_ago = clock.now() - dt.timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [long_ago])
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    assert queued() == []
    assert jobs.recover_stalled() == 1
    assert queued() == ["intake.read"]
    work_off()
    assert again(delivery).state == "mapped"
