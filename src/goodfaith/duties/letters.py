"""The letter to an officer about the unit's duties: numbers, titles, days, and where they are. Nobody is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from goodfaith.common import outbox
from goodfaith.parties.queries import unit_names

MOST_LISTED = 60
DESK = "/desk/duties/"
KINDS = {
    "overdue": ("已经逾期", "Overdue"), "before": ("快到期", "Due soon"),
    "unreceived": ("还没有签收", "Not yet confirmed"),
}  # fmt: skip
SUBJECT = ("任务提醒：{unit}有 {n} 项任务需要办理（{on}）", "Duties to see to: {n} ({on_en})")
OPENING = (
    "您好：\n\n截至{on}，{unit}在{city}诚信平台上有 {n} 项公文任务需要办理：",
    "Hello,\n\nduties from official documents that your unit has to see to on the {city_en} platform "
    "({on_en}): {n}",
)
FOOT = (
    "请打开平台工作台，在“任务”中办理：{desk}\n这样的信每天最多一封，由系统发出，不会向您索要密码或者验证码。"
    "不想再收的，在“我的账号—通知方式”中关闭。",
    "Open “Duties” at the desk of the platform: {desk}\nThere is at most one such letter a day. It was sent "
    "by the system and never asks for a password or a code. Switch it off in “My account – notices”.",
)
NO_ADDRESS = ("请从单位的常用入口登录", "log in where you always do")


def letter(
    number: int, unit: str, on: dt.date, lines: Sequence[dict[str, Any]], address: str, box: BaseEmailBackend
) -> EmailMessage:
    """The letter in both languages, with an id of its own that stays when it is sent again. ``lines``: the digest's."""
    body = "\n\n\n".join(_body(which, unit, on, lines) for which in (0, 1))
    return EmailMessage(
        subject=" / ".join(_filled(text, which, unit, on, lines) for which, text in enumerate(SUBJECT)),
        body=f"{body}\n", to=[address], connection=box, headers=outbox.heads(outbox.key("duties", number)),
    )  # fmt: skip


def _body(which: int, unit: str, on: dt.date, lines: Sequence[dict[str, Any]]) -> str:
    parts = [_filled(OPENING[which], which, unit, on, lines)]
    for kind, names in KINDS.items():
        mine = [one for one in lines[:MOST_LISTED] if one["kind"] == kind]
        if mine:
            parts.append("\n".join([_head(names, which, lines, kind), *(_line(one, which) for one in mine)]))
    if len(lines) > MOST_LISTED:
        left = len(lines) - MOST_LISTED
        parts.append((f"其余 {left} 项请在平台上查看。", f"{left} more are on the platform.")[which])
    return "\n\n".join([*parts, _filled(FOOT[which], which, unit, on, lines)])


def _head(names: tuple[str, str], which: int, lines: Sequence[dict[str, Any]], kind: str) -> str:
    n = sum(one["kind"] == kind for one in lines)
    return (f"{names[0]}（{n} 项）", f"{names[1]} ({n})")[which]


def _line(one: dict[str, Any], which: int) -> str:
    due = dt.date.fromisoformat(one["due_on"]) if one["due_on"] else None
    year = one["period"]
    if which:
        when = f"due {_day(due, 1)}" if due else "no day set"
        return f"- {one['number']} {one['title']}{f' ({year})' if year else ''}: {when}"
    when = f"期限 {_day(due, 0)}" if due else "没有写期限"
    return f"- {one['number']} {one['title']}{f'（{year}年度）' if year else ''}：{when}"


def _day(on: dt.date, which: int) -> str:
    return (f"{on.year}年{on.month}月{on.day}日", f"{on.day} {on:%B} {on.year}")[which]


def _filled(text: str, which: int, unit: str, on: dt.date, lines: Sequence[dict[str, Any]]) -> str:
    site = settings.PUBLIC_URL.rstrip("/")
    return text.format(
        unit=unit_names().get(unit, unit), n=len(lines), on=_day(on, 0), on_en=_day(on, 1),
        city=settings.CITY["name_zh"], city_en=settings.CITY["name_en"],
        desk=f"{site}{DESK}" if site else NO_ADDRESS[which],
    )  # fmt: skip
