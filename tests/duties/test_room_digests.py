"""Reminders reach the officers of a unit: one digest a day, to who wants it, in spite of mail servers and killed workers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from goodfaith.common import clock, outbox
from goodfaith.common.clock import CHINA
from goodfaith.common.roles import JOBS, WEB
from goodfaith.duties import actions, digests, jobs, letters
from goodfaith.duties.models import Assignment, Digest, DigestLetter, DigestReminder, Reminder
from goodfaith.parties.log_ins import do_set_notices
from goodfaith.parties.models import Unit, User
from tests.conftest import as_role
from tests.duties import room
from tests.duties.conftest import UNITS, Room
from tests.oversight.smtp import PostOffice, deliver_to, post_office

MAIL = "clerk@unit.example"
LATE = room.TEXT.replace("2026年12月31日", "{late}").replace("12月30日", "{yearly}")


class Killed(BaseException):
    """The worker is killed at this point."""


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    """A real SMTP server, and Django's real SMTP backend pointed at it."""
    with post_office() as found:
        deliver_to(found, settings)
        settings.PUBLIC_URL = "https://credit.city.example/"
        yield found


@pytest.fixture
def late(staff: Room) -> Room:
    """A duty that was due three days ago, adopted forty days ago; the clerk has an address."""
    day, far = clock.today() - dt.timedelta(days=3), clock.today() + dt.timedelta(days=150)
    text = LATE.format(late=f"{day.year}年{day.month}月{day.day}日", yearly=f"{far.month}月{far.day}日")
    staff.duties = room.adopted(staff.office, staff.second, UNITS, text=text, at=_at(-40))
    User.objects.filter(pk=staff.clerk.id).update(email=MAIL)
    return staff


def _at(days: int = 0, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(clock.today() + dt.timedelta(days=days), dt.time(hour), CHINA)


def _run(at: dt.datetime | None = None) -> None:
    with as_role(JOBS):
        jobs.run(at or _at())


def _send() -> outbox.Tally:
    with as_role(JOBS):
        return digests.send_waiting()


def _due_now() -> None:
    DigestLetter.objects.filter(state="waiting").update(next_at=clock.now() - dt.timedelta(seconds=1))


def test_one_digest_a_unit_and_day_however_many_duties_and_runs(late: Room, office: PostOffice) -> None:
    User.objects.filter(pk=late.other.id).update(email="other@unit.example")
    for hour in (9, 10, 23):
        _run(_at(hour=hour))
    _due_now()
    assert set(Digest.objects.values_list("unit", flat=True)) == {"t_a", "t_b"} and Digest.objects.count() == 2
    assert _send() == outbox.Tally(sent=2) and _send() == outbox.Tally()
    assert sorted(office.recipients) == [MAIL, "other@unit.example"]
    assert DigestReminder.objects.count() == Reminder.objects.count() > 3


def test_the_letter_names_duties_and_days_and_nobody(late: Room, office: PostOffice) -> None:
    _run()
    _due_now()
    _send()
    (letter,) = office.letters
    duty = late.duties[0]
    subject, text = str(letter["Subject"]), letter.get_content()
    assert duty.due_on is not None and "测试单位a" in subject and "Duties to see to" in subject
    for words in (duty.number, duty.title, f"{duty.due_on.year}年{duty.due_on.month}月{duty.due_on.day}日", "已经逾期（1 项）", "Overdue (1)",
                  f"due {duty.due_on.day} {duty.due_on:%B %Y}", "https://credit.city.example/desk/duties/"):  # fmt: skip
        assert words in text
    assert "没有写期限" in text  # what goes on has no day, and was never received
    people = [User.objects.get(pk=one.id) for one in (late.clerk, late.office, late.second)]
    for secret in [MAIL, *(one.username for one in people), *(one.display_name for one in people if one.display_name)]:
        assert secret not in text + subject
    assert letter["Message-ID"] == f"<{outbox.key('duties', DigestLetter.objects.get().pk)}>"


def test_each_duty_stands_once_with_its_gravest_reminder(late: Room) -> None:
    _run()
    (digest,) = Digest.objects.filter(unit="t_a")
    numbers = [one["number"] for one in digest.lines]
    assert len(numbers) == len(set(numbers)) and digest.lines[0]["kind"] == "overdue"
    kinds = set(Reminder.objects.filter(assignment=Assignment.objects.get(duty=late.duties[0]).pk).values_list("kind", flat=True))
    assert kinds == {"overdue", "unreceived"}


def test_nothing_is_sent_in_the_night_nor_twice_about_the_same(late: Room) -> None:
    _run(_at(hour=digests.FROM_HOUR - 1))
    assert Reminder.objects.exists() and not Digest.objects.exists()
    _run()
    assert Digest.objects.count() == 1
    _run(_at(days=1))
    told = DigestReminder.objects.values_list("reminder_id", flat=True)
    assert Digest.objects.count() == 1 and not Reminder.objects.filter(unit="t_a").exclude(pk__in=told).exists()
    _run(_at(days=5))  # overdue again, a week after the first
    assert Digest.objects.filter(on=clock.today() + dt.timedelta(days=5)).exists()


def test_what_was_done_meanwhile_is_not_told(late: Room) -> None:
    _run(_at(hour=2))
    one = Assignment.objects.get(duty=late.duties[0])
    for act, text in (("confirm", ""), ("report", "办好了")):
        actions.do_act(acting=late.clerk, at=clock.now(), assignment_id=one.pk, act=act, text=text)
    _run()
    (digest,) = Digest.objects.filter(unit="t_a")
    assert late.duties[0].number not in [line["number"] for line in digest.lines] and digest.lines


# -- who gets it -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("changed", [
    {"email": ""}, {"notify_email": False}, {"is_active": False}, {"role": "auditor"}, {"role": ""}, {"unit": "t_old"},
])  # fmt: skip
def test_only_officers_who_work_there_and_want_letters_get_them(late: Room, office: PostOffice, changed: dict[str, Any]) -> None:
    if "unit" in changed:
        changed = {"unit": Unit.objects.get(pk="t_old")}
    _run()
    User.objects.filter(pk=late.clerk.id).update(**changed)
    _due_now()
    assert _send() == outbox.Tally(given_up=1) and not office.letters
    assert _send() == outbox.Tally()
    _run(_at(days=5))
    assert Digest.objects.count() == 1  # nobody is there to be told


