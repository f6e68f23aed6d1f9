"""What an administrator does to one account: each asks first and says what follows."""

from __future__ import annotations

from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodfaith.common import clock
from goodfaith.faces.desk.access import acting_of, officer, user_of
from goodfaith.faces.desk.accounts import BOTH, done
from goodfaith.faces.desk.accounts_forms import RoleForm
from goodfaith.parties import administering, queries
from goodfaith.parties.models import User


class Act(NamedTuple):
    """An act on an account: whose it is, what is asked, what follows, what was done."""

    role: str
    question: str
    consequence: str
    action: str
    done: str


def _acts() -> dict[str, Act]:
    return {
        "deactivate": Act("system_admin", _("停用这个账号？"), _("账号立即退出，不能再登录；历史和查询日志照旧保留。"),
                          _("停用"), _("账号已停用。")),
        "activate": Act("system_admin", _("恢复这个账号？"), _("恢复后可以用原来的密码和第二重验证登录，权限不变。"),
                        _("恢复"), _("账号已恢复。")),
        "reset": Act("system_admin", _("重设这个账号的登录？"),
                     _("给一个新的初始密码，去掉第二重验证，账号立即退出，权限同时收回。权限要由安全保密管理员重新授予。"),
                     _("重设"), ""),
        "sign-out": Act("security_admin", _("让这个账号立即退出？"), _("它在所有设备上的登录立即结束，可以重新登录。"),
                        _("退出"), _("这个账号在所有设备上的登录都已结束。")),
        "unlock": Act("security_admin", _("解除这个账号的锁定？"),
                      _("失败次数清零，马上可以再登录。请先确认是本人在尝试。"), _("解除"), _("锁定已解除。")),
    }  # fmt: skip


@officer(*BOTH)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, user_id: int, name: str) -> HttpResponse:
    """Ask, then do it. Whether this administrator may is for the database to say."""
    found, known = queries.officer_account(user_id), _acts().get(name)
    if known is None:
        raise Http404
    if request.method == "POST":
        return _do(request, found, name, known)
    context = {
        "work": "accounts", "account": found, "question": known.question, "consequence": known.consequence,
        "action": known.action, "danger": name in ("deactivate", "reset"),
        "back_url": reverse("desk:account", args=[found.pk]),
    }  # fmt: skip
    return render(request, "desk/accounts/ask.html", context)


def _do(request: HttpRequest, found: User, name: str, known: Act) -> HttpResponse:
    acting, at = acting_of(request), clock.now()
    if name == "reset":
        password = administering.do_reset_log_in(acting=acting, at=at, user=found.pk)
        context = {"work": "accounts", "account": found, "password": password, "reset": True}
        return render(request, "desk/accounts/password.html", context)
    if name in ("activate", "deactivate"):
        administering.do_set_active(acting=acting, at=at, user=found.pk, active=name == "activate")
    elif name == "sign-out":
        administering.do_end_sessions(acting=acting, at=at, user=found.pk)
    else:
        administering.do_unlock(acting=acting, at=at, user=found)
    return done(request, found.pk, known.done)


@officer("security_admin")
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give an account one role in place of the one it had."""
    found = queries.officer_account(user_id)
    form = RoleForm(request.POST or None, user=found) if request.method == "POST" else RoleForm(user=found)
    if request.method == "POST" and form.is_valid():
        administering.do_change_role(
            acting=acting_of(request), at=clock.now(), user=found.pk, role=form.cleaned_data["role"]
        )
        return done(request, found.pk, _("权限已变更，立即生效。"))
    context = {"work": "accounts", "account": found, "form": form, "own": found.pk == user_of(request).pk}
    return render(request, "desk/accounts/role.html", context)
