"""Intake of 1,000,000 penalty rows against a bare COPY of the same record rows, in one run on one machine.

(a) the commit of a delivery as the worker runs it: unseal and unzip the file, read it, all checks, subject
    resolution (300,000 distinct subjects, all new), sealing, digests, display periods, COPY, commit;
(b) COPY of exactly the rows that (a) made into the same table, emptied, with the same indexes, foreign keys
    and constraints, in one transaction.
Prints b/a (limit: at least 0.40) and the peak memory of the process that ran (a) (limit: 2 GiB). Receiving
and the check before the commit are measured too and printed beside.

    python benchmarks/intake.py [--rows 1000000] [--subjects 300000] [--profile]

Exit code 1 when a limit is broken. It removes its database at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.testing")
os.environ.setdefault("GOODFAITH_TEST_DB", "bench_intake")
ITEM, UNIT, UNIT_NAME = "licensing.administrative_penalty", "bench", "示例市市场监督管理局"
PERSONS = 0.15
LIMIT, MEMORY = 0.40, 2.0
BATCH = 100_000


# -- the file ---------------------------------------------------------------------------------------------
def make(path: Path, rows: int, subjects: int) -> None:
    """Invented penalties: 30 columns, skewed over the subjects as life is, all numbers with right check digits."""
    import numpy as np
    import polars as pl

    from goodfaith.demo import numbers

    rng = np.random.default_rng(7)
    people = int(subjects * PERSONS)
    firms = subjects - people
    area = lambda n: pl.Series(["990101"]).new_from_index(0, n)  # noqa: E731
    serial = np.arange(firms, dtype=np.int64)
    codes = numbers.usccs(pl.Series(["91"]).new_from_index(0, firms), area(firms), serial)
    born = pl.Series(np.datetime64("1960-01-01") + np.arange(people) // 900)
    ids = numbers.id_numbers(area(people), born, np.arange(people, dtype=np.int64) % 900)
    unit = numbers.usccs(pl.Series(["11"]), area(1), np.array([999_999], dtype=np.int64))[0]
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("penalties.csv", "w", force_zip64=True) as out,
    ):
        for start in range(0, rows, BATCH):
            n = min(BATCH, rows - start)
            part = _rows(pl, np, rng, start, n, codes, ids, unit)
            out.write(part.write_csv(include_header=start == 0).encode())


def _rows(pl: Any, np: Any, rng: Any, start: int, n: int, codes: Any, ids: Any, unit: str) -> Any:
    number = np.arange(start, start + n)
    person = rng.random(n) < PERSONS
    firm = _skewed(np, rng, n, len(codes))
    human = _skewed(np, rng, n, len(ids))
    days = pl.Series(np.datetime64("2019-01-01") + rng.integers(0, 2800, n))
    fines = np.round(rng.lognormal(0, 1.2, n), 2)
    frame = pl.DataFrame({"n": number, "person": person, "firm": firm, "human": human, "day": days, "fine": fines})
    code, id_number = pl.Series(codes.gather(firm)), pl.Series(ids.gather(human))
    blank = pl.lit(None, dtype=pl.String)
    fine = pl.col("fine").cast(pl.String)
    org = lambda expr: pl.when(~pl.col("person")).then(expr)  # noqa: E731
    man = lambda expr: pl.when(pl.col("person")).then(expr)  # noqa: E731
    firm_name = pl.concat_str(pl.lit("示例市第"), pl.col("firm"), pl.lit("号商贸有限公司"))
    return frame.select(
        pl.when("person").then(pl.concat_str(pl.lit("赵示"), pl.col("human"))).otherwise(firm_name).alias("CF_XDR_MC"),
        pl.when("person").then(pl.lit("自然人")).otherwise(pl.lit("法人及非法人组织")).alias("CF_XDR_LB"),
        org(code).alias("CF_XDR_SHXYM"),
        *(blank.alias(f"CF_XDR_{tail}") for tail in ("GSZC", "ZZJG", "SWDJ", "SYDW", "SHZZ")),
        org(pl.concat_str(pl.lit("钱示"), pl.col("firm") % 5000)).alias("CF_FRDB"),
        blank.alias("CF_FR_ZJLX"),
        blank.alias("CF_FR_ZJHM"),
        man(pl.lit("身份证")).alias("CF_XDR_ZJLX"),
        man(id_number).alias("CF_XDR_ZJHM"),
        pl.concat_str(pl.lit("示市监处罚〔"), pl.col("day").dt.year(), pl.lit("〕"), pl.col("n"), pl.lit("号")).alias(
            "CF_WSH"
        ),
        pl.lit("违反广告管理规定").alias("CF_WFXW"),
        pl.concat_str(pl.lit("当事人于经营期间发布内容不实的广告，经查证属实，案件编号"), pl.col("n")).alias("CF_SY"),
        pl.lit("《中华人民共和国广告法》第五十五条第一款").alias("CF_YJ"),
        pl.lit("罚款").alias("CF_CFLB"),
        pl.concat_str(pl.lit("责令停止发布广告，处罚款"), fine, pl.lit("万元")).alias("CF_NR"),
        fine.alias("CF_NR_FK"),
        blank.alias("CF_NR_WFFF"),
        blank.alias("CF_NR_ZKDX"),
        pl.col("day").dt.to_string("%Y/%m/%d").alias("CF_JDRQ"),
        pl.lit("2099/12/31").alias("CF_YXQ"),
        pl.col("day").dt.offset_by("3y").dt.to_string("%Y-%m-%d").alias("CF_GSJZQ"),
        pl.lit(UNIT_NAME).alias("CF_CFJG"),
        pl.lit(unit).alias("CF_CFJGDM"),
        pl.lit(UNIT_NAME).alias("CF_SJLY"),
        pl.lit(unit).alias("CF_SJLYDM"),
        blank.alias("BZ"),
    )


def _skewed(np: Any, rng: Any, n: int, many: int) -> Any:
    """Half of the rows fall evenly, half on few: some subjects have very many records, most have one to three."""
    even, few = rng.integers(0, many, n), (many * rng.random(n) ** 4).astype(np.int64)
    return np.where(rng.random(n) < 0.5, even, few)


# -- the database -----------------------------------------------------------------------------------------
def prepare() -> None:
    """A fresh database with the roles and the catalogue."""
    _django()
    from django.conf import settings
    from django.db import connection

    from goodfaith.common import clock, roles
    from goodfaith.common.acting import SYSTEM
    from goodfaith.law.actions import do_load_packs
    from goodfaith.parties.models import Unit, UnitItem

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    roles.apply()
    do_load_packs(acting=SYSTEM, at=clock.now(), directory=settings.PACKS_DIR)
    Unit.objects.create(code=UNIT, name=UNIT_NAME, short_name="市监局", kind="department")
    UnitItem.objects.create(unit_id=UNIT, item_code=ITEM)


def drop() -> None:
    """Remove the database; it holds some gigabytes."""
    _django()
    from django.db import connection

    connection.creation._destroy_test_db(os.environ["GOODFAITH_TEST_DB"], verbosity=0)


def _django(database: str | None = None) -> None:
    from goodfaith.common import embedded

    if not os.environ.get("DATABASE_URL"):
        embedded.ensure_running()
    import django

    django.setup()
    if database:
        from django.db import connection

        connection.settings_dict["NAME"] = database


class Spent:
    """Seconds on the clock, of our own processor time and of the database's, since it was made."""

    def __init__(self) -> None:
        self._from = self._now()

    @staticmethod
    def _now() -> tuple[float, float, float]:
        from django.db import connection

        connection.ensure_connection()
        stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
        ticks = stat.read_text().rsplit(")", 1)[1].split()[11:13] if stat.exists() else ("0", "0")
        server = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        return time.perf_counter(), time.process_time(), server

    def told(self) -> dict[str, float]:
        names, now = ("seconds", "our_cpu", "database_cpu"), self._now()
        return {name: round(b - a, 2) for name, a, b in zip(names, self._from, now, strict=True)}


