"""权益 at the desk: who sees which cases, what each act's pages ask and show, what the letters say."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.gate import queries as gate
from goodfaith.rights import actions, queries, timing
from goodfaith.rights.desk_queries import UnitFigure
from tests.city import NAME, City, make_record
from tests.conftest import WebClient, as_role
from tests.faces import rights_desk as desk
from tests.faces.rights_desk import page, through

WEB = "goodfaith_web"
ANSWER = {"answer": "经调取决定原件核对，记录与原件一致。\r\n报送文件没有改动。", "reconsideration_to": "示例市人民政府",
          "reconsideration_day": "2030-01-02"}  # fmt: skip


@pytest.fixture
def clerk(city: City, web: WebClient) -> WebClient:
    web.force_login(city.users["clerk"])
    return web


@pytest.fixture
def office(city: City, web: WebClient) -> WebClient:
    web.force_login(city.users["credit_office"])
    return web


# -- the inbox ------------------------------------------------------------------------------------------


def test_the_inbox_says_whose_turn_it_is_and_until_when(city: City, office: WebClient) -> None:
    with as_role(WEB):
        made = desk.file(city)
    text = page(office, "desk:rights")
    assert made.number in text and "个工作日" in text and "等待分办" in text
    assert NAME not in text and "示例测试有限公司" not in text


def test_a_clerk_sees_the_cases_of_the_own_unit_only(city: City, web: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    for who, there in (("clerk", True), ("other_clerk", False), ("credit_office", True), ("auditor", False)):
        web.force_login(city.users[who])
        assert (made.number in page(web, "desk:rights", view="open")) is there, who


def test_the_inbox_filters_sorts_and_exports(city: City, office: WebClient) -> None:
    with as_role(WEB):
        objection = desk.file(city)
        complaint = desk.file(city, procedure="complaint", kind="leak", records=False)
    text = page(office, "desk:rights", view="open", procedure="complaint")
    assert complaint.number in text and objection.number not in text
    assert "没有符合条件的案件" in page(office, "desk:rights", view="open", number="Y0")
    by_number = page(office, "desk:rights", view="open", sort="-number")
    assert by_number.index(objection.number) < by_number.index(complaint.number)  # Y… after T…
    answer = office.get(reverse("desk:rights_export"), {"view": "open"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == {objection.number, complaint.number}


@pytest.mark.parametrize("who", ["clerk", "credit_office", "auditor"])
def test_an_empty_inbox_says_what_will_come(city: City, web: WebClient, who: str) -> None:
    web.force_login(city.users[who])
    assert "没有" in page(web, "desk:rights")


# -- the case -------------------------------------------------------------------------------------------


def test_the_case_has_the_law_beside_it(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    text = page(clerk, "desk:rights_case", made.id)
    for said in ("罚款金额多写了一个零", "期限和依据", "这一步依据什么", "《个人信息保护法》第四十六条", "记录公示多久",
                 "记录的目录依据", "未核对", "核实无误", "更正", "有异议"):  # fmt: skip
        assert said in text, said
    assert "个工作日" in text


def test_a_case_of_another_unit_is_not_there(city: City, web: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    web.force_login(city.users["other_clerk"])
    for name, arguments in (("rights_case", []), ("rights_letter", []), ("rights_act", ["maintain"])):
        answer = web.get(reverse(f"desk:{name}", args=[made.id, *arguments]), {"act": "forward"})
        assert answer.status_code == 404
        assert "示例测试有限公司" not in answer.content.decode()


def test_maintaining_states_the_remedy_and_writes_a_numbered_letter(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    shown, answer = through(clerk, made.id, "maintain", ANSWER)
    assert "异议处理结果告知书" in shown and "发出时编号" in shown and "2030年1月2日" in shown
    assert answer.status_code == 302
    with as_role(WEB):
        case = queries.my_case(city.users["enterprise"].acting, made.id)
    assert case.outcome == "maintained" and case.facts["remedy"]["last_day"] == "2030-01-02"
    assert case.facts["letter_no"].startswith("单位a信函〔") and case.facts["letter_no"].endswith("〕1号")
    letter = clerk.get(reverse("desk:rights_letter", args=[made.id]), {"act": "maintain"})
    assert letter.status_code == 200 and letter.content.startswith(b"%PDF-")
    assert "单位a信函" in page(clerk, "desk:rights_case", made.id)


def test_without_a_remedy_nothing_is_decided_and_what_was_typed_stays(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    address = reverse("desk:rights_act", args=[made.id, "maintain"])
    answer = clerk.post(address, {"answer": "核对过了", "expect": "source"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "至少写明一种救济途径" in text and "核对过了" in text
    with as_role(WEB):
        assert queries.my_case(city.users["enterprise"].acting, made.id).is_open


def test_a_case_that_moved_meanwhile_is_told_with_the_way_to_it(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
        desk.act(city, "clerk", made.id, "give_back", texts={"answer": "不是本单位的"})
        desk.act(city, "credit_office", made.id, "forward")
    address = reverse("desk:rights_act", args=[made.id, "maintain"])
    answer = clerk.post(address, ANSWER | {"expect": "filed", "confirmed": "yes"})
    assert answer.status_code == 409
    assert reverse("desk:rights_case", args=[made.id]) in answer.content.decode()


def test_the_draft_is_a_pdf_of_what_is_typed(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    address = reverse("desk:rights_draft", args=[made.id, "maintain"])
    answer = clerk.post(address, ANSWER | {"expect": "source"})
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF-")
    assert clerk.post(address, {"expect": "source"}).status_code == 422
    with as_role(WEB):
        assert queries.my_case(city.users["enterprise"].acting, made.id).is_open


def test_annulling_names_how_many_units_are_told(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        _other_unit_looks(city)
        made = desk.with_the_source(city, kind="no_basis")
    shown, answer = through(clerk, made.id, "annul", ANSWER | {"number": "示复决〔2026〕5号"})
    assert "1 个单位会收到通知" in shown and "测试单位b" in shown
    assert answer.status_code == 302
    text = page(clerk, "desk:rights_case", made.id)
    assert "用过旧内容的单位" in text and "单位b" in text and "等待确认" in text and "第 2 版" in text


def _other_unit_looks(city: City) -> None:
    opened = gate.open_file(
        acting=city.users["other_clerk"].acting, purpose="rights_counter", subject_id=city.organisation, case_no="示查1号"
    )
    assert opened.outcome == "opened" and opened.current


def test_the_officer_who_wrote_it_down_does_not_decide_it(city: City, clerk: WebClient) -> None:
    number, name = ("uscc", "91990101MA0000007H"), "示例测试有限公司"
    opened = clerk.post(reverse("desk:rights_counter"), {
        "channel": "counter", "kind": number[0], "number": number[1], "name": name, "paper": "licence", "note": "",
    })  # fmt: skip
    text = opened.content.decode()
    assert "示例测试有限公司提出什么" in text
    sealed = dict(desk.HIDDEN.findall(text))["opened"]
    with as_role(WEB):
        record = desk.record_of(city)
    filed = clerk.post(reverse("desk:rights_file"), {
        "opened": sealed, "what": "objection/wrong", "records": [str(record)], "claim": "当事人说金额不对",
    })  # fmt: skip
    assert filed.status_code == 302
    case_id = uuid.UUID(filed["Location"].split("/")[-3])
    receipt = clerk.get(reverse("desk:rights_letter", args=[case_id]), {"act": "file"})
    assert receipt.content.startswith(b"%PDF-")
    with as_role(WEB):
        desk.act(city, "credit_office", case_id, "forward")
    text = page(clerk, "desk:rights_case", case_id)
    assert "须由另一位工作人员作决定" in text
    assert reverse("desk:rights_act", args=[case_id, "maintain"]) not in text
    barred = clerk.get(reverse("desk:rights_act", args=[case_id, "maintain"]))
    assert barred.status_code == 409 and "不能自己作决定" in barred.content.decode()


def test_a_name_that_does_not_fit_its_number_opens_nothing(city: City, clerk: WebClient) -> None:
    answer = clerk.post(reverse("desk:rights_counter"), {
        "channel": "counter", "kind": "uscc", "number": "91990101MA0000007H", "name": "别的公司", "paper": "licence",
    })  # fmt: skip
    text = answer.content.decode()
    assert "不一致" in text and "示罚" not in text


def test_what_another_officer_opened_is_of_no_use(city: City, web: WebClient) -> None:
    web.force_login(city.users["clerk"])
    opened = web.post(reverse("desk:rights_counter"), {
        "channel": "counter", "kind": "uscc", "number": "91990101MA0000007H", "name": "示例测试有限公司", "paper": "licence",
    })  # fmt: skip
    sealed = dict(desk.HIDDEN.findall(opened.content.decode()))["opened"]
    web.force_login(city.users["other_clerk"])
    for forged in (sealed, sealed[:-1] + "x", ""):
        answer = web.post(reverse("desk:rights_file"), {"opened": forged, "what": "complaint/leak", "claim": "x"})
        assert answer.status_code == 409


def test_a_representation_is_entered_at_the_counter(city: City, clerk: WebClient) -> None:
    opened = clerk.post(reverse("desk:rights_counter"), {
        "channel": "counter", "kind": "uscc", "number": "91990101MA0000007H", "name": "示例测试有限公司",
        "paper": "authority",
    })  # fmt: skip
    sealed = dict(desk.HIDDEN.findall(opened.content.decode()))["opened"]
    said = {"opened": sealed, "account": "citizen", "ground": "agent", "since": "2026-01-01", "until": "2030-01-01"}
    assert "没有这个账号" in clerk.post(reverse("desk:rights_represent"), said | {"account": "nobody"}).content.decode()
    assert clerk.post(reverse("desk:rights_represent"), said).status_code == 200
    with as_role(WEB):
        found = queries.my_representations(city.users["citizen"].acting)
    assert [one["direction"] for one in found] == ["for"]


# -- other acts ------------------------------------------------------------------------------------------


def test_what_is_missing_is_asked_for_once_and_whole(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    said = {"what_1": "缴款凭证", "why_1": "核对金额", "how_1": "向银行打印", "supply_by": "2030-01-04"}
    half = clerk.post(reverse("desk:rights_act", args=[made.id, "ask"]), said | {"what_2": "授权书", "expect": "source"})
    assert half.status_code == 422 and "没有写全" in half.content.decode()
    shown, answer = through(clerk, made.id, "ask", said)
    assert "补正材料通知书" in shown and answer.status_code == 302
    letter = clerk.get(reverse("desk:rights_letter", args=[made.id]), {"act": "ask"})
    assert letter.content.startswith(b"%PDF-")


def test_a_case_is_delegated_urged_and_extended(city: City, web: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    web.force_login(city.users["clerk"])
    through(web, made.id, "delegate", {"officer": str(city.users["clerk"].pk)})
    assert made.number in page(web, "desk:rights", view="mine")
    shown, answer = through(web, made.id, "extend", {"reason": "须向外地机关调取原件"})
    assert "延长办理期限告知书" in shown and answer.status_code == 302
    assert web.get(reverse("desk:rights_letter", args=[made.id]), {"act": "extend"}).status_code == 200
    web.force_login(city.users["credit_office"])
    _shown, answer = through(web, made.id, "urge", {"answer": "请本周办结"})
    assert answer.status_code == 302
    assert "请本周办结" in page(web, "desk:rights_case", made.id)


@pytest.mark.parametrize(("procedure", "kind", "code", "said"), [
    ("repair", "performed", "grant", {"answer": "公示已满最短期限，罚款已缴清。"}),
    ("repair", "performed", "deny", {"found": "核对了缴款凭证。", "why": "还有五千元没有缴清。"}),
])  # fmt: skip
def test_repair_is_decided_by_the_unit_that_made_the_finding(
    city: City, clerk: WebClient, procedure: str, kind: str, code: str, said: dict[str, str]
) -> None:
    with as_role(WEB):
        made = desk.file(city, procedure=procedure, kind=kind)
    shown, _answer = through(clerk, made.id, "accept", {})
    assert "受理通知书" in shown and "个工作日" in shown
    remedy = {"reconsideration_to": "示例市人民政府", "reconsideration_day": "2030-01-02"}
    shown, answer = through(clerk, made.id, code, said | remedy)
    assert "信用修复决定书" in shown and answer.status_code == 302
    assert clerk.get(reverse("desk:rights_letter", args=[made.id]), {"act": code}).content.startswith(b"%PDF-")


def test_complaints_and_requests_are_answered_by_the_office(city: City, office: WebClient) -> None:
    remedy = {"litigation_to": "示例市中级人民法院", "litigation_day": "2030-01-02"}
    for procedure, kind, code, title in (
        ("complaint", "leak", "uphold", "投诉办理答复书"), ("complaint", "leak", "dismiss", "投诉办理答复书"),
        ("request", "copy", "grant", "个人信息权利请求答复书"), ("request", "deletion", "deny", "个人信息权利请求答复书"),
    ):  # fmt: skip
        with as_role(WEB):
            made = desk.file(city, procedure=procedure, kind=kind, records=False)
        shown, answer = through(office, made.id, code, {"answer": "已核实。"} | remedy)
        assert title in shown and answer.status_code == 302, (procedure, code)
        letter = office.get(reverse("desk:rights_letter", args=[made.id]), {"act": code})
        assert letter.content.startswith(b"%PDF-"), (procedure, code)


def test_forwarding_has_a_letter_for_each_side(city: City, office: WebClient) -> None:
    with as_role(WEB):
        made = desk.file(city)
    shown, answer = through(office, made.id, "forward", {})
    assert "受理通知书" in shown and answer.status_code == 302
    for to in ({}, {"to": "unit"}):
        letter = office.get(reverse("desk:rights_letter", args=[made.id]), {"act": "forward", **to})
        assert letter.content.startswith(b"%PDF-")
    missing = office.get(reverse("desk:rights_letter", args=[made.id]), {"act": "maintain"})
    assert missing.status_code == 404


def test_the_right_subject_is_searched_by_number_and_name(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city, kind="not_me")
    assert reverse("desk:rights_subject", args=[made.id]) in page(clerk, "desk:rights_act", made.id, "unlink")
    address = reverse("desk:rights_subject", args=[made.id])
    good = {"kind": "uscc", "number": "91990101MA0000007H", "name": "示例测试有限公司"}
    text = clerk.post(address, good).content.decode()
    assert "一致，平台有这个主体的档案" in text and reverse("desk:intake_item", args=["licensing.administrative_penalty"]) in text
    assert "不一致" in clerk.post(address, good | {"name": "别的公司"}).content.decode()
    assert clerk.post(address, {"kind": "uscc", "name": "示例测试有限公司"}).status_code == 422


def test_papers_are_added_and_opened(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    address = reverse("desk:rights_paper_add", args=[made.id])
    bad = clerk.post(address, {"file": SimpleUploadedFile("a.pdf", b"MZ"), "for_subject": "no"})
    assert bad.status_code == 422 and "不是 PDF" in bad.content.decode()
    good = clerk.post(address, {"file": SimpleUploadedFile("原件.pdf", b"%PDF-1.7\n%%EOF"), "for_subject": "no"})
    assert good.status_code == 302
    with as_role(WEB):
        paper = queries.open_case(city.users["clerk"].acting, made.id).papers[0]
        assert not queries.my_case(city.users["enterprise"].acting, made.id).papers
    answer = clerk.get(reverse("desk:rights_paper", args=[paper.id]))
    assert answer.content.startswith(b"%PDF-") and answer["Content-Disposition"].startswith("inline")


# -- the guide, recalls, figures --------------------------------------------------------------------------


def test_the_guide_to_repair_is_printed_and_not_kept(city: City, office: WebClient) -> None:
    query = {"item": "licensing.administrative_penalty", "decided_on": "2026-06-01"}
    text = page(office, "desk:repair_guide", **query)
    assert "最早申请修复：" in text and "排印告知书" in text
    address = f"{reverse('desk:repair_guide')}?item={query['item']}&decided_on={query['decided_on']}"
    codes = set(re.findall(r'name="class_code" value="([^"]+)"', text))
    assert codes
    for code in codes:
        answer = office.post(address, {"class_code": code, "document_no": "示罚〔2026〕9号", "party": "示例公司"})
        assert answer.content.startswith(b"%PDF-"), code
    assert office.post(address, {"class_code": sorted(codes)[0]}).status_code == 422


def test_a_recall_is_confirmed_by_its_recipient(city: City, web: WebClient) -> None:
    with as_role(WEB):
        _other_unit_looks(city)
        made = desk.with_the_source(city)
        desk.act(city, "clerk", made.id, "annul", texts={"answer": "已撤销"}, facts={"remedy": desk.REMEDY})
    web.force_login(city.users["other_clerk"])
    text = page(web, "desk:recalls")
    assert "决定被撤销、变更" in text and "等待确认" in text
    with as_role(WEB):
        notice = queries.unit_notices(city.users["other_clerk"].acting)[0]
    text = page(web, "desk:recall", notice.id)
    assert "示查1号" in text and "请贵单位做到" in text and "示例测试有限公司" not in text
    assert web.get(reverse("desk:recall_letter", args=[notice.id])).content.startswith(b"%PDF-")
    assert web.get(reverse("desk:recall_signed", args=[notice.id])).status_code == 409
    assert web.post(reverse("desk:recall", args=[notice.id]), {}).status_code == 422
    assert web.post(reverse("desk:recall", args=[notice.id]), {"done": "deleted"}).status_code == 302
    assert web.post(reverse("desk:recall", args=[notice.id]), {"done": "deleted"}).status_code == 409
    assert "已删除所存的内容" in page(web, "desk:recall", notice.id)
    assert openpyxl.load_workbook(io.BytesIO(web.get(reverse("desk:recalls_export")).content)).worksheets[0].max_row == 2
    web.force_login(city.users["clerk"])
    assert web.get(reverse("desk:recall", args=[notice.id])).status_code == 404
    web.force_login(city.users["credit_office"])
    assert "单位b" in page(web, "desk:recalls")
    assert "由收到通知的单位确认" not in page(web, "desk:recall", notice.id)


def test_an_unconfirmed_recall_is_red(city: City, web: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "confirm_by", lambda _today: dt.date(2026, 1, 5))
    with as_role(WEB):
        _other_unit_looks(city)
        made = desk.with_the_source(city)
        desk.act(city, "clerk", made.id, "annul", texts={"answer": "已撤销"}, facts={"remedy": desk.REMEDY})
    with connection.cursor() as cursor:
        cursor.execute("SELECT rights.remind(5, 6)")
    web.force_login(city.users["other_clerk"])
    text = page(web, "desk:recalls", state="unconfirmed")
    assert "tag-restraint" in text and "逾期未确认" in text
    with as_role(WEB):
        notice = queries.unit_notices(city.users["other_clerk"].acting)[0]
    assert "已催办 1 次" in page(web, "desk:recall", notice.id)


def test_a_unit_that_confirms_nearly_everything_stands_out(city: City, office: WebClient) -> None:
    def figure(decided: int, maintained: int) -> UnitFigure:
        return UnitFigure("objection", "t_a", decided, 0, decided, maintained, 3.0, 5, 0, 0)

    assert figure(20, 19).stands_out and not figure(19, 19).stands_out and not figure(20, 18).stands_out
    for _ in range(3):
        with as_role(WEB):
            made = desk.with_the_source(city)
            desk.act(city, "clerk", made.id, "maintain", texts={"answer": "无误"}, facts={"remedy": desk.REMEDY})
    text = page(office, "desk:rights_figures")
    assert "单位a" in text and "核实无误" in text and "没有单位几乎全部核实无误" in text and "100.0%" in text
    for table, least in (("units", 2), ("kinds", 2), ("recalls", 1)):
        answer = office.get(reverse("desk:rights_figures_export"), {"table": table})
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].max_row >= least


def test_no_page_shows_a_whole_name_to_who_has_not_reported_it(city: City, office: WebClient) -> None:
    with as_role(WEB):
        acting = city.users["citizen"].acting
        own = gate.open_file(acting=acting, purpose="self_access", subject_id=city.person)
        made = actions.do_open(acting=acting, at=clock.now(), procedure="objection", kind="wrong",
                               records=[own.current[0].id], texts={"claim": "不对"})  # fmt: skip
        actions.do_act(acting=acting, at=clock.now(), case=queries.my_case(acting, made.id), act="file")
    text = page(office, "desk:rights_case", made.id)
    assert NAME not in text and "只有报送这条记录的单位看得到" in text
    posted = office.post(reverse("desk:rights_letter", args=[made.id]), {"act": "file", "addressee": NAME})
    assert posted.status_code == 200 and posted.content.startswith(b"%PDF-")


def test_the_same_fact_elsewhere_is_shown(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    assert "同一事实还在别处" not in page(clerk, "desk:rights_case", made.id)
    make_record(city.organisation, unit="t_b", person=False)  # the same document number, reported by another unit
    text = page(clerk, "desk:rights_case", made.id)
    assert "同一事实还在别处" in text and "单位b" in text


def test_words_beside_a_record_are_hidden_with_a_ground_only(city: City, office: WebClient) -> None:
    with as_role(WEB):
        made = desk.file(city)
        said = actions.do_make_statement(acting=city.users["enterprise"].acting, at=clock.now(),
                                         record_id=desk.record_of(city), text="我们已经整改", seal=None)  # fmt: skip
    address = reverse("desk:rights_statement", args=[made.id, said])
    assert "我们已经整改" in page(office, "desk:rights_case", made.id)
    assert address in page(office, "desk:rights_case", made.id)
    assert office.post(address, {"ground": " "}).status_code == 422
    assert office.post(address, {"ground": "依《民法典》第一千零二十四条"}).status_code == 302
    assert "我们已经整改" not in page(office, "desk:rights_case", made.id)
    with as_role(WEB):
        told = queries.my_statements(city.users["enterprise"].acting)[0]
    assert (told.ended_by, told.ground) == ("office", "依《民法典》第一千零二十四条")


def test_the_auditor_sees_what_is_overdue_at_the_office(city: City, web: WebClient) -> None:
    with as_role(WEB):
        fresh = desk.file(city, procedure="complaint", kind="leak", records=False)
        old = clock.now() - dt.timedelta(days=200)
        made = desk.file(city, procedure="complaint", kind="handling", records=False, at=old)
    web.force_login(city.users["auditor"])
    assert fresh.number not in page(web, "desk:rights") and fresh.number not in page(web, "desk:home")
    assert made.number in page(web, "desk:rights") and made.number in page(web, "desk:home")
    text = page(web, "desk:rights_case", made.id)
    assert "已经逾期" in text and "督办" in text
    assert web.get(reverse("desk:rights_act", args=[made.id, "uphold"])).status_code == 409


def test_a_letter_without_an_address_keeps_nobody_from_deciding(
    city: City, clerk: WebClient, settings: Any
) -> None:
    settings.RIGHTS = settings.RIGHTS | {"address": "", "phone": ""}
    with as_role(WEB):
        made = desk.with_the_source(city)
    shown, answer = through(clerk, made.id, "maintain", ANSWER)
    assert "不影响办理" in shown and answer.status_code == 302
    assert clerk.get(reverse("desk:rights_letter", args=[made.id]), {"act": "maintain"}).status_code == 422


def test_the_first_page_says_what_waits(city: City, clerk: WebClient) -> None:
    with as_role(WEB):
        made = desk.with_the_source(city)
    text = page(clerk, "desk:home")
    assert made.number in text and "1 件权益案件等着办" in text
