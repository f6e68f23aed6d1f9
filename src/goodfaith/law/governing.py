"""What the catalogue says about governing: names of departments over time, assessment schemes, campaign days.

Nothing here is about a subject. A **department** is a kind of department (发展改革, 市场监管) with every name it goes
by; an **assessment** rates units, that is public bodies, and there is no way to write one that rates people; a
**campaign** is a named day with its yearly date.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from goodfaith.law.basics import Checked, Code, DateRange, LegalBasis, Names, Strict, Text
from goodfaith.law.using import UnitKind

Figure = Literal[
    "double_publicity_timeliness", "reporting_timeliness", "reporting_validity", "reporting_completeness",
    "reporting_regularity", "objections_in_time", "recalls_confirmed", "duties_in_time", "questions_in_time",
]  # fmt: skip
"""What the platform measures of a unit; ``goodfaith.duties.figures`` says how."""
Source = Literal["figure", "duties", "self", "reviewer"]
RoundKind = Literal["department", "county", "demonstration"]
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class Department(Strict):
    """``names``: how it is written, whole and short, without the place or level in front. ``valid``: when it was called
    so at the centre; cities followed later, which the registry's successions say. ``successors``: what its tasks
    went to; several when they were parted."""

    code: Code
    name: Names
    names: Annotated[tuple[Text, ...], Field(min_length=1)]
    valid: DateRange = DateRange()
    successors: tuple[Code, ...] = ()
    source: Text
    checked: Checked


class DepartmentsFile(Strict):
    departments: Annotated[tuple[Department, ...], Field(min_length=1)]


class Indicator(Strict):
    """``weight``: points of 100. ``how``: the rule by which points are given, as the unit reads it.

    ``source``: figure (measured, named in ``figure``), duties (share of its duties done in time), self (the unit's own
    score, reviewed by the office) or reviewer (the office's).
    """

    code: Code
    name: Names
    weight: Annotated[float, Field(gt=0, le=100)]
    source: Source
    figure: Figure | None = None
    how: Text


class Assessment(Strict):
    """A scheme. ``objection_days``: working days for a unit's objection after the review."""

    code: Code
    name: Names
    kind: RoundKind
    unit_kinds: Annotated[tuple[UnitKind, ...], Field(min_length=1)]
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]
    objection_days: Annotated[int, Field(ge=1, le=60)]
    in_force: DateRange = DateRange()
    basis: LegalBasis


class AssessmentsFile(Strict):
    assessments: Annotated[tuple[Assessment, ...], Field(min_length=1)]


class Campaign(Strict):
    """``first`` and ``last``: month and day, ``last`` in the same year; left out for one day."""

    code: Code
    name: Names
    first: MonthDay
    last: MonthDay | None = None
    theme: Text
    source: Text
    checked: Checked


class CampaignsFile(Strict):
    campaigns: Annotated[tuple[Campaign, ...], Field(min_length=1)]
