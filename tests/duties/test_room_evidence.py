"""The class of a piece of evidence: chosen, held under its duty's, changed with a reason; the database holds it too."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.common.roles import JOBS, WEB
from goodfaith.duties import actions, queries
from goodfaith.duties.actions import Handed
from goodfaith.duties.models import Assignment, Change, Duty, Event, Evidence, Paper
from goodfaith.duties.queries import show_evidence
from tests.conftest import as_role
from tests.duties import files, room
from tests.duties.conftest import UNITS, Room
from tests.duties.test_clearing import LONG, MASKED, NUMBER

PDF, PNG = files.pdf_bytes([[LONG]]), b"\x89PNG\r\n\x1a\nx"
CLASSES = ("open", "on_request", "shared")


def _refused(code: str, what: object, **given: object) -> Problem:
    with pytest.raises(Problem) as caught, transaction.atomic():
        what(**given)  # type: ignore[operator]
    assert caught.value.code == code, str(caught.value)
    return caught.value


@pytest.fixture
def classes(staff: Room) -> Room:
    """One duty of each class, in this order: open, on request, shared."""
    staff.duties = room.adopted(staff.office, staff.second, UNITS, disclosures=CLASSES)
    return staff


def _first(room: Room, n: int = 0) -> Assignment:
    return Assignment.objects.filter(duty=room.duties[n], line=1).latest("period")


def _file(room: Room, disclosure: str, n: int = 0, data: bytes = PDF, **more: object) -> UUID:
    given = {"acting": room.clerk, "at": clock.now(), "assignment_id": _first(room, n).pk, "title": "自查情况"}
    return actions.do_add_file(**given, name="a.pdf", data=data, disclosure=disclosure, **more)  # type: ignore[arg-type]


def _disclose(acting: Acting, key: UUID, disclosure: str, reason: str = "联席会议要求。", **more: object) -> None:
    actions.do_disclose(
        acting=acting, at=clock.now(), evidence_id=key, disclosure=disclosure, reason=reason, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _accepted(room: Room, n: int = 0) -> None:
    one = _first(room, n)
    for acting, act, text in ((room.clerk, "confirm", ""), (room.clerk, "report", "办好了"), (room.office, "accept", "")):
        actions.do_act(acting=acting, at=clock.now(), assignment_id=one.pk, act=act, text=text)


@pytest.mark.parametrize("clause", CLASSES)
@pytest.mark.parametrize("piece", CLASSES)
def test_a_piece_is_added_in_the_classes_of_its_clause(classes: Room, piece: str, clause: str) -> None:
    n = CLASSES.index(clause)
    given = {"acting": classes.clerk, "at": clock.now(), "assignment_id": _first(classes, n).pk, "disclosure": piece}
    year = {"since": dt.date(2026, 1, 1), "until": dt.date(2026, 7, 1)}
    with as_role(WEB):
        for what, more in (
            (actions.do_add_file, {"title": "x", "name": "x.pdf", "data": PDF}),
            (actions.do_add_link, {"title": "x", "url": "https://example.org/a"}),
            (actions.do_add_figure, {"figure": "duties_in_time", **year}),
        ):
            if CLASSES.index(piece) >= n:
                assert Evidence.objects.get(pk=what(**given, **more)).disclosure == piece  # type: ignore[operator]
            else:
                _refused("disclosure_too_open", what, **given, **more)


def test_what_is_not_said_is_shared_and_needs_no_look(classes: Room) -> None:
    given = {"acting": classes.clerk, "at": clock.now(), "assignment_id": _first(classes).pk}
    key = actions.do_add_file(**given, title="名单", name="a.pdf", data=files.pdf_bytes([[LONG, NUMBER]]))
    assert (Evidence.objects.get(pk=key).disclosure, Evidence.objects.get(pk=key).cleared) == ("shared", "")


def test_an_open_file_with_numbers_of_people_is_refused_and_not_kept(classes: Room) -> None:
    before = Paper.objects.count()
    for more in ({}, {"attested": True}):
        with pytest.raises(Problem) as caught:
            _file(classes, "open", data=files.pdf_bytes([[LONG], [LONG, NUMBER]]), **more)
        assert caught.value.code == "paper_names_people" and f"第 2 页有身份证号码 {MASKED}" in caught.value.what
    assert Paper.objects.count() == before and not Evidence.objects.exists()


def test_who_looked_at_a_picture_is_kept(classes: Room) -> None:
    with pytest.raises(Problem, match="读不出"):
        _file(classes, "open", data=PNG)
    with as_role(WEB):
        found = Evidence.objects.get(pk=_file(classes, "open", data=PNG, attested=True))
    assert (found.cleared, found.cleared_by, found.cleared_by_name) == ("person", classes.clerk.id, classes.clerk.name)
    assert found.cleared_at is not None
    assert Evidence.objects.get(pk=_file(classes, "open")).cleared == "text"


def test_an_open_link_has_no_persons_number_in_its_address(classes: Room) -> None:
    given = {"acting": classes.clerk, "at": clock.now(), "assignment_id": _first(classes).pk, "title": "公示"}
    url = f"https://example.org/?id={NUMBER}"
    _refused("paper_names_people", actions.do_add_link, **given, url=url, disclosure="open")
    actions.do_add_link(**given, url=url)


def test_all_that_is_handed_in_at_once_is_taken_or_none(classes: Room) -> None:
    handed = Handed(file=("", "a.pdf", PDF), link=("", "javascript:alert(1)"), disclosure="open")
    given = {"acting": classes.clerk, "at": clock.now(), "assignment_id": _first(classes).pk}
    _refused("url_wrong", actions.do_hand_in, **given, handed=handed)
    assert not Evidence.objects.exists() and not Paper.objects.filter(name="a.pdf").exists()
    handed = Handed(file=("", "a.pdf", PDF), link=("", "https://example.org"), disclosure="open")
    assert len(actions.do_hand_in(**given, handed=handed)) == 2


# -- changed -----------------------------------------------------------------------------------------------------
def test_the_class_is_changed_by_its_unit_and_the_office_with_a_reason(classes: Room) -> None:
    key = _file(classes, "shared")
    with as_role(WEB):
        _refused("reason_missing", _disclose, acting=classes.clerk, key=key, disclosure="open", reason=" ")
        _refused("disclosure_same", _disclose, acting=classes.clerk, key=key, disclosure="shared")
        for acting in (classes.other, classes.auditor, classes.citizen):
            _refused("not_for_you", _disclose, acting=acting, key=key, disclosure="open")
        _disclose(classes.clerk, key, "open", "向社会说明进展。")
        _disclose(classes.office, key, "on_request", "还有内部信息。")
    found = Evidence.objects.get(pk=key)
    assert (found.disclosure, found.cleared, found.cleared_by) == ("on_request", "text", classes.clerk.id)
    events = Event.objects.filter(act="disclose").order_by("id")
    assert [(one.text, one.facts["was"], one.facts["now"]) for one in events] == [
        ("向社会说明进展。", "shared", "open"), ("还有内部信息。", "open", "on_request"),
    ]  # fmt: skip
    notes = History.objects.filter(action="duties.disclose").order_by("id")
    assert [(one.before, one.after["disclosure"]) for one in notes if one.after] == [
        ({"disclosure": "shared"}, "open"), ({"disclosure": "open"}, "on_request"),
    ]  # fmt: skip
    (told,) = queries.duty(classes.clerk, classes.duties[0].pk).evidence
    assert told.disclosure == "on_request" and told.held_by == "t_a"


def test_opening_later_asks_what_adding_open_asks(classes: Room) -> None:
    named = _file(classes, "shared", data=files.pdf_bytes([[LONG, NUMBER]]))
    picture, guarded = _file(classes, "shared", data=PNG), _file(classes, "shared", n=1)
    _refused("paper_names_people", _disclose, acting=classes.clerk, key=named, disclosure="open", attested=True)
    _refused("paper_not_attested", _disclose, acting=classes.clerk, key=picture, disclosure="open")
    _refused("disclosure_too_open", _disclose, acting=classes.office, key=guarded, disclosure="open")
    _disclose(classes.office, picture, "open", attested=True)
    assert Evidence.objects.get(pk=picture).cleared_by == classes.office.id
    assert not Event.objects.filter(facts__evidence=str(named)).exists()


def test_the_class_changes_after_the_end_and_by_who_followed_the_unit(classes: Room) -> None:
    key = _file(classes, "open")
    _accepted(classes)
    change = actions.do_ask_succession(
        acting=classes.office, at=clock.now(), old_unit="t_a", new_unit="t_b", on=clock.today(), document_no="示编〔2026〕1号",
        reason="机构改革",
    )  # fmt: skip
    actions.do_decide_change(acting=classes.second, at=clock.now(), change_id=change.pk, approve=True)
    _refused("not_for_you", _disclose, acting=classes.clerk, key=key, disclosure="shared")
    with as_role(WEB):
        _disclose(classes.other, key, "shared")
    assert Evidence.objects.get(pk=key).disclosure == "shared"


def test_a_file_of_a_reply_to_a_notice_stays_between_offices(classes: Room) -> None:
    notice = actions.do_send_notice(
        acting=classes.office, at=clock.now(), unit="t_a", duty_ids=[classes.duties[0].pk], asks="请说明",
        due_on=clock.today() + dt.timedelta(days=7),
    )  # fmt: skip
    key = actions.do_add_notice_file(
        acting=classes.clerk, at=clock.now(), notice_id=notice.pk, title="说明", name="a.pdf", data=PDF
    )
    _refused("duty_unknown", _disclose, acting=classes.office, key=key, disclosure="open")


# -- what everybody may read -------------------------------------------------------------------------------------
def reclass(room: Room, disclosure: str) -> None:
    """A clause is given another class, asked by its unit and approved by the office."""
    given = {"duty_id": room.duties[0].pk, "disclosure": disclosure, "reason": "经保密审查。"}
    with as_role(WEB):
        change = actions.do_ask_class(acting=room.clerk, at=clock.now(), **given)
        actions.do_decide_change(acting=room.office, at=clock.now(), change_id=change.pk, approve=True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _pieces(room: Room) -> show_evidence.Pieces:
    with as_role(WEB):
        return show_evidence.pieces([room.duties[0].pk])[room.duties[0].pk]


def test_everybody_gets_open_files_of_accepted_progress_only(classes: Room) -> None:
    keys = {disclosure: _file(classes, disclosure) for disclosure in CLASSES}
    other = _file(classes, "on_request", n=1)
    assert _pieces(classes) == show_evidence.Pieces()
    _refused("duty_unknown", show_evidence.public_file, evidence_id=keys["open"])
    _accepted(classes)
    _accepted(classes, 1)
    found = _pieces(classes)
    assert [one.id for one in found.shown] == [keys["open"]] and (found.files, found.others) == (1, 0)
    assert [one.title for one in found.on_request] == ["自查情况"]
    with as_role(WEB):
        assert show_evidence.public_file(keys["open"]).data() == PDF
        for key in (keys["on_request"], keys["shared"], other, classes.duties[0].pk):
            _refused("duty_unknown", show_evidence.public_file, evidence_id=key)


def test_files_of_a_clause_that_is_narrowed_are_gone_at_once(classes: Room) -> None:
    key = _file(classes, "open")
    _accepted(classes)
    assert show_evidence.public_file(key)
    reclass(classes, "on_request")
    _refused("duty_unknown", show_evidence.public_file, evidence_id=key)
    assert _pieces(classes) == show_evidence.Pieces()
    assert Evidence.objects.get(pk=key).disclosure == "on_request"
    _refused("disclosure_too_open", _disclose, acting=classes.clerk, key=key, disclosure="open")
    told = Event.objects.get(act="disclose")
    assert (told.text, told.facts["was"], told.facts["now"]) == ("经保密审查。", "open", "on_request")
    reclass(classes, "open")  # what followed it down does not open again by itself
    assert Evidence.objects.get(pk=key).disclosure == "on_request"
    _refused("duty_unknown", show_evidence.public_file, evidence_id=key)
    _disclose(classes.clerk, key, "open", attested=True)
    assert show_evidence.public_file(key)


def test_what_is_less_open_than_its_clause_stays_as_it_is(classes: Room) -> None:
    keys = {disclosure: _file(classes, disclosure) for disclosure in CLASSES}
    reclass(classes, "on_request")
    assert {was: Evidence.objects.get(pk=key).disclosure for was, key in keys.items()} == {
        "open": "on_request", "on_request": "on_request", "shared": "shared"
    }  # fmt: skip


def test_another_class_is_asked_by_those_of_the_duty_and_approved_by_another(classes: Room) -> None:
    duty = classes.duties[0]
    given = {"at": clock.now(), "duty_id": duty.pk, "disclosure": "shared", "reason": "经保密审查。"}
    for acting in (classes.auditor, classes.citizen):
        _refused("not_for_you", actions.do_ask_class, acting=acting, **given)
    _refused("disclosure_same", actions.do_ask_class, acting=classes.office, **given | {"disclosure": "open"})
    _refused("disclosure_unknown", actions.do_ask_class, acting=classes.office, **given | {"disclosure": "secret"})
    change = actions.do_ask_class(acting=classes.office, **given)
    _refused("change_waiting", actions.do_ask_class, acting=classes.clerk, **given)
    decide = {"at": clock.now(), "change_id": change.pk, "approve": True}
    _refused("four_eyes", actions.do_decide_change, acting=classes.office, **decide)
    assert Duty.objects.get(pk=duty.pk).disclosure == "open"
    actions.do_decide_change(acting=classes.second, **decide)
    assert Duty.objects.get(pk=duty.pk).disclosure == "shared"


def test_the_class_of_a_duty_that_has_ended_may_change(classes: Room) -> None:
    change = actions.do_ask_end(acting=classes.office, at=clock.now(), duty_id=classes.duties[0].pk, reason="文件已废止")
    actions.do_decide_change(acting=classes.second, at=clock.now(), change_id=change.pk, approve=True)
    reclass(classes, "shared")
    assert Duty.objects.get(pk=classes.duties[0].pk).disclosure == "shared"


@pytest.mark.parametrize("change", [None, ("on_request", "approved"), ("shared", "asked")])
def test_the_database_takes_another_class_by_its_approved_change_only(
    classes: Room, change: tuple[str, str] | None
) -> None:
    duty = classes.duties[0]
    if change:
        made = actions.do_ask_class(acting=classes.office, at=clock.now(), duty_id=duty.pk, disclosure=change[0], reason="理由")
        if change[1] == "approved":
            Change.objects.filter(pk=made.pk).update(state="approved", decided_at=clock.now(), decided_by="9")
    with as_role(WEB), pytest.raises(DatabaseError, match="approved change only"), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(disclosure="shared")
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_an_approval_is_for_once(classes: Room) -> None:
    """What was approved before the class changed again opens nothing any more."""
    reclass(classes, "shared")
    reclass(classes, "open")
    reclass(classes, "shared")
    with as_role(WEB), pytest.raises(DatabaseError, match="approved change only"), transaction.atomic():
        Duty.objects.filter(pk=classes.duties[0].pk).update(disclosure="open")
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_clause_with_a_number_of_a_person_is_not_opened(classes: Room) -> None:
    """The words of a clause are not mended once it is adopted: the guard that holds them is taken away here."""
    duty = classes.duties[1]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE duties_duty DISABLE TRIGGER USER")
        cursor.execute("UPDATE duties_duty SET text = text || %s WHERE id = %s", [f"联系人证件{NUMBER}。", duty.pk])
        cursor.execute("ALTER TABLE duties_duty ENABLE TRIGGER USER")
    given = {"acting": classes.office, "at": clock.now(), "duty_id": duty.pk, "reason": "理由"}
    _refused("names_numbers", actions.do_ask_class, **given, disclosure="open")
    actions.do_ask_class(**given, disclosure="shared")  # type: ignore[arg-type]


def test_the_database_takes_no_clause_narrower_than_its_files(classes: Room) -> None:
    _file(classes, "open")
    made = actions.do_ask_class(
        acting=classes.office, at=clock.now(), duty_id=classes.duties[0].pk, disclosure="shared", reason="理由"
    )
    Change.objects.filter(pk=made.pk).update(state="approved", decided_at=clock.now(), decided_by="9")
    with as_role(WEB), pytest.raises(DatabaseError, match="never more open"), transaction.atomic():
        Duty.objects.filter(pk=classes.duties[0].pk).update(disclosure="shared")
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_open_views_tell_nothing_of_what_is_not_open(classes: Room) -> None:
    given = {"acting": classes.clerk, "at": clock.now(), "assignment_id": _first(classes).pk}
    actions.do_add_link(**given, title="内部链接", url="https://intranet.example/1", disclosure="on_request")
    actions.do_add_link(**given, title="内部链接", url="https://intranet.example/2")
    actions.do_add_file(**given, title="内部名单", name="张三.pdf", data=PDF)
    actions.do_add_file(**given, title="可以申请的台账", name="李四.pdf", data=PDF, disclosure="on_request")
    _accepted(classes)
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute("SELECT v::text FROM open.duty_evidence v UNION ALL SELECT v::text FROM open.duty_evidence_closed v")
        text = "\n".join(row[0] for row in cursor.fetchall())
    assert "可以申请的台账" in text and "测试单位a" in text
    for hidden in ("内部", "intranet", "张三", "李四"):
        assert hidden not in text
    found = _pieces(classes)
    assert (found.files, found.others, len(found.on_request), found.shown) == (1, 2, 1, [])


# -- the database, attacked as the web's role --------------------------------------------------------------------
EVENT = (
    "INSERT INTO duties_event (procedure, object_id, duty_id, at, act, frm, \"to\", actor_kind, actor_id, actor_name, text, facts)"
    " SELECT 'assignment', assignment_id::text, duty_id, now(), 'disclose', 'x', 'x', 'officer', '1', 'x', 'x',"
    " jsonb_build_object('evidence', id::text, 'was', disclosure, 'now', '{now}') FROM duties_evidence;"
)
NOW = "; SET CONSTRAINTS ALL IMMEDIATE"
LOOKED = "cleared = 'person', cleared_at = now(), cleared_by = '1'"
WALLS = {
    "opened without a reason": ("shared", "UPDATE duties_evidence SET disclosure = 'on_request'" + NOW, IntegrityError),
    "opened with a reason for something else": ("shared", EVENT.format(now="on_request")
        + f"UPDATE duties_evidence SET disclosure = 'open', {LOOKED}" + NOW, IntegrityError),
    "opened and nobody looked": ("shared", EVENT.format(now="open") + "UPDATE duties_evidence SET disclosure = 'open'" + NOW, IntegrityError),
    "a look without who and when": ("shared", EVENT.format(now="on_request")
        + "UPDATE duties_evidence SET disclosure = 'on_request', cleared = 'person'" + NOW, IntegrityError),
    "a class that is none": ("shared", EVENT.format(now="secret") + "UPDATE duties_evidence SET disclosure = 'secret'" + NOW, IntegrityError),
    "who looked, changed alone": ("open", "UPDATE duties_evidence SET cleared_by = '2'" + NOW, IntegrityError),
    "another title": ("shared", "UPDATE duties_evidence SET title = 'x'", DatabaseError),
    "another file": ("shared", "UPDATE duties_evidence SET paper_id = paper_id", DatabaseError),
    "deleted": ("shared", "DELETE FROM duties_evidence", DatabaseError),
    "more open than its duty": ("shared", "INSERT INTO duties_evidence (id, duty_id, assignment_id, unit, kind, title, url, figure, inputs, at,"
        " by, by_name, disclosure, cleared, cleared_by_name) SELECT gen_random_uuid(), d.id, null, 't_a', 'link', 'x', 'https://x', '',"
        " '{}', now(), '1', 'x', 'open', '', '' FROM duties_duty d WHERE d.disclosure <> 'open'", IntegrityError),
    "open and nobody looked, from the start": ("shared", "INSERT INTO duties_evidence (id, duty_id, assignment_id, unit, kind, title, url, paper_id,"
        " figure, inputs, at, by, by_name, disclosure, cleared, cleared_by_name) SELECT gen_random_uuid(), duty_id, assignment_id, unit, kind,"
        " title, url, paper_id, figure, inputs, at, by, by_name, 'open', '', '' FROM duties_evidence", IntegrityError),
    "a duty made wider": (
        "shared", "UPDATE duties_duty SET disclosure = 'open'; SET CONSTRAINTS ALL IMMEDIATE", IntegrityError
    ),
}  # fmt: skip


@pytest.mark.parametrize("wall", WALLS)
def test_the_database_refuses(classes: Room, wall: str) -> None:
    disclosure, statement, kind = WALLS[wall]
    _file(classes, disclosure)
    with as_role(WEB), pytest.raises(kind), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_database_takes_a_picture_with_a_persons_look_only(classes: Room) -> None:
    _file(classes, "shared", data=PNG)
    by_program = LOOKED.replace("person", "text")
    for how, passes in ((by_program, False), (LOOKED, True)):
        statement = EVENT.format(now="open") + f"UPDATE duties_evidence SET disclosure = 'open', {how}" + NOW
        with as_role(WEB):
            if passes:
                connection.cursor().execute(statement)
            else:
                with pytest.raises(IntegrityError, match="looked at it"), transaction.atomic():
                    connection.cursor().execute(statement)


def test_the_worker_does_not_touch_evidence(classes: Room) -> None:
    with as_role(JOBS), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT * FROM duties_evidence")
