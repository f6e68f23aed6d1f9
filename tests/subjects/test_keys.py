"""Subjects' keys in the database: rotation, values of before, erasing; and what an old dump is worth afterwards."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import psycopg
import pytest
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.conf import settings as django_settings
from django.db import DatabaseError, IntegrityError, connection, transaction

from goodfaith.common import clock, crypto, crypto_keys, crypto_places, crypto_subject, home
from goodfaith.common.acting import SYSTEM
from goodfaith.common.crypto_subject import NAME, Opener, number_place, record_place
from goodfaith.common.models import History
from goodfaith.common.problems import Problem
from goodfaith.gate import queries as gate
from goodfaith.ledger.models import Entry
from goodfaith.oversight import complaints
from goodfaith.oversight.models import Complaint
from goodfaith.parties.second_factor import Adapter
from goodfaith.records.actions import do_reseal_records
from goodfaith.records.models import Record
from goodfaith.rights import actions as rights
from goodfaith.rights import own_file
from goodfaith.rights import queries as cases
from goodfaith.rights.models import Text as CaseText
from goodfaith.running import keys as command
from goodfaith.subjects import queries
from goodfaith.subjects.actions import do_erase_key, do_reseal_subjects, do_rewrap_keys
from goodfaith.subjects.keyring import LOCK
from goodfaith.subjects.models import Identifier, Person, SubjectKey
from goodfaith.subjects.rekeying import START
from goodfaith.subjects.resolving import Resolver
from tests import city as town
from tests.city import ID_NUMBER, City
from tests.conftest import WebClient, as_role

from .conftest import firm, id_number, person, resolve, uscc

pytestmark = pytest.mark.django_db
ORDER = {"statute": "《中华人民共和国个人信息保护法》第四十七条", "reason": "示删决〔2026〕1号"}


@pytest.fixture
def keyfile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of keys of this test's own, holding the keys in use."""
    before, path = django_settings.KEYS, tmp_path / "keys.json"
    path.write_text(before)
    for module in ("goodfaith.common.home", "goodfaith.running.keys"):
        monkeypatch.setattr(f"{module}.home", lambda: tmp_path)
    monkeypatch.delenv("GOODFAITH_KEYS", raising=False)
    yield path
    crypto.use_keys(before)


def another_key() -> int:
    """Rotation's first step, in memory only."""
    crypto.use_keys(crypto_keys.with_another(django_settings.KEYS, clock.today()))
    return crypto.keys().newest


@pytest.fixture
def keys_put_back() -> Iterator[None]:
    before = django_settings.KEYS
    yield
    crypto.use_keys(before)


def name_of(subject: uuid.UUID) -> str:
    return queries.opener([subject]).text(subject, NAME, Person.objects.get(pk=subject).name_sealed)


def wrapped_under() -> set[int]:
    return {bytes(key)[1] for key in SubjectKey.objects.filter(wrapped__isnull=False).values_list("wrapped", flat=True)}


def rewrap(limit: int = 20_000) -> int:
    done, after, total = 1, START, 0
    while done:
        done, after = do_rewrap_keys(acting=SYSTEM, at=clock.now(), after=after, limit=limit)
        total += done
    return total


# -- keys of their own ------------------------------------------------------------------------------------
def test_everyone_who_is_brought_in_has_a_key_and_no_value_stands_outside_it() -> None:
    with as_role("goodfaith_jobs"):
        rows = resolve(person("李小明", id_number(1)), firm("示例甲公司", uscc=uscc(1)))
    assert SubjectKey.objects.filter(subject_id__in=[uuid.UUID(bytes=r["subject_id"]) for r in rows]).count() == 2
    assert not [key for key in crypto_places.counts(crypto_places.BY_SUBJECT[1:]) if key[1] < 3]


