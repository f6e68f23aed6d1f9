"""My: who looked. Words, filters, pages, files, proofs, complaints; and nothing of anybody else."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.faces.my import looking, looks_chart, refusals
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import Delay, EntryView
from goodfaith.ledger import tree
from goodfaith.oversight import actions as oversight
from tests.city import ID_NUMBER, City
from tests.conftest import WebClient
from tests.faces import my_city
from tests.faces.my_city import MyCity
from tests.gate.cast import officer


@pytest.fixture
def mine(city: City) -> MyCity:
    return my_city.make(city)


@pytest.fixture
def citizen(mine: MyCity, web: WebClient) -> WebClient:
    """The web, with the city's person logged in."""
    web.force_login(mine.citizen)
    return web


def page(web: WebClient, name: str, *arguments: object, **query: str | int) -> str:
    """The text of a page that must be there."""
    answer = web.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200, answer.content[:400]
    return answer.content.decode()


def listed(text: str) -> list[int]:
    """Numbers of the entries on the page, in its order."""
    return [int(number) for number in re.findall(r'href="/my/looks/(\d+)/"', text)]


def test_every_look_is_told_in_plain_words(mine: MyCity, citizen: WebClient) -> None:
    seen, refused = mine.office_looks(), mine.clerk_is_refused()
    text = page(citizen, "my:looks")
    assert listed(text) == [refused.entry_id, seen.entry_id]
    for words in (
        "测试信用办", "公共信用信息管理", "示信核〔2026〕7号", "看到 1 条信息", "系统拒绝了这次查询", "被拒绝",
        "对方的岗位不能以这项目的查询",
    ):  # fmt: skip
        assert words in text, words


@pytest.mark.usefixtures("unhurried")
def test_more_looks_cost_no_more_statements(mine: MyCity, citizen: WebClient) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(citizen, "my:looks")
        return len(queries)

    mine.office_looks()
    statements()
    before = statements()
    for n in range(12):
        mine.office_looks(f"核〔2026〕{n}号")
    assert statements() == before


def test_own_looks_stand_apart(mine: MyCity, citizen: WebClient) -> None:
    seen = mine.office_looks()
    page(citizen, "my:home")
    assert listed(page(citizen, "my:looks")) == [seen.entry_id]
    own = page(citizen, "my:looks", own=1)
    assert "您本人" in own and seen.entry_id not in listed(own) and listed(own)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"unit": "t_office"}, ["seen"]),
        ({"unit": "t_a"}, ["refused"]),
        ({"unit": "t_b"}, []),
        ({"purpose": "credit_administration"}, ["refused", "seen"]),
        ({"outcome": "refused"}, ["refused"]),
        ({"outcome": "opened"}, ["seen"]),
        ({"since": "TODAY", "until": "TODAY"}, ["refused", "seen"]),
        ({"until": "YESTERDAY"}, []),
        ({"since": "TOMORROW"}, []),
    ],
)
def test_filters(mine: MyCity, citizen: WebClient, query: dict[str, str], shown: list[str]) -> None:
    entries = {"seen": mine.office_looks().entry_id, "refused": mine.clerk_is_refused().entry_id}
    days = {"TODAY": 0, "YESTERDAY": -1, "TOMORROW": 1}
    asked = {
        key: (clock.today() + dt.timedelta(days[value])).isoformat() if value in days else value
        for key, value in query.items()
    }
    assert listed(page(citizen, "my:looks", **asked)) == [entries[name] for name in shown]


@pytest.mark.parametrize(
    "query",
    [{"since": "not a day"}, {"before": "x"}, {"before": "9" * 30}, {"unit": "<b>"}, {"outcome": "\x00"}],
)
def test_filters_that_make_no_sense_break_nothing(mine: MyCity, citizen: WebClient, query: dict[str, str]) -> None:
    mine.office_looks()
    assert "<b>" not in page(citizen, "my:looks", **query)


def test_dates_the_wrong_way_round_are_said(mine: MyCity, citizen: WebClient) -> None:
    assert "早于开始日期" in page(citizen, "my:looks", since="2026-05-02", until="2026-05-01")


