"""An officer before a real browser: one check with the keyboard, a bulk check from the list to the workbook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import LiveCity, Seat

pytestmark = pytest.mark.browser
MATTER = "government_procurement"
FIND = """
import json
from goodfaith.running.connecting import connect
connect("owner")
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute(
        "SELECT o.name, o.uscc, bool_or(jsonb_array_length(gate.measures(ARRAY[o.subject_id], 'organisation', %s, NULL,"
        " false)) > 0) FROM subjects_organisation o WHERE o.uscc IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 2",
        ["government_procurement"],
    )
    rows = cursor.fetchall()
print(json.dumps({"listed": rows[0][:2], "clean": rows[-1][:2], "more": [row[:2] for row in rows[-60:-1]]}))
"""


@pytest.fixture(scope="module")
def subjects(live_city: LiveCity) -> dict[str, Any]:
    """An organisation that a measure bears on, one that none does, and some more."""
    found: dict[str, Any] = json.loads(live_city.run("-c", FIND))
    return found


def fits(seat: Seat) -> None:
    """The page as it stands has nothing that axe minds, and no sideways scroll on a phone."""
    found: Any = Axe().run(seat.page)
    assert [(one["id"], one["nodes"][0]["target"]) for one in found.response["violations"]] == []
    seat.page.set_viewport_size({"width": 390, "height": 844})
    assert seat.sideways() <= 0
    seat.page.set_viewport_size({"width": 1440, "height": 900})


def ask(seat: Seat, subject: list[str], name: str | None = None) -> None:
    """Fill the form in with the keyboard alone and send it by Enter."""
    seat.go("/desk/checks/")
    page = seat.page
    page.locator("#id_matter").select_option(MATTER)
    page.locator("#id_matter").focus()
    for text in (None, subject[1], name or subject[0], "示采〔2026〕12号"):
        page.keyboard.press("Tab")
        if text:
            page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="本次核查").wait_for()


def test_a_check_by_keyboard_answers_in_words(desktop: Seat, subjects: dict[str, Any]) -> None:
    desktop.log_in("clerk")
    desktop.go("/desk/checks/")
    fits(desktop)
    ask(desktop, subjects["listed"])
    fits(desktop)
    said = desktop.page.locator("main").inner_text()
    assert "可能适用于本事项" in said
    assert "您可以怎样做" in said
    assert "由人决定" in said
    assert subjects["listed"][1] not in desktop.page.url
    ask(desktop, subjects["clean"])
    assert "没有适用于本事项的措施" in desktop.page.locator("main").inner_text()
    ask(desktop, subjects["clean"], "写错的名称")
    assert "名称与号码不一致" in desktop.page.locator("main").inner_text()
    desktop.go("/desk/checks/")
    assert desktop.page.locator(".recent li").count() == 3
    assert subjects["listed"][0] not in desktop.page.locator("main").inner_text()
    assert desktop.errors == []


def lists(folder: Path, subjects: dict[str, Any]) -> tuple[Path, Path]:
    """A list as a workbook, and the paper that allows it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["供应商名单"])
    sheet.append(["序号", "供应商名称", "统一社会信用代码"])
    rows = [subjects["listed"], subjects["clean"], ["写错的名称", subjects["clean"][1]], *subjects["more"]]
    for number, row in enumerate([*rows, ["校验码错公司", subjects["clean"][1][:-1] + "?"]], 1):
        sheet.append([number, *row])
    book.save(folder / "供应商.xlsx")
    (folder / "批准.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    return folder / "供应商.xlsx", folder / "批准.pdf"


def test_a_bulk_check_from_the_list_to_the_workbook(desktop: Seat, subjects: dict[str, Any], tmp_path: Path) -> None:
    file, paper = lists(tmp_path, subjects)
    desktop.log_in("clerk")
    page = desktop.page
    desktop.go("/desk/checks/bulk/new/")
    fits(desktop)
    page.locator("#id_matter").select_option(MATTER)
    for field, text in (("case_no", "示采〔2026〕12号"), ("official_name", "示例负责人"), ("reason", "评审前核实供应商")):
        page.fill(f"#id_{field}", text)
    page.set_input_files("#id_paper", paper)
    page.set_input_files("#id_file", file)
    page.click("main form button.primary")
    page.get_by_role("heading", name="核对名单").wait_for()
    fits(desktop)
    page.get_by_role("button", name="核查这").click()
    page.get_by_role("link", name="下载结果").wait_for(timeout=60_000)
    fits(desktop)
    table = page.locator("#batch-rows").inner_text()
    for said in ("有措施", "没有措施", "名称与代码不一致", "代码有误"):
        assert said in table
    with page.expect_download() as coming:
        page.get_by_role("link", name="下载结果").click()
    coming.value.save_as(tmp_path / "result.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "result.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[0][3] == "核查结果"
    assert subjects["listed"][0] in {row[1] for row in rows if row[3] == "有措施"}
    assert desktop.errors == []
    assert desktop.outside == []


PAGES = (
    "/desk/checks/", "/desk/checks/bulk/", "/desk/checks/bulk/new/", "/desk/checks/files/",
    "/desk/checks/files/file_for_supervision/", "/desk/checks/consents/", "/desk/checks/consents/ask/entrusted_inquiry/",
)  # fmt: skip


def test_the_pages_fit_a_phone_and_axe_finds_nothing(phone: Seat) -> None:
    phone.log_in("clerk")
    for path in PAGES:
        phone.go(path)
        fits(phone)
