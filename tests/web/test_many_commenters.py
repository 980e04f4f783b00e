"""The last evening: many people hand in at the same moment, and every comment has a number of its own."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from consult.domain.policy.actors import SYSTEM
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.queries import comments as queries
from tests.web.places import Place, new_place
from tests.web.visitors import Site, form_of, words_of


def hand_in(place: Place, *, people: int, each: int) -> None:
    """So many people hand in so many comments each, one by one, all at once."""
    composer = place.composer()
    guests = [place.guest for _ in range(people)]
    forms = [form_of(guest.get(composer).text) for guest in guests]
    barrier = threading.Barrier(people)
    failures: list[str] = []

    def write(at: int) -> None:
        guest, form = guests[at], forms[at]
        try:
            barrier.wait(60)
            for number in range(each):
                answer = guest.client.post(
                    composer, data=form | {"text": f"Uwaga {at}/{number}", "token": ""}, buffered=True
                )
                if answer.status_code != 303:
                    failures.append(f"{answer.status}: {words_of(answer)[:200]}")
        except Exception as error:
            failures.append(repr(error))
        finally:
            with place.site.app.app_context():
                db.session.remove()

    threads = [threading.Thread(target=write, args=(at,)) for at in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with place.site.records():
        rows = queries.list_comments(place.register_id, with_drafts=True)
        assert verify_documents(SYSTEM, place.slug)[0].fault is None
    assert [row.number for row in rows] == list(range(1, people * each + 1))
    said = {f"Uwaga {at}/{number}" for at in range(people) for number in range(each)}
    assert {row.text for row in rows} == said


def test_comments_of_many_at_once_are_all_there_under_numbers_without_gaps(site: Site) -> None:
    hand_in(new_place(site), people=8, each=5)


@pytest.mark.deep
def test_a_thousand_comments_of_fifty_at_once_are_all_there_under_numbers_without_gaps(site: Site) -> None:
    hand_in(new_place(site), people=50, each=20)


def test_the_register_itself_refuses_a_number_twice(place: Place) -> None:
    place.comment()
    with place.site.records():
        again = text(
            "INSERT INTO comment (register_id, number, submission_id, kind)"
            " SELECT register_id, number, submission_id, kind FROM comment WHERE register_id = :register"
        )
        with pytest.raises(IntegrityError):
            db.session.execute(again, {"register": place.register_id})
        db.session.rollback()
        receipt = text(
            "INSERT INTO submission (register_id, receipt_no, prev_hash, receipt_hash, body, channel, received_at,"
            " received_on, case_sign, capacity, is_capacity_verified, organisation_name_then, secret_hash)"
            " SELECT register_id, receipt_no, 'x', receipt_hash, body, channel, received_at, received_on, case_sign,"
            " capacity, is_capacity_verified, organisation_name_then, secret_hash FROM submission"
            " WHERE register_id = :register"
        )
        with pytest.raises(IntegrityError):
            db.session.execute(receipt, {"register": place.register_id})
        db.session.rollback()
