"""An empty store is given a demonstration in which months of work can be seen."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult.cli.demo import DemoAccount, seed
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.domain.process.windows import WARSAW, is_working_day
from consult.ports.search import SearchQuery
from consult.services import accounts, search
from consult.services.accounts.requests import count_data_requests
from consult.services.quotations import list_placements
from consult.services.verification import verify_documents
from consult.storage.queries import (
    comments,
    consultations,
    dispositions,
    documents,
    drafting,
    groups,
    letters,
    meetings,
    organisations,
)
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import count_documents
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store, new_sqlite, opened
from tests.pace import is_quick

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[DemoAccount], float]]:
    """A store with the demonstration, its accounts, and the seconds of processor time it took."""
    with opened(new_sqlite(tmp_path_factory.mktemp("demo"))) as store:
        store.clock.at = NOW
        began = time.process_time()
        made = seed(NOW)
        yield store, made, time.process_time() - began


@pytest.fixture
def found(seeded: tuple[Store, list[DemoAccount], float]) -> dict[str, ConsultationRow]:
    """The consultations by what they are about."""
    return {row.slug.split("-")[0]: row for row in consultations.list_consultations()}


def test_it_takes_less_time_than_a_cup_of_tea(seeded: tuple[Store, list[DemoAccount], float]) -> None:
    assert is_quick(seeded[2], 10)


def test_everybody_can_sign_in_and_no_password_is_known_beforehand(
    seeded: tuple[Store, list[DemoAccount], float],
) -> None:
    _, made, _ = seeded
    assert len({account.password for account in made}) == len(made) == 8
    for account in made:
        assert accounts.sign_in(account.email, account.password).name == account.name
        assert len(account.password) >= 16


def test_it_writes_to_nobody(seeded: tuple[Store, list[DemoAccount], float]) -> None:
    assert seeded[0].ports.mailer.sent == []
    assert letters.list_due_ids(NOW, limit=10) == []


def test_the_whole_record_verifies(seeded: tuple[Store, list[DemoAccount], float]) -> None:
    assert [row.fault for row in verify_documents(SYSTEM)] == [None] * 5


def test_the_index_knows_everything(seeded: tuple[Store, list[DemoAccount], float]) -> None:
    assert search.lag() == 0
    assert search.search(ANONYMOUS, SearchQuery(words="konsultacje")).total > 10


def test_nothing_lies_in_the_future_and_changes_follow_one_another(
    seeded: tuple[Store, list[DemoAccount], float],
) -> None:
    for document in documents.list_documents(EVERYTHING):
        moments = [change.at for change in reversed(drafting.list_changes(document.id))]
        assert moments == sorted(moments)
        said = [row.received_at for row in comments.list_document_comments(document.id, with_drafts=True)]
        assert max([*moments, *said]) <= NOW


def test_the_standards_are_being_answered(found: dict[str, ConsultationRow]) -> None:
    standards = found["standardy"]
    assert standards.closes_at < NOW
    assert standards.version_no == 2
    assert standards.comment_count == 131  # and two that came too late, outside of the consultation
    assert sum(dispositions.count_by_outcome(standards.register_id).values()) == 73
    assert standards.answers_published_at is None
    states = Counter(line.state for line in list_placements(SYSTEM, standards.slug))
    assert states["placed"] > 50
    assert min(states["changed"], states["orphaned"], states["general"]) >= 2


def test_some_answers_carry_a_change_whose_cause_is_the_comment(found: dict[str, ConsultationRow]) -> None:
    answered = comments.list_comments(found["standardy"].register_id, with_drafts=True)
    taken = [row for row in answered if row.answer and row.answer.change_id]
    assert len(taken) == 20
    for row in taken:
        (change,) = drafting.list_changes_by_cause("comment", row.id)
        assert change.id == (row.answer.change_id if row.answer else None)


def test_the_strategy_is_open_and_has_comments(found: dict[str, ConsultationRow]) -> None:
    strategy = found["strategia"]
    assert strategy.is_open(NOW)
    assert timedelta(19) < strategy.closes_at - NOW < timedelta(26)
    # two from one letter on paper, two of two organisations together, one an advertisement that was hidden
    assert strategy.comment_count == 24


def test_the_programme_ended_without_a_comment(found: dict[str, ConsultationRow]) -> None:
    programme = found["roczny"]
    assert programme.closes_at < NOW
    assert programme.comment_count == 0
    assert programme.report_kind == "protocol"
    assert consultations.list_announcements(programme.id)[-1].act == "protocol"


def test_one_round_went_all_the_way(found: dict[str, ConsultationRow]) -> None:
    agreement = found["wzor"]
    assert agreement.answers_published_at is not None
    assert agreement.effects_at is not None
    answered = comments.list_comments(agreement.register_id, with_drafts=False)
    assert len([row for row in answered if row.answer and row.answer.change_id]) == 2


def test_offices_publish_on_working_days_only(found: dict[str, ConsultationRow]) -> None:
    for row in found.values():
        for act in consultations.list_announcements(row.id):
            if act.kind != "extended":  # that was yesterday, whatever day it was
                assert is_working_day(act.published_at.astimezone(WARSAW).date()), (row.slug, act.number)


def test_a_consultation_is_announced_and_not_open_yet(found: dict[str, ConsultationRow]) -> None:
    assert found["zasady"].opens_at > NOW


def test_a_term_was_extended_with_its_reason_and_everybody_told(found: dict[str, ConsultationRow]) -> None:
    (extension,) = [
        one for one in consultations.list_changes(found["strategia"].id) if one.kind == "extended"
    ]
    assert "sołeckie" in extension.reason


def test_meetings_were_held_called_off_and_are_to_come(found: dict[str, ConsultationRow]) -> None:
    of_strategy = meetings.list_meetings(found["strategia"].id)
    assert {bool(row.cancelled_at) for row in of_strategy} == {True, False}
    assert any(row.starts_at > NOW for row in of_strategy)
    assert any(row.note_published_at for row in meetings.list_meetings(found["standardy"].id))


def test_two_groups_wrote_the_standards(found: dict[str, ConsultationRow]) -> None:
    assert len(groups.list_groups_of_document(found["standardy"].document_id, EVERYTHING)) == 2


def test_something_waits_for_the_administrator() -> None:
    assert [row.name for row in organisations.list_organisations_waiting()] == ["Stowarzyszenie ogrodowe"]
    assert count_data_requests(SYSTEM, states=("open",)) == 1


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 1, 1, 0, 5, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 22, 59, tzinfo=UTC),
    ],
    ids=["new year", "clocks forward", "clocks back"],
)
@pytest.mark.deep
def test_it_can_be_seeded_on_any_day(tmp_path: Path, now: datetime) -> None:
    with opened(new_sqlite(tmp_path)) as store:
        store.clock.at = now
        seed(now)
        assert [row.fault for row in verify_documents(SYSTEM)] == [None] * 5


def test_its_passwords_are_kept_before_anything_is_recorded(store: Store) -> None:
    def full_disk(_made: list[DemoAccount]) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        seed(NOW, keep=full_disk)
    assert count_documents() == 0
