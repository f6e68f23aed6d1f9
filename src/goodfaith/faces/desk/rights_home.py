"""权益 on the first page: the cases that wait for this officer, the most urgent first; reading them is an entry."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.parts import case_words
from goodfaith.parties.models import User
from goodfaith.rights import queries
from goodfaith.rights.views import CaseView

SHOWN, ASKED = 5, 100
WANTED: dict[str, dict[str, Any]] = {
    "clerk": {"turn": True}, "credit_office": {"turn": True}, "auditor": {"state": "overdue"},
}  # fmt: skip


def shown(user: User) -> dict[str, Any]:
    """The first few, and how many there are and are overdue."""
    cases = queries.inbox(user.acting, **WANTED[user.role], limit=ASKED)
    today = clock.today()
    return {
        "cases": [_line(one) for one in cases[:SHOWN]],
        "cases_waiting": len(cases),
        "cases_overdue": sum(one.due_on is not None and one.due_on < today for one in cases),
        "cases_more": len(cases) - SHOWN if len(cases) < ASKED else None,
    }


def headline(found: dict[str, Any]) -> list[str]:
    """Parts of the sentence that says what to do first."""
    waiting, overdue = found["cases_waiting"], found["cases_overdue"]
    return [
        _("%(n)s 件权益案件已经逾期") % {"n": overdue} if overdue else "",
        _("%(n)s 件权益案件等着办") % {"n": waiting - overdue} if waiting > overdue else "",
    ]


def _line(case: CaseView) -> dict[str, Any]:
    return {
        "number": case.number, "title": case_words.title(case), "due": case.due_on, "turn": words.turn(case),
        "step": words.tag(case).text, "url": reverse("desk:rights_case", args=[case.id]),
    }  # fmt: skip
