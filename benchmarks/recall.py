"""One correction of a record that 1,000 units were given: from the officer's act to the committed notices.

(a) the whole act: the record corrected, a tombstone, 1,000 notices, the public withdrawal, the ledger's entry, the
    message. Limit: under 1 second (median of the rounds), in a ledger of 1,000,000 entries.
(b) the same act with one recipient, and (c) a bare INSERT of 1,000 rows like the notices, taken in turn with a:
    (a - b) / c says what a notice costs beside the row that it is.

    python benchmarks/recall.py [--recipients 1000] [--entries 1000000] [--rounds 7]

Exit code 1 when the limit is broken. It removes its database at the end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.testing")
os.environ.setdefault("GOODFAITH_TEST_DB", "bench_recall")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
LIMIT = 1.0
LOOKS = """
    WITH made AS (SELECT n, gate.write_entry('officer', 'x', 'x', 'u' || n, %s, 'organisation', 'rights_counter', 'x',
                                             NULL, 'opened', NULL, 1) AS entry FROM generate_series(1, %s) n)
    INSERT INTO gate_given SELECT entry, %s, 'u' || n, ARRAY[%s::uuid] FROM made
"""
FILL = """
    INSERT INTO ledger_entry (at, actor_kind, actor_id, actor_name, unit, subject_id, subject_kind, purpose, case_no,
                              outcome, records, salt, commitment)
    SELECT now(), 'officer', (n %% 400)::text, 'bench', 'u' || n %% 5000, md5((n %% 300000)::text)::uuid, 'person',
           'rights_counter', 'bench', 'opened', 1, '\\x00', sha256(n::text::bytea)
    FROM generate_series(1, %s) n
"""
BARE = """
    CREATE TEMP TABLE IF NOT EXISTS bare (LIKE rights_recallnotice INCLUDING ALL);
    INSERT INTO bare (id, recall_id, unit, entries, looks, due_on, confirmed_by, done, reminders)
    SELECT gen_random_uuid(), gen_random_uuid(), 'u' || n, ARRAY[n], 1, current_date, '', '', 0
    FROM generate_series(1, {}) n
"""


def prepare(entries: int) -> Any:
    """A database with the town of the tests and a ledger of some size."""
    import django

    from goodfaith.common import embedded

    if not os.environ.get("DATABASE_URL"):
        embedded.ensure_running()
    django.setup()
    from django.db import connection

    from goodfaith.common import roles
    from tests.conftest import found
    from tests.rights.town import make_town

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    roles.apply()
    found()
    town = make_town()
    with connection.cursor() as cursor:
        cursor.execute(FILL, [entries])
        cursor.execute("VACUUM ANALYZE ledger_entry")
    return town


def timed(do: Callable[[], object]) -> float:
    """Seconds of one call."""
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def given(town: Any, recipients: int) -> None:
    """So many units were given the firm's record as it stands."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE gate_given DISABLE TRIGGER append_only")
        cursor.execute("DELETE FROM gate_given")
        cursor.execute("ALTER TABLE gate_given ENABLE TRIGGER append_only")
        cursor.execute(LOOKS, [town.firm, recipients, town.firm, town.records["firm"]])
        cursor.execute("ANALYZE gate_given")


def correction(town: Any, fine: int, recipients: int) -> float:
    """Seconds of the act that corrects the record, committed."""
    from goodfaith.rights.models import RecallNotice
    from tests.rights.town import at_source, do, look

    given(town, recipients)
    ref = at_source(town)
    case = look(town, "clerk", ref)
    before = RecallNotice.objects.count()
    right = {town.records["firm"]: {"CF_NR_FK": str(fine)}}
    took = timed(lambda: do(town, "clerk", ref, "correct", case=case, corrections=right))
    assert RecallNotice.objects.count() == before + recipients
    return took


def bare(recipients: int) -> float:
    """Seconds of the INSERT alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        return timed(lambda: cursor.execute(BARE.format(recipients)))


def run(recipients: int, entries: int, rounds: int) -> bool:
    """Measure and print; whether the limit holds."""
    town = prepare(entries)
    correction(town, 9, 1), bare(1)
    taken = [
        (correction(town, 10 + 2 * n, recipients), correction(town, 11 + 2 * n, 1), bare(recipients))
        for n in range(rounds)
    ]
    whole, one, rows = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"recall: {recipients:,} recipients queued in {whole:.3f} s (limit {LIMIT:.1f}), one in {one:.3f} s")
    print(f"recall: a bare INSERT of the rows {rows:.3f} s; the notices cost {(whole - one) / rows:.1f} times that")
    return whole < LIMIT


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipients", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    good = False
    try:
        good = run(asked.recipients, asked.entries, asked.rounds)
    finally:
        from django.db import connection

        connection.close()
        connection.creation._destroy_test_db(os.environ["GOODFAITH_TEST_DB"], verbosity=0)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
