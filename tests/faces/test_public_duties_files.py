"""Files that stand with the progress of a public clause: listed, taken along, checked; and gone when they are not open."""

from __future__ import annotations

import hashlib
import html
import io
import json
from uuid import UUID

import openpyxl
import pytest
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.duties import actions
from tests.city import City
from tests.conftest import WebClient
from tests.duties import files
from tests.duties.test_clearing import LONG
from tests.duties.test_room_evidence import reclass
from tests.faces import duties_place
from tests.faces.duties_place import Place

pytestmark = pytest.mark.django_db
PDF, PNG = files.pdf_bytes([[LONG]]), b"\x89PNG\r\n\x1a\nx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def place(city: City) -> Place:
    return duties_place.place_of(city)


def _add(place: Place, title: str, disclosure: str, n: int = 1, data: bytes = PDF) -> UUID:
    return actions.do_add_file(
        acting=place.clerk, at=clock.now(), assignment_id=place.assignment(n), title=title, name="张三的原名.pdf", data=data,
        disclosure=disclosure, attested=data == PNG,
    )  # fmt: skip


def _address(key: object) -> str:
    return reverse("public:duty_file", args=[key])


def _article(web: WebClient, place: Place, n: int = 1) -> str:
    answer = web.get(reverse("public:duty_document", args=[place.document.pk]))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).split(f'id="d-{n}"')[1].split("</article>")[0]


def test_an_open_file_is_listed_and_taken_along(place: Place, web: WebClient) -> None:
    key = _add(place, "自查情况", "open")
    duties_place.report(place, 1, "办好了")
    article = _article(web, place)
    assert f'href="{_address(key)}" download' in article and "自查情况" in article and "· PDF ·" in article
    assert "测试单位a" in article and "张三" not in article
    answer = web.get(_address(key))
    assert answer.status_code == 200 and answer.content == PDF and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E8%87%AA%E6%9F%A5%E6%83%85%E5%86%B5.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "no-cache"
    assert answer["ETag"] == f'"{hashlib.sha256(PDF).hexdigest()}"'


