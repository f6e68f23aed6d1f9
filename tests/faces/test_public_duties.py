"""The public page of an adopted document: what it shows, in which class, and what it keeps to itself."""

from __future__ import annotations

import html
import io
import json
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.duties import actions
from goodfaith.duties.models import Question
from goodfaith.duties.queries import show_public
from goodfaith.faces.public.duties import bar
from tests.city import City
from tests.conftest import WebClient, as_role
from tests.faces import duties_place
from tests.faces.duties_place import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(city: City) -> Place:
    return duties_place.place_of(city)


def _page(web: WebClient, name: str, *args: object, **asked: str) -> str:
    answer = web.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def _article(page: str, n: int) -> str:
    return page.split(f'id="d-{n}"')[1].split("</article>")[0]


def test_the_page_says_who_by_when_and_how_far(place: Place, web: WebClient) -> None:
    duties_place.report(place, 1, "已建成公示专栏，公示一百条。")
    page = _page(web, "public:duty_document", place.document.pk)
    first = _article(page, 1)
    assert "做好双公示" in first and "已完成" in first and "2099年12月31日" in first
    assert "测试单位a（公文写作“市司法局”）" in first and "牵头" in first and "测试单位b" in first
    assert "已建成公示专栏" in first and 'href="https://example.invalid/double"' in first
    assert "每年12月30日前" in _article(page, 2) and "本期截至" in _article(page, 2)
    assert "持续实施" in _article(page, 3) and "共同负责" in _article(page, 3)


def test_what_is_not_open_is_counted_and_never_shown(place: Place, web: WebClient) -> None:
    page = _page(web, "public:duty_document", place.document.pk)
    assert "内部通报" not in page and "完善档案" not in page
    assert "另有 1 项任务依申请公开，1 项只在政府部门之间共享" in page and "第二十七条" in page and "未核对" in page
    for form in ("json", "xlsx"):
        body = web.get(reverse("public:duty_export", args=[place.document.pk, form])).content
        text = body.decode() if form == "json" else _cells(body)
        assert "内部通报" not in text and "完善档案" not in text and "做好双公示" in text


def _cells(body: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(body))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_progress_that_nobody_accepted_is_not_shown(place: Place, web: WebClient) -> None:
    duties_place.report(place, 1, "还没有人审核的话", act="")
    page = _page(web, "public:duty_document", place.document.pk)
    assert "还没有人审核的话" not in page and "example.invalid" not in page and "推进中" in _article(page, 1)


def test_evidence_after_the_accepted_report_waits_for_the_next(place: Place, web: WebClient) -> None:
    key = duties_place.report(place, 3, "宣传两次", act="go_on")
    actions.do_add_link(
        acting=place.clerk, at=clock.now(), assignment_id=key, title="新链接", url="https://example.invalid/new", disclosure="open",
    )
    article = _article(_page(web, "public:duty_document", place.document.pk), 3)
    assert "公示专栏" in article and "新链接" not in article


def test_what_is_not_open_is_only_counted_and_figures_carry_their_day(place: Place, web: WebClient) -> None:
    key, at = place.assignment(1), clock.now()
    actions.do_add_file(
        acting=place.clerk, at=at, assignment_id=key, title="张三的材料", name="a.pdf", data=b"%PDF-1.4\n1 0 obj\n%%EOF"
    )
    since, until = clock.today().replace(month=1, day=1), clock.today()
    actions.do_add_figure(
        acting=place.clerk, at=at, assignment_id=key, figure="double_publicity_timeliness", since=since, until=until, disclosure="open",
    )
    duties_place.report(place, 1, "办好了")
    article = _article(_page(web, "public:duty_document", place.document.pk), 1)
    assert "张三" not in article and "另有 1 份文件没有主动公开" in article
    assert "双公示及时率 没有可测量的（平台于" in article


def test_filters_narrow_by_unit_and_state(place: Place, web: WebClient) -> None:
    duties_place.report(place, 1, "办好了")
    url = place.document.pk
    done = _page(web, "public:duty_document", url, state="done")
    assert "4 项中的 1 项" in done and "开展诚信宣传" not in done
    only_b = _page(web, "public:duty_document", url, unit="测试单位b", state="overdue")
    assert ("建立红黑名单制度" in only_b) == (clock.today().isoformat() > "2026-04-30")
    assert "没有符合条件的任务" not in _page(web, "public:duty_document", url, state="<script>")


