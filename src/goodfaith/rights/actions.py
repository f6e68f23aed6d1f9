"""What subjects and officers do in cases. The only writer of this room, through the functions of the schema ``rights``.

No row goes into ``common_history``: the desk reads that table, and who contests what is nobody's business there. Each
function writes its event and its entry of the ledger in the same transaction; those are the history.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goodfaith.common import crypto, crypto_subject
from goodfaith.common.acting import Acting
from goodfaith.common.clock import CHINA
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import Act
from goodfaith.gate import rules as gate_rules
from goodfaith.gate.opening import Row, plain_numbers
from goodfaith.rights import applying, calling, limits, timing
from goodfaith.rights.procedures import KINDS, PROCEDURES
from goodfaith.rights.versions import versions
from goodfaith.rights.views import CaseView

Corrections = Mapping[UUID, Mapping[str, str]]


@dataclass(frozen=True)
class CaseRef:
    """A case by its id and the number that people use."""

    id: UUID
    number: str


@dataclass(frozen=True)
class Done:
    """What an act led to."""

    number: str
    step: str
    entry_id: int


def _texts(texts: Mapping[str, str], *, for_subject: bool) -> list[dict[str, Any]]:
    """Texts as the database takes them: each sealed and bound to its id; empty ones are left out."""
    found = []
    for part, text in texts.items():
        key = uuid7()
        sealed = base64.b64encode(crypto.seal_text(text.strip(), crypto.text_context(key, "text"))).decode()
        found.append(
            {"id": str(key), "part": part, "sealed": sealed, "for_subject": for_subject and part not in limits.INTERNAL}
        )
    return [one for one, text in zip(found, texts.values(), strict=True) if text.strip()]


def do_open(
    *, acting: Acting, at: dt.datetime, procedure: str, kind: str, records: list[UUID], texts: Mapping[str, str],
    channel: str = "my", subject_id: UUID | None = None, entry_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> CaseRef:  # fmt: skip
    """A new case as a draft. ``subject_id`` and ``entry_id`` (of opening the file at the counter): for officers.

    Problem when the kind does not exist, the records are not the subject's, or too many drafts stand.
    """
    if kind not in KINDS.get(procedure, {}):
        raise Problem("kind_unknown", _("没有这种事项。"), _("请从列出的事项中选择。"))
    limits.check_texts(texts)
    answer = calling.asked("open", acting, {
        "id": str(uuid7()), "procedure": procedure, "letter": PROCEDURES[procedure].letter, "kind": kind,
        "subject": str(subject_id) if subject_id else None, "entry": entry_id, "channel": channel,
        "records": [str(one) for one in records], "at": at.isoformat(), "facts": dict(facts or {}),
        "texts": _texts(texts, for_subject=True),
    })  # fmt: skip
    return CaseRef(UUID(answer["case"]), answer["number"])


def do_save(
    *, acting: Acting, at: dt.datetime, case_id: UUID, kind: str | None = None, texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Change what a draft says; parts that are not named stay."""
    limits.check_texts(texts or {})
    calling.asked("save", acting, {
        "case": str(case_id), "kind": kind, "at": at.isoformat(), "facts": dict(facts or {}),
        "texts": _texts(texts or {}, for_subject=True),
    })  # fmt: skip


def do_add_paper(
    *, acting: Acting, at: dt.datetime, case_id: UUID, name: str, data: bytes, for_subject: bool = False
) -> UUID:
    """Put a paper (PDF, image, DOCX) into a case; its id. Problem when it is none of these, empty or too large."""
    media = limits.check_paper(name, data)
    key = uuid7()
    calling.told(
        "add_file", acting, case_id, key, crypto.seal_text(name, crypto.text_context(key, "name")), media, len(data),
        hashlib.sha256(data).digest(), crypto.seal(data, crypto.text_context(key, "file")), for_subject, at,
    )  # fmt: skip
    return key


def do_remove_paper(*, acting: Acting, at: dt.datetime, paper_id: UUID) -> None:
    """Take a paper out of a draft again."""
    calling.told("remove_file", acting, paper_id, at)


def check_act(case: CaseView, act: str, texts: Mapping[str, str], facts: Mapping[str, Any]) -> Act:
    """The act, if it can be done at this step with what comes with it; Problem otherwise."""
    found = case.rules.act(act, case.step)
    if found is None:
        raise calling.problem("act_not_here")
    limits.check_texts(texts)
    said = {"commitment": case.facts.get("commitment"), **facts}
    for need in found.needs:
        limits.check_need(need, texts, said, decides=found.decides)
    return found


def check_file(case: CaseView, records: Sequence[applying.Applied], today: dt.date) -> None:
    """Whether a draft may be filed today; ``records``: those of the case, as the file shows them. Problem: see
    :func:`.applying.check_repair`."""
    if case.procedure == "repair":
        applying.check_repair(records, today)


