"""The desk's rail by work. An entry is shown only when its page exists and the officer's role has work there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVERYBODY = ("clerk", "credit_office", "auditor")
OFFICE = ("credit_office",)


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work: its code (what a page names as ``work``), its name, its first page, who does it."""

    code: str
    name: str | Promise
    page: str
    roles: tuple[str, ...] = EVERYBODY


RAIL = (
    Work("home", _("工作台"), "desk:home"),
    Work("deliveries", _("收件"), "desk:deliveries", ("clerk", "credit_office")),
    Work("intake", _("归集"), "desk:intake", ("clerk", "credit_office")),
    Work("subjects", _("主体"), "desk:subjects"),
    Work("checks", _("核查"), "desk:checks"),
    Work("rights", _("权益"), "desk:rights"),
    Work("lists", _("名单"), "desk:lists"),
    Work("tasks", _("任务"), "desk:duties"),
    Work("quality", _("质量"), "desk:quality"),
    Work("catalogue", _("目录"), "desk:catalogue"),
    Work("audit", _("审计"), "desk:audit", ("auditor",)),
    Work("accounts", _("账号"), "desk:accounts", ("system_admin", "security_admin")),
)


def rail(role: str, *, superuser: bool = False) -> list[tuple[Work, str]]:
    """(work, address) of what this role has."""
    found = ((work, address(work.page)) for work in RAIL if superuser or role in work.roles)
    return [(work, url) for work, url in found if url]


def address(*pages: str) -> str:
    """The address of the first of these pages that exists; empty when none does."""
    for page in pages:
        try:
            return reverse(page)
        except NoReverseMatch:
            continue
    return ""
