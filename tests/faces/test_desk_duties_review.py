"""公文 at the desk: a file comes in, its duties are gone over, names confirmed, another officer adopts."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goodfaith.duties.models import Document, Duty
from goodfaith.duties.queries import desk_review as places
from tests.city import City
from tests.conftest import WebClient, as_role
from tests.duties import room
from tests.faces import duties_desk as desk
from tests.faces.duties_desk import page

WEB = "goodfaith_web"
DOCUMENTS = Path(__file__).parents[1] / "duties" / "documents"


@pytest.fixture
def office(city: City, web: WebClient) -> WebClient:
    web.force_login(city.users["credit_office"])
    return web


def _at(answer: object) -> str:
    return parse_qs(urlparse(answer["Location"]).query).get("at", [""])[0]  # type: ignore[index]


# -- a file comes in -----------------------------------------------------------------------------------------


def test_a_file_is_read_and_shown_with_its_duties_beside_the_text(office: WebClient) -> None:
    with as_role(WEB):
        document = desk.uploaded(office)
        text = page(office, "desk:duty_document", document.pk)
    assert "已核对 0 / 3 条" in text and "做好双公示" in text and "示政办发〔2026〕9号" in text
    first = document.proposals.order_by("start")[0]
    assert f'data-duty="{first.pk}"' in text and 'class="pin"' in text
    words = re.sub(r"<[^>]+>", "", text[text.index('<ol class="doc-text">') : text.index('id="panel"')])
    for line in ("行政许可和行政处罚信息在七个工作日内公示", "（此件公开发布）"):
        assert line in words


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.txt", b"", "文件是空的"),
        ("english.txt", b"This is a plain English text without any Chinese words in it. " * 20, "中文"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + b"0" * 200, "图片"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 200, "另存为 .docx"),
    ],
)
def test_a_bad_file_gets_the_sentence_that_says_what_to_do(
    office: WebClient, name: str, data: bytes, says: str
) -> None:
    answer = office.post(reverse("desk:duty_documents"), {"file": SimpleUploadedFile(name, data)})
    text = answer.content.decode()
    assert answer.status_code == 422 and "文件没有接收" in text and says in text
    assert not Document.objects.exists()


def test_the_same_file_twice_is_told_with_the_number_of_the_first(office: WebClient) -> None:
    document = desk.uploaded(office)
    answer = desk.upload(office)
    assert answer.status_code == 409 and f"第 {document.pk} 号公文" in answer.content.decode()


def test_only_the_office_brings_documents_in(city: City, web: WebClient) -> None:
    for who, status in (("clerk", 403), ("auditor", 403)):
        web.force_login(city.users[who])
        assert desk.upload(web).status_code == status, who
    assert not Document.objects.exists()


def test_a_document_larger_than_the_limit_is_refused(office: WebClient, settings: object) -> None:
    settings.DUTIES = {**settings.DUTIES, "document_bytes": 1000}  # type: ignore[attr-defined]
    answer = desk.upload(office, room.TEXT * 3)
    assert answer.status_code == 413 and "只留下正文和任务分工部分" in answer.content.decode()


# -- going over it -------------------------------------------------------------------------------------------


def test_a_duty_cannot_be_accepted_before_its_names_are_said(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    first = document.proposals.order_by("start")[0]
    text = page(office, "desk:duty_document", document.pk, at=str(first.pk))
    assert "先确认单位" in text and "确认这条任务" not in text
    answer = office.post(reverse("desk:duty_accept", args=[document.pk]), {"proposal": first.pk})
    assert answer.status_code == 422 and "还没有确认是哪个单位" in answer.content.decode()


def test_accepting_moves_on_to_the_next_that_waits(city: City, office: WebClient) -> None:
    with as_role(WEB):
        document = desk.uploaded(office)
        desk.confirm_names(office, city, document)
        first, second, third = document.proposals.order_by("start")
        answer = office.post(reverse("desk:duty_accept", args=[document.pk]), {"proposal": first.pk})
        assert _at(answer) == str(second.pk)
        answer = office.post(reverse("desk:duty_accept", args=[document.pk]), {"proposal": third.pk})
    assert _at(answer) == str(second.pk)  # none waits after it: back to what was left
    assert "已核对 2 / 3 条" in page(office, "desk:duty_document", document.pk)


def test_htmx_gets_the_panel_alone(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    desk.confirm_names(office, city, document)
    first = document.proposals.order_by("start")[0]
    answer = office.post(
        reverse("desk:duty_accept", args=[document.pk]),
        {"proposal": first.pk},
        headers={"HX-Request": "true"},
        follow=True,
    )
    text = answer.content.decode()
    assert text.lstrip().startswith('<section class="review-panel" id="panel"') and "doc-text" not in text
    assert 'data-state="accepted"' in text and "已核对 1 / 3 条" in text


def test_all_without_a_doubt_are_accepted_together_and_undone_together(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    desk.confirm_names(office, city, document)
    assert "确认没有疑点的 3 条" in page(office, "desk:duty_document", document.pk)
    office.post(reverse("desk:duty_accept", args=[document.pk]), {"all_plain": "1"})
    assert set(document.proposals.values_list("state", flat=True)) == {"accepted"}
    office.post(reverse("desk:duty_undo", args=[document.pk]))
    assert set(document.proposals.values_list("state", flat=True)) == {"pending"}


def test_dropping_needs_a_reason_and_can_be_taken_back(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    first = document.proposals.order_by("start")[0]
    asked = office.post(reverse("desk:duty_drop", args=[document.pk]), {"proposal": first.pk})
    assert "这 1 条不列入台账" in asked.content.decode()
    empty = office.post(reverse("desk:duty_drop", args=[document.pk]), {"proposal": first.pk, "reason": ""})
    assert empty.status_code == 422 and "请写明理由" in empty.content.decode()
    office.post(reverse("desk:duty_drop", args=[document.pk]), {"proposal": first.pk, "reason": "属于背景说明。"})
    assert document.proposals.get(pk=first.pk).state == "dropped"
    assert "属于背景说明。" in page(office, "desk:duty_document", document.pk, at=str(first.pk))
    office.post(reverse("desk:duty_undo", args=[document.pk]))
    assert document.proposals.get(pk=first.pk).state == "pending"


def test_mending_changes_title_units_and_deadline_and_keeps_what_was_confirmed(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    desk.confirm_names(office, city, document)
    first = document.proposals.order_by("start")[0]
    text = page(office, "desk:duty_mend", document.pk, first.pk)
    assert "市司法局" in text and "公文原文不会改变" in text
    said = {
        "title": "做好信用信息公示", "text": first.text, "due_kind": "yearly", "due_yearly": "6月30日", "disclosure": "shared",
        "part_0": "lead", "name_0": "市司法局", "part_1": "", "name_1": "市民政局", "part_2": "participating", "name_2": "市财政局",
    }  # fmt: skip
    answer = office.post(reverse("desk:duty_mend", args=[document.pk, first.pk]), said)
    assert answer.status_code == 302, answer.content.decode()
    first.refresh_from_db()
    assert (first.title, first.due_yearly, first.disclosure, first.mode) == (
        "做好信用信息公示",
        "06-30",
        "shared",
        "lead+others",
    )
    assert [(one["full"], one["kind"], one["units"]) for one in first.units] == [
        ("市司法局", "unit", ["t_a"]),
        ("市财政局", "", []),
    ]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"due_kind": "on", "due_on": ""}, "请填写最后一天"),
        ({"due_kind": "yearly", "due_yearly": "年底"}, "写月-日"),
        ({"part_0": "", "part_1": ""}, "没有责任单位"),
        ({"part_0": "lead", "part_1": "joint"}, "共同负责的不设牵头单位"),
        ({"text": " "}, "请写明任务的文字"),
    ],
)
def test_a_form_that_does_not_fit_says_what_is_wrong(
    city: City, office: WebClient, said: dict[str, str], says: str
) -> None:
    document = desk.uploaded(office)
    first = document.proposals.order_by("start")[0]
    whole = {"title": "甲", "text": first.text, "due_kind": "none", "disclosure": "open", "part_0": "lead", "name_0": "市司法局",
             "part_1": "participating", "name_1": "市民政局"}  # fmt: skip
    answer = office.post(reverse("desk:duty_mend", args=[document.pk, first.pk]), whole | said)
    assert answer.status_code == 422 and says in answer.content.decode()


def test_more_rows_keep_what_was_typed(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    first = document.proposals.order_by("start")[0]
    said = {"title": "只打了一半", "more": "1", "part_4": "participating", "name_4": "市档案馆"}
    text = office.post(reverse("desk:duty_mend", args=[document.pk, first.pk]), said).content.decode()
    assert "只打了一半" in text and "市档案馆" in text and 'name="name_7"' in text


def test_a_duty_is_split_before_a_sentence_and_joined_again(city: City, office: WebClient) -> None:
    text = room.TEXT.replace("全面、准确、及时。（", "全面、准确、及时。同时公开目录清单。（")
    document = desk.uploaded(office, text)
    first = document.proposals.order_by("start")[0]
    shown = page(office, "desk:duty_split", document.pk, first.pk)
    found = places.sentences(document.text, first.start, first.end)
    where = next(place for place, words in found if words.startswith("同时公开"))
    assert f'value="{where}"' in shown
    office.post(reverse("desk:duty_split", args=[document.pk, first.pk]), {"place": str(where)})
    parts = list(document.proposals.filter(state="pending").order_by("start", "id"))
    assert parts[1].text.startswith("同时公开目录清单") and len(parts) == 4
    office.post(reverse("desk:duty_join", args=[document.pk]), {"proposal": [parts[0].pk, parts[1].pk]})
    assert document.proposals.filter(state="pending").count() == 3


def test_a_missed_duty_is_added_by_its_lines_or_by_the_selected_words(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    line = places.line_at(document.text, document.text.index("现将任务印发"))
    said = {"title": "认真执行", "due_kind": "ongoing", "disclosure": "open", "part_0": "joint", "name_0": "市民政局"}
    answer = office.post(reverse("desk:duty_add", args=[document.pk]), said | {"first": str(line), "last": str(line)})
    assert answer.status_code == 302, answer.content.decode()
    added = document.proposals.get(origin="added")
    assert added.text == "现将任务印发给你们，请认真执行。" and added.mode == "joint"
    start = document.text.index("请认真执行")
    shown = page(office, "desk:duty_add", document.pk, start=str(start), end=str(start + 5))
    assert "请认真执行" in shown and 'name="first"' not in shown
    office.post(reverse("desk:duty_add", args=[document.pk]), said | {"start": str(start), "end": str(start + 5)})
    assert document.proposals.filter(origin="added", text="请认真执行").exists()
    wrong = office.post(reverse("desk:duty_add", args=[document.pk]), said | {"first": "900", "last": "901"})
    assert wrong.status_code == 422 and "行号没有写对" in wrong.content.decode()


def test_the_header_is_put_right(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    said = {
        "title": "关于做好信用工作的通知",
        "doc_no": "示政办发〔2026〕10号",
        "issuer": "示例市人民政府办公室",
        "signed": "2026-03-02",
    }
    office.post(reverse("desk:duty_head", args=[document.pk]), said)
    document.refresh_from_db()
    assert document.title == "关于做好信用工作的通知" and document.doc_no == "示政办发〔2026〕10号"
    assert "更正公文信息" in page(office, "desk:duty_document_log", document.pk)


# -- names ---------------------------------------------------------------------------------------------------


def test_names_are_offered_and_confirmed_once_for_the_whole_document(city: City, office: WebClient) -> None:
    with as_role(WEB):
        document = desk.uploaded(office)
        text = page(office, "desk:duty_names", document.pk)
        assert "市司法局" in text and "用在 3 条任务里" in text
        said = {"pick-0": "1", "full-0": "市司法局", "as-0": "outside:", "other-0": "单位a"}
        office.post(reverse("desk:duty_names", args=[document.pk]), said)
    for one in document.proposals.all():
        assert {(raw["kind"], tuple(raw["units"])) for raw in one.units if raw["full"] == "市司法局"} == {
            ("unit", ("t_a",))
        }


def test_several_units_stand_for_one_name_and_an_unknown_one_is_told(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    said = {"pick-0": "1", "full-0": "市司法局", "as-0": "outside:", "other-0": "单位a、没有的局"}
    answer = office.post(reverse("desk:duty_names", args=[document.pk]), said)
    assert answer.status_code == 422 and "单位名录里没有：没有的局" in answer.content.decode()
    office.post(reverse("desk:duty_names", args=[document.pk]), said | {"other-0": "单位a、单位b"})
    first = document.proposals.order_by("start")[0]
    assert first.units[0]["kind"] == "set" and first.units[0]["units"] == ["t_a", "t_b"]


def test_a_name_is_confirmed_beside_the_duty_and_leads_back_to_it(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    back = f"{reverse('desk:duty_document', args=[document.pk])}?show=all"
    said = {"pick-0": "1", "full-0": "市司法局", "as-0": "unit:t_a", "back": back}
    assert office.post(reverse("desk:duty_names", args=[document.pk]), said)["Location"] == back
    away = said | {"back": "https://elsewhere.example/"}
    assert "elsewhere" not in office.post(reverse("desk:duty_names", args=[document.pk]), away)["Location"]


# -- the second officer ----------------------------------------------------------------------------------------


def _gone_over(city: City, office: WebClient) -> Document:
    document = desk.uploaded(office)
    desk.confirm_names(office, city, document)
    office.post(reverse("desk:duty_accept", args=[document.pk]), {"all_plain": "1"})
    return document


def test_it_is_submitted_only_when_nothing_waits(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    assert "提交采纳" not in page(office, "desk:duty_document", document.pk)
    assert office.post(reverse("desk:duty_submit", args=[document.pk])).status_code == 422


def test_another_officer_adopts_and_the_duties_stand_in_the_ledger(city: City, office: WebClient) -> None:
    with as_role(WEB):
        document = _gone_over(city, office)
        office.post(reverse("desk:duty_submit", args=[document.pk]))
        assert "您参加了核对，不能自己采纳" in page(office, "desk:duty_document", document.pk)
        assert office.post(reverse("desk:duty_adopt", args=[document.pk])).status_code == 409
        office.force_login(desk.second(city))
        assert "3 项任务列入台账" in page(office, "desk:duty_adopt", document.pk)
        answer = office.post(reverse("desk:duty_adopt", args=[document.pk]))
        assert answer.status_code == 302 and Duty.objects.count() == 3
        assert "做好双公示" in page(office, "desk:duties", view="all")


def test_sending_back_tells_the_reviewers_why(city: City, office: WebClient) -> None:
    document = _gone_over(city, office)
    office.post(reverse("desk:duty_submit", args=[document.pk]))
    office.force_login(desk.second(city))
    office.post(reverse("desk:duty_send_back", args=[document.pk]), {"reason": "第三条漏了市财政局。"})
    office.force_login(city.users["credit_office"])
    assert "第三条漏了市财政局。" in page(office, "desk:duty_document", document.pk)


def test_a_document_may_be_left_alone_with_a_reason(city: City, office: WebClient) -> None:
    document = desk.uploaded(office)
    office.post(reverse("desk:duty_discard", args=[document.pk]), {"reason": "已经废止。"})
    document.refresh_from_db()
    assert document.step == "discarded" and "已停用" in page(office, "desk:duty_documents", step="discarded")


# -- the size of it --------------------------------------------------------------------------------------------


def test_a_document_of_two_hundred_duties_is_shown_at_once(city: City, office: WebClient) -> None:
    clause = "（{n}）做好第{n}项工作。按照要求抓好落实，{word}。（市司法局牵头；市民政局按照职责分别负责。2026年12月31日前完成）\n\n"
    parts = [clause.format(n=n, word="做到全面、准确、及时" * 3) for n in range(1, 221)]
    head, tail = room.TEXT.split("（一）做好")[0], "\n示例市人民政府办公室\n\n2026年3月2日\n"
    numbers = "零一二三四五六七八九"
    document = desk.uploaded(
        office,
        head + "".join(p.replace(f"（{n}）", f"（{_han(n, numbers)}）", 1) for n, p in enumerate(parts, 1)) + tail,
    )
    assert document.proposals.count() >= 200
    page(office, "desk:duty_document", document.pk)
    started = time.monotonic()
    text = page(office, "desk:duty_document", document.pk)
    assert time.monotonic() - started < 2 and len(text) < 600_000


def _han(n: int, digits: str) -> str:
    hundred, ten, one = n // 100, n // 10 % 10, n % 10
    said = f"{digits[hundred]}百" if hundred else ""
    said += f"{'' if ten == 1 and not hundred else digits[ten]}十" if ten else "零" if hundred and one else ""
    return said + (digits[one] if one else "")


def test_the_lines_of_the_text_joined_give_the_text_back(city: City, office: WebClient) -> None:
    from goodfaith.faces.desk import duties_review_text

    for name, doubts in (
        ("yunzhengbanfa-2017-112.txt", 0),
        ("invented-zhejiang-2023.txt", 6),
        ("invented-xian-2017.txt", 2),
    ):
        document = desk.uploaded(office, (DOCUMENTS / name).read_text())
        shown = duties_review_text.shown(desk.review(city, document), None)
        assert "\n".join("".join(one.words for one in line.segments) for line in shown.lines) == document.text
        assert sum(len(one.reasons) for line in shown.lines for one in line.segments) == doubts
        marked = {one.duty.id for line in shown.lines for one in line.segments if one.duty}
        assert len(marked) == document.proposals.count()


def test_a_long_text_is_shown_around_the_duty_that_is_looked_at(
    city: City, office: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodfaith.faces.desk import duties_review_text

    monkeypatch.setattr(duties_review_text, "WINDOW", 900)
    document = desk.uploaded(office, (DOCUMENTS / "yunzhengbanfa-2017-112.txt").read_text())
    last = document.proposals.order_by("start").last()
    text = page(office, "desk:duty_document", document.pk, at=str(last.pk))
    assert last.note[-10:] in text and "前面还有" in text and 'value="1" id="l-1"' not in text
    assert 'id="l-1"' in page(office, "desk:duty_document", document.pk, line="1")


# -- documents that carry each other on --------------------------------------------------------------------------


def test_clauses_are_put_side_by_side_and_confirmed(city: City, office: WebClient) -> None:
    earlier = desk.uploaded(office)
    text = (
        room.TEXT.replace("9号", "19号")
        .replace("2026年12月31日", "2027年6月30日")
        .replace("（市司法局牵头；市民政局", "（市民政局牵头；市司法局", 1)
    )
    later = desk.uploaded(office, text)
    answer = office.post(reverse("desk:duty_links", args=[later.pk]), {"earlier": str(earlier.pk)})
    assert answer.status_code == 302
    shown = page(office, "desk:duty_links_with", later.pk, earlier.pk)
    assert "期限：2026年12月31日 → 2027年6月30日" in shown and "牵头单位：司法局 → 民政局" in shown
    office.post(reverse("desk:duty_links_decide", args=[later.pk, earlier.pk]), {"sure": "1"})
    assert "待确认 0 对" in page(office, "desk:duty_links_with", later.pk, earlier.pk)


def test_a_pair_is_refused_and_two_clauses_are_linked_by_hand(city: City, office: WebClient) -> None:
    earlier, later = desk.uploaded(office), desk.uploaded(office, room.TEXT.replace("9号", "19号"))
    office.post(reverse("desk:duty_links", args=[later.pk]), {"earlier": str(earlier.pk)})
    a, b = later.clauses.order_by("place")[0], earlier.clauses.order_by("place")[0]
    url = reverse("desk:duty_links_decide", args=[later.pk, earlier.pk])
    office.post(url, {"later": a.pk, "earlier": b.pk, "as": "refuse"})
    assert a.title in page(office, "desk:duty_links_with", later.pk, earlier.pk).split("自己对应两条")[1]
    office.post(url, {"later": a.pk, "earlier": b.pk})
    assert "已确认 1 对" in page(office, "desk:duty_links_with", later.pk, earlier.pk)
