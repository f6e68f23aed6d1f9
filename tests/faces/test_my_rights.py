"""My: from a record to a filed case in three steps, the cases, and nothing of anybody else."""

from __future__ import annotations

import dataclasses
import json
import re
import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.faces.my import record_words
from goodfaith.faces.parts import case_words
from goodfaith.gate import queries as gate
from goodfaith.parties.models import User
from goodfaith.rights import actions, queries
from goodfaith.rights.views import CaseView
from tests.city import City
from tests.conftest import WebClient

PDF = b"%PDF-1.7\n% proof\n"


@dataclass
class Own:
    """An account before its own file."""

    web: WebClient
    user: User
    record: uuid.UUID

    def get(self, name: str, *arguments: object, status: int = 200) -> str:
        """The text of a page."""
        answer = self.web.get(reverse(name, args=arguments))
        assert answer.status_code == status, (answer.status_code, answer.content[:600])
        return str(answer.content.decode())

    def post(self, name: str, *arguments: object, **data: Any) -> Any:
        """The answer to a form."""
        return self.web.post(reverse(name, args=arguments), data)

    def cases(self) -> list[CaseView]:
        """The account's cases, newest first."""
        return queries.my_cases(self.user.acting)

    def case(self) -> CaseView:
        """The newest one with its texts."""
        return queries.my_case(self.user.acting, self.cases()[0].id)

    def file(self, kind: str = "wrong", claim: str = "金额写错了，应当是 500 元") -> CaseView:
        """All three steps of an objection."""
        self.post("my:object", self.record, kind=kind)
        case = self.cases()[0]
        self.post("my:write", case.id, claim=claim, do="next")
        answer = self.post("my:check", case.id)
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return self.case()


def own(web: WebClient, city: City, who: str) -> Own:
    """The account logged in, with the id of its record."""
    web.force_login(city.users[who])
    page = web.get(reverse("my:home")).content.decode()
    return Own(web, city.users[who], uuid.UUID(re.findall(r"/my/records/([0-9a-f-]{36})/", page)[0]))


@pytest.fixture
def firm(city: City, web: WebClient) -> Own:
    return own(web, city, "enterprise")


@pytest.fixture
def citizen(city: City, web: WebClient) -> Own:
    return own(web, city, "citizen")


def test_a_record_page_says_when_it_ends_how_to_repair_and_that_it_is_free(firm: Own) -> None:
    page = firm.get("my:record", firm.record)
    for words in ("一般失信", "最早可以申请修复", "公示的最后一天", "由谁决定", "谁认定、谁修复", "要满足什么", "要带什么",
                  "可以走哪些途径", "（order_36）", "信用修复不收取任何费用", "提出异议", "不是我的记录",
                  "加上我的说明", "正在复议或者诉讼", "申请信用修复"):  # fmt: skip
        assert words in page, words
    assert "未核对" in page, "an article that nobody compared says so"


def test_three_steps_file_an_objection_and_the_record_is_disputed(firm: Own) -> None:
    first = firm.get("my:object", firm.record)
    assert "第 1 步，共 3 步" in first and "内容写错了" in first and "已经过了公示期还在显示" in first
    answer = firm.post("my:object", firm.record, kind="wrong")
    case = firm.cases()[0]
    assert answer.url == reverse("my:write", args=[case.id])
    assert "第 2 步，共 3 步" in firm.get("my:write", case.id)
    files = [SimpleUploadedFile("收据.pdf", PDF), SimpleUploadedFile("照片.jpg", b"\xff\xd8\xff\xe0jpeg")]
    firm.post("my:write", case.id, claim="金额写错了", papers=files, do="next")
    check = firm.get("my:check", case.id)
    assert all(words in check for words in ("第 3 步，共 3 步", "金额写错了", "收据.pdf", "照片.jpg"))
    answer = firm.post("my:check", case.id)
    assert answer.url == reverse("my:receipt_of", args=[case.id])
    receipt = firm.get("my:receipt_of", case.id)
    assert case.number in receipt and "最晚" in receipt and "§" not in receipt and "测试信用办" in receipt
    assert all(clock_view.why in receipt.replace("&quot;", '"') for clock_view in firm.case().clocks)
    record = firm.get("my:record", firm.record)
    assert "有异议，正在核实" in record and case.number in record and "看办理进度" in record


