"""Which accounts there may be: one role an officer, roles that exclude each other never in one account. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem

ROLES = ("clerk", "credit_office", "auditor")
SCOPES = ("intake:check", "intake:submit", "organisations:read")
SUPERVISOR = "credit_office"
"""Kind of unit whose officers administer; auditors and the credit office's officers belong to it."""


def check_role(role: str, unit_kind: str) -> None:
    """Problem when an officer of a unit of that kind may not have that role.

    A clerk reports for any unit. The credit office's role and the auditor's are the supervising unit's alone,
    and an account holds one of them: who administers does not audit himself.
    """
    if role not in ROLES:
        raise Problem("role_unknown", _("没有这种角色。"), _("请选择：信源单位经办人、信用主管部门或审计员。"))
    if role != "clerk" and unit_kind != SUPERVISOR:
        raise Problem(
            "role_not_of_unit",
            _("信用主管部门和审计员的角色只能授予信用主管部门的工作人员。"),
            _("请为该单位的人员设置“信源单位经办人”，或核对所属单位。"),
        )


def check_scopes(scopes: list[str]) -> None:
    """Problem when a machine client asks for a scope that does not exist, or for none."""
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        raise Problem(
            "scope_unknown",
            _("接口权限不正确：%(scopes)s。") % {"scopes": "、".join(unknown) or _("未选择")},
            _("可选的权限是：%(scopes)s。") % {"scopes": "、".join(SCOPES)},
        )


def check_unit_kind(kind: str, known: list[str]) -> None:
    """Problem when there is no such kind of unit."""
    if kind not in known:
        raise Problem("unit_kind_unknown", _("没有这种单位类型。"), _("请从单位类型中选择。"))
