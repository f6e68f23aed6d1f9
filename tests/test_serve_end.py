"""What ``goodfaith serve`` says when one of its processes ends by itself."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from goodfaith.running import serve


@pytest.fixture
def own_signals() -> Iterator[None]:
    """``_wait`` takes SIGTERM over."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_serve_says_which_process_ended(own_signals: None, capsys: pytest.CaptureFixture[str]) -> None:
    """The pages stop with the server, and not without a word."""
    ended = subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])
    serve._wait([ended], [])
    said = capsys.readouterr().out
    assert "已退出（7）" in said and "-c raise SystemExit(7)" in said


def test_a_worker_that_ends_is_started_again(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker ends when the database goes away for a moment; the pages need not."""
    monkeypatch.setattr(serve.Kept, "SHORTEST", 0.0)
    kept = serve.Kept([sys.executable, "-c", "raise SystemExit(7)"], "jobs", "后台作业进程")
    first = kept.process
    first.wait(10)
    kept.look()
    kept.look()
    assert "后台作业进程已退出（7）" in capsys.readouterr().out
    assert kept.process.pid != first.pid
    kept.process.wait(10)
