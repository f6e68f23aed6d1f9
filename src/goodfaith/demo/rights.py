"""Cases in every state for the demo: objections, repair, complaints, requests, and the recalls that follow.

All of it goes through the room's own actions, as the citizen, the enterprise and the officers would call them; the
rules compute the clocks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.demo import own
from goodfaith.demo.city import City
from goodfaith.demo.deliveries import moment
from goodfaith.demo.words import rights as words
from goodfaith.gate import queries as gate
from goodfaith.gate.handles import FileHandle, RecordView
from goodfaith.intake.models import Delivery
from goodfaith.ledger import queries as ledger
from goodfaith.parties.models import User
from goodfaith.rights import actions, commitment, drafting, jobs, queries
from goodfaith.rights.actions import CaseRef
from goodfaith.rights.models import FindingsTold
from goodfaith.rights.versions import correctable

NAMES = ("citizen", "enterprise", "clerk", "court_clerk", "credit_office", "bank", "agency")


@dataclass(frozen=True)
class Cast:
    """Who acts, whose files there are, and when the demo begins."""

    city: City
    at: dt.datetime
    users: Mapping[str, Acting]
    files: Mapping[str, FileHandle]

    def ago(self, days: int) -> dt.datetime:
        """In office hours so many working days before, or now."""
        day = self.at.astimezone(clock.CHINA).date()
        while days > 0:
            day -= dt.timedelta(days=1)
            days -= clock.is_working_day(day)
        return min(moment(day), self.at)

    def record(self, whose: str, item: str, unit: str, newest: int = 0) -> RecordView:
        """A record of the citizen's or the enterprise's file, the newest first."""
        found = [one for one in self.files[whose].current if (one.item, one.source_unit) == (item, unit)]
        return found[newest]


def lay(city: City, at: dt.datetime) -> None:
    """Lay the cases, after the looks of :mod:`.gate`; without a ledger that is being sealed there are none."""
    _told_before(at)
    if not ledger.standing():
        return
    users = {user.username: user.acting for user in User.objects.filter(username__in=NAMES)}
    files = {name: _file(users[name]) for name in ("citizen", "enterprise")}
    cast = Cast(city, at, users, files)
    for scene in (_over, _running, _late, _repair, _citizen, _asked_of_the_office, _recalled):
        scene(cast)
    jobs.minute(0)  # what the worker would do: send up what is overdue, sign what waits


def _told_before(at: dt.datetime) -> None:
    """The deliveries of past years are no news: nobody is written to about them now."""
    past = Delivery.objects.filter(state="committed").values_list("id", flat=True)
    FindingsTold.objects.bulk_create(
        (FindingsTold(delivery_id=one, at=at, messages=0) for one in past), batch_size=2_000, ignore_conflicts=True
    )


def _file(acting: Acting) -> FileHandle:
    subject = User.objects.get(pk=acting.id).subject_id
    return gate.open_file(acting=acting, purpose="self_access", subject_id=subject)


def opened(
    cast: Cast, who: str, procedure: str, kind: str, records: list[UUID], at: dt.datetime, claim: str
) -> CaseRef:  # fmt: skip
    """A draft by its subject."""
    return actions.do_open(
        acting=cast.users[who], at=at, procedure=procedure, kind=kind, records=records, texts={"claim": claim}
    )


def filed(cast: Cast, who: str, procedure: str, kind: str, records: list[UUID], ago: int, claim: str) -> CaseRef:
    """A case that its subject filed so many working days before."""
    at = cast.ago(ago)
    ref = opened(cast, who, procedure, kind, records, at, claim)
    case = queries.my_case(cast.users[who], ref.id)
    texts, facts = {}, {}
    if procedure == "repair":
        version = commitment.NEWEST
        texts["commitment"] = commitment.signed(version, words.SIGNED_BY[who], at.astimezone(clock.CHINA).date())
        facts = {"commitment": True, "commitment_version": version, "route": kind}
    actions.do_act(acting=cast.users[who], at=at, case=case, act="file", texts=texts, facts=facts)
    return ref


def act(
    cast: Cast, who: str, ref: CaseRef, code: str, ago: int = 0, text: str = "", **more: Any
) -> None:  # fmt: skip
    """One act of an officer, who opens the case first; a decision tells its remedy."""
    at, officer = cast.ago(ago), cast.users[who]
    case = queries.open_case(officer, ref.id)
    done = case.rules.act(code, case.step)
    facts = words.remedy(cast.city.name, at) if done is not None and "remedy" in done.needs else {}
    letter = drafting.has_letter(case.procedure, code)
    texts = {"answer": text} if text else {}
    if code == "correct":
        more["corrections"] = _corrections(case)
    actions.do_act(acting=officer, at=at, case=case, act=code, texts=texts, facts=facts, letter=letter, **more)


def _corrections(case: Any) -> dict[UUID, dict[str, str]]:
    """The longest text of the record, put right by a word."""
    found = {}
    for record, fields in correctable(case).items():
        code, _name, before = max((one for one in fields if one[0] in words.CORRECTED), key=lambda one: len(one[2]))
        found[record] = {code: f"{before}{words.PUT_RIGHT}"}
    return found


def _over(cast: Cast) -> None:
    """An objection in which the clerk found the record right, and one that the enterprise withdrew."""
    honour = cast.record("enterprise", "honours.honour", "market_regulation")
    ref = filed(cast, "enterprise", "objection", "incomplete", [honour.id], 1, words.INCOMPLETE)
    act(cast, "credit_office", ref, "forward", 0)
    act(cast, "clerk", ref, "maintain", 0, words.MAINTAINED)
    promise = cast.record("enterprise", "commitments.commitment", "market_regulation")
    ref = filed(cast, "enterprise", "objection", "wrong", [promise.id], 1, words.MISREAD)
    mine = queries.my_case(cast.users["enterprise"], ref.id)
    actions.do_act(acting=cast.users["enterprise"], at=cast.at, case=mine, act="withdraw")


def _running(cast: Cast) -> None:
    """On the clerk's desk with the clock running, and one for which the subject brings more."""
    warned = cast.record("enterprise", own.PENALTY, "market_regulation")
    ref = filed(cast, "enterprise", "objection", "wrong", [warned.id], 1, words.WRONG_PLACE)
    act(cast, "credit_office", ref, "forward", 0)
    old = cast.record("enterprise", own.PENALTY, "city_management")
    ref = filed(cast, "enterprise", "objection", "past_term", [old.id], 1, words.PAST_TERM)
    act(cast, "credit_office", ref, "ask", 0, words.ASKED)


