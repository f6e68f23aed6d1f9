"""What the subject sees: messages, filters, delayed disclosure, proofs; and that nobody else shows through."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodfaith.common import clock, crypto
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate import actions
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import Delay, EntryView, MessageView
from goodfaith.gate.models import Message, Outbox, Trace
from goodfaith.ledger.models import Entry, Leaf
from goodfaith.parties.models import User
from tests.city import ID_NUMBER, NAME, PENALTY, City, judge_same
from tests.conftest import as_role
from tests.gate.cast import give, officer

TODAY = clock.today()
DAY = dt.timedelta(days=1)


def administer(city: City, who: str = "credit_office", **more: Any) -> gate.FileHandle:
    """The credit office looks at the person."""
    with as_role("goodfaith_web"):
        asked = {"purpose": "credit_administration", "subject_id": city.person, "case_no": "甲1", **more}
        return gate.open_file(acting=city.users[who].acting, **asked)


def seen(city: City, **more: Any) -> list[EntryView]:
    """The citizen's list."""
    with as_role("goodfaith_web"):
        return gate.my_entries(city.users["citizen"].acting, **more)


def told(city: City, unread_only: bool = False) -> list[MessageView]:
    """The citizen's messages."""
    with as_role("goodfaith_web"):
        return gate.my_messages(city.users["citizen"].acting, unread_only)


def move_to(day: dt.date) -> None:
    """Let the gate believe that it is another day, until the test's transaction ends."""
    connection.cursor().execute(
        f"CREATE OR REPLACE FUNCTION gate.today() RETURNS date LANGUAGE sql STABLE AS $$ SELECT date '{day}' $$"
    )


def test_each_look_of_another_is_told_in_the_same_transaction(city: City) -> None:
    administer(city)
    administer(city, "clerk")
    messages = told(city)
    assert [m.facts["outcome"] for m in messages] == ["refused", "opened"]
    assert [m.entry_id for m in messages] == [e.id for e in seen(city)]
    assert messages[1].facts == {
        "unit": "t_office", "actor_kind": "officer", "purpose": "credit_administration", "outcome": "opened",
    }  # fmt: skip


def test_own_looks_and_looks_at_nobody_tell_nobody(city: City) -> None:
    administer(city, "citizen", purpose="self_access", case_no=None)
    administer(city, subject_id=None, number=("id_number", "110105194912310021"))
    assert Message.objects.count() == 0


def test_messages_are_read_once(city: City) -> None:
    administer(city)
    administer(city)
    citizen, stranger = city.users["citizen"].acting, city.users["enterprise"].acting
    ids = [m.id for m in told(city)]
    with as_role("goodfaith_web"):
        assert actions.do_read_messages(acting=stranger, at=clock.now(), ids=ids) == 0
        assert actions.do_read_messages(acting=citizen, at=clock.now(), ids=ids[:1]) == 1
        assert actions.do_read_messages(acting=citizen, at=clock.now(), ids=ids) == 1
    assert told(city, unread_only=True) == []


CHANNELS = [
    # e-mail, wants e-mail, phone, active → channels
    ("a@example.invalid", True, "", True, ["email"]),
    ("a@example.invalid", False, "", True, []),
    ("", True, "", True, []),
    ("a@example.invalid", True, "13800000000", True, ["email", "sms"]),
    ("a@example.invalid", True, "13800000000", False, []),
]


@pytest.mark.parametrize(("email", "wants", "phone", "active", "channels"), CHANNELS)
def test_the_outbox_has_the_channels_that_the_account_chose(
    city: City, email: str, wants: bool, phone: str, active: bool, channels: list[str]
) -> None:
    User.objects.filter(pk=city.users["citizen"].pk).update(
        email=email, notify_email=wants, phone=phone, is_active=active
    )
    administer(city)
    lines = Outbox.objects.order_by("channel")
    assert [(o.channel, o.account, o.kind, o.sent_at) for o in lines] == [
        (channel, str(city.users["citizen"].pk), "look", None) for channel in channels
    ]


def test_filters_and_pages(city: City) -> None:
    administer(city)
    administer(city, "clerk", purpose="source_verification")
    administer(city, "citizen", purpose="self_access", case_no=None)
    administer(city, "clerk")
    every = seen(city)
    assert [e.purpose for e in every] == [
        "credit_administration", "self_access", "source_verification", "credit_administration",
    ]  # fmt: skip
    assert [e.purpose for e in seen(city, kind="own")] == ["self_access"]
    assert len(seen(city, kind="others")) == 3
    assert [e.unit for e in seen(city, unit="t_a")] == ["t_a", "t_a"]
    assert [e.outcome for e in seen(city, purpose="credit_administration")] == ["refused", "opened"]
    assert [e.id for e in seen(city, outcome="refused")] == [every[0].id]
    assert seen(city, since=every[1].at) == every[:2]
    assert seen(city, until=every[1].at) == every[2:]
    pages = [seen(city, limit=3), seen(city, limit=3, before=every[2].id)]
    assert pages == [every[:3], every[3:]]


