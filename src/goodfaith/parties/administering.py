"""What the administrators of accounts do from their desk.

Everything is decided and written by the database's functions in the schema ``account``: they look up who acts,
refuse what is not that administrator's to do, and leave history and ledger entry. Nothing here needs more than
the web's role.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import make_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from goodfaith.common import crypto
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.parties.actions import officer_key
from goodfaith.parties.models import User

REFUSED = 403
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def _refusals() -> dict[str, tuple[str, str]]:
    """Code → what happened, what to do next."""
    return {
        "role_not_allowed": (_("您的角色不能做这件事。"), _("账号由系统管理员建立和停用，权限由安全保密管理员授予。")),
        "own_account": (_("不能改动自己的账号。"), _("请由另一位管理员办理。")),
        "account_unknown": (_("没有这个工作人员账号。"), _("请回到账号清单。")),
        "officer_number_needed": (_("没有登记公民身份号码的账号不能授予权限。"), _("请另建账号并登记公民身份号码。")),
        "unit_unknown": (_("没有这个单位。"), _("请核对单位。")),
        "username_taken": (_("登录名为空或已被使用。"), _("请换一个登录名。")),
        "officer_exists": (_("这位工作人员已经有账号。"), _("一人只有一个账号，请使用原来的账号。")),
        "role_unknown": (_("没有这种角色。"), _("请从角色清单中选择一种。")),
        "role_not_of_unit": (
            _("信用主管部门和三员的角色只能授予信用主管部门的工作人员。"),
            _("请为该单位的人员设置“信源单位经办人”，或核对所属单位。"),
        ),
    }  # fmt: skip


def _call(statement: str, given: list[Any]) -> tuple[Any, ...]:
    """One function of the schema ``account``; Problem when it refused. The first column is the refusal."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        answer: tuple[Any, ...] = cursor.fetchone()
    if answer[0] is not None:
        what, next_ = _refusals().get(answer[0], (_("没有办成。"), ""))
        denied = answer[0] in ("role_not_allowed", "own_account")
        raise Problem(answer[0], what, next_, status=REFUSED if denied else 422)
    return answer


def starter_password() -> str:
    """A random starting password (about 79 bits), in groups that can be read out."""
    return "-".join("".join(secrets.choice(ALPHABET) for _letter in range(4)) for _group in range(4))


def do_open_account(
    *, acting: Acting, at: dt.datetime, username: str, name: str, number: str, unit: str
) -> tuple[int, str]:
    """An officer's account without rights: its id, and the starting password, which is told once, here."""
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError:
        raise Problem("username_bad", _("登录名只能用文字、数字和 @ . + - _。"), _("请换一个登录名。")) from None
    password = starter_password()
    answer = _call(
        "SELECT * FROM account.create_officer(%s, %s, %s, %s, %s, %s, %s)",
        [acting.id, username, make_password(password), name, crypto.name_key(name), officer_key(number), unit],
    )
    return int(answer[1]), password


def do_set_active(*, acting: Acting, at: dt.datetime, user: int, active: bool) -> None:
    """Shut an officer's account, or open it again; its sessions end."""
    _call("SELECT account.set_active(%s, %s, %s)", [acting.id, user, active])


def do_reset_log_in(*, acting: Acting, at: dt.datetime, user: int) -> str:
    """A new starting password, which is told once, here. The second factor and the rights are gone."""
    password = starter_password()
    _call("SELECT account.reset_log_in(%s, %s, %s)", [acting.id, user, make_password(password)])
    return password


def do_change_role(*, acting: Acting, at: dt.datetime, user: int, role: str) -> None:
    """Give an account one role in place of the one it had; '' takes its rights away. Its sessions end."""
    _call("SELECT account.change_role(%s, %s, %s)", [acting.id, user, role])


def do_end_sessions(*, acting: Acting, at: dt.datetime, user: int) -> None:
    """End all sessions of an officer, at once."""
    _call("SELECT account.end_sessions(%s, %s)", [acting.id, user])


def do_unlock(*, acting: Acting, at: dt.datetime, user: User) -> None:
    """Forget the failed attempts on an account."""
    keys = [cache.make_and_validate_key(key) for key in lock_keys(user)]
    _call("SELECT account.unlock(%s, %s, %s)", [acting.id, user.pk, keys])


def lock_keys(user: User) -> list[str]:
    """The keys of the shared cache under which attempts on this account are counted: password, second step."""
    rates = ratelimit.get_rates(app="allauth.account", action="login_failed")
    return [
        ratelimit.get_cache_key(None, app="allauth.account", action="login_failed", rate=rate, key=name)
        for rate in rates if rate.per == "key"
        for name in (lock_name(user.username), f"mfa-auth-user-{user.pk}")
    ]  # fmt: skip


def lock_name(username: str) -> str:
    """Under which name attempts to log in are counted."""
    return f"log-in:{username.strip().lower()}"


def locked(users: Iterable[User]) -> set[int]:
    """Which of these accounts take no attempts now."""
    rates = [rate for rate in ratelimit.get_rates(app="allauth.account", action="login_failed") if rate.per == "key"]
    most, keys = min(rate.amount for rate in rates), {key: user.pk for user in users for key in lock_keys(user)}
    return {keys[key] for key, tried in cache.get_many(keys).items() if len(tried) >= most}
