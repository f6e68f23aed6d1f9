"""What the catalogue says about procedures: how long each step of an objection, a repair … may take, and by which rule.

A **limit** is one article's time for one step. Which of several applies is :mod:`.limits`' business (the nearest),
when it runs out that of ``rights.clocks``. Nothing here knows Django.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from goodfaith.law.basics import Checked, Code, DateRange, ItemCode, LegalBasis, Names, Strict, Text

Procedure = Literal["objection", "repair", "complaint", "request", "note", "recall", "statement", "duty"]
Step = Literal[
    "accept", "mark", "own_answer", "forward", "source_answer", "total", "review", "supplement",
    "court_review", "court_fix", "court_appeal", "court_appeal_answer",
    "repair_accept", "repair_decide", "repair_result", "apply_repair", "list_removal",
    "complaint_answer", "request_answer", "information_answer", "note_enter", "statement_show",
    "source_withdraw", "source_tell", "withdraw_display", "sector_withdraw", "recall_confirm",
    "data_check", "publish", "sector_publish", "sector_push", "sector_assist",
    "question_answer",
]  # fmt: skip
STEPS: dict[Procedure, tuple[Step, ...]] = {
    "objection": ("accept", "mark", "own_answer", "forward", "source_answer", "total", "review", "supplement",
                  "court_review", "court_fix", "court_appeal", "court_appeal_answer"),
    "repair": ("repair_accept", "repair_decide", "repair_result", "apply_repair", "list_removal", "supplement"),
    "complaint": ("accept", "complaint_answer", "supplement"),
    "request": ("request_answer", "information_answer", "supplement"),
    "note": ("note_enter",),
    "recall": ("source_withdraw", "source_tell", "withdraw_display", "sector_withdraw", "recall_confirm"),
    "statement": ("statement_show",),
    "duty": ("data_check", "publish", "sector_publish", "sector_push", "sector_assist",
             "question_answer"),
}  # fmt: skip
"""The closed vocabulary: which steps a procedure has. docs/catalogue.md says what each of them is."""
Unit = Literal["working_days", "days"]
Level = Literal["law", "state_council", "ministry", "province", "city"]
Suspension = Literal["expert_opinion", "supplement", "third_party"]
"""expert_opinion: tests, inspection, appraisal, expert review; supplement: the applicant completes the papers;
third_party: others whose rights it touches are asked."""


class Extension(Strict):
    """The limit may be made longer once, with a reason that the applicant is told, in the limit's own unit:
    by ``count`` more, or up to ``total`` counted from the day of receipt. One of the two is given."""

    count: Annotated[int, Field(ge=1, le=365)] | None = None
    total: Annotated[int, Field(ge=1, le=365)] | None = None
    checked: Checked
    note: Text | None = None


class Limit(Strict):
    """How long one step of a procedure may take. The day after receipt is the first; ``count`` 0: on the day itself.

    ``area``: the beginning of the GB/T 2260 code of the place whose rule it is ("41", "4403"), for the levels
    province and city and for no others. ``items`` and ``sectors`` narrow it to records of these. ``in_force`` is asked
    for the day of receipt: what was received under the old rule is finished under the old rule.
    """

    code: Code
    name: Names
    procedure: Procedure
    step: Step
    count: Annotated[int, Field(ge=0, le=365)]
    unit: Unit
    extension: Extension | None = None
    suspends_for: tuple[Suspension, ...] = ()
    """What the time does not count for."""
    level: Level
    area: Annotated[str, StringConstraints(pattern=r"^[0-9]{2}([0-9]{2}([0-9]{2})?)?$")] | None = None
    items: tuple[ItemCode, ...] = ()
    sectors: tuple[Code, ...] = ()
    in_force: DateRange = DateRange()
    basis: LegalBasis

    def covers(self, item: str | None) -> bool:
        """Whether it speaks of records of ``item``; one that is narrowed says nothing where no item is named."""
        if not self.items and not self.sectors:
            return True
        return item is not None and (item in self.items or item.partition(".")[0] in self.sectors)


class LimitsFile(Strict):
    limits: Annotated[tuple[Limit, ...], Field(min_length=1)]
