"""A small town in which cases are brought: two units that report, the credit office, a bank, a person and an organisation
with records that came by real deliveries; and one call for each act, with what it needs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.roles import WEB
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import FileHandle, MeasureInForce
from goodfaith.intake import actions as intake
from goodfaith.intake import work
from goodfaith.intake.models import Delivery, Refusal
from goodfaith.law.models import Bearing, Matter, Measure
from goodfaith.parties.models import Unit, UnitItem, User
from goodfaith.records import queries as records
from goodfaith.records.models import Record
from goodfaith.rights import actions, queries
from goodfaith.rights.views import CaseView
from goodfaith.subjects.models import Organisation, Person
from tests.conftest import as_role
from tests.intake.conftest import GOOD, GOOD_PERSON, JOB, PENALTY, csv_bytes, make_world

ID_NUMBER, USCC = "11010519491231002X", "91320100748204660Q"
REMEDY = {
    "kind": "reconsideration",
    "to": "示例市人民政府",
    "last_day": "2027-01-26",
    "article": "《行政复议法》第二十条",
}
NEEDED: dict[str, tuple[str, Any]] = {"text": ("texts", {"answer": "经核实，答复如下。"}),
          "message": ("texts", {"message": "补充一句"}), "reason": ("texts", {"reason": "需要时间"}), "remedy": ("facts", {"remedy": REMEDY}),
          "number": ("facts", {"number": "示行复〔2026〕3号"}), "commitment": ("facts", {"commitment": True})}  # fmt: skip


@dataclass
class Town:
    """What stands in it."""

    users: dict[str, User]
    firm: uuid.UUID
    person: uuid.UUID
    records: dict[str, uuid.UUID] = field(default_factory=dict)

    def acting(self, who: str) -> Acting:
        """An account's."""
        return self.users[who].acting


def user(name: str, kind: str, **more: Any) -> User:
    """An account."""
    return User.objects.create_user(name, password=None, kind=kind, **more)


def make_town() -> Town:
    """Units, accounts, and one penalty of each kind of subject, delivered by the clerk ``deliverer``."""
    make_world()
    office = Unit.objects.create(code="office", name="示例市信用办", short_name="信用办", kind="credit_office")
    bank = Unit.objects.create(code="bank", name="示例银行", short_name="银行", kind="bank")
    city = Unit.objects.create(code="gov", name="示例市人民政府", short_name="市政府", kind="department")
    Unit.objects.filter(code="market").update(parent=city)
    UnitItem.objects.create(unit_id="tax", item_code=PENALTY)
    posts = {"deliverer": ("market", "clerk"), "clerk": ("market", "clerk"), "second": ("market", "clerk"),
             "taxman": ("tax", "clerk"), "chief": ("gov", "clerk"), "office": (office.code, "credit_office"),
             "office2": (office.code, "credit_office"), "auditor": (office.code, "auditor"),
             "banker": (bank.code, "clerk")}  # fmt: skip
    users = {name: user(name, "officer", unit_id=unit, role=role) for name, (unit, role) in posts.items()}
    deliver(users["deliverer"].acting, GOOD, GOOD_PERSON)
    firm, person = Organisation.objects.get().subject_id, Person.objects.get().subject_id
    users |= {"firm": user("firm", "enterprise", subject_id=firm), "person": user("person", "citizen", subject_id=person),
              "stranger": user("stranger", "citizen", subject_id=uuid.uuid4()),
              "agent": user("agent", "citizen", subject_id=uuid.uuid4())}  # fmt: skip
    records = {"firm": Record.objects.get(subject_id=firm).id, "person": Record.objects.get(subject_id=person).id}
    return Town(users, firm, person, records)


def received(acting: Acting, *rows: Mapping[str, str | None], item: str = PENALTY) -> Delivery:
    """A file of these rows up to its check. A column of no meaning makes each file another one."""
    data = csv_bytes(*({**row, "流水": str(uuid.uuid4())} for row in rows))
    delivery = intake.do_receive(
        acting=acting, at=clock.now(), item=item, filename="a.csv", data=data, defer=False
    )  # fmt: skip
    _work(work.do_read, delivery)
    delivery.refresh_from_db()
    assert delivery.state == "mapped", delivery.problem
    intake.do_confirm_mapping(
        acting=acting, at=clock.now(), delivery_id=delivery.pk, edition=delivery.edition, mapping=delivery.mapping,
        defer=False,
    )  # fmt: skip
    _work(work.do_check, delivery)
    delivery.refresh_from_db()
    return delivery


def committed(acting: Acting, delivery: Delivery) -> Delivery:
    """What was checked, committed."""
    intake.do_commit(acting=acting, at=clock.now(), delivery_id=delivery.pk, take="good", defer=False)
    work.run(work.do_commit_rows, str(delivery.pk), acting=JOB)
    delivery.refresh_from_db()
    return delivery


def deliver(acting: Acting, *rows: Mapping[str, str | None], item: str = PENALTY) -> Delivery:
    """A file of these rows through all steps of the intake."""
    delivery = received(acting, *rows, item=item)
    return committed(acting, delivery) if delivery.state == "checked" and delivery.good else delivery


def _work(step: Callable[..., None], delivery: Delivery) -> None:
    work.run(lambda key, **rest: step(key, defer=False, **rest), str(delivery.pk), acting=JOB)


