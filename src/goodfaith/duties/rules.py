"""What follows from dates and words alone: when the next instance is due, what is overdue, what a mode asks."""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import hashlib
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.duties.models.documents import DISCLOSURES
from goodfaith.duties.shapes import Due, Named
from goodfaith.subjects.personal import numbers_in

CLOSED = frozenset({"accepted", "ended"})
RESPONSIBLE = frozenset({"lead", "joint"})
NUMBERS = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)")
"""What looks like an ID or mobile number, also with a wrong check digit: it has no place in what is reported."""
LONGEST = 4000


@functools.cache
def reader_version() -> str:
    """Which reader this is: the program's version and a digest of the reader's sources."""
    sources = sorted((Path(__file__).parent / "reading").rglob("*.py"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    try:
        return f"{version('goodfaith')} {digest}"
    except PackageNotFoundError:
        return digest


def default_disclosure(text: str) -> str:
    """The class that the document gives itself at its end; what says nothing is shared between offices only."""
    said = text[-1500:]
    if re.search(
        r"此件(?:公开发布|主动公开|发至.{0,12}公开)|公开(?:方式|属性|选项)[:：]\s*主动公开|^\s*主动公开", said, re.M
    ):
        return "open"
    if re.search(r"依申请公开", said):
        return "on_request"
    return "shared"


# -- classes of disclosure ---------------------------------------------------------------------------------
def classes_within(clause: str) -> tuple[str, ...]:
    """The classes that a piece of evidence of a clause of this class may have, the most open first."""
    return DISCLOSURES[DISCLOSURES.index(clause) :]


def narrower(piece: str, clause: str) -> str:
    """The class that holds for a piece: never more open than its clause is now."""
    return max(piece, clause, key=DISCLOSURES.index)


def check_class(piece: str, clause: str) -> str:
    """The class of a piece. Problem when there is none of that name, or the clause is less open."""
    if piece not in DISCLOSURES:
        raise Problem("disclosure_unknown", _("没有这种公开属性。"), _("请选择公开、依申请公开或者政务共享。"))
    if piece not in classes_within(clause):
        what = _("材料不能比任务更公开，这条任务没有公开到这一步。")
        raise Problem("disclosure_too_open", what, _("请选择列出的公开属性。"))
    return piece


# -- dates -----------------------------------------------------------------------------------------------
def yearly_due(month_day: str, year: int) -> dt.date:
    """The due day of a year; 02-29 and 02-30 are the last day of February."""
    month, day = int(month_day[:2]), int(month_day[3:])
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def yearly_dues(
    month_day: str, starts_on: dt.date, today: dt.date, ended_on: dt.date | None = None
) -> Iterator[dt.date]:
    """The due days of the instances there are on ``today``: the first on or after ``starts_on``, and each next one
    from the day after the one before; none that would begin on or after ``ended_on``."""
    year = starts_on.year if yearly_due(month_day, starts_on.year) >= starts_on else starts_on.year + 1
    last = min(today, ended_on - dt.timedelta(days=1)) if ended_on else today
    yield yearly_due(month_day, year)
    while yearly_due(month_day, year) < last:
        year += 1
        yield yearly_due(month_day, year)


def assignment_id(duty: UUID, line: int, period: str) -> UUID:
    """The id of an assignment, whether or not its row has been made. SQL says the same (``duties_assignment_id``)."""
    return UUID(hashlib.md5(f"{duty}|{line}|{period}".encode(), usedforsecurity=False).hexdigest())


def campaign_id(code: str, year: int) -> UUID:
    """The id of a named day's campaign of a year."""
    return UUID(hashlib.md5(f"campaign|{code}|{year}".encode(), usedforsecurity=False).hexdigest())


def overdue(due_on: dt.date | None, step: str, today: dt.date) -> bool:
    """Whether it should be done by now; what is reported in time and waits for the office is not overdue."""
    return due_on is not None and step not in CLOSED and step != "reported" and due_on < today


# -- what a proposal needs ---------------------------------------------------------------------------------
def check_names(mode: str, names: Sequence[Named]) -> None:
    """Problem when the names do not fit the mode, or somebody has not said what one stands for."""
    if not any(one.part in RESPONSIBLE for one in names):
        raise Problem("no_responsible", _("这条任务没有责任单位。"), _("请补上牵头单位或者责任单位。"))
    if (mode == "joint" and any(one.part == "lead" for one in names)) or (
        mode != "joint" and any(one.part == "joint" for one in names)
    ):
        raise Problem(
            "mode_mismatch", _("分工方式与单位的角色不一致。"), _("共同负责的不设牵头单位；其他方式请选定牵头单位。")
        )
    open_names = [one.full for one in names if not one.kind]
    if open_names:
        what = _("还没有确认是哪个单位：%(names)s。") % {"names": "、".join(open_names)}
        raise Problem("names_unconfirmed", what, _("请逐个确认；不是本市单位的，选“不在本市单位名录”。"))


def check_due(due: Due) -> None:
    """Problem when kind and value do not belong together."""
    fits = {
        "none": due.on is None and not due.yearly, "ongoing": due.on is None and not due.yearly,
        "on": due.on is not None and not due.yearly,
        "yearly": due.on is None and re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", due.yearly) is not None,
    }  # fmt: skip
    if not fits.get(due.kind, False):
        raise Problem(
            "deadline_wrong", _("期限没有写对。"), _("请选择一种期限，并填写相应的日期（每年的写月-日，如 12-30）。")
        )


def several_leads(mode: str, names: Sequence[Named]) -> bool:
    """Whether the document itself gives the lead to more than one."""
    leads = [one for one in names if one.part == "lead"]
    return mode == "joint" or len(leads) > 1 or any(one.kind == "set" and len(one.units) != 1 for one in leads)


def check_words(text: str, *, needed: bool = True, longest: int = LONGEST) -> str:
    """The words trimmed. Problem when they are needed and missing, too long, or hold a person's number."""
    text = text.strip()
    if needed and not text:
        raise Problem("text_missing", _("请写明内容。"), _("没有写就提交不了。"))
    if len(text) > longest:
        raise Problem(
            "text_too_long", _("文字超过 %(n)s 字。") % {"n": longest}, _("请写得短一些，详细材料可以作为附件上传。")
        )
    if NUMBERS.search(text) or next(numbers_in(text), None):
        raise Problem("names_numbers", _("文字里有证件号码或者手机号码。"), _("请去掉号码再提交。"))
    return text


def check_may_open(*texts: str) -> None:
    """Problem when words that are about to be open to everybody hold a person's number."""
    if any(NUMBERS.search(text) or next(numbers_in(text), None) for text in texts):
        what = _("原文里有证件号码或者手机号码，不能主动公开。")
        raise Problem("names_numbers", what, _("请选择依申请公开或者政务共享。"))


def check_reason(text: str) -> str:
    """A reason, trimmed; Problem when there is none."""
    if not text.strip():
        raise Problem("reason_missing", _("请写明理由。"), _("理由会留在办理记录里。"))
    return check_words(text, longest=1000)
