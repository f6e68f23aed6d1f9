"""What was corrected or withdrawn does not come back by another road, unless a new document is cited."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodfaith.common import clock
from goodfaith.intake import messages
from goodfaith.records.models import Record, Tombstone
from goodfaith.subjects.models import Identifier, Judgement, Suspicion
from tests.intake.conftest import GOOD, GOOD_PERSON
from tests.rights.town import (
    Town,
    accepted,
    at_source,
    committed,
    deliver,
    do,
    listed,
    own_file,
    received,
    refused,
)

PASSPORT = {"CF_XDR_ZJLX": "护照", "CF_XDR_ZJHM": "E12345678"}
ROWS: dict[str, dict[str, Any]] = {"firm": GOOD, "person": GOOD_PERSON}
BOTH = pytest.mark.parametrize("whose", ["firm", "person"])
TAKEN_DOWN = [("annul", "annulled"), ("unlink", "unlinked")]


def visible(town: Town, whose: str) -> list[str | None]:
    """The fines that stand in the file."""
    return [one.fields.get("CF_NR_FK") for one in own_file(town, whose).current if one.status in ("current", "disputed")]


def decided(town: Town, whose: str, act: str, **more: Any) -> None:
    """Bring the record to an end."""
    do(town, "clerk", accepted(town, whose) if act == "grant" else at_source(town, whose), act, **more)


@BOTH
@pytest.mark.parametrize("unit", ["deliverer", "taxman"])
def test_old_content_of_a_corrected_fact_is_refused_from_any_unit(town: Town, whose: str, unit: str) -> None:
    decided(town, whose, "correct")
    again = deliver(town.acting(unit), ROWS[whose])
    assert refused(again) == ["fact_withdrawn"] and visible(town, whose) == ["3"]
    assert refused(deliver(town.acting(unit), ROWS[whose] | {"CF_NR_FK": "9"})) == ["fact_withdrawn"]
    assert "新文书" in messages.sentence("fact_withdrawn")  # the clerk is told what to do


@BOTH
def test_the_corrected_content_is_known(town: Town, whose: str) -> None:
    decided(town, whose, "correct")
    again = deliver(town.acting("taxman"), ROWS[whose] | {"CF_NR_FK": "3"})
    assert (refused(again), again.added, again.revised) == ([], 0, 0)


@BOTH
@pytest.mark.parametrize(("act", "status"), TAKEN_DOWN)
def test_what_was_taken_down_is_refused_whatever_it_says_now(town: Town, whose: str, act: str, status: str) -> None:
    decided(town, whose, act)
    for row in (ROWS[whose], ROWS[whose] | {"CF_NR_FK": "3"}):
        assert refused(deliver(town.acting("taxman"), row)) == ["fact_withdrawn"]
    assert visible(town, whose) == []
    assert Record.objects.get(subject_id=getattr(town, whose), superseded_at=None).status == status


@BOTH
def test_what_was_repaired_stays_repaired(town: Town, whose: str) -> None:
    decided(town, whose, "grant")
    same = deliver(town.acting("deliverer"), ROWS[whose])
    assert (same.added, same.revised) == (0, 0) and visible(town, whose) == []
    assert refused(deliver(town.acting("deliverer"), ROWS[whose] | {"CF_NR_FK": "6"})) == ["fact_withdrawn"]


@BOTH
def test_a_new_document_passes(town: Town, whose: str) -> None:
    decided(town, whose, "annul")
    assert refused(deliver(town.acting("deliverer"), ROWS[whose] | {"CF_WSH": "示市监罚〔2026〕99号"})) == []
    assert visible(town, whose) == ["5"]


@pytest.mark.parametrize("written", ["示市监罚[2026]1号", "示市监罚（2026）1 号", "示市监罚【2026】１号"])
def test_the_same_number_written_otherwise_is_the_same_document(town: Town, written: str) -> None:
    decided(town, "firm", "annul")
    assert refused(deliver(town.acting("deliverer"), GOOD | {"CF_WSH": written})) == ["fact_withdrawn"]


def test_a_wrong_document_number_put_right_does_not_bring_the_rest_back(town: Town) -> None:
    """The old content is refused under the old number and under the right one."""
    right = "示市监罚〔2026〕11号"
    decided(town, "firm", "correct", corrections={town.records["firm"]: {"CF_WSH": right, "CF_NR_FK": "3"}})
    assert refused(deliver(town.acting("deliverer"), GOOD)) == ["fact_withdrawn"]
    assert refused(deliver(town.acting("deliverer"), GOOD | {"CF_WSH": right})) == ["fact_withdrawn"]
    assert refused(deliver(town.acting("deliverer"), GOOD | {"CF_WSH": right, "CF_NR_FK": "3"})) == []
    assert visible(town, "firm") == ["3"]


def test_a_later_correction_takes_the_place_of_the_earlier(town: Town) -> None:
    for fine in ("3", "5"):
        decided(town, "firm", "correct", corrections={town.records["firm"]: {"CF_NR_FK": fine}})
    assert refused(deliver(town.acting("deliverer"), GOOD | {"CF_NR_FK": "3"})) == ["fact_withdrawn"]
    assert refused(deliver(town.acting("deliverer"), GOOD)) == []
    assert Tombstone.objects.filter(lifted_at=None).count() == 1 and Tombstone.objects.count() == 2


def test_what_is_decided_between_check_and_commit_is_not_brought_back(town: Town) -> None:
    """The delivery was found good; the commit asks once more."""
    clerk = town.acting("deliverer")
    again = received(clerk, GOOD | {"CF_NR_FK": "8"})
    assert (again.state, again.good) == ("checked", 1)
    decided(town, "firm", "annul")
    again = committed(clerk, again)
    assert (again.added, again.revised) == (0, 0) and visible(town, "firm") == []


def judged_same(town: Town) -> Identifier:
    """The person under a passport, known from another penalty and judged to be the same."""
    deliver(town.acting("deliverer"), GOOD_PERSON | PASSPORT | {"CF_WSH": "示市监罚〔2026〕7号"})
    other = Identifier.objects.get(kind="passport")
    left, right = sorted((town.person, other.subject_id))
    raised = Suspicion.objects.filter(left_id=left, right_id=right).first() or Suspicion.objects.create(
        left_id=left, right_id=right, kind="person", reasons=[], raised_at=clock.now()
    )
    Judgement.objects.create(
        suspicion_id=raised.id, left=left, right=right, verdict="same", reason="同一人", officer_id="1",
        officer_name="测试", unit="office", at=clock.now(),
    )  # fmt: skip
    return other


def test_under_another_number_of_the_same_person_it_is_refused_too(town: Town) -> None:
    judged_same(town)
    decided(town, "person", "annul")
    assert refused(deliver(town.acting("taxman"), GOOD_PERSON | PASSPORT)) == ["fact_withdrawn"]


def test_somebody_else_may_have_the_record_that_was_not_ones_own(town: Town) -> None:
    """"Not me": refused for the wrong number, admitted for the right one."""
    decided(town, "person", "unlink")
    assert refused(deliver(town.acting("deliverer"), GOOD_PERSON)) == ["fact_withdrawn"]
    assert refused(deliver(town.acting("deliverer"), GOOD_PERSON | PASSPORT)) == []


FINES = st.sampled_from(["1", "2", "3", "5", "8"])
DOCUMENTS = st.sampled_from(["示市监罚〔2026〕1号", "示市监罚[2026]1号", "示市监罚〔2026〕2号", "示市监罚〔2026〕3号"])
IMPORTS = st.lists(st.tuples(st.sampled_from(["deliverer", "taxman"]), DOCUMENTS, FINES), min_size=1, max_size=5)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(act=st.sampled_from(["correct", "annul", "unlink", "grant"]), imports=IMPORTS)
def test_no_import_brings_a_corrected_fact_back(
    town: Town, act: str, imports: list[tuple[str, str, str]]
) -> None:
    """Whatever is delivered later, by whom and how often: under the old document stands what was decided and nothing
    else; only another document brings something new."""
    with transaction.atomic():
        decided(town, "firm", act)
        wanted = {"correct": ["3"]}.get(act, [])
        for unit, document, fine in imports:
            deliver(town.acting(unit), GOOD | {"CF_WSH": document, "CF_NR_FK": fine})
        kept = Record.objects.filter(id=town.records["firm"], superseded_at=None, status="current")
        assert [one.content["CF_NR_FK"] for one in kept] == wanted
        others = {document for _, document, _ in imports} - {"示市监罚〔2026〕1号", "示市监罚[2026]1号"}
        assert len(listed(town)) == len(wanted) + len(others)
        transaction.set_rollback(True)


def test_dates_do_not_lift_what_was_buried(town: Town) -> None:
    decided(town, "firm", "annul")
    for days in (1, 2):
        later = (dt.date(2026, 11, 16) + dt.timedelta(days=days)).isoformat()
        assert refused(deliver(town.acting("deliverer"), GOOD | {"CF_JDRQ": later})) == ["fact_withdrawn"]
