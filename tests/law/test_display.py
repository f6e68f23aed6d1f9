"""The display periods: cases from the instruments, and the frame bound to the single record by properties."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodfaith.common.problems import Problem
from goodfaith.law.rules import add_months, display_frame, display_of
from goodfaith.law.schema import DisplayRule

BASIS = {"instrument": "i", "article": "第一条", "checked": "mirror"}
NAMES = {"zh": "名", "en": "name"}


def a_class(code: str, months: int | None, **more: Any) -> dict[str, Any]:
    return {"code": code, "name": {"zh": code, "en": code}, "max_months": months, "basis": BASIS, **more}


RULE = DisplayRule.model_validate({
    "code": "penalty",
    "name": NAMES,
    "versions": [
        {
            "code": "order36",
            "decided": {"from": "2026-04-01"},
            "classes": [
                a_class("serious", 36, min_months=12, when=[{"field": "kind", "any_of": ["07", "11"]}]),
                a_class("ordinary", 12, min_months=3,
                        when=[{"field": "kind", "any_of": ["03"]}, {"field": "fine", "at_least": 1.5}]),
                a_class("slight", 3, publish=False),
            ],
        },
        {
            "code": "order58",
            "decided": {"from": "2023-05-01", "to": "2026-04-01"},
            "classes": [
                a_class("special", 36, min_months=12, when=[{"field": "authority", "contains": ["消防", "药品"]}]),
                a_class("rest", 36, min_months=3, repair_barred=True),
            ],
        },
    ],
})  # fmt: skip

D = dt.date
CASES = [
    # decided, fields, class, end, earliest repair
    (D(2026, 3, 31), {"kind": "07"}, "rest", D(2029, 3, 31), None),
    (D(2026, 4, 1), {"kind": "07"}, "serious", D(2029, 4, 1), D(2027, 4, 1)),
    (D(2026, 4, 1), {"kind": "01、07"}, "serious", D(2029, 4, 1), D(2027, 4, 1)),
    (D(2026, 4, 1), {"kind": "03； 11", "fine": "9"}, "serious", D(2029, 4, 1), D(2027, 4, 1)),
    (D(2026, 4, 1), {"kind": "03", "fine": "1.5"}, "ordinary", D(2027, 4, 1), D(2026, 7, 1)),
    (D(2026, 4, 1), {"kind": "03", "fine": "1.49"}, "slight", D(2026, 7, 1), D(2026, 4, 1)),
    (D(2026, 4, 1), {"kind": "03", "fine": "一百"}, "slight", D(2026, 7, 1), D(2026, 4, 1)),
    (D(2026, 4, 1), {"kind": "107"}, "slight", D(2026, 7, 1), D(2026, 4, 1)),
    (D(2026, 11, 30), {}, "slight", D(2027, 2, 28), D(2026, 11, 30)),
    (D(2027, 11, 30), {}, "slight", D(2028, 2, 29), D(2027, 11, 30)),
    (D(2028, 2, 29), {"kind": "03", "fine": "2"}, "ordinary", D(2029, 2, 28), D(2028, 5, 29)),
    (D(2024, 2, 29), {"authority": "某市消防救援支队"}, "special", D(2027, 2, 28), D(2025, 2, 28)),
]


@pytest.mark.parametrize(("decided", "values", "code", "end", "repair"), CASES)
def test_cases(decided: D, values: dict[str, str], code: str, end: D, repair: D | None) -> None:
    display = display_of(RULE, decided, values)
    assert (display.class_code, display.end, display.earliest_repair) == (code, end, repair)


def test_no_version_is_a_clear_problem() -> None:
    with pytest.raises(Problem) as caught:
        display_of(RULE, D(2023, 4, 30), {})
    assert caught.value.code == "display_no_version"
    assert "2023-04-30" in caught.value.what


def test_counted_from_another_day() -> None:
    display = display_of(RULE, D(2026, 4, 1), {"kind": "07"}, D(2026, 5, 31))
    assert (display.start, display.end) == (D(2026, 5, 31), D(2029, 5, 31))


def test_sentence_says_article_and_last_day() -> None:
    text = display_of(RULE, D(2026, 4, 1), {"kind": "07"}).sentence()
    assert "第一条" in text and "2029年4月1日起自动停止公示" in text and "2027年4月1日起可以申请信用修复" in text
    assert "不向社会公示" in display_of(RULE, D(2026, 4, 1), {}).sentence()


@given(st.dates(D(1900, 1, 1), D(2200, 1, 1)), st.integers(0, 120))
def test_months_keep_the_day_or_take_the_last(day: D, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(1)).day == 1)


EDGES = [D(2023, 4, 30), D(2023, 5, 1), D(2024, 2, 29), D(2025, 12, 31), D(2026, 1, 1), D(2026, 3, 31), D(2026, 4, 1)]
days = st.sampled_from(EDGES) | st.dates(D(2019, 1, 1), D(2032, 12, 31))
codes = st.sampled_from(["01", "03", "07", "11", "a+b"])
cells = st.none() | st.lists(codes, max_size=4).map("、".join) | st.sampled_from(["01;07", " 03 ，11", "107", ""])
numbers = st.none() | st.sampled_from(["1.5", "1.4999", "-3", "1e5", "", "abc", " 2 ", "10"])
names = st.none() | st.sampled_from(["某市消防救援支队", "某市税务局", "某省药品监督管理局", ""])
conditions = st.one_of(
    st.builds(lambda c: {"field": "kind", "any_of": c}, st.lists(codes, min_size=1, max_size=3)),
    st.builds(lambda n: {"field": "fine", "at_least": n}, st.sampled_from([0, 1.5, 10])),
    st.builds(lambda: {"field": "authority", "contains": ["消防", "药品"]}),
    st.builds(lambda: {"field": "absent", "any_of": ["01"]}),
    st.builds(lambda c: {"field": "kind", "any_of": c, "contains": ["0"]}, st.lists(codes, min_size=1)),
)


@st.composite
def rules(draw: st.DrawFn) -> DisplayRule:
    cuts = sorted(draw(st.sets(st.sampled_from(EDGES), max_size=3)))
    bounds = [draw(st.sampled_from([None, D(2020, 1, 1)])), *cuts, None]
    versions = []
    for n, (start, end) in enumerate(itertools.pairwise(bounds)):
        guarded = draw(st.lists(st.lists(conditions, min_size=1, max_size=2), max_size=3))
        months = st.none() | st.integers(0, 120)
        classes = [
            a_class(f"c{m}", draw(months), when=when, publish=draw(st.booleans()))
            for m, when in enumerate([*guarded, []])
        ]
        versions.append({"code": f"v{n}", "decided": {"from": start, "to": end}, "classes": classes})
    counted = draw(st.sampled_from(["decided", "served"]))
    return DisplayRule.model_validate(
        {"code": "r", "name": NAMES, "counted_from": counted, "versions": versions}
    )


rows = st.fixed_dictionaries({"day": days | st.none(), "kind": cells, "fine": numbers, "authority": names,
                              "served": st.none() | days})  # fmt: skip
SCHEMA = {"day": pl.Date, "kind": pl.String, "fine": pl.String, "authority": pl.String, "served": pl.Date}
OUT = ["display_start", "display_end", "display_class", "display_version", "display_publish"]


def one_by_one(rule: DisplayRule, row: dict[str, Any]) -> tuple[Any, ...]:
    if row["day"] is None:
        return (None,) * 5
    values = {key: row[key] for key in ("kind", "fine", "authority")}
    counted = row["served"] if rule.counted_from == "served" else None
    try:
        display = display_of(rule, row["day"], values, counted)
    except Problem:
        return (None,) * 5
    return display.start, display.end, display.class_code, display.version, display.publish


@settings(max_examples=200, deadline=None)
@given(rules(), st.lists(rows, max_size=12))
def test_frame_says_what_the_single_record_says(rule: DisplayRule, table: list[dict[str, Any]]) -> None:
    frame = display_frame(rule, pl.DataFrame(table, schema=SCHEMA), "day")
    assert frame.select(OUT).rows() == [one_by_one(rule, row) for row in table]


def test_numbers_may_come_as_numbers() -> None:
    frame = pl.DataFrame({"day": [D(2026, 4, 1)] * 2, "kind": ["03", "03"], "fine": [1.5, None]})
    assert display_frame(RULE, frame, "day")["display_class"].to_list() == ["ordinary", "slight"]
