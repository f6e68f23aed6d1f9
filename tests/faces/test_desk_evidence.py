"""How open a piece of evidence is, at the desk; the first page's duties; an officer's switch for letters."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.duties.models import Duty, Evidence
from goodfaith.parties.models import User
from tests.city import City
from tests.conftest import WebClient, as_role
from tests.duties import files, room
from tests.duties.test_clearing import LONG, MASKED, NUMBER
from tests.faces import duties_desk as desk
from tests.faces.duties_desk import assignment, do, page

WEB = "goodfaith_web"
PDF = files.pdf_bytes([[LONG]])
PNG = b"\x89PNG\r\n\x1a\nx"
CLASSES = ("open", "on_request", "shared")


@pytest.fixture
def duties(city: City) -> list[Duty]:
    return desk.adopted(city, disclosures=CLASSES)


@pytest.fixture
def clerk(city: City, web: WebClient) -> WebClient:
    web.force_login(city.users["clerk"])
    return web


def _url(duty: Duty) -> str:
    return reverse("desk:duty_evidence", args=[duty.pk, assignment(duty).pk])


def _post(web: WebClient, duty: Duty, data: bytes = PDF, **said: str) -> object:
    file = SimpleUploadedFile("自查情况.pdf", data)
    return web.post(_url(duty), {"file": file, **said})


def test_only_the_classes_of_the_clause_are_offered(duties: list[Duty], clerk: WebClient) -> None:
    for n, duty in enumerate(duties):
        text = clerk.get(_url(duty)).content.decode()
        offered = [code for code in CLASSES if f'value="{code}"' in text]
        assert offered == list(CLASSES[n:]) and ("已核对，不含个人信息" in text) == (n == 0)
        checked = text.split('value="shared"')[1].split(">")[0]
        assert "checked" in checked  # what is not said is shared


def test_a_file_is_opened_at_the_desk_and_seen_by_everybody_once_accepted(
    city: City, duties: list[Duty], clerk: WebClient
) -> None:
    with as_role(WEB):
        assert _post(clerk, duties[0], disclosure="open").status_code == 302  # type: ignore[attr-defined]
        text = page(clerk, "desk:duty", duties[0].pk)
    assert "主动公开" in text and "由平台查过全文" in text and "修改公开属性" in text
    do(city, "clerk", duties[0], "confirm", "report")
    do(city, "credit_office", duties[0], "accept")
    clerk.logout()
    found = Evidence.objects.get()
    assert clerk.get(reverse("public:duty_file", args=[found.pk])).content == PDF


def test_a_number_of_a_person_is_told_at_the_form(duties: list[Duty], clerk: WebClient) -> None:
    answer = _post(clerk, duties[0], files.pdf_bytes([[LONG], [LONG, NUMBER]]), disclosure="open", attested="on")
    text = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 422 and f"第 2 页有身份证号码 {MASKED}" in text and NUMBER not in text  # type: ignore[attr-defined]
    assert "删去这些号码" in text and not Evidence.objects.exists()


def test_a_picture_is_opened_with_the_tick_only(city: City, duties: list[Duty], clerk: WebClient) -> None:
    answer = _post(clerk, duties[0], PNG, disclosure="open")
    assert answer.status_code == 422 and "再勾选" in answer.content.decode()  # type: ignore[attr-defined]
    assert _post(clerk, duties[0], PNG, disclosure="open", attested="on").status_code == 302  # type: ignore[attr-defined]
    user = city.users["clerk"]
    text = page(clerk, "desk:duty", duties[0].pk)
    assert Evidence.objects.get().cleared_by == str(user.pk) and f"{user.acting.name}于" in text and "核对，不含个人信息" in text


def test_a_class_that_the_clause_does_not_allow_is_refused(duties: list[Duty], clerk: WebClient) -> None:
    for n, disclosure in ((1, "open"), (2, "on_request")):
        assert _post(clerk, duties[n], disclosure=disclosure).status_code == 422  # type: ignore[attr-defined]
    assert not Evidence.objects.exists()


def test_evidence_goes_in_with_a_report_in_its_class(city: City, duties: list[Duty], clerk: WebClient) -> None:
    do(city, "clerk", duties[0], "confirm")
    url = reverse("desk:duty_act", args=[duties[0].pk, assignment(duties[0]).pk, "report"])
    said = {"text": "办好了。", "link": "https://example.gov.cn/1", "link_title": "专栏", "disclosure": "open"}
    assert "公开属性" in clerk.get(url).content.decode() and clerk.post(url, said).status_code == 302
    assert Evidence.objects.get().disclosure == "open"


def _disclosure(duty: Duty) -> str:
    return reverse("desk:duty_disclosure", args=[duty.pk, Evidence.objects.get().pk])


def test_a_piece_is_narrowed_with_a_reason_that_stands_in_the_course_of_events(
    city: City, duties: list[Duty], clerk: WebClient
) -> None:
    _post(clerk, duties[0], disclosure="open")
    url = _disclosure(duties[0])
    with as_role(WEB):
        assert "立即失效" in clerk.get(url).content.decode()
        assert clerk.post(url, {"disclosure": "shared", "reason": ""}).status_code == 422
        assert "没有变化" in clerk.post(url, {"disclosure": "open", "reason": "x"}).content.decode()
        assert clerk.post(url, {"disclosure": "shared", "reason": "里面有内部安排。"}).status_code == 302
    text = page(clerk, "desk:duty", duties[0].pk)
    assert "修改材料的公开属性" in text and "里面有内部安排。" in text and "《自查情况.pdf》：主动公开 → 政务共享" in text
    clerk.force_login(city.users["credit_office"])
    assert clerk.post(url, {"disclosure": "on_request", "reason": "可以依申请给。"}).status_code == 302
    assert Evidence.objects.get().disclosure == "on_request"


def test_others_neither_see_the_way_nor_go_it(city: City, duties: list[Duty], clerk: WebClient) -> None:
    _post(clerk, duties[0])
    url = _disclosure(duties[0])
    for who, code in (("other_clerk", 403), ("auditor", 403)):
        clerk.force_login(city.users[who])
        assert "修改公开属性" not in page(clerk, "desk:duty", duties[0].pk)
        assert clerk.post(url, {"disclosure": "open", "reason": "x"}).status_code == code
    clerk.force_login(city.users["clerk"])
    other = reverse("desk:duty_disclosure", args=[duties[1].pk, Evidence.objects.get().pk])
    assert clerk.get(other).status_code == 404


# -- the first page ----------------------------------------------------------------------------------------------
def test_the_first_page_says_how_many_duties_wait_and_are_overdue(city: City, web: WebClient) -> None:
    late = (clock.today() - dt.timedelta(days=4)).strftime("%Y年%-m月%-d日")
    found = desk.adopted(city, text=room.TEXT.replace("2026年12月31日", late))
    do(city, "clerk", found[2], "confirm")
    web.force_login(city.users["clerk"])
    with as_role(WEB):
        text = page(web, "desk:home")
    assert "1 项公文任务已经逾期" in text and "1 项已经逾期" in text and "2 项等待签收" in text and "共 3 项在办" in text
    assert f'href="{reverse("desk:duties")}"' in text
    do(city, "other_clerk", found[2], "confirm", "report", line=2)
    web.force_login(city.users["credit_office"])
    text = page(web, "desk:home")
    assert "1 项进展等待审核" in text and "公文任务已经逾期" not in text  # those are another unit's
    (url,) = (part.split('"')[0] for part in text.split('href="') if part.startswith(reverse("desk:duties") + "?view=waiting"))
    assert "共 1 项" in web.get(url).content.decode()


def test_the_offices_own_duties_are_linked_by_state(city: City, web: WebClient) -> None:
    late = (clock.today() - dt.timedelta(days=4)).strftime("%Y年%-m月%-d日")
    room.adopted(
        city.users["credit_office"].acting, desk.second(city).acting, {"市司法局": ["t_office"]},
        text=room.TEXT.replace("2026年12月31日", late),
    )  # fmt: skip
    web.force_login(city.users["credit_office"])
    text = page(web, "desk:home").replace("&amp;", "&")
    for state, n in (("overdue", 1), ("assigned", 3), ("open", 3)):
        assert f"?view=all&unit=t_office&state={state}" in text
        listed = page(web, "desk:duties", view="all", unit="t_office", state=state)
        assert f"共 {n} 项" in listed


def test_without_duties_the_first_page_says_so(city: City, web: WebClient) -> None:
    for who in ("clerk", "credit_office"):
        web.force_login(city.users[who])
        assert "没有等着办的公文任务" in page(web, "desk:home")


# -- letters -----------------------------------------------------------------------------------------------------
def test_an_officer_gives_an_address_and_switches_letters_off(city: City, web: WebClient) -> None:
    web.force_login(city.users["clerk"])
    with as_role(WEB):
        text = page(web, "notices")
        assert "每天最多" in text and "本单位的公文任务" in text and "查询您的档案" not in text
        assert web.post(reverse("notices"), {"email": "clerk@unit.example", "notify_email": "on"}).status_code == 302
        assert "发邮件到 clerk@unit.example" in page(web, "account")
        web.post(reverse("notices"), {"email": "clerk@unit.example"})
        assert "邮件已关闭" in page(web, "account")
    user = User.objects.get(pk=city.users["clerk"].pk)
    assert (user.email, user.notify_email) == ("clerk@unit.example", False)


def test_a_citizen_is_asked_about_looks_as_before(city: City, web: WebClient) -> None:
    web.force_login(city.users["citizen"])
    text = page(web, "notices")
    assert "查询您的档案" in text and "本单位的公文任务" not in text
    web.force_login(city.users["auditor"])
    assert reverse("notices") not in page(web, "account")
