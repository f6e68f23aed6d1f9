"""The packs as shipped: dates that the instruments give, and what the issue asks to be there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection

from goodfaith.law import packs, queries
from goodfaith.law.domains import CATALOGUE_CLASSES, DOMAINS
from goodfaith.law.rules import display_of

ROOT = Path(__file__).parents[2]
CATALOGUE = packs.read(ROOT / "packs")
D = dt.date

PENALTIES = [
    # decided, kinds of penalty, shown, last day no longer shown, first day of repair
    (D(2026, 3, 31), "吊销许可证件", True, D(2029, 3, 31), D(2026, 6, 30)),
    (D(2026, 4, 1), "吊销许可证件", True, D(2029, 4, 1), D(2027, 4, 1)),
    (D(2026, 4, 1), "警告、吊销许可证件", True, D(2029, 4, 1), D(2027, 4, 1)),
    (D(2026, 3, 31), "罚款", True, D(2029, 3, 31), D(2026, 6, 30)),
    (D(2026, 4, 1), "罚款", True, D(2027, 4, 1), D(2026, 7, 1)),
    (D(2026, 4, 1), "警告、罚款", True, D(2027, 4, 1), D(2026, 7, 1)),
    (D(2026, 3, 31), "警告", False, D(2026, 3, 31), D(2026, 3, 31)),
    (D(2026, 4, 1), "警告", False, D(2026, 7, 1), D(2026, 4, 1)),
]


@pytest.mark.parametrize(("decided", "kinds", "shown", "end", "repair"), PENALTIES)
def test_penalties_before_and_after_order_36(decided: D, kinds: str, shown: bool, end: D, repair: D) -> None:
    display = display_of(CATALOGUE.display_rules["administrative_penalty"], decided, {"CF_CFLB": kinds})
    assert (display.publish, display.end, display.earliest_repair) == (shown, end, repair)
    assert "《" in display.sentence(CATALOGUE.instruments)


MARKET, OTHER = "示例市市场监督管理局", "示例市农业农村局"
ORDER_45 = [
    # decided, kinds of penalty, authority, class, shown, first day no longer shown (SAMR Order 45, articles 2 and 13)
    (D(2021, 8, 31), "警告", MARKET, "general", True, D(2022, 8, 31)),
    (D(2021, 9, 1), "警告", MARKET, "market_warning", False, D(2021, 9, 1)),
    (D(2023, 4, 30), "警告", MARKET, "market_warning", False, D(2023, 4, 30)),
    (D(2023, 5, 1), "警告", MARKET, "warning", False, D(2023, 5, 1)),
    (D(2021, 9, 1), "警告", OTHER, "general", True, D(2022, 9, 1)),
    (D(2021, 9, 1), "警告、通报批评", MARKET, "market_criticism", True, D(2021, 12, 1)),
    (D(2023, 4, 30), "通报批评", MARKET, "market_criticism", True, D(2023, 7, 30)),
    (D(2021, 8, 31), "罚款", MARKET, "general", True, D(2022, 8, 31)),
    (D(2021, 9, 1), "警告、罚款", MARKET, "market_ordinary", True, D(2024, 9, 1)),
    (D(2021, 9, 1), "罚款", OTHER, "general", True, D(2022, 9, 1)),
    (D(2023, 4, 30), "罚款、吊销许可证件", MARKET, "market_barred", True, D(2026, 4, 30)),
    (D(2023, 5, 1), "罚款", MARKET, "ordinary", True, D(2026, 5, 1)),
]


@pytest.mark.parametrize(("decided", "kinds", "authority", "code", "shown", "end"), ORDER_45)
def test_penalties_of_market_regulation_under_order_45(
    decided: D, kinds: str, authority: str, code: str, shown: bool, end: D
) -> None:
    values = {"CF_CFLB": kinds, "authority": authority}
    display = display_of(CATALOGUE.display_rules["administrative_penalty"], decided, values)
    assert (display.class_code, display.publish, display.end) == (code, shown, end)
    assert display.repair_barred is (code == "market_barred")


def test_every_rule_answers_every_day_of_its_items() -> None:
    for item in CATALOGUE.items.values():
        rule = CATALOGUE.rule_of(item)
        for day in (D(2018, 7, 25), D(2023, 5, 1), D(2026, 3, 31), D(2026, 4, 1), D(2031, 2, 28)):
            assert display_of(rule, day, {}).basis.instrument in CATALOGUE.instruments


def test_double_publicity_has_all_its_fields_and_the_form_before_2018() -> None:
    for code, count in (("licensing.administrative_licence", 28), ("licensing.administrative_penalty", 30)):
        item = CATALOGUE.items[code]
        assert len(item.editions) == 2
        assert len([field for field in item.editions[0].fields if field.code.startswith(("XK_", "CF_", "BZ"))]) == count


def test_negative_items_and_people() -> None:
    for item in CATALOGUE.items.values():
        assert DOMAINS[item.domain].classes & {item.catalogue_class} and item.catalogue_class in CATALOGUE_CLASSES
        assert item.polarity != "negative" or item.effective_document is not None
        assert item.disclosure.get("person") != "open" or item.open_basis is not None


def test_the_guide_names_every_domain_and_finding() -> None:
    guide = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    assert [code for code in DOMAINS if f"`{code}`" not in guide] == []


@pytest.mark.django_db
def test_the_web_may_read_the_catalogue() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE goodfaith_web")
        assert queries.catalogue().items
        cursor.execute("RESET ROLE")


@pytest.mark.django_db
def test_asking_twice_costs_one_small_query(django_assert_num_queries: object) -> None:
    queries.catalogue()
    with django_assert_num_queries(1):  # type: ignore[operator]
        queries.catalogue()
