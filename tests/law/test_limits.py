"""Which time limit applies: the nearest, on the day of receipt; and the limits as shipped."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.law import packs
from goodfaith.law.limits import NEAREST_FIRST, Chosen, Limits, nearest
from goodfaith.law.procedures import STEPS, Limit

from .world import write

D = dt.date
ROOT = Path(__file__).parents[2]
CATALOGUE = packs.read(ROOT / "packs")
SHIPPED = Limits(tuple(CATALOGUE.limits.values()), CATALOGUE.instruments)
DEMO, ZHENGZHOU, JIYUAN, JINAN, SHANGHAI, HANGZHOU, SHENZHEN, GUANGZHOU, BAOSHAN = (
    "990100", "410100", "419001", "370100", "310000", "330100", "440300", "440100", "530500",
)  # fmt: skip
NOW = D(2026, 11, 20)


def ask(procedure: Any, step: Any, area: str, on: D = NOW, item: str | None = None) -> Chosen | None:
    return nearest(SHIPPED, procedure=procedure, step=step, area=area, on=on, item=item)


DEFAULTER, PENALTY = "courts.judgment_defaulter", "licensing.administrative_penalty"
CASES: list[tuple[str, str, str, str | None, str | None, int | None]] = [
    # procedure, step, area, item, limit that applies, its count
    ("objection", "own_answer", ZHENGZHOU, None, "henan_own", 3),
    ("objection", "source_answer", JIYUAN, None, "henan_source", 3),
    ("objection", "total", JIYUAN, None, "henan_total", 7),
    ("objection", "mark", ZHENGZHOU, None, "henan_mark", 3),
    ("recall", "withdraw_display", JIYUAN, None, "henan_withdraw", 1),
    ("repair", "apply_repair", JIYUAN, None, "henan_repair", 1),
    ("duty", "data_check", JIYUAN, None, "henan_data_check", 5),
    ("objection", "mark", SHANGHAI, None, "shanghai_mark", 1),
    ("objection", "own_answer", SHANGHAI, None, "shanghai_own", 5),
    ("objection", "forward", SHANGHAI, None, "shanghai_forward", 2),
    ("objection", "source_answer", SHANGHAI, None, "shanghai_source", 5),
    ("objection", "total", SHANGHAI, None, "credit_reporting_objection", 20),
    ("objection", "own_answer", JINAN, None, "shandong_own", 3),
    ("objection", "total", JINAN, None, "shandong_total", 7),
    ("recall", "source_tell", JINAN, None, "shandong_tell", 3),
    ("objection", "total", HANGZHOU, None, "zhejiang_objection", 5),
    ("objection", "review", HANGZHOU, None, "zhejiang_review", 5),
    ("objection", "own_answer", SHENZHEN, None, "shenzhen_own", 1),
    ("objection", "source_answer", SHENZHEN, None, "shenzhen_source", 2),
    ("repair", "repair_decide", SHENZHEN, None, "shenzhen_repair", 3),
    ("repair", "repair_decide", GUANGZHOU, None, "order_36_repair_decide", 7),
    ("objection", "own_answer", GUANGZHOU, None, None, None),
    ("objection", "total", GUANGZHOU, None, "credit_reporting_objection", 20),
    ("objection", "total", BAOSHAN, None, "yunnan_total", 10),
    ("objection", "total", DEMO, None, "demo_total", 10),
    ("complaint", "complaint_answer", GUANGZHOU, None, "credit_reporting_complaint", 30),
    ("complaint", "complaint_answer", DEMO, None, "demo_complaint", 15),
    ("request", "request_answer", DEMO, None, "pipl_request", 15),
    ("request", "information_answer", DEMO, None, "gov_info_request", 20),
    ("repair", "repair_accept", DEMO, None, "gbf_22_repair_accept", 3),
    ("repair", "repair_result", DEMO, None, "gbf_22_repair_result", 10),
    ("objection", "court_review", DEMO, DEFAULTER, "spc_2017_review", 15),
    ("objection", "court_fix", DEMO, DEFAULTER, "spc_2017_fix", 3),
    ("objection", "court_review", DEMO, PENALTY, None, None),
    ("objection", "court_review", DEMO, None, None, None),
    ("repair", "list_removal", GUANGZHOU, DEFAULTER, "spc_2017_removal", 3),
    ("recall", "source_withdraw", DEMO, PENALTY, "penalty_law_withdraw", 3),
    ("duty", "publish", DEMO, PENALTY, "double_publicity", 7),
]


@pytest.mark.parametrize(("procedure", "step", "area", "item", "code", "count"), CASES)
def test_the_nearest_applies(
    procedure: str, step: str, area: str, item: str | None, code: str | None, count: int | None
) -> None:
    found = ask(procedure, step, area, item=item)
    assert (found and found.limit.code, found and found.limit.count) == (code, count)


def test_why_names_the_winner_and_the_one_passed_over() -> None:
    found = ask("objection", "total", ZHENGZHOU)
    assert found is not None
    assert found.why == (
        "适用《河南省社会信用条例》第四十一条第二款：本省规定比国务院规定（《征信业管理条例》第二十五条）更近，从近者。"
    )
    assert [each.code for each in found.passed_over] == ["credit_reporting_objection"]
    alone = ask("request", "request_answer", ZHENGZHOU)
    assert alone is not None and alone.passed_over == ()
    assert "未经核对" in alone.why and "只有它规定了" in alone.why
    with translation.override("en"):
        assert "Henan Social Credit Regulation" in ask("objection", "total", ZHENGZHOU).why  # type: ignore[union-attr]


CHANGES = [
    # the day before and the day on which a rule begins or ends
    ("objection", "own_answer", ZHENGZHOU, D(2020, 4, 30), None),
    ("objection", "own_answer", ZHENGZHOU, D(2020, 5, 1), "henan_own"),
    ("repair", "repair_decide", JIYUAN, D(2026, 3, 31), None),
    ("repair", "repair_decide", JIYUAN, D(2026, 4, 1), "order_36_repair_decide"),
    ("repair", "list_removal", JIYUAN, D(2023, 4, 30), None),
    ("repair", "list_removal", JIYUAN, D(2023, 5, 1), "order_58_list_removal"),
    ("repair", "list_removal", JIYUAN, D(2026, 3, 31), "order_58_list_removal"),
    ("repair", "list_removal", JIYUAN, D(2026, 4, 1), None),
    ("repair", "repair_accept", JIYUAN, D(2025, 6, 21), None),
    ("repair", "repair_accept", JIYUAN, D(2025, 6, 22), "gbf_22_repair_accept"),
]


@pytest.mark.parametrize(("procedure", "step", "area", "on", "code"), CHANGES)
def test_the_day_of_receipt_decides(procedure: str, step: str, area: str, on: D, code: str | None) -> None:
    found = ask(procedure, step, area, on)
    assert (found and found.limit.code) == code


def test_other_provinces_packs_change_nothing(tmp_path: Path) -> None:
    """The same city, with all packs and with those of its own place only."""
    here = {"henan": ZHENGZHOU, "demo_city": DEMO, "shenzhen": SHENZHEN}
    places = {"henan", "shandong", "shanghai", "zhejiang", "shenzhen", "yunnan", "demo_city"}
    for own, area in here.items():
        root = tmp_path / own
        for pack in (each for each in (ROOT / "packs").iterdir() if each.name not in places - {own}):
            shutil.copytree(pack, root / pack.name)
        few = packs.read(root)
        alone = Limits(tuple(few.limits.values()), few.instruments)
        for procedure, steps in STEPS.items():
            for step, item in itertools.product(steps, (None, DEFAULTER, PENALTY)):
                asked: dict[str, Any] = {"procedure": procedure, "step": step, "area": area, "on": NOW, "item": item}
                assert nearest(alone, **asked) == nearest(SHIPPED, **asked)


def test_every_limit_of_the_reference_that_is_a_right_is_there() -> None:
    """(instrument, article, count) of time_limits.csv; retention, rule-making and other cities' slips are no steps."""
    wanted = {
        ("gbf-2025-22", 3), ("gbf-2025-22", 10), ("ndrc-36-2025", 7), ("ndrc-58-2023", 3), ("fgc-2018-424", 7),
        ("samr-45-2021", 20), ("samr-45-2021", 10), ("samr-45-2021", 3), ("law-admin-penalty-2021", 3),
        ("spc-2017-7", 3), ("spc-2017-7", 15), ("spc-2017-7", 10), ("credit-reporting-regulation-2013", 20),
        ("credit-reporting-regulation-2013", 30), ("henan-credit-2020", 5), ("henan-credit-2020", 3),
        ("henan-credit-2020", 7), ("henan-credit-2020", 1), ("shanghai-credit-2017", 1), ("shanghai-credit-2017", 5),
        ("shanghai-credit-2017", 2), ("shandong-credit-2020", 3), ("shandong-credit-2020", 7),
        ("zhejiang-credit-2017", 5), ("shenzhen-credit-2023", 1), ("shenzhen-credit-2023", 2),
        ("shenzhen-credit-2023", 3), ("gov-info-regulation-2019", 20),
    }  # fmt: skip
    assert wanted <= {(each.basis.instrument, each.count) for each in SHIPPED}


