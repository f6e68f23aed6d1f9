"""My in a real browser, on a phone: from a record to a filed objection in three steps; another is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser import LiveCity, Seat, seated
from tests.faces.test_browser_access import serious

pytestmark = pytest.mark.browser

ACT = """
import sys
from goodfaith.running.connecting import connect
connect("web")
from goodfaith.common import clock
from goodfaith.parties.models import User
from goodfaith.rights import actions, queries
for name in ("citizen", "enterprise"):
    acting = User.objects.get(username=name).acting
    for case in queries.my_cases(acting):
        act = "discard" if case.step == "draft" else "withdraw" if case.is_open else ""
        if len(sys.argv) == 1:
            print("CASE", case.id)
        elif act and str(case.id) not in sys.argv:
            actions.do_act(acting=acting, at=clock.now(), case=queries.my_case(acting, case.id), act=act)
"""


@pytest.fixture(scope="module", autouse=True)
def _nothing_left(live_city: LiveCity) -> Iterator[None]:
    """The city is shared: what these tests file is withdrawn again, and the city's own cases stay."""
    before = [line.split()[1] for line in live_city.run("-c", ACT).splitlines() if line.startswith("CASE")]
    yield
    live_city.run("-c", ACT, *(before or ["none"]))


def fine(seat: Seat) -> None:
    """Nothing serious in the page that is open, nothing to scroll sideways, targets big enough for a thumb."""
    assert not serious(seat.page)
    assert seat.sideways() <= 0
    assert not seat.errors and not seat.outside
    assert seat.page.locator("h1").count() == 1
    for button in seat.page.locator("main .button.primary:visible").all():
        assert button.bounding_box()["height"] >= 44, button.inner_text()


def open_record(seat: Seat) -> str:
    """A negative record of the own file about which nothing runs; its address."""
    seat.go("/my/")
    links = seat.page.locator("#negative .record-card header a")
    for path in [each.get_attribute("href") or "" for each in links.all()]:
        seat.go(path)
        if seat.page.get_by_role("link", name="提出异议", exact=True).count():
            return path
    raise AssertionError("every negative record has a case")


def choose(seat: Seat, kind: str) -> None:
    """From the record's page through the first step."""
    page = seat.page
    page.get_by_role("link", name="提出异议", exact=True).first.click()
    page.wait_for_url("**/objection/")
    fine(seat)
    page.get_by_label(kind).check()
    page.get_by_role("button", name="下一步：写明情况").click()
    page.wait_for_url("**/write/")


def file(seat: Seat) -> str:
    """All three steps; the case's number."""
    page = seat.page
    choose(seat, "内容写错了")
    fine(seat)
    page.get_by_label("请写明情况").fill("罚款数额写错了，决定书上是 500 元。")
    page.locator("input[type=file]").set_input_files(
        [{"name": "决定书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%"},
         {"name": "照片.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0"}]
    )  # fmt: skip
    page.get_by_role("button", name="下一步：核对").click()
    page.wait_for_url("**/check/")
    assert "决定书.pdf" in page.inner_text("main") and "照片.jpg" in page.inner_text("main")
    fine(seat)
    page.get_by_role("button", name="提交：提出异议").click()
    page.wait_for_url("**/receipt/")
    return str(page.locator(".case-number").inner_text())


@pytest.mark.parametrize("who", ["citizen", "enterprise"])
def test_three_steps_on_a_phone_and_the_record_is_disputed(phone: Seat, who: str) -> None:
    path = open_record(phone.log_in(who))
    fine(phone)
    number = file(phone)
    page = phone.page
    assert "接下来" in page.inner_text("main") and "最晚" in page.inner_text("main")
    fine(phone)
    phone.go(path)
    assert "有异议，正在核实" in page.inner_text("main") and number in page.inner_text("main")
    fine(phone)
    phone.go("/my/")
    assert "件正在办" in page.locator(".next").first.inner_text()
    fine(phone)
    phone.go("/my/cases/")
    page.locator(".case-line", has_text=number).get_by_role("link").first.click()
    page.get_by_role("link", name="回执").wait_for()
    assert number in page.inner_text("main")
    fine(phone)


def test_another_is_withdrawn_after_its_consequence_was_named(phone: Seat) -> None:
    path = open_record(phone.log_in("enterprise"))
    number = file(phone)
    page = phone.page
    page.get_by_role("link", name="看办理进度").click()
    page.get_by_role("link", name="撤回这件办件").click()
    page.wait_for_url("**/withdraw/")
    assert "标注取消" in page.inner_text("main")
    fine(phone)
    page.get_by_role("button", name="撤回", exact=True).click()
    page.wait_for_url(lambda url: "withdraw" not in url)
    assert "已撤回" in page.inner_text("main")
    phone.go(path)
    assert "有异议，正在核实" not in page.inner_text("main") and number in page.inner_text("main")


def test_a_draft_is_left_and_gone_on_with(phone: Seat) -> None:
    path = open_record(phone.log_in("enterprise"))
    choose(phone, "内容不全")
    page = phone.page
    page.get_by_label("请写明情况").fill("少写了一半。")
    page.get_by_role("button", name="保存，以后再写").click()
    page.wait_for_url("**/my/cases/")
    fine(phone)
    phone.go(path)
    page.get_by_role("link", name="接着写：提出异议").click()
    page.wait_for_url("**/write/")
    assert page.get_by_label("请写明情况").input_value() == "少写了一半。"


def test_without_scripts_too(browser: object, live_city: LiveCity) -> None:
    with seated(browser, live_city, "phone", java_script_enabled=False) as seat:
        open_record(seat.log_in("enterprise"))
        page = seat.page
        page.get_by_role("link", name="提出异议", exact=True).first.click()
        page.get_by_label("内容写错了").check()
        page.get_by_role("button", name="下一步：写明情况").click()
        page.get_by_label("请写明情况").fill("写错了。")
        page.get_by_role("button", name="下一步：核对").click()
        page.get_by_role("button", name="提交：提出异议").click()
        page.wait_for_url("**/receipt/")
        assert page.locator(".case-number").inner_text().startswith("Y")


@pytest.mark.parametrize("path", ["/my/cases/", "/my/requests/", "/my/representations/", "/my/messages/"])
def test_the_other_pages_on_a_phone(phone: Seat, path: str) -> None:
    phone.log_in("citizen").go(path)
    fine(phone)


def test_the_receipt_prints_without_buttons(desktop: Seat) -> None:
    desktop.log_in("enterprise").go("/my/cases/")
    page = desktop.page
    page.locator("section", has=page.locator("#group-running")).get_by_role("link").first.click()
    page.get_by_role("link", name="回执").click()
    page.wait_for_url("**/receipt/")
    page.emulate_media(media="print")
    assert page.locator(".case-number").is_visible()
    assert not page.get_by_role("button", name="打印回执").is_visible()