def _late(cast: Cast) -> None:
    """Forwarded long ago, and not answered: it goes up by itself."""
    fined = cast.record("enterprise", own.PENALTY, "housing")
    ref = filed(cast, "enterprise", "objection", "wrong", [fined.id], 21, words.WRONG_AMOUNT)
    act(cast, "credit_office", ref, "forward", 20)


def _repair(cast: Cast) -> None:
    """One granted, one that waits, a draft; and the enterprise's own words beside what it cannot have repaired yet."""
    listed = cast.record("enterprise", "market.abnormal_operation", "market_regulation")
    ref = filed(cast, "enterprise", "repair", "performed", [listed.id], 1, words.MOVED_OUT)
    act(cast, "clerk", ref, "accept", 0)
    act(cast, "clerk", ref, "grant", 0, words.GRANTED)
    fined = cast.record("enterprise", own.PENALTY, "ecology")
    filed(cast, "enterprise", "repair", "performed", [fined.id], 1, words.PAID)
    other = cast.record("enterprise", own.PENALTY, "emergency")
    opened(cast, "enterprise", "repair", "performed_late", [other.id], cast.at, words.PAID_LATE)
    closed = cast.record("enterprise", own.PENALTY, "fire")
    actions.do_make_statement(
        acting=cast.users["enterprise"], at=cast.ago(4), record_id=closed.id, text=words.STATEMENT, seal=None
    )


def _citizen(cast: Cast) -> None:
    """The wrong person, at once out of sight; one at its source; a lawsuit about an old listing."""
    fined = cast.record("citizen", own.PENALTY, "transport")
    filed(cast, "citizen", "objection", "not_me", [fined.id], 0, words.NOT_ME)
    warned = cast.record("citizen", own.PENALTY, "public_security")
    ref = filed(cast, "citizen", "objection", "wrong", [warned.id], 1, words.WRONG_DAY)
    act(cast, "credit_office", ref, "forward", 0)
    listed = cast.record("citizen", "courts.judgment_defaulter", "court")
    ref = filed(cast, "citizen", "note", "reconsideration", [listed.id], 2, words.RECONSIDERED)
    act(cast, "court_clerk", ref, "enter", 0)


def _asked_of_the_office(cast: Cast) -> None:
    """A complaint and a request under the Personal Information Protection Law; one request is answered."""
    filed(cast, "citizen", "complaint", "handling", [], 2, words.COMPLAINT)
    filed(cast, "citizen", "request", "copy", [], 1, words.COPY)
    ref = filed(cast, "citizen", "request", "explanation", [], 3, words.EXPLAIN)
    act(cast, "credit_office", ref, "grant", 0, words.EXPLAINED)


def _recalled(cast: Cast) -> None:
    """Two licences that the platform itself had wrong: who was given them confirmed, waits, or is silent."""
    licence = cast.record("enterprise", own.LICENCE, "housing")
    ref = filed(cast, "enterprise", "objection", "wrong", [licence.id], 1, words.WRONG_SCOPE)
    act(cast, "credit_office", ref, "take", 0)
    act(cast, "credit_office", ref, "correct", 0, words.CORRECTED_BY_US)
    _confirm(cast, "bank")
    driver = cast.record("citizen", own.LICENCE, "transport")
    ref = filed(cast, "citizen", "objection", "wrong", [driver.id], 8, words.WRONG_CLASS)
    act(cast, "credit_office", ref, "take", 7)
    act(cast, "credit_office", ref, "correct", 7, words.CORRECTED_BY_US)


def _confirm(cast: Cast, who: str) -> None:
    for notice in queries.unit_notices(cast.users[who], state="waiting"):
        actions.do_confirm_notice(acting=cast.users[who], at=cast.at, notice_id=notice.id, done="corrected")
