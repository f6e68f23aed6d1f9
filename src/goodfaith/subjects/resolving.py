"""The resolver: puts the rows of one delivery on their subjects, batch by batch."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

import polars as pl
from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from goodfaith.common.acting import Acting
from goodfaith.subjects import creating, suspecting
from goodfaith.subjects.creating import NewSubjects
from goodfaith.subjects.finding import Found, look_up
from goodfaith.subjects.keyring import Keyring
from goodfaith.subjects.matching import complete, with_signature
from goodfaith.subjects.rules import ORGANISATION

ANSWER = {"subject_id": pl.Binary, "known": pl.Boolean, "name_matches": pl.Boolean, "conflict": pl.String}
"""``subject_id``: 16 bytes, null with a conflict. ``known``: stood in the database before this delivery."""
CACHE = 500_000
TRIES = 5

Answer = tuple[bytes | None, bool, bool, str | None]
Number = tuple[str, str, bytes, bool]
"""kind, number, key, sealed"""
Owners = dict[tuple[str, bytes], tuple[bytes, str]]
"""(kind, key) → (subject, plain name) of numbers taken in this batch."""


@dataclass
class Plan:
    """What a batch needs written, and the answer for each of its parties."""

    new: NewSubjects = field(default_factory=NewSubjects)
    usccs: dict[bytes, str] = field(default_factory=dict)
    suspicions: list[suspecting.Pair] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (self.new.parties or self.new.numbers or self.usccs or self.suspicions)


def _numbers_by_party(numbers: pl.DataFrame) -> dict[int, list[Number]]:
    grouped: dict[int, list[Number]] = defaultdict(list)
    for party, kind, number, key, sealed in numbers.select("party", "kind", "number", "key", "sealed").rows():
        grouped[party].append((kind, number, key, sealed))
    return grouped


@dataclass
class Resolver:
    """One delivery's matching. Use inside the delivery's transaction; :meth:`finish` at the end.

    ``dry``: nothing is written; unknown parties get ids that no subject has, the same one each time.
    """

    acting: Acting
    at: dt.datetime
    delivery_id: UUID | None = None
    dry: bool = False
    created: set[bytes] = field(default_factory=set)
    keyring: Keyring = field(default_factory=Keyring)
    """What the delivery's records are sealed by, too."""
    _cache: dict[str, Answer] = field(default_factory=dict)
    _imagined: Owners = field(default_factory=dict)
    _holding: bool = False

    def resolve(self, frame: pl.DataFrame) -> pl.DataFrame:
        """For each row of ``frame`` (:data:`.matching.COLUMNS`, normalised) its :data:`ANSWER`, in order."""
        rows = with_signature(complete(frame))
        parties = rows.unique("signature", keep="first", maintain_order=True)
        fresh = [sign not in self._cache for sign in parties["signature"].to_list()]
        if any(fresh):
            self._settle(parties.filter(pl.Series(fresh)).with_row_index("party"))
        columns = zip(*(self._cache[sign] for sign in parties["signature"].to_list()), strict=True)
        answers = pl.DataFrame(dict(zip(ANSWER, columns, strict=False)), schema=ANSWER)
        answers = answers.with_columns(parties["signature"])
        joined = rows.select("signature").join(answers, on="signature", how="left", maintain_order="left")
        if len(self._cache) > CACHE:
            self._cache.clear()
        return joined.select(*ANSWER)

    def finish(self) -> int:
        """Raise the suspicions that only the whole delivery shows; how many were raised."""
        if self.dry or not self.created:
            return 0
        pairs = suspecting.same_names(self.created)
        return suspecting.raise_all(pairs, acting=self.acting, at=self.at, delivery_id=self.delivery_id)

    def _settle(self, parties: pl.DataFrame) -> None:
        """Answer the parties; what is new is written under the lock, after looking again.

        Once this delivery holds the lock (to the end of its transaction), the first look is spared.
        """
        plan = None if self._holding else self._plan(parties)
        if plan is None or not (plan.empty or self.dry):
            plan = self._write(parties)
        signatures = parties["signature"].to_list()
        self._cache.update((signatures[party], answer) for party, answer in plan.answers.items())

    def _write(self, parties: pl.DataFrame) -> Plan:
        """Write what is new. The unique constraint decides between two deliveries; who loses looks again."""
        if self._holding:
            with suppress(UniqueViolation):
                return self._attempt(parties)
        with transaction.atomic():
            creating.lock()
            self._holding = connection.in_atomic_block
            for _ in range(TRIES - 1):
                with suppress(UniqueViolation):
                    return self._attempt(parties)
            return self._attempt(parties)

    def _attempt(self, parties: pl.DataFrame) -> Plan:
        """Look and write. What needs no database is done before the savepoint, so that other work can go on."""
        plan = self._plan(parties)
        if plan.empty:
            return plan
        ready = creating.prepared(plan.new, parties, self.keyring, at=self.at, delivery_id=self.delivery_id)
        with transaction.atomic():
            creating.write(ready)
            creating.give_usccs(list(plan.usccs.items()))
            suspecting.raise_all(plan.suspicions, acting=self.acting, at=self.at, delivery_id=self.delivery_id)
        self.created.update(row[0] for row in plan.new.parties)
        return plan

    def _plan(self, parties: pl.DataFrame) -> Plan:
        found = look_up(parties)
        plan, taken = Plan(), self._imagined if self.dry else {}
        self._answer_conflicts(found, plan)
        self._answer_known(found, plan, taken)
        self._answer_new(found, plan, taken)
        return plan

    def _answer_conflicts(self, found: Found, plan: Plan) -> None:
        """Refused, unless the subjects were judged to be one."""
        columns = ("party", "conflict", "subjects", "name_matches", "given_usccs")
        together: dict[bytes, bytes] | None = None
        for party, conflict, subjects, matches, usccs in (
            found.parties.filter(pl.col("conflict").is_not_null()).select(columns).rows()
        ):
            answer: Answer = (None, False, matches, conflict)
            if conflict == "subject_conflict" and len(subjects) > 1:
                together = suspecting.standing_clusters() if together is None else together
                if usccs < 2 and len({together.get(s, s) for s in subjects}) == 1:
                    answer = (subjects[0], True, matches, None)
                else:
                    plan.suspicions += [(subjects[0], other, "numbers_meet") for other in subjects[1:]]
            plan.answers[party] = answer

    def _answer_known(self, found: Found, plan: Plan, taken: Owners) -> None:
        """Known subjects; further numbers of an organisation are kept when its name is the known one."""
        inner = {p: s for p, (s, uscc) in found.inner.items() if uscc is None}
        good = found.parties.filter(pl.col("conflict").is_null())
        known = good.filter(pl.col("subject").is_not_null())
        for party, subject, matches in known.select("party", "subject", "name_matches").rows():
            plan.answers[party] = (subject, subject not in self.created, matches, None)
        unknown = found.numbers.filter(pl.col("subject").is_null())
        learn = known.filter((pl.col("subject_kind") == ORGANISATION) & pl.col("name_matches"))["party"]
        more = unknown.filter(pl.col("party").is_in(learn.implode()))
        owner = {party: answer[0] for party, answer in plan.answers.items()} if more.height else {}
        for party, numbers in _numbers_by_party(more).items():
            self._add(party, owner[party], numbers, plan, taken)
        named = dict(good.select("party", "name_matches").iter_rows()) if inner else {}
        for party, numbers in _numbers_by_party(unknown.filter(pl.col("party").is_in(list(inner)))).items():
            plan.answers[party] = (inner[party], inner[party] not in self.created, named[party], None)
            self._add(party, inner[party], numbers, plan, taken)

    def _add(self, party: int, subject: bytes | None, numbers: list[Number], plan: Plan, taken: Owners) -> None:
        assert subject is not None  # noqa: S101 - a known party has a subject
        uscc = next((number for kind, number, _, _ in numbers if kind == "uscc"), None)
        if uscc and plan.usccs.setdefault(subject, uscc) != uscc:
            plan.answers[party] = (None, False, False, "subject_conflict")
            return
        for kind, number, key, sealed in numbers:
            if (kind, key) not in taken:
                taken[kind, key] = (subject, "")
                plan.new.numbers.append((subject, kind, number, key, sealed))

    def _answer_new(self, found: Found, plan: Plan, taken: Owners) -> None:
        """Unknown parties become subjects: the best described first, so that the others find them."""
        rows = found.parties.filter(pl.col("conflict").is_null() & pl.col("subject").is_null())
        if plan.answers:
            rows = rows.filter(~pl.col("party").is_in(list(plan.answers)))
        if not rows.height:
            return
        rows = rows.sort("strength", "numbers", descending=[False, True], maintain_order=True)
        mine = found.numbers.filter(pl.col("party").is_in(rows["party"].implode()))
        numbers, inner = _numbers_by_party(mine), _numbers_by_party(found.inner_codes)
        ids = creating.new_ids(rows.height)
        for (party, kind, plain), fresh in zip(rows.select("party", "subject_kind", "plain").rows(), ids, strict=True):
            owners = {taken[k, key][0] for k, _, key, _ in numbers[party] if (k, key) in taken}
            if owners:
                self._join(party, kind, plain, owners, numbers[party], plan, taken)
            else:
                rival = found.inner[party][0] if party in found.inner else None
                self._create(party, kind, plain, fresh, numbers[party], inner.get(party, []), rival, plan, taken)

    def _join(
        self, party: int, kind: str, plain: str, owners: set[bytes], numbers: list[Number], plan: Plan, taken: Owners
    ) -> None:
        """The party's numbers were met earlier in this batch."""
        names = {taken[k, key][1] for k, _, key, _ in numbers if (k, key) in taken}
        free = [n for n in numbers if (n[0], n[2]) not in taken]
        matches = names == {plain}
        if kind != ORGANISATION and not matches:
            plan.answers[party] = (None, False, False, "person_name_differs")
        elif len(owners) > 1 or any(n[0] == "uscc" for n in free):
            plan.answers[party] = (None, False, matches, "subject_conflict")
        else:
            subject = owners.pop()
            plan.answers[party] = (subject, False, matches, None)
            for k, number, key, sealed in free if matches else []:
                taken[k, key] = (subject, plain)
                plan.new.numbers.append((subject, k, number, key, sealed))

    def _create(
        self, party: int, kind: str, plain: str, fresh: bytes, numbers: list[Number], inner: list[Number],
        rival: bytes | None, plan: Plan, taken: Owners,
    ) -> None:  # fmt: skip
        for k, _, key, _ in inner:
            rival = taken[k, key][0] if (k, key) in taken else rival
        if rival:
            plan.suspicions.append((rival, fresh, "same_organisation_code"))
        person = kind != ORGANISATION
        for k, number, key, sealed in numbers if rival else numbers + inner:
            taken[k, key] = (fresh, plain)
            plan.new.numbers.append((fresh, k, number, key, sealed or person))
        plan.new.parties.append((fresh, party, {k: number for k, number, _, _ in numbers}))
        plan.answers[party] = (fresh, False, True, None)
