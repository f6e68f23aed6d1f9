"""A clerk before a real browser: drops a file, goes over its columns, mends the refused rows, takes the good ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe

from goodfaith.common import clock
from tests.browser import LiveCity, Seat

pytestmark = pytest.mark.browser
PENALTY = "/desk/intake/licensing.administrative_penalty/"
STRANGE = "案件编号甲"


@pytest.fixture(scope="module")
def samples(live_city: LiveCity, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo's sample files by the number they begin with; the third with a header that nobody knows."""
    folder = tmp_path_factory.mktemp("samples")
    live_city.run("-m", "goodfaith.cli", "demo", "files", str(folder))
    found = {path.name[0]: path for path in folder.iterdir()}
    book = openpyxl.load_workbook(found["3"])
    for row in book.worksheets[0].iter_rows(max_row=6):
        for cell in row:
            if cell.value == "行政处罚决定书文号":
                cell.value = STRANGE
    book.save(found["3"])
    return found


def send(seat: Seat, path: Path) -> None:
    """Choose the file and send it; the page of the delivery follows."""
    seat.go(PENALTY)
    seat.page.set_input_files("input[type=file]", path)
    seat.page.click("form[data-upload] button.primary")
    seat.page.wait_for_url("**/desk/deliveries/**")


def figure(seat: Seat, name: str) -> int:
    """The number over a label."""
    said = seat.page.locator(f".figures > div:has(dt:text-is('{name}')) dd:not(.note)").inner_text()
    return int(said.replace(",", ""))


DAY = "处罚决定日期"


def mend(path: Path) -> Path:
    """A file of the one row whose only marked cell is the day of the decision, with a day of this week in it."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if [head[c.column - 1] for c in row if c.comment] == [DAY])
    values = dict(zip(head, (cell.value for cell in row), strict=True)) | {DAY: clock.today().isoformat()}
    book = openpyxl.Workbook()
    for line in (head, [values[name] for name in head]):
        book.worksheets[0].append(line)
    mended = path.with_name("mended.xlsx")
    book.save(mended)
    return mended


def map_and_check(seat: Seat) -> None:
    """Say which field the strange column is, and have the rows checked."""
    seat.page.get_by_text("核对每一列对应的栏目").wait_for()
    choice = seat.page.get_by_label(STRANGE)
    if not choice.input_value():
        choice.select_option("CF_WSH")
    seat.page.click("text=确认对应并检查")
    seat.page.get_by_role("heading", name="逐行结果").wait_for()


def test_a_file_goes_in_and_its_refused_rows_after_mending(
    desktop: Seat, samples: dict[str, Path], tmp_path: Path
) -> None:
    desktop.log_in("clerk")
    send(desktop, samples["3"])
    desktop.page.get_by_text("必填栏目还没有对应的列").wait_for()
    fits(desktop)
    map_and_check(desktop)
    fits(desktop)
    good, refused = figure(desktop, "合格"), figure(desktop, "未通过")
    assert good > 0
    assert refused > 0
    assert desktop.page.locator("#findings-table tbody tr").count() >= refused
    with desktop.page.expect_download() as coming:
        desktop.page.click("text=下载未通过的行")
    back = tmp_path / "refused.xlsx"
    coming.value.save_as(back)
    take(desktop)
    fits(desktop)
    receipt = desktop.page.locator(".receipt").inner_text()
    assert "SHA-256" in receipt
    assert str(good) in receipt
    send(desktop, mend(back))
    map_and_check(desktop)
    assert (figure(desktop, "合格"), figure(desktop, "未通过")) == (1, 0)
    take(desktop)
    assert desktop.outside == []
    assert desktop.errors == []


def fits(seat: Seat) -> None:
    """The page as it stands has nothing that axe minds, and no sideways scroll on a phone."""
    found: Any = Axe().run(seat.page)
    assert [(one["id"], one["nodes"][0]["target"]) for one in found.response["violations"]] == []
    seat.page.set_viewport_size({"width": 390, "height": 844})
    assert seat.sideways() <= 0
    seat.page.set_viewport_size({"width": 1440, "height": 900})


def take(seat: Seat) -> None:
    """Take the good rows, past the page that names the consequence, to the receipt."""
    seat.page.locator(".acts .primary").click()
    fits(seat)
    assert "不能整批撤回" in seat.page.locator(".confirm").inner_text()
    seat.page.click("text=收下并入库")
    seat.page.get_by_role("heading", name="报送回执").wait_for()


def test_a_picture_is_refused_with_a_way_on(desktop: Seat, samples: dict[str, Path]) -> None:
    desktop.log_in("clerk")
    send(desktop, samples["7"])
    desktop.page.get_by_text("换一个文件重新报送").wait_for()
    assert "PNG" in desktop.page.locator(".notice.restraint").last.inner_text()


def test_without_scripts_the_wizard_goes_on_by_links(sit: Callable[..., Seat], samples: dict[str, Path]) -> None:
    plain = sit("desktop", java_script_enabled=False)
    plain.log_in("clerk")
    send(plain, samples["2"])
    for _turn in range(60):
        if plain.page.get_by_text("确认对应并检查").count():
            break
        plain.page.wait_for_timeout(500)
        plain.page.reload()
    assert plain.page.locator("select[name=column-0]").count() == 1


@pytest.mark.parametrize("path", ["/desk/intake/", PENALTY, "/desk/deliveries/", "/desk/deliveries/?state=waiting"])
def test_the_pages_fit_a_phone_and_axe_finds_nothing(phone: Seat, path: str) -> None:
    phone.log_in("clerk")
    phone.go(path)
    fits(phone)
