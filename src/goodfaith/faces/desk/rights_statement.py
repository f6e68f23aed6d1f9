"""Hiding a subject's own words beside a record, by the credit office, with the ground that the subject reads."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import acting_of
from goodfaith.faces.desk.rights_access import page_of, rights
from goodfaith.faces.desk.rights_words import LINES_SEEN
from goodfaith.faces.desk.work_forms import LONGEST_REASON
from goodfaith.rights import actions


class GroundForm(forms.Form):
    """Why the words are taken away."""

    ground = forms.CharField(
        label=gettext_lazy("撤下的依据和理由"), max_length=LONGEST_REASON, validators=[LINES_SEEN],
        widget=forms.Textarea(attrs={"rows": 4}), help_text=gettext_lazy("写明法律依据。当事人会原样看到。"),
        error_messages={"required": gettext_lazy("没有依据，不能撤下当事人的说明。")},
    )  # fmt: skip


@rights("credit_office")
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, case_id: uuid.UUID, statement_id: uuid.UUID) -> HttpResponse:
    """The ground; a POST takes the words away."""
    form = GroundForm(request.POST if request.method == "POST" else None)
    back = reverse("desk:rights_case", args=[case_id])
    if form.is_bound and form.is_valid():
        try:
            actions.do_end_statement(
                acting=acting_of(request), at=clock.now(), statement_id=statement_id, ground=form.cleaned_data["ground"]
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("说明已撤下，当事人会看到依据和理由。"))
            return redirect(back)
    status = 422 if form.is_bound else 200
    return page_of(
        request, "statement", "rights", (_("案件"), back), _("撤下说明"), form=form, back_url=back, status=status
    )
