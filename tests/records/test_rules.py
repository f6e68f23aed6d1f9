"""What a good row becomes, held against naive twins."""

from __future__ import annotations

import datetime as dt
import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.records import rules
from goodfaith.records.rules import PERSON, ROW
from tests.intake import sample

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), TEXT), min_size=1, max_size=8))
def test_members_make_the_json_that_json_reads(rows: list[dict[str, str]]) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys("abc", pl.String))
    texts = rules.object_of(rules.members_of(frame, ["a", "b"]), rules.members_of(frame, ["c"]))
    assert [json.loads(text) for text in texts] == rows


@given(st.one_of(st.none(), st.dates(dt.date(1950, 1, 1), dt.date(2098, 1, 1))), st.one_of(st.none(), st.dates()))
def test_ranges_are_written_as_postgresql_reads_them(start: dt.date | None, end: dt.date | None) -> None:
    frame = pl.DataFrame({"s": [start], "e": [end]}, schema={"s": pl.Date, "e": pl.Date})
    text = frame.select(rules.range_text(pl.col("s"), pl.col("e"))).item()
    assert text == f"{'[' if start else '('}{start or ''},{end or ''})"


SAME = [("示市监罚〔2026〕1号", "示市监罚[2026]1号"), ("示市监罚〔2026〕1号", "示市监罚（2026） 1 号"), ("a1", "Ａ１")]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_a_number_is_the_same_however_it_is_written(left: str, right: str) -> None:
    both = rules.comparable(pl.Series([left, right]))
    assert both[0] == both[1]


def test_other_numbers_are_others() -> None:
    both = rules.comparable(pl.Series(["示市监罚〔2026〕1号", "示市监罚〔2026〕11号", None]))
    assert both.n_unique() == 3


def _prepared(*rows: dict[str, str | None]) -> tuple[pl.DataFrame, sample.Checked]:
    context = sample.context()
    checked = sample.check(*rows, using=context)
    return rules.prepare(checked.good, context.item, context.edition, _rule()), checked


def _rule() -> sample.schema.DisplayRule:
    shown = {"code": "all", "name": {"zh": "示例", "en": "sample"}, "max_months": 12, "basis": sample.BASIS}
    silent = shown | {"code": "warning", "publish": False, "when": [{"field": "CF_CFLB", "any_of": ["01"]}]}
    version = {"code": "v1", "decided": {"from": "2020-01-01"}, "classes": [silent, shown]}
    return sample.schema.DisplayRule.model_validate(
        {"code": "sample", "name": {"zh": "示例", "en": "sample"}, "versions": [version]}
    )


def test_an_organisations_record_is_shown_for_its_time() -> None:
    frame, _ = _prepared(sample.GOOD)
    row = frame.to_dicts()[0]
    assert row["display"] == "[2026-11-16,2027-11-16)" and row["display_version"] == "sample/v1"
    assert row["in_force"] == "[2026-11-16,2027-11-17)" and row["disclosure"] == "open"


@pytest.mark.parametrize(
    ("change", "display"),
    [({"CF_CFLB": "警告", "CF_NR_FK": None}, "empty"), ({"CF_JDRQ": "2019-05-05"}, "empty")],
    ids=["a mere warning is not published", "no rule for that day"],
)
def test_what_is_not_to_be_shown_is_not(change: dict[str, str | None], display: str) -> None:
    assert _prepared(sample.GOOD | change)[0]["display"].to_list() == [display]


def test_a_person_is_sealed_whole_and_never_displayed() -> None:
    """Boundary 9."""
    frame, checked = _prepared(sample.GOOD_PERSON)
    row = frame.to_dicts()[0]
    assert (row["content"], row["display"], row["disclosure"]) == ("{}", "empty", "shared")
    opened = json.loads(row["secret"])
    filled = {k: str(v) for k, v in checked.good.to_dicts()[0].items() if v is not None and not k.startswith("__")}
    assert opened == filled


def test_people_named_in_an_organisations_record_are_sealed_and_what_is_internal() -> None:
    frame, _ = _prepared(sample.GOOD | {"CF_FR_ZJLX": "身份证", "CF_FR_ZJHM": "11010519491231002X"})
    row = frame.to_dicts()[0]
    assert "王某某" not in row["content"] and "11010519491231002X" not in row["content"]
    assert json.loads(row["secret"]) == {
        "CF_FRDB": "王某某", "CF_FR_ZJLX": "01", "CF_FR_ZJHM": "11010519491231002X",
    }  # fmt: skip


@pytest.mark.parametrize(("scope", "disclosure"), [("0", "open"), ("1", "shared"), ("2", "on_request"), (None, "open")])
def test_the_old_scope_narrows_and_never_widens(scope: str | None, disclosure: str) -> None:
    context = sample.context()
    field = context.edition.fields[-1].model_copy(update={"code_list": rules.SCOPE_LIST})
    edition = context.edition.model_copy(update={"fields": (*context.edition.fields[:-1], field)})
    frame = pl.DataFrame(
        {ROW: [1, 2], PERSON: [False, True], field.code: [scope, scope]}, schema_overrides={field.code: pl.String}
    )
    found = frame.select(rules.disclosures(frame, context.item, edition)).to_series().to_list()
    assert found[0] == disclosure and found[1] == "shared"


@pytest.mark.parametrize("suite", ["aes", "sm"])
def test_digests_are_keyed_and_tell_contents_apart(suite: str, settings: object) -> None:
    settings.CRYPTO_SUITE = suite  # type: ignore[attr-defined]
    one, other = rules.content_digests(pl.Series(["{}", '{"a":"b"}']))
    assert len(one) == len(other) == 16 and one != other
    assert rules.keyed("fact", pl.Series(["{}"])) != [one]
