"""The desk's dashboard, subjects, duplicates, catalogue, quality and audit: who may enter, what they do."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.intake import dashboard, quality
from goodfaith.intake.models import Delivery
from goodfaith.intake.quality import Window
from goodfaith.ledger.models import Entry
from goodfaith.parties.models import UnitItem
from goodfaith.subjects.matching import grams
from goodfaith.subjects.models import Judgement, Organisation, Suspicion
from goodfaith.subjects.numbers import id_check_digit
from tests.city import ID_NUMBER, NAME, PENALTY, City, city, make_organisation, make_person, make_record
from tests.conftest import WebClient

__all__ = ["city"]

WHO = ("anonymous", "citizen", "enterprise", "clerk", "credit_office", "auditor")
EVERY = (302, 403, 403, 200, 200, 200)
OPENERS = (302, 403, 403, 200, 200, 403)
OFFICE = (302, 403, 403, 403, 200, 403)
AUDIT = (302, 403, 403, 403, 403, 200)
PAGES: dict[str, tuple[list[object], tuple[int, ...]]] = {
    "desk:home": ([], EVERY),
    "desk:subjects": ([], EVERY),
    "desk:person": ([], OPENERS),
    "desk:subject": (["organisation"], EVERY),
    "desk:duplicates": ([], OFFICE),
    "desk:duplicate": (["suspicion"], OFFICE),
    "desk:duplicate_withdraw": (["suspicion"], (302, 403, 403, 403, 405, 403)),
    "desk:catalogue": ([], EVERY),
    "desk:catalogue_purposes": ([], EVERY),
    "desk:catalogue_matters": ([], EVERY),
    "desk:catalogue_measures": ([], EVERY),
    "desk:item": ([PENALTY], EVERY),
    "desk:item_template": ([PENALTY, "v2018"], EVERY),
    "desk:quality": ([], EVERY),
    "desk:quality_export": ([], EVERY),
    "desk:audit": ([], AUDIT),
}
NUMBER = "99010119900307002" + id_check_digit("99010119900307002")
PERSON = {"kind": "id_number", "number": NUMBER, "case_no": "核实〔2026〕9号"}


def at(name: str, city: City) -> str:
    """The address of a page, with ids of the fixture put in."""
    return reverse(name, args=[getattr(city, a) if hasattr(city, str(a)) else a for a in PAGES[name][0]])


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", PAGES)
def test_who_may_enter(city: City, web: WebClient, name: str, who: str) -> None:
    if who != "anonymous":
        web.force_login(city.users[who])
    assert web.get(at(name, city)).status_code == PAGES[name][1][WHO.index(who)]


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", ["desk:person", "desk:duplicate", "desk:duplicate_withdraw"])
def test_who_may_post(city: City, web: WebClient, name: str, who: str) -> None:
    if who != "anonymous":
        web.force_login(city.users[who])
    expected = {"desk:person": OPENERS}.get(name, OFFICE)[WHO.index(who)]
    assert web.post(at(name, city), PERSON if name == "desk:person" else {}).status_code == expected


# -- people -----------------------------------------------------------------------------------------


@pytest.fixture
def known(city: City) -> uuid.UUID:
    """A person whose number has its check digit."""
    person = make_person(NAME, NUMBER)
    make_record(person, unit="t_a", person=True)
    return person


def look_up(web: WebClient, city: City, who: str = "credit_office", **changed: str) -> Any:
    web.force_login(city.users[who])
    return web.post(reverse("desk:person"), PERSON | changed)


def test_a_look_up_is_masked_and_noted(city: City, known: uuid.UUID, web: WebClient) -> None:
    answer = look_up(web, city)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert NAME not in text and NUMBER not in text
    assert "欧阳**" in text and f"990***********{NUMBER[-4:]}" in text
    assert "本次查询已记入查询日志，主体本人可以看到" in text
    entry = Entry.objects.latest("id")
    assert (entry.subject_id, entry.purpose, entry.case_no) == (known, "credit_administration", PERSON["case_no"])


def test_a_clerk_sees_only_what_the_own_unit_delivered(city: City, known: uuid.UUID, web: WebClient) -> None:
    assert "示罚〔2026〕1号" in look_up(web, city, "clerk").content.decode()
    assert "示罚〔2026〕1号" not in look_up(web, city, "other_clerk").content.decode()
    assert set(Entry.objects.values_list("purpose", flat=True)) == {"source_verification"}


@pytest.mark.parametrize(
    "changed",
    [{"case_no": "  "}, {"case_no": ""}, {"number": ""}, {"number": NUMBER[:-2] + "9" + NUMBER[-1]}, {"kind": "name"}],
)
def test_without_whole_number_and_case_no_file_is_asked_for(
    city: City, web: WebClient, changed: dict[str, str]
) -> None:
    answer = look_up(web, city, **changed)
    assert "有内容需要改正" in answer.content.decode()
    assert not Entry.objects.exists()


def test_a_number_nobody_has_is_noted_too(city: City, web: WebClient) -> None:
    answer = look_up(web, city, kind="passport", number="E99999999")
    assert "没有这个主体的档案" in answer.content.decode()
    assert Entry.objects.get().outcome == "unknown"


def test_get_with_a_number_does_nothing(city: City, web: WebClient) -> None:
    web.force_login(city.users["credit_office"])
    answer = web.get(reverse("desk:person"), PERSON)
    assert answer.status_code == 302 and answer["Location"] == reverse("desk:person")
    assert not Entry.objects.exists()


def test_a_number_in_the_search_is_led_away(city: City, web: WebClient) -> None:
    web.force_login(city.users["credit_office"])
    answer = web.get(reverse("desk:subjects"), {"q": NUMBER})
    assert answer.status_code == 302 and answer["Location"] == reverse("desk:person")


@pytest.mark.parametrize("query", [NAME, NAME[:2], "E12345678"])
def test_people_are_not_found_by_search(city: City, web: WebClient, query: str) -> None:
    web.force_login(city.users["credit_office"])
    text = web.get(reverse("desk:subjects"), {"q": query}).content.decode()
    assert str(city.person) not in text and str(city.namesake) not in text


def test_a_person_has_no_address(city: City, web: WebClient) -> None:
    web.force_login(city.users["credit_office"])
    for method in (web.get, web.post):
        assert method(reverse("desk:subject", args=[city.person]), {"case_no": "1"}).status_code == 404
    assert not Entry.objects.exists()


def test_organisations_by_name_and_their_file_by_case(city: City, web: WebClient) -> None:
    web.force_login(city.users["credit_office"])
    found = Organisation.objects.filter(pk=city.organisation)
    found.update(grams=grams(found.get().name))
    address = reverse("desk:subject", args=[city.organisation])
    assert address in web.get(reverse("desk:subjects"), {"q": "测试"}).content.decode()
    assert "请写明办件编号或事由" in web.post(address, {"case_no": ""}).content.decode()
    assert not Entry.objects.exists()
    assert "示例测试有限公司" in web.post(address, {"case_no": "异〔2026〕3号"}).content.decode()
    assert Entry.objects.get().subject_id == city.organisation


# -- duplicates -------------------------------------------------------------------------------------


@pytest.fixture
def twins(city: City) -> Suspicion:
    other = make_organisation("示例测试有限公司", "91990102MA00000155")
    left, right = sorted((city.organisation, other))
    return Suspicion.objects.create(
        left_id=left, right_id=right, kind="organisation", raised_at=clock.now(),
        reasons=[{"code": "same_name", "zh": "名称相同而统一社会信用代码不同。"}],
    )  # fmt: skip


def test_judging_and_undoing(city: City, twins: Suspicion, web: WebClient) -> None:
    web.force_login(city.users["credit_office"])
    address = reverse("desk:duplicate", args=[twins.pk])
    assert address in web.get(reverse("desk:duplicates")).content.decode()
    said = {"verdict": "same", "reason": "核对了两份执照"}
    confirm = web.post(address, said).content.decode()
    assert "今后合并显示" in confirm and not Judgement.objects.exists()
    assert web.post(address, said | {"confirmed": "yes"}).status_code == 302
    judged = web.get(address).content.decode()
    assert "已判定：同一主体" in judged and "核对了两份执照" in judged and "撤销这一判断" in judged
    assert address not in web.get(reverse("desk:duplicates")).content.decode()
    assert address in web.get(reverse("desk:duplicates"), {"judged": "1"}).content.decode()
    undo = reverse("desk:duplicate_withdraw", args=[twins.pk])
    assert "请写明撤销的理由" in web.post(undo, {"reason": " "}).content.decode()
    assert Judgement.objects.get().withdrawn_at is None
    assert web.post(undo, {"reason": "其中一份执照是旧的"}).status_code == 302
    assert Judgement.objects.get().withdrawn_reason == "其中一份执照是旧的"
    assert address in web.get(reverse("desk:duplicates")).content.decode()


def test_both_sides_are_opened_at_the_gate_and_differences_marked(
    city: City, twins: Suspicion, web: WebClient
) -> None:
    web.force_login(city.users["credit_office"])
    text = web.get(reverse("desk:duplicate", args=[twins.pk])).content.decode()
    assert re.search(r'class="differs"><th scope="row">统一社会信用代码', text)
    assert not re.search(r'class="differs"><th scope="row">名称', text)
    looks = Entry.objects.filter(purpose="duplicate_review", case_no=str(twins.pk))
    assert set(looks.values_list("subject_id", flat=True)) == {twins.left_id, twins.right_id}


def test_people_under_review_stay_masked(city: City, web: WebClient) -> None:
    web.force_login(city.users["credit_office"])
    listed = web.get(reverse("desk:duplicates")).content.decode()
    case = web.get(reverse("desk:duplicate", args=[city.suspicion])).content.decode()
    assert NAME not in listed + case and ID_NUMBER not in listed + case


@pytest.mark.parametrize("said", [{}, {"verdict": "same"}, {"reason": "因为"}, {"verdict": "maybe", "reason": "因为"}])
def test_a_judgement_wants_verdict_and_reason(
    city: City, twins: Suspicion, web: WebClient, said: dict[str, str]
) -> None:
    web.force_login(city.users["credit_office"])
    answer = web.post(reverse("desk:duplicate", args=[twins.pk]), said | {"confirmed": "yes"})
    assert "有内容需要改正" in answer.content.decode() and not Judgement.objects.exists()


def test_no_second_judgement_beside_a_standing_one(city: City, twins: Suspicion, web: WebClient) -> None:
    web.force_login(city.users["credit_office"])
    address = reverse("desk:duplicate", args=[twins.pk])
    said = {"verdict": "different", "reason": "地址不同", "confirmed": "yes"}
    web.post(address, said)
    assert "已有判定" in web.post(address, said | {"verdict": "same"}).content.decode()
    assert Judgement.objects.get().verdict == "different"


# -- catalogue --------------------------------------------------------------------------------------


def test_the_catalogue_is_narrowed(city: City, web: WebClient) -> None:
    web.force_login(city.users["clerk"])
    page = reverse("desk:catalogue")
    item = reverse("desk:item", args=[PENALTY])
    assert item in web.get(page, {"polarity": "negative", "number": "3", "subject": "person"}).content.decode()
    assert item in web.get(page, {"text": "cf_wsh"}).content.decode()
    assert item not in web.get(page, {"polarity": "positive"}).content.decode()
    assert "没有符合条件的条目" in web.get(page, {"text": "没有这样的词"}).content.decode()
    assert web.get(page, {"sector": "nowhere", "text": "x" * 500}).status_code == 200


def test_an_item_says_everything(city: City, web: WebClient) -> None:
    web.force_login(city.users["clerk"])
    text = web.get(reverse("desk:item", args=[PENALTY])).content.decode()
    for word in ("CF_WSH", "2026年4月1日起作出的决定", "作出后7个工作日内", "行政处罚法", "下载空白表"):
        assert word in text
    assert web.get(reverse("desk:item", args=["no.such"])).status_code == 404
    assert web.get(reverse("desk:item_template", args=[PENALTY, "v1"])).status_code == 404


def test_the_blank_form_opens(city: City, web: WebClient) -> None:
    web.force_login(city.users["clerk"])
    answer = web.get(reverse("desk:item_template", args=[PENALTY, "v2018"]))
    assert len(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets) == 3


# -- quality and dashboard --------------------------------------------------------------------------


def deliver(city: City, unit: str, *, days_ago: int = 0, state: str = "committed", **counts: int) -> Delivery:
    day = clock.today() - dt.timedelta(days=days_ago)
    given = {"rows": 100, "good": 90, "refused": 10, "added": 90, "late": 9} | counts
    return Delivery.objects.create(
        unit_id=unit, item_id=PENALTY, edition="v2018", filename="处罚.xlsx", bytes=1, sha256="0" * 64, state=state,
        report_on=day, created_by="1", created_by_name="测试", created_at=clock.now(),
        summary={"codes": {"date_invalid": 7, "required": 3}, "filled": {"CF_WSH": 80}}, **given,
    )  # fmt: skip


@pytest.fixture
def busy(city: City) -> City:
    for unit in ("t_a", "t_b"):
        UnitItem.objects.create(unit_id=unit, item_code=PENALTY)
    deliver(city, "t_a")
    deliver(city, "t_b", late=0, refused=0)
    deliver(city, "t_a", state="checked")
    return city


def test_a_clerk_sees_the_own_unit_and_the_median(busy: City, web: WebClient) -> None:
    web.force_login(busy.users["clerk"])
    text = web.get(reverse("desk:quality")).content.decode()
    assert "全市中位数" in text and "90.0%" in text and "测试单位b" not in text
    web.force_login(busy.users["credit_office"])
    assert "测试单位b" in web.get(reverse("desk:quality"), {"months": "12", "sort": "-mark"}).content.decode()


@pytest.mark.parametrize(("who", "units"), [("clerk", {"测试单位a"}), ("credit_office", {"测试单位a", "测试单位b"})])
def test_the_workbook_holds_what_the_officer_may_see(busy: City, web: WebClient, who: str, units: set[str]) -> None:
    web.force_login(busy.users[who])
    answer = web.get(reverse("desk:quality_export"), {"months": "1"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == units


def test_the_dashboard_says_what_waits(busy: City, web: WebClient) -> None:
    web.force_login(busy.users["clerk"])
    text = web.get(reverse("desk:home")).content.decode()
    assert "1 个批次等您处理" in text and "不是有效日期" in text and "请写成" in text
    web.force_login(busy.users["credit_office"])
    assert "1 对疑似重复主体等待判定" in web.get(reverse("desk:home")).content.decode()


def test_the_auditors_reading_is_noted(busy: City, web: WebClient) -> None:
    web.force_login(busy.users["auditor"])
    text = web.get(reverse("desk:audit_ledger"), {"outcome": "opened", "before": "99999", "unit": "t_office"}).content.decode()
    assert "这次读取也已记入查询日志" in text and "查询审计" in text
    assert Entry.objects.filter(purpose="audit_review").count() == 1
    assert web.get(reverse("desk:audit_ledger"), {"before": "9" * 40, "unit": "'"}).status_code == 200


BASELINES = {"desk:home": 15, "desk:quality": 12, "desk:catalogue": 4, "desk:item": 6, "desk:duplicates": 7}


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.usefixtures("unhurried")
def test_queries_do_not_grow_with_the_data(busy: City, web: WebClient, name: str) -> None:
    web.force_login(busy.users["credit_office"])
    web.get(at(name, busy))
    counts = []
    for more in (0, 12):
        for n in range(more):
            deliver(busy, "t_a", days_ago=20 * n)
        with CaptureQueriesContext(connection, ) as caught:
            assert web.get(at(name, busy)).status_code == 200
        counts.append(sum(not q["sql"].startswith(("SET ROLE", "RESET", "SAVEPOINT", "RELEASE")) for q in caught))
    assert counts[0] == counts[1] <= BASELINES[name]


# -- when the next report is due --------------------------------------------------------------------

DUE = [
    ("monthly", dt.date(2026, 3, 5), dt.date(2026, 4, 30)),
    ("within_7_working_days", dt.date(2026, 9, 30), dt.date(2026, 10, 30)),
    ("quarterly", dt.date(2026, 3, 31), dt.date(2026, 6, 30)),
    ("yearly", dt.date(2024, 7, 1), dt.date(2025, 12, 31)),
    ("weekly", dt.date(2026, 3, 5), dt.date(2026, 3, 13)),
    ("daily", dt.date(2026, 3, 6), dt.date(2026, 3, 9)),
    ("daily", dt.date(2026, 9, 30), dt.date(2026, 10, 8)),
    ("monthly", None, dt.date(2026, 3, 31)),
    ("on_change", dt.date(2026, 3, 5), None),
]


@pytest.mark.parametrize(("cycle", "last", "due"), DUE)
def test_the_next_report_is_due_on_a_working_day(cycle: str, last: dt.date | None, due: dt.date | None) -> None:
    assert dashboard.due_on(cycle, last, dt.date(2026, 3, 10)) == due


def test_the_state_of_a_duty() -> None:
    duty = dashboard.Duty("u", "i", "monthly", dt.date(2026, 3, 5), dt.date(2026, 4, 30))
    days = {dt.date(2026, 3, 9): "in_time", dt.date(2026, 4, 28): "soon", dt.date(2026, 5, 6): "late"}
    assert {day: duty.state(day) for day in days} == days
    assert dashboard.Duty("u", "i", "on_change", None, None).state(dt.date(2026, 3, 9)) == "on_change"


def test_more_reports_of_one_item_do_not_make_up_for_another(busy: City) -> None:
    UnitItem.objects.create(unit_id="t_a", item_code="licensing.administrative_licence")
    today = clock.today()
    window = Window(today.replace(day=1), today + dt.timedelta(days=40))
    rows = quality.by_unit_and_item(window, "t_a")
    summed = quality.total(rows)
    assert summed.reported <= summed.expected
    assert summed.missed == sum(row.missed for row in rows) >= 1