def test_what_a_visitor_has_already_is_not_sent_again(place: Place, web: WebClient) -> None:
    key = _add(place, "自查情况", "open")
    duties_place.report(place, 1, "办好了")
    tag = web.get(_address(key))["ETag"]
    again = web.get(_address(key), headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"], again["Cache-Control"]) == (304, b"", tag, "no-cache")
    assert web.get(_address(key), headers={"If-None-Match": '"other"'}).status_code == 200
    assert web.head(_address(key)).status_code == 200 and web.post(_address(key)).status_code == 405


@pytest.mark.parametrize(("data", "kind", "ending"), [
    (PNG, "image/png", ".png"), (files.docx_bytes([LONG]), WORD, ".docx"), (PDF, "application/pdf", ".pdf"),
])  # fmt: skip
def test_each_kind_keeps_its_type_and_ending(place: Place, web: WebClient, data: bytes, kind: str, ending: str) -> None:
    key = _add(place, f"a/b{ending}", "open", data=data)
    duties_place.report(place, 1, "办好了")
    answer = web.get(_address(key))
    assert answer["Content-Type"] == kind and answer["Content-Disposition"] == f"attachment; filename*=utf-8''a_b{ending}"


@pytest.mark.parametrize(("disclosure", "n", "accepted", "code"), [
    ("open", 1, True, 200), ("on_request", 1, True, 404), ("shared", 1, True, 404), ("open", 1, False, 404),
    ("shared", 5, True, 404), ("on_request", 6, True, 404),
])  # fmt: skip
def test_who_may_take_what(place: Place, web: WebClient, city: City, disclosure: str, n: int, accepted: bool, code: int) -> None:
    who = place.other if n == 6 else place.clerk
    key = actions.do_add_file(
        acting=who, at=clock.now(), assignment_id=place.assignment(n), title="x", name="x.pdf", data=PDF, disclosure=disclosure
    )
    _report(place, n, accepted)
    for user in (None, "citizen", "enterprise", "clerk", "credit_office", "auditor"):
        web.logout()
        if user:
            web.force_login(city.users[user])
        assert web.get(_address(key)).status_code == code, user


def _report(place: Place, n: int, accepted: bool) -> None:
    who = place.other if n == 6 else place.clerk
    key = place.assignment(n)
    for act in ("confirm", "report"):
        actions.do_act(acting=who, at=clock.now(), assignment_id=key, act=act, text="办好了" if act == "report" else "")
    if accepted:
        actions.do_act(acting=place.office, at=clock.now(), assignment_id=key, act="accept")


def test_a_file_that_is_withdrawn_is_gone_at_once(place: Place, web: WebClient) -> None:
    key = _add(place, "自查情况", "open")
    duties_place.report(place, 1, "办好了")
    tag = web.get(_address(key))["ETag"]
    actions.do_disclose(acting=place.clerk, at=clock.now(), evidence_id=key, disclosure="on_request", reason="还要补充。")
    assert web.get(_address(key), headers={"If-None-Match": tag}).status_code == 404
    article = _article(web, place)
    assert _address(key) not in article and "自查情况" in article and "依申请公开" in article


@pytest.mark.parametrize("disclosure", ["on_request", "shared"])
def test_files_follow_a_clause_that_is_narrowed(place: Place, web: WebClient, disclosure: str) -> None:
    key = _add(place, "自查情况", "open")
    duties_place.report(place, 1, "办好了")
    assert web.get(_address(key)).status_code == 200
    reclass(place, disclosure)  # type: ignore[arg-type]
    assert web.get(_address(key)).status_code == 404
    page = web.get(reverse("public:duty_document", args=[place.document.pk])).content.decode()
    assert "自查情况" not in page and _address(key) not in page


def test_what_may_be_asked_for_is_named_and_the_rest_counted(place: Place, web: WebClient) -> None:
    _add(place, "整改台账", "on_request")
    _add(place, "会议纪要", "shared")
    actions.do_add_link(
        acting=place.clerk, at=clock.now(), assignment_id=place.assignment(1), title="内网", url="https://intranet.invalid"
    )
    duties_place.report(place, 1, "办好了")
    article = _article(web, place)
    assert "整改台账" in article and "依申请公开" in article and "提出书面申请" in article and 'href="#rest"' in article
    assert "另有 1 份文件、1 条链接或者测量数字没有主动公开。" in article
    assert "会议纪要" not in article and "内网" not in article and "intranet" not in article
    assert 'href="https://example.invalid/double"' in article


def test_the_exports_follow_the_page(place: Place, web: WebClient) -> None:
    key = _add(place, "自查情况", "open")
    _add(place, "整改台账", "on_request")
    _add(place, "会议纪要", "shared")
    duties_place.report(place, 1, "办好了")
    body = json.loads(web.get(reverse("public:duty_export", args=[place.document.pk, "json"])).content)
    first = body["duties"][0]
    file = next(one for one in first["evidence"] if one["kind"] == "file")
    taken = web.get(file["url"].removeprefix("http://testserver")).content
    assert file["sha256"] == hashlib.sha256(taken).hexdigest() and file["size"] == len(taken) == len(PDF)
    assert (file["title"], file["media"], file["unit_name"]) == ("自查情况", "application/pdf", "测试单位a")
    assert [one["title"] for one in first["evidence_on_request"]] == ["整改台账"]
    assert first["evidence_not_open"] == {"files": 1, "others": 0} and "会议纪要" not in json.dumps(body, ensure_ascii=False)
    answer = web.get(reverse("public:duty_export", args=[place.document.pk, "xlsx"]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content))["材料"].iter_rows(min_row=2, values_only=True))
    told = {row[2]: row for row in rows}
    assert set(told) == {"自查情况", "整改台账", "公示专栏"}
    assert told["自查情况"][6] == "主动公开" and told["自查情况"][8] == f"http://testserver{_address(key)}"
    assert told["自查情况"][9] == file["sha256"] and told["整改台账"][6] == "依申请公开" and not told["整改台账"][8]
