"""The delivery wizard: who may enter which page, and a clerk's way from the file to the receipt."""

from __future__ import annotations

import csv
import io
import uuid
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from goodfaith.common import clock
from goodfaith.common.acting import Acting
from goodfaith.faces.desk.delivery_words import TITLES
from goodfaith.intake import listing, messages, work
from goodfaith.intake.models import Delivery, MappingMemory
from goodfaith.parties.models import Unit, UnitItem, User
from goodfaith.records.models import Record
from goodfaith.subjects.notation import MESSAGES as OF_NUMBERS
from tests.conftest import WebClient, as_role
from tests.intake.sample import GOOD, GOOD_PERSON

PENALTY = "licensing.administrative_penalty"
JOB = Acting(kind="job", id="test", name="归集作业")
BAD = GOOD | {"CF_WSH": "示市监罚〔2026〕99号", "CF_XDR_SHXYM": "91320100748204661Q", "CF_JDRQ": "2026-02-30"}


@dataclass
class Desk:
    """The unit that reports penalties, another unit, and one account of each kind."""

    users: dict[str, User]
    clients: dict[str, WebClient]

    def client(self, who: str) -> WebClient:
        """A client logged in as ``who``; ``nobody`` is not logged in."""
        if who not in self.clients:
            self.clients[who] = WebClient()
            if who != "nobody":
                self.clients[who].force_login(self.users[who])
        return self.clients[who]


@pytest.fixture
def desk(db: None) -> Desk:
    units = {}
    for code, kind in (("w_market", "department"), ("w_tax", "department"), ("w_office", "credit_office")):
        units[code] = Unit.objects.create(code=code, name=f"示例市{code}", short_name=code, kind=kind)
    UnitItem.objects.create(unit=units["w_market"], item_code=PENALTY)
    UnitItem.objects.create(unit=units["w_tax"], item_code="tax.grade_a")
    made = {}
    for name, role, unit in (
        ("clerk", "clerk", "w_market"), ("wrong_clerk", "clerk", "w_tax"), ("auditor", "auditor", "w_office"),
        ("office", "credit_office", "w_office"),
    ):  # fmt: skip
        made[name] = User.objects.create_user(name, password="demo", kind="officer", role=role, unit=units[unit])
    made["citizen"] = User.objects.create_user("citizen", password="demo", kind="citizen", subject_id=uuid.uuid4())
    return Desk(made, {})


def file_of(*rows: dict[str, str | None], **rename: str) -> bytes:
    """Rows as CSV; ``rename`` gives a field's column another header."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([rename.get(column, column) for column in columns])
    writer.writerows([[row.get(column) or "" for column in columns] for row in rows])
    return out.getvalue().encode()


def numbered(count: int) -> list[dict[str, str | None]]:
    return [GOOD | {"CF_WSH": f"示市监罚〔2026〕{n}号"} for n in range(1, count + 1)]


def upload(desk: Desk, data: bytes, name: str = "处罚.csv", who: str = "clerk", **more: str) -> Any:
    said = {"file": SimpleUploadedFile(name, data), "report_on": clock.today().isoformat()} | more
    return desk.client(who).post(reverse("desk:intake_item", args=[PENALTY]), said)


def run_jobs(delivery: Delivery) -> Delivery:
    """What the worker does next with the delivery, in the worker's role."""
    steps = {
        "received": work.do_read, "checking": work.do_check, "committing": work.do_commit_rows,
        "abandoned": work.do_clear,
    }  # fmt: skip
    delivery.refresh_from_db()
    with as_role("goodfaith_jobs"):
        steps[delivery.state](delivery.pk, acting=JOB, at=clock.now())
    delivery.refresh_from_db()
    return delivery


def page(delivery: Delivery, name: str = "delivery") -> str:
    return reverse(f"desk:{name}", args=[delivery.pk])


def columns_of(delivery: Delivery) -> dict[str, str]:
    """The form of the columns as it was proposed."""
    columns = delivery.layout["columns"]
    said = {f"column-{n}": delivery.mapping.get(column) or "" for n, column in enumerate(columns)}
    return said | {"edition": delivery.edition}


def mapped(desk: Desk, data: bytes, **more: Any) -> Delivery:
    upload(desk, data, **more)
    return run_jobs(Delivery.objects.latest("created_at"))


def checked(desk: Desk, data: bytes, **more: Any) -> Delivery:
    delivery = mapped(desk, data, **more)
    desk.client("clerk").post(page(delivery, "delivery_columns"), columns_of(delivery))
    return run_jobs(delivery)


def text(answer: Any) -> str:
    return str(answer.content.decode())


