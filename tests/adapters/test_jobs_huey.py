"""The worker does what it is asked for and keeps nobody waiting for somebody else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from consult.adapters.jobs_huey import HueyJobs
from consult.services.jobs import ACTIONS

SECONDS = 20


class Worker:
    """The queue's worker in threads of this process, without its clock."""

    def __init__(self, path: Path, actions: dict[str, Callable[[], object]]) -> None:
        self.jobs = HueyJobs(path)
        self.jobs._actions = actions
        self.threads: list[threading.Thread] = []

    def do(self, job: str) -> None:
        thread = threading.Thread(target=self.jobs._act, args=(job,))
        self.threads.append(thread)
        thread.start()

    def finish(self) -> None:
        for thread in self.threads:
            thread.join(SECONDS)
            assert not thread.is_alive()


def test_a_slow_mail_server_keeps_nobody_from_finding_what_was_written(tmp_path: Path) -> None:
    is_free, found = threading.Event(), threading.Event()
    worker = Worker(tmp_path / "jobs", {"mail": lambda: is_free.wait(SECONDS), "deliver": found.set})
    worker.do("mail")
    worker.do("deliver")
    assert found.wait(SECONDS)
    is_free.set()
    worker.finish()


def test_a_job_never_runs_twice_at_once_and_runs_again_when_asked_for_meanwhile(tmp_path: Path) -> None:
    is_begun, may_end = threading.Event(), threading.Event()
    running, most, runs = 0, 0, 0

    def act() -> None:
        nonlocal running, most, runs
        running += 1
        runs += 1
        most = max(most, running)
        is_begun.set()
        may_end.wait(SECONDS)
        running -= 1

    worker = Worker(tmp_path / "jobs", {"deliver": act})
    worker.do("deliver")
    assert is_begun.wait(SECONDS)
    for _ in range(5):
        worker.do("deliver")
    may_end.set()
    worker.finish()
    assert (most, runs) == (1, 2)


def test_a_job_that_failed_can_be_run_again(tmp_path: Path) -> None:
    def act() -> None:
        raise ZeroDivisionError

    worker = Worker(tmp_path / "jobs", {"deliver": act})
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            worker.jobs._act("deliver")


def test_asking_often_queues_each_job_once(tmp_path: Path) -> None:
    jobs = HueyJobs(tmp_path / "jobs")
    for _ in range(10):
        jobs.wake("mail")
        jobs.wake("deliver")
    assert sorted(task.args[0] for task in jobs._huey.pending()) == ["deliver", "mail"]


def test_the_worker_delivers_sends_keeps_up_and_says_that_it_is_there() -> None:
    assert set(ACTIONS) == {"deliver", "mail", "upkeep", "heartbeat"}


def test_waking_the_worker_does_not_wait_for_the_disk_and_leaves_the_queue_whole(tmp_path: Path) -> None:
    jobs = HueyJobs(tmp_path / "jobs")
    jobs.wake("deliver")
    kept = jobs._huey.storage.conn
    assert kept.execute("PRAGMA synchronous").fetchone() == (1,)  # flushed with the log, not with every call
    assert kept.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert [task.args for task in HueyJobs(tmp_path / "jobs")._huey.pending()] == [("deliver",)]
