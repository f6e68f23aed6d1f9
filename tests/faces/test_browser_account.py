"""Logging in before a real browser: setting up a code, a passkey of Chromium's virtual authenticator, a citizen by
the identity provider, ending another session."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from goodfaith.parties.second_factor import code_at
from tests.browser import LiveCity, Seat, unused_code
from tests.faces.test_browser_access import faults

pytestmark = pytest.mark.browser
PASSWORD = "a-long-pass-phrase-7"
MAKE = """
import sys
from goodfaith.running.connecting import connect
connect("owner")
from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM
from goodfaith.parties.actions import do_create_officer
do_create_officer(acting=SYSTEM, at=clock.now(), username=sys.argv[1], password=sys.argv[2], display_name="新人",
                  unit="credit_office", role="credit_office", number=sys.argv[3])
"""


@pytest.fixture
def newcomer(live_city: LiveCity) -> str:
    """An officer of the live city who has set nothing up yet; the user name."""
    name = f"new-{uuid.uuid4().hex[:8]}"
    live_city.run("-c", MAKE, name, PASSWORD, name)
    return name


def enter(seat: Seat, name: str) -> Any:
    seat.go("/log-in/")
    seat.page.fill("#id_username", name)
    seat.page.fill("#id_password", PASSWORD)
    seat.page.click("main form button.primary")
    seat.page.wait_for_url(lambda url: not url.endswith("/log-in/"))
    return seat.page


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_an_officer_sets_up_a_code(sit: Callable[..., Seat], newcomer: str, size: str) -> None:
    seat = sit(size)
    page = enter(seat, newcomer)
    assert page.url.endswith("/account/set-up/")
    found = faults(seat, page.url)
    seat.go("/desk/")
    assert page.url.endswith("/account/set-up/"), "no desk page opens before"
    page.click("text=设置验证码")
    page.wait_for_selector("img.qr")
    assert page.evaluate("document.querySelector('img.qr').naturalWidth") > 0, "the policy lets the picture in"
    found += faults(seat, page.url)
    page.fill("#id_code", code_at(page.inner_text("code.secret")))
    page.click("main form button.primary")
    page.wait_for_url("**/account/second-factor/codes/")
    assert page.locator(".codes code").count() == 10
    found += faults(seat, page.url)
    page.click("text=抄好了，继续")
    page.wait_for_url("**/desk/")
    for path in (
        "/account/",
        "/account/password/",
        "/account/second-factor/",
        "/account/sessions/",
        "/account/second-factor/passkeys/add/",
    ):
        seat.go(path)
        found += faults(seat, path)
    assert not found, "\n".join(found)


@pytest.fixture
def at_localhost(sit: Callable[..., Seat], live_city: LiveCity) -> Iterator[Seat]:
    """A seat whose browser has an authenticator, at a host name: WebAuthn takes no IP address."""
    seat = sit("desktop")
    seat.city = LiveCity(
        live_city.url.replace("127.0.0.1", "localhost"), live_city.home, live_city.logins, live_city.log_file
    )
    session = seat.page.context.new_cdp_session(seat.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
    yield seat


def test_a_passkey_logs_in(at_localhost: Seat, newcomer: str) -> None:
    seat, page = at_localhost, at_localhost.page
    enter(seat, newcomer)
    page.click("text=添加通行密钥")
    page.fill("#id_name", "办公室电脑")
    page.click("form[data-passkey=add] button")
    page.wait_for_url("**/account/second-factor/codes/")
    seat.go("/desk/")
    assert page.url.endswith("/desk/")
    seat.go("/account/second-factor/passkeys/")
    assert "办公室电脑" in page.inner_text("main")
    page.click("text=退出")
    seat.go("/log-in/")
    page.click("form[data-passkey=log-in] button")
    page.wait_for_url("**/desk/")
    assert not seat.errors, seat.errors


def test_a_passkey_is_the_second_step_too(at_localhost: Seat, newcomer: str) -> None:
    seat, page = at_localhost, at_localhost.page
    enter(seat, newcomer)
    page.click("text=添加通行密钥")
    page.click("form[data-passkey=add] button")
    page.wait_for_url("**/account/second-factor/codes/")
    page.click("text=退出")
    page.wait_for_url(lambda url: "codes" not in url)
    assert "/second-step/" in enter(seat, newcomer).url
    page.click("form[data-passkey=check] button")
    page.wait_for_url("**/desk/")


def test_an_address_of_digits_says_what_to_do(desktop: Seat, newcomer: str) -> None:
    page = enter(desktop, newcomer)
    assert "localhost" in page.inner_text("main")
    desktop.go("/account/second-factor/passkeys/add/")
    assert "用不了通行密钥" in page.inner_text("main") and not page.locator("form[data-passkey]").count()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_citizen_by_the_identity_provider(sit: Callable[..., Seat], size: str) -> None:
    seat = sit(size)
    page = seat.page
    seat.go("/log-in/")
    page.click("text=自然人用")
    page.wait_for_url("**/demo/identity/authorize/**")
    found = faults(seat, page.url)
    page.check("input[value=demo-3]")
    page.click("text=同意并登录")
    page.wait_for_url("**/my/")
    assert not faults(seat, page.url) and not found, found


def test_a_citizen_without_a_file_is_told(phone: Seat) -> None:
    page = phone.page
    phone.go("/log-in/")
    page.click("text=自然人用")
    page.check("input[value=demo-stranger]")
    page.click("text=同意并登录")
    page.wait_for_url("**/account/no-file/")
    assert "没有您的信用信息" in page.inner_text("h1") and not faults(phone, page.url)


def test_ending_another_session(sit: Callable[..., Seat]) -> None:
    here, there = sit("desktop").log_in("court_clerk"), sit("phone").log_in("court_clerk", fresh=True)
    there.go("/desk/")
    here.go("/account/sessions/")
    others = here.page.locator(".sessions li").filter(has_not_text="就是这里")
    assert others.count() >= 1
    here.page.click("text=结束其他所有登录")
    here.page.wait_for_load_state()
    assert here.page.locator(".sessions li").count() == 1
    there.go("/desk/")
    assert "/log-in/" in there.page.url


def test_the_demo_shows_its_codes(sit: Callable[..., Seat]) -> None:
    seat = sit("desktop")
    login = seat.city.logins["agency"]
    seat.go("/log-in/")
    seat.page.fill("#id_username", login.username)
    seat.page.fill("#id_password", login.password)
    seat.page.click("main form button.primary")
    with seat.page.expect_popup() as opened:
        seat.page.click("text=打开演示用的身份验证器")
    code = opened.value.inner_text("[data-code=agency]")
    assert code in {login.code(), login.code(time.time() - 30)}
    seat.page.fill("#id_code", unused_code(login))
    seat.page.click("main form button.primary")
    seat.page.wait_for_url("**/desk/")


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("who", ["system_admin", "security_admin"])
def test_the_administrators_pages(sit: Callable[..., Seat], who: str, size: str) -> None:
    seat = sit(size).log_in(who)
    seat.go("/desk/accounts/")
    one = seat.page.get_attribute("a:text-is('clerk')", "href")
    paths = {"system_admin": ["new/", "clients/"], "security_admin": ["log-ins/"]}[who]
    more = {"system_admin": ["reset/", "deactivate/"], "security_admin": ["role/", "sign-out/"]}[who]
    found = faults(seat, "/desk/accounts/")
    for path in [*(f"/desk/accounts/{part}" for part in paths), one, *(one + part for part in more)]:
        seat.go(path)
        found += faults(seat, path)
    assert not found, "\n".join(found)


def test_a_signing_client_gets_a_token_at_the_command_line(live_city: LiveCity) -> None:
    key = live_city.home / "demo" / "demo-approvals.pem"
    said = live_city.run(
        "-m", "goodfaith.cli", "clients", "token", "demo-approvals", "--key", str(key), "--url", live_city.url
    )
    assert "purpose:administrative_check" in json.loads(said)["scope"].split()
    code = live_city.run("-m", "goodfaith.cli", "demo", "code", "clerk")
    assert code.split("（")[0] in {live_city.logins["clerk"].code(time.time() + step) for step in (-30, 0, 30)}
