"""The public face under the web's role: what it shows of organisations, and that no person is ever in it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from django.utils import translation

from goodfaith.common import clock
from goodfaith.faces.parts import lawbook, page_cache, words
from goodfaith.faces.public import coverage
from goodfaith.faces.public.double_publicity import _safe
from goodfaith.faces.public.organisations import marked
from goodfaith.subjects.models import Judgement, Suspicion
from tests.city import ID_NUMBER, NAME, City, make_organisation, make_record
from tests.subjects.conftest import firm, resolve, uscc

ROOT = Path(__file__).parents[2]
YESTERDAY = dt.timedelta(days=1)
PLAIN = [
    "home",
    "organisations",
    "double_publicity",
    "coverage",
    "boundaries",
    "catalogue",
    "purposes",
    "measures",
    "contest",
    "privacy",
    "robots",
]


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing kept from the test before, and everything asked anew at each request."""
    page_cache.kept.forget()
    monkeypatch.setattr(page_cache, "FRESH_SECONDS", 0.0)
    lawbook._kept = (0.0, lawbook.Catalogue())
    page_cache.kept.forget()


def text_of(response: Any) -> str:
    """The whole body, streamed or not."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode())


def set_display(record: Any, display: str) -> None:
    """Show the record for another period, as another dated rule would have had it (a new version of the fact)."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE records_record SET display = %s::daterange WHERE id = %s", [display, record])
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_answers_in_both_languages(web: Any, name: str, language: str) -> None:
    response = web.get(reverse(f"public:{name}"), headers={"Accept-Language": language})
    assert response.status_code == 200


@pytest.mark.parametrize("name", [*PLAIN, "double_publicity_export"])
def test_no_page_has_inline_script_style_or_outside_address(web: Any, name: str) -> None:
    page = text_of(web.get(reverse(f"public:{name}")))
    assert not re.search(r"<script(?![^>]*(src=|application/json))|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r"(src|href)=\"(https?:)?//", page)


def test_a_person_is_on_no_public_page(web: Any, city: City) -> None:
    pages = [reverse(f"public:{name}") for name in [*PLAIN, "double_publicity_export"]]
    pages += [reverse("public:organisation", args=[city.organisation])]
    pages += [f"{reverse('public:organisations')}?q={asked}" for asked in (NAME[:2], "试例")]
    for address in pages:
        page = text_of(web.get(address))
        assert str(city.person) not in page
        assert ID_NUMBER not in page and NAME not in page
    for asked in (NAME, ID_NUMBER, ID_NUMBER.lower()):
        assert str(city.person) not in text_of(web.get(reverse("public:organisations"), {"q": asked}))
    assert "不能按公民身份号码查询" in text_of(web.get(reverse("public:organisations"), {"q": "990101199001010019"}))
    assert NAME not in text_of(web.get(reverse("public:organisation", args=[city.organisation])))


def test_a_persons_page_and_record_are_not_there(web: Any, city: City) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM records_record WHERE subject_id = %s", [city.person])
        record = cursor.fetchone()[0]
    assert web.get(reverse("public:organisation", args=[city.person])).status_code == 404
    assert web.get(reverse("public:record", args=[city.person, record])).status_code == 404


def test_an_organisations_page_says_all_five(web: Any, city: City) -> None:
    page = text_of(web.get(reverse("public:organisation", args=[city.organisation])))
    for said in ("行政处罚", "作出单位", "示罚〔2026〕1号", "公示至", "怎样提出异议"):
        assert said in page


def test_what_ends_is_gone_on_its_day(web: Any, city: City) -> None:
    today = clock.today()
    record = make_record(city.organisation, unit="t_a", person=False)
    address = reverse("public:record", args=[city.organisation, record])
    set_display(record, f"[{today - YESTERDAY},{today + YESTERDAY})")
    assert web.get(address).status_code == 200
    set_display(record, f"[{today - YESTERDAY},{today})")
    assert web.get(address).status_code == 404
    set_display(record, "empty")
    assert web.get(address).status_code == 404


def test_fields_that_are_not_open_stay_out_whatever_the_row_holds(web: Any, city: City) -> None:
    item = lawbook.item("licensing.administrative_penalty")
    closed = [field.code for field in item.editions[0].fields if field.sensitivity != "open"]
    assert closed
    record = make_record(city.organisation, unit="t_a", person=False)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        content = "{" + ",".join(f'"{code}": "漏出来了"' for code in closed) + "}"
        cursor.execute("UPDATE records_record SET content = %s::jsonb WHERE id = %s", [content, record])
        cursor.execute("SET session_replication_role = DEFAULT")
    for address in (reverse("public:record", args=[city.organisation, record]),
                    reverse("public:organisation", args=[city.organisation])):  # fmt: skip
        assert "漏出来了" not in text_of(web.get(address))


