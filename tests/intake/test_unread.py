"""Cells that hold something and give no content: an error, a formula without a result."""

from __future__ import annotations

import polars as pl
import pytest

from goodfaith.intake import staging
from goodfaith.intake.reading import open_file
from tests.intake.sample import GOOD, codes, context
from tests.intake.test_reading import with_cell

CASES = [
    # header over the cell C2, the cell, what is told
    ("CF_WSH", "<c r='C2' t='e'><v>#REF!</v></c>", ("CF_WSH", "cell_error", "refused")),
    ("CF_FRDB", "<c r='C2' t='e'><v>#N/A</v></c>", ("CF_FRDB", "cell_error", "refused")),
    ("BZ", "<c r='C2' t='e'><v>#N/A</v></c>", ("BZ", "cell_error", "warning")),
    ("CF_WSH", "<c r='C2'><f>A2</f></c>", ("CF_WSH", "cell_formula", "refused")),
    ("BZ", "<c r='C2'><f>A2</f><v></v></c>", ("BZ", "cell_formula", "refused")),
    ("BZ", "<c r='C2' t='str'><f>A2</f><v>说明</v></c>", ("BZ", "formula_result_read", "warning")),
]


@pytest.mark.parametrize(("field", "cell", "expected"), CASES)
def test_the_cell_is_told_and_not_that_it_is_blank(field: str, cell: str, expected: tuple[str, str, str]) -> None:
    columns = ["CF_XDR_MC", "CF_JDRQ", field]
    source = open_file(with_cell(cell, header=columns, row=["示例市晨光商贸有限公司", "2026-11-16"]), "x.xlsx")
    rest = [pl.lit(value, dtype=pl.String).alias(code) for code, value in GOOD.items() if code not in columns]
    batch = next(source.batches()).with_columns(rest)
    mapping = {code: code for code in batch.columns if code != staging.ROW}
    found = source.take_findings()
    table = staging.ApiTable([])
    table.batches = lambda size=0: iter([batch])  # type: ignore[method-assign]
    table.take_findings = lambda: found  # type: ignore[method-assign]
    checked = next(staging.sweep(table, mapping, context())).checked
    told = [(f, c, level) for f, c, level in checked.findings.select("field", "code", "level").rows() if f == field]
    assert told == [expected]
    assert checked.good.height == (0 if expected[2] == "refused" else 1)
    assert codes(checked) == ({expected[:2]} if expected[2] == "refused" else set())


def test_a_formula_in_a_column_that_is_not_taken_matters_to_nobody() -> None:
    source = open_file(with_cell("<c r='C2'><f>A2</f></c>"), "x.xlsx")
    swept = next(staging.sweep(source, {"姓名": "CF_XDR_MC", "罚款金额": None}, context()))
    assert "cell_formula" not in swept.checked.findings["code"].to_list()
