"""Units, their officers, citizens' and enterprises' accounts, machine clients."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from goodfaith.common.acting import Acting
from goodfaith.common.ids import uuid7


class Unit(models.Model):
    """A unit that reports, asks or supervises: department, county, court, association, credit office.

    A bank and a credit reporting agency (``agency``) ask with a person's consent only.
    """

    KINDS = [
        ("credit_office", "信用主管部门"),
        ("department", "部门"),
        ("county", "县（市、区）"),
        ("court", "人民法院"),
        ("association", "行业协会"),
        ("agency", "征信机构"),
        ("bank", "银行业金融机构"),
        ("investigator", "侦查、检察和监察机关"),
    ]
    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=KINDS)
    uscc = models.CharField(max_length=18, null=True, unique=True)
    area_code = models.CharField(max_length=6, null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT)
    active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.short_name


class UnitItem(models.Model):
    """Which items a unit reports (its part of the catalogue)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="items")
    item_code = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "item_code"], name="unit_item_once")]


class User(AbstractUser):
    """An account: an officer of a unit, a citizen or an enterprise's agent.

    ``subject_id`` is whose file it may open as its own (the person, or the organisation it acts for).
    ``role``, for officers only: one of ``ROLES``, or none yet (an account without rights). An account has one
    role and an officer one account (``officer_key``), so roles that exclude each other cannot meet in one person.
    """

    KINDS = [("officer", "工作人员"), ("citizen", "自然人"), ("enterprise", "法人和其他组织")]
    ROLES = [
        ("clerk", "信源单位经办人"),
        ("credit_office", "信用主管部门"),
        ("system_admin", "系统管理员"),
        ("security_admin", "安全保密管理员"),
        ("auditor", "安全审计员"),
    ]
    kind = models.CharField(max_length=12, choices=KINDS, default="officer")
    role = models.CharField(max_length=20, choices=ROLES, blank=True, default="")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    subject_id = models.UUIDField(null=True, blank=True)
    display_name = models.CharField(max_length=60, blank=True, default="")
    """What the page greets the user with; for citizens a masked name (李*), never the full one."""
    name_key = models.BinaryField(null=True)
    """Officers: the keyed digest of the name, by which oversight sees that a file is that of a namesake."""
    officer_key = models.BinaryField(null=True, unique=True)
    """Officers: the keyed digest of the ID number. Unique, so nobody holds two roles in two accounts."""
    phone = models.CharField(max_length=20, blank=True, default="")
    """For notices by text message, where the platform has a sender for them."""
    notify_email = models.BooleanField(default=True)
    starter_password = models.BooleanField(default=False)
    """The password was set by an administrator: its owner changes it before anything else."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(is_superuser=True)
                    | models.Q(kind="officer", unit__isnull=False, subject_id__isnull=True)
                    & models.Q(role__in=["", "clerk", "credit_office", "system_admin", "security_admin", "auditor"])
                    | models.Q(kind__in=["citizen", "enterprise"], unit__isnull=True, role="")
                ),
                name="user_kind_fits",
            )
        ]

    @property
    def acting(self) -> Acting:
        """Who acts, for actions and the gate."""
        return Acting(
            kind=self.kind,  # type: ignore[arg-type]
            id=str(self.pk),
            name=self.display_name or self.username,
            unit=self.unit_id,
        )


class MachineClient(models.Model):
    """A department's system that calls the API (OAuth 2 client credentials)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    client_id = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    scopes = models.JSONField(default=list)
    """Of: intake:check, intake:submit, organisations:read, recalls, and purpose:<code> for purposes of machines."""
    jwks = models.JSONField(null=True)
    """The client's public keys (RFC 7517). Without them it has a shared secret, and no scope about people."""
    active = models.BooleanField(default=True)


class Assertion(models.Model):
    """A signed assertion that a client has used (RFC 7523): it is good for one token."""

    client_id = models.CharField(max_length=100)
    jti = models.CharField(max_length=200)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client_id", "jti"], name="assertion_once")]
