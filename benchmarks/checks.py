"""The check through the real server with everything on (entries, messages, the sealer, the worker), on one machine:

a. as a share of pgbench running the same SQL (16 clients, synchronous_commit=on). Limit: at least 0.25.
b. against the same endpoint reading by a plain SELECT without the gate. Limit: at least two thirds.
c. "who saw me" for a person with 500 looks in a ledger of 5,000,000 entries. Limit: under 50 ms.

The rates of a and b are taken in turn, in rounds; printed are medians and ratios. ``--no-ledger`` leaves c out.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHARE, THROUGH, WAIT_MS = 0.25, 2 / 3, 50.0
CLIENTS, SECONDS, ROUNDS, MANY, FILES = 16, 5.0, 3, 400, 100
MATTER, PURPOSE = "government_procurement", "purpose:procurement_check"
CLIENT = "demo-approvals"
ENTRIES, LOOKS, TIMES = 5_000_000, 500, 20


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait(port: int, seconds: float = 300) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the server did not start")


def serve(port: int) -> subprocess.Popen[bytes]:
    """``goodfaith serve --demo``, as a user would start it: database, web server, worker, sealer."""
    command = [sys.executable, "-m", "goodfaith.cli", "serve", "--demo", "--port", str(port)]
    given = {name: value for name, value in os.environ.items() if name != "GOODFAITH_DB_ROLE"}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, env=given)


def serve_plain(port: int) -> subprocess.Popen[bytes]:
    """The same web server with the same number of workers and threads, without the gate."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2",
        "--blocking-threads", "8", "--backpressure", "64", "--no-ws", "--log-level", "error",
        "_checks_app:application",
    ]  # fmt: skip
    return subprocess.Popen(command, cwd=HERE)


def token() -> str:
    """A token of the demo's approval system; how it is asked for costs nothing here."""
    from oauth2_provider.models import AccessToken, Application

    from goodfaith.common import clock

    made = secrets.token_urlsafe(24)
    AccessToken.objects.create(
        application=Application.objects.get(client_id=CLIENT), token=made, scope=PURPOSE,
        expires=clock.now() + dt.timedelta(hours=3),
    )  # fmt: skip
    return made


def asked() -> list[tuple[str, str]]:
    """(name, code) of organisations, with and without measures, in no order."""
    from goodfaith.subjects.models import Organisation

    found = Organisation.objects.exclude(uscc=None).order_by("?").values_list("name", "uscc")[:MANY]
    return [(name, str(uscc)) for name, uscc in found]


def requests(bearer: str, subjects: list[tuple[str, str]]) -> list[str]:
    """Whole HTTP requests, ready to be sent."""
    made = []
    for name, number in subjects:
        body = {"subject": {"kind": "uscc", "number": number}, "name": name, "matter": MATTER, "case_no": "bench"}
        text = json.dumps(body)
        head = f"POST /api/checks HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {bearer}\r\n"
        made.append(f"{head}Content-Type: application/json\r\nContent-Length: {len(text.encode())}\r\n\r\n{text}")
    return made


def http(port: int, wanted: Path, seconds: float = SECONDS) -> float:
    """Answers per second, asked by a process of its own over 16 kept connections."""
    command = [sys.executable, str(HERE / "_driver.py"), str(port), str(wanted), str(CLIENTS), str(seconds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    if not float(done.stdout):
        raise SystemExit(f"no good answer came: {done.stderr[:600]}")
    return float(done.stdout)


def scripts(folder: Path, subjects: list[tuple[str, str]]) -> list[Path]:
    """The statement of the check, once for each subject, with the parameters that the program would send."""
    from goodfaith.gate import asking, calling
    from goodfaith.gate.handles import CheckRow

    made = []
    for number, (name, code) in enumerate(subjects[:FILES]):
        kind, key, _, plain, *_ = calling.asked(CheckRow(("uscc", code), name))
        values = ["machine", CLIENT, MATTER, "bench", kind, "\\x" + key.hex()]
        texts = [f"'{value}'" for value in values] + ["NULL", "'" + str(plain).replace("'", "''") + "'", "NULL", "NULL"]
        texts[5] += "::bytea"
        path = folder / f"{number}.sql"
        path.write_text(f"SELECT {asking.COLUMNS} FROM gate.check({', '.join(texts)});\n")
        made.append(path)
    return made


def pgbench(files: list[Path], seconds: float = SECONDS) -> float:
    """Transactions per second of the same statement in the web's role, prepared, on kept connections."""
    from django.db import connection

    from goodfaith.common import embedded
    from goodfaith.common.home import database_passwords, role_name

    given = connection.settings_dict
    command = [
        str(embedded.binaries() / "pgbench"), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2",
        "-T", str(int(seconds)), "-h", str(given["HOST"]), "-U", role_name("web"),
        *(part for path in files for part in ("-f", str(path))), str(given["NAME"]),
    ]  # fmt: skip
    secret = {"PGPASSWORD": database_passwords()["web"], "PGOPTIONS": "-c synchronous_commit=on"}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **secret}).stdout
    return float(next(line for line in said.splitlines() if line.startswith("tps = ")).split()[2])


