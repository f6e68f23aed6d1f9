"""Boundary 5: what was recorded about a child is closed to everybody but the unit that reported it, the child and its
guardian, who acts until the eighteenth birthday."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.common.roles import WEB
from goodfaith.gate import queries as gate
from goodfaith.gate import rules
from goodfaith.gate.handles import FileHandle
from goodfaith.ledger.models import Entry
from goodfaith.rights import actions, queries
from goodfaith.rights.models import Representation
from goodfaith.subjects.models import Suspicion
from goodfaith.subjects.numbers import id_check_digit
from tests.city import make_person, make_record
from tests.conftest import as_role
from tests.intake.conftest import GOOD_PERSON
from tests.rights.town import Town, checked, deliver, do, draft, look, make_matter, on, refused, user

BORN = dt.date(clock.today().year - 16, 3, 2)


def number_of(born: dt.date) -> str:
    """An invented number of that day of birth."""
    first = f"110105{born:%Y%m%d}002"
    return first + id_check_digit(first)


CHILD = number_of(BORN)


@pytest.fixture
def child(town: Town) -> uuid.UUID:
    """A child's account, and a penalty that the market unit reported. The intake lets none in (``person_under_18``); what
    is there from before is closed all the same."""
    subject = make_person("陈某某", CHILD)
    town.records["child"] = make_record(subject, unit="market", person=True)
    town.users["child"] = user("child", "citizen", subject_id=subject)
    return subject


def opened(acting: Acting, purpose: str, **whose: object) -> FileHandle:
    with as_role(WEB):
        return gate.open_file(
            acting=acting, purpose=purpose, case_no="示1", **(whose or {"number": ("id_number", CHILD)})
        )  # type: ignore[arg-type]


STATUTE = [("office", "credit_administration"), ("taxman", "file_for_supervision"), ("auditor", "audit_review")]
CONSENT = [("banker", "credit_granting"), ("office", "entrusted_inquiry")]
"""What rests on a consent is refused before anything is read by its id: no child gives one."""
CLOSED = [(*one, "number") for one in STATUTE + CONSENT] + [(*one, "id") for one in STATUTE]


@pytest.mark.parametrize(("who", "purpose", "by"), CLOSED)
def test_a_childs_file_is_closed_and_the_attempt_is_an_entry(
    town: Town, child: uuid.UUID, who: str, purpose: str, by: str
) -> None:
    before = Entry.objects.count()
    handle = opened(town.acting(who), purpose, **({"subject_id": child} if by == "id" else {}))
    assert (handle.outcome, handle.refusal) == ("refused", "minor_closed")
    assert handle.subjects == [] and handle.records == [] and handle.numbers == []
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.get(id=handle.entry_id)
    assert (entry.refusal, entry.subject_id, entry.records) == ("minor_closed", child, 0)


def test_the_intake_lets_no_record_of_a_child_in(town: Town) -> None:
    row = GOOD_PERSON | {"CF_XDR_ZJHM": CHILD, "CF_WSH": "示市监罚〔2026〕5号"}
    assert refused(deliver(town.acting("deliverer"), row)) == ["person_under_18"]


def test_the_refusal_cites_its_article() -> None:
    assert "《未成年人保护法》" in rules.REFUSAL["minor_closed"].article
    assert "第三十一条" in rules.REFUSAL["minor_closed"].article


def test_the_unit_that_reported_it_the_child_and_nobody_else_read_it(town: Town, child: uuid.UUID) -> None:
    assert len(opened(town.acting("clerk"), "source_verification").records) == 1
    assert opened(town.acting("taxman"), "source_verification").records == []
    with as_role(WEB):
        own = gate.open_file(acting=town.acting("child"), purpose="self_access", subject_id=child)
    assert len(own.records) == 1


@pytest.mark.parametrize(("who", "seen"), [("taxman", 0), ("office", 0), ("clerk", 1)])
def test_who_takes_in_a_case_sees_who_it_is_and_its_own_records_only(
    town: Town, child: uuid.UUID, who: str, seen: int
) -> None:
    handle = opened(town.acting(who), "rights_counter")
    assert handle.outcome == "opened" and handle.subject is not None and len(handle.records) == seen


def test_telling_two_files_apart_gives_no_record_of_a_child(town: Town, child: uuid.UUID) -> None:
    left, right = sorted((child, town.person))
    raised = Suspicion.objects.create(left_id=left, right_id=right, kind="person", reasons=[], raised_at=clock.now())
    with as_role(WEB):
        handle = gate.open_file(
            acting=town.acting("office"), purpose="duplicate_review", subject_id=child, case_no=str(raised.id)
        )
    assert handle.outcome == "opened" and handle.records == []


def test_no_measure_is_told_from_what_was_recorded_about_a_child(town: Town, child: uuid.UUID) -> None:
    make_matter()
    with as_role(WEB):
        answer = gate.check(
            acting=town.acting("taxman"), matter="m_test", number=("id_number", CHILD), name=None, case_no="1"
        )
    assert (answer.outcome, answer.measures) == ("answered", []) and len(checked(town, "person")) == 1


def test_the_office_handles_a_childs_case_without_its_records(town: Town, child: uuid.UUID) -> None:
    ref = draft(town, "child")
    do(town, "child", ref, "file")
    before = Entry.objects.count()
    case = look(town, "office", ref)
    assert case.file is not None and case.file.records == [] and len(case.records) == 1
    assert not [row for row in case.raw if row[0] in ("record", "statement")]
    assert Entry.objects.count() == before + 1 and Entry.objects.latest("id").records == 0
    do(town, "office", ref, "forward")
    case = look(town, "clerk", ref)
    assert case.file is not None and len(case.file.records) == 1
    assert do(town, "clerk", ref, "annul").step == "annulled"


DAYS = [
    (dt.date(2008, 3, 1), dt.date(2026, 2, 28), True), (dt.date(2008, 3, 1), dt.date(2026, 3, 1), False),
    (dt.date(2008, 2, 29), dt.date(2026, 2, 28), True), (dt.date(2008, 2, 29), dt.date(2026, 3, 1), False),
    (dt.date(2008, 12, 31), dt.date(2026, 12, 30), True), (dt.date(2008, 12, 31), dt.date(2026, 12, 31), False),
]  # fmt: skip


@pytest.mark.parametrize(("born", "today", "minor"), DAYS)
def test_the_day_of_coming_of_age(
    db: None, monkeypatch: pytest.MonkeyPatch, born: dt.date, today: dt.date, minor: bool
) -> None:
    """Also of who was born on 29 February: program and database agree."""
    on(monkeypatch, today)
    with connection.cursor() as cursor:
        cursor.execute("SELECT gate.is_minor(%s)", [born])
        assert cursor.fetchone()[0] is minor
    assert rules.is_minor(born, today) is minor


def guardian(town: Town, child: uuid.UUID, until: dt.date | None = None, who: str = "agent") -> uuid.UUID:
    """Entered at the counter of the tax unit."""
    handle = opened(town.acting("taxman"), "rights_counter")
    with as_role(WEB):
        return actions.do_represent(
            acting=town.acting("taxman"), at=clock.now(), subject_id=child, entry_id=handle.entry_id, account=who,
            ground="guardian", since=clock.today(), until=until or rules.comes_of_age(BORN) - dt.timedelta(days=1),
        )  # fmt: skip


def test_a_guardian_acts_until_the_eighteenth_birthday(
    town: Town, child: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = town.acting("agent")
    with as_role(WEB):
        assert gate.open_file(acting=agent, purpose="self_access", subject_id=child).refusal == "not_own_file"
    guardian(town, child)
    with as_role(WEB):
        assert len(gate.open_file(acting=agent, purpose="self_access", subject_id=child).records) == 1
    ref = draft(town, "child", who="agent", subject_id=child)
    do(town, "agent", ref, "file")
    case = look(town, "agent", ref)
    assert case.step == "filed" and case.text("claim")
    read = Entry.objects.filter(subject_id=child, actor_id=agent.id, purpose="rights_case", items=["read"])
    assert read.count() == 2  # each reading of it is an entry
    with as_role(WEB):
        assert [(one.number, one.own) for one in queries.my_cases(agent)] == [(ref.number, False)]
    on(monkeypatch, rules.comes_of_age(BORN))
    with as_role(WEB):
        assert gate.open_file(acting=agent, purpose="self_access", subject_id=child).refusal == "not_own_file"
        assert queries.my_cases(agent) == []
    with pytest.raises(Problem, match="没有这件案件"):
        look(town, "agent", ref)


def test_no_guardianship_outlasts_childhood(town: Town, child: uuid.UUID) -> None:
    with pytest.raises(Problem, match=str(rules.comes_of_age(BORN) - dt.timedelta(days=1))) as raised:
        guardian(town, child, rules.comes_of_age(BORN))
    assert raised.value.code == "guardian_until" and not Representation.objects.exists()


def test_a_guardian_is_entered_after_the_paper_was_seen_and_ends(town: Town, child: uuid.UUID) -> None:
    with as_role(WEB), pytest.raises(Problem) as raised:
        actions.do_represent(
            acting=town.acting("taxman"), at=clock.now(), subject_id=child, entry_id=1, account="agent",
            ground="guardian", since=clock.today(), until=clock.today(),
        )  # fmt: skip
    assert raised.value.code == "counter_entry_missing"
    key = guardian(town, child)
    with as_role(WEB), pytest.raises(Problem) as raised:
        actions.do_end_representation(acting=town.acting("taxman"), at=clock.now(), representation_id=key)
    assert raised.value.code == "representation_unknown"
    with as_role(WEB):
        actions.do_end_representation(acting=town.acting("agent"), at=clock.now(), representation_id=key)
        refused = gate.open_file(acting=town.acting("agent"), purpose="self_access", subject_id=child)
    assert refused.refusal == "not_own_file"
    with pytest.raises(Problem) as raised:
        guardian(town, child, who="nobody")
    assert raised.value.code == "account_unknown"


def test_an_agent_for_one_case_reads_that_case_and_no_file(town: Town) -> None:
    ref = draft(town, "person")
    do(town, "person", ref, "file")
    number = ("id_number", "11010519491231002X")
    handle = opened(town.acting("taxman"), "rights_counter", number=number)
    with as_role(WEB):
        actions.do_represent(
            acting=town.acting("taxman"), at=clock.now(), subject_id=town.person, entry_id=handle.entry_id,
            account="agent", ground="agent", since=clock.today(), until=clock.today(), case_id=ref.id,
        )  # fmt: skip
        assert gate.open_file(acting=town.acting("agent"), purpose="self_access", subject_id=town.person).records == []
    assert look(town, "agent", ref).number == ref.number
    with pytest.raises(Problem) as raised:
        draft(town, "person", who="agent", subject_id=town.person)
    assert raised.value.code == "not_own_file"
