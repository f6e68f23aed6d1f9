"""Numbers → subjects: what the database knows of the numbers of a batch, and what that means for each party."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl
import psycopg

from goodfaith.common.turns import turn
from goodfaith.subjects.copying import driver
from goodfaith.subjects.matching import (
    SPLIT,
    inner_codes,
    is_organisation,
    name_keys,
    party_numbers,
    plain_names,
)  # fmt: skip
from goodfaith.subjects.numbers import DOCUMENT_KINDS

ORGANISATIONS = r"""
    SELECT i.key, uuid_send(i.subject_id), o.name,
           array_to_string(nullif(o.former_names, '{}'), E'\x1f'), o.uscc, NULL::bytea
    FROM subjects_identifier i JOIN subjects_organisation o ON o.subject_id = i.subject_id
    WHERE i.kind = %s AND i.key = ANY (%b)
"""
PERSONS = """
    SELECT i.key, uuid_send(i.subject_id), NULL::text, NULL::text, NULL::text, p.name_key
    FROM subjects_identifier i JOIN subjects_person p ON p.subject_id = i.subject_id
    WHERE i.kind = %s AND i.key = ANY (%b)
"""
HIT = {
    "key": pl.Binary, "subject": pl.Binary, "known_name": pl.String, "former": pl.String,
    "known_uscc": pl.String, "known_name_key": pl.Binary,
}  # fmt: skip
FOUND = tuple(column for column in HIT if column != "key")


def _hits(numbers: pl.DataFrame) -> pl.DataFrame:
    """What is stored under the numbers: ``kind`` and the columns of :data:`HIT`; one query a kind."""
    parts = [pl.DataFrame(schema={"kind": pl.String, **HIT})]
    for (kind,), group in numbers.select("kind", "key").unique().group_by("kind"):
        query = PERSONS if kind in DOCUMENT_KINDS else ORGANISATIONS
        keys = group["key"].sort().to_list()
        with psycopg.Cursor(driver()) as cursor:
            with turn():
                cursor.execute(query.encode(), [kind, keys], binary=True)
            found = zip(*cursor.fetchall(), strict=True)
        rows = pl.DataFrame(dict(zip(HIT, found, strict=False)), schema=HIT)
        parts.append(rows.select(pl.lit(kind, dtype=pl.String).alias("kind"), pl.all()))
    return pl.concat(parts)


@dataclass
class Found:
    """``parties``: each with the strongest subject found, all subjects found, and ``conflict``;
    ``numbers``: every number given, with ``subject`` where it is known;
    ``inner_codes``: the organisation codes inside the credit codes of parties none of whose numbers is known;
    ``inner``: by party, (subject, its credit code) known under such a code."""

    parties: pl.DataFrame
    numbers: pl.DataFrame
    inner_codes: pl.DataFrame
    inner: dict[int, tuple[bytes, str | None]] = field(default_factory=dict)


def _strongest(numbers: pl.DataFrame) -> pl.DataFrame:
    """By party: the subject of its strongest known number, and how all its numbers stand."""
    known = pl.col("subject").is_not_null()
    uscc = pl.col("kind") == "uscc"
    ordered = numbers.sort("party", "strength", maintain_order=True)
    return ordered.group_by("party", maintain_order=True).agg(
        *(pl.col(column).filter(known).first() for column in FOUND),
        pl.col("subject").filter(known).unique(maintain_order=True).alias("subjects"),
        pl.col("number").filter(uscc).first().alias("given_uscc"),
        pl.col("number").filter(uscc).n_unique().alias("given_usccs"),
        pl.len().alias("numbers"),
        pl.col("strength").min(),
    )


def _name_matches() -> pl.Expr:
    """People: the digests are equal. Organisations: the name is the known or a former one."""
    former = pl.col("former").str.split(SPLIT)
    organisation = (pl.col("plain") == pl.col("known_plain")) | former.list.contains(pl.col("name")).fill_null(False)
    return pl.when(is_organisation()).then(organisation).otherwise(pl.col("name_key") == pl.col("known_name_key"))


def _conflict() -> pl.Expr:
    """The first of :data:`goodfaith.subjects.rules.CONFLICTS` that holds; null when none."""
    known = pl.col("subject").is_not_null()
    other_uscc = pl.col("given_uscc") != pl.col("known_uscc")
    uncertain = pl.col("given_uscc").is_not_null() & pl.col("known_uscc").is_null() & ~pl.col("name_matches")
    return (
        pl.when(pl.col("name").is_null())
        .then(pl.lit("name_missing"))
        .when(pl.col("numbers").is_null())
        .then(pl.lit("number_missing"))
        .when((pl.col("subjects").list.len() > 1) | (pl.col("given_usccs") > 1) | other_uscc | (known & uncertain))
        .then(pl.lit("subject_conflict"))
        .when(known & ~is_organisation() & ~pl.col("name_matches"))
        .then(pl.lit("person_name_differs"))
    )


def _inside(numbers: pl.DataFrame) -> pl.DataFrame:
    """The organisation codes inside the credit codes of parties none of whose numbers is known."""
    fresh = numbers.filter(pl.col("subject").is_null().all().over("party"))
    return inner_codes(fresh.drop(FOUND))


def look_up(parties: pl.DataFrame) -> Found:
    """What the database knows about the parties (columns of :mod:`.matching` and ``party``, their index)."""
    numbers = party_numbers(parties)
    numbers = numbers.join(_hits(numbers), on=["kind", "key"], how="left", maintain_order="left")
    codes = _inside(numbers)
    inside = codes.join(_hits(codes), on=["kind", "key"], how="inner").unique("party")
    whole = parties.join(_strongest(numbers), on="party", how="left", maintain_order="left")
    whole = whole.with_columns(
        plain_names(whole["name"]).alias("plain"),
        plain_names(whole["known_name"]).alias("known_plain"),
        name_keys(whole).alias("name_key"),
    )
    whole = whole.with_columns(_name_matches().fill_null(False).alias("name_matches"))
    whole = whole.with_columns(_conflict().alias("conflict"))
    inner = {party: (subject, uscc) for party, subject, uscc in inside.select("party", "subject", "known_uscc").rows()}
    return Found(whole, numbers, codes, inner)
