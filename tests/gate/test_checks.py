"""The check: which measures bear, until when, on whom; and that it tells nothing else."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import CheckAnswer, CheckRow
from goodfaith.law.models import Bearing, Matter, Measure
from goodfaith.ledger.models import Entry
from goodfaith.records.models import Record
from tests.city import ID_NUMBER, NAME, PENALTY, City, judge_same, make_person
from tests.conftest import as_role
from tests.gate.cast import give

TODAY = clock.today()
DAY = dt.timedelta(days=1)
USCC, FIRM = "91990101MA0000007H", "示例测试有限公司"
MATTER = "m_test"
CHILD = f"990101{TODAY.year - 17}0101001X"


@pytest.fixture
def matter(city: City) -> str:
    """A matter with one restraint and one incentive, both brought by penalties' item or by an honour."""
    basis = {"definition": {"basis": [{}]}, "pack": "t", "name_zh": "措施", "name_en": "m"}
    Measure.objects.create(code="keep_out", kind="restraint", subjects=["person", "organisation"], **basis)
    Measure.objects.create(code="go_first", kind="incentive", subjects=["person", "organisation"], **basis)
    Matter.objects.create(
        code=MATTER, purposes=["administrative_check"], unit_kinds=["department"], subjects=["person", "organisation"],
        definition={}, pack="t", name_zh="事项", name_en="m",
    )  # fmt: skip
    for kind in ("person", "organisation"):
        Bearing.objects.create(matter=MATTER, item=PENALTY, measure="keep_out", subject_kind=kind)
        Bearing.objects.create(matter=MATTER, item="honours.honour", measure="go_first", subject_kind=kind)
    Record.objects.update(superseded_at=clock.now())
    return MATTER


def put(subject: uuid.UUID, **change: Any) -> uuid.UUID:
    """A record in force, but for what is changed."""
    record = uuid7()
    facts: dict[str, Any] = {
        "item_id": PENALTY, "edition": "v2018", "polarity": "negative", "disclosure": "open", "status": "current",
        "decided_on": TODAY - 30 * DAY, "document_no": "示罚1号", "authority": "示例局",
        "display": DateRange(TODAY - 30 * DAY, TODAY + 335 * DAY), "display_class": "general",
        "display_version": "administrative_penalty/order36", "in_force": DateRange(None, None, "()"), "content": {},
        "fact": uuid7().bytes, "digest": uuid7().bytes, "source_unit": "t_a", "delivery_id": uuid7(),
        "recorded_at": clock.now(),
    }  # fmt: skip
    Record.objects.create(subject_id=subject, id=record, version=1, **facts | change)
    return record


def ask(
    city: City, number: tuple[str, str] = ("uscc", USCC), name: str | None = None, who: str = "clerk"
) -> CheckAnswer:
    with as_role("goodfaith_web"):
        return gate.check(acting=city.users[who].acting, matter=MATTER, number=number, name=name, case_no="甲1")


NEVER = DateRange(empty=True)
WHEN = [
    # what is changed, the last day of the measure, or "none"
    ({}, TODAY + 334 * DAY),
    ({"in_force": DateRange(TODAY - 9 * DAY, TODAY + 3 * DAY)}, TODAY + 2 * DAY),
    ({"in_force": DateRange(TODAY - 9 * DAY, TODAY + DAY)}, TODAY),
    ({"in_force": DateRange(TODAY - 9 * DAY, TODAY)}, "none"),
    ({"in_force": DateRange(TODAY, None)}, TODAY + 334 * DAY),
    ({"in_force": DateRange(TODAY + DAY, None)}, "none"),
    ({"in_force": NEVER}, "none"),
    ({"display": DateRange(TODAY - 30 * DAY, TODAY + DAY)}, TODAY),
    ({"display": DateRange(TODAY - 30 * DAY, TODAY)}, "none"),
    ({"display": DateRange(TODAY - 30 * DAY, None)}, None),
    ({"display": NEVER}, "none"),
    ({"disclosure": "shared", "display": NEVER, "display_version": "none", "display_class": "none"}, None),
    ({"disclosure": "closed", "display": NEVER}, "none"),
    ({"status": "disputed"}, TODAY + 334 * DAY),
    ({"status": "repaired"}, "none"),
    ({"status": "annulled"}, "none"),
    ({"status": "corrected"}, "none"),
    ({"superseded_at": clock.now()}, "none"),
    ({"display_class": "revoked"}, "none"),
    ({"polarity": "positive"}, "none"),
    ({"item_id": "tax.arrears_notice"}, "none"),
]


@pytest.mark.parametrize(("change", "last"), WHEN)
def test_when_a_record_brings_a_restraint(city: City, matter: str, change: dict[str, Any], last: Any) -> None:
    record = put(city.organisation, **change)
    answer = ask(city)
    found = [(m.measure, m.kind, m.record_id, m.ends_on, m.disputed) for m in answer.measures]
    disputed = change.get("status") == "disputed"
    assert found == ([] if last == "none" else [("keep_out", "restraint", record, last, disputed)])
    assert (answer.outcome, answer.subject_kind) == ("answered", "organisation")


