"""The public page of a document in a real browser: at both widths, with long words in it, and with the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser import LiveCity, Seat
from tests.faces.test_browser_access import faults

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def document(live_city: LiveCity) -> Iterator[int]:
    yield int(live_city.run("-m", "tests.faces.duties_live").splitlines()[-1])


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_document_has_no_fault(sit: Callable[..., Seat], document: int, size: str) -> None:
    seat = sit(size)
    seat.go(f"/duties/{document}/")
    seat.page.click("details.duty-links summary")
    assert faults(seat, seat.page.url) == []
    assert seat.page.locator("article.clause-card").count() == 4


def test_a_citizen_asks_from_the_page(sit: Callable[..., Seat], document: int) -> None:
    seat = sit("phone").log_in("citizen")
    seat.go(f"/duties/{document}/?state=doing")
    seat.go(f"/duties/{document}/")
    seat.page.click("#d-3 a[href*='/my/duty-questions/ask/']")
    seat.page.fill("textarea[name=text]", "今年还有哪些活动？")
    seat.page.check("input[name=may_publish][value=no]")
    assert faults(seat, seat.page.url) == []
    seat.page.click("main form button.primary")
    seat.page.wait_for_url("**/my/duty-questions/")
    assert "今年还有哪些活动？" in seat.page.content() and faults(seat, seat.page.url) == []
    seat.page.click("text=撤回这个问题 >> nth=0")
    seat.page.click("form.confirm button")
    seat.page.wait_for_url("**/my/duty-questions/")
    assert "已撤回" in seat.page.content()