def test_what_nobody_compared_is_marked_so() -> None:
    unread = {each.code for each in SHIPPED if each.basis.checked == "unverified"}
    assert {"order_36_repair_decide", "pipl_request"} <= unread
    assert all(each.code in unread for each in SHIPPED if each.code.startswith(("yunnan_", "demo_")))
    for each in SHIPPED:
        known = CATALOGUE.instruments[each.basis.instrument].checked
        assert each.basis.checked == "unverified" or known != "unverified", each.code


def test_the_guide_names_every_step() -> None:
    guide = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    steps = {step for each in STEPS.values() for step in each} | set(STEPS)
    assert [step for step in sorted(steps) if f"`{step}`" not in guide] == []


# -- against a naive twin ---------------------------------------------------------------------------------

BASIS = {"instrument": "i", "article": "第一条", "checked": "mirror"}
places = {"province": ["41", "53"], "city": ["4101", "410101", "5305"]}


@st.composite
def some_limits(draw: st.DrawFn) -> list[Limit]:
    found = []
    for n in range(draw(st.integers(0, 7))):
        level = draw(st.sampled_from(NEAREST_FIRST))
        start = draw(st.none() | st.dates(D(2020, 1, 1), D(2022, 1, 1)))
        end = draw(st.none() | st.dates(D(2022, 1, 2), D(2024, 1, 1)))
        narrow = draw(st.sampled_from([{}, {"items": ["tax.arrears"]}, {"sectors": ["tax"]}]))
        found.append(Limit.model_validate({
            "code": f"l{n}", "name": {"zh": "名", "en": "name"}, "procedure": "objection", "step": "total",
            "count": n, "unit": "days", "level": level, "in_force": {"from": start, "to": end}, "basis": BASIS,
            "area": draw(st.sampled_from(places[level])) if level in places else None, **narrow,
        }))  # fmt: skip
    return found


