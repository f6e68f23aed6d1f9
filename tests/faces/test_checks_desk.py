"""核查 on the desk: one check, a file by purpose, requests for consent, a bulk check; by whom, and what is never shown."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.gate import queries as gate
from goodfaith.inquiry import actions as inquiry
from goodfaith.inquiry import work
from goodfaith.inquiry.models import Batch
from goodfaith.ledger.models import Entry
from goodfaith.parties.models import Unit, User
from tests.conftest import WebClient
from tests.counter import CLEAN, DOCUMENT, MATTER, ORGANISATION, PERSON, Counter
from tests.inquiry.test_batches import LIST, WORKER, csv

UNTIL = (clock.today() + dt.timedelta(days=20)).isoformat()


def subject(of: tuple[str, str], **more: Any) -> dict[str, Any]:
    kind = "uscc" if of[1].startswith("91") else "id_number"
    return {"kind": kind, "number": of[1], "name": of[0], "case_no": "示采〔2026〕9号", **more}


def log_in(web: WebClient, counter: Counter, who: str = "clerk") -> User:
    user = counter.city.users[who]
    web.force_login(user)
    return user


def check(web: WebClient, of: tuple[str, str], **more: Any) -> Any:
    return web.post(reverse("desk:checks"), subject(of, matter=MATTER, **more))


def test_a_check_shows_the_measure_its_law_and_that_a_person_decides(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    answer = check(web, PERSON)
    page = answer.content.decode()
    assert answer.status_code == 200
    for said in (DOCUMENT, "示例人民法院", "law-chip", "由人决定", "您可以怎样做", str(Entry.objects.latest("id").pk)):
        assert said in page
    assert PERSON[1] not in page
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("case", ["\u200b", "示采\u202e号", "一\t二"])
def test_a_case_number_has_nothing_unseen_in_it(web: WebClient, counter: Counter, case: str) -> None:
    log_in(web, counter)
    answer = check(web, PERSON, case_no=case)
    assert answer.status_code == 422 and "看不见的控制字符" in answer.content.decode()
    assert not Entry.objects.exists()


def test_none_and_mismatch_are_said_plainly(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    assert "没有适用于本事项的措施" in check(web, CLEAN).content.decode()
    page = check(web, (CLEAN[0], PERSON[1])).content.decode()
    assert "名称与号码不一致" in page
    assert DOCUMENT not in page


def test_a_number_in_the_address_is_thrown_away(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    answer = web.get(reverse("desk:checks"), {"number": PERSON[1], "matter": MATTER})
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:checks"))
    assert not Entry.objects.exists()


def test_the_checks_of_this_session_are_listed_without_whom(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    check(web, PERSON)
    page = web.get(reverse("desk:checks")).content.decode()
    assert str(Entry.objects.latest("id").pk) in page
    assert PERSON[0] not in page and PERSON[1] not in page
    kept = str(dict(web.session))
    assert PERSON[0] not in kept and PERSON[1] not in kept


@pytest.mark.parametrize("change", [{"number": ""}, {"name": ""}, {"case_no": ""}, {"matter": "no_such"}, {"number": PERSON[1][:-1] + "?"}])
def test_a_form_that_is_not_whole_asks_nobody(web: WebClient, counter: Counter, change: dict[str, str]) -> None:
    log_in(web, counter)
    answer = web.post(reverse("desk:checks"), subject(PERSON, matter=MATTER) | change)
    assert answer.status_code == 422
    assert not Entry.objects.exists()


@pytest.mark.parametrize("kind", ["bank", "agency", "association"])
def test_a_unit_without_matters_is_told_so(web: WebClient, counter: Counter, kind: str) -> None:
    Unit.objects.filter(code="t_a").update(kind=kind)
    log_in(web, counter)
    page = web.get(reverse("desk:checks")).content.decode()
    from goodfaith.law import queries as law

    if not law.matters(kind):
        assert "贵单位没有可以核查的办理事项" in page
    assert check(web, PERSON).status_code == 422


PURPOSES = {
    ("department", "clerk"): {"source_verification", "file_for_supervision", "entrusted_inquiry"},
    ("court", "clerk"): {"source_verification", "file_for_supervision", "investigation", "entrusted_inquiry"},
    ("bank", "clerk"): {"credit_granting", "entrusted_inquiry"},
    ("agency", "clerk"): {"credit_reporting", "entrusted_inquiry"},
    ("credit_office", "credit_office"): {"credit_administration", "entrusted_inquiry"},
}


@pytest.mark.parametrize(("kind", "role"), sorted(PURPOSES))
def test_each_unit_and_role_has_its_own_purposes(web: WebClient, counter: Counter, kind: str, role: str) -> None:
    user = log_in(web, counter, role)
    Unit.objects.filter(code=user.unit_id).update(kind=kind)
    shown = web.get(reverse("desk:inquiries")).content.decode()
    everything = {purpose for found in PURPOSES.values() for purpose in found}
    for purpose in everything:
        address = reverse("desk:inquiry", args=[purpose])
        allowed = purpose in PURPOSES[kind, role]
        assert (f'href="{address}"' in shown) is allowed, purpose
        assert web.get(address).status_code == (200 if allowed else 403)
    assert web.get(reverse("desk:inquiry", args=["duplicate_review"])).status_code == 403


def test_a_file_by_statute_shows_only_what_the_purpose_opens_masked(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    answer = web.post(reverse("desk:inquiry", args=["file_for_supervision"]), subject(PERSON))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert DOCUMENT in page
    assert PERSON[1] not in page
    assert PERSON[0] not in page
    assert Entry.objects.latest("id").purpose == "file_for_supervision"


def test_a_delay_has_a_day_an_officer_and_a_limit(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    Unit.objects.filter(code="t_a").update(kind="court")
    address = reverse("desk:inquiry", args=["investigation"])
    for bad in ({"until": UNTIL}, {"officer": "示例负责人"}, {"until": "2999-01-01", "officer": "示例负责人"}):
        assert web.post(address, subject(PERSON) | bad).status_code == 422
    answer = web.post(address, subject(PERSON) | {"until": UNTIL, "officer": "示例负责人"})
    assert answer.status_code == 200, answer.content.decode()
    assert Entry.objects.latest("id").shown_from == dt.date.fromisoformat(UNTIL)
    plain = web.get(reverse("desk:inquiry", args=["file_for_supervision"])).content.decode()
    assert "延后告知" not in plain


def ask_consent(web: WebClient, of: tuple[str, str], step: str, **more: Any) -> Any:
    said = subject(of, items=["courts.judgment_defaulter"], until=UNTIL, uses="1", reason="签订合同前核实", step=step)
    said.pop("case_no")
    return web.post(reverse("desk:consent_request", args=["entrusted_inquiry"]), said | more)


def test_a_consent_is_asked_for_after_reading_the_notice(web: WebClient, counter: Counter) -> None:
    user = log_in(web, counter)
    notice = ask_consent(web, PERSON, "notice").content.decode()
    assert "签订合同前核实" in notice and "随时可以撤回" in notice
    assert gate.unit_consents(user.acting)[1] == []
    assert "签订合同前核实" in ask_consent(web, PERSON, "change").content.decode()
    assert ask_consent(web, PERSON, "send").status_code == 302
    page = web.get(reverse("desk:consents")).content.decode()
    assert "等待本人" in page
    assert PERSON[0] not in page and PERSON[1] not in page


def test_a_file_with_consent_from_the_request_to_the_look(web: WebClient, counter: Counter) -> None:
    from goodfaith.gate import actions

    user = log_in(web, counter)
    address = reverse("desk:inquiry", args=["entrusted_inquiry"])
    assert web.post(address, subject(PERSON)).status_code == 403
    ask_consent(web, PERSON, "send")
    owner = User.objects.create_user("owner", password="demo", kind="citizen", subject_id=counter.listed_person)
    waiting = gate.unit_consents(user.acting)[1][0]
    actions.do_answer_request(acting=owner.acting, at=clock.now(), request_id=waiting.id, accept=True)
    page = web.get(reverse("desk:consents")).content.decode()
    assert f'href="{address}"' in page and "已同意" in page


@pytest.mark.parametrize("change", [{"items": []}, {"until": "2020-01-01"}, {"uses": "0"}, {"reason": ""}, {"name": ""}])
def test_a_request_that_is_not_whole_is_not_sent(web: WebClient, counter: Counter, change: dict[str, Any]) -> None:
    user = log_in(web, counter)
    assert ask_consent(web, PERSON, "send", **change).status_code == 422
    assert gate.unit_consents(user.acting)[1] == []


def test_a_statutory_purpose_asks_nobodys_consent(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    assert web.get(reverse("desk:consent_request", args=["file_for_supervision"])).status_code == 403


def upload(web: WebClient, data: bytes | None = None, **more: Any) -> Any:
    said: dict[str, Any] = {
        "matter": MATTER, "case_no": "示采〔2026〕9号", "official_name": "示例负责人", "reason": "评审前核实",
        "paper": SimpleUploadedFile("批准.pdf", b"%PDF-1.7 paper"),
        "file": SimpleUploadedFile("名单.csv", csv(LIST) if data is None else data),
    }  # fmt: skip
    return web.post(reverse("desk:batch_new"), said | more)


def run(batch: Batch) -> None:
    while work.do_check_slice(acting=WORKER, at=clock.now(), batch_id=batch.pk):
        pass


def test_a_bulk_check_from_the_list_to_the_workbook(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    sent = upload(web)
    batch = Batch.objects.get()
    assert sent["Location"] == reverse("desk:batch", args=[batch.pk])
    ready = web.get(sent["Location"]).content.decode()
    assert "校验码" in ready and "核查这 6 行" in ready
    assert PERSON[1] not in ready
    assert web.post(reverse("desk:batch_start", args=[batch.pk])).status_code == 302
    assert "停止核查" in web.get(sent["Location"]).content.decode()
    assert web.get(reverse("desk:batch_progress", args=[batch.pk])).status_code == 200
    run(batch)
    assert web.get(reverse("desk:batch_progress", args=[batch.pk]))["HX-Redirect"] == sent["Location"]
    page = web.get(sent["Location"]).content.decode()
    assert DOCUMENT in page and "名称与代码不一致" in page
    only = web.get(sent["Location"], {"outcome": "mismatch"}).content.decode()
    assert only.count("<tr>") == 2
    book = openpyxl.load_workbook(io.BytesIO(web.get(reverse("desk:batch_download", args=[batch.pk])).content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    listed = next(row for row in rows if row[1] == ORGANISATION[0])
    assert DOCUMENT in listed
    assert {row[3] for row in rows[1:]} >= {"有措施", "没有措施", "名称与代码不一致", "代码有误，未核查", "重复的行"}
    looks = Entry.objects.filter(purpose="batch_review", case_no=str(batch.pk)).count()
    assert looks == 3


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"data": "甲,乙\n1,2".encode()}, "没有找到"),
        ({"data": b""}, "空的"),
        ({"official_name": ""}, "请填写批准的负责人"),
        ({"paper": ""}, "批准文件"),
        ({"paper": SimpleUploadedFile("批准.pdf", b"MZ no paper")}, "附件不是"),
    ],
)
def test_a_bad_list_is_refused_with_a_way_on(web: WebClient, counter: Counter, more: dict[str, Any], told: str) -> None:
    log_in(web, counter)
    answer = upload(web, **more)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Batch.objects.exists()


def test_the_audit_sees_who_answers_for_it_and_never_the_rows(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    upload(web)
    batch = Batch.objects.get()
    inquiry.do_start_batch(acting=counter.city.users["clerk"].acting, at=clock.now(), batch_id=batch.pk)
    log_in(web, counter, "auditor")
    page = web.get(reverse("desk:batches")).content.decode()
    assert "示例负责人" in page and "评审前核实" in page
    paper = web.get(reverse("desk:batch_attachment", args=[batch.pk]))
    assert paper.content == b"%PDF-1.7 paper"
    assert paper["Content-Disposition"].startswith("attachment")
    assert web.get(reverse("desk:batch", args=[batch.pk])).status_code == 403
    log_in(web, counter, "other_clerk")
    for page_name in ("desk:batch", "desk:batch_download", "desk:batch_attachment"):
        assert web.get(reverse(page_name, args=[batch.pk])).status_code == 403
    assert web.post(reverse("desk:batch_cancel", args=[batch.pk])).status_code == 403


def test_called_off_and_gone_are_said(web: WebClient, counter: Counter) -> None:
    log_in(web, counter)
    upload(web)
    batch = Batch.objects.get()
    assert web.post(reverse("desk:batch_cancel", args=[batch.pk])).status_code == 302
    assert "已经取消" in web.get(reverse("desk:batch", args=[batch.pk])).content.decode()
    assert web.post(reverse("desk:batch_start", args=[batch.pk])).status_code == 409
    upload(web)
    ended = Batch.objects.exclude(pk=batch.pk).get()
    web.post(reverse("desk:batch_start", args=[ended.pk]))
    run(ended)
    Batch.objects.filter(pk=ended.pk).update(ends_on=clock.today())
    assert web.get(reverse("desk:batch", args=[ended.pk])).status_code == 410
    assert web.get(reverse("desk:batch", args=[uuid.UUID(int=5)])).status_code == 404
