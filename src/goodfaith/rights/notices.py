"""The documents for machines that a change of a record gives rise to: recall notices and the public withdrawal feed.

Pure: facts in, checked documents out; :func:`goodfaith.common.publishing.sign` signs their :func:`document`. The shapes
are these models; ``docs/schemas`` holds them as JSON Schema. None has a place for a person's name or number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, field_validator

from goodfaith.common.problems import Problem
from goodfaith.common.publishing import verify
from goodfaith.rights.person_numbers import refuse_person_numbers
from goodfaith.rights.sentences import WHAT_TO_DO
from goodfaith.subjects.organisation_codes import USCC_SYMBOLS, check_uscc

RECALL_TYPE = "goodfaith-recall+jws"
WITHDRAWAL_TYPE = "goodfaith-withdrawal+jws"

Reason = Literal["corrected", "repaired", "annulled", "expired", "unlinked"]
"""Put right; repaired; its basis annulled or changed; its time is over; it was another subject's."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
Uscc = Annotated[str, StringConstraints(pattern=f"^[{USCC_SYMBOLS}]{{18}}$")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RecordReference(_Shape):
    """Which record: without ``document_no`` when that may not be told, because it holds a person's number."""

    record_id: UUID
    item: Text
    document_no: Text | None
    authority: Text
    decided_on: dt.date


class Unit(_Shape):
    """A unit by its code on the platform and its name."""

    code: Text
    name: Text


class Sentence(_Shape):
    """What is said, in Chinese and in English."""

    zh: Text
    en: Text


class Look(_Shape):
    """The access by which the recipient got the record: the ledger's entry and its day."""

    entry: int = Field(ge=1)
    on: dt.date


class RecallNotice(_Shape):
    """To one unit that was given a record: it is no longer what it was."""

    format: Literal["goodfaith-recall/1"] = "goodfaith-recall/1"
    id: UUID
    recall_id: UUID
    issued_at: AwareDatetime
    recipient: Unit
    reason: Reason
    effective_on: dt.date
    record: RecordReference
    what_to_do: tuple[Sentence, ...] = Field(min_length=1)
    confirm_by: dt.date
    looks: tuple[Look, ...] = Field(min_length=1)


class WithdrawalEntry(_Shape):
    """To everybody: an organisation's record is withdrawn. ``sequence`` counts from 1 without gaps."""

    format: Literal["goodfaith-withdrawal/1"] = "goodfaith-withdrawal/1"
    sequence: int = Field(ge=1)
    record_id: UUID
    item: Text
    authority: Text
    document_no: Text | None
    decided_on: dt.date
    uscc: Uscc | None
    """None: the organisation has no valid one; the record's id says which it is."""
    reason: Reason
    effective_on: dt.date
    issued_at: AwareDatetime

    @field_validator("uscc")
    @classmethod
    def _real_uscc(cls, uscc: str | None) -> str | None:
        if uscc is not None and check_uscc(uscc):
            raise ValueError("the check character is wrong")
        return uscc


class SignedEntry(_Shape):
    """An entry to read, and the signed token that alone counts."""

    entry: WithdrawalEntry
    jws: Annotated[str, StringConstraints(pattern=r"^[\w-]+\.[\w-]+\.[\w-]+$")]


class FeedPage(_Shape):
    """A page of the feed, oldest first. ``next``: the address of the page that follows, null on the last."""

    format: Literal["goodfaith-withdrawal-feed/1"] = "goodfaith-withdrawal-feed/1"
    feed: Text
    entries: tuple[SignedEntry, ...]
    next: Text | None


def recall_notice(
    *, id: UUID, recall_id: UUID, issued_at: dt.datetime, recipient: Unit, reason: Reason, effective_on: dt.date,
    record: RecordReference, confirm_by: dt.date, looks: Sequence[Look],
) -> RecallNotice:  # fmt: skip
    """The notice, with what its reason asks the recipient to do.

    Problem ``person_number_in_public`` when a text about the record holds a person's number (leave ``document_no`` out
    then); pydantic's ValidationError for a wrong shape.
    """
    _guard(record.item, record.authority, record.document_no)
    what_to_do = tuple(Sentence(zh=zh, en=en) for zh, en in WHAT_TO_DO[reason])
    return RecallNotice(
        id=id, recall_id=recall_id, issued_at=issued_at, recipient=recipient, reason=reason,
        effective_on=effective_on, record=record, what_to_do=what_to_do, confirm_by=confirm_by, looks=tuple(looks),
    )  # fmt: skip


def withdrawal_entry(
    *, sequence: int, record: RecordReference, uscc: str | None, reason: Reason, effective_on: dt.date,
    issued_at: dt.datetime,
) -> WithdrawalEntry:
    """The entry of the public feed; problems as with :func:`recall_notice`."""
    _guard(record.item, record.authority, record.document_no)
    return WithdrawalEntry(
        sequence=sequence, uscc=uscc, reason=reason, effective_on=effective_on, issued_at=issued_at,
        **record.model_dump(),
    )  # fmt: skip


def _guard(item: str, authority: str, document_no: str | None) -> None:
    refuse_person_numbers({_("信息项"): item, _("决定单位"): authority, _("决定文书号"): document_no})


def feed_page(*, feed: str, tokens: Sequence[str], keys: dict[str, Any], next: str | None) -> FeedPage:
    """A page of signed entries in their order. Each entry is taken out of its token, so that what is shown is what was
    signed. Problem ``statement_invalid`` for a token that ``keys`` don't verify, ``feed_order`` when the sequence has a
    gap."""
    entries = [WithdrawalEntry.model_validate(verify(one, keys, typ=WITHDRAWAL_TYPE)) for one in tokens]
    if any(later.sequence != before.sequence + 1 for before, later in pairwise(entries)):
        raise Problem("feed_order", _("撤回公告的序号不连续。"), _("请联系平台运行人员核对。"), status=500)
    signed = tuple(SignedEntry(entry=one, jws=token) for one, token in zip(entries, tokens, strict=True))
    return FeedPage(feed=feed, entries=signed, next=next)


def document(of: RecallNotice | WithdrawalEntry | FeedPage) -> dict[str, Any]:
    """The JSON object, ready to be signed."""
    return of.model_dump(mode="json")


SCHEMAS: dict[str, type[BaseModel]] = {
    "recall-notice": RecallNotice, "withdrawal-entry": WithdrawalEntry, "withdrawal-feed": FeedPage,
}  # fmt: skip
"""Name of the file in ``docs/schemas`` (``….schema.json``) → its shape."""


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one shape, as documents are written."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | SCHEMAS[name].model_json_schema(
        mode="serialization"
    )
