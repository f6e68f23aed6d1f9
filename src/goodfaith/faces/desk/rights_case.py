"""A case on the desk: the matter in the middle, the law beside it, what may be done now."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.common.acting import Acting
from goodfaith.common.procedure import Act
from goodfaith.faces.desk import delivery_pages as pages
from goodfaith.faces.desk import rights_law as law
from goodfaith.faces.desk import rights_records as records
from goodfaith.faces.desk import rights_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.rights_access import HANDLING, page_of, rights
from goodfaith.faces.desk.work_words import item_name, short_unit
from goodfaith.faces.parts import case_history, case_words
from goodfaith.faces.parts.words import moment, number_kind
from goodfaith.rights import drafting, queries
from goodfaith.rights.views import CaseView

OTHER = ("ask", "delegate", "extend", "urge", "hear_expert", "give_back", "hear", "take_back", "go_on")
"""Acts on the way; all others lead on or decide."""
NOT_HERE = frozenset({"say", "withdraw", "save", "discard", "supply", "file"})
"""Acts of the subject's side; an officer who wrote the case down hands in papers, nothing else."""


@rights()
@require_safe
def case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case; opening it is an entry that the subject sees."""
    acting = acting_of(request)
    found = queries.open_case(acting, case_id)
    return page_of(
        request, "case", "rights", found.number, **_matter(found), **_around(acting, found), **_acts(found),
        may_add=found.is_open and user_of(request).role in HANDLING,
        may_hide=user_of(request).role == "credit_office",
    )  # fmt: skip


def _matter(found: CaseView) -> dict[str, Any]:
    line = words.steps(found)
    return {
        "case": found, "title": case_words.title(found), "tag": words.tag(found), "steps": line.steps,
        "at": line.at, "facts": _facts(found), "claim": found.text("claim"), "says": _(found.at_step.says),
        "blocks": records.blocks(found), "happened": case_history.history(found),
        "papers": [_paper(one) for one in found.papers], "letters": _letters(found), "law": law.beside(found),
        "masked": _is_masked(found), "entry": found.file.entry_id if found.file else None,
    }  # fmt: skip


def _facts(found: CaseView) -> list[tuple[str, str]]:
    file = found.file
    numbers = [(number_kind(one.kind), one.number) for one in file.numbers] if file else []
    return [
        (_("当事人"), file.subject.name if file and file.subject else "—"), *numbers,
        (_("来源"), words.channel_name(found.channel)), (_("提交时间"), moment(found.filed_at)),
        (_("轮到谁"), words.turn(found)), (_("承办人"), found.assigned_name or _officer(found)),
    ]  # fmt: skip


def _officer(found: CaseView) -> str:
    if not found.is_open:
        return ""
    return _("已交办") if found.assigned_to else _("没有交办，本单位工作人员都可以办")


def _is_masked(found: CaseView) -> bool:
    return bool(found.file and found.file.depth != "full" and found.subject_kind == "person")


def _paper(paper: Any) -> dict[str, Any]:
    return {
        "id": paper.id, "name": paper.name, "size": pages.size(paper.bytes), "at": paper.at,
        "by": _("当事人一方") if paper.by_kind != "officer" else _("工作人员"),
        "inside": not paper.for_subject,
    }  # fmt: skip


def _letters(found: CaseView) -> list[dict[str, Any]]:
    """The letters of what was done, the newest first; a case that was handed on has the one to the unit, too."""
    made = []
    for code in dict.fromkeys(event.act for event in reversed(found.events)):
        if not drafting.has_letter(found.procedure, code):
            continue
        event = next(event for event in reversed(found.events) if event.act == code)
        line = {"act": code, "name": case_history.act_name(found, code), "at": event.at,
                "number": event.facts.get("letter_no", "")}  # fmt: skip
        made.append(line | {"to": ""})
        if code == "forward" and found.records:
            made.append(line | {"to": "unit"})
    return made


def _around(acting: Acting, found: CaseView) -> dict[str, Any]:
    """The same fact under other items, and what became of the recalls."""
    notices = queries.case_recalls(acting, found.id) if not found.is_open else []
    return {
        "elsewhere": [
            {"item": item_name(one.item), "unit": short_unit(one.source_unit), "no": one.document_no, "case": one.case,
             "day": one.decided_on}
            for one in queries.elsewhere(acting, found.id)
        ],
        "recalls": [
            {"unit": short_unit(one.unit), "tag": words.notice_tag(one.state), "done": words.done_name(one.done),
             "due": one.due_on, "at": one.confirmed_at, "looks": one.looks, "reminders": one.reminders,
             "state": one.state}
            for one in notices
        ],
    }  # fmt: skip


def _acts(found: CaseView) -> dict[str, Any]:
    """What may be done now: what leads on first, then what happens on the way."""
    shown = [act for act in found.may() if act.code not in NOT_HERE]
    barred = [act for act in found.rules.acts if found.step in act.frm and act.decides and {*found.parts} & {*act.by}]
    return {
        "main_acts": [_button(act) for act in shown if act.code not in OTHER],
        "other_acts": [_button(act) for act in shown if act.code in OTHER],
        "four_eyes": found.entered_it and bool(barred) and found.is_open,
    }


def _button(act: Act) -> dict[str, str]:
    danger = act.code in ("refuse", "deny", "dismiss")
    return {"code": act.code, "name": _(act.name), "article": act.article, "css": "danger" if danger else ""}
