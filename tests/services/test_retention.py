"""Contact data are kept as long as the host says, then go by themselves; what was said stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from consult.domain.errors import InvalidInput, NotPermitted, RuleBroken
from consult.domain.policy.actors import EDITOR, SYSTEM
from consult.domain.process.retention import kept_until
from consult.services import hosts, senders
from consult.services.comments import Sender
from consult.services.verification import verify_documents
from consult.storage.database import db
from consult.storage.models import Organisation
from consult.storage.queries import comments as comment_queries
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.letters_on_paper import enter_letter

SHOWN = Sender(capacity="resident", name="Mieszkanka B", email="b@example.org", shown_as="name")


def test_months_end_on_the_same_day_or_the_last_of_the_month() -> None:
    assert kept_until(datetime(2026, 1, 31, 12, tzinfo=UTC), 1) == datetime(2026, 2, 28, 12, tzinfo=UTC)
    assert kept_until(datetime(2026, 11, 30, tzinfo=UTC), 14) == datetime(2028, 1, 30, tzinfo=UTC)


def test_contact_data_go_when_their_term_has_run_out(any_store: Store) -> None:
    store = any_store
    host_id = records.new_host(store)
    slug = records.new_document(store, host_id=host_id)
    consultation_id = records.open_consultation(store, slug)
    receipt = records.comment_on(store, slug, "siedmiu dni roboczych", sender=SHOWN)
    enter_letter(store, consultation_id)
    host = db.session.get(Organisation, host_id)
    assert host is not None
    hosts.change_retention(SYSTEM, host.slug, "2", now=store.now)
    store.clock.advance(days=21 + 58)
    assert senders.list_past_term(store.now) == []
    store.clock.advance(days=5)
    (due,) = senders.list_past_term(store.now)
    assert (due.months, len(due.submissions)) == (2, 2)
    assert comment_queries.list_authors(receipt.comment_ids) == {
        receipt.comment_ids[0]: (SHOWN.name, SHOWN.email)
    }, "telling erases nothing"
    assert senders.erase_past_term(store.now) == 2
    assert senders.erase_past_term(store.now) == 0
    assert comment_queries.list_authors(receipt.comment_ids) == {receipt.comment_ids[0]: ("", "")}
    row = comment_queries.get_comment(receipt.comment_ids[0], with_drafts=False)
    assert (row.number, row.text, row.public_name) == (1, "Dlaczego tak?", "Mieszkanka B")
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_a_guest_is_erased_once_and_with_a_reason(store: Store) -> None:
    host_id = records.new_host(store)
    slug = records.new_document(store, host_id=host_id)
    consultation_id = records.open_consultation(store, slug)
    receipt = records.comment_on(store, slug, "siedmiu dni roboczych", sender=SHOWN)
    where = (consultation_id, receipt.receipt_no)
    editor = records.new_person(store, (host_id, EDITOR))
    with pytest.raises(NotPermitted):
        senders.erase_sender(editor, *where, reason="Pismo.", now=store.now)
    with pytest.raises(InvalidInput, match="reason_missing"):
        senders.erase_sender(SYSTEM, *where, reason=" ", now=store.now)
    senders.erase_sender(SYSTEM, *where, reason="Pismo.", now=store.now)
    assert comment_queries.get_comment(receipt.comment_ids[0], with_drafts=False).public_name == ""
    with pytest.raises(RuleBroken, match="sender_erased"):
        senders.erase_sender(SYSTEM, *where, reason="Pismo.", now=store.now)


@pytest.mark.parametrize("months", ["", "0", "121", "-3", "dwa", "²"])
def test_a_term_that_is_none_is_refused(store: Store, months: str) -> None:
    host_id = records.new_host(store)
    host = db.session.get(Organisation, host_id)
    assert host is not None
    with pytest.raises(InvalidInput, match="retention_months"):
        hosts.change_retention(SYSTEM, host.slug, months, now=store.now)
