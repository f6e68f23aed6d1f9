"""公文: the list, and a document coming in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.procedures import REVIEW
from goodfaith.duties.views import DocumentRow
from goodfaith.faces.desk import duties_words as words
from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.duties_access import OFFICE, OVERSEEING, duties, page_of
from goodfaith.faces.desk.uploading import Limit, limited
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.words import day, moment

ACCEPT = ".txt,.md,.docx,.pdf"


class DocumentForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=gettext_lazy("公文"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("请选择文件。"),
            "empty": gettext_lazy("文件是空的，请核对是不是选错了。"),
        },
    )


class ListFilter(forms.Form):
    """What the list is narrowed to."""

    step = forms.ChoiceField(label=gettext_lazy("办到哪一步"), required=False)
    words = forms.CharField(label=gettext_lazy("标题、字号或者发文机关"), required=False, max_length=100)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        steps = [(one.code, words.step_name("document", one.code)) for one in REVIEW.steps]
        self.fields["step"].choices = [("", _("全部")), *steps]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """The filters that are set and understood."""
        self.is_valid()
        return {name: value.strip() for name, value in self.cleaned_data.items() if value and value.strip()}


@csrf_exempt  # the limit must stand before the body is read; upload_limited checks the token
@require_http_methods(["GET", "HEAD", "POST"])
@duties(*OVERSEEING)
def listed(request: HttpRequest) -> HttpResponse:
    """All documents; a POST brings one in."""
    limit = limited(request) if request.method == "POST" else None
    return upload_limited(request, limit)


@csrf_protect
def upload_limited(request: HttpRequest, limit: Limit | None) -> HttpResponse:
    """The same behind the check of the token."""
    if limit is None:
        return _page(request)
    form = DocumentForm(request.POST, request.FILES)
    if user_of(request).role not in OFFICE:
        raise Problem("not_for_you", _("这件事不由您办理。"), _("公文由信用主管部门的工作人员上传。"), status=403)
    if limit.passed:
        return _page(request, [_too_large()], status=413)
    if not form.is_valid():
        return _page(request, [str(one) for one in form.errors.get("file", ())], status=422)
    file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
    try:
        if cast(int, file.size) > settings.DUTIES["document_bytes"]:
            return _page(request, [_too_large()], status=413)
        made = actions.do_upload(acting=acting_of(request), at=clock.now(), name=cast(str, file.name), data=file.read())
    except Problem as problem:
        return _page(request, [f"{problem.what}{problem.next}"], status=problem.status)
    return redirect("desk:duty_document", document_id=made.pk)


def _too_large() -> str:
    most = settings.DUTIES["document_bytes"] // 2**20
    return _("文件超过 %(n)s MiB，没有接收。请只留下正文和任务分工部分，去掉图片和附件后再上传。") % {"n": most}


def _page(request: HttpRequest, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    form = ListFilter(request.GET)
    wanted = form.wanted()
    found = queries.documents(acting_of(request), **wanted)
    limit = settings.DUTIES["document_bytes"]
    return page_of(
        request, "documents", "duty_documents", form=form, filtered=bool(wanted), documents=found, table=_table(found),
        errors=errors, accept=ACCEPT, max_bytes=limit, max_mib=limit // 2**20, may=user_of(request).role in OFFICE,
        status=status,
    )  # fmt: skip


def _table(found: list[DocumentRow]) -> Table:
    columns = [
        Column("title", _("公文"), "main"),
        Column("step", _("办到哪一步")),
        Column("done", _("核对进度")),
        Column("duties", _("任务"), "num"),
        Column("signed", _("成文日期"), "day"),
        Column("by", _("上传"), shown=False),
    ]
    return Table("documents", columns, [_row(one) for one in found], caption=_("公文"))


def _row(one: DocumentRow) -> dict[str, object]:
    url = reverse("desk:duty_document", args=[one.id])
    title = format_html('{} <small class="quiet">{}</small>', one.title, one.doc_no)
    return {
        "title": Cell(title, url), "step": words.document_tag(one.step), "done": _progress(one),
        "duties": f"{one.duties:,}" if one.duties else None, "signed": day(one.signed),
        "by": f"{one.uploaded_by_name} {moment(one.uploaded_at)}",
    }  # fmt: skip


def _progress(one: DocumentRow) -> str | None:
    if one.step == "adopted":
        return _("%(name)s 采纳") % {"name": one.adopted_by_name}
    if one.step == "discarded":
        return None
    return _("%(done)s / %(all)s 条") % {"done": one.proposals - one.pending, "all": one.proposals}


@duties(*OVERSEEING)
@require_safe
def log(request: HttpRequest, document_id: int) -> HttpResponse:
    """What was done with a document: the acts of its review, and its steps."""
    from goodfaith.faces.desk.duties_review import frame

    review = queries.review(acting_of(request), document_id)
    revisions = [(words.revision_name(one.act), one.by_name, one.at, _touched(one.before, one.after), one.undone)
                 for one in reversed(review.revisions)]  # fmt: skip
    context = frame(request, review, "") | {"revisions": revisions, "events": words.happened(review.events, "document")}
    return page_of(request, "log", "duty_documents", **context)


def _touched(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    """The titles of the duties that an act of review changed."""
    found = [one.get("title") or one.get("text", "")[:30] for one in after or before]
    return list(dict.fromkeys(title for title in found if title))
