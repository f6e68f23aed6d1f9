"""My: repair, "not me", statements, requests, representation, messages, home."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.faces.parts.remedy import remedy
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import RecordView
from goodfaith.rights import actions, commitment, queries
from tests.city import ID_NUMBER, NAME, PENALTY, City, make_record
from tests.conftest import WebClient
from tests.faces.test_my_rights import PDF, Own, own


@pytest.fixture
def firm(city: City, web: WebClient) -> Own:
    return own(web, city, "enterprise")


@pytest.fixture
def citizen(city: City, web: WebClient) -> Own:
    return own(web, city, "citizen")


def opened_long_ago(city: City) -> uuid.UUID:
    """A second record of the same decision as the organisation's first; old enough for repair."""
    return make_record(city.organisation, unit="t_a", person=False)


def test_repair_takes_all_records_of_the_decision_a_route_and_a_signed_commitment(city: City, web: WebClient) -> None:
    second = opened_long_ago(city)
    firm = own(web, city, "enterprise")
    first = firm.get("my:repair", firm.record)
    assert first.count('name="records"') == 2 and first.count(" checked") >= 2, "both are chosen beforehand"
    both = [str(each.id) for each in _current(city, firm)]
    assert str(second) in both
    firm.post("my:repair", firm.record, records=both, kind="performed")
    case = firm.cases()[0]
    assert len(case.records) == 2 and case.kind == "performed"
    firm.post("my:write", case.id, claim="罚款已缴", papers=[SimpleUploadedFile("收据.pdf", PDF)], do="next")
    check = firm.get("my:check", case.id)
    assert all(text in check for text in commitment.COMMITMENTS[commitment.NEWEST])
    answer = firm.post("my:check", case.id, signed_name="示例测试有限公司 张示例")
    assert answer.status_code == 200 and "请读过以后勾选" in answer.content.decode() and firm.case().step == "draft"
    firm.post("my:check", case.id, signed_name="示例测试有限公司 张示例", agree="on")
    filed = firm.case()
    assert filed.step == "filed" and filed.facts["commitment_version"] == commitment.NEWEST
    assert "张示例" not in str(filed.facts), "a name stands sealed only"
    assert "张示例" in filed.text("commitment") and commitment.COMMITMENTS[commitment.NEWEST][0] in filed.text("commitment")
    assert "测试单位a" in firm.get("my:receipt_of", case.id), "who made the finding decides"


def _current(city: City, firm: Own) -> list[RecordView]:
    return list(gate.open_file(acting=firm.user.acting, purpose="self_access", subject_id=city.organisation).current)


def test_repair_too_early_is_refused_with_the_first_day(city: City, web: WebClient) -> None:
    fresh = make_record(city.organisation, unit="t_a", person=False, decided=clock.today() - dt.timedelta(days=3))
    firm = own(web, city, "enterprise")
    page = firm.get("my:repair", fresh, status=409)
    view = next(one for one in _current(city, firm) if one.id == fresh)
    panel = remedy(view)
    assert panel and panel.terms.earliest and panel.terms.earliest.isoformat() in page and "《信用修复管理办法》" in page
    assert "申请信用修复</a>" not in firm.get("my:record", fresh)
    assert not firm.cases()


def test_not_me_asks_once_more_who_one_is_and_suspends_at_once(citizen: Own) -> None:
    address = reverse("my:not_me", args=[citizen.record])
    asked = citizen.web.get(address)
    assert asked.status_code == 302 and asked["Location"].startswith(reverse("account_reauthenticate"))
    assert "再输入一次密码" in citizen.web.get(asked["Location"]).content.decode()
    assert citizen.web.post(asked["Location"], {"password": "demo"}).status_code == 302
    page = citizen.get("my:not_me", citizen.record)
    assert "立即暂停" in page and "不用您提供线索" in page
    answer = citizen.post("my:not_me", citizen.record, claim="没有去过")
    assert answer.status_code == 422 and not [one for one in citizen.cases() if one.step == "filed"]
    answer = citizen.post("my:not_me", citizen.record, claim="没有去过", sure="on")
    assert answer.status_code == 302
    record = citizen.get("my:record", citizen.record)
    assert "这条记录已经暂停使用" in record and "有异议，正在核实" in record
    assert "已经暂停" in citizen.web.get(answer.url).content.decode()
    assert "暂停的显示会恢复" in citizen.get("my:case_withdraw", citizen.case().id)


@pytest.mark.parametrize("who", ["citizen", "enterprise"])
def test_a_statement_is_made_changed_and_taken_back(city: City, web: WebClient, who: str) -> None:
    mine = own(web, city, who)
    page = mine.get("my:statement", mine.record)
    assert ("任何人都会看到" in page) == (who == "enterprise") and "最多 500 字" in page
    mine.post("my:statement", mine.record, text="当时系统故障，已当天改正。")
    assert "当时系统故障" in mine.get("my:record", mine.record)
    mine.post("my:statement", mine.record, text="改过的说明。")
    page = mine.get("my:record", mine.record)
    assert "改过的说明。" in page and "当时系统故障" not in page
    answer = mine.post("my:statement", mine.record, text=f"我的号码是 {ID_NUMBER}")
    assert "请去掉号码再提交" in answer.content.decode()
    assert "不再有您的话" in mine.get("my:statement_withdraw", mine.record)
    mine.post("my:statement_withdraw", mine.record)
    assert "改过的说明。" not in mine.get("my:record", mine.record)
    if who == "citizen":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM records_statement WHERE text IS NOT NULL")
            assert cursor.fetchone()[0] == 0, "a person's words stand sealed only"


