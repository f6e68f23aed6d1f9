"""Recall notices and the withdrawal feed: their shapes, and that no person's number can get into them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from goodfaith.common import home as homes
from goodfaith.common import publication_keys
from goodfaith.common.problems import Problem
from goodfaith.common.publishing import jwks, sign
from goodfaith.rights import notices
from goodfaith.rights.person_numbers import holds_person_number, refuse_person_numbers
from goodfaith.rights.sentences import WHAT_TO_DO
from goodfaith.subjects.numbers import id_check_digit

FOLDER = Path(__file__).resolve().parents[2] / "docs/schemas"
ID = UUID("019a2b3c-4d5e-7f60-8a9b-0c1d2e3f4a5b")
AT = dt.datetime(2026, 11, 27, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
DAY = AT.date()
USCC = "91320100748204660Q"
PERSON = "11010519491231002X"
"""The standard's own example."""
RECORD = notices.RecordReference(
    record_id=ID,
    item="行政处罚",
    document_no="示市监处罚〔2026〕第0123号",
    authority="示例市市场监督管理局",
    decided_on=dt.date(2026, 5, 18),
)
UNIT = notices.Unit(code="trade", name="示例市公共资源交易中心")


def recall(reason: notices.Reason = "corrected", record: notices.RecordReference = RECORD) -> notices.RecallNotice:
    return notices.recall_notice(
        id=ID, recall_id=ID, issued_at=AT, recipient=UNIT, reason=reason, effective_on=DAY, record=record,
        confirm_by=dt.date(2026, 12, 11), looks=[notices.Look(entry=10482, on=dt.date(2026, 6, 3))],
    )  # fmt: skip


def entry(sequence: int = 1, **changed: Any) -> notices.WithdrawalEntry:
    record = RECORD.model_copy(update={k: changed.pop(k) for k in list(changed) if k in type(RECORD).model_fields})
    given_: dict[str, Any] = {"uscc": USCC, "reason": "repaired", "effective_on": DAY, "issued_at": AT} | changed
    return notices.withdrawal_entry(sequence=sequence, record=record, **given_)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(publication_keys, "home", lambda: tmp_path)
    monkeypatch.setattr(homes, "home", lambda: tmp_path)
    monkeypatch.delenv(publication_keys.VARIABLE, raising=False)
    return tmp_path


def signed(*sequence: int) -> list[str]:
    return [sign(notices.document(entry(n)), typ=notices.WITHDRAWAL_TYPE) for n in sequence]


def page(*sequence: int) -> notices.FeedPage:
    return notices.feed_page(feed="goodfaith/990100/withdrawals", tokens=signed(*sequence), keys=jwks(), next="/3")


