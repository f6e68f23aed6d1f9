"""What bears where: the measures flattened for the gate, and what the shipped packs may never say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from goodfaith.common.acting import SYSTEM
from goodfaith.law import actions, models, packs, queries
from goodfaith.law.bearing import Bears, bearings
from goodfaith.law.using import PROTECTED

from .world import FILES, write

AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
SHIPPED = Path(__file__).parents[2] / "packs"
MEASURES = "measures/all.yaml"


def _stored() -> set[tuple[str, str, str, str]]:
    return set(models.Bearing.objects.values_list("measure", "matter", "item", "subject_kind"))


def test_each_measure_bears_on_its_matters_for_the_subjects_they_share(tmp_path: Path) -> None:
    found = set(map(_key, bearings(packs.read(write(tmp_path)))))
    assert found == {
        ("no_licence", "licence", "market.penalty", "person"),
        ("no_licence", "licence", "market.penalty", "organisation"),
        ("no_licence", "tender", "market.penalty", "organisation"),
        ("fast_lane", "licence", "market.prize", "organisation"),
    }


def _key(each: Bears) -> tuple[str, str, str, str]:
    return each.measure, each.matter, each.item, each.subject_kind


def test_classes_and_months_go_with_it(tmp_path: Path) -> None:
    lines = {each.measure: each for each in bearings(packs.read(write(tmp_path)))}
    assert (lines["no_licence"].classes, lines["no_licence"].months) == (["serious"], 12)
    assert (lines["fast_lane"].classes, lines["fast_lane"].months) == (None, None)


@pytest.fixture
def empty(db: None) -> None:
    for model in (models.Item, models.Sector, models.Instrument, models.CodeList, models.DisplayRule, models.Purpose,
                  models.Matter, models.Measure, models.Bearing, models.Area, models.PackLoad, models.Repair, models.Limit,
                  models.Term):  # fmt: skip
        model._base_manager.all().delete()


@pytest.mark.usefixtures("empty")
def test_the_table_follows_every_loading(tmp_path: Path) -> None:
    actions.do_load_packs(acting=SYSTEM, at=AT, directory=write(tmp_path))
    assert _stored() == set(map(_key, bearings(packs.read(tmp_path))))
    fewer = FILES[MEASURES].replace("matters: [licence, tender]", "matters: [tender]")
    actions.do_load_packs(acting=SYSTEM, at=AT, directory=write(tmp_path, changed={MEASURES: fewer}))
    assert {matter for _, matter, _, _ in _stored()} == {"tender", "licence"}
    assert ("no_licence", "licence", "market.penalty", "person") not in _stored()
    (tmp_path / "small" / MEASURES).unlink()
    actions.do_load_packs(acting=SYSTEM, at=AT, directory=tmp_path)
    assert _stored() == set()
    assert queries.measure("no_licence").code == "no_licence"
    assert queries.measures() == []


@pytest.mark.usefixtures("empty")
def test_matters_are_asked_by_the_kind_of_unit(tmp_path: Path) -> None:
    actions.do_load_packs(acting=SYSTEM, at=AT, directory=write(tmp_path))
    assert [each.code for each in queries.matters("court")] == ["tender"]
    assert [each.code for each in queries.matters()] == ["tender", "licence", "school_aid"]
    assert queries.matter("licence").purposes == ("licence_check",)
    for ask, code in ((queries.matter, "matter_unknown"), (queries.measure, "measure_unknown")):
        with pytest.raises(Exception, match="没有") as caught:
            ask("no_such")
        assert caught.value.code == code  # type: ignore[attr-defined]


@pytest.mark.usefixtures("empty")
def test_a_purposes_columns_are_what_the_gate_needs(tmp_path: Path) -> None:
    actions.do_load_packs(acting=SYSTEM, at=AT, directory=write(tmp_path))
    inquest = models.Purpose.objects.get(code="inquest")
    assert (inquest.ground, inquest.unit_kinds, inquest.delay_days) == ("statute", ["court"], 90)
    assert inquest.delay_basis and inquest.delay_basis["instrument"] == "law-a" and not inquest.case_shown
    inquiry = models.Purpose.objects.get(code="inquiry")
    assert (inquiry.ground, inquiry.listed) == ("consent", ["market.penalty"])
    assert inquiry.disclosures == ["open", "on_request", "shared"]
    check = models.Purpose.objects.get(code="licence_check")
    assert check.matter_required and check.delay_days is None and check.depth == "existence"


def test_no_shipped_restraint_bears_on_a_person_in_a_protected_matter() -> None:
    catalogue = packs.read(SHIPPED)
    protected = {code for code, matter in catalogue.matters.items() if matter.kind in PROTECTED}
    assert {"school_aid", "public_rental_housing"} <= protected
    bearing = [each for each in bearings(catalogue) if each.matter in protected and each.subject_kind == "person"]
    assert [each for each in bearing if catalogue.measures[each.measure].kind == "restraint"] == []


def test_shipped_measures_are_used_and_cite_what_was_read_or_say_that_it_was_not() -> None:
    catalogue = packs.read(SHIPPED)
    reached = {each.measure for each in bearings(catalogue)}
    assert reached == set(catalogue.measures)
    assert {each.kind for each in catalogue.measures.values()} == {"restraint", "incentive"}
    for measure in catalogue.measures.values():
        for basis in measure.basis:
            unread = catalogue.instruments[basis.instrument].checked == "unverified"
            assert not (unread and basis.checked != "unverified"), f"{measure.code}: {basis.instrument}"


def test_the_purposes_that_the_rooms_name_are_there() -> None:
    wanted = {
        "self_access", "duplicate_review", "source_verification", "credit_administration", "audit_review",
        "administrative_check", "procurement_check", "subsidy_check", "appointment_check", "honour_check",
        "file_for_supervision", "investigation", "credit_granting", "credit_reporting", "entrusted_inquiry",
    }  # fmt: skip
    assert wanted <= set(packs.read(SHIPPED).purposes)
