"""国办发98号 → 云政办发112号 → 保政办发7号: clause by clause, and what each changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodfaith.common import clock
from goodfaith.common.roles import WEB
from goodfaith.duties import actions, linking, queries
from goodfaith.duties.linking import Pair, Side, Words, pairs
from goodfaith.duties.models import ClauseLink, Document
from goodfaith.duties.shapes import Due, Named
from tests.conftest import as_role
from tests.duties.conftest import Room

FOLDER = Path(__file__).parent / "documents"


@pytest.fixture
def chain(staff: Room) -> list[Document]:
    """The three documents, in review."""
    made = []
    for name in ("guobanfa-2016-98", "yunzhengbanfa-2017-112", "baozhengbanfa-2018-7"):
        path = FOLDER / f"{name}.txt"
        made.append(actions.do_upload(acting=staff.office, at=clock.now(), name=path.name, data=path.read_bytes()))
    return made


def test_the_three_documents(staff: Room, chain: list[Document]) -> None:
    nation, province, city = chain
    with as_role(WEB):
        assert [one.id for one in queries.earlier_documents(staff.office, city.pk)] == [province.pk]
        assert [one.id for one in queries.earlier_documents(staff.office, province.pk)] == [nation.pk]
        for later, earlier in ((province, nation), (city, province)):
            assert actions.do_suggest_links(acting=staff.office, at=clock.now(), later_id=later.pk, earlier_id=earlier.pk) == 19
            assert actions.do_suggest_links(acting=staff.office, at=clock.now(), later_id=later.pk, earlier_id=earlier.pk) == 0
        view = queries.links(staff.office, city.pk, province.pk)
    titles = [(one.later.title, one.earlier.title) for one in view.links]
    assert len(titles) == 19 and all(later == earlier for later, earlier in titles)
    assert len(view.only_later) == 17 and view.only_earlier == ()  # the second plan of 7号 carries on another document
    spread = view.links[1].difference
    assert spread.due_before == spread.due_after == Due("ongoing") and "工商局" not in spread.units_removed
    culture = view.links[0].difference
    assert (culture.due_before, culture.due_after) == (Due("on", dt.date(2017, 12, 31)), Due("on", dt.date(2018, 6, 30)))
    assert culture.lead_before == ("新闻办",) and culture.lead_after == ("政府新闻办",) and culture.lead_changed
    assert [(one.kind, one.words) for one in culture.pieces if one.kind != "same"] == [("added", "良好")]


def test_nation_to_province_by_text_where_the_title_changed(staff: Room, chain: list[Document]) -> None:
    nation, province, _city = chain
    actions.do_suggest_links(acting=staff.office, at=clock.now(), later_id=province.pk, earlier_id=nation.pk)
    view = queries.links(staff.office, province.pk, nation.pk)
    changed = [(one.later.title, one.earlier.title) for one in view.links if one.later.title != one.earlier.title]
    assert changed == [("严格执行个人诚信体系建设法律法规", "建立健全法律法规")]
    assert all(one.difference.due_before is None for one in view.links)  # 98号 assigns nobody


def test_suggestions_are_confirmed_or_refused_by_a_person(staff: Room, chain: list[Document]) -> None:
    _nation, province, city = chain
    given_ = {"acting": staff.office, "at": clock.now(), "later_id": city.pk, "earlier_id": province.pk}
    actions.do_suggest_links(**given_)
    first, second = list(ClauseLink.objects.order_by("later__place"))[:2]
    with as_role(WEB):
        actions.do_decide_link(acting=staff.office, at=clock.now(), later=first.later_id, earlier=first.earlier_id, confirm=False)
        actions.do_decide_link(acting=staff.office, at=clock.now(), later=first.later_id, earlier=second.earlier_id, confirm=True)
        assert actions.do_confirm_links(**given_, least=0.95) > 10
        assert actions.do_suggest_links(**given_) == 0  # what a person decided is not suggested again
    view = queries.links(staff.office, city.pk, province.pk)
    assert first.earlier_id in {one.id for one in view.only_earlier}
    assert {one.state for one in view.links} == {"confirmed", "suggested"}


def test_a_text_that_carries_nothing_on_gets_no_suggestion() -> None:
    one = [Words("a", "大力弘扬诚信文化", "将诚信文化建设摆在突出位置")]
    other = [Words("b", "加强河道采砂管理", "严格审批河道采砂许可，落实旁站式监理")]
    assert pairs(one, other) == []


LETTERS = st.text("诚信文化建设财政补助河道", min_size=4, max_size=14)
CLAUSES = st.lists(LETTERS, max_size=5).map(lambda texts: [Words(str(n), "", text) for n, text in enumerate(texts)])


def _best(later: list[Words], earlier: list[Words]) -> float:
    """Every way to link in order, tried."""
    if not later or not earlier:
        return 0.0
    value = linking.alike(linking.grams(later[0].text), linking.grams(earlier[0].text))
    both = value + _best(later[1:], earlier[1:]) if value >= linking.LEAST else 0.0
    return max(both, _best(later[1:], earlier), _best(later, earlier[1:]))


@given(CLAUSES, CLAUSES)
def test_the_suggestion_is_the_best_there_is(later: list[Words], earlier: list[Words]) -> None:
    found = pairs(later, earlier)
    places = [(int(one.later), int(one.earlier)) for one in found]
    assert places == sorted(places) and len({a for a, _ in places}) == len({b for _, b in places}) == len(places)
    assert sum(one.likeness for one in found) == pytest.approx(_best(later, earlier), abs=0.001 * (len(found) + 1))


@given(CLAUSES)
def test_a_document_carries_itself_on_whole(clauses: list[Words]) -> None:
    assert pairs(clauses, clauses) == [Pair(one.key, one.key, 1.0) for one in clauses]


@given(st.text("诚信文化，。建设财政", max_size=40), st.text("诚信文化，。建设财政", max_size=40))
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = linking.difference(Side(before), Side(after)).pieces
    assert "".join(one.words for one in pieces if one.kind != "added") == before
    assert "".join(one.words for one in pieces if one.kind != "removed") == after


def test_units_are_compared_without_their_level() -> None:
    found = linking.difference(
        Side("x", (Named("lead", "省教育厅", "省教育厅"), Named("participating", "省司法厅", "省司法厅"))),
        Side("x", (Named("lead", "市教育局", "市教育局"), Named("participating", "市司法厅", "市司法厅"))),
    )
    assert (found.units_added, found.units_removed) == (("教育局",), ("教育厅",))
