"""The auditor's desk: who may enter, what each page shows, and that every reading leaves its entry."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import uuid
from typing import Any

import pytest
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.common.clock import CHINA
from goodfaith.gate import queries as gate
from goodfaith.gate.models import Message
from goodfaith.ledger.models import Entry
from goodfaith.oversight import actions
from goodfaith.oversight.models import Complaint, Draw, MisuseCase, Review
from goodfaith.parties.models import User
from tests.city import ID_NUMBER, NAME, City, city
from tests.conftest import WebClient
from tests.oversight.looks import look, moment, write

__all__ = ["city"]
PAGES = ["audit", "audit_ledger", "audit_export", "audit_subject", "audit_unusual", "audit_samples", "audit_complaints",
         "audit_misuse"]  # fmt: skip
POSTS = {"audit_subject": [], "audit_draw": [], "audit_samples": [], "audit_close": ["id"], "audit_decide": ["id"],
         "audit_undo": ["id"], "audit_complaint": ["id"], "audit_misuse_case": ["id"], "audit_misuse_review": ["id"],
         "audit_misuse_complaint": ["id"]}  # fmt: skip
OTHERS = ("clerk", "credit_office", "system_admin", "security_admin", "citizen", "enterprise")
TEXT = "我没有在这个单位办过任何事。"


def at(name: str, *arguments: object) -> str:
    return reverse(f"desk:{name}", args=arguments)


@pytest.fixture
def looked(city: City) -> int:
    """A look at the citizen's file by the credit office."""
    acting = city.users["credit_office"].acting
    return gate.open_file(
        acting=acting, purpose="credit_administration", subject_id=city.person, case_no="核实〔2026〕5号"
    ).entry_id


@pytest.fixture
def auditor(city: City, web: WebClient) -> WebClient:
    web.force_login(city.users["auditor"])
    return web


@pytest.fixture
def complaint(city: City, looked: int) -> uuid.UUID:
    return actions.do_complain(acting=city.users["citizen"].acting, at=clock.now(), entry_id=looked, text=TEXT)


def member(city: City, who: str) -> User:
    """An account of this role; administrators are made here."""
    if who in city.users:
        return city.users[who]
    return User.objects.create_user(who, kind="officer", role=who, unit_id="t_a")


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_auditor_enters(city: City, web: WebClient, who: str) -> None:
    web.force_login(member(city, who))
    for page in PAGES:
        assert web.get(at(page)).status_code == 403
    for page, arguments in POSTS.items():
        assert web.post(at(page, *[uuid.uuid4() for _ in arguments])).status_code == 403
    assert not Draw.objects.exists() and not MisuseCase.objects.exists()


@pytest.mark.parametrize("page", [page for page in PAGES if page != "audit_subject"])
def test_every_reading_is_an_entry(city: City, looked: int, auditor: WebClient, page: str) -> None:
    before = Entry.objects.count()
    answer = auditor.get(at(page))
    b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200
    added = Entry.objects.order_by("id")[before:]
    assert len(added) == (2 if page == "audit" else 1)
    assert {entry.purpose for entry in added} <= {"audit_review", "complaint_handling"}
    assert {entry.actor_id for entry in added} == {str(city.users["auditor"].pk)}


def _found(page: Any, rule: str) -> int:
    """How many findings of a rule the overview counts."""
    return sum(n for code, _name, n in page.context["by_rule"] if code == rule)


def test_the_weeks_findings_are_counted_once_a_minute(city: City, looked: int, auditor: WebClient) -> None:
    write([look(9_000_001, dt.datetime.combine(clock.today() - dt.timedelta(days=1), dt.time(1), CHINA))])
    auditor.get(at("audit"))
    before = Entry.objects.count()
    shown = auditor.get(at("audit"))
    assert Entry.objects.count() == before + 1  # the figures' own entry; the findings were not read again
    nights = _found(shown, "night")  # the looks of this test itself are of the night when it runs then
    assert nights
    auditor.post(at("audit_draw"), {"rule": "night", "entries": "9000001"})
    assert _found(auditor.get(at("audit")), "night") == nights - 1


