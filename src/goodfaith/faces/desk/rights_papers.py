"""Papers of a case: opened in a tab of its own (each opening is an entry), added by who handles it."""

from __future__ import annotations

import uuid
from typing import Any, cast
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.rights_access import HANDLING, page_of, rights
from goodfaith.rights import actions, queries

ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx"
SHOWN = ("application/pdf", "image/png", "image/jpeg")
"""What a browser shows by itself; the rest is saved."""


def paper_field(label: Any, hint: Any, *, required: bool = True) -> forms.FileField:
    """A field for one paper."""
    return forms.FileField(
        label=label, help_text=hint, required=required, max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": gettext_lazy("请选择文件。"), "empty": gettext_lazy("文件是空的。")},
    )  # fmt: skip


class PaperForm(forms.Form):
    """A paper, and whether the subject may read it."""

    file = paper_field(gettext_lazy("文件"), gettext_lazy("PDF、JPG、PNG 或者 DOCX，不超过 10 MiB，加密保存。"))
    for_subject = forms.TypedChoiceField(
        label=gettext_lazy("当事人能不能看"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", gettext_lazy("可以看，例如核对的原件")), ("no", gettext_lazy("不给看，只供办案单位使用"))],
        error_messages={"required": gettext_lazy("请选择一项。")},
    )  # fmt: skip


@rights()
@require_safe
def paper(request: HttpRequest, paper_id: uuid.UUID) -> HttpResponse:
    """One paper, as it was handed in."""
    found = queries.paper(acting_of(request), paper_id)
    answer = HttpResponse(found.data, content_type=found.media)
    place = "inline" if found.media in SHOWN else "attachment"
    answer["Content-Disposition"] = f"{place}; filename*=utf-8''{quote(found.name, safe='')}"
    return answer


@rights(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Put a paper into a case."""
    posted = request.method == "POST"
    form = PaperForm(request.POST, request.FILES) if posted else PaperForm()
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            put(acting_of(request), case_id, said["file"], for_subject=said["for_subject"])
        except Problem as problem:
            if problem.status in (404, 409):
                raise
            form.add_error("file", str(problem))
        else:
            messages.success(request, _("材料已加入案件。"))
            return redirect("desk:rights_case", case_id=case_id)
    back = reverse("desk:rights_case", args=[case_id])
    status = 422 if form.is_bound else 200
    crumbs = ((_("案件"), back), _("添加材料"))
    return page_of(request, "paper", "rights", *crumbs, form=form, back_url=back, status=status)


def put(acting: Acting, case_id: uuid.UUID, file: UploadedFile[bytes], *, for_subject: bool) -> None:
    """Put an uploaded file into a case."""
    name, data = cast(str, file.name), file.read()
    actions.do_add_paper(
        acting=acting, at=clock.now(), case_id=case_id, name=name, data=data, for_subject=for_subject
    )
