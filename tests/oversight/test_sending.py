"""The outbox: what is due goes out, once; what fails is tried again; a killed worker loses nothing."""

from __future__ import annotations

import datetime as dt
import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.roles import JOBS, WEB
from goodfaith.gate import queries as gate
from goodfaith.gate.models import Message, Outbox
from goodfaith.ledger.models import Entry
from goodfaith.oversight import letters, sending, sms
from goodfaith.oversight.models import Sending
from goodfaith.parties.models import User
from tests.city import ID_NUMBER, NAME, City, city
from tests.conftest import as_role
from tests.oversight.smtp import PostOffice, deliver_to, post_office

__all__ = ["city"]
ADDRESS = "citizen@example.test"


class Killed(BaseException):
    """The worker is killed at this point."""


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    """A real SMTP server, and Django's real SMTP backend pointed at it."""
    with post_office() as found:
        deliver_to(found, settings)
        yield found


@pytest.fixture
def looked(city: City) -> Outbox:
    """A look at the citizen's file; the citizen has an e-mail address."""
    User.objects.filter(pk=city.users["citizen"].pk).update(email=ADDRESS)
    return look(city)


def look(city: City) -> Outbox:
    acting = city.users["credit_office"].acting
    gate.open_file(acting=acting, purpose="credit_administration", subject_id=city.person, case_no="核实〔2026〕5号")
    return Outbox.objects.latest("id")


def run() -> sending.Tally:
    """One run of the job, in the jobs' role."""
    with as_role(JOBS):
        return sending.send_waiting()


def test_a_look_goes_out_once_and_tells_nothing(looked: Outbox, office: PostOffice) -> None:
    assert run() == sending.Tally(sent=1)
    assert run() == sending.Tally()
    (letter,) = office.letters
    assert office.recipients == [ADDRESS]
    text = letter.get_content() + str(letter["Subject"])
    assert "有人" in text and "somebody looked" in text
    for secret in (NAME, ID_NUMBER, "核实", "http", "测试单位", "credit_administration", "@"):
        assert secret not in text
    assert letter["Message-ID"] == f"<{letters.key(looked.pk)}>"
    looked.refresh_from_db()
    assert looked.sent_at and looked.attempts == 1
    assert Sending.objects.get().state == "sent"


@pytest.mark.parametrize(("days", "sent"), [(1, 0), (0, 1), (-1, 1)])
@pytest.mark.parametrize("where", ["outbox", "message"])
def test_nothing_goes_out_before_its_day(looked: Outbox, office: PostOffice, days: int, sent: int, where: str) -> None:
    day = clock.today() + dt.timedelta(days=days)
    if where == "outbox":
        Outbox.objects.update(send_from=day)
    else:
        first = Message.objects.get()
        told = Message.objects.create(
            subject_id=first.subject_id,
            kind="look",
            entry_id=first.entry_id,
            at=clock.now(),
            facts={},
            visible_from=day,
        )
        Outbox.objects.update(message=told)
    assert run().sent == sent == len(office.letters)


@pytest.mark.parametrize("changed", [{"email": ""}, {"notify_email": False}, {"is_active": False}])
def test_an_account_without_an_address_is_given_up(
    city: City, looked: Outbox, office: PostOffice, changed: Any
) -> None:
    User.objects.filter(pk=city.users["citizen"].pk).update(**changed)
    assert run() == sending.Tally(given_up=1)
    assert not office.letters and Sending.objects.get().state == "given_up"
    assert run() == sending.Tally()


def test_a_refused_letter_waits_and_goes_out_later(looked: Outbox, office: PostOffice) -> None:
    office.refuse = "451 try again"
    assert run() == sending.Tally(failed=1)
    assert run() == sending.Tally()  # not before its time
    state = Sending.objects.get()
    assert state.state == "waiting" and 60 < (state.next_at - clock.now()).total_seconds() <= 120
    assert ADDRESS not in state.error and "SMTPRecipientsRefused" in state.error
    office.refuse = ""
    Sending.objects.update(next_at=clock.now())
    assert run() == sending.Tally(sent=1)
    assert [letter["Message-ID"] for letter in office.letters] == [f"<{letters.key(looked.pk)}>"]
    looked.refresh_from_db()
    assert looked.attempts == 2 and looked.sent_at


