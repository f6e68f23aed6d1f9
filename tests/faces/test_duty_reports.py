"""The half-yearly and yearly report: the page, the Word file and the PDF say the same numbers, counted from the rows."""

from __future__ import annotations

import datetime as dt
import html
import io

import pytest
from django.urls import reverse
from docx import Document as Word

from goodfaith.common import clock
from goodfaith.duties import actions
from goodfaith.duties.queries.show_report import months_after, whole_report
from goodfaith.faces.desk.duty_reports import period_of, periods
from goodfaith.faces.desk.duty_reports_blocks import MOST, Bars, Grid, Said, Text, paper
from goodfaith.faces.desk.duty_reports_docx import as_docx
from goodfaith.faces.desk.duty_reports_pdf import as_pdf, as_picture
from tests.city import City
from tests.conftest import WebClient
from tests.faces import duties_place
from tests.faces.duties_place import Place

pytestmark = pytest.mark.django_db
SINCE, UNTIL, TODAY = dt.date(2026, 1, 1), dt.date(2026, 7, 1), dt.date(2026, 7, 3)


@pytest.fixture
def place(city: City) -> Place:
    found = duties_place.place_of(city, at=dt.datetime(2026, 3, 3, 9, tzinfo=clock.CHINA))
    duties_place.report(found, 1, "公示专栏建成，及时率达到要求。")
    actions.do_send_notice(
        acting=found.office, at=dt.datetime(2026, 5, 6, 9, tzinfo=clock.CHINA), unit="t_b",
        duty_ids=[found.duties[3].pk], asks="请说明原因", due_on=dt.date(2026, 5, 20),
    )  # fmt: skip
    return found


def _text(body: bytes) -> str:
    document = Word(io.BytesIO(body))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_report_counts_what_the_rows_say(place: Place) -> None:
    found = whole_report(place.office, SINCE, UNTIL, TODAY)
    by_unit = {one.unit: one for one in found.figures.units}
    assert (by_unit["t_b"].due, by_unit["t_b"].overdue, by_unit["t_b"].notices) == (1, 1, 1)
    assert [one.number.split("-")[1] for one in found.figures.overdue] == ["4"]
    assert [one.period for one in whole_report(place.office, SINCE, dt.date(2027, 1, 1), TODAY).recurring] == ["2026"]
    assert [one.number.split("-")[1] for one in found.upcoming] == ["2"] and found.upcoming_until == dt.date(2027, 1, 1)
    assert "constitution_day" in {one.code for one in found.upcoming_campaigns}


def test_what_was_done_is_told_in_the_units_own_words(place: Place) -> None:
    year = clock.today().year
    found = whole_report(place.office, dt.date(year, 1, 1), dt.date(year + 1, 1, 1), clock.today())
    said = [one for one in paper(found, "报告", "信用办").blocks if isinstance(one, Said)]
    assert [one.text for one in said] == ["公示专栏建成，及时率达到要求。"] and "测试单位a" in said[0].meta


def test_word_and_pdf_hold_every_block(place: Place) -> None:
    made = paper(whole_report(place.office, SINCE, UNTIL, TODAY), "二〇二六年上半年报告", "测试信用办")
    at = clock.now()
    words = _text(as_docx(made, at))
    for one in made.blocks:
        if isinstance(one, Text):
            assert one.text in words
        elif isinstance(one, Grid):
            assert all(cell in words for row in one.rows for cell in row)
    document = Word(io.BytesIO(as_docx(made, at)))
    charts = [one for one in made.blocks if isinstance(one, Bars)]
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert len(charts) == len(described) == 2 and all(
        one.title in said for one, said in zip(charts, described, strict=True)
    )
    assert document.core_properties.title == made.title
    pdf = as_pdf(made, at)
    assert pdf.startswith(b"%PDF") and pdf == as_pdf(made, at)
    assert as_picture(charts[0], at).startswith(b"\x89PNG")


def test_a_long_list_says_what_it_leaves_out() -> None:
    from goodfaith.faces.desk.duty_reports_blocks import _grid

    blocks = list(_grid(("a",), [(str(n),) for n in range(MOST + 3)], (1,), (), "无"))
    assert isinstance(blocks[0], Grid) and len(blocks[0].rows) == MOST
    assert isinstance(blocks[1], Text) and "另有 3 项" in blocks[1].text
    assert list(_grid(("a",), [], (1,), (), "无")) == [Text("无")]


def test_an_empty_ledger_still_makes_a_report(city: City) -> None:
    office = city.users["credit_office"].acting
    made = paper(whole_report(office, SINCE, UNTIL, TODAY), "空", "信用办")
    assert "没有逾期任务。" in _text(as_docx(made, clock.now()))
    assert as_pdf(made, clock.now()).startswith(b"%PDF")


def test_the_page_and_its_files(city: City, place: Place, web: WebClient) -> None:
    web.force_login(city.users["credit_office"])
    page = html.unescape(web.get(reverse("desk:duty_reports"), {"period": "2026h1"}).content.decode())
    assert "2026年上半年社会信用体系建设任务落实情况报告" in page and "建立红黑名单制度" in page
    pdf = web.get(reverse("desk:duty_report_file", args=["2026h1", "pdf"]))
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Type"] == "application/pdf"
    word = web.get(reverse("desk:duty_report_file", args=["2026", "docx"]))
    assert "建立红黑名单制度" in _text(word.content)
    for period, form in (("2026h3", "pdf"), ("2026h", "pdf"), ("20x6", "pdf"), ("2026h1", "exe")):
        assert web.get(reverse("desk:duty_report_file", args=[period, form])).status_code == 404
    web.force_login(city.users["clerk"])
    assert web.get(reverse("desk:duty_reports")).status_code == 403


@pytest.mark.parametrize(
    ("code", "since", "until"),
    [
        ("2026h1", "2026-01-01", "2026-07-01"),
        ("2026h2", "2026-07-01", "2027-01-01"),
        ("2026", "2026-01-01", "2027-01-01"),
    ],
)
def test_periods(code: str, since: str, until: str) -> None:
    found = period_of(code)
    assert found is not None and (found.since.isoformat(), found.until.isoformat()) == (since, until)


def test_periods_begin_with_the_running_half_year() -> None:
    codes = [one.code for one in periods(dt.date(2026, 11, 20))]
    assert codes[:4] == ["2026h2", "2026", "2026h1", "2025h2"] and len(codes) == len(set(codes))
    assert [one.code for one in periods(dt.date(2026, 2, 1))][:2] == ["2026h1", "2026"]
    assert months_after(dt.date(2026, 7, 1), 6) == dt.date(2027, 1, 1)
