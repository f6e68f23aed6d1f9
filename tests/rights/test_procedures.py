"""Every procedure against its naive twin: the whole matrix of step × act × account, and random paths through time.

No path skips a notice, none decides by silence, a closed case stays closed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import orjson
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.procedure import Act, Procedure, Step, check
from goodfaith.common.roles import JOBS, WEB
from goodfaith.gate.models import Message
from goodfaith.law import queries as law
from goodfaith.ledger.models import Entry
from goodfaith.records.models import Mark, Record
from goodfaith.rights import actions, jobs
from goodfaith.rights.models import Case, Clock, Event, Transition
from goodfaith.rights.procedures import KINDS, PROCEDURES
from goodfaith.rights.versions import REASONS, versions
from tests.conftest import as_role
from tests.rights import twin
from tests.rights.town import REMEDY, Town, do, draft, look, on
from tests.rights.twin import Twin

PEOPLE = ("firm", "office", "clerk", "deliverer", "taxman", "chief", "auditor", "banker", "stranger")
ACTS = sorted({act.code for procedure in PROCEDURES.values() for act in procedure.acts} | {"open", "x"})
KIND = {"objection": "wrong", "repair": "performed", "complaint": "handling", "request": "copy", "note": "litigation"}


# -- the tables -------------------------------------------------------------------------------------------
def test_the_declared_procedures_are_the_twins() -> None:
    declared: dict[twin.Way, set[str]] = {}
    for procedure in PROCEDURES.values():
        for frm, act, who, to in procedure.transitions():
            declared.setdefault((procedure.code, frm, act.code, who), set()).add(to.code)
            assert act.decides == twin.decides(procedure.code, act.code), (procedure.code, act.code)
            assert act.told == (act.code not in twin.UNTOLD), (procedure.code, act.code)
            assert to.final == (to.code in twin.ENDS)
    assert declared == twin.WAYS


def test_the_database_holds_what_is_declared(db: None) -> None:
    declared = {
        (procedure.code, frm, act.code, who, to.code, to.next, to.outcome, to.final, act.told, act.effects, act.decides,
         act.needs, act.clock)
        for procedure in PROCEDURES.values() for frm, act, who, to in procedure.transitions()
    }  # fmt: skip
    kept = Transition.objects.values_list(
        "procedure",
        "frm",
        "act",
        "by",
        "to",
        "next",
        "outcome",
        "final",
        "told",
        "effects",
        "decides",
        "needs",
        "clock",
    )
    assert {(*row[:9], tuple(row[9]), row[10], tuple(row[11]), row[12]) for row in kept} == declared


def test_each_kind_belongs_to_a_procedure() -> None:
    assert set(KINDS) == set(PROCEDURES) == set(twin.TABLE) and all(KINDS.values())


A, B, END = Step("a", "A", "subject", ""), Step("b", "B", "office", ""), Step("end", "E", "nobody", "", outcome="x")
GOOD = [Act("go", "", ("a",), "b", ("subject",), "art"), Act("stop", "", ("b",), "end", ("office",), "art")]
ILL_FORMED = [
    ([*GOOD, Act("x", "", ("nowhere",), "b", ("office",), "")], "no step"),
    ([*GOOD, Act("x", "", ("b",), "nowhere", ("office",), "")], "no step"),
    ([*GOOD, Act("x", "", ("end",), "a", ("office",), "")], "stays closed"),
    ([*GOOD, Act("x", "", ("end",), "", ("subject",), "")], "stays closed"),
    ([GOOD[0], Act("stop", "", ("b",), "end", ("office",), "", told=False)], "nobody is told"),
    ([*GOOD, Act("x", "", ("b",), "end", ("job",), "")], "no job decides"),
    ([*GOOD, Act("x", "", ("b",), "a", ("job",), "")], "no job decides"),
    ([*GOOD, Act("x", "", ("b",), "", ("job",), "", decides=True)], "no job decides"),
    ([*GOOD, Act("x", "", ("b",), "back", ("job",), "")], "no job decides"),
    ([GOOD[0]], "no end from"),
    ([GOOD[1]], "no end from"),
]


@pytest.mark.parametrize(("acts", "why"), ILL_FORMED)
def test_an_ill_formed_procedure_is_refused(acts: list[Act], why: str) -> None:
    Procedure("p", "P", "P", (A, B, END), tuple(GOOD))
    with pytest.raises(ValueError, match=why):
        check(Procedure("p", "P", "P", (A, B, END), tuple(acts)))


# -- the matrix -------------------------------------------------------------------------------------------
def path_to(procedure: str, step: str) -> list[tuple[str, str]]:
    """A shortest way from the draft: (who, act)."""
    start = Twin(procedure, KIND[procedure])
    seen, waiting = {"draft"}, [(start, [])]  # type: tuple[set[str], list[tuple[Twin, list[tuple[str, str]]]]]
    while waiting:
        state, path = waiting.pop(0)
        if state.step == step:
            return path
        for who, act in ((w, a) for w in ("firm", "office", "clerk", "taxman") for a in ACTS):
            to = state.leads(who, act)
            if (to in twin.ENDS or to in _steps(procedure)) and to not in seen:
                seen.add(to)
                fresh = Twin(**{**vars(state), "marks": set(state.marks)})
                fresh.go(act, to)
                waiting.append((fresh, [*path, (who, act)]))
    raise AssertionError(f"no way to {procedure}.{step}")


def _steps(procedure: str) -> set[str]:
    return {step.code for step in PROCEDURES[procedure].steps}


def brought(town: Town, procedure: str, step: str) -> tuple[actions.CaseRef, Twin]:
    """A case that stands there, and its twin."""
    ref, state = draft(town, procedure=procedure, kind=KIND[procedure]), Twin(procedure, KIND[procedure])
    for who, act in path_to(procedure, step):
        state.go(act, do(town, who, ref, act).step)
    assert state.step == step
    return ref, state


def raw(town: Town, who: str, ref: actions.CaseRef, act: str, **more: Any) -> str:
    """The function itself, called with everything that any act could need; the step, or why not."""
    texts = [
        {"id": str(uuid.uuid4()), "part": part, "sealed": "AQE=", "for_subject": True}
        for part in ("answer", "reason", "message")
    ]
    facts = {"remedy": REMEDY, "number": "1", "commitment": True}
    case = Case.objects.get(id=ref.id)
    officer = next((u for u in town.users.values() if u.kind == "officer" and u.unit_id == case.unit), None)
    wanted = {"case": str(ref.id), "act": act, "expect": case.step, "at": clock.now().isoformat(), "facts": facts,
              "texts": texts, "unit": "tax", "officer": officer and str(officer.pk),
              "confirm_due": clock.today().isoformat(), **more}  # fmt: skip
    acting = town.acting(who)
    with as_role(WEB), connection.cursor() as cursor:
        cursor.execute("SELECT rights.act(%s, %s, %s)", [acting.kind, acting.id, orjson.dumps(wanted).decode()])
        answer = orjson.loads(cursor.fetchone()[0])
    return str(answer.get("problem") or answer.get("refusal") or answer["step"])


@pytest.mark.parametrize(("procedure", "step"), [(p.code, s.code) for p in PROCEDURES.values() for s in p.steps])
def test_at_each_step_each_account_may_do_what_the_rules_say(town: Town, procedure: str, step: str) -> None:
    ref, state = brought(town, procedure, step)
    view = look(town, "clerk" if state.unit == "market" else "office", ref) if state.step != "draft" else None
    right = {town.records["firm"]: {"CF_NR_FK": "4"}}
    new = {act: versions(view, act, right) for act in REASONS if view and state.current}
    wrong = []
    for who in PEOPLE:
        for act in ACTS if state.parts(who) else ("file", "withdraw", "correct"):
            before = Entry.objects.count()
            with transaction.atomic():
                came = raw(town, who, ref, act, versions=new.get(act, []))
                entries = Entry.objects.count() - before
                transaction.set_rollback(True)
            if came != state.leads(who, act) or entries != 1:
                wrong.append((who, act, state.leads(who, act), came, entries))
    assert wrong == []


BARE = {"texts": [], "facts": {}, "unit": None, "officer": None}
NEEDY = [(p.code, act.code, frm) for p in PROCEDURES.values() for act in p.acts if set(act.needs) - {"correction"}
         for frm in act.frm[:1]]  # fmt: skip


@pytest.mark.parametrize(("procedure", "act", "step"), NEEDY)
def test_the_database_itself_asks_for_what_an_act_needs(town: Town, procedure: str, act: str, step: str) -> None:
    ref, state = brought(town, procedure, step)
    who = next(
        one
        for one in ("firm", "office", "clerk", "chief", "auditor", "taxman")
        if state.leads(one, act) in _steps(procedure)
    )
    assert raw(town, who, ref, act, **BARE) in ("needs_missing", "unit_unknown", "officer_unknown")
    assert Case.objects.get(id=ref.id).step == step


def test_the_database_lets_an_act_do_to_the_clocks_only_what_it_can(town: Town) -> None:
    ref, _ = brought(town, "objection", "source")
    name = Clock.objects.filter(case_id=ref.id, stopped_on=None).first().name  # type: ignore[union-attr]
    far = (clock.today() + dt.timedelta(days=999)).isoformat()
    for act, op in (("say", "extend"), ("say", "stop"), ("urge", "suspend"), ("maintain", "extend"), ("ask", "stop")):
        who = {"say": "firm", "urge": "chief"}.get(act, "clerk")
        assert raw(town, who, ref, act, clocks=[{"op": op, "name": name, "due": far, "pauses": []}]) == "act_not_here"
    assert raw(town, "clerk", ref, "maintain", clocks=[]) == "maintained"
    assert not Clock.objects.filter(case_id=ref.id, stopped_on=None).exists()  # nothing runs on after the end


# -- random paths -----------------------------------------------------------------------------------------
class Walk(RuleBasedStateMachine):
    """One case, acted on by anybody, while time passes and the worker works."""

    town: Town

    @initialize(procedure=st.sampled_from(sorted(PROCEDURES)), not_me=st.booleans())
    def begin(self, procedure: str, not_me: bool) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.patch = pytest.MonkeyPatch()
        kind = "not_me" if procedure == "objection" and not_me else KIND[procedure]
        self.ref = draft(self.town, procedure=procedure, kind=kind)
        self.state = Twin(procedure, kind)
        self.extended: set[str] = set()
        self.officer_steps = self.told = 0
        self.versions = Record.objects.filter(subject_id=self.town.firm).count()

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            self.patch.undo()
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    @rule(who=st.sampled_from(PEOPLE), data=st.data())
    def somebody_acts(self, who: str, data: st.DataObject) -> None:
        possible = sorted(act for act in ACTS if self.state.leads(who, act) in _steps(self.state.procedure))
        act = data.draw(st.sampled_from(possible or ACTS), label="act")
        expected = self.state.leads(who, act)
        try:
            came = do(self.town, who, self.ref, act).step
        except Problem as problem:
            if act == "extend" and expected == self.state.step:
                assert problem.code.startswith("extension") or problem.code == "pause_not_allowed", problem.code
                return
            came = problem.code
        assert came == expected, (who, act)
        if came in _steps(self.state.procedure):
            self.state.go(act, came)
            self.told += who != "firm" and act not in twin.UNTOLD
            if act == "extend":
                self._extended()

    def _extended(self) -> None:
        now = set(Clock.objects.filter(case_id=self.ref.id, extended_on__isnull=False).values_list("pk", flat=True))
        assert len(now) <= len(self.extended) + 1 and now >= self.extended
        self.extended = now

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        """Silence: the worker sends up, reminds, recalls; it never takes a step."""
        on(self.patch, clock.today() + dt.timedelta(days=days))
        before = Event.objects.filter(case_id=self.ref.id, act="escalate").count()
        with as_role(JOBS):
            jobs.minute(0)
        self.told += Event.objects.filter(case_id=self.ref.id, act="escalate").count() - before

    @precondition(lambda self: self.state.step in twin.ENDS)
    @rule(change=st.sampled_from(["step = 'filed', closed_at = NULL, outcome = NULL", "facts = '{}'", "closed_at = now()",
                                  "unit = 'x'"]))  # fmt: skip
    def somebody_writes_into_a_closed_case(self, change: str) -> None:
        with pytest.raises(IntegrityError, match="stays closed"), transaction.atomic():
            connection.cursor().execute(f"UPDATE rights_case SET {change} WHERE id = %s", [self.ref.id])

    @invariant()
    def the_case_stands_where_the_twin_stands(self) -> None:
        case = Case.objects.get(id=self.ref.id)
        assert (case.step, case.next, case.unit) == (self.state.step, self.state.next, self.state.unit)
        assert case.outcome == (self.state.step if self.state.step in twin.ENDS else None)
        assert (case.closed_at is not None) == (self.state.step in twin.ENDS)

    @invariant()
    def each_step_has_its_event_its_entry_and_its_message(self) -> None:
        at = "draft"
        for event in Event.objects.filter(case_id=self.ref.id).order_by("id"):
            assert event.frm == at
            at = event.to
            entry = Entry.objects.get(id=event.entry_id)
            assert (entry.purpose, entry.case_no, entry.outcome) == ("rights_case", self.ref.number, "done")
            messages = Message.objects.filter(entry_id=event.entry_id).count()
            assert messages == (event.told and event.actor_kind in ("officer", "job"))
            if (event.actor_kind == "officer" and event.frm != event.to) or event.to in twin.ENDS:
                assert event.told
        assert at == self.state.step
        assert Message.objects.filter(kind="case", facts__case=str(self.ref.id)).count() == self.told

    @invariant()
    def marks_stand_while_the_case_is_open(self) -> None:
        assert (
            set(Mark.objects.filter(case_id=self.ref.id, until=None).values_list("kind", flat=True)) == self.state.marks
        )

    @invariant()
    def clocks_run_while_somebody_owes_something(self) -> None:
        rules = PROCEDURES[self.state.procedure]
        running = list(Clock.objects.filter(case_id=self.ref.id, stopped_on=None).values_list("name", flat=True))
        assert len(running) == len(set(running))
        if self.state.step in twin.ENDS or self.state.step == "draft":
            assert running == []
        else:
            of_all = {name for name in rules.whole if self._limited(name)}
            assert of_all <= set(running) <= of_all | {name for step in rules.steps for name in step.clocks}
            assert {name for name in rules.step(self.state.step).clocks if self._limited(name)} <= set(running)

    def _limited(self, name: str) -> bool:
        return any(one.step == name and one.procedure == self.state.procedure for one in law.limits())

    @invariant()
    def the_record_is_what_was_decided(self) -> None:
        decided = self.state.step in ("corrected", "unlinked") or not self.state.current
        assert Record.objects.filter(subject_id=self.town.firm).count() == self.versions + decided
        now = Record.objects.get(subject_id=self.town.firm, superseded_at=None).status
        assert (now == "current") == self.state.current


def test_random_paths_through_time_do_as_the_twin(town: Town) -> None:
    made = type("TownWalk", (Walk,), {"town": town})
    run_state_machine_as_test(
        made,
        settings=settings(
            max_examples=30, stateful_step_count=14, deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
        ),
    )  # fmt: skip
