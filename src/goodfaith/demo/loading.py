"""Putting the city into the database: through the checks of intake and the writers of each room, in bulk."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from goodfaith.common.acting import Acting
from goodfaith.demo import own, plan, registrations, rows, subjects
from goodfaith.demo.city import City, generator
from goodfaith.demo.deliveries import Batch, Book, moment, of_batch
from goodfaith.demo.units import reporters
from goodfaith.intake.checks import ROW, Context, check_batch
from goodfaith.intake.merge import registration_facts
from goodfaith.intake.models import Delivery
from goodfaith.law import schema
from goodfaith.records import actions as records
from goodfaith.records import rules as record_rules
from goodfaith.subjects.actions import Resolver, do_update_organisations
from goodfaith.subjects.keyring import Keyring

CHUNK = 100_000
PARTIES = 50_000
Progress = Callable[[str, int], None]
"""Told what is going on, and how many rows were done since it was told last."""
ORGANISATION_NUMBERS = ("uscc", "registration_no", "organisation_code", "tax_no", "institution_no", "social_no")


@dataclass
class Loader:
    """One loading of one city. ``people`` and ``organisations`` are the subjects' ids (16 bytes) by index."""

    city: City
    acting: Acting
    at: dt.datetime
    progress: Progress
    people: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.Binary))
    organisations: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.Binary))
    written: int = 0
    keyring: Keyring = field(default_factory=Keyring)

    def __post_init__(self) -> None:
        self.book = Book(self.city, generator(3))

    def load_subjects(self) -> None:
        """Make everyone a subject."""
        people = self.city.people.select(
            pl.lit("person").alias("subject_kind"), "name", pl.col("id_number").alias("document_no")
        )
        firms = self.city.organisations.select(
            pl.lit("organisation").alias("subject_kind"), "name", *ORGANISATION_NUMBERS
        )
        self.organisations = self._resolve("组织", firms)
        self.people = self._resolve("自然人", people)

    def _resolve(self, what: str, parties: pl.DataFrame) -> pl.Series:
        resolver, found = Resolver(acting=self.acting, at=self.at, keyring=self.keyring), []
        for part in parties.iter_slices(PARTIES):
            found.append(resolver.resolve(part)["subject_id"])
            self.progress(what, part.height)
        resolver.finish()
        return pl.concat(found)

    def load_item(self, number: int, item: schema.Item, count: int) -> None:
        """All records of one item."""
        rng = generator(100 + number)
        units = reporters(self.city.units, item)
        planned = plan.slots(rng, item, units, count, self.city.today)
        found = plan.rows_of(rng, item, planned, count)
        places = pl.Series([self.city.units.index(unit) for unit in units], dtype=pl.Int64)
        found = found.with_columns(places.gather(found["unit"]).alias("unit"))
        found = subjects.assign(rng, self.city, item, found).with_columns(pl.lit(None, dtype=pl.String).alias("wanted"))
        mine = own.rows(self.city, item.code).with_row_index("slot", offset=planned.frame.height)
        mine = mine.with_columns(pl.col("slot").cast(pl.Int64)).select(found.columns)
        self._write(rng, item, pl.concat([found, mine]))

    def load_registrations(self, item: schema.Item) -> None:
        """The registration of every organisation; and those that moved, once more."""
        rng = generator(4)
        self._write(rng, item, registrations.rows(self.city))
        before = self.city
        self.city, again = registrations.moved(generator(5), self.city)
        if again.height:
            self._write(rng, item, again, known=True)
        self.city = before

    def _write(self, rng: np.random.Generator, item: schema.Item, base: pl.DataFrame, *, known: bool = False) -> None:
        base = base.with_row_index("serial", offset=1)
        editions, slots = plan.editions(item, base["decided"]), int(base["slot"].max() or 0) + 1  # type: ignore[arg-type]
        for edition in item.editions:
            mine = base.filter(editions == edition.code)
            if mine.height:
                batch = Batch.of(item, edition, slots)
                self._write_edition(rng, batch, mine, known)
                Delivery.objects.bulk_create(of_batch(self.book, batch), batch_size=2_000)

    def _write_edition(self, rng: np.random.Generator, batch: Batch, base: pl.DataFrame, known: bool) -> None:
        item, edition, seen = batch.item, batch.edition, {}  # type: ignore[var-annotated]
        context = Context(item, edition, self.city.catalogue, self.city.today)
        into = records.Into(item, edition, "", uuid.UUID(batch.ids[0]))
        for part in base.iter_slices(CHUNK):
            frame = rows.make(rng, self.city, item, edition, part)
            good = check_batch(frame, context).good
            ready = self._placed(
                record_rules.prepare(good, item, edition, self.city.catalogue.rule_of(item)), frame, known
            )
            outcome = records.check_batch(ready, into, seen, self.at)
            outcome = replace(outcome, frame=self._dated(outcome.frame, frame, batch))
            records.do_record(outcome, into, acting=self.acting, at=self.at, keyring=self.keyring)
            batch.add(frame, outcome.frame, self.city.today)
            self._register(item, good, context, outcome)
            self.written += outcome.frame.height
            self.progress(item.name.zh, part.height)
            if edition.document_no is not None:
                seen = {}

    def _placed(self, ready: pl.DataFrame, frame: pl.DataFrame, known: bool) -> pl.DataFrame:
        """The records with the subjects' ids."""
        where = ready.select(ROW).join(
            frame.select(ROW, "subject", "person"), on=ROW, how="left", maintain_order="left"
        )
        person, index = where["person"], where["subject"].cast(pl.UInt32)
        people = self.people.gather(pl.select(pl.when(person).then(index).otherwise(0)).to_series())
        firms = self.organisations.gather(pl.select(pl.when(person).then(0).otherwise(index)).to_series())
        chosen = pl.select(pl.when(person).then(people).otherwise(firms)).to_series()
        return ready.with_columns(chosen.alias("subject_id"), pl.lit(known).alias("known"))

    def _dated(self, written: pl.DataFrame, frame: pl.DataFrame, batch: Batch) -> pl.DataFrame:
        """The records with unit, delivery and time of the delivery that each came in."""
        codes = pl.Series([unit.code for unit in self.city.units])
        days = frame["report_on"].unique()
        times = {day: moment(day).isoformat() for day in days}
        meta = frame.select(
            ROW,
            codes.gather(frame["unit"]).alias("source_unit"),
            batch.ids.gather(frame["slot"]).alias("delivery_id"),
            pl.col("report_on").replace_strict(times, return_dtype=pl.String).alias("recorded_at"),
        )
        return written.drop("source_unit", "delivery_id", "recorded_at").join(
            meta, on=ROW, how="left", maintain_order="left"
        )

    def _register(self, item: schema.Item, good: pl.DataFrame, context: Context, outcome: records.Outcome) -> None:
        if item.code == plan.REGISTRATION and outcome.frame.height:
            facts = registration_facts(good, context)
            known = outcome.frame.select(ROW, "subject_id").join(facts, on=ROW, how="inner").drop(ROW)
            do_update_organisations(acting=self.acting, at=self.at, delivery_id=None, frame=known)


def numbered(items: list[schema.Item], counts: dict[str, int]) -> Iterator[tuple[int, schema.Item, int]]:
    """Items with a fixed number each, so that one item's rows do not depend on the others'."""
    for item in sorted(items, key=lambda one: one.code):
        if item.code in counts:
            yield sum(item.code.encode()), item, counts[item.code]
