"""Sending: the worker composes due letters and hands them over, one by one.

A letter is claimed in a short transaction (nobody else tries it for `CLAIM`), composed and sent outside any, and
marked in another. A worker killed in between leaves it claimed; it is tried again when the claim ends. Between the
server's answer and the mark lies a moment in which a killed worker has sent a letter nobody wrote down: it leaves a
second time, with the same Message-ID.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from consult.domain.text.normalise import normalise
from consult.ports.mail import Handover, Letter, MailRefused
from consult.services.accounts.links import NO_LINK
from consult.services.letters.recipients import Recipient
from consult.services.letters.registry import all_gatherers
from consult.storage.queries import letters as queries
from consult.storage.queries.accounts import links
from consult.storage.queries.letters import PendingLetter
from consult.storage.unit_of_work import current_ports, end_reading, unit_of_work

CLAIM = timedelta(minutes=10)
"""Longer than any letter takes to hand over."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240))
"""How long to wait after the first, second … attempt in vain; the last holds from then on."""

GIVE_UP_AFTER = timedelta(days=4)
"""A letter that could not leave this long after it was due is given up."""

BATCH = 50

LANGUAGES = ("pl", "en")

log = structlog.get_logger()


class _Unwanted(Exception):
    """Nobody wants the letter, or nobody can be written to; `code` says which."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def send_pending(*, now: Callable[[], datetime]) -> int:
    """Try every letter that is due; returns how many left.

    A letter that cannot be sent never stops the others; a server that cannot be reached does, until the next time.
    """
    sent = 0
    try:
        while ids := queries.list_due_ids(now(), limit=BATCH):
            end_reading()
            for letter_id in ids:
                outcome = _try(letter_id, now)
                if outcome is None:
                    return sent
                sent += outcome
    finally:
        current_ports().mailer.rest()
    return sent


def _try(letter_id: int, now: Callable[[], datetime]) -> bool | None:
    """Try one letter: whether it left; None when no letter can leave now."""
    at = now()
    with unit_of_work():
        pending = queries.claim_letter(letter_id, now=at, until=at + CLAIM)
    if pending is None:
        return False
    try:
        send_one(pending, at)
    except _Unwanted as reason:
        with unit_of_work():
            queries.mark_dropped(letter_id, now(), reason.code)
        return False
    except MailRefused as refusal:
        _refused(pending, now(), refusal.code, is_permanent=refusal.is_permanent)
        return None if refusal.is_everybody else False
    except Exception as error:  # a gatherer or template that is wrong is mended by an upgrade; others go on
        log.error("letter could not be composed", letter=pending.letter, number=letter_id, exc_info=error)
        _refused(pending, now(), "compose", is_permanent=False)
        return False
    with unit_of_work():
        queries.mark_sent(letter_id, now())
        _forget_address(pending)
    return True


def send_one(pending: PendingLetter, at: datetime) -> Handover:
    """Gather, compose and hand over one letter. Raises MailRefused, and whatever gathering and composing raise."""
    gatherer = all_gatherers().get(pending.letter)
    if gatherer is None:
        raise LookupError(f"nobody gathers {pending.letter}")
    recipient = _recipient(pending)
    gathered = gatherer(recipient, pending.ref, at)
    if gathered is None:
        raise _Unwanted("unwanted")
    values = dict(gathered)
    address = str(values.pop("to_address", "") or recipient.address)
    language = str(values.pop("to_language", "") or recipient.language)
    if not address:
        raise _Unwanted("no_address")
    end_reading()
    ports = current_ports()
    composed = ports.composer.compose(pending.letter, language, values)
    return ports.mailer.send(
        Letter(
            to=address,
            subject=composed.subject,
            text=composed.text,
            html=composed.html,
            name=recipient.name if address == recipient.address else "",
            language=language,
            reference=_reference(pending),
            stop_href=composed.stop_href,
        )
    )


def _forget_address(pending: PendingLetter) -> None:
    """An address that was kept for one letter only, say of somebody whose account is erased, has served."""
    link_id = pending.ref.get("link_id")
    if isinstance(link_id, int):
        links.empty_address(link_id, NO_LINK)


def _recipient(pending: PendingLetter) -> Recipient:
    """Who it goes to, read now. Raises `_Unwanted` where there was an address once and is none any more."""
    found = queries.find_address(pending.person_id, pending.submission_id)
    if found is None and (pending.person_id is not None or pending.submission_id is not None):
        raise _Unwanted("no_address")
    asked = (found.language if found else "") or str(pending.ref.get("language", ""))
    return Recipient(
        address=found.address if found else "",
        name=normalise(found.name) if found else "",
        language=asked if asked in LANGUAGES else LANGUAGES[0],
        person_id=pending.person_id,
        submission_id=pending.submission_id,
    )


def _reference(pending: PendingLetter) -> str:
    """What the Message-ID is made of: the same however often the letter is tried, different in every store."""
    digest = hashlib.sha256(f"{pending.id}|{pending.letter}|{pending.made_at.isoformat()}".encode())
    return f"{pending.id}.{digest.hexdigest()[:20]}"


def _refused(pending: PendingLetter, at: datetime, code: str, *, is_permanent: bool) -> None:
    log.warning("letter did not leave", letter=pending.letter, number=pending.id, code=code)
    with unit_of_work():
        if is_permanent or at - pending.due_at > GIVE_UP_AFTER:
            queries.mark_dropped(pending.id, at, code)
        else:
            pause = PAUSES[min(pending.attempts, len(PAUSES)) - 1]
            queries.postpone(pending.id, at + pause, code)