def test_judged_the_same_see_one_list(city: City) -> None:
    administer(city)
    administer(city, subject_id=city.namesake)
    assert len(seen(city)) == 1
    judge_same(city)
    assert len(seen(city)) == 2
    assert len(told(city)) == 2


# -- lawfully delayed disclosure


def investigate(city: City, **more: Any) -> gate.FileHandle:
    """A court's officer, who may delay."""
    acting = more.pop("acting", None) or officer("clerk", "court").acting
    with as_role("goodfaith_web"):
        asked = {"purpose": "investigation", "subject_id": city.person, "case_no": "案1", **more}
        return gate.open_file(acting=acting, **asked)


def test_a_delayed_look_appears_by_itself_on_its_day(city: City) -> None:
    User.objects.filter(pk=city.users["citizen"].pk).update(email="a@example.invalid")
    day = TODAY + 10 * DAY
    handle = investigate(city, delay=Delay(day, "审批人"))
    entry = Entry.objects.get(id=handle.entry_id)
    assert (handle.outcome, entry.shown_from) == ("opened", day)
    ids = list(Message.objects.values_list("id", flat=True))
    assert len(ids) == 1
    for hidden in (TODAY, day - DAY):
        move_to(hidden)
        assert (seen(city), told(city)) == ([], [])
        with as_role("goodfaith_web"):
            with pytest.raises(Problem):
                gate.my_proof(city.users["citizen"].acting, handle.entry_id)
            assert actions.do_read_messages(acting=city.users["citizen"].acting, at=clock.now(), ids=ids) == 0
    move_to(day)
    (view,) = seen(city)
    assert (view.shown_from, view.delayed and view.delayed["officer"]) == (day, "审批人")
    assert view.delayed is not None and view.delayed["statute"]["instrument"] == "pipl-2021"
    assert [m.entry_id for m in told(city)] == [handle.entry_id]
    assert Outbox.objects.get().send_from == day


def test_a_hidden_entry_gives_no_page_mark(city: City) -> None:
    """Asking for the page before a hidden entry answers like asking with a number that is none of one's own."""
    administer(city)
    hidden = investigate(city, delay=Delay(TODAY + DAY, "审批人")).entry_id
    assert seen(city, before=hidden) == seen(city, before=10**15) == seen(city)


DELAYS: list[tuple[str, str, Callable[[], Delay], str]] = [
    ("clerk", "court", lambda: Delay(TODAY + 10 * DAY, ""), "delay_needs_officer"),
    ("clerk", "court", lambda: Delay(TODAY + 10 * DAY, "  "), "delay_needs_officer"),
    ("clerk", "court", lambda: Delay(TODAY, "审批人"), "delay_out_of_range"),
    ("clerk", "court", lambda: Delay(TODAY + 400 * DAY, "审批人"), "delay_out_of_range"),
]


@pytest.mark.parametrize(("role", "kind", "delay", "refusal"), DELAYS)
def test_a_delay_needs_statute_officer_and_day(
    city: City, role: str, kind: str, delay: Callable[[], Delay], refusal: str
) -> None:
    handle = investigate(city, acting=officer(role, kind).acting, delay=delay())
    assert (handle.refusal, handle.records) == (refusal, [])
    assert [e.refusal for e in seen(city)] == [refusal]


def test_other_purposes_are_never_delayed(city: City) -> None:
    assert administer(city, delay=Delay(TODAY + DAY, "审批人")).refusal == "delay_not_allowed"
    assert len(seen(city)) == 1


# -- what may not be inferred


def test_the_case_of_a_purpose_that_hides_it_is_not_shown(city: City) -> None:
    investigate(city)
    administer(city, purpose="duplicate_review", case_no=str(city.suspicion))
    administer(city, case_no="甲7")
    assert [e.case_no for e in seen(city)] == ["甲7", None, None]


def test_a_proof_holds_and_withholds(city: City) -> None:
    mine = administer(city).entry_id
    with as_role("goodfaith_web"):
        gate.open_file(acting=city.users["stranger"].acting, purpose="self_access", subject_id=city.person)
    strangers, case = Entry.objects.latest("id").id, investigate(city).entry_id
    Leaf.objects.create(index=7, entry_id=mine)
    citizen = city.users["citizen"].acting
    with as_role("goodfaith_web"):
        proofs = {number: gate.my_proof(citizen, number) for number in (mine, strangers, case)}
        for nobody in (10**15, administer(city, subject_id=city.namesake).entry_id):
            with pytest.raises(Problem) as raised:
                gate.my_proof(citizen, nobody)
            assert raised.value.status == 404
    whole = proofs[mine]
    assert hashlib.sha256(bytes.fromhex(whole.salt) + whole.line.encode()).hexdigest() == whole.commitment
    assert (whole.index, whole.withheld) == (7, False)
    for number in (strangers, case):
        withheld = proofs[number]
        assert (withheld.salt, withheld.line, withheld.withheld, withheld.index) == ("", "", True, None)
        assert withheld.commitment == bytes(Entry.objects.get(id=number).commitment).hex()


