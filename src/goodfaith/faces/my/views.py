"""My: the subject's own file, one record, a copy to take away. Every page opens the gate."""

from __future__ import annotations

import dataclasses
import uuid

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.faces.my import answers, looking, mail, showing
from goodfaith.faces.my import consent_words as words
from goodfaith.faces.my.access import own_file
from goodfaith.faces.parts.cards import file_card
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import FileHandle, RecordView
from goodfaith.law import queries as law

RECENT = 5
COUNTED = 500


def _own(request: HttpRequest) -> FileHandle:
    """The file of the account's own subject; 404 when the account has none yet."""
    user = request.user
    handle = gate.open_file(acting=user.acting, purpose="self_access", subject_id=user.subject_id)  # type: ignore[union-attr]
    if handle.outcome != "opened":
        raise Http404(_("没有找到与您账号相连的档案。"))
    return handle


@own_file
def home(request: HttpRequest) -> HttpResponse:
    """The own file: what next, the plain answers, the records in groups, the latest looks of others."""
    handle = _own(request)
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
        },
    )


def _cards(acting: Acting) -> dict[str, object]:
    """Requests that wait, consents in force, the hold, unread messages."""
    waiting = [words.request(one) for one in gate.my_requests(acting) if one.state == "waiting"]
    return {
        "waiting": waiting,
        "consents": sum(one.state == "in_force" for one in gate.my_consents(acting)),
        "hold": gate.my_hold(acting),
        "unread": len(mail.unread(acting)),
    }


@own_file
def record(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """One record with its law, its display period and all its versions."""
    versions = _own(request).versions(record_id)
    if not versions:
        raise Http404
    newest = versions[0]
    return render(
        request,
        "my/record.html",
        {
            "here": "file",
            "record": newest,
            "card": showing.own_page_card(newest),
            "whole": file_card(newest),
            "sentence": showing.display_sentence(newest),
            "rule": showing.display_rule(newest),
            "versions": versions,
        },
    )


@own_file
def copy(request: HttpRequest) -> HttpResponse:
    """A copy of the own file as JSON, to take away (PIPL art. 45)."""
    handle = _own(request)
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
