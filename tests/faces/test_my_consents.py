"""My: consents, requests, the hold and messages, as the subject meets them."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid

import pytest
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.gate import queries as gate
from tests.city import PENALTY, City
from tests.conftest import WebClient
from tests.faces import my_city
from tests.faces.my_city import PURPOSE, MyCity
from tests.faces.test_my_looks import page

NEXT_YEAR = (clock.today() + dt.timedelta(days=365)).isoformat()
ANSWERS = {"party": "t_bank", "items": [PENALTY], "until": NEXT_YEAR, "uses": "2"}


@pytest.fixture
def mine(city: City) -> MyCity:
    return my_city.make(city)


@pytest.fixture
def citizen(mine: MyCity, web: WebClient) -> WebClient:
    """The web, with the city's person logged in."""
    web.force_login(mine.citizen)
    return web


# -- requests ---------------------------------------------------------------------------------------------
def test_a_request_is_told_clearly_before_it_is_answered(mine: MyCity, citizen: WebClient) -> None:
    asked = mine.ask()
    assert "测试银行" in page(citizen, "my:home") and "测试银行" in page(citizen, "my:consents")
    notice = page(citizen, "my:request", asked)
    for words in ("测试银行", "授信审查", "行政处罚", "办理住房贷款", "最多 3 次", "对方会看到", "对方看不到", "当日为止"):
        assert words in notice, words
    buttons = re.findall(r'<button class="([^"]*)" name="answer" value="(\w+)"', notice)
    assert buttons == [("button", "accept"), ("button", "decline")], "two equal buttons, none of them the default"


def test_accepting_lets_the_bank_look(mine: MyCity, citizen: WebClient) -> None:
    asked = mine.ask()
    assert mine.bank_looks().refusal == "consent_missing"
    answered = citizen.post(reverse("my:request", args=[asked]), {"answer": "accept"})
    assert mine.bank_looks().outcome == "opened"
    told = citizen.get(answered["Location"]).content.decode()
    assert "已使用 1 次" in told and "看到 1 条信息" in told and "贷〔2026〕8号" in told


def test_declining_tells_the_bank_nothing(mine: MyCity, citizen: WebClient) -> None:
    asked = mine.ask()
    assert citizen.post(reverse("my:request", args=[asked]), {"answer": "decline"})["Location"] == reverse("my:consents")
    assert mine.bank_looks().refusal == "consent_missing"
    assert "未同意" in page(citizen, "my:consents")
    assert 'name="answer"' not in page(citizen, "my:request", asked)
    again = citizen.post(reverse("my:request", args=[asked]), {"answer": "accept"})
    assert again.status_code == 422 and "已经答复过" in again.content.decode()


def test_no_answer_is_no_consent(mine: MyCity, citizen: WebClient) -> None:
    asked = mine.ask()
    assert citizen.post(reverse("my:request", args=[asked]), {}).status_code == 200
    assert citizen.post(reverse("my:request", args=[asked]), {"answer": "yes"}).status_code == 200
    assert [one.state for one in gate.my_requests(mine.citizen.acting)] == ["waiting"]


def test_anothers_request_is_not_there(mine: MyCity, web: WebClient) -> None:
    asked = mine.ask()
    web.force_login(mine.city.users["enterprise"])
    assert web.get(reverse("my:request", args=[asked])).status_code == 404
    assert web.post(reverse("my:request", args=[asked]), {"answer": "accept"}).status_code == 404
    assert gate.my_requests(mine.citizen.acting)[0].state == "waiting"


# -- giving -----------------------------------------------------------------------------------------------
def test_nothing_is_chosen_beforehand(citizen: WebClient, mine: MyCity) -> None:
    form = page(citizen, "my:give_for", PURPOSE)
    assert "checked" not in form
    assert 'value="t_bank"' in form and 'value="t_a"' not in form, "only units that may use this purpose"


def test_giving_goes_through_a_check_of_the_answers(mine: MyCity, citizen: WebClient) -> None:
    address = reverse("my:give_for", args=[PURPOSE])
    check = citizen.post(address, ANSWERS | {"step": "check"}).content.decode()
    assert "核对这份授权" in check and "测试银行" in check and not gate.my_consents(mine.citizen.acting)
    change = citizen.post(address, ANSWERS | {"step": "change"}).content.decode()
    assert 'checked' in change and NEXT_YEAR in change and not gate.my_consents(mine.citizen.acting)
    given = citizen.post(address, ANSWERS | {"step": "give"})
    (made,) = gate.my_consents(mine.citizen.acting)
    assert given["Location"] == reverse("my:consent", args=[made.id])
    assert (made.party_unit, made.items, made.uses) == ("t_bank", [PENALTY], 2)
    assert mine.bank_looks().outcome == "opened"


