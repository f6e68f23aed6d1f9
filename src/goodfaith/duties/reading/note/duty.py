"""From a note's units and verbs to who leads and who takes part."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from goodfaith.duties.reading.note.names import MANY
from goodfaith.duties.reading.note.notes import Named, Note
from goodfaith.duties.reading.note.prefixes import Completer, Home
from goodfaith.duties.reading.shapes import Mode, Units


@dataclass(frozen=True, slots=True)
class Duty:
    """``doubts``: (code, name of the unit it is about or empty for the note)."""

    mode: Mode
    lead: Units
    participating: Units
    doubts: tuple[tuple[str, str], ...]


def _dense(named: Named) -> str:
    return named.name


def _same(_named: Named, full: str) -> str:
    return full


def assign(
    note: Note,
    home: Home,
    first_leads: bool,
    written: Callable[[Named], str] = _dense,
    in_own_letters: Callable[[Named, str], str] = _same,
) -> Duty:
    """Who leads: those the note says; by the document's rule the first; else nobody is named.

    ``written`` gives a name as the document writes it; full names have punctuation of one width, and their letters
    are what ``in_own_letters`` makes of them.
    """
    full, doubts = dict[int, str](), list[tuple[str, str]]()
    ordered = sorted(note.named, key=attrgetter("place"))
    completed = _completed(home, tuple([one.name for one in ordered]))
    for one, (name, doubt) in zip(ordered, completed, strict=True):
        full[one.place] = in_own_letters(one, name)
        if doubt:
            doubts.append((doubt, one.name))
    mode, lead, others, said = _parted(note, first_leads)
    doubts.extend((code, "") for code in said)
    return Duty(mode, _units(lead, full, written), _units(others, full, written), tuple(doubts))


@functools.lru_cache(maxsize=4096)
def _completed(home: Home, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The full names and doubts of one note's units; the same lists stand in many rows of a table."""
    completer = Completer(home)
    return tuple([completer.full(name) for name in names])


def _units(named: Sequence[Named], full: dict[int, str], written: Callable[[Named], str]) -> Units:
    return Units(tuple(written(one) for one in named), tuple(full[one.place] for one in named))


def _parted(note: Note, first_leads: bool) -> tuple[Mode, Sequence[Named], Sequence[Named], Sequence[str]]:
    lead = [one for one in note.named if one.role == "lead"]
    if lead:
        others = [one for one in note.named if one.role != "lead"]
        return ("lead+others" if others else "lead_only"), lead, others, ()
    part = [one for one in note.named if one.role == "part"]
    rest = [one for one in note.named if one.role != "part"]
    if part and rest:
        return "lead+others", rest, part, ()
    if (first_leads or note.first_leads) and note.named and _is_ranked(note):
        return "first_is_lead", note.named[:1], note.named[1:], ()
    return _alone(note), (), note.named, ("only_part",) if part else ()


def _is_ranked(note: Note) -> bool:
    """Where the first leads, one unit alone does; one collective name has no first."""
    return len(note.named) > 1 or not MANY.fullmatch(note.named[0].name)


def _alone(note: Note) -> Mode:
    return "single" if len(note.named) == 1 and not note.open and not MANY.fullmatch(note.named[0].name) else "joint"
