"""Statements sent past the mapper keep what the mapper keeps."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, select, text

from consult.storage.database import db
from consult.storage.models import Consultation, Delivery, Event, Register, Seal, Section
from consult.storage.prepared import Prepared, insert_rows
from consult.storage.unit_of_work import unit_of_work
from tests.factories.apps import Store
from tests.factories.records import new_document


def test_a_statement_about_consultations_has_to_go_through_the_mapper_which_hides_those_not_announced(
    store: Store,
) -> None:
    joined = select(Register.id).join(Consultation, Consultation.id == Register.consultation_id)
    nested = select(Register.id).where(Register.consultation_id.in_(select(Consultation.id)))
    for statement in (select(Consultation.id), joined, nested):
        with pytest.raises(ValueError, match="mapper"):
            Prepared(statement)()
    assert (
        Prepared(select(Register.id).where(Register.consultation_id == bindparam("one")))(one=1).all() == []
    )


def test_rows_get_the_ids_the_database_gave_them_in_their_order(any_store: Store) -> None:
    with unit_of_work() as work:
        one = Seal(digest="0", salt=b"", value="0")
        work.insert(one)
        many = [Seal(digest=str(number), salt=b"", value=str(number)) for number in range(1, 40)]
        work.insert(*many)
    found = db.session.execute(select(Seal.id, Seal.value))
    assert {row.id: row.value for row in found} == {seal.id: seal.value for seal in [one, *many]}
    assert one.erased_at is None


def test_what_waits_for_the_mapper_is_written_before_what_goes_past_it(store: Store) -> None:
    with unit_of_work() as work:
        event = Event(kind="tested", ref="{}", at=store.now, actor_ref=None)
        work.add(event)
        work.insert(Seal(digest="0", salt=b"", value="0"))
        assert event.id is not None


def test_rows_of_several_tables_are_put_in_them_in_order(any_store: Store) -> None:
    new_document(any_store)
    with unit_of_work():
        event = Event(kind="tested", ref="{}", at=any_store.now, actor_ref=None)
        insert_rows([event, Section(id="f" * 32, document_id=1)])
        insert_rows([Delivery(event_id=event.id, consumer=name) for name in ("one", "two")])
    count = text("SELECT count(*) FROM delivery WHERE event_id = :event AND done_at IS NULL")
    assert db.session.scalar(count, {"event": event.id}) == 2
