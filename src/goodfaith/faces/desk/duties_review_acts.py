"""What reviewers do: accept, drop, join, undo; submit, adopt, send back, discard; the header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from goodfaith.common import clock
from goodfaith.duties import actions, queries
from goodfaith.duties.queries import desk_review as places
from goodfaith.duties.queries.rows import as_uuid
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.duties_access import OFFICE, duties, page_of
from goodfaith.faces.desk.duties_review_forms import HeadForm, ReasonForm

Form = HeadForm | ReasonForm


def keys(request: HttpRequest) -> list[UUID]:
    """The duties that a form names."""
    return [key for raw in request.POST.getlist("proposal") if (key := as_uuid(raw)) is not None]


def back_to(document_id: int, which: str = "", at: object = None, number: int = 0) -> str:
    """The reviewing screen with one duty open."""
    url = f"{reverse('desk:duty_document', args=[document_id])}?show={which if which in places.FILTERS else 'all'}"
    return url + (f"&at={at}" if at else "") + (f"#d-{number}" if number else "")


def _to_next(request: HttpRequest, document_id: int, done: Sequence[UUID]) -> HttpResponse:
    """The screen at the next duty that waits."""
    review = queries.review(acting_of(request), document_id)
    at = places.after(review.proposals, done)
    number = next((n for n, one in enumerate(review.proposals, 1) if one.id == at), 0)
    return redirect(back_to(document_id, request.POST.get("show", "all"), at, number))


@duties(*OFFICE)
@require_POST
def accept(request: HttpRequest, document_id: int) -> HttpResponse:
    """These are duties as they stand; with ``all_plain`` all without a doubt."""
    acting = acting_of(request)
    chosen = keys(request)
    if "all_plain" in request.POST:
        chosen = places.plain(queries.review(acting, document_id).proposals)
    if chosen:
        actions.do_accept(acting=acting, at=clock.now(), document_id=document_id, proposal_ids=chosen)
    if len(chosen) > 1:
        messages.success(request, ngettext("已确认 %(n)s 条。", "已确认 %(n)s 条。", len(chosen)) % {"n": len(chosen)})
    elif not chosen:
        messages.warning(request, _("没有勾选任务。"))
    return _to_next(request, document_id, chosen)


@duties(*OFFICE)
@require_POST
def join(request: HttpRequest, document_id: int) -> HttpResponse:
    """Make one of several."""
    key = actions.do_join(
        acting=acting_of(request), at=clock.now(), document_id=document_id, proposal_ids=keys(request)
    )
    messages.success(request, _("已合并成一条，请核对后确认。合并错了可以撤销。"))
    return redirect(back_to(document_id, request.POST.get("show", ""), key))


@duties(*OFFICE)
@require_POST
def undo(request: HttpRequest, document_id: int) -> HttpResponse:
    """Take the last act back."""
    act = actions.do_undo(acting=acting_of(request), at=clock.now(), document_id=document_id)
    messages.success(request, _("已撤销：%(act)s。") % {"act": words.revision_name(act)})
    return redirect(back_to(document_id, request.POST.get("show", "")))


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, document_id: int) -> HttpResponse:
    """These are no duties: why. The first POST, from the list, only asks for the reason."""
    chosen = keys(request) or [key for raw in request.GET.getlist("proposal") if (key := as_uuid(raw))]
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        actions.do_drop(acting=acting_of(request), at=clock.now(), document_id=document_id, proposal_ids=chosen,
                        reason=form.cleaned_data["reason"])  # fmt: skip
        return _to_next(request, document_id, chosen)
    review = queries.review(acting_of(request), document_id)
    about = [one for one in review.proposals if one.id in chosen]
    if not about:
        messages.warning(request, _("没有勾选任务。"))
        return redirect(back_to(document_id))
    question = ngettext("这 %(n)s 条不列入台账", "这 %(n)s 条不列入台账", len(about)) % {"n": len(about)}
    return _ask(
        request, document_id, question, form, _("不列入台账"), about=about,
        consequence=_("文字和理由都保留，可以随时改回来。"), show=request.POST.get("show", request.GET.get("show", "")),
    )  # fmt: skip


def _ask(request: HttpRequest, document_id: int, question: str, form: Form, action: str, **more: Any) -> HttpResponse:
    """A page that asks for a reason or for facts before something is done."""
    review = queries.review(acting_of(request), document_id)
    back = reverse("desk:duty_document", args=[document_id])
    status = 422 if form.is_bound else 200
    crumbs = ((review.document.title, back), question)
    context = {"document": review.document, "question": question, "form": form, "action": action, "back_url": back}
    return page_of(request, "ask", "duty_documents", *crumbs, status=status, **(context | more))


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def head(request: HttpRequest, document_id: int) -> HttpResponse:
    """Put the header right."""
    review = queries.review(acting_of(request), document_id)
    own = review.document
    initial = {
        "title": own.title,
        "doc_no": own.doc_no,
        "issuer": own.issuer,
        "signed": own.signed,
        "printed": review.printed,
    }
    form = HeadForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        actions.do_mend_head(acting=acting_of(request), at=clock.now(), document_id=document_id, **form.cleaned_data)
        messages.success(request, _("公文信息已更正。"))
        return redirect(back_to(document_id))
    hint = _("读取程序读出的内容另外保留；更正会留在审核记录里。")
    return _ask(request, document_id, _("更正公文信息"), form, _("保存更正"), consequence=hint)


@duties(*OFFICE)
@require_POST
def submit(request: HttpRequest, document_id: int) -> HttpResponse:
    """The review is done."""
    actions.do_submit(acting=acting_of(request), at=clock.now(), document_id=document_id)
    messages.success(request, _("已提交采纳。请没有参加核对的另一位工作人员采纳。"))
    return redirect(back_to(document_id))


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, document_id: int) -> HttpResponse:
    """Adopt, past a page that names the consequence."""
    review = queries.review(acting_of(request), document_id)
    if request.method == "POST":
        made = actions.do_adopt(acting=acting_of(request), at=clock.now(), document_id=document_id)
        messages.success(
            request,
            ngettext(
                "%(n)s 项任务已列入台账，责任单位可以签收了。",
                "%(n)s 项任务已列入台账，责任单位可以签收了。",
                len(made),
            )
            % {"n": len(made)},
        )
        return redirect(f"{reverse('desk:duties')}?view=all&document={document_id}")
    counts, back = places.counted(review.proposals), reverse("desk:duty_document", args=[document_id])
    classes = {code: sum(1 for one in review.proposals if one.state == "accepted" and one.disclosure == code)
               for code in ("open", "on_request", "shared")}  # fmt: skip
    consequence = _(
        "%(n)s 项任务列入台账，文字从此不再改动；其中 %(open)s 项向社会公开，%(request)s 项依申请公开，"
        "%(shared)s 项只在政务部门之间共享。责任单位随即收到待签收的任务，期限开始计算。"
    ) % {
        "n": counts["accepted"],
        "open": classes["open"],
        "request": classes["on_request"],
        "shared": classes["shared"],
    }
    crumbs = ((review.document.title, back), _("采纳"))
    return page_of(request, "adopt", "duty_documents", *crumbs, document=review.document, consequence=consequence,
                   back_url=back, dropped=counts["dropped"], ready_by=review.document.ready_by_name)  # fmt: skip


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, document_id: int) -> HttpResponse:
    """Back to the reviewers, with a reason."""
    done = _("已退回，核对的工作人员会看到理由。")
    return _with_reason(
        request, document_id, actions.do_send_back, _("退回审核"), _("核对的工作人员按理由修改后重新提交。"), done
    )


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, document_id: int) -> HttpResponse:
    """The document makes no duties."""
    done = _("这份公文没有采纳，留存备查。")
    return _with_reason(
        request,
        document_id,
        actions.do_discard,
        _("不采纳这份公文"),
        _("不产生任何任务；文件和审核记录都保留，不能再恢复审核。"),
        done,
    )


def _with_reason(
    request: HttpRequest, document_id: int, act: Callable[..., None], name: str, consequence: str, done: str
) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act(acting=acting_of(request), at=clock.now(), document_id=document_id, reason=form.cleaned_data["reason"])
        messages.success(request, done)
        return redirect("desk:duty_documents")
    return _ask(request, document_id, name, form, name, consequence=consequence)
