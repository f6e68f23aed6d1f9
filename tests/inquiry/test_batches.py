"""Bulk checks: kept with the official, the reason and the paper; asked once per row; killed and taken up again."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
from typing import Any

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.common.roles import JOBS, WEB
from goodfaith.inquiry import actions, jobs, queries, work
from goodfaith.inquiry.models import Batch, BatchAttachment, BatchRow
from goodfaith.ledger.models import Entry
from goodfaith.parties.models import User
from tests.conftest import as_role
from tests.counter import CLEAN, CLEAN_ORGANISATION, MATTER, NOBODY, ORGANISATION, PERSON, Counter, code

PAPER = actions.Paper("批准.pdf", b"%PDF-1.7 the paper")
WORKER = Acting(kind="job", id="inquiry.check", name="批量核查作业")
LIST = [
    PERSON, CLEAN, NOBODY, ORGANISATION, CLEAN_ORGANISATION, ("写错的名称", ORGANISATION[1]), PERSON,
    ("某公司", ORGANISATION[1][:-1] + "0"), ("某公司", ""),
]  # fmt: skip
OUTCOMES = ["measures", "none", "none", "measures", "none", "mismatch", "repeated", "invalid", "invalid"]


def csv(rows: list[tuple[str, str]]) -> bytes:
    return "\n".join(["名称,统一社会信用代码", *(f"{name},{number}" for name, number in rows)]).encode()


def make(user: User, rows: list[tuple[str, str]] | None = None, **more: Any) -> Batch:
    said: dict[str, Any] = {
        "matter": MATTER, "case_no": "示采〔2026〕9号", "official_name": "示例负责人", "reason": "评审前核实供应商",
        "paper": PAPER, "filename": "名单.csv", "data": csv(LIST if rows is None else rows),
    }  # fmt: skip
    return actions.do_make_batch(acting=user.acting, at=clock.now(), **said | more)


def start(user: User, batch: Batch) -> None:
    actions.do_start_batch(acting=user.acting, at=clock.now(), batch_id=batch.pk)


def again(batch: Batch) -> Batch:
    return Batch.objects.get(pk=batch.pk)


def checks() -> list[Entry]:
    return list(Entry.objects.filter(matter=MATTER).order_by("id"))


@pytest.fixture
def lasting(lasting: None) -> None:
    """The queue is no table of Django's, and is not emptied with the others."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def clerk(counter: Counter) -> User:
    return counter.city.users["clerk"]


def test_a_list_is_kept_sealed_with_who_answers_for_it(clerk: User) -> None:
    with as_role(WEB):
        batch = make(clerk)
    assert (batch.rows, batch.askable, batch.people, batch.invalid, batch.repeated) == (9, 6, 3, 2, 1)
    kept = BatchAttachment.objects.get(batch=batch)
    assert (kept.media_type, kept.bytes) == ("application/pdf", len(PAPER.data))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(r::text, ' ') FROM inquiry_batchrow r")
        rows = cursor.fetchone()[0]
    for secret in (PERSON[0], PERSON[1], ORGANISATION[1], PERSON[0].encode().hex(), PERSON[1].encode().hex()):
        assert secret not in rows
    assert PAPER.data not in bytes(kept.sealed)
    assert History.objects.filter(action="inquiry.make", object_id=str(batch.pk)).exists()
    assert checks() == []


def test_the_web_can_put_rows_in_and_never_read_them(clerk: User) -> None:
    from django.db import DatabaseError, transaction

    with as_role(WEB):
        batch = make(clerk)
        for model in (BatchRow, BatchAttachment):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                model.objects.filter(batch=batch).count()


def run(batch: Batch, size: int = work.SLICE) -> None:
    with as_role(JOBS):
        while work.do_check_slice(acting=WORKER, at=clock.now(), batch_id=batch.pk, size=size):
            pass


@pytest.mark.parametrize("size", [1, 2, 4, 200])
def test_every_row_is_asked_once_and_answered(clerk: User, size: int) -> None:
    batch = make(clerk)
    start(clerk, batch)
    run(batch, size)
    with as_role(WEB):
        rows = queries.open_batch(clerk.acting, batch.pk)
    assert [row.outcome for row in rows] == OUTCOMES
    asked = [row for row in rows if row.entry]
    assert [entry.pk for entry in checks()] == [row.entry for row in asked]
    assert {entry.actor_id for entry in checks()} == {str(clerk.pk)}
    assert {entry.case_no for entry in checks()} == {"示采〔2026〕9号"}
    assert rows[0].measures[0]["document_no"]
    assert rows[6].same_as == rows[0].row
    assert "校验码" in rows[7].fault
    found = again(batch)
    assert (found.state, found.answered) == ("done", 6)
    assert found.counts == {"measures": 2, "none": 3, "mismatch": 1, "repeated": 1, "invalid": 2}


