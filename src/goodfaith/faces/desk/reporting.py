"""报送数据, the first step: which item, the blank form, the file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk.access import acting_of, officer, unit_of
from goodfaith.faces.desk.delivery_forms import UploadForm
from goodfaith.faces.desk.downloads import attached
from goodfaith.faces.desk.uploading import Limit, limited, too_large
from goodfaith.faces.desk.work_words import delivery_tag, duty_tag
from goodfaith.faces.parts import lawbook
from goodfaith.faces.parts.catalogue_words import cycle_name
from goodfaith.faces.parts.words import named
from goodfaith.intake import dashboard, listing, template
from goodfaith.intake.actions import check_may_deliver, do_receive
from goodfaith.law.schema import Item

ROLES = ("clerk", "credit_office")
RECENT = 4


@require_safe
@officer(*ROLES)
def choose(request: HttpRequest) -> HttpResponse:
    """The items that the unit reports, the most urgent first; ``q`` looks in names and codes."""
    asked = request.GET.get("q", "").strip()
    today = clock.today()
    shown = [_duty(duty, today) for duty in dashboard.duties(today, unit_of(request))]
    found = [one for one in shown if asked.casefold() in one["text"]]
    waiting = listing.waiting(unit_of(request))
    context = {"work": "intake", "duties": found, "all": len(shown), "q": asked, "waiting": waiting}
    return render(request, "desk/deliveries/choose.html", context)


def _duty(duty: dashboard.Duty, today: Any) -> dict[str, Any]:
    item = lawbook.item(duty.item)
    return {
        "item": item,
        "last": duty.last,
        "due": duty.due,
        "cycle": cycle_name(duty.cycle),
        "tag": duty_tag(duty.state(today)),
        "text": f"{item.name.zh} {item.name.en} {item.code} {item.description.zh}".casefold(),
    }


@csrf_exempt  # the limit must stand before the body is read; report_limited checks the token
@require_http_methods(["GET", "HEAD", "POST"])
@officer(*ROLES)
def report(request: HttpRequest, item: str) -> HttpResponse:
    """Drop the file of one item; it is received and the clerk goes on with its delivery."""
    limit = limited(request) if request.method == "POST" else None
    return report_limited(request, item, limit)


@csrf_protect
def report_limited(request: HttpRequest, code: str, limit: Limit | None) -> HttpResponse:
    """The same behind the check of the token."""
    _unit, item = check_may_deliver(acting=acting_of(request), item=code)
    if limit is None:
        return _page(request, item, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not limit.passed and not form.is_valid():
        return _page(request, item, form, status=422)
    try:
        if limit.passed:
            raise too_large()
        delivery = _receive(request, item, form.cleaned_data)
    except Problem as problem:
        kept = UploadForm(initial={"report_on": request.POST.get("report_on")})
        return _page(request, item, kept, problem, problem.status)
    return redirect("desk:delivery", delivery.pk)


def _receive(request: HttpRequest, item: Item, said: dict[str, Any]) -> Any:
    file = said["file"]
    return do_receive(
        acting=acting_of(request), at=clock.now(), item=item.code, filename=file.name, data=file.chunks(),
        report_on=said["report_on"],
    )  # fmt: skip


def _page(
    request: HttpRequest, item: Item, form: UploadForm, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    before = listing.listed(listing.Wanted(unit=unit_of(request), item=item.code)).deliveries[:RECENT]
    context = {
        "work": "intake",
        "item": item,
        "form": form,
        "problem": problem,
        "cycle": cycle_name(item.update_cycle),
        "recent": [(one, delivery_tag(one.state)) for one in before],
        "required": [named(field.name) for field in item.editions[0].fields if field.required is True],
    }
    return render(request, "desk/deliveries/report.html", context, status=status)


@require_safe
@officer(*ROLES)
def blank(request: HttpRequest, item: str) -> HttpResponse:
    """The blank workbook of an item, in the newest form or the one that ``edition`` names."""
    definition = lawbook.item(item)
    wanted = request.GET.get("edition") or definition.editions[0].code
    form = next((one for one in definition.editions if one.code == wanted), None)
    if form is None:
        raise Problem("edition_unknown", _("没有这一表式。"), _("请从条目页面上列出的表式中下载。"), status=404)
    content = template.empty_template(definition, form, lawbook.book().code_lists)
    return attached(HttpResponse(content), f"{named(definition.name)}-{named(form.name)}.xlsx", "xlsx")
