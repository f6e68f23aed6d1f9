"""Officers' accounts: the system administrator makes and shuts them, the security administrator gives rights."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.faces.desk import accounts_words as words
from goodfaith.faces.desk.access import acting_of, officer, user_of
from goodfaith.faces.desk.accounts_forms import NewAccountForm
from goodfaith.faces.parts.tables import Cell, Column, Table
from goodfaith.faces.parts.templatetags.goodfaith_parts import status_tag
from goodfaith.faces.parts.words import moment
from goodfaith.parties import administering, queries
from goodfaith.parties.models import User

BOTH = ("system_admin", "security_admin")


@officer(*BOTH)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All officers' accounts."""
    sought = request.GET.get("q", "").strip()[:60]
    found = queries.officer_accounts(sought)
    context = {"work": "accounts", "table": _table(found), "found": found, "q": sought, "role": user_of(request).role}
    return render(request, "desk/accounts/list.html", context)


def _table(users: list[User]) -> Table:
    columns = [
        Column("username", _("登录名"), "main"),
        Column("name", _("姓名")),
        Column("unit", _("单位")),
        Column("role", _("权限")),
        Column("factors", _("第二重验证")),
        Column("last", _("最近登录"), "day"),
        Column("state", _("状态")),
    ]
    factors, shut = queries.second_factors(users), administering.locked(users)
    return Table("accounts", columns, [_row(user, factors.get(user.pk, set()), user.pk in shut) for user in users])


def _row(user: User, factors: set[str], shut: bool) -> dict[str, object]:
    return {
        "username": Cell(user.username, reverse("desk:account", args=[user.pk])),
        "name": user.display_name,
        "unit": user.unit.short_name if user.unit else None,
        "role": words.role_name(user.role),
        "factors": words.factors_name(factors),
        "last": moment(user.last_login) if user.last_login else "—",
        "state": _state(user, shut),
    }


def _state(user: User, shut: bool) -> str:
    if not user.is_active:
        return status_tag("quiet", _("已停用"))
    if shut:
        return status_tag("restraint", _("锁定中"))
    return status_tag("order", _("在用"))


@sensitive_post_parameters("number")
@officer("system_admin")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make an account without rights; its starting password is shown on the page that answers, and never again."""
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = administering.do_open_account(
                acting=acting_of(request), at=clock.now(), **form.cleaned_data
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return _told(request, queries.officer_account(user), password)
    return render(request, "desk/accounts/new.html", {"work": "accounts", "form": form})


def _told(request: HttpRequest, user: User, password: str) -> HttpResponse:
    context = {"work": "accounts", "account": user, "password": password}
    return render(request, "desk/accounts/password.html", context)


@officer(*BOTH)
@require_safe
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account: its facts, what happened to it, what this administrator may do with it."""
    found, me = queries.officer_account(user_id), user_of(request)
    shut = bool(administering.locked([found]))
    context: dict[str, Any] = {
        "work": "accounts", "account": found, "role": me.role, "own": found.pk == me.pk,
        "locked": shut, "state": _state(found, shut), "role_name": words.role_name(found.role),
        "factors": words.factors_name(queries.second_factors([found]).get(found.pk, set())),
        "sessions": queries.session_count(found),
        "events": _events(queries.log_in_events(found, 30)) if me.role == "security_admin" else [],
    }  # fmt: skip
    return render(request, "desk/accounts/account.html", context)


def _events(events: list[queries.LogInEvent]) -> list[dict[str, Any]]:
    return [
        {"at": row.at, "title": words.event_name(row.action),
         "text": row.actor_name if row.actor_kind == "officer" else ""}
        for row, _user in events
    ]  # fmt: skip


@officer("security_admin")
@require_safe
def log_ins(request: HttpRequest) -> HttpResponse:
    """Log-ins, failures and lock-outs of all accounts."""
    columns = [
        Column("at", _("时间"), "day"), Column("what", _("发生了什么"), "main"), Column("who", _("账号")),
        Column("by", _("办理人")),
    ]  # fmt: skip
    rows: list[dict[str, object]] = [
        {"at": moment(row.at), "what": words.event_name(row.action), "who": user.username if user else "—",
         "by": row.actor_name if row.actor_kind == "officer" else "—"}
        for row, user in queries.log_in_events()
    ]  # fmt: skip
    context = {"work": "accounts", "table": Table("log-ins", columns, rows), "rows": rows}
    return render(request, "desk/accounts/log_ins.html", context)


@officer("system_admin")
@require_safe
def clients(request: HttpRequest) -> HttpResponse:
    """The machine clients. They are registered and shut out at the command line, by whoever runs the platform."""
    columns = [
        Column("name", _("系统"), "main"), Column("id", _("客户端编号")), Column("unit", _("单位")),
        Column("how", _("证明方式")), Column("scopes", _("权限")), Column("state", _("状态")),
    ]  # fmt: skip
    rows: list[dict[str, object]] = [
        {"name": one.name, "id": one.client_id, "unit": one.unit.short_name,
         "how": _("签名断言") if one.jwks else _("共享密钥"), "scopes": "、".join(one.scopes),
         "state": status_tag("order", _("在用")) if one.active else status_tag("quiet", _("已停用"))}
        for one in queries.machine_clients()
    ]  # fmt: skip
    return render(request, "desk/accounts/clients.html", {"work": "accounts", "table": Table("clients", columns, rows)})


def done(request: HttpRequest, user_id: int, text: str) -> HttpResponse:
    """Back to the account, with what was done."""
    messages.success(request, text)
    return redirect("desk:account", user_id)