def test_the_officers_own_switch(late: Room) -> None:
    user = User.objects.get(pk=late.clerk.id)
    with as_role(WEB):
        do_set_notices(at=clock.now(), user=user, email=MAIL, phone="", notify_email=False)
    _run()
    assert not Digest.objects.exists()
    do_set_notices(at=clock.now(), user=user, email=MAIL, phone="", notify_email=True)
    _run(_at(hour=10))
    assert DigestLetter.objects.get().account == late.clerk.id


def test_every_officer_of_the_unit_has_a_letter(late: Room, office: PostOffice) -> None:
    second = room.officer("clerk9", "clerk", "t_a")
    User.objects.filter(pk=second.id).update(email="second@unit.example")
    _run()
    _due_now()
    assert _send() == outbox.Tally(sent=2) and sorted(office.recipients) == [MAIL, "second@unit.example"]


def test_who_gives_an_address_late_does_not_get_the_year(late: Room) -> None:
    User.objects.filter(pk=late.clerk.id).update(email="")
    _run(_at(days=-20))
    old = set(Reminder.objects.filter(unit="t_a").values_list("pk", flat=True))
    User.objects.filter(pk=late.clerk.id).update(email=MAIL)
    _run()
    assert old and not old & set(DigestReminder.objects.values_list("reminder_id", flat=True))


# -- servers that are down, workers that are killed --------------------------------------------------------------
def test_a_server_that_is_down_loses_nothing_and_doubles_nothing(late: Room, office: PostOffice, settings: Any) -> None:
    _run()
    _due_now()
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9  # nobody listens
    assert _send() == outbox.Tally(failed=1) and _send() == outbox.Tally()
    waiting = DigestLetter.objects.get()
    assert waiting.state == "waiting" and waiting.attempt == 1 and MAIL not in waiting.error
    assert 60 < (waiting.next_at - clock.now()).total_seconds() <= 120
    settings.EMAIL_PORT, office.refuse = port, "451 try again"
    _due_now()
    assert _send() == outbox.Tally(failed=1)
    office.refuse = ""
    _due_now()
    assert _send() == outbox.Tally(sent=1) and _send() == outbox.Tally()
    assert len(office.letters) == 1 and DigestLetter.objects.get().attempt == 3
    _run(_at(hour=11))
    assert Digest.objects.count() == 1


def test_one_bad_address_does_not_hold_up_the_others(late: Room, office: PostOffice) -> None:
    second = room.officer("clerk9", "clerk", "t_a")
    User.objects.filter(pk=second.id).update(email="second@unit.example")
    User.objects.filter(pk=late.clerk.id).update(email="no\naddress@at.all")
    _run()
    _due_now()
    assert _send() == outbox.Tally(sent=1, failed=1) and office.recipients == ["second@unit.example"]