def test_keys_that_are_forgotten_are_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A delivery of very many subjects keeps few keys in memory; those that are not written yet are not among these."""
    monkeypatch.setattr("goodfaith.subjects.keyring.CACHE", 1)
    tax = "11010519491231002X01"
    with as_role("goodfaith_jobs"), transaction.atomic():
        resolve(firm("示例甲公司", uscc=uscc(1)), firm("示例乙公司", uscc=uscc(2)))
        rows = [firm("示例甲公司", uscc=uscc(1), tax_no=tax), person("李小明", id_number(1)), person("王强", id_number(2))]
        resolver = Resolver(acting=SYSTEM, at=clock.now())
        found = resolver.resolve(pl.DataFrame(rows, infer_schema_length=None))["subject_id"].to_list()
    ids = [uuid.UUID(bytes=one) for one in found]
    opener = queries.opener(ids)
    assert SubjectKey.objects.count() == 4
    assert opener.text(ids[0], number_place("tax_no"), Identifier.objects.get(kind="tax_no").sealed) == tax
    assert [name_of(one) for one in ids[1:]] == ["李小明", "王强"]


def test_numbers_swapped_between_subjects_do_not_open(city: City) -> None:
    mine, yours = Identifier.objects.get(subject_id=city.person), Identifier.objects.get(subject_id=city.namesake)
    opener = queries.opener([city.person, city.namesake])
    assert opener.text(city.person, number_place("id_number"), mine.sealed) == ID_NUMBER
    Identifier.objects.filter(pk=mine.pk).update(sealed=yours.sealed)
    mine.refresh_from_db()
    with pytest.raises(InvalidTag):
        opener.text(city.person, number_place("id_number"), mine.sealed)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE subjects_key SET wrapped = NULL, erased_at = now(), erased_under = 'x'", "DELETE FROM subjects_key",
        "UPDATE subjects_identifier SET key = '\\x00'", "UPDATE subjects_person SET name_sealed = '\\x00'",
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", ["goodfaith_web", "goodfaith_jobs"])
def test_no_role_changes_a_key(city: City, role: str, statement: str) -> None:
    with as_role(role), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_web_does_not_see_a_key(city: City) -> None:
    with as_role("goodfaith_web"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("SELECT wrapped FROM subjects_key")


# -- rotation ---------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("keys_put_back")
def test_rotation_wraps_every_key_anew_and_everything_stays_readable(city: City) -> None:
    old = crypto.keys().newest
    number = another_key()
    before = wrapped_under()
    assert rewrap() == SubjectKey.objects.count()
    assert (before, wrapped_under()) == ({old}, {number})
    assert name_of(city.person) == town.NAME
    assert rewrap() == 0


@pytest.mark.usefixtures("keys_put_back")
def test_rotation_that_was_interrupted_goes_on(city: City) -> None:
    another_key()
    done, _ = do_rewrap_keys(acting=SYSTEM, at=clock.now(), limit=1)
    assert done == 1 and len(wrapped_under()) == 2
    assert name_of(city.person) == name_of(city.namesake) == town.NAME  # both readable half way through
    assert rewrap(limit=1) == SubjectKey.objects.count() - 1


def test_a_process_that_began_before_the_rotation_reads_the_new_key(city: City, keyfile: Path) -> None:
    before = django_settings.KEYS
    assert command.rotate(resume=False, yes=True) == 0
    assert oct(keyfile.stat().st_mode)[-3:] == "600"
    crypto.use_keys(before)  # as in a process that has not heard of it
    assert name_of(city.person) == town.NAME
    assert crypto.keys().newest == max(map(int, json.loads(keyfile.read_text())["seal"]))


def test_the_command_rotates_what_stands_under_the_installations_key(city: City, keyfile: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_refusal (delivery_id, level, row, code, message, value_sealed)"
            " SELECT gen_random_uuid(), 'refused', 1, 'x', '', %s",
            [crypto.seal_text("甲")],
        )
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        command.rotate(resume=False, yes=True)
        cursor.execute("SELECT value_sealed FROM intake_refusal")
        value = cursor.fetchone()[0]
        assert value[1] == crypto.keys().newest and crypto.unseal_text(value) == "甲"
        cursor.execute("DELETE FROM intake_refusal")
    assert command.status() == 0


def test_secrets_of_the_second_factor_and_complaints_are_rotated_too(city: City, keyfile: Path) -> None:
    """They are bound to what they belong to, and one of them stands as base64 in JSON."""
    adapter, user, old = Adapter(), city.users["clerk"], crypto.keys().newest
    data = {"secret": adapter.encrypt("甲" * 40), "other": 1}
    Authenticator.objects.create(user=user, type="totp", data=data)
    one = uuid.uuid4()
    Complaint.objects.create(
        id=one, entry_id=1, subject_id=city.person, made_by="x", text=complaints.seal(one, "text", "不是我本人"),
        made_at=clock.now(), due_on=clock.today(),
    )  # fmt: skip
    command.rotate(resume=False, yes=True)
    command.retire(old, yes=True)
    kept = Authenticator.objects.get(user=user).data
    assert adapter.decrypt(kept["secret"]) == "甲" * 40 and kept["other"] == 1
    assert complaints.unseal(one, "text", Complaint.objects.get(pk=one).text) == "不是我本人"


def objected(city: City) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    """A person's case with words, a paper and a statement: (case, paper, statement)."""
    citizen = city.users["citizen"].acting
    with as_role("goodfaith_web"):
        opened = own_file.open_own(citizen, city.person)
        record = opened.handle.current[0]
        said = rights.do_make_statement(
            acting=citizen, at=clock.now(), record_id=record.id, text="已经申请复议", seal=opened.sealer(record)
        )
        ref = rights.do_open(acting=citizen, at=clock.now(), procedure="objection", kind="wrong", records=[record.id],
                             texts={"claim": "金额写错了"})  # fmt: skip
        paper = rights.do_add_paper(acting=citizen, at=clock.now(), case_id=ref.id, name="证据.pdf", data=b"%PDF-1.7 x")
        rights.do_act(acting=citizen, at=clock.now(), case=cases.my_case(citizen, ref.id), act="file")
    return ref.id, paper, said


