"""An objection from the subject's draft to the answer: what it does to the record while it runs, and at each end."""

from __future__ import annotations

from typing import Any

import pytest

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.roles import WEB
from goodfaith.records.models import Mark, Record, Tombstone
from goodfaith.rights import queries, versions
from goodfaith.rights.models import Case, Event
from goodfaith.subjects.models import SubjectKey
from tests.conftest import as_role
from tests.intake.conftest import GOOD
from tests.rights.town import (
    USCC,
    Town,
    accepted,
    at_source,
    checked,
    deliver,
    do,
    draft,
    file,
    listed,
    look,
    looked,
    make_matter,
    own_file,
)

BOTH = pytest.mark.parametrize("whose", ["firm", "person"])


def standing(town: Town, whose: str) -> list[str]:
    """How the record stands for a unit that did not report it."""
    return [one.status for one in looked(town, "taxman", whose, "rights_counter").current]


@BOTH
def test_a_filed_objection_marks_the_record_everywhere_at_once(town: Town, whose: str) -> None:
    make_matter()
    ref = draft(town, whose)
    assert own_file(town, whose).current[0].status == "current" and not any(m.disputed for m in checked(town, whose))
    do(town, whose, ref, "file")
    assert own_file(town, whose).current[0].status == "disputed" and standing(town, whose) == ["disputed"]
    assert [one.disputed for one in checked(town, whose)] == [True]
    assert listed(town) == (["disputed"] if whose == "firm" else ["current"])
    do(town, whose, ref, "withdraw")
    assert standing(town, whose) == ["current"] and not any(m.disputed for m in checked(town, whose))


@BOTH
def test_not_me_stops_display_sharing_and_effect_at_once(town: Town, whose: str) -> None:
    make_matter()
    ref = file(town, whose, kind="not_me")
    own = own_file(town, whose).current[0]
    assert own.suspended and own.status == "disputed" and not own.shown
    assert standing(town, whose) == [] and checked(town, whose) == []
    assert listed(town) == ([] if whose == "firm" else ["current"])
    do(town, "office", ref, "forward")
    do(town, "clerk", ref, "maintain")
    assert standing(town, whose) == ["current"] and len(checked(town, whose)) == 1
    assert not own_file(town, whose).current[0].suspended


def test_what_was_found_to_be_ones_own_is_not_suspended_by_saying_so_again(town: Town) -> None:
    ref = at_source(town, kind="not_me")
    do(town, "clerk", ref, "maintain")
    file(town, kind="not_me")
    assert listed(town) == ["disputed"]


@BOTH
def test_a_correction_is_a_new_version_beside_the_old_and_can_be_read(town: Town, whose: str) -> None:
    ref = at_source(town, whose)
    assert do(town, "clerk", ref, "correct").step == "corrected"
    found = [(one.version, one.status, one.fields["CF_NR_FK"]) for one in own_file(town, whose).records]
    assert found == [(2, "current", "3"), (1, "current", "5")]
    new = Record.objects.get(subject_id=getattr(town, whose), version=2)
    assert new.sealed is None or (new.sealed[0] >= 3 and new.sealed[1] == 1)
    assert (new.content == {}) == (whose == "person")
    assert looked(town, "clerk", whose, "source_verification").current[0].fields["CF_NR_FK"] == "3"
    assert not Mark.objects.filter(until=None).exists()


@BOTH
def test_whose_a_record_is_is_not_corrected(town: Town, whose: str) -> None:
    ref = at_source(town, whose)
    case = look(town, "clerk", ref)
    (record,) = case.records
    offered = {field for field, _, _ in versions.correctable(case)[record.record_id]}
    assert "CF_NR_FK" in offered and not offered & {"CF_XDR_MC", "CF_XDR_SHXYM", "CF_XDR_ZJHM", "CF_XDR_LB"}
    with pytest.raises(Problem) as raised:
        do(town, "clerk", ref, "correct", corrections={record.record_id: {"CF_XDR_MC": "另一家公司"}})
    assert raised.value.code == "identity_not_corrected"


WRONG = [
    ({"CF_JDRQ": "2099-01-01"}, "correction_refused"), ({"CF_CFLB": "没有这一类"}, "correction_refused"),
    ({"CF_WSH": ""}, "correction_refused"), ({"CF_NR_FK": "5"}, "nothing_corrected"), ({}, "nothing_corrected"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "code"), WRONG)
def test_a_correction_passes_the_checks_of_the_intake(town: Town, fields: dict[str, str], code: str) -> None:
    ref = at_source(town)
    with pytest.raises(Problem) as raised:
        do(town, "clerk", ref, "correct", corrections={town.records["firm"]: fields})
    assert raised.value.code == code and Record.objects.filter(subject_id=town.firm).count() == 1


ENDS = [("annul", "annulled"), ("unlink", "unlinked"), ("grant", "repaired")]


def ended(town: Town, whose: str, act: str) -> None:
    """Bring the record to that end."""
    do(town, "clerk", accepted(town, whose) if act == "grant" else at_source(town, whose), act)