def rates(port: int, plain_port: int) -> bool:
    """Print a and b; whether both are within their limits."""
    subjects = asked()
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requests.json"
        wanted.write_text(json.dumps(requests(token(), subjects)))
        files = scripts(Path(folder), subjects)
        for warm in (port, plain_port):
            http(warm, wanted, 2)
        rounds = [(pgbench(files), http(port, wanted), http(plain_port, wanted)) for _ in range(ROUNDS)]
    bare, through, plain = (statistics.median(column) for column in zip(*rounds, strict=True))
    share = statistics.median(gate / base for base, gate, _ in rounds)
    kept = statistics.median(gate / without for _, gate, without in rounds)
    says = f"check: pgbench {bare:.0f}/s, server {through:.0f}/s, share {share:.2f}"
    print(f"{says} (limit {SHARE:.2f}) {_says(share >= SHARE)}")
    print(
        f"check: without the gate {plain:.0f}/s, through it {through:.0f}/s, ratio {kept:.2f}"
        f" (limit {THROUGH:.2f}) {_says(kept >= THROUGH)}"
    )
    return share >= SHARE and kept >= THROUGH


def _says(good: bool) -> str:
    return "ok" if good else "BELOW THE LIMIT"


FILL = """
INSERT INTO ledger_entry (at, actor_kind, actor_id, actor_name, unit, subject_id, subject_kind, purpose, matter,
                          case_no, outcome, records, salt, commitment)
SELECT now() - n * interval '6 seconds', 'officer', (n %% 400)::text, 'bench', 'market_regulation',
       CASE WHEN n %% %s = 0 THEN %s ELSE md5((n %% 300000)::text)::uuid END, 'person', 'procurement_check', %s,
       'bench', 'answered', 0, '\\x00', sha256(n::text::bytea)
FROM generate_series(1, %s) n
"""


def who_saw_me() -> bool:
    """Print c; whether it is within its limit. Read through the gate in the web's role, decoded."""
    from django.db import connection

    from goodfaith.common.roles import WEB
    from goodfaith.gate import queries
    from goodfaith.ledger.models import Entry
    from goodfaith.parties.models import User

    user = User.objects.filter(kind="citizen").exclude(subject_id=None).first()
    assert user is not None and user.subject_id is not None
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(FILL, [ENTRIES // LOOKS, user.subject_id, MATTER, ENTRIES])
        cursor.execute("VACUUM ANALYZE ledger_entry")
        print(f"ledger: {Entry.objects.count():,} entries, filled in {time.perf_counter() - began:.0f} s")
        cursor.execute(f"SET ROLE {WEB}")
    times = [_timed(lambda: queries.my_entries(user.acting, limit=LOOKS)) for _ in range(TIMES)]
    waits, looks = statistics.median(one for one, _ in times), times[-1][1]
    assert looks >= LOOKS
    good = waits < WAIT_MS
    print(f"who saw me: {looks} looks in {waits:.1f} ms (limit {WAIT_MS:.0f} ms) {'ok' if good else 'ABOVE THE LIMIT'}")
    return good


def _timed(act: Any) -> tuple[float, int]:
    began = time.perf_counter()
    found = len(act())
    return (time.perf_counter() - began) * 1000, found


def main() -> int:
    os.environ.setdefault("GOODFAITH_HOME", tempfile.mkdtemp(prefix="goodfaith-bench-"))
    port, plain_port = free_port(), free_port()
    server = serve(port)
    others: list[subprocess.Popen[bytes]] = []
    try:
        wait(port)
        from goodfaith.running.connecting import connect

        connect("owner")
        others.append(serve_plain(plain_port))
        wait(plain_port)
        good = rates(port, plain_port)
        return 0 if ("--no-ledger" in sys.argv or who_saw_me()) and good else 1
    finally:
        for process in (*others, server):
            process.send_signal(signal.SIGTERM)
            process.wait(40)


if __name__ == "__main__":
    sys.exit(main())