def do_act(
    *, acting: Acting, at: dt.datetime, case: CaseView, act: str, texts: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None, corrections: Corrections | None = None, unit: str | None = None,
    officer: str | None = None, suspend: bool = True, letter: bool = False,
) -> Done:  # fmt: skip
    """One act in a case as its reader saw it. Problem ``case_moved`` when somebody else was quicker.

    ``texts``: part → words; parts in :data:`.limits.INTERNAL` stay with the officers. ``facts``: codes that the history
    keeps. ``corrections``: for ``correct``. ``suspend``: whether filing suspends display (only "not me" does).
    ``letter``: a letter tells of the act: it gets its number, kept in the facts as ``letter_no``.
    """
    texts, facts = texts or {}, facts or {}
    found = check_act(case, act, texts, facts)
    today = at.astimezone(CHINA).date()
    calling_for = {
        "case": str(case.id), "act": act, "expect": case.step, "at": at.isoformat(), "facts": dict(facts),
        "texts": _texts(texts, for_subject=True), "unit": unit, "officer": officer,
        "clocks": timing.ops(case, found, today=today, unit=unit, reason=texts.get("reason", "")),
        "versions": versions(case, act, corrections or {}) if "version" in found.effects else [],
        "suspend": suspend and limits.suspends(case, act), "confirm_due": timing.confirm_by(today).isoformat(),
        "letter": letter,
    }  # fmt: skip
    answer = calling.asked("act", acting, calling_for)
    return Done(answer["number"], answer["step"], answer["entry"])


def do_confirm_notice(*, acting: Acting, at: dt.datetime, notice_id: UUID, done: str) -> None:
    """A recipient says what it did with what it was given: one of :data:`.limits.DONE`."""
    if done not in limits.DONE:
        raise Problem("done_unknown", _("没有这种处理结果。"), _("请从列出的结果中选择。"))
    calling.told("confirm_notice", acting, notice_id, done, at)


def do_make_statement(
    *, acting: Acting, at: dt.datetime, record_id: UUID, text: str, seal: limits.Sealer | None
) -> UUID:
    """Put own words beside a record; they take the place of earlier ones. ``seal``: for a person's, under its key."""
    text = limits.check_statement(text)
    key = uuid7()
    sealed = base64.b64encode(seal(crypto_subject.statement_place(key), text.encode())).decode() if seal else None
    calling.asked("make_statement", acting, {
        "id": str(key), "record": str(record_id), "text": None if seal else text, "sealed": sealed,
        "at": at.isoformat(),
    })  # fmt: skip
    return key


def do_end_statement(*, acting: Acting, at: dt.datetime, statement_id: UUID, ground: str = "") -> None:
    """Withdraw an own statement; or, for the credit office with a ground that the subject reads, hide one."""
    calling.told("end_statement", acting, statement_id, ground.strip()[:500], at)


def do_represent(
    *, acting: Acting, at: dt.datetime, subject_id: UUID, entry_id: int, account: str, ground: str, since: dt.date,
    until: dt.date, case_id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Enter that an account (by its user name) may act for a subject: a guardian, or an agent with an authority.

    A guardian's last day is the one before the eighteenth birthday at the latest; Problem ``guardian_until`` tells it.
    """
    if ground not in ("guardian", "agent") or until < since:
        raise Problem("representation_wrong", _("代理的种类或者期限不对。"), _("请核对授权书或者监护证明。"))
    key = uuid7()
    wanted = calling.json({
        "id": str(key), "subject": str(subject_id), "entry": entry_id, "account": account, "ground": ground,
        "since": since.isoformat(), "until": until.isoformat(), "case": str(case_id) if case_id else None,
        "at": at.isoformat(),
    })  # fmt: skip
    with transaction.atomic():
        rows = calling.rows("represent", acting, wanted)
        if ground == "guardian":
            _check_guardian(rows, until)
    if rows[0][2].get("refusal"):
        raise calling.problem(rows[0][2]["refusal"])
    return key


def _check_guardian(rows: list[Row], until: dt.date) -> None:
    """The day of birth stands in the answer; a guardianship that would outlast childhood is taken back whole."""
    for kind, number in plain_numbers(rows):
        born = gate_rules.born_on(kind, number)
        last = gate_rules.comes_of_age(born) - dt.timedelta(days=1) if born else None
        if last and until > last:
            what = _("监护到年满十八周岁为止，最后一天是 %(day)s。") % {"day": last.isoformat()}
            raise Problem("guardian_until", what, _("请改正最后一天；已经成年的，由本人自己办理或者委托代理人。"))


def do_end_representation(*, acting: Acting, at: dt.datetime, representation_id: UUID) -> None:
    """End it: by the subject, by who stands for it, or by the credit office."""
    calling.told("end_representation", acting, representation_id, at)


@transaction.atomic
def do_load_procedures() -> int:
    """Write the transitions of all procedures for the database to hold cases to; how many. Needs the owner's role."""
    rows = [row for procedure in PROCEDURES.values() for row in limits.transition_rows(procedure)]
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE rights_transition IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM rights_transition")
        cursor.executemany(
            'INSERT INTO rights_transition (procedure, frm, act, "to", by, next, outcome, final, told, effects,'
            " decides, needs, clock) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )
    return len(rows)
