"""What changes the state of subjects: resolution, registration facts, suspicions and judgements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import polars as pl
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from goodfaith.common import history
from goodfaith.common.acting import Acting
from goodfaith.common.problems import Problem
from goodfaith.parties.models import User
from goodfaith.subjects import suspecting
from goodfaith.subjects.copying import array_literal
from goodfaith.subjects.keyring import Keyring
from goodfaith.subjects.matching import grams
from goodfaith.subjects.models import Judgement, Organisation, Suspicion
from goodfaith.subjects.rekeying import check_erase_key, do_erase_key, do_reseal_subjects, do_rewrap_keys
from goodfaith.subjects.resolving import Resolver
from goodfaith.subjects.rules import REASONS, VERDICTS

__all__ = [
    "Keyring", "Resolver", "check_erase_key", "check_judge", "do_erase_key", "do_judge", "do_raise_suspicion",
    "do_reseal_subjects", "do_rewrap_keys", "do_update_organisations", "do_withdraw_judgement", "resolve_many",
]  # fmt: skip

REGISTRATION = ("name", "status", "area_code", "registered_on")
FORBIDDEN = 403


@transaction.atomic
def resolve_many(
    *, acting: Acting, at: dt.datetime, delivery_id: UUID | None, frame: pl.DataFrame, dry: bool = False
) -> pl.DataFrame:
    """Put every row of one frame on its subject: :meth:`.resolving.Resolver.resolve`, then ``finish``.

    A delivery of several batches makes one :class:`Resolver` itself, so that its memory serves them all.
    """
    resolver = Resolver(acting=acting, at=at, delivery_id=delivery_id, dry=dry)
    answers = resolver.resolve(frame)
    raised = resolver.finish()
    if resolver.created:
        history.note(
            acting=acting, at=at, action="subjects.resolve", object_type="delivery", object_id=delivery_id or "",
            after={"rows": frame.height, "created": len(resolver.created), "suspicions": raised},
        )  # fmt: skip
    return answers


def _changed(row: Mapping[str, Any], stored: Organisation) -> dict[str, Any] | None:
    """The organisation after the registration facts of ``row``; None when nothing changes. Null changes nothing."""
    after = {c: getattr(stored, c) if row.get(c) is None else row[c] for c in REGISTRATION}
    if all(after[c] == getattr(stored, c) for c in REGISTRATION):
        return None
    former = [name for name in stored.former_names if name != after["name"]]
    if after["name"] != stored.name and stored.name not in former:
        former.append(stored.name)
    return {"subject_id": stored.pk, **after, "former_names": former, "grams": grams(after["name"], former)}


def _store(changes: Sequence[Mapping[str, Any]]) -> None:
    def column(name: str) -> list[Any]:
        return [change[name] for change in changes]

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE subjects_organisation o SET name = n.name, status = n.status, area_code = n.area_code,"
            " registered_on = n.registered_on, former_names = n.former::varchar[], grams = n.grams::varchar[]"
            " FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[], %s::text[])"
            " n(id, name, status, area_code, registered_on, former, grams) WHERE o.subject_id = n.id",
            [
                column("subject_id"), *(column(c) for c in REGISTRATION),
                [array_literal(names) for names in column("former_names")],
                [array_literal(names) for names in column("grams")],
            ],
        )  # fmt: skip


@transaction.atomic
def do_update_organisations(
    *, acting: Acting, at: dt.datetime, delivery_id: UUID | None, frame: pl.DataFrame
) -> int:
    """Take over registration facts from the registering authority's item; how many organisations changed.

    ``frame``: ``subject_id`` (16 bytes), one row an organisation, and any of ``name, status, area_code,
    registered_on``. A replaced name is kept among the former names. The credit code is taken over by
    resolution, which binds it to the subject.
    """
    rows = {UUID(bytes=row["subject_id"]): row for row in frame.unique("subject_id", keep="last").to_dicts()}
    stored = Organisation.objects.filter(pk__in=rows).order_by("pk").select_for_update()
    changes = [change for one in stored if (change := _changed(rows[one.pk], one))]
    if changes:
        _store(changes)
        history.note(
            acting=acting, at=at, action="subjects.update_organisations", object_type="delivery",
            object_id=delivery_id or "", after={"changed": len(changes)},
        )  # fmt: skip
    return len(changes)


@transaction.atomic
def do_raise_suspicion(
    *, acting: Acting, at: dt.datetime, left: UUID, right: UUID, code: str, delivery_id: UUID | None = None
) -> bool:
    """Put two organisations to review (jobs' role); False when they already were. ``code``: of REASONS."""
    if code not in REASONS or left == right:
        raise Problem("suspicion_malformed", _("不能提交核查：理由或主体不正确。"), _("请选择两个不同的主体。"))
    pairs = [(left.bytes, right.bytes, code)]
    return suspecting.raise_all(pairs, acting=acting, at=at, delivery_id=delivery_id) > 0


def _officer(acting: Acting) -> None:
    """Only the credit office judges. The role is looked up, never taken from the caller."""
    role = User.objects.filter(pk=acting.id, is_active=True).values_list("role", flat=True).first()
    if acting.kind != "officer" or role != "credit_office":
        raise Problem(
            "role_not_allowed",
            _("只有信用主管部门的工作人员可以判定疑似重复的主体。"),
            _("请由信用主管部门办理。"),
            status=FORBIDDEN,
        )


def _reason(text: str) -> str:
    if not text.strip():
        raise Problem("reason_missing", _("没有写明理由。"), _("请写明判定或撤销的依据，例如核对了哪些证照。"))
    return text.strip()[:500]


def check_judge(*, acting: Acting, suspicion_id: UUID, verdict: str, reason: str) -> Suspicion:
    """The suspicion, if this officer may judge it so; Problem otherwise."""
    _officer(acting)
    if verdict not in VERDICTS:
        raise Problem("verdict_unknown", _("判定结果不正确。"), _("请选择：同一主体、不同主体或暂不能确定。"))
    _reason(reason)
    found = Suspicion.objects.filter(pk=suspicion_id).first()
    if found is None:
        raise Problem("suspicion_unknown", _("没有这条疑似重复。"), _("请返回列表重新选择。"), status=404)
    return found


@transaction.atomic
def do_judge(*, acting: Acting, at: dt.datetime, suspicion_id: UUID, verdict: str, reason: str) -> Judgement:
    """Answer a suspicion. "same" shows both files as one from now on; no row is moved."""
    suspicion = check_judge(acting=acting, suspicion_id=suspicion_id, verdict=verdict, reason=reason)
    try:
        with transaction.atomic():
            judgement = Judgement.objects.create(
                suspicion=suspicion, left=suspicion.left_id, right=suspicion.right_id, verdict=verdict,
                reason=_reason(reason), officer_id=acting.id, officer_name=acting.name, unit=acting.unit or "", at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem(
            "judgement_stands", _("这条疑似重复已有判定。"), _("如需改判，请先撤销原判定。"), status=409
        ) from error
    history.note(
        acting=acting, at=at, action="subjects.judge", object_type="suspicion", object_id=suspicion_id,
        after={"judgement": str(judgement.pk), "verdict": verdict},
    )  # fmt: skip
    return judgement


@transaction.atomic
def do_withdraw_judgement(*, acting: Acting, at: dt.datetime, judgement_id: UUID, reason: str) -> None:
    """Undo a judgement: the two files stand apart again, exactly as they were."""
    _officer(acting)
    why = _reason(reason)
    changed = Judgement.objects.filter(pk=judgement_id, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=acting.name, withdrawn_reason=why
    )
    if not changed:
        raise Problem("judgement_not_standing", _("该判定不存在或已撤销。"), _("请刷新页面查看现状。"), status=409)
    history.note(
        acting=acting, at=at, action="subjects.withdraw_judgement", object_type="judgement", object_id=judgement_id,
        after={"withdrawn": True},
    )  # fmt: skip
