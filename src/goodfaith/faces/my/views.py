"""My: the subject's own file and a copy to take away. Every page opens the gate."""

from __future__ import annotations

import dataclasses

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.faces.my import answers, home_cases, looking, mail, showing
from goodfaith.faces.my import consent_words as words
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.own import opened
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import RecordView
from goodfaith.law import queries as law

RECENT = 5
FINDINGS = 3
COUNTED = 500


@own_file
def home(request: HttpRequest) -> HttpResponse:
    """The own file: what next, the plain answers, the records in groups, the latest looks of others."""
    handle = opened(request).handle
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    others = looking.looks(gate.my_entries(acting, kind="others", limit=COUNTED))
    asked = [look for look in others if look.entry.outcome != "done"]
    return render(
        request,
        "my/home.html",
        {
            "here": "file",
            "file": handle,
            "numbers": showing.numbers(handle),
            "groups": showing.groups(handle.current),
            "answers": answers.answers(handle.current),
            "others": others[:RECENT],
            "asked": asked,
            "asked_count": len(asked) if len(others) < COUNTED else _("%(n)s 次以上") % {"n": len(asked)},
            **_cards(acting),
            **home_cases.top(acting),
        },
    )


def _cards(acting: Acting) -> dict[str, object]:
    """Requests that wait, consents in force, the hold, unread messages, new findings among them."""
    unread = mail.unread(acting)
    findings = [view for view in unread if view.kind == "finding"]
    waiting = [words.request(one) for one in gate.my_requests(acting) if one.state == "waiting"]
    return {
        "waiting": waiting,
        "consents": sum(one.state == "in_force" for one in gate.my_consents(acting)),
        "hold": gate.my_hold(acting),
        "unread": len(unread),
        "findings": [mail.note(view) for view in findings[:FINDINGS]],
        "findings_count": len(findings),
    }


@own_file
def copy(request: HttpRequest) -> HttpResponse:
    """A copy of the own file as JSON, to take away (PIPL art. 45)."""
    handle = opened(request).handle
    body = {
        "made_at": clock.now().isoformat(),
        "subject": handle.subject and {"kind": handle.subject.kind, "name": handle.subject.name},
        "numbers": [dataclasses.asdict(number) for number in handle.numbers],
        "records": [_copied(one) for one in handle.records],
    }
    response = HttpResponse(orjson.dumps(body, option=orjson.OPT_INDENT_2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="my-file-{clock.today().isoformat()}.json"'
    return response


def _copied(one: RecordView) -> dict[str, object]:
    """A record with its fields under their Chinese names."""
    edition = law.item(one.item).edition(one.edition)
    return {
        "item": law.item(one.item).name.zh,
        "version": one.version,
        "current": one.current,
        "status": one.status,
        "decided_on": one.decided_on,
        "shown_to_the_public": one.shown,
        "shown_until": one.display.last,
        "source_unit": one.source_unit,
        "fields": {edition.field(code).name.zh: value for code, value in one.fields.items()},
    }