def intake(path: Path, profile: bool) -> dict[str, Any]:
    """Receive, check and commit; seconds of each and the peak memory (GiB)."""
    _django(os.environ["GOODFAITH_TEST_DB"])
    from goodfaith.common import clock
    from goodfaith.common.acting import SYSTEM
    from goodfaith.intake import actions, work

    times: dict[str, Any] = {}

    def timed(name: str, step: Any, *given: Any, **more: Any) -> Any:
        begun = time.perf_counter()
        result = step(*given, acting=SYSTEM, at=clock.now(), **more)
        times[name] = round(time.perf_counter() - begun, 2)
        return result

    with path.open("rb") as data:
        delivery = timed(
            "receive",
            actions.do_receive,
            item=ITEM,
            unit=UNIT,
            filename=path.name,
            data=data,
            channel="command",
            defer=False,
        )
    timed("read", work.do_read, delivery.pk, defer=False)
    delivery.refresh_from_db()
    actions.do_confirm_mapping(
        acting=SYSTEM,
        at=clock.now(),
        delivery_id=delivery.pk,
        edition=delivery.edition,
        mapping=delivery.mapping,
        defer=False,
    )
    if os.environ.get("BENCH_SKIP_CHECK"):
        type(delivery).objects.filter(pk=delivery.pk).update(state="checked", good=1)
    else:
        timed("check", work.do_check, delivery.pk, defer=False)
    actions.do_commit(acting=SYSTEM, at=clock.now(), delivery_id=delivery.pk, take="good", defer=False)
    if profile:
        import cProfile
        import pstats

        profiler = cProfile.Profile()
        profiler.enable()
    spent = Spent()
    timed("commit", work.do_commit_rows, delivery.pk)
    times["cpu"] = spent.told()
    if profile:
        profiler.disable()
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("cumtime").print_stats(70)
    delivery.refresh_from_db()
    counts = {name: getattr(delivery, name) for name in ("rows", "added", "revised", "refused", "repeated")}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {**times, **counts, "summary": delivery.summary.get("codes"), "peak_gib": round(peak, 2)}


