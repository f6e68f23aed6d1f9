"""The worker's jobs with real transactions: killed at any point nothing is lost, nothing done twice; nobody is locked."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.roles import JOBS
from goodfaith.gate.models import Message
from goodfaith.intake.models import Delivery
from goodfaith.ledger.models import Entry
from goodfaith.records.models import Record
from goodfaith.rights import actions, jobs, signing
from goodfaith.rights.models import Case, Clock, Event, FindingsTold, Recall, RecallNotice, Withdrawal
from tests.conftest import as_role
from tests.intake.conftest import GOOD
from tests.rights.town import Town, at_source, deliver, do, draft, file, look, looked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_queue(lasting: None) -> None:
    """The queue's tables are not emptied with the others."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events")
        cursor.execute("DELETE FROM procrastinate_jobs")


def together(*tasks: Callable[[], object]) -> list[object]:
    """Each on a connection of its own under the web's role, begun at once; what each came to."""
    barrier, found = threading.Barrier(len(tasks)), [None] * len(tasks)  # type: list[Any]

    def run(place: int) -> None:
        try:
            barrier.wait()
            found[place] = tasks[place]()
        except Problem as problem:
            found[place] = problem.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_two_officers_deciding_at_once_one_wins_and_the_ledger_tells(lasting_town: Town) -> None:
    town = lasting_town
    for _ in range(4):
        ref = at_source(town)
        seen = {who: look(town, who, ref) for who in ("clerk", "second")}
        before = Record.objects.filter(subject_id=town.firm).count()
        came = together(
            lambda ref=ref, seen=seen: do(town, "clerk", ref, "correct", case=seen["clerk"],
                                          corrections={town.records["firm"]: {"CF_NR_FK": str(time.time_ns())[-4:-1] + "1"}}).step,
            lambda ref=ref, seen=seen: do(town, "second", ref, "maintain", case=seen["second"]).step,
        )  # fmt: skip
        assert "case_moved" in came and len({"corrected", "maintained"} & set(came)) == 1
        won = next(one for one in came if one != "case_moved")
        assert Case.objects.get(id=ref.id).outcome == won
        assert Event.objects.filter(case_id=ref.id, to=won).count() == 1
        assert Record.objects.filter(subject_id=town.firm).count() == before + (won == "corrected")
        entries = Entry.objects.filter(purpose="rights_case", case_no=ref.number, actor_kind="officer").order_by("-id")
        assert sorted(entries.values_list("outcome", flat=True)[:2]) == ["done", "refused"]


def test_of_two_drafts_filed_at_once_one_is_filed(lasting_town: Town) -> None:
    for _ in range(4):
        refs = [draft(lasting_town) for _ in range(2)]
        seen = [look(lasting_town, "firm", ref) for ref in refs]
        filing = [
            lambda ref=ref, case=case: do(lasting_town, "firm", ref, "file", case=case).step
            for ref, case in zip(refs, seen, strict=True)
        ]
        came = together(*filing)
        assert sorted(map(str, came)) == ["case_running", "filed"]
        winner = refs[came.index("filed")]
        do(lasting_town, "firm", winner, "withdraw")


def test_a_delivery_and_a_decision_about_one_record_do_not_cross(lasting_town: Town) -> None:
    """Whichever is first: one current version, and what was buried is not on top."""
    for n in range(3):
        ref = at_source(lasting_town)
        seen = look(lasting_town, "clerk", ref)
        right = {lasting_town.records["firm"]: {"CF_NR_FK": f"3{n}"}}
        together(
            lambda ref=ref, seen=seen, right=right: do(
                lasting_town, "clerk", ref, "correct", case=seen, corrections=right
            ),
            lambda n=n: deliver(lasting_town.acting("deliverer"), GOOD | {"CF_NR_FK": f"4{n}"}),
        )
        current = Record.objects.get(subject_id=lasting_town.firm, superseded_at=None)
        if Case.objects.get(id=ref.id).outcome == "corrected":
            assert current.content["CF_NR_FK"] == f"3{n}"
        else:
            assert current.content["CF_NR_FK"] == f"4{n}"
            do(lasting_town, "clerk", ref, "correct", corrections=right)


def overdue(town: Town) -> actions.CaseRef:
    """A case whose clocks ran out."""
    ref = file(town)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE rights_clock DISABLE TRIGGER guard")
        cursor.execute("UPDATE rights_clock SET started_on = started_on - 90, due_on = due_on - 90")
        cursor.execute("ALTER TABLE rights_clock ENABLE TRIGGER guard")
    return ref


def test_escalating_does_not_wait_for_who_is_acting(lasting_town: Town) -> None:
    """Waiting for each other would end in a deadlock; the next minute takes it up."""
    overdue(lasting_town)
    with transaction.atomic():
        Case.objects.select_for_update().get()

        def escalate() -> int | None:
            with as_role(JOBS):
                return jobs._one("SELECT rights.escalate(500)")

        assert together(escalate) == [0] and not Event.objects.filter(act="escalate").exists()
    jobs._one("SELECT rights.escalate(500)")
    assert Event.objects.filter(act="escalate").count() == Clock.objects.filter(escalated_at__isnull=False).count() > 0


