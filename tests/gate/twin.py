"""The gate's rules once more, in plain Python and without a database: what the matrix holds the SQL against."""

from __future__ import annotations

from dataclasses import dataclass

from goodfaith.law.schema import Matter, Purpose

CONSENTS = ("none", "whole", "partial", "ended", "used_up", "withdrawn", "other_party", "other_purpose")
IN_FORCE = frozenset({"whole", "partial"})


@dataclass(frozen=True)
class Actor:
    """Who asks. ``own``: whether the file is the account's own. ``known``: the account exists and is on."""

    kind: str
    role: str = ""
    unit_kind: str = ""
    own: bool = False
    known: bool = True


@dataclass(frozen=True)
class World:
    """What else decides. ``consent`` is one of :data:`CONSENTS`."""

    consent: str = "none"
    hold: bool = False
    stalled: bool = False


def may_use(actor: Actor, purpose: Purpose) -> str | None:
    """Why not, or None."""
    if not actor.known:
        return "actor_unknown"
    if actor.kind not in purpose.actors:
        return "purpose_not_for_actor"
    if actor.kind == "officer" and actor.role not in purpose.roles:
        return "role_not_allowed"
    if actor.kind in ("officer", "machine") and actor.unit_kind not in purpose.unit_kinds:
        return "unit_not_allowed"
    if actor.kind in ("citizen", "enterprise") and not actor.own:
        return "not_own_file"
    return None


def of_matter(actor: Actor, purpose: Purpose, matter: Matter | None, subject_kind: str) -> str | None:
    """Why the matter does not fit, or None."""
    if matter is None:
        return "matter_required" if purpose.matter_required else None
    if purpose.code not in matter.purposes:
        return "matter_not_for_purpose"
    if actor.unit_kind not in matter.unit_kinds:
        return "matter_not_for_unit"
    if subject_kind not in matter.subjects:
        return "matter_not_for_subject"
    return None


def of_consent(purpose: Purpose, world: World) -> str | None:
    """Why consent does not carry it, or None."""
    if purpose.ground != "consent":
        return None
    if world.consent not in IN_FORCE:
        return "consent_missing"
    return "on_hold" if world.hold else None


def file(actor: Actor, purpose: Purpose, world: World) -> str:
    """What opening a person's file comes to, without a matter and with a case number."""
    if purpose.code == "duplicate_review" and may_use(actor, purpose) is None:
        return "case_unknown"
    return (
        may_use(actor, purpose)
        or of_matter(actor, purpose, None, "person")
        or ("ledger_stalled" if world.stalled else None)
        or of_consent(purpose, world)
        or "opened"
    )


def check(actor: Actor, matter: Matter, purpose: Purpose, subject_kind: str, stalled: bool = False) -> str:
    """What a check comes to, for a matter whose purpose rests on a statute."""
    return (
        may_use(actor, purpose)
        or of_matter(actor, purpose, matter, subject_kind)
        or ("ledger_stalled" if stalled and subject_kind == "person" else None)
        or "answered"
    )
