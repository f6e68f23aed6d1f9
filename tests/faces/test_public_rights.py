"""The public pages about rights: figures, limits of time, what stands beside a record."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import json
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.faces.parts import lawbook, page_cache
from goodfaith.faces.public import rights_figures, rights_limits, rights_periods, rights_tables, rights_words
from goodfaith.law import queries as law
from goodfaith.rights import actions, queries
from goodfaith.rights.desk_queries import ENOUGH, UnitFigure
from goodfaith.rights.procedures import KINDS, PROCEDURES
from goodfaith.rights.queries import Figure
from tests.city import City
from tests.conftest import WebClient, as_role
from tests.faces.rights_course import act, decide, look_by_office, object_to, record_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    rights_figures.forget()
    monkeypatch.setattr(page_cache, "FRESH_SECONDS", 0.0)
    page_cache.kept.forget()
    lawbook._kept = (0.0, lawbook.Catalogue())
    yield
    rights_figures.forget()


def _page(web: WebClient, address: str, **asked: str) -> str:
    answer = web.get(address, asked)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_the_figures_count_what_was_filed_and_how_it_ended(city: City, web: WebClient) -> None:
    decide(city, object_to(city, record_of(city)), "maintain")
    object_to(city, record_of(city))
    page = _page(web, reverse("public:rights"))
    assert "异议 2 件，办结 1 件，其中支持申请人 0 件" in page
    body = json.loads(web.get(reverse("public:rights_file", args=["json"])).content)
    outcomes = {row["outcome"]: row["n"] for row in body["cases"]}
    assert outcomes == {"maintained": 1, None: 1}
    assert {row["unit"] for row in body["cases"]} == {"t_a"}


def test_a_new_case_is_counted_within_a_minute(city: City, web: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "这段时间没有人提出" in _page(web, reverse("public:rights"))
    object_to(city, record_of(city))
    assert "这段时间没有人提出" in _page(web, reverse("public:rights"))
    monkeypatch.setattr(rights_figures, "KEPT_SECONDS", -1)
    assert "异议 1 件" in _page(web, reverse("public:rights"))


def test_a_period_without_cases_says_so(city: City, web: WebClient) -> None:
    object_to(city, record_of(city))
    page = _page(web, reverse("public:rights"), period="last_year")
    assert "这段时间没有人提出" in page and f"{clock.today().year - 1}年1月1日" in page
    assert "最近十二个月" in _page(web, reverse("public:rights"), period="<script>")


def test_the_three_files_hold_the_same_rows(city: City, web: WebClient) -> None:
    decide(city, object_to(city, record_of(city)), "annul")
    found = {form: web.get(reverse("public:rights_file", args=[form])) for form in ("csv", "xlsx", "json")}
    assert all("attachment" in answer["Content-Disposition"] for answer in found.values())
    table = list(csv.reader(io.StringIO(found["csv"].content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(found["xlsx"].content))["案件"]
    rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert table == rows and table[1][:5] == ["异议", "内容写错了", "测试单位a", "已撤下", "1"]
    assert len(json.loads(found["json"].content)["cases"]) == len(table) - 1
    assert web.get(reverse("public:rights_file", args=["exe"])).status_code == 404


def test_recalls_are_counted_by_the_unit_that_was_given_the_record(city: City, web: WebClient) -> None:
    record = record_of(city)
    look_by_office(city)
    decide(city, object_to(city, record), "annul")
    page = _page(web, reverse("public:rights"))
    assert "发出 1 份通知，涉及 1 个单位；已回执 0 份" in page
    assert "测试信用办" in page.split('id="recalls-table"')[1].split("</table>")[0]


def _unit(decided: int, maintained: int, unit: str = "t_a") -> UnitFigure:
    return UnitFigure("objection", unit, decided, 0, decided, maintained, 1.0, 2, 0, 0)


@pytest.mark.parametrize(
    ("decided", "maintained", "striking"),
    [(ENOUGH, ENOUGH, True), (ENOUGH - 1, ENOUGH - 1, False), (ENOUGH * 10, ENOUGH * 9, False)],
)
def test_a_unit_that_confirms_nearly_everything_is_named(
    city: City, decided: int, maintained: int, striking: bool
) -> None:
    units = [_unit(decided, maintained)]
    says = rights_tables.confirming_says(units)
    assert ("测试单位a" in says) is striking
    cell = rights_tables.confirming_table(units).rows[0]["share"]
    assert ("tag-waiting" in str(cell)) is striking
    chart = rights_tables.confirming_chart(units)
    assert chart is not None and chart.series[0].values == [round(100 * maintained / decided, 1)]


def test_sums_keep_the_groups_apart() -> None:
    rows = [
        Figure("objection", "wrong", "t_a", outcome, n, 1.0, n, 0, 1)
        for n, outcome in enumerate(("maintained", "corrected", "withdrawn", None), 1)
    ]
    found = rights_figures.added(rows)
    assert found.by_group == {"against": 1, "for": 2, "withdrawn": 3, "open": 4}
    assert (found.n, found.open, found.closed, found.longest, found.overdue) == (10, 4, 6, 3, 4)


@pytest.mark.parametrize("today", [dt.date(2026, 1, 1), dt.date(2028, 2, 29), dt.date(2026, 12, 31)])
def test_periods_are_whole(today: dt.date) -> None:
    found = {one.code: one for one in rights_periods.periods(today)}
    assert all(one.since <= one.until <= today for one in found.values())
    assert found["last_year"].until + dt.timedelta(days=1) == found["this_year"].since
    assert (found["year"].until - found["year"].since).days == 364


def test_every_limit_that_applies_here_stands_on_the_page_with_its_article(city: City, web: WebClient) -> None:
    page = _page(web, reverse("public:rights"))
    shown = [line for part in rights_limits.parts(clock.today()) for line in part.lines]
    area = str(settings.CITY["area_code"])
    for part in rights_limits.parts(clock.today()):
        section = page.split(f'id="limits-{part.code}"')[1].split("</table>")[0]
        assert section.count("<tr>") == len(part.lines) + 1
    for line in shown:
        assert line.name in page and line.why in page and line.basis.article in page
    here = [one for one in law.limits() if area.startswith(one.area or "") and one.procedure != "duty"]
    steps = {(one.procedure, one.step) for one in here if one.in_force.holds(clock.today())}
    assert {name for _procedure, name in steps} and len(shown) >= len(steps)
    assert any(line.only for line in shown), "a limit made for some records says for which"


def test_the_limits_of_other_places_are_not_shown(city: City, web: WebClient) -> None:
    area = str(settings.CITY["area_code"])
    shown = {line.basis.instrument for part in rights_limits.parts(clock.today()) for line in part.lines}
    elsewhere = {one.basis.instrument for one in law.limits() if not area.startswith(one.area or "")}
    here = {one.basis.instrument for one in law.limits() if area.startswith(one.area or "")}
    assert elsewhere - here and not shown & (elsewhere - here)


def test_it_costs_nothing_and_says_so(city: City, web: WebClient) -> None:
    page = _page(web, reverse("public:rights"))
    assert "都不收费" in page and reverse("public:contest") in page


def test_every_code_has_its_word() -> None:
    for procedure, kinds in KINDS.items():
        assert rights_words.procedure_name(procedure) != procedure
        assert all(rights_words.kind_name(procedure, kind) != kind for kind in kinds)
        ends = {step.outcome for step in PROCEDURES[procedure].steps if step.outcome}
        assert all(rights_words.outcome_name(procedure, end) != end for end in ends)
        assert all(rights_words.group_of(end) in rights_words.group_names() for end in ends)
    for part in rights_limits.parts(clock.today()):
        assert part.name != part.code
    assert all(rights_words.time_of(one) for one in law.limits())


# -- beside a record --------------------------------------------------------------------------------


def _addresses(city: City, record: Any) -> list[str]:
    return [
        reverse("public:organisation", args=[city.organisation]),
        reverse("public:record", args=[city.organisation, record]),
    ]


def test_a_disputed_record_says_so_at_once(city: City, web: WebClient) -> None:
    record = record_of(city)
    for address in _addresses(city, record):
        assert "有异议，正在核实" not in _page(web, address)
    case = object_to(city, record)
    for address in _addresses(city, record):
        assert "有异议，正在核实" in _page(web, address)
    decide(city, case, "maintain")
    for address in _addresses(city, record):
        assert "有异议，正在核实" not in _page(web, address)


@pytest.mark.parametrize("end", ["suspended", "annulled"])
def test_what_is_suspended_or_annulled_is_gone(city: City, web: WebClient, end: str) -> None:
    record = record_of(city)
    assert web.get(_addresses(city, record)[1]).status_code == 200
    case = object_to(city, record, "not_me" if end == "suspended" else "no_basis")
    if end == "annulled":
        decide(city, case, "annul")
    assert web.get(_addresses(city, record)[1]).status_code == 404
    assert str(record) not in _page(web, _addresses(city, record)[0])


def test_what_is_repaired_is_gone(city: City, web: WebClient) -> None:
    record = record_of(city)
    acting = city.users["enterprise"].acting
    with as_role("goodfaith_web"):
        ref = actions.do_open(
            acting=acting,
            at=clock.now(),
            procedure="repair",
            kind="performed",
            records=[record],
            texts={"claim": "已缴清"},
        )
        case = queries.my_case(acting, ref.id)
        actions.do_act(acting=acting, at=clock.now(), case=case, act="file", facts={"commitment": True})
    clerk = city.users["clerk"].acting
    act(clerk, ref.id, "accept")
    act(clerk, ref.id, "grant", texts={"answer": "条件具备。"})
    assert web.get(_addresses(city, record)[1]).status_code == 404
    assert str(record) not in _page(web, _addresses(city, record)[0])


def test_the_organisations_own_words_stand_beside_its_record(city: City, web: WebClient) -> None:
    record, other = record_of(city), record_of(city)
    said = "罚款当天已经缴清，<b>设备</b>也换了。"
    acting = city.users["enterprise"].acting
    with as_role("goodfaith_web"):
        made = actions.do_make_statement(acting=acting, at=clock.now(), record_id=record, text=said, seal=None)
    for address in _addresses(city, record):
        raw = web.get(address).content.decode()
        assert "&lt;b&gt;设备&lt;/b&gt;" in raw and "<b>设备" not in raw
        assert "平台没有核实" in raw
    assert "罚款当天" not in _page(web, _addresses(city, other)[1])
    with as_role("goodfaith_web"):
        actions.do_end_statement(acting=acting, at=clock.now(), statement_id=made)
    for address in _addresses(city, record):
        assert "罚款当天" not in _page(web, address)


def test_a_negative_record_tells_how_it_is_repaired(city: City, web: WebClient) -> None:
    page = _page(web, _addresses(city, record_of(city))[1])
    panel = page.split('aria-labelledby="remedy-title"')[1].split("</section>")[0]
    for said in ("最早可以申请修复", "公示的最后一天", "由谁决定", "信用修复不收取任何费用", "law-chip"):
        assert said in panel
    assert f"{reverse('public:rights')}#limits" in page
