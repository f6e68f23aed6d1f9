""""Not me": the search for whom the record is right about, by number and name, never by the name alone."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.faces.desk.access import acting_of, user_of
from goodfaith.faces.desk.check_forms import SubjectForm
from goodfaith.faces.desk.rights_access import HANDLING, page_of, rights
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import FileHandle
from goodfaith.rights import queries

PURPOSES = {"clerk": "source_verification", "credit_office": "rights_counter"}


@rights(*HANDLING)
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Whether somebody of that number and name has a file; an entry that this person sees."""
    case = queries.open_case(acting_of(request), case_id)
    form = SubjectForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "case": case, "back_url": reverse("desk:rights_case", args=[case_id])}
    if case.item:
        context["intake_url"] = reverse("desk:intake_item", args=[case.item])
    if form.is_bound and form.is_valid():
        file = gate.open_file(
            acting=acting_of(request), purpose=PURPOSES[user_of(request).role], number=form.asked,
            name=form.cleaned_data["name"], case_no=case.number,
        )  # fmt: skip
        context |= _answer(file)
    status = 422 if form.is_bound and form.errors else 200
    back = (case.number, context["back_url"])
    return page_of(request, "subject", "rights", back, _("找正确的主体"), status=status, **context)


def _answer(file: FileHandle) -> dict[str, Any]:
    said = {
        "opened": ("order", _("号码和姓名（名称）一致，平台有这个主体的档案"), _("请用这个号码重新报送这条记录。")),
        "unknown": ("waiting", _("平台还没有这个号码的档案"), _("号码核对无误的，用它重新报送，入库时会建立档案。")),
        "mismatch": (
            "restraint", _("号码和姓名（名称）不一致"), _("请查对决定的原件。为保护无关的人，不一致时不提供任何信息。"),
        ),
    }  # fmt: skip
    kind, head, text = said.get(file.outcome, ("restraint", str(_(gate.REFUSALS.get(file.refusal or "", ""))), ""))
    found = file.outcome in ("opened", "unknown")
    return {"kind": kind, "head": head, "text": text, "entry": file.entry_id, "found": found}
