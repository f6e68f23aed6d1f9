"""From upload to adoption: review with everything kept, undo, four eyes, names that are remembered."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.common.roles import WEB
from goodfaith.duties import actions, queries, rules
from goodfaith.duties.models import Assignment, Document, Duty, Proposal, Revision
from goodfaith.duties.shapes import Due, Named
from tests.conftest import as_role
from tests.duties import room
from tests.duties.conftest import UNITS, Room


def _states(document: Document) -> list[tuple[str, str]]:
    return [(one.title, one.state) for one in room.proposals(document)]


def _refused(code: str, what: object, **given: object) -> None:
    with pytest.raises(Problem) as caught, transaction.atomic():
        what(**given)  # type: ignore[operator]
    assert caught.value.code == code


def test_upload_keeps_bytes_text_reading_and_reader(staff: Room) -> None:
    with as_role(WEB):
        document = room.upload(staff.office)
        view = queries.review(staff.office, document.pk)
    assert bytes(document.paper.data).decode() == room.TEXT == view.text
    assert view.reader == rules.reader_version() and view.document.doc_no == "示政办发〔2026〕9号"
    assert document.reading["plans"][0]["tasks"][1]["deadline"] == {"yearly": "12-30"}
    for one in view.proposals:
        assert view.text[slice(*one.span)].strip() and one.note in view.text[slice(*one.note_span)]
    assert [one.due for one in view.proposals] == [Due("on", dt.date(2026, 12, 31)), Due("yearly", yearly="12-30"), Due("ongoing")]
    assert {one.disclosure for one in view.proposals} == {"open"}
    _refused("document_exists", room.upload, acting=staff.office)
    _refused("document_empty", room.upload, acting=staff.office, text="  ")


@pytest.mark.parametrize("who", ["clerk", "auditor", "citizen"])
def test_only_the_office_reviews(staff: Room, who: str) -> None:
    document = room.upload(staff.office)
    acting = getattr(staff, who)
    _refused("not_for_you", room.upload, acting=acting, text=room.TEXT + "\n另")
    _refused("not_for_you", actions.do_drop, acting=acting, at=clock.now(), document_id=document.pk, proposal_ids=[], reason="x")
    _refused("not_for_you", actions.do_adopt, acting=acting, at=clock.now(), document_id=document.pk)


def test_names_have_to_be_confirmed_and_are_remembered(staff: Room) -> None:
    document = room.upload(staff.office)
    keys = [one.pk for one in room.proposals(document)]
    given = {"acting": staff.office, "at": clock.now(), "document_id": document.pk}
    _refused("names_unconfirmed", actions.do_accept, **given, proposal_ids=keys)
    assert actions.do_confirm_name(**given, full="市司法局", kind="unit", units=["t_a"]) == 3
    _refused("name_kind", actions.do_confirm_name, **given, full="市民政局", kind="unit", units=["t_a", "t_b"])
    _refused("unit_unknown", actions.do_confirm_name, **given, full="市民政局", kind="unit", units=["nowhere"])
    actions.do_confirm_name(**given, full="市民政局", kind="unit", units=["t_b"])
    actions.do_accept(**given, proposal_ids=keys)
    later = room.upload(staff.office, room.TEXT + "\n另")
    view = queries.review(staff.office, later.pk)
    assert {one.full: one.remembered.units for one in view.names if one.remembered} == {"市司法局": ("t_a",), "市民政局": ("t_b",)}
    assert all(not one.confirmed for one in view.proposals)
    assert actions.do_confirm_names(acting=staff.office, at=clock.now(), document_id=later.pk) == 2
    assert all(one.confirmed for one in queries.review(staff.office, later.pk).proposals)


def test_mend_split_join_add_drop_and_everything_back(staff: Room) -> None:
    document = room.upload(staff.office)
    given = {"acting": staff.office, "at": clock.now(), "document_id": document.pk}
    first = room.proposals(document)
    before = [(one.pk, one.title, one.text, one.state, one.units) for one in first]
    one, two, three = (each.pk for each in first)
    with as_role(WEB):
        actions.do_mend(**given, proposal_id=one, changes={"title": "双公示", "due": Due("on", dt.date(2027, 1, 31)), "mode": "joint",
                        "units": [Named("joint", "市司法局", "市司法局", "unit", ("t_a",))]})
        parts = actions.do_split(**given, proposal_id=two, places=[first[1].start + 12])
        joined = actions.do_join(**given, proposal_ids=[one, three])
        start = document.text.index("现将任务")
        added = actions.do_add(**given, start=start, end=start + 13, title="", mode="single", due=Due(),
                               names=[Named("lead", "市民政局", "市民政局", "unit", ("t_b",))])
        actions.do_drop(**given, proposal_ids=[parts[1]], reason="只是说明")
        _refused("reason_missing", actions.do_drop, **given, proposal_ids=[parts[0]], reason=" ")
    standing = {each.pk: each for each in room.proposals(document)}
    assert set(standing) == {*parts, joined, added}
    assert "".join(standing[key].text for key in parts).replace("\n", "") == first[1].text.replace("\n", "")
    assert standing[joined].title == "双公示" and standing[joined].due_on == dt.date(2027, 1, 31)
    assert standing[added].text == document.text[start : start + 13]
    acts = [actions.do_undo(**given) for _ in range(5)]
    assert acts == ["drop", "add", "join", "split", "mend"]
    assert [(each.pk, each.title, each.text, each.state, each.units) for each in room.proposals(document)] == before
    _refused("nothing_to_undo", actions.do_undo, **given)
    view = queries.review(staff.office, document.pk)
    assert [each.act for each in view.revisions] == ["mend", "split", "join", "add", "drop", *["undo"] * 5]
    assert not view.can_undo and view.revisions[0].undone
    assert Proposal.objects.filter(document=document).count() == 7  # nothing was deleted
    assert History.objects.filter(object_type="duties_document", object_id=str(document.pk)).count() == 11


def test_adoption_is_by_another_who_did_not_review(staff: Room) -> None:
    document = room.upload(staff.office)
    given = {"at": clock.now(), "document_id": document.pk}
    _refused("proposals_pending", actions.do_submit, acting=staff.office, **given)
    room.confirm(staff.office, document, UNITS)
    keys = [one.pk for one in room.proposals(document)]
    actions.do_accept(acting=staff.office, proposal_ids=keys[:2], **given)
    actions.do_drop(acting=staff.third, proposal_ids=keys[2:], reason="不是任务", **given)
    actions.do_submit(acting=staff.office, **given)
    _refused("not_in_review", actions.do_accept, acting=staff.office, proposal_ids=keys[2:], **given)
    _refused("four_eyes", actions.do_adopt, acting=staff.office, **given)
    _refused("four_eyes", actions.do_adopt, acting=staff.third, **given)
    with as_role(WEB):
        made = actions.do_adopt(acting=staff.second, **given)
    assert [one.title for one in made] == ["做好双公示", "报送年度总结"]
    _refused("act_not_here", actions.do_adopt, acting=staff.second, **given)


def test_send_back_and_discard_keep_everything(staff: Room) -> None:
    document = room.upload(staff.office)
    given = {"at": clock.now(), "document_id": document.pk}
    room.confirm(staff.office, document, UNITS)
    actions.do_accept(acting=staff.office, proposal_ids=[one.pk for one in room.proposals(document)], **given)
    actions.do_submit(acting=staff.office, **given)
    _refused("text_missing", actions.do_send_back, acting=staff.second, reason="", **given)
    actions.do_send_back(acting=staff.second, reason="第三条要拆开", **given)
    actions.do_discard(acting=staff.office, reason="重复的文件", **given)
    assert [one.act for one in queries.review(staff.office, document.pk).events] == ["submit", "send_back", "discard"]
    room.upload(staff.office)  # the same file may come again


def test_a_name_that_stands_for_several_units_makes_a_line_for_each(staff: Room) -> None:
    duties = room.adopted(staff.office, staff.second, {"市司法局": ["t_a", "t_old"], "市民政局": ["t_b"]})
    assert [(one.line, one.part, one.unit_id) for one in duties[0].lines.order_by("line")] == [
        (1, "lead", "t_a"), (2, "lead", "t_old"), (3, "participating", "t_b")]  # fmt: skip
    assert duties[0].several_leads and duties[0].assignments.count() == 2


def test_two_names_of_one_unit_are_one_line(staff: Room) -> None:
    duties = room.adopted(staff.office, staff.second, {"市司法局": ["t_a"], "市民政局": ["t_a"]})
    (line,) = duties[2].lines.all()
    assert line.written == "市司法局、市民政局" and duties[2].assignments.count() == 1


def test_a_body_outside_the_registry_is_the_offices_to_follow(staff: Room) -> None:
    duties = room.adopted(staff.office, staff.second, {"市民政局": ["t_b"]})
    (one,) = duties[0].assignments.all()
    _refused("not_for_you", actions.do_act, acting=staff.clerk, at=clock.now(), assignment_id=one.pk, act="confirm")
    assert actions.do_act(acting=staff.office, at=clock.now(), assignment_id=one.pk, act="confirm") == "confirmed"


WALLS = {
    "adopted words": "UPDATE duties_duty SET text = 'x'",
    "the document's text": "UPDATE duties_document SET text = 'x'",
    "an adopted document": "UPDATE duties_document SET title = 'x'",
    "a proposal after adoption": "UPDATE duties_proposal SET title = 'x'",
    "a revision": "UPDATE duties_revision SET act = 'x'",
    "a clause": "UPDATE duties_clause SET text = 'x'",
    "the uploaded bytes": "UPDATE duties_paper SET data = 'x'",
    "an event": "UPDATE duties_event SET text = 'x'",
    "a deadline without a change": "UPDATE duties_duty SET due_on = '2030-01-01' WHERE due_kind = 'on'; SET CONSTRAINTS ALL IMMEDIATE",
    "an assignment's deadline without a change": "UPDATE duties_assignment SET due_on = '2030-01-01'; SET CONSTRAINTS ALL IMMEDIATE",
    "a step without its event": "UPDATE duties_assignment SET step = 'confirmed'; SET CONSTRAINTS ALL IMMEDIATE",
    "a step that no act leads to": "UPDATE duties_assignment SET step = 'accepted', closed_at = now()",
    "a holder without a change": "UPDATE duties_dutyunit SET unit_id = 't_old'",
    "a line that ends with nobody after it": "UPDATE duties_dutyunit SET until = since; SET CONSTRAINTS ALL IMMEDIATE",
    "a second lead": 'INSERT INTO duties_dutyunit (duty_id, line, part, written, "full", kind, unit_id, several, since)'
                     " SELECT duty_id, 9, 'lead', 'x', 'x', 'unit', 't_old', false, since FROM duties_dutyunit WHERE part = 'lead'",
    "a holder that follows without a change": 'INSERT INTO duties_dutyunit (duty_id, line, part, written, "full", kind, unit_id, several, since, until)'
                     " SELECT duty_id, line, part, 'x', 'x', 'unit', 't_old', several, since, since FROM duties_dutyunit; SET CONSTRAINTS ALL IMMEDIATE",
}  # fmt: skip


@pytest.mark.parametrize("wall", WALLS)
def test_the_database_refuses(duties: Room, wall: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(WALLS[wall])


@pytest.mark.parametrize("table", ["document", "proposal", "revision", "duty", "dutyunit", "assignment", "event", "paper", "clause"])
def test_nothing_is_deleted(duties: Room, table: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM duties_{table}")


def test_the_database_refuses_adoption_by_a_reviewer(staff: Room) -> None:
    document = room.upload(staff.office)
    room.confirm(staff.third, document, UNITS)
    actions.do_accept(acting=staff.third, at=clock.now(), document_id=document.pk, proposal_ids=[one.pk for one in room.proposals(document)])
    actions.do_submit(acting=staff.office, at=clock.now(), document_id=document.pk)
    for by in (staff.third, staff.office):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(step="adopted", adopted_at=clock.now(), adopted_by=by.id)
    assert Revision.objects.filter(document=document, by=staff.third.id).exists()
    assert not Duty.objects.exists() and not Assignment.objects.exists()


@pytest.mark.parametrize(("end", "expected"), [
    ("（此件公开发布）", "open"), ("公开方式：主动公开", "open"), ("（此件依申请公开）", "on_request"), ("（此件不予公开）", "shared"), ("", "shared"),
])  # fmt: skip
def test_the_documents_own_class(end: str, expected: str) -> None:
    assert rules.default_disclosure("正文\n\n" + end) == expected
