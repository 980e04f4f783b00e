"""The index hears of everything that was saved and of nothing that was not, and is replaced when it breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from consult.adapters.jobs_immediate import ImmediateJobs
from consult.adapters.search_memory import MemorySearch
from consult.adapters.search_whoosh import WhooshSearch
from consult.domain.errors import ConsultError
from consult.domain.policy.actors import SYSTEM
from consult.ports.search import SearchQuery, SearchRecord, SearchUnavailable
from consult.ports.search.records import KINDS
from consult.services import comments, dispositions, documents, drafting, search
from consult.services.comments import Remark
from consult.storage.database import db
from consult.storage.unit_of_work import DELIVER_JOB, end_reading
from tests.architecture.lived_in import live_in
from tests.factories.apps import Store, analyser, new_sqlite, opened
from tests.factories.records import NGO, TEXT, comment_on, new_document, new_host, open_consultation, section


class NoWorker:
    """A queue whose worker never comes."""

    def __init__(self) -> None:
        self.woken: list[str] = []

    def wake(self, job: str) -> None:
        self.woken.append(job)

    def work(self, actions: object) -> None:
        del actions


@pytest.fixture
def idle(tmp_path: Path) -> Iterator[Store]:
    """A store whose worker never comes by itself."""
    with opened(new_sqlite(tmp_path), jobs=NoWorker()) as made:
        yield made


def count(table: str) -> int:
    return db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0


def total(words: str, **options: object) -> int:
    return search.search(SYSTEM, SearchQuery(words=words, **options)).total  # type: ignore[arg-type]


def edit(store: Store, slug: str, heading: str, old: str, new: str, note: str = "") -> None:
    standing = section(slug, heading)
    drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace(old, new),
        base_text_id=standing.text_id,
        note=note,
        now=store.now,
    )


# Deliveries


def test_every_act_leaves_an_event_with_a_delivery(idle: Store) -> None:
    slug = new_document(idle)
    open_consultation(idle, slug)
    comment_on(idle, slug, "siedmiu dni")
    edit(idle, slug, "Konsultacje", "Projekt", "Każdy projekt")
    kinds = [row[0] for row in db.session.execute(text("SELECT kind FROM event ORDER BY id"))]
    assert len(kinds) == count("delivery") == 6
    assert search.lag() == 6
    assert idle.ports.jobs.woken == [DELIVER_JOB] * 6  # type: ignore[attr-defined]


def test_an_act_refused_leaves_no_event_and_wakes_nobody(idle: Store) -> None:
    slug = new_document(idle)
    events, woken = count("event"), len(idle.ports.jobs.woken)  # type: ignore[attr-defined]
    standing = section(slug, "Konsultacje")
    with pytest.raises(ConsultError):
        drafting.move_section(
            SYSTEM, slug, standing.section_id, after_section_id=standing.section_id, now=idle.now
        )
    with pytest.raises(ConsultError):
        comments.submit_comments(SYSTEM, slug, [Remark("A"), Remark("")], NGO, now=idle.now)
    assert (count("event"), count("delivery")) == (events, events)
    assert len(idle.ports.jobs.woken) == woken  # type: ignore[attr-defined]


def test_an_act_that_fails_after_its_event_was_written_leaves_none(idle: Store) -> None:
    from consult.services.together import all_or_nothing

    slug = new_document(idle)
    before = count("event"), count("delivery"), count("change")

    def edit_and_fail() -> None:
        with all_or_nothing():
            edit(idle, slug, "Konsultacje", "Projekt", "Każdy projekt")
            assert count("event") == before[0] + 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        edit_and_fail()
    assert (count("event"), count("delivery"), count("change")) == before


def test_a_queue_out_of_order_fails_nobody_s_act(idle: Store) -> None:
    class Broken:
        def wake(self, job: str) -> None:
            raise OSError("disk full")

    slug = new_document(idle)
    with idle.replaced(jobs=Broken()):
        edit(idle, slug, "Konsultacje", "Projekt", "Każdy projekt")
    assert "Każdy projekt" in section(slug, "Konsultacje").source


def test_the_index_catches_up_in_one_go(idle: Store) -> None:
    slug = new_document(idle)
    for number in range(10):
        edit(idle, slug, "Konsultacje", "Projekt", f"Projekt nr{number}")
    assert total("nr9") == 0
    assert search.deliver_pending(now=idle.clock.now) == 12
    assert (search.lag(), total("nr9")) == (0, 1)
    assert search.deliver_pending(now=idle.clock.now) == 0


def test_a_worker_killed_between_writing_and_noting_it_repeats_without_harm(idle: Store) -> None:
    new_document(idle)
    search.deliver_pending(now=idle.clock.now)
    end_reading()
    db.session.execute(text("UPDATE delivery SET done_at = NULL"))
    db.session.commit()
    assert search.deliver_pending(now=idle.clock.now) == 2
    assert total("wynik naboru") == 1


# A broken index


class Failing(MemorySearch):
    """An index that refuses to write until it is rebuilt."""

    def __init__(self, reason: str) -> None:
        super().__init__(analyser())
        self.reason: str | None = reason
        self.rebuilt = 0

    def write(
        self,
        records: Sequence[SearchRecord],
        removed: Sequence[str] = (),
        *,
        watermark: int,
        for_good: bool = False,
    ) -> None:
        if self.reason:
            raise SearchUnavailable(self.reason)  # type: ignore[arg-type]
        super().write(records, removed, watermark=watermark, for_good=for_good)

    def find(self, query: SearchQuery, **options: object) -> object:  # type: ignore[override]
        if self.reason:
            raise SearchUnavailable(self.reason)  # type: ignore[arg-type]
        return super().find(query, **options)  # type: ignore[arg-type]

    def rebuild(self, *args: object, **options: object) -> None:
        self.rebuilt += 1
        self.reason = None
        super().rebuild(*args, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("reason", ["missing", "broken", "outdated"])
def test_an_index_that_cannot_be_written_is_rebuilt(idle: Store, reason: str) -> None:
    index = Failing(reason)
    with idle.replaced(search=index):
        new_document(idle)
        search.deliver_pending(now=idle.clock.now)
        assert (index.rebuilt, search.lag(), total("wynik naboru")) == (1, 0, 1)


def test_an_index_somebody_else_is_writing_is_left_for_later(idle: Store) -> None:
    index = Failing("locked")
    with idle.replaced(search=index):
        new_document(idle)
        assert search.deliver_pending(now=idle.clock.now) == 0
        assert (index.rebuilt, search.lag()) == (0, 2)
        index.reason = None
        assert search.deliver_pending(now=idle.clock.now) == 2


def test_while_there_is_no_index_plain_search_answers_and_says_so(idle: Store) -> None:
    with idle.replaced(search=Failing("missing")):
        new_document(idle)
        answer = search.search(SYSTEM, SearchQuery(words="Wynik naboru"))
    assert answer.is_slow_way
    assert [note.code for note in answer.notes] == ["index_missing"]
    assert [result.row.title for result in answer.results] == ["Zlecanie zadań"]


@pytest.mark.parametrize(
    "words", ["", "   ", '"', "-", "%", "_", "\\", "* * *", "(", "a:b:c", "\x00", "AND OR NOT"]
)
def test_odd_queries_are_answered(store: Store, words: str) -> None:
    new_document(store)
    search.search(SYSTEM, SearchQuery(words=words))
    with store.replaced(search=Failing("broken")):
        search.search(SYSTEM, SearchQuery(words=words))


def test_a_folder_that_holds_rubbish_is_rebuilt_into_an_index(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with opened(new_sqlite(tmp_path), search=WhooshSearch(folder, analyser()), jobs=ImmediateJobs()) as store:
        slug = new_document(store)
        assert total("wynik naboru") == 1
        for file in folder.rglob("*"):
            if file.is_file():
                file.write_bytes(b"rubbish")
        with store.replaced(search=WhooshSearch(folder, analyser())):
            assert total("Wynik naboru") == 1  # the slow way, or healed already
            edit(store, slug, "Konsultacje", "Projekt", "Każdy projekt")
            answer = search.search(SYSTEM, SearchQuery(words="każdy projekt"))
            assert not answer.is_slow_way
            assert search.lag() == 0


def test_a_rebuilt_index_answers_as_the_fed_one_did(store: Store) -> None:
    slug = new_document(store)
    open_consultation(store, slug)
    receipt = comment_on(store, slug, "siedmiu dni", text="Za długo o tydzień.")
    edit(store, slug, "Konsultacje", "Projekt", "Każdy projekt", note="Poprawka redakcyjna")
    dispositions.save_disposition(
        SYSTEM,
        receipt.comment_ids[0],
        outcome="rejected",
        justification="Termin ustawowy.",
        expected_revision=0,
        now=store.now,
    )
    questions = ("projekt", "tydzień", "poprawka", "termin", "zasady", "nabór wniosków", "redakcyjna")

    def answers() -> list[tuple[str, ...]]:
        return [
            tuple(sorted(row.row.ref for row in search.search(SYSTEM, SearchQuery(words=words)).results))
            for words in questions
        ]

    fed = answers()
    heard: list[tuple[int, int]] = []
    done = search.reindex(now=store.clock.now, progress=lambda at, all_: heard.append((at, all_)))
    assert answers() == fed
    assert all(fed)
    assert heard[-1][0] == done
    assert [at for at, _ in heard] == sorted(at for at, _ in heard)


# What is found


def test_a_proposal_without_a_remark_is_found_by_its_words(store: Store) -> None:
    slug = new_document(store)
    open_consultation(store, slug)
    comment_on(store, slug, "siedmiu dni", text="", proposed="czternastu dni")
    assert total("czternastu") == 1


def test_what_stood_on_a_day_is_found_as_it_stood_then(store: Store) -> None:
    slug = new_document(store)
    began = store.now
    store.clock.advance(days=10)
    edit(store, slug, "Konsultacje", "Projekt uchwały", "Zarządzenie")
    store.clock.advance(days=10)
    drafting.remove_section(SYSTEM, slug, section(slug, "Konsultacje").section_id, now=store.now)
    days = {day: began + timedelta(days=day) for day in (-1, 1, 11, 21)}
    kinds = ("section_text",)
    assert [total("uchwały", as_of=at, kinds=kinds) for at in days.values()] == [0, 1, 0, 0]
    assert [total("zarządzenie", as_of=at, kinds=kinds) for at in days.values()] == [0, 0, 1, 0]
    assert total("uchwały", kinds=kinds) == total("zarządzenie", kinds=kinds) == 1


def test_a_section_moved_away_and_back_is_one_text(store: Store) -> None:
    slug = new_document(store, host_id=new_host(store))
    key = section(slug, "Konsultacje").section_id
    for after in (None, section(slug, "Zlecanie zadań").section_id):
        drafting.move_section(SYSTEM, slug, key, after_section_id=after, now=store.clock.advance(hours=1))
    answer = search.search(SYSTEM, SearchQuery(words="projekt uchwały"))
    assert answer.total == 1
    assert (answer.results[0].row.from_no, answer.results[0].row.until_no) == (1, None)


def test_every_text_there_ever_was_is_found(store: Store) -> None:
    slug = new_document(store)
    for number in range(3):
        documents.revise_document(
            SYSTEM,
            slug,
            content=TEXT.replace("siedmiu", f"{number}{number}{number}").encode(),
            filename="a.md",
            now=store.now,
        )
    assert [total(f"{number}{number}{number}") for number in range(3)] == [1, 1, 1]


def test_an_index_somebody_asked_to_have_rebuilt_is_rebuilt_once(idle: Store) -> None:
    from consult.services.accounts import administration
    from tests.factories.records import new_person

    new_document(idle)
    search.deliver_pending(now=idle.clock.now)
    idle.ports.search.clear()
    assert total("wynik naboru") == 0
    administration.rebuild_index(new_person(idle, is_administrator=True), now=idle.now)
    search.deliver_pending(now=idle.clock.now)
    assert (search.lag(), total("wynik naboru")) == (0, 1)
    idle.ports.search.clear()
    search.deliver_pending(now=idle.clock.now)
    assert total("wynik naboru") == 0


def test_whatever_was_done_the_index_fed_by_events_is_the_one_built_from_the_database(store: Store) -> None:
    live_in(store)

    def everything() -> dict[str, tuple[str, object]]:
        found = store.ports.search.find(SearchQuery(words="od:1900"), count=10_000)
        return {hit.ref: (hit.stamp, hit.at) for hit in found.hits}

    fed = everything()
    search.reindex(now=store.clock.now)
    built = everything()
    assert {kind for kind, _, _ in (ref.partition(":") for ref in built)} == set(KINDS)
    assert fed == built