# -- who may enter -----------------------------------------------------------------------------------
PLAIN_PAGES = ("desk:intake", "desk:deliveries", "desk:deliveries_export")
PAGES = ("delivery", "delivery_progress", "delivery_refused", "delivery_commit", "delivery_abandon")
ACTS = ("delivery_columns", "delivery_check", "delivery_commit", "delivery_abandon")
EXPECTED = {"nobody": 302, "citizen": 403, "auditor": 403}


@pytest.mark.parametrize("who", ["nobody", "citizen", "auditor"])
@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_plain_pages_are_for_clerks_and_the_office(desk: Desk, name: str, who: str) -> None:
    assert desk.client(who).get(reverse(name)).status_code == EXPECTED[who]
    for allowed in ("clerk", "office"):
        assert desk.client(allowed).get(reverse(name)).status_code == 200


@pytest.mark.parametrize(("who", "status"), [*EXPECTED.items(), ("wrong_clerk", 403), ("office", 403), ("clerk", 200)])
@pytest.mark.parametrize("name", ["intake_item"])
def test_only_the_units_own_items_are_reported(desk: Desk, name: str, who: str, status: int) -> None:
    assert desk.client(who).get(reverse(f"desk:{name}", args=[PENALTY])).status_code == status
    assert upload(desk, file_of(GOOD), who=who).status_code == (302 if status == 200 else status)
    assert Delivery.objects.count() == (who == "clerk")


@pytest.mark.parametrize(("who", "status"), [*EXPECTED.items(), ("wrong_clerk", 403), ("office", 200), ("clerk", 200)])
def test_a_delivery_is_seen_by_its_unit_and_the_office(desk: Desk, who: str, status: int) -> None:
    delivery = checked(desk, file_of(*numbered(2), BAD))
    for name in PAGES:
        answer = desk.client(who).get(page(delivery, name))
        moved = name in ("delivery_commit", "delivery_abandon") and who == "office"
        assert answer.status_code == (302 if moved else status), name


@pytest.mark.parametrize(("who", "status"), [*EXPECTED.items(), ("wrong_clerk", 403), ("office", 403)])
@pytest.mark.parametrize("name", ACTS)
def test_a_delivery_is_moved_only_by_its_unit(desk: Desk, name: str, who: str, status: int) -> None:
    delivery = checked(desk, file_of(*numbered(2), BAD))
    answer = desk.client(who).post(page(delivery, name), columns_of(delivery) | {"take": "good"})
    assert answer.status_code == status
    delivery.refresh_from_db()
    assert delivery.state == "checked"


@pytest.mark.parametrize("name", ACTS)
def test_every_act_needs_the_token(desk: Desk, name: str) -> None:
    delivery = checked(desk, file_of(*numbered(1)))
    strict = WebClient(enforce_csrf_checks=True)
    strict.force_login(desk.users["clerk"])
    assert strict.post(page(delivery, name), {"take": "good"}).status_code == 403
    said = {"file": SimpleUploadedFile("a.csv", b"x"), "report_on": "2026-01-01"}
    assert strict.post(reverse("desk:intake_item", args=[PENALTY]), said).status_code == 403


