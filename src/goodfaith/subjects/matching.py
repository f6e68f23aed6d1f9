"""Rows → parties → numbers: the column-wise work of matching, without the database.

A *party* is one distinct way in which rows of a delivery say whom they are about: kind, numbers and name.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import polars as pl

from goodfaith.common import crypto
from goodfaith.subjects import vectors
from goodfaith.subjects.rules import ORGANISATION, PERSON, STRENGTH

NUMBER_COLUMNS = ("document_no", *STRENGTH)
COLUMNS = ("subject_kind", "name", "document_kind", *NUMBER_COLUMNS)
"""What a frame of rows may hold; only the first two must be there. All text, normalised, null when blank."""
SPLIT = "\x1f"
SPACES = r"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"


def plain_names(names: pl.Series) -> pl.Series:
    """:func:`goodfaith.common.crypto.plain_name` for a column; null stays null."""
    text = names.str.normalize("NFKC").str.to_uppercase()
    return text.str.replace_all("[•．‧]", "·").str.replace_all(SPACES, "")


def grams(name: str, former: Iterable[str] = ()) -> list[str]:
    """What a name is found by: its pairs of neighbours, and its ends as ``^a`` and ``z$``; sorted, each once.

    Single characters are left out: a query has at least two. Former names give their pairs, not their ends.
    """
    plain = crypto.plain_name(name)
    pairs = {plain[i : i + 2] for i in range(len(plain) - 1)}
    for old in map(crypto.plain_name, former):
        pairs |= {old[i : i + 2] for i in range(len(old) - 1)}
    return sorted(pairs | ({"^" + plain[0], plain[-1] + "$"} if plain else set()))


def complete(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with all of :data:`COLUMNS`, as text; a person's number without a kind is an ID number."""
    there = set(frame.columns)
    columns = [(pl.col(c) if c in there else pl.lit(None)).cast(pl.String).alias(c) for c in COLUMNS]
    whole = frame.select(columns)
    person = pl.col("subject_kind") == PERSON
    return whole.with_columns(
        pl.when(person).then(pl.col("document_kind").fill_null("id_number")).alias("document_kind"),
        pl.when(person).then(pl.col("document_no")).alias("document_no"),
        *(pl.when(~person).then(pl.col(c)).alias(c) for c in STRENGTH),
    )


def with_signature(frame: pl.DataFrame) -> pl.DataFrame:
    """A ``signature`` column that is equal exactly where kind, name and all numbers are."""
    parts = [pl.col(c).fill_null("") for c in COLUMNS]
    return frame.with_columns(pl.concat_str(parts, separator=SPLIT).alias("signature"))


def with_keys(numbers: pl.DataFrame) -> pl.DataFrame:
    """Adds ``key``, the keyed digest of (``kind``, ``number``); each distinct number is digested once."""
    parts = []
    for (kind,), group in numbers.select("kind", "number").unique().group_by("kind"):
        keys = crypto.index_many(str(kind), group["number"].to_list())
        parts.append(group.with_columns(pl.Series("key", keys, dtype=pl.Binary)))
    if not parts:
        return numbers.with_columns(pl.lit(None, dtype=pl.Binary).alias("key"))
    return numbers.join(pl.concat(parts), on=["kind", "number"], how="left")


def _of_column(parties: pl.DataFrame, column: str) -> pl.DataFrame:
    kind = pl.col("document_kind") if column == "document_no" else pl.lit(column)
    strength = STRENGTH.index(column) if column in STRENGTH else 0
    return parties.filter(pl.col(column).is_not_null()).select(
        "party", pl.lit(strength, dtype=pl.Int8).alias("strength"), kind.alias("kind"), pl.col(column).alias("number")
    )


def _tax_numbers_told_apart(numbers: pl.DataFrame) -> pl.DataFrame:
    """Tax numbers that are credit codes count as such; those made of a person's ID number are ``sealed``."""
    tax = (numbers["kind"] == "tax_no").to_numpy()
    uscc, sealed = np.zeros(len(tax), dtype=np.bool_), np.zeros(len(tax), dtype=np.bool_)
    values = numbers["number"].filter(pl.Series(tax))
    uscc[tax] = (vectors.check_usccs(values)["code"].is_null() & (values.str.len_bytes() == 18)).to_numpy()
    sealed[tax] = vectors.hold_person_numbers(values)
    is_uscc = pl.lit(pl.Series(uscc))
    return numbers.with_columns(
        pl.when(is_uscc).then(pl.lit("uscc")).otherwise(pl.col("kind")).alias("kind"),
        pl.when(is_uscc).then(pl.lit(0, dtype=pl.Int8)).otherwise(pl.col("strength")).alias("strength"),
        pl.Series("sealed", sealed),
    )


def party_numbers(parties: pl.DataFrame) -> pl.DataFrame:
    """Every number that the parties give: ``party, strength, kind, number, sealed, key``.

    An organisation code that the party's own credit code contains says nothing new and is left out.
    """
    inner = pl.col("organisation_code") == pl.col("uscc").str.slice(8, 9)
    parties = parties.with_columns(
        pl.when(inner.fill_null(False)).then(None).otherwise(pl.col("organisation_code")).alias("organisation_code")
    )
    numbers = pl.concat([_of_column(parties, column) for column in NUMBER_COLUMNS])
    if (numbers["kind"] == "tax_no").any():
        numbers = _tax_numbers_told_apart(numbers)
    else:
        numbers = numbers.with_columns(pl.lit(False).alias("sealed"))
    return with_keys(numbers.unique(["party", "kind", "number"], maintain_order=True))


def inner_codes(numbers: pl.DataFrame) -> pl.DataFrame:
    """The organisation codes inside the credit codes among ``numbers``, in the same shape."""
    usccs = numbers.filter(pl.col("kind") == "uscc").with_columns(
        pl.lit("organisation_code").alias("kind"),
        pl.lit(1, dtype=pl.Int8).alias("strength"),
        pl.col("number").str.slice(8, 9),
    )
    return with_keys(usccs.drop("key"))


def name_keys(parties: pl.DataFrame) -> pl.Series:
    """The keyed digest of each person's name; null for organisations."""
    person = parties["subject_kind"] == PERSON
    keys = crypto.index_many("name", plain_names(parties["name"].filter(person)).fill_null("").to_list())
    column = pl.Series([None] * len(parties), dtype=pl.Binary)
    return column.scatter(person.arg_true(), pl.Series(keys, dtype=pl.Binary)) if keys else column


def is_organisation() -> pl.Expr:
    """Whether a row is about an organisation."""
    return pl.col("subject_kind") == ORGANISATION