@pytest.mark.parametrize(
    ("months", "decided", "last"),
    [(12, dt.date(TODAY.year - 1, TODAY.month, 1), "by month"), (1, TODAY - 40 * DAY, "none"), (240, TODAY, "display")],
)
def test_a_window_of_months_runs_from_the_decision(
    city: City, matter: str, months: int, decided: dt.date, last: str
) -> None:
    Bearing.objects.filter(matter=matter).update(months=months)
    put(city.organisation, decided_on=decided, display=DateRange(decided, TODAY + 50 * DAY))
    ends = [m.ends_on for m in ask(city).measures]
    by_month = dt.date(TODAY.year, TODAY.month, 1) - DAY
    expected = {"by month": [by_month] if by_month >= TODAY else [], "none": [], "display": [TODAY + 49 * DAY]}
    assert ends == expected[last]


def test_a_statutes_months_are_not_shortened_by_the_decisions_own_validity(city: City, matter: str) -> None:
    """政府采购法 22 looks back three years, however soon the penalty itself was carried out."""
    decided = dt.date(TODAY.year - 1, TODAY.month, 1)
    display = DateRange(decided, TODAY + 900 * DAY)
    put(city.organisation, decided_on=decided, display=display, in_force=DateRange(decided, decided + 10 * DAY))
    assert ask(city).measures == []
    Bearing.objects.filter(matter=matter).update(months=36)
    assert [m.ends_on for m in ask(city).measures] == [dt.date(decided.year + 3, decided.month, 1) - DAY]


def test_what_is_not_published_ends_with_the_rules_longest_period(city: City, matter: str) -> None:
    """A person's penalty is not shown, so its display range cannot say when its weight ends."""
    decided = dt.date(2019, 1, 31)
    shared = {"disclosure": "shared", "display": NEVER, "display_version": "administrative_penalty/before_2021_09"}
    put(city.person, decided_on=decided, **shared)
    assert ask(city, ("id_number", ID_NUMBER)).measures == []
    put(city.person, decided_on=TODAY - DAY, **shared)
    assert [m.ends_on for m in ask(city, ("id_number", ID_NUMBER)).measures] == [_year_later(TODAY - DAY) - DAY]


def _year_later(day: dt.date) -> dt.date:
    return day.replace(year=day.year + 1)


def test_only_the_classes_that_the_measure_names(city: City, matter: str) -> None:
    Bearing.objects.filter(matter=matter).update(classes=["serious"])
    put(city.organisation)
    record = put(city.organisation, display_class="serious")
    assert [m.record_id for m in ask(city).measures] == [record]


def test_incentives_come_from_what_is_not_negative(city: City, matter: str) -> None:
    put(city.organisation, item_id="honours.honour", polarity="positive")
    assert [(m.measure, m.kind) for m in ask(city).measures] == [("go_first", "incentive")]
    Measure.objects.filter(code="go_first").update(withdrawn_at=clock.now())
    assert ask(city).measures == []


def test_judged_the_same_are_asked_as_one(city: City, matter: str) -> None:
    put(city.namesake, disclosure="shared", display=NEVER, display_class="none", display_version="none")
    assert ask(city, ("id_number", ID_NUMBER)).measures == []
    judge_same(city)
    assert len(ask(city, ("id_number", ID_NUMBER)).measures) == 1


def test_a_check_tells_nothing_of_what_was_recorded_about_a_child(city: City, matter: str) -> None:
    """Boundary 5: no restraint bears on a child, and an incentive would tell of a record that is closed."""
    child = make_person("示例小童", CHILD)
    shared = {"disclosure": "shared", "display": NEVER}
    put(child, **shared)
    put(child, item_id="honours.honour", polarity="positive", **shared)
    grown = make_person("示例大人", "990101199003070038")
    put(grown, item_id="honours.honour", polarity="positive", **shared)
    assert ask(city, ("id_number", CHILD)).measures == []
    assert [m.kind for m in ask(city, ("id_number", "990101199003070038")).measures] == ["incentive"]


NAMES = [
    (("uscc", USCC), FIRM, "answered"),
    (("uscc", USCC), f" {FIRM} ", "answered"),
    (("uscc", USCC), "示例旧名(测试)公司", "answered"),
    (("uscc", USCC), "示例旧名（测试） 公司", "answered"),
    (("uscc", USCC), "示例别的有限公司", "mismatch"),
    (("uscc", USCC), "", "answered"),
    (("id_number", ID_NUMBER), NAME, "answered"),
    (("id_number", ID_NUMBER), "欧阳另例", "mismatch"),
    (("id_number", ID_NUMBER), None, "answered"),
]


