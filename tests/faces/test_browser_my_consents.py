"""My in a real browser, on a phone: a bank asks, the citizen accepts, sees it used, withdraws; and holds the file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import LiveCity, Seat
from tests.faces.test_browser_access import serious

pytestmark = pytest.mark.browser

ACT = """
from goodfaith.running.connecting import connect
connect("web")
import datetime, sys
from goodfaith.common import clock
from goodfaith.gate import actions, queries
from goodfaith.parties.models import User
bank, citizen = (User.objects.get(username=name) for name in ("bank", "citizen"))
own = queries.open_file(acting=citizen.acting, purpose="self_access", subject_id=citizen.subject_id)
number = next((one.kind, one.number) for one in own.numbers if one.kind == "id_number")
if sys.argv[1] == "clear":
    for consent in queries.my_consents(citizen.acting):
        if consent.state == "in_force":
            actions.do_withdraw_consent(acting=citizen.acting, at=clock.now(), consent_id=consent.id)
    if queries.my_hold(citizen.acting):
        actions.do_lift_hold(acting=citizen.acting, at=clock.now())
elif sys.argv[1] == "ask":
    actions.do_request_consent(acting=bank.acting, at=clock.now(), number=number, name=own.subject.name,
        purpose="credit_granting", items=["licensing.administrative_penalty"], uses=3, reason=sys.argv[2],
        until=clock.today() + datetime.timedelta(days=90))
else:
    look = queries.open_file(acting=bank.acting, purpose="credit_granting", number=number, case_no="贷〔2026〕8号")
    print("OUTCOME", look.outcome, look.refusal)
"""


@pytest.fixture(autouse=True)
def _nothing_given(live_city: LiveCity) -> None:
    """The city is shared: what other tests let the bank do is taken back."""
    live_city.run("-c", ACT, "clear")


def ask(city: LiveCity, reason: str) -> None:
    """The bank asks the citizen for consent."""
    city.run("-c", ACT, "ask", reason)


def bank_looks(city: LiveCity) -> str:
    """The bank tries to open the citizen's file; outcome and refusal."""
    return city.run("-c", ACT, "look").split("OUTCOME ")[1].strip()


def fine(seat: Seat) -> None:
    """Nothing serious in the page that is open."""
    assert not serious(seat.page)
    assert seat.sideways() <= 0
    assert not seat.errors and not seat.outside


def test_from_the_request_to_the_withdrawal(phone: Seat) -> None:
    page = phone.log_in("citizen").page
    ask(phone.city, "办理住房贷款")
    assert bank_looks(phone.city) == "refused consent_missing"
    phone.go("/my/")
    page.get_by_role("link", name="看清楚再答复").first.click()
    page.wait_for_url("**/my/consents/requests/**")
    assert "办理住房贷款" in page.inner_text("main") and "对方看不到" in page.inner_text("main")
    yes, no = (page.get_by_role("button", name=name, exact=True).bounding_box() for name in ("同意", "不同意"))
    assert abs(yes["width"] - no["width"]) < 1 and yes["height"] == no["height"] >= 44, "two equal buttons"
    fine(phone)
    page.get_by_role("button", name="同意", exact=True).click()
    page.wait_for_url(lambda url: "/my/consents/" in url and "requests" not in url)
    assert bank_looks(phone.city) == "opened None"
    page.reload()
    assert "已使用 1 次" in page.inner_text("main") and "贷〔2026〕8号" in page.inner_text("main")
    fine(phone)
    page.get_by_role("link", name="看收据、打印").click()
    page.wait_for_url("**/receipt/")
    fine(phone)
    page.go_back()
    page.get_by_role("link", name="撤回授权").click()
    page.wait_for_url("**/withdraw/")
    fine(phone)
    page.get_by_role("button", name="撤回授权").click()
    page.wait_for_url(lambda url: "withdraw" not in url)
    assert "已撤回" in page.inner_text("main")
    assert bank_looks(phone.city) == "refused consent_missing"


def test_a_message_tells_of_the_request_and_leads_to_it(phone: Seat) -> None:
    page = phone.log_in("citizen").page
    ask(phone.city, "信用卡额度")
    phone.go("/my/messages/")
    unread = page.locator(".message.unread").count()
    assert "请求您授权" in page.locator(".message").first.inner_text()
    fine(phone)
    page.locator(".message.unread").first.get_by_role("button").click()
    page.wait_for_url("**/my/consents/requests/**")
    page.get_by_role("button", name="不同意", exact=True).click()
    page.wait_for_url("**/my/consents/")
    phone.go("/my/messages/")
    assert page.locator(".message.unread").count() == unread - 1


def test_a_consent_is_given_held_and_freed(phone: Seat) -> None:
    page = phone.log_in("citizen").page
    phone.go("/my/consents/give/")
    fine(phone)
    page.get_by_role("link", name="授信审查").click()
    page.wait_for_url("**/give/credit_granting/")
    fine(phone)
    page.get_by_role("button", name="下一步：核对").click()
    page.locator(".error-summary").wait_for()
    page.select_option("#id_party", "bank")
    page.get_by_label("行政处罚", exact=True).check()
    page.fill("#id_until", "2099-12-31")
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("heading", name="核对这份授权").wait_for()
    fine(phone)
    page.get_by_role("button", name="给出授权").click()
    page.wait_for_url(lambda url: "/give/" not in url)
    assert bank_looks(phone.city) == "opened None"
    phone.go("/my/hold/")
    fine(phone)
    page.get_by_role("button", name="冻结查询").click()
    page.get_by_role("button", name="解除冻结").wait_for()
    fine(phone)
    assert bank_looks(phone.city) == "refused on_hold"
    phone.go("/my/")
    assert "已冻结" in page.locator(".home-cards").inner_text()
    phone.go("/my/hold/")
    page.get_by_role("button", name="解除冻结").click()
    page.get_by_role("button", name="冻结查询").wait_for()
    assert bank_looks(phone.city) == "opened None"


def test_the_enterprise_has_the_same_pages(sit: Callable[..., Seat]) -> None:
    seat = sit("desktop").log_in("enterprise")
    for path, words in (("/my/looks/", "谁查过本单位的档案"), ("/my/consents/", "授权"), ("/my/hold/", "查询冻结"),
                        ("/my/messages/", "消息"), ("/my/complaints/", "我的投诉")):  # fmt: skip
        seat.go(path)
        assert words in seat.page.locator("h1").inner_text()
        fine(seat)
