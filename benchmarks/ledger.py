"""The access ledger: appending, sealing and verifying, in one run on one machine, in an installation of its own.

(a) entries appended per second by 1, 8 and 32 clients (pgbench; fsync and synchronous_commit on, a sealer running
    beside), and as a share of a bare INSERT of as wide a row by as many clients. Limit: 1,500/s with 32 clients;
(b) seconds to seal 100,000 waiting entries, with the peak memory of the sealing process. Limits: 10 s, 512 MiB;
(c) rows per second of ``goodfaith ledger verify`` over 1,000,000 rows and more (everything that it checks), and of
    the standalone verifier over their export. Limit: 200,000 rows/s for the database.

    python benchmarks/ledger.py [--rows 1000000] [--seconds 8]

Exit code 1 when a limit is broken. It removes its database at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.settings")
CLIENTS = (1, 8, 32)
PAIRS = 3
SEALED = 100_000
LEAST_APPENDED, LONGEST_SEAL, MOST_MEMORY, LEAST_VERIFIED = 1_500, 10.0, 512, 200_000

ENTRY = """'officer', '7', '示例审核员', 'd_market', '00000000-0000-7000-8000-{n}'::uuid, 'person',
    'administrative_check', '示许〔2026〕{case}号',
    ARRAY['licensing.administrative_penalty', 'court.judgement_defaulter'], 'answered',
    NULL, 2, 'licence', NULL, sha256('an answer'::bytea)"""
APPEND = f"SELECT ledger.append({ENTRY.format(n='000000000001', case='1')});\n"
BARE = "INSERT INTO bench_bare (line) VALUES (repeat('x', 330));\n"
FILL = """
    SELECT count(ledger.append('officer', (n %% 300)::text, '示例审核员', 'd_market',
        ('00000000-0000-7000-8000-' || lpad((n %% 50000)::text, 12, '0'))::uuid, 'person', 'administrative_check',
        '示许〔2026〕' || n || '号', ARRAY['licensing.administrative_penalty', 'court.judgement_defaulter'], 'answered',
        NULL, 2, 'licence', NULL, sha256(n::text::bytea)))
    FROM generate_series(1, %s) n
"""


# -- the installation ---------------------------------------------------------------------------------------
def stage_prepare() -> dict[str, Any]:
    """A fresh durable cluster with the roles, and the table for the bare INSERT."""
    from goodfaith.running.connecting import connect

    connect("owner")
    from django.db import connection

    from goodfaith.running import prepare

    prepare.migrate()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, at timestamptz DEFAULT now(), line text)")
        cursor.execute("SHOW fsync")
        durable = cursor.fetchone()[0]
        cursor.execute("SHOW synchronous_commit")
        return {"fsync": durable, "synchronous_commit": cursor.fetchone()[0]}


def _pgbench(script: str, clients: int, seconds: float) -> float:
    from goodfaith.common import embedded

    given = embedded.parameters()
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [
            str(embedded.binaries() / "pgbench"), "-n", "-M", "prepared", "-h", given["host"], "-U", given["user"],
            "-c", str(clients), "-j", "2", "-T", str(max(1, round(seconds))), "-f", file.name, given["dbname"],
        ]  # fmt: skip
        environment = os.environ | {"PGPASSWORD": given["password"], "PGOPTIONS": "-c synchronous_commit=on"}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return float(next(line.split()[2] for line in done.stdout.splitlines() if line.startswith("tps")))


def stage_append(seconds: float) -> dict[str, Any]:
    """Appends and bare INSERTs per second, in pairs, medians; a sealer runs beside."""
    from goodfaith.running.connecting import connect

    connect("owner")
    environment = os.environ | {"GOODFAITH_DB_ROLE": "sealer"}
    sealer = subprocess.Popen([sys.executable, "-m", "goodfaith.cli", "sealer"], env=environment)
    try:
        result = {}
        for clients in CLIENTS:
            pairs = [(_pgbench(BARE, clients, seconds), _pgbench(APPEND, clients, seconds)) for _ in range(PAIRS)]
            bare, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
            share = statistics.median(mine / other for other, mine in pairs)
            result[str(clients)] = {"bare": bare, "appended": ours, "share": share}
    finally:
        sealer.terminate()
        sealer.wait(60)
    return result


def _seal_all() -> int:
    from goodfaith.common import clock
    from goodfaith.common.acting import SYSTEM
    from goodfaith.ledger import actions

    count = 0
    while (sealed := actions.do_seal(acting=SYSTEM, at=clock.now())).count:
        count += sealed.count
    return count


def stage_seal(rows: int) -> dict[str, Any]:
    """Seal 100,000 waiting entries, in the sealer's role; then bring the ledger to ``rows``."""
    from goodfaith.running.connecting import connect

    connect("owner")
    from django.db import connection

    _seal_all()
    with connection.cursor() as cursor:
        cursor.execute(FILL, [SEALED])
        cursor.execute("CHECKPOINT")
        cursor.execute("SET ROLE goodfaith_sealer")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        count = _seal_all()
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT count(*) FROM ledger_entry")
        missing = max(0, rows - cursor.fetchone()[0])
        cursor.execute(FILL, [missing])
        _seal_all()
        cursor.execute("VACUUM ANALYZE ledger_entry, ledger_leaf, ledger_pending")
    return {"count": count, "seconds": seconds, "before_mib": before >> 10, "peak_mib": peak >> 10}


