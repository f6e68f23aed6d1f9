"""Notices, matrix and timeline, assessment rounds (of public bodies only), the report."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest
from django.db import IntegrityError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.clock import CHINA
from goodfaith.common.problems import Problem
from goodfaith.common.roles import WEB
from goodfaith.duties import actions, figures, queries
from goodfaith.duties.models import Entry, Evidence, Objection, Round, Score
from goodfaith.law.governing import Assessment, Figure
from tests.conftest import as_role
from tests.duties.conftest import Room

D = dt.date
AT = dt.datetime(2027, 3, 1, 10, tzinfo=CHINA)


def _refused(code: str, what: object, **given: object) -> None:
    with pytest.raises(Problem) as caught, transaction.atomic():
        what(**given)  # type: ignore[operator]
    assert caught.value.code == code


def _notice(duties: Room, **more: Any) -> Any:
    given: dict[str, Any] = {"acting": duties.office, "at": AT, "unit": "t_a", "duty_ids": [duties.duties[0].pk],
                             "asks": "请说明逾期原因", "due_on": D(2027, 3, 15)}  # fmt: skip
    return actions.do_send_notice(**{**given, **more})


def test_a_notice_from_sending_to_finding(duties: Room) -> None:
    with as_role(WEB):
        _refused("not_for_you", _notice, duties=duties, acting=duties.clerk)
        _refused("duty_of_others", _notice, duties=duties, unit="t_old")
        _refused("due_past", _notice, duties=duties, due_on=D(2027, 3, 1))
        _refused("duties_missing", _notice, duties=duties, duty_ids=[])
        one, two = _notice(duties), _notice(duties, unit="t_b")
        assert (one.number, two.number) == ("督〔2027〕1号", "督〔2027〕2号")
        _refused("not_for_you", actions.do_reply_notice, acting=duties.other, at=AT, notice_id=one.pk, text="x")
        actions.do_add_notice_file(acting=duties.clerk, at=AT, notice_id=one.pk, title="说明", name="a.pdf", data=b"%PDF-1.4")
        actions.do_reply_notice(acting=duties.clerk, at=AT, notice_id=one.pk, text="正在整改")
        actions.do_ask_again(acting=duties.office, at=AT, notice_id=one.pk, text="请写明完成日期")
        actions.do_reply_notice(acting=duties.clerk, at=AT, notice_id=one.pk, text="三月底完成")
        _refused("text_missing", actions.do_close_notice, acting=duties.office, at=AT, notice_id=one.pk, finding="partly", text=" ")
        _refused("finding_unknown", actions.do_close_notice, acting=duties.office, at=AT, notice_id=one.pk, finding="good", text="x")
        actions.do_close_notice(acting=duties.office, at=AT, notice_id=one.pk, finding="partly", text="限期完成")
        view = queries.notice(duties.clerk, one.pk)
        _refused("duty_unknown", queries.notice, acting=duties.other, notice_id=one.pk)
    assert [each.act for each in view.events] == ["send", "reply", "ask_again", "reply", "close"]
    assert view.row.finding == "partly" and len(view.evidence) == 1 and Evidence.objects.count() == 1
    assert [row.number for row in queries.notices(duties.office, state="open", today=D(2027, 3, 16)) if row.overdue] == [two.number]
    assert [row.id for row in queries.notices(duties.clerk)] == [one.pk]
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        connection.cursor().execute("UPDATE duties_notice SET finding = 'resolved' WHERE step = 'closed'")


def test_matrix_and_timeline_count_every_assignment_once(duties: Room) -> None:
    day = D(2027, 1, 5)
    rows = queries.duties(duties.auditor, today=day)
    matrix = queries.matrix(duties.auditor, today=day)
    assert sum(row.total for row in matrix) == len(rows) == 5
    counts = {row.unit: {name: n for name, n in row.counts.items() if n} for row in matrix}
    assert counts == {"t_a": {"overdue": 2, "assigned": 2}, "t_b": {"assigned": 1}}
    points = queries.timeline(duties.office, D(2026, 12, 1), D(2028, 1, 1), today=day)
    assert [(one.month, one.due, one.overdue, one.to_come) for one in points] == [(D(2026, 12, 1), 2, 2, 0), (D(2027, 12, 1), 1, 0, 1)]
    _refused("not_for_you", queries.matrix, acting=duties.citizen)


# -- assessment --------------------------------------------------------------------------------------------
def _open(duties: Room, **more: Any) -> Round:
    given: dict[str, Any] = {"acting": duties.office, "at": AT, "scheme": "demo_department_round", "title": "2026年度考核",
                             "units": ["t_a", "t_b"], "since": D(2026, 1, 1), "until": D(2027, 1, 1), "self_by": D(2027, 3, 10)}  # fmt: skip
    return actions.do_open_round(**{**given, **more})


def _scores(made: Round, unit: str) -> dict[str, Score]:
    return {one.indicator: one for one in Score.objects.filter(entry__round=made, entry__unit=unit)}


def _reviewed(duties: Room, made: Round) -> None:
    for unit, clerk in (("t_a", duties.clerk), ("t_b", duties.other)):
        actions.do_self_score(acting=clerk, at=AT, score_id=_scores(made, unit)["institutions"].pk, points=12, text="出台两项制度")
        actions.do_finish_self(acting=clerk, at=AT, entry_id=Entry.objects.get(round=made, unit=unit).pk)
    actions.do_start_review(acting=duties.office, at=AT, round_id=made.pk)
    for unit in ("t_a", "t_b"):
        for code, points, text in (("institutions", 10, "核减一项"), ("innovation", 9, "有创新")):
            actions.do_review_score(acting=duties.office, at=AT, score_id=_scores(made, unit)[code].pk, points=points, text=text)


def test_a_round_from_opening_to_publication(duties: Room) -> None:
    one = duties.duties[0].assignments.get()
    for act, text in (("confirm", ""), ("report", "完成")):
        actions.do_act(acting=duties.clerk, at=clock.now(), assignment_id=one.pk, act=act, text=text)
    actions.do_act(acting=duties.office, at=clock.now(), assignment_id=one.pk, act="accept")
    with as_role(WEB):
        made = _open(duties)
        found = _scores(made, "t_a")
        assert found["duties"].points == 12.5 and (found["duties"].inputs["due"], found["duties"].inputs["in_time"]) == (2, 1)
        assert not found["double_publicity"].applies  # nothing was delivered: its weight does not count
        _refused("points_range", actions.do_self_score, acting=duties.clerk, at=AT, score_id=found["institutions"].pk, points=16, text="x")
        _refused("not_for_you", actions.do_self_score, acting=duties.other, at=AT, score_id=found["institutions"].pk, points=1, text="x")
        _refused("not_self_scored", actions.do_self_score, acting=duties.clerk, at=AT, score_id=found["duties"].pk, points=1, text="x")
        _refused("self_running", actions.do_start_review, acting=duties.office, at=AT, round_id=made.pk)
        _reviewed(duties, made)
        _refused("text_missing", actions.do_review_score, acting=duties.office, at=AT, score_id=found["duties"].pk, points=20, text="")
        actions.do_hear(acting=duties.office, at=AT, round_id=made.pk)
        score = _scores(made, "t_a")["innovation"]
        objection = actions.do_object(acting=duties.clerk, at=AT, score_id=score.pk, text="漏计一项")
        _refused("objection_once", actions.do_object, acting=duties.clerk, at=AT, score_id=score.pk, text="再提")
        _refused("four_eyes", actions.do_answer_objection, acting=duties.office, at=AT, objection_id=objection.pk, answer="x")
        late = dt.datetime(2027, 4, 1, 10, tzinfo=CHINA)
        _refused("objection_late", actions.do_object, acting=duties.other, at=late, score_id=_scores(made, "t_b")["innovation"].pk, text="x")
        _refused("objections_running", actions.do_publish_round, acting=duties.second, at=AT, round_id=made.pk)
        _refused("objections_open", actions.do_publish_round, acting=duties.second, at=late, round_id=made.pk)
        actions.do_answer_objection(acting=duties.second, at=AT, objection_id=objection.pk, answer="属实，补记", points=11)
        assert len(queries.round_of(duties.clerk, made.pk).entries) == 1  # its own only, until it is published
        _refused("four_eyes", actions.do_publish_round, acting=duties.office, at=late, round_id=made.pk)
        actions.do_publish_round(acting=duties.second, at=late, round_id=made.pk)
        (view,) = queries.published_rounds()
    totals = {entry.unit: entry.total for entry in view.entries}
    # t_a: 12.5 of 25, 10 of 15, 11 of 15; t_b had no lead whose day is past
    assert totals == {"t_a": round(100 * 33.5 / 55, 2), "t_b": round(100 * 19 / 30, 2)}
    assert view.entries[0].unit == "t_b" and view.at_step.final
    scores = {one.indicator: one for one in view.entries[1].scores}
    assert scores["innovation"].objections[0].points_before == 9 and scores["duties"].inputs["in_time"] == 1


PUBLISHED = (
    "UPDATE duties_round SET title = 'x'", "UPDATE duties_entry SET self_done_at = now()", "UPDATE duties_score SET points = 1",
    "UPDATE duties_objection SET answer = 'x'", "DELETE FROM duties_score", "UPDATE duties_round SET step = 'objecting', published_at = NULL",
    "INSERT INTO duties_entry (round_id, unit_id) SELECT id, 't_old' FROM duties_round",
    "INSERT INTO duties_objection (score_id, text, at, by, by_name, outcome, answer, answered_by_name)"
    " SELECT id, 'x', now(), '1', '', '', '', '' FROM duties_score",
)  # fmt: skip


def test_a_published_round_never_changes(duties: Room) -> None:
    made = _open(duties)
    _reviewed(duties, made)
    actions.do_hear(acting=duties.office, at=AT, round_id=made.pk)
    objection = actions.do_object(acting=duties.clerk, at=AT, score_id=_scores(made, "t_a")["innovation"].pk, text="漏计")
    actions.do_answer_objection(acting=duties.second, at=AT, objection_id=objection.pk, answer="核对无误")
    actions.do_publish_round(acting=duties.second, at=dt.datetime(2027, 4, 1, 10, tzinfo=CHINA), round_id=made.pk)
    for statement in PUBLISHED:
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(statement)
    assert Objection.objects.get().outcome == "kept"


def test_only_public_bodies_are_rated_and_never_a_person(duties: Room) -> None:
    """Boundary 3: no rating of people. Nothing that is rated leads to a subject or an account, and a bank is none of
    the bodies that are rated."""
    _refused("unit_not_rated", _open, duties=duties, units=["t_bank"])
    _refused("unit_unknown", _open, duties=duties, units=[duties.citizen.id])
    made = _open(duties)
    with pytest.raises(IntegrityError, match="public bodies"), transaction.atomic():
        Entry.objects.create(round=made, unit_id="t_bank")
    for model in (Round, Entry, Score):
        named = {field.name for field in model._meta.get_fields()}
        assert not {name for name in named if "subject" in name or "person" in name or "user" in name}
        targets = {field.related_model.__name__ for field in model._meta.get_fields() if field.is_relation and field.related_model}
        assert targets <= {"Round", "Entry", "Score", "Objection", "Unit"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.columns WHERE table_name LIKE 'duties\\_%' AND column_name LIKE '%subject%'")
        assert cursor.fetchall() == []
    assert set(get_args(Assessment.model_fields["kind"].annotation)) == {"department", "county", "demonstration"}


def test_weights_that_do_not_add_up_are_refused_by_the_database(duties: Room) -> None:
    made = _open(duties)
    scheme = {**made.scheme, "indicators": made.scheme["indicators"][1:]}
    with pytest.raises(IntegrityError, match="duty_round_weights"), transaction.atomic():
        Round.objects.create(kind="department", code="x", scheme=scheme, title="x", since=D(2026, 1, 1), until=D(2026, 2, 1), step="scoring",
                             self_by=D(2026, 3, 1), made_at=AT, made_by="1", made_by_name="")


def test_a_demonstration_round_is_one_kind(duties: Room) -> None:
    made = _open(duties, scheme="demo_model_unit", title="示范单位")
    assert made.kind == "demonstration" and Score.objects.filter(entry__round=made).count() == 8


def test_the_closed_list_of_figures_is_whole() -> None:
    assert set(figures.MEASURES) == set(figures.NAMES) == set(get_args(Figure))


@pytest.mark.parametrize("code", figures.MEASURES)
def test_every_figure_can_be_measured(duties: Room, code: str) -> None:
    with as_role(WEB):
        found = figures.measure_all(code, D(2026, 1, 1), D(2027, 1, 1), D(2027, 1, 5))
    for one in found.values():
        assert one.value is None or 0 <= one.value <= 1
        assert one.inputs


def test_the_report_counts_what_the_lists_show(duties: Room) -> None:
    one = duties.duties[0].assignments.get()
    actions.do_act(acting=duties.clerk, at=AT, assignment_id=one.pk, act="confirm")
    actions.do_act(acting=duties.clerk, at=AT, assignment_id=one.pk, act="report", text="迟了")
    actions.do_act(acting=duties.office, at=AT, assignment_id=one.pk, act="accept")
    _notice(duties)
    with as_role(WEB):
        report = queries.report(duties.office, D(2026, 7, 1), D(2027, 7, 1), today=D(2027, 3, 2))
    (unit,) = [row for row in report.units if row.unit == "t_a"]
    assert (unit.due, unit.in_time, unit.late, unit.overdue, unit.notices) == (2, 0, 1, 1, 1)
    assert [row.title for row in report.overdue] == ["报送年度总结"] and [row.title for row in report.done] == ["做好双公示"]
    assert report.sentences[1] == "期内应完成 2 项：按期完成 0 项，逾期完成 1 项，逾期未完成 1 项。"
    assert sum(point.due for point in report.timeline) == 2
