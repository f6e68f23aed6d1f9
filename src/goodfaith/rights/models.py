"""Cases about records, their clocks and texts; who was told that a record ended. Closed to every role.

The functions in ``sql/`` read and write. No row is deleted; what may change is named by a trigger
(``sql/guards.sql``). What is overdue or unconfirmed is computed from dates, never stored.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Transition(models.Model):
    """The procedures of :mod:`.procedures` as the database holds them: which act leads from which step to which.

    Written anew with every migration (``do_load_procedures``); never edited.
    """

    id = models.BigAutoField(primary_key=True)
    procedure = models.CharField(max_length=12)
    frm = models.CharField(max_length=20)
    act = models.CharField(max_length=24)
    to = models.CharField(max_length=20)
    by = models.CharField(max_length=12)
    """subject, office, source, supervisor, job"""
    next = models.CharField(max_length=12)
    """Who acts at the step that it leads to."""
    outcome = models.CharField(max_length=20, null=True)
    final = models.BooleanField()
    told = models.BooleanField()
    effects = ArrayField(models.CharField(max_length=12))
    decides = models.BooleanField()
    """Not by the officer who entered the record or the case."""
    needs = ArrayField(models.CharField(max_length=12))
    """What must come with the act."""
    clock = models.CharField(max_length=8)
    """suspend, resume, extend, keep; empty: clocks stop with their step and the next step's begin."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "frm", "act", "by", "to"], name="transition_once"),
            models.CheckConstraint(condition=Q(final=False) | Q(told=True), name="no_end_untold"),
            models.CheckConstraint(condition=Q(decides=False) | ~Q(by="job"), name="no_job_decides"),
        ]


class Case(models.Model):
    """One matter of one subject, with one number from the first message to the last."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=20, unique=True)
    procedure = models.CharField(max_length=12)
    kind = models.CharField(max_length=24)
    subject_id = models.UUIDField()
    subject_kind = models.CharField(max_length=12)
    step = models.CharField(max_length=20)
    next = models.CharField(max_length=12)
    """Who acts next: subject, office, source, supervisor; nobody when it is over."""
    outcome = models.CharField(max_length=20, null=True)
    unit = models.CharField(max_length=40, null=True)
    """The unit whose turn it is or was last; null while only the subject has it."""
    channel = models.CharField(max_length=8)
    opened_by_kind = models.CharField(max_length=20)
    opened_by = models.CharField(max_length=100)
    opened_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    assigned_to = models.CharField(max_length=100, null=True)
    """The officer it is delegated to, of ``unit``."""
    facts = models.JSONField(default=dict)
    """What was said in codes: route, ground, remedy, letters' numbers. No words of a person."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(procedure__in=["objection", "repair", "complaint", "request", "note"]),
                name="case_procedure",
            ),
            models.CheckConstraint(condition=Q(channel__in=["my", "counter", "letter", "unit"]), name="case_channel"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome__isnull=True)
                | Q(closed_at__isnull=False, outcome__isnull=False, next="nobody"),
                name="case_closed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "-opened_at"], name="case_of_subject"),
            models.Index(fields=["unit", "procedure"], condition=Q(closed_at__isnull=True), name="case_open_of_unit"),
            models.Index(fields=["-closed_at"], condition=Q(closed_at__isnull=False), name="case_closed"),
        ]


class CaseRecord(models.Model):
    """A record that a case is about, as it stood then."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="records")
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    version = models.SmallIntegerField()
    item = models.CharField(max_length=80)
    source_unit = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "record_id"], name="case_names_record_once")]
        indexes = [models.Index(fields=["subject_id", "record_id"], name="case_of_record")]


class Event(models.Model):
    """One act in a case: the history. Append-only."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    act = models.CharField(max_length=24)
    frm = models.CharField(max_length=20)
    to = models.CharField(max_length=20)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.CharField(max_length=100)
    actor_name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, null=True)
    told = models.BooleanField()
    """Whether the subject was told, in the same transaction."""
    entry_id = models.BigIntegerField()
    """The ledger's entry of the act."""
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="event_of_case")]


class Text(models.Model):
    """Words in a case, sealed: what the subject says, what an authority answers. Append-only but for erasure."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="texts")
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT)
    """Null for a draft, which is replaced until it is filed."""
    part = models.CharField(max_length=20)
    sealed = models.BinaryField(null=True)
    """Bound to the text's id; null once erased by order of law."""
    for_subject = models.BooleanField()
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=20)
    by = models.CharField(max_length=100)


class File(models.Model):
    """A paper in a case: sealed in one piece."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    name_sealed = models.BinaryField(null=True)
    media = models.CharField(max_length=60)
    bytes = models.IntegerField()
    sha256 = models.BinaryField()
    sealed = models.BinaryField(null=True)
    for_subject = models.BooleanField()
    at = models.DateTimeField()
    by_kind = models.CharField(max_length=20)
    by = models.CharField(max_length=100)
    removed_at = models.DateTimeField(null=True)
    """A paper of a draft that its owner took out again."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(bytes__gt=0), name="file_not_empty")]