def test_a_draft_keeps_and_is_one_for_a_record_and_procedure(firm: Own) -> None:
    firm.post("my:object", firm.record, kind="wrong")
    case = firm.cases()[0]
    answer = firm.post("my:write", case.id, claim="写到一半", do="later")
    assert answer.url == reverse("my:cases")
    assert "没写完的" in firm.get("my:cases")
    assert "接着写" in firm.get("my:record", firm.record)
    firm.post("my:object", firm.record, kind="incomplete")
    assert [(one.id, one.kind) for one in firm.cases()] == [(case.id, "incomplete")]
    assert "写到一半" in firm.get("my:write", case.id)
    assert "写过的内容" in firm.get("my:case_discard", case.id)
    firm.post("my:case_discard", case.id)
    assert not firm.cases()


def test_the_next_step_needs_words_and_says_so(firm: Own) -> None:
    firm.post("my:object", firm.record, kind="wrong")
    case = firm.cases()[0]
    answer = firm.post("my:write", case.id, claim=" ", do="next")
    assert answer.status_code == 422 and "经办人要据此核实" in answer.content.decode()
    assert firm.web.get(reverse("my:check", args=[case.id])).status_code == 302
    assert firm.cases()[0].step == "draft"


def test_a_paper_that_is_none_is_told_and_the_words_are_kept(firm: Own) -> None:
    firm.post("my:object", firm.record, kind="wrong")
    case = firm.cases()[0]
    files = [SimpleUploadedFile("好.pdf", PDF), SimpleUploadedFile("坏.exe", b"MZ...")]
    answer = firm.post("my:write", case.id, claim="写好了", papers=files, do="next")
    page = answer.content.decode()
    assert answer.status_code == 422 and "坏.exe" in page and "好.pdf" in page
    assert firm.case().text("claim") == "写好了" and [one.name for one in firm.case().papers] == ["好.pdf"]
    paper = firm.case().papers[0]
    got = firm.web.get(reverse("my:paper", args=[paper.id]))
    assert got.content == PDF and got["Content-Disposition"].startswith("attachment")
    firm.post("my:paper_remove", case.id, paper.id)
    assert not firm.case().papers


def test_what_cannot_be_wrong_is_not_offered(citizen: Own) -> None:
    page = citizen.get("my:object", citizen.record)
    assert "内容写错了" in page and "已经过了公示期还在显示" not in page, "it is not shown to the public at all"


def test_a_case_that_runs_is_led_to_and_not_doubled(firm: Own) -> None:
    case = firm.file()
    assert firm.web.get(reverse("my:object", args=[firm.record]))["Location"] == reverse("my:case", args=[case.id])
    assert len(firm.cases()) == 1


def test_it_is_withdrawn_with_its_consequence_named(firm: Own) -> None:
    case = firm.file()
    assert "标注取消" in firm.get("my:case_withdraw", case.id)
    firm.post("my:case_withdraw", case.id)
    assert firm.case().outcome == "withdrawn"
    assert "有异议，正在核实" not in firm.get("my:record", firm.record)
    page = firm.get("my:case", case.id)
    assert "已撤回" in page and "撤回这件办件" not in page
    assert "已经办结" in firm.get("my:cases")


def test_more_is_asked_for_and_supplied(firm: Own, city: City) -> None:
    case = firm.file()
    office = city.users["credit_office"].acting
    actions.do_act(acting=office, at=clock.now(), case=queries.open_case(office, case.id), act="ask",
                   texts={"answer": "请补交缴款凭证"})  # fmt: skip
    page = firm.get("my:case", case.id)
    assert "请补交缴款凭证" in page and "补齐了，提交" in page and "停止计算" in page
    assert "等您补充" in firm.get("my:cases") and "看要补什么" in firm.get("my:home")
    answer = firm.post("my:case_add", case.id, do="supply", text="", papers=[])
    assert answer.status_code == 422
    firm.post("my:case_add", case.id, do="supply", text="凭证见附件", papers=[SimpleUploadedFile("凭证.pdf", PDF)])
    assert firm.case().step == "filed" and "凭证.pdf" in firm.get("my:case", case.id)
    firm.post("my:case_add", case.id, do="say", text="还有一句")
    assert "还有一句" in firm.get("my:case", case.id) and not firm.case().text("answer").startswith("还有")


