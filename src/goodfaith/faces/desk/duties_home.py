"""任务 on the first page: how many duties of official documents wait for the officer's unit, and which way to them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.duties.queries import desk_counts
from goodfaith.duties.queries.desk_counts import Counts
from goodfaith.parties.models import User


@dataclass(frozen=True)
class Line:
    """So many of a kind, and where they are."""

    kind: str
    text: str
    url: str


def shown(user: User, today: dt.date) -> dict[str, Any]:
    """The counts, and the lines that say something."""
    counts = desk_counts.own(user.acting, today)
    return {"duty_counts": counts, "duty_lines": _lines(user, counts), "duty_url": reverse("desk:duties")}


def headline(found: dict[str, Any]) -> list[str]:
    """A part of the sentence that says what to do first."""
    overdue = found["duty_counts"].overdue
    return [_("%(n)s 项公文任务已经逾期") % {"n": overdue} if overdue else ""]


def _lines(user: User, counts: Counts) -> list[Line]:
    own = reverse("desk:duties") + ("" if user.role == "clerk" else f"?view=all&unit={user.unit_id}&state=")
    narrowed = user.role != "clerk"
    found = [
        (counts.overdue, "restraint", _("%(n)s 项已经逾期"), own + ("overdue" if narrowed else "")),
        (counts.unconfirmed, "waiting", _("%(n)s 项等待签收"), own + ("assigned" if narrowed else "")),
        (counts.running, "action", _("共 %(n)s 项在办"), own + ("open" if narrowed else "")),
    ]
    if narrowed:
        waiting = f"{reverse('desk:duties')}?view=waiting"
        found.append((counts.to_review, "waiting", _("%(n)s 项进展等待审核"), waiting))
    return [Line(kind, text % {"n": n}, url) for n, kind, text, url in found if n]