class Clock(models.Model):
    """A legal limit that runs in a case. Days are worked out by :mod:`.clocks`; the state is computed from them."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clocks")
    name = models.CharField(max_length=24)
    """The limit's step: accept, source_answer, repair_decide …"""
    limit = models.JSONField()
    """The limit that won, whole, as the catalogue had it that day."""
    why = models.JSONField()
    """Why it won: {"why": a sentence, "passed_over": codes of the limits that applied too}."""
    started_on = models.DateField()
    due_on = models.DateField()
    stopped_on = models.DateField(null=True)
    suspended_on = models.DateField(null=True)
    """While an expert is heard or the subject completes the papers: the clock stands."""
    pauses = models.JSONField(default=list)
    """[{"reason", "start", "end"}]; the last has no end while the clock stands."""
    extended_on = models.DateField(null=True)
    """Once, with a reason that the subject is told."""
    escalated_at = models.DateTimeField(null=True)
    unit = models.CharField(max_length=40, null=True)
    """Whose time it is."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "name"], condition=Q(stopped_on__isnull=True), name="one_running_clock"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("started_on")), name="clock_runs_forward"),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(stopped_on__isnull=True), name="clock_running")]


class Representation(models.Model):
    """Who may act for a subject in its cases: a guardian, or an agent with a written authority. Not kinship:
    an authority, with its paper, that ends.
    """

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    account = models.CharField(max_length=100)
    """The account that may act."""
    ground = models.CharField(max_length=10)
    since = models.DateField()
    until = models.DateField()
    """The last day; a guardian's: the day before the eighteenth birthday."""
    case_id = models.UUIDField(null=True)
    """An agent's authority may be for one case only."""
    verified_by = models.CharField(max_length=100)
    verified_at = models.DateTimeField()
    entry_id = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=["guardian", "agent"]), name="representation_ground"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="representation_until"),
        ]
        indexes = [
            models.Index(fields=["account"], condition=Q(ended_at__isnull=True), name="representation_of_account")
        ]


class Recall(models.Model):
    """A record that was corrected, repaired, annulled, unlinked or has expired: all who were given it are told."""

    id = models.UUIDField(primary_key=True)
    subject_id = models.UUIDField()
    record_id = models.UUIDField()
    item = models.CharField(max_length=80)
    version = models.SmallIntegerField()
    """The version that is not to be used any more."""
    reason = models.CharField(max_length=10)
    effective_on = models.DateField()
    case_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["corrected", "repaired", "annulled", "unlinked", "expired"]),
                name="recall_reason",
            ),
            models.UniqueConstraint(fields=["subject_id", "record_id", "version", "reason"], name="recall_once"),
        ]
        indexes = [models.Index(fields=["-at"], name="recall_by_time")]


class RecallNotice(models.Model):
    """The notice to one recipient. Unconfirmed after ``due_on``: silent."""

    id = models.UUIDField(primary_key=True)
    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="notices")
    unit = models.CharField(max_length=40)
    entries = ArrayField(models.BigIntegerField())
    """The looks that gave the record: the latest hundred."""
    looks = models.IntegerField()
    due_on = models.DateField()
    signed = models.TextField(null=True)
    """Compact JWS; null until the worker signed it."""
    seen_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, default="")
    done = models.CharField(max_length=24, default="")
    """deleted, corrected, not_kept, decision_reviewed"""
    reminders = models.SmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recall", "unit"], name="notice_once_a_unit"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, done="") | Q(confirmed_at__isnull=False) & ~Q(done=""),
                name="notice_confirmed_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "id"], name="notice_of_unit"),
            models.Index(fields=["due_on"], condition=Q(confirmed_at__isnull=True), name="notice_waiting"),
            models.Index(fields=["id"], condition=Q(signed__isnull=True), name="notice_unsigned"),
        ]


class Withdrawal(models.Model):
    """The public feed: what was open to everybody and is not any more. Holds nothing about a person."""

    seq = models.BigAutoField(primary_key=True)
    recall = models.OneToOneField(Recall, on_delete=models.PROTECT)
    facts = models.JSONField()
    """record, item, document_no, authority, decided_on, uscc, reason, effective_on"""
    at = models.DateTimeField()
    signed = models.TextField(null=True)


class FindingsTold(models.Model):
    """The deliveries whose subjects were told of what is new about them. A row for each, not the newest one's moment: a
    long delivery is committed after shorter ones that began later."""

    delivery_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    messages = models.IntegerField()


class Progress(models.Model):
    """Up to which day it was told, and from which look on it is kept what was given."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.CharField(max_length=60)


class LetterCount(models.Model):
    """How many letters a unit has numbered in a year."""

    unit = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="letters_counted_once")]
