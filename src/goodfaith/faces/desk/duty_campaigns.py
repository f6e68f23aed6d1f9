"""The campaign calendar: a year of named days, one campaign with its plan, materials and report."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.duties import actions, queries
from goodfaith.duties.views import CampaignView
from goodfaith.faces.desk.access import acting_of, unit_of, user_of
from goodfaith.faces.desk.duties_access import HANDLING, OFFICE, duties
from goodfaith.faces.desk.duty_campaigns_forms import FORMS, OwnForm, call, form_of
from goodfaith.faces.desk.duty_pages import page
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.words import day

SHOWN = ("application/pdf", "image/png", "image/jpeg")
YEARS = range(2000, 2100)
TAGS = {
    "to_plan": "waiting", "planned": "action", "running": "action", "to_report": "restraint", "reported": "order",
    "cancelled": "quiet",
}  # fmt: skip


def state_name(state: str) -> str:
    """How far a campaign is."""
    return {
        "to_plan": _("待计划"), "planned": _("已计划"), "running": _("进行中"), "to_report": _("待总结"),
        "reported": _("已总结"), "cancelled": _("已取消"),
    }[state]  # fmt: skip


def days_words(one: CampaignView) -> str:
    """From when to when."""
    if one.first == one.last:
        return day(one.first)
    return _("%(first)s 至 %(last)s") % {"first": day(one.first), "last": day(one.last)}


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 5 and int(text) in YEARS else clock.today().year
    )


@duties()
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The year by months."""
    year, today = _year(request), clock.today()
    found = queries.calendar(acting_of(request), year)
    shown = [(one, short_days(one), status_tag(TAGS[one.state], state_name(one.state))) for one in found]
    months = [
        (_("%(n)s月") % {"n": n}, (year, n) == (today.year, today.month),
         [one for one in shown if one[0].first.month == n])
        for n in range(1, 13)
    ]  # fmt: skip
    late = [one for one in found if one.state == "to_report"]
    years = [(str(one), f"?year={one}", one == year) for one in (year - 1, year, year + 1)]
    return page(
        request, "duty_campaigns/year", "duty_campaigns", year=year, months=months, years=years, late=late,
        may_make=user_of(request).role in OFFICE,
    )  # fmt: skip


def short_days(one: CampaignView) -> str:
    """3·15, or 9·1–9·30."""
    first, last = (f"{each.month}·{each.day}" for each in (one.first, one.last))
    return first if first == last else f"{first}–{last}"


@duties(*OFFICE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A campaign of the city's own."""
    form, status = OwnForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = actions.do_make_campaign(acting=acting_of(request), at=clock.now(), **form.cleaned_data)
            except Problem as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("活动已加入日历，请写计划。"))
                return redirect("desk:duty_campaign", made.pk)
    return page(request, "duty_campaigns/new", "duty_campaigns", _("增加一次活动"), form=form, status=status)


def may(request: HttpRequest, one: CampaignView) -> list[str]:
    """Which of the forms this officer has. The actions decide again."""
    user = user_of(request)
    office = user.role in OFFICE
    if one.state == "cancelled" or not (office or (user.role in HANDLING and one.unit == unit_of(request))):
        return []
    found = ["material"]
    if one.reported_at is None:
        found.insert(0, "plan")
        found += ["cancel"] if office else []
    if one.plan and clock.today() >= one.first:
        found.insert(0, "report")
    return found


@duties()
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """One campaign; a POST does what the form named in ``what`` says."""
    one = queries.campaign(acting_of(request), campaign_id)
    allowed = may(request, one)
    what = request.POST.get("what", "")
    said = None
    if request.method == "POST":
        if what not in allowed:
            raise Problem("act_not_here", _("这一步现在不能办。"), _("请重新打开，看现在可以办什么。"), status=409)
        said = form_of(what, one, user_of(request), request.POST, request.FILES)
        if said.is_valid() and _done(request, one, what, said):
            return redirect("desk:duty_campaign", campaign_id)
    forms = [(each, said if each == what else form_of(each, one, user_of(request)), *FORMS[each]()) for each in allowed]
    return page(
        request, "duty_campaigns/campaign", "duty_campaigns", one.title, campaign=one, days=days_words(one),
        forms=forms,
        tag=status_tag(TAGS[one.state], state_name(one.state)), facts=_facts(one),
        status=422 if said is not None else 200,
        opened=what, before=[each for each in one.materials if each.use == "material"],
        after=[each for each in one.materials if each.use == "report"], writes=bool(allowed),
    )  # fmt: skip


def _done(request: HttpRequest, one: CampaignView, what: str, said: Any) -> bool:
    try:
        call(what, acting=acting_of(request), at=clock.now(), campaign_id=one.id, said=said.cleaned_data)
    except Problem as problem:
        if problem.status == 403:
            raise
        said.add_error(None, str(problem))
        return False
    messages.success(request, {
        "plan": _("计划已保存。"), "material": _("材料已加入。"), "report": _("总结已保存。"),
        "cancel": _("活动已取消。"),
    }[what])  # fmt: skip
    return True


def _facts(one: CampaignView) -> list[tuple[str, str]]:
    disclosure = {"open": _("主动公开"), "on_request": _("依申请公开"), "shared": _("政务共享")}[one.disclosure]
    found = [
        (_("日期"), days_words(one)),
        (_("主题"), one.theme),
        (_("组织单位"), one.unit_name),
        (_("公开属性"), disclosure),
    ]
    found += [(_("日子的来历"), one.source)] if one.source else []
    return found + ([(_("取消的理由"), one.why_cancelled)] if one.why_cancelled else [])


@duties(*HANDLING)
@require_POST
def withdraw(request: HttpRequest, campaign_id: uuid.UUID, material_id: uuid.UUID) -> HttpResponse:
    """Take a material out."""
    one = queries.campaign(acting_of(request), campaign_id)
    if material_id not in {each.id for each in one.materials}:
        raise Http404
    actions.do_withdraw_material(acting=acting_of(request), at=clock.now(), material_id=material_id)
    messages.success(request, _("材料已撤下，不再显示。"))
    return redirect("desk:duty_campaign", campaign_id)


@duties()
@require_safe
def material(request: HttpRequest, campaign_id: uuid.UUID, material_id: uuid.UUID) -> HttpResponse:
    """The file of a material."""
    one = queries.campaign(acting_of(request), campaign_id)
    found = next((each for each in one.materials if each.id == material_id and each.paper_id), None)
    if found is None or found.paper_id is None:
        raise Http404
    file = queries.file(acting_of(request), found.paper_id)
    answer = HttpResponse(file.data, content_type=file.media)
    place = "inline" if file.media in SHOWN else "attachment"
    answer["Content-Disposition"] = f"{place}; filename*=utf-8''{quote(file.name, safe='')}"
    return answer
