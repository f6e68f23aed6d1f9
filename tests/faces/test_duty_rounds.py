"""Assessment rounds and the campaign calendar at the desk and before everybody."""

from __future__ import annotations

import datetime as dt
import html
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.duties import actions, queries
from goodfaith.duties.models import Campaign, Round, Score
from goodfaith.parties.models import User
from tests.city import City
from tests.conftest import WebClient
from tests.duties import room

pytestmark = pytest.mark.django_db
SCHEME = "demo_department_round"


def _page(web: WebClient, name: str, *args: object, **asked: str) -> str:
    answer = web.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, answer.content.decode()[:600]
    return html.unescape(answer.content.decode())


@pytest.fixture
def staff(city: City) -> dict[str, User]:
    """The city's users and two more of the office."""
    for n in (2, 3):
        room.officer(f"office{n}", "credit_office", "t_office")
    made = {f"office{n}": User.objects.get(username=f"office{n}") for n in (2, 3)}
    return {**city.users, **made}


def _open(
    web: WebClient, staff: dict[str, User], scheme: str = SCHEME, units: tuple[str, ...] = ("t_a", "t_b")
) -> Round:
    web.force_login(staff["credit_office"])
    year = clock.today().year
    said = {
        "title": "上年考核", "since": f"{year - 1}-01-01", "last": f"{year - 1}-12-31", "units": list(units),
        "self_by": clock.today().isoformat(),
    }  # fmt: skip
    answer = web.post(reverse("desk:duty_round_new", args=[scheme]), said)
    assert answer.status_code == 302, html.unescape(answer.content.decode())
    return Round.objects.latest("id")


def _say(web: WebClient, made: Round, score: Score, what: str, **said: Any) -> Any:
    values = {f"{what}-{score.pk}-{name}": value for name, value in said.items()}
    url = reverse("desk:duty_entry", args=[made.pk, score.entry_id])
    return web.post(url, {"score": score.pk, "what": what, **values})


def _scores(made: Round, unit: str, *sources: str) -> list[Score]:
    return list(Score.objects.filter(entry__round=made, entry__unit=unit, source__in=sources).order_by("id"))


def _act(web: WebClient, made: Round, code: str) -> Any:
    return web.post(reverse("desk:duty_round_act", args=[made.pk, code]), follow=True)


def _self(web: WebClient, staff: dict[str, User], made: Round) -> None:
    for who, unit in (("clerk", "t_a"), ("other_clerk", "t_b")):
        web.force_login(staff[who])
        for score in _scores(made, unit, "self"):
            assert _say(web, made, score, "self", points="10", text="出台制度三项").status_code == 302
        entry = made.entries.get(unit=unit)
        assert web.post(reverse("desk:duty_entry_finish", args=[made.pk, entry.pk])).status_code == 302


def _review(web: WebClient, staff: dict[str, User], made: Round) -> None:
    web.force_login(staff["credit_office"])
    _act(web, made, "review")
    for score in Score.objects.filter(entry__round=made, source__in=["self", "reviewer"]):
        assert _say(web, made, score, "review", points="9", text="按材料核定").status_code == 302
    _act(web, made, "hear")


def _published(web: WebClient, staff: dict[str, User], monkeypatch: pytest.MonkeyPatch, scheme: str = SCHEME) -> Round:
    made = _open(web, staff, scheme)
    _self(web, staff, made)
    _review(web, staff, made)
    made.refresh_from_db()
    assert made.object_by is not None
    later = dt.datetime.combine(made.object_by, dt.time(10), clock.CHINA) + dt.timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    web.force_login(staff["office2"])
    page = html.unescape(_act(web, made, "publish").content.decode())
    assert "已公布" in page
    return made


