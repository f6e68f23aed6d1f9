"""New versions of the records that a decision is about: sealed again for their place, and for a correction checked
like a delivery, so that a correction cannot bring in what intake would refuse.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import orjson
import polars as pl
from django.utils.translation import gettext as _

from goodfaith.common import crypto, crypto_subject
from goodfaith.common.clock import CHINA
from goodfaith.common.problems import Problem
from goodfaith.gate.opening import Row, opener_of
from goodfaith.intake import staging
from goodfaith.intake.checks import Context
from goodfaith.law import queries as law
from goodfaith.law.schema import Edition
from goodfaith.records import rules as records
from goodfaith.rights.calling import problem
from goodfaith.rights.views import CaseView

COLUMNS = ("document_no", "authority", "display", "display_class", "display_version", "in_force")
"""What of a record follows from its content and is corrected with it."""
REASONS = {"correct": "corrected", "annul": "annulled", "unlink": "unlinked", "grant": "repaired"}
"""What becomes of a record, by the act that decides."""


def versions(case: CaseView, act: str, corrections: Mapping[UUID, Mapping[str, str]]) -> list[dict[str, Any]]:
    """One new version for each record of the case, as ``rights.act`` takes them. ``corrections``: record → field →
    the right value; only for ``correct``, which leaves the records alone in which nothing is wrong. Problem when a
    record is gone, nothing is corrected, or a check refuses.
    """
    reason, rows = REASONS[act], list(_current(case))
    if len(rows) != len(case.records):
        raise Problem("record_moved", _("这件案件的记录已经不是现行版本。"), _("请重新打开案件核对。"), status=409)
    if reason == "corrected":
        wrong = {key: _changed(case, row, corrections.get(key, {})) for row in rows for key in [UUID(row[2]["id"])]}
        if not any(wrong.values()):
            raise Problem("nothing_corrected", _("没有改动任何一项内容。"), _("内容没有错的，请选“核实无误”。"))
        return [_version(case, row, reason, wrong[key]) for row in rows if wrong[key := UUID(row[2]["id"])]]
    return [_version(case, row, reason, {}) for row in rows]


def _changed(case: CaseView, row: Row, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields whose value is not what the record says already."""
    if not fields:
        return {}
    try:
        before = {**row[2]["content"], **_hidden(case, row)}
    except crypto_subject.Erased:
        raise problem("content_erased") from None
    return {code: value.strip() for code, value in fields.items() if value.strip() != str(before.get(code) or "")}


def _current(case: CaseView) -> Iterator[Row]:
    return (row for row in case.raw if row[0] == "record" and row[2]["superseded_at"] is None)


def _version(case: CaseView, row: Row, reason: str, fields: Mapping[str, str]) -> dict[str, Any]:
    _, subject, facts, sealed = row
    version: dict[str, Any] = {
        "subject": str(subject), "record": facts["id"], "from_version": facts["version"], "reason": reason,
        "document": documents([facts["document_no"]])[0],
    }  # fmt: skip
    try:
        hidden = _hidden(case, row)
    except crypto_subject.Erased:
        return version | {"sealed": base64.b64encode(sealed or b"").decode()}  # there is nothing left to seal anew
    secret = orjson.dumps(hidden) if sealed is not None else None
    if reason == "corrected":
        secret = _correct(version, facts, {**facts["content"], **hidden}, fields, subject_is_person(case, row))
    version["sealed"] = _sealed(case, row, secret)
    return version


def documents(numbers: list[str | None]) -> list[str | None]:
    """Document numbers as facts are compared."""
    return records.comparable(pl.Series(numbers, dtype=pl.String)).replace("", None).to_list()


def subject_is_person(case: CaseView, row: Row) -> bool:
    """Whether the record is about a natural person."""
    return any(one[0] == "subject" and one[1] == row[1] and one[2]["kind"] == "person" for one in case.raw)


def _hidden(case: CaseView, row: Row) -> dict[str, Any]:
    _, subject, facts, sealed = row
    if sealed is None:
        return {}
    place = crypto_subject.record_place(facts["id"], facts["version"])
    values: dict[str, Any] = opener_of(list(case.raw)).json(UUID(str(subject)), place, sealed)
    return values


