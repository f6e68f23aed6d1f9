"""The watch over the logs finds what it is there to find."""

from __future__ import annotations

import logging

import pytest

from tests.city import ID_NUMBER, NAME
from tests.log_watch import WATCH, Watch, people_in


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"opened {ID_NUMBER}", True),
        (f"number={ID_NUMBER[:-1]}x,", True),
        (f"当事人{NAME}", True),
        ("entry 20261121003212345", False),
        ("530***********1234", False),
        ("91990101MA0000007H", False),
    ],
)
def test_it_knows_a_person_when_it_sees_one(line: str, found: bool) -> None:
    assert bool(people_in(line)) is found


def test_it_hears_every_logger_and_reads_arguments_and_tracebacks() -> None:
    watch, logger = Watch(), logging.getLogger("goodfaith.somewhere")
    logger.addHandler(watch)
    logger.propagate = False
    try:
        logger.warning("opened %s", ID_NUMBER)
        try:
            raise ValueError(NAME)
        except ValueError:
            logger.exception("broken")
    finally:
        logger.removeHandler(watch)
        logger.propagate = True
    assert len(watch.found) == 2
    assert WATCH in logging.getLogger().handlers
