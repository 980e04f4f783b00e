"""What only an index in files can suffer: kills, damage, locks, other versions, other processes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from consult.adapters.polish import PolishAnalyser
from consult.adapters.search_whoosh import WhooshSearch
from consult.ports.search import SearchQuery, SearchRecord, SearchUnavailable

REPOSITORY = Path(__file__).resolve().parents[2]


class OtherAnalyser(PolishAnalyser):
    version = "another"


def record(number: int, body: str = "Zieleń miejska") -> SearchRecord:
    return SearchRecord(f"c{number}", "comment", f"{body} numer {number}", document_id="d1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> WhooshSearch:
    index = WhooshSearch(folder, PolishAnalyser(), wait_seconds=0.2)
    index.clear()
    index.write([record(n) for n in range(20)], watermark=20)
    return index


def refused(act: object) -> str:
    with pytest.raises(SearchUnavailable) as caught:
        act()  # type: ignore[operator]
    return caught.value.reason


def find(index: WhooshSearch, words: str = "zieleń") -> set[str]:
    return {hit.ref for hit in index.find(SearchQuery(words)).hits}


class TestWithoutAnIndex:
    def test_every_question_is_answered_with_missing(self, folder: Path) -> None:
        index = WhooshSearch(folder, PolishAnalyser())
        for ask in (lambda: find(index), index.watermark, index.count, lambda: index.write([], watermark=1)):
            assert refused(ask) == "missing"
        assert not folder.exists()

    def test_a_rebuild_makes_one(self, folder: Path) -> None:
        index = WhooshSearch(folder, PolishAnalyser())
        index.rebuild([[record(1)]], watermark=3)
        assert find(index) == {"c1"}


class TestVersions:
    def test_an_index_of_another_analyser_is_outdated_until_rebuilt(
        self, index: WhooshSearch, folder: Path
    ) -> None:
        other = WhooshSearch(folder, OtherAnalyser())
        assert refused(lambda: find(other)) == "outdated"
        assert refused(lambda: other.write([record(1)], watermark=1)) == "outdated"
        other.rebuild([[record(1)]], watermark=1)
        assert find(other) == {"c1"}
        assert refused(lambda: find(index)) == "outdated"


class TestDamage:
    def test_a_damaged_index_is_broken_or_true_but_never_a_crash(
        self, index: WhooshSearch, folder: Path
    ) -> None:
        truth = find(index)
        dice = random.Random(5)
        files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]
        answers: set[str] = set()
        for _ in range(60):
            victim = dice.choice(files)
            whole = victim.read_bytes()
            start = dice.randrange(len(whole))
            spoilt = dice.choice(
                [
                    whole[:start],
                    whole[:start] + bytes(40) + whole[start + 40 :],
                    b"",
                    whole[start:] + whole[:start],
                ]
            )
            victim.unlink()
            victim.write_bytes(spoilt)
            try:
                reader = WhooshSearch(folder, PolishAnalyser())
                reader.watermark()
                answers.add("true" if find(reader) == truth else "partial")
            except SearchUnavailable as error:
                answers.add(error.reason)
            victim.unlink()
            victim.write_bytes(whole)
        assert "broken" in answers
        assert find(WhooshSearch(folder, PolishAnalyser())) == truth

    def test_lost_files_are_broken_and_a_rebuild_heals(self, index: WhooshSearch, folder: Path) -> None:
        for path in folder.glob("g*/*"):
            path.unlink()
        fresh = WhooshSearch(folder, PolishAnalyser())
        assert refused(lambda: find(fresh)) == "broken"
        fresh.rebuild([[record(1)]], watermark=1)
        assert find(fresh) == {"c1"}
        assert find(index) == {"c1"}

    @pytest.mark.parametrize("told", ["", "{", "[]", '{"folder": 1}', '{"folder": "../..", "version": "x"}'])
    def test_a_spoilt_pointer_is_reported(self, index: WhooshSearch, folder: Path, told: str) -> None:
        (folder / "current").write_text(told)
        assert refused(lambda: find(index)) in {"broken", "outdated"}
        index.clear()
        assert index.count() == 0


class TestOneWriter:
    def test_a_second_writer_is_told_that_the_index_is_locked(
        self, index: WhooshSearch, folder: Path
    ) -> None:
        second = WhooshSearch(folder, PolishAnalyser(), wait_seconds=0.1)
        outcome: list[str] = []

        def batches() -> object:
            outcome.append(refused(lambda: second.write([record(99)], watermark=99)))
            outcome.extend(sorted(find(second))[:1])
            yield [record(1)]

        index.rebuild(batches(), watermark=1)  # type: ignore[arg-type]
        assert outcome == ["locked", "c0"]

    def test_a_failed_write_changes_nothing_and_leaves_no_lock(self, index: WhooshSearch) -> None:
        broken = SearchRecord("bad", "comment", None)  # type: ignore[arg-type]
        with pytest.raises(TypeError):
            index.write([record(50), broken], removed=["c0"], watermark=50)
        assert (index.count(), index.watermark()) == (20, 20)
        index.write([record(50)], watermark=50)
        assert (index.count(), index.watermark()) == (21, 50)


class TestOtherReaders:
    def test_a_reader_sees_each_commit_and_each_rebuild(self, index: WhooshSearch, folder: Path) -> None:
        reader = WhooshSearch(folder, PolishAnalyser())
        assert len(find(reader)) == 20
        index.write([record(20)], removed=["c0", "c1"], watermark=21)
        assert (len(find(reader)), reader.watermark()) == (19, 21)
        index.rebuild([[record(7)]], watermark=30)
        assert (find(reader), reader.watermark()) == ({"c7"}, 30)

    def test_only_the_living_generation_stays_on_disk(self, index: WhooshSearch, folder: Path) -> None:
        for watermark in range(3):
            index.rebuild([[record(1)]], watermark=watermark)
        assert len(list(folder.glob("g*"))) == 1

    def test_many_small_writes_leave_few_segments(self, index: WhooshSearch, folder: Path) -> None:
        for n in range(40):
            index.write([record(n, "Cisza nocna")], watermark=100 + n)
        assert len(list(folder.glob("g*/*.seg"))) <= 6
        assert find(index, "cisza") == {f"c{n}" for n in range(40)}
        assert find(index) == set()
        assert index.count() == 40

    def test_readers_are_true_while_a_writer_writes(self, index: WhooshSearch, folder: Path) -> None:
        stop = threading.Event()
        wrong: list[object] = []

        def read() -> None:
            reader = WhooshSearch(folder, PolishAnalyser())
            while not stop.is_set():
                try:
                    found = find(reader)
                    if len(found) != 20:  # every commit replaces all twenty at once
                        wrong.append(len(found))
                except SearchUnavailable as error:
                    wrong.append((error.reason, error.__cause__))

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for round_ in range(12):
            index.write([record(n) for n in range(20)], watermark=round_)
        stop.set()
        for reader in readers:
            reader.join()
        assert not wrong


WRITE_FOREVER = """
import sys
from pathlib import Path
from consult.adapters.polish import PolishAnalyser
from consult.adapters.search_whoosh import WhooshSearch
from consult.ports.search import SearchRecord
index = WhooshSearch(Path(sys.argv[1]), PolishAnalyser())
number = index.watermark()
print("ready", flush=True)
while True:
    number += 1
    index.write([SearchRecord(f"c{number}", "comment", f"Zieleń numer {number}")], watermark=number)
    if number % 7 == 0:
        records = [SearchRecord(f"c{n}", "comment", f"Zieleń numer {n}") for n in range(1, number + 1)]
        index.rebuild([records], watermark=number)
"""


def kill_while_writing(folder: Path, times: int) -> None:
    """Kill the writer at a random moment; what it leaves must be exactly the state of some completed write."""
    dice = random.Random(11)
    WhooshSearch(folder, PolishAnalyser()).clear()
    for _ in range(times):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOREVER, str(folder)],
            stdout=subprocess.PIPE,
            cwd=REPOSITORY,
            text=True,
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0.005, 0.3))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        reader = WhooshSearch(folder, PolishAnalyser(), wait_seconds=0)
        watermark = reader.watermark()
        assert reader.count() == watermark
        found = {hit.ref for hit in reader.find(SearchQuery("zieleń"), count=100_000).hits}
        assert found == {f"c{n}" for n in range(1, watermark + 1)}
        reader.write([], watermark=watermark)  # the dead writer's lock is free


def test_a_killed_writer_leaves_the_last_commit(folder: Path) -> None:
    kill_while_writing(folder, times=3)


@pytest.mark.deep
def test_two_hundred_killed_writers_leave_the_last_commit(folder: Path) -> None:
    kill_while_writing(folder, times=200)


def test_whoosh_is_imported_without_a_warning(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import consult.adapters.search_whoosh"],
        env={**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path)},  # so that it is compiled, and would warn
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
