"""A complaint from end to end in two browsers: the citizen asks, the auditor answers, the citizen reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser import Seat

pytestmark = pytest.mark.browser
ASKED = "请问这次查询依据的是哪一件事？我没有收到通知。"
ANSWER = "经核实，这次查询没有在办事项，属于违规查询，已立案处理。"


def complain(seat: Seat) -> str:
    """Complain about the first look that was not complained of; its number."""
    page = seat.page
    seat.go("/my/looks/")
    hrefs = page.eval_on_selector_all("a[href*='/complaint/']", "all => all.map(a => a.getAttribute('href'))")
    assert hrefs, "no look can be complained of"
    entry = str(hrefs[0]).split("/")[3]
    seat.go(hrefs[0])
    for choice in page.locator("main form input[type=radio]").all()[:1]:
        choice.check()
    page.locator("main form textarea").fill(ASKED)
    page.locator("main form button.primary").click()
    page.wait_for_url("**/my/complaints/")
    return entry


def answer(seat: Seat, entry: str) -> None:
    """Open the complaint in the inbox, answer it as not in order, and open a case."""
    page = seat.page
    seat.go("/desk/audit/complaints/")
    rows = page.locator("#complaints tbody tr").count()
    for n in range(rows):
        seat.go("/desk/audit/complaints/")
        page.locator("#complaints tbody a").nth(n).click()
        if page.locator("h1").inner_text().split()[-2:-1] == [entry] or f" {entry} " in page.locator("h1").inner_text():
            break
    assert ASKED in page.inner_text("main")
    page.locator("main form button.primary").click()
    assert "请选择一项结论" in page.inner_text(".error-summary")
    page.get_by_label("查询不合规").check()
    page.fill("#id_answer", ANSWER)
    page.locator("main form button.primary").click()
    page.get_by_text("答复已送达").wait_for()
    page.fill("#id_what", "没有在办事项而查询")
    page.get_by_role("button", name="立案").click()
    page.wait_for_url("**/desk/audit/misuse/**")
    assert "办理中" in page.inner_text("main")


def test_a_complaint_from_end_to_end(sit: Callable[..., Seat]) -> None:
    citizen, auditor = sit("phone").log_in("citizen"), sit("desktop").log_in("auditor")
    entry = complain(citizen)
    answer(auditor, entry)
    citizen.go("/my/complaints/")
    assert ANSWER in citizen.page.inner_text("main")
    assert citizen.sideways() <= 0 and auditor.sideways() <= 0
    assert not citizen.errors and not auditor.errors


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_sample_is_drawn_and_reviewed(sit: Callable[..., Seat], size: str) -> None:
    seat = sit(size).log_in("auditor")
    page = seat.page
    seat.go("/desk/audit/samples/")
    page.fill("#id_count", "2")
    page.get_by_role("button", name="随机抽取").click()
    page.wait_for_url("**/desk/audit/samples/*-*/")
    assert "用保存的种子重抽，得到同样的记录" in page.inner_text("main")
    for _n in range(2):
        page.get_by_label("合规：").check()
        page.get_by_role("button", name="记下结论").click()
        page.wait_for_load_state()
    page.get_by_role("button", name="办结这一次抽查").click()
    page.get_by_text("抽查已办结").wait_for()
    assert page.get_by_role("button", name="撤销这一结论").count() == 0
    assert seat.sideways() <= 0 and not seat.errors
