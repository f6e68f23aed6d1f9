"""任务 at the desk: the ledger and its views, a unit's board, acts with evidence, changes, supervision, questions."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.duties import actions
from goodfaith.duties.models import Change, Duty, Evidence, Notice, Question, WorkStep
from tests.city import City
from tests.conftest import WebClient, as_role
from tests.faces import duties_desk as desk
from tests.faces.duties_desk import assignment, do, page

WEB = "goodfaith_web"
PDF = b"%PDF-1.4\n" + b"1" * 200


@pytest.fixture
def duties(city: City) -> list[Duty]:
    return desk.adopted(city)


@pytest.fixture
def office(city: City, web: WebClient) -> WebClient:
    web.force_login(city.users["credit_office"])
    return web


@pytest.fixture
def clerk(city: City, web: WebClient) -> WebClient:
    web.force_login(city.users["clerk"])
    return web


def _act(web: WebClient, duty: Duty, code: str, said: dict[str, object] | None = None, line: int = 1) -> object:
    url = reverse("desk:duty_act", args=[duty.pk, assignment(duty, line).pk, code])
    return web.post(url, said or {})


# -- the ledger ------------------------------------------------------------------------------------------------


def test_the_ledger_lists_who_by_when_and_how_far(duties: list[Duty], office: WebClient) -> None:
    with as_role(WEB):
        text = page(office, "desk:duties")
    assert "做好双公示" in text and "测试单位a" in text and "2026年12月31日" in text and "待签收" in text
    assert "共 4 项" in text  # the third duty has two responsible units


def test_the_ledger_filters_by_unit_state_time_and_words(city: City, duties: list[Duty], office: WebClient) -> None:
    do(city, "clerk", duties[0], "confirm")
    assert "共 1 项" in page(office, "desk:duties", view="all", unit="t_b")
    assert "共 1 项" in page(office, "desk:duties", view="all", state="confirmed")
    assert "共 3 项" in page(office, "desk:duties", view="unconfirmed")
    assert "共 1 项" in page(office, "desk:duties", view="all", words="双公示")
    due = duties[0].due_on
    assert due is not None
    assert "共 1 项" in page(office, "desk:duties", view="all", due_from=due.isoformat(), due_until=due.isoformat())
    assert "没有符合条件的任务" in page(office, "desk:duties", view="closed")


def test_an_overdue_duty_says_so(city: City, office: WebClient) -> None:
    late = (clock.today() - dt.timedelta(days=40)).strftime("%Y年%-m月%-d日")
    from tests.duties import room

    desk.adopted(city, text=room.TEXT.replace("2026年12月31日", late))
    text = page(office, "desk:duties", view="overdue")
    assert "已逾期" in text and "做好双公示" in text and "开展诚信宣传" not in text


def test_the_ledger_is_sorted_and_taken_away_as_a_workbook(duties: list[Duty], office: WebClient) -> None:
    text = page(office, "desk:duties", view="all", sort="-due")
    assert text.index("开展诚信宣传") < text.index("做好双公示")
    answer = office.get(reverse("desk:duties_export"), {"view": "all"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == 4 and {row[3] for row in rows} == {"测试单位a", "测试单位b"}


def test_each_cell_of_the_matrix_opens_its_list(city: City, duties: list[Duty], office: WebClient) -> None:
    do(city, "clerk", duties[0], "confirm")
    text = page(office, "desk:duty_matrix")
    assert "已签收" in text and f"{reverse('desk:duties')}?view=all&amp;unit=t_a&amp;state=assigned" in text
    assert "共 2 项" in page(office, "desk:duties", view="all", unit="t_a", state="assigned")


def test_the_timeline_draws_the_year(duties: list[Duty], office: WebClient) -> None:
    with as_role(WEB):
        text = page(office, "desk:duty_timeline", year=str(clock.today().year))
    assert "做好双公示" in text and 'class="bar waiting' in text and "12月" in text
    assert "这一年没有任务" in page(office, "desk:duty_timeline", year="2001")


def test_an_empty_ledger_says_what_will_come(city: City, web: WebClient) -> None:
    for who in ("credit_office", "clerk", "auditor"):
        web.force_login(city.users[who])
        assert "没有" in page(web, "desk:duties")
        for name in ("duty_matrix", "duty_timeline", "duty_notices"):
            assert "没有" in page(web, f"desk:{name}"), (who, name)


# -- a unit's board ----------------------------------------------------------------------------------------------


def test_a_clerk_comes_to_the_own_unit_first(city: City, duties: list[Duty], clerk: WebClient) -> None:
    with as_role(WEB):
        text = page(clerk, "desk:duties")
    assert "本单位负责的（3 项）" in text and "有 3 项等您签收" in text
    clerk.force_login(city.users["other_clerk"])
    text = page(clerk, "desk:duties")
    assert "本单位负责的（1 项）" in text and "本单位参与的" in text and "由测试单位a负责" in text


# -- acts --------------------------------------------------------------------------------------------------------


def test_from_receipt_to_the_offices_word(city: City, duties: list[Duty], clerk: WebClient) -> None:
    duty = duties[0]
    with as_role(WEB):
        assert "签收任务" in page(clerk, "desk:duty", duty.pk)
        assert _act(clerk, duty, "confirm").status_code == 302  # type: ignore[attr-defined]
        _act(clerk, duty, "start")
        said = {
            "text": "公示 120 件，全部及时。", "file": SimpleUploadedFile("总结.pdf", PDF), "file_title": "公示总结",
            "link": "https://example.gov.cn/1", "link_title": "公示页面", "figure": "duties_in_time", "since": "2026-01-01",
            "until": clock.today().isoformat(),
        }  # fmt: skip
        answer = _act(clerk, duty, "report", said)
        assert answer.status_code == 302, answer.content.decode()  # type: ignore[attr-defined]
        assert set(Evidence.objects.values_list("kind", flat=True)) == {"file", "link", "figure"}
        clerk.force_login(city.users["credit_office"])
        text = page(clerk, "desk:duty_act", duty.pk, assignment(duty).pk, "accept")
        assert "公示 120 件，全部及时。" in text and "公示总结" in text and "不再改动" in text
        _act(clerk, duty, "accept", {"text": "认可。"})
    text = page(clerk, "desk:duty", duty.pk)
    assert "已完成" in text and "公示 120 件，全部及时。" in text and "认可。" in text


def test_a_report_without_words_is_refused_and_stores_nothing(city: City, duties: list[Duty], clerk: WebClient) -> None:
    do(city, "clerk", duties[0], "confirm", "start")
    answer = _act(clerk, duties[0], "report", {"text": "", "link": "https://example.gov.cn/1"})
    assert answer.status_code == 422 and "请写明内容" in answer.content.decode()  # type: ignore[attr-defined]
    assert not Evidence.objects.exists()


def test_an_act_on_a_step_that_moved_on_is_told(city: City, duties: list[Duty], clerk: WebClient) -> None:
    do(city, "clerk", duties[0], "confirm")
    answer = _act(clerk, duties[0], "start", {"expect": "assigned"})
    assert answer.status_code == 409 and "重新打开" in answer.content.decode()  # type: ignore[attr-defined]


def test_another_units_clerk_may_not_confirm_but_adds_its_part(city: City, duties: list[Duty], web: WebClient) -> None:
    web.force_login(city.users["other_clerk"])
    assert _act(web, duties[0], "confirm").status_code == 403  # type: ignore[attr-defined]
    assert _act(web, duties[0], "add", {"text": "已提供社会组织的公示清单。"}).status_code == 302  # type: ignore[attr-defined]
    assert "已提供社会组织的公示清单。" in page(web, "desk:duty", duties[0].pk)


def test_what_is_returned_says_what_is_missing(city: City, duties: list[Duty], clerk: WebClient) -> None:
    do(city, "clerk", duties[0], "confirm", "start", "report")
    do(city, "credit_office", duties[0], "return", text="请补充第三季度的数字。")
    text = page(clerk, "desk:duty", duties[0].pk)
    assert "退回补充" in text and "请补充第三季度的数字。" in text and "报送进展" in text


def test_steps_are_planned_finished_and_opened_again(city: City, duties: list[Duty], clerk: WebClient) -> None:
    do(city, "clerk", duties[0], "confirm")
    url = reverse("desk:duty_steps", args=[duties[0].pk, assignment(duties[0]).pk])
    clerk.post(url, {"title_0": "排查清单", "due_0": "2026-06-30", "title_1": "逐项公示"})
    first = WorkStep.objects.order_by("place")[0]
    clerk.post(reverse("desk:duty_step", args=[duties[0].pk, first.pk]), {"done": "yes"})
    first.refresh_from_db()
    assert first.done_at is not None and "排查清单" in page(clerk, "desk:duty", duties[0].pk)
    clerk.post(reverse("desk:duty_step", args=[duties[0].pk, first.pk]), {"done": "no"})
    first.refresh_from_db()
    assert first.done_at is None
    assert clerk.post(url, {}).status_code == 422


def test_evidence_is_added_before_the_report_and_opened_by_officers(
    city: City, duties: list[Duty], clerk: WebClient
) -> None:
    url = reverse("desk:duty_evidence", args=[duties[0].pk, assignment(duties[0]).pk])
    assert "请上传文件" in clerk.post(url, {}).content.decode()
    clerk.post(url, {"file": SimpleUploadedFile("照片.pdf", PDF)})
    paper = Evidence.objects.get().paper_id
    answer = clerk.get(reverse("desk:duty_paper", args=[paper]))
    assert answer.content == PDF and "inline" in answer["Content-Disposition"]
    bad = clerk.post(url, {"file": SimpleUploadedFile("木马.exe", b"MZ" + b"0" * 100)})
    assert bad.status_code == 422 and Evidence.objects.count() == 1


# -- changes -------------------------------------------------------------------------------------------------------


def test_a_new_deadline_is_asked_by_the_unit_and_approved_by_the_office(
    city: City, duties: list[Duty], clerk: WebClient
) -> None:
    with as_role(WEB):
        said = {"due_on": "2027-03-31", "reason": "系统改造推迟，分管副市长同意。"}
        clerk.post(reverse("desk:duty_ask_change", args=[duties[0].pk, "deadline"]), said)
        change = Change.objects.get()
        clerk.force_login(city.users["credit_office"])
        assert "系统改造推迟" in page(clerk, "desk:duty_changes")
        clerk.post(reverse("desk:duty_change_decide", args=[change.pk]), {"approve": "yes", "decision": "同意。"})
    duties[0].refresh_from_db()
    assert duties[0].due_on == dt.date(2027, 3, 31)
    assert "2026年12月31日 → 2027年3月31日" in page(clerk, "desk:duty", duties[0].pk)


def test_a_yearly_duty_asks_which_year(city: City, duties: list[Duty], clerk: WebClient) -> None:
    text = page(clerk, "desk:duty_ask_change", duties[1].pk, "deadline")
    assert "哪一年的" in text
    period = assignment(duties[1]).period
    said = {"due_on": f"{int(period) + 1}-01-31", "reason": "会议推迟。", "period": period}
    clerk.post(reverse("desk:duty_ask_change", args=[duties[1].pk, "deadline"]), said)
    assert Change.objects.get().after["period"] == period


def test_who_asked_may_not_approve_and_refusing_needs_a_reason(
    city: City, duties: list[Duty], office: WebClient
) -> None:
    office.post(reverse("desk:duty_ask_change", args=[duties[0].pk, "end"]), {"reason": "公文已经废止。"})
    change = Change.objects.get()
    url = reverse("desk:duty_change_decide", args=[change.pk])
    assert "您提出的变更" in page(office, "desk:duty_change_decide", change.pk)
    assert office.post(url, {"approve": "yes"}).status_code == 409
    office.force_login(desk.second(city))
    assert office.post(url, {"approve": "no"}).status_code == 422
    office.post(url, {"approve": "yes"})
    assert "已终止" in page(office, "desk:duty", duties[0].pk)


def test_another_class_of_disclosure_is_asked_and_approved(city: City, duties: list[Duty], office: WebClient) -> None:
    url = reverse("desk:duty_ask_change", args=[duties[0].pk, "class"])
    now = Duty.objects.get(pk=duties[0].pk).disclosure
    wanted = "shared" if now != "shared" else "open"
    text = page(office, "desk:duty_ask_change", duties[0].pk, "class")
    assert f'value="{wanted}"' in text and f'value="{now}"' not in text
    assert office.post(url, {"disclosure": now, "reason": "经保密审查。"}).status_code == 422
    assert office.post(url, {"disclosure": wanted, "reason": ""}).status_code == 422
    office.post(url, {"disclosure": wanted, "reason": "经保密审查。"})
    office.force_login(desk.second(city))
    office.post(reverse("desk:duty_change_decide", args=[Change.objects.get().pk]), {"approve": "yes"})
    names = {"open": "主动公开", "shared": "政务共享", "on_request": "依申请公开"}
    assert f"{names[now]} → {names[wanted]}" in page(office, "desk:duty", duties[0].pk)
    assert Duty.objects.get(pk=duties[0].pk).disclosure == wanted


def test_another_unit_takes_a_line_over(city: City, duties: list[Duty], office: WebClient) -> None:
    said = {"line": "1", "unit": "t_office", "reason": "职责划转。"}
    office.post(reverse("desk:duty_ask_change", args=[duties[0].pk, "unit"]), said)
    office.force_login(desk.second(city))
    office.post(reverse("desk:duty_change_decide", args=[Change.objects.get().pk]), {"approve": "yes"})
    text = page(office, "desk:duty", duties[0].pk)
    assert "曾经的单位" in text and "测试单位a → 测试信用办" in text


def test_a_unit_follows_another_with_all_its_duties(city: City, duties: list[Duty], office: WebClient) -> None:
    said = {
        "old_unit": "t_a",
        "new_unit": "t_b",
        "on": clock.today().isoformat(),
        "document_no": "示办发〔2026〕3号",
        "reason": "机构改革。",
    }
    answer = office.post(reverse("desk:duty_succession"), said)
    assert answer.status_code == 302, answer.content.decode()
    office.force_login(desk.second(city))
    office.post(reverse("desk:duty_change_decide", args=[Change.objects.get().pk]), {"approve": "yes"})
    assert "共 4 项" in page(office, "desk:duties", view="all", unit="t_b")


def test_a_clerk_may_not_end_a_duty(duties: list[Duty], clerk: WebClient) -> None:
    assert clerk.get(reverse("desk:duty_ask_change", args=[duties[0].pk, "end"])).status_code == 403


# -- supervision ---------------------------------------------------------------------------------------------------


def test_a_notice_is_sent_answered_asked_again_and_closed(city: City, duties: list[Duty], office: WebClient) -> None:
    with as_role(WEB):
        shown = page(office, "desk:duty_notice_new", unit="t_a")
        assert "做好双公示" in shown
        said = {
            "duty": [str(duties[0].pk)],
            "asks": "至今没有签收，请说明原因。",
            "due_on": (clock.today() + dt.timedelta(days=14)).isoformat(),
        }
        url = reverse("desk:duty_notice_new") + "?unit=t_a"
        assert office.post(url, said).status_code == 302
        notice = Notice.objects.get()
        office.force_login(city.users["clerk"])
        url = reverse("desk:duty_notice", args=[notice.pk])
        assert notice.number in page(office, "desk:duties")
        assert office.post(url, {"act": "reply", "text": ""}).status_code == 422
        office.post(url, {"act": "reply", "text": "已经签收并开始办理。", "file": SimpleUploadedFile("说明.pdf", PDF)})
        office.force_login(city.users["credit_office"])
        office.post(url, {"act": "ask_again", "text": "请写明完成时间。"})
        office.force_login(city.users["clerk"])
        office.post(url, {"act": "reply", "text": "6月底前完成。"})
        office.force_login(city.users["credit_office"])
        office.post(url, {"act": "close", "finding": "resolved", "text": "已经解决。"})
    text = page(office, "desk:duty_notice", notice.pk)
    assert "认定：已解决" in text and "说明.pdf" in text and "请写明完成时间。" in text


def test_a_notice_is_not_for_other_units(city: City, duties: list[Duty], web: WebClient) -> None:
    made = actions.do_send_notice(
        acting=city.users["credit_office"].acting, at=clock.now(), unit="t_a", duty_ids=[duties[0].pk], asks="请签收。",
        due_on=clock.today() + dt.timedelta(days=9),
    )  # fmt: skip
    web.force_login(city.users["other_clerk"])
    assert web.get(reverse("desk:duty_notice", args=[made.pk])).status_code == 404
    web.force_login(city.users["auditor"])
    assert web.post(reverse("desk:duty_notice", args=[made.pk]), {"act": "close"}).status_code == 409


# -- questions -----------------------------------------------------------------------------------------------------


def _asked(city: City, duty: Duty, *, publish: bool = True) -> Question:
    acting = city.users["citizen"].acting
    return actions.do_ask(
        acting=acting, at=clock.now(), duty_id=duty.pk, text="公示在哪里能看到？我是李四。", may_publish=publish
    )


def test_a_question_is_answered_and_published_without_the_name(
    city: City, duties: list[Duty], clerk: WebClient
) -> None:
    with as_role(WEB):
        one = _asked(city, duties[0])
        assert "公示在哪里能看到" in page(clerk, "desk:duty_questions") and "公示在哪里能看到" in page(
            clerk, "desk:duties"
        )
        said = {
            "act": "answer",
            "answer": "在市信用网站首页。",
            "publish": "on",
            "shown_question": "公示在哪里能看到？",
            "shown_answer": "",
        }
        answer = clerk.post(reverse("desk:duty_question", args=[one.pk]), said)
        assert answer.status_code == 302, answer.content.decode()
    one.refresh_from_db()
    assert (one.shown_question, one.shown_answer) == ("公示在哪里能看到？", "在市信用网站首页。")
    assert "已公开" in page(clerk, "desk:duty_question", one.pk)


def test_a_question_whose_asker_does_not_agree_has_no_button_to_publish(
    city: City, duties: list[Duty], clerk: WebClient
) -> None:
    one = _asked(city, duties[0], publish=False)
    text = page(clerk, "desk:duty_question", one.pk)
    assert "提问人不同意公开" in text and 'name="publish"' not in text
    clerk.post(reverse("desk:duty_question", args=[one.pk]), {"act": "answer", "answer": "在首页。", "publish": "on"})
    one.refresh_from_db()
    assert one.step == "answered" and one.shown_question is None


def test_a_question_is_passed_on_to_another_unit_of_the_duty(city: City, duties: list[Duty], clerk: WebClient) -> None:
    one = _asked(city, duties[0])
    url = reverse("desk:duty_question", args=[one.pk])
    assert clerk.post(url, {"act": "pass_on", "unit": "t_office"}).status_code == 422
    clerk.post(url, {"act": "pass_on", "unit": "t_b"})
    one.refresh_from_db()
    assert one.unit_id == "t_b" and clerk.get(url).status_code == 404
