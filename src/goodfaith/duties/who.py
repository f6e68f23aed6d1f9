"""Whether who acts may: the office of the joint conference, a unit's officers, readers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.parties.models import User

FORBIDDEN = 403
READERS = frozenset({"clerk", "credit_office", "auditor"})


def role_of(acting: Acting) -> str:
    """The role of an active officer; Problem ``not_for_you`` for everybody else."""
    found = None
    if acting.kind == "officer" and acting.id.isdigit():
        found = User.objects.filter(pk=acting.id, kind="officer", is_active=True, unit_id=acting.unit).first()
    if found is None or not found.role:
        raise refused()
    return str(found.role)


def refused() -> Problem:
    """The refusal."""
    return Problem("not_for_you", _("这件事不由您办理。"), _("请交有权限的工作人员办理。"), status=FORBIDDEN)


def office(acting: Acting) -> None:
    """Only the office of the joint conference."""
    if role_of(acting) != "credit_office":
        raise refused()


def unit(acting: Acting, *codes: str | None) -> str:
    """Only officers of one of these units; its code."""
    if role_of(acting) not in ("clerk", "credit_office") or acting.unit not in codes or acting.unit is None:
        raise refused()
    return acting.unit


def reader(acting: Acting) -> str:
    """Officers who read the ledger of duties; the role."""
    role = role_of(acting)
    if role not in READERS:
        raise refused()
    return role


def another(acting: Acting, *others: str | None) -> None:
    """Problem ``four_eyes`` when the actor is one of those whose work this approves."""
    if acting.id in others:
        what = _("提出或者办理这件事的人，不能自己批准。")
        raise Problem("four_eyes", what, _("请交另一位工作人员办理。"), status=409)
