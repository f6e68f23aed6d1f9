"""My in a real browser: a person opens the own file, sees who looked, takes a copy, and gets no further."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.browser import Seat

pytestmark = pytest.mark.browser
FIVE = ("作出单位", "文书号", "作出日期", "公示至", "怎样提出异议")
SIZES = ("desktop", "phone")
CASE = "示信核〔2026〕5号"


@pytest.mark.parametrize("size", SIZES)
def test_a_citizen_sees_the_own_file(sit: Callable[..., Seat], size: str) -> None:
    seat = sit(size).log_in("citizen")
    page = seat.page
    assert page.url.endswith("/my/")
    assert page.locator("h1").count() == 1
    assert page.get_by_role("heading", name="下一步").bounding_box()["y"] < 500, "the next step stands on top"
    cards = page.locator(".record-card")
    assert cards.count() >= 3
    for card in cards.all():
        text = card.inner_text()
        assert all(fact in text for fact in FIVE), text
        assert all(value.strip() for value in card.locator(".five dd").all_inner_texts())
    for question in ("有什么", "谁看得到", "看到哪一天", "谁查过我"):
        assert page.get_by_text(question, exact=True).first.is_visible()
    assert seat.sideways() <= 0
    assert not seat.errors and not seat.outside


@pytest.mark.parametrize("size", SIZES)
def test_a_record_says_who_sees_it_until_when_and_by_which_law(sit: Callable[..., Seat], size: str) -> None:
    seat = sit(size).log_in("citizen")
    page = seat.page
    page.locator("#negative .record-card a").first.click()
    page.wait_for_url("**/my/records/**")
    assert re.search("公示|公开", page.locator("section", has_text="谁看得到").locator("p").first.inner_text())
    chip = page.locator("details.law-chip").first
    assert not chip.locator(".article").is_visible()
    chip.locator("summary").click()
    assert chip.locator(".article").is_visible()
    assert "条" in chip.inner_text()
    assert page.get_by_text("第 1 版").first.is_visible()
    assert seat.sideways() <= 0
    assert not seat.errors


def look(seat: Seat, number: str) -> None:
    """An officer opens a person's file at the desk, by the whole number and with a reason."""
    seat.log_in("credit_office").go("/desk/subjects/person/")
    page = seat.page
    page.select_option("#id_kind", "id_number")
    page.fill("#id_number", number)
    page.fill("#id_case_no", CASE)
    page.locator("main form button.primary").click()
    page.locator(".record-card").first.wait_for()
    assert number not in page.content(), "the office sees the number masked"


def test_a_look_of_the_office_is_seen_by_the_person(sit: Callable[..., Seat], phone: Seat) -> None:
    page = phone.log_in("citizen").page
    look(sit(), page.locator(".own-numbers .number").first.inner_text().strip())
    page.reload()
    assert "信用办" in page.locator("#looks").inner_text()
    page.get_by_role("link", name="查看全部查询记录").click()
    page.wait_for_url("**/my/looks/")
    newest = page.locator(".timeline li").first.inner_text()
    assert CASE in newest and "目的：" in newest and re.search(r"看到 \d+ 条信息", newest)
    assert phone.sideways() <= 0
    page.get_by_role("link", name="我自己的查看").click()
    page.wait_for_url("**/my/looks/?own=1")
    assert "您本人" in page.locator(".timeline li").first.inner_text()


def test_the_copy_is_taken_away(desktop: Seat) -> None:
    page = desktop.log_in("citizen").page
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载我的档案").click()
    copy = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert waiting.value.suggested_filename.endswith(".json")
    assert len([one for one in copy["records"] if one["current"]]) == page.locator(".record-card").count()
    assert copy["subject"]["name"] == page.locator("h1").inner_text()
    assert all(one["fields"] and one["item"] for one in copy["records"])


def test_after_logging_out_nothing_is_left(desktop: Seat) -> None:
    page = desktop.log_in("citizen").page
    name = page.locator("h1").inner_text()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(desktop.city.url + "/")
    page.go_back()
    page.wait_for_load_state()
    assert name not in page.content()
    desktop.go("/my/")
    assert "/log-in/" in page.url


