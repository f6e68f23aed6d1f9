"""Whoever was given a record that was corrected or ended is told, confirms, is reminded; the subject sees it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.publishing import jwks, verify
from goodfaith.common.roles import JOBS, WEB
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import CheckRow, Delay
from goodfaith.gate.models import Given, Message
from goodfaith.ledger.models import Entry
from goodfaith.parties.models import MachineClient, Unit
from goodfaith.records.models import Record
from goodfaith.rights import actions, desk_queries, jobs, notices, queries, signing
from goodfaith.rights.models import Progress, Recall, RecallNotice, Withdrawal
from tests.conftest import as_role
from tests.rights.town import (
    ID_NUMBER,
    USCC,
    Town,
    accepted,
    at_source,
    checked,
    do,
    listed,
    look,
    looked,
    make_matter,
    on,
    own_file,
    user,
)

BOTH = pytest.mark.parametrize("whose", ["firm", "person"])


def told(town: Town) -> set[str]:
    """The units that were told."""
    return set(RecallNotice.objects.values_list("unit", flat=True))


def bulk(town: Town, whose: str) -> None:
    number = ("id_number", ID_NUMBER) if whose == "person" else ("uscc", USCC)
    with as_role(JOBS):
        gate.check_many(acting=town.acting("taxman"), matter="m_test", case_no="批1", rows=[CheckRow(number, None)])


GIVEN: list[tuple[str, Any]] = [
    ("file", lambda town, whose: looked(town, "taxman", whose, "rights_counter")),
    ("check", lambda town, whose: checked(town, whose)),
    ("bulk", bulk),
]


@BOTH
@pytest.mark.parametrize("give", [give for _, give in GIVEN], ids=[name for name, _ in GIVEN])
def test_each_way_of_being_given_a_record_makes_a_recipient(town: Town, whose: str, give: Any) -> None:
    make_matter()
    give(town, whose)
    looked(town, "clerk", whose, "source_verification")
    looked(town, "taxman", "person" if whose == "firm" else "firm", "rights_counter")  # of somebody else
    ref = at_source(town, whose)
    do(town, "clerk", ref, "correct")
    notice = RecallNotice.objects.get()
    assert (notice.unit, notice.looks) == ("tax", 1)  # the unit that decided knows
    recall = Recall.objects.get()
    assert (recall.reason, recall.version, recall.record_id) == ("corrected", 1, town.records[whose])
    assert notice.entries == [Given.objects.get(unit="tax", subject_id=getattr(town, whose)).entry_id]


def test_a_check_that_told_nothing_makes_no_recipient(town: Town) -> None:
    make_matter()
    file_ref = at_source(town, kind="not_me")
    assert checked(town, "firm") == []
    do(town, "clerk", file_ref, "unlink")
    assert told(town) == set()


def test_looks_of_before_are_told_too_when_they_may_have_given_it(town: Town) -> None:
    """Before the rights came only the number of records was kept: who had some may have had this one."""
    looked(town, "taxman", "firm", "rights_counter")
    looked(town, "taxman", "firm", "source_verification")  # nothing of its own: gave nothing
    connection.cursor().execute("ALTER TABLE gate_given DISABLE TRIGGER append_only")
    Given.objects.all().delete()
    connection.cursor().execute("ALTER TABLE gate_given ENABLE TRIGGER append_only")
    Progress.objects.filter(name="given_since").update(value=str(Entry.objects.latest("id").id))
    do(town, "clerk", at_source(town), "annul")
    assert told(town) == {"tax"} and RecallNotice.objects.get().looks == 1


@pytest.mark.parametrize(("act", "reason"), [("correct", "corrected"), ("annul", "annulled"), ("unlink", "unlinked"),
                                             ("grant", "repaired")])  # fmt: skip
def test_the_public_feed_names_no_person_and_is_signed(town: Town, act: str, reason: str) -> None:
    for whose in ("firm", "person"):
        looked(town, "taxman", whose, "rights_counter")
        ref = accepted(town, whose) if act == "grant" else at_source(town, whose)
        do(town, "clerk", ref, act)
    with as_role(WEB):
        assert queries.withdrawals() == []  # not signed yet
    with as_role(JOBS):
        assert signing.sign_waiting() == 3
    with as_role(WEB):
        ((seq, token),) = queries.withdrawals()
    said = str(verify(token, jwks(), typ=notices.WITHDRAWAL_TYPE))
    assert seq == 1 and USCC in said and reason in said and "赵某某" not in said and ID_NUMBER not in said
    signed = [str(verify(one, jwks(), typ=notices.RECALL_TYPE)) for one in RecallNotice.objects.values_list("signed", flat=True)]
    assert len(signed) == 2 and not any("赵某某" in one or ID_NUMBER in one for one in signed)


def test_a_unit_confirms_once_and_the_subject_sees_it(town: Town) -> None:
    looked(town, "taxman", "person", "rights_counter")
    ref = at_source(town, "person")
    do(town, "clerk", ref, "correct")
    with as_role(WEB):
        (notice,) = queries.unit_notices(town.acting("taxman"))
        assert (notice.state, notice.case_number, len(notice.entries)) == ("waiting", ref.number, 1)
        assert queries.unit_notices(town.acting("banker")) == []
        with pytest.raises(Problem) as raised:
            actions.do_confirm_notice(acting=town.acting("banker"), at=clock.now(), notice_id=notice.id, done="deleted")
        assert raised.value.code == "notice_unknown"
        actions.do_confirm_notice(acting=town.acting("taxman"), at=clock.now(), notice_id=notice.id, done="corrected")
        with pytest.raises(Problem) as raised:
            actions.do_confirm_notice(acting=town.acting("taxman"), at=clock.now(), notice_id=notice.id, done="deleted")
        assert raised.value.code == "notice_confirmed"
        ((recall),) = queries.my_recalls(town.acting("person"))
        assert [(one.unit, one.state, one.done) for one in recall.told] == [("tax", "confirmed", "corrected")]
        assert queries.my_recalls(town.acting("firm")) == [] == queries.my_recalls(town.acting("stranger"))
    assert Message.objects.filter(subject_id=town.person, facts__step="confirmed").count() == 1


def test_a_machine_reads_and_confirms_for_its_unit(town: Town) -> None:
    client = MachineClient.objects.create(client_id="m_tax", name="税务系统", unit_id="tax", scopes=[])
    looked(town, "taxman", "firm", "rights_counter")
    do(town, "clerk", at_source(town), "annul")
    with as_role(WEB):
        acting = type(town.acting("taxman"))(kind="machine", id=client.client_id, name="", unit="tax")
        (notice,) = queries.unit_notices(acting)
        actions.do_confirm_notice(acting=acting, at=clock.now(), notice_id=notice.id, done="deleted")
        assert queries.unit_notices(acting)[0].state == "confirmed"


def delayed(town: Town) -> None:
    """A look of an investigator of which the subject is lawfully told later."""
    unit = Unit.objects.create(code="police", name="示例调查机关", short_name="调查", kind="investigator")
    town.users["police"] = user("police", "officer", unit=unit, role="clerk")
    handle = looked(
        town, "police", "person", "investigation", delay=Delay(clock.today() + dt.timedelta(days=20), "批准人")
    )
    assert handle.outcome == "opened" and handle.records


def test_what_may_not_be_told_yet_is_not_told_by_its_recall(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    delayed(town)
    looked(town, "taxman", "person", "rights_counter")
    ref = at_source(town, "person")
    do(town, "clerk", ref, "correct")
    assert told(town) == {"police", "tax"}  # the investigator itself is told
    look(town, "clerk", ref)
    with as_role(WEB):
        (notice,) = queries.unit_notices(town.acting("police"))
        actions.do_confirm_notice(acting=town.acting("police"), at=clock.now(), notice_id=notice.id, done="not_kept")
        (recall,) = queries.my_recalls(town.acting("person"))
        assert [one.unit for one in recall.told] == ["tax"]
        assert [one.unit for one in queries.case_recalls(town.acting("clerk"), ref.id)] == ["tax"]
        assert desk_queries.recipients(town.acting("clerk"), ref.id) == ["tax"]
        read = [*gate.my_messages(town.acting("person"), False), *gate.my_entries(town.acting("person"))]
        assert read and "police" not in str(read)
    on(monkeypatch, clock.today() + dt.timedelta(days=21))
    with as_role(WEB):
        (recall,) = queries.my_recalls(town.acting("person"))
        assert {one.unit: (one.state, one.looks) for one in recall.told}["police"] == ("confirmed", 1)
        assert "police" in str(gate.my_messages(town.acting("person"), False))


def test_a_delayed_look_does_not_show_in_the_count_beside_open_ones(town: Town) -> None:
    delayed(town)
    looked(town, "police", "person", "investigation")
    do(town, "clerk", at_source(town, "person"), "correct")
    with as_role(WEB):
        (recall,) = queries.my_recalls(town.acting("person"))
        assert [(one.unit, one.looks) for one in recall.told] == [("police", 1)]
        assert queries.unit_notices(town.acting("police"))[0].looks == 2


def run_day() -> None:
    with as_role(JOBS):
        jobs.minute(0)


def test_what_ends_by_its_date_ends_without_a_job_and_is_told_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the person's record, which nobody publishes: its rule's period is over on the same day."""
    make_matter()
    for whose in ("firm", "person"):
        looked(town, "taxman", whose, "rights_counter")
    run_day()  # the first run remembers the day
    assert not Recall.objects.exists()
    last = own_file(town, "firm").current[0].display.end
    assert last is not None
    on(monkeypatch, last - dt.timedelta(days=1))
    run_day()
    assert len(checked(town, "person")) == 1 and not Recall.objects.exists()
    on(monkeypatch, last + dt.timedelta(days=3))  # nobody ran anything for days
    assert checked(town, "person") == [] == checked(town, "firm")
    assert not own_file(town, "firm").current[0].shown
    run_day()
    run_day()
    assert sorted(Recall.objects.values_list("record_id", "reason", "effective_on")) == sorted(
        (record, "expired", last) for record in town.records.values()
    )
    assert RecallNotice.objects.count() == 2 and Withdrawal.objects.count() == 1
    assert set(Record.objects.values_list("status", "version")) == {("current", 1)}  # a job decides nothing


