"""When repair may be applied for, by the article that says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pytest

from goodfaith.common.problems import Problem
from goodfaith.law.queries import term_law
from goodfaith.rights.applying import check_repair, one_decision, terms_for
from goodfaith.rights.terms import Span

DECIDED = dt.date(2026, 5, 6)
DAY = dt.timedelta(days=1)
SHOWN = Span(DECIDED, dt.date(2027, 5, 6))
ALWAYS = Span()


@dataclass(frozen=True)
class Record:
    """As a file shows it; a general penalty under 国家发展改革委令第36号."""

    item: str = "licensing.administrative_penalty"
    polarity: str = "negative"
    status: str = "current"
    disclosure: str = "open"
    decided_on: dt.date = DECIDED
    document_no: str | None = "示罚〔2026〕1号"
    source_unit: str = "t_a"
    display: Span = SHOWN
    display_class: str = "general"
    display_version: str = "administrative_penalty/order_36"
    in_force: Span = ALWAYS


pytestmark = pytest.mark.django_db


def refused(records: list[Record], today: dt.date) -> Problem:
    """The problem that the check raises."""
    with pytest.raises(Problem) as found:
        check_repair(records, today)
    return found.value


def test_order_36_the_first_day_is_open_and_the_day_before_is_not() -> None:
    first = terms_for(Record()).earliest
    assert first is not None and first > DECIDED
    check_repair([Record()], first)
    early = refused([Record()], first - DAY)
    assert early.code == "repair_too_early" and first.isoformat() in early.next and "《信用修复管理办法》" in early.next


def test_order_36_after_the_last_day_there_is_nothing_to_apply_for() -> None:
    check_repair([Record()], dt.date(2027, 5, 5))
    assert refused([Record()], dt.date(2027, 5, 6)).code == "repair_over"


def test_samr_45_article_14_bars_heavy_penalties_with_the_article() -> None:
    barred = next(
        replace(Record(), display_version=version, display_class=code)
        for (version, code), placed in term_law().classes.items()
        if placed.shown.repair_barred and "samr" in placed.shown.basis.instrument
    )  # fmt: skip
    told = refused([barred], dt.date(2026, 12, 1))
    assert told.code == "repair_barred" and "第十四条" in told.next and "2027-05-05" in told.next


@pytest.mark.parametrize("status", ["repaired", "annulled", "unlinked"])
def test_what_is_over_is_not_applied_for_again(status: str) -> None:
    assert refused([replace(Record(), status=status)], dt.date(2026, 12, 1)).code == "repair_over"


def test_one_application_is_for_one_decision() -> None:
    other = replace(Record(), document_no="示罚〔2026〕2号")
    assert refused([Record(), other], dt.date(2026, 12, 1)).code == "repair_several_decisions"
    same_number = replace(Record(), source_unit="t_b")
    assert refused([Record(), same_number], dt.date(2026, 12, 1)).code == "repair_several_decisions"
    check_repair([Record(), replace(Record(), item="licensing.administrative_penalty")], dt.date(2026, 12, 1))


def test_nothing_and_good_records_are_refused() -> None:
    assert refused([], dt.date(2026, 12, 1)).code == "repair_nothing"
    assert refused([replace(Record(), polarity="positive")], dt.date(2026, 12, 1)).code == "repair_nothing"


def test_a_record_without_a_rule_has_nothing_to_apply_for() -> None:
    unknown = replace(Record(), display_version="", display_class="")
    assert refused([unknown], dt.date(2026, 12, 1)).code == "repair_not_provided"


def test_the_records_of_one_decision() -> None:
    here, twin = Record(), replace(Record(), item="other")
    others = [twin, replace(twin, status="repaired"), replace(twin, polarity="neutral"), replace(twin, source_unit="t_b")]
    assert one_decision(here, [here, *others]) == [here, twin]
    nameless = replace(here, document_no=None)
    assert one_decision(nameless, [replace(nameless, item="other")]) == [nameless]