def refused(delivery: Delivery) -> list[str]:
    """The codes with which rows of a delivery were refused."""
    return list(Refusal.objects.filter(delivery_id=delivery.pk, level="refused").values_list("code", flat=True))


def look(town: Town, who: str, ref: actions.CaseRef) -> CaseView:
    """The case as that account reads it."""
    with as_role(WEB):
        reader = town.acting(who)
        return (queries.open_case if reader.kind == "officer" else queries.my_case)(reader, ref.id)


def draft(
    town: Town, whose: str = "firm", *, procedure: str = "objection", kind: str = "wrong", who: str | None = None,
    records: list[uuid.UUID] | None = None, **more: Any,
) -> actions.CaseRef:  # fmt: skip
    """A draft of the subject ``whose`` about its record."""
    with as_role(WEB):
        return actions.do_open(
            acting=town.acting(who or whose), at=clock.now(), procedure=procedure, kind=kind,
            records=[town.records[whose]] if records is None else records, texts={"claim": "写错了"}, **more,
        )  # fmt: skip


def do(town: Town, who: str, ref: actions.CaseRef, act: str, case: CaseView | None = None, **more: Any) -> actions.Done:
    """An act, with whatever it needs unless it is given."""
    case = case or look(town, who, ref)
    found = case.rules.act(act, case.step)
    given: dict[str, Any] = {"texts": {}, "facts": {}}
    for need in found.needs if found else ():
        if need in NEEDED:
            where, what = NEEDED[need]
            given[where] |= what
    if found and "officer" in found.needs:
        given["officer"] = next(
            str(u.pk) for u in town.users.values() if u.kind == "officer" and u.unit_id == case.unit
        )
    if found and "unit" in found.needs:
        given["unit"] = "tax"
    if found and "correction" in found.needs:
        given["corrections"] = {one.record_id: {"CF_NR_FK": "3"} for one in case.records}
    with as_role(WEB):
        return actions.do_act(acting=town.acting(who), at=clock.now(), case=case, act=act, **(given | more))


def file(town: Town, whose: str = "firm", **more: Any) -> actions.CaseRef:
    """A case, filed."""
    ref = draft(town, whose, **more)
    do(town, more.get("who") or whose, ref, "file")
    return ref


def at_source(town: Town, whose: str = "firm", **more: Any) -> actions.CaseRef:
    """An objection that the credit office has handed on to the unit that reported the record."""
    ref = file(town, whose, **more)
    do(town, "office", ref, "forward")
    return ref


def accepted(town: Town, whose: str = "firm", **more: Any) -> actions.CaseRef:
    """An application for repair that was accepted."""
    ref = file(town, whose, procedure="repair", kind="performed", **more)
    do(town, "clerk", ref, "accept")
    return ref


def own_file(town: Town, whose: str) -> FileHandle:
    """The subject's own file."""
    with as_role(WEB):
        return gate.open_file(acting=town.acting(whose), purpose="self_access", subject_id=getattr(town, whose))


def looked(town: Town, who: str, whose: str, purpose: str, **more: Any) -> FileHandle:
    """A look of an officer at that subject's file by its number."""
    number = ("id_number", ID_NUMBER) if whose == "person" else ("uscc", USCC)
    with as_role(WEB):
        return gate.open_file(acting=town.acting(who), purpose=purpose, number=number, case_no="示1", **more)


def on(monkeypatch: pytest.MonkeyPatch, day: dt.date, hour: int = 10) -> None:
    """Let program and database believe that it is that day, until the test's transaction ends."""
    moment = dt.datetime.combine(day, dt.time(hour), clock.CHINA)
    monkeypatch.setattr(clock, "now", lambda: moment)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION gate.today() RETURNS date LANGUAGE sql STABLE AS $$ SELECT date '{day}' $$"
        )


def make_matter() -> str:
    """A matter in which penalties of people and organisations bring a restraint."""
    basis = {"definition": {"basis": [{}]}, "pack": "t", "name_zh": "措施", "name_en": "m"}
    Measure.objects.create(code="keep_out", kind="restraint", subjects=["person", "organisation"], **basis)
    Matter.objects.create(
        code="m_test", purposes=["administrative_check"], unit_kinds=["department"], definition={}, pack="t",
        subjects=["person", "organisation"], name_zh="事项", name_en="m",
    )  # fmt: skip
    for kind in ("person", "organisation"):
        Bearing.objects.create(matter="m_test", item=PENALTY, measure="keep_out", subject_kind=kind)
    return "m_test"


def checked(town: Town, whose: str, who: str = "taxman") -> list[MeasureInForce]:
    """The measures that a check of that subject in :func:`make_matter` tells."""
    number = ("id_number", ID_NUMBER) if whose == "person" else ("uscc", USCC)
    with as_role(WEB):
        return gate.check(acting=town.acting(who), matter="m_test", number=number, name=None, case_no="示1").measures


def listed(town: Town) -> list[str]:
    """The statuses of the firm's records that everybody may see, on its page and in the list."""
    with as_role(WEB):
        page = [one.status for one in records.open_records(town.firm)]
        assert page == [one.status for one in records.double_publicity(records.Filters((PENALTY,)))]
        return page