def test_silence_is_computed_from_the_date_and_reminded(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    looked(town, "taxman", "firm", "rights_counter")
    do(town, "clerk", at_source(town), "annul")
    due = RecallNotice.objects.get().due_on

    def state(day: dt.date) -> tuple[str, int]:
        on(monkeypatch, day)
        with as_role(JOBS):
            connection.cursor().execute("SELECT rights.remind(5, 2)")
        with as_role(WEB):
            (notice,) = queries.unit_notices(town.acting("taxman"))
            ((one,),) = [recall.told for recall in queries.my_recalls(town.acting("firm"))]
        assert (one.state, one.reminders) == (notice.state, notice.reminders)
        return notice.state, notice.reminders

    assert state(due - dt.timedelta(days=1)) == ("waiting", 0)
    assert state(due) == ("waiting", 1)
    assert state(due + dt.timedelta(days=1))[0] == "unconfirmed"


def test_a_reminder_comes_again_after_some_days_and_not_for_ever(town: Town) -> None:
    looked(town, "taxman", "firm", "rights_counter")
    do(town, "clerk", at_source(town), "annul")
    connection.cursor().execute("ALTER TABLE rights_recallnotice DISABLE TRIGGER guard")
    counts = []
    for since in (None, 4, 5, 5):
        RecallNotice.objects.update(
            due_on=clock.today(), reminded_at=since and clock.now() - dt.timedelta(days=since, minutes=-1)
        )
        connection.cursor().execute("SELECT rights.remind(5, 2)")
        counts.append(RecallNotice.objects.get().reminders)
    assert counts == [1, 1, 2, 2]


def many(town: Town, count: int) -> None:
    """Looks of so many units at the firm's record, as the gate keeps them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH made AS (SELECT 'u' || n AS unit, gate.write_entry('officer', 'x', 'x', 'u' || n, %s, 'organisation',"
            " 'rights_counter', 'x', NULL, 'opened', NULL, 1) AS entry FROM generate_series(1, %s) n)"
            " INSERT INTO gate_given SELECT entry, %s, unit, ARRAY[%s::uuid] FROM made",
            [town.firm, count, town.firm, town.records["firm"]],
        )


def test_a_thousand_recipients_cost_no_more_statements_than_one(town: Town) -> None:
    """benchmarks/recall.py has the time; here: nothing is done recipient by recipient."""
    counts = []
    for number in (1, 1000):
        ref = at_source(town)
        case = look(town, "clerk", ref)
        many(town, number)
        with CaptureQueriesContext(connection) as queries_made:
            do(town, "clerk", ref, "correct", case=case, corrections={town.records["firm"]: {"CF_NR_FK": str(number)}})
        counts.append(len(queries_made))
    assert counts[0] == counts[1] and RecallNotice.objects.count() == 1 + 1000
    assert listed(town) == ["current"]


def test_the_notice_of_one_recall_is_made_once(town: Town) -> None:
    looked(town, "taxman", "firm", "rights_counter")
    do(town, "clerk", at_source(town), "annul")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rights.recall(r, 'annulled', gate.today(), NULL, NULL, now(), gate.today()) FROM records_record r"
            " WHERE r.id = %s AND r.version = 1",
            [town.records["firm"]],
        )
        assert cursor.fetchone()[0] is None
    assert RecallNotice.objects.count() == 1 == Recall.objects.count()


CHANGES = [
    "unit = 'x'", "due_on = due_on + 1", "confirmed_at = NULL, done = ''", "done = 'deleted'", "reminders = 0",
    "entries = '{}'",
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_confirmed_notice_is_not_changed_but_by_its_signature(town: Town, change: str) -> None:
    looked(town, "taxman", "firm", "rights_counter")
    do(town, "clerk", at_source(town), "annul")
    with as_role(WEB):
        (notice,) = queries.unit_notices(town.acting("taxman"))
        actions.do_confirm_notice(acting=town.acting("taxman"), at=clock.now(), notice_id=notice.id, done="corrected")
    with pytest.raises(IntegrityError, match="confirmed once"), transaction.atomic():
        connection.cursor().execute(f"UPDATE rights_recallnotice SET {change}, reminded_at = now()")
    with as_role(JOBS):
        assert signing.sign_waiting() == 2


