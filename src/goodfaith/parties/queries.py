"""Reading units, what they report, and who acts for them."""

from __future__ import annotations

from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q
from django.utils.translation import gettext as _

from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.law import queries as law
from goodfaith.parties import rules
from goodfaith.parties.models import MachineClient, Unit, UnitItem, User

NOT_FOUND = 404


class LogInEvent(NamedTuple):
    """What happened at a log-in, or what an administrator did to an account."""

    row: History
    user: User | None


def unit(code: str) -> Unit:
    """The unit of that code; Problem ``unit_unknown`` when there is none."""
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Problem("unit_unknown", _("没有这个单位。"), _("请核对单位代码。"), status=NOT_FOUND)
    return found


def units(*, kind: str | None = None, active: bool = True) -> list[Unit]:
    """All units in the order of their codes."""
    found = Unit.objects.filter(active=True) if active else Unit.objects.all()
    return list((found.filter(kind=kind) if kind else found).order_by("code"))


def unit_names() -> dict[str, str]:
    """Code → whole name of all units by name, also of those no longer active."""
    return dict(Unit.objects.order_by("name").values_list("code", "name"))


def items_of(unit: str) -> list[str]:
    """Codes of the items that a unit reports."""
    return list(UnitItem.objects.filter(unit_id=unit).order_by("item_code").values_list("item_code", flat=True))


def units_of(item: str) -> list[Unit]:
    """The active units that report an item."""
    return list(Unit.objects.filter(items__item_code=item, active=True).order_by("code"))


def reports(unit: str, item: str) -> bool:
    """Whether the unit reports the item."""
    return UnitItem.objects.filter(unit_id=unit, item_code=item).exists()


def officers(unit: str) -> list[User]:
    """The active officers of a unit."""
    return list(User.objects.filter(kind="officer", unit_id=unit, is_active=True).order_by("username"))


def machine_client(client_id: str) -> MachineClient | None:
    """The active machine client of that id; none when its unit is no longer active."""
    found = MachineClient.objects.select_related("unit")
    return found.filter(client_id=client_id, active=True, unit__active=True).first()


def machine_clients() -> list[MachineClient]:
    """All machine clients, also those shut out, by name."""
    return list(MachineClient.objects.select_related("unit").order_by("name", "client_id"))


def scopes() -> list[str]:
    """All scopes there are: the plain ones, and one for each purpose of the catalogue that machines may use."""
    return [*rules.PLAIN_SCOPES, *rules.scopes_of_purposes(p.code for p in law.purposes("machine"))]


def officer_accounts(words: str = "", limit: int = 500) -> list[User]:
    """Officers' accounts, active or not, by user name; ``words`` lie in the user name, the name or the unit's."""
    found = User.objects.filter(kind="officer").select_related("unit")
    if words:
        found = found.filter(
            Q(username__icontains=words) | Q(display_name__icontains=words) | Q(unit__name__icontains=words)
        )
    return list(found.order_by("-is_active", "username")[:limit])


def officer_account(user_id: int) -> User:
    """One officer's account; Problem ``account_unknown`` when there is none."""
    found = User.objects.filter(kind="officer", pk=user_id).select_related("unit").first()
    if found is None:
        raise Problem("account_unknown", _("没有这个工作人员账号。"), _("请回到账号清单。"), status=NOT_FOUND)
    return found


def second_factors(users: list[User]) -> dict[int, set[str]]:
    """Account → kinds of second factors it has (totp, webauthn)."""
    found: dict[int, set[str]] = {}
    rows = Authenticator.objects.filter(user__in=users).exclude(type="recovery_codes").values_list("user_id", "type")
    for user, kind in rows:
        found.setdefault(user, set()).add(kind)
    return found


def session_count(user: User) -> int:
    """How many sessions an account has open, as far as known."""
    return int(UserSession.objects.filter(user=user).count())


def log_in_events(user: User | None = None, limit: int = 200) -> list[LogInEvent]:
    """Log-ins, failures, lock-outs and what administrators did to accounts, newest first."""
    rows = History.objects.filter(Q(action__startswith="login.") | Q(action__startswith="account."))
    if user is not None:
        rows = rows.filter(object_type="user", object_id=str(user.pk))
    taken = list(rows.order_by("-id")[:limit])
    ids = {int(row.object_id) for row in taken if row.object_id.isdigit()}
    users = User.objects.in_bulk(ids)
    return [LogInEvent(row, users.get(int(row.object_id)) if row.object_id.isdigit() else None) for row in taken]
