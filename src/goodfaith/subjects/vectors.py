"""The checks of :mod:`.numbers` and :mod:`.organisation_codes` for whole columns, without a loop over rows.

Each ``check_*`` takes a column of text and returns a frame of the same height with ``value`` (normalised),
``code`` (of the problem; null when good or blank) and ``warning`` (code of a warning about a good number).
Property tests hold them to their scalar twins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import polars as pl

from goodfaith.common import clock
from goodfaith.subjects import columns, numbers
from goodfaith.subjects import organisation_codes as codes
from goodfaith.subjects.areas import known_areas
from goodfaith.subjects.columns import Bools, Bytes, Ints, answer, first_of, lengths, matches, matrix, weighted

ZERO = ord("0")
NOT_A_SYMBOL = 255
MONTH_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] + [0] * 87)


def _table(symbols: str) -> Bytes:
    table = np.full(256, NOT_A_SYMBOL, dtype=np.uint8)
    table[list(symbols.encode())] = range(len(symbols))
    return table


DIGITS = _table("0123456789")
ALNUM = _table("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
SYMBOLS = _table(codes.USCC_SYMBOLS)
ID_CHECK = np.frombuffer(numbers.CHECK.encode(), dtype=np.uint8)
USCC_CHECK = np.frombuffer(codes.USCC_SYMBOLS.encode(), dtype=np.uint8)
ORG_CHECK = np.frombuffer(b"0123456789X", dtype=np.uint8)


def _all_in(cells: Bytes, table: Bytes) -> Bools:
    good: Bools = (table[cells] != NOT_A_SYMBOL).all(axis=1)
    return good


def _number(cells: Bytes, start: int, stop: int) -> Ints:
    """The digits in columns [start, stop) as one integer a row."""
    scale = tuple(10 ** (stop - 1 - i) for i in range(start, stop))
    return weighted(cells[:, start:stop] - ZERO, scale)


def _id_check_digits(first17: Bytes) -> Bytes:
    return ID_CHECK[weighted(first17 - ZERO, numbers.WEIGHTS) % 11]


def normalise_id_numbers(series: pl.Series) -> pl.Series:
    """:func:`.numbers.normalise_id_number` for a column."""
    value = columns.clean(series)
    old = matrix(value, numbers.OLD_LENGTH)
    good = _all_in(old.cells, DIGITS)
    cells = old.cells[good]
    if not len(cells):
        return value
    century = np.broadcast_to(np.frombuffer(b"19", dtype=np.uint8), (len(cells), 2))
    body = np.hstack([cells[:, :6], century, cells[:, 6:]])
    full = np.hstack([body, _id_check_digits(body)[:, None]])
    return value.scatter(old.rows[good], columns.texts(full))


def _real_dates(cells: Bytes, today: dt.date) -> Bools:
    """Whether columns 6–14 are a real day, not before 1880 and not after ``today``."""
    year, month, day = _number(cells, 6, 10), _number(cells, 10, 12), _number(cells, 12, 14)
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    month = np.minimum(month, 99)
    last = MONTH_DAYS[month] + ((month == 2) & leap)
    written = year * 10_000 + month * 100 + day
    latest = today.year * 10_000 + today.month * 100 + today.day
    real: Bools = (day >= 1) & (day <= last) & (year >= numbers.EARLIEST.year) & (written <= latest)
    return real


def _areas_gone(cells: Bytes, areas: Mapping[str, int]) -> Bools:
    """Whether the area code was not in use in the birth year; all False when no table is known."""
    if not areas:
        return np.zeros(len(cells), dtype=np.bool_)
    last_year = np.zeros(1_000_000, dtype=np.int64)
    last_year[[int(code) for code in areas]] = list(areas.values())
    gone: Bools = last_year[_number(cells, 0, 6)] < _number(cells, 6, 10)
    return gone


def check_id_numbers(
    series: pl.Series, *, today: dt.date | None = None, areas: Mapping[str, int] | None = None
) -> pl.DataFrame:
    """:func:`.numbers.check_id_number` and :func:`.numbers.area_warning` for a column."""
    value = normalise_id_numbers(series)
    size, full = lengths(value), matrix(value, numbers.LENGTH)
    shaped = _all_in(full.cells[:, :17], DIGITS) & ((ALNUM[full.cells[:, 17]] <= 9) | (full.cells[:, 17] == ord("X")))
    digits = np.where(shaped[:, None], full.cells, np.uint8(ZERO))
    right = shaped & (_id_check_digits(digits[:, :17]) == digits[:, 17])
    dated = _real_dates(digits, today or clock.today())
    lost = shaped & ~right & (digits[:, 15:] == ZERO).all(axis=1)
    code = first_of(
        len(value),
        ("id_excel_ruined", columns.ruined(value)),
        ("id_length", (size >= 0) & (size != numbers.LENGTH)),
        ("id_chars", (size == numbers.LENGTH) & ~full.spread(shaped)),
        ("id_excel_ruined", full.spread(lost)),
        ("id_birth_date", full.spread(~dated)),
        ("id_check_digit", full.spread(~right)),
    )
    gone = _areas_gone(digits, known_areas() if areas is None else areas)
    return answer(value, code, first_of(len(value), ("id_area_unknown", full.spread(gone))))


def birth_dates(values: pl.Series) -> pl.Series:
    """Birth dates inside normalised ID numbers; null where there is none."""
    return values.str.slice(6, 8).str.to_date("%Y%m%d", strict=False)


def ages_on(values: pl.Series, days: pl.Series) -> pl.Series:
    """:func:`.numbers.age_on` for normalised ID numbers and a column of dates; null where either is missing."""
    born = birth_dates(values)
    before = (days.dt.month().cast(pl.Int32) * 100 + days.dt.day()) < (
        born.dt.month().cast(pl.Int32) * 100 + born.dt.day()
    )
    return days.dt.year() - born.dt.year() - before.cast(pl.Int32)


def _org_check_wrong(nine: Bytes) -> Bools:
    """Whether the ninth byte is not the GB 11714 check character of the eight before; bytes are letters or digits."""
    left = -weighted(ALNUM[nine[:, :8]], codes.ORG_WEIGHTS) % 11
    wrong: Bools = ORG_CHECK[left] != nine[:, 8]
    return wrong


def check_usccs(series: pl.Series) -> pl.DataFrame:
    """:func:`.organisation_codes.check_uscc` and ``uscc_warning`` for a column."""
    value = columns.clean(series)
    size, full = lengths(value), matrix(value, codes.USCC_LENGTH)
    alnum, lawful = _all_in(full.cells, ALNUM), _all_in(full.cells, SYMBOLS)
    cells = np.where(lawful[:, None], full.cells, np.uint8(ZERO))
    check = USCC_CHECK[-weighted(SYMBOLS[cells[:, :17]], codes.USCC_WEIGHTS) % 31]
    right = check == cells[:, 17]
    lost = lawful & ~right & _all_in(cells, DIGITS) & (cells[:, 15:] == ZERO).all(axis=1)
    code = first_of(
        len(value),
        ("id_excel_ruined", columns.ruined(value)),
        ("uscc_length", (size >= 0) & (size != codes.USCC_LENGTH)),
        ("uscc_chars", (size == codes.USCC_LENGTH) & ~full.spread(alnum)),
        ("uscc_letters", full.spread(alnum & ~lawful)),
        ("id_excel_ruined", full.spread(lost)),
        ("uscc_prefix", ~matches(value, "^[1-9ANY][1-9]") & full.spread(lawful)),
        ("uscc_area", full.spread(~_all_in(cells[:, 2:8], DIGITS))),
        ("uscc_check_digit", full.spread(~right)),
    )
    known = value.str.slice(0, 2).is_in(list(codes.PREFIXES)).fill_null(True).to_numpy()
    inner = full.spread(_org_check_wrong(cells[:, 8:17]))
    return answer(value, code, first_of(len(value), ("uscc_prefix_unknown", ~known), ("uscc_org_code_check", inner)))


def organisation_kinds(values: pl.Series) -> pl.Series:
    """:func:`.organisation_codes.organisation_kind` for normalised credit codes; null stays null."""
    kinds = values.str.slice(0, 2).replace_strict(codes.KINDS, default="other", return_dtype=pl.String)
    return pl.select(pl.when(values.is_not_null()).then(kinds)).to_series()


def check_organisation_codes(series: pl.Series) -> pl.DataFrame:
    """:func:`.organisation_codes.check_organisation_code` for a column."""
    value = columns.clean(series)
    size, full = lengths(value), matrix(value, codes.ORG_LENGTH)
    shaped = matches(value, "^[0-9A-Z]{8}[0-9X]$")
    cells = np.where(shaped[full.rows][:, None], full.cells, np.uint8(ZERO))
    code = first_of(
        len(value),
        ("id_excel_ruined", columns.ruined(value)),
        ("org_code_length", (size >= 0) & (size != codes.ORG_LENGTH)),
        ("org_code_chars", (size >= 0) & ~shaped),
        ("org_code_check", full.spread(_org_check_wrong(cells))),
    )
    return answer(value, code)


def _registration_check_wrong(cells: Bytes) -> Bools:
    digits: npt.NDArray[np.int64] = cells.astype(np.int64) - ZERO
    rest = np.full(len(cells), 10, dtype=np.int64)
    for column in range(codes.REGISTRATION_LENGTH - 1):
        rest = (rest + digits[:, column]) % 10
        rest = np.where(rest == 0, 10, rest) * 2 % 11
    wrong: Bools = (11 - rest) % 10 != digits[:, -1]
    return wrong


def check_registration_nos(series: pl.Series) -> pl.DataFrame:
    """:func:`.organisation_codes.check_registration_no` and ``registration_warning`` for a column."""
    value = columns.clean(series)
    size, digits = lengths(value), matches(value, "^[0-9]+$")
    full = matrix(value, codes.REGISTRATION_LENGTH)
    fits = np.where(digits, np.isin(size, codes.REGISTRATION_LENGTHS), (size >= 1) & (size <= codes.LONGEST))
    code = first_of(
        len(value),
        ("id_excel_ruined", columns.ruined(value)),
        ("registration_length", (size >= 0) & ~fits),
    )
    warning = first_of(
        len(value),
        ("registration_shape", (size >= 0) & ~(digits & (size == codes.REGISTRATION_LENGTH))),
        ("registration_check", full.spread(_registration_check_wrong(full.cells))),
    )
    return answer(value, code, warning)


def _check_shape(series: pl.Series, fits: Callable[[Ints], Bools], length: str, chars: str | None) -> pl.DataFrame:
    value = columns.clean(series)
    size = lengths(value)
    problems = [("id_excel_ruined", columns.ruined(value)), (length, (size >= 0) & ~fits(size))]
    if chars:
        problems.append((chars, (size >= 0) & ~matches(value, "^[0-9A-Z]+$")))
    return answer(value, first_of(len(value), *problems))


def check_tax_nos(series: pl.Series) -> pl.DataFrame:
    """:func:`.organisation_codes.check_tax_no` for a column."""
    return _check_shape(series, lambda size: np.isin(size, codes.TAX_LENGTHS), "tax_length", "tax_chars")


def check_certificate_nos(series: pl.Series) -> pl.DataFrame:
    """:func:`.organisation_codes.check_certificate_no` for a column."""
    return _check_shape(series, lambda size: (size >= 1) & (size <= codes.LONGEST), "certificate_length", None)


def check_documents(
    kind: str, series: pl.Series, *, today: dt.date | None = None, areas: Mapping[str, int] | None = None
) -> pl.DataFrame:
    """:func:`.numbers.check_document` for a column of one kind of :data:`.numbers.DOCUMENT_KINDS`; KeyError else."""
    if kind == "id_number":
        return check_id_numbers(series, today=today, areas=areas)
    if kind not in numbers.DOCUMENT_KINDS:
        raise KeyError(kind)
    shortest, longest = numbers.SHORTEST, numbers.LONGEST
    return _check_shape(
        series, lambda size: (size >= shortest) & (size <= longest), "document_length", "document_chars"
    )


def hold_person_numbers(tax_nos: pl.Series) -> Bools:
    """:func:`.organisation_codes.holds_person_number` for normalised tax numbers; False for null."""
    short = tax_nos.str.len_chars().is_in([15, 17])
    body = pl.select(pl.when(short).then(tax_nos.str.slice(0, 15)).otherwise(tax_nos.str.slice(0, 18))).to_series()
    person = check_id_numbers(body)["code"].is_null() & body.is_not_null()
    return (person & check_usccs(tax_nos)["code"].is_not_null()).to_numpy()


CHECKS: dict[str, Callable[[pl.Series], pl.DataFrame]] = {
    "uscc": check_usccs,
    "organisation_code": check_organisation_codes,
    "registration_no": check_registration_nos,
    "tax_no": check_tax_nos,
    "institution_no": check_certificate_nos,
    "social_no": check_certificate_nos,
}
"""By kind of an organisation's identifier, strongest first."""
