"""Questions about duties: asked by accounts, answered by the responsible unit, published if both agree.

Who asked is kept as a keyed digest, also in the history; the words are sealed.
"""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from goodfaith.common import crypto, history
from goodfaith.common.acting import Acting
from goodfaith.common.clock import add_working_days
from goodfaith.common.ids import uuid7
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import OFFICE, SOURCE, SUBJECT
from goodfaith.duties import rules, who
from goodfaith.duties.actions import acts
from goodfaith.duties.actions.ledger import at_day
from goodfaith.duties.models import Duty, Question
from goodfaith.law import queries as law
from goodfaith.parties.queries import unit as unit_of
from goodfaith.rights import clocks

LONGEST = 1000


def asker_key(acting: Acting) -> bytes:
    """The digest that an account's questions are found by; Problem for who is no citizen's or enterprise's account."""
    if acting.kind not in ("citizen", "enterprise"):
        raise who.refused()
    return crypto.index_key("duty_question", f"{acting.kind}:{acting.id}")


def unnamed(acting: Acting) -> Acting:
    """The same actor without name and account."""
    return Acting(kind=acting.kind, id=asker_key(acting).hex(), name="")


def answer_due(on: dt.date) -> tuple[dt.date, str]:
    """The last day for an answer to what is asked on that day, and by which rule."""
    area = str(settings.CITY["area_code"])
    chosen = law.limit_for(procedure="duty", step="question_answer", area=area, on=on)
    if chosen is not None:
        return clocks.due(chosen.limit, on), chosen.why[:300]
    days = settings.DUTIES["question_working_days"]
    return add_working_days(on, days), _("本平台的服务承诺：%(n)s 个工作日。") % {"n": days}


def _askable(duty_id: UUID) -> Duty:
    duty = Duty.objects.filter(pk=duty_id, disclosure="open", document__step="adopted").first()
    if duty is None:
        raise acts.unknown()
    return duty


@transaction.atomic
def do_ask(*, acting: Acting, at: dt.datetime, duty_id: UUID, text: str, may_publish: bool) -> Question:
    """An account asks about an open duty. Problem when too many of its questions wait."""
    asker = asker_key(acting)
    duty, text = _askable(duty_id), rules.check_words(text, longest=LONGEST)
    acts.one_at_a_time(f"question.{asker.hex()}")
    most = settings.DUTIES["open_questions"]
    if Question.objects.filter(asker=asker, step="asked").count() >= most:
        raise Problem(
            "too_many_questions",
            _("您已经有 %(n)s 个问题在等答复。") % {"n": most},
            _("请等答复后再问。"),
            status=acts.CONFLICT,
        )
    key, today = uuid7(), acts.day(at)
    due_on, why = answer_due(today)
    line = at_day(duty.lines.exclude(part="participating").exclude(unit=None), today).order_by("line").first()
    question = Question.objects.create(
        id=key, duty=duty, asker=asker, unit_id=line.unit_id if line else None, step="asked", may_publish=may_publish,
        text=crypto.seal_text(text, crypto.text_context(key, "text")), asked_at=at, due_on=due_on, why=why,
    )  # fmt: skip
    hidden = unnamed(acting)
    acts.event(acting=hidden, at=at, procedure="question", key=key, act="ask", frm="", to="asked", duty_id=duty.pk)
    history.note(acting=hidden, at=at, action="duties.ask", object_type="duties_question", object_id=key)
    return question


@transaction.atomic
def do_withdraw_question(*, acting: Acting, at: dt.datetime, question_id: UUID) -> None:
    """The asker takes an unanswered question back."""
    question = acts.locked(Question, question_id)
    if bytes(question.asker) != asker_key(acting):
        raise acts.unknown()
    hidden = unnamed(acting)
    acts.move(question, "question", "withdraw", SUBJECT, acting=hidden, at=at, duty_id=question.duty_id)
    question.save(update_fields=["step"])
    history.note(
        acting=hidden, at=at, action="duties.withdraw_question", object_type="duties_question", object_id=question_id
    )


def _parts(acting: Acting, question: Question) -> set[str]:
    role = who.role_of(acting)
    found = {OFFICE} if role == "credit_office" else set()
    if role in ("clerk", "credit_office") and acting.unit is not None and acting.unit == question.unit_id:
        found.add(SOURCE)
    if not found:
        raise who.refused()
    return found


@transaction.atomic
def do_answer(
    *, acting: Acting, at: dt.datetime, question_id: UUID, answer: str, publish: bool = False, shown_question: str = "",
    shown_answer: str = "",
) -> None:  # fmt: skip
    """Answer; with ``publish``, and if the asker agreed, both are shown without name in the words ``shown_*``, from
    which the officer strikes what would tell who asked; empty: as they are."""
    question = acts.locked(Question, question_id)
    parts, answer = _parts(acting, question), rules.check_words(answer)
    if publish and not question.may_publish:
        raise Problem("not_to_publish", _("提问人不同意公开。"), _("请只答复本人。"))
    # the answer stands sealed in the question's row; the event says only that it was given
    acts.act_of("question", "answer", question.step, *parts)
    acts.event(
        acting=acting, at=at, procedure="question", key=question.pk, act="answer", frm=question.step, to="answered",
        facts={"published": publish}, duty_id=question.duty_id,
    )  # fmt: skip
    question.step, question.answered_at, question.answered_by = "answered", at, acting.id
    question.answer = crypto.seal_text(answer, crypto.text_context(question.pk, "answer"))
    if publish:
        words = crypto.unseal_text(question.text, crypto.text_context(question.pk, "text"))
        question.shown_question = rules.check_words(shown_question or words)
        question.shown_answer = rules.check_words(shown_answer or answer)
    question.save(update_fields=["step", "answered_at", "answered_by", "answer", "shown_question", "shown_answer"])
    history.note(
        acting=acting, at=at, action="duties.answer", object_type="duties_question", object_id=question_id,
        after={"published": publish},
    )  # fmt: skip


@transaction.atomic
def do_pass_on(*, acting: Acting, at: dt.datetime, question_id: UUID, unit: str) -> None:
    """Another unit of the same duty answers; the day stays."""
    question = acts.locked(Question, question_id)
    parts = _parts(acting, question)
    unit_of(unit)
    if not at_day(question.duty.lines.filter(unit_id=unit), acts.day(at)).exists():
        raise Problem("duty_of_others", _("这个单位不承担这项任务。"), _("请从这项任务的单位中选择。"))
    acts.move(
        question, "question", "pass_on", *parts, acting=acting, at=at, facts={"unit": unit}, duty_id=question.duty_id
    )
    before, question.unit_id = question.unit_id, unit
    question.save(update_fields=["unit"])
    history.note(
        acting=acting, at=at, action="duties.pass_on", object_type="duties_question", object_id=question_id,
        before={"unit": before}, after={"unit": unit},
    )  # fmt: skip
