"""The procedures once more, in plain Python and without a database: what the walks hold the database against.

Written from the rules and not from :mod:`goodfaith.rights.procedures`; where the two differ, one of them is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SUBJECT, OFFICE, SOURCE, SUPERVISOR, JOB = "subject", "office", "source", "supervisor", "job"
Way = tuple[str, str, str, str]
"""procedure, step, act, who"""

WORKING = {
    "objection": "filed own source expert", "repair": "filed accepted checking", "complaint": "filed source",
    "request": "filed", "note": "filed pending stayed",
}  # fmt: skip
HANDLERS = {
    "objection": (OFFICE, SOURCE),
    "repair": (SOURCE,),
    "complaint": (OFFICE,),
    "request": (OFFICE,),
    "note": (SOURCE,),
}
TABLE = {
    "objection": """
        draft file filed subject office source
        filed take own office | filed forward source office | own forward source office | source give_back filed source
        filed refuse refused office
        source hear_expert expert source | expert expert_done source source
        source maintain maintained source | source correct corrected source | source annul annulled source
        source unlink unlinked source
        own maintain maintained office | own correct corrected office | own annul annulled office
        own unlink unlinked office
        filed ask supplement office source | own ask supplement office source | source ask supplement office source
    """,
    "repair": """
        draft file filed subject office source
        filed accept accepted source | filed refuse refused source
        accepted hear_expert checking source | checking expert_done accepted source
        accepted grant granted source | accepted deny denied source
        filed ask supplement source | accepted ask supplement source
    """,
    "complaint": """
        draft file filed subject office
        filed hear source office | source explain filed source | source take_back filed office
        filed uphold founded office | filed dismiss unfounded office
        filed ask supplement office
    """,
    "request": """
        draft file filed subject office
        filed grant granted office | filed deny denied office
        filed ask supplement office
    """,
    "note": """
        draft file filed subject office source
        filed enter pending source | stayed enter pending source | filed stay stayed source | pending stay stayed source
        filed refuse refused source | pending uphold upheld source | stayed uphold upheld source
        filed annul annulled source | pending annul annulled source | stayed annul annulled source
        filed ask supplement source
    """,
}
GO_ON = {
    "objection": (OFFICE, SOURCE),
    "repair": (SOURCE,),
    "complaint": (OFFICE, SOURCE),
    "request": (OFFICE, SOURCE),
    "note": (SOURCE,),
}
ENDS = frozenset(
    [
        "discarded",
        "withdrawn",
        "maintained",
        "corrected",
        "annulled",
        "unlinked",
        "refused",
        "granted",
        "denied",
        "founded",
        "unfounded",
        "upheld",
    ]
)
DECIDING = frozenset(["refuse", "maintain", "correct", "annul", "unlink", "grant", "deny", "dismiss"])
"""Not by who brought the record in; "uphold" is one for complaints, and the registration of a judgment for notes."""
UNTOLD = frozenset(["save", "say", "delegate"])


def ways() -> dict[Way, set[str]]:
    """(procedure, step, act, who) → the steps that it may lead to."""
    found: dict[Way, set[str]] = {}

    def add(procedure: str, step: str, act: str, who: str, *to: str) -> None:
        found.setdefault((procedure, step, act, who), set()).update(to)

    for procedure, table in TABLE.items():
        for line in table.replace("|", "\n").split("\n"):
            if line.strip():
                frm, act, to, *people = line.split()
                for who in people:
                    add(procedure, frm, act, who, to)
        asked = {frm for (p, frm, act, _) in found if p == procedure and act == "ask"}
        working, handlers = WORKING[procedure].split(), HANDLERS[procedure]
        add(procedure, "draft", "save", SUBJECT, "draft")
        add(procedure, "draft", "discard", SUBJECT, "discarded")
        add(procedure, "supplement", "supply", SUBJECT, *asked)
        for who in GO_ON[procedure]:
            add(procedure, "supplement", "go_on", who, *asked)
        for step in (*working, "supplement"):
            add(procedure, step, "withdraw", SUBJECT, "withdrawn")
            add(procedure, step, "say", SUBJECT, step)
        for step in working:
            for who in (*handlers, SUPERVISOR):
                add(procedure, step, "delegate", who, step)
            for who in handlers:
                add(procedure, step, "extend", who, step)
            add(procedure, step, "urge", SUPERVISOR, step)
            add(procedure, step, "escalate", JOB, step)
    return found


WAYS = ways()
OFFICE_STEPS = {"objection": "filed own", "complaint": "filed", "request": "filed"}
SOURCE_STEPS = {"objection": "source expert", "repair": "filed accepted checking", "complaint": "source",
                "note": "filed pending stayed"}  # fmt: skip


def decides(procedure: str, act: str) -> bool:
    """Whether an act is a decision."""
    return act in DECIDING or (procedure, act) == ("complaint", "uphold")


@dataclass
class Twin:
    """A case of the firm about its record of the unit ``market``."""

    procedure: str
    kind: str
    step: str = "draft"
    unit: str | None = None
    asked: str = ""
    marks: set[str] = field(default_factory=set)
    current: bool = True
    """Whether the record still stands."""

    @property
    def next(self) -> str:
        """Who acts next."""
        if self.step in ENDS:
            return "nobody"
        if self.step in OFFICE_STEPS.get(self.procedure, "").split():
            return OFFICE
        return SOURCE if self.step in SOURCE_STEPS.get(self.procedure, "").split() else SUBJECT

    def parts(self, who: str) -> set[str]:
        """What an account of the town is in the case."""
        market, tax = self.unit == "market", self.unit == "tax"
        return {
            "firm": {SUBJECT},
            "office": {OFFICE, *([SOURCE] if self.unit == "office" else []), *([SUPERVISOR] if self.next != OFFICE else [])},
            "clerk": {SOURCE} if market else set(), "second": {SOURCE} if market else set(),
            "deliverer": {SOURCE} if market else set(), "taxman": {SOURCE} if tax else set(),
            "chief": {SUPERVISOR} if market else set(), "auditor": {SUPERVISOR} if self.next == OFFICE else set(),
        }.get(who, set())  # fmt: skip

    def leads(self, who: str, act: str) -> str:
        """The step that an act leads to, or the code of why it does not. Texts and papers are taken as complete."""
        parts = self.parts(who)
        if not parts or (self.step == "draft" and who != "firm"):
            return "case_unknown"
        to = set().union(*(WAYS.get((self.procedure, self.step, act, part), set()) for part in parts))
        if act in ("supply", "go_on"):
            to &= {self.asked}
        if not to:
            return "act_not_here"
        if decides(self.procedure, act) and who == "deliverer":
            return "four_eyes"
        (only,) = to
        return only

    def go(self, act: str, to: str, unit: str = "tax") -> None:
        """Take a step that was allowed."""
        if act == "ask":
            self.asked = self.step
        moved, self.step = to != self.step, to
        if moved and self.next == OFFICE:
            self.unit = "office"
        elif moved and self.next == SOURCE:
            self.unit = unit if act == "hear" else "market"
        self._mark(act)
        self.current = self.current and act not in ("annul", "unlink") and (self.procedure, act) != ("repair", "grant")

    def _mark(self, act: str) -> None:
        if self.procedure == "objection" and act == "file":
            self.marks = {"disputed", "suspended"} if self.kind == "not_me" else {"disputed"}
        elif self.procedure == "note" and act == "enter":
            self.marks = {"disputed"}
        elif self.procedure == "note" and act == "stay":
            self.marks = {"disputed", "suspended"}
        elif self.step in ENDS:
            self.marks = set()
