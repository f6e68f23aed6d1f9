"""Boundaries 2, 3, 5 and 6 against real over-collection, against disguises, and without false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from goodfaith.law import checker
from goodfaith.law.findings import Finding

from . import over_collection as facts
from .world import FILES, write

ITEM = "items/penalty.yaml"
PEOPLE, ORGANISATIONS = ["person"], ["organisation"]


def found(root: Path, table: str, columns: tuple[str, ...], subjects: list[str], **changes: object) -> list[Finding]:
    """What the checker says about an item of that name with those columns beside the usual ones."""
    yaml = YAML(typ="safe")
    item = yaml.load(FILES[ITEM])["item"]
    names = {"zh": table, "en": "A table"}
    item.update(code="city.table", name=names, description=names, subjects=subjects, domain="law_compliance",
                catalogue_class=10, disclosure=dict.fromkeys(subjects, "closed"), display_rule="plain")  # fmt: skip
    edition = {**item["editions"][0], "decided": {}}
    if len(subjects) == 1:
        edition["subject"] = {**edition["subject"], "kind": subjects[0], "person_values": []}
    extra = [{"code": f"X{n}", "name": {"zh": column, "en": f"Column {n}"}} for n, column in enumerate(columns)]
    for field in extra:
        if field["name"]["zh"].endswith(("身份证号", "姓名")):  # type: ignore[index]
            kind = "person_number" if field["name"]["zh"].endswith("号") else "person_name"  # type: ignore[index]
            field["sensitivity"] = kind
    sealed = [{**f, "sensitivity": "person_name"} if f["code"] == "NAME" else f for f in edition["fields"]]
    item["editions"] = [{**edition, "fields": sealed + extra}]
    item.update(changes)
    rule = FILES["display_rules/penalty.yaml"].replace("code: penalty", "code: plain")
    rule = rule[: rule.index("    - code: new")] + "    - code: all\n      decided: {}\n      classes:\n" + (
        "        - code: all\n          name: {zh: 全部, en: All}\n          level: none\n          max_months: 12\n"
        "          basis: {instrument: law-a, article: 第一条, checked: mirror}\n"
    )  # fmt: skip
    write(root, changed={"display_rules/plain.yaml": rule})
    with (root / "small" / "items" / "table.yaml").open("w") as file:
        yaml.dump({"item": item}, file)
    return [each for each in checker.check(root) if each.file.endswith("table.yaml")]


@pytest.mark.parametrize(("table", "columns", "code"), facts.REFUSED, ids=lambda value: str(value)[:30])
def test_real_tables_about_people_are_refused(tmp_path: Path, table: str, columns: tuple[str, ...], code: str) -> None:
    findings = found(tmp_path, table, columns, PEOPLE)
    assert code in [each.code for each in findings]
    assert all("边界" in each.what for each in findings if each.code == code)


@pytest.mark.parametrize(("table", "columns", "code"), facts.REFUSED, ids=lambda value: str(value)[:30])
def test_an_innocent_table_name_does_not_help(tmp_path: Path, table: str, columns: tuple[str, ...], code: str) -> None:
    """The columns alone give nearly every table away; three have only their name."""
    findings = found(tmp_path, "行政管理信息", columns, PEOPLE)
    assert findings or table in {"个人工资信息", "个人身份变动信息", "个人职业汇总信息表"}


@pytest.mark.parametrize(("table", "columns", "domain"), facts.OUTSIDE, ids=lambda value: str(value)[:30])
def test_what_has_no_domain_is_refused(tmp_path: Path, table: str, columns: tuple[str, ...], domain: str) -> None:
    findings = found(tmp_path, table, columns, PEOPLE, domain=domain)
    assert "domain_unknown" in [each.code for each in findings]


@pytest.mark.parametrize(("table", "columns", "code"), facts.ORGANISATIONS_REFUSED)
def test_organisations_utility_arrears_too(tmp_path: Path, table: str, columns: tuple[str, ...], code: str) -> None:
    assert code in [each.code for each in found(tmp_path, table, columns, ORGANISATIONS)]


@pytest.mark.parametrize(("table", "columns"), facts.LEGITIMATE_PEOPLE, ids=lambda value: str(value)[:30])
def test_legitimate_items_about_people_pass(tmp_path: Path, table: str, columns: tuple[str, ...]) -> None:
    assert found(tmp_path, table, columns, PEOPLE) == []


@pytest.mark.parametrize(("table", "columns"), facts.LEGITIMATE_ORGANISATIONS, ids=lambda value: str(value)[:30])
def test_legitimate_items_about_organisations_pass(tmp_path: Path, table: str, columns: tuple[str, ...]) -> None:
    assert found(tmp_path, table, columns, ORGANISATIONS) == []


@pytest.mark.parametrize(("words", "code"), facts.DISGUISES)
@pytest.mark.parametrize("place", ["name", "description", "column", "alias"])
def test_no_place_hides_it(tmp_path: Path, words: str, code: str, place: str) -> None:
    names = {"zh": f"其他{words}", "en": "Other"} if not words.isascii() else {"zh": "其他", "en": f"Other {words}"}
    if place in ("name", "description"):
        findings = found(tmp_path, "其他", (), PEOPLE, **{place: names})
    elif place == "column":
        findings = found(tmp_path, "其他", (words,), PEOPLE)
    else:
        path = tmp_path / "small" / "items" / "table.yaml"
        found(tmp_path, "其他", ("备注",), PEOPLE)
        yaml = YAML(typ="safe")
        data = yaml.load(path.read_text())
        data["item"]["editions"][0]["fields"][-1]["aliases"] = [words]
        with path.open("w") as file:
            yaml.dump(data, file)
        findings = [each for each in checker.check(tmp_path) if each.file.endswith("table.yaml")]
    assert code in [each.code for each in findings]


def test_a_description_may_say_what_is_not_recorded(tmp_path: Path) -> None:
    english = "Licences. Never records marriage or medical history."
    told = {"zh": "行政许可决定。不收集婚姻、子女和病史。", "en": english}
    assert found(tmp_path, "行政许可", (), PEOPLE, description=told) == []


def test_no_setting_or_pack_key_switches_a_boundary_off(tmp_path: Path) -> None:
    findings = found(tmp_path, "个人献血信息", (), PEOPLE, allow="never_blood_donation")
    assert "unknown_key" in [each.code for each in findings]
