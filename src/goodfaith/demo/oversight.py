"""A little oversight for the demo: a complaint of the citizen, and a sample that the auditor has begun to review.

All of it goes through the rooms' own actions, as the citizen and the auditor would call them.
"""

from __future__ import annotations

import time

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.gate import queries as gate
from goodfaith.oversight import actions, queries
from goodfaith.parties.models import User

COMPLAINT = "我最近没有在这个单位办过业务，也没有接到过通知。请说明为什么查询我的信息，依据是什么。"
ABOUT = "file_for_supervision"
DRAWN = 6


def _account(username: str) -> Acting:
    return User.objects.get(username=username).acting


def lay() -> None:
    """Lay it, after the looks of :mod:`.gate`; where nothing was looked at, there is nothing to oversee."""
    citizen = _account("citizen")
    looks = [entry for entry in gate.my_entries(citizen, kind="others") if entry.purpose == ABOUT]
    if not looks:
        return
    actions.do_complain(acting=citizen, at=clock.now(), entry_id=looks[0].id, text=COMPLAINT)
    time.sleep(actions.SETTLED.total_seconds())
    _review(_account("auditor"))


def _review(auditor: Acting) -> None:
    """Draw a sample of today's looks and decide the first two."""
    at, today = clock.now(), clock.today()
    draw, _count = actions.do_draw(acting=auditor, at=at, since=today, until=today, unit=None, count=DRAWN)
    _draw, reviews, _fair = queries.draw(auditor, draw)
    for review, outcome, note in zip(
        reviews, ("in_order", "explained"), ("", "已向经办单位核实，事由与在办案件一致，案件编号补录。"), strict=False
    ):
        actions.do_decide(acting=auditor, at=clock.now(), review_id=review.id, outcome=outcome, note=note)