def test_no_page_names_the_subject(city: City, looked: int, complaint: uuid.UUID, auditor: WebClient) -> None:
    draw, _n = drawn(city)
    pages = [*map(at, PAGES), at("audit_sample", draw), at("audit_complaint", complaint)]
    for page in pages:
        answer = auditor.get(page)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for secret in (NAME, ID_NUMBER, str(city.person)):
            assert secret not in text.decode()


# -- the ledger -------------------------------------------------------------------------------------


def test_the_filters_narrow(city: City, auditor: WebClient) -> None:
    write([
        look(9_000_001, moment(3), actor="71", purpose="credit_administration"),
        look(9_000_002, moment(4), actor="72", purpose="delivery_review", outcome="refused", unit="t_b"),
    ])  # fmt: skip
    for query, shown in {
        "actor=71": {1}, "actor=测试72": {2}, "purpose=delivery_review": {2}, "outcome=refused": {2}, "unit=t_a&until=2026-03-09": {1},
        "since=2026-03-04&until=2026-03-04": {2}, "until=2026-03-02": set(), "since=2026-03-03&until=2026-03-04": {1, 2},
        "matter=no.such&until=2026-03-09": {1, 2}, "same_as=9000001": {1, 2},
    }.items():  # fmt: skip
        text = auditor.get(f"{at('audit_ledger')}?{query}").content.decode()
        assert {n for n in (1, 2) if f"900000{n}" in text.replace(f"same_as=900000{n}", "")} == shown, query


def test_who_looked_at_one_person(city: City, looked: int, auditor: WebClient) -> None:
    said = {"kind": "passport", "number": "E12345678", "case_no": "投诉〔2026〕1号"}
    gate.open_file(
        acting=city.users["credit_office"].acting,
        purpose="credit_administration",
        subject_id=city.namesake,
        case_no="核〔9〕号",
    )
    answer = auditor.post(at("audit_subject"), said)
    asked = Entry.objects.latest("id")
    assert (asked.purpose, asked.subject_id, asked.case_no) == ("audit_review", city.namesake, said["case_no"])
    assert answer.status_code == 302 and answer["Location"] == f"{at('audit_ledger')}?same_as={asked.id}"
    text = auditor.get(answer["Location"]).content.decode()
    assert "核〔9〕号" in text and "核实〔2026〕5号" not in text
    reading = Entry.objects.latest("id")
    assert (reading.subject_id, reading.records) == (city.namesake, 0)  # a count would tell of delayed looks
    assert "E12345678" not in answer["Location"]


def test_a_number_nobody_has(city: City, auditor: WebClient) -> None:
    text = auditor.post(
        at("audit_subject"), {"kind": "passport", "number": "E99999999", "case_no": "投〔1〕号"}
    ).content.decode()
    assert "没有这个主体" in text
    assert Entry.objects.latest("id").outcome == "unknown"


@pytest.mark.parametrize("changed", [{"case_no": " "}, {"number": ""}, {"kind": "name"}])
def test_asking_wants_number_and_reason(city: City, auditor: WebClient, changed: dict[str, str]) -> None:
    said = {"kind": "passport", "number": "E12345678", "case_no": "投诉〔2026〕1号"} | changed
    assert "有内容需要改正" in auditor.post(at("audit_subject"), said).content.decode()
    assert not Entry.objects.exists()
    assert auditor.get(at("audit_subject"), said).status_code == 302


