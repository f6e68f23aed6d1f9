"""What the names in a document stand for: confirmed by a person, remembered for the next document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.proposals import ALIVE, in_review, keep, revise, snapshot
from goodfaith.duties.models import UnitName
from goodfaith.duties.successions import followed
from goodfaith.parties.models import Unit


def check_name(kind: str, units: Sequence[str]) -> None:
    """Problem when a kind of name and its units do not belong together, or a unit does not exist."""
    fits = {
        "": not units,
        "unit": len(units) == 1,
        "set": len(units) > 1,
        "collective": not units,
        "outside": not units,
    }
    if not fits.get(kind, False):
        raise Problem("name_kind", _("单位没有选对。"), _("一个名称对一个单位；统称可以选几个单位，或者保留统称。"))
    if Unit.objects.filter(code__in=units).count() != len(set(units)):
        raise Problem("unit_unknown", _("没有这个单位。"), _("请从单位名录中选择。"), status=acts.NOT_FOUND)


@transaction.atomic
def do_confirm_name(
    *, acting: Acting, at: dt.datetime, document_id: int, full: str, kind: str, units: Sequence[str] = ()
) -> int:
    """Say what a whole name stands for, everywhere in this document, and remember it; how many proposals it touched."""
    check_name(kind, units)
    if not kind:
        raise Problem("name_kind", _("单位没有选对。"), _("请选择单位，或者说明它是统称、不在本市单位名录。"))
    document = in_review(acting, document_id)
    touched = [each for each in document.proposals.filter(state__in=ALIVE).order_by("start", "id")
               if any(raw["full"] == full for raw in each.units)]  # fmt: skip
    before = [snapshot(each) for each in touched]
    for each in touched:
        each.units = [{**raw, "kind": kind, "units": list(units)} if raw["full"] == full else raw for raw in each.units]
    keep(touched, "units")
    _remember(acting, at, full, kind, units)
    revise(acting=acting, at=at, document=document, act="units", before=before, after=touched)
    return len(touched)


def _remember(acting: Acting, at: dt.datetime, full: str, kind: str, units: Sequence[str]) -> None:
    before = UnitName.objects.filter(name=full, ended_at=None).first()
    if before is not None and (before.kind, list(before.units)) == (kind, list(units)):
        return
    UnitName.objects.filter(name=full, ended_at=None).update(ended_at=at)
    UnitName.objects.create(name=full, kind=kind, units=list(units), at=at, by=acting.id, by_name=acting.name)


@transaction.atomic
def do_confirm_names(*, acting: Acting, at: dt.datetime, document_id: int) -> int:
    """Take over what was confirmed in earlier documents, for names that nobody has confirmed here; how many names."""
    document = in_review(acting, document_id)
    remembered = {one.name: one for one in UnitName.objects.filter(ended_at=None)}
    touched, before, names = [], [], set()
    for each in document.proposals.filter(state__in=ALIVE).order_by("start", "id"):
        known = [raw["full"] for raw in each.units if not raw["kind"] and raw["full"] in remembered]
        if known:
            before.append(snapshot(each))
            each.units = [_with(raw, remembered) for raw in each.units]
            touched.append(each)
            names.update(known)
    if touched:
        keep(touched, "units")
        revise(acting=acting, at=at, document=document, act="units", before=before, after=touched)
    return len(names)


def _with(raw: dict[str, Any], remembered: Mapping[str, UnitName]) -> dict[str, Any]:
    """What was remembered, with the units that came after it since; several that became one are one."""
    one = None if raw["kind"] else remembered.get(raw["full"])
    if one is None:
        return raw
    units = followed(one.units)
    return {**raw, "kind": "unit" if one.kind == "set" and len(units) == 1 else one.kind, "units": units}
