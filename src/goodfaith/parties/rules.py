"""Which accounts and machine clients there may be. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem

ADMINISTRATORS = ("system_admin", "security_admin", "auditor")
"""The three administrators exclude each other: one makes accounts, one gives rights, one audits both (三员分立)."""
ROLES = ("clerk", "credit_office", *ADMINISTRATORS)
SUPERVISOR = "credit_office"
"""Kind of unit whose officers administer; all roles but the clerk's belong to it."""
PLAIN_SCOPES = ("intake:check", "intake:submit", "organisations:read", "recalls")
"""Scopes about nobody's file; a shared secret is enough for them."""
PURPOSE = "purpose:"
"""A scope about people names the purpose; its client signs an assertion with a key of its own (RFC 7523)."""


def check_role(role: str, unit_kind: str) -> None:
    """Problem when an officer of a unit of that kind may not have that role. '' is an account without rights.

    A clerk works for any unit. The credit office's role and the three administrators' are the supervising
    unit's alone, and an account holds one of them: who administers does not audit himself.
    """
    if role and role not in ROLES:
        raise Problem("role_unknown", _("没有这种角色。"), _("请从角色清单中选择一种。"))
    if role not in ("", "clerk") and unit_kind != SUPERVISOR:
        raise Problem(
            "role_not_of_unit",
            _("信用主管部门和三员的角色只能授予信用主管部门的工作人员。"),
            _("请为该单位的人员设置“信源单位经办人”，或核对所属单位。"),
        )


def check_officer_number(role: str, number: str | None) -> None:
    """Problem when an administrator would have no ID number, by which a second account of his is refused."""
    if role in ADMINISTRATORS and not (number or "").strip():
        raise Problem(
            "officer_number_needed",
            _("授予三员角色必须登记本人的公民身份号码，用来保证一人只有一个账号。"),
            _("请填写公民身份号码；系统只保存带密钥的摘要。"),
        )


def scopes_of_purposes(codes: Iterable[str]) -> list[str]:
    """The scopes of these purposes."""
    return [PURPOSE + code for code in codes]


def is_signed(scope: str) -> bool:
    """Whether only a client that signs may have this scope."""
    return scope.startswith(PURPOSE)


def check_scopes(scopes: list[str], known: Iterable[str], *, signs: bool) -> None:
    """Problem when a machine client asks for a scope that does not exist, for none, or without a key of its own.

    ``known``: all scopes there are; ``signs``: whether the client has registered public keys.
    """
    known = list(known)
    unknown = [scope for scope in scopes if scope not in known]
    if unknown or not scopes:
        raise Problem(
            "scope_unknown",
            _("接口权限不正确：%(scopes)s。") % {"scopes": "、".join(unknown) or _("未选择")},
            _("可选的权限是：%(scopes)s。") % {"scopes": "、".join(known)},
        )
    if not signs and any(map(is_signed, scopes)):
        raise Problem(
            "scope_needs_key",
            _("涉及个人信息的接口权限只授予使用签名断言的客户端。"),
            _("请登记客户端的公钥（JWKS），再授予这些权限。"),
        )


def check_unit_kind(kind: str, known: list[str]) -> None:
    """Problem when there is no such kind of unit."""
    if kind not in known:
        raise Problem("unit_kind_unknown", _("没有这种单位类型。"), _("请从单位类型中选择。"))
