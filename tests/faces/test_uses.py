"""Purposes, matters and measures as everybody reads them: the two public pages, the item's, the desk's, the API's."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator

import pytest
from django.urls import reverse

from goodfaith.faces.parts import lawbook, page_cache, use_words
from goodfaith.law import queries as law
from goodfaith.law.packs import Catalogue
from tests.city import City
from tests.conftest import WebClient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    lawbook._kept = (0.0, Catalogue())
    page_cache.kept.forget()
    yield
    lawbook._kept = (0.0, Catalogue())


def _text(web: WebClient, address: str) -> str:
    answer = web.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def test_every_purpose_stands_on_its_page_with_who_and_law(web: WebClient) -> None:
    page = _text(web, reverse("public:purposes"))
    for purpose in law.purposes():
        assert f'id="{purpose.code}"' in page and purpose.name.zh in page
        assert use_words.who(purpose) in page and use_words.opens(purpose) in page
        assert all(basis.article in page for basis in purpose.basis)
    assert "最长 180 天" in page and "推迟告知的依据" in page


def test_every_measure_stands_under_its_matters_and_unread_law_says_so(web: WebClient) -> None:
    page = _text(web, reverse("public:measures"))
    for matter in law.matters():
        section = page.split(f'<section class="matter stack-8" id="{matter.code}"')[1].split("</section>")[0]
        bearing = [each for each in law.measures() if matter.code in each.matters]
        assert section.count('<article class="measure') == len(bearing)
        for measure in bearing:
            assert measure.name.zh in section and measure.effect.zh in section
        unread = [each for each in bearing if any(basis.checked == "unverified" for basis in each.basis)]
        assert section.count("未核对") >= len(unread)
    assert page.count('<article class="measure restraint">') and page.count('<article class="measure incentive">')


@pytest.mark.parametrize("code", ["school_aid", "public_rental_housing"])
def test_a_protected_matter_says_that_no_restraint_bears_on_a_person(web: WebClient, code: str) -> None:
    page = _text(web, reverse("public:measures"))
    section = page.split(f'<section class="matter stack-8" id="{code}"')[1].split("</section>")[0]
    assert "任何失信限制都不得加于自然人" in section and "measure restraint" not in section


def test_an_items_page_shows_what_it_can_bring(web: WebClient) -> None:
    page = _text(web, reverse("public:item", args=["licensing.administrative_penalty"]))
    assert "三年内有重大违法记录的不得参加政府采购" in page
    assert "作出后 36 个月内" in page and "涉及严重失信行为" in page
    assert f"{reverse('public:measures')}#government_procurement" in page
    neutral = _text(web, reverse("public:item", args=["market.organisation_registration"]))
    assert "这个条目不引起任何措施" in neutral


def test_the_public_pages_lead_to_each_other(web: WebClient) -> None:
    for name in ("catalogue", "measures", "home"):
        assert reverse("public:purposes") in _text(web, reverse(f"public:{name}"))
    assert reverse("public:measures") in _text(web, reverse("public:catalogue"))


def test_the_desks_catalogue_has_four_tabs(city: City, web: WebClient) -> None:
    web.force_login(city.users["clerk"])
    pages = ["catalogue", "catalogue_purposes", "catalogue_matters", "catalogue_measures"]
    for page in pages:
        text = _text(web, reverse(f"desk:{page}"))
        tabs = text.split('<nav class="tabs"')[1].split("</nav>")[0]
        assert [f'href="{reverse(f"desk:{other}")}"' in tabs for other in pages] == [True] * 4
        assert tabs.count("aria-current") == 1
    matters = _text(web, reverse("desk:catalogue_matters"))
    assert all(each.name.zh in matters for each in law.matters())
    item = _text(web, reverse("desk:item", args=["courts.judgment_defaulter"]))
    assert "不得录用失信被执行人为公务员" in item


@pytest.mark.parametrize("part", ["purposes", "matters", "measures"])
def test_the_api_gives_the_catalogue_whole(web: WebClient, part: str) -> None:
    answer = web.get(f"/api/catalogue/{part}")
    found = json.loads(answer.content)
    assert answer.status_code == 200
    assert {each["code"] for each in found} == set(getattr(law.catalogue(), part))
    assert all(each["basis"] and each["basis"][0]["checked"] for each in found)


def test_every_code_has_its_word() -> None:
    catalogue = law.catalogue()
    kinds = {kind for each in catalogue.matters.values() for kind in each.unit_kinds}
    kinds |= {kind for each in catalogue.purposes.values() for kind in each.unit_kinds}
    assert all(use_words.unit_kind_name(kind) != kind for kind in kinds)
    assert all(use_words.matter_kind_name(kind) != kind for kind in use_words.KINDS)
    roles = {role for each in catalogue.purposes.values() for role in each.roles}
    assert all(use_words.role_name(role) != role for role in roles)
