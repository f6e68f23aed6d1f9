"""The draft of an act's letter, and how a letter becomes a PDF that the browser shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language

from goodfaith.common import clock
from goodfaith.common.procedure import BACK
from goodfaith.faces.desk.rights_forms import Call
from goodfaith.faces.parts.units import unit_name
from goodfaith.law.procedures import Limit
from goodfaith.parties.models import User
from goodfaith.rights import drafting, timing
from goodfaith.rights.drafting_facts import words
from goodfaith.rights.letters.letter import Letter, render
from goodfaith.rights.views import CaseView


def pdf(letter: Letter, name: str, *, draft: bool = False) -> HttpResponse:
    """A letter as a PDF that the browser shows."""
    made = render(letter, draft=draft, english=(get_language() or "").startswith("en"))
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def draft_of(case: CaseView, code: str, call: Call, user: User, told: list[str]) -> Letter:
    """The letter as it would go out today."""
    sheet = drafting.today_sheet(user.unit_id or "", clock.today())
    proposed = drafting.proposed(case, call.corrections)
    facts = call.facts | _limit(case, code)
    filled = replace(
        sheet, texts=call.texts, facts=facts, changes=proposed, told=tuple(unit_name(unit) for unit in told)
    )
    return drafting.letter(case, code, filled)


def _limit(case: CaseView, code: str) -> dict[str, Any]:
    """The limit that an act will start, as the letter of acceptance tells it."""
    act = case.rules.act(code, case.step)
    if act is None or not act.to or act.to == BACK:
        return {}
    today, names = clock.today(), case.rules.step(act.to).clocks
    begun = [op for name in names for op in timing.start(case.procedure, name, on=today, item=case.item)]
    if not begun:
        return {}
    last = max(begun, key=lambda op: str(op["due"]))
    rule = Limit.model_validate(last["limit"])
    return {"limit": {"words": words(rule), "last_day": last["due"]}}
