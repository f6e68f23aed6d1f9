"""What the checks of one delivery need to know."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from goodfaith.intake.checks.codes import CodeReader
from goodfaith.law import schema
from goodfaith.records.rules import PERSON
from goodfaith.subjects.areas import with_catalogue

if TYPE_CHECKING:
    from goodfaith.law.packs import Catalogue

__all__ = ["DOCUMENT_KIND", "PERSON", "Context", "identity_fields"]

DOCUMENT_KIND = "__document_kind"
"""Column of the good frame: which kind of document the person's number is of (:mod:`goodfaith.subjects.numbers`)."""


@dataclass(frozen=True)
class Context:
    """The item and the edition of its form, the catalogue, the day of the report, and who reports."""

    item: schema.Item
    edition: schema.Edition
    catalogue: Catalogue
    report_on: dt.date
    unit_name: str | None = None
    unit_uscc: str | None = None
    units: dict[str, str] = dataclasses.field(default_factory=dict)
    """Field → the unit that its column's header names, where that is not the one asked."""

    def name(self, code: str) -> str:
        """The Chinese name of a field."""
        return self.edition.field(code).name.zh

    @functools.cached_property
    def readers(self) -> dict[str, CodeReader]:
        """For each field with a code list, what reads its cells."""
        lists = self.catalogue.code_lists
        return {
            field.code: CodeReader(lists[field.code_list], multiple=field.multiple)
            for field in self.edition.fields
            if field.code_list is not None and field.code_list in lists
        }

    @functools.cached_property
    def areas(self) -> Mapping[str, int]:
        """Known area codes with the last year of each: the national ones and those of the packs."""
        return with_catalogue(entry for entries in self.catalogue.areas.values() for entry in entries)

    def accepted(self, field: str, any_of: tuple[str, ...]) -> list[str]:
        """``any_of`` as it stands in the normalised frame (codes of the field's list, if it has one)."""
        reader = self.readers.get(field)
        return list(any_of) if reader is None else [reader.code_of(value) or value for value in any_of]

    def holds(self, condition: schema.RequiredIf) -> pl.Expr:
        """Whether ``condition`` holds in a row of the normalised frame."""
        return self.is_one_of(condition.field, condition.any_of)

    def is_one_of(self, field: str, any_of: tuple[str, ...]) -> pl.Expr:
        """Whether the field holds one of ``any_of``; a list counts when one of its parts does."""
        accepted = self.accepted(field, any_of)
        if self.edition.field(field).multiple:
            return pl.col(field).str.split(";").list.set_intersection(accepted).list.len() > 0
        return pl.col(field).is_in(accepted)

    @functools.cached_property
    def takes(self) -> frozenset[str]:
        """The kinds of subject that the item takes."""
        return frozenset(self.item.subjects)

    def persons(self, frame: pl.DataFrame, cells: pl.DataFrame) -> pl.Series:
        """Whether each row is about a natural person; null when it cannot be told.

        The form before 2018 has no field for it: where ``kind`` names the number's field, a row without any
        of an organisation's codes is about a person. A code that can't be read still says: organisation.
        """
        subject = self.edition.subject
        if subject.kind in ("person", "organisation"):
            return pl.Series(PERSON, [subject.kind == "person"]).new_from_index(0, frame.height)
        if subject.kind == subject.document_no:
            none = pl.all_horizontal(pl.col(code).is_null() for code in identity_fields(subject).values())
            return cells.select(none.alias(PERSON)).to_series()
        return frame.select(self.is_one_of(subject.kind, subject.person_values).alias(PERSON)).to_series()


def identity_fields(subject: schema.SubjectFields) -> dict[str, str]:
    """Fields by kind of an organisation's number, strongest first."""
    kinds = ("uscc", "registration_no", "organisation_code", "tax_no", "institution_no", "social_no")
    return {kind: code for kind in kinds if (code := getattr(subject, kind)) is not None}