def _erased(case: CaseView, row: Row) -> bool:
    try:
        _hidden(case, row)
    except crypto_subject.Erased:
        return True
    return False


def _sealed(case: CaseView, row: Row, secret: bytes | None) -> str | None:
    """What is hidden, sealed for the next version under the subject's newest key (of before: the installation's)."""
    if secret is None:
        return None
    subject = UUID(str(row[1]))
    keys = [
        (one[2]["number"], one[3]) for one in case.raw if one[0] == "key" and one[1] == row[1] and one[3] is not None
    ]
    if not keys:
        return base64.b64encode(crypto.seal(secret)).decode()
    number, wrapped = max(keys, key=lambda key: key[0])
    bound = crypto_subject.context(subject, crypto_subject.record_place(row[2]["id"], row[2]["version"] + 1))
    key = crypto_subject.unwrap(wrapped or b"", subject.bytes, number)
    return base64.b64encode(crypto_subject.seal_each([number], [key], [secret], [bound])[0]).decode()


def _identity(edition: Edition) -> set[str]:
    """Fields that say whom a record is about: who is the wrong one is another procedure."""
    subject = edition.subject
    named = (subject.name, subject.uscc, subject.registration_no, subject.organisation_code, subject.tax_no,
             subject.institution_no, subject.social_no, subject.document_no, subject.document_type,
             subject.kind)  # fmt: skip
    return {code for code in named if code}


def correctable(case: CaseView) -> dict[UUID, list[tuple[str, str, str]]]:
    """Record → (field, its name, its value now) of what a correction may change; for who sees the record whole."""
    found = {}
    for row in _current(case):
        if _erased(case, row):
            continue
        edition = law.item(row[2]["item_id"]).edition(row[2]["edition"])
        values, fixed = {**row[2]["content"], **_hidden(case, row)}, _identity(edition)
        found[UUID(row[2]["id"])] = [
            (field.code, field.name.zh, str(values.get(field.code) or ""))
            for field in edition.fields
            if field.code not in fixed
        ]
    return found


def _correct(
    version: dict[str, Any], facts: dict[str, Any], before: dict[str, Any], changed: Mapping[str, str], person: bool
) -> bytes | None:
    """Put the corrected columns into ``version``; what is to be sealed."""
    item = law.item(facts["item_id"])
    edition = item.edition(facts["edition"])
    refused = sorted(set(changed) & _identity(edition))
    if refused:
        what = _("姓名（名称）和证件号码不在这里更正。")
        raise Problem(
            "identity_not_corrected", what, _("记录记错了人的，请选“不是本人，移除”，并按正确的号码重新报送。")
        )
    ready = _checked({**before, **changed}, facts, person)
    row = ready.row(0, named=True)
    version |= {
        "content": orjson.loads(row["content"]), "digest": base64.b64encode(row["digest"]).decode(),
        "fact": base64.b64encode(row["fact"]).decode(), "decided_on": row["decided_on"].isoformat(),
        "new_document": documents([row["document_no"]])[0], **{name: row[name] for name in COLUMNS},
    }  # fmt: skip
    return None if row["secret"] is None else str(row["secret"]).encode()


def _checked(values: dict[str, Any], facts: dict[str, Any], person: bool) -> pl.DataFrame:
    """The corrected row through the checks of intake and into the columns of a record; Problem with what is wrong."""
    item = law.item(facts["item_id"])
    edition = item.edition(facts["edition"])
    reported = dt.datetime.fromisoformat(facts["recorded_at"]).astimezone(CHINA).date()
    context = Context(item, edition, law.catalogue(), reported)
    table = staging.ApiTable([{code: value for code, value in values.items() if value not in (None, "")}])
    columns: dict[str, str | None] = {code: code for code in table.columns}
    checked = next(staging.sweep(table, columns, context)).checked
    if checked.good.is_empty():
        wrong = checked.findings.filter(pl.col("level") == "refused")["message"].to_list()
        raise Problem(
            "correction_refused",
            _("更正后的内容没有通过校验：%(why)s") % {"why": "；".join(wrong)},
            _("请改正后再提交。"),
        )
    return records.prepare(checked.good, item, edition, law.catalogue().rule_of(item))