def test_the_chain_of_documents_leads_from_clause_to_clause(place: Place, web: WebClient) -> None:
    above = duties_place.province(place)
    page = _page(web, "public:duty_document", place.document.pk)
    link = f"{reverse('public:duty_document', args=[above.pk])}#d-1"
    assert link in _article(page, 1) and "《示例省人民政府办公厅关于加强信用工作的实施意见》" in _article(page, 1)
    back = _page(web, "public:duty_document", above.pk)
    assert f"{reverse('public:duty_document', args=[place.document.pk])}#d-1" in _article(back, 1) and "下接" in back


def test_a_clause_above_that_is_not_open_is_not_told(place: Place, web: WebClient) -> None:
    text = duties_place.PROVINCE.replace("（此件公开发布）", "（此件不公开）")
    from goodfaith.duties.models import Clause
    from tests.duties import room

    duties = room.adopted(place.office, place.second, {}, text=text)
    later = Clause.objects.get(document=place.document, number="（一）")
    earlier = Clause.objects.get(document=duties[0].document, number="（一）")
    actions.do_decide_link(acting=place.office, at=clock.now(), later=later.pk, earlier=earlier.pk, confirm=True)
    page = _page(web, "public:duty_document", place.document.pk)
    assert "实施意见》（示省政办发〔2025〕3号）</li>" in _article(page, 1)
    assert reverse("public:duty_document", args=[duties[0].document.pk]) not in page
    assert web.get(reverse("public:duty_document", args=[duties[0].document.pk])).status_code == 404


def test_a_merged_unit_is_shown_with_who_followed(place: Place, web: WebClient) -> None:
    today = clock.today()
    change = actions.do_ask_succession(
        acting=place.office, at=clock.now(), old_unit="t_a", new_unit="t_b", on=today, document_no="示编〔2026〕1号", reason="机构改革",
    )  # fmt: skip
    actions.do_decide_change(acting=place.second, at=clock.now(), change_id=change.pk, approve=True, decision="同意")
    article = _article(_page(web, "public:duty_document", place.document.pk), 3)
    assert "起由测试单位b承担，原为测试单位a" in article


def test_the_list_has_documents_with_open_clauses_only(place: Place, web: WebClient) -> None:
    page = _page(web, "public:duties")
    assert "公开的任务 4 项" in page and "依申请公开 1 项、政务共享 1 项" in page
    assert web.get(reverse("public:duty_document", args=[10**9])).status_code == 404


def test_json_and_workbook_have_the_rows_of_the_page(place: Place, web: WebClient) -> None:
    duties_place.report(place, 1, "=1+1")
    body = json.loads(web.get(reverse("public:duty_export", args=[place.document.pk, "json"])).content)
    assert [one["place"] for one in body["duties"]] == [1, 2, 3, 4] and body["duties"][0]["state"] == "done"
    assert body["document"]["on_request"] == 1
    sheet = openpyxl.load_workbook(
        io.BytesIO(web.get(reverse("public:duty_export", args=[place.document.pk, "xlsx"])).content)
    )
    cell = sheet["任务"].cell(2, 9)
    assert cell.value == "=1+1" and cell.data_type == "s"
    assert web.get(reverse("public:duty_export", args=[place.document.pk, "exe"])).status_code == 404


@pytest.mark.parametrize(
    ("runs", "state"),
    [
        ([("", "accepted", False)], "done"), ([("", "ended", False)], "ended"), ([("", "assigned", False)], "waiting"),
        ([("", "confirmed", False), ("", "accepted", False)], "doing"), ([("", "accepted", False), ("", "ended", False)], "done"),
        ([("2026", "accepted", False), ("2027", "assigned", False)], "waiting"),
        ([("2026", "assigned", True), ("2027", "assigned", False)], "overdue"), ([("", "reported", False)], "doing"),
    ],
)  # fmt: skip
def test_the_state_of_a_duty(runs: list[tuple[str, str, bool]], state: str) -> None:
    assert show_public.state_of([show_public.Standing(*one) for one in runs]) == state


