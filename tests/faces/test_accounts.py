"""The accounts' pages of the desk: who sees which, what they do, what they show once."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from goodfaith.parties.models import User
from tests.conftest import WebClient
from tests.parties.office import NUMBERS, Office, office

__all__ = ["office"]
pytestmark = pytest.mark.django_db
PAGES: dict[str, dict[str, int]] = {
    "desk:accounts": {"system_admin": 200, "security_admin": 200},
    "desk:account_new": {"system_admin": 200},
    "desk:log_ins": {"security_admin": 200},
    "desk:machine_clients": {"system_admin": 200},
    "desk:account": {"system_admin": 200, "security_admin": 200},
    "desk:account_role": {"security_admin": 200},
    "desk:account_act": {"system_admin": 200, "security_admin": 200},
    "desk:home": {
        "system_admin": 302,
        "security_admin": 302,
        "clerk": 200,
        "credit_office": 200,
        "auditor": 200,
        "": 302,
    },
    "desk:audit": {"auditor": 200},
    "desk:quality": {"clerk": 200, "credit_office": 200, "auditor": 200},
    "desk:deliveries": {"clerk": 200, "credit_office": 200},
}


def _address(name: str, office: Office) -> str:
    given = {"desk:account": [office["clerk"].pk], "desk:account_role": [office["clerk"].pk],
             "desk:account_act": [office["clerk"].pk, "deactivate"]}  # fmt: skip
    return reverse(name, args=given.get(name, []))


@pytest.mark.parametrize("role", list(NUMBERS))
@pytest.mark.parametrize("name", list(PAGES))
def test_each_role_has_its_pages(office: Office, web: WebClient, name: str, role: str) -> None:
    web.force_login(office[role])
    assert web.get(_address(name, office)).status_code == PAGES[name].get(role, 403)


def test_an_account_from_beginning_to_end(office: Office, web: WebClient) -> None:
    """Made by one, given rights by another; its password is seen once."""
    web.force_login(office["system_admin"])
    given = {"username": "newcomer", "name": "新来的人", "number": "990101199002020013", "unit": "o_market"}
    page = web.post(reverse("desk:account_new"), given | {"number": "990101199002020010"})
    assert "公民身份号码不正确" in page.content.decode() and not User.objects.filter(username="newcomer").exists()
    page = web.post(reverse("desk:account_new"), given | {"number": _valid("99010119900202001")})
    password = re.search(r'<code class="secret">([a-z2-9-]+)<', page.content.decode())
    made = User.objects.get(username="newcomer")
    assert password and made.check_password(password[1]) and made.role == ""
    assert password[1] not in web.get(reverse("desk:account", args=[made.pk])).content.decode()
    role = reverse("desk:account_role", args=[made.pk])
    assert web.post(role, {"role": "clerk"}).status_code == 403
    other = WebClient()
    other.force_login(office["security_admin"])
    assert other.post(role, {"role": "auditor"}).status_code == 200  # not offered to this unit's officers
    assert other.post(role, {"role": "clerk"}).status_code == 302
    made.refresh_from_db()
    assert made.role == "clerk"


def _valid(first: str) -> str:
    from goodfaith.subjects.numbers import id_check_digit

    return first + id_check_digit(first)


@pytest.mark.parametrize(
    ("act", "role"),
    [
        ("deactivate", "system_admin"),
        ("reset", "system_admin"),
        ("sign-out", "security_admin"),
        ("unlock", "security_admin"),
    ],
)
def test_each_act_asks_first(office: Office, web: WebClient, act: str, role: str) -> None:
    web.force_login(office[role])
    address = reverse("desk:account_act", args=[office["clerk"].pk, act])
    before = User.objects.get(pk=office["clerk"].pk).password
    assert 'class="confirm"' in web.get(address).content.decode()
    assert office.fresh("clerk").is_active and office.fresh("clerk").password == before
    assert web.post(address).status_code in (200, 302)
    wrong = office["security_admin" if role == "system_admin" else "system_admin"]
    web.force_login(wrong)
    assert web.post(address).status_code == 403


def test_what_there_is_not(office: Office, web: WebClient) -> None:
    web.force_login(office["system_admin"])
    assert web.get(reverse("desk:account_act", args=[office["clerk"].pk, "nonsense"])).status_code == 404
    assert web.get(reverse("desk:account", args=[999_999])).status_code == 404
    citizen = User.objects.create_user("somebody", password="x", kind="citizen")
    assert web.get(reverse("desk:account", args=[citizen.pk])).status_code == 404


def test_the_list_asks_the_database_a_fixed_number_of_times(
    office: Office, web: WebClient, django_assert_max_num_queries: object
) -> None:
    from tests.parties.office import make_officer

    web.force_login(office["security_admin"])
    for n in range(12):
        make_officer("clerk", "o_market", f"more-{n}", _valid(f"990101199105050{n:02}"))
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        assert web.get(reverse("desk:accounts")).status_code == 200


def test_finding_an_account(office: Office, web: WebClient) -> None:
    web.force_login(office["security_admin"])
    page = web.get(reverse("desk:accounts"), {"q": "市监"}).content.decode()
    assert ">clerk<" in page and ">auditor<" not in page
    assert "没有符合条件的账号" in web.get(reverse("desk:accounts"), {"q": "没有这种"}).content.decode()