def test_the_end_says_the_answer_the_remedy_and_who_was_told(firm: Own, city: City) -> None:
    case = firm.file()
    office, clerk = city.users["credit_office"].acting, city.users["clerk"].acting
    actions.do_act(acting=office, at=clock.now(), case=queries.open_case(office, case.id), act="forward")
    remedy = {"kind": "reconsideration", "to": "示例市人民政府", "last_day": "2027-03-05", "article": "《行政复议法》第二十条"}
    actions.do_act(acting=clerk, at=clock.now(), case=queries.open_case(clerk, case.id), act="annul",
                   texts={"answer": "决定已经撤销，予以撤下。"}, facts={"remedy": remedy})  # fmt: skip
    page = firm.get("my:case", case.id)
    for words in ("决定已经撤销，予以撤下。", "示例市人民政府", "2027年3月5日", "《行政复议法》第二十条", "已撤下", "不用通知"):
        assert words in page, words
    record = firm.get("my:record", firm.record)
    assert "这条记录已经撤下" in record and reverse("my:object", args=[firm.record]) not in record
    assert firm.web.get(reverse("my:object", args=[firm.record])).status_code == 404


def test_a_correction_stands_side_by_side(firm: Own, city: City) -> None:
    own_file = gate.open_file(acting=firm.user.acting, purpose="self_access", subject_id=city.organisation)
    before = own_file.current[0]
    fields = {**before.fields, "CF_NR": "罚款"}
    after = dataclasses.replace(before, version=2, document_no="示罚〔2026〕2号", fields=fields)
    change = record_words.changes([after, before])[0]
    assert ("文书号", "示罚〔2026〕1号", "示罚〔2026〕2号") in change.rows
    assert any(old == "—" and "罚款" in new for _label, old, new in change.rows)
    assert not record_words.changes([before, before])


def test_copies_of_the_own_case(firm: Own) -> None:
    case = firm.file(claim="金额写错了 #read(\"/etc/passwd\")")
    data = json.loads(firm.web.get(reverse("my:case_json", args=[case.id])).content)
    assert data["number"] == case.number and data["texts"][0]["text"].startswith("金额写错了")
    assert [one["act"] for one in data["events"]] == ["file"]
    document = firm.web.get(reverse("my:case_pdf", args=[case.id]))
    assert document.content.startswith(b"%PDF-") and document["Content-Type"] == "application/pdf"


def test_what_somebody_else_filed_is_not_there(firm: Own, city: City) -> None:
    case = firm.file()
    firm.post("my:case_add", case.id, do="say", text="", papers=[SimpleUploadedFile("凭证.pdf", PDF)])
    paper = firm.case().papers[0]
    other = WebClient()
    other.force_login(city.users["citizen"])
    for name in ("my:case", "my:write", "my:check", "my:receipt_of", "my:case_withdraw", "my:case_discard", "my:case_pdf",
                 "my:case_json"):  # fmt: skip
        assert other.get(reverse(name, args=[case.id])).status_code == 404, name
    assert other.get(reverse("my:paper", args=[paper.id])).status_code == 404
    assert other.post(reverse("my:case_add", args=[case.id]), {"text": "x", "do": "say"}).status_code == 404
    for name in ("my:object", "my:repair", "my:note", "my:statement"):
        assert other.get(reverse(name, args=[firm.record])).status_code == 404, name
    assert case.number not in other.get(reverse("my:cases")).content.decode()


@pytest.mark.usefixtures("unhurried")
def test_the_pages_cost_no_more_with_more_cases(firm: Own) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as found:
            firm.get("my:cases")
        return len(found)

    statements()
    before = statements()
    for kind in ("handling", "leak", "misuse"):
        firm.post("my:ask", "complaint", kind)
    assert len(firm.cases()) == 3 and statements() == before


def test_the_stepper_names_the_steps_that_the_case_went_through(firm: Own, city: City) -> None:
    case = firm.file()
    assert case_words.stepper(case).at == 1
    office = city.users["credit_office"].acting
    actions.do_act(acting=office, at=clock.now(), case=queries.open_case(office, case.id), act="take")
    remedy = {"kind": "litigation", "to": "示例市人民法院", "last_day": "2027-06-01", "article": "《行政诉讼法》第四十六条"}
    actions.do_act(acting=office, at=clock.now(), case=queries.open_case(office, case.id), act="maintain",
                   texts={"answer": "核对无误。"}, facts={"remedy": remedy})  # fmt: skip
    closed = firm.case()
    shown = case_words.stepper(closed)
    assert shown.steps == ["提交", "已提交，等待分办", "平台核查", "核实无误"] and shown.at == 4
    assert "2027年6月1日以前向人民法院起诉（示例市人民法院）" in firm.get("my:case", case.id)