def test_one_bad_address_does_not_hold_up_the_others(city: City, looked: Outbox, office: PostOffice) -> None:
    """After a failure the next letter gets a connection of its own."""
    User.objects.filter(pk=city.users["enterprise"].pk).update(email="firm@example.test")
    gate.open_file(
        acting=city.users["credit_office"].acting, purpose="credit_administration", subject_id=city.organisation,
        case_no="核实〔2026〕6号",
    )  # fmt: skip
    assert Outbox.objects.count() == 2
    User.objects.filter(pk=city.users["citizen"].pk).update(email="no\naddress@at.all")
    assert run() == sending.Tally(sent=1, failed=1)
    assert office.recipients == ["firm@example.test"]


def test_no_server_at_all_is_tried_again(looked: Outbox, office: PostOffice, settings: Any) -> None:
    settings.EMAIL_PORT = 9  # nobody listens
    assert run() == sending.Tally(failed=1)
    assert Sending.objects.get().state == "waiting"


def test_the_tries_come_to_an_end() -> None:
    at = clock.now()
    waits = [sending.next_try(attempt, at) for attempt in range(1, sending.ATTEMPTS + 1)]
    assert [wait and (wait - at) for wait in waits[:3]] == [dt.timedelta(minutes=n) for n in (2, 4, 8)]
    assert max(wait - at for wait in waits if wait) == sending.LONGEST_WAIT and waits[-1] is None


# -- killed ------------------------------------------------------------------------------------------------


def kill_at(monkeypatch: pytest.MonkeyPatch, name: str, *, after: bool) -> None:
    """Kill the worker before or after this step, once."""
    step = getattr(sending, name)

    def killed(*arguments: Any) -> None:
        if after:
            step(*arguments)
        monkeypatch.setattr(sending, name, step)
        raise Killed

    monkeypatch.setattr(sending, name, killed)


def later() -> None:
    """The lease of the killed worker is over."""
    Sending.objects.update(claimed_at=clock.now() - dt.timedelta(seconds=sending.LEASE + 1))


@pytest.mark.parametrize(("step", "after", "letters_in_all"), [
    ("hand_over", False, 1),  # before the letter left: it leaves once
    ("hand_over", True, 2),  # after it left and before the mark: twice, and recognisably the same
    ("mark_sent", False, 2),
    ("mark_sent", True, 1),  # after the mark: once
])  # fmt: skip
def test_killed_in_the_middle(
    looked: Outbox, office: PostOffice, monkeypatch: pytest.MonkeyPatch, step: str, after: bool, letters_in_all: int
) -> None:
    kill_at(monkeypatch, step, after=after)
    with pytest.raises(Killed):
        run()
    assert run() == sending.Tally()  # another worker leaves a fresh claim alone
    later()
    run()
    later()
    run()
    assert len(office.letters) == letters_in_all
    assert len({letter["Message-ID"] for letter in office.letters}) == 1
    looked.refresh_from_db()
    assert looked.sent_at


def test_a_late_worker_cannot_mark_what_another_took_over(looked: Outbox, office: PostOffice) -> None:
    with as_role(JOBS):
        (first,) = sending.take(["email"])
    later()
    with as_role(JOBS):
        (second,) = sending.take(["email"])
        sending.mark_failed(first, "too late", None)
        sending.mark_sent(first)
    assert Sending.objects.get().state == "sending" and second.attempt == 2
    with as_role(JOBS):
        sending.mark_sent(second)
    assert Sending.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_take_the_same(lasting_city: City) -> None:
    """While one worker holds its claim in an open transaction, the other passes over it."""
    import psycopg

    User.objects.filter(pk=lasting_city.users["citizen"].pk).update(email=ADDRESS)
    for _n in range(3):
        look(lasting_city)
    other = connection.get_connection_params()
    for unknown in ("cursor_factory", "context", "prepare_threshold"):
        other.pop(unknown, None)
    with psycopg.connect(
        **{k: v for k, v in other.items() if k in ("host", "port", "user", "password", "dbname")}
    ) as second:
        taken = second.execute("SELECT outbox FROM oversight.outbox_take('{email}', 2, 600)").fetchall()
        assert len(sending.take(["email"])) == 1
        second.rollback()
    assert len(taken) == 2


