"""What the auditor does at the database: only the auditor, always with an entry, and samples that can be drawn again."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.roles import OVERSIGHT, WEB
from goodfaith.gate import queries as gate
from goodfaith.ledger.models import Entry
from goodfaith.oversight import actions, limits, queries
from goodfaith.oversight.models import Complaint, Draw, MisuseCase, Review
from goodfaith.parties.models import User
from tests.city import City, city
from tests.conftest import as_role
from tests.oversight.looks import LIMITS, look, moment, write

__all__ = ["city"]
SOME = str(uuid.UUID(int=9))
NOW = "2026-03-03T00:00:00+08:00"
CALLS: dict[str, list[Any]] = {
    "read_complaints": [True, 10], "read_complaint": [SOME], "answer_complaint": [SOME, "in_order", b"x", NOW],
    "draw": [SOME, NOW, NOW, NOW, None, 5], "draw_unusual": [SOME, NOW, "night", [1]], "read_draws": [10],
    "read_draw": [SOME], "decide": [SOME, "in_order", "", NOW], "close_draw": [SOME, NOW],
    "open_misuse": [SOME, SOME, None, "x", NOW], "read_misuse_cases": [10], "read_misuse": [SOME],
    "go_on_misuse": [SOME, "x", None, NOW], "read_entries": ["{}", None, 10, "page", None],
    "find_subject": ["passport", b"x", "投〔1〕号"], "overview": [NOW],
    "read_findings": [NOW, NOW, json.dumps(LIMITS), [], None, None, 10],
}  # fmt: skip
OF_THE_SUBJECT = {"complain", "withdraw_complaint", "my_complaints"}
CASTS = {"draw": [None, None, None, None, None, None], "read_findings": [None, None, None, "date[]", None, None, None]}


def call(function: str, kind: str, account: str) -> dict[str, Any]:
    """Call a function as the web's role would, also by injection."""
    arguments = CALLS[function]
    casts = CASTS.get(function, [None] * len(arguments))
    places = "".join(f", %s::{cast}" if cast else ", %s" for cast in casts)
    with as_role(WEB), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT oversight.{function}(%s, %s{places})", [kind, account, *arguments])
        found = cursor.fetchone()[0]
    answer: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    return answer


def test_every_function_for_the_auditor_is_tried_here() -> None:
    assert set(CALLS) | OF_THE_SUBJECT == set(OVERSIGHT)


@pytest.mark.parametrize("function", CALLS)
@pytest.mark.parametrize("who", ["clerk", "credit_office", "system_admin", "security_admin", "citizen", "nobody"])
def test_everybody_else_is_refused_with_an_entry(city: City, function: str, who: str) -> None:
    if who.endswith("_admin"):
        city.users[who] = User.objects.create_user(who, kind="officer", role=who, unit_id="t_a")
    account = city.users.get(who)
    kind, number = (account.kind, str(account.pk)) if account else ("officer", "999999")
    answer = call(function, kind, number)
    assert answer["refusal"] == "role_not_allowed" and not set(answer) & {"rows", "id", "counts"}
    entry = Entry.objects.get()
    assert (entry.outcome, entry.refusal, entry.actor_id) == ("refused", "role_not_allowed", number)


@pytest.mark.parametrize("function", CALLS)
def test_an_injected_call_of_the_auditors_leaves_its_entry(city: City, function: str) -> None:
    auditor = city.users["auditor"]
    call(function, "officer", str(auditor.pk))
    entry = Entry.objects.latest("id")
    assert entry.actor_id == str(auditor.pk) and entry.purpose in ("audit_review", "complaint_handling")


# -- samples --------------------------------------------------------------------------------------------------