def test_while_nothing_is_sealed_it_waits_and_goes_on(clerk: User) -> None:
    batch = make(clerk)
    start(clerk, batch)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_state SET sealed_at = '2020-01-01'")
    with pytest.raises(Problem) as shut:
        run(batch)
    assert (shut.value.status, again(batch).answered) == (503, 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_state SET sealed_at = '9000-01-01'")
    run(batch)
    assert (again(batch).state, len(checks())) == ("done", 6)


def test_the_rows_of_a_list_stay_shut_while_nothing_is_sealed(clerk: User) -> None:
    """They name people, and say what bears on them."""
    batch = make(clerk)
    start(clerk, batch)
    run(batch)
    assert queries.open_batch(clerk.acting, batch.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_state SET sealed_at = '2020-01-01'")
    with pytest.raises(Problem) as shut:
        queries.open_batch(clerk.acting, batch.pk)
    assert (shut.value.code, shut.value.status) == ("ledger_stalled", 503)
    assert Entry.objects.filter(purpose="batch_review").latest("id").refusal == "ledger_stalled"


def test_an_officer_who_was_switched_off_gets_no_answers(clerk: User) -> None:
    batch = make(clerk)
    start(clerk, batch)
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    run(batch, 2)
    found = again(batch)
    assert found.state == "failed"
    assert found.problem["code"] == "actor_unknown"
    assert {entry.outcome for entry in checks()} == {"refused"}
    assert len(checks()) == 2


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"paper": actions.Paper("批准.pdf", b"")}, "attachment_empty"),
        ({"paper": actions.Paper("批准.pdf", b"MZ not a paper")}, "attachment_kind"),
        ({"paper": actions.Paper("批准.pdf", b"%PDF-" + b"x" * 2_000)}, "attachment_too_big"),
        ({"matter": "no_such"}, "matter_not_for_unit"),
        ({"data": "甲,乙\n1,2".encode()}, "columns_missing"),
        ({"data": b""}, "file_empty"),
    ],
)
def test_what_is_not_whole_is_not_kept(clerk: User, settings: Any, more: dict[str, Any], refused: str) -> None:
    settings.INQUIRY_MAX_ATTACHMENT_BYTES = 1_000
    with pytest.raises(Problem) as problem:
        make(clerk, **more)
    assert problem.value.code == refused
    assert not Batch.objects.exists()


def test_only_its_officer_moves_it_and_sees_the_rows(clerk: User, counter: Counter) -> None:
    batch = make(clerk)
    other, auditor = counter.city.users["other_clerk"], counter.city.users["auditor"]
    for act in (actions.do_start_batch, actions.do_cancel_batch):
        with pytest.raises(Problem):
            act(acting=other.acting, at=clock.now(), batch_id=batch.pk)
    start(clerk, batch)
    run(batch)
    with as_role(WEB):
        for user in (other, auditor):
            with pytest.raises(Problem) as refused:
                queries.open_batch(user.acting, batch.pk)
            assert refused.value.status == 403
        assert queries.open_attachment(auditor.acting, batch.pk).data == PAPER.data
        assert queries.open_attachment(clerk.acting, batch.pk).data == PAPER.data
        with pytest.raises(Problem):
            queries.open_attachment(other.acting, batch.pk)
    looks = Entry.objects.filter(case_no=str(batch.pk)).order_by("id").values_list("purpose", "outcome")
    assert list(looks) == [
        ("batch_review", "refused"), ("batch_review", "refused"), ("batch_attachment", "opened"),
        ("batch_attachment", "opened"), ("batch_attachment", "refused"),
    ]  # fmt: skip


def test_dates_decide_that_results_are_gone_and_the_job_only_sweeps(clerk: User) -> None:
    batch = make(clerk)
    start(clerk, batch)
    run(batch)
    Batch.objects.filter(pk=batch.pk).update(ends_on=clock.today())
    with as_role(WEB), pytest.raises(Problem) as gone:
        queries.open_batch(clerk.acting, batch.pk)
    assert gone.value.status == 410
    assert BatchRow.objects.filter(batch=batch).count() == 9
    with as_role(JOBS):
        assert work.do_clear_ended(acting=WORKER, at=clock.now()) == 1
        assert work.do_clear_ended(acting=WORKER, at=clock.now()) == 0
    assert not BatchRow.objects.filter(batch=batch).exists()
    assert BatchAttachment.objects.filter(batch=batch).exists()
    assert len(checks()) == 6


def test_it_lasts_thirty_days(clerk: User) -> None:
    batch = make(clerk)
    start(clerk, batch)
    run(batch)
    assert again(batch).ends_on == clock.today() + dt.timedelta(days=30)


