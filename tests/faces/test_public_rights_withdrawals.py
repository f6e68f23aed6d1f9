"""The withdrawal feed as a stranger's site reads it: signed, in order, whole, and about no person."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.db import connection
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.common.problems import Problem
from goodfaith.common.publishing import verify
from goodfaith.faces.public import withdrawals
from goodfaith.rights import actions, notices, queries, signing
from tests.city import ID_NUMBER, NAME, City
from tests.conftest import WebClient, as_role
from tests.faces.rights_course import decide, object_to, record_of
from tests.faces.withdrawals_place import place  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("place")]
FEED = "public:withdrawals_feed"


def _withdraw(city: City, count: int, *, sign: bool = True) -> list[Any]:
    """So many records annulled, one after the other."""
    records = [record_of(city) for _n in range(count)]
    for record in records:
        decide(city, object_to(city, record), "annul")
    if sign:
        signing.sign_waiting()
    return records


def _read(web: WebClient, address: str) -> dict[str, Any]:
    answer = web.get(address)
    assert answer.status_code == 200, answer.content
    return dict(json.loads(answer.content))


def test_every_entry_verifies_with_the_published_keys(city: City, web: WebClient) -> None:
    records = _withdraw(city, 2)
    page, keys = _read(web, reverse(FEED)), _read(web, reverse("public:withdrawals_keys"))
    assert [one["entry"]["sequence"] for one in page["entries"]] == [1, 2] and page["next"] is None
    for one, record in zip(page["entries"], records, strict=True):
        said = verify(one["jws"], keys, typ=notices.WITHDRAWAL_TYPE)
        assert said == one["entry"] and said["record_id"] == str(record) and said["reason"] == "annulled"
        assert said["uscc"] == "91990101MA0000007H" and said["document_no"] == "示罚〔2026〕1号"
    assert all(set(key) <= {"kty", "crv", "x", "kid", "alg", "use", "made", "retired"} for key in keys["keys"])


def test_tampering_is_found(city: City, web: WebClient) -> None:
    _withdraw(city, 1)
    token, keys = _read(web, reverse(FEED))["entries"][0]["jws"], _read(web, reverse("public:withdrawals_keys"))
    head, body, signature = token.split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    forged = json.dumps(
        said | {"uscc": "91320100748204660Q"}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    other = base64.urlsafe_b64encode(forged.encode()).rstrip(b"=").decode()
    for wrong in (f"{head}.{other}.{signature}", f"{head}.{body}.{signature[:-4]}AAAA", f"{head}.{body}."):
        with pytest.raises(Problem) as told:
            verify(wrong, keys, typ=notices.WITHDRAWAL_TYPE)
        assert told.value.code == "statement_invalid"
    with pytest.raises(Problem):
        verify(token, keys, typ=notices.RECALL_TYPE)


def test_a_person_is_in_no_entry(city: City, web: WebClient) -> None:
    """Boundary 9: what is recalled of a person is told to those who were given it, and to nobody else."""
    citizen, record = city.users["citizen"].acting, _record_of_person(city)
    with as_role("goodfaith_web"):
        ref = actions.do_open(
            acting=citizen,
            at=clock.now(),
            procedure="objection",
            kind="wrong",
            records=[record],
            texts={"claim": "不是我"},
        )
        actions.do_act(acting=citizen, at=clock.now(), case=queries.my_case(citizen, ref.id), act="file")
    decide(city, ref.id, "annul")
    _withdraw(city, 1)
    page = web.get(reverse(FEED)).content.decode() + web.get(reverse("public:withdrawals")).content.decode()
    assert len(_read(web, reverse(FEED))["entries"]) == 1
    for said in (str(record), str(city.person), NAME, ID_NUMBER):
        assert said not in page


def _record_of_person(city: City) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM records_record WHERE subject_id = %s", [city.person])
        return cursor.fetchone()[0]


def test_pages_follow_each_other_without_gap(city: City, web: WebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withdrawals, "PAGE", 2)
    _withdraw(city, 5)
    found, address = [], reverse(FEED)
    while address:
        page = _read(web, address)
        found += [one["entry"]["sequence"] for one in page["entries"]]
        address = page["next"]
        assert address is None or address.startswith("http://testserver/withdrawals/feed.json?after=")
    assert found == [1, 2, 3, 4, 5]
    assert _read(web, f"{reverse(FEED)}?after=5")["entries"] == []


def test_what_is_not_signed_yet_waits_and_so_does_what_follows(city: City, web: WebClient) -> None:
    _withdraw(city, 1)
    _withdraw(city, 2, sign=False)
    assert len(_read(web, reverse(FEED))["entries"]) == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rights_withdrawal SET signed = 'a.b.c' WHERE seq = 3")
    assert [one["entry"]["sequence"] for one in _read(web, reverse(FEED))["entries"]] == [1]


def test_an_unchanged_page_is_not_sent_again(city: City, web: WebClient) -> None:
    _withdraw(city, 1)
    first = web.get(reverse(FEED))
    assert first["Cache-Control"] == "public, max-age=60" and first["ETag"]
    again = web.get(reverse(FEED), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b"" and again["ETag"] == first["ETag"]
    _withdraw(city, 1)
    changed = web.get(reverse(FEED), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("after", ["-1", "x", "1" * 30, "１"])
def test_a_wrong_place_is_told_as_a_problem(web: WebClient, after: str) -> None:
    answer = web.get(reverse(FEED), {"after": after})
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"


def test_the_feed_has_the_shape_that_is_published(city: City, web: WebClient) -> None:
    _withdraw(city, 1)
    for name in notices.SCHEMAS:
        given = _read(web, reverse("public:withdrawals_schema", args=[name]))
        kept = Path(__file__).resolve().parents[2] / f"docs/schemas/{name}.schema.json"
        assert given == json.loads(kept.read_text("utf-8"))
    shape = _read(web, reverse("public:withdrawals_schema", args=["withdrawal-feed"]))
    jsonschema_rs.validator_for(shape).validate(_read(web, reverse(FEED)))
    assert web.get(reverse("public:withdrawals_schema", args=["nothing"])).status_code == 404


def test_the_page_says_what_a_site_must_do_and_shows_the_latest(city: City, web: WebClient) -> None:
    empty = html.unescape(web.get(reverse("public:withdrawals")).content.decode())
    assert "还没有撤回过" in empty and "未核对" in empty
    _withdraw(city, 2)
    page = html.unescape(web.get(reverse("public:withdrawals")).content.decode())
    for said in ("至今 2 条", "91990101MA0000007H", "依据已撤销、变更", "示罚〔2026〕1号", "先用公钥核对签名"):
        assert said in page
    assert _read(web, reverse("public:withdrawals_keys"))["keys"][0]["kid"] in page
