"""What all actions of this room share: a locked row, one step along its procedure, the event of it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _

from goodfaith.common.acting import Acting
from goodfaith.common.clock import CHINA
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import Act
from goodfaith.duties import rules
from goodfaith.duties.models import Event, Paper
from goodfaith.duties.procedures import PROCEDURES
from goodfaith.rights.limits import check_paper

M = TypeVar("M", bound=Model)
CONFLICT, NOT_FOUND = 409, 404


def unknown() -> Problem:
    """Nothing of that id, or not for this reader."""
    return Problem("duty_unknown", _("没有找到这一项，或者不归您办理。"), _("请从列表进入。"), status=NOT_FOUND)


def locked(model: type[M], key: object) -> M:
    """The row, held until the transaction ends; Problem when there is none."""
    found = model._default_manager.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise unknown()
    return found


def day(at: dt.datetime) -> dt.date:
    """The day in China."""
    return at.astimezone(CHINA).date()


def act_of(procedure: str, act: str, step: str, *who: str) -> Act:
    """The act, if one of these may do it at this step; Problem ``act_not_here`` otherwise."""
    found = PROCEDURES[procedure].act(act, step)
    if found is None or not set(who) & set(found.by):
        raise Problem("act_not_here", _("这一步现在不能办。"), _("请重新打开，看现在可以办什么。"), status=CONFLICT)
    return found


def event(
    *, acting: Acting, at: dt.datetime, procedure: str, key: object, act: str, frm: str, to: str, text: str = "",
    facts: Mapping[str, Any] | None = None, duty_id: UUID | None = None,
) -> Event:  # fmt: skip
    """Write what happened."""
    return Event.objects.create(
        procedure=procedure, object_id=str(key), duty_id=duty_id, at=at, act=act, frm=frm, to=to, text=text,
        actor_kind=acting.kind, actor_id=acting.id, actor_name=acting.name, unit=acting.unit, facts=dict(facts or {}),
    )  # fmt: skip


def move(
    row: Any, procedure: str, act: str, *who: str, acting: Acting, at: dt.datetime, text: str = "",
    facts: Mapping[str, Any] | None = None, duty_id: UUID | None = None,
) -> Event:  # fmt: skip
    """Take ``row`` one step (unsaved) and write the event. Problems: ``act_not_here``, ``text_missing``, …"""
    found = act_of(procedure, act, row.step, *who)
    text = rules.check_words(text, needed="text" in found.needs)
    frm, row.step = row.step, found.to or row.step
    return event(
        acting=acting, at=at, procedure=procedure, key=row.pk, act=act, frm=frm, to=row.step, text=text, facts=facts,
        duty_id=duty_id,
    )  # fmt: skip


def last_actor(procedure: str, key: object, act: str) -> str | None:
    """Who did that act last."""
    found = Event.objects.filter(procedure=procedure, object_id=str(key), act=act).order_by("-id").first()
    return found.actor_id if found else None


def keep_paper(acting: Acting, at: dt.datetime, name: str, data: bytes, media: str | None = None) -> Paper:
    """Store a file. Without ``media`` it has to be a PDF, an image or a DOCX; Problem otherwise."""
    media = media or check_paper(name, data)
    return Paper.objects.create(
        id=uuid7(), name=name[-200:], media=media, size=len(data), sha256=hashlib.sha256(data).hexdigest(), data=data,
        at=at, by=acting.id,
    )  # fmt: skip


def check_url(url: str) -> str:
    """An address on the web; Problem when it is none."""
    url = url.strip()
    if not url.startswith(("https://", "http://")) or any(mark in url for mark in " \"'<>") or len(url) > 500:
        raise Problem("url_wrong", _("链接写得不对。"), _("请以 https:// 开头，从浏览器地址栏复制。"))
    return url


def one_at_a_time(name: str) -> None:
    """Hold the others back until this transaction ends: numbers are given in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"duties.{name}"])