def test_a_round_from_scheme_to_public_page(
    staff: dict[str, User], web: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _published(web, staff, monkeypatch)
    web.logout()
    page = _page(web, "public:assessment", made.pk)
    assert "测试单位a" in page and "测试单位b" in page and "按材料核定" in page and "单位自评 10 分" in page
    assert "没有可测量的" in page and "不计入" in page and "60.00" in page
    assert "出台制度三项" not in page and "office2" not in page
    assert "上年考核" in _page(web, "public:assessments")
    body = json.loads(web.get(reverse("public:assessment_export", args=[made.pk, "json"])).content)
    assert {one["unit"] for one in body["entries"]} == {"t_a", "t_b"} and "self_text" not in json.dumps(body)
    assert web.get(reverse("public:assessment_export", args=[made.pk, "xlsx"])).content[:2] == b"PK"


def test_a_round_that_is_not_published_is_nobodys(staff: dict[str, User], web: WebClient) -> None:
    made = _open(web, staff)
    web.logout()
    assert web.get(reverse("public:assessment", args=[made.pk])).status_code == 404
    assert "上年考核" not in _page(web, "public:assessments")


def test_demonstration_units_are_one_kind(
    staff: dict[str, User], web: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _published(web, staff, monkeypatch, "demo_model_unit")
    web.logout()
    assert "示范单位评审" in _page(web, "public:assessment", made.pk)


def test_a_clerk_sees_and_scores_only_the_own_unit(staff: dict[str, User], web: WebClient) -> None:
    made = _open(web, staff)
    web.force_login(staff["clerk"])
    page = _page(web, "desk:duty_round", made.pk)
    assert "测试单位a" in page and "测试单位b" not in page and "开始复核" not in page
    other = made.entries.get(unit="t_b")
    assert web.get(reverse("desk:duty_entry", args=[made.pk, other.pk])).status_code == 404
    own = _scores(made, "t_a", "self")[0]
    assert _say(web, made, own, "review", points="15", text="自己复核").status_code == 409
    assert _say(web, made, own, "self", points="99", text="太多").status_code == 422
    assert _say(web, made, own, "self", points="10", text="").status_code == 422
    own.refresh_from_db()
    assert own.self_points is None and own.points is None


def test_the_reviewer_gives_reasons_and_an_objection_goes_to_another(staff: dict[str, User], web: WebClient) -> None:
    made = _open(web, staff)
    _self(web, staff, made)
    web.force_login(staff["credit_office"])
    _act(web, made, "review")
    score = _scores(made, "t_a", "self")[0]
    silent = _say(web, made, score, "review", points="3", text="")
    assert silent.status_code == 422 and "请写明内容" in html.unescape(silent.content.decode())
    _review(web, staff, made)
    web.force_login(staff["clerk"])
    assert _say(web, made, score, "object", text="材料没有看全").status_code == 302
    assert _say(web, made, score, "object", text="再来一次").status_code == 409
    web.force_login(staff["credit_office"])
    own = _say(web, made, score, "answer", points="12", text="改")
    assert own.status_code == 422 and "不能自己批准" in html.unescape(own.content.decode())
    web.force_login(staff["office3"])
    assert _say(web, made, score, "answer", points="12", text="补交的材料有效").status_code == 302
    score.refresh_from_db()
    assert score.points == 12
    entry = _page(web, "desk:duty_entry", made.pk, score.entry_id)
    assert "由 9 分改定" in entry and "补交的材料有效" in entry


def test_an_indicator_that_does_not_apply_takes_its_weight_along(staff: dict[str, User], web: WebClient) -> None:
    made = _open(web, staff)
    _self(web, staff, made)
    web.force_login(staff["credit_office"])
    _act(web, made, "review")
    score = _scores(made, "t_a", "reviewer")[0]
    assert _say(web, made, score, "review", absent="on", text="没有这项工作").status_code == 302
    assert _say(web, made, _scores(made, "t_a", "self")[0], "review", points="15", text="全部属实").status_code == 302
    view = queries.round_of(staff["credit_office"].acting, made.pk)
    assert next(one.total for one in view.entries if one.unit == "t_a") == 100


def test_a_round_does_not_begin_with_wrong_days(staff: dict[str, User], web: WebClient) -> None:
    web.force_login(staff["credit_office"])
    said = {"title": "x", "since": "2099-01-01", "last": "2099-12-31", "units": ["t_a"], "self_by": "2099-12-31"}
    answer = web.post(reverse("desk:duty_round_new", args=[SCHEME]), said)
    assert answer.status_code == 422 and "考核期间没有写对" in html.unescape(answer.content.decode())
    assert web.get(reverse("desk:duty_round_new", args=["nothing"])).status_code == 404
    assert Round.objects.count() == 0


def test_a_round_is_dropped_with_a_reason(staff: dict[str, User], web: WebClient) -> None:
    made = _open(web, staff)
    assert web.post(reverse("desk:duty_round_act", args=[made.pk, "drop"])).status_code == 422
    web.post(reverse("desk:duty_round_act", args=[made.pk, "drop"]), {"reason": "方案要修改"})
    made.refresh_from_db()
    assert made.step == "dropped"
    assert "现在不能办" in html.unescape(_act(web, made, "review").content.decode())


# -- campaigns ---------------------------------------------------------------------------------------------
def _named(staff: dict[str, User], code: str, year: int) -> Any:
    return next(one for one in queries.calendar(staff["credit_office"].acting, year) if one.code == code)


def test_the_year_has_its_named_days_before_anybody_planned(staff: dict[str, User], web: WebClient) -> None:
    web.force_login(staff["clerk"])
    page = _page(web, "desk:duty_campaigns", year=str(clock.today().year))
    assert "国际消费者权益日" in page and "3·15" in page and "12·4" in page and "增加一次活动" not in page
    assert Campaign.objects.count() == 0


def test_a_campaign_from_plan_to_feed(staff: dict[str, User], web: WebClient) -> None:
    year = clock.today().year
    one = _named(staff, "consumer_rights_day", year)
    url = reverse("desk:duty_campaign", args=[one.id])
    web.force_login(staff["clerk"])
    assert web.post(url, {"what": "plan", "plan-plan": "x", "plan-disclosure": "open"}).status_code == 409
    web.force_login(staff["credit_office"])
    said = {"what": "plan", "plan-plan": "广场宣传", "plan-unit": "t_a", "plan-disclosure": "open"}
    assert web.post(url, said).status_code == 302
    web.force_login(staff["clerk"])
    two = {"what": "material", "material-title": "两样", "material-use": "material", "material-text": "字", "material-url": "https://example.invalid/a",
           "material-disclosure": "open"}  # fmt: skip
    assert web.post(url, two).status_code == 422
    file = SimpleUploadedFile("折页.pdf", b"%PDF-1.4\n1 0 obj\n%%EOF", "application/pdf")
    hidden = {
        **two,
        "material-title": "内部方案",
        "material-text": "只给单位看",
        "material-url": "",
        "material-disclosure": "shared",
    }
    assert web.post(url, hidden).status_code == 302
    sent = {
        "what": "material",
        "material-title": "宣传折页",
        "material-use": "material",
        "material-disclosure": "open",
        "material-file": file,
    }
    assert web.post(url, sent).status_code == 302
    web.logout()
    page = _page(web, "public:campaigns", year=str(year))
    assert "广场宣传" in page and "宣传折页" in page and "只给单位看" not in page and "内部方案" not in page
    feed = json.loads(web.get(reverse("public:campaigns_feed"), {"year": year}).content)
    (material,) = feed["campaigns"][0]["materials"]
    assert feed["campaigns"][0]["code"] == "consumer_rights_day" and material["url"].startswith(
        "http://testserver/campaigns/"
    )
    got = web.get(material["url"])
    assert got.status_code == 200 and got.content.startswith(b"%PDF") and got["Content-Type"] == "application/pdf"


def test_a_material_that_was_taken_out_is_gone(staff: dict[str, User], web: WebClient) -> None:
    one = _named(staff, "consumer_rights_day", clock.today().year)
    office, at = staff["credit_office"].acting, clock.now()
    actions.do_plan_campaign(acting=office, at=at, campaign_id=one.id, plan="宣传", unit="t_a")
    key = actions.do_add_material(
        acting=office, at=at, campaign_id=one.id, title="折页", name="a.pdf", data=b"%PDF-1.4\n1 0 obj\n%%EOF"
    )
    assert web.get(reverse("public:campaign_material", args=[key])).status_code == 200
    web.force_login(staff["other_clerk"])
    assert web.post(reverse("desk:duty_material_withdraw", args=[one.id, key])).status_code == 403
    web.force_login(staff["clerk"])
    assert web.get(reverse("desk:duty_material", args=[one.id, key])).status_code == 200
    assert web.post(reverse("desk:duty_material_withdraw", args=[one.id, key])).status_code == 302
    assert web.get(reverse("public:campaign_material", args=[key])).status_code == 404
    assert web.get(reverse("desk:duty_material", args=[one.id, key])).status_code == 404


def test_the_office_adds_reports_and_cancels(staff: dict[str, User], web: WebClient) -> None:
    web.force_login(staff["credit_office"])
    today = clock.today().isoformat()
    said = {"title": "诚信进社区", "first": today, "last": today, "unit": "t_a", "disclosure": "open"}
    assert web.post(reverse("desk:duty_campaign_new"), {**said, "last": "2001-01-01"}).status_code == 422
    assert web.post(reverse("desk:duty_campaign_new"), said).status_code == 302
    url = reverse("desk:duty_campaign", args=[Campaign.objects.get().pk])
    assert web.post(url, {"what": "report", "report-report": "办了"}).status_code == 409
    web.post(url, {"what": "plan", "plan-plan": "入户", "plan-unit": "t_a", "plan-disclosure": "open"})
    assert web.post(url, {"what": "report", "report-report": "三百人参加"}).status_code == 302
    assert "三百人参加" in _page(web, "public:campaigns") and "已举办" in _page(web, "public:campaigns")
    assert web.post(url, {"what": "cancel", "cancel-reason": "下雨"}).status_code == 409


def test_a_cancelled_campaign_says_why(staff: dict[str, User], web: WebClient) -> None:
    one = _named(staff, "constitution_day", clock.today().year)
    office, at = staff["credit_office"].acting, clock.now()
    actions.do_plan_campaign(acting=office, at=at, campaign_id=one.id, plan="宣传", unit="t_a")
    web.force_login(staff["credit_office"])
    url = reverse("desk:duty_campaign", args=[one.id])
    assert web.post(url, {"what": "cancel", "cancel-reason": "改到明年"}).status_code == 302
    page = _page(web, "public:campaigns")
    assert "已取消" in page and "改到明年" in page
    assert "写计划" not in _page(web, "desk:duty_campaign", one.id)