def test_the_tries_come_to_an_end(late: Room, settings: Any) -> None:
    _run()
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9
    DigestLetter.objects.update(attempt=outbox.ATTEMPTS - 1)
    _due_now()
    assert _send() == outbox.Tally(given_up=1) and DigestLetter.objects.get().state == "given_up"


@pytest.mark.parametrize(("step", "after", "letters_in_all"), [
    ("hand_over", False, 1), ("hand_over", True, 2), ("mark_sent", False, 2), ("mark_sent", True, 1),
])  # fmt: skip
def test_killed_in_the_middle(
    late: Room, office: PostOffice, monkeypatch: pytest.MonkeyPatch, step: str, after: bool, letters_in_all: int
) -> None:
    _run()
    _due_now()
    real = getattr(digests, step)

    def killed(*arguments: Any) -> None:
        if after:
            real(*arguments)
        monkeypatch.setattr(digests, step, real)
        raise Killed

    monkeypatch.setattr(digests, step, killed)
    with pytest.raises(Killed):
        _send()
    assert _send() == outbox.Tally()  # another worker leaves a fresh claim alone
    for _n in range(2):
        DigestLetter.objects.filter(state="sending").update(claimed_at=clock.now() - dt.timedelta(seconds=outbox.LEASE + 1))
        _send()
    assert len(office.letters) == letters_in_all and len({one["Message-ID"] for one in office.letters}) == 1
    assert len({one.get_content() for one in office.letters}) == 1 and DigestLetter.objects.get().state == "sent"


def test_a_worker_killed_while_making_leaves_no_half_of_a_digest(late: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "lines", lambda rows: (_ for _ in ()).throw(Killed()))
    with pytest.raises(Killed), transaction.atomic():
        _run()
    monkeypatch.undo()
    assert not Digest.objects.exists() and not DigestReminder.objects.exists()
    _run()
    assert DigestLetter.objects.count() == 1


def test_two_workers_make_one(late: Room) -> None:
    _run(_at(hour=2))
    found = digests._new(clock.today(), _at())
    accounts = digests._accounts(found)
    with as_role(JOBS):
        made = [digests._make("t_a", found["t_a"], accounts["t_a"], clock.today(), _at()) for _n in range(2)]
    assert made == [1, 0] and DigestLetter.objects.count() == 1


def test_a_late_worker_cannot_mark_what_another_took_over(late: Room) -> None:
    _run()
    _due_now()
    box = digests._Box()
    with as_role(JOBS):
        (first,) = box.take()
    DigestLetter.objects.update(claimed_at=clock.now() - dt.timedelta(seconds=outbox.LEASE + 1))
    with as_role(JOBS):
        (second,) = box.take()
        box.mark_failed(first, "too late", None)
        box.mark_sent(first)
        assert DigestLetter.objects.get().state == "sending" and second.attempt == 2
        box.mark_sent(second)
    assert DigestLetter.objects.get().state == "sent"


# -- walls -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", ["duties_digest", "duties_digestreminder", "duties_digestletter"])
def test_the_web_has_nothing_to_do_with_letters(late: Room, table: str) -> None:
    with as_role(WEB), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"SELECT * FROM {table}")


@pytest.mark.parametrize("statement", [
    "UPDATE duties_digest SET lines = '[]'", "DELETE FROM duties_digestletter", "UPDATE duties_digestletter SET account = '1'",
    "UPDATE duties_digestreminder SET digest_id = digest_id", "UPDATE duties_digestletter SET state = 'waiting', sent_at = NULL",
])  # fmt: skip
def test_what_was_told_stays_told(late: Room, office: PostOffice, statement: str) -> None:
    _run()
    _due_now()
    _send()
    for role in (JOBS, None):
        with pytest.raises(DatabaseError), transaction.atomic():
            if role:
                with as_role(role):
                    connection.cursor().execute(statement)
            else:
                connection.cursor().execute(statement)


@pytest.mark.django_db
def test_a_letter_with_very_many_duties_says_how_many_more_there_are() -> None:
    lines = [{"number": f"1-{n}", "title": "任务", "period": "2026", "due_on": None, "kind": "unreceived"} for n in range(75)]
    body = letters._body(0, "t_a", dt.date(2026, 3, 5), lines)
    assert "还没有签收（75 项）" in body and "其余 15 项" in body and body.count("\n- ") == 60 and "2026年度" in body
