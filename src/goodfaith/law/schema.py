"""The strict shape of a pack: what a file under ``packs/`` may say, and nothing else.

A pack folder holds ``pack.yaml`` (who it is) and any number of YAML files in the folders
``instruments/``, ``code_lists/``, ``repairs/``, ``display_rules/``, ``limits/``, ``purposes/``, ``matters/``,
``measures/``, ``areas/`` and ``items/``.
Each file is one mapping with one of the top keys of :data:`FILE_MODELS`.

Boundary 1 ("no record without law") and boundary 2 ("some things are never recorded") are the
business of :mod:`goodfaith.law.checker`; this module only refuses what has the wrong shape.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from goodfaith.law.basics import Checked as Checked
from goodfaith.law.basics import Code, ItemCode, RefCode, Strict, Text
from goodfaith.law.basics import DateRange as DateRange
from goodfaith.law.basics import Disclosure as Disclosure
from goodfaith.law.basics import LegalBasis as LegalBasis
from goodfaith.law.basics import Names as Names
from goodfaith.law.basics import SubjectKind as SubjectKind
from goodfaith.law.displaying import Condition as Condition
from goodfaith.law.displaying import DisplayClass as DisplayClass
from goodfaith.law.displaying import DisplayRule as DisplayRule
from goodfaith.law.displaying import DisplayVersion as DisplayVersion
from goodfaith.law.displaying import Point as Point
from goodfaith.law.displaying import Repair as Repair
from goodfaith.law.displaying import RepairsFile
from goodfaith.law.governing import Assessment as Assessment
from goodfaith.law.governing import AssessmentsFile, CampaignsFile, DepartmentsFile
from goodfaith.law.governing import Campaign as Campaign
from goodfaith.law.governing import Department as Department
from goodfaith.law.governing import Indicator as Indicator
from goodfaith.law.procedures import Limit as Limit
from goodfaith.law.procedures import LimitsFile
from goodfaith.law.using import Matter as Matter
from goodfaith.law.using import MattersFile, MeasuresFile, PurposesFile
from goodfaith.law.using import Measure as Measure
from goodfaith.law.using import Purpose as Purpose

Polarity = Literal["positive", "neutral", "negative"]
FieldType = Literal[
    "text", "date", "decimal", "integer", "code", "uscc", "organisation_code", "registration_no",
    "tax_no", "document_no", "year", "subject_name", "person_name",
]
Sensitivity = Literal["open", "internal", "person_name", "person_number", "contact"]
"""open: may be shown wherever the record is; internal: government only; the rest is about a person
and is sealed in the database whoever the subject is."""


class Instrument(Strict):
    code: RefCode
    name: Names
    number: Text | None = None
    kind: Literal[
        "law", "administrative_regulation", "local_regulation", "judicial_interpretation",
        "central_document", "departmental_rule", "normative_document", "standard",
    ]
    issued_by: Text
    in_force: DateRange = DateRange()
    checked: Checked
    source: Text | None = None


class CodeEntry(Strict):
    code: Text
    name: Names
    aliases: tuple[Text, ...] = ()
    valid: DateRange = DateRange()


class CodeList(Strict):
    code: Code
    name: Names
    source: Text
    checked: Checked
    entries: Annotated[tuple[CodeEntry, ...], Field(min_length=1)]


class AreaEntry(Strict):
    """An area of GB/T 2260; abolished or renamed codes stay, with the years in which they were valid."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    name: Names
    valid: DateRange = DateRange()
    successor: str | None = None


class Areas(Strict):
    source: Text
    checked: Checked
    entries: tuple[AreaEntry, ...]


class RequiredIf(Strict):
    """Required when ``field`` has one of ``any_of``; a field that is a list counts when one of its parts does."""

    field: Text
    any_of: Annotated[tuple[Text, ...], Field(min_length=1)]


class ItemField(Strict):
    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
    name: Names
    aliases: tuple[Text, ...] = ()
    type: FieldType = "text"
    length: Annotated[int, Field(gt=0, le=8000)] | None = None
    scale: Annotated[int, Field(ge=0, le=9)] | None = None
    unit: Text | None = None
    required: bool | RequiredIf = False
    blank_if: RequiredIf | None = None
    """Must be left blank in this case (e.g. organisation codes when the party is a natural person)."""
    code_list: Code | None = None
    multiple: bool = False
    """Several codes may stand in one cell, parted by 、，；,; | / + or white space."""
    long_term: bool = False
    """2099-12-31 and 长期 mean "without end" here."""
    not_before: Text | None = None
    not_after_report: bool = False
    sensitivity: Sensitivity = "open"
    checked: Checked = "mirror"
    note: Text | None = None


