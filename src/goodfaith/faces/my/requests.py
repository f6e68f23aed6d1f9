"""My: one page of requests under the Personal Information Protection Law, and of complaints; each becomes a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from goodfaith.common import clock
from goodfaith.faces.my.access import own_file
from goodfaith.faces.my.applying import draft_of
from goodfaith.law.basics import LegalBasis
from goodfaith.rights import articles, timing
from goodfaith.rights.procedures import KINDS, PROCEDURES


@dataclass(frozen=True)
class Way:
    """One thing that may be asked for. ``first``: what can be had at once, (name, address)."""

    procedure: str
    kind: str
    name: str
    says: str
    basis: LegalBasis
    first: tuple[tuple[str, str], ...] = ()


def _requests() -> list[Way]:
    copy = ((_("下载我的档案"), reverse("my:copy")), (_("谁查过我"), reverse("my:looks")))
    rules = (
        (_("信息目录和依据"), reverse("public:catalogue")),
        (_("谁能看我的档案"), reverse("public:purposes")),
        (_("平台不做什么"), reverse("public:boundaries")),
    )
    return [
        _way("copy", _("看到、带走平台里关于您的全部信息。档案可以马上下载，不用等答复。"), copy),
        _way("deletion", _("没有依据、期限已满、处理违法的，应当删除。法律规定要保存的，只能存储，不能再用。")),
        _way("explanation", _("为什么有这条信息、为什么公示到这一天、谁能看：规则都是公开的；看不懂的可以要求说明。"),
             rules),
        _way("automated",
             _("平台不由程序对个人作决定，也不给个人打分。哪个单位只凭程序对您作决定的，可以要求说明并拒绝。"),
             rules[2:]),
        _way("portability", _("把您的信息转给您指定的一方。"), copy[:1]),
    ]  # fmt: skip


def _complaints() -> list[Way]:
    said = {
        "handling": _("拖着不办、推来推去、要求不该要的材料。"),
        "leak": _("您的信息被泄露。"),
        "misuse": _("信息被用在法律没有规定的事情上。只是某一次查询不对的，从“谁查过我”里投诉更快。"),
        "paid_repair": _("有人以修复、删除记录为名收钱。信用修复不收取任何费用。"),
        "infringement": _("其他侵犯您合法权益的事。"),
    }
    return [_way(kind, said[kind], procedure="complaint") for kind in KINDS["complaint"]]


def _way(kind: str, says: str, first: tuple[tuple[str, str], ...] = (), procedure: str = "request") -> Way:
    basis = articles.COMPLAINTS if procedure == "complaint" else articles.REQUESTS[kind]
    names = KINDS[procedure]
    return Way(procedure, kind, _(names[kind]), says, basis, first)


def _due(procedure: str) -> dt.date | None:
    return timing.first_step_due(PROCEDURES[procedure], item=None, on=clock.today())


@own_file
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """All of them, each with its article and by when it would be answered. An organisation has complaints only."""
    person = request.user.kind == "citizen"  # type: ignore[union-attr]
    context = {
        "here": "cases", "person": person, "requests": _requests() if person else [], "complaints": _complaints(),
        "request_due": _due("request"), "complaint_due": _due("complaint"),
    }  # fmt: skip
    return render(request, "my/requests.html", context)


@own_file
@require_POST
def ask(request: HttpRequest, procedure: str, kind: str) -> HttpResponse:
    """Begin one of them: a draft, or the one that stands."""
    person = request.user.kind == "citizen"  # type: ignore[union-attr]
    if kind not in KINDS.get(procedure, {}) or procedure not in ("request", "complaint"):
        raise Http404
    if procedure == "request" and not person:
        raise Http404(_("个人信息权利由自然人行使。"))
    return redirect("my:write", draft_of(request, procedure, [], kind))
