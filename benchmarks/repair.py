"""The terms of 1,000,000 negative records in one statement: how long, and whether the rule classes say the same.

(a) the statement of ``rights.terms.bulk`` over all records, every row read by the client;
(b) a bare count of the same rows, and a bare read of their keys and days, in the same run on the same table.
Then 10,000 records are told one by one by ``rights.terms.terms_of`` and compared with (a)'s rows.

    python benchmarks/repair.py [--rows 1000000] [--subjects 300000] [--sample 10000]

Exit code 1 when (a) takes a minute or one record differs. It makes its own database and removes it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.testing")
os.environ.setdefault("GOODFAITH_TEST_DB", "bench_repair")
LIMIT = 60.0
SEED = 0.36

SUBJECTS = """
    INSERT INTO subjects_subject (id, kind, created_at)
    SELECT gen_random_uuid(), CASE WHEN n %% 7 = 0 THEN 'person' ELSE 'organisation' END, now()
    FROM generate_series(1, %(subjects)s) n"""
RECORDS = """
    INSERT INTO records_record (subject_id, id, version, item_id, edition, polarity, disclosure, status, decided_on,
        document_no, authority, display, display_class, display_version, in_force, content, sealed, fact, digest,
        source_unit, delivery_id, recorded_at, superseded_at)
    SELECT s.id, gen_random_uuid(), 1, t.item, 'current', 'negative',
        CASE WHEN s.kind = 'person' THEN 'shared' ELSE 'open' END, 'current', d.day, 'No. ' || r.n,
        '示例市市场监督管理局',
        CASE WHEN s.kind = 'person' OR NOT t.publish OR d.day >= coalesce(d.until, 'infinity') THEN 'empty'::daterange
             ELSE daterange(d.day, CASE WHEN r.n %% 10 = 0 THEN least(d.until, d.day + 200) ELSE d.until END) END,
        t.class_code, t.version, '(,)', jsonb_build_object('CF_SY', repeat('当事人未按规定履行义务。', 20)), NULL,
        decode(md5(r.n::text), 'hex'), decode(md5('d' || r.n), 'hex'), 'bench', r.delivery, now(), NULL
    FROM (SELECT n, (random() * (%(classes)s - 1))::int AS class, (random() * (%(subjects)s - 1))::int AS subject,
                 '2016-01-01'::date + (random() * 3950)::int AS day, '00000000-0000-0000-0000-000000000001'::uuid
                 AS delivery
          FROM generate_series(1, %(rows)s) n) r
    JOIN bench_class t ON t.n = r.class
    JOIN bench_subject s ON s.n = r.subject
    CROSS JOIN LATERAL (SELECT r.day, (r.day + make_interval(months => t.max_months))::date AS until) d"""


@contextmanager
def timed(name: str) -> Iterator[dict[str, float]]:
    """Seconds of a block, told as it ends."""
    result: dict[str, float] = {}
    begun = time.perf_counter()
    yield result
    result["seconds"] = time.perf_counter() - begun
    print(f"{time.strftime('%H:%M:%S')} {name}: {result['seconds']:.2f} s", flush=True)


@contextmanager
def database() -> Iterator[Any]:
    """A fresh database with the catalogue, removed at the end; gives the connection."""
    from goodfaith.common import embedded

    if not os.environ.get("DATABASE_URL"):
        embedded.ensure_running()
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from goodfaith.common import clock
    from goodfaith.common.acting import SYSTEM
    from goodfaith.law.actions import do_load_packs

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        do_load_packs(acting=SYSTEM, at=clock.now(), directory=settings.PACKS_DIR)
        yield connection
    finally:
        connection.close()
        connection.creation._destroy_test_db(os.environ["GOODFAITH_TEST_DB"], verbosity=0)


def fill(cursor: Any, rows: int, subjects: int) -> None:
    """Records of every class of every shipped negative item, over days of eleven years."""
    from goodfaith.law import queries

    classes = [
        (item.code, version, code, placed.shown.publish, placed.shown.max_months)
        for item in queries.items()
        if item.polarity == "negative"
        for (version, code), placed in queries.term_law().classes.items()
        if placed.rule.code == item.display_rule
    ]
    cursor.execute(f"SELECT setseed({SEED})")
    cursor.execute(
        "CREATE TABLE bench_class (n int PRIMARY KEY, item text, version text, class_code text, publish bool,"
        " max_months int)"
    )
    cursor.executemany(
        "INSERT INTO bench_class VALUES (%s, %s, %s, %s, %s, %s)", [(n, *each) for n, each in enumerate(classes)]
    )
    cursor.execute(SUBJECTS, {"subjects": subjects})
    cursor.execute("CREATE TABLE bench_subject AS SELECT row_number() OVER () - 1 AS n, id, kind FROM subjects_subject")
    cursor.execute(RECORDS, {"classes": len(classes), "subjects": subjects, "rows": rows})
    cursor.execute("DROP TABLE bench_class, bench_subject")


def read(cursor: Any, sql: str) -> int:
    """All rows of a statement, as text through COPY; how many they are."""
    count = 0
    with cursor.copy(f"COPY ({sql}) TO STDOUT") as copy:
        for piece in copy:
            count += bytes(piece).count(b"\n")
    return count


def differing(cursor: Any, sample: int) -> int:
    """How many of ``sample`` records the rule classes tell otherwise than the statement."""
    from goodfaith.rights.terms import Facts, Span, terms_of
    from goodfaith.rights.terms.bulk import statement

    cursor.execute(
        "CREATE TEMP TABLE bench_sample AS SELECT subject_id, id FROM records_record ORDER BY random() LIMIT %s",
        [sample],
    )
    sql, _ = statement()
    cursor.execute(
        "SELECT r.item_id, r.display_version, r.display_class, r.decided_on, r.display, r.status, r.disclosure,"
        f" t.level, t.earliest, t.last_day, t.barred FROM bench_sample s JOIN ({sql}) t"
        " ON (t.subject_id, t.record_id) = (s.subject_id, s.id)"
        " JOIN records_record r ON (r.subject_id, r.id) = (s.subject_id, s.id)"
    )
    wrong, seen = 0, 0
    for item, version, code, decided, display, status, disclosure, *told in cursor.fetchall():
        facts = Facts(item, version, code, decided, Span(display.lower, display.upper, display.isempty),
                      status=status, disclosure=disclosure)  # fmt: skip
        found = terms_of(facts)
        seen += 1
        wrong += [found.level, found.earliest, found.last_day, found.barred is not None] != told
    print(f"compared {seen:,} records one by one: {wrong} differ")
    return wrong + (sample - seen)


def run(rows: int, subjects: int, sample: int) -> bool:
    """Make, measure, compare; whether the limit holds and nothing differs."""
    with database() as connection, connection.cursor() as cursor:
        from goodfaith.rights.terms.bulk import statement

        with timed(f"made {rows:,} negative records over {subjects:,} subjects"):
            fill(cursor, rows, subjects)
        cursor.execute("VACUUM ANALYZE records_record")
        where = "WHERE superseded_at IS NULL AND polarity = 'negative'"
        with timed("(b) bare count") as bare:
            cursor.execute(f"SELECT count(*) FROM records_record {where}")
        with timed("(b) bare read of keys and days") as keys:
            read(cursor, f"SELECT subject_id, id, version, decided_on, display FROM records_record {where}")
        with timed("(a) terms of all") as ours:
            count = read(cursor, statement()[0])
        print(f"ratio to the bare count {ours['seconds'] / bare['seconds']:.1f}, "
              f"to the bare read {ours['seconds'] / keys['seconds']:.1f}")  # fmt: skip
        print(f"load {', '.join(f'{value:.1f}' for value in os.getloadavg())} on {os.cpu_count()} processors")
        wrong = differing(cursor, min(sample, rows))
    good = ours["seconds"] < LIMIT and count == rows and not wrong
    print(f"{count:,} rows in {ours['seconds']:.2f} s (limit {LIMIT:.0f} s) {'ok' if good else 'NOT AS IT SHOULD BE'}")
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--subjects", type=int, default=300_000)
    parser.add_argument("--sample", type=int, default=10_000)
    arguments = parser.parse_args()
    sys.exit(0 if run(arguments.rows, arguments.subjects, arguments.sample) else 1)


if __name__ == "__main__":
    main()
