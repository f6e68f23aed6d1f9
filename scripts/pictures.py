"""Takes the README's pictures from a running demo city: ``python scripts/pictures.py --url http://127.0.0.1:8000``.

Each is 1200 px wide and at most 250 kB, in docs/pictures/. Needs Chromium and the developer's packages.
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from playwright.sync_api import sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
django.setup()  # the log-ins stand beside the actions that make them

from goodfaith.demo.accounts import LOGINS, Login  # noqa: E402

TARGET = Path(__file__).resolve().parents[1] / "docs/pictures"
WIDTH, HEIGHT, TALL, PHONE = 1200, 820, 1240, (390, 844)
MOST = 250 * 1024
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
]  # fmt: skip
THREE = (
    "<body style='margin:0;width:1200px;display:flex;gap:15px;background:#e4e1d8'>"
    + "<img src='data:image/png;base64,{}' width='390' height='844' alt=''>" * 3
    + "</body>"
)


class Camera:
    """A browser before a running city."""

    def __init__(self, browser: Any, url: str) -> None:
        self.browser = browser
        self.url = url.rstrip("/")
        self.used: set[tuple[str, int]] = set()

    def page(self, who: str = "", size: tuple[int, int] = (WIDTH, HEIGHT)) -> Any:
        """A fresh page, logged in as a demo account."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce"
        )
        page = context.new_page()
        if who:
            login = next(one for one in LOGINS if one.username == who)
            page.goto(f"{self.url}/log-in/")
            page.fill("#id_username", login.username)
            page.fill("#id_password", login.password)
            page.click("main form button.primary")
            if login.secret:
                page.wait_for_url("**/log-in/second-step/")
                page.fill("#id_code", self.unused_code(login))
                page.click("main form button.primary")
            page.wait_for_url(lambda now: "/log-in/" not in now)
        return page

    def unused_code(self, login: Login) -> str:
        """A code of the second step that this run has not used: each is good once."""
        while True:
            step = int(time.time()) // 30
            for one in (step, step - 1):
                if (login.username, one) not in self.used:
                    self.used.add((login.username, one))
                    return login.code(one * 30)
            time.sleep(1)

    def at(self, path: str, who: str = "") -> Any:
        """The page of an address, everything on it drawn."""
        page = self.page(who)
        page.goto(self.url + path, wait_until="networkidle")
        page.wait_for_timeout(600)
        return page


def home(camera: Camera) -> bytes:
    """The public home page."""
    return bytes(camera.at("/").screenshot())


def organisation(camera: Camera) -> bytes:
    """The public page of the demo enterprise, which has records of every kind."""
    own = camera.at("/my/", "enterprise")
    code = own.locator(".own-numbers .number").first.inner_text().strip()
    page = camera.at(f"/organisations/?q={code}")
    link = page.locator("main a[href^='/organisations/']").first
    if "?q=" in page.url:
        link.click()
        page.wait_for_load_state("networkidle")
    return bytes(page.screenshot())


def own_file(camera: Camera) -> bytes:
    """Three phones: the own file, one record, who looked (the credit office did, just before)."""
    shots, page = [], camera.page("citizen", PHONE)
    page.goto(f"{camera.url}/my/", wait_until="networkidle")
    office_looks(camera, page.locator(".own-numbers .number").first.inner_text().strip())
    record = page.locator("#negative .record-card a").first.get_attribute("href")
    for path in ("/my/", record, "/my/looks/"):
        page.goto(camera.url + path, wait_until="networkidle")
        shots.append(base64.b64encode(page.screenshot()).decode())
    sheet = camera.page(size=(WIDTH, PHONE[1]))
    sheet.set_content(THREE.format(*shots))
    sheet.wait_for_timeout(300)
    return bytes(sheet.screenshot())


def office_looks(camera: Camera, number: str) -> None:
    """The credit office opens the file of this number, once."""
    desk = camera.at("/desk/subjects/person/", "credit_office")
    desk.select_option("#id_kind", "id_number")
    desk.fill("#id_number", number)
    desk.fill("#id_case_no", "示信核〔2026〕5号")
    desk.locator("main form button.primary").click()
    desk.locator(".record-card").first.wait_for()


