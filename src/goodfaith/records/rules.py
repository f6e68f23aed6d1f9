"""What a good row becomes: which fact it is, what of it may stand in the clear, how long it is shown. Pure."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib

import polars as pl
from django.conf import settings

from goodfaith.common import crypto
from goodfaith.law import schema
from goodfaith.law.vectors import display_frame
from goodfaith.subjects import vectors

ROW, PERSON = "__row", "__person"
"""Columns that a good row carries beside its fields: row of the sheet; whether a natural person is the subject."""
IN_CLEAR = frozenset({"open"})
"""Sensitivities that may stand in the clear in an organisation's record. A person's record is sealed whole."""
OPENNESS = ("open", "on_request", "shared", "closed")
SCOPE_LIST = "disclosure_scope_pre2018"
SCOPES = {"1": "shared", "2": "on_request"}
"""信息使用范围 of the form before 2018: it can narrow the item's disclosure and never widen it."""
WITHOUT_END = dt.date(2099, 12, 31)
NO_RULE = "none"
"""Class and version of a record for whose day there is no rule: it is not shown."""
SEPARATOR = "\x1f"
_PLAIN = r"^[0-9A-Z\x{4e00}-\x{9fff}〔〕\-]*$"
_OPENING, _CLOSING = r"[〔\[（【﹝［]", r"[〕\]）】﹞］]"


def members_of(frame: pl.DataFrame, codes: list[str]) -> pl.Series:
    """The filled fields of each row as members of a JSON object, in the order of ``codes``; "" when none."""
    parts = []
    for code in codes:
        if frame[code].null_count() == frame.height:
            continue
        text = pl.col(code).cast(pl.String)
        if frame.schema[code] == pl.String and frame[code].str.contains(r'["\\]').any():
            text = text.str.replace_all("\\", "\\\\", literal=True).str.replace_all('"', '\\"', literal=True)
        parts.append(pl.concat_str(pl.lit(f'"{code}":"'), text, pl.lit('"')))
    if not parts:
        return pl.Series([""]).new_from_index(0, frame.height)
    return frame.select(pl.concat_str(parts, separator=",", ignore_nulls=True)).to_series()


def object_of(*members: pl.Series) -> pl.Series:
    """Members of :func:`members_of` put together as JSON objects."""
    filled = [pl.when(part != "").then(part) for part in members]
    inside = pl.concat_str(filled, separator=",", ignore_nulls=True)
    return pl.select(pl.concat_str(pl.lit("{"), inside, pl.lit("}"))).to_series()


def comparable(cells: pl.Series) -> pl.Series:
    """A field as facts are compared: brackets made one, no white space, so that 〔2026〕1号 is [2026] 1 号."""
    text = cells.cast(pl.String).fill_null("")
    plain = text.str.contains(_PLAIN)
    if plain.all():
        return text
    odd = text.filter(~plain).str.replace_all(_OPENING, "〔").str.replace_all(_CLOSING, "〕")
    odd = odd.str.normalize("NFKC").str.replace_all(r"\s+", "").str.to_uppercase()
    return text.scatter((~plain).arg_true(), odd)


def keyed(kind: str, texts: pl.Series) -> list[bytes]:
    """Keyed digests (16 bytes) of many texts, by the suite in use: BLAKE2b with the index key, or HMAC-SM3.

    BLAKE2b's own keyed mode (RFC 7693) takes a third of HMAC-SHA-256's time on rows of this length.
    """
    if settings.CRYPTO_SUITE == "sm":
        return crypto.index_many(kind, texts)
    make = functools.partial(hashlib.blake2b, digest_size=16, key=crypto.keys().index, person=kind.encode()[:16])
    return [make(text).digest() for text in texts.cast(pl.Binary).to_list()]


def fact_keys(frame: pl.DataFrame, item: schema.Item, edition: schema.Edition) -> list[bytes]:
    """The keyed digest of what, beside the subject and the item, says which fact a row is."""
    text = pl.select(pl.concat_str([comparable(frame[code]) for code in edition.fact], separator=SEPARATOR)).to_series()
    return keyed("fact", text)


def content_digests(whole: pl.Series) -> list[bytes]:
    """The keyed digest of the whole normalised content."""
    return keyed("content", whole)


def disclosures(frame: pl.DataFrame, item: schema.Item, edition: schema.Edition) -> pl.Expr:
    """The disclosure of each row: the item's for that kind of subject, narrowed by the old form's own field."""
    order = pl.Enum(OPENNESS)
    person, organisation = (item.disclosure.get(kind, "closed") for kind in ("person", "organisation"))
    rank = pl.when(pl.col(PERSON)).then(pl.lit(OPENNESS.index(person))).otherwise(pl.lit(OPENNESS.index(organisation)))
    for field in edition.fields:
        if field.code_list == SCOPE_LIST:
            ranks = {scope: OPENNESS.index(name) for scope, name in SCOPES.items()}
            narrowed = pl.col(field.code).replace_strict(ranks, default=0, return_dtype=pl.Int32)
            rank = pl.max_horizontal(rank, narrowed)
    return rank.replace_strict(dict(enumerate(OPENNESS)), return_dtype=order).cast(pl.String)