def test_pages_hold_every_entry_once(mine: MyCity, citizen: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goodfaith.faces.my.looks.PAGE", 3)
    made = [mine.office_looks(f"核〔2026〕{n}号").entry_id for n in range(8)]
    found, address = [], reverse("my:looks")
    while address:
        text = citizen.get(address).content.decode()
        found += listed(text)
        after = re.search(r'href="(\?[^"]*before=\d+[^"]*)" rel="next"', text)
        address = reverse("my:looks") + after[1].replace("&amp;", "&") if after else ""
    assert found == made[::-1]


def test_the_gates_pages_are_read_to_the_end(
    mine: MyCity, citizen: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodfaith.faces.my.looks.GATE_PAGE", 2)
    made = [mine.office_looks(f"核〔2026〕{n}号").entry_id for n in range(5)]
    body = json.loads(citizen.get(reverse("my:looks_export", args=["json"])).content)
    assert [one["entry"] for one in body["looks"]] == made[::-1]
    assert page(citizen, "my:look", made[0])


def test_the_list_is_taken_away_as_a_table(mine: MyCity, citizen: WebClient) -> None:
    seen = mine.office_looks("=1+1")
    answer = citizen.get(reverse("my:looks_export", args=["csv"]))
    assert "attachment" in answer["Content-Disposition"] and answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0] == str(seen.entry_id) and rows[1][5] == "'=1+1", "no formula reaches a spreadsheet"


def test_the_filters_hold_for_the_file_too(mine: MyCity, citizen: WebClient) -> None:
    mine.office_looks()
    refused = mine.clerk_is_refused()
    body = json.loads(citizen.get(reverse("my:looks_export", args=["json"]), {"outcome": "refused"}).content)
    assert [one["entry"] for one in body["looks"]] == [refused.entry_id]
    assert citizen.get(reverse("my:looks_export", args=["pdf"])).status_code == 404


def test_nobody_sees_anothers_entry(mine: MyCity, web: WebClient) -> None:
    seen = mine.office_looks()
    for who in ("stranger", "enterprise"):
        web.force_login(mine.city.users[who])
        assert listed(page(web, "my:looks")) == []
        for name in ("my:look", "my:look_proof", "my:complain"):
            assert web.get(reverse(name, args=[seen.entry_id])).status_code == 404


def test_an_enterprise_reads_its_own_words(mine: MyCity, web: WebClient) -> None:
    web.force_login(mine.city.users["enterprise"])
    assert "谁查过本单位的档案" in page(web, "my:looks")


# -- one entry and its proof ------------------------------------------------------------------------------
def test_one_entry_says_everything(mine: MyCity, citizen: WebClient) -> None:
    text = page(citizen, "my:look", mine.office_looks().entry_id)
    for words in ("测试信用办", "公共信用信息管理", "个人信息保护法", "示信核〔2026〕7号", "这次查询对吗", "存证"):
        assert words in text, words


def test_the_proof_proves(mine: MyCity, citizen: WebClient) -> None:
    """Checked here with nothing but SHA-256: content to commitment, commitment to root."""
    for n in range(4):
        mine.office_looks(f"核〔2026〕{n}号")
    seen = mine.office_looks()
    my_city.seal_all()
    answer = citizen.get(reverse("my:look_proof", args=[seen.entry_id]), {"download": 1})
    proof = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    made = hashlib.sha256(bytes.fromhex(proof["salt"]) + proof["line"].encode()).hexdigest()
    assert made == proof["commitment"]
    path = [bytes.fromhex(one) for one in proof["path"]]
    leaf = tree.leaf_hash(bytes.fromhex(made))
    assert tree.verify_inclusion(leaf, proof["index"], proof["size"], path, bytes.fromhex(proof["root"]))
    assert proof["checkpoint"].split("\n")[1] == str(proof["size"]) and proof["keys"]


def test_an_entry_that_waits_to_be_sealed_says_so(mine: MyCity, citizen: WebClient) -> None:
    proof = json.loads(citizen.get(reverse("my:look_proof", args=[mine.office_looks().entry_id])).content)
    assert proof["index"] is None and proof["path"] is None and proof["line"]


def test_the_page_gives_the_browser_what_the_line_says(mine: MyCity, citizen: WebClient) -> None:
    """The script compares these places of the line with what the page shows; they must agree for every kind."""
    for entry in (mine.office_looks().entry_id, mine.clerk_is_refused().entry_id):
        text = page(citizen, "my:look", entry)
        shown = json.loads(re.search(r'id="proof-shown"[^>]*>(.*?)</script>', text)[1])  # type: ignore[index]
        line = gate.my_proof(mine.citizen.acting, entry).line.split("\t")
        assert {place: line[int(place)] for place in shown} == shown and len(shown) == 6


# -- delayed ---------------------------------------------------------------------------------------------
def test_a_delayed_look_is_not_there_before_its_day(mine: MyCity, citizen: WebClient) -> None:
    look = gate.open_file(
        acting=officer("clerk", "investigator").acting, purpose="investigation", number=("id_number", ID_NUMBER),
        case_no="侦〔2026〕1号", delay=Delay(clock.today() + dt.timedelta(days=30), "示例审批人"),
    )  # fmt: skip
    assert look.outcome == "opened"
    assert listed(page(citizen, "my:looks")) == [] and "没有未读消息" in page(citizen, "my:home")
    assert citizen.get(reverse("my:look", args=[look.entry_id])).status_code == 404
    assert citizen.get(reverse("my:look_proof", args=[look.entry_id])).status_code == 404


@pytest.mark.django_db
def test_a_delayed_look_says_by_which_law_and_whose_decision() -> None:
    statute = {"instrument": "pipl-2021", "article": "第十八条第一款", "checked": "mirror"}
    late = dataclasses.replace(
        entry(clock.now()), delayed={"statute": statute, "officer": "示例审批人", "until": "2026-05-06"}
    )
    (look,) = looking.looks([late])
    assert look.told_late and look.told_late.words == "依法推迟到2026年5月6日才告知您，决定推迟的是示例审批人。"
    assert [basis.article for basis in look.told_late.bases] == ["第十八条第一款"]


# -- complaints -------------------------------------------------------------------------------------------
def test_a_complaint_is_made_and_shown_with_its_clock(mine: MyCity, citizen: WebClient) -> None:
    seen = mine.office_looks()
    form = page(citizen, "my:complain", seen.entry_id)
    due = clock.today() + dt.timedelta(days=30)
    assert f"{due.year}年{due.month}月{due.day}日" in form and "征信业管理条例" in form
    address = reverse("my:complain", args=[seen.entry_id])
    nothing = citizen.post(address, {})
    assert nothing.status_code == 200 and "error-summary" in nothing.content.decode()
    made = citizen.post(address, {"about": "我没有办过这件事", "why": "我没有去过这个单位"})
    assert made.status_code == 302 and made["Location"] == reverse("my:complaints")
    told = page(citizen, "my:complaints")
    assert "我没有去过这个单位" in told and "正在核实" in told and "测试信用办" in told
    looks = page(citizen, "my:looks")
    assert "您的投诉" in looks and "这次查询对吗？" not in looks
    assert citizen.get(address)["Location"] == reverse("my:look", args=[seen.entry_id]), "once is enough"


def test_a_complaint_is_withdrawn_and_may_be_made_again(mine: MyCity, web: WebClient) -> None:
    seen = mine.office_looks()
    made = oversight.do_complain(acting=mine.citizen.acting, at=clock.now(), entry_id=seen.entry_id, text="不对")
    web.force_login(mine.city.users["enterprise"])
    assert web.post(reverse("my:complaint_withdraw", args=[made])).status_code == 404
    web.force_login(mine.citizen)
    assert web.post(reverse("my:complaint_withdraw", args=[made])).status_code == 302
    assert "已撤回" in page(web, "my:complaints") and "这次查询对吗？" in page(web, "my:looks")


def test_the_answer_is_told_and_shown(mine: MyCity, citizen: WebClient) -> None:
    seen = mine.office_looks()
    made = oversight.do_complain(acting=mine.citizen.acting, at=clock.now(), entry_id=seen.entry_id, text="不对")
    oversight.do_answer_complaint(
        acting=mine.city.users["auditor"].acting, at=clock.now(), complaint_id=made, finding="not_in_order",
        answer="查明没有案件，已移交处理。",
    )  # fmt: skip
    told = page(citizen, "my:complaints")
    assert "不符合规定" in told and "已移交处理" in told
    assert "您的投诉有了答复" in page(citizen, "my:messages")
    newest = gate.my_messages(mine.citizen.acting)[0]
    assert citizen.post(reverse("my:read"), {"message": newest.id})["Location"] == reverse("my:complaints")


def test_nobody_complains_about_oneself(mine: MyCity, citizen: WebClient) -> None:
    page(citizen, "my:home")
    own = gate.my_entries(mine.citizen.acting, kind="own")[0]
    assert citizen.get(reverse("my:complain", args=[own.id])).status_code == 302


def test_every_refusal_of_a_look_has_words_for_the_subject() -> None:
    """Those that are about the subject's own acts, or about no look at all, are read by whoever acts."""
    own_acts = {
        "not_own_delivery", "purpose_needs_no_consent", "party_not_for_purpose", "items_not_in_purpose", "until_past",
        "uses_not_positive", "reason_required", "entry_unknown", "consent_unknown", "consent_withdrawn",
        "request_unknown", "request_answered", "request_expired", "hold_standing", "no_hold", "consent_of_minor",
    }  # fmt: skip
    assert set(gate.REFUSALS) - own_acts == set(refusals.WHY)
    assert not [words for words in refusals.WHY.values() if "贵单位" in words or "您的岗位" in words]


# -- the chart --------------------------------------------------------------------------------------------
def entry(at: dt.datetime, outcome: str = "opened") -> EntryView:
    """An entry of that moment."""
    return EntryView(1, at, "officer", "甲", "t_a", "credit_administration", None, None, outcome, None, 1)


def test_the_chart_counts_months_of_china() -> None:
    night = dt.datetime(2026, 4, 30, 17, 30, tzinfo=dt.UTC)  # already May in China
    found = looks_chart.chart([entry(night), entry(night, "refused"), entry(night, "done")], dt.date(2026, 5, 2))
    assert found is not None
    assert found.x[0] == "2025-06" and found.x[-1] == "2026-05" and len(found.x) == 12
    assert [list(one.values)[-2:] for one in found.series] == [[0, 2]]
    assert "2 次，其中 1 次被拒绝" in str(found.says)
    assert looks_chart.chart([], dt.date(2026, 5, 2)) is None


@pytest.mark.parametrize(
    ("today", "first"),
    [(dt.date(2026, 12, 31), dt.date(2026, 1, 1)), (dt.date(2026, 1, 1), dt.date(2025, 2, 1))],
)
def test_the_chart_begins_eleven_months_ago(today: dt.date, first: dt.date) -> None:
    assert looks_chart.first_day(today) == first
