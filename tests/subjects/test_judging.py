"""Suspicions and judgements: who may judge, what "same" does, and that undoing undoes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import polars as pl
import pytest

from goodfaith.common import clock
from goodfaith.common.acting import SYSTEM, Acting
from goodfaith.common.problems import Problem
from goodfaith.subjects import actions, queries
from goodfaith.subjects.models import Organisation, Suspicion
from tests.conftest import as_role

from .conftest import firm, resolve, uscc

pytestmark = pytest.mark.django_db
A, B, OLD = uscc(1), uscc(2), "990100000000012"


@pytest.fixture
def suspected() -> Suspicion:
    resolve(firm("示例甲公司", uscc=A), firm("示例甲厂", registration_no=OLD))
    resolve(firm("示例甲公司", uscc=A, registration_no=OLD))
    return Suspicion.objects.get()


def judge(acting: Acting, suspicion: Suspicion, verdict: str = "same") -> UUID:
    with as_role("goodfaith_web"):
        given = actions.do_judge(
            acting=acting, at=clock.now(), suspicion_id=suspicion.pk, verdict=verdict, reason="核对了证照"
        )
    return given.pk


def test_same_joins_and_withdrawing_parts_again(
    suspected: Suspicion, officers: Callable[[str], Acting]
) -> None:
    office = officers("credit_office")
    pair = {suspected.left_id, suspected.right_id}
    assert queries.cluster(suspected.left_id) == {suspected.left_id}
    judgement = judge(office, suspected)
    assert queries.cluster(suspected.left_id) == queries.cluster(suspected.right_id) == pair
    (row,) = resolve(firm("示例甲公司", uscc=A, registration_no=OLD))
    assert row["conflict"] is None and UUID(bytes=row["subject_id"]) == Organisation.objects.get(uscc=A).pk
    assert queries.open_suspicions().total == 0 and queries.open_suspicions(judged=True).total == 1
    with as_role("goodfaith_web"):
        actions.do_withdraw_judgement(acting=office, at=clock.now(), judgement_id=judgement, reason="证照有误")
    assert queries.cluster(suspected.left_id) == {suspected.left_id}
    assert queries.open_suspicions().rows[0].judgements[0].withdrawn_by == office.name
    judge(office, suspected, "different")
    assert resolve(firm("示例甲公司", uscc=A, registration_no=OLD))[0]["conflict"] == "subject_conflict"


def test_clusters_reach_over_several_judgements(officers: Callable[[str], Acting]) -> None:
    office = officers("credit_office")
    ids = [UUID(bytes=r["subject_id"]) for r in resolve(*(firm(f"示例{n}公司", uscc=uscc(n)) for n in range(4)))]
    for left, right in ((0, 1), (2, 1)):
        actions.do_raise_suspicion(
            acting=SYSTEM, at=clock.now(), left=ids[left], right=ids[right], code="same_name"
        )
    for suspicion in Suspicion.objects.all():
        judge(office, suspicion)
    assert queries.cluster(ids[0]) == set(ids[:3])
    assert queries.cluster(ids[3]) == {ids[3]}


@pytest.mark.parametrize("role", ["clerk", "auditor"])
def test_others_may_not_judge(role: str, suspected: Suspicion, officers: Callable[[str], Acting]) -> None:
    with pytest.raises(Problem) as refused:
        judge(officers(role), suspected)
    assert (refused.value.code, refused.value.status) == ("role_not_allowed", 403)


def test_an_invented_officer_may_not_judge(suspected: Suspicion) -> None:
    for acting in (SYSTEM, Acting(kind="officer", id="0", name="x", unit="t_credit")):
        with pytest.raises((Problem, ValueError)):
            judge(acting, suspected)


def test_one_judgement_stands_at_a_time(suspected: Suspicion, officers: Callable[[str], Acting]) -> None:
    office = officers("credit_office")
    judge(office, suspected, "unsure")
    with pytest.raises(Problem, match="撤销"):
        judge(office, suspected)


@pytest.mark.parametrize(("verdict", "reason"), [("merge", "理由"), ("same", "  ")])
def test_malformed_judgements(
    verdict: str, reason: str, suspected: Suspicion, officers: Callable[[str], Acting]
) -> None:
    with pytest.raises(Problem):
        actions.do_judge(
            acting=officers("credit_office"), at=clock.now(), suspicion_id=suspected.pk, verdict=verdict, reason=reason
        )


def test_unknown_suspicion() -> None:
    with pytest.raises(Problem):
        queries.suspicion(uuid4())


def test_registration_facts_keep_the_old_name_and_stay_searchable() -> None:
    (row,) = resolve(firm("示例旧名公司", uscc=A))
    frame = pl.DataFrame({"subject_id": [row["subject_id"]], "name": ["示例新名公司"], "status": ["存续"]})
    with as_role("goodfaith_jobs"):
        done = [
            actions.do_update_organisations(acting=SYSTEM, at=clock.now(), delivery_id=None, frame=frame)
            for _ in range(2)
        ]
    stored = queries.organisation_by_code(A)
    assert done == [1, 0] and stored
    assert (stored.name, stored.former_names, stored.status) == ("示例新名公司", ["示例旧名公司"], "存续")
    assert queries.search_organisations("旧名").hits[0].tier == "former"
    assert resolve(firm("示例旧名公司", uscc=A))[0]["name_matches"]