def test_words_and_papers_of_cases_are_rotated_too(city: City, keyfile: Path) -> None:
    citizen, old = city.users["citizen"].acting, crypto.keys().newest
    case, paper, _ = objected(city)
    command.rotate(resume=False, yes=True)
    assert {row[0][1] for row in CaseText.objects.values_list("sealed")} == {crypto.keys().newest}
    command.retire(old, yes=True)
    with as_role("goodfaith_web"):
        read = cases.my_case(citizen, case)
        assert read.text("claim") == "金额写错了" and [one.name for one in read.papers] == ["证据.pdf"]
        assert cases.paper(citizen, paper).data == b"%PDF-1.7 x"
        assert own_file.open_own(citizen, city.person).handle.current[0].statement == "已经申请复议"


def test_after_erasing_nobody_reads_what_was_said_in_the_cases(city: City, keyfile: Path) -> None:
    citizen, office = city.users["citizen"].acting, city.users["credit_office"].acting
    case, paper, _ = objected(city)
    command.erase(str(city.person), **ORDER, yes=True)
    with as_role("goodfaith_web"):
        for read in (cases.my_case(citizen, case), cases.open_case(office, case)):
            assert [one.text for one in read.texts] == [None] and [one.name for one in read.papers] == ["—"]
            assert read.step == "filed" and len(read.events) == 1  # that it was stays
        with pytest.raises(Problem) as raised:
            cases.paper(citizen, paper)
        assert raised.value.code == "paper_erased"
        opened = own_file.open_own(citizen, city.person)
        assert opened.handle.current[0].statement == ""
        assert [one.text for one in cases.my_statements(citizen, opened.rows)] == ["内容已依法删除"]
    assert History.objects.get(action="rights.erase_words").after == {"values": 2}
    assert not [key for key in crypto_places.counts() if key[0].startswith("rights_")]


def test_erasing_one_leaves_the_words_of_others(city: City, keyfile: Path) -> None:
    case, _, _ = objected(city)
    command.erase(str(city.namesake), **ORDER, yes=True)
    with as_role("goodfaith_web"):
        assert cases.my_case(city.users["citizen"].acting, case).text("claim") == "金额写错了"


def test_rotation_asks_for_the_backup_first(city: City, keyfile: Path) -> None:
    with pytest.raises(Problem, match="确认"):
        command.rotate(resume=False, yes=False)
    assert wrapped_under() == {crypto.keys().newest - 1}  # the key is there, nothing uses it yet
    assert command.rotate(resume=True, yes=True) == 0