def test_the_export_is_whole_and_harmless(city: City, auditor: WebClient) -> None:
    write([look(9_000_001 + n, moment(3, 9, n), case_no="=1+1" if n == 0 else f"核{n}号") for n in range(7)])
    body = b"".join(auditor.get(at("audit_export"), {"until": "2026-03-31"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert len(rows) == 8 and {row[7] for row in rows[1:]} == {"'=1+1", *(f"核{n}号" for n in range(1, 7))}
    entry = Entry.objects.latest("id")
    assert (entry.items, entry.records) == (["export"], 7)
    assert "until: 2026-03-31" in entry.case_no


# -- unusual access, samples, reviews ------------------------------------------------------------------


def drawn(city: City, count: int = 3) -> tuple[uuid.UUID, int]:
    """A sample of March 2026 by the auditor, of five looks."""
    if not Entry.objects.filter(id__gte=8_000_000).exists():
        write([look(8_000_000 + n, moment(3, 9, n), actor="71") for n in range(5)])
        Entry.objects.create(
            at=moment(9),
            actor_kind="job",
            actor_id="x",
            actor_name="x",
            purpose="job_run",
            outcome="opened",
            commitment=b"x",
            id=9_000_000,
        )
        with_connection_sequence(9_000_001)
    day = moment(3).date()
    return actions.do_draw(
        acting=city.users["auditor"].acting, at=clock.now(), since=day, until=day, unit=None, count=count
    )


def with_connection_sequence(value: int) -> None:
    """Entries written from now on come after those that the tests put in by hand."""
    from django.db import connection

    connection.cursor().execute("SELECT setval('ledger_entry_id_seq', %s)", [value])


def test_a_finding_is_shown_and_taken_into_review(city: City, auditor: WebClient) -> None:
    write([look(9_000_001 + n, moment(3, 23, n), actor="71") for n in range(2)])
    with_connection_sequence(9_100_000)
    query = {"since": "2026-03-01", "until": "2026-03-31"}
    text = auditor.get(at("audit_unusual"), query).content.decode()
    assert "测试71 在2026年3月3日的夜间查询了 2 次" in text and "在 22 时至次日 6 时之间" in text
    assert "测试71" not in auditor.get(at("audit_unusual"), query | {"rule": "day_off"}).content.decode()
    assert "测试71" not in auditor.get(at("audit_unusual"), query | {"unit": "t_b"}).content.decode()
    answer = auditor.post(at("audit_draw"), {"rule": "night", "entries": "9000001,9000002"})
    draw = Draw.objects.get()
    assert answer["Location"] == at("audit_sample", draw.pk)
    assert (draw.how, draw.rule, Review.objects.count()) == ("unusual", "night", 2)
    assert "已列入复核" in auditor.get(at("audit_unusual"), query).content.decode()


@pytest.mark.parametrize(
    "said", [{"rule": "night", "entries": ""}, {"rule": "none", "entries": "1"}, {"rule": "night", "entries": "x,-1"}]
)
def test_only_findings_are_taken(city: City, auditor: WebClient, said: dict[str, str]) -> None:
    assert auditor.post(at("audit_draw"), said).status_code == 404
    assert not Draw.objects.exists()


def test_a_sample_is_reviewed_one_by_one_and_closed(city: City, auditor: WebClient) -> None:
    draw, count = drawn(city)
    assert count == 3
    page = at("audit_sample", draw)
    text = auditor.get(page).content.decode()
    assert "第 1 条，共 3 条" in text and "用保存的种子重抽，得到同样的记录" in text and Draw.objects.get().seed in text
    first, second, third = Review.objects.order_by("place")
    auditor.post(at("audit_decide", first.pk), {"outcome": "in_order", "note": "", "draw": draw})
    assert "第 2 条，共 3 条" in auditor.get(page).content.decode()
    wrong = auditor.post(at("audit_decide", second.pk), {"outcome": "misuse", "note": " ", "draw": draw})
    assert "请写明核实的情况" in wrong.content.decode()
    auditor.post(at("audit_decide", second.pk), {"outcome": "explained", "note": "有通知", "draw": draw})
    assert auditor.post(at("audit_close", draw)).status_code == 409
    auditor.post(at("audit_undo", second.pk))
    assert Review.objects.get(pk=second.pk).outcome == "pending"
    for review in (second, third):
        auditor.post(at("audit_decide", review.pk), {"outcome": "in_order", "note": "", "draw": draw})
    assert auditor.post(at("audit_close", draw)).status_code == 302
    assert auditor.post(at("audit_undo", first.pk)).status_code == 409
    assert Review.objects.get(pk=first.pk).outcome == "in_order"


def test_drawing_through_the_page(city: City, auditor: WebClient) -> None:
    drawn(city)
    said = {"since": "2026-03-01", "until": "2026-03-31", "unit": "", "count": "2"}
    answer = auditor.post(at("audit_samples"), said)
    assert answer.status_code == 302 and Draw.objects.latest("at").population == 5
    for wrong in ({"count": "0"}, {"until": "2026-02-01"}, {"since": "x"}, {"count": "501"}):
        assert auditor.post(at("audit_samples"), said | wrong).status_code == 200
    assert auditor.post(at("audit_samples"), said | {"since": "2020-01-01"}).status_code == 200
    assert Draw.objects.count() == 2


def test_misuse_from_a_review_to_its_end(city: City, auditor: WebClient) -> None:
    draw, _n = drawn(city, 1)
    review = Review.objects.get()
    begin = at("audit_misuse_review", review.pk)
    assert auditor.post(begin, {"what": "没有事由"}).status_code == 409
    auditor.post(at("audit_decide", review.pk), {"outcome": "misuse", "note": "没有案件", "draw": draw})
    assert auditor.post(begin, {"what": " "}).status_code == 422
    answer = auditor.post(begin, {"what": "没有案件而查询"})
    case = MisuseCase.objects.get()
    assert answer["Location"] == at("audit_misuse_case", case.pk)
    assert auditor.post(begin, {"what": "再来一次"}).status_code == 409
    assert auditor.post(at("audit_undo", review.pk)).status_code == 409
    page = at("audit_misuse_case", case.pk)
    auditor.post(page, {"measures": "已通知单位", "finding": ""})
    auditor.post(page, {"measures": "已停用账号", "finding": "confirmed"})
    case.refresh_from_db()
    assert (case.state, case.finding, case.measures) == ("closed", "confirmed", "已停用账号")
    assert "已办结：属实" in auditor.get(page).content.decode()
    assert "案件已经办结" in auditor.post(page, {"measures": "x", "finding": ""}).content.decode()
    assert "测试71" in auditor.get(at("audit_misuse")).content.decode()


# -- complaints ------------------------------------------------------------------------------------------


def test_a_complaint_is_answered_and_the_subject_told(city: City, complaint: uuid.UUID, auditor: WebClient) -> None:
    page = at("audit_complaint", complaint)
    assert page in auditor.get(at("audit_complaints")).content.decode()
    text = auditor.get(page).content.decode()
    assert TEXT in text and "《征信业管理条例》第二十六条" in text
    assert Entry.objects.latest("id").subject_id == city.person
    told = Message.objects.count()
    assert "请写明答复" in auditor.post(page, {"finding": "in_order", "answer": " "}).content.decode()
    assert Message.objects.count() == told
    auditor.post(page, {"finding": "not_in_order", "answer": "经核实，这次查询没有理由。"})
    kept = Complaint.objects.get()
    assert (kept.state, kept.finding) == ("answered", "not_in_order")
    assert "没有理由" not in bytes(kept.answer).decode("latin-1")
    message = Message.objects.latest("id")
    assert Message.objects.count() == told + 1
    assert (message.subject_id, message.facts["purpose"], message.facts["outcome"]) == (
        city.person,
        "complaint_handling",
        "done",
    )
    assert "已经办结" in auditor.post(page, {"finding": "in_order", "answer": "改一下"}).content.decode()
    assert "没有理由" in auditor.get(page).content.decode()
    answer = auditor.post(at("audit_misuse_complaint", complaint), {"what": "没有理由而查询"})
    assert answer["Location"] == at("audit_misuse_case", MisuseCase.objects.get().pk)
    assert "没有待答复的投诉" in auditor.get(at("audit_complaints")).content.decode()
    assert page in auditor.get(at("audit_complaints"), {"done": "1"}).content.decode()


def test_what_is_overdue_says_so(city: City, complaint: uuid.UUID, auditor: WebClient) -> None:
    Complaint.objects.update(due_on=clock.today().replace(year=clock.today().year - 1))
    assert re.search(r"1 件已经逾期", auditor.get(at("audit_complaints")).content.decode())
    assert "1 件投诉已经逾期" in auditor.get(at("audit")).content.decode()


@pytest.mark.parametrize("page", ["audit_sample", "audit_complaint", "audit_misuse_case"])
def test_what_is_not_there_is_not_found_and_noted(city: City, auditor: WebClient, page: str) -> None:
    answer = auditor.get(at(page, uuid.uuid4()))
    assert answer.status_code == 404 and "没有这" in answer.content.decode()
    assert Entry.objects.latest("id").outcome == "unknown"


def test_the_empty_city(city: City, auditor: WebClient) -> None:
    texts: dict[str, Any] = {page: auditor.get(at(page)).content.decode() for page in PAGES if page != "audit_export"}
    assert "没有等待您办理的事项" in texts["audit"] and "还没有抽查过" in texts["audit_samples"]
    assert "没有发现线索" in texts["audit_unusual"] and "没有案件" in texts["audit_misuse"]
