"""What everybody may read, questions, campaigns: nothing but what is open leaks."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from goodfaith.common import clock, crypto
from goodfaith.common.acting import SYSTEM
from goodfaith.common.clock import CHINA
from goodfaith.common.crypto_keys import with_another
from goodfaith.common.crypto_places import RENEWED, do_renew
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.common.roles import JOBS, WEB
from goodfaith.duties import actions, jobs, queries, rules
from goodfaith.duties.models import Campaign, Event, Question
from tests.conftest import as_role
from tests.duties import room
from tests.duties.conftest import UNITS, Room

D = dt.date
WORDS = "请问双公示在哪里看？我住甲街5号"


def _refused(code: str, what: object, **given: object) -> None:
    with pytest.raises(Problem) as caught, transaction.atomic():
        what(**given)  # type: ignore[operator]
    assert caught.value.code == code


def _everything_open() -> str:
    """Every row of every view of the schema ``open`` of this room, as text."""
    found = []
    with connection.cursor() as cursor:
        for view in ("duty", "duty_participant", "duty_document", "duty_question", "campaign", "campaign_material"):
            cursor.execute(f"SELECT v::text FROM open.{view} v")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def classes(staff: Room) -> Room:
    """One duty of each class, in this order: open, on request, shared."""
    staff.duties = room.adopted(staff.office, staff.second, UNITS, disclosures=["open", "on_request", "shared"])
    return staff


def test_only_open_clauses_of_adopted_documents_are_shown(classes: Room) -> None:
    room.upload(classes.office, room.TEXT.replace("诚信宣传", "尚未采纳的任务"))  # in review
    with as_role(WEB):
        (document,) = queries.public_documents()
        found, shown = queries.public_document(document.id)
        text = _everything_open()
    assert [one.title for one in shown] == ["做好双公示"] and (found.duties, found.on_request) == (1, 1)
    assert shown[0].participants == ("测试单位b",) and shown[0].assignments[0].unit_name == "测试单位a"
    for hidden in ("报送年度总结", "开展诚信宣传", "尚未采纳", "形成书面报告"):
        assert hidden not in text
    for duty in classes.duties[1:]:
        _refused("duty_unknown", queries.public_duty, duty_id=duty.pk)
        _refused("duty_unknown", actions.do_ask, acting=classes.citizen, at=clock.now(), duty_id=duty.pk, text="x", may_publish=True)


def test_a_document_without_open_clauses_is_not_there(staff: Room) -> None:
    (first, *_rest) = room.adopted(staff.office, staff.second, UNITS, disclosures=["shared", "shared", "on_request"])
    assert queries.public_documents() == []
    _refused("duty_unknown", queries.public_document, document_id=first.document_id)


def test_what_was_done_is_shown_once_it_is_accepted(duties: Room) -> None:
    duty = duties.duties[0]
    one = duty.assignments.get()

    def act(acting: Any, code: str, text: str = "") -> str:
        actions.do_act(acting=acting, at=clock.now(), assignment_id=one.pk, act=code, text=text)
        return queries.public_duty(duty.pk).assignments[0].done

    assert [act(duties.clerk, "confirm"), act(duties.clerk, "report", "第一稿"), act(duties.office, "return", "内部意见")] == ["", "", ""]
    assert act(duties.clerk, "report", "第二稿") == "" and act(duties.office, "go_on") == "第二稿"
    assert act(duties.clerk, "report", "第三稿") == "第二稿" and act(duties.office, "accept") == "第三稿"
    assert "第一稿" not in _everything_open() and "内部意见" not in _everything_open()


def test_a_question_from_asking_to_publication(duties: Room) -> None:
    duty, at = duties.duties[0], dt.datetime(2026, 11, 30, 9, tzinfo=CHINA)
    with as_role(WEB):
        _refused("not_for_you", actions.do_ask, acting=duties.clerk, at=at, duty_id=duty.pk, text="x", may_publish=True)
        question = actions.do_ask(acting=duties.citizen, at=at, duty_id=duty.pk, text=WORDS, may_publish=True)
        assert question.due_on == D(2026, 12, 14) and question.why  # ten working days, by the city's limit
        (mine,) = queries.my_questions(duties.citizen)
        assert mine.text == WORDS and mine.unit == "t_a" and queries.my_questions(duties.enterprise) == []
        (seen,) = queries.unit_questions(duties.clerk, today=D(2026, 12, 15))
        assert seen.text == WORDS and seen.overdue and queries.unit_questions(duties.other) == []
        _refused("not_for_you", actions.do_answer, acting=duties.other, at=at, question_id=question.pk, answer="x")
        actions.do_answer(acting=duties.clerk, at=at, question_id=question.pk, answer="在首页。您住得近", publish=True,
                          shown_question="请问双公示在哪里看？", shown_answer="在首页。")
        (shown,) = queries.public_duty(duty.pk).questions
    assert (shown.question, shown.answer) == ("请问双公示在哪里看？", "在首页。")
    assert queries.my_questions(duties.citizen)[0].answer == "在首页。您住得近"
    _refused("act_not_here", actions.do_answer, acting=duties.clerk, at=at, question_id=question.pk, answer="y")


@pytest.mark.parametrize("agreed", [True, False])
def test_nothing_is_published_without_both(duties: Room, agreed: bool) -> None:
    question = actions.do_ask(acting=duties.citizen, at=clock.now(), duty_id=duties.duties[0].pk, text=WORDS, may_publish=agreed)
    given = {"acting": duties.clerk, "at": clock.now(), "question_id": question.pk, "answer": "在首页"}
    if not agreed:
        _refused("not_to_publish", actions.do_answer, **given, publish=True)
        with pytest.raises(IntegrityError, match="duty_question_shown_if_agreed"), transaction.atomic():
            Question.objects.update(step="answered", answer=b"x", answered_at=clock.now(), shown_question="x", shown_answer="x")
    actions.do_answer(**given)
    assert queries.public_duty(duties.duties[0].pk).questions == ()


def test_who_asked_and_what_stands_nowhere_in_the_clear(duties: Room) -> None:
    actions.do_ask(acting=duties.citizen, at=clock.now(), duty_id=duties.duties[0].pk, text=WORDS, may_publish=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT q::text FROM duties_question q UNION ALL SELECT e::text FROM duties_event e WHERE procedure = 'question'"
                       " UNION ALL SELECT h::text FROM common_history h WHERE object_type = 'duties_question'")
        rows = "\n".join(row[0] for row in cursor.fetchall())
    assert "双公示" not in rows and WORDS.encode().hex() not in rows
    event, note = Event.objects.get(procedure="question"), History.objects.get(object_type="duties_question")
    assert event.actor_name == note.actor_name == "" and duties.citizen.id not in (event.actor_id, note.actor_id)
    with as_role(JOBS), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT text FROM duties_question")


def test_pass_on_withdraw_and_not_too_many(duties: Room) -> None:
    duty = duties.duties[0]
    made = [actions.do_ask(acting=duties.citizen, at=clock.now(), duty_id=duty.pk, text=f"问题{n}", may_publish=False) for n in range(5)]
    _refused("too_many_questions", actions.do_ask, acting=duties.citizen, at=clock.now(), duty_id=duty.pk, text="x", may_publish=False)
    _refused("duty_of_others", actions.do_pass_on, acting=duties.clerk, at=clock.now(), question_id=made[0].pk, unit="t_old")
    with as_role(WEB):
        actions.do_pass_on(acting=duties.clerk, at=clock.now(), question_id=made[0].pk, unit="t_b")
        _refused("duty_unknown", actions.do_withdraw_question, acting=duties.enterprise, at=clock.now(), question_id=made[1].pk)
        actions.do_withdraw_question(acting=duties.citizen, at=clock.now(), question_id=made[1].pk)
        actions.do_answer(acting=duties.other, at=clock.now(), question_id=made[0].pk, answer="好")
    actions.do_ask(acting=duties.citizen, at=clock.now(), duty_id=duty.pk, text="x", may_publish=False)
    assert made[0].due_on == Question.objects.get(pk=made[0].pk).due_on


# -- campaigns ---------------------------------------------------------------------------------------------
def test_the_calendar_has_the_named_days_before_any_worker_made_them(staff: Room) -> None:
    days = {(one.first.month, one.first.day) for one in queries.calendar(staff.clerk, 2027)}
    assert {(3, 15), (6, 14), (9, 20), (12, 4)} <= days and not Campaign.objects.exists()
    with as_role(JOBS):
        jobs.run(dt.datetime(2027, 1, 2, tzinfo=CHINA))
        jobs.run(dt.datetime(2027, 1, 2, tzinfo=CHINA))
    assert {one.id for one in queries.calendar(staff.clerk, 2027)} == set(Campaign.objects.filter(year=2027).values_list("pk", flat=True))


def test_a_campaign_from_plan_to_report_and_its_feed(staff: Room) -> None:
    key, spring = rules.campaign_id("consumer_rights_day", 2027), dt.datetime(2027, 2, 1, 9, tzinfo=CHINA)
    window = (D(2027, 1, 1), D(2028, 1, 1))
    with as_role(WEB):
        _refused("not_for_you", actions.do_plan_campaign, acting=staff.clerk, at=spring, campaign_id=key, plan="x")
        _refused("organiser_missing", actions.do_plan_campaign, acting=staff.office, at=spring, campaign_id=key, plan="进社区")
        actions.do_plan_campaign(acting=staff.office, at=spring, campaign_id=key, plan="进社区", unit="t_a")
        actions.do_plan_campaign(acting=staff.clerk, at=spring, campaign_id=key, plan="进社区、进商场")
        for title, more in (("读本", {"text": "# 信用读本"}), ("内部方案", {"text": "联系分工", "disclosure": "shared"}),
                            ("海报", {"name": "a.png", "data": b"\x89PNG\r\n\x1a\nx"}), ("视频", {"url": "https://example.org/v"})):  # fmt: skip
            last = actions.do_add_material(acting=staff.clerk, at=spring, campaign_id=key, title=title, **more)
        _refused("material_one", actions.do_add_material, acting=staff.clerk, at=spring, campaign_id=key, title="x", text="a", url="https://b.cn")
        _refused("campaign_not_held", actions.do_report_campaign, acting=staff.clerk, at=spring, campaign_id=key, report="x")
        actions.do_withdraw_material(acting=staff.clerk, at=spring, material_id=last)
        (shown,) = queries.campaign_feed(*window)
        poster = next(one for one in shown["materials"] if one["kind"] == "file")
        assert queries.public_material(UUID(poster["id"])).media == "image/png"
        actions.do_report_campaign(acting=staff.clerk, at=dt.datetime(2027, 3, 16, tzinfo=CHINA), campaign_id=key, report="发放读本")
        view = queries.campaign(staff.office, key, D(2027, 3, 16))
        (after,) = queries.campaign_feed(*window)
    assert [one["title"] for one in shown["materials"]] == ["读本", "海报"] and shown["plan"] == "进社区、进商场"
    assert view.state == "reported" and len(view.materials) == 3 and after["report"] == "发放读本"
    assert orjson.loads(orjson.dumps(after))["first"] == "2027-03-15"


def test_what_is_not_open_or_not_planned_is_not_in_the_feed(staff: Room) -> None:
    made = actions.do_make_campaign(acting=staff.office, at=clock.now(), title="内部培训", first=D(2027, 5, 1), last=D(2027, 5, 2), unit="t_a")
    window = (D(2027, 1, 1), D(2028, 1, 1))
    assert queries.campaign_feed(*window) == []
    actions.do_plan_campaign(acting=staff.office, at=clock.now(), campaign_id=made.pk, plan="x", disclosure="shared")
    key = actions.do_add_material(acting=staff.office, at=clock.now(), campaign_id=made.pk, title="x", name="a.png", data=b"\x89PNG\r\n\x1a\nx")
    assert queries.campaign_feed(*window) == [] and _everything_open() == ""
    _refused("duty_unknown", queries.public_material, material_id=key)
    actions.do_cancel_campaign(acting=staff.office, at=clock.now(), campaign_id=made.pk, reason="改期")
    _refused("campaign_cancelled", actions.do_plan_campaign, acting=staff.office, at=clock.now(), campaign_id=made.pk, plan="y")


@pytest.mark.parametrize(("day", "state"), [
    (D(2027, 3, 14), "planned"), (D(2027, 3, 15), "running"), (D(2027, 3, 16), "to_report"),
])  # fmt: skip
def test_a_campaigns_state_follows_the_day(staff: Room, day: D, state: str) -> None:
    key = rules.campaign_id("consumer_rights_day", 2027)
    actions.do_plan_campaign(acting=staff.office, at=dt.datetime(2027, 2, 1, tzinfo=CHINA), campaign_id=key, plan="x", unit="t_a")
    assert queries.campaign(staff.office, key, day).state == state


def test_questions_are_sealed_anew_when_keys_are_rotated(duties: Room) -> None:
    first = actions.do_ask(acting=duties.citizen, at=clock.now(), duty_id=duties.duties[0].pk, text=WORDS, may_publish=True)
    actions.do_answer(acting=duties.clerk, at=clock.now(), question_id=first.pk, answer="在首页")
    before = settings.KEYS
    crypto.use_keys(with_another(before, D(2026, 11, 27)))
    try:
        places = [one for one in RENEWED if one.table == "duties_question"]
        assert [do_renew(acting=SYSTEM, at=clock.now(), place=one) for one in places] == [1, 1]
        row = Question.objects.get()
        assert bytes(row.text)[:2] == bytes(row.answer)[:2] == crypto.head()
        (mine,) = queries.my_questions(duties.citizen)
        assert (mine.text, mine.answer) == (WORDS, "在首页")
    finally:
        crypto.use_keys(before)