def some_looks(count: int = 30, first: int = 8_000_000) -> None:
    write([look(first + n, moment(3, 9, n), unit="t_a" if n % 2 else "t_b", actor="71") for n in range(count)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('ledger_entry_id_seq', %s)", [first + 1000])


def draw(city: City, count: int = 10, **changed: Any) -> tuple[uuid.UUID, int]:
    day = moment(3).date()
    given = {"acting": city.users["auditor"].acting, "at": clock.now(), "since": day, "until": day, "unit": None}
    with as_role(WEB):
        return actions.do_draw(**given | {"count": count} | changed)


def test_a_sample_can_be_drawn_again_by_anybody(city: City) -> None:
    some_looks()
    made, count = draw(city)
    kept = Draw.objects.get()
    drawn = list(Review.objects.order_by("place").values_list("entry_id", flat=True))
    assert count == 10 and kept.population == 30
    assert drawn == limits.sample(kept.seed, range(8_000_000, 8_000_030), 10)
    with as_role(WEB):
        assert queries.draw(city.users["auditor"].acting, made)[2] is True


def test_what_is_written_later_does_not_change_it(city: City) -> None:
    some_looks()
    made, _n = draw(city)
    write([look(8_500_000 + n, moment(3, 11, n), actor="71") for n in range(20)])  # later numbers, the same day
    assert queries.draw(city.users["auditor"].acting, made)[2] is True


def test_a_sample_that_was_touched_shows_it(city: City) -> None:
    some_looks()
    made, _n = draw(city)
    Review.objects.filter(place=1).delete()
    assert queries.draw(city.users["auditor"].acting, made)[2] is False


def test_two_samples_have_two_seeds(city: City) -> None:
    some_looks()
    draw(city), draw(city)
    assert len(set(Draw.objects.values_list("seed", flat=True))) == 2


def test_a_sample_of_one_unit(city: City) -> None:
    some_looks()
    _made, count = draw(city, 100, unit="t_a")
    assert count == 15 == Draw.objects.get().population
    assert set(Entry.objects.filter(id__in=Review.objects.values("entry_id")).values_list("unit", flat=True)) == {"t_a"}


def test_the_auditors_own_reading_is_not_drawn(city: City) -> None:
    auditor = city.users["auditor"].acting
    queries.draws(auditor)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions, "SETTLED", -actions.SETTLED)
        today = clock.today()
        assert draw(city, since=today, until=today)[1] == 0


def test_what_just_happened_is_not_drawn_yet(city: City) -> None:
    gate.open_file(
        acting=city.users["credit_office"].acting,
        purpose="credit_administration",
        subject_id=city.person,
        case_no="核〔1〕号",
    )
    today = clock.today()
    assert draw(city, since=today, until=today)[1] == 0
    assert draw(city, since=today, until=today, at=clock.now() + actions.SETTLED)[1] == 1


@pytest.mark.parametrize("count", [0, 501])
def test_how_many_may_be_drawn(city: City, count: int) -> None:
    with pytest.raises(Problem):
        draw(city, count)


# -- the alias, and what stays hidden --------------------------------------------------------------------------


def test_the_stand_in_is_the_same_for_the_same_subject_and_tells_nothing(city: City) -> None:
    acting, auditor = city.users["credit_office"].acting, city.users["auditor"].acting
    for subject in (city.person, city.person, city.namesake):
        gate.open_file(acting=acting, purpose="credit_administration", subject_id=subject, case_no="核〔1〕号")
    with as_role(WEB):
        rows, _subject = queries.entries(auditor, {"actor": acting.id})
    aliases = [row.subject for row in rows]
    assert aliases[1] == aliases[2] != aliases[0] and all(len(alias or "") == 11 for alias in aliases)
    assert not {str(city.person), str(city.namesake)} & set(str(rows).split("'"))


def test_a_finding_is_never_written_down_by_itself(city: City) -> None:
    write([look(8_000_000, moment(3, 23), actor="71")])
    day = moment(3).date()
    found = queries.findings(city.users["auditor"].acting, day, day)
    assert found.total == 1 and not found.rows[0].taken_up
    assert not Draw.objects.exists() and not Review.objects.exists() and not MisuseCase.objects.exists()


def test_two_auditors_cannot_answer_one_complaint_twice(city: City) -> None:
    entry = gate.open_file(
        acting=city.users["credit_office"].acting,
        purpose="credit_administration",
        subject_id=city.person,
        case_no="核〔1〕号",
    ).entry_id
    made = actions.do_complain(acting=city.users["citizen"].acting, at=clock.now(), entry_id=entry, text="为什么？")
    said = {"acting": city.users["auditor"].acting, "at": clock.now(), "complaint_id": made, "finding": "in_order"}
    with as_role(WEB):
        actions.do_answer_complaint(**said, answer="依法查询。")
        with pytest.raises(Problem) as refused:
            actions.do_answer_complaint(**said, answer="改一下。")
    assert refused.value.code == "complaint_not_open"
    (view,) = queries.my_complaints(city.users["citizen"].acting)
    assert (view.answer, view.finding, view.state) == ("结论：这次查询合规。\n依法查询。", "in_order", "answered")


def test_an_answer_and_its_message_stand_or_fall_together(city: City) -> None:
    """Cut off after the answer, nothing stands: neither answer nor entry nor message."""
    from goodfaith.gate.models import Message

    entry = gate.open_file(
        acting=city.users["credit_office"].acting,
        purpose="credit_administration",
        subject_id=city.person,
        case_no="核〔1〕号",
    ).entry_id
    made = actions.do_complain(acting=city.users["citizen"].acting, at=clock.now(), entry_id=entry, text="为什么？")
    before = Entry.objects.count(), Message.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.do_answer_complaint(
            acting=city.users["auditor"].acting, at=clock.now(), complaint_id=made, finding="in_order", answer="依法。"
        )
        assert (Entry.objects.count(), Message.objects.count()) == (before[0] + 1, before[1] + 1)
        raise RuntimeError
    assert (Entry.objects.count(), Message.objects.count()) == before
    assert Complaint.objects.get().state == "open"


def test_the_rows_of_an_answer_are_typed(city: City) -> None:
    """A wrong type from an injected call is an error of the database, not an answer."""
    with as_role(WEB), pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute("SELECT oversight.read_draw('officer', '1', 'x')")
