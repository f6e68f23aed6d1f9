"""Complaints of a subject about a look at its file: what both sides see, and the sealing of their texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from goodfaith.common import crypto
from goodfaith.common.problems import Problem
from goodfaith.oversight.limits import Limit

LONGEST = 2000
FINDINGS = ("in_order", "not_in_order")


@dataclass(frozen=True)
class ComplaintView:
    """A subject's own complaint. ``state``: open, answered, withdrawn; ``finding``: in_order, not_in_order."""

    id: UUID
    entry_id: int
    text: str
    made_at: dt.datetime
    due_on: dt.date
    state: str
    answer: str | None
    answered_at: dt.datetime | None
    finding: str | None


def limits() -> list[Limit]:
    """How long an answer may take, as the settings date it."""
    return [Limit(**limit) for limit in settings.OVERSIGHT["complaint_limits"]]


def seal(complaint: UUID, part: str, text: str) -> bytes:
    """Text or answer (``part``) of a complaint, bound to it."""
    return crypto.seal_text(text, f"{complaint.hex}/{part}".encode())


def unseal(complaint: UUID, part: str, sealed: bytes | memoryview | None) -> str | None:
    """What :func:`seal` took; None stays None."""
    return None if sealed is None else crypto.unseal_text(sealed, f"{complaint.hex}/{part}".encode())


def typeset(finding: str, answer: str) -> str:
    """The answer as the subject reads it: the finding in a sentence of its own, then what the auditor wrote.

    It is a document of the platform and so in its language, whichever language the auditor's page has.
    """
    return {"in_order": "结论：这次查询合规。", "not_in_order": "结论：这次查询不合规。"}[finding] + "\n" + answer


def said(text: str, what: str) -> str:
    """The text without white space around it; Problem when it is empty or too long. ``what``: its name."""
    text = text.strip()
    if not text:
        named = {"what": what}
        raise Problem("text_missing", _("%(what)s是空的。") % named, _("请写明%(what)s。") % named)
    if len(text) > LONGEST:
        most = {"what": what, "n": LONGEST}
        raise Problem("text_too_long", _("%(what)s超过 %(n)s 字。") % most, _("请写得短一些。"))
    return text
