"""The gate as the web's role meets it: who may open what, and that every look leaves its entry."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid

import pytest
from django.db import connection

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.gate import queries as gate
from goodfaith.ledger.models import Entry
from goodfaith.parties.models import Unit
from goodfaith.records.models import Record
from tests.city import ID_NUMBER, NAME, PENALTY, City, judge_same, make_record
from tests.conftest import as_role
from tests.gate.cast import give


def _open(acting: Acting, **given: object) -> gate.FileHandle:
    with as_role("goodfaith_web"):
        return gate.open_file(acting=acting, **given)  # type: ignore[arg-type]


CASES = [
    # who, purpose, whose, case number, what comes of it
    ("citizen", "self_access", "person", None, "opened"),
    ("enterprise", "self_access", "organisation", None, "opened"),
    ("stranger", "self_access", "person", None, "not_own_file"),
    ("citizen", "self_access", "namesake", None, "not_own_file"),
    ("citizen", "credit_administration", "person", "甲1", "purpose_not_for_actor"),
    ("clerk", "self_access", "person", "甲1", "purpose_not_for_actor"),
    ("clerk", "credit_administration", "person", "甲1", "role_not_allowed"),
    ("clerk", "source_verification", "person", "甲1", "opened"),
    ("clerk", "source_verification", "person", None, "case_required"),
    ("clerk", "source_verification", "person", "  ", "case_required"),
    ("credit_office", "credit_administration", "person", "甲1", "opened"),
    ("credit_office", "no_such_purpose", "person", "甲1", "purpose_unknown"),
    ("credit_office", "duplicate_review", "person", "00000000-0000-0000-0000-00000000dead", "case_unknown"),
    ("auditor", "credit_administration", "person", "甲1", "role_not_allowed"),
]


@pytest.mark.parametrize(("who", "purpose", "whose", "case", "outcome"), CASES)
def test_who_may_open_what(city: City, who: str, purpose: str, whose: str, case: str | None, outcome: str) -> None:
    handle = _open(city.users[who].acting, purpose=purpose, subject_id=getattr(city, whose), case_no=case)
    entry = Entry.objects.get(id=handle.entry_id)
    assert (handle.refusal or handle.outcome) == outcome
    assert (entry.refusal or entry.outcome) == outcome
    assert entry.subject_id == getattr(city, whose)
    assert entry.purpose == purpose
    assert bool(handle.records) == (outcome == "opened")
    assert entry.records == len(handle.records)


def test_own_file_shows_everything_in_the_clear(city: City) -> None:
    handle = _open(city.users["citizen"].acting, purpose="self_access", subject_id=city.person)
    assert handle.subject is not None
    assert handle.subject.name == NAME
    assert [n.number for n in handle.numbers] == [ID_NUMBER]
    assert handle.records[0].fields["CF_XDR_MC"] == NAME


def test_an_officer_sees_masked(city: City) -> None:
    handle = _open(
        city.users["credit_office"].acting, purpose="credit_administration",
        number=("id_number", ID_NUMBER), case_no="甲1",
    )  # fmt: skip
    assert handle.subject is not None
    assert handle.subject.name == "欧阳**"
    assert [n.number for n in handle.numbers] == ["990***********0011"]
    assert handle.records[0].fields["CF_XDR_MC"] == "欧阳**"
    assert handle.records[0].fields["CF_SY"] == "当事人欧阳**的示例事实"


def test_an_organisation_is_told_as_one(city: City) -> None:
    handle = _open(city.users["enterprise"].acting, purpose="self_access", subject_id=city.organisation)
    assert handle.subject is not None
    assert (handle.subject.kind, handle.subject.facts["organisation_kind"]) == ("organisation", "enterprise")


def test_a_clerk_sees_only_what_the_own_unit_reported(city: City) -> None:
    other = _open(city.users["other_clerk"].acting, purpose="source_verification", subject_id=city.person, case_no="1")
    assert other.outcome == "opened"
    assert other.records == []


def test_a_number_that_nobody_has_is_an_entry_too(city: City) -> None:
    handle = _open(
        city.users["credit_office"].acting, purpose="credit_administration",
        number=("id_number", "110105194912310021"), case_no="甲1",
    )  # fmt: skip
    assert handle.outcome == "unknown"
    assert Entry.objects.get(id=handle.entry_id).outcome == "unknown"


def test_judged_the_same_are_shown_as_one_until_it_is_undone(city: City) -> None:
    citizen = city.users["citizen"].acting
    judgement = judge_same(city)
    assert len(_open(citizen, purpose="self_access", subject_id=city.person).records) == 2
    judgement.withdrawn_at = judgement.at
    judgement.save()
    assert len(_open(citizen, purpose="self_access", subject_id=city.person).records) == 1


def test_the_actor_is_looked_up_not_believed(city: City) -> None:
    forged = Acting(kind="officer", id="999999", name="信用主管部门", unit="t_a")
    handle = _open(forged, purpose="credit_administration", subject_id=city.person, case_no="甲1")
    assert handle.refusal == "actor_unknown"
    assert handle.subjects == []


def test_an_account_that_was_switched_off_opens_nothing(city: City) -> None:
    user = city.users["credit_office"]
    user.is_active = False
    user.save()
    assert (
        _open(user.acting, purpose="credit_administration", subject_id=city.person, case_no="1").refusal
        == "actor_unknown"
    )


def test_the_subject_sees_every_look_and_no_other_citizens_name(city: City) -> None:
    _open(city.users["credit_office"].acting, purpose="credit_administration", subject_id=city.person, case_no="甲1")
    _open(city.users["stranger"].acting, purpose="self_access", subject_id=city.person)
    with as_role("goodfaith_web"):
        entries = gate.my_entries(city.users["citizen"].acting)
    assert [(e.actor_kind, e.outcome) for e in entries] == [("citizen", "refused"), ("officer", "opened")]
    assert entries[0].actor_name == ""
    assert entries[1].case_no == "甲1"
    with as_role("goodfaith_web"):
        assert gate.my_entries(city.users["stranger"].acting) == []


def test_reading_the_ledger_is_for_auditors_and_is_an_entry(city: City) -> None:
    with as_role("goodfaith_web"):
        assert gate.read_ledger(city.users["clerk"].acting) == []
        seen = gate.read_ledger(city.users["auditor"].acting)
    assert [row["outcome"] for row in seen][:2] == ["opened", "refused"]


def test_another_units_delivery_is_refused_and_noted(city: City) -> None:
    with as_role("goodfaith_web"), pytest.raises(Problem, match="批次"):
        gate.open_delivery(city.users["other_clerk"].acting, uuid.uuid4(), ["refused"])
    assert Entry.objects.latest("id").refusal == "not_own_delivery"


def test_an_injected_call_of_the_gate_leaves_its_entry(city: City) -> None:
    before = Entry.objects.count()
    with as_role("goodfaith_web"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM gate.open_file('officer', %s, 'credit_administration', %s, null, null, 'x', null)",
            [str(city.users["credit_office"].pk), city.person],
        )
        assert cursor.rowcount > 1
    assert Entry.objects.count() == before + 1


def test_a_unit_that_was_switched_off_asks_for_nothing(city: City) -> None:
    Unit.objects.filter(code="t_office").update(active=False)
    handle = _open(
        city.users["credit_office"].acting, purpose="credit_administration", subject_id=city.person, case_no="1"
    )
    assert handle.refusal == "unit_not_allowed"


def test_the_digest_in_the_entry_is_that_of_the_rows(city: City) -> None:
    make_record(city.person, unit="t_b", person=True, decided=dt.date(2020, 1, 2))
    handle = _open(city.users["citizen"].acting, purpose="self_access", subject_id=city.person)
    digests = {r.id: bytes(r.digest).hex() for r in Record.objects.filter(subject_id=city.person)}
    lines = "\n".join(f"{r.id}:{r.version}:{digests[r.id]}" for r in handle.records)
    entry = Entry.objects.get(id=handle.entry_id)
    assert handle.digest == bytes(entry.answer or b"").hex() == hashlib.sha256(lines.encode()).hexdigest()
    assert (len(handle.records), handle.at) == (2, entry.at)


MATTERS = [
    ("bank_credit", "credit_granting", None),
    ("government_procurement", "credit_granting", "matter_not_for_purpose"),
    ("no_such", "credit_granting", "matter_unknown"),
]


@pytest.mark.parametrize(("matter", "purpose", "refusal"), MATTERS)
def test_a_file_may_belong_to_a_matter(
    city: City, bank: Acting, matter: str, purpose: str, refusal: str | None
) -> None:
    give(city, "k_bank", purpose)
    handle = _open(bank, purpose=purpose, subject_id=city.person, case_no="1", matter=matter)
    assert handle.refusal == refusal
    assert Entry.objects.get(id=handle.entry_id).matter == matter


def test_a_purpose_opens_only_its_items_and_disclosures(city: City) -> None:
    clerk = city.users["clerk"].acting
    listed = _open(clerk, purpose="file_for_supervision", subject_id=city.person, case_no="1")
    assert [r.item for r in listed.records] == [PENALTY]
    assert PENALTY in (Entry.objects.get(id=listed.entry_id).items or [])
    asked = _open(clerk, purpose="file_for_supervision", subject_id=city.person, case_no="1", items=["honours.honour"])
    assert (asked.outcome, asked.records) == ("opened", [])
    connection.cursor().execute("UPDATE law_purpose SET disclosures = '[\"open\"]' WHERE code = 'file_for_supervision'")
    assert _open(clerk, purpose="file_for_supervision", subject_id=city.person, case_no="1").records == []


def test_name_and_number_of_a_file_must_agree(city: City) -> None:
    office = city.users["credit_office"].acting
    number = ("id_number", ID_NUMBER)
    for name, outcome in ((NAME, "opened"), ("欧阳另例", "mismatch"), (" ", "opened")):
        handle = _open(office, purpose="credit_administration", number=number, name=name, case_no="1")
        assert (handle.outcome, bool(handle.subjects)) == (outcome, outcome == "opened")