def twin(limits: list[Limit], area: str, on: D, item: str | None) -> list[str]:
    """Level by level, from the city up; in each, the longest area first, then items, sectors and the rest."""
    found = []
    for level in ("city", "province", "ministry", "state_council", "law"):
        for length in (6, 4, 2, 0):
            for narrow in ("items", "sectors", ""):
                for each in sorted(limits, key=lambda one: one.code):
                    narrowed = "items" if each.items else "sectors" if each.sectors else ""
                    wanted = {"items": item == "tax.arrears", "sectors": bool(item and item.startswith("tax.")), "": True}
                    days = (each.in_force.start or D.min) <= on < (each.in_force.end or D.max)
                    here = (each.level, narrowed, len(each.area or "")) == (level, narrow, length)
                    if here and wanted[narrow] and days and area[:length] == (each.area or ""):
                        found.append(each.code)
    return found


@given(some_limits(), st.sampled_from(["410101", "410100", "419001", "530500", "990100"]),
       st.dates(D(2019, 12, 1), D(2024, 2, 1)), st.sampled_from([None, "tax.arrears", "tax.other", "market.x"]))  # fmt: skip
def test_nearest_is_the_first_of_the_twin(limits: list[Limit], area: str, on: D, item: str | None) -> None:
    found = nearest(Limits(tuple(limits)), procedure="objection", step="total", area=area, on=on, item=item)
    told = [] if found is None else [found.limit.code, *(each.code for each in found.passed_over)]
    assert told == twin(limits, area, on, item)
    assert found is None or found.why


def test_the_small_world(tmp_path: Path) -> None:
    small = packs.read(write(tmp_path))
    limits = Limits(tuple(small.limits.values()), small.instruments)
    for day, item, code in (
        (D(2025, 12, 31), "market.penalty", "city_total"),
        (D(2026, 1, 1), "market.penalty", "province_total"),
        (D(2025, 12, 31), None, "province_total"),
        (D(2019, 12, 31), None, "law_total"),
    ):
        found = nearest(limits, procedure="objection", step="total", area="990100", on=day, item=item)
        assert found is not None and found.limit.code == code
