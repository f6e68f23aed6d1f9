"""The pre-check: the same checks, nothing stored, no subject looked up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import polars as pl

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.intake import mapping, staging
from goodfaith.intake.checks import ROW, Context
from goodfaith.intake.checks.context import identity_fields
from goodfaith.intake.checks.findings import SCHEMA
from goodfaith.intake.findings import as_json
from goodfaith.intake.merge import told
from goodfaith.law import queries as law
from goodfaith.law import schema
from goodfaith.law.packs import Catalogue
from goodfaith.parties.models import Unit
from goodfaith.records import rules as record_rules


class Repeats:
    """Rows that repeat or contradict an earlier row of the same file, told by the numbers that they give."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._seen: dict[str, tuple[Any, ...]] = {}
        subject = context.edition.subject
        self._numbers = [*identity_fields(subject).values(), *([subject.document_no] if subject.document_no else [])]
        self._fields = [field.code for field in context.edition.fields]

    def find(self, good: pl.DataFrame) -> pl.DataFrame:
        """Findings row_repeated and fact_twice for the good rows of a batch."""
        parts = [record_rules.comparable(good[code]) for code in (*self._numbers, *self._context.edition.fact)]
        keys = pl.select(pl.concat_str(parts, separator=record_rules.SEPARATOR)).to_series()
        repeated: list[int] = []
        conflicting: list[int] = []
        for row, key, content in zip(good[ROW], keys, good.select(self._fields).iter_rows(), strict=True):
            before = self._seen.setdefault(key, content)
            if before is not content:
                (repeated if before == content else conflicting).append(row)
        return pl.concat([told(repeated, "row_repeated", "repeated"), told(conflicting, "fact_twice", "refused")])


def _none_delivered(good: pl.DataFrame, context: Context) -> pl.DataFrame:
    return told([], "row_delivered", "repeated")


def precheck_table(
    table: staging.Table, columns: dict[str, str | None], context: Context,
    delivered: Callable[[pl.DataFrame, Context], pl.DataFrame] = _none_delivered,
) -> dict[str, Any]:  # fmt: skip
    """Check a whole table; the JSON shape of a check. ``delivered`` tells which good rows are known already."""
    repeats, rows, good = Repeats(context), 0, 0
    found = [pl.DataFrame(schema=SCHEMA)]
    for checked, _ in staging.sweep(table, columns, context):
        again = repeats.find(checked.good)
        fresh = checked.good.filter(~pl.col(ROW).is_in(again[ROW].implode())) if again.height else checked.good
        again = pl.concat([again, delivered(fresh, context)])
        rows += checked.rows
        good += checked.good.height - again.height
        found += [checked.findings, again]
    return as_json(rows, good, pl.concat(found))


def context_for(
    item: schema.Item, edition: str, catalogue: Catalogue, unit: Unit | None, report_on: dt.date | None,
    columns: dict[str, str | None],
) -> Context:  # fmt: skip
    """The context of a check without a delivery."""
    form = item.edition(edition)
    name, uscc = (unit.name, unit.uscc) if unit else (None, None)
    units = staging.written_units(columns, item, form)
    return Context(item, form, catalogue, report_on or clock.today(), name, uscc, units)


def check_edition(item: schema.Item, edition: str | None) -> None:
    """Whether the item has that edition (None: any); Problem ``edition_unknown`` otherwise."""
    if edition is not None and edition not in {form.code for form in item.editions}:
        what = f"“{item.name.zh}”没有“{edition}”这一表式。"
        raise Problem("edition_unknown", what, f"可用的表式：{'、'.join(e.code for e in item.editions)}。")


def precheck_rows(
    *, item: str, rows: list[dict[str, Any]], unit: str | None = None, edition: str | None = None,
    report_on: dt.date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Check rows given as JSON; keys are codes, names or aliases of fields. Rows are counted from 1."""
    definition = law.item(item)
    check_edition(definition, edition)
    table = staging.ApiTable(rows)
    proposal = mapping.propose(table.columns, definition, None, edition)
    owner = Unit.objects.filter(code=unit).first() if unit else None
    columns = dict(proposal.mapping)
    context = context_for(definition, proposal.edition, law.catalogue(), owner, report_on, columns)
    staging.check_mapping(columns, context.edition)
    return precheck_table(table, columns, context)


__all__ = ["Repeats", "check_edition", "context_for", "precheck_rows", "precheck_table"]
