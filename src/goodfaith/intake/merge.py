"""From a table to records: check a batch in one thread while the one before is resolved and written.

The same code runs dry for the check (nothing is written, everything is told) and in earnest for the commit.
"""

from __future__ import annotations

import datetime as dt
import queue
import threading
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from goodfaith.common.acting import Acting
from goodfaith.intake import messages, staging
from goodfaith.intake.checks import DOCUMENT_KIND, PERSON, ROW, Checked, Context
from goodfaith.intake.checks.context import identity_fields
from goodfaith.intake.checks.findings import SCHEMA
from goodfaith.intake.rules import Tally
from goodfaith.records import actions as records
from goodfaith.records import rules as record_rules
from goodfaith.records.writing import Writing
from goodfaith.subjects.actions import Resolver, do_update_organisations
from goodfaith.subjects.rules import CONFLICTS

READ_AHEAD = 1
"""Batches that may wait. More would only cost memory."""


REGISTRATION, REGISTRATION_CLASS = "registration", 1
"""Domain and class of the items from which the register of organisations is kept."""


class Prepared(NamedTuple):
    """A checked batch, with all that can be worked out without the database.

    ``parties``: the distinct ways in which rows say whom they are about; ``party``: which of them each row says.
    """

    checked: Checked
    rows_to: int
    records: pl.DataFrame
    parties: pl.DataFrame
    party: pl.Series


