"""The catalogue as loaded from the packs. Definitions are kept whole as JSON (see :mod:`.schema`)."""

from __future__ import annotations

from django.db import models


class PackLoad(models.Model):
    """One loading of one pack: which version, with which digest, by whom."""

    id = models.BigAutoField(primary_key=True)
    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=200)
    counts = models.JSONField(default=dict)


class Definition(models.Model):
    """What all parts of the catalogue share: a code, the pack it came from and the whole definition."""

    code = models.CharField(max_length=80, primary_key=True)
    pack = models.CharField(max_length=60)
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300)
    definition = models.JSONField()
    withdrawn_at = models.DateTimeField(null=True)
    """Set when a later version of its pack no longer has it; records keep pointing to it."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_zh


class Instrument(Definition):
    """A legal instrument."""


class Sector(Definition):
    """A sector (领域 / 行业)."""


class CodeList(Definition):
    """An official code list."""


class DisplayRule(Definition):
    """A rule for display and repair periods, in dated versions."""


class Repair(Definition):
    """A way of ending display early: what has to be done and brought, and who decides."""


class Limit(Definition):
    """A time limit of one step of a procedure."""


class Department(Definition):
    """A kind of department with the names it goes by, and what followed it."""


class Assessment(Definition):
    """A scheme by which units are assessed: indicators, weights, sources."""


class Campaign(Definition):
    """A named day of the year, or days, with a campaign."""


class Purpose(Definition):
    """A purpose for which a file may be opened. The columns beside the definition are what the gate reads."""

    actors = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    own_unit_only = models.BooleanField(default=False)
    listed = models.JSONField(null=True)
    """Item codes it opens; null: all."""
    depth = models.CharField(max_length=12, default="masked")
    ground = models.CharField(max_length=8, default="statute")
    """statute or consent."""
    unit_kinds = models.JSONField(default=list)
    disclosures = models.JSONField(default=list)
    matter_required = models.BooleanField(default=False)
    case_shown = models.BooleanField(default=True)
    delay_days = models.PositiveSmallIntegerField(null=True)
    """The longest lawful delay before the subject is told; null: told at once."""
    delay_basis = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ground__in=["statute", "consent"]), name="purpose_ground"),
            models.CheckConstraint(
                condition=models.Q(delay_days__isnull=True)
                | models.Q(delay_basis__isnull=False, delay_days__range=(1, 365)),
                name="purpose_delay_has_basis",
            ),
            models.CheckConstraint(
                condition=~models.Q(ground="consent") | ~models.Q(disclosures__contains="closed"),
                name="purpose_consent_opens_no_closed",
            ),
        ]


class Matter(Definition):
    """A business (办理事项) in which a check is made. The first purpose is the one recorded."""

    purposes = models.JSONField(default=list)
    unit_kinds = models.JSONField(default=list)
    subjects = models.JSONField(default=list)


class Measure(Definition):
    """A restraint or an incentive with its statute; what brings it stands in :class:`Bearing`."""

    kind = models.CharField(max_length=10)
    subjects = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["restraint", "incentive"]), name="measure_kind"),
            models.CheckConstraint(
                condition=models.Q(definition__basis__0__isnull=False), name="measure_cites_its_statute"
            ),
        ]


class Bearing(models.Model):
    """Which records bring which measure to bear on which matter, for which kind of subject. What the gate reads.

    Written anew with every loading, from the measures, matters and items in force; never edited.
    """

    id = models.BigAutoField(primary_key=True)
    matter = models.CharField(max_length=80)
    item = models.CharField(max_length=80)
    measure = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=12)
    classes = models.JSONField(null=True)
    """Codes of display classes; null: any."""
    months = models.PositiveSmallIntegerField(null=True)
    """Decided within so many calendar months; null: as long as the record is in force."""

    class Meta:
        indexes = [models.Index(fields=["matter", "subject_kind"], name="bearing_matter")]

    def __str__(self) -> str:
        return f"{self.item} → {self.measure} · {self.matter}"


class Term(models.Model):
    """What each class of each version of each display rule means in months: what SQL joins records with.

    Written anew with every loading from all rules, also those withdrawn since: records keep pointing to them.
    """

    id = models.BigAutoField(primary_key=True)
    version = models.CharField(max_length=125)
    """"rule/version", as records have it."""
    class_code = models.CharField(max_length=60)
    level = models.CharField(max_length=8)
    """minor, general, serious; none: the rule knows no grades."""
    min_months = models.PositiveSmallIntegerField()
    max_months = models.PositiveSmallIntegerField(null=True)
    """Null: until the ground falls away."""
    publish = models.BooleanField()
    ends = models.CharField(max_length=15)
    """by_itself or when_corrected."""
    applies = models.BooleanField()
    """Whether there is a repair to apply for."""
    barred = models.BooleanField()
    counted_from = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "class_code"], name="term_once"),
            models.CheckConstraint(
                condition=models.Q(level__in=["minor", "general", "serious", "none"]), name="term_level"
            ),
            models.CheckConstraint(condition=models.Q(ends__in=["by_itself", "when_corrected"]), name="term_ends"),
            models.CheckConstraint(condition=~models.Q(applies=True, barred=True), name="term_barred_or_applied_for"),
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.class_code}"


class Area(models.Model):
    """An area code of GB/T 2260 with the years in which it was valid."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=6, db_index=True)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=200)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successor = models.CharField(max_length=6, null=True)
    pack = models.CharField(max_length=60)


class Item(Definition):
    """An item of the catalogue (目录条目)."""

    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, db_constraint=True)
    catalogue_class = models.PositiveSmallIntegerField()
    polarity = models.CharField(max_length=8)
    double_publicity = models.BooleanField(default=False)
    update_cycle = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(catalogue_class__range=(1, 13)), name="item_class_1_13"),
            models.CheckConstraint(
                condition=models.Q(polarity__in=["positive", "neutral", "negative"]), name="item_polarity"
            ),
            models.CheckConstraint(
                condition=~models.Q(polarity="negative") | models.Q(definition__effective_document__isnull=False),
                name="item_negative_cites_document",
            ),
        ]
