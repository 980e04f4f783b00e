"""A person with words that stand nowhere else is put in every place of a store that can hold one, and erased; then every
file of the store is searched byte by byte. Numbers, texts and answers stay, and the record verifies."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from consult.adapters.search_whoosh import WhooshSearch
from consult.domain.policy.actors import ANONYMOUS, OFFICIAL, SYSTEM, Actor
from consult.domain.process.contact_views import Place
from consult.services import (
    accounts,
    contact_views,
    dispositions,
    search,
    senders,
    submissions,
    unsent_comments,
    upkeep,
)
from consult.services.accounts import keeping
from consult.services.comments import Pointing, Remark, Sender
from consult.services.unsent_comments import UnsentSender
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.queries import accounts as people
from consult.storage.queries import comments as comment_queries
from consult.storage.queries.unsent_comments import Holder
from consult.storage.unit_of_work import end_reading
from tests.factories import records
from tests.factories.apps import Store, analyser, new_sqlite, opened
from tests.factories.letters_on_paper import FIRST, enter_letter, on_paper

NAME = "Zdziebora Niepowtarzalska"
ADDRESS = "zdziebora.niepowtarzalska@example.org"
GUEST_NAME = "Gwidona Jedynakowska"
GUEST_ADDRESS = "gwidona.jedynakowska@example.org"
PAPER_NAME = "Papierzysława Listowska"
UNSENT = "niewysłanowiczka"
FILE_NAME = "skan-listowskiej.png"

TRACES = (NAME, ADDRESS, GUEST_NAME, GUEST_ADDRESS, PAPER_NAME, UNSENT, FILE_NAME)
"""Words of these people; of the names and addresses each part is looked for, too."""


def spellings(words: str) -> Iterator[bytes]:
    """How words may stand in a file: as they are, without capitals, escaped as in JSON, in UTF-16."""
    for part in {words, words.casefold(), *words.casefold().replace("@", " ").split()}:
        if part != "example.org":
            yield part.encode()
            yield json.dumps(part)[1:-1].encode()
            yield part.encode("utf-16-le")


def traces_in(folder: Path) -> list[tuple[str, str]]:
    """(file, trace) of everything found in any file of a folder."""
    found = []
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        lowered = content.lower()
        found += [
            (path.name, trace)
            for trace in TRACES
            if any(one in content or one in lowered for one in spellings(trace))
        ]
    return found


@dataclass(frozen=True)
class Kept:
    folder: Path
    store: Store
    log: io.StringIO


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """A store as an installation has it: index, jobs, uploads and log as files beside the database."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    folder = tmp_path / "store"
    folder.mkdir()
    index = WhooshSearch(folder / "index", analyser())
    index.clear()
    with opened(new_sqlite(folder), search=index) as store, store.app.app_context():
        yield Kept(folder, store, log)
    logging.getLogger().removeHandler(handler)


def person_everywhere(store: Store) -> tuple[Actor, int, int, list[int]]:
    """(the person, consultation, receipt of the guest and of the letter, comments) of a store with traces everywhere."""
    host_id = records.new_host(store)
    person = records.new_person(store, (host_id, OFFICIAL))
    keeping.change_account(person, name=NAME, is_name_public=True, language="pl", now=store.now)
    row = people.find_person(person.id or 0)
    assert row is not None
    people.change_address(row.id, ADDRESS)
    slug = records.new_document(store, host_id=host_id)
    consultation_id = records.open_consultation(store, slug)
    words = "siedmiu dni roboczych"
    said = [
        records.comment_on(
            store,
            slug,
            words,
            actor=person,
            sender=Sender(capacity="resident", name=NAME, email=ADDRESS, shown_as="name"),
        ),
        records.comment_on(
            store,
            slug,
            words,
            actor=ANONYMOUS,
            sender=Sender(capacity="resident", name=GUEST_NAME, email=GUEST_ADDRESS, shown_as="name"),
        ),
        enter_letter(
            store,
            consultation_id,
            letter=f"{FIRST}\n\nWynik trzeba też wywiesić w sołectwie.\n\n{PAPER_NAME}",
            sender=on_paper(store.now.date(), name=PAPER_NAME),
        ),
    ]
    scan = submissions.NewFile(records.small_picture(), FILE_NAME)
    submissions.add_scans(SYSTEM, consultation_id, said[2].receipt_no, [scan], now=store.now)
    section = records.sections(slug)[0]
    unsent_comments.keep_unsent(
        person,
        Holder(person.id),
        slug,
        Remark(f"Uwaga {UNSENT}", pointings=(Pointing(section.section_id, section.text_id),)),
        sender=UnsentSender(capacity="resident", name=NAME, email=ADDRESS),
        now=store.now,
    )
    accounts.ask_data_request(person, "correct", words=f"{NAME}, nie inaczej", now=store.now)
    contact_views.note_contact_view(
        person,
        Place.REGISTER,
        host_id=host_id,
        register_id=said[0].register_id,
        receipts=[1, 2, 3],
        now=store.now,
    )
    return person, consultation_id, host_id, [one.comment_ids[0] for one in said]


def test_nothing_is_left_of_an_erased_person_in_any_file(kept: Kept) -> None:
    store = kept.store
    administrator = records.new_person(store, is_administrator=True)
    person, consultation_id, _, comment_ids = person_everywhere(store)
    for comment_id in comment_ids:
        dispositions.save_disposition(
            SYSTEM,
            comment_id,
            outcome="rejected",
            justification="Powody odpowiedzi.",
            expected_revision=0,
            now=store.now,
        )
    search.deliver_pending(now=store.clock.now)
    end_reading()
    before = {row.id: row for row in comment_queries.list_comments_by_id(comment_ids, with_drafts=True)}
    found = {trace for _, trace in traces_in(kept.folder)}
    assert found == set(TRACES), "each trace is in the store before, or the search below proves nothing"
    request_id = accounts.ask_data_request(person, "erase", now=store.now)
    accounts.decide_data_request(
        administrator, request_id, decision="carried_out", reason="Na prośbę.", now=store.now
    )
    for receipt_no in (2, 3):
        senders.erase_sender(
            SYSTEM, consultation_id, receipt_no, reason="Pismo osoby z 2 marca.", now=store.now
        )
    store.clock.advance(days=6)  # the letter with the decision has left, or is given up
    upkeep.run_due(now=store.clock.now)
    search.deliver_pending(now=store.clock.now)
    end_reading()
    db.session.remove()
    assert traces_in(kept.folder) == []
    assert not [trace for trace in TRACES if trace in kept.log.getvalue()]
    after = {row.id: row for row in comment_queries.list_comments_by_id(comment_ids, with_drafts=True)}
    for comment_id, row in before.items():
        now_said = after[comment_id]
        assert (now_said.number, now_said.text, now_said.answer) == (row.number, row.text, row.answer)
        assert now_said.public_name == ""
    assert all(one.fault is None for one in verify_documents(SYSTEM))
