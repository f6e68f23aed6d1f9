"""Reading official documents: 1 MB of text, in each of the ways that text comes.

Printed are seconds of the processor (limit: 2 for 1 MB) and, so that a slow machine is no excuse, how many times a
plain pass over the same words takes: every mark and number of a clause, every bracket and every unit's ending
looked for with ``re``, and nothing done with them. Limit: 80 times.

    python benchmarks/duties.py
"""

from __future__ import annotations

import itertools
import os
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.testing")

DOCUMENTS = Path(__file__).resolve().parents[1] / "tests/duties/documents"
MEGABYTE, SECONDS, TIMES, ROUNDS = 1_000_000, 2.0, 80.0, 5
OFFICES = (
    *("发展改革委", "财政局", "教育局", "公安局", "民政局", "司法局"),
    *("水务局", "商务局", "审计局", "统计局", "医保局", "应急局"),
)
WIDTHS = (6, 26, 22, 26, 18)
"""Of the columns of a table laid out with spaces."""
PLAIN = re.compile(r"[一二三四五六七八九十]+、|（[^（）]*）|\d+年\d*月?|[\u4e00-\u9fff]+(?:局|委|厅|办|部|院)|[。；：]")


def texts() -> dict[str, str]:
    """Kind of text → a megabyte of it."""
    several = (DOCUMENTS / "yunzhengbanfa-2017-112.txt").read_text(encoding="utf-8")
    head, _, clauses = several.partition("（一）")
    wrapped = (DOCUMENTS / "baozhengbanfa-2018-7.txt").read_text(encoding="utf-8")
    table = (DOCUMENTS / "invented-table-2022.txt").read_text(encoding="utf-8")
    rows = table.index("1 推行")
    return {
        "many notices in one file": grown(several),
        "one notice with a long chapter": head + grown("（一）" + clauses.partition("云南省人民政府办公厅\n")[0]),
        "hard-wrapped, a blank line after each": grown(wrapped),
        "many notices, then a table of 999 rows": grown(several)[: MEGABYTE // 4]
        + table[:rows]
        + long_table(table[rows : table.index("2 开展")][2:]),
        "tables and nothing else": grown(table[: table.rindex("注：")].partition("附件\n")[2] + "\n"),
        "tables with tabs, every cell different": grown(tabbed()),
        "aligned tables, cells of several lines": grown(aligned()),
        "no number, no full stop": grown("市教育局、财政局（市民政局牵头，"),
    }


def grown(text: str) -> str:
    return text * (MEGABYTE // len(text.encode()) + 1)


def long_table(row: str) -> str:
    return "".join(f"{number} {row}" for number in range(1, MEGABYTE // len(row.encode()) + 2) if number < 1000)


def tabbed() -> str:
    """400 rows whose cells are not seen twice, so that nothing is read from a cache."""
    rows = (
        f"{number}\t推行第{number}项改革，办理时间压缩至{number}小时以内\t市{OFFICES[number % 12]}{number}处\t"
        f"市{OFFICES[number % 11]}、{OFFICES[number % 7]}{number}科、各县（市、区）人民政府\t"
        f"2022年{number % 12 + 1}月{number % 28 + 1}日前\n"
        for number in range(1, 401)
    )
    return "云岭市2022年重点任务分工表\n序号\t重点任务\t牵头单位\t配合单位\t完成时限\n" + "".join(rows)


def aligned() -> str:
    """A table of 400 rows laid out with spaces, whose cells go on below themselves and are not seen twice."""
    rows = (
        laid_row(
            str(number),
            f"推行第{number}项改革，办理时间压缩至{number}小时以内",
            f"市{office}{number}处",
            f"市审计局、{office}{number}科、各县（市、区）人民政府",
            f"2022年{number % 12 + 1}月底前完成",
        )
        for number, office in ((number, OFFICES[number % 12]) for number in range(1, 401))
    )
    head = laid_row("序号", "重点任务", "牵头单位", "配合单位", "完成时限")
    return f"云岭市2022年重点任务分工表\n\n{head}{''.join(rows)}\n注：各单位按季度报送进展情况。\n\n"


def laid_row(*cells: str) -> str:
    """Each cell in a column of its own, broken where that is full; a full-width letter takes two places."""
    lines = itertools.zip_longest(
        *(broken(words, most) for words, most in zip(cells, WIDTHS, strict=True)), fillvalue=""
    )
    return "".join("".join(map(padded, line, WIDTHS)).rstrip() + "\n" for line in lines)


def broken(words: str, most: int) -> list[str]:
    lines = [""]
    for letter in words:
        if places(lines[-1] + letter) > most - 2:
            lines.append("")
        lines[-1] += letter
    return lines


def padded(words: str, width: int) -> str:
    return words + " " * (width - places(words))


def places(words: str) -> int:
    return sum(1 + (ord(letter) > 255) for letter in words)


def seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def main() -> int:
    import django

    django.setup()
    from goodfaith.duties.reading import read_text

    good = True
    for kind, text in texts().items():
        rounds = [(seconds(lambda: read_text(text)), seconds(lambda: PLAIN.findall(text))) for _ in range(ROUNDS)]  # noqa: B023
        took, plain = (statistics.median(column) for column in zip(*rounds, strict=True))
        scaled = took * MEGABYTE / len(text.encode())
        ratio = statistics.median(one / other for one, other in rounds)
        fine = scaled < SECONDS and ratio < TIMES
        good = good and fine
        says = "ok" if fine else "ABOVE THE LIMIT"
        print(
            f"{kind}: {len(text.encode()) / MEGABYTE:.2f} MB in {took:.2f} s, {scaled:.2f} s/MB (limit {SECONDS:.0f}),"
            f" a plain pass {plain:.3f} s, ratio {ratio:.1f} (limit {TIMES:.0f}) {says}"
        )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