def test_a_judged_duplicate_brings_its_records_and_takes_them_away_again(web: Any, city: City) -> None:
    other = make_organisation("示例测试公司（旧名）", "91990101MA00000025")
    make_record(other, unit="t_a", person=False)
    address = reverse("public:organisation", args=[city.organisation])
    assert "公开的信息（1 条）" in text_of(web.get(address))
    left, right = sorted((city.organisation, other))
    suspicion = Suspicion.objects.create(
        left_id=left, right_id=right, kind="organisation", reasons=[], raised_at=clock.now()
    )
    judgement = Judgement.objects.create(
        suspicion=suspicion, left=left, right=right, verdict="same", reason="同一组织", officer_id="1",
        officer_name="测试", unit="t_a", at=clock.now(),
    )  # fmt: skip
    assert "公开的信息（2 条）" in text_of(web.get(address))
    Judgement.objects.filter(pk=judgement.pk).update(withdrawn_at=clock.now())
    assert "公开的信息（1 条）" in text_of(web.get(address))


def test_a_kept_page_is_made_again_when_something_changed(
    web: Any, city: City, django_assert_max_num_queries: Any
) -> None:
    address = reverse("public:organisation", args=[city.organisation])
    assert "公开的信息（1 条）" in text_of(web.get(address))
    with django_assert_max_num_queries(3):  # SET ROLE, the stamp, RESET ROLE
        web.get(address)
    make_record(city.organisation, unit="t_a", person=False)
    assert "公开的信息（2 条）" in text_of(web.get(address))


def test_search(web: Any, city: City) -> None:
    resolve(firm("示例测试有限公司", uscc=uscc(17)))
    address = reverse("public:organisations")
    assert "<mark>测试</mark>" in text_of(web.get(address, {"q": "测试"}))
    assert "再多输入一个字" in text_of(web.get(address, {"q": "测"}))
    assert "没有找到" in text_of(web.get(address, {"q": "查无此名"}))
    assert "示例测试有限公司" in text_of(web.get(address, {"q": uscc(17)}))
    part = web.get(address, {"q": "测试"}, headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)


@pytest.mark.parametrize(
    "asked", ["\0\0\0", "%_", "'; DROP TABLE", "<script>alert(1)</script>", "𠀀𠀁", "a" * 5000, "（）"]
)
def test_search_takes_anything(web: Any, asked: str) -> None:
    for after in ("", "nonsense", "exact.nonsense"):
        response = web.get(reverse("public:organisations"), {"q": asked, "after": after})
        assert response.status_code == 200
        assert "<script>alert" not in text_of(response)


def test_search_without_javascript_goes_on_by_key(web: Any, db: None) -> None:
    resolve(*(firm(f"翻页试验第{n:02}号商行", uscc=uscc(n)) for n in range(25)))
    address = reverse("public:organisations")
    first = text_of(web.get(address, {"q": "翻页试验"}))
    onward = re.search(r'href="(\?q=[^"]+after=[^"]+)"', first)
    assert onward
    second = text_of(web.get(address + onward[1].replace("&amp;", "&")))
    names = [re.findall(r"第(\d\d)号商行", page) for page in (first, second)]
    assert sorted({*names[0], *names[1]}) == [f"{n:02}" for n in range(25)]


def test_double_publicity_filters_and_export(web: Any, city: City) -> None:
    address, export = reverse("public:double_publicity"), reverse("public:double_publicity_export")
    assert "示例测试有限公司" in text_of(web.get(address, {"kind": "penalty", "name": "测试"}))
    assert "没有符合条件的公示" in text_of(web.get(address, {"kind": "licence"}))
    rows = list(csv.reader(io.StringIO(text_of(web.get(export)).removeprefix("\ufeff"))))
    assert rows[0][0] == "行政相对人"
    assert [row[0] for row in rows[1:]] == ["示例测试有限公司"]


@pytest.mark.parametrize("query", [
    {"first": "2026-05-05", "last": "2025-01-01"}, {"first": "昨天"}, {"area": "000000"}, {"kind": "people"},
])  # fmt: skip
def test_double_publicity_says_what_is_wrong_with_a_filter(web: Any, query: dict[str, str]) -> None:
    response = web.get(reverse("public:double_publicity"), query)
    assert "有内容需要改正" in text_of(response)
    assert web.get(reverse("public:double_publicity_export"), query).status_code == 400


