"""My in a real browser: who looked, the proof checked where the reader sits, a forged one found, a complaint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import Seat
from tests.faces.test_browser_access import serious

pytestmark = pytest.mark.browser
PROOF = "**/proof.json"
HEAD = "**/ledger/checkpoint"
CASE = "示信核〔2026〕7号"
LOOK = """
from goodfaith.running.connecting import connect
connect("web")
import sys
from goodfaith.gate import queries
from goodfaith.parties.models import User
office, citizen = (User.objects.get(username=name) for name in ("credit_office", "citizen"))
queries.open_file(acting=office.acting, purpose="credit_administration", subject_id=citizen.subject_id, case_no=sys.argv[1])
"""


@pytest.fixture
def looked(sit: Callable[..., Seat]) -> Seat:
    """A citizen before the page of the newest look of the credit office."""
    seat = sit("desktop").log_in("citizen")
    seat.city.run("-c", LOOK, CASE)
    seat.go("/my/looks/")
    seat.page.locator(".timeline li", has_text=CASE).first.get_by_role("link", name="详情和存证").click()
    seat.page.wait_for_url("**/my/looks/*/")
    return seat


def check(seat: Seat, verdict: str) -> list[str]:
    """Press the button and wait for this verdict (order, restraint …); the steps as the reader sees them."""
    seat.page.get_by_role("button", name="在我的浏览器里核对").click()
    seat.page.locator(f"[data-proof][data-verdict={verdict}]").wait_for(timeout=70_000)
    return list(seat.page.locator("[data-steps] li").all_inner_texts())


def forge(seat: Seat, where: str, change: Callable[[Any], Any]) -> None:
    """Let every answer from ``where`` arrive changed."""

    def answer(route: Any) -> None:
        got = route.fetch()
        if "json" in got.headers["content-type"]:
            route.fulfill(response=got, body=json.dumps(change(got.json())))
        else:
            route.fulfill(response=got, body=change(got.text()))

    seat.page.route(where, answer)


def test_the_proof_is_checked_in_the_browser(looked: Seat) -> None:
    steps = check(looked, "order")
    assert len(steps) == 6 and not [step for step in steps if "✗" in step]
    assert sum("✓" in step for step in steps) == 5, "the sixth: the first head that this browser sees"
    assert "第一次核对" in steps[-1]
    looked.page.reload()
    again = check(looked, "order")
    assert all("✓" in step for step in again) and "只增加过" in again[-1]
    assert not looked.errors and not looked.outside
    assert not serious(looked.page)


def test_the_head_grows_and_the_browser_sees_that_it_only_grew(looked: Seat) -> None:
    check(looked, "order")
    first = json.loads(looked.page.evaluate("localStorage.getItem('goodfaith-log-head')"))
    looked.city.run("-c", LOOK, CASE)
    looked.page.wait_for_timeout(6_000)
    steps = check(looked, "order")
    second = json.loads(looked.page.evaluate("localStorage.getItem('goodfaith-log-head')"))
    assert second["size"] > first["size"] and f"{first['size']} 条" in steps[-1] and "✓" in steps[-1]


FORGERIES: list[tuple[str, str, Callable[[Any], Any], str]] = [
    ("one character of the content", PROOF, lambda proof: proof | {"line": proof["line"].replace("7", "8", 1)}, "不一致"),
    ("the salt", PROOF, lambda proof: proof | {"salt": "00" * 32}, "不一致"),
    ("another place", PROOF, lambda proof: proof | {"index": proof["index"] - 1}, "得不到查询日志的树根"),
    ("the path", "**/ledger/proof/inclusion*", lambda found: found | {"path": ["11" * 32, *found["path"][1:]]}, "得不到查询日志的树根"),
    ("the head", HEAD, lambda note: note.replace("\nat 2", "\nat 3"), "签名无效"),
    ("the keys", "**/ledger/keys", lambda found: {"keys": []}, "没有已公布的密钥的签名"),
]  # fmt: skip


def test_every_forgery_is_found(looked: Seat) -> None:
    check(looked, "order")
    for what, where, change, says in FORGERIES:
        forge(looked, where, change)
        steps = check(looked, "restraint")
        assert any("✗" in step and says in step for step in steps), (what, steps)
        assert "投诉" in looked.page.locator("[data-verdict]:not([data-proof])").inner_text()
        looked.page.unroute_all()
    assert not [step for step in check(looked, "order") if "✗" in step], "and none when nothing is forged"


def test_a_content_and_salt_made_to_fit_are_found_in_the_tree(looked: Seat) -> None:
    """Whoever forges the commitment as well finds that no path leads from it to the signed root."""

    def fit(proof: dict[str, Any]) -> dict[str, Any]:
        line = proof["line"].replace(CASE, "假的事由")
        made = hashlib.sha256(bytes.fromhex(proof["salt"]) + line.encode()).hexdigest()
        return proof | {"line": line, "commitment": made}

    forge(looked, PROOF, fit)
    steps = check(looked, "restraint")
    assert any("✗" in step and "得不到查询日志的树根" in step for step in steps), steps


def test_a_rewound_log_is_found(looked: Seat) -> None:
    check(looked, "order")
    looked.page.evaluate(
        """() => { const kept = JSON.parse(localStorage.getItem('goodfaith-log-head'));
        localStorage.setItem('goodfaith-log-head', JSON.stringify({...kept, size: kept.size + 1000})); }"""
    )
    steps = check(looked, "restraint")
    assert "✗" in steps[-1] and "倒退" in steps[-1]


def test_a_rewritten_log_is_found(looked: Seat) -> None:
    check(looked, "order")
    looked.page.evaluate(
        """() => { const kept = JSON.parse(localStorage.getItem('goodfaith-log-head'));
        localStorage.setItem('goodfaith-log-head', JSON.stringify({...kept, root: '00'.repeat(32)})); }"""
    )
    steps = check(looked, "restraint")
    assert "✗" in steps[-1] and "改写" in steps[-1]
    kept = json.loads(looked.page.evaluate("localStorage.getItem('goodfaith-log-head')"))
    assert kept["root"] == "00" * 32, "what was remembered stays until it agrees"


def test_an_entry_that_is_not_sealed_yet_is_waited_for(looked: Seat) -> None:
    asked = []

    def not_yet(proof: dict[str, Any]) -> dict[str, Any]:
        asked.append(proof["entry"])
        return proof if len(asked) > 1 else proof | {"index": None}

    forge(looked, PROOF, not_yet)
    assert not [step for step in check(looked, "order") if "✗" in step]
    assert len(asked) == 2


def test_without_ed25519_the_rest_is_checked_and_that_is_said(looked: Seat) -> None:
    looked.page.add_init_script("crypto.subtle.verify = () => Promise.reject(new Error('no Ed25519'))")
    looked.page.reload()
    steps = check(looked, "order")
    assert any("○" in step and "不能验证这种签名" in step for step in steps), steps
    assert "签名没有在这里验证" in looked.page.locator("[data-verdict]:not([data-proof])").inner_text()


def test_a_wrong_look_is_complained_of(looked: Seat) -> None:
    page = looked.page
    page.get_by_role("link", name="这次查询不对，我要投诉").click()
    page.wait_for_url("**/complaint/")
    page.get_by_role("button", name="提交投诉").click()
    page.locator(".error-summary").wait_for()
    assert not serious(page)
    page.get_by_label("我没有办过这件事").check()
    page.fill("#id_why", "我没有到信用办办过事。")
    page.get_by_role("button", name="提交投诉").click()
    page.wait_for_url("**/my/complaints/")
    assert "正在核实" in page.inner_text("main") and "我没有到信用办办过事" in page.inner_text("main")
    assert not serious(page) and looked.sideways() <= 0


def test_the_filters_narrow_the_list(looked: Seat) -> None:
    looked.go("/my/looks/")
    page = looked.page
    page.locator("details.sieve summary").click()
    page.select_option("#id_outcome", "opened")
    page.locator("details.sieve button").click()
    page.wait_for_url("**outcome=opened**")
    assert page.locator(".timeline li").count() >= 1
    assert all("看到了信息" in one for one in page.locator(".timeline li").all_inner_texts())
    page.get_by_role("link", name="看全部").first.click()
    page.wait_for_load_state()
    assert page.locator("figure.chart canvas").count() == 1
    assert not looked.errors
