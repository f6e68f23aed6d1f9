"""Sealing what of a record is about people, each under the key of the record's subject."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from goodfaith.common import crypto_subject
from goodfaith.records import bulk
from goodfaith.subjects.keyring import Key, Keyring


def contexts(frame: pl.DataFrame) -> list[bytes]:
    """What each row's value is bound to: its subject, its record and its version (``crypto_subject.context``)."""
    subject, record = pl.col("subject_id").bin.encode("hex"), pl.col("id").str.replace_all("-", "", literal=True)
    text = pl.concat_str(subject, pl.lit("/record/"), record, pl.lit("/"), pl.col("version").cast(pl.String))
    return frame.select(text.cast(pl.Binary)).to_series().to_list()


def text(frame: pl.DataFrame, keyring: Keyring) -> Callable[[], bytes]:
    """What makes :func:`.bulk.text_of` of ``frame`` with ``sealed`` in the place of ``secret``.

    The keys are asked for now; what is returned needs no database and may run in another thread.
    """
    rows = frame["secret"].is_not_null().arg_true()
    keys = keyring.keys(frame["subject_id"].gather(rows).to_list())
    return lambda: bulk.text_of(_sealed(frame, rows, keys))


def _sealed(frame: pl.DataFrame, rows: pl.Series, keys: Sequence[Key]) -> pl.DataFrame:
    some = frame.select("subject_id", "id", "version", pl.col("secret").cast(pl.Binary))[rows]
    numbers, secrets = [number for number, _ in keys], [key for _, key in keys]
    values = crypto_subject.seal_each(numbers, secrets, some["secret"].to_list(), contexts(some))
    column = pl.Series("sealed", [None] * frame.height, dtype=pl.Binary)
    if values:
        column = column.scatter(rows, pl.Series(values, dtype=pl.Binary))
    return frame.drop("secret").with_columns(column)