def proof(camera: Camera) -> bytes:
    """One look at the citizen's file, its proof just checked in the browser."""
    page = camera.at("/my/", "citizen")
    office_looks(camera, page.locator(".own-numbers .number").first.inner_text().strip())
    page.wait_for_timeout(6000)  # until it is sealed
    page.goto(f"{camera.url}/my/looks/", wait_until="networkidle")
    page.get_by_role("link", name="详情和存证").first.click()
    page.wait_for_url("**/my/looks/*/")
    page.get_by_role("button", name="在我的浏览器里核对").click()
    page.locator("[data-proof][data-verdict=order]").wait_for(timeout=60_000)
    page.wait_for_timeout(600)
    top = page.get_by_role("heading", name="存证").bounding_box()["y"] - 32
    end = page.locator(".foot").bounding_box()["y"] - 24
    clip = {"x": 0, "y": top + page.evaluate("scrollY"), "width": WIDTH, "height": end - top}
    return bytes(page.screenshot(full_page=True, clip=clip))


def check(camera: Camera) -> bytes:
    """The answer to a check of the demo enterprise before a procurement."""
    own = camera.at("/my/", "enterprise")
    code, name = (own.locator(place).first.inner_text().strip() for place in (".own-numbers .number", "h1"))
    page = camera.at("/desk/checks/", "clerk")
    page.select_option("#id_matter", "government_procurement")
    for field, text in (("number", code), ("name", name), ("case_no", "示采〔2026〕12号")):
        page.fill(f"#id_{field}", text)
    page.locator("main form button.primary").click()
    page.get_by_role("heading", name="本次核查").wait_for()
    page.wait_for_timeout(600)
    return bytes(page.screenshot())


def audit(camera: Camera) -> bytes:
    """The auditor's overview."""
    return bytes(camera.at("/desk/audit/", "auditor").screenshot())


def delivery(camera: Camera) -> bytes:
    """A checked delivery with refused rows, before the clerk commits it."""
    page = camera.at("/desk/deliveries/", "clerk")
    page.locator("main tr", has_text="待入库").locator("a").first.click()
    page.set_viewport_size({"width": WIDTH, "height": TALL})
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    return bytes(page.screenshot())


def dashboard(camera: Camera) -> bytes:
    """The credit office's dashboard."""
    return bytes(camera.at("/desk/", "credit_office").screenshot())


def quality(camera: Camera) -> bytes:
    """Data quality by unit and item."""
    return bytes(camera.at("/desk/quality/", "credit_office").screenshot())


def item(camera: Camera) -> bytes:
    """A catalogue item with its legal basis."""
    return bytes(camera.at("/desk/catalogue/licensing.administrative_penalty/", "credit_office").screenshot())


PICTURES: dict[str, Callable[[Camera], bytes]] = {
    "home": home,
    "organisation": organisation,
    "own-file": own_file,
    "proof": proof,
    "check": check,
    "audit": audit,
    "delivery": delivery,
    "dashboard": dashboard,
    "quality": quality,
    "catalogue-item": item,
}


def main() -> int:
    """Take the pictures asked for (all without ``--only``); 1 when one became too heavy."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url", default="http://127.0.0.1:8000")
    asked.add_argument("--only", choices=sorted(PICTURES), nargs="*")
    given = asked.parse_args()
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        print("没有找到 Chromium，请先运行 make browser。", file=sys.stderr)
        return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    heavy = 0
    with sync_playwright() as playwright:
        camera = Camera(playwright.chromium.launch(executable_path=path, args=ARGUMENTS), given.url)
        for name in given.only or PICTURES:
            picture = PICTURES[name](camera)
            (TARGET / f"{name}.png").write_bytes(picture)
            heavy += len(picture) > MOST
            print(f"{name}.png  {len(picture) // 1024} kB")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main())
