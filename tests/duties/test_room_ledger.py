"""The ledger: acts, evidence, steps, changes, successions, years that follow, reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.clock import CHINA
from goodfaith.common.problems import Problem
from goodfaith.common.roles import JOBS, WEB
from goodfaith.duties import actions, jobs, queries, rules
from goodfaith.duties.models import Assignment, Change, Event, Evidence, Reminder
from goodfaith.duties.successions import followed
from tests.conftest import as_role
from tests.duties import room
from tests.duties.conftest import Room

D = dt.date
PDF = b"%PDF-1.7 example"


def _refused(code: str, what: object, **given: object) -> None:
    with pytest.raises(Problem) as caught, transaction.atomic():
        what(**given)  # type: ignore[operator]
    assert caught.value.code == code


def _first(duties: Room, number: int = 0) -> Assignment:
    return Assignment.objects.filter(duty=duties.duties[number]).order_by("line").first()  # type: ignore[return-value]


def _act(acting: Acting, one: Assignment, act: str, text: str = "", at: dt.datetime | None = None) -> str:
    return actions.do_act(acting=acting, at=at or clock.now(), assignment_id=one.pk, act=act, text=text)


def test_from_receipt_to_acceptance(duties: Room) -> None:
    one = _first(duties)
    with as_role(WEB):
        _act(duties.clerk, one, "confirm")
        kept = actions.do_plan_steps(acting=duties.clerk, at=clock.now(), assignment_id=one.pk,
                                     steps=[actions.Planned("建目录", D(2026, 12, 1)), actions.Planned("核对")])
        _act(duties.clerk, one, "start")
        actions.do_finish_step(acting=duties.clerk, at=clock.now(), step_id=kept[0])
        kept = actions.do_plan_steps(acting=duties.clerk, at=clock.now(), assignment_id=one.pk,
                                     steps=[actions.Planned("建目录", D(2026, 12, 1), kept[0]), actions.Planned("公示")])
        _act(duties.other, one, "add", "我局已公示全部许可")
        _refused("act_not_here", actions.do_act, acting=duties.other, at=clock.now(), assignment_id=one.pk, act="report", text="x")
        _refused("text_missing", actions.do_act, acting=duties.clerk, at=clock.now(), assignment_id=one.pk, act="report")
        _refused("names_numbers", actions.do_act, acting=duties.clerk, at=clock.now(), assignment_id=one.pk, act="report", text="联系13800138000")
        _refused("names_numbers", actions.do_act, acting=duties.clerk, at=clock.now(), assignment_id=one.pk, act="report", text="联系 138 0013 8000")
        _refused("names_numbers", actions.do_act, acting=duties.clerk, at=clock.now(), assignment_id=one.pk, act="report", text="电话１３８００１３８０００")
        _act(duties.clerk, one, "report", "目录已建成")
        _refused("duty_moved", actions.do_act, acting=duties.office, at=clock.now(), assignment_id=one.pk, act="accept", expect="confirmed")
        _act(duties.office, one, "return", "请补充数字")
        _act(duties.clerk, one, "report", "目录已建成，共若干项")
        assert _act(duties.office, one, "accept") == "accepted"
        _refused("act_not_here", actions.do_act, acting=duties.clerk, at=clock.now(), assignment_id=one.pk, act="report", text="x")
        view = queries.duty(duties.clerk, duties.duties[0].pk)
    assert [one.title for one in view.work_steps[one.pk]] == ["建目录", "公示"]
    assert view.work_steps[one.pk][0].done_at and not view.may(view.assignments[0])
    assert [one.act for one in view.events] == ["confirm", "plan", "start", "plan", "plan", "add", "report", "return", "report", "accept"]


def test_who_may(duties: Room) -> None:
    one = _first(duties)
    for acting in (duties.other, duties.office):
        _refused("act_not_here", actions.do_act, acting=acting, at=clock.now(), assignment_id=one.pk, act="confirm")
    for acting in (duties.citizen, duties.auditor):
        _refused("not_for_you", actions.do_act, acting=acting, at=clock.now(), assignment_id=one.pk, act="confirm")
    _refused("not_for_you", actions.do_act, acting=duties.office, at=clock.now(), assignment_id=one.pk, act="end")
    view = queries.duty(duties.clerk, duties.duties[0].pk)
    assert {act.code for act in view.may(view.assignments[0])} == {"confirm", "decline", "add"}
    view = queries.duty(duties.other, duties.duties[0].pk)
    assert {act.code for act in view.may(view.assignments[0])} == {"add"}
    assert queries.duty(duties.auditor, duties.duties[0].pk).may(view.assignments[0]) == []


def test_the_office_does_not_judge_its_own_report(duties: Room) -> None:
    """Where nobody of the registry holds a duty, one officer of the office reports and another accepts."""
    change = actions.do_ask_unit(acting=duties.office, at=clock.now(), duty_id=duties.duties[0].pk, line=1, unit="t_office", reason="承接")
    actions.do_decide_change(acting=duties.second, at=clock.now(), change_id=change.pk, approve=True)
    one = _first(duties)
    for act, text in (("confirm", ""), ("report", "完成")):
        _act(duties.office, one, act, text)
    _refused("four_eyes", actions.do_act, acting=duties.office, at=clock.now(), assignment_id=one.pk, act="accept")
    with pytest.raises(Exception, match="does not judge"), transaction.atomic():
        Event.objects.create(procedure="assignment", object_id=str(one.pk), at=clock.now(), act="accept", frm="reported", to="accepted",
                             actor_kind="officer", actor_id=duties.office.id, actor_name="", unit=None)
    assert _act(duties.second, one, "accept") == "accepted"


def test_evidence(duties: Room) -> None:
    one = _first(duties)
    given = {"acting": duties.clerk, "at": clock.now(), "assignment_id": one.pk}
    with as_role(WEB):
        actions.do_add_file(**given, title="总结", name="总结.pdf", data=PDF)
        actions.do_add_link(**given, title="", url="https://example.org/a")
        key = actions.do_add_figure(**given, figure="double_publicity_timeliness", since=D(2026, 1, 1), until=D(2026, 7, 1))
        for code, what, more in (
            ("paper_kind", actions.do_add_file, {"title": "x", "name": "x.pdf", "data": b"MZ\x90"}),
            ("paper_empty", actions.do_add_file, {"title": "x", "name": "x.pdf", "data": b""}),
            ("url_wrong", actions.do_add_link, {"title": "x", "url": "javascript:alert(1)"}),
            ("figure_unknown", actions.do_add_figure, {"figure": "score_of_people", "since": D(2026, 1, 1), "until": D(2026, 2, 1)}),
            ("window_empty", actions.do_add_figure, {"figure": "duties_in_time", "since": D(2026, 2, 1), "until": D(2026, 2, 1)}),
        ):
            _refused(code, what, **given, **more)
        _refused("not_for_you", actions.do_add_link, **{**given, "acting": duties.auditor}, title="x", url="https://example.org")
    figure = Evidence.objects.get(pk=key)
    assert figure.value is None and figure.inputs["since"] == "2026-01-01"  # nothing was delivered: nothing to measure
    assert queries.file(duties.auditor, Evidence.objects.get(kind="file").paper_id).data == PDF


# -- changes -----------------------------------------------------------------------------------------------
def test_another_deadline_needs_a_reason_and_another_officer(duties: Room) -> None:
    duty, one = duties.duties[0], _first(duties)
    given: dict[str, Any] = {"acting": duties.clerk, "at": clock.now(), "duty_id": duty.pk, "due_on": D(2027, 3, 31)}
    _refused("reason_missing", actions.do_ask_deadline, **given, reason=" ")
    _refused("period_wrong", actions.do_ask_deadline, **given, reason="x", period="2026")
    with as_role(WEB):
        change = actions.do_ask_deadline(**given, reason="系统改造")
        _refused("change_waiting", actions.do_ask_deadline, **given, reason="系统改造")
        _refused("not_for_you", actions.do_decide_change, acting=duties.clerk, at=clock.now(), change_id=change.pk, approve=True)
        actions.do_decide_change(acting=duties.office, at=clock.now(), change_id=change.pk, approve=True)
    one.refresh_from_db()
    assert one.due_on == D(2027, 3, 31) and queries.duty(duties.clerk, duty.pk).changes[0].before["due_on"] == "2026-12-31"
    _refused("change_decided", actions.do_decide_change, acting=duties.second, at=clock.now(), change_id=change.pk, approve=False, decision="x")
    own = actions.do_ask_deadline(**{**given, "acting": duties.office}, reason="再延")
    _refused("four_eyes", actions.do_decide_change, acting=duties.office, at=clock.now(), change_id=own.pk, approve=True)
    with pytest.raises(Exception, match="duty_change_by_another"), transaction.atomic():
        Change.objects.filter(pk=own.pk).update(state="approved", decided_at=clock.now(), decided_by=duties.office.id)
    _refused("reason_missing", actions.do_decide_change, acting=duties.second, at=clock.now(), change_id=own.pk, approve=False)
    actions.do_decide_change(acting=duties.second, at=clock.now(), change_id=own.pk, approve=False, decision="没有必要")
    assert one.due_on == Assignment.objects.get(pk=one.pk).due_on


def test_a_yearly_duty_changes_one_year_only(duties: Room) -> None:
    duty = duties.duties[1]
    change = actions.do_ask_deadline(acting=duties.clerk, at=clock.now(), duty_id=duty.pk, due_on=D(2027, 1, 15), period="2026", reason="汇总需要")
    actions.do_decide_change(acting=duties.office, at=clock.now(), change_id=change.pk, approve=True)
    rows = queries.duties(duties.office, document=duty.document_id, today=D(2027, 12, 31))
    assert [(row.period, row.due_on) for row in rows if row.duty_id == duty.pk] == [
        ("2026", D(2027, 1, 15)), ("2027", D(2027, 12, 30)), ("2028", D(2028, 12, 30))]  # fmt: skip


def test_a_successor_takes_over_and_the_old_name_stays(duties: Room) -> None:
    one = _first(duties)
    _act(duties.clerk, one, "confirm")
    with as_role(WEB):
        change = actions.do_ask_succession(acting=duties.office, at=clock.now(), old_unit="t_a", new_unit="t_b", on=clock.today(),
                                           document_no="示发〔2026〕1号", reason="机构改革")
        _refused("four_eyes", actions.do_decide_change, acting=duties.office, at=clock.now(), change_id=change.pk, approve=True)
        actions.do_decide_change(acting=duties.second, at=clock.now(), change_id=change.pk, approve=True)
    view = queries.duty(duties.other, duties.duties[0].pk)
    assert view.assignments[0].unit == "t_b" and view.assignments[0].written == "市司法局"
    held = [(line.unit, line.until is None) for line in view.lines if line.line == 1]
    assert held == [("t_a", False), ("t_b", True)]
    _refused("not_for_you", actions.do_act, acting=duties.clerk, at=clock.now(), assignment_id=one.pk, act="start")
    assert _act(duties.other, one, "start") == "in_progress"
    _refused("succession_ring", actions.do_ask_succession, acting=duties.office, at=clock.now(), old_unit="t_b", new_unit="t_a",
             on=clock.today(), document_no="x", reason="x")
    assert followed(["t_a", "t_b"]) == ["t_b"]
    later = room.upload(duties.third, room.TEXT + "\n另")  # what was remembered of the old unit is the new one's
    actions.do_confirm_names(acting=duties.third, at=clock.now(), document_id=later.pk)
    assert {raw["full"]: raw["units"] for one in room.proposals(later) for raw in one.units} == {"市司法局": ["t_b"], "市民政局": ["t_b"]}


def test_a_succession_that_lies_ahead_begins_on_its_day(duties: Room) -> None:
    day = clock.today() + dt.timedelta(days=10)
    change = actions.do_ask_succession(acting=duties.office, at=clock.now(), old_unit="t_a", new_unit="t_old", on=day, document_no="示发1号", reason="改革")
    actions.do_decide_change(acting=duties.second, at=clock.now(), change_id=change.pk, approve=True)
    held = {}
    for on in (day - dt.timedelta(days=1), day):
        held[on] = {row.unit for row in queries.duties(duties.office, today=on) if row.part == "lead"}
    assert list(held.values()) == [{"t_a"}, {"t_old"}]


def test_an_end_closes_what_runs(duties: Room) -> None:
    change = actions.do_ask_end(acting=duties.office, at=clock.now(), duty_id=duties.duties[1].pk, reason="文件已废止")
    actions.do_decide_change(acting=duties.second, at=clock.now(), change_id=change.pk, approve=True)
    rows = [row for row in queries.duties(duties.office, today=D(2030, 1, 1)) if row.duty_id == duties.duties[1].pk]
    assert [(row.period, row.step) for row in rows] == [("2026", "ended")]


# -- dates decide ------------------------------------------------------------------------------------------
def _twin_dues(month_day: str, starts: D, today: D) -> list[D]:
    """Walk day by day: a due day on or after the start is an instance when it is the first, or the one before is past."""
    month, day = map(int, month_day.split("-"))
    found: list[D] = []
    here = starts
    while True:
        last = (here.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        if here.month == month and here.day == min(day, last.day):
            found.append(here)
            if here >= today:
                return found
        here += dt.timedelta(days=1)


DAYS = st.dates(D(2023, 1, 1), D(2032, 12, 31))


@pytest.mark.django_db
@hypothesis(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example("02-29", D(2024, 2, 29), D(2028, 2, 29))
@example("02-29", D(2025, 3, 1), D(2026, 3, 1))
@example("12-30", D(2026, 12, 30), D(2026, 12, 30))
@example("12-30", D(2026, 12, 30), D(2026, 12, 31))
@example("12-30", D(2026, 12, 31), D(2026, 12, 31))
@given(st.sampled_from(["12-30", "01-01", "12-31", "02-29", "03-15", "06-30"]), DAYS, DAYS)
def test_instances_of_a_yearly_duty(month_day: str, starts: D, today: D) -> None:
    """Python, SQL and the twin that walks day by day find the same instances."""
    expected = _twin_dues(month_day, starts, today)
    assert list(rules.yearly_dues(month_day, starts, today)) == expected
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT duties_yearly_due(%(md)s, y) FROM generate_series(extract(year FROM %(s)s::date)::integer,"
            " extract(year FROM greatest(%(t)s::date, %(s)s::date))::integer + 1) y"
            " WHERE duties_yearly_due(%(md)s, y) >= %(s)s::date AND (duties_yearly_due(%(md)s, y - 1) < %(s)s::date"
            " OR duties_yearly_due(%(md)s, y - 1) < %(t)s::date)",
            {"md": month_day, "s": starts, "t": today},
        )
        assert [row[0] for row in cursor.fetchall()] == expected


def test_the_next_year_stands_before_any_worker_made_it(duties: Room) -> None:
    duty = duties.duties[1]

    def on(day: D) -> list[str]:
        return [row.period for row in queries.duties(duties.clerk, unit="t_a", today=day) if row.duty_id == duty.pk]

    assert on(D(2026, 12, 30)) == ["2026"] and on(D(2026, 12, 31)) == ["2026", "2027"]
    assert Assignment.objects.filter(duty=duty).count() == 1
    shown = queries.duties(duties.clerk, unit="t_a", today=D(2027, 1, 5), words="报送年度总结")[-1]
    later = dt.datetime(2027, 1, 5, 9, tzinfo=CHINA)
    with as_role(WEB):
        actions.do_act(acting=duties.clerk, at=later, assignment_id=shown.id, act="confirm")
    assert Assignment.objects.get(pk=shown.id).period == "2027"
    with as_role(JOBS):
        jobs.run(later)
        jobs.run(later)
    assert Assignment.objects.filter(duty=duty).count() == 2
    assert shown.id == rules.assignment_id(duty.pk, 1, "2027")


def test_pages_of_a_list_are_the_list(duties: Room) -> None:
    whole = queries.duties(duties.office)
    assert len(whole) == 4
    assert [row for offset in range(0, 6, 2) for row in queries.duties(duties.office, limit=2, offset=offset)] == whole


def test_overdue_is_the_day_after_and_not_when_reported(duties: Room) -> None:
    one = _first(duties)

    def late(day: D) -> bool:
        return next(row.overdue for row in queries.duties(duties.clerk, today=day) if row.id == one.pk)

    assert not late(D(2026, 12, 31)) and late(D(2027, 1, 1))
    _act(duties.clerk, one, "confirm")
    _act(duties.clerk, one, "report", "完成")
    assert not late(D(2027, 1, 1))
    assert not [row for row in queries.duties(duties.clerk, state="overdue", today=D(2027, 1, 1)) if row.id == one.pk]
    _act(duties.office, one, "return", "补充")
    assert late(D(2027, 1, 1))


def _reminders() -> list[tuple[str, D]]:
    return list(Reminder.objects.filter(unit="t_a", assignment=Assignment.objects.get(due_on=D(2026, 12, 31)).pk)
                .order_by("on", "kind").values_list("kind", "on"))  # fmt: skip


def test_reminders_once_a_day_and_only_the_latest_after_a_night_without_a_worker(duties: Room) -> None:
    opened = Assignment.objects.get(due_on=D(2026, 12, 31)).opened_at.astimezone(CHINA).date()
    confirm = opened + dt.timedelta(days=settings.DUTIES["confirm_days"])
    with as_role(JOBS):
        for _ in range(2):
            jobs.run(dt.datetime(2026, 12, 24, 3, tzinfo=CHINA))
    before = [("before", D(2026, 12, 24))]
    expected = sorted([*before, *([("unreceived", confirm)] if confirm <= D(2026, 12, 24) else [])], key=lambda one: (one[1], one[0]))
    assert _reminders() == expected
    with as_role(JOBS):
        jobs.run(dt.datetime(2027, 1, 20, 3, tzinfo=CHINA))
    assert [one for one in _reminders() if one[0] == "overdue"] == [("overdue", D(2027, 1, 15))]
    board = queries.board(duties.clerk, today=D(2027, 1, 20))
    assert ("overdue", D(2027, 1, 15)) in [(one.kind, one.on) for one in board.reminders]


def test_a_killed_run_leaves_whole_rows_and_is_made_up_for(duties: Room) -> None:
    at = dt.datetime(2027, 1, 5, 3, tzinfo=CHINA)
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.run(at)
        raise RuntimeError("killed")
    assert not Reminder.objects.exists() and Assignment.objects.filter(period="2027").count() == 0
    jobs.run(at)
    assert Assignment.objects.filter(period="2027").count() == 1


# -- the machine against a naive twin ------------------------------------------------------------------------
TWIN = {
    ("assigned", "confirm", "clerk"): "confirmed", ("assigned", "decline", "clerk"): "assigned",
    ("confirmed", "start", "clerk"): "in_progress", ("confirmed", "report", "clerk"): "reported",
    ("in_progress", "report", "clerk"): "reported", ("returned", "report", "clerk"): "reported",
    ("reported", "accept", "office"): "accepted", ("reported", "go_on", "office"): "in_progress",
    ("reported", "return", "office"): "returned",
    **{(step, "urge", "office"): step for step in ("assigned", "confirmed", "in_progress", "returned")},
    **{(step, "add", who): step for step in ("assigned", "confirmed", "in_progress", "reported", "returned") for who in ("clerk", "other")},
}  # fmt: skip
ACTS = ("confirm", "decline", "start", "report", "add", "accept", "go_on", "return", "urge")


@hypothesis(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(["clerk", "other", "office"])), max_size=12))
def test_the_machine_and_its_twin(duties: Room, tried: list[tuple[str, str]]) -> None:
    """Whatever is tried in whatever order: what may be done and where it leads is what the table above says."""
    step = "assigned"
    mark = transaction.savepoint()
    one = _first(duties)
    for act, who in tried:
        expected = TWIN.get((step, act, who))
        try:
            with transaction.atomic():
                found: str | None = _act(getattr(duties, who), one, act, "说明")
        except Problem as problem:
            assert problem.code == "act_not_here"
            found = None
        assert found == expected, (step, act, who)
        step = found or step
    row = Assignment.objects.get(pk=one.pk)
    assert (row.step, row.closed_at is not None) == (step, step == "accepted")
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    transaction.savepoint_rollback(mark)
