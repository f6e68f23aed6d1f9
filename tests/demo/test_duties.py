"""The demo's documents and duties: every state is there, so that no page is empty, and all of it came by the actions."""

from __future__ import annotations

from collections import Counter

import pytest

from goodfaith.common import clock
from goodfaith.demo.actions import CityLoaded
from goodfaith.duties import queries
from goodfaith.duties.models import Campaign, Change, ClauseLink, Document, DutyUnit, Notice, Proposal, Question, Round
from goodfaith.parties.models import User

pytestmark = pytest.mark.django_db


def test_two_documents_are_adopted_and_one_waits(loaded: CityLoaded) -> None:
    assert Counter(Document.objects.values_list("step", flat=True)) == {"adopted": 2, "review": 1}
    assert [one.duties.count() for one in Document.objects.filter(step="adopted").order_by("id")] == [12, 5]
    waiting = Proposal.objects.filter(document__step="review")
    assert waiting.filter(state="pending").exists() and any(one.doubts for one in waiting)


def test_every_responsible_name_is_a_unit_of_the_city(loaded: CityLoaded) -> None:
    assert not DutyUnit.objects.filter(part__in=["lead", "joint"], unit=None).exists()


def test_there_is_a_duty_in_every_state_and_some_are_overdue(loaded: CityLoaded) -> None:
    acting = User.objects.get(username="credit_office").acting
    found = queries.duties(acting)
    assert {one.step for one in found} >= {"assigned", "confirmed", "in_progress", "reported", "returned", "accepted"}
    assert sum(1 for one in found if one.overdue) >= 3
    board = queries.board(User.objects.get(username="clerk").acting)
    assert len(board.own) >= 4 and board.taking_part and board.notices and board.questions


def test_clauses_are_linked_notices_sent_changes_asked(loaded: CityLoaded) -> None:
    assert ClauseLink.objects.filter(state="confirmed").exists()
    assert {"sent", "closed"} <= set(Notice.objects.values_list("step", flat=True))
    assert Counter(Change.objects.values_list("state", flat=True)) == {"approved": 1, "asked": 1}
    assert Counter(Question.objects.values_list("step", flat=True)) == {"answered": 1, "asked": 1}


def test_a_round_and_campaigns_are_under_way(loaded: CityLoaded) -> None:
    assert Round.objects.filter(step="scoring").exists()
    assert Campaign.objects.exclude(reported_at=None).exists()
    assert Campaign.objects.filter(reported_at=None, planned_at__isnull=False, first__gt=clock.today()).exists()
