"""A real policy document before a real browser: dropped in, gone over with the mouse and the keyboard, adopted by a
second officer, confirmed and reported by a unit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import LiveCity, Seat

pytestmark = pytest.mark.browser
DOCUMENTS = Path(__file__).parents[1] / "duties" / "documents"
CLERKS_OWN = "市场监督管理局"


def fits(seat: Seat) -> None:
    """Nothing that axe minds, and no sideways scroll on a phone."""
    found: Any = Axe().run(seat.page)
    assert [(one["id"], one["nodes"][0]["target"]) for one in found.response["violations"]] == []
    seat.page.set_viewport_size({"width": 390, "height": 844})
    assert seat.sideways() <= 0
    seat.page.set_viewport_size({"width": 1440, "height": 900})


def read(seat: Seat, path: Path) -> int:
    """Drop the file; the number of the document."""
    seat.go("/desk/duties/documents/")
    fits(seat)
    seat.page.set_input_files("#file-file", path)
    seat.page.click("form[data-upload] button.primary")
    seat.page.wait_for_url("**/desk/duties/documents/*/**")
    seat.page.locator(".review").wait_for()
    return int(seat.page.url.split("/documents/")[1].split("/")[0])


def say_names(seat: Seat, document: int) -> None:
    """Confirm what is certain; of the rest one is the clerk's unit, the others are no units of the city."""
    seat.go(f"/desk/duties/documents/{document}/names/")
    fits(seat)
    ticked = seat.page.locator("input[name^=pick-]:checked").count()
    assert ticked > 3
    seat.page.click("text=确认勾选的名称")
    seat.page.get_by_text(f"已确认 {ticked} 个名称").wait_for()
    rows = seat.page.locator(".names-table tbody tr")
    for n in range(rows.count()):
        rows.nth(n).locator("input[type=checkbox]").check()
        rows.nth(n).locator("select").select_option("outside:")
    if rows.count():
        seat.page.click("text=确认勾选的名称")
    seat.page.get_by_text("单位名称", exact=True).first.wait_for()


def test_a_policy_document_becomes_duties_and_a_unit_reports(sit: Callable[..., Seat], tmp_path: Path) -> None:
    office = sit("desktop").log_in("credit_office")
    text = (DOCUMENTS / "baozhengbanfa-2018-7.txt").read_text()
    path = tmp_path / "实施方案.txt"
    path.write_text(text.replace("市场监管局", "工商局"), encoding="utf-8")
    document = read(office, path)
    fits(office)
    total = office.page.locator(".duty-list > li").count()
    assert total > 30
    say_names(office, document)

    office.go(f"/desk/duties/documents/{document}/")
    office.page.locator("#open-duty").focus()
    office.page.keyboard.press("a")
    office.page.get_by_text(f"已核对 1 / {total} 条").wait_for()
    first = office.page.locator(".duty-list > li").first
    assert first.get_attribute("data-state") == "accepted"
    marked = office.page.locator(f'.doc-text .w[data-duty="{first.get_attribute("data-duty")}"]').first
    assert "accepted" in (marked.get_attribute("class") or "")
    office.page.keyboard.press("j")
    office.page.locator(".duty-list > li:nth-child(3).here").wait_for()
    office.page.keyboard.press("k")
    office.page.locator(".duty-list > li:nth-child(2).here").wait_for()
    words = office.page.locator(".doc-text .w.note").nth(4)
    duty = words.get_attribute("data-duty")
    words.click()
    office.page.locator(f'.duty-list > li.here[data-duty="{duty}"]').wait_for()
    assert office.page.url.endswith(f"at={duty}")

    accept_the_rest(office, document, total)
    office.page.click("text=提交采纳")
    office.page.get_by_text("您参加了核对，不能自己采纳").wait_for()
    adopt(sit, document)
    office.go("/desk/duties/?view=all&document=" + str(document))
    fits(office)
    office.go("/desk/duties/timeline/")
    fits(office)
    office.go("/desk/duties/matrix/")
    fits(office)
    assert office.errors == [] and office.outside == []


