"""People and organisations, their identifiers, and what was judged about suspected duplicates.

The web's role has no SELECT on :class:`Subject`, :class:`Person` and :class:`Identifier`. It may read
:class:`Organisation` (open registration facts) and the view ``open.organisation_identifier``.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from goodfaith.common.ids import uuid7


class Subject(models.Model):
    """One per number, of either kind. Everything else hangs on its id."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    created_by_delivery = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["person", "organisation"]), name="subject_kind")
        ]


class Person(models.Model):
    """A natural person: the name sealed under the person's own key, and its keyed digest for comparison.

    Nothing else is kept.
    """

    subject = models.OneToOneField(Subject, primary_key=True, on_delete=models.PROTECT)
    name_sealed = models.BinaryField()
    name_key = models.BinaryField()


class SubjectKey(models.Model):
    """The key that a subject's values are sealed under, wrapped by a key of the installation.

    ``number`` is in the head of each value; a subject has one key, and gets the next number when something new is
    to be sealed after the last was erased. Erased: ``wrapped`` is null, for ever (a trigger holds that).
    """

    pk = models.CompositePrimaryKey("subject_id", "number")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_index=False)
    number = models.SmallIntegerField(default=1)
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    erased_under = models.CharField(max_length=200, null=True)
    """The statute, with its article, that the erasure rests on."""

    class Meta:
        db_table = "subjects_key"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wrapped__isnull=False, erased_at__isnull=True, erased_under__isnull=True)
                | models.Q(wrapped__isnull=True, erased_at__isnull=False, erased_under__isnull=False),
                name="key_wrapped_or_erased",
            ),
            models.CheckConstraint(condition=models.Q(number__range=(1, 255)), name="key_number_in_a_byte"),
        ]


class Organisation(models.Model):
    """An organisation's open registration facts. The latest known; history is in its records."""

    KINDS = [
        ("enterprise", "企业"),
        ("individual_business", "个体工商户"),
        ("public_institution", "事业单位"),
        ("social_organisation", "社会组织"),
        ("public_body", "机关"),
        ("cooperative", "农民专业合作社"),
        ("other", "其他组织"),
    ]
    subject = models.OneToOneField(Subject, primary_key=True, on_delete=models.PROTECT)
    name = models.CharField(max_length=300)
    former_names = ArrayField(models.CharField(max_length=300), default=list)
    uscc = models.CharField(max_length=18, null=True, unique=True)
    kind = models.CharField(max_length=24, choices=KINDS)
    status = models.CharField(max_length=40, default="")
    area_code = models.CharField(max_length=6, default="")
    registered_on = models.DateField(null=True)
    grams = ArrayField(models.CharField(max_length=2), default=list)
    """Pairs of neighbours of the plain name, with its ends marked; written with the name (``matching.grams``)."""

    class Meta:
        indexes = [GinIndex(fields=["grams"], name="organisation_grams")]


class Identifier(models.Model):
    """A number of a subject. ``(kind, key)`` is unique: one subject per number, held by the database.

    Kinds: for people id_number and the official document types (passport, hk_macao_permit,
    taiwan_permit, foreign_permanent_residence); for organisations uscc, registration_no,
    organisation_code, tax_no, institution_no, social_no. ``key`` is the keyed digest of the normalised
    number. A person's number is ``sealed`` under the subject's own key, an organisation's is ``value``.
    """

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=30)
    key = models.BinaryField()
    sealed = models.BinaryField(null=True)
    value = models.CharField(max_length=64, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["value"], condition=models.Q(value__isnull=False), name="organisation_number")
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_subject_per_number"),
            models.CheckConstraint(
                condition=models.Q(sealed__isnull=False, value__isnull=True)
                | models.Q(
                    sealed__isnull=True,
                    value__isnull=False,
                    kind__in=[
                        "uscc", "registration_no", "organisation_code", "tax_no", "institution_no", "social_no",
                    ],
                ),
                name="person_number_is_sealed",
            ),
        ]


class Suspicion(models.Model):
    """Two subjects that may be one, raised by intake or an officer; waits for a judgement."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    left = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    reasons = models.JSONField()
    """List of {"code", "zh"}: why they are suspected; no name or number of a person in it."""
    raised_at = models.DateTimeField()
    delivery_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(left__lt=models.F("right")), name="suspicion_pair_ordered"),
            models.UniqueConstraint(fields=["left", "right"], name="suspicion_once"),
        ]


class Judgement(models.Model):
    """An officer's answer to a suspicion. Never deleted; undone by ``withdrawn_at``.

    Verdicts: same, different, unsure. While a "same" stands, the two subjects' files are shown as one;
    the rows themselves are not moved, so undoing restores exactly what was.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    suspicion = models.ForeignKey(Suspicion, on_delete=models.PROTECT, related_name="judgements")
    left = models.UUIDField(db_index=True)
    right = models.UUIDField(db_index=True)
    verdict = models.CharField(max_length=10)
    reason = models.CharField(max_length=500)
    officer_id = models.CharField(max_length=100)
    officer_name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, null=True)
    withdrawn_reason = models.CharField(max_length=500, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=["same", "different", "unsure"]), name="judgement_verdict"
            ),
            models.UniqueConstraint(
                fields=["suspicion"], condition=models.Q(withdrawn_at__isnull=True), name="judgement_stands_once"
            ),
        ]