def _backend_seconds() -> float:
    """Processor seconds of our connection's server process so far; 0 where /proc does not tell."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def stage_verify(file: str) -> dict[str, Any]:
    """Verify the database whole, export it, verify the export."""
    from goodfaith.running.connecting import connect

    connect("owner")
    from goodfaith.ledger import export, verifier, verify

    runs, spent = [], []
    for _ in range(PAIRS):
        began, before = time.perf_counter(), (time.process_time(), _backend_seconds())
        report = verify.verify()
        runs.append(report.rows / (time.perf_counter() - began))
        spent = [time.process_time() - before[0], _backend_seconds() - before[1]]
    began = time.perf_counter()
    export.write(Path(file))
    written = time.perf_counter() - began
    began = time.perf_counter()
    alone = verifier.verify(Path(file))
    seconds = time.perf_counter() - began
    return {
        "rows": report.rows, "heads": report.heads, "findings": len(report.findings) + len(alone.findings),
        "per_second": statistics.median(runs), "all": runs, "export_seconds": written,
        "processor": [1e6 * one / report.rows for one in spent],
        "export_mib": Path(file).stat().st_size >> 20, "alone_per_second": alone.rows / seconds,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }  # fmt: skip


# -- one run ------------------------------------------------------------------------------------------------
def _stage(home: str, name: str, *given: object) -> Any:
    """Run one stage in a process of its own, in the installation in ``home``."""
    kept = {k: v for k, v in os.environ.items() if k not in {"GOODFAITH_FAST", "DATABASE_URL", "GOODFAITH_DB_ROLE"}}
    done = subprocess.run(
        [sys.executable, __file__, "--stage", name, *map(str, given)], stdout=subprocess.PIPE, check=True,
        env=kept | {"GOODFAITH_HOME": home, "DJANGO_SETTINGS_MODULE": "goodfaith.settings"},
    )  # fmt: skip
    return json.loads(done.stdout.decode().strip().splitlines()[-1])


def _verdict(good: bool, wrong: str) -> str:
    return "ok" if good else wrong


def run(rows: int, seconds: float) -> bool:
    """Measure and print; whether the limits hold. The database is removed whatever happens."""
    with tempfile.TemporaryDirectory() as home:
        try:
            print(f"{time.strftime('%H:%M:%S')} preparing …", flush=True)
            print(f"durability: {_stage(home, 'prepare')}", flush=True)
            appended = _stage(home, "append", seconds)
            good = _tell_appended(appended)
            print(f"{time.strftime('%H:%M:%S')} sealing, then filling to {rows:,} …", flush=True)
            good &= _tell_sealed(_stage(home, "seal", rows))
            print(f"{time.strftime('%H:%M:%S')} verifying …", flush=True)
            good &= _tell_verified(_stage(home, "verify", Path(home) / "export"), rows)
        finally:
            environment = os.environ | {"GOODFAITH_HOME": home}
            subprocess.run([sys.executable, "-m", "goodfaith.common.embedded"], env=environment, check=False)
    print(f"load {', '.join(f'{value:.1f}' for value in os.getloadavg())} on {os.cpu_count()} processors")
    return good


def _tell_appended(appended: dict[str, Any]) -> bool:
    for clients, figures in appended.items():
        print(
            f"{clients:>2} clients: appended {figures['appended']:,.0f}/s, bare INSERT {figures['bare']:,.0f}/s,"
            f" share {figures['share']:.2f}"
        )
    most = appended[str(CLIENTS[-1])]["appended"]
    good = most >= LEAST_APPENDED
    verdict = _verdict(good, "BELOW THE LIMIT")
    print(f"appended with {CLIENTS[-1]} clients {most:,.0f}/s (limit {LEAST_APPENDED:,}) {verdict}")
    return bool(good)


def _tell_sealed(sealed: dict[str, Any]) -> bool:
    good = sealed["seconds"] <= LONGEST_SEAL and sealed["peak_mib"] <= MOST_MEMORY and sealed["count"] == SEALED
    print(
        f"seal of {sealed['count']:,} entries: {sealed['seconds']:.1f} s (limit {LONGEST_SEAL:.0f} s), peak memory"
        f" {sealed['peak_mib']} MiB, {sealed['before_mib']} before (limit {MOST_MEMORY})",
        _verdict(good, "ABOVE THE LIMIT"),
    )
    return bool(good)


def _tell_verified(verified: dict[str, Any], rows: int) -> bool:
    rate = verified["per_second"]
    good = rate >= LEAST_VERIFIED and verified["rows"] >= rows and not verified["findings"]
    print(
        f"verified {verified['rows']:,} rows, {verified['heads']} heads, {verified['findings']} findings, peak"
        f" {verified['peak_mib']} MiB; runs {', '.join(f'{one:,.0f}' for one in verified['all'])} rows/s"
    )
    print(
        f"export {verified['export_mib']} MiB in {verified['export_seconds']:.1f} s; verified alone"
        f" {verified['alone_per_second']:,.0f} rows/s"
    )
    ours, server = verified["processor"]
    print(f"processor time a row: verifier {ours:.2f} µs, database {server:.2f} µs (a busy machine lowers the rate)")
    print(f"verification {rate:,.0f} rows/s (limit {LEAST_VERIFIED:,})", _verdict(good, "BELOW THE LIMIT"))
    return bool(good)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--stage", nargs="+")
    given = parser.parse_args()
    if not given.stage:
        sys.exit(0 if run(given.rows, given.seconds) else 1)
    name, *rest = given.stage
    stages = {
        "prepare": stage_prepare,
        "append": lambda: stage_append(float(rest[0])),
        "seal": lambda: stage_seal(int(rest[0])),
        "verify": lambda: stage_verify(rest[0]),
    }
    print(json.dumps(stages[name]()))


if __name__ == "__main__":
    main()
