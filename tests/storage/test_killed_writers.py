"""A process killed in the middle of an act leaves all of the act or nothing, and everything it was told of."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from consult.domain.policy.actors import SYSTEM
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store, new_sqlite, opened
from tests.factories.processes import begun, killed
from tests.factories.records import comment_on, new_document, open_consultation
from tests.storage import writer


def kill_while_writing(url: str, slug: str, act: str, after_seconds: float) -> int:
    """Let a process write for a while and kill it; the last number it was told, 0 for none."""
    process, heard = begun(writer.main, url, slug, act)
    time.sleep(after_seconds)
    told = killed(process, heard)
    return int(str(told[-1])) if told else 0


def check_changes(slug: str, told: int) -> None:
    """Every change is whole, and none that was told of is missing."""
    document = queries.get_document(slug, EVERYTHING)
    assert document.last_change_no >= told
    assert verify_documents(SYSTEM, slug)[0].fault is None
    for number in range(max(2, document.last_change_no - 3), document.last_change_no + 1):
        words = text_at(SYSTEM, slug, change_no=number)
        said = [piece for piece in ("siedmiu", "na piśmie") if piece not in words]
        assert len(said) in (0, 2), "half a revision"


def check_comments(slug: str, told: int) -> None:
    """Comments come in threes, numbered without gaps, and none that was told of is missing."""
    document = queries.get_document(slug, EVERYTHING)
    rows = comment_queries.list_document_comments(document.id, with_drafts=True)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) % 3 == 0
    assert len(rows) >= told
    assert verify_documents(SYSTEM, slug)[0].fault is None


def check_deliveries() -> None:
    """Every event has its delivery, whoever was killed before it was made."""
    query = "SELECT count(*) FROM event LEFT JOIN delivery ON event_id = event.id WHERE event_id IS NULL"
    assert db.session.execute(text(query)).scalar() == 0


def kill_and_check(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    url = new_sqlite(folder)
    with opened(url) as store:
        slug = new_document(store)
        open_consultation(store, slug)
    for _ in range(kills):
        act = chance.choice(["revise", "submit"])
        told = kill_while_writing(url, slug, act, chance.uniform(0, 0.15))
        with opened(url):
            (check_changes if act == "revise" else check_comments)(slug, told)
            check_deliveries()
    with opened(url) as store:
        _still_works(store, slug)


def _still_works(store: Store, slug: str) -> None:
    comment_on(store, slug)
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_a_few_killed_writers_leave_nothing_half_written(tmp_path: Path) -> None:
    kill_and_check(tmp_path, 4, seed=1)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(10))
def test_two_hundred_killed_writers_leave_nothing_half_written(tmp_path: Path, seed: int) -> None:
    kill_and_check(tmp_path, 20, seed=100 + seed)
