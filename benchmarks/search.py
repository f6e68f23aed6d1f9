"""Search of organisations by a two-character part of the name over 300,000 invented organisations.

Prints median and p99 in milliseconds inside the program, and as a ratio to a plain SELECT by primary key
measured in the same run. Makes its own database beside the tests' one and keeps it for the next time.

    python benchmarks/search.py [--organisations 300000] [--searches 1000]
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodfaith.testing")
os.environ["GOODFAITH_TEST_DB"] = "bench_search"

BRANDS = "云岭示例青山绿水金禾瑞丰恒通达盛景华茂林海天宇星辰鸿远诚信永安康泰和顺嘉禾锦程博雅兴旺福源聚力创新明德正阳"
TRADES = [
    *("茶业", "建筑", "建材", "商贸", "科技", "农业", "物流", "餐饮", "旅游", "医药", "教育", "装饰", "园林", "机械"),
    *("电子", "纺织", "食品", "环保", "能源", "文化", "传媒", "矿业", "置业", "物业", "咨询", "劳务", "运输", "五金"),
]
ENDS = ["有限公司"] * 12 + [
    *("有限责任公司", "合伙企业（有限合伙）", "专业合作社", "经营部", "商店", "股份有限公司", "服务中心"),
]
PREFIX = {"专业合作社": "93", "经营部": "92", "商店": "92"}
AREAS = ["示例市", "示例市东城区", "示例市西城区", "示例市北山县", "示例省", ""]
COMMON = ["有限", "公司", "示例", "限公", "例市"]
BATCH = 50_000


def names(count: int, dice: random.Random) -> Iterator[tuple[str, str]]:
    for _ in range(count):
        brand = "".join(dice.choices(BRANDS, k=dice.choice((2, 2, 3, 4))))
        end = dice.choice(ENDS)
        yield dice.choice(AREAS) + brand + dice.choice(TRADES) + end, PREFIX.get(end, "91")


def code(serial: int, prefix: str) -> str:
    from goodfaith.subjects import organisation_codes as codes

    body = f"{serial:08d}"
    first17 = f"{prefix}990100{body}{codes.organisation_check_digit(body)}"
    return first17 + codes.uscc_check_digit(first17)


def fill(count: int) -> None:
    """Bring the organisations in the way a delivery does, and say how long that took."""
    import polars as pl
    from django.db import transaction

    from goodfaith.common import clock
    from goodfaith.common.acting import SYSTEM
    from goodfaith.subjects.models import Organisation
    from goodfaith.subjects.resolving import Resolver

    if Organisation.objects.count() >= count:
        return
    rows = [(name, code(n, prefix)) for n, (name, prefix) in enumerate(names(count, random.Random(7)))]
    frame = pl.DataFrame(rows, schema=["name", "uscc"], orient="row").with_columns(
        subject_kind=pl.lit("organisation")
    )
    start = time.perf_counter()
    with transaction.atomic():
        resolver = Resolver(acting=SYSTEM, at=clock.now())
        for batch in frame.iter_slices(BATCH):
            resolver.resolve(batch)
    print(f"{count:,} new organisations resolved and stored in {time.perf_counter() - start:.1f} s")


def settle() -> None:
    """What autovacuum does a minute after a load: statistics, and the index's pending entries put in place."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE subjects_organisation")


def timed(call: Callable[[str], object], arguments: Iterable[str]) -> list[float]:
    """Milliseconds of each call."""
    spent = []
    for argument in arguments:
        start = time.perf_counter()
        call(argument)
        spent.append((time.perf_counter() - start) * 1000)
    return spent


def report(label: str, spent: list[float], base: float) -> None:
    median, p99 = statistics.median(spent), statistics.quantiles(spent, n=100)[98]
    print(
        f"{label:<34} median {median:7.2f} ms  p99 {p99:7.2f} ms  max {max(spent):7.2f} ms"
        f"  ratio to SELECT by key {median / base:6.1f} (median) {p99 / base:6.1f} (p99)"
    )


def measure(searches: int) -> None:
    from goodfaith.common.crypto import plain_name
    from goodfaith.subjects import queries
    from goodfaith.subjects.models import Organisation

    dice = random.Random(11)
    stored = list(Organisation.objects.order_by("?").values_list("pk", "name", "uscc")[:searches])
    keys = [str(pk) for pk, _, _ in stored]
    plain = [plain_name(name) for _, name, _ in stored]
    pairs = [name[(at := dice.randrange(len(name) - 1)) : at + 2] for name in plain]
    brands = ["".join(dice.choices(BRANDS, k=2)) for _ in range(searches)]
    base = timed(lambda key: Organisation.objects.filter(pk=key).values_list("name").first(), keys)
    middle = statistics.median(base)
    report("SELECT by primary key", base, middle)
    for label, asked in (
        ("pairs as names have them", pairs),
        ("random pairs, many of them absent", brands),
        ("the commonest pairs", COMMON * 40),
        ("whole names", plain[: searches // 2]),
        ("credit codes", [uscc for _, _, uscc in stored[: searches // 2]]),
        ("first eight of a credit code", [uscc[:8] for _, _, uscc in stored[: searches // 5]]),
    ):
        report(label, timed(queries.search_organisations, asked), middle)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=300_000)
    parser.add_argument("--searches", type=int, default=1000)
    given = parser.parse_args()
    import django

    from goodfaith.common import embedded

    if not os.environ.get("DATABASE_URL"):
        embedded.ensure_running()
    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, keepdb=True, serialize=False)
    fill(given.organisations)
    settle()
    measure(given.searches)


if __name__ == "__main__":
    main()
