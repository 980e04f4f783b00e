"""Wordings of errors: accounts and signing in."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "conflict.email_taken": _("There is an account with this e-mail address already."),
    "conflict.slug_taken": _("This name in addresses is taken already."),
    "invalid.credentials": _("The e-mail address or the password is not right."),
    "invalid.password_length": _("A password needs at least %(shortest)s characters."),
    "invalid.password_long": _("A password has at most %(longest)s characters."),
    "invalid.password_like_you": _(
        "This password is little more than your name or address. Choose one that says nothing about you."
    ),
    "invalid.password_common": _(
        "Strangers would try this password first. Choose another, say four words that have nothing to do with each other."
    ),
    "invalid.current_password": _("This is not your current password."),
    "invalid.confirming_password": _(
        "This is not the password chosen last for this account. If you do not know it, set a new one."
    ),
    "invalid.address_unconfirmed": _(
        "The password is right, but this address has not been confirmed yet. Follow the link in the letter we sent, or have it sent again."
    ),
    "invalid.address_same": _("This is the address you use already."),
    "invalid.email_taken": _("Another account has got this address meanwhile. Your old address stays."),
    "invalid.email": _("This is not a complete e-mail address."),
    "invalid.name_missing": _("Give the name you want to be known by."),
    "invalid.name_characters": _(
        "The name holds signs that cannot be seen. Type it by hand instead of pasting it."
    ),
    "invalid.account_language": _("Choose one of the languages listed."),
    "invalid.request_kind": _("There is no such request."),
    "invalid.request_words": _("Say what has to be corrected and how."),
    "invalid.request_decision": _("Choose whether the request is carried out or refused."),
    "invalid.refusal_reason_missing": _("Give the reasons of the refusal: the law asks for them."),
    "invalid.request_too_long": _("This is too long: at most %(limit)s characters."),
    "conflict.request_open": _("You have asked for this already. The answer is still to come."),
    "rule.request_decided": _("This request has been decided or taken back already."),
    "not_found.data_request": _("There is no such request."),
    "not_found.link": _("This link does not work any more."),
}
