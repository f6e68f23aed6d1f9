"""The sample files are what they say, read by intake's own reader and checks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from goodfaith.common.problems import Problem
from goodfaith.demo import files, sheets
from goodfaith.demo.city import City
from goodfaith.intake import mapping
from goodfaith.intake.checks import Context, check_batch
from goodfaith.intake.reading import open_file

CLEAN = (files.clean_csv, files.gbk_csv, files.backlog_xlsx, files.court_zip)
GOOD = [sample for sample in files.SAMPLES if sample.make in CLEAN]


def _checked(city: City, sample: files.Sample) -> tuple[int, Counter[str], str]:
    """Good rows, refusals by code, and the edition that fitted."""
    item = city.catalogue.items[sample.item]
    source = open_file(sample.make(city, city.today), sample.name)
    proposal = mapping.propose(source.columns, item, None)
    names = {header: code for header, code in proposal.mapping.items() if code}
    good, codes = 0, Counter[str]()
    for batch in source.batches():
        frame = batch.rename(names)
        checked = check_batch(frame, Context(item, item.edition(proposal.edition), city.catalogue, city.today))
        good += checked.good.height
        codes.update(checked.findings.filter(checked.findings["level"] == "refused")["code"])
    return good, codes, proposal.edition


@pytest.mark.parametrize("sample", GOOD, ids=lambda sample: sample.name)
def test_clean_files_are_clean(city: City, sample: files.Sample) -> None:
    good, codes, edition = _checked(city, sample)
    assert good >= 30 and not codes
    assert edition == ("pre2018" if "旧表" in sample.name else city.catalogue.items[sample.item].editions[0].code)


def test_dirty_file_has_one_row_of_every_kind(city: City) -> None:
    sample = next(one for one in files.SAMPLES if one.make is files.dirty_xlsx)
    good, codes, _ = _checked(city, sample)
    refusing = {
        "id_excel_ruined", "id_check_digit", "uscc_letters", "uscc_check_digit", "amount_unit", "date_after_report",
        "document_missing", "date_invalid", "code_unknown", "cell_formula",
    }  # fmt: skip
    assert refusing <= set(codes), refusing - set(codes)
    assert all(codes[code] == 1 for code in refusing)
    assert good == 121 - 10, "what is odd but readable passes"


def test_old_form_is_taken_as_the_old_edition(city: City) -> None:
    sample = next(one for one in files.SAMPLES if one.make is files.backlog_xlsx)
    assert _checked(city, sample)[2] == "pre2018"


def test_a_picture_is_refused(city: City) -> None:
    with pytest.raises(Problem):
        open_file(files.PICTURE, "其实是图片.xlsx")


def test_some_rows_come_again(city: City) -> None:
    first, again = (files.clean_csv(city, city.today), files.again_csv(city, city.today))
    old = set(first.decode("utf-8-sig").splitlines()[1:])
    assert len(old & set(again.decode("utf-8-sig").splitlines()[1:])) == 15


def test_files_are_written(tmp_path: Path) -> None:
    written = files.write_all(tmp_path / "样例", 500, 400)
    assert [path.name for path, _ in written] == [sample.name for sample in files.SAMPLES]
    assert all(path.stat().st_size for path, _ in written)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem) as told:
        files.write_all(tmp_path / "file" / "below", 500, 400)
    assert told.value.code == "folder_unwritable"


@pytest.mark.parametrize("fault", sheets.PENALTY_FAULTS, ids=lambda fault: fault.what)
def test_each_fault_changes_its_cell(city: City, fault: sheets.Fault) -> None:
    made = sheets.table(city, files.PENALTY, files.UNIT, 80, 1, city.today)
    place = made.place(fault.field)
    cell = next(row[place] for row in made.cells if row[place])
    text = "99010119900101001x".upper() if fault.what == "小写x" else str(cell)
    assert fault.change(text) != text