def test_a_statement_that_the_office_hid_says_why(citizen: Own, city: City) -> None:
    citizen.post("my:statement", citizen.record, text="说明里骂了人。")
    file = gate.open_file(acting=citizen.user.acting, purpose="self_access", subject_id=city.person)
    assert file.current[0].statement
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM records_statement")
        found = cursor.fetchone()[0]
    office = city.users["credit_office"].acting
    actions.do_end_statement(acting=office, at=clock.now(), statement_id=found, ground="《民法典》第一千零二十四条：侮辱他人")
    page = citizen.get("my:statement", citizen.record)
    assert "被信用主管部门隐藏" in page and "侮辱他人" in page and "说明里骂了人。" in page
    assert "记录旁的说明被隐藏" in citizen.get("my:messages")


def test_the_page_of_requests_has_every_right_with_article_and_day(citizen: Own) -> None:
    page = citizen.get("my:requests")
    for words in ("查阅、复制我的信息", "删除我的信息", "说明处理规则", "拒绝自动化决策", "转移我的信息", "第四十七条", "第四十八条",
                  "第二十四条第三款", "第四十五条第三款", "被收取信用修复费用", "信息泄露", "今天提出，最晚"):  # fmt: skip
        assert words in page, words
    answer = citizen.post("my:ask", "request", "deletion")
    case = citizen.cases()[0]
    assert answer.url == reverse("my:write", args=[case.id]) and case.records == ()
    citizen.post("my:ask", "request", "deletion")
    assert len(citizen.cases()) == 1, "the draft is gone on with"
    citizen.post("my:write", case.id, claim="请删除过期的信息", do="next")
    citizen.post("my:check", case.id)
    assert citizen.case().step == "filed" and citizen.case().clocks
    assert citizen.post("my:ask", "objection", "wrong").status_code == 404
    assert citizen.post("my:ask", "request", "nothing").status_code == 404


def test_an_organisation_has_complaints_and_no_rights_of_people(firm: Own) -> None:
    page = firm.get("my:requests")
    assert "个人信息权利由自然人行使" in page and "被收取信用修复费用" in page and "删除我的信息" not in page
    assert firm.post("my:ask", "request", "deletion").status_code == 404
    assert firm.post("my:ask", "complaint", "paid_repair").status_code == 302


def test_who_stands_for_another_acts_in_the_case_and_either_ends_it(city: City, web: WebClient) -> None:
    owner = own(web, city, "citizen")
    case = owner.file()
    office = city.users["credit_office"].acting
    look = gate.open_file(acting=office, purpose="rights_counter", number=("id_number", ID_NUMBER), name=NAME,
                          case_no="示信窗〔2026〕1号")  # fmt: skip
    actions.do_represent(acting=office, at=clock.now(), subject_id=city.person, entry_id=look.entry_id, account="enterprise",
                         ground="agent", since=clock.today(), until=clock.today() + dt.timedelta(days=30))  # fmt: skip
    agent = WebClient()
    agent.force_login(city.users["enterprise"])
    listed = agent.get(reverse("my:cases")).content.decode()
    assert "您代理的" in listed and case.number in listed
    page = agent.get(reverse("my:case", args=[case.id])).content.decode()
    assert "您以代理人身份办理这件" in page and reverse("my:record", args=[owner.record]) not in page
    agent.post(reverse("my:case_add", args=[case.id]), {"text": "代为补充", "do": "say"})
    assert "代为补充" in owner.get("my:case", case.id)
    mine = owner.get("my:representations")
    assert "受托代理人" in mine and "结束代理" in mine
    assert "登记了一项代理" in owner.get("my:messages")
    found = next(one for one in queries.my_representations(owner.user.acting))
    assert "立即生效" in owner.get("my:representation_end", found["id"])
    owner.post("my:representation_end", found["id"])
    assert agent.get(reverse("my:case", args=[case.id])).status_code == 404
    assert "已经结束" in owner.get("my:representations")


def test_messages_tell_of_steps_and_of_new_findings(firm: Own, city: City) -> None:
    case = firm.file()
    office = city.users["credit_office"].acting
    actions.do_act(acting=office, at=clock.now(), case=queries.open_case(office, case.id), act="forward")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO gate_message (subject_id, kind, at, facts) VALUES (%s, 'finding', now(), jsonb_build_object("
            "'record', %s::text, 'item', %s::text, 'unit', 't_a'))", [city.organisation, str(firm.record), PENALTY],
        )  # fmt: skip
    page = firm.get("my:messages")
    for words in (f"办件 {case.number}：报送单位核实", "办理您的案件", "新的失信信息：", "测试单位a报送"):
        assert words in page, words
    home = firm.get("my:home")
    assert "1 件正在办" in home and "新的失信信息：" in home and reverse("my:case", args=[case.id]) in home
    top = home.index("下一步")
    assert top < home.index("件正在办") < home.index("一眼看清")


def test_the_contest_page_leads_to_the_ways_online(web: WebClient) -> None:
    page = web.get(reverse("public:contest")).content.decode()
    assert "三步就可以提交" in page and "还没有做好" not in page and "不收取任何费用" in page
