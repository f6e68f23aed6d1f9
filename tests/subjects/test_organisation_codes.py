"""Numbers of organisations, against python-stdnum and case by case."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from stdnum.cn import uscc as reference

from goodfaith.subjects import organisation_codes as codes

from .strategies import usccs


def code(text: str) -> str | None:
    found = codes.check_uscc(text)
    return found.code if found else None


def made(first17: str) -> str:
    return first17 + codes.uscc_check_digit(first17)


GOOD = made("9199010000000000" + "0")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (GOOD, None),
        (f" {GOOD.lower()}\u3000", None),
        (GOOD[:8] + "O" + GOOD[9:], "uscc_letters"),
        ("I" + GOOD[1:], "uscc_letters"),
        (GOOD[:-1], "uscc_length"),
        (GOOD[:-1] + "#", "uscc_chars"),
        (GOOD[:-1] + "码", "uscc_chars"),
        (made("B19901000000000A7"), "uscc_prefix"),
        (made("90990100000000000"), "uscc_prefix"),
        (made("91A90100000000000"), "uscc_area"),
        (made("N2990100000000000"), None),
        ("9.15E+17", "id_excel_ruined"),
        (GOOD[:15] + "000", "id_excel_ruined"),
    ],
)
def test_cases(text: str, wanted: str | None) -> None:
    assert code(text) == wanted


def test_forbidden_letters_are_named_with_place_and_hint() -> None:
    found = codes.check_uscc(GOOD[:9] + "OI" + GOOD[11:])
    assert found and "第10位“O”（多为0）" in found.message and "第11位“I”（多为1）" in found.message


@given(usccs())
def test_good_codes_are_good_for_stdnum_too(number: str) -> None:
    assert code(number) is None
    assert reference.calc_check_digit(number) == number[-1]
    if number[:2].isdigit():
        assert reference.is_valid(number)
    warned = codes.uscc_warning(number)
    assert (warned.code if warned else None) == (None if number[:2] in codes.PREFIXES else "uscc_prefix_unknown")


@given(usccs())
def test_every_wrong_symbol_is_seen(number: str) -> None:
    for at in range(18):
        for symbol in codes.USCC_SYMBOLS:
            if symbol != number[at]:
                assert code(number[:at] + symbol + number[at + 1 :]) is not None


@given(usccs())
def test_every_swap_of_neighbours_is_seen(number: str) -> None:
    for at, (left, right) in enumerate(pairwise(number)):
        if left != right:
            assert code(number[:at] + right + left + number[at + 2 :]) is not None


@pytest.mark.parametrize(
    ("prefix", "kind"),
    [("91", "enterprise"), ("92", "individual_business"), ("93", "cooperative"), ("12", "public_institution"),
     ("11", "public_body"), ("51", "social_organisation"), ("52", "social_organisation"), ("N1", "other"),
     ("Y1", "other"), ("A1", "other"), ("54", "other"), ("55", "other")],
)  # fmt: skip
def test_kinds(prefix: str, kind: str) -> None:
    assert codes.organisation_kind(prefix + GOOD[2:]) == kind


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("organisation_code", "69798002-8", None),
        ("organisation_code", "697980028", None),
        ("organisation_code", "697980029", "org_code_check"),
        ("organisation_code", "69798002", "org_code_length"),
        ("organisation_code", "69798002E", "org_code_chars"),
        ("registration_no", "110108000000016", None),
        ("registration_no", "1101081234567", None),
        ("registration_no", "企独示总字第000123号", None),
        ("registration_no", "11010800000001", "registration_length"),
        ("registration_no", "", "registration_length"),
        ("registration_no", "1.10108E+14", "id_excel_ruined"),
        ("tax_no", "110108697980028", None),
        ("tax_no", "11010869798002", "tax_length"),
        ("tax_no", "11010869798002*", "tax_chars"),
        ("institution_no", "153050000012", None),
        ("social_no", "", "certificate_length"),
    ],
)
def test_old_numbers(kind: str, text: str, wanted: str | None) -> None:
    found = codes.CHECKS[kind](text)
    assert (found.code if found else None) == wanted


def test_registration_number_only_warns() -> None:
    wrong = codes.registration_warning("110108000000017")
    assert codes.registration_warning("110108000000016") is None
    assert wrong and wrong.code == "registration_check"


@pytest.mark.parametrize(
    ("tax_no", "person"),
    [("11010519491231002X", True), ("11010519491231002X01", True), ("11010549123100201", True),
     ("110108697980028", False), (GOOD, False)],
)  # fmt: skip
def test_a_tax_number_made_of_an_id_number_is_known(tax_no: str, person: bool) -> None:
    assert codes.holds_person_number(tax_no) is person