@pytest.mark.parametrize("who", ["citizen", "enterprise"])
def test_nobody_gets_further_than_the_own_file(sit: Callable[..., Seat], who: str) -> None:
    seat = sit().log_in(who)
    other = sit().log_in("enterprise" if who == "citizen" else "citizen").page
    foreign = other.locator(".record-card a[href^='/my/records/']").first.get_attribute("href")
    assert seat.go(foreign).status == 404
    assert seat.go(f"/my/records/{uuid.uuid4()}/").status == 404
    for path in ("/desk/", "/desk/deliveries/", "/desk/subjects/"):
        assert seat.go(path).status in (403, 404), path
    assert "下一步" in seat.page.inner_text("main") or "接下来" in seat.page.inner_text("main")


def test_an_officer_has_no_file_here(desktop: Seat) -> None:
    desktop.log_in("auditor")
    assert desktop.go("/my/").status == 403


def test_the_enterprise_sees_its_own_file(phone: Seat) -> None:
    page = phone.log_in("enterprise").page
    assert "统一社会信用代码" in page.inner_text("main")
    assert page.locator(".record-card").count() >= 1
    assert phone.sideways() <= 0


def test_the_english_switch(desktop: Seat) -> None:
    page = desktop.log_in("citizen").page
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/my/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("link", name="中文").is_visible()
    page.get_by_role("link", name="中文").click()
    page.wait_for_url("**/my/")
    assert page.locator("html").get_attribute("lang") == "zh-hans"


def focused(page: object) -> dict[str, object]:
    """What has the focus: its text, its place, and whether one sees that it has it."""
    return page.evaluate(  # type: ignore[attr-defined, no-any-return]
        """() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
        return {text: e.innerText || e.value || e.name || '', tag: e.tagName, id: e.id, top: r.top + scrollY, onscreen: r.top >= -1,
                seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 || parseFloat(s.borderTopWidth) >= 2}; }"""
    )


def test_keyboard_only(desktop: Seat) -> None:
    """From the log-in to a record without a mouse: skip link first, focus always seen, order as on the page."""
    desktop.go("/log-in/?next=/my/")
    page, login = desktop.page, desktop.city.logins["citizen"]
    page.locator("#id_username").focus()
    page.keyboard.type(login.username)
    page.keyboard.press("Tab")
    page.keyboard.type(login.password)
    page.keyboard.press("Enter")
    page.wait_for_url(desktop.city.url + "/my/")
    page.keyboard.press("Tab")
    skip = focused(page)
    assert "跳到正文" in str(skip["text"]) and skip["onscreen"]
    page.keyboard.press("Enter")
    assert focused(page)["id"] == "main"
    tops = []
    for _step in range(12):
        page.keyboard.press("Tab")
        now = focused(page)
        assert now["seen"], now
        tops.append(float(str(now["top"])))
    assert all(after > before - 60 for before, after in pairwise(tops)), f"the order jumps about: {tops}"
    page.locator("#negative .record-card a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/my/records/**")


def test_print_shows_the_file_and_no_buttons(desktop: Seat) -> None:
    page = desktop.log_in("citizen").page
    page.evaluate("window.print = () => { document.body.dataset.printed = '1' }")
    page.get_by_role("button", name="打印").click()
    assert page.locator("body").get_attribute("data-printed") == "1"
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="退出").is_visible()
    assert not page.get_by_role("link", name="下载我的档案").is_visible()
    assert page.locator(".record-card").first.is_visible()


def test_a_wrong_password_is_told_and_loses_no_input(phone: Seat) -> None:
    phone.go("/log-in/")
    page = phone.page
    page.fill("#id_username", "citizen")
    page.fill("#id_password", "not-the-password")
    page.click("main form button.primary")
    page.locator(".error-summary").wait_for()
    assert page.locator(".error-summary").inner_text().strip()
    assert page.input_value("#id_username") == "citizen"
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert phone.sideways() <= 0