class Edition(Strict):
    """The fields of an item as they were ordered for a time.

    ``decided``: for which decisions it was the valid form. Old forms are still taken in: the edition whose
    headers fit the file is used, and a decision dated after the edition ended is only a warning.
    """

    code: Code
    name: Names
    decided: DateRange = DateRange()
    basis: LegalBasis
    subject: SubjectFields
    decided_on: Text
    document_no: Text | None = None
    authority: Text | None = None
    fact: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Fields that, with subject and item, say which fact it is. Same fact, other content: a new version."""
    in_force: tuple[Text | None, Text | None] | None = None
    """(first day, last day) fields of the decision's own validity, if it has one."""
    display_until: Text | None = None
    """Date field with the last day of display, where the source unit names one: it shortens the rule's period."""
    removed_on: Text | None = None
    """Date field with the day of removal from a list: the first day on which it is no longer shown."""
    fields: Annotated[tuple[ItemField, ...], Field(min_length=1)]
    one_of: tuple[OneOf, ...] = ()

    def field(self, code: str) -> ItemField:
        """The field of that code; KeyError when there is none."""
        for field in self.fields:
            if field.code == code:
                return field
        raise KeyError(code)


class OneOf(Strict):
    """At least one of ``fields`` is filled when ``when`` holds (always when left out)."""

    fields: Annotated[tuple[Text, ...], Field(min_length=2)]
    when: RequiredIf | None = None


class SubjectFields(Strict):
    """Where a row says whom it is about.

    ``kind``: "person" or "organisation" when the item has only that, else the field that tells;
    ``person_values`` are then its values that mean a natural person.
    """

    name: Text
    kind: Text
    person_values: tuple[Text, ...] = ()
    uscc: Text | None = None
    registration_no: Text | None = None
    organisation_code: Text | None = None
    tax_no: Text | None = None
    institution_no: Text | None = None
    social_no: Text | None = None
    document_type: Text | None = None
    document_no: Text | None = None
    """The person's number. Without ``document_type`` it is an ID number."""
    person_number_of_representative: bool = False
    """The old form puts the legal representative's number into the same field when the party is an organisation."""


class EffectiveDocument(Strict):
    """The legally effective document that each record of a negative item must cite (boundary 1)."""

    kind: Literal["penalty_decision", "judgment", "ruling", "listing_decision", "abnormality_decision",
                  "tax_decision", "recovery_decision"]
    name: Names


class OpenBasis(Strict):
    """The statute that orders a person's record of this item to be public (boundary 9)."""

    basis: LegalBasis


class Item(Strict):
    code: ItemCode
    name: Names
    sector: Code
    catalogue_class: Annotated[int, Field(ge=1, le=13)]
    domain: Text
    """One of :data:`goodfaith.law.checker.DOMAINS`, the closed vocabulary of what may be recorded at all."""
    description: Names
    subjects: Annotated[tuple[SubjectKind, ...], Field(min_length=1)]
    occupations: tuple[Text, ...] = ()
    polarity: Polarity
    source_authority: Names
    legal_basis: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    disclosure: dict[SubjectKind, Disclosure]
    open_basis: OpenBasis | None = None
    display_rule: Code
    update_cycle: Literal["within_7_working_days", "within_20_working_days", "daily", "weekly", "monthly",
                          "quarterly", "yearly", "on_change"]
    double_publicity: bool = False
    effective_document: EffectiveDocument | None = None
    editions: Annotated[tuple[Edition, ...], Field(min_length=1)]
    """Newest first."""

    def edition(self, code: str) -> Edition:
        """The edition of that code; KeyError when there is none."""
        for edition in self.editions:
            if edition.code == code:
                return edition
        raise KeyError(code)


class Sector(Strict):
    code: Code
    name: Names


class PackInfo(Strict):
    code: Code
    name: Names
    version: Text
    sectors: tuple[Sector, ...] = ()
    catalogue_edition: Text | None = None


class PackFile(Strict):
    pack: PackInfo


class InstrumentsFile(Strict):
    instruments: Annotated[tuple[Instrument, ...], Field(min_length=1)]


class CodeListFile(Strict):
    code_list: CodeList


class DisplayRuleFile(Strict):
    display_rule: DisplayRule


class AreasFile(Strict):
    areas: Areas


class ItemFile(Strict):
    item: Item


FILE_MODELS: dict[str, type[Strict]] = {
    "pack": PackFile,
    "instruments": InstrumentsFile,
    "code_list": CodeListFile,
    "repairs": RepairsFile,
    "display_rule": DisplayRuleFile,
    "limits": LimitsFile,
    "departments": DepartmentsFile,
    "assessments": AssessmentsFile,
    "campaigns": CampaignsFile,
    "purposes": PurposesFile,
    "matters": MattersFile,
    "measures": MeasuresFile,
    "areas": AreasFile,
    "item": ItemFile,
}
"""The one top key of a pack file says which shape it has."""

Edition.model_rebuild()
Item.model_rebuild()
