"""Events say what happened and to which record, and never who or in what words."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from consult.domain.history import events
from consult.domain.history.events import EVENTS, Event, SectionSaved


def test_every_event_has_a_code_of_its_own() -> None:
    defined = {
        thing
        for thing in vars(events).values()
        if isinstance(thing, type) and issubclass(thing, Event) and thing is not Event
    }

    assert set(EVENTS.values()) == defined
    assert all(kind == event.kind and "." in kind for kind, event in EVENTS.items())


def test_events_carry_identifiers_only() -> None:
    assert all(field.name.endswith("_id") for event in EVENTS.values() for field in fields(event))


def test_an_event_cannot_be_altered_after_the_fact() -> None:
    saved = SectionSaved(document_id="d", section_id="s", text_id="t", change_id="c")

    assert saved.refs() == {"document_id": "d", "section_id": "s", "text_id": "t", "change_id": "c"}
    with pytest.raises((FrozenInstanceError, TypeError, AttributeError)):
        saved.section_id = "other"  # type: ignore[misc]
