"""Words of the accounts' pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodfaith.parties.models import User

NO_RIGHTS = "none"
"""What a form says for an account without a role."""


def role_name(role: str) -> str:
    """A role in words."""
    return {
        "clerk": _("信源单位经办人"),
        "credit_office": _("信用主管部门"),
        "system_admin": _("系统管理员"),
        "security_admin": _("安全保密管理员"),
        "auditor": _("安全审计员"),
    }.get(role, _("没有权限"))


def role_choices(user: User) -> list[tuple[str, str]]:
    """The roles that this account may be given: the supervising unit has all, the others the clerk's."""
    supervising = user.unit is not None and user.unit.kind == "credit_office"
    codes = ("clerk", "credit_office", "system_admin", "security_admin", "auditor") if supervising else ("clerk",)
    return [(NO_RIGHTS, _("没有权限")), *((code, role_name(code)) for code in codes)]


def event_name(action: str) -> str:
    """An event of the log-in's history in words."""
    return {
        "login.done": _("登录"),
        "login.failed": _("密码不正确"),
        "login.locked": _("多次失败，暂时锁定"),
        "login.ended": _("本人结束了一处登录"),
        "account.create": _("建立账号"),
        "account.activate": _("恢复账号"),
        "account.deactivate": _("停用账号"),
        "account.reset_log_in": _("重设登录"),
        "account.change_role": _("变更权限"),
        "account.end_sessions": _("强制退出"),
        "account.unlock": _("解除锁定"),
    }.get(action, action)


def factors_name(kinds: set[str]) -> str:
    """The second factors of an account in words."""
    words = [_("验证码")] if "totp" in kinds else []
    return "、".join([*words, *([_("通行密钥")] if "webauthn" in kinds else [])]) or _("没有设置")