def bare_copy() -> dict[str, Any]:
    """COPY of the rows that are there into the same table, emptied."""
    _django(os.environ["GOODFAITH_TEST_DB"])
    from django.db import connection, transaction

    with tempfile.TemporaryFile() as file, connection.cursor() as cursor:
        with cursor.copy("COPY records_record TO STDOUT") as out:
            for piece in out:
                file.write(piece)
        size = file.tell()
        cursor.execute("TRUNCATE records_record")
        cursor.execute("CHECKPOINT")
        file.seek(0)
        spent = Spent()
        with transaction.atomic(), cursor.copy("COPY records_record FROM STDIN") as copy:
            while piece := file.read(2**20):
                copy.write(piece)
        cpu = spent.told()
        cursor.execute("SELECT count(*) FROM records_record")
        return {"copy": cpu["seconds"], "cpu": cpu, "rows": cursor.fetchone()[0], "mib": size >> 20}


# -- one run ----------------------------------------------------------------------------------------------
def _stage(name: str, *given: str) -> dict[str, Any]:
    """Run one stage in a process of its own, so that its memory is its own."""
    done = subprocess.run([sys.executable, __file__, "--stage", name, *given], stdout=subprocess.PIPE, check=True)
    lines = done.stdout.decode().strip().splitlines()
    result: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    return result


def run(rows: int, subjects: int, profile: bool) -> bool:
    """Make, measure, print; whether the limits hold. The database is removed whatever happens."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "penalties.zip"
        print(f"{time.strftime('%H:%M:%S')} making {rows:,} rows over {subjects:,} subjects …", flush=True)
        _stage("make", str(path), str(rows), str(subjects))
        try:
            _stage("prepare")
            print(f"{time.strftime('%H:%M:%S')} file {path.stat().st_size >> 20} MiB zipped; intake …", flush=True)
            ours = _stage("intake", str(path), "profile" if profile else "")
            print(f"{time.strftime('%H:%M:%S')} {ours}; bare COPY …", flush=True)
            bare = _stage("copy")
        finally:
            _stage("drop")
    return report(ours, bare, rows)


def report(ours: dict[str, Any], bare: dict[str, Any], rows: int) -> bool:
    """Print the figures; whether the limits hold and every row went in."""
    ratio, peak = bare["copy"] / ours["commit"], ours["peak_gib"]
    whole = ours["added"] == bare["rows"] == rows
    print(f"intake of {ours['added']:,} rows: {ours['commit']} s ({ours['added'] / ours['commit']:,.0f} rows/s)")
    print(f"bare COPY of {bare['rows']:,} rows ({bare['mib']} MiB): {bare['copy']} s")
    print(f"processor seconds: intake {ours['cpu']}, bare COPY {bare['cpu']} (a busy machine lowers the ratio)")
    print(f"load {', '.join(f'{value:.1f}' for value in os.getloadavg())} on {os.cpu_count()} processors")
    if not whole:
        print(f"NOT ALL ROWS: {rows:,} were given")
    print(f"peak memory {peak} GiB (limit {MEMORY}) {'ok' if peak < MEMORY else 'ABOVE THE LIMIT'}")
    print(f"intake/COPY ratio {ratio:.2f} (limit {LIMIT:.2f}) {'ok' if ratio >= LIMIT else 'BELOW THE LIMIT'}")
    return whole and ratio >= LIMIT and peak < MEMORY


def stage(name: str, given: list[str]) -> None:
    """One stage; prints its result as JSON."""
    result: dict[str, Any] = {}
    if name == "make":
        make(Path(given[0]), int(given[1]), int(given[2]))
    elif name == "prepare":
        prepare()
    elif name == "intake":
        result = intake(Path(given[0]), given[1] == "profile")
    elif name == "copy":
        result = bare_copy()
    elif name == "drop":
        drop()
    print(json.dumps(result, ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--subjects", type=int, default=300_000)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--stage", nargs="+")
    arguments = parser.parse_args()
    if arguments.stage:
        stage(arguments.stage[0], arguments.stage[1:])
    else:
        sys.exit(0 if run(arguments.rows, arguments.subjects, arguments.profile) else 1)


if __name__ == "__main__":
    main()