def test_a_key_in_use_is_not_retired_and_one_out_of_use_is(city: City, keyfile: Path) -> None:
    old = crypto.keys().newest
    with pytest.raises(Problem, match="之下还有"):
        command.retire(old, yes=True)
    command.rotate(resume=False, yes=True)
    assert command.retire(old, yes=True) == 0
    assert old not in crypto.keys().seal and name_of(city.person) == town.NAME
    with pytest.raises(Problem):
        command.retire(crypto.keys().newest, yes=True)


# -- values of before -------------------------------------------------------------------------------------
def before_keys(city: City) -> None:
    """The city as it was when the installation's key sealed everything."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE subjects_key DISABLE TRIGGER subjects_key_guard")
        cursor.execute("ALTER TABLE records_record DISABLE TRIGGER records_guard")
        cursor.execute("DELETE FROM subjects_key")
        for one in Record.objects.filter(sealed__isnull=False):
            fields = {"CF_WSH": "示罚〔2026〕1号", "CF_SY": "示例事实", "CF_XDR_MC": town.NAME}
            cursor.execute("UPDATE records_record SET sealed = %s WHERE id = %s", [crypto.seal_json(fields), one.id])
        Person.objects.update(name_sealed=crypto.seal_text(town.NAME))
        for number in Identifier.objects.filter(sealed__isnull=False):
            Identifier.objects.filter(pk=number.pk).update(sealed=crypto.seal_text(ID_NUMBER))
        cursor.execute("ALTER TABLE records_record ENABLE TRIGGER records_guard")
        cursor.execute("ALTER TABLE subjects_key ENABLE TRIGGER subjects_key_guard")


def opened(city: City) -> gate.FileHandle:
    with as_role("goodfaith_web"):
        return gate.open_file(acting=city.users["citizen"].acting, purpose="self_access", subject_id=city.person)


def test_values_of_before_are_read_and_put_under_keys(city: City) -> None:
    before_keys(city)
    old = opened(city)
    assert old.subject is not None and old.subject.name == town.NAME and old.records[0].fields["CF_SY"] == "示例事实"
    everything = dict(Record.objects.values_list("id", "digest"))
    assert command.status() == 1
    assert command.reseal() == 0
    assert not [key for key in crypto_places.counts(crypto_places.BY_SUBJECT[1:]) if key[1] < 3]
    new = opened(city)
    assert (new.subject, [r.fields for r in new.records]) == (old.subject, [r.fields for r in old.records])
    assert dict(Record.objects.values_list("id", "digest")) == everything
    assert History.objects.filter(action="records.reseal").exists()
    assert do_reseal_subjects(acting=SYSTEM, at=clock.now(), subjects=[city.person]) == 0
    assert do_reseal_records(acting=SYSTEM, at=clock.now(), subjects=[city.person]) == 0


RESEAL = "SET LOCAL goodfaith.reseal = 'on'"
OVERWRITES = [
    ("sealed = '\\x0301'::bytea || sealed", False, "no leave was given"),
    ("sealed = '\\x0301'::bytea || sealed, document_no = 'x'", True, "more than the sealing changes"),
    ("sealed = '\\x0101'::bytea || sealed", True, "it would stay outside the key"),
    ("sealed = NULL", True, "it would be gone"),
    ("content = '{}'", True, "what is open changes"),
]


@pytest.mark.parametrize(("change", "leave"), [row[:2] for row in OVERWRITES], ids=[row[2] for row in OVERWRITES])
def test_nothing_else_passes_the_records_guard(city: City, change: str, leave: bool) -> None:
    before_keys(city)
    with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
        if leave:
            connection.cursor().execute(RESEAL)
        connection.cursor().execute(f"UPDATE records_record SET {change}")


def test_what_is_under_a_key_is_not_sealed_again(city: City) -> None:
    with pytest.raises(IntegrityError, match="never overwritten"), transaction.atomic():
        connection.cursor().execute(RESEAL)
        connection.cursor().execute("UPDATE records_record SET sealed = '\\x0301'::bytea || sealed WHERE sealed IS NOT NULL")


def test_the_jobs_role_cannot_reseal(city: City) -> None:
    before_keys(city)
    with as_role("goodfaith_jobs"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(RESEAL)
        connection.cursor().execute("UPDATE records_record SET sealed = '\\x0301'::bytea || sealed")


# -- erasing ----------------------------------------------------------------------------------------------
def erase(subject: uuid.UUID) -> int:
    return do_erase_key(acting=SYSTEM, at=clock.now(), subject_id=subject, **ORDER)


def test_an_erased_file_says_so_and_the_ledger_stands(city: City) -> None:
    seen = opened(city)
    before = Entry.objects.get(id=seen.entry_id)
    assert erase(city.person) == 1
    after = opened(city)
    assert after.outcome == "opened" and after.subject is not None and after.subject.erased
    assert after.subject.name == "内容已依法删除" and after.numbers[0].number == "内容已依法删除"
    assert [(record.erased, record.fields) for record in after.records] == [(True, {"CF_XDR_MC": "内容已依法删除"})]
    assert town.NAME not in repr(after) and ID_NUMBER not in repr(after)
    assert after.digest == seen.digest  # the digests of the rows are what they were: old proofs hold
    entry = Entry.objects.get(id=before.id)
    assert (entry.commitment, entry.salt) == (before.commitment, before.salt)


def test_the_own_pages_say_so(city: City, web: WebClient) -> None:
    erase(city.person)
    web.force_login(city.users["citizen"])
    record = opened(city).records[0].id
    for address in ("/my/", f"/my/records/{record}/", "/my/copy/"):
        answer = web.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200 and "内容已依法删除" in body.decode(), address
        assert town.NAME not in body.decode()


def test_nobody_elses_file_is_touched(city: City) -> None:
    erase(city.person)
    assert name_of(city.namesake) == town.NAME


def test_the_number_leads_to_nobody_and_the_same_person_is_another_subject_later(city: City) -> None:
    erase(city.person)
    with as_role("goodfaith_web"):
        handle = gate.open_file(
            acting=city.users["credit_office"].acting, purpose="credit_administration",
            number=("id_number", ID_NUMBER), case_no="甲1",
        )  # fmt: skip
    assert handle.outcome == "unknown"
    with as_role("goodfaith_jobs"):
        (row,) = resolve(person(town.NAME, ID_NUMBER))
    fresh = uuid.UUID(bytes=row["subject_id"])
    assert row["conflict"] is None and fresh != city.person and name_of(fresh) == town.NAME


def test_an_organisation_gets_a_new_key_for_what_comes_later() -> None:
    with as_role("goodfaith_jobs"):
        (row,) = resolve(firm("示例甲公司", uscc=uscc(1)))
    subject = uuid.UUID(bytes=row["subject_id"])
    early = town.seal(subject, record_place(uuid.UUID(int=1), 1), orjson.dumps({"CF_FRDB": "王某某"}))
    erase(subject)
    with as_role("goodfaith_jobs"):
        late = town.seal(subject, record_place(uuid.UUID(int=2), 1), orjson.dumps({"CF_FRDB": "王某某"}))
        (again,) = resolve(firm("示例甲公司", uscc=uscc(1)))
    assert again["subject_id"] == row["subject_id"] and late[1] == 2
    opener = queries.opener([subject])
    assert opener.json(subject, record_place(uuid.UUID(int=2), 1), late) == {"CF_FRDB": "王某某"}
    with pytest.raises(crypto_subject.Erased):
        opener.json(subject, record_place(uuid.UUID(int=1), 1), early)


def test_an_order_needs_its_statute_and_its_subject(city: City) -> None:
    for wrong in ({"statute": " "}, {"reason": ""}, {"subject_id": uuid.uuid4()}):
        given: dict[str, Any] = {"subject_id": city.person, **ORDER, **wrong}
        with pytest.raises(Problem):
            do_erase_key(acting=SYSTEM, at=clock.now(), **given)
    erase(city.person)
    with pytest.raises(Problem, match="没有可删除的密钥"):
        erase(city.person)
    note = History.objects.get(action="subjects.erase_key")
    assert note.after["statute"] == ORDER["statute"] and note.after["numbers_forgotten"] == 1


def test_erasing_in_name_only_is_refused(city: City) -> None:
    """While a value stands under the installation's key, destroying the subject's would leave it readable."""
    sealed = crypto.seal_text(town.NAME)
    Person.objects.filter(pk=city.person).update(name_sealed=sealed)
    with pytest.raises(Problem, match="平台密钥"):
        erase(city.person)
    with pytest.raises(IntegrityError, match="not under its key"), transaction.atomic():
        SubjectKey.objects.filter(subject_id=city.person).update(wrapped=None, erased_at=clock.now(), erased_under="x")


@pytest.mark.parametrize("change", ["wrapped = '\\x01', erased_at = NULL, erased_under = NULL", "erased_under = 'y'"])
def test_an_erased_key_does_not_come_back(city: City, change: str) -> None:
    erase(city.person)
    with pytest.raises(IntegrityError, match="stays erased"), transaction.atomic():
        connection.cursor().execute(f"UPDATE subjects_key SET {change} WHERE subject_id = %s", [city.person])
    with pytest.raises(IntegrityError, match="not deleted"), transaction.atomic():
        connection.cursor().execute("DELETE FROM subjects_key")


def test_erasing_waits_for_deliveries_under_way(city: City) -> None:
    """Else a record could be sealed under a key that is gone by the time it is committed."""
    raw = connection.get_connection_params()
    raw = {name: raw[name] for name in ("host", "port", "user", "password", "dbname") if raw.get(name)}
    with psycopg.connect(**raw) as other, transaction.atomic():
        other.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
        connection.cursor().execute("SET LOCAL lock_timeout = '100ms'")
        with pytest.raises(DatabaseError, match="lock timeout"), transaction.atomic():
            erase(city.person)
        other.rollback()
        assert erase(city.person) == 1


def test_the_command_asks_before_it_erases(city: City, keyfile: Path) -> None:
    with pytest.raises(Problem, match="确认"):
        command.erase(str(city.person), **ORDER, yes=False)
    assert name_of(city.person) == town.NAME
    assert command.erase(str(city.person), **ORDER, yes=True) == 0
    with pytest.raises(crypto_subject.Erased):
        name_of(city.person)
    with pytest.raises(Problem):
        command.erase("not a number", **ORDER, yes=True)


# -- an old dump ------------------------------------------------------------------------------------------
def test_what_an_old_dump_is_worth(city: City, keyfile: Path) -> None:
    """Honestly: with the keys of its day it is readable, erased or not. After rotation and retiring it is not."""
    old = crypto.keys().newest
    dump = list(SubjectKey.objects.filter(subject_id=city.person).values_list("subject_id", "number", "wrapped"))
    name = bytes(Person.objects.get(pk=city.person).name_sealed)
    erase(city.person)
    assert Opener(dump).text(city.person, NAME, name) == town.NAME
    command.rotate(resume=False, yes=True)
    assert Opener(dump).text(city.person, NAME, name) == town.NAME
    command.retire(old, yes=True)
    with pytest.raises(crypto.KeyMissing):
        Opener(dump).text(city.person, NAME, name)
    assert home.data_keys() == keyfile.read_text()


# -- nothing is forgotten ---------------------------------------------------------------------------------
NOT_SEALED = {
    "subjects_person.name_key", "subjects_identifier.key", "records_record.fact", "records_record.digest",
    "records_tombstone.fact", "records_tombstone.allowed", "rights_file.sha256", "parties_user.name_key",
    "parties_user.officer_key", "oversight_aliaskey.key", "duties_question.asker", "duties_paper.data",
}  # fmt: skip
"""Keyed digests, the hash of what stands sealed beside it, and papers that authorities publish. Of the ledger's hashes,
salts and public keys none is sealed, and of oversight's and the gate's keys."""
ROOMS_WITHOUT = ("ledger_", "gate_")


def test_every_column_of_bytes_is_known_to_rotation() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type = 'bytea'"
        )
        found = {row[0] for row in cursor.fetchall() if not row[0].startswith(ROOMS_WITHOUT)}
    known = {place.name for place in crypto_places.RENEWED + crypto_places.BY_SUBJECT}
    assert found - known - NOT_SEALED == set()
