"""Who has to be told of what happens to a consultation."""

from __future__ import annotations

from consult.storage.queries.addressees import Addressee, list_addressees, list_senders

__all__ = ["Addressee", "addressees_of", "senders_in"]


def addressees_of(consultation_id: int) -> list[Addressee]:
    """Everybody concerned, each once: who follows the consultation or its document, who commented with an account, and
    who left an address with a comment. Post one letter to each: `post(work, …, person_id=one.person_id,
    submission_id=one.submission_id)`. No permission is asked for: it names nobody, and services alone call it."""
    return list_addressees(consultation_id)


def senders_in(consultation_id: int) -> list[Addressee]:
    """Everybody who commented and can be written to, each once; as `addressees_of`, without those who only follow."""
    return list_senders(consultation_id)