def test_double_publicity_pages_by_key(web: Any, city: City) -> None:
    first = dt.date(2026, 4, 10)
    for n in range(60):
        make_record(city.organisation, unit="t_a", person=False, decided=first + dt.timedelta(days=n % 7))
    page = text_of(web.get(reverse("public:double_publicity")))
    onward = re.search(r'href="(\?[^"]*after=[^"]+)"', page)
    assert onward
    second = text_of(web.get(reverse("public:double_publicity") + onward[1].replace("&amp;", "&")))
    seen = [set(re.findall(r"/records/[^\"]+", each)) for each in (page, second)]
    assert len(seen[0]) == 50 and len(seen[1]) == 11 and not seen[0] & seen[1]


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A1", "+1", "-1", "@x", "\tx"])
def test_the_export_runs_no_formula(cell: str) -> None:
    assert _safe(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("name", "limit"), [("home", 3), ("organisations", 2), ("double_publicity", 2), ("coverage", 0)]
)
def test_how_many_queries_a_page_asks(
    web: Any, city: City, name: str, limit: int, django_assert_max_num_queries: Any
) -> None:
    address = reverse(f"public:{name}")
    web.get(address)
    with django_assert_max_num_queries(limit + 2):  # SET ROLE and RESET ROLE
        web.get(address)


def test_an_organisations_page_asks_few_queries(web: Any, city: City, django_assert_max_num_queries: Any) -> None:
    for n in range(30):
        make_record(city.organisation, unit="t_a", person=False, decided=dt.date(2026, 4, 10) + dt.timedelta(days=n))
    address = reverse("public:organisation", args=[city.organisation])
    web.get(address)
    with django_assert_max_num_queries(6):
        web.get(address)


@pytest.mark.parametrize(
    "address", ["/nope/", "/organisations/00000000-0000-0000-0000-000000000000/", "/about/catalogue/no.such/"]
)
def test_not_found_says_what_next(web: Any, address: str) -> None:
    response = web.get(address)
    assert response.status_code == 404
    assert "接下来" in text_of(response)


@pytest.mark.parametrize("name", ["bad_request", "forbidden", "not_found", "server_error", "unavailable"])
def test_error_pages_stand_without_a_database(rf: Any, name: str) -> None:
    from goodfaith.faces.public import errors

    page = getattr(errors, name)(rf.get("/"))
    assert page.status_code == {"bad_request": 400, "forbidden": 403, "not_found": 404, "server_error": 500}.get(
        name, 503
    )
    assert "为什么" in page.content.decode()


def test_the_clause_table_is_whole_and_its_tests_exist() -> None:
    rows = [row for group in coverage.groups() for row in group.rows]
    counts = {"I": 2, "R": 6, "S": 6, "X": 5, "L": 4, "E": 3, "G": 5, "F": 3, "D": 3}
    assert [row.id for row in rows] == [f"{letter}{n}" for letter, most in counts.items() for n in range(1, most + 1)]
    for row in rows:
        assert row.status == "not_yet" or row.links
        assert row.status != "works" or row.tests
        for test in row.tests:
            assert (ROOT / test).is_file(), test
        for link in row.links:
            assert not link.page or link.url, (row.id, link.page)


def test_the_boundaries_are_ten_and_each_has_its_test() -> None:
    assert [one.number for one in coverage.boundaries()] == list(range(1, 11))
    for one in coverage.boundaries():
        assert one.tests
        for test in one.tests:
            assert (ROOT / test).is_file(), test


def test_every_item_of_the_catalogue_has_its_page(web: Any, db: None) -> None:
    for code in lawbook.book().items:
        assert web.get(reverse("public:item", args=[code])).status_code == 200


@override_settings(CITY={"name_zh": "另一市", "name_en": "Other", "area_code": "990100", "demo": False})
def test_the_city_is_one_setting(web: Any) -> None:
    page = text_of(web.get("/"))
    assert "另一市公共信用信息平台" in page and "示例市" not in page


def test_dates_and_periods_in_words() -> None:
    class Period:
        def __init__(self, start: dt.date | None, end: dt.date | None, is_empty: bool = False) -> None:
            self.start, self.end, self.is_empty = start, end, is_empty

    with translation.override("zh-hans"):
        assert words.day(dt.date(2026, 3, 5)) == "2026年3月5日"
        assert words.shown_until(Period(dt.date(2026, 1, 1), dt.date(2026, 3, 6))) == "2026年3月5日"
        assert words.shown_until(Period(None, None, is_empty=True)) == "不向社会公开"
        assert words.span(Period(dt.date(2026, 1, 1), None)) == "2026年1月1日 至 长期"
    with translation.override("en"):
        assert words.day(dt.date(2026, 3, 5)) == "5 March 2026"


def test_marked_names_are_escaped() -> None:
    assert marked("<b>甲乙</b>", "甲乙") == "&lt;b&gt;<mark>甲乙</mark>&lt;/b&gt;"
