"""Which record brings which measure to bear on which matter: the catalogue's measures, flattened. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goodfaith.law.basics import SubjectKind
from goodfaith.law.packs import Catalogue
from goodfaith.law.using import Matter, Measure, Trigger


@dataclass(frozen=True, slots=True)
class Bears:
    """One line of the gate's table: a record of ``item`` about a ``subject_kind`` brings ``measure`` to ``matter``.

    ``classes``: only records of these display classes; ``months``: only those decided so recently; null: any.
    """

    matter: str
    item: str
    measure: str
    subject_kind: str
    classes: list[str] | None
    months: int | None


def bearings(catalogue: Catalogue) -> Iterator[Bears]:
    """All lines, by code of the measure. What refers to something not in force is left out."""
    for measure in sorted(catalogue.measures.values(), key=lambda each: each.code):
        for code in measure.matters:
            for trigger in measure.triggers:
                if code in catalogue.matters and trigger.item in catalogue.items:
                    yield from _lines(measure, catalogue.matters[code], trigger, catalogue)


def _lines(measure: Measure, matter: Matter, trigger: Trigger, catalogue: Catalogue) -> Iterator[Bears]:
    classes = list(trigger.classes) if trigger.classes else None
    for kind in shared_subjects(measure, matter, trigger, catalogue):
        yield Bears(matter.code, trigger.item, measure.code, kind, classes, trigger.months)


def shared_subjects(
    measure: Measure, matter: Matter, trigger: Trigger, catalogue: Catalogue
) -> tuple[SubjectKind, ...]:
    """The kinds of subject that the measure, the matter and the record's item have in common."""
    item = catalogue.items[trigger.item]
    return tuple(kind for kind in measure.subjects if kind in matter.subjects and kind in item.subjects)
