"""Reading units, what they report, and who acts for them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.parties.models import MachineClient, Unit, UnitItem, User

NOT_FOUND = 404


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
    """The active machine client of that id."""
    return MachineClient.objects.select_related("unit").filter(client_id=client_id, active=True).first()