# -- who may ------------------------------------------------------------------------------------------------


def test_the_web_cannot_touch_the_outbox(looked: Outbox) -> None:
    for statement in (
        "SELECT * FROM gate_outbox",
        "SELECT * FROM oversight_sending",
        "SELECT * FROM oversight.outbox_take('{email}', 10, 600)",
        "SELECT oversight.outbox_sent(1, 1)",
    ):
        with as_role(WEB), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_the_jobs_see_no_message_and_no_line_but_through_the_functions(looked: Outbox) -> None:
    for table in ("gate_outbox", "gate_message", "oversight_sending"):
        with as_role(JOBS), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(f"SELECT * FROM {table}")


def test_sending_leaves_no_look(looked: Outbox, office: PostOffice) -> None:
    before = Entry.objects.count()
    run()
    assert Entry.objects.count() == before


def test_without_a_server_letters_are_files(looked: Outbox, settings: Any, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert run().sent == 1
    (file,) = (tmp_path / "mail").iterdir()
    assert ADDRESS in file.read_text() and not mail.outbox


# -- short messages -----------------------------------------------------------------------------------------


@pytest.fixture
def gateway(settings: Any) -> Iterator[list[Any]]:
    """A gateway that takes everything; what it was given, with the heads."""
    taken: list[Any] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            taken.append((body, dict(self.headers)))
            self.send_response(503 if body["phone"] == "000" else 202)
            self.end_headers()

        def log_message(self, *_arguments: Any) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL, settings.SMS_TOKEN = f"http://127.0.0.1:{server.server_address[1]}/", "secret-token"
    settings.SMS_SENDER = "goodfaith.oversight.sms.HttpSmsSender"
    yield taken
    server.shutdown()


def test_a_short_message_goes_to_the_gateway(city: City, gateway: list[Any]) -> None:
    User.objects.filter(pk=city.users["citizen"].pk).update(phone="99000000001", notify_email=False)
    line = look(city)
    assert line.channel == "sms" and run() == sending.Tally(sent=1)
    ((body, heads),) = gateway
    assert body == {"phone": "99000000001", "text": letters.short("look"), "key": letters.key(line.pk)}
    assert heads["Authorization"] == "Bearer secret-token" and heads["Idempotency-Key"] == body["key"]
    assert "核实" not in body["text"] and "http" not in body["text"] and len(body["text"]) <= 70


def test_a_gateway_that_refuses_is_asked_again(city: City, gateway: list[Any]) -> None:
    User.objects.filter(pk=city.users["citizen"].pk).update(phone="000", notify_email=False)
    look(city)
    assert run() == sending.Tally(failed=1)
    assert Sending.objects.get().error == "gateway answered 503"


@pytest.mark.parametrize(("days", "sent"), [(13, 1), (15, 0)])
def test_a_channel_set_up_later_does_not_send_what_is_long_known(
    looked: Outbox, office: PostOffice, days: int, sent: int
) -> None:
    Outbox.objects.update(made_at=clock.now() - dt.timedelta(days=days))
    assert run().sent == sent


def test_without_a_gateway_short_messages_stay(city: City) -> None:
    User.objects.filter(pk=city.users["citizen"].pk).update(phone="99000000001", notify_email=False)
    look(city)
    assert sms.sender() is None and run() == sending.Tally()
    assert not Sending.objects.exists()