@pytest.mark.parametrize(("number", "name", "outcome"), NAMES)
def test_name_and_number_must_agree(
    city: City, matter: str, number: tuple[str, str], name: str | None, outcome: str
) -> None:
    connection.cursor().execute("UPDATE subjects_organisation SET former_names = '{示例旧名（测试）公司}'")
    put(city.organisation)
    put(city.person, disclosure="shared", display=NEVER, display_class="none", display_version="none")
    answer = ask(city, number, name)
    assert (answer.outcome, len(answer.measures)) == (outcome, 1 if outcome == "answered" else 0)
    assert Entry.objects.get(id=answer.entry_id).outcome == outcome


def test_a_person_that_nobody_knows_is_answered_like_one_with_nothing(city: City, matter: str) -> None:
    known, unknown = ask(city, ("id_number", ID_NUMBER)), ask(city, ("id_number", "110105194912310021"), "某某")
    assert (known.outcome, known.measures, known.digest, known.subject_kind) == (
        unknown.outcome, unknown.measures, unknown.digest, unknown.subject_kind,
    )  # fmt: skip
    assert [Entry.objects.get(id=a.entry_id).outcome for a in (known, unknown)] == ["answered", "unknown"]


@pytest.mark.parametrize(("name", "outcome"), [(FIRM, "mismatch"), (None, "answered")])
def test_an_organisations_name_cannot_agree_with_a_code_that_nobody_has(
    city: City, matter: str, name: str | None, outcome: str
) -> None:
    answer = ask(city, ("uscc", "91990101MA0000015C"), name)
    assert (answer.outcome, answer.measures) == (outcome, [])
    assert Entry.objects.get(id=answer.entry_id).outcome == "unknown"


def test_the_entry_holds_matter_case_and_the_digest_of_the_answer(city: City, matter: str) -> None:
    put(city.organisation)
    answer = ask(city)
    entry = Entry.objects.get(id=answer.entry_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(sha256(convert_to(jsonb_build_object('outcome', 'answered', 'measures',"
            " gate.measures(ARRAY[%s]::uuid[], 'organisation', %s, NULL, false))::text, 'UTF8')), 'hex')",
            [city.organisation, MATTER],
        )
        assert bytes(entry.answer or b"").hex() == answer.digest == cursor.fetchone()[0]
    assert (entry.matter, entry.case_no, entry.purpose, entry.records) == (MATTER, "甲1", "administrative_check", 1)
    assert entry.at == answer.at


def test_many_are_answered_in_their_order_each_with_its_entry(city: City, matter: str) -> None:
    record = put(city.organisation)
    rows = [CheckRow(("id_number", ID_NUMBER), NAME), CheckRow(("uscc", USCC), FIRM), CheckRow(("uscc", USCC), "别名"),
            CheckRow(("id_number", "110105194912310021"))]  # fmt: skip
    with as_role("goodfaith_jobs"):
        answers = gate.check_many(acting=city.users["clerk"].acting, matter=MATTER, case_no="甲1", rows=rows)
        assert gate.check_many(acting=city.users["clerk"].acting, matter=MATTER, case_no="甲1", rows=[]) == []
    assert [a.outcome for a in answers] == ["answered", "answered", "mismatch", "answered"]
    assert [m.record_id for a in answers for m in a.measures] == [record]
    entries = Entry.objects.filter(id__in=[a.entry_id for a in answers]).order_by("id")
    assert [e.subject_id for e in entries] == [city.person, city.organisation, city.organisation, None]
    assert {e.actor_id for e in entries} == {str(city.users["clerk"].pk)}


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("credit_office", "matter_not_for_unit"), ("auditor", "role_not_allowed"), ("citizen", "purpose_not_for_actor")],
)
def test_a_check_that_is_refused_is_an_entry(city: City, matter: str, who: str, refusal: str) -> None:
    answer = ask(city, who=who)
    assert (answer.outcome, answer.refusal, answer.measures, answer.digest) == ("refused", refusal, [], "")
    assert Entry.objects.get(id=answer.entry_id).refusal == refusal


def test_a_purpose_of_checks_opens_no_file(city: City, matter: str) -> None:
    """Boundary 8."""
    with as_role("goodfaith_web"):
        handle = gate.open_file(
            acting=city.users["clerk"].acting, purpose="administrative_check", subject_id=city.person, case_no="1",
            matter=MATTER,
        )  # fmt: skip
    assert (handle.refusal, handle.subjects, handle.records) == ("check_only", [], [])


def test_a_check_may_rest_on_consent(city: City, matter: str, bank: Acting) -> None:
    Matter.objects.filter(code=matter).update(purposes=["credit_granting"], unit_kinds=["bank"])
    Bearing.objects.filter(item="honours.honour").delete()
    put(city.person, disclosure="shared", display=NEVER, display_class="none", display_version="none")
    number = ("id_number", ID_NUMBER)

    def asked() -> CheckAnswer:
        with as_role("goodfaith_web"):
            return gate.check(acting=bank, matter=MATTER, number=number, name=None, case_no="1")

    assert asked().refusal == "consent_missing"
    consent = give(city, "k_bank", "credit_granting", [PENALTY], uses=1)
    answer = asked()
    assert len(answer.measures) == 1
    assert Entry.objects.get(id=answer.entry_id).consents == [str(consent)]
    assert asked().refusal == "consent_missing"
