"""A comment is supported by everybody once, however often and at whatever moment they press; nobody learns who."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.domain.errors import RuleBroken
from consult.domain.policy.actors import ANONYMOUS
from consult.services import comments, discussion
from consult.storage.database import db
from consult.storage.models import CommentSupport, Event
from consult.storage.queries import comments as comment_queries
from tests.factories.apps import Store
from tests.factories.records import (
    RESIDENT,
    People,
    comment_on,
    new_document,
    new_people,
    open_consultation,
)
from tests.services.test_at_the_same_moment import at_once


def commented(store: Store) -> tuple[People, comments.Receipt]:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    open_consultation(store, slug)
    return people, comment_on(store, slug, "w ciągu siedmiu dni roboczych", sender=RESIDENT)


def count(comment_id: int) -> int:
    return comment_queries.get_comment(comment_id, with_drafts=False).support_count


def test_everybody_supports_once_and_may_change_their_mind(store: Store) -> None:
    people, receipt = commented(store)
    (comment_id,) = receipt.comment_ids
    assert discussion.support_comment(people.neighbour, comment_id, now=store.now)
    assert not discussion.support_comment(people.neighbour, comment_id, now=store.now)
    assert discussion.support_comment(ANONYMOUS, comment_id, secret="a", now=store.now)
    assert not discussion.support_comment(ANONYMOUS, comment_id, secret="a", now=store.now)
    assert discussion.support_comment(ANONYMOUS, comment_id, secret="b", now=store.now)
    assert count(comment_id) == 3
    assert discussion.take_support_back(ANONYMOUS, comment_id, secret="b", now=store.now)
    assert not discussion.take_support_back(ANONYMOUS, comment_id, secret="c", now=store.now)
    assert discussion.take_support_back(people.neighbour, comment_id, now=store.now)
    assert count(comment_id) == 1


def test_whoever_signs_in_later_is_counted_once(store: Store) -> None:
    people, receipt = commented(store)
    (comment_id,) = receipt.comment_ids
    discussion.support_comment(ANONYMOUS, comment_id, secret="a", now=store.now)
    discussion.support_comment(people.neighbour, comment_id, secret="a", now=store.now)
    assert count(comment_id) == 1


def test_only_what_stands_is_supported_and_only_while_the_consultation_is_open(store: Store) -> None:
    people, receipt = commented(store)
    (comment_id,) = receipt.comment_ids
    with pytest.raises(RuleBroken, match="without_cookie"):
        discussion.support_comment(ANONYMOUS, comment_id, now=store.now)
    discussion.support_comment(people.neighbour, comment_id, now=store.now)
    later = store.now + timedelta(days=60)
    for act in (discussion.support_comment, discussion.take_support_back):
        with pytest.raises(RuleBroken, match="support_over"):
            act(people.neighbour, comment_id, now=later)
    comments.withdraw_comment(
        ANONYMOUS, receipt.register_id, receipt.receipt_no, receipt.secret, receipt.numbers[0], now=store.now
    )
    with pytest.raises(RuleBroken, match="support_over"):
        discussion.support_comment(people.official, comment_id, now=store.now)


def test_ones_own_comment_is_supported_by_others(store: Store) -> None:
    people = new_people(store)
    slug = new_document(store, host_id=people.host_id)
    open_consultation(store, slug)
    receipt = comment_on(store, slug, text="Do całości.", actor=people.neighbour)
    with pytest.raises(RuleBroken, match="support_own"):
        discussion.support_comment(people.neighbour, receipt.comment_ids[0], now=store.now)


def test_the_record_does_not_say_who_supports(store: Store) -> None:
    people, receipt = commented(store)
    discussion.support_comment(people.neighbour, receipt.comment_ids[0], now=store.now)
    discussion.take_support_back(people.neighbour, receipt.comment_ids[0], now=store.now)
    told = db.session.scalars(select(Event).where(Event.kind.like("support.%"))).all()
    assert [(event.kind, event.actor_ref) for event in told] == [
        ("support.given", None),
        ("support.taken_back", None),
    ]


def test_a_hundred_presses_at_one_moment_are_one(any_store: Store) -> None:
    people, receipt = commented(any_store)
    (comment_id,) = receipt.comment_ids
    acts = [lambda: discussion.support_comment(people.neighbour, comment_id, now=any_store.now)] * 100
    assert at_once(any_store, acts) == ["done"] * 100
    assert db.session.scalar(select(func.count()).select_from(CommentSupport)) == 1