ACTS = st.lists(
    st.sampled_from(["self_access", "hold", "lift", "grant", "request", "look", "check", "review", "entries", "strange"]),
    min_size=1, max_size=6,
)  # fmt: skip


@given(acts=ACTS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_another_does_changes_ones_list(city: City, bank: Acting, acts: list[str]) -> None:
    """Whatever B does or suffers that is no look at A: A's entries, messages, consents and hold stay the same."""
    other, _ = User.objects.get_or_create(
        username="b", defaults={"kind": "citizen", "subject_id": city.namesake, "display_name": "欧阳**"}
    )
    citizen = city.users["citizen"].acting

    def world() -> Any:
        with as_role("goodfaith_web"):
            return (gate.my_entries(citizen), gate.my_messages(citizen), gate.my_consents(citizen),
                    gate.my_requests(citizen), gate.my_hold(citizen))  # fmt: skip

    administer(city)
    before = world()
    for act in acts:
        _act(city, bank, other.acting, act)
    assert world() == before


def _act(city: City, bank: Acting, other: Acting, act: str) -> None:
    """One thing that B does, or that is done to B."""
    number, now = ("passport", "E12345678"), clock.now()
    do: dict[str, Callable[[], Any]] = {
        "self_access": lambda: gate.open_file(acting=other, purpose="self_access", subject_id=city.namesake),
        "hold": lambda: actions.do_place_hold(acting=other, at=now),
        "lift": lambda: actions.do_lift_hold(acting=other, at=now),
        "grant": lambda: actions.do_grant_consent(
            acting=other, at=now, party_unit="k_bank", purpose="credit_granting", items=[PENALTY], until=TODAY, uses=1),
        "request": lambda: actions.do_request_consent(
            acting=bank, at=now, number=number, name=NAME, purpose="credit_granting", items=[PENALTY], until=TODAY,
            uses=None, reason="贷款"),
        "look": lambda: gate.open_file(acting=bank, purpose="credit_granting", number=number, case_no="贷1"),
        "check": lambda: gate.check(
            acting=city.users["clerk"].acting, matter="administrative_licence", number=number, name=NAME, case_no="1"),
        "review": lambda: gate.open_file(
            acting=city.users["credit_office"].acting, purpose="duplicate_review", subject_id=city.namesake,
            case_no=str(city.suspicion)),
        "entries": lambda: gate.my_entries(other),
        "strange": lambda: gate.open_file(
            acting=city.users["citizen"].acting, purpose="self_access", subject_id=city.namesake),
    }  # fmt: skip
    with as_role("goodfaith_web"):
        try:
            do[act]()
        except Problem:
            return


def test_oversight_learns_of_neighbours_and_of_the_same_name(city: City) -> None:
    clerk = city.users["credit_office"]
    administer(city, subject_id=None, number=("id_number", ID_NUMBER))
    administer(city, subject_id=None, number=("id_number", ID_NUMBER[:14] + "0021"))
    clerk.name_key = crypto.name_key(NAME)
    clerk.save()
    administer(city)
    administer(city, subject_id=city.organisation)
    traces = list(Trace.objects.order_by("entry_id"))
    assert [t.same_name for t in traces] == [False, False, True]
    assert bytes(traces[0].neighbourhood or b"") == bytes(traces[1].neighbourhood or b"") != b""
    assert traces[2].neighbourhood is None


def test_a_consent_is_named_in_the_subjects_entry(city: City, bank: Acting) -> None:
    consent: uuid.UUID = give(city, "k_bank", "credit_granting")
    with as_role("goodfaith_web"):
        gate.open_file(acting=bank, purpose="credit_granting", subject_id=city.person, case_no="1")
    assert seen(city)[0].consents == [str(consent)]


def test_a_lawfully_delayed_look_is_delayed_when_it_is_refused_too(city: City) -> None:
    """A case number left out would else tell the subject of the investigation on the spot."""
    User.objects.filter(pk=city.users["citizen"].pk).update(email="a@example.invalid")
    day = TODAY + 10 * DAY
    handle = investigate(city, delay=Delay(day, "审批人"), case_no=" ")
    assert (handle.refusal, handle.records) == ("case_required", [])
    assert (seen(city), told(city)) == ([], [])
    assert Outbox.objects.get().send_from == day
    move_to(day)
    (view,) = seen(city)
    assert (view.refusal, view.shown_from) == ("case_required", day)


def test_who_may_not_use_the_purpose_cannot_hide_the_attempt(city: City) -> None:
    handle = investigate(city, acting=officer("clerk", "department").acting, delay=Delay(TODAY + DAY, "审批人"))
    assert (handle.refusal, [e.refusal for e in seen(city)]) == ("unit_not_allowed", ["unit_not_allowed"])
