"""What the tests of the desk's 权益 do again and again: file a case, act in it, send a form through its pages."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.gate import queries as gate
from goodfaith.rights import actions, queries
from goodfaith.rights.actions import CaseRef
from tests.city import City

HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[^"]+)" value="(?P<value>[^"]*)">')
REMEDY = {"to": "示例市人民政府", "kind": "reconsideration", "last_day": "2030-01-02", "article": "《行政复议法》第二十条"}


def record_of(city: City) -> uuid.UUID:
    """The organisation's record."""
    acting = city.users["enterprise"].acting
    return gate.open_file(acting=acting, purpose="self_access", subject_id=city.organisation).current[0].id


def file(city: City, *, procedure: str = "objection", kind: str = "wrong", records: bool = True, who: str = "enterprise",
         claim: str = "罚款金额多写了一个零", at: dt.datetime | None = None) -> CaseRef:
    """A case filed by its subject, now or ``at`` a moment before."""
    at = at or clock.now()
    acting = city.users[who].acting
    found = [record_of(city)] if records else []
    made = actions.do_open(acting=acting, at=at, procedure=procedure, kind=kind, records=found,
                           texts={"claim": claim})
    facts = {"commitment": True} if procedure == "repair" else {}
    actions.do_act(acting=acting, at=at, case=queries.my_case(acting, made.id), act="file", facts=facts)
    return made


def act(city: City, who: str, case_id: uuid.UUID, code: str, **said: Any) -> None:
    """One act of an officer."""
    acting = city.users[who].acting
    actions.do_act(acting=acting, at=clock.now(), case=queries.open_case(acting, case_id), act=code, **said)


def with_the_source(city: City, **said: Any) -> CaseRef:
    """An objection that the source unit has to answer."""
    made = file(city, **said)
    act(city, "credit_office", made.id, "forward")
    return made


def page(web: Client, name: str, *arguments: object, **query: str) -> str:
    """A page that answers with 200."""
    answer = web.get(reverse(name, args=arguments), query)
    assert answer.status_code == 200, answer.content.decode()[:3000]
    return answer.content.decode()


def through(web: Client, case_id: uuid.UUID, code: str, said: dict[str, str]) -> tuple[str, Any]:
    """Send an act's form, then confirm what the second page shows; that page, and the answer to the confirmation."""
    address = reverse("desk:rights_act", args=[case_id, code])
    first = web.get(address)
    assert first.status_code == 200, first.content.decode()[:3000]
    hidden = dict(HIDDEN.findall(first.content.decode()))
    asked = web.post(address, hidden | said)
    shown = asked.content.decode()
    assert asked.status_code == 200, shown[:6000]
    carried = dict(HIDDEN.findall(shown))
    return shown, web.post(address, carried | {"confirmed": "yes"})