def range_text(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """A half-open daterange as PostgreSQL reads it; nulls are unbounded."""
    first = start.dt.to_string("%Y-%m-%d").fill_null("")
    last = end.dt.to_string("%Y-%m-%d").fill_null("")
    left = pl.when(start.is_null()).then(pl.lit("(")).otherwise(pl.lit("["))
    return pl.concat_str(left, first, pl.lit(","), last, pl.lit(")"))


def display_text(edition: schema.Edition) -> pl.Expr:
    """The display range from the columns of ``display_frame`` and ``disclosure``: empty where it is not shown.

    The rule's period is shortened by the last day of display that the source unit names and by the day of removal
    from a list, where the form has them; never lengthened.
    """
    start, end = pl.col("display_start"), pl.min_horizontal("display_end", *_early_ends(edition))
    shown = pl.col("display_publish").fill_null(False) & (pl.col("disclosure") == "open") & start.is_not_null()
    some = shown & (end.is_null() | (end > start))
    return pl.when(some).then(range_text(start, end)).otherwise(pl.lit("empty"))


def _early_ends(edition: schema.Edition) -> list[pl.Expr]:
    """First days on which display is over by the form's own dates; null where the row has none."""
    ends: list[pl.Expr] = []
    if edition.display_until:
        last = pl.col(edition.display_until)
        ends.append(pl.when(last < WITHOUT_END).then(last.dt.offset_by("1d")))
    if edition.removed_on:
        ends.append(pl.col(edition.removed_on))
    return ends


def in_force_bounds(edition: schema.Edition) -> tuple[pl.Expr, pl.Expr]:
    """First day of the decision's own validity and the first day after it; the last day named is still in it."""
    nothing = pl.lit(None, dtype=pl.Date)
    first, last = (pl.col(code) if code else nothing for code in edition.in_force or (None, None))
    end = pl.when(last < WITHOUT_END).then(last.dt.offset_by("1d"))
    return first, pl.when(first.is_null() | end.is_null() | (end > first)).then(end)


def in_force_text(edition: schema.Edition) -> pl.Expr:
    """The decision's own validity; long term has no end."""
    return range_text(*in_force_bounds(edition)) if edition.in_force else pl.lit("(,)")


def displayed(frame: pl.DataFrame, edition: schema.Edition, rule: schema.DisplayRule) -> pl.DataFrame:
    """``frame`` with the display columns; the name of the authority goes to the rule as "authority"."""
    named = frame if edition.authority is None else frame.with_columns(pl.col(edition.authority).alias("authority"))
    return display_frame(rule, named, edition.decided_on)


def _personal_tax_nos(frame: pl.DataFrame, edition: schema.Edition) -> dict[str, pl.Series]:
    """Rows in which an organisation's tax number is made of a person's ID number (individual businesses)."""
    found = {}
    for field in edition.fields:
        if field.type == "tax_no" and field.sensitivity in IN_CLEAR and frame[field.code].null_count() < frame.height:
            found[field.code] = pl.Series(vectors.hold_person_numbers(frame[field.code]), dtype=pl.Boolean)
    return {code: rows for code, rows in found.items() if rows.any()}


def split_content(frame: pl.DataFrame, edition: schema.Edition) -> tuple[pl.Series, pl.Series, pl.Series]:
    """(content in the clear, rest to be sealed, whole content). A person's row is sealed whole: its clear part is
    ``{}``. The rest is null where there is none."""
    clear = [f.code for f in edition.fields if f.sensitivity in IN_CLEAR]
    private = [f.code for f in edition.fields if f.sensitivity not in IN_CLEAR]
    hidden, person = _personal_tax_nos(frame, edition), frame[PERSON]
    open_part = frame.with_columns(pl.when(~rows).then(frame[code]).alias(code) for code, rows in hidden.items())
    secret_part = frame.with_columns(pl.when(rows).then(frame[code]).alias(code) for code, rows in hidden.items())
    shown, kept = members_of(open_part, clear), members_of(secret_part, private + list(hidden))
    whole, nothing = object_of(shown, kept), pl.lit("{}")
    texts = pl.select(pl.when(person).then(nothing).otherwise(object_of(shown))).to_series()
    hide = pl.select(pl.when(person).then(whole).otherwise(object_of(kept))).to_series()
    return texts, pl.select(pl.when(hide != "{}").then(hide)).to_series(), whole


def prepare(good: pl.DataFrame, item: schema.Item, edition: schema.Edition, rule: schema.DisplayRule) -> pl.DataFrame:
    """Good rows as records that still lack their subject: all that can be worked out without the database.

    ``good``: ``__row``, ``__person`` and the fields in normal form. Returns ``__row``, ``__person``, decided_on,
    document_no, authority, disclosure, display, display_class, display_version, in_force, content, secret (what is
    to be sealed under the subject's key, once that is known; null when nothing is), fact, digest (both Binary).
    """
    content, secret, whole = split_content(good, edition)
    nothing = pl.lit(None, dtype=pl.String)
    frame = good.with_columns(disclosures(good, item, edition).alias("disclosure"))
    return displayed(frame, edition, rule).select(
        ROW,
        PERSON,
        pl.col(edition.decided_on).alias("decided_on"),
        (pl.col(edition.document_no) if edition.document_no else nothing).alias("document_no"),
        (pl.col(edition.authority) if edition.authority else nothing).alias("authority"),
        "disclosure",
        display_text(edition).alias("display"),
        pl.col("display_class").fill_null(NO_RULE),
        pl.col("display_version").fill_null(NO_RULE),
        in_force_text(edition).alias("in_force"),
        content.alias("content"),
        secret.alias("secret"),
        pl.Series("fact", fact_keys(good, item, edition), dtype=pl.Binary),
        pl.Series("digest", content_digests(whole), dtype=pl.Binary),
    )