def parties_of(good: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Whom each good row is about, in the columns that the resolver takes."""
    subject, person = context.edition.subject, pl.col(PERSON)
    columns = [
        pl.when(person).then(pl.lit("person")).otherwise(pl.lit("organisation")).alias("subject_kind"),
        pl.col(subject.name).alias("name"),
        pl.when(person).then(pl.col(DOCUMENT_KIND)).alias("document_kind"),
        *(pl.when(~person).then(pl.col(code)).alias(kind) for kind, code in identity_fields(subject).items()),
    ]
    if subject.document_no is not None:
        columns.append(pl.when(person).then(pl.col(subject.document_no)).alias("document_no"))
    return good.select(columns)


def prepared(table: staging.Table, mapping: dict[str, str | None], context: Context) -> Iterator[Prepared]:
    """The part of the work that needs no database, batch by batch."""
    rule = context.catalogue.rule_of(context.item)
    for checked, rows_to in staging.sweep(table, mapping, context):
        ready = record_rules.prepare(checked.good, context.item, context.edition, rule)
        yield Prepared(checked, rows_to, ready, *_distinct(parties_of(checked.good, context)))


def _distinct(parties: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """The distinct rows, and for each row the place of its own among them."""
    unique = parties.unique(maintain_order=True)
    places = parties.join(
        unique.with_row_index("place"), on=parties.columns, how="left", nulls_equal=True, maintain_order="left"
    )
    return unique, places["place"]


class _Ahead:
    """Runs an iterator in a thread, a few steps ahead of its reader."""

    def __init__(self, source: Iterator[Prepared]) -> None:
        self._source = source
        self._queue: queue.Queue[Any] = queue.Queue(READ_AHEAD)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _put(self, thing: object) -> None:
        while not self._stop.is_set():
            try:
                self._queue.put(thing, timeout=0.2)
                return
            except queue.Full:
                continue

    def _run(self) -> None:
        try:
            for item in self._source:
                self._put(item)
                if self._stop.is_set():
                    return
            self._put(None)
        except BaseException as error:
            self._put(error)

    def __enter__(self) -> Iterator[Prepared]:
        self._thread.start()
        return self._items()

    def _items(self) -> Iterator[Prepared]:
        while (thing := self._queue.get()) is not None:
            if isinstance(thing, BaseException):
                raise thing
            yield thing

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def told(rows: list[int], code: str, level: str, message: str | None = None) -> pl.DataFrame:
    """Findings about whole rows."""
    text = messages.sentence(code) if message is None else message
    return pl.DataFrame([(row, None, code, None, level, text) for row in rows], schema=SCHEMA, orient="row")


@dataclass
class Merge:
    """One delivery on its way into the records. ``write`` false: only find out (nothing is written)."""

    context: Context
    source_unit: str
    delivery_id: uuid.UUID
    acting: Acting
    at: dt.datetime
    write: bool = False

    def __post_init__(self) -> None:
        self.tally = Tally(self.context)
        self.added = self.revised = 0
        self._seen: records.Seen = {}
        self._into = records.Into(self.context.item, self.context.edition, self.source_unit, self.delivery_id)
        self._resolver = Resolver(acting=self.acting, at=self.at, delivery_id=self.delivery_id, dry=not self.write)

    def run(
        self, table: staging.Table, mapping: dict[str, str | None], progress: Callable[[int], None]
    ) -> Generator[tuple[Prepared, pl.DataFrame]]:
        """Merge the table; yields each batch with all that was found in it. Call inside a transaction."""
        total = table.total_rows or 0
        ahead = _Ahead(prepared(table, mapping, self.context))
        with ahead as batches, (Writing() if self.write else nullcontext()) as writing:
            for batch in batches:
                yield batch, self._batch(batch, writing)
                progress(min(99, 100 * batch.rows_to // total) if total else 50)
        self._resolver.finish()

    def _batch(self, batch: Prepared, writing: Writing | None) -> pl.DataFrame:
        self.tally.add(batch.checked)
        frame, found = self._resolve(batch)
        outcome = records.check_batch(frame, self._into, self._seen, self.at)
        more = self._findings(outcome)
        self.tally.add_findings(pl.concat([found, more]))
        if writing is not None:
            records.do_record(
                outcome, self._into, acting=self.acting, at=self.at, writing=writing, keyring=self._resolver.keyring
            )
            self._update_register(batch, outcome)
        self.added += outcome.added
        self.revised += outcome.revised
        return pl.concat([batch.checked.findings, found, more])

    def _resolve(self, batch: Prepared) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The batch's records with their subjects, less the rows that have none; and what is to be told."""
        answers = self._resolver.resolve(batch.parties)[batch.party]
        frame = batch.records.hstack(answers)
        conflicts = frame.filter(pl.col("conflict").is_not_null())
        found = [
            told(rows[ROW].to_list(), str(code), "refused", CONFLICTS.get(str(code)))
            for (code,), rows in conflicts.group_by("conflict")
        ]
        differs = frame.filter(pl.col("conflict").is_null() & ~pl.col("name_matches") & ~pl.col(PERSON))
        found.append(told(differs[ROW].to_list(), "organisation_name_differs", "warning"))
        self.tally.no_longer_good(conflicts.height)
        return (frame.filter(pl.col("conflict").is_null()) if conflicts.height else frame), pl.concat(found)

    def _findings(self, outcome: records.Outcome) -> pl.DataFrame:
        again = len(outcome.repeated) + len(outcome.delivered)
        self.tally.no_longer_good(again, repeated=True)
        self.tally.no_longer_good(len(outcome.conflicting) + len(outcome.withdrawn))
        return pl.concat(
            [
                told(outcome.repeated, "row_repeated", "repeated"),
                told(outcome.delivered, "row_delivered", "repeated"),
                told(outcome.conflicting, "fact_twice", "refused"),
                told(outcome.withdrawn, "fact_withdrawn", "refused"),
                told(outcome.older, "older_content_again", "warning"),
            ]
        )

    def _update_register(self, batch: Prepared, outcome: records.Outcome) -> None:
        """Registration facts go to the register of organisations too."""
        item = self.context.item
        if item.domain != REGISTRATION or item.catalogue_class != REGISTRATION_CLASS or outcome.frame.is_empty():
            return
        facts = registration_facts(batch.checked.good, self.context)
        frame = outcome.frame.select(ROW, "subject_id").join(facts, on=ROW, how="inner").drop(ROW)
        do_update_organisations(acting=self.acting, at=self.at, delivery_id=self.delivery_id, frame=frame)


def registration_facts(good: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Name, state, area and day of registration of each row, as far as the edition has them."""
    edition = context.edition
    columns = [
        pl.col(ROW),
        pl.col(edition.subject.name).alias("name"),
        pl.col(edition.decided_on).alias("registered_on"),
    ]
    for field in edition.fields:
        if field.code_list == "registration_status":
            names = {entry.code: entry.name.zh for entry in context.catalogue.code_lists[field.code_list].entries}
            columns.append(pl.col(field.code).replace(names).alias("status"))
        elif field.code == "area_code":
            columns.append(pl.col(field.code))
    return good.select(columns)
