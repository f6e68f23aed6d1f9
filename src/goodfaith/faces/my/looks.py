"""My: who looked. The list with its filters, one entry with its proof, both to take away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Unpack

import orjson
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.faces.my import looking, looks_chart, looks_files, proofs
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.looks_form import LooksForm, Wanted, midnight
from goodfaith.faces.parts.words import moment
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import EntryView
from goodfaith.ledger import queries as ledger
from goodfaith.oversight import queries as oversight
from goodfaith.oversight.complaints import limits
from goodfaith.oversight.limits import Limit, limit_of
from goodfaith.oversight.queries import ComplaintView

PAGE = 50
GATE_PAGE = 1_000


def complaints(acting: Acting) -> dict[int, ComplaintView]:
    """Entry → the subject's newest complaint about it."""
    found = sorted(oversight.my_complaints(acting), key=lambda one: one.made_at)
    return {one.entry_id: one for one in found}


def answer_limit() -> Limit:
    """How long the answer to a complaint made today may take."""
    return limit_of(clock.today(), limits())


def look_of(acting: Acting, entry_id: int) -> looking.Look:
    """One entry of the own list; 404 for any other entry, whether it exists or not."""
    found = next((entry for entry in everything(acting) if entry.id == entry_id), None)
    if found is None:
        raise Http404(_("您的查询记录里没有这一条。"))
    return looking.looks([found], complaints(acting))[0]


def everything(acting: Acting, **wanted: Unpack[Wanted]) -> Iterator[EntryView]:
    """All entries, the gate's largest page after page."""
    before = None
    while found := gate.my_entries(acting, **wanted, before=before, limit=GATE_PAGE):
        yield from found
        if len(found) < GATE_PAGE:
            return
        before = found[-1].id


@own_file
def looks(request: HttpRequest) -> HttpResponse:
    """Who looked at the file, why, and what came of it; own looks apart."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    own = request.GET.get("own") == "1"
    year = _year(acting, own=own)
    form = LooksForm(request.GET, seen=year)
    page, before = _page(acting, form, _before(request))
    return render(
        request,
        "my/looks.html",
        {
            "here": "looks",
            "form": form,
            "days": looking.days(looking.looks(page, complaints(acting))),
            "chart": None if own else looks_chart.chart(year, clock.today()),
            "own": own,
            "tabs": [(_("别人的查看"), "?", not own), (_("我自己的查看"), "?own=1", own)],
            **_paging(request, page, before),
            "sealed": ledger.newest_checkpoint(),
        },
    )


def _year(acting: Acting, *, own: bool) -> list[EntryView]:
    since = midnight(looks_chart.first_day(clock.today()))
    return list(everything(acting, kind="own" if own else "others", since=since))


def _before(request: HttpRequest) -> int | None:
    asked = request.GET.get("before", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def _page(acting: Acting, form: LooksForm, before: int | None) -> tuple[list[EntryView], int | None]:
    """One page of entries, and from where the next one goes on."""
    found = gate.my_entries(acting, **form.wanted(), before=before, limit=PAGE + 1)
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _paging(request: HttpRequest, page: list[EntryView], following: int | None) -> dict[str, Any]:
    asked = request.GET.copy()
    asked.pop("before", None)
    exports = asked.urlencode()
    if following:
        asked["before"] = str(following)
    span = {"first": moment(page[0].at), "last": moment(page[-1].at)} if page else {}
    return {
        "next_url": f"?{asked.urlencode()}" if following else "",
        "newest_url": f"?{exports}" if "before" in request.GET else "",
        "export_query": exports,
        "page_says": _("从%(last)s到%(first)s") % span if page and (following or "before" in request.GET) else "",
    }


@own_file
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The whole list, as filtered, as a file: CSV for spreadsheets, JSON for programs."""
    if kind not in ("csv", "json"):
        raise Http404
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    form = LooksForm(request.GET, seen=[])
    listed = looking.looks(everything(acting, **form.wanted()))
    return looks_files.as_csv(listed) if kind == "csv" else looks_files.as_json(listed)


@own_file
def look(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry: all its facts, what may be done about it, and its proof."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    found = look_of(acting, entry_id)
    consents = [one for one in gate.my_consents(acting) if str(one.id) in _used(found)]
    return render(
        request,
        "my/look.html",
        {
            "here": "looks",
            "look": found,
            "consents": consents,
            "limit": answer_limit(),
            "proof_words": proofs.words(),
            "addresses": proofs.addresses(entry_id),
            "shown": proofs.shown(found.entry),
        },
    )


def _used(look: looking.Look) -> set[str]:
    return {str(one) for one in look.entry.consents or []}


@own_file
def proof(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The entry's proof as JSON; with ``?download=1`` as a file to keep."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    body = proofs.document(gate.my_proof(acting, entry_id))
    if "download" in request.GET:
        text = orjson.dumps(body, option=orjson.OPT_INDENT_2)
        return looks_files.attached(text, "application/json", "json", f"entry-{entry_id}-proof")
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