def test_the_bar_is_as_long_as_all() -> None:
    pieces = bar({"done": 1, "overdue": 2, "waiting": 0})
    assert [one.state for one in pieces] == ["done", "overdue"]
    assert sum(one.width for one in pieces) == pytest.approx(100, abs=0.01) and bar({}) == []


# -- questions ---------------------------------------------------------------------------------------------
def _ask(web: WebClient, place: Place, **said: str) -> Any:
    return web.post(reverse("my:duty_ask", args=[place.duties[0].pk]), said)


def test_a_citizen_asks_and_reads_the_answer(city: City, place: Place, web: WebClient) -> None:
    web.force_login(city.users["citizen"])
    form = _page(web, "my:duty_ask", place.duties[0].pk)
    due = actions.answer_due(clock.today())[0]
    assert f"{due.year}年{due.month}月{due.day}日答复" in form and "未核对" in form and "测试单位a答复" in form
    assert _ask(web, place, text="", may_publish="yes").status_code == 422
    assert _ask(web, place, text="我的号码是13912345678，请回电", may_publish="yes").status_code in (400, 422)
    assert Question.objects.count() == 0
    assert _ask(web, place, text="公示专栏在哪里看？", may_publish="yes").status_code == 302
    question = Question.objects.get()
    assert "公示专栏在哪里看？" in _page(web, "my:duty_questions")
    actions.do_answer(
        acting=place.clerk, at=clock.now(), question_id=question.pk, answer="在政府网站首页。", publish=True
    )
    assert "在政府网站首页。" in _page(web, "my:duty_questions")
    web.logout()
    article = _article(_page(web, "public:duty_document", place.document.pk), 1)
    assert "公示专栏在哪里看？" in article and "在政府网站首页。" in article
    assert city.users["citizen"].username not in article


def test_an_unpublished_answer_stays_with_who_asked(city: City, place: Place, web: WebClient) -> None:
    web.force_login(city.users["citizen"])
    _ask(web, place, text="只给我看的问题", may_publish="no")
    actions.do_answer(acting=place.clerk, at=clock.now(), question_id=Question.objects.get().pk, answer="只给您的答复")
    web.force_login(city.users["enterprise"])
    assert "只给我看的问题" not in _page(web, "my:duty_questions")
    assert "只给您的答复" not in _page(web, "public:duty_document", place.document.pk)


def test_a_question_is_withdrawn_by_who_asked_only(city: City, place: Place, web: WebClient) -> None:
    web.force_login(city.users["citizen"])
    _ask(web, place, text="请问进度", may_publish="no")
    url = reverse("my:duty_question_withdraw", args=[Question.objects.get().pk])
    web.force_login(city.users["enterprise"])
    assert web.post(url).status_code == 404
    web.force_login(city.users["citizen"])
    assert "撤回这个问题？" in web.get(url).content.decode()
    assert web.post(url).status_code == 302 and Question.objects.get().step == "withdrawn"
    assert web.post(url, follow=True).status_code == 200


def test_nobody_asks_about_what_is_not_open(city: City, place: Place, web: WebClient) -> None:
    web.force_login(city.users["citizen"])
    for n in (5, 6):
        assert web.get(reverse("my:duty_ask", args=[place.duties[n - 1].pk])).status_code == 404
    web.logout()
    assert web.get(reverse("my:duty_ask", args=[place.duties[0].pk])).status_code == 302


def test_the_sixth_waiting_question_is_refused_in_words(city: City, place: Place, web: WebClient) -> None:
    web.force_login(city.users["citizen"])
    codes = [_ask(web, place, text=f"问题{n}", may_publish="no").status_code for n in range(6)]
    assert codes == [302] * 5 + [409]


def test_the_web_reads_no_more_than_the_open_views(place: Place) -> None:
    with as_role("goodfaith_web"):
        found = show_public.beside([one.pk for one in place.duties[:4]])
    assert len(found) == 4