@BOTH
@pytest.mark.parametrize(("act", "status"), ENDS)
def test_what_is_taken_down_is_not_shown_not_shared_and_has_no_effect(
    town: Town, whose: str, act: str, status: str
) -> None:
    make_matter()
    ended(town, whose, act)
    assert standing(town, whose) == [] and checked(town, whose) == []
    assert listed(town) == ([] if whose == "firm" else ["current"])
    kept = Record.objects.get(subject_id=getattr(town, whose), superseded_at=None)
    assert (kept.version, kept.status) == (2, status)
    own = own_file(town, whose)
    assert [one.status for one in own.current] == ([] if act == "unlink" else [status])
    assert [one.status for one in looked(town, "clerk", whose, "source_verification").current] == [status]


def test_somebody_elses_record_is_not_in_the_file_any_more_and_stays_with_who_reported_it(town: Town) -> None:
    ended(town, "person", "unlink")
    assert own_file(town, "person").records == []
    assert len(looked(town, "clerk", "person", "source_verification").records) == 2


def test_repair_of_all_records_of_one_decision_is_one_case(town: Town) -> None:
    deliver(town.acting("deliverer"), GOOD | {"CF_WSH": "示市监罚〔2026〕2号"})
    both = list(Record.objects.filter(subject_id=town.firm).values_list("id", flat=True))
    ref = accepted(town, records=both)
    do(town, "clerk", ref, "grant")
    assert set(Record.objects.filter(id__in=both, superseded_at=None).values_list("status", flat=True)) == {"repaired"}
    assert Tombstone.objects.filter(lifted_at=None).count() == 2 and listed(town) == []


def test_a_correction_leaves_the_right_records_of_a_case_alone(town: Town) -> None:
    deliver(town.acting("deliverer"), GOOD | {"CF_WSH": "示市监罚〔2026〕2号"})
    both = list(Record.objects.filter(subject_id=town.firm).values_list("id", flat=True))
    ref = at_source(town, records=both)
    do(town, "clerk", ref, "correct", corrections={town.records["firm"]: {"CF_NR_FK": "3"}})
    newest = dict(Record.objects.filter(id__in=both, superseded_at=None).values_list("id", "version"))
    assert newest == {town.records["firm"]: 2, next(one for one in both if one != town.records["firm"]): 1}


def test_no_unit_decides_about_another_units_record(town: Town) -> None:
    """谁认定、谁修复: a case is about the records of one unit."""
    deliver(town.acting("taxman"), GOOD | {"CF_WSH": "示税罚〔2026〕2号"})
    both = list(Record.objects.filter(subject_id=town.firm).values_list("id", flat=True))
    for procedure, kind in (("repair", "performed"), ("objection", "wrong"), ("note", "litigation")):
        with pytest.raises(Problem) as raised:
            draft(town, procedure=procedure, kind=kind, records=both)
        assert raised.value.code == "several_units"
        with pytest.raises(Problem) as raised:
            draft(town, procedure=procedure, kind=kind, records=[])
        assert raised.value.code == "records_missing"


def test_the_office_does_not_decide_for_the_source_nor_the_source_for_the_office(town: Town) -> None:
    ref = at_source(town)
    with pytest.raises(Problem, match="现在不能办"):
        do(town, "office", ref, "maintain")
    own = file(town, "person")
    do(town, "office", own, "take")
    with pytest.raises(Problem) as raised:
        look(town, "clerk", own)
    assert raised.value.code == "case_unknown"
    assert do(town, "office", own, "maintain").step == "maintained"


def test_repair_while_a_listing_is_open(town: Town) -> None:
    """A record of a list that is disputed and applied for at once: repaired, and the objection can decide no more."""
    objection, repair = at_source(town), accepted(town)
    do(town, "clerk", repair, "grant")
    assert own_file(town, "firm").current[0].status == "repaired"
    with pytest.raises(Problem) as raised:
        do(town, "clerk", objection, "annul")
    assert raised.value.code == "record_moved"
    do(town, "clerk", objection, "maintain")
    assert not Mark.objects.filter(until=None).exists()
    assert own_file(town, "firm").current[0].status == "repaired" and listed(town) == []


def test_a_record_changed_by_a_delivery_between_opening_and_deciding_is_not_decided_on(town: Town) -> None:
    ref = at_source(town)
    seen = look(town, "clerk", ref)
    deliver(town.acting("deliverer"), GOOD | {"CF_NR_FK": "7"})
    for act in ("correct", "annul"):
        with pytest.raises(Problem) as raised:
            do(town, "clerk", ref, act, case=seen)
        assert raised.value.code == "record_moved"
    assert look(town, "clerk", ref).step == "source" and own_file(town, "firm").current[0].fields["CF_NR_FK"] == "7"
    assert own_file(town, "firm").current[0].status == "disputed"  # the mark is of the record, not of its version
    do(town, "clerk", ref, "correct")
    assert own_file(town, "firm").current[0].version == 3


