"""What others may read of subjects. A person's name and number are read through the gate only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from goodfaith.common.crypto_subject import Opener
from goodfaith.common.problems import Problem
from goodfaith.subjects.models import Judgement, Organisation, SubjectKey, Suspicion
from goodfaith.subjects.notation import normalise
from goodfaith.subjects.search import Hit, SearchResult, ids_of_name, search_organisations

__all__ = [
    "CodeView", "Hit", "JudgementView", "Page", "SearchResult", "SuspicionView", "cluster", "codes_of",
    "ids_of_name", "open_suspicions", "opener", "organisation", "organisation_by_code", "organisation_names",
    "search_organisations", "suspicion",
]  # fmt: skip

PAGE = 20
CLUSTER = """
    WITH RECURSIVE reached(id) AS (
        SELECT %s::uuid
        UNION
        SELECT CASE WHEN j."left" = reached.id THEN j."right" ELSE j."left" END
        FROM reached JOIN subjects_judgement j
        ON j.verdict = 'same' AND j.withdrawn_at IS NULL AND reached.id IN (j."left", j."right")
    )
    SELECT id FROM reached
"""
"""The same text as ``gate.cluster``, for reading where no file is opened."""


@dataclass(frozen=True, slots=True)
class JudgementView:
    id: UUID
    verdict: str
    reason: str
    officer_name: str
    unit: str
    at: dt.datetime
    withdrawn_at: dt.datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None


@dataclass(frozen=True, slots=True)
class SuspicionView:
    """A suspected pair. Both sides' files are opened through the gate, purpose ``duplicate_review``,
    case number ``id``."""

    id: UUID
    left: UUID
    right: UUID
    kind: str
    reasons: list[dict[str, Any]]
    raised_at: dt.datetime
    delivery_id: UUID | None
    judgements: tuple[JudgementView, ...] = ()

    @property
    def standing(self) -> JudgementView | None:
        """The judgement in force, if there is one."""
        return next((j for j in self.judgements if j.withdrawn_at is None), None)


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[SuspicionView]
    number: int
    total: int
    size: int = PAGE

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True, slots=True)
class CodeView:
    """An organisation's number: kind and value."""

    kind: str
    value: str


def cluster(subject_id: UUID) -> set[UUID]:
    """All subjects that are one with this one by standing judgements, itself included."""
    with connection.cursor() as cursor:
        cursor.execute(CLUSTER, [subject_id])
        return {row[0] for row in cursor.fetchall()}


def _view(row: Suspicion) -> SuspicionView:
    judged = (
        JudgementView(
            j.pk, j.verdict, j.reason, j.officer_name, j.unit, j.at, j.withdrawn_at, j.withdrawn_by, j.withdrawn_reason
        )
        for j in sorted(row.judgements.all(), key=lambda j: j.at, reverse=True)
    )
    return SuspicionView(
        row.pk, row.left_id, row.right_id, row.kind, row.reasons, row.raised_at, row.delivery_id, tuple(judged)
    )


def open_suspicions(page: int = 1, *, judged: bool = False) -> Page:
    """Suspicions that wait for a judgement ("unsure" still waits), oldest first; or those judged, newest first."""
    standing = Judgement.objects.filter(suspicion=OuterRef("pk"), withdrawn_at=None).exclude(verdict="unsure")
    rows = Suspicion.objects.filter(Exists(standing) if judged else ~Exists(standing))
    rows = rows.order_by("-raised_at", "-id") if judged else rows.order_by("raised_at", "id")
    number = max(page, 1)
    start = (number - 1) * PAGE
    views = [_view(row) for row in rows.prefetch_related("judgements")[start : start + PAGE]]
    return Page(views, number, rows.count())


def suspicion(suspicion_id: UUID) -> SuspicionView:
    """One suspicion with all its judgements; Problem (404) when there is none."""
    row = Suspicion.objects.prefetch_related("judgements").filter(pk=suspicion_id).first()
    if row is None:
        raise Problem("suspicion_unknown", "没有这条疑似重复。", "请返回列表重新选择。", status=404)
    return _view(row)


def opener(subjects: Iterable[UUID]) -> Opener:
    """What opens the sealed values of these subjects; for roles that may read the keys (owner, jobs)."""
    rows = SubjectKey.objects.filter(subject_id__in=list(subjects))
    return Opener(rows.values_list("subject_id", "number", "wrapped"))


def organisation(subject_id: UUID) -> Organisation:
    """An organisation's open facts; Problem (404) when there is none."""
    found = Organisation.objects.defer("grams").filter(pk=subject_id).first()
    if found is None:
        raise Problem("organisation_unknown", "没有这个组织。", "请用名称或统一社会信用代码查询。", status=404)
    return found


def organisation_by_code(code: str) -> Organisation | None:
    """The organisation with this credit code or old number, however it is written; None when there is none."""
    value = normalise(code)
    found = Organisation.objects.defer("grams").filter(uscc=value).first()
    if found or not value:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id FROM open.organisation_identifier WHERE value = %s LIMIT 1", [value])
        row = cursor.fetchone()
    return Organisation.objects.defer("grams").filter(pk=row[0]).first() if row else None


def organisation_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Name by id of those of the subjects that are organisations; people are left out."""
    return dict(Organisation.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def codes_of(subject_id: UUID) -> list[CodeView]:
    """The organisation's open numbers, the credit code first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, value FROM open.organisation_identifier WHERE subject_id = %s"
            " ORDER BY kind <> 'uscc', kind, value",
            [subject_id],
        )
        return [CodeView(kind, value) for kind, value in cursor.fetchall()]
