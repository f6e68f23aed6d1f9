"""ID numbers and other documents, against python-stdnum and case by case."""

from __future__ import annotations

import contextlib
import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from stdnum import exceptions
from stdnum.cn import ric

from goodfaith.subjects import numbers
from goodfaith.subjects.notation import MESSAGES, WARNINGS

from .strategies import id_numbers, old_id_numbers, spoilt

TODAY = dt.date(2026, 11, 20)
STANDARD = "11010519491231002X"


def code(text: str) -> str | None:
    found = numbers.check_id_number(text, today=TODAY)
    return found.code if found else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (STANDARD, None),
        ("11010519491231002x", None),
        (" 110105 19491231-002Ｘ\u200b", None),
        ("'１１０１０５１９４９１２３１００２Ｘ", None),
        ("110105491231002", None),
        ("110105199902290015", "id_birth_date"),
        ("110105491331002", "id_birth_date"),
        ("110105194912310021", "id_check_digit"),
        ("1101051949123100", "id_length"),
        ("", "id_length"),
        ("11010519491231O02X", "id_chars"),
        ("5.13E+17", "id_excel_ruined"),
        ("5.13022E+17", "id_excel_ruined"),
        ("５．１３Ｅ＋１７", "id_excel_ruined"),
        ("110105194912310000", "id_excel_ruined"),
    ],
)
def test_cases(text: str, wanted: str | None) -> None:
    assert code(text) == wanted


@pytest.mark.parametrize("day", ["18791231", "20261121", "20230231", "20230001", "20231301", "00000000"])
def test_birth_date_must_be_real_and_lived(day: str) -> None:
    body = f"110105{day}001"
    assert code(body + numbers.id_check_digit(body)) == "id_birth_date"


@given(id_numbers())
def test_good_numbers_are_good_for_stdnum_too(number: str) -> None:
    assert code(number) is None
    assert ric.calc_check_digit(number) == number[-1]
    assert ric.get_birth_date(number) == numbers.birth_date(number)
    with contextlib.suppress(exceptions.InvalidComponent, KeyError):  # its areas are stricter than the law
        ric.validate(number)


@given(spoilt(id_numbers()))
def test_what_stdnum_takes_we_take(number: str) -> None:
    with contextlib.suppress(KeyError):
        if ric.is_valid(number):
            assert code(number) is None


@given(old_id_numbers())
def test_fifteen_digits_become_eighteen(number: str) -> None:
    full = numbers.normalise_id_number(number)
    assert (full[:6], full[6:8], full[8:17]) == (number[:6], "19", number[6:])
    assert code(full) is None
    assert numbers.normalise_id_number(full) == full


@given(id_numbers())
def test_every_wrong_digit_is_seen(number: str) -> None:
    for at in range(17):
        for digit in "0123456789":
            if digit != number[at]:
                assert code(number[:at] + digit + number[at + 1 :]) is not None
    assert all(code(number[:17] + last) for last in "0123456789X" if last != number[17])


@given(id_numbers())
def test_every_swap_of_neighbours_is_seen(number: str) -> None:
    for at, (left, right) in enumerate(pairwise(number)):
        if left != right:
            assert code(number[:at] + right + left + number[at + 2 :]) is not None


@pytest.mark.parametrize(
    ("day", "age"), [((2026, 2, 28), 17), ((2026, 3, 1), 18), ((2027, 2, 28), 18), ((2028, 2, 29), 20)]
)
def test_age_of_a_leap_day_child(day: tuple[int, int, int], age: int) -> None:
    assert numbers.age_on("110105200802290011", dt.date(*day)) == age


def test_area_codes_only_warn_and_abolished_ones_stay_valid_for_their_time() -> None:
    assert numbers.area_warning("110103195001010000") is None
    assert numbers.area_warning("110103201501010000") is not None
    assert numbers.area_warning("990100199001010000") is not None
    assert numbers.area_warning("990100199001010000", {"990100": 9999}) is None


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [
        ("passport", "e12345678", None),
        ("hk_macao_permit", "H1234567801", None),
        ("taiwan_permit", "1234", "document_length"),
        ("foreign_permanent_residence", "CHN1100010110", None),
        ("passport", "E1234/678", "document_chars"),
        ("passport", "1.2E+10", "id_excel_ruined"),
        ("library_card", "12345", "document_kind"),
        ("id_number", "11010519491231002x", None),
    ],
)
def test_documents(kind: str, text: str, wanted: str | None) -> None:
    found = numbers.check_document(kind, text, today=TODAY)
    assert (found.code if found else None) == wanted


@pytest.mark.parametrize(
    ("name", "kind"), [("身份证", "id_number"), (" 护照 ", "passport"), ("台胞证", "taiwan_permit"), ("户口本", None)]
)
def test_kinds_by_name(name: str, kind: str | None) -> None:
    assert numbers.document_kind(name) == kind


def test_every_message_says_what_to_do() -> None:
    assert set(MESSAGES) >= WARNINGS
    assert all(text.endswith("。") and ("请" in text or "应" in text) for text in MESSAGES.values())
