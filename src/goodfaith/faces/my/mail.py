"""My: the messages to the subject, written in the transaction of the look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.faces.my import mail_words
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.looking import REFUSED, matter_name, purpose_name
from goodfaith.faces.parts.units import unit_name
from goodfaith.gate import actions as doing
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import MessageView
from goodfaith.rights import queries as rights
from goodfaith.rights.views import CaseView

SHOWN = 100
MOST = 1_000
"""As many as the gate gives at once."""


@dataclass(frozen=True)
class Note:
    """A message in words, and where it leads."""

    view: MessageView
    title: str
    text: str
    url: str

    @property
    def unread(self) -> bool:
        """Whether it waits to be read."""
        return self.view.read_at is None


def note(view: MessageView, cases: Mapping[str, CaseView] | None = None) -> Note:
    """The message as its reader sees it. ``cases``: the account's, by id, for the numbers in messages about cases."""
    if view.kind in ("case", "finding"):
        return Note(view, *mail_words.of_case(view, cases or {}))
    facts = view.facts
    unit = unit_name(facts["unit"]) if facts.get("unit") else _("其他账号")
    title, url = _kind(view)
    why, matter = purpose_name(facts.get("purpose", "")), matter_name(facts.get("matter"))
    text = _("目的：%(why)s；事项：%(matter)s。") if matter else _("目的：%(why)s。")
    return Note(view, title % {"unit": unit}, text % {"why": why, "matter": matter}, url)


def notes(acting: Acting, views: list[MessageView]) -> list[Note]:
    """The messages in words; the cases are asked for only when one is about a case."""
    about_cases = any(view.kind == "case" for view in views)
    cases = {str(one.id): one for one in rights.my_cases(acting)} if about_cases else {}
    return [note(view, cases) for view in views]


def _kind(view: MessageView) -> tuple[str, str]:
    """The title, with a place for the unit, and where the message leads."""
    facts = view.facts
    if view.kind == "request" and facts.get("request"):
        return _("%(unit)s请求您授权"), reverse("my:request", args=[facts["request"]])
    if facts.get("purpose") == "complaint_handling" and facts.get("outcome") == "done":
        return _("您的投诉有了答复"), reverse("my:complaints")
    url = reverse("my:look", args=[view.entry_id]) if view.entry_id else reverse("my:looks")
    if facts.get("outcome") in REFUSED:
        return _("%(unit)s试图查询，被系统拒绝"), url
    return _("%(unit)s查询了您的信息"), url


def unread(acting: Acting) -> list[MessageView]:
    """The messages that wait to be read."""
    return gate.my_messages(acting, unread_only=True, limit=MOST)


@own_file
def messages(request: HttpRequest) -> HttpResponse:
    """All messages, the newest first."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    found = notes(acting, gate.my_messages(acting, limit=SHOWN + 1))
    context = {
        "here": "messages",
        "notes": found[:SHOWN],
        "unread": len(unread(acting)),
        "older": len(found) > SHOWN,
    }
    return render(request, "my/messages.html", context)


@own_file
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one message read and go where it leads; without a number, mark all of them."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    asked = request.POST.get("message", "")
    wanted = [view for view in unread(acting) if not asked or str(view.id) == asked]
    count = doing.do_read_messages(acting=acting, at=clock.now(), ids=[view.id for view in wanted]) if wanted else 0
    if asked and wanted:
        return redirect(note(wanted[0]).url)
    told.success(request, ngettext("%(n)s 条消息已标为已读。", "%(n)s 条消息已标为已读。", count) % {"n": count})
    return redirect("my:messages")
