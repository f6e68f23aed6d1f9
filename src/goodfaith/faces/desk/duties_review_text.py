"""The text of a document as its reviewer sees it: line by line, each duty's words marked, each doubt at its place."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from goodfaith.duties.queries import desk_review as places
from goodfaith.duties.views import ProposalView, ReviewView

WINDOW = 120_000
"""Characters that are shown at once; a longer text is shown around the duty that is looked at."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one line with the same meaning. ``number``: of the duty that begins here."""

    words: str
    duty: ProposalView | None = None
    note: bool = False
    reasons: tuple[tuple[str, str], ...] = ()
    """(duty, reason), where a doubt ends with these words."""
    unsure: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number from 1 and its offset."""

    number: int
    start: int
    segments: list[Segment] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    """The lines that are shown, and how many are before and after."""

    lines: list[Line]
    before: int
    after: int


class Marks:
    """Which duty, note and doubt a place of the text belongs to. Of overlapping duties the shortest has the words."""

    def __init__(self, proposals: Sequence[ProposalView]) -> None:
        self.numbers = {one.id: n for n, one in enumerate(proposals, 1)}
        self.starts = {one.span[0]: one for one in reversed(proposals)}
        self.proposals = sorted(proposals, key=lambda one: one.span[1] - one.span[0])
        self.notes = [one.note_span for one in proposals if one.note_span[1] > one.note_span[0]]
        self.doubts: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for one in proposals:
            for doubt in one.doubts:
                if doubt["end"] > doubt["start"]:
                    said = self.doubts.setdefault((doubt["start"], doubt["end"]), [])
                    said.append((str(one.id), doubt["what"]))
        owned = [(one.span, one) for one in self.proposals]
        owned += [(one.note_span, one) for one in self.proposals if one.note_span[1] > one.note_span[0]]
        edges = {edge for span, _ in owned for edge in span} | {edge for span in self.doubts for edge in span}
        self.cuts = sorted(edges)
        self._owned = owned
        self._by_cut = self._owners()

    def _owners(self) -> dict[int, ProposalView]:
        """The duty of each stretch between two cuts, by its start."""
        found: dict[int, ProposalView] = {}
        for (start, end), one in self._owned:  # the shortest first
            for cut in self.cuts[bisect.bisect_left(self.cuts, start) : bisect.bisect_left(self.cuts, end)]:
                found.setdefault(cut, one)
        return found

    def owner(self, cut: int) -> ProposalView | None:
        """The duty of the stretch that begins at a cut."""
        return self._by_cut.get(cut)

    def in_note(self, place: int) -> bool:
        """Whether a note of responsibility holds the place."""
        return any(start <= place < end for start, end in self.notes)

    def doubt(self, start: int, end: int) -> tuple[bool, tuple[tuple[str, str], ...]]:
        """Whether the words are in doubt, and the reasons that end here."""
        held = [(span, said) for span, said in self.doubts.items() if span[0] <= start < span[1]]
        return bool(held), tuple(one for span, said in held if span[1] == end for one in said)


def shown(review: ReviewView, here: ProposalView | None, first: int = 0) -> Shown:
    """The lines with their marks; of a long text those around ``here``, or from line ``first``."""
    every = places.lines(review.text)
    begin, end = _window(review.text, every, here, first)
    marks = Marks(review.proposals)
    made = [_line(marks, n + 1, *every[n]) for n in range(begin, end)]
    return Shown(made, begin, len(every) - end)


def _window(text: str, every: list[tuple[int, str]], here: ProposalView | None, first: int) -> tuple[int, int]:
    if len(text) <= WINDOW:
        return 0, len(every)
    starts = [start for start, _ in every]
    place = here.span[0] if here and not first else starts[min(max(first - 1, 0), len(starts) - 1)]
    at = max(0, place - WINDOW // 3) if not first else place
    return max(0, bisect.bisect_right(starts, at) - 1), bisect.bisect_left(starts, at + WINDOW)


def _line(marks: Marks, number: int, start: int, words: str) -> Line:
    end = start + len(words)
    inside = marks.cuts[bisect.bisect_right(marks.cuts, start) : bisect.bisect_left(marks.cuts, end)]
    edges = [start, *inside, end]
    before = bisect.bisect_right(marks.cuts, start) - 1
    segments = []
    for a, b in itertools.pairwise(edges):
        cut = marks.cuts[before] if a == start and before >= 0 else a
        segments.append(_segment(marks, words[a - start : b - start], a, b, cut))
    return Line(number, start, [one for one in segments if one.words])


def _segment(marks: Marks, words: str, start: int, end: int, cut: int) -> Segment:
    owner = marks.owner(cut)
    if owner is None and not marks.doubts:
        return Segment(words)
    unsure, reasons = marks.doubt(start, end)
    begins = marks.starts.get(start)
    number = marks.numbers[begins.id] if begins is not None else 0
    return Segment(words, owner, owner is not None and marks.in_note(start), reasons, unsure, number)
