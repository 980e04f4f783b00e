"""In whose name somebody speaks, as far as that can be known here."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.policy.actors import Actor
from consult.storage.queries import organisations as queries


@dataclass(frozen=True, slots=True)
class Standing:
    """The organisation a claim is about, and whether the claim is more than one.

    `organisation_id` is None for whoever does not belong to the organisation they name: its page then knows nothing
    of what they say.
    """

    organisation_id: int | None
    organisation_name: str
    is_confirmed: bool


def standing_of(
    actor: Actor, *, capacity: str, organisation_id: int | None, organisation_name: str
) -> Standing:
    """What a claim to speak for an organisation is worth.

    Confirmed only when all of it is known here: the organisation is verified and of the kind named, and the person
    belongs to it and may speak in its name. Everything else is accepted as a claim and shown as unconfirmed.
    """
    speaker = (
        queries.find_speaker(organisation_id, actor.id)
        if organisation_id is not None and actor.id is not None
        else None
    )
    if speaker is None or speaker.organisation_kind != capacity:
        return Standing(None, organisation_name, is_confirmed=False)
    return Standing(speaker.organisation_id, speaker.organisation_name, is_confirmed=speaker.is_confirmed)
