"""Numbers of organisations: GB 32100 credit codes, GB 11714 organisation codes, old numbers. Pure rules."""

from __future__ import annotations

import re
from collections.abc import Callable

from goodfaith.subjects import numbers
from goodfaith.subjects.notation import NumberProblem, is_ruined, normalise, problem

USCC_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
USCC_LENGTH = 18
FORBIDDEN = "IOSVZ"
LOOK_FOR = {"I": "1", "O": "0", "S": "5", "V": "U或Y", "Z": "2"}
SECONDS = {
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "123459", "6": "129", "7": "129", "8": "19", "9": "123",
    "A": "19", "N": "1239", "Y": "1",
}  # fmt: skip
PREFIXES = frozenset(first + second for first, seconds in SECONDS.items() for second in seconds)
"""Registrar and kind, as given out so far; 54 and 55 are older village and residents' committees."""
KINDS = {
    "11": "public_body",
    "12": "public_institution",
    "13": "social_organisation",
    "51": "social_organisation",
    "52": "social_organisation",
    "53": "social_organisation",
    "91": "enterprise",
    "92": "individual_business",
    "93": "cooperative",
}
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ORG_LENGTH = 9
REGISTRATION_LENGTHS = (13, 15)
REGISTRATION_LENGTH = 15
TAX_LENGTHS = (15, 17, 18, 20)
LONGEST = 50

_alnum = re.compile(r"[0-9A-Z]+", re.ASCII)
_digits = re.compile(r"\d+", re.ASCII)
_org = re.compile(r"[0-9A-Z]{8}[0-9X]", re.ASCII)
_prefix = re.compile(r"[1-9ANY][1-9]", re.ASCII)


def uscc_check_digit(first17: str) -> str:
    """The 18th character of a credit code; ``first17`` are of the 31 symbols."""
    total = sum(w * USCC_SYMBOLS.index(c) for w, c in zip(USCC_WEIGHTS, first17, strict=True))
    return USCC_SYMBOLS[-total % 31]


def organisation_check_digit(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714); letters count from A=10 to Z=35."""
    left = -sum(w * int(c, 36) for w, c in zip(ORG_WEIGHTS, first8, strict=True)) % 11
    return "0123456789X"[left]


def registration_check_digit(first14: str) -> str:
    """The 15th digit of a registration number (ISO 7064 MOD 11,10)."""
    rest = 10
    for digit in first14:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - rest) % 10)


def normalise_code(text: str) -> str:
    """Any number of an organisation in its one form."""
    return normalise(text)


def _letters(code: str) -> str:
    """Names the forbidden letters and where they stand: ``第10位“O”（多为0）；``."""
    seen = (f"第{i}位“{c}”（多为{LOOK_FOR[c]}）" for i, c in enumerate(code, 1) if c in FORBIDDEN)
    return "、".join(seen) + "有误。"


def _shape_problem(code: str) -> NumberProblem | None:
    if is_ruined(code):
        return problem("id_excel_ruined")
    if len(code) != USCC_LENGTH:
        return problem("uscc_length", f"现有{len(code)}位。")
    if not _alnum.fullmatch(code):
        return problem("uscc_chars")
    return problem("uscc_letters", _letters(code)) if set(code) & set(FORBIDDEN) else None


def check_uscc(text: str) -> NumberProblem | None:
    """What is wrong with a unified social credit code (GB 32100), or None."""
    code = normalise(text)
    if found := _shape_problem(code):
        return found
    right = code[-1] == uscc_check_digit(code[:-1])
    if not right and code.endswith("000") and _digits.fullmatch(code):
        return problem("id_excel_ruined")
    if not _prefix.match(code):
        return problem("uscc_prefix")
    if not _digits.fullmatch(code[2:8]):
        return problem("uscc_area")
    return None if right else problem("uscc_check_digit")


def uscc_warning(uscc: str) -> NumberProblem | None:
    """A warning about a good, normalised credit code: unknown prefix, or GB 11714 check of positions 9–17."""
    if uscc[:2] not in PREFIXES:
        return problem("uscc_prefix_unknown")
    wrong = uscc[16] != organisation_check_digit(uscc[8:16])
    return problem("uscc_org_code_check") if wrong else None


def organisation_kind(uscc: str) -> str:
    """The kind of organisation by the first two characters of a normalised credit code."""
    return KINDS.get(uscc[:2], "other")


def organisation_code_of(uscc: str) -> str:
    """The organisation code that a credit code contains (positions 9–17)."""
    return uscc[8:17]


def check_organisation_code(text: str) -> NumberProblem | None:
    """What is wrong with an organisation code (GB 11714, dash optional), or None."""
    code = normalise(text)
    if is_ruined(code):
        return problem("id_excel_ruined")
    if len(code) != ORG_LENGTH:
        return problem("org_code_length", f"现有{len(code)}位。")
    if not _org.fullmatch(code):
        return problem("org_code_chars")
    return None if code[-1] == organisation_check_digit(code[:-1]) else problem("org_code_check")


def check_registration_no(text: str) -> NumberProblem | None:
    """What is wrong with an old business registration number, or None; worded numbers (…字第…号) are good."""
    number = normalise(text)
    if is_ruined(number):
        return problem("id_excel_ruined")
    if _digits.fullmatch(number):
        return None if len(number) in REGISTRATION_LENGTHS else problem("registration_length")
    return None if 1 <= len(number) <= LONGEST else problem("registration_length")


def registration_warning(number: str) -> NumberProblem | None:
    """A warning about a good, normalised registration number: other than 15 digits, or its check digit."""
    if len(number) != REGISTRATION_LENGTH or not _digits.fullmatch(number):
        return problem("registration_shape")
    wrong = number[-1] != registration_check_digit(number[:-1])
    return problem("registration_check") if wrong else None


def check_tax_no(text: str) -> NumberProblem | None:
    """What is wrong with a tax registration number, or None."""
    number = normalise(text)
    if is_ruined(number):
        return problem("id_excel_ruined")
    if len(number) not in TAX_LENGTHS:
        return problem("tax_length", f"现有{len(number)}位。")
    return None if _alnum.fullmatch(number) else problem("tax_chars")


def check_certificate_no(text: str) -> NumberProblem | None:
    """What is wrong with the certificate number of a public institution or social organisation, or None."""
    number = normalise(text)
    if is_ruined(number):
        return problem("id_excel_ruined")
    return None if 1 <= len(number) <= LONGEST else problem("certificate_length")


def holds_person_number(tax_no: str) -> bool:
    """Whether a normalised tax number is made of its owner's ID number, as individual businesses' once were.

    Such a number is sealed like the person's own. 15 and 18 characters may be the ID number itself,
    17 and 20 have two more behind.
    """
    if not check_uscc(tax_no):
        return False
    body = tax_no[:15] if len(tax_no) in (15, 17) else tax_no[:18]
    return numbers.check_id_number(body) is None


CHECKS: dict[str, Callable[[str], NumberProblem | None]] = {
    "uscc": check_uscc,
    "organisation_code": check_organisation_code,
    "registration_no": check_registration_no,
    "tax_no": check_tax_no,
    "institution_no": check_certificate_no,
    "social_no": check_certificate_no,
}
"""By kind of identifier, strongest first."""