@pytest.mark.parametrize(
    "wrong",
    [
        {"party": ""}, {"party": "t_a"}, {"items": []}, {"items": ["no.such"]}, {"until": ""}, {"until": "2020-01-01"},
        {"uses": "0"}, {"uses": "x"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", ["check", "give"])
def test_what_is_missing_is_said_and_nothing_given(
    mine: MyCity, citizen: WebClient, wrong: dict[str, object], step: str
) -> None:
    answer = citizen.post(reverse("my:give_for", args=[PURPOSE]), {**ANSWERS, "step": step, **wrong})
    assert "error-summary" in answer.content.decode()
    assert not gate.my_consents(mine.citizen.acting)


@pytest.mark.parametrize("purpose", ["credit_administration", "self_access", "no_such"])
def test_purposes_of_the_law_are_not_given(citizen: WebClient, purpose: str) -> None:
    assert citizen.get(reverse("my:give_for", args=[purpose])).status_code == 404


# -- withdrawing, receipts --------------------------------------------------------------------------------
def test_withdrawal_names_what_follows_and_holds_at_once(mine: MyCity, citizen: WebClient) -> None:
    consent = mine.grant()
    asked = page(citizen, "my:withdraw", consent)
    assert "立即不能再" in asked and gate.my_consents(mine.citizen.acting)[0].state == "in_force"
    assert citizen.post(reverse("my:withdraw", args=[consent])).status_code == 302
    assert mine.bank_looks().refusal == "consent_missing"
    told = page(citizen, "my:consent", consent)
    assert "已撤回" in told and reverse("my:withdraw", args=[consent]) not in told
    assert citizen.get(reverse("my:withdraw", args=[consent])).status_code == 302


def test_the_receipt(mine: MyCity, citizen: WebClient) -> None:
    consent = mine.grant()
    assert "授权收据" in page(citizen, "my:receipt", consent)
    answer = citizen.get(reverse("my:receipt", args=[consent]), {"download": 1})
    assert "attachment" in answer["Content-Disposition"]
    assert str(consent) in json.dumps(json.loads(answer.content))


@pytest.mark.parametrize("name", ["my:consent", "my:withdraw", "my:receipt"])
def test_anothers_consent_is_not_there(mine: MyCity, web: WebClient, name: str) -> None:
    consent = mine.grant()
    web.force_login(mine.city.users["enterprise"])
    assert web.get(reverse(name, args=[consent])).status_code == 404
    if name == "my:withdraw":
        assert web.post(reverse(name, args=[consent])).status_code == 404
        assert gate.my_consents(mine.citizen.acting)[0].state == "in_force"


# -- the hold ---------------------------------------------------------------------------------------------
def test_a_hold_stops_the_bank_and_not_the_office(mine: MyCity, citizen: WebClient) -> None:
    mine.grant()
    address = reverse("my:hold")
    assert "现在有 1 份有效的授权会停用" in page(citizen, "my:hold")
    assert citizen.post(address, {"do": "place"}).status_code == 302
    assert mine.bank_looks().refusal == "on_hold" and mine.office_looks().outcome == "opened"
    assert "已冻结" in page(citizen, "my:home") and "查询已冻结" in page(citizen, "my:consents")
    assert citizen.post(address, {"do": "lift"}).status_code == 302
    assert mine.bank_looks().outcome == "opened"
    told = page(citizen, "my:hold")
    assert "没有冻结" in told and "冻结查询" in told and "解除查询冻结" in told


def test_looking_at_the_hold_does_nothing(mine: MyCity, citizen: WebClient) -> None:
    page(citizen, "my:hold", do="place")
    assert citizen.post(reverse("my:hold"), {"do": "?"}).status_code == 302
    assert gate.my_hold(mine.citizen.acting) is None


# -- messages ---------------------------------------------------------------------------------------------
def unread(mine: MyCity) -> int:
    return len(gate.my_messages(mine.citizen.acting, unread_only=True))


def test_each_look_leaves_a_message_that_leads_to_it(mine: MyCity, citizen: WebClient) -> None:
    seen, asked = mine.office_looks(), mine.ask()
    assert unread(mine) == 2
    text = page(citizen, "my:messages")
    assert "测试信用办" in text and "测试银行请求您授权" in text and "未读" in text
    newest, older = gate.my_messages(mine.citizen.acting)
    to_request = citizen.post(reverse("my:read"), {"message": newest.id})
    assert to_request["Location"] == reverse("my:request", args=[asked]) and unread(mine) == 1
    assert citizen.post(reverse("my:read"), {"message": older.id})["Location"] == reverse("my:look", args=[seen.entry_id])
    assert unread(mine) == 0


def test_all_are_read_at_once(mine: MyCity, citizen: WebClient) -> None:
    for n in range(3):
        mine.office_looks(f"核〔2026〕{n}号")
    assert "3 条未读" in page(citizen, "my:messages")
    assert citizen.post(reverse("my:read"))["Location"] == reverse("my:messages")
    assert unread(mine) == 0 and "未读" not in page(citizen, "my:messages")


def test_more_messages_than_the_page_shows(
    mine: MyCity, citizen: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodfaith.faces.my.mail.SHOWN", 2)
    for n in range(4):
        mine.office_looks(f"核〔2026〕{n}号")
    text = page(citizen, "my:messages")
    assert text.count('class="card message') == 2 and "4 条未读" in text and "更早的消息" in text
    citizen.post(reverse("my:read"))
    assert unread(mine) == 0, "those further down too"


def test_nobody_reads_anothers_messages(mine: MyCity, web: WebClient) -> None:
    mine.office_looks()
    message = gate.my_messages(mine.citizen.acting)[0]
    web.force_login(mine.city.users["enterprise"])
    web.post(reverse("my:read"), {"message": message.id})
    web.post(reverse("my:read"))
    assert unread(mine) == 1


def test_the_way_to_messages_counts_the_unread(mine: MyCity, citizen: WebClient) -> None:
    assert 'class="count"' not in page(citizen, "my:consents")
    mine.office_looks()
    assert re.search(r'class="count">1<', page(citizen, "my:consents"))


def test_ids_are_uuids(citizen: WebClient) -> None:
    assert citizen.get(reverse("my:consent", args=[uuid.UUID(int=1)])).status_code == 404
