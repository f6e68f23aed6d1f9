"""My: the hold. Every inquiry that rests on consent stops while it stands; statutory ones go on and are shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.faces.my import looking
from goodfaith.faces.my.access import own_file
from goodfaith.gate import actions as doing
from goodfaith.gate import queries as gate

SHOWN = 50


@own_file
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest) -> HttpResponse:
    """What stops and what goes on; place or lift; when it was done before."""
    acting: Acting = request.user.acting  # type: ignore[union-attr]
    if request.method == "POST":
        return _do(request, acting, request.POST.get("do", ""))
    history = [
        entry
        for purpose in ("hold_placed", "hold_lifted")
        for entry in gate.my_entries(acting, kind="own", purpose=purpose, limit=SHOWN)
    ]
    in_force = [one for one in gate.my_consents(acting) if one.state == "in_force"]
    context = {
        "here": "consents",
        "hold": gate.my_hold(acting),
        "stopped": in_force,
        "history": looking.looks(sorted(history, key=lambda entry: entry.id, reverse=True)),
    }
    return render(request, "my/hold.html", context)


def _do(request: HttpRequest, acting: Acting, what: str) -> HttpResponse:
    if what == "place":
        doing.do_place_hold(acting=acting, at=clock.now())
        messages.success(request, _("已冻结。从此刻起，凭授权的查询一律停止。"))
    elif what == "lift":
        doing.do_lift_hold(acting=acting, at=clock.now())
        messages.success(request, _("已解除冻结。还在有效期内的授权从此刻起又可以使用。"))
    return redirect("my:hold")
