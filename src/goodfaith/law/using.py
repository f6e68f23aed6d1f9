"""What the catalogue says about use: why a file may be opened, in which matter, and what bears on it there.

A **purpose** opens a file or a check; a **matter** (办理事项) is the business in which a check is made; a
**measure** (措施) is a restraint or an incentive that a statute lets bear on matters when a record is in force.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from goodfaith.law.basics import Code, Disclosure, ItemCode, LegalBasis, Names, Strict, SubjectKind, Text

UnitKind = Literal["credit_office", "department", "county", "court", "association", "agency", "bank", "investigator"]
"""The kinds of :class:`goodfaith.parties.models.Unit`."""
Ground = Literal["statute", "consent"]
OfficerRole = Literal["clerk", "credit_office", "auditor"]
MatterKind = Literal[
    "licence", "registration", "procurement", "bidding", "subsidy", "appointment", "honour", "housing",
    "school_aid", "public_service", "qualification", "tax", "commitment", "supervision", "finance",
]  # fmt: skip
PROTECTED: frozenset[str] = frozenset({"housing", "school_aid", "public_service"})
"""Matters of education and basic public services: no restraint bears on a person here."""
DISCLOSED: tuple[Disclosure, ...] = ("open", "on_request", "shared")


class Delay(Strict):
    """The subject may be told later: under ``basis``, at most ``max_days`` calendar days after the look."""

    basis: LegalBasis
    max_days: Annotated[int, Field(ge=1)]


class Purpose(Strict):
    """Why a subject's file may be opened: its statute, who may use it, which items it opens and how deep."""

    code: Code
    name: Names
    ground: Ground = "statute"
    """consent: only with the subject's own consent, in force, for this party, purpose and items."""
    basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    actors: Annotated[tuple[Literal["citizen", "enterprise", "officer", "machine"], ...], Field(min_length=1)]
    roles: tuple[OfficerRole, ...] = ()
    unit_kinds: tuple[UnitKind, ...] = ()
    """Kinds of unit whose officers and systems may use it; empty only when nobody but the subject may."""
    own_unit_only: bool = False
    """Opens only what the actor's own unit delivered."""
    items: Literal["all", "listed"] = "all"
    listed: tuple[ItemCode, ...] = ()
    disclosures: Annotated[tuple[Disclosure, ...], Field(min_length=1)] = DISCLOSED
    """Records whose disclosure class is not here stay shut, whatever items the purpose names."""
    depth: Literal["full", "masked", "existence"] = "masked"
    matter_required: bool = False
    case_shown: bool = True
    """Whether the subject sees the case number of the look."""
    delay: Delay | None = None


class Matter(Strict):
    """A business in which a department asks for a check. The first of ``purposes`` is the one recorded."""

    code: Code
    name: Names
    kind: MatterKind
    basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    unit_kinds: Annotated[tuple[UnitKind, ...], Field(min_length=1)]
    subjects: Annotated[tuple[SubjectKind, ...], Field(min_length=1)]
    purposes: Annotated[tuple[Code, ...], Field(min_length=1)]


class Trigger(Strict):
    """The records that bring a measure: of ``item``, in one of the display ``classes`` (null: any), and decided
    within the last ``months`` calendar months (null: as long as the record is in force)."""

    item: ItemCode
    classes: Annotated[tuple[Code, ...], Field(min_length=1)] | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None


class Measure(Strict):
    """A restraint or an incentive, with the statute that allows it in these matters and nowhere else.

    ``national_class``: its class in the national list (1 needs a law, 2 cuts no right, 3 others' own choice),
    null when the list was not seen to hold it; ``list_entry``: its title there; ``effect``: what the counter may do.
    """

    code: Code
    name: Names
    kind: Literal["restraint", "incentive"]
    national_class: Literal[1, 2, 3] | None = None
    list_entry: Text | None = None
    basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    enforcer: Names
    subjects: Annotated[tuple[SubjectKind, ...], Field(min_length=1)]
    matters: Annotated[tuple[Code, ...], Field(min_length=1)]
    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    effect: Names


class PurposesFile(Strict):
    purposes: Annotated[tuple[Purpose, ...], Field(min_length=1)]


class MattersFile(Strict):
    matters: Annotated[tuple[Matter, ...], Field(min_length=1)]


class MeasuresFile(Strict):
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]
