"""Mending one duty, splitting it, adding one that the reader missed: each on its own page."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.queries import desk_review as places
from goodfaith.duties.views import ProposalView, ReviewView
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.duties_access import OFFICE, at_form, duties, page_of
from goodfaith.faces.desk.duties_review_acts import back_to
from goodfaith.faces.desk.duties_review_forms import MORE, AddForm, DutyForm, MendForm, mend_form

AROUND = 2
"""Lines before and after that are shown with the words."""


def _more(request: HttpRequest) -> bool:
    """Whether only more rows were asked for."""
    return "more" in request.POST


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def mend(request: HttpRequest, document_id: int, proposal_id: uuid.UUID) -> HttpResponse:
    """Change what a duty says."""
    review = queries.review(acting_of(request), document_id)
    one = places.find(review, proposal_id)
    if _more(request):
        return _mend_page(request, review, one, _grown(mend_form(one, request.POST, MORE * 2)))
    form = mend_form(one, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.do_mend(acting=acting_of(request), at=clock.now(), document_id=document_id, proposal_id=proposal_id,
                            changes=_changes(form, review, one))  # fmt: skip
        except Problem as problem:
            at_form(form, problem)
        else:
            messages.success(request, _("已修改，请核对后确认。"))
            return redirect(back_to(document_id, request.GET.get("show", ""), proposal_id))
    return _mend_page(request, review, one, form)


def _grown(form: Any) -> Any:
    """The form with what was typed, not judged."""
    form.is_bound = False
    form.initial = {**form.initial, **{name: value for name, value in form.data.items() if name in form.fields}}
    for name, value in form.data.items():
        if name in form.fields:
            form.fields[name].initial = value
    return form


def _changes(form: MendForm, review: ReviewView, one: ProposalView) -> dict[str, Any]:
    """What differs from what stands."""
    names = form.names(review, one.names)
    said = form.cleaned_data
    whole: dict[str, Any] = {
        "title": said["title"].strip(),
        "text": said["text"].replace("\r\n", "\n").strip(),
        "disclosure": said["disclosure"],
        "due": form.due(),
        "units": names,
        "mode": places.mode_of(names, one.mode),
    }
    stands = {
        "title": one.title,
        "text": one.text,
        "disclosure": one.disclosure,
        "due": one.due,
        "units": list(one.names),
        "mode": one.mode,
    }
    return {name: value for name, value in whole.items() if value != stands[name]}


def _mend_page(request: HttpRequest, review: ReviewView, one: ProposalView, form: MendForm) -> HttpResponse:
    back = back_to(review.document.id, request.GET.get("show", ""), one.id)
    crumbs = ((review.document.title, back), _("修改任务"))
    return page_of(
        request,
        "mend",
        "duty_documents",
        *crumbs,
        form=form,
        one=one,
        review=review,
        back_url=back,
        quote=review.text[one.span[0] : max(one.span[1], one.note_span[1])],
        doubts=[each["what"] for each in one.doubts],
        status=422 if form.is_bound else 200,
        **_units(review),
    )


def _units(review: ReviewView) -> dict[str, Any]:
    """Names that may be typed: those of the document."""
    return {"known_names": [one.full for one in review.names]}


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, document_id: int, proposal_id: uuid.UUID) -> HttpResponse:
    """Part a duty before the sentences that are ticked."""
    review = queries.review(acting_of(request), document_id)
    one = places.find(review, proposal_id)
    back = back_to(document_id, request.GET.get("show", ""), proposal_id)
    found = places.sentences(review.text, *one.span)
    if request.method == "POST":
        chosen = [int(raw) for raw in request.POST.getlist("place") if raw.isascii() and raw.isdigit()]
        parts = actions.do_split(
            acting=acting_of(request),
            at=clock.now(),
            document_id=document_id,
            proposal_id=proposal_id,
            places=[place for place, _words in found if place in chosen],
        )
        messages.success(request, _("已拆成 %(n)s 条，每条的单位和期限都照原来的，请分别核对。") % {"n": len(parts)})
        return redirect(back_to(document_id, request.GET.get("show", ""), parts[0]))
    crumbs = ((review.document.title, back), _("拆分任务"))
    return page_of(request, "split", "duty_documents", *crumbs, one=one, sentences=found, back_url=back)


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, document_id: int) -> HttpResponse:
    """A duty that was missed: the words by their lines, or as they were selected."""
    review = queries.review(acting_of(request), document_id)
    posted = request.method == "POST"
    asked = {
        name: request.GET[name] for name in ("start", "end", "first", "last") if request.GET.get(name, "").isdigit()
    }
    asked |= {"due_kind": "none", "disclosure": _usual(review)}
    form = AddForm(request.POST if posted else None, more=MORE * (2 if _more(request) else 1), initial=asked)
    if _more(request):
        form = _grown(form)
    elif posted and form.is_valid():
        try:
            key = _add(request, review, form)
        except Problem as problem:
            at_form(form, problem, "first")
        else:
            messages.success(request, _("已补充一条任务，请核对后确认。"))
            return redirect(back_to(document_id, "", key))
    back = back_to(document_id)
    crumbs = ((review.document.title, back), _("补充任务"))
    return page_of(request, "add", "duty_documents", *crumbs, form=form, review=review, back_url=back,
                   quote=_quote(form, review), status=422 if form.is_bound else 200, **_units(review))  # fmt: skip


def _usual(review: ReviewView) -> str:
    """The class that most of the document's duties have."""
    found = [one.disclosure for one in review.proposals]
    return max(set(found), key=found.count) if found else "shared"


def _add(request: HttpRequest, review: ReviewView, form: AddForm) -> uuid.UUID:
    start, end = form.span(review.text)
    names = form.names(review)
    return actions.do_add(
        acting=acting_of(request), at=clock.now(), document_id=review.document.id, start=start, end=end,
        title=form.cleaned_data["title"], mode=places.mode_of(names), names=names, due=form.due(),
        disclosure=form.cleaned_data["disclosure"],
    )  # fmt: skip


def _quote(form: DutyForm, review: ReviewView) -> str:
    """The words that were selected in the text."""
    start, end = (str(form[name].value() or "") for name in ("start", "end"))
    return review.text[int(start) : int(end)] if start.isdigit() and end.isdigit() else ""