def test_two_workers_tell_of_a_delivery_once(lasting_town: Town) -> None:
    together(jobs.tell_findings, jobs.tell_findings, jobs.tell_findings)
    assert (
        Message.objects.filter(kind="finding").count()
        == 2
        == sum(FindingsTold.objects.values_list("messages", flat=True))
    )


def test_a_long_delivery_is_told_although_shorter_ones_were_told_first(lasting_town: Town) -> None:
    """A delivery's moment is that of its beginning: it may be committed after others that began later."""
    jobs.tell_findings()
    late = deliver(lasting_town.acting("deliverer"), GOOD | {"CF_WSH": "示市监罚〔2026〕2号"})
    Delivery.objects.filter(pk=late.pk).update(committed_at=clock.now() - dt.timedelta(days=1))
    jobs.tell_findings()
    assert Message.objects.filter(kind="finding").count() == 3


SQL = {
    "findings": "SELECT rights.tell_findings()", "escalate": "SELECT rights.escalate(500)",
    "expire": "SELECT rights.expire(current_date + 10)", "remind": "SELECT rights.remind(5, 6)",
}  # fmt: skip


def outstanding(town: Town) -> None:
    """Something to do for every job."""
    for whose in ("firm", "person"):
        looked(town, "taxman", whose, "rights_counter")
    do(town, "clerk", at_source(town, "person"), "annul")
    overdue(town)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE rights_recallnotice DISABLE TRIGGER guard")
        cursor.execute("UPDATE rights_recallnotice SET due_on = current_date - 1")
        cursor.execute("ALTER TABLE rights_recallnotice ENABLE TRIGGER guard")
        cursor.execute("INSERT INTO rights_progress VALUES ('expired', '2026-01-01')")
        cursor.execute("ALTER TABLE records_record DISABLE TRIGGER records_guard")
        cursor.execute("UPDATE records_record SET display = '[2025-05-01,2026-05-01)' WHERE disclosure = 'open'")
        cursor.execute("ALTER TABLE records_record ENABLE TRIGGER records_guard")


def done() -> dict[str, int]:
    """How much of each job is done."""
    return {
        "findings": Message.objects.filter(kind="finding").count(),
        "escalate": Event.objects.filter(act="escalate").count(),
        "expire": Recall.objects.filter(reason="expired").count(),
        "remind": sum(RecallNotice.objects.values_list("reminders", flat=True)),
        "signed": RecallNotice.objects.exclude(signed=None).count() + Withdrawal.objects.exclude(signed=None).count(),
    }


def killed(statement: str) -> None:
    """A process that runs it as the jobs' role and is killed before its transaction is over."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        with transaction.atomic(), as_role(JOBS), connection.cursor() as cursor:
            cursor.execute(statement)
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL


def test_a_worker_killed_in_the_middle_of_any_job_loses_and_doubles_nothing(lasting_town: Town) -> None:
    outstanding(lasting_town)
    before = done()
    for statement in SQL.values():
        killed(statement)
        time.sleep(0.2)  # the server notices that the other end is gone
    assert done() == before
    jobs.minute(0)
    after = done()
    assert all(after[name] > before[name] for name in after), (before, after)
    assert after["signed"] == RecallNotice.objects.count() + Withdrawal.objects.count()
    jobs.minute(0)
    assert done() == after


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_a_worker_killed_while_signing_goes_on(lasting_town: Town, monkeypatch: pytest.MonkeyPatch, calls: int) -> None:
    """At each signature, before it is kept: what was kept stays as it is, the rest is signed."""
    outstanding(lasting_town)
    jobs._one(SQL["expire"])
    whole, made = signing._signed, []
    monkeypatch.setattr(signing, "BATCH", 1)

    def dies(kind: str, facts: dict[str, Any]) -> str:
        if len(made) == calls:
            raise KeyboardInterrupt
        made.append(whole(kind, facts))
        return made[-1]

    monkeypatch.setattr(signing, "_signed", dies)
    waiting = RecallNotice.objects.count() + Withdrawal.objects.count()
    with pytest.raises(KeyboardInterrupt):
        signing.sign_waiting()
    kept = {str(one.pk): one.signed for one in RecallNotice.objects.exclude(signed=None)}
    monkeypatch.setattr(signing, "_signed", whole)
    left = waiting - done()["signed"]
    assert signing.sign_waiting() == left > 0 and done()["signed"] == waiting
    assert all(RecallNotice.objects.get(pk=pk).signed == token for pk, token in kept.items())


def test_the_queue_runs_it_every_minute(lasting_town: Town) -> None:
    outstanding(lasting_town)
    jobs.minute.defer(timestamp=0)
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}
    assert all(done().values())
