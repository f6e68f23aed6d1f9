"""批量核查: a list of names and codes handed in, gone over, asked by the worker, seen for thirty days."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import batch_words as words
from goodfaith.faces.desk.access import acting_of, officer, user_of
from goodfaith.faces.desk.check_forms import BatchForm
from goodfaith.faces.desk.check_words import batch_tag, matter_name, matters_of
from goodfaith.faces.desk.checks import CHECKERS, context_of
from goodfaith.faces.desk.downloads import attached
from goodfaith.inquiry import actions, queries, workbook
from goodfaith.inquiry.models import Batch

PAGE = 100
BUSY = ("queued", "running")
EVERYBODY = (*CHECKERS, "auditor")


@officer(*EVERYBODY)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The officer's own bulk checks; for the audit, everybody's with the official, the reason and the paper."""
    user = user_of(request)
    audit = user.role == "auditor"
    found = queries.all_batches() if audit else queries.batches_of(user.acting)
    rows = [(one, batch_tag(one.state), matter_name(one.matter)) for one in found]
    context = context_of(request, "batches") | {"rows": rows, "audit": audit, "can_make": not audit}
    return render(request, "desk/checks/batches.html", context)


@officer(*CHECKERS)
@require_safe
def blank(request: HttpRequest) -> HttpResponse:
    """The blank list."""
    return attached(HttpResponse(workbook.template()), _("批量核查名单.xlsx"), "xlsx")


@officer(*CHECKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Who answers for it, why, the paper, the list."""
    form = BatchForm(
        request.POST if request.method == "POST" else None, request.FILES or None, matters=matters_of(user_of(request))
    )
    context = context_of(request, "batches") | {
        "form": form, "crumbs": [(_("批量核查"), reverse("desk:batches")), (_("新的批量核查"), "")]
    }
    if form.is_bound and form.is_valid():
        try:
            return redirect("desk:batch", _made(request, form.cleaned_data).pk)
        except Problem as problem:
            return render(request, "desk/checks/batch_new.html", context | {"problem": problem}, status=problem.status)
    return render(request, "desk/checks/batch_new.html", context, status=422 if form.is_bound else 200)


def _made(request: HttpRequest, said: dict[str, Any]) -> Batch:
    paper: UploadedFile[bytes] = said["paper"]
    file: UploadedFile[bytes] = said["file"]
    return actions.do_make_batch(
        acting=acting_of(request), at=clock.now(), matter=said["matter"], case_no=said["case_no"],
        official_name=said["official_name"], reason=said["reason"],
        paper=actions.Paper(paper.name or "", paper.read(settings.INQUIRY_MAX_ATTACHMENT_BYTES + 1)),
        filename=file.name or "", data=file.read(settings.INQUIRY_MAX_BYTES + 1),
    )  # fmt: skip


def _own(request: HttpRequest, batch_id: uuid.UUID) -> Batch:
    found = queries.batch(batch_id)
    if found is None:
        raise Http404
    if found.officer_id != acting_of(request).id:
        raise Problem(*actions.NOT_OWN, status=403)
    return found


def _context(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    return context_of(request, "batches") | {
        "batch": batch, "tag": batch_tag(batch.state), "matter": matter_name(batch.matter),
        "facts": words.facts(batch), "figures": words.figures(batch),
        "crumbs": [(_("批量核查"), reverse("desk:batches")), (batch.filename, "")],
    }  # fmt: skip


@officer(*CHECKERS)
@require_safe
def batch(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """One bulk check in its present state; with its rows when there are answers (opening them is an entry)."""
    found = _own(request, batch_id)
    context = _context(request, found)
    if found.state in BUSY:
        return render(request, "desk/checks/batch_busy.html", context | _bar(found))
    if found.state in ("ready", "cancelled"):
        return render(request, f"desk/checks/batch_{found.state}.html", context)
    shown = request.GET.get("outcome", "")
    after = request.GET.get("after", "0")
    rows = queries.open_batch(
        acting_of(request), found.pk, outcomes=[shown] if shown in words.OUTCOMES else None,
        after=int(after) if after.isdecimal() and len(after) < 9 else 0, limit=PAGE,
    )  # fmt: skip
    more = f"?{urlencode({'outcome': shown, 'after': rows[-1].row})}" if len(rows) == PAGE else ""
    context |= {"rows": [words.row(one) for one in rows], "filters": words.filters(found, shown), "next_url": more}
    return render(request, "desk/checks/batch_done.html", context)


def _bar(found: Batch) -> dict[str, Any]:
    poll = reverse("desk:batch_progress", args=[found.pk]) if found.state in BUSY else ""
    return {"done": found.answered, "total": found.askable, "label": _("正在逐行核查"), "poll_url": poll}


@officer(*CHECKERS)
@require_safe
def progress(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """The bar again; when it is over, the page is loaded anew."""
    found = _own(request, batch_id)
    if found.state in BUSY:
        return render(request, "desk/checks/batch_bar.html", _bar(found))
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = reverse("desk:batch", args=[found.pk])
    return answer


@officer(*CHECKERS)
@require_POST
def start(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Have the rows asked."""
    try:
        actions.do_start_batch(acting=acting_of(request), at=clock.now(), batch_id=batch_id)
    except Problem as problem:
        found = _own(request, batch_id)
        page = "desk/checks/batch_ready.html" if found.state == "ready" else "desk/checks/batch_problem.html"
        return render(request, page, _context(request, found) | {"problem": problem}, status=problem.status)
    return redirect("desk:batch", batch_id)


@officer(*CHECKERS)
@require_POST
def cancel(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """Call it off."""
    actions.do_cancel_batch(acting=acting_of(request), at=clock.now(), batch_id=batch_id)
    return redirect("desk:batch", batch_id)


@officer(*CHECKERS)
@require_safe
def download(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """The list with its answers, as a workbook."""
    found = _own(request, batch_id)
    rows = queries.open_batch(acting_of(request), found.pk, limit=found.rows or 1)
    lines = (line for row in rows for line in words.lines(row))
    content = workbook.result(lines, words.about(found))
    stem = found.filename.rsplit(".", 1)[0][:80]
    return attached(HttpResponse(content), _("核查结果-%(name)s.xlsx") % {"name": stem}, "xlsx")


@officer(*EVERYBODY)
@require_safe
def attachment(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """The paper that the bulk check rests on."""
    if queries.batch(batch_id) is None:
        raise Http404
    paper = queries.open_attachment(acting_of(request), batch_id)
    answer = attached(HttpResponse(paper.data), paper.filename, "xlsx")
    answer["Content-Type"] = paper.media_type
    return answer
