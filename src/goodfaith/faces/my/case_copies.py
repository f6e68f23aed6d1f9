"""My: a copy of one's own case to take away, as a document and as data."""

from __future__ import annotations

import uuid
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from goodfaith.common import clock
from goodfaith.common.typeset import pdf
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.cases import about
from goodfaith.faces.my.looks_files import attached
from goodfaith.faces.my.own import acting_of
from goodfaith.faces.parts import case_history, case_words
from goodfaith.faces.parts.words import moment
from goodfaith.rights import queries as rights
from goodfaith.rights.case_copy import TEMPLATE
from goodfaith.rights.views import CaseView

KINDS = {"json": "application/json", "pdf": "application/pdf"}


@own_file
@require_safe
def copy(request: HttpRequest, case_id: uuid.UUID, kind: str) -> HttpResponse:
    """The case with all that its subject may read of it: ``pdf`` or ``json``."""
    case = rights.my_case(acting_of(request), case_id)
    body = document(case) if kind == "pdf" else orjson.dumps(data(case), option=orjson.OPT_INDENT_2)
    return attached(body, KINDS[kind], kind, f"case-{case.number}")


def data(case: CaseView) -> dict[str, Any]:
    """The case as JSON: codes, and its words."""
    return {
        "made_at": clock.now().isoformat(), "number": case.number, "procedure": case.procedure, "kind": case.kind,
        "step": case.step, "next": case.next, "outcome": case.outcome, "channel": case.channel,
        "opened_at": case.opened_at, "filed_at": case.filed_at, "closed_at": case.closed_at, "facts": case.facts,
        "records": [{"record": str(one.record_id), "version": one.version, "item": one.item,
                     "source_unit": one.source_unit} for one in case.records],
        "clocks": [{"name": one.name, "started_on": one.started_on, "due_on": one.due_on, "stopped_on": one.stopped_on,
                    "extended_on": one.extended_on, "why": one.why,
                    "basis": one.limit.basis.model_dump(mode="json")} for one in case.clocks],
        "events": [{"at": one.at, "act": one.act, "from": one.frm, "to": one.to, "by": one.actor_kind,
                    "unit": one.unit, "ledger_entry": one.entry_id, "facts": one.facts} for one in case.events],
        "texts": [{"part": one.part, "at": one.at, "by": one.by_kind, "text": one.text} for one in case.texts],
        "papers": [{"name": one.name, "media": one.media, "bytes": one.bytes, "at": one.at} for one in case.papers],
    }  # fmt: skip


def document(case: CaseView) -> bytes:
    """The case as a document of the platform, in Chinese whatever language the page has."""
    with override("zh-hans"):
        return pdf(TEMPLATE, _printed(case), at=clock.now())


def _printed(case: CaseView) -> dict[str, Any]:
    return {
        "title": case_words.title(case), "number": case.number, "made": moment(clock.now()),
        "head": _("办件副本"), "count": case_words.papers_words(len(case.papers)),
        "facts": [[name, value] for name, value in _facts(case) if value],
        "limits": [{"name": one.name, "says": one.says, "why": one.view.why} for one in case_words.clocks(case)],
        "events": [
            {"at": moment(one.at), "title": f"{one.title} → {one.leads}" if one.leads else one.title, "who": one.who,
             "said": [[said.name, said.text] for said in one.said]}
            for one in reversed(case_history.history(case))
        ],
        "papers": [[one.name, moment(one.at)] for one in case.papers],
        "names": [_("基本情况"), _("办理期限"), _("经过"), _("材料")],
    }  # fmt: skip


def _facts(case: CaseView) -> list[tuple[str, str]]:
    remedies = case_history.remedies(case)
    return [
        (_("案号"), case.number), (_("事项"), case_words.title(case)), (_("涉及的信息"), about(case)),
        (_("提交时间"), moment(case.filed_at)), (_("现在"), case_words.tag(case).text),
        (_("由谁办理"), case_words.next_actor(case)), (_("办结时间"), moment(case.closed_at) if case.closed_at else ""),
        (_("救济途径"), remedies.says if remedies else ""),
    ]  # fmt: skip
