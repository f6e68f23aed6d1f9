"""What the page of the columns shows beside a delivery: how they were mapped before, what has no column yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from goodfaith.intake import mapping as mappings
from goodfaith.intake.models import Delivery, MappingMemory
from goodfaith.law import queries as law
from goodfaith.law import schema


@dataclass(frozen=True)
class Proposed:
    """A delivery's columns with what they are taken for in ``edition``; ``memory`` when the unit said so before."""

    item: schema.Item
    edition: schema.Edition
    columns: list[str]
    mapping: Mapping[str, str | None]
    missing: list[schema.ItemField]
    unknown: list[str]
    memory: MappingMemory | None


def remembered(delivery: Delivery, columns: list[str], edition: str = "") -> MappingMemory | None:
    """The unit's last mapping of these headers (for this edition, if it is named)."""
    found = MappingMemory.objects.filter(
        unit=delivery.unit_id, item=delivery.item_id, headers_key=mappings.header_signature(columns)
    )
    return (found.filter(edition=edition) if edition else found).order_by("-updated_at").first()


def proposed(delivery: Delivery, edition: str = "") -> Proposed:
    """The mapping of the delivery, or a new proposal when another edition than its own is asked for."""
    item = law.item(delivery.item_id)
    columns = [str(name) for name in delivery.layout.get("columns", [])]
    wanted = edition if any(one.code == edition for one in item.editions) else delivery.edition
    memory = remembered(delivery, columns, wanted)
    known = memory.mapping if memory else None
    fresh = mappings.propose(columns, item, known, wanted or None)
    mapping = delivery.mapping if wanted == delivery.edition and delivery.mapping else fresh.mapping
    form = item.edition(fresh.edition)
    unknown = [column for column in fresh.unknown if not mapping.get(column)]
    return Proposed(item, form, columns, mapping, missing(form, mapping.values()), unknown, memory)


def missing(edition: schema.Edition, taken: Iterable[str | None]) -> list[schema.ItemField]:
    """Fields that every row must fill and that no column is taken for."""
    codes = set(taken)
    return [field for field in edition.fields if field.required is True and field.code not in codes]
