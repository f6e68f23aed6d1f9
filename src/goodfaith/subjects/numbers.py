"""Numbers of people: GB 11643 ID numbers, and the other documents of the official type list. Pure rules.

Every function takes what stands in a file and brings it to one form first (:mod:`.notation`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from goodfaith.common import clock
from goodfaith.subjects.areas import known_areas
from goodfaith.subjects.masking import mask_document_number, mask_id_number, mask_name
from goodfaith.subjects.notation import MESSAGES, WARNINGS, NumberProblem, is_ruined, normalise, problem

__all__ = [
    "DOCUMENT_KINDS", "MESSAGES", "WARNINGS", "NumberProblem", "age_on", "area_warning", "birth_date",
    "check_document", "check_id_number", "document_kind", "id_check_digit", "mask_document_number",
    "mask_id_number", "mask_name", "normalise_document", "normalise_id_number",
]  # fmt: skip

DOCUMENT_KINDS = {
    "id_number": ("身份证", "居民身份证", "公民身份号码", "公民身份证"),
    "passport": ("护照", "护照号"),
    "hk_macao_permit": ("港澳居民来往内地通行证", "港澳通行证", "回乡证"),
    "taiwan_permit": ("台湾居民来往大陆通行证", "台湾通行证", "台胞证"),
    "foreign_permanent_residence": ("外国人永久居留身份证", "外国人永久居留证"),
}
"""Kinds of a person's number, and what they are called in the official type list and in files."""

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"
OLD_LENGTH, LENGTH = 15, 18
EARLIEST = dt.date(1880, 1, 1)
SHORTEST, LONGEST = 5, 20

_old = re.compile(r"\d{15}", re.ASCII)
_shape = re.compile(r"\d{17}[\dX]", re.ASCII)
_document = re.compile(r"[0-9A-Z]+", re.ASCII)
_kind_names = {name: kind for kind, names in DOCUMENT_KINDS.items() for name in names}


def id_check_digit(first17: str) -> str:
    """The 18th character of an ID number (ISO 7064 MOD 11-2); ``first17`` are digits."""
    return CHECK[sum(w * int(d) for w, d in zip(WEIGHTS, first17, strict=True)) % 11]


def normalise_id_number(text: str) -> str:
    """The number in its 18-digit form, X in upper case; a 15-digit one gets century 19 and its check digit."""
    number = normalise(text)
    if not _old.fullmatch(number):
        return number
    body = f"{number[:6]}19{number[6:]}"
    return body + id_check_digit(body)


def birth_date(id18: str) -> dt.date:
    """The birth date inside a normalised ID number; ValueError when there is no such day."""
    return dt.date(int(id18[6:10]), int(id18[10:12]), int(id18[12:14]))


def age_on(id18: str, day: dt.date) -> int:
    """Full years of age on ``day``; someone born on 29 February turns a year older on 1 March."""
    born = birth_date(id18)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _is_birth_date(id18: str, today: dt.date) -> bool:
    try:
        return EARLIEST <= birth_date(id18) <= today
    except ValueError:
        return False


def _shape_problem(number: str) -> str | None:
    if is_ruined(number):
        return "id_excel_ruined"
    if len(number) != LENGTH:
        return "id_length"
    return None if _shape.fullmatch(number) else "id_chars"


def _digits_problem(number: str, today: dt.date) -> str | None:
    right = number[-1] == id_check_digit(number[:-1])
    if not right and number.endswith("000"):
        return "id_excel_ruined"
    if not _is_birth_date(number, today):
        return "id_birth_date"
    return None if right else "id_check_digit"


def check_id_number(text: str, *, today: dt.date | None = None) -> NumberProblem | None:
    """What is wrong with an ID number (GB 11643), or None. 15-digit numbers are good.

    ``today``: birth dates after it are refused; the day in China by default.
    """
    number = normalise_id_number(text)
    code = _shape_problem(number) or _digits_problem(number, today or clock.today())
    seen = f"现有{len(number)}位。" if code == "id_length" else ""
    return problem(code, seen) if code else None


def area_warning(id18: str, areas: Mapping[str, int] | None = None) -> NumberProblem | None:
    """A warning when the area code of a good number was not (or no longer) in use in the birth year."""
    table = known_areas() if areas is None else areas
    if not table or table.get(id18[:6], 0) >= int(id18[6:10]):
        return None
    return problem("id_area_unknown")


def document_kind(name: str) -> str | None:
    """The kind of document that ``name`` means (its Chinese name or our own code); None when not listed."""
    text = name.strip()
    return text if text in DOCUMENT_KINDS else _kind_names.get(normalise(text))


def normalise_document(kind: str, text: str) -> str:
    """The number of a document of that kind in its one form."""
    return normalise_id_number(text) if kind == "id_number" else normalise(text)


def check_document(kind: str, text: str, *, today: dt.date | None = None) -> NumberProblem | None:
    """What is wrong with a document's number, or None. Foreign numbers are only held to letters and digits."""
    if kind == "id_number":
        return check_id_number(text, today=today)
    if kind not in DOCUMENT_KINDS:
        return problem("document_kind")
    number = normalise(text)
    if is_ruined(number):
        return problem("id_excel_ruined")
    if not SHORTEST <= len(number) <= LONGEST:
        return problem("document_length", f"现有{len(number)}位。")
    return None if _document.fullmatch(number) else problem("document_chars")
