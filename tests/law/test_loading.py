"""Loading packs into a real database: all or nothing, once, and read back as written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from goodfaith.common.acting import SYSTEM
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.law import actions, models, packs, queries

from .world import FILES, write

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
ITEM = "items/penalty.yaml"


def load(directory: Path) -> actions.PacksLoaded:
    return actions.do_load_packs(acting=SYSTEM, at=AT, directory=directory)


@pytest.fixture(autouse=True)
def empty() -> None:
    """A database that may have packs from its set-up starts these tests without."""
    for model in (models.Item, models.Sector, models.Instrument, models.CodeList, models.DisplayRule,
                  models.Purpose, models.Area, models.PackLoad, models.Matter, models.Measure, models.Bearing, models.Repair,
                  models.Limit, models.Term, models.Department, models.Assessment, models.Campaign):  # fmt: skip
        model._base_manager.all().delete()


def test_what_is_loaded_reads_back_the_same(tmp_path: Path) -> None:
    result = load(write(tmp_path))
    assert result.changed["small"] == {
        "sectors": 1, "instruments": 4, "code_lists": 1, "display_rules": 2, "purposes": 4, "items": 2, "areas": 2,
        "matters": 3, "measures": 2, "repairs": 1, "limits": 3,
    }  # fmt: skip
    read, stored = packs.read(tmp_path), queries.catalogue()
    assert stored == read
    assert queries.item("market.penalty") == read.items["market.penalty"]
    assert [each.code for each in queries.purposes("citizen")] == ["self_access"]
    assert [each.code for each in queries.purposes("machine")] == ["licence_check"]


def test_the_same_packs_change_nothing_and_say_so(tmp_path: Path) -> None:
    load(write(tmp_path))
    before = (models.PackLoad.objects.count(), History.objects.count())
    again = load(tmp_path)
    assert again.changed == {} and "没有改动" in again.sentence
    assert (models.PackLoad.objects.count(), History.objects.count()) == before


def test_a_change_is_loaded_noted_and_seen_at_once(tmp_path: Path) -> None:
    load(write(tmp_path))
    assert queries.item("market.penalty").name.zh == "行政处罚"
    text = FILES[ITEM].replace("name: {zh: 行政处罚, en", "name: {zh: 行政处罚决定, en")
    load(write(tmp_path, changed={ITEM: text}))
    assert queries.item("market.penalty").name.zh == "行政处罚决定"
    noted = History.objects.filter(action="law.load_packs", object_id="small").order_by("id")
    assert noted.count() == 2
    first, second = noted
    assert first.after is not None and second.before is not None
    assert second.before["digest"] == first.after["digest"]


def test_what_is_gone_is_withdrawn_and_still_known_by_code(tmp_path: Path) -> None:
    load(write(tmp_path))
    purposes = FILES["purposes/all.yaml"].replace("    items: listed\n    listed: [market.penalty]\n", "")
    limits = FILES["limits/all.yaml"].replace("    items: [market.penalty]\n", "")
    changed = {"purposes/all.yaml": purposes, "limits/all.yaml": limits, ITEM: "", "measures/all.yaml": ""}
    write(tmp_path, changed=changed)
    for name in (ITEM, "measures/all.yaml"):
        (tmp_path / "small" / name).unlink()
    load(tmp_path)
    assert [each.code for each in queries.items()] == ["market.prize"]
    assert models.Item.objects.get(code="market.penalty").withdrawn_at == AT
    assert queries.item("market.penalty").code == "market.penalty"
    with pytest.raises(Problem) as caught:
        queries.item_for_intake("market.penalty")
    assert caught.value.code == "item_withdrawn"
    load(write(tmp_path))
    assert models.Item.objects.get(code="market.penalty").withdrawn_at is None


def test_findings_load_nothing(tmp_path: Path) -> None:
    write(tmp_path, changed={ITEM: FILES[ITEM].replace("      article: 第四十八条\n", "")})
    with pytest.raises(Problem) as caught:
        load(tmp_path)
    assert caught.value.code == "packs_invalid" and "article" in caught.value.what
    assert not models.PackLoad.objects.exists() and not models.Instrument.objects.exists()


def test_a_pack_from_elsewhere_cannot_take_a_code(tmp_path: Path) -> None:
    load(write(tmp_path / "one"))
    pack = FILES["pack.yaml"].replace("code: small", "code: other")
    other = write(tmp_path / "two", name="other", changed={"pack.yaml": pack})
    with pytest.raises(Problem) as caught:
        load(other)
    assert caught.value.code == "code_taken"


def test_the_terms_follow_every_loading_and_keep_what_was_withdrawn(tmp_path: Path) -> None:
    load(write(tmp_path))
    serious = models.Term.objects.get(version="penalty/new", class_code="serious")
    assert (serious.level, serious.min_months, serious.max_months, serious.applies) == ("serious", 12, 36, True)
    old = models.Term.objects.get(version="penalty/old", class_code="all")
    assert (old.level, old.min_months, old.applies, old.barred, old.ends) == ("none", 0, False, False, "by_itself")
    standing = models.Term.objects.get(version="standing/always")
    assert (standing.level, standing.max_months, standing.ends) == ("none", None, "when_corrected")
    rule = FILES["display_rules/penalty.yaml"].replace("min_months: 12", "min_months: 6")
    load(write(tmp_path, changed={"display_rules/penalty.yaml": rule}))
    assert models.Term.objects.get(version="penalty/new", class_code="serious").min_months == 6
    assert queries.term_law().classes["penalty/new", "serious"].shown.min_months == 6
    for name in (ITEM, "display_rules/penalty.yaml", "measures/all.yaml"):
        (tmp_path / "small" / name).unlink()
    purposes = FILES["purposes/all.yaml"].replace("    items: listed\n    listed: [market.penalty]\n", "")
    limits = FILES["limits/all.yaml"].replace("    items: [market.penalty]\n", "")
    write(tmp_path, changed={"purposes/all.yaml": purposes, "limits/all.yaml": limits})
    for name in (ITEM, "display_rules/penalty.yaml", "measures/all.yaml"):
        (tmp_path / "small" / name).unlink()
    load(tmp_path)
    assert "penalty" not in queries.catalogue().display_rules
    assert models.Term.objects.filter(version="penalty/new").count() == 2
    assert ("penalty/new", "slight") in queries.term_law().classes


def test_a_limit_no_longer_in_its_pack_is_still_known_to_running_cases(tmp_path: Path) -> None:
    load(write(tmp_path))
    assert len(queries.limits()) == 3 and queries.limits().instruments["law-a"].name.zh == "甲法"
    only = FILES["limits/all.yaml"].split("  - code: province_total")[0]
    load(write(tmp_path, changed={"limits/all.yaml": only}))
    assert [each.code for each in queries.limits()] == ["law_total"]
    assert queries.limit("city_total").count == 5 and queries.limit("law_total").count == 20
    day = dt.date(2024, 5, 6)
    chosen = queries.limit_for(procedure="objection", step="total", area="990100", on=day)
    assert chosen is not None and chosen.limit.code == "law_total"


def test_unknown_codes_are_problems() -> None:
    for code, ask in (
        ("item_unknown", queries.item), ("purpose_unknown", queries.purpose), ("limit_unknown", queries.limit),
    ):
        with pytest.raises(Problem) as caught:
            ask("no.such")
        assert (caught.value.code, caught.value.status) == (code, 404)


def test_the_shipped_packs_load() -> None:
    root = Path(__file__).parents[2] / "packs"
    load(root)
    assert queries.catalogue() == packs.read(root)
