"""What the reviewing screen needs beside the review itself: where a line stands, where words may be parted, which
mode a choice of units makes, what waits. Pure but for the views that it is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goodfaith.common.problems import Problem
from goodfaith.duties.matching import Suggestion
from goodfaith.duties.shapes import Mode, Named
from goodfaith.duties.views import NameView, ProposalView, ReviewView

CERTAIN = 0.9
"""Likeness from which a suggestion is offered for confirmation with others."""


# -- places ----------------------------------------------------------------------------------------------
def lines(text: str) -> list[tuple[int, str]]:
    """Offset and words of each line; the first line is number 1."""
    found, place = [], 0
    for words in text.split("\n"):
        found.append((place, words))
        place += len(words) + 1
    return found


def line_at(text: str, place: int) -> int:
    """The number of the line that holds a place."""
    return text.count("\n", 0, place) + 1


def line_span(text: str, first: int, last: int) -> tuple[int, int]:
    """From the first to the last of these lines, without white space at the ends; Problem when there are none."""
    found = lines(text)
    if not 1 <= first <= last <= len(found):
        what = _("行号没有写对，正文一共 %(n)s 行。") % {"n": len(found)}
        raise Problem("lines_wrong", what, _("请看正文左侧的行号，起始行不大于结束行。"))
    return trimmed(text, found[first - 1][0], found[last - 1][0] + len(found[last - 1][1]))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def sentences(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """The sentences between two places, each with its place. Hard line ends alone part nothing: a sentence ends with
    its sign."""
    words, found, place = text[start:end], [], start
    for match in re.finditer(r"[^。；;！？]*(?:[。；;！？]+[”’）)]*|$)", words):
        if match.group().strip():
            first, _last = trimmed(text, place, place + len(match.group()))
            found.append((first, re.sub(r"\s*\n\s*", "", match.group().strip())))
        place += len(match.group())
    return found


# -- names -----------------------------------------------------------------------------------------------
def mode_of(names: Sequence[Named], before: str = "") -> Mode:
    """How the work is divided, from who leads and who takes part. ``before``: what the document's reader found."""
    parts = [one.part for one in names]
    leads = parts.count("lead")
    if "joint" in parts:
        return "joint"
    if leads == len(parts):
        return "single" if leads == 1 and before != "lead_only" else "lead_only"
    return "first_is_lead" if before == "first_is_lead" and leads == 1 else "lead+others"


def resolved(rows: Iterable[tuple[str, str]], known: Iterable[Named], names: Iterable[NameView] = ()) -> list[Named]:
    """Names from (part, whole name): what has been confirmed of a name before stays confirmed."""
    said = {one.full: one for one in names}
    written = {one.full: one for one in known}
    found = []
    for part, full in rows:
        before, here = written.get(full), said.get(full)
        kind, units = (here.kind, here.units) if here else (before.kind, before.units) if before else ("", ())
        name = before.name if before else here.written[0] if here else full
        found.append(Named(part, name, full, kind, units))  # type: ignore[arg-type]
    return found


def certain(one: NameView) -> Suggestion | None:
    """What a person may confirm together with others: what was confirmed in an earlier document, else the likeliest
    suggestion if it is certain."""
    if one.remembered is not None:
        return one.remembered
    best = one.suggestions[0] if one.suggestions else None
    return best if best is not None and best.likeness >= CERTAIN else None


# -- what waits ------------------------------------------------------------------------------------------
FILTERS = ("all", "pending", "unsure", "accepted", "dropped")


def narrowed(proposals: Iterable[ProposalView], which: str) -> list[ProposalView]:
    """All, those of a state, or (unsure) those with a doubt that are not decided."""
    if which == "unsure":
        return [one for one in proposals if one.doubts and one.state == "pending"]
    return [one for one in proposals if which in ("all", one.state)]


def plain(proposals: Iterable[ProposalView]) -> list[UUID]:
    """Those that wait, without a doubt, with all names confirmed: they may be accepted together."""
    return [one.id for one in proposals if one.state == "pending" and not one.doubts and one.confirmed]


def after(proposals: Sequence[ProposalView], done: Iterable[UUID]) -> UUID | None:
    """The one to look at next: the first that waits after the last of these, else the first that waits."""
    keys = set(done)
    last = max((n for n, one in enumerate(proposals) if one.id in keys), default=-1)
    waiting = [(n, one.id) for n, one in enumerate(proposals) if one.state == "pending" and one.id not in keys]
    return next((key for n, key in waiting if n > last), waiting[0][1] if waiting else None)


def find(review: ReviewView, proposal_id: UUID) -> ProposalView:
    """One proposal; Problem (404)."""
    for one in review.proposals:
        if one.id == proposal_id:
            return one
    raise Problem("duty_unknown", _("没有找到这一条，可能已经拆分或者合并。"), _("请回到核对页面。"), status=404)


def counted(proposals: Sequence[ProposalView]) -> dict[str, Any]:
    """How many there are of each state, and how many are unsure."""
    states = [one.state for one in proposals]
    found = {state: states.count(state) for state in ("pending", "accepted", "dropped")}
    return found | {
        "all": len(states),
        "unsure": len(narrowed(proposals, "unsure")),
        "done": len(states) - found["pending"],
    }
