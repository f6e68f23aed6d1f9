"""The small pieces of which every definition of a pack is made: codes, names, date ranges, a legal basis."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
ItemCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=80)]
RefCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

Checked = Literal["official", "mirror", "unverified"]
"""official: compared with the official text; mirror: with a public copy; unverified: not compared ([U])."""
SubjectKind = Literal["person", "organisation"]
Disclosure = Literal["open", "on_request", "shared", "closed"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Names(Strict):
    zh: Text
    en: Text


class DateRange(Strict):
    """Half-open: ``from`` is the first day, ``to`` the first day no longer in it; either may be left out."""

    start: dt.date | None = Field(default=None, alias="from")
    end: dt.date | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> DateRange:
        if self.start and self.end and self.start >= self.end:
            raise ValueError("the range is empty: 'to' is the first day outside and must be later than 'from'")
        return self

    def holds(self, day: dt.date) -> bool:
        """Whether ``day`` lies in the range."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def meets(self, other: DateRange) -> bool:
        """Whether the two ranges share a day."""
        before = self.end is not None and other.start is not None and self.end <= other.start
        after = other.end is not None and self.start is not None and other.end <= self.start
        return not before and not after


class LegalBasis(Strict):
    """One article of one instrument; ``instrument`` is the code of a file under ``instruments/``."""

    instrument: RefCode
    article: Text
    checked: Checked
    note: Text | None = None
