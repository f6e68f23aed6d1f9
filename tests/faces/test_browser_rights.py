"""An objection before a real browser: the credit office hands it on, the source corrects, the recipient confirms, and
the enterprise sees that it did. Filing in *My* is another test's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import LiveCity, Seat

pytestmark = pytest.mark.browser
FILE = """
import json
from goodfaith.running.connecting import connect
connect("owner")
from goodfaith.common import clock
from goodfaith.gate import queries as gate
from goodfaith.parties.models import User
from goodfaith.rights import actions, queries
who = {user.username: user for user in User.objects.filter(username__in=("enterprise", "clerk"))}
acting = who["enterprise"].acting
own = gate.open_file(acting=acting, purpose="self_access", subject_id=who["enterprise"].subject_id)
record = next(one for one in own.current if one.source_unit == "court" and one.polarity == "negative")
looked = gate.open_file(acting=who["clerk"].acting, purpose="rights_counter", subject_id=who["enterprise"].subject_id,
                        case_no="示查〔2026〕77号")
assert looked.outcome == "opened" and any(one.id == record.id for one in looked.current)
made = actions.do_open(acting=acting, at=clock.now(), procedure="objection", kind="wrong", records=[record.id],
                       texts={"claim": "失信行为的具体情形写错了，判决书写的是部分履行。"})
actions.do_act(acting=acting, at=clock.now(), case=queries.my_case(acting, made.id), act="file")
print(json.dumps({"id": str(made.id), "number": made.number, "document": record.document_no}))
"""
SEEN = """
import json, sys
from goodfaith.running.connecting import connect
connect("owner")
from goodfaith.parties.models import User
from goodfaith.rights import queries
acting = User.objects.get(username="enterprise").acting
case = next(one for one in queries.my_cases(acting) if one.number == sys.argv[1])
told = [one for recall in queries.my_recalls(acting, case.id) for one in recall.told]
print(json.dumps({"outcome": case.outcome, "told": {one.unit: [one.state, one.done] for one in told}}))
"""


@pytest.fixture(scope="module")
def case(live_city: LiveCity) -> dict[str, str]:
    """An objection of the enterprise to a record of the court that the market's officers looked up before."""
    found: dict[str, str] = json.loads(live_city.run("-c", FILE))
    return found


def fits(seat: Seat) -> None:
    """The page as it stands has nothing that axe minds, and no sideways scroll on a phone."""
    found: Any = Axe().run(seat.page)
    assert [(one["id"], one["nodes"][0]["target"]) for one in found.response["violations"]] == []
    seat.page.set_viewport_size({"width": 390, "height": 844})
    assert seat.sideways() <= 0
    seat.page.set_viewport_size({"width": 1440, "height": 900})


def opened(seat: Seat, number: str) -> None:
    """Open the case from the inbox, as its reader would."""
    seat.go("/desk/rights/")
    fits(seat)
    seat.page.get_by_role("link", name=number, exact=True).click()
    seat.page.get_by_role("heading", name="经过").wait_for()
    fits(seat)


def test_from_the_objection_to_the_confirmation(sit: Any, live_city: LiveCity, case: dict[str, str]) -> None:
    office = sit().log_in("credit_office")
    opened(office, case["number"])
    office.page.get_by_role("link", name="转报送单位").click()
    office.page.get_by_role("button", name="下一步：看文书草稿").click()
    office.page.get_by_role("heading", name="文书草稿").wait_for()
    fits(office)
    office.page.get_by_role("button", name="转报送单位").click()
    office.page.get_by_text("现在：报送单位核实").wait_for()

    source = sit().log_in("court_clerk")
    opened(source, case["number"])
    source.page.get_by_role("link", name="更正", exact=True).click()
    fits(source)
    field = source.page.locator('[name$="_circumstances"]')
    field.fill("有能力部分履行而未全部履行（以判决书原件为准）")
    source.page.fill("#id_answer", "经调取卷宗核对，被执行人已部分履行。\n报送时选错了情形。")
    source.page.get_by_role("button", name="下一步：看文书草稿").click()
    source.page.get_by_role("heading", name="确认：更正").wait_for()
    fits(source)
    said = source.page.locator("main").inner_text()
    assert "异议处理结果告知书" in said and "个单位会收到通知" in said and "报送时选错了情形。" in said
    assert "公示的最后一天" in said  # the corrected record falls under another class of its display rule
    source.page.get_by_role("button", name="更正", exact=True).click()
    source.page.get_by_text("现在：已更正").wait_for()
    fits(source)
    said = source.page.locator("main").inner_text()
    assert "用过旧内容的单位" in said and "第 2 版" in said and "信函〔" in said

    recipient = sit().log_in("clerk")
    recipient.go("/desk/recalls/?state=waiting")
    fits(recipient)
    line = recipient.page.locator("#recall-notices tbody tr", has_text=case["document"])
    line.get_by_role("link").first.click()
    recipient.page.get_by_text("示查〔2026〕77号").wait_for()
    fits(recipient)
    recipient.page.get_by_label("已按更正后的内容更新").check()
    recipient.page.get_by_role("button", name="确认已经处理").click()
    recipient.page.get_by_role("heading", name="已经确认").wait_for()

    own: dict[str, Any] = json.loads(live_city.run("-c", SEEN, case["number"]))
    assert own["outcome"] == "corrected"
    assert own["told"]["market_regulation"] == ["confirmed", "corrected"]
    enterprise = sit("phone").log_in("enterprise")
    enterprise.go(f"/my/cases/{case['id']}/")
    assert "已更正" in enterprise.page.locator("main").inner_text()
    assert "已按更正后的内容更新" in enterprise.page.locator("main").inner_text()
    for seat in (office, source, recipient):
        assert seat.errors == [] and seat.outside == []


@pytest.mark.parametrize(("who", "paths"), [
    ("credit_office", ("/desk/rights/counter/", "/desk/rights/figures/", "/desk/recalls/", "/desk/")),
    ("clerk", ("/desk/rights/repair-guide/?item=licensing.administrative_penalty&decided_on=2026-06-01", "/desk/recalls/")),
    ("auditor", ("/desk/rights/", "/desk/")),
])  # fmt: skip
def test_the_pages_fit_a_phone_and_axe_finds_nothing(sit: Any, who: str, paths: tuple[str, ...]) -> None:
    seat = sit().log_in(who)
    for path in paths:
        seat.go(path)
        fits(seat)
    assert seat.errors == []
