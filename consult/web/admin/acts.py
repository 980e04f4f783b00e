"""Acts on record, each in a sentence, and what an administrator is told before doing one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

_ = lazy_gettext

ACTS = {
    "person.looked_at": _("had the personal data shown of %(person)s"),
    "person.disabled": _("closed the account of %(person)s"),
    "person.enabled": _("opened the account again of %(person)s"),
    "person.signed_out": _("ended every session of %(person)s"),
    "person.second_factor_taken": _("took away the second factor of %(person)s"),
    "administrator.made": _("gave the administration to %(person)s"),
    "administrator.unmade": _("took the administration from %(person)s"),
    "account.data_request_decided": _("decided on a request about data of %(person)s"),
    "account.erased": _("erased the personal data of account number %(number)s"),
    "organisation.verified": _("verified the organisation %(organisation)s"),
    "organisation.refused": _("refused the organisation %(organisation)s"),
    "organisation.became_host": _("made a host of %(organisation)s"),
    "membership.begun": _("took %(person)s into %(organisation)s"),
    "membership.changed": _("changed the role of %(person)s in %(organisation)s"),
    "membership.ended": _("took %(person)s out of %(organisation)s"),
    "search.rebuild_asked": _("asked for the search index to be built anew"),
}
"""What stands after the name of whoever acted, by the event's code."""


@dataclass(frozen=True, slots=True)
class ActWords:
    """What an act is called on its button and page, what it will do, and what is said once it is done."""

    title: Any
    effect: Any
    done: Any
    is_grave: bool = False


PERSON_ACTS = {
    "close": ActWords(
        _("Close the account"),
        _(
            "Nobody will be able to sign in with this account, and wherever it is signed in now it will be signed out. What the person has done here stays."
        ),
        _("The account is closed."),
        is_grave=True,
    ),
    "reopen": ActWords(
        _("Open the account again"),
        _("The person will be able to sign in as before, with the roles the account still has."),
        _("The account is open again."),
    ),
    "make-administrator": ActWords(
        _("Make an administrator"),
        _("The person will look after all people, organisations and hosts of this site."),
        _("The person is an administrator now."),
        is_grave=True,
    ),
    "unmake-administrator": ActWords(
        _("Take administrator rights away"),
        _("The person will keep the account and the roles in organisations, but not look after this site."),
        _("The person is no longer an administrator."),
        is_grave=True,
    ),
    "sign-out": ActWords(
        _("End every session"),
        _("Wherever the account is signed in it will be signed out. The person can sign in again."),
        _("Every session was ended."),
    ),
    "second-factor": ActWords(
        _("Take the second factor away"),
        _(
            "The person will sign in with the password alone until a new second factor is set up. Make sure first that it is really this person who asks."
        ),
        _("The second factor was taken away."),
        is_grave=True,
    ),
}
"""What can be done to an account, by the word in the address."""

ORGANISATION_ACTS = {
    "verify": ActWords(
        _("Verify the organisation"),
        _("Comments in its name will be shown as confirmed. Whoever entered it will be told."),
        _("The organisation is verified."),
    ),
    "refuse": ActWords(
        _("Refuse the organisation"),
        _("It will no longer be shown to others. Whoever entered it will be told the reason."),
        _("The organisation was refused."),
        is_grave=True,
    ),
    "host": ActWords(
        _("Make it a host"),
        _("It will keep documents and run consultations of its own, and have pages of its own."),
        _("The organisation is a host now."),
    ),
}
"""What can be done to an organisation, by the word in the address."""
