"""The reviewing screen: the document's text and its duties side by side, each duty tied to its words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from goodfaith.duties import queries
from goodfaith.duties.queries import desk_review as places
from goodfaith.duties.queries.rows import as_uuid
from goodfaith.duties.views import NameView, ProposalView, ReviewView
from goodfaith.faces.desk import duties_review_text as text
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import OVERSEEING, duties, shell
from goodfaith.faces.parts.words import day, listed

LATEST = 12
"""Acts of review that are shown at once."""


def filter_names() -> dict[str, str]:
    """The filters of the list in words."""
    return {
        "all": _("全部"),
        "pending": _("待核对"),
        "unsure": _("拿不准"),
        "accepted": _("已确认"),
        "dropped": _("不列入"),
    }


@duties(*OVERSEEING)
@require_safe
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """A document with its duties: ``at`` is open, ``show`` says which are listed. To htmx the panel alone."""
    review = queries.review(acting_of(request), document_id)
    which = request.GET.get("show", "")
    which = which if which in places.FILTERS else "all"
    here = _here(review, request.GET.get("at", ""), which)
    alone = request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    context = panel(request, review, here, which)
    if not alone:
        context |= frame(request, review, "review") | _text(request, review, here)
    answer = render(request, f"desk/duties/{'review_panel' if alone else 'review'}.html", context)
    answer["Vary"] = "HX-Request"
    return answer


def _here(review: ReviewView, asked: str, which: str) -> ProposalView | None:
    """The duty that is open: the one asked for, else the first of the list that waits."""
    key = as_uuid(asked) if asked else None
    found = next((one for one in review.proposals if one.id == key), None)
    if found is not None or review.document.step != "review":
        return found
    listed_ones = places.narrowed(review.proposals, which)
    return next((one for one in listed_ones if one.state == "pending"), None)


def _text(request: HttpRequest, review: ReviewView, here: ProposalView | None) -> dict[str, Any]:
    asked = request.GET.get("line", "")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 0
    shown = text.shown(review, here, first)
    above = shown.lines[0].number - (shown.lines[-1].number - shown.lines[0].number) if shown.before else 0
    return {"shown": shown, "above": max(1, above), "below": shown.lines[-1].number + 1 if shown.after else 0}


# -- what all pages of a document share ----------------------------------------------------------------------
def frame(request: HttpRequest, review: ReviewView, here: str) -> dict[str, Any]:
    """Head, tabs and acts of one document."""
    own = review.document
    unsaid = sum(1 for one in review.names if not one.kind)
    names = _("单位名称（%(n)s 个待确认）") % {"n": unsaid} if unsaid else _("单位名称")
    pages = [
        ("review", _("核对"), reverse("desk:duty_document", args=[own.id])),
        ("names", names, reverse("desk:duty_names", args=[own.id])),
        ("links", _("与在先公文对照"), reverse("desk:duty_links", args=[own.id])),
    ]  # fmt: skip
    counts = places.counted(review.proposals)
    me = user_of(request)
    return shell(request, "duty_documents", own.title) | {
        "review": review, "document": own, "tag": words.document_tag(own.step), "counts": counts,
        "pages": [(name, url, code == here) for code, name, url in pages], "head_facts": head_facts(review),
        "in_review": own.step == "review" and me.role == "credit_office",
        "may_submit": own.step == "review" and me.role == "credit_office" and counts["all"] and not counts["pending"],
        "may_decide": own.step == "ready" and me.role == "credit_office",
        "reviewed_it": me.acting.id in review.reviewers, "unsaid": unsaid,
        "sent_back": next((one for one in reversed(review.events) if one.act == "send_back"), None),
    }  # fmt: skip


def head_facts(review: ReviewView) -> list[tuple[str, object]]:
    """Header and closing data."""
    own = review.document
    cites = [f"{one['title']}{words_aside(one.get('doc_no'))}" for one in review.cites]
    return [
        (_("发文字号"), own.doc_no), (_("发文机关"), own.issuer), (_("成文日期"), day(own.signed)),
        (_("印发日期"), day(review.printed)), (_("主送"), listed(review.addressees)), (_("引用的公文"), listed(cites)),
        (_("文件"), review.file_name), (_("读取程序"), review.reader),
    ]  # fmt: skip


def words_aside(number: str | None) -> str:
    """A document number in its brackets."""
    return _("（%(text)s）") % {"text": number} if number else ""


# -- the panel -----------------------------------------------------------------------------------------------
def panel(request: HttpRequest, review: ReviewView, here: ProposalView | None, which: str) -> dict[str, Any]:
    """The list of duties with one of them open."""
    numbers = {one.id: n for n, one in enumerate(review.proposals, 1)}
    listed_ones = places.narrowed(review.proposals, which)
    if here is not None and here not in listed_ones:
        listed_ones = sorted([*listed_ones, here], key=lambda one: numbers[one.id])
    counts, base = places.counted(review.proposals), reverse("desk:duty_document", args=[review.document.id])
    names = filter_names()
    rows = [_row(one, numbers[one.id], base, which, one is here) for one in listed_ones]
    at = next((n for n, one in enumerate(listed_ones) if one is here), -1)
    return {
        "document": review.document,
        "counts": counts,
        "which": which,
        "base": base,
        "rows": rows,
        "in_review": review.document.step == "review" and user_of(request).role == "credit_office",
        "filters": [(names[code], f"{base}?show={code}", counts[code], code == which) for code in places.FILTERS],
        "open": opened(review, here, numbers) if here else None,
        "plain": places.plain(review.proposals),
        "previous_url": rows[at - 1]["url"] if at > 0 else "",
        "next_url": rows[at + 1]["url"] if 0 <= at < len(rows) - 1 else "",
        "can_undo": review.can_undo,
        "undoes": _last_act(review),
        "names_url": reverse("desk:duty_names", args=[review.document.id]),
        "history": [
            (words.revision_name(one.act), one.by_name, one.at, len(one.after), one.undone)
            for one in reversed(review.revisions)
        ][:LATEST],
        "panel_url": f"{base}?show={which}" + (f"&at={here.id}" if here else ""),
    }


def _last_act(review: ReviewView) -> str:
    found = [one for one in review.revisions if not one.undone and one.act not in ("undo", "head")]
    return words.revision_name(found[-1].act) if found else ""


def _row(one: ProposalView, number: int, base: str, which: str, here: bool) -> dict[str, Any]:
    return {
        "id": one.id, "number": number, "state": one.state, "tag": words.proposal_tag(one.state), "here": here,
        "title": one.title or one.text[:40], "url": f"{base}?show={which}&at={one.id}#d-{number}",
        "who": words.names_of(one.names, "lead", "joint") or _("没有责任单位"), "due": words.due_words(one.due),
        "doubts": len(one.doubts), "unnamed": not one.confirmed,
    }  # fmt: skip


def opened(review: ReviewView, one: ProposalView, numbers: dict[UUID, int]) -> dict[str, Any]:
    """One duty whole."""
    ordered = list(review.proposals)
    at = ordered.index(one)
    plan = "" if one.plan in review.document.title else one.plan
    following = ordered[at + 1] if at + 1 < len(ordered) else None
    names = {name.full: name for name in review.names}
    return {
        "one": one, "number": numbers[one.id], "following": following, "tag": words.proposal_tag(one.state),
        "title": one.title or one.text[:40], "origin": words.origin_name(one.origin),
        "where": [part for part in (plan, one.chapter, one.section, one.number) if part],
        "units": [(words.part_name(each.part), each, words.stands_for(each.kind, each.units)) for each in one.names],
        "mode": words.mode_name(one.mode), "due": words.due_words(one.due),
        "disclosure": words.disclosure_name(one.disclosure), "open_ended": one.open_ended,
        "doubts": [(each["what"], places.line_at(review.text, each["start"])) for each in one.doubts],
        "line": places.line_at(review.text, one.span[0]), "confirmed": one.confirmed,
        "offers": [_offer(names[each.full]) for each in one.names if not each.kind and each.full in names],
    }  # fmt: skip


def _offer(name: NameView) -> dict[str, Any]:
    """What a name may stand for, to be confirmed beside the duty."""
    best = name.remembered or (name.suggestions[0] if name.suggestions else None)
    return {
        "full": name.full, "used": name.used, "best": best, "remembered": name.remembered is not None,
        "words": words.stands_for(best.kind, best.units) if best else "",
        "as": f"{best.kind}:{','.join(best.units)}" if best else "",
    }  # fmt: skip
