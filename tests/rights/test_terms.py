"""The remedy calculator: every class of every shipped negative item, and days from the instruments."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

from goodfaith.law import packs
from goodfaith.law.rules import display_of
from goodfaith.law.terms import Placed, TermLaw
from goodfaith.rights import terms
from goodfaith.rights.terms import RULES, Facts, Span, Terms, rule_for, terms_of
from goodfaith.rights.terms.registry import AsCited
from goodfaith.rights.terms.rule import Rule
from goodfaith.rights.terms.words import ROUTES

D = dt.date
CATALOGUE = packs.read(settings.PACKS_DIR)
LAW = TermLaw.of(CATALOGUE.display_rules.values(), CATALOGUE.repairs.values(), CATALOGUE.instruments)
PENALTY, DEFAULTER = "licensing.administrative_penalty", "courts.judgment_defaulter"


def negative() -> Iterator[tuple[str, Placed]]:
    rules = {item.display_rule: item.code for item in CATALOGUE.items.values() if item.polarity == "negative"}
    for (version, _), placed in LAW.classes.items():
        if placed.rule.code in rules:
            yield version, placed


NEGATIVE = list(negative())
IDS = [f"{version}-{placed.shown.code}" for version, placed in NEGATIVE]


@pytest.mark.parametrize("placed", [placed for _, placed in NEGATIVE], ids=IDS)
def test_exactly_one_rule_class_governs_each_class(placed: Placed) -> None:
    found = [each for each in RULES if each.governs(placed.shown)]
    assert len(found) == 1 and found == [rule_for(placed.shown)]
    assert not AsCited.governs(placed.shown)
    assert placed.shown.level is not None


@pytest.mark.parametrize("rule", [*RULES, AsCited], ids=lambda rule: rule.__name__)
def test_each_rule_says_a_chinese_sentence_without_numbers_of_its_own(rule: type[Rule]) -> None:
    first = (inspect.getdoc(rule) or "").split("\n\n")[0]
    assert re.fullmatch(r"[\u4e00-\u9fff《（].*。", first), first
    assert rule.sentence() == first
    told = re.sub(r"[〔（(].*?[〕）)]|第[一二三四五六七八九十]+[条款项号]|\d{4}年|\d+号", "", first)
    assert not re.search(r"\d|[一二三四五六七八九十]个?(?:月|年|日)", told), "numbers stand in the packs"


def test_every_rule_class_is_used() -> None:
    used = {rule_for(placed.shown) for placed in LAW.classes.values() if placed.shown.level is not None}
    assert set(RULES) <= used


def test_no_module_of_the_calculator_holds_months() -> None:
    """The law is data: no number but those of formatting and indexes."""
    for module in (terms.rule, terms.repair_orders, terms.penalties, terms.lists):  # type: ignore[attr-defined]
        tree = ast.parse(inspect.getsource(module))
        numbers = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is int}
        assert numbers <= {0, 1}


def told(item: str, decided: D, values: dict[str, str], **more: object) -> Terms:
    """The terms of a record as intake would have made it."""
    rule = CATALOGUE.rule_of(CATALOGUE.items[item])
    shown = display_of(rule, decided, values)
    display = Span(shown.start, shown.end) if shown.publish and shown.end != shown.start else Span(is_empty=True)
    facts = Facts(item, shown.version, shown.class_code, decided, **{"display": display, **more})  # type: ignore[arg-type]
    return terms_of(facts, LAW)


PENALTIES = [
    # decided, kinds, authority, level, earliest, last day, rule
    (D(2026, 4, 1), "吊销许可证件", "", "serious", D(2027, 4, 1), D(2029, 3, 31), "Order36Serious"),
    (D(2026, 4, 1), "罚款", "", "general", D(2026, 7, 1), D(2027, 3, 31), "Order36General"),
    (D(2026, 4, 1), "警告", "", "minor", D(2026, 4, 1), None, "Order36Minor"),
    (D(2026, 11, 30), "罚款", "", "general", D(2027, 2, 28), D(2027, 11, 29), "Order36General"),
    (D(2026, 3, 31), "罚款", "", "none", D(2026, 6, 30), D(2029, 3, 30), "Order58Published"),
    (D(2026, 3, 31), "罚款", "示例市消防救援支队", "none", D(2027, 3, 31), D(2029, 3, 30), "Order58Published"),
    (D(2026, 3, 31), "警告", "", "none", None, None, "Order58NotPublished"),
    (D(2022, 3, 1), "罚款", "示例市市场监督管理局", "general", D(2022, 9, 1), D(2025, 2, 28), "Samr45Article13"),
    (D(2022, 3, 1), "吊销许可证件", "示例市市场监督管理局", "serious", None, D(2025, 2, 28), "Samr45Article14"),
    (D(2022, 3, 1), "通报批评", "示例市市场监督管理局", "minor", None, D(2022, 5, 31), "Samr45Article13Brief"),
    (D(2022, 3, 1), "警告", "示例市市场监督管理局", "minor", None, None, "Samr45Article2"),
    (D(2020, 2, 29), "责令关闭", "", "serious", D(2020, 8, 29), D(2023, 2, 27), "Notice527Serious"),
    (D(2020, 2, 29), "罚款", "", "general", D(2020, 5, 29), D(2021, 2, 27), "Notice527General"),
]


@pytest.mark.parametrize(("decided", "kinds", "authority", "level", "earliest", "last", "rule"), PENALTIES)
def test_penalties(
    decided: D, kinds: str, authority: str, level: str, earliest: D | None, last: D | None, rule: str
) -> None:
    found = told(PENALTY, decided, {"CF_CFLB": kinds, "authority": authority})
    assert (found.level, found.earliest, found.last_day, found.rule) == (level, earliest, last, rule)
    assert (found.barred is None) == (rule != "Samr45Article14")


def test_what_bars_it_says_the_article() -> None:
    found = told(PENALTY, D(2022, 3, 1), {"CF_CFLB": "吊销许可证件", "authority": "示例市市场监督管理局"})
    assert found.barred is not None
    assert (found.barred.basis.instrument, found.barred.basis.article) == ("samr-45-2021", "第十四条第三款")
    assert not found.open_on(D(2024, 1, 1)) and found.why_not(D(2024, 1, 1)) == found.barred.sentence
    assert found.materials == () and found.routes == () and found.decides is None


def test_the_courts_list() -> None:
    refuses = told(DEFAULTER, D(2026, 5, 6), {"circumstances": "有履行能力而拒不履行生效法律文书确定义务"})
    assert (refuses.rule, refuses.last_day, refuses.ends) == ("Spc2017Article1Item1", None, "when_corrected")
    assert refuses.earliest == D(2026, 5, 6) and refuses.open_on(D(2040, 1, 1))
    other = told(DEFAULTER, D(2026, 5, 6), {"circumstances": "违反财产报告制度"})
    assert (other.rule, other.last_day, other.ends) == ("Spc2017Article2", D(2028, 5, 5), "by_itself")
    assert other.decides is not None and other.decides.name.zh == "作出纳入决定的人民法院"


def test_open_from_the_earliest_to_the_last_day() -> None:
    found = told(PENALTY, D(2026, 4, 1), {"CF_CFLB": "罚款"})
    assert [found.open_on(day) for day in (D(2026, 6, 30), D(2026, 7, 1), D(2027, 3, 31), D(2027, 4, 1))] == [
        False, True, True, False,
    ]  # fmt: skip
    assert "2026-07-01" in (found.why_not(D(2026, 6, 30)) or "")
    for status in ("annulled", "repaired"):
        assert not told(PENALTY, D(2026, 4, 1), {"CF_CFLB": "罚款"}, status=status).open_on(D(2026, 8, 1))
    assert told(PENALTY, D(2026, 4, 1), {"CF_CFLB": "罚款"}, status="disputed").open_on(D(2026, 8, 1))


def test_a_display_that_the_source_shortened_ends_where_it_ends() -> None:
    short = Span(D(2026, 4, 1), D(2026, 9, 1))
    found = told(PENALTY, D(2026, 4, 1), {"CF_CFLB": "罚款"}, display=short)
    assert (found.last_day, found.rule_last_day) == (D(2026, 8, 31), D(2027, 3, 31))
    assert found.open_on(D(2026, 8, 31)) and not found.open_on(D(2026, 9, 1))


def test_what_is_only_shared_ends_by_the_rule() -> None:
    hidden = Span(is_empty=True)
    found = told(PENALTY, D(2026, 4, 1), {"CF_CFLB": "罚款"}, display=hidden, disclosure="shared")
    assert (found.last_day, found.rule_last_day, found.earliest) == (None, D(2027, 3, 31), D(2026, 7, 1))
    assert not found.public and found.open_on(D(2027, 3, 31)) and not found.open_on(D(2027, 4, 1))
    force = Span(D(2026, 5, 6), D(2027, 1, 1))
    listed = told("courts.judgment_defaulter", D(2026, 5, 6), {"circumstances": "有能力履行而拒不履行"},
                  display=hidden, in_force=force, disclosure="shared")  # fmt: skip
    assert listed.open_on(D(2026, 12, 31)) and not listed.open_on(D(2027, 1, 1))


def test_the_sentence_says_what_was_not_compared_and_what_is_not_shown() -> None:
    fine = told(PENALTY, D(2026, 4, 1), {"CF_CFLB": "罚款"})
    assert fine.sentence.endswith("（未经核对）") and fine.articles[0].checked == "unverified"
    refuses = told(DEFAULTER, D(2026, 5, 6), {"circumstances": "违反财产报告制度"})
    assert "未经核对" not in refuses.sentence and "不向社会公示" not in refuses.sentence
    shared = told(DEFAULTER, D(2026, 5, 6), {"circumstances": "违反财产报告制度"}, display=Span(is_empty=True),
                  disclosure="shared")  # fmt: skip
    assert shared.sentence == refuses.sentence + "这条记录不向社会公示，上述期限到期时停止共享和使用。"


def test_volunteering_and_donation_only_where_a_pack_admits_them() -> None:
    firm = told(PENALTY, D(2026, 4, 1), {"CF_CFLB": "罚款"})
    assert {each.code for each in firm.routes} == {"performed", "performed_late", "extension_granted", "explanation"}
    person = told("professions.disciplinary_decision", D(2026, 4, 1), {"sanction_kind": "罚款"},
                  display=Span(is_empty=True), disclosure="shared")  # fmt: skip
    assert {each.code for each in person.routes} == set(ROUTES)
    admitted = [each for each in person.routes if each.code in ("volunteering", "donation")]
    assert {each.basis.instrument for each in admitted} == {"gbf-2016-98"}


def test_everything_told_has_its_article() -> None:
    for version, placed in NEGATIVE:
        facts = Facts("any.item", version, placed.shown.code, D(2026, 4, 1), Span(D(2026, 4, 1), D(2026, 5, 1)))
        found = terms_of(facts, LAW)
        cited = {(each.instrument, each.article) for each in found.articles}
        assert len(cited) == len(found.articles) and found.articles[0] == placed.shown.basis
        for each in (*found.conditions, *found.materials, *found.routes):
            assert (each.basis.instrument, each.basis.article) in cited
        assert all(each.instrument in LAW.instruments for each in found.articles)
        assert (found.earliest is not None) == (placed.shown.repair is not None)
        assert (found.decides is None) == (found.materials == ()) == (found.earliest is None)


def test_a_record_without_a_rule_promises_nothing() -> None:
    found = terms_of(Facts(PENALTY, "none", "none", D(1999, 1, 1), Span(is_empty=True)), LAW)
    assert (found.level, found.earliest, found.last_day, found.rule) == ("none", None, None, "")
    assert found.sentence and not found.open_on(D(2026, 1, 1))


def test_a_citys_own_instrument_gets_the_general_sentence() -> None:
    placed = LAW.classes["administrative_penalty/order_36", "general"]
    own = placed.shown.model_copy(update={"basis": placed.shown.basis.model_copy(update={"instrument": "city-rule"})})
    assert rule_for(own) is AsCited


@pytest.mark.django_db
def test_the_loaded_catalogue_is_asked_when_no_law_is_given(django_assert_max_num_queries: object) -> None:
    facts = Facts(PENALTY, "administrative_penalty/order_36", "general", D(2026, 4, 1), Span(D(2026, 4, 1), D(2027, 4, 1)))
    assert terms_of(facts) == terms_of(facts, LAW)
    with django_assert_max_num_queries(1):  # type: ignore[operator]
        terms_of(facts)


def test_names_of_routes() -> None:
    assert terms.route_name("donation") == "慈善捐助"
    with translation.override("en"):
        assert terms.route_name("donation")
