"""In whose name: what the form offers, what it says, and how the answer will be seen."""

from __future__ import annotations

from flask_babel import gettext

from consult.domain.process.comments import CAPACITIES, shown_name
from consult.services.comments import Sender
from consult.services.organisations import standing_of
from consult.services.unsent_comments import UnsentSender
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries.organisations import SpeakerRow
from consult.storage.queries.unsent_comments import UnsentSenderRow
from consult.web.comments.forms import SenderForm
from consult.web.shared.i18n import as_written, phrase
from consult.web.shared.presenters import Author
from consult.web.shared.viewers import current_actor, current_person

OWN = "organisation-"
"""Before the id of one of the sender's own organisations, in the answer to "in whose name?"."""


def own_organisations() -> list[SpeakerRow]:
    """The organisations the reader belongs to, in whose name they can offer to speak."""
    person = current_person()
    return organisation_queries.list_speakers(person.id) if person else []


def own_choices() -> tuple[tuple[str, str], ...]:
    """The answers to "in whose name?" for one's own organisations, as (answer, words)."""
    return tuple(
        (
            f"{OWN}{one.organisation_id}",
            phrase(gettext("For: %(name)s"), name=as_written(one.organisation_name))
            if one.is_confirmed
            else phrase(
                gettext("For: %(name)s (shown as unconfirmed)"), name=as_written(one.organisation_name)
            ),
        )
        for one in own_organisations()
    )


def fill_sender(form: SenderForm, kept: UnsentSenderRow | None = None) -> None:
    """What the form says before anybody answers: what was said before, else what the account says."""
    person = current_person()
    own = own_organisations()
    form.wants_letter.data = kept.wants_letter if kept else True
    form.shown_as.data = (kept.shown_as if kept else "") or (
        "name" if person is not None and person.is_name_public else "nothing"
    )
    if kept is not None:
        form.name.data, form.email.data = kept.name, kept.email
        form.organisation.data = kept.organisation_name
    if kept is not None and kept.capacity:
        member = next((one for one in own if one.organisation_id == kept.organisation_id), None)
        form.capacity.data = f"{OWN}{member.organisation_id}" if member else kept.capacity
        if member:
            form.organisation.data = ""
        return
    first = next((one for one in own if one.is_confirmed), own[0] if own else None)
    form.capacity.data = f"{OWN}{first.organisation_id}" if first else "resident"


def sender_of(form: SenderForm) -> Sender:
    """The sender as the form says it; an account says itself who it is."""
    capacity = form.capacity.data or ""
    person = current_person()
    if person is None:
        return Sender(
            capacity=capacity,
            name=form.name.data or "",
            email=form.email.data or "",
            organisation_name=form.organisation.data or "",
            shown_as=form.shown_as.data or "",
        )
    own = own_organisations()
    typed = (form.organisation.data or "").strip()
    chosen = next(
        (
            one
            for one in own
            if capacity == f"{OWN}{one.organisation_id}" or (capacity == one.organisation_kind and not typed)
        ),
        None,
    )
    return Sender(
        capacity=chosen.organisation_kind if chosen else capacity,
        name=person.name,
        email=person.email,
        organisation_name=chosen.organisation_name if chosen else typed,
        organisation_id=chosen.organisation_id if chosen else None,
        shown_as=form.shown_as.data or "",
        wants_letter=bool(form.wants_letter.data),
    )


def unsent_sender_of(form: SenderForm) -> UnsentSender:
    """The same, to be kept until it is sent; who an account is is not kept a second time."""
    sender = sender_of(form)
    is_guest = current_person() is None
    return UnsentSender(
        capacity=sender.capacity,
        organisation_name=sender.organisation_name,
        organisation_id=sender.organisation_id,
        name=sender.name if is_guest else "",
        email=sender.email if is_guest else "",
        shown_as=sender.shown_as,
        wants_letter=sender.wants_letter,
    )


def seen_as(sender: Sender) -> Author:
    """How everybody will see the sender beside each comment."""
    capacity = sender.capacity if sender.capacity in CAPACITIES else "resident"
    if capacity == "resident":
        return Author(capacity, name=shown_name(sender.name, sender.shown_as))
    standing = standing_of(
        current_actor(),
        capacity=capacity,
        organisation_id=sender.organisation_id,
        organisation_name=sender.organisation_name,
    )
    return Author(
        capacity,
        name=shown_name(sender.name, sender.shown_as),
        organisation=standing.organisation_name,
        is_confirmed=standing.is_confirmed,
    )
