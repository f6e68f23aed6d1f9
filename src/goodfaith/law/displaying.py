"""The shape of display rules: how long a class of record is shown, when it may be repaired, by whom and on what.

A **repair** is one way of ending display early: what has to be done, what has to be brought, who decides. Several
rules share it, so it stands by itself and classes name it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from goodfaith.law.basics import Code, DateRange, LegalBasis, Names, Strict, Text

Gravity = Literal["minor", "general", "serious", "none"]
"""轻微、一般、严重 (国办发〔2025〕22号); none: its rule knows no grades."""
RouteCode = Literal["performed", "performed_late", "extension_granted", "explanation", "volunteering", "donation"]
"""按时履约、事后主动履约、申请延期、自主解释、志愿服务、慈善捐助 (国办发〔2016〕98号第四部分第三项)."""
Ends = Literal["by_itself", "when_corrected"]


class Condition(Strict):
    """True when the field holds at least one of ``any_of`` (code list entries), or at least ``at_least``.

    Several keys in one condition must all hold. ``authority`` looks for one of the words in the name of
    the deciding authority, ``text`` in the field's text.
    """

    field: Text
    any_of: tuple[Text, ...] = ()
    at_least: float | None = None
    contains: tuple[Text, ...] = ()


class Point(Strict):
    """One thing asked for or said, with its article: a condition, a paper to bring, who decides."""

    name: Names
    basis: LegalBasis


class Route(Strict):
    """One way of making good that this repair lets count, with its article."""

    code: RouteCode
    basis: LegalBasis


class Repair(Strict):
    """How display is ended early: all ``conditions`` hold, the ``materials`` are brought, ``decides`` decides."""

    code: Code
    name: Names
    decides: Point
    conditions: Annotated[tuple[Point, ...], Field(min_length=1)]
    materials: Annotated[tuple[Point, ...], Field(min_length=1)]
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    basis: LegalBasis


class DisplayClass(Strict):
    """How long one class of record is shown. Months are calendar months from ``counted_from``.

    ``max_months`` null: until the ground falls away (no fixed end). ``publish`` false: never shown to the
    public, whatever the item's disclosure says.
    """

    code: Code
    name: Names
    when: tuple[Condition, ...] = ()
    """All must hold; empty: holds for the rest. Classes are tried in the order written."""
    publish: bool = True
    level: Gravity | None = None
    """Asked of the classes of negative items; the others have no gravity."""
    min_months: Annotated[int, Field(ge=0, le=120)] = 0
    max_months: Annotated[int, Field(ge=0, le=120)] | None
    ends: Ends | None = None
    """Whether display stops at ``max_months`` by itself; left out: it does, where there is such a day."""
    repair: Code | None = None
    """The :class:`Repair` that ends it early; null: there is nothing to apply for."""
    repair_barred: bool = False
    barred_basis: LegalBasis | None = None
    """The article that bars it."""
    basis: LegalBasis

    @property
    def ends_by(self) -> Ends:
        """by_itself at ``max_months``, or when_corrected."""
        return self.ends or ("when_corrected" if self.max_months is None else "by_itself")


class DisplayVersion(Strict):
    """The rule for records decided in ``decided``."""

    code: Code
    decided: DateRange
    classes: Annotated[tuple[DisplayClass, ...], Field(min_length=1)]


class DisplayRule(Strict):
    """``counted_from``: "decided" (day of the decision) or the code of a date field of the item."""

    code: Code
    name: Names
    counted_from: Text = "decided"
    versions: Annotated[tuple[DisplayVersion, ...], Field(min_length=1)]


class RepairsFile(Strict):
    repairs: Annotated[tuple[Repair, ...], Field(min_length=1)]
