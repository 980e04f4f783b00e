"""Answers: never over one another, never before the end, and the wording taken is a change that names its cause."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.domain.consolidation.apply import proposed_paragraph
from consult.domain.errors import ConsultError, InvalidInput, RuleBroken, Stale
from consult.domain.policy.actors import SYSTEM
from consult.domain.text.spans import Span
from consult.services import dispositions, drafting
from consult.services.dispositions import Answered, Wording
from consult.services.drafting import Conflicted
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import dispositions as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import comment_on, new_document, open_consultation, section

REASONS = "Tak stanowi ustawa."


@pytest.fixture
def consultation_id(store: Store) -> int:
    """A consultation with one comment on "siedmiu dni", proposing "trzech dni"."""
    slug = new_document(store)
    made = open_consultation(store, slug)
    comment_on(store, slug, "siedmiu dni", proposed="trzech dni")
    return made


@pytest.fixture
def slug(consultation_id: int) -> str:
    return consultation_queries.get_consultation(consultation_id).slug


@pytest.fixture
def comment_id(consultation_id: int) -> int:
    register = consultation_queries.get_consultation(consultation_id).register_id
    return comment_queries.list_comments(register, with_drafts=True)[0].id


def answer(
    store: Store,
    comment_id: int,
    outcome: str = "rejected",
    *,
    reasons: str = REASONS,
    wording: Wording | None = None,
    expected: int = 0,
) -> Answered | Conflicted:
    return dispositions.save_disposition(
        SYSTEM,
        comment_id,
        outcome=outcome,
        justification=reasons,
        wording=wording,
        expected_revision=expected,
        now=store.now,
    )


def proposal(slug: str, quote: str = "siedmiu dni", words: str = "trzech dni") -> Wording:
    """The paragraph around a quote as it would read with other words."""
    standing = section(slug, "Zlecanie zadań")
    start = standing.plain.index(quote)
    lines, paragraph = proposed_paragraph(
        standing.source, standing.plain, Span(start, start + len(quote)), words
    )
    return Wording(standing.section_id, standing.text_id, lines, paragraph)


def last_change(slug: str) -> int:
    return document_queries.get_document(slug, EVERYTHING).last_change_no


def test_an_answer_given_meanwhile_is_not_written_over(store: Store, comment_id: int) -> None:
    answer(store, comment_id, "rejected")
    with pytest.raises(Stale) as refusal:
        answer(store, comment_id, "accepted", expected=0)
    assert refusal.value.code == "stale.answered_meanwhile"
    standing = comment_queries.get_comment(comment_id, with_drafts=True).answer
    assert standing is not None
    assert (standing.outcome, standing.revision_no) == ("rejected", 1)


def test_every_answer_ever_given_is_kept(store: Store, comment_id: int) -> None:
    answer(store, comment_id, "rejected", reasons="Nie.")
    answer(store, comment_id, "explained", reasons="Jednak wyjaśniamy.", expected=1)
    assert [(row.outcome, row.justification) for row in queries.list_revisions(comment_id)] == [
        ("rejected", "Nie."),
        ("explained", "Jednak wyjaśniamy."),
    ]


def test_wording_taken_is_a_change_that_names_the_comment(store: Store, slug: str, comment_id: int) -> None:
    done = answer(store, comment_id, "accepted", wording=proposal(slug))
    assert done == Answered(1, 2)
    assert "w ciągu trzech dni roboczych" in text_at(SYSTEM, slug)
    (change,) = drafting_queries.list_changes_by_cause("comment", comment_id)
    assert (change.number, change.kind) == (2, "take")
    row = comment_queries.get_comment(comment_id, with_drafts=True)
    assert row.answer is not None
    assert row.answer.change_id == change.id
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_wording_that_stands_there_already_needs_no_change(store: Store, slug: str, comment_id: int) -> None:
    done = answer(store, comment_id, "accepted", wording=proposal(slug, words="siedmiu dni"))
    assert done == Answered(1, None)
    assert last_change(slug) == 1


def test_wording_in_conflict_with_another_edit_keeps_nothing_and_returns_all_sides(
    store: Store, slug: str, comment_id: int
) -> None:
    wording, base = proposal(slug), section(slug, "Zlecanie zadań")
    drafting.save_section(
        SYSTEM,
        slug,
        base.section_id,
        source=base.source.replace("siedmiu", "dziesięciu"),
        base_text_id=base.text_id,
        now=store.now,
    )
    done = answer(store, comment_id, "accepted", wording=wording)
    assert isinstance(done, Conflicted)
    assert "siedmiu" in done.base
    assert "dziesięciu" in done.theirs
    assert "trzech" in done.yours
    assert comment_queries.get_comment(comment_id, with_drafts=True).answer is None
    assert queries.list_revisions(comment_id) == []
    assert last_change(slug) == 2


def test_wording_beside_another_edit_is_merged(store: Store, slug: str, comment_id: int) -> None:
    wording, base = proposal(slug), section(slug, "Zlecanie zadań")
    drafting.save_section(
        SYSTEM,
        slug,
        base.section_id,
        source=base.source.replace("dwadzieścia jeden", "trzydzieści"),
        base_text_id=base.text_id,
        now=store.now,
    )
    assert answer(store, comment_id, "accepted", wording=wording) == Answered(1, 3)
    text = section(slug, "Zlecanie zadań").source
    assert "trzydzieści" in text
    assert "trzech" in text


@pytest.mark.parametrize(
    ("outcome", "reasons", "with_wording", "code"),
    [
        ("perhaps", REASONS, False, "invalid.outcome"),
        ("rejected", "  ", False, "invalid.justification_missing"),
        ("rejected", "x" * 20_001, False, "invalid.justification_too_long"),
        ("rejected", REASONS, True, "invalid.wording_not_taken"),
        ("rejected", "x\x00", False, "invalid.control_characters"),
    ],
)
def test_an_answer_that_is_none_is_refused(
    store: Store, slug: str, comment_id: int, outcome: str, reasons: str, with_wording: bool, code: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        answer(store, comment_id, outcome, reasons=reasons, wording=proposal(slug) if with_wording else None)
    assert refusal.value.code == code
    assert queries.list_revisions(comment_id) == []


def test_wording_for_another_document_is_not_taken(store: Store, slug: str, comment_id: int) -> None:
    other = new_document(store)
    with pytest.raises(ConsultError) as refusal:
        answer(store, comment_id, "accepted", wording=proposal(other))
    assert refusal.value.code == "not_found.section"
    assert last_change(other) == last_change(slug) == 1


# Publication


def test_answers_are_not_published_while_people_can_still_comment(
    store: Store, consultation_id: int, comment_id: int
) -> None:
    answer(store, comment_id)
    store.clock.advance(days=21, seconds=-1)
    with pytest.raises(RuleBroken) as refusal:
        dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now)
    assert refusal.value.code == "rule.still_open"


def test_answers_are_not_published_while_a_comment_has_none(
    store: Store, consultation_id: int, slug: str, comment_id: int
) -> None:
    comment_on(store, slug, "na piśmie")
    answer(store, comment_id)
    store.clock.advance(days=22)
    with pytest.raises(RuleBroken) as refusal:
        dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now)
    assert refusal.value.code == "rule.unanswered"
    assert refusal.value.facts["count"] == 1
    assert comment_queries.get_comment(comment_id, with_drafts=False).answer is None


def test_published_answers_are_there_for_everybody_and_stay(
    store: Store, consultation_id: int, comment_id: int
) -> None:
    answer(store, comment_id)
    published_at = store.clock.advance(days=22)
    assert dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now) == 1
    seen = comment_queries.get_comment(comment_id, with_drafts=False).answer
    assert seen is not None
    assert (seen.state, seen.justification) == ("published", REASONS)
    store.clock.advance(days=1)
    assert dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now) == 0
    assert consultation_queries.get_consultation(consultation_id).answers_published_at == published_at


def test_a_published_answer_is_not_quietly_changed(
    store: Store, consultation_id: int, comment_id: int
) -> None:
    answer(store, comment_id)
    store.clock.advance(days=22)
    dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now)
    with pytest.raises(RuleBroken) as refusal:
        answer(store, comment_id, "accepted", expected=1)
    assert refusal.value.code == "rule.not_the_next_step"
    seen = comment_queries.get_comment(comment_id, with_drafts=False).answer
    assert seen is not None
    assert seen.outcome == "rejected"


def test_a_consultation_without_comments_is_closed_with_none(store: Store) -> None:
    slug = new_document(store)
    consultation_id = open_consultation(store, slug)
    store.clock.advance(days=22)
    assert dispositions.publish_dispositions(SYSTEM, consultation_id, now=store.now) == 0
    published = consultation_queries.get_consultation(consultation_id).answers_published_at
    assert published is not None
    assert store.now - published < timedelta(seconds=1)
