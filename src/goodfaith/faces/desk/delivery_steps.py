"""What the clerk does with a delivery: confirm the columns, take the rows, check again, give it up."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import delivery_pages as pages
from goodfaith.faces.desk.access import acting_of, officer
from goodfaith.faces.desk.deliveries import ROLES, is_own, mapping_page, seen
from goodfaith.faces.desk.delivery_forms import MappingForm
from goodfaith.intake import remembering
from goodfaith.intake.actions import do_abandon, do_commit, do_confirm_mapping
from goodfaith.intake.models import Delivery


def _done(request: HttpRequest, found: Delivery, act: Callable[..., Any], **said: Any) -> HttpResponse:
    """Act and go on with the delivery's page. A second click finds the step done: the page says where it stands."""
    try:
        act(acting=acting_of(request), at=clock.now(), delivery_id=found.pk, **said)
    except Problem as problem:
        if problem.status == 403:
            raise
        if problem.code != "state_wrong":
            messages.error(request, str(problem))
    return redirect("desk:delivery", found.pk)


@require_POST
@officer(*ROLES)
def confirm_mapping(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """Take the columns as the clerk says, and have every row checked."""
    found = seen(request, delivery_id)
    proposed = remembering.proposed(found, request.POST.get("edition", ""))
    form = MappingForm(request.POST, proposed=proposed)
    if not form.is_valid() or (form.missing and not form.cleaned_data["anyway"]):
        return mapping_page(request, found, form)
    return _done(request, found, do_confirm_mapping, edition=proposed.edition.code, mapping=form.mapping())


@require_POST
@officer(*ROLES)
def check_again(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """Have a delivery that failed checked once more, with the columns as they were."""
    found = seen(request, delivery_id)
    return _done(request, found, do_confirm_mapping, edition=found.edition, mapping=found.mapping)


@require_http_methods(["GET", "HEAD", "POST"])
@officer(*ROLES)
def commit(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """Ask, then take the good rows."""
    found = seen(request, delivery_id)
    if request.method == "POST":
        return _done(request, found, do_commit, take=request.POST.get("take", ""))
    if found.state != "checked" or not found.good or not is_own(request, found):
        return redirect("desk:delivery", found.pk)
    return _ask(request, found, **_commit_words(found))


def _commit_words(found: Delivery) -> dict[str, Any]:
    good, refused = f"{found.good:,}", f"{found.refused:,}"
    if found.refused:
        question = _("收下合格的%(good)s行？") % {"good": good}
        rest = _("未通过的%(refused)s行不入库；请下载带标注的文件，改好后作为新的一批再报。") % {"refused": refused}
    else:
        question = _("收下全部%(good)s行？") % {"good": good}
        rest = _("入库时如果又发现不合格的行，本批一行也不会入库，并告诉您原因。")
    consequence = _(
        "这些行写入后，依法应当公开的会向社会公示，主体本人可以看到。入库后不能整批撤回，有误的以更正后的内容重新报送。"
    )
    return {
        "question": question, "consequence": f"{consequence}{rest}", "action": _("收下并入库"),
        "hidden": {"take": "good" if found.refused else "all_or_none"}, "danger": False,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@officer(*ROLES)
def abandon(request: HttpRequest, delivery_id: uuid.UUID) -> HttpResponse:
    """Ask, then give the delivery up: not one row is taken."""
    found = seen(request, delivery_id)
    if request.method == "POST":
        return _done(request, found, do_abandon)
    if found.state not in pages.MAY_ABANDON or not is_own(request, found):
        return redirect("desk:delivery", found.pk)
    consequence = _("一行也不入库，文件和检查结果随即删除，不能恢复。")
    if found.state == "checked" and found.refused:
        consequence += _("需要带标注的文件的，请先返回下载。")
    consequence += _("以后可以重新报送同一文件。")
    whole = found.state == "checked"
    question = _("全部退回，一行也不收？") if whole else _("放弃这一批？")
    action = _("全部退回") if whole else _("放弃这一批")
    return _ask(request, found, question=question, consequence=consequence, action=action, hidden={}, danger=True)


def _ask(request: HttpRequest, found: Delivery, **said: Any) -> HttpResponse:
    back = reverse("desk:delivery", args=[found.pk])
    context = pages.frame(found, own=True) | pages.counts(found) | said | {"back_url": back}
    return render(request, "desk/deliveries/ask.html", context)
