"""What may be handed in: its limits, and the codes it must use."""

from __future__ import annotations

from datetime import date

from consult.domain.errors import InvalidInput
from consult.domain.process.comments import (
    CAPACITIES,
    CHANNELS,
    KINDS,
    LONGEST_EMAIL,
    LONGEST_JUSTIFICATION,
    LONGEST_NAME,
    LONGEST_ORGANISATION,
    LONGEST_PROPOSED,
    LONGEST_TEXT,
    MOST_TARGETS,
    SHOWN_AS,
    Channel,
    ShownAs,
    shown_name,
)
from consult.domain.text.normalise import admit
from consult.domain.text.typed import require_seen
from consult.services.comments.values import Remark, Sender


def checked_remark(remark: Remark) -> Remark:
    text = admit(remark.text, field="text").strip()
    justification = admit(remark.justification, field="justification").strip()
    proposed = None if remark.proposed is None else admit(remark.proposed, field="proposed")
    if not text and not (proposed is not None and remark.pointings):
        raise InvalidInput("comment_empty", field="text")
    for field, words, limit in (
        ("text", text, LONGEST_TEXT),
        ("justification", justification, LONGEST_JUSTIFICATION),
        ("proposed", proposed or "", LONGEST_PROPOSED),
    ):
        if len(words) > limit:
            raise InvalidInput("comment_too_long", field=field, limit=limit)
    if remark.kind not in KINDS:
        raise InvalidInput("comment_kind", field="kind")
    if len(remark.pointings) > MOST_TARGETS:
        raise InvalidInput("too_many_targets", field="text", limit=MOST_TARGETS)
    return Remark(text, remark.kind, justification, proposed, remark.pointings)


def checked_sender(sender: Sender) -> Sender:
    if sender.capacity not in CAPACITIES:
        raise InvalidInput("capacity", field="capacity")
    if sender.channel not in CHANNELS:
        raise InvalidInput("channel", field="channel")
    name = " ".join(admit(sender.name, field="name").split())
    organisation = " ".join(admit(sender.organisation_name, field="organisation_name").split())
    email = admit(sender.email, field="email").strip()
    if len(name) > LONGEST_NAME:
        raise InvalidInput("name_too_long", field="name", limit=LONGEST_NAME)
    if len(organisation) > LONGEST_ORGANISATION:
        raise InvalidInput("name_too_long", field="organisation_name", limit=LONGEST_ORGANISATION)
    require_seen(organisation, "organisation_name")
    if email and (len(email) > LONGEST_EMAIL or "@" not in email[1:-1] or " " in email):
        raise InvalidInput("email", field="email")
    if sender.capacity != "resident" and not organisation:
        raise InvalidInput("organisation_missing", field="organisation_name")
    return Sender(
        capacity=sender.capacity,
        name=name,
        email=email,
        organisation_name=organisation if sender.capacity != "resident" else "",
        organisation_id=sender.organisation_id,
        is_verified=sender.is_verified,
        channel=sender.channel,
        received_on=sender.received_on,
        postmark_on=_checked_postmark(sender),
        case_sign=" ".join(admit(sender.case_sign, field="case_sign").split())[:100],
        shown_as=_checked_shown(sender, name),
        wants_letter=sender.wants_letter,
    )


def clipped_sender(sender: Sender) -> Sender:
    """A sender as far as they have said who they are: nothing has to be right yet, and nothing is too long to be kept.

    Raises InvalidInput for characters that cannot be kept.
    """
    return Sender(
        capacity=sender.capacity if sender.capacity in CAPACITIES else "",
        name=admit(sender.name, field="name")[:LONGEST_NAME],
        email=admit(sender.email, field="email")[:LONGEST_EMAIL],
        organisation_name=admit(sender.organisation_name, field="organisation_name")[:LONGEST_ORGANISATION],
        organisation_id=sender.organisation_id,
        shown_as=sender.shown_as if sender.shown_as in SHOWN_AS else "",
        wants_letter=sender.wants_letter,
    )


def _checked_shown(sender: Sender, name: str) -> str:
    """What everybody sees of the name. Raises InvalidInput where there is none to be shown."""
    if sender.shown_as not in ("", *SHOWN_AS):
        raise InvalidInput("shown_as", field="shown_as")
    if sender.shown_as in (ShownAs.NAME, ShownAs.INITIALS) and not shown_name(name, sender.shown_as):
        raise InvalidInput("shown_name_missing", field="name")
    return sender.shown_as


def _checked_postmark(sender: Sender) -> date | None:
    """The day on the stamp. Raises InvalidInput where there can be no stamp, or one later than the letter itself."""
    if sender.postmark_on is None:
        return None
    if sender.channel != Channel.PAPER or sender.received_on is None:
        raise InvalidInput("postmark_without_letter", field="postmark_on")
    if sender.postmark_on > sender.received_on:
        raise InvalidInput("postmark_after_receipt", field="postmark_on")
    return sender.postmark_on
