"""Forty accounts asleep for three months, and a machine that dies again and again while it bills."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.books import account, book, plan, retainer
from tests.cli.conftest import Shell

ACCOUNTS = 40
PERIODS = 4  # January to April, in advance
KILLS = 25
BILL = [sys.executable, "-m", "retainerdesk", "--as-of", "2026-04-01", "bill"]


def kill_a_run_after(shell: Shell, seconds: float) -> None:
    command = [
        sys.executable,
        "-m",
        "retainerdesk",
        "--book",
        str(shell.book),
        "--as-of",
        "2026-04-01",
        "bill",
    ]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ})
    try:
        run.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)
        run.wait()


def seconds_of_a_run(shell: Shell) -> float:
    """How long starting up takes here, so that the kills fall where the work is done."""
    started = time.monotonic()
    subprocess.run(
        [*BILL[:3], "--book", str(shell.book), *BILL[3:], "--dry-run"],
        check=True, capture_output=True,
    )  # fmt: skip
    return time.monotonic() - started


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_each_period_is_invoiced_once_however_often_the_run_is_killed(shell: Shell, tmp_path: Path) -> None:
    """40 accounts × 4 monthly fees in advance (1 January to 1 April) = 160 charges, numbers 1..160."""
    terms = plan("2026-01-01", "1000.00")
    accounts = [account(f"a{i:02}", retainer("r", "2026-01-01", terms)) for i in range(ACCOUNTS)]
    shell.ok("import", shell.write("b.json", book(*accounts)))
    base = seconds_of_a_run(shell)
    chance = random.Random(7)
    killed_with_work_left = 0
    for _ in range(KILLS):
        kill_a_run_after(shell, base * chance.uniform(0.6, 1.3))
        left = shell.ok("bill", "--dry-run", "--json", as_of="2026-04-01").json["proposed"]
        killed_with_work_left += bool(left)
    shell.ok("bill", as_of="2026-04-01")
    assert shell.ok("bill", "--json", as_of="2026-04-01").json["proposed"] == []
    invoices = shell.ok("invoices", "--json", as_of="2026-04-01").json["invoices"]
    assert sorted(each["number"] for each in invoices) == [
        f"2026-{n:04}" for n in range(1, ACCOUNTS * PERIODS + 1)
    ]
    shell.ok("check", as_of="2026-04-01")
    shell.ok("export", str(tmp_path / "one.json"))
    services = [(each["account"], each["number"]) for each in invoices]
    assert len(set(services)) == ACCOUNTS * PERIODS
    assert killed_with_work_left > 0, "no kill fell into the run: this machine needs other moments"
    shell.book = tmp_path / "again.retainerdesk"
    shell.ok("import", str(tmp_path / "one.json"))
    shell.ok("export", str(tmp_path / "two.json"))
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