def test_called_off_nothing_more_is_asked_and_the_rows_go(clerk: User) -> None:
    batch = make(clerk)
    start(clerk, batch)
    work.do_check_slice(acting=WORKER, at=clock.now(), batch_id=batch.pk, size=2)
    actions.do_cancel_batch(acting=clerk.acting, at=clock.now(), batch_id=batch.pk)
    run(batch)
    assert len(checks()) == 2
    with as_role(JOBS):
        work.do_clear(acting=WORKER, at=clock.now(), batch_id=batch.pk)
    assert not BatchRow.objects.exists()
    with pytest.raises(Problem):
        start(clerk, batch)


def test_the_daily_limit_counts_people_of_the_unit(clerk: User, counter: Counter, settings: Any) -> None:
    settings.INQUIRY_DAILY_PEOPLE = 4
    first, second = make(clerk), make(clerk)
    companies = make(clerk, [(f"公司{n}", code(f"91990101MA00002{n}X")) for n in range(5)])
    start(clerk, first)
    with pytest.raises(Problem) as full:
        start(clerk, second)
    assert (full.value.code, full.value.status) == ("daily_limit", 429)
    start(clerk, companies)
    Batch.objects.filter(pk=first.pk).update(started_on=clock.today() - dt.timedelta(days=1))
    start(clerk, second)


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_it_and_takes_up_what_a_killed_one_left(lasting: None, clerk: User) -> None:
    batch = make(clerk)
    start(clerk, batch)
    long_ago = clock.now() - dt.timedelta(hours=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [long_ago])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [cursor.fetchone()[0]])
    work.do_check_slice(acting=WORKER, at=clock.now(), batch_id=batch.pk, size=2)
    assert jobs.recover_stalled() == 1
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(queues=["inquiry"], wait=False, install_signal_handlers=False, listen_notify=False)
    assert again(batch).state == "done"
    assert len(checks()) == 6
    assert not ProcrastinateJob.objects.filter(queue_name="inquiry", status="todo", task_name="inquiry.check").exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ask_every_row_once(lasting: None, clerk: User) -> None:
    batch = make(clerk, [*LIST, *((f"公司{n}", code(f"91990101MA00003{n}X")) for n in range(10))])
    start(clerk, batch)

    def ask() -> None:
        try:
            while work.do_check_slice(acting=WORKER, at=clock.now(), batch_id=batch.pk, size=3):
                pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert again(batch).state == "done"
    assert len(checks()) == 16
    assert BatchRow.objects.exclude(entry=None).values("entry").distinct().count() == 16


def killed_in_the_second_slice(batch: Batch) -> None:
    """In a process of its own: ask two rows, then die by SIGKILL when the next two are asked and not yet kept."""
    inherited, connection.connection = connection.connection, None  # the parent's; it must not be closed here
    keep, turns = work._keep, []

    def die(told: Any) -> None:
        turns.append(told)
        if len(turns) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        keep(told)

    work._keep = die
    while work.do_check_slice(acting=WORKER, at=clock.now(), batch_id=batch.pk, size=2):
        pass
    assert inherited is not None


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_a_slice_nothing_is_lost_or_doubled(lasting: None, clerk: User) -> None:
    batch = make(clerk)
    start(clerk, batch)
    child = os.fork()
    if child == 0:
        try:
            killed_in_the_second_slice(batch)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert (again(batch).answered, len(checks())) == (2, 2)
    run(batch, 2)
    assert (again(batch).state, len(checks())) == ("done", 6)
    kept = sorted(BatchRow.objects.exclude(entry=None).values_list("entry", flat=True))
    assert kept == [entry.pk for entry in checks()]


@pytest.mark.django_db(transaction=True)
def test_two_lists_started_at_once_keep_to_the_daily_limit(lasting: None, clerk: User, settings: Any) -> None:
    settings.INQUIRY_DAILY_PEOPLE = 4
    batches = [make(clerk) for _ in range(3)]
    told: list[str] = []
    together = threading.Barrier(3)

    def begin(batch: Batch) -> None:
        together.wait()
        try:
            start(clerk, batch)
            told.append("started")
        except Problem as problem:
            told.append(problem.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["daily_limit", "daily_limit", "started"]


@pytest.mark.django_db(transaction=True)
def test_called_off_while_it_runs_no_row_is_asked_after(lasting: None, clerk: User) -> None:
    """One order wins: what the ledger holds when the cancelling returns is all there will ever be."""
    batch = make(clerk, [*LIST, *((f"公司{n}", code(f"91990101MA00004{n}X")) for n in range(10))])
    start(clerk, batch)
    begun = threading.Event()

    def ask() -> None:
        try:
            while work.do_check_slice(acting=WORKER, at=clock.now(), batch_id=batch.pk, size=1):
                begun.set()
        finally:
            connections.close_all()

    worker = threading.Thread(target=ask)
    worker.start()
    begun.wait(20)
    actions.do_cancel_batch(acting=clerk.acting, at=clock.now(), batch_id=batch.pk)
    asked = len(checks())
    worker.join()
    assert len(checks()) == asked == again(batch).answered
    assert again(batch).state == "cancelled"
