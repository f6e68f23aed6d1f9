"""A document beside an earlier one that it carries on, clause by clause, with what is not the same."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodfaith.common import clock
from goodfaith.duties import actions, queries
from goodfaith.duties.queries.rows import as_uuid
from goodfaith.duties.views import ClauseView, LinkView
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import OFFICE, OVERSEEING, duties
from goodfaith.faces.desk.duties_review import frame
from goodfaith.faces.parts.words import listed

SURE = 0.7
"""Likeness from which pairs are offered for confirmation together."""


class EarlierForm(forms.Form):
    """Which document is the earlier one."""

    earlier = forms.ChoiceField(label="")

    def __init__(self, data: Any, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["earlier"].label = _("在先的公文")
        self.fields["earlier"].choices = choices  # type: ignore[attr-defined]


@duties(*OVERSEEING)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, document_id: int) -> HttpResponse:
    """Which earlier document to compare with: those that are cited first. A POST looks for pairs."""
    acting = acting_of(request)
    review = queries.review(acting, document_id)
    cited = queries.earlier_documents(acting, document_id)
    known = {one.id for one in cited} | {document_id}
    others = [one for one in queries.documents(acting) if one.id not in known and one.step != "discarded"]
    choices = [(str(one.id), f"{one.title} {one.doc_no}".strip()) for one in (*cited, *others)]
    form = EarlierForm(request.POST if request.method == "POST" else None, choices)
    if form.is_valid() and user_of(request).role in OFFICE:
        earlier = int(form.cleaned_data["earlier"])
        actions.do_suggest_links(acting=acting, at=clock.now(), later_id=document_id, earlier_id=earlier)
        return redirect("desk:duty_links_with", document_id=document_id, earlier_id=earlier)
    context = frame(request, review, "links") | {"form": form, "cited": cited, "others": others}
    return render(request, "desk/duties/links.html", context)


@duties(*OVERSEEING)
@require_safe
def side_by_side(request: HttpRequest, document_id: int, earlier_id: int) -> HttpResponse:
    """The pairs."""
    acting = acting_of(request)
    review, found = queries.review(acting, document_id), queries.links(acting, document_id, earlier_id)
    pairs = [_pair(one) for one in found.links]
    waiting = [one for one in found.links if one.state == "suggested"]
    context = frame(request, review, "links") | {
        "earlier": found.earlier,
        "pairs": pairs,
        "waiting": len(waiting),
        "confirmed": len(pairs) - len(waiting),
        "sure": sum(1 for one in waiting if one.likeness >= SURE),
        "sure_percent": round(SURE * 100),
        "only_later": [_clause(one) for one in found.only_later],
        "only_earlier": [_clause(one) for one in found.only_earlier],
        "may": user_of(request).role in OFFICE,
        "later_choices": [(one.id, _name(one)) for one in found.only_later],
        "earlier_choices": [(one.id, _name(one)) for one in found.only_earlier],
    }
    return render(request, "desk/duties/links_with.html", context)


def _name(one: ClauseView) -> str:
    return f"{one.number}{one.title or one.text[:30]}"


def _clause(one: ClauseView) -> dict[str, Any]:
    return {"name": _name(one), "where": [part for part in (one.chapter, one.section) if part], "text": one.text}


def _pair(one: LinkView) -> dict[str, Any]:
    differs = one.difference
    return {
        "link": one,
        "later": _clause(one.later),
        "earlier": _clause(one.earlier),
        "likeness": round(one.likeness * 100),
        "units_added": differs.units_added,
        "units_removed": differs.units_removed,
        "lead": (listed(differs.lead_before), listed(differs.lead_after)) if differs.lead_changed else None,
        "due": _due(one) if differs.due_changed else None,
        "before": [piece for piece in differs.pieces if piece.kind != "added"],
        "after": [piece for piece in differs.pieces if piece.kind != "removed"],
        "same": not any(
            (
                differs.units_added,
                differs.units_removed,
                differs.lead_changed,
                differs.due_changed,
                [piece for piece in differs.pieces if piece.kind != "same"],
            )
        ),
    }


def _due(one: LinkView) -> tuple[str, str]:
    before, after = one.difference.due_before, one.difference.due_after
    return (words.due_words(before) if before else "", words.due_words(after) if after else "")


@duties(*OFFICE)
@require_POST
def decide(request: HttpRequest, document_id: int, earlier_id: int) -> HttpResponse:
    """Confirm or refuse a pair, link two clauses, or confirm all pairs that are alike enough."""
    acting, at = acting_of(request), clock.now()
    back = reverse("desk:duty_links_with", args=[document_id, earlier_id])
    if "sure" in request.POST:
        count = actions.do_confirm_links(acting=acting, at=at, later_id=document_id, earlier_id=earlier_id, least=SURE)
        messages.success(request, _("已确认 %(n)s 对条款。") % {"n": count})
        return redirect(back)
    later, earlier = (as_uuid(request.POST.get(name, "")) for name in ("later", "earlier"))
    if later is None or earlier is None:
        messages.warning(request, _("请两边各选一条。"))
        return redirect(back)
    confirm = request.POST.get("as") != "refuse"
    actions.do_decide_link(acting=acting, at=at, later=later, earlier=earlier, confirm=confirm)
    messages.success(request, _("已确认这一对。") if confirm else _("已排除这一对。"))
    return redirect(f"{back}#p-{later}")
