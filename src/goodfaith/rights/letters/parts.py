"""The facts that letters are made of: plain values that whoever writes a letter has to have.

The annotation of a field says what it is called. :func:`demand` refuses a letter for which one is missing: nothing is
ever printed as a blank. Fields with a default may be empty, and the letter then does not speak of them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from dataclasses import dataclass
from typing import Annotated, Any, get_type_hints

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from goodfaith.common.problems import Problem


@functools.cache
def _names(kind: type[object]) -> dict[str, Any]:
    """What people call the facts of a dataclass: field → name, as its annotation tells."""
    return {name: hint.__metadata__[0] for name, hint in get_type_hints(kind, include_extras=True).items()}


def _empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value == ()


def _each(facts: tuple[object, ...]) -> None:
    for one in facts:
        if _empty(one):
            raise _missing(_("列表中的一项"))
        demand(one)


def demand(facts: object) -> None:
    """Problem ``letter_fact_missing`` when a fact, or one inside it, is missing or blank."""
    if isinstance(facts, tuple):
        _each(facts)
    if not dataclasses.is_dataclass(facts):
        return
    for field in dataclasses.fields(facts):
        value = getattr(facts, field.name)
        if _empty(value) and field.default is dataclasses.MISSING:
            raise _missing(_names(facts.__class__)[field.name])
        demand(value)


def _missing(name: Any) -> Problem:
    what = _("文书缺少“%(name)s”，不能制作。") % {"name": name}
    return Problem("letter_fact_missing", what, _("请先在案件中补全，再制作文书。"))


@dataclass(frozen=True)
class Office:
    """Who writes, and where it is reached."""

    name: Annotated[str, lazy("发文单位")]
    address: Annotated[str, lazy("单位地址")]
    phone: Annotated[str, lazy("联系电话")]
    clerk: Annotated[str, lazy("承办机构")] = ""
    hours: Annotated[str, lazy("办公时间")] = ""


@dataclass(frozen=True)
class Head:
    """What every letter carries. ``number``: see :func:`.words.letter_number`; ``dated``: the day it is issued."""

    office: Annotated[Office, lazy("发文单位")]
    number: Annotated[str, lazy("发文字号")]
    case_number: Annotated[str, lazy("案号")]
    addressee: Annotated[str, lazy("受文人")]
    dated: Annotated[dt.date, lazy("成文日期")]


@dataclass(frozen=True)
class Article:
    """A rule, cited in full: 《instrument》 article, and its words."""

    instrument: Annotated[str, lazy("依据名称")]
    article: Annotated[str, lazy("依据条款")]
    text: Annotated[str, lazy("条文内容")]


@dataclass(frozen=True)
class Remedy:
    """A way to contest: ``within`` as the law words it (自收到本决定书之日起六十日内), and the last day it comes to."""

    way: Annotated[str, lazy("救济方式")]
    where: Annotated[str, lazy("救济机关")]
    within: Annotated[str, lazy("救济期限")]
    last_day: Annotated[dt.date, lazy("救济期限的最后一日")]
    basis: Annotated[str, lazy("救济依据")] = ""


@dataclass(frozen=True)
class RecordFacts:
    """The record that a case is about. A letter to another unit has no ``subject``."""

    item: Annotated[str, lazy("信息项")]
    authority: Annotated[str, lazy("决定单位")]
    document_no: Annotated[str, lazy("决定文书号")]
    decided_on: Annotated[dt.date, lazy("决定日期")]
    subject: Annotated[str, lazy("信用主体")] = ""
    record_id: Annotated[str, lazy("记录编号")] = ""


@dataclass(frozen=True)
class Limit:
    """A limit of time: as the rule words it (七个工作日), and the last day it comes to."""

    words: Annotated[str, lazy("期限")]
    last_day: Annotated[dt.date, lazy("期限的最后一日")]