def published(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", sorted(notices.SCHEMAS))
def test_the_published_schemas_are_the_shapes(name: str) -> None:
    assert published(name) == notices.schema(name)


def test_documents_fit_the_published_schemas(place: Path) -> None:
    for name, made in (("recall-notice", recall()), ("withdrawal-entry", entry()), ("withdrawal-feed", page(1, 2)),
                       ("withdrawal-entry", entry(document_no=None)), ("withdrawal-feed", page())):  # fmt: skip
        check = jsonschema_rs.validator_for(published(name), validate_formats=True)
        document = notices.document(made)
        check.validate(document)
        assert not check.is_valid(document | {"name": "李明"})
        for member in document:
            assert not check.is_valid({k: v for k, v in document.items() if k != member}) or member == "format"


def test_the_members_are_these_and_no_name_is_among_them() -> None:
    assert set(notices.document(recall())) == {
        "format", "id", "recall_id", "issued_at", "recipient", "reason", "effective_on", "record", "what_to_do",
        "confirm_by", "looks",
    }  # fmt: skip
    assert set(notices.document(recall())["record"]) == {"record_id", "item", "document_no", "authority", "decided_on"}
    assert set(notices.document(entry())) == {
        "format", "sequence", "record_id", "item", "authority", "document_no", "decided_on", "uscc", "reason",
        "effective_on", "issued_at",
    }  # fmt: skip
    assert notices.document(entry())["issued_at"] == "2026-11-27T09:30:00+08:00"


@pytest.mark.parametrize("reason", get_args(notices.Reason))
def test_every_reason_says_what_to_do(reason: notices.Reason) -> None:
    done = notices.document(recall(reason))["what_to_do"]
    assert done and all(one["zh"].endswith("。") and one["en"].endswith(".") for one in done)
    assert set(WHAT_TO_DO) == set(get_args(notices.Reason))


@pytest.mark.parametrize(
    "changed", [{"uscc": USCC[:-1] + "A"}, {"uscc": PERSON}, {"uscc": ""}, {"reason": "because"}, {"sequence": 0},
                {"issued_at": dt.datetime(2026, 11, 27)}],  # noqa: DTZ001
)  # fmt: skip
def test_wrong_shapes_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        entry(**changed)


def test_a_page_shows_what_was_signed(place: Path) -> None:
    found = page(1, 2, 3)
    assert [one.entry.sequence for one in found.entries] == [1, 2, 3]
    with pytest.raises(Problem) as problem:
        page(1, 3)
    assert problem.value.code == "feed_order"
    tokens = signed(1)
    with pytest.raises(Problem):
        notices.feed_page(feed="f", tokens=[tokens[0][:-8] + "AAAAAAAA"], keys=jwks(), next=None)
    with pytest.raises(Problem):  # a recall is no entry
        notices.feed_page(
            feed="f", tokens=[sign(notices.document(recall()), typ=notices.RECALL_TYPE)], keys=jwks(), next=None
        )


HIDING = [
    PERSON, PERSON.lower(), f"鲁〔2026〕{PERSON}号", f"{PERSON}01", f"00{PERSON}", " ".join(PERSON), "1101 0519 4912 31002X",
    "110105-19491231-002X", "110105.19491231.002X", "110105·19491231·002x", "１１０１０５１９４９１２３１００２Ｘ",
    "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "110105\u200b19491231\u200b002X", "110105491231002", "税110105491231002L1号", "11010549123100201",
]  # fmt: skip
HARMLESS = [
    "", "示市监处罚〔2026〕第0123号", "(2026)川1102执478号", "911101050000000000", "2026112700000123", "999999194912310021",
    "110105194913310021", "9" * 40, "XZCF-2026-05-18-000123", "11010519491231002",
]  # fmt: skip


@pytest.mark.parametrize("text", HIDING)
def test_hidden_numbers_are_found(text: str) -> None:
    assert holds_person_number(text)
    for field in ("document_no", "authority", "item"):
        with pytest.raises(Problem) as problem:
            entry(**{field: text})
        assert problem.value.code == "person_number_in_public" and text not in str(problem.value)
    with pytest.raises(Problem):
        recall(record=RECORD.model_copy(update={"document_no": text}))


@pytest.mark.parametrize("text", HARMLESS)
def test_other_numbers_are_not_taken_for_one(text: str) -> None:
    assert not holds_person_number(text)
    refuse_person_numbers({"文号": text, "空": None})


days = st.dates(dt.date(1900, 1, 1), dt.date(2020, 1, 1))
areas = st.sampled_from(["110105", "530502", "419001", "650102", "820000", "440304"])
around = st.text(st.sampled_from("示市监罚字第号〔〕（）ABCXYZ abc"), max_size=8)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    body = f"{draw(areas)}{draw(days):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + id_check_digit(body)


@given(numbers(), around, around, st.sampled_from(["", " ", "-", "—", "　", ".", "/", "\u200d"]), st.data())
def test_no_number_gets_into_public(number: str, before: str, after: str, gap: str, data: st.DataObject) -> None:
    """Any good number, anywhere in a text, whole or parted, in either length."""
    at = data.draw(st.integers(1, 16))
    if data.draw(st.booleans()) and number[6:8] == "19":
        number = number[:6] + number[8:17]
        at = min(at, 13)
    text = f"{before}{number[:at]}{gap}{number[at:]}{after}"
    assert holds_person_number(text)
    with pytest.raises(Problem):
        entry(document_no=text)


@given(st.text(st.sampled_from("0123456789"), min_size=18, max_size=18))
def test_the_guard_agrees_with_its_naive_twin(digits: str) -> None:
    assert holds_person_number(digits) == _naive(digits)


def _naive(digits: str) -> bool:
    def born(text: str) -> bool:
        try:
            return dt.date(1880, 1, 1) <= dt.datetime.strptime(text, "%Y%m%d").date() <= dt.date.today()  # noqa: DTZ007, DTZ011
        except ValueError:
            return False

    provinces = {
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
    }
    new = int(digits[:2]) in provinces and born(digits[6:14]) and id_check_digit(digits[:17]) == digits[17]
    old = any(int(digits[i : i + 2]) in provinces and born("19" + digits[i + 6 : i + 12]) for i in range(4))
    return new or old