def accept_the_rest(seat: Seat, document: int, total: int) -> None:
    """Those without a doubt together; then each time the next that waits is open."""
    seat.go(f"/desk/duties/documents/{document}/")
    seat.page.locator("button[name=all_plain]").click()
    seat.page.wait_for_load_state("load")
    said = seat.page.locator("#panel .pane-head p[role=status]")
    while (before := said.inner_text()) != f"已核对 {total} / {total} 条":
        seat.page.locator('[data-key="a"]').click()
        seat.page.wait_for_function(
            "before => document.querySelector('#panel .pane-head p[role=status]')?.innerText !== before", arg=before
        )
    seat.go(f"/desk/duties/documents/{document}/")


def adopt(sit: Callable[..., Seat], document: int) -> None:
    """By the second officer, past the page that names the consequence."""
    second = sit("desktop").log_in("second_office")
    second.go(f"/desk/duties/documents/{document}/")
    second.page.click("text=采纳并列入台账")
    fits(second)
    assert "文字从此不再改动" in second.page.locator(".confirm").inner_text()
    second.page.click(".confirm button")
    second.page.get_by_text("责任单位可以签收了").wait_for()


def test_a_unit_confirms_reports_and_the_office_approves(sit: Callable[..., Seat]) -> None:
    clerk = sit("desktop").log_in("clerk")
    clerk.go("/desk/duties/")
    fits(clerk)
    clerk.go("/desk/duties/?view=all&unit=market_regulation&state=assigned&words=推行涉企承诺容缺办理")
    clerk.page.locator("#duties tbody a").first.click()
    clerk.page.get_by_role("link", name="签收任务").click()
    fits(clerk)
    clerk.page.click("form.form button.primary")
    clerk.page.get_by_text("签收任务，已办").wait_for()
    clerk.page.get_by_role("link", name="报送进展").click()
    fits(clerk)
    clerk.page.fill("#id_text", "已经完成，结果见附件和测量的数字。")
    clerk.page.select_option("#id_figure", "reporting_validity")
    clerk.page.click("form.form button.primary")
    clerk.page.get_by_text("现在：已报送，待审核").wait_for()
    fits(clerk)
    second = sit("desktop").log_in("second_office")
    second.go(clerk.page.url.removeprefix(second.city.url))
    second.page.get_by_role("link", name="审核认可，任务完成").first.click()
    assert "已经完成，结果见附件和测量的数字。" in second.page.locator("main").inner_text()
    second.page.click("form.form button.primary")
    second.page.get_by_text("现在：已完成").wait_for()
    document = second.page.locator(".page-head .number").inner_text().split("-")[0]
    reader = sit("desktop")
    reader.go(f"/duties/{document}/")
    assert "已经完成，结果见附件和测量的数字。" in reader.page.content()
    assert clerk.errors == second.errors == []


def test_selected_words_become_a_duty(desktop: Seat) -> None:
    desktop.log_in("credit_office")
    desktop.go("/desk/duties/documents/?step=review")
    desktop.page.locator("#documents tbody a").first.click()
    line = desktop.page.locator(".doc-text li", has_text="公布服务承诺").first
    said = line.inner_text().strip()
    line.evaluate("""(li) => { const range = document.createRange(); range.selectNodeContents(li);
        const chosen = getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }""")
    add = desktop.page.locator("#add-duty.primary")
    add.wait_for()
    add.click()
    assert desktop.page.locator(".quote").inner_text().strip() == said
    fits(desktop)


def test_without_scripts_the_review_works(browser: Any, live_city: LiveCity) -> None:
    from tests.browser import SESSIONS, seated

    with seated(browser, live_city) as first:
        first.log_in("credit_office")
    with seated(browser, live_city, java_script_enabled=False) as seat:
        seat.page.context.add_cookies(SESSIONS[live_city.url, "credit_office"])
        seat.go("/desk/duties/documents/?step=review")
        seat.page.locator("#documents tbody a").first.click()
        before = seat.page.url
        seat.page.locator(".pin").nth(1).click()
        assert seat.page.url != before and seat.page.locator(".duty-list > li.here .opened").count() == 1
        seat.page.get_by_role("link", name="修改").click()
        seat.page.fill("#id_title", "改过的标题")
        seat.page.click("text=保存修改")
        assert "改过的标题" in seat.page.locator(".duty-list").inner_text()
        seat.page.locator("button", has_text="撤销上一步").click()
        assert "改过的标题" not in seat.page.locator(".duty-list").inner_text()