def test_a_key_destroyed_between_opening_and_deciding(town: Town) -> None:
    """What would be sealed under it could never be opened; once it is gone, the record can still be taken down."""
    ref = at_source(town, "person")
    seen = look(town, "clerk", ref)
    SubjectKey.objects.filter(subject_id=town.person).update(
        wrapped=None, erased_at=clock.now(), erased_under="《个人信息保护法》第四十七条"
    )
    for act in ("correct", "annul"):
        with pytest.raises(Problem) as raised:
            do(town, "clerk", ref, act, case=seen)
        assert raised.value.code == "record_moved"
    with pytest.raises(Problem) as raised:
        do(town, "clerk", ref, "correct")
    assert raised.value.code == "content_erased" and versions.correctable(look(town, "clerk", ref)) == {}
    do(town, "clerk", ref, "annul")
    assert own_file(town, "person").current[0].erased and own_file(town, "person").current[0].status == "annulled"


def test_who_brought_the_record_in_or_wrote_the_case_down_does_not_decide(town: Town) -> None:
    ref = at_source(town)
    case = look(town, "deliverer", ref)
    assert case.entered_it and not {act.code for act in case.may()} & {"maintain", "correct", "annul", "unlink"}
    for act in ("maintain", "correct", "annul", "unlink"):
        with pytest.raises(Problem) as raised:
            do(town, "deliverer", ref, act)
        assert raised.value.code == "four_eyes"
    handle = looked(town, "clerk", "firm", "rights_counter")
    written = draft(town, "firm", who="clerk", procedure="repair", kind="performed", channel="counter",
                    subject_id=town.firm, entry_id=handle.entry_id)  # fmt: skip
    do(town, "clerk", written, "file")
    do(town, "clerk", written, "accept")
    with pytest.raises(Problem) as raised:
        do(town, "clerk", written, "grant")
    assert raised.value.code == "four_eyes"
    assert do(town, "second", written, "grant").step == "granted"


COUNTER: list[tuple[str, dict[str, Any], str]] = [
    ("office", {"purpose": "credit_administration"}, "counter_entry_missing"),
    ("clerk", {"whose": "person"}, "counter_entry_missing"),
    ("auditor", {}, "role_not_allowed"),
    ("banker", {}, "counter_entry_missing"),
]


@pytest.mark.parametrize(("who", "look_at", "code"), COUNTER)
def test_at_the_counter_the_file_is_opened_first(town: Town, who: str, look_at: dict[str, Any], code: str) -> None:
    handle = looked(town, who, look_at.get("whose", "firm"), look_at.get("purpose", "rights_counter"))
    with pytest.raises(Problem) as raised:
        draft(town, "firm", who=who, channel="counter", subject_id=town.firm, entry_id=handle.entry_id)
    assert raised.value.code == code and not Case.objects.exists()


def test_the_same_record_is_not_filed_twice_in_one_procedure(town: Town) -> None:
    first, second = draft(town), draft(town)
    do(town, "firm", first, "file")
    with pytest.raises(Problem, match=first.number) as raised:
        do(town, "firm", second, "file")
    assert raised.value.code == "case_running"
    do(town, "firm", first, "withdraw")
    do(town, "firm", second, "file")


def test_a_complaint_is_heard_by_the_unit_that_the_office_names(town: Town) -> None:
    """Also where the case is about another unit's record; an unknown unit and an officer elsewhere are refused."""
    ref = file(town, procedure="complaint", kind="handling")
    with pytest.raises(Problem) as raised:
        do(town, "office", ref, "hear", unit="nobody")
    assert raised.value.code == "unit_unknown"
    do(town, "office", ref, "hear", unit="tax")
    assert look(town, "taxman", ref).parts == ("source",)
    do(town, "taxman", ref, "explain", texts={"explanation": "情况说明"})
    assert look(town, "firm", ref).text("explanation") == "" and look(town, "office", ref).text("explanation") == "情况说明"
    with pytest.raises(Problem) as raised:
        do(town, "office", ref, "delegate", officer=str(town.users["clerk"].pk))
    assert raised.value.code == "officer_unknown"
    do(town, "office", ref, "delegate", officer=str(town.users["office2"].pk))
    with as_role(WEB):
        assert [one.number for one in queries.inbox(town.acting("office2"), mine=True)] == [ref.number]


def test_a_deleted_draft_is_gone_and_its_history_says_so(town: Town) -> None:
    ref = draft(town)
    do(town, "firm", ref, "discard")
    case = look(town, "firm", ref)
    assert case.outcome == "discarded" and case.texts == ()
    assert [one.act for one in Event.objects.all()] == ["discard"]
    with as_role(WEB):
        assert queries.my_cases(town.acting("firm")) == []


def test_the_same_decision_elsewhere_is_shown_to_who_opened_the_case(town: Town) -> None:
    ref = at_source(town)
    with as_role(WEB):
        assert queries.elsewhere(town.acting("clerk"), ref.id) == []  # not opened yet: refused, and an entry
        look(town, "clerk", ref)
        assert queries.elsewhere(town.acting("clerk"), ref.id) == []
    assert USCC not in str(Event.objects.values())
