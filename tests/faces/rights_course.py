"""Cases for the public pages: objections of the test city's organisation, carried on as the program does it."""

from __future__ import annotations

import uuid
from typing import Any

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.gate import queries as gate
from goodfaith.rights import actions, queries
from goodfaith.rights.views import CaseView
from tests.city import City, make_record
from tests.conftest import as_role

REMEDY = {
    "remedy": {
        "kind": "reconsideration",
        "to": "测试市人民政府",
        "last_day": "2027-01-26",
        "article": "行政复议法第二十条",
    }
}


def record_of(city: City, unit: str = "t_a") -> uuid.UUID:
    """One more penalty of the organisation, open to everybody."""
    return make_record(city.organisation, unit=unit, person=False, decided=clock.today().replace(day=1))


def object_to(city: City, record: uuid.UUID, kind: str = "wrong") -> uuid.UUID:
    """Object to a record; the case."""
    acting = city.users["enterprise"].acting
    with as_role("goodfaith_web"):
        ref = actions.do_open(
            acting=acting,
            at=clock.now(),
            procedure="objection",
            kind=kind,
            records=[record],
            texts={"claim": "金额写错了"},
        )
        actions.do_act(acting=acting, at=clock.now(), case=queries.my_case(acting, ref.id), act="file")
    return ref.id


def act(acting: Acting, case_id: uuid.UUID, code: str, **more: Any) -> CaseView:
    """One act of an officer in a case, opened as the desk opens it."""
    with as_role("goodfaith_web"):
        case = queries.open_case(acting, case_id)
        actions.do_act(acting=acting, at=clock.now(), case=case, act=code, **more)
        return case


def decide(city: City, case_id: uuid.UUID, code: str, **more: Any) -> None:
    """Forwarded by the credit office, decided by the unit."""
    act(city.users["credit_office"].acting, case_id, "forward")
    act(city.users["clerk"].acting, case_id, code, texts={"answer": "核对了决定书原件。"}, facts=REMEDY, **more)


def look_by_office(city: City) -> None:
    """The credit office reads the organisation's file: a recipient of what is in it."""
    with as_role("goodfaith_web"):
        found = gate.open_file(
            acting=city.users["credit_office"].acting, purpose="credit_administration", case_no="示信办〔2026〕1号",
            number=("uscc", "91990101MA0000007H"),
        )  # fmt: skip
    assert found.outcome == "opened", found.refusal
