"""The subject's own words beside a record: whose they are, where they show, how they end; and injected versions."""

from __future__ import annotations

import base64
import uuid
from typing import Any

import orjson
import pytest
from django.db import connection

from goodfaith.common import clock
from goodfaith.common.crypto_subject import context, statement_place
from goodfaith.common.problems import Problem
from goodfaith.common.roles import WEB
from goodfaith.gate.models import Message
from goodfaith.records import queries as records
from goodfaith.records.models import Record, Statement
from goodfaith.rights import actions, own_file, queries
from goodfaith.rights.versions import versions
from tests.conftest import as_role
from tests.rights.test_procedures import raw
from tests.rights.town import Town, accepted, at_source, do, look, looked


def say(town: Town, whose: str, text: str = "已经整改") -> uuid.UUID:
    with as_role(WEB):
        opened = own_file.open_own(town.acting(whose), getattr(town, whose))
        (record,) = opened.handle.current
        return actions.do_make_statement(
            acting=town.acting(whose), at=clock.now(), record_id=record.id, text=text, seal=opened.sealer(record)
        )


def seen(town: Town, whose: str, who: str = "taxman") -> list[str]:
    return [one.statement for one in looked(town, who, whose, "rights_counter").current]


@pytest.mark.parametrize("whose", ["firm", "person"])
def test_it_goes_with_its_record_and_the_next_takes_its_place(town: Town, whose: str) -> None:
    say(town, whose)
    assert seen(town, whose) == ["已经整改"]
    kept = Statement.objects.get()
    assert (kept.text is None) == (whose == "person") and (kept.sealed is None) == (whose == "firm")
    say(town, whose, "第二段")
    assert seen(town, whose) == ["第二段"] and Statement.objects.filter(ended_at=None).count() == 1


def test_everybody_reads_a_firms_while_its_record_is_open_and_never_a_persons(town: Town) -> None:
    say(town, "firm")
    say(town, "person")
    with as_role(WEB):
        assert [one.text for one in records.open_statements(town.firm).values()] == ["已经整改"]
        assert records.open_statements(town.person) == {}
    do(town, "clerk", accepted(town), "grant")
    with as_role(WEB):
        assert records.open_statements(town.firm) == {}


def test_the_office_hides_one_with_a_ground_that_the_subject_reads(town: Town) -> None:
    key = say(town, "person")
    for who, ground in (("office", ""), ("clerk", "理由"), ("stranger", "理由")):
        with as_role(WEB), pytest.raises(Problem) as raised:
            actions.do_end_statement(acting=town.acting(who), at=clock.now(), statement_id=key, ground=ground)
        assert raised.value.code == "statement_unknown"
    with as_role(WEB):
        actions.do_end_statement(acting=town.acting("office"), at=clock.now(), statement_id=key, ground="含有他人信息")
        rows = own_file.open_own(town.acting("person"), town.person).rows
        (mine,) = queries.my_statements(town.acting("person"), rows)
    assert (mine.ended_by, mine.ground, mine.text) == ("office", "含有他人信息", "已经整改")
    assert seen(town, "person") == [""]
    assert Message.objects.filter(subject_id=town.person, facts__step="statement_hidden").count() == 1


def injected(town: Town, whose: str, **form: Any) -> str:
    wanted = {"id": str(uuid.uuid4()), "record": str(town.records[whose]), "at": clock.now().isoformat(), **form}
    acting = town.acting(whose)
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute(
            "SELECT rights.make_statement(%s, %s, %s)", [acting.kind, acting.id, orjson.dumps(wanted).decode()]
        )
        return str(orjson.loads(cursor.fetchone()[0]).get("problem"))


FORMS: list[tuple[str, dict[str, Any]]] = [
    ("person", {"text": "在明处"}), ("person", {"text": None, "sealed": base64.b64encode(b"\x01\x01x").decode()}),
    ("person", {"text": None, "sealed": base64.b64encode(b"\x03\x09x").decode()}), ("person", {}),
    ("firm", {"sealed": base64.b64encode(b"\x03\x01x").decode()}), ("firm", {}),
]  # fmt: skip


@pytest.mark.parametrize(("whose", "form"), FORMS)
def test_a_persons_words_stand_under_its_key_or_nowhere(town: Town, whose: str, form: dict[str, Any]) -> None:
    assert injected(town, whose, **form) == "record_unknown" and not Statement.objects.exists()


def test_what_was_somebody_elses_is_not_spoken_about(town: Town) -> None:
    do(town, "clerk", at_source(town), "unlink")
    assert injected(town, "firm", text="x") == "record_unknown"
    assert context(town.firm, statement_place(uuid.uuid4()))  # the place is bound to subject and statement


def broken(new: dict[str, Any], **change: Any) -> list[dict[str, Any]]:
    return [{**new, **change}]


def test_an_injected_version_brings_nothing_in_and_loses_nothing(town: Town) -> None:
    """The function is called past the program: other end, other record, nothing sealed, a person's content in the clear."""
    ref = at_source(town, "person")
    case = look(town, "clerk", ref)
    record = town.records["person"]
    (new,) = versions(case, "correct", {record: {"CF_NR_FK": "3"}})
    (gone,) = versions(case, "annul", {})
    for act, wrong in (
        ("correct", broken(new, reason="repaired")), ("correct", broken(new, sealed=None)),
        ("correct", broken(new, content={"CF_XDR_MC": "赵某某"})), ("correct", broken(new, from_version=2)),
        ("correct", broken(new, record=str(town.records["firm"]), subject=str(town.firm))), ("correct", []),
        ("correct", broken(new, sealed=base64.b64encode(b"\x03\x09nothing").decode())),
        ("annul", broken(gone, reason="corrected")), ("annul", broken(gone, sealed=None)), ("annul", []),
        ("annul", broken(gone, sealed=base64.b64encode(b"\x01\x01under another key").decode())),
    ):  # fmt: skip
        assert raw(town, "clerk", ref, act, versions=wrong) == "record_moved", (act, wrong)
    assert Record.objects.filter(subject_id=town.person).count() == 1
    assert raw(town, "clerk", ref, "annul", versions=[gone]) == "annulled"
