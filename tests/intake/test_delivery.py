"""The life of a delivery against the real database: what goes in, what is left when something breaks."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import orjson
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from goodfaith.common import clock, crypto, crypto_subject
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.intake import actions, queries, reading, work
from goodfaith.intake.erasing import do_remove_files
from goodfaith.intake.models import Delivery, DeliveryChunk, MappingMemory, Refusal
from goodfaith.intake.precheck import precheck_rows
from goodfaith.intake.workbook import refused_workbook
from goodfaith.records import actions as records
from goodfaith.records.models import Record, Tombstone
from goodfaith.subjects import queries as subjects
from goodfaith.subjects.models import Organisation, Subject
from tests.conftest import as_role
from tests.intake.conftest import (
    CLERK,
    JOB,
    OTHER,
    PENALTY,
    PERSON_ROW,
    ROW,
    again,
    check,
    commit,
    csv_bytes,
    deliver,
    numbered,
    receive,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]


def counts(delivery: Delivery) -> tuple[int, ...]:
    """(rows, good, refused, repeated, added, revised)."""
    return (delivery.rows, delivery.good, delivery.refused, delivery.repeated, delivery.added, delivery.revised)


def unsealed(record: Record) -> Any:
    """The fields that are sealed in the record."""
    place = crypto_subject.record_place(record.id, record.version)
    return subjects.opener([record.subject_id]).json(record.subject_id, place, record.sealed)


def test_good_rows_become_records() -> None:
    delivery = deliver(csv_bytes(*numbered(3), PERSON_ROW | {"CF_WSH": "示市监罚〔2026〕9号"}))
    assert (delivery.state, delivery.problem) == ("committed", None)
    assert counts(delivery) == (4, 4, 0, 0, 4, 0)
    record = Record.objects.get(delivery_id=delivery.pk, document_no="示市监罚〔2026〕1号")
    assert (record.item_id, record.edition, record.polarity, record.disclosure) == (
        PENALTY,
        "v2018",
        "negative",
        "open",
    )
    assert record.source_unit == "market" and record.status == "current" and record.version == 1
    assert record.content["CF_NR_FK"] == "5" and record.content["CF_JDRQ"] == "2026-11-16"
    assert record.in_force.lower == dt.date(2026, 11, 16) and record.in_force.upper == dt.date(2027, 11, 17)
    assert not record.display.isempty and record.display.lower == dt.date(2026, 11, 16)


def test_the_receipt_says_all() -> None:
    data = csv_bytes(*numbered(2))
    delivery = deliver(data)
    receipt = queries.receipt(delivery.pk)
    assert receipt is not None and receipt.number.startswith(f"market-{clock.today():%Y%m%d}-")
    assert (receipt.added, receipt.bytes, len(receipt.sha256)) == (2, len(data), 64)
    assert dict(receipt.lines())["SHA-256"] == receipt.sha256
    assert receipt.as_json()["unit"] == "market"


def test_a_person_stands_nowhere_in_the_clear() -> None:
    delivery = deliver(csv_bytes(PERSON_ROW, ROW))
    person = Record.objects.get(delivery_id=delivery.pk, subject__kind="person")
    assert person.content == {} and person.display.isempty and person.disclosure == "shared"
    opened = unsealed(person)
    assert opened["CF_XDR_ZJHM"] == "11010519491231002X" and opened["CF_XDR_MC"] == "赵某某"
    organisation = Record.objects.get(delivery_id=delivery.pk, subject__kind="organisation")
    assert "CF_FRDB" not in organisation.content
    assert unsealed(organisation) == {"CF_FRDB": "王某某"}
    with connection.cursor() as cursor:
        for table in ("records_record", "intake_refusal", "intake_delivery", "intake_deliverychunk", "common_history"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s OR t::text LIKE %s",
                           ["%11010519491231002%", "%赵某某%"])  # fmt: skip
            assert cursor.fetchone() == (0,), table


def test_a_tax_number_made_of_a_persons_number_is_sealed() -> None:
    row = ROW | {"CF_XDR_LB": "个体工商户", "CF_XDR_SWDJ": "110105491231002", "CF_FRDB": None}
    delivery = deliver(csv_bytes(row))
    record = Record.objects.get(delivery_id=delivery.pk)
    assert "CF_XDR_SWDJ" not in record.content
    assert unsealed(record) == {"CF_XDR_SWDJ": "110105491231002"}


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    data = csv_bytes(*numbered(3))
    first = deliver(data)
    before = list(Record.objects.order_by("id").values_list("id", "version", "recorded_at"))
    second = deliver(data, filename="other name.csv")
    assert second.state == "repeated" and first.receipt_no in second.problem["what"]
    assert second.summary["receipt_no"] == first.receipt_no
    assert not DeliveryChunk.objects.filter(delivery=second).exists()
    assert list(Record.objects.order_by("id").values_list("id", "version", "recorded_at")) == before
    assert queries.receipt(second.pk) is None


def test_rows_delivered_before_are_repeated_whatever_file_they_come_in() -> None:
    deliver(csv_bytes(*numbered(3)))
    second = check(receive(csv_bytes(*numbered(4, start=2), encoding="gb18030")))
    assert counts(second)[:4] == (4, 2, 0, 2)
    second = commit(second)
    assert counts(second) == (4, 2, 0, 2, 2, 0)
    codes = set(Refusal.objects.filter(delivery=second, level="repeated").values_list("code", flat=True))
    assert codes == {"row_delivered"}


def test_the_same_row_twice_in_a_file_is_taken_once() -> None:
    delivery = deliver(csv_bytes(*numbered(2), *numbered(1)))
    assert counts(delivery) == (3, 2, 0, 1, 2, 0)
    found = Refusal.objects.get(delivery=delivery, level="repeated")
    assert (found.code, found.row) == ("row_repeated", 4)


def test_one_fact_told_in_two_ways_is_refused_from_the_second_on() -> None:
    delivery = deliver(csv_bytes(ROW, ROW | {"CF_SY": "另一事实"}))
    assert counts(delivery) == (2, 1, 1, 0, 1, 0)
    assert Refusal.objects.get(delivery=delivery, level="refused").code == "fact_twice"


def test_a_new_version_keeps_the_old_one() -> None:
    deliver(csv_bytes(*numbered(2)))
    second = deliver(csv_bytes(*numbered(1, CF_SY="更正后的事实"), *numbered(1, start=2)))
    assert counts(second) == (2, 1, 0, 1, 0, 1)
    old, new = Record.objects.filter(document_no="示市监罚〔2026〕1号").order_by("version")
    assert (old.id, old.version, old.superseded_at) == (new.id, 1, new.recorded_at)
    assert (new.version, new.superseded_at, new.content["CF_SY"]) == (2, None, "更正后的事实")
    assert old.content["CF_SY"] == "发布虚假广告"


def test_who_brings_back_what_was_changed_is_warned() -> None:
    first, changed = numbered(1), numbered(1, CF_SY="更正后的事实")
    deliver(csv_bytes(*first))
    assert not Refusal.objects.filter(delivery=deliver(csv_bytes(*changed)), code="older_content_again").exists()
    again = deliver(csv_bytes(*first, *numbered(1, start=2)))
    assert counts(again) == (2, 2, 0, 0, 1, 1)
    warned = Refusal.objects.get(delivery=again, code="older_content_again")
    assert (warned.row, warned.level) == (2, "warning")
    newer = deliver(csv_bytes(*numbered(1, CF_SY="再次更正的事实")))
    assert not Refusal.objects.filter(delivery=newer, code="older_content_again").exists()


def test_a_number_written_with_other_brackets_is_the_same_fact() -> None:
    deliver(csv_bytes(ROW))
    second = deliver(csv_bytes(ROW | {"CF_WSH": "示市监罚[2026] 1号"}))
    assert counts(second) == (1, 1, 0, 0, 0, 1)


def test_a_withdrawn_fact_does_not_come_back() -> None:
    deliver(csv_bytes(ROW))
    record = Record.objects.get()
    Tombstone.objects.create(
        subject_id=record.subject_id,
        item_id=PENALTY,
        fact=bytes(record.fact),
        reason="已撤销",
        at=clock.now(),
        by="法院",
    )
    second = check(receive(csv_bytes(ROW | {"CF_SY": "换个说法"})))
    assert counts(second)[:4] == (1, 0, 1, 0)
    assert Refusal.objects.get(delivery=second, level="refused").code == "fact_withdrawn"
    with pytest.raises(Problem, match="没有可以入库的行"):
        commit(second)
    third = deliver(csv_bytes(ROW | {"CF_WSH": "示市监罚〔2026〕100号"}))
    assert third.state == "committed" and third.added == 1


def test_refused_rows_stay_outside_and_the_good_ones_go_in() -> None:
    delivery = deliver(csv_bytes(*numbered(2), *numbered(1, start=3, CF_JDRQ="2026-02-30")))
    assert counts(delivery) == (3, 2, 1, 0, 2, 0)
    found = Refusal.objects.get(delivery=delivery, level="refused")
    assert (found.row, found.field, found.code) == (4, "CF_JDRQ", "date_invalid")
    assert crypto.unseal_text(found.value_sealed) == "2026-02-30" and "2026-02-30" not in found.message
    assert delivery.summary["codes"] == {"date_invalid": 1} and delivery.summary["completeness"]["CF_WSH"] == 1


def test_all_or_none_takes_none() -> None:
    delivery = check(receive(csv_bytes(*numbered(2), *numbered(1, start=3, CF_JDRQ="2026-02-30"))))
    with pytest.raises(Problem, match="一行也没有入库"):
        commit(delivery, "all_or_none")
    assert again(delivery).state == "checked" and not Record.objects.exists()
    good = deliver(csv_bytes(*numbered(2)), take="all_or_none")
    assert good.state == "committed" and good.added == 2


def test_all_or_none_looks_again_at_the_moment_of_the_commit() -> None:
    """Between check and commit another delivery made one of the rows a contradiction."""
    waiting = check(receive(csv_bytes(*numbered(2))))
    deliver(csv_bytes(ROW | {"CF_WSH": "示市监罚〔2026〕1号", "CF_SY": "别的事实"}))
    record = Record.objects.get()
    Tombstone.objects.create(
        subject_id=record.subject_id,
        item_id=PENALTY,
        fact=bytes(record.fact),
        reason="已撤销",
        at=clock.now(),
        by="法院",
    )
    late = commit(waiting, "all_or_none")
    assert late.state == "checked" and late.problem["code"] == "not_all_good" and late.receipt_no is None
    assert Record.objects.count() == 1


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = check(receive(csv_bytes(*numbered(30))))
    subjects, history = Subject.objects.count(), History.objects.filter(action="records.record").count()
    real, calls = records.do_record, []

    def breaks(*given: Any, **more: Any) -> None:
        calls.append(1)
        real(*given, **more)
        if len(calls) == 2:
            raise OSError("disk full")

    monkeypatch.setattr("goodfaith.intake.staging.BATCH", 10)
    monkeypatch.setattr("goodfaith.intake.staging.sweep.__defaults__", (10,))
    monkeypatch.setattr("goodfaith.intake.merge.records.do_record", breaks)
    failed = commit(delivery)
    assert len(calls) == 2
    assert failed.state == "failed" and failed.problem["code"] == "intake_failed" and failed.receipt_no is None
    assert "OSError" in failed.problem["next"] and "disk full" not in str(failed.problem)
    assert not Record.objects.exists() and Subject.objects.count() == subjects
    assert History.objects.filter(action="records.record").count() == history
    monkeypatch.setattr("goodfaith.intake.merge.records.do_record", real)
    assert check(failed).state == "checked"
    assert commit(again(failed)).added == 30


def test_a_step_run_twice_finds_nothing_to_do() -> None:
    delivery = deliver(csv_bytes(*numbered(2)))
    for step in (work.do_read, work.do_check, work.do_commit_rows):
        work.run(step, str(delivery.pk), acting=JOB)
    assert again(delivery).receipt_no == delivery.receipt_no and Record.objects.count() == 2


def test_refused_rows_come_back_as_a_workbook_and_go_in_mended() -> None:
    data = csv_bytes(*numbered(1), *numbered(1, start=2, CF_XDR_SHXYM="9132O100748204660Q"))
    delivery = deliver(data)
    assert (delivery.added, delivery.refused) == (1, 1)
    source = reading.open_file(data, "penalties.csv")
    bad = {r.row: (r.field, r.code, r.message) for r in Refusal.objects.filter(delivery=delivery, level="refused")}
    rows = []
    for frame in source.batches():
        for row in frame.to_dicts():
            if row["__row"] in bad:
                field, code, message = bad[row["__row"]]
                mended = row | {"CF_XDR_SHXYM": ROW["CF_XDR_SHXYM"]}
                rows.append((row["__row"], [mended[c] for c in source.columns], {field: (code, message)}))
    book = io.BytesIO()
    assert refused_workbook(book, source.columns, None, rows) == 1
    second = deliver(book.getvalue(), filename="refused.xlsx")
    assert counts(second) == (1, 1, 0, 0, 1, 0)


def test_a_unit_may_deliver_only_what_it_reports() -> None:
    with pytest.raises(Problem, match=r"不是.*信源单位") as refused:
        actions.do_receive(acting=OTHER, at=clock.now(), item=PENALTY, filename="a.csv", data=csv_bytes(ROW))
    assert refused.value.code == "item_not_of_unit" and not Delivery.objects.exists()
    with pytest.raises(Problem) as other:
        actions.do_receive(acting=CLERK, at=clock.now(), item=PENALTY, unit="tax", filename="a.csv", data=b"x")
    assert other.value.code == "unit_not_own"


def test_a_clerk_of_another_unit_moves_nothing() -> None:
    delivery = check(receive(csv_bytes(ROW)))
    with pytest.raises(Problem) as refused:
        actions.do_commit(acting=OTHER, at=clock.now(), delivery_id=delivery.pk, take="good", defer=False)
    assert refused.value.code == "not_own_delivery"


def test_steps_keep_their_order() -> None:
    delivery = receive(csv_bytes(ROW))
    with pytest.raises(Problem) as early:
        actions.do_commit(acting=CLERK, at=clock.now(), delivery_id=delivery.pk, take="good", defer=False)
    assert early.value.code == "state_wrong"
    done = deliver(csv_bytes(*numbered(1, start=7)))
    with pytest.raises(Problem):
        actions.do_abandon(acting=CLERK, at=clock.now(), delivery_id=done.pk)


def test_the_mapping_is_remembered_for_the_unit() -> None:
    odd = [{("编号甲" if key == "CF_WSH" else key): value for key, value in ROW.items()}]
    first = receive(csv_bytes(*odd))
    assert first.mapping["编号甲"] is None
    actions.do_confirm_mapping(
        acting=CLERK,
        at=clock.now(),
        delivery_id=first.pk,
        edition=first.edition,
        mapping=first.mapping | {"编号甲": "CF_WSH"},
        defer=False,
    )
    assert MappingMemory.objects.get().mapping["编号甲"] == "CF_WSH"
    second = receive(csv_bytes(odd[0] | {"CF_SY": "别的"}))
    assert second.mapping["编号甲"] == "CF_WSH"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"CF_WSH": "NO_SUCH"}, "mapping_unknown_field"), ({"CF_SY": "CF_WSH"}, "mapping_twice")],
)
def test_a_senseless_mapping_is_refused(change: dict[str, str], code: str) -> None:
    delivery = receive(csv_bytes(ROW))
    with pytest.raises(Problem) as refused:
        actions.do_confirm_mapping(
            acting=CLERK,
            at=clock.now(),
            delivery_id=delivery.pk,
            edition=delivery.edition,
            mapping=delivery.mapping | change,
            defer=False,
        )
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.csv", "file_empty"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "a.xlsx", None),
        (b"CF_WSH\n", "a.csv", "file_no_rows"),
    ],
)
def test_a_file_that_is_none_fails_with_a_sentence(data: bytes, filename: str, code: str | None) -> None:
    try:
        delivery = receive(data, filename=filename)
    except Problem as problem:
        assert problem.code == code and not Delivery.objects.exists()
        return
    assert delivery.state == "failed" and delivery.problem["what"] and delivery.problem["next"]
    assert code in (None, delivery.problem["code"])


def test_too_large_a_file_leaves_nothing() -> None:
    with pytest.raises(Problem) as refused:
        receive(b"x" * 3_000_000, max_bytes=2_000_000)
    assert refused.value.code == "file_too_big" and not DeliveryChunk.objects.exists()


def test_the_preview_is_sealed_and_masked() -> None:
    delivery = check(receive(csv_bytes(PERSON_ROW, *numbered(60, start=2))))
    preview = Refusal.objects.filter(delivery=delivery, level="preview").order_by("id")
    assert preview.count() == 50
    first = crypto.unseal_json(preview[0].value_sealed)
    assert first["CF_XDR_ZJHM"] == "110***********002X" and first["CF_WSH"] == ROW["CF_WSH"]


def test_late_rows_are_counted_in_working_days() -> None:
    rows = [*numbered(1, CF_JDRQ="2026-01-05"), *numbered(1, start=2, CF_JDRQ=clock.today().isoformat(), CF_YXQ="长期")]
    assert check(receive(csv_bytes(*rows))).late == 1


def test_an_abandoned_delivery_leaves_no_file() -> None:
    delivery = check(receive(csv_bytes(PERSON_ROW, ROW | {"CF_JDRQ": "x"})))
    actions.do_abandon(acting=CLERK, at=clock.now(), delivery_id=delivery.pk)
    work.do_clear(delivery.pk, acting=JOB, at=clock.now())
    assert again(delivery).state == "abandoned"
    assert not DeliveryChunk.objects.exists() and not Refusal.objects.exists()


def test_an_organisation_registered_under_another_name_is_a_warning() -> None:
    deliver(csv_bytes(ROW))
    second = deliver(csv_bytes(*numbered(1, start=2, CF_XDR_MC="示例市别名商贸有限公司")))
    assert second.added == 1 and second.summary["warnings"]["organisation_name_differs"] == 1


def test_a_persons_number_under_another_name_is_refused() -> None:
    deliver(csv_bytes(PERSON_ROW))
    second = check(receive(csv_bytes(PERSON_ROW | {"CF_XDR_MC": "钱某某", "CF_WSH": "示市监罚〔2026〕2号"})))
    assert second.refused == 1
    assert Refusal.objects.get(delivery=second, level="refused").code == "person_name_differs"


def test_registration_updates_the_register() -> None:
    row = {
        "uscc": ROW["CF_XDR_SHXYM"], "name": "示例市晨光商贸有限公司", "established_on": "2015-03-04",
        "legal_rep": "王某某", "authority": "示例市市场监督管理局", "status": "存续", "area_code": "990101",
    }  # fmt: skip
    item = "market.organisation_registration"
    first = deliver(csv_bytes(row), item=item)
    assert first.state == "committed", (first.problem, list(Refusal.objects.values_list("code", "field")))
    deliver(csv_bytes(row | {"name": "示例市朝阳商贸有限公司"}), item=item)
    organisation = Organisation.objects.get(uscc=row["uscc"])
    assert organisation.name == "示例市朝阳商贸有限公司" and organisation.former_names == ["示例市晨光商贸有限公司"]
    assert organisation.registered_on == dt.date(2015, 3, 4) and organisation.area_code == "990101"
    assert organisation.status


def test_rows_by_api_are_read_checked_and_committed() -> None:
    rows: list[dict[str, Any]] = [ROW | {"CF_NR_FK": 5}, {"处罚决定日期": "x", "CF_WSH": "2"}]
    delivery = actions.do_submit_rows(acting=CLERK, at=clock.now(), item=PENALTY, rows=rows)
    for step in (work.do_read, work.do_check, work.do_commit_rows):
        work.run(step, str(delivery.pk), acting=JOB)
    delivery = again(delivery)
    assert (delivery.state, delivery.channel, delivery.problem) == ("committed", "api", None)
    assert (delivery.added, delivery.refused) == (1, 1)
    assert set(Refusal.objects.filter(delivery=delivery, level="refused").values_list("row", flat=True)) == {2}


def test_a_precheck_stores_nothing() -> None:
    before = [model.objects.count() for model in (Delivery, Refusal, Subject, History, DeliveryChunk)]
    result = precheck_rows(item=PENALTY, unit="market", rows=[ROW, ROW, ROW | {"CF_JDRQ": "2026-13-01"}])
    assert list(result) == ["rows", "good", "refused", "duplicates", "warnings"]
    assert (result["rows"], result["good"]) == (3, 1)
    assert result["duplicates"][0]["row"] == 2 and result["refused"][0]["row"] == 3
    assert list(result["refused"][0]) == ["row", "field", "code", "value", "message"]
    assert orjson.dumps(result)
    assert [model.objects.count() for model in (Delivery, Refusal, Subject, History, DeliveryChunk)] == before


def test_the_web_can_receive_confirm_and_commit_but_not_read() -> None:
    """Wall 4: the web's role moves deliveries, and reads no row."""
    with as_role("goodfaith_web"):
        delivery = actions.do_receive(
            acting=CLERK, at=clock.now(), item=PENALTY, filename="a.csv", data=csv_bytes(PERSON_ROW)
        )
    with as_role("goodfaith_jobs"):
        work.do_read(delivery.pk, acting=JOB, at=clock.now())
    delivery = again(delivery)
    with as_role("goodfaith_web"):
        actions.do_confirm_mapping(
            acting=CLERK, at=clock.now(), delivery_id=delivery.pk, edition=delivery.edition, mapping=delivery.mapping
        )
    with as_role("goodfaith_jobs"):
        work.do_check(delivery.pk, acting=JOB, at=clock.now())
    with as_role("goodfaith_web"):
        actions.do_commit(acting=CLERK, at=clock.now(), delivery_id=delivery.pk, take="good")
    with as_role("goodfaith_jobs"):
        work.do_commit_rows(delivery.pk, acting=JOB, at=clock.now())
    assert again(delivery).state == "committed"
    for statement in ("SELECT sealed FROM intake_deliverychunk", "SELECT code FROM intake_refusal"):
        with (
            as_role("goodfaith_web"),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_database_itself_refuses_a_negative_record_without_its_document() -> None:
    """Boundary 1, wall 8."""
    deliver(csv_bytes(ROW))
    record = Record.objects.get()
    change = '{"document_no": null, "version": 9}'
    with (
        pytest.raises(IntegrityError, match="record_negative_cites_document"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO records_record SELECT (jsonb_populate_record(r, %s)).* FROM records_record r WHERE r.id = %s",
            [change, record.id],
        )


def test_totals_and_lists() -> None:
    deliver(csv_bytes(*numbered(2)))
    check(receive(csv_bytes(*numbered(1, start=5))))
    totals = queries.totals("market")
    assert (totals["deliveries"], totals["waiting"], totals["added"]) == (1, 1, 2)
    page = queries.deliveries("market", state="committed")
    assert page.total == 1 and page.pages == 1 and page.deliveries[0].unit.name
    assert queries.deliveries("tax").total == 0 and queries.delivery(page.deliveries[0].pk) is not None


def test_erasing_a_subject_removes_the_files_that_brought_its_records() -> None:
    """Else its row would still stand in the delivered file, under the installation's key."""
    theirs = deliver(csv_bytes(PERSON_ROW, ROW | {"CF_JDRQ": "2026-02-30"}))
    other = deliver(csv_bytes(*numbered(2)))
    subject = Record.objects.get(delivery_id=theirs.pk).subject_id
    assert do_remove_files(acting=JOB, at=clock.now(), subject_id=subject) == 1
    assert not DeliveryChunk.objects.filter(delivery=theirs).exists()
    assert not Refusal.objects.filter(delivery=theirs, value_sealed__isnull=False).exists()
    assert Refusal.objects.filter(delivery=theirs, level="refused").exists()
    assert DeliveryChunk.objects.filter(delivery=other).exists()
    assert queries.receipt(theirs.pk) is not None and again(theirs).sha256 == theirs.sha256
    assert do_remove_files(acting=JOB, at=clock.now(), subject_id=subject) == 0