def test_the_gate_keeps_an_entry_of_every_look(desk: Desk) -> None:
    delivery = checked(desk, file_of(*numbered(1), BAD))
    desk.client("clerk").get(page(delivery))
    desk.client("clerk").get(page(delivery, "delivery_refused"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT purpose FROM ledger_entry WHERE case_no = %s", [str(delivery.pk)])
        assert {row[0] for row in cursor.fetchall()} >= {"delivery_review", "delivery_file"}


# -- the way of a delivery -----------------------------------------------------------------------------
def test_from_the_file_to_the_receipt(desk: Desk) -> None:
    clerk = desk.client("clerk")
    answer = upload(desk, file_of(*numbered(3), GOOD_PERSON | {"CF_WSH": "示市监罚〔2026〕50号"}, BAD))
    delivery = Delivery.objects.get()
    assert answer["Location"] == page(delivery)
    assert "正在读取文件" in text(clerk.get(page(delivery)))
    assert "hx-get" in text(clerk.get(page(delivery, "delivery_progress")))
    run_jobs(delivery)
    assert clerk.get(page(delivery, "delivery_progress") + "?of=received")["HX-Redirect"] == page(delivery)
    assert "核对每一列对应的栏目" in text(clerk.get(page(delivery)))
    assert clerk.post(page(delivery, "delivery_columns"), columns_of(delivery)).status_code == 302
    assert "正在排队" in text(clerk.get(page(delivery)))
    run_jobs(delivery)
    shown = text(clerk.get(page(delivery)))
    assert "收下合格的 4 行" in shown
    assert "统一社会信用代码校验码不符" in shown
    assert "91320100748204661Q" in shown
    preview = text(clerk.get(page(delivery) + "?show=preview"))
    assert GOOD_PERSON["CF_XDR_ZJHM"] not in preview
    assert "不能整批撤回" in text(clerk.get(page(delivery, "delivery_commit")))
    assert clerk.post(page(delivery, "delivery_commit"), {"take": "good"}).status_code == 302
    run_jobs(delivery)
    assert (delivery.state, delivery.added) == ("committed", 4)
    shown = text(clerk.get(page(delivery)))
    assert delivery.receipt_no in shown
    assert delivery.sha256 in shown
    assert Record.objects.filter(delivery_id=delivery.pk).count() == 4


def test_the_refused_rows_come_back_marked_and_go_in_again(desk: Desk) -> None:
    delivery = checked(desk, file_of(*numbered(2), BAD))
    answer = desk.client("clerk").get(page(delivery, "delivery_refused"))
    content = b"".join(answer.streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    marked = {head[cell.column - 1] for cell in sheet[2] if cell.comment}
    assert (sheet.max_row, marked) == (2, {"CF_XDR_SHXYM", "CF_JDRQ"})
    for name in ("CF_XDR_SHXYM", "CF_JDRQ"):
        sheet.cell(2, head.index(name) + 1).value = GOOD[name]
    out = io.BytesIO()
    sheet.parent.save(out)
    again = checked(desk, out.getvalue(), name="改好.xlsx")
    assert (again.rows, again.good, again.refused) == (1, 1, 0)


def test_the_columns_can_be_chosen_and_are_remembered(desk: Desk) -> None:
    data = file_of(*numbered(2), CF_WSH="本局编号")
    delivery = mapped(desk, data)
    said = columns_of(delivery)
    place = next(name for name in said if delivery.layout["columns"][int(name[7:])] == "本局编号") if said else ""
    clerk = desk.client("clerk")
    answer = clerk.post(page(delivery, "delivery_columns"), said)
    assert answer.status_code == 422
    assert "必填栏目没有对应的列" in text(answer)
    assert clerk.post(page(delivery, "delivery_columns"), said | {place: "CF_WSH"}).status_code == 302
    assert run_jobs(delivery).good == 2
    assert MappingMemory.objects.get(unit="w_market").mapping["本局编号"] == "CF_WSH"
    second = mapped(desk, file_of(*numbered(3), CF_WSH="本局编号"))
    assert second.mapping["本局编号"] == "CF_WSH"
    assert "确认过的对应关系" in text(clerk.get(page(second)))


def test_two_columns_for_one_field_are_told_at_the_column(desk: Desk) -> None:
    delivery = mapped(desk, file_of(*numbered(1)))
    answer = desk.client("clerk").post(
        page(delivery, "delivery_columns"), columns_of(delivery) | {"column-0": "CF_WSH", "anyway": "on"}
    )
    assert answer.status_code == 422
    assert "已经对应了前面一列" in text(answer)


def test_a_second_click_changes_nothing(desk: Desk) -> None:
    delivery = checked(desk, file_of(*numbered(2)))
    clerk = desk.client("clerk")
    for _click in range(2):
        assert clerk.post(page(delivery, "delivery_commit"), {"take": "all_or_none"}).status_code == 302
    run_jobs(delivery)
    assert clerk.post(page(delivery, "delivery_abandon")).status_code == 302
    assert clerk.post(page(delivery, "delivery_columns"), columns_of(delivery)).status_code == 302
    delivery.refresh_from_db()
    assert (delivery.state, Record.objects.count()) == ("committed", 2)


def test_giving_up_keeps_nothing(desk: Desk) -> None:
    delivery = checked(desk, file_of(*numbered(1), BAD))
    clerk = desk.client("clerk")
    assert "不能恢复" in text(clerk.get(page(delivery, "delivery_abandon")))
    clerk.post(page(delivery, "delivery_abandon"))
    run_jobs(delivery)
    assert "已经放弃" in text(clerk.get(page(delivery)))
    assert Record.objects.count() == 0


def test_the_same_file_again_says_when_it_came(desk: Desk) -> None:
    data = file_of(*numbered(1))
    first = checked(desk, data)
    desk.client("clerk").post(page(first, "delivery_commit"), {"take": "all_or_none"})
    run_jobs(first)
    upload(desk, data)
    again = Delivery.objects.latest("created_at")
    shown = text(desk.client("clerk").get(page(again)))
    assert again.state == "repeated"
    assert first.receipt_no in shown
    assert page(first) in shown


def test_a_failed_delivery_says_why_and_can_be_checked_again(desk: Desk) -> None:
    delivery = mapped(desk, file_of(*numbered(1)))
    told = {"code": "intake_failed", "what": "处理本批数据时程序出错。", "next": "请稍后重试。"}
    Delivery.objects.filter(pk=delivery.pk).update(state="failed", problem=told)
    clerk = desk.client("clerk")
    assert told["what"] in text(clerk.get(page(delivery)))
    clerk.post(page(delivery, "delivery_check"))
    assert run_jobs(delivery).state == "checked"


@pytest.mark.parametrize(
    ("data", "name", "said", "status"),
    [
        (b"", "a.csv", "空的", 422),
        (b"x" * 3_000_000, "a.csv", "上限", 413),
        (b"x", "a.csv", "不能晚于今天", 422),
    ],
)
def test_a_bad_upload_is_told_on_the_page(
    desk: Desk, settings: Any, data: bytes, name: str, said: str, status: int
) -> None:
    settings.MAX_UPLOAD_BYTES = 2_000_000
    more = {"report_on": "2999-01-01"} if "今天" in said else {}
    answer = upload(desk, data, name, **more)
    assert answer.status_code == status
    assert said in text(answer)
    assert not Delivery.objects.exists()


def test_no_file_and_no_day(desk: Desk) -> None:
    answer = desk.client("clerk").post(reverse("desk:intake_item", args=[PENALTY]), {"report_on": "昨天"})
    assert answer.status_code == 422
    assert "没有收到文件" in text(answer)
    assert "不是有效的日期" in text(answer)


def test_the_blank_workbook(desk: Desk) -> None:
    url = reverse("desk:intake_template", args=[PENALTY])
    answer = desk.client("clerk").get(url)
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].title == "数据"
    assert desk.client("clerk").get(url + "?edition=none").status_code == 404
    assert desk.client("clerk").get(reverse("desk:intake_template", args=["no.such"])).status_code == 404
    assert desk.client("nobody").get(url).status_code == 302


# -- the list -------------------------------------------------------------------------------------------
def _made(count: int, unit: str = "w_market", **more: Any) -> None:
    for n in range(count):
        given = {"state": "committed", "filename": f"第{n}批.csv", "rows": n, "receipt_no": f"{unit}-{n}"} | more
        Delivery.objects.create(
            unit_id=unit, item_id=PENALTY, bytes=1, sha256="0" * 64, report_on=clock.today(), created_by="1",
            created_by_name="经办人", created_at=clock.now(), **given,
        )  # fmt: skip


LISTS = [
    ("", 30), ("?page=2", 2), ("?page=99", 2), ("?page=x", 30), ("?text=第3批", 1), ("?text=market-3", 3),
    ("?state=waiting", 0), ("?state=committed&sort=-rows", 30), ("?sort=nonsense", 30), ("?since=2999-01-01", 0),
    ("?item=tax.grade_a", None), ("?since=2026-02-01&until=2026-01-01", None),
]  # fmt: skip


@pytest.mark.parametrize(("query", "count"), LISTS)
def test_the_list(desk: Desk, query: str, count: int | None) -> None:
    _made(32)
    _made(3, "w_tax")
    answer = desk.client("clerk").get(reverse("desk:deliveries") + query)
    assert answer.status_code == (200 if count is not None else 422)
    shown = len(answer.context["page"].deliveries) if count is not None else None
    assert shown == count  # market-3, market-30, market-31 and none of the other unit


def test_a_clerk_sees_the_own_unit_and_the_office_all(desk: Desk) -> None:
    _made(2)
    _made(3, "w_tax")
    url = reverse("desk:deliveries")
    assert desk.client("wrong_clerk").get(url + "?unit=w_market").context["page"].total == 3
    assert desk.client("office").get(url).context["page"].total == 5
    assert desk.client("office").get(url + "?unit=w_market").context["page"].total == 2


def test_the_list_as_csv(desk: Desk) -> None:
    _made(2, filename="=cmd|x.csv")
    answer = desk.client("clerk").get(reverse("desk:deliveries_export"))
    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [line["文件名"] for line in lines] == ["'=cmd|x.csv"] * 2


def test_an_empty_list_says_what_to_do(desk: Desk) -> None:
    assert "报送第一个文件" in text(desk.client("clerk").get(reverse("desk:deliveries")))


def test_every_code_has_a_title() -> None:
    codes = {*messages.MESSAGES, *OF_NUMBERS} - {"preview"}
    assert codes - set(TITLES) == set()


def test_an_unknown_sort_is_the_newest_first(desk: Desk) -> None:
    assert listing.found(listing.Wanted(), "created_by; DROP").query.order_by == ("-created_at", "-pk")
