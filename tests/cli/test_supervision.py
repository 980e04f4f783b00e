"""The parent of the web server and the worker: one life, no orphans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PARENT = """
    import os, sys
    from pathlib import Path
    from consult.cli import supervision

    supervision.SHORTEST_PAUSE = 0.2
    supervision.SECONDS_TO_STOP = 1.0
    web, worker = sys.argv[1:]
    supervisor = supervision.Supervisor(
        web=(sys.executable, "-c", web),
        worker=(sys.executable, "-c", worker),
        folder=Path.cwd(),
        environment=os.environ,
        is_ready=lambda: Path("web.pid").exists() and Path("worker.pid").exists(),
        say=lambda: print("ready", flush=True),
    )
    sys.exit(supervisor.run())
"""

LIVES = """
import os, pathlib, time
pathlib.Path("{name}.pid").open("a").write(f"{{os.getpid()}}\\n")
time.sleep(60)
"""

WEB, WORKER = LIVES.format(name="web"), LIVES.format(name="worker")

STUBBORN_WITH_A_CHILD = """
import os, pathlib, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path("web.pid").write_text(f"{os.getpid()}\\n{child.pid}\\n")
time.sleep(60)
"""

DIES_AT_ONCE_THE_FIRST_TIME = """
import os, pathlib, sys, time
pids = pathlib.Path("worker.pid")
pids.open("a").write(f"{os.getpid()}\\n")
if len(pids.read_text().split()) == 1:
    sys.exit(3)
time.sleep(60)
"""


Start = Callable[[str, str], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """A function that starts a parent with the given web server and worker, as Python source."""
    parents: list[subprocess.Popen[str]] = []

    def run(web: str, worker: str) -> subprocess.Popen[str]:
        root = Path(__file__).resolve().parents[2]
        parent = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(PARENT), web, worker],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        parents.append(parent)
        return parent

    yield run
    for parent in parents:
        parent.kill()
        parent.communicate()


def children(folder: Path) -> list[int]:
    return [int(pid) for name in ("web", "worker") for pid in (folder / f"{name}.pid").read_text().split()]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(condition: Callable[[], bool], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_being_asked_to_stop_ends_both_children_and_succeeds(
    start: Start, tmp_path: Path, asked: signal.Signals
) -> None:
    parent = start(WEB, WORKER)
    assert parent.stdout
    assert parent.stdout.readline() == "ready\n"
    parent.send_signal(asked)
    assert parent.wait(15) == 0
    assert not any(map(is_running, children(tmp_path)))


def test_a_child_that_will_not_stop_is_ended_with_all_it_started(start: Start, tmp_path: Path) -> None:
    parent = start(STUBBORN_WITH_A_CHILD, WORKER)
    assert parent.stdout
    assert parent.stdout.readline() == "ready\n"
    parent.terminate()
    assert parent.wait(15) == 0
    assert len(children(tmp_path)) == 3
    wait_until(lambda: not any(map(is_running, children(tmp_path))))


def test_a_worker_that_ends_is_started_again(start: Start, tmp_path: Path) -> None:
    start(WEB, DIES_AT_ONCE_THE_FIRST_TIME)
    worker = tmp_path / "worker.pid"
    wait_until(lambda: worker.exists() and len(worker.read_text().split()) == 2)
    assert is_running(int(worker.read_text().split()[1]))


def test_when_the_web_server_ends_so_does_everything_and_the_command_fails(
    start: Start, tmp_path: Path
) -> None:
    parent = start("import sys, time; time.sleep(1); sys.exit(7)", WORKER)
    _, said = parent.communicate(timeout=15)
    assert parent.returncode == 1
    assert "The web server ended (status 7)" in said
    assert not is_running(int((tmp_path / "worker.pid").read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent vanished")
def test_children_end_when_the_parent_is_killed(start: Start, tmp_path: Path) -> None:
    parent = start(WEB, WORKER)
    assert parent.stdout
    assert parent.stdout.readline() == "ready\n"
    parent.kill()
    wait_until(lambda: not any(map(is_running, children(tmp_path))))
