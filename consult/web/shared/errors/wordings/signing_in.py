"""Wordings of errors: second factors, sessions and accounts elsewhere."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.first_code": _("This code is not right. Type the one the app shows now."),
    "invalid.one_time_code": _("This code is not right. Type the one the app shows now, or a recovery code."),
    "invalid.one_time_code_used": _(
        "This code was used already. Wait until the app shows the next one, at most half a minute."
    ),
    "invalid.password_wrong": _("The password is not right."),
    "not_found.identity": _("That account is not linked any more."),
    "not_found.page": _("There is no such page."),
    "not_found.second_factor": _("There is no second factor."),
    "not_found.session": _("That browser is signed out already."),
    "rule.identity_closed": _("The account here that belongs to it was closed."),
    "rule.identity_unverified": _(
        "The service you came from has not verified your e-mail address, and without that we cannot know whose it is."
    ),
    "rule.identity_without_address": _("The service you came from did not tell us an e-mail address."),
    "rule.last_way_in": _("You could not sign in any more: set a password first."),
    "rule.no_password_to_link": _("The account here has no password. Set one first, then come back."),
    "rule.nothing_to_link": _("There is nothing to link any more. Please sign in once more."),
    "rule.registration_closed": _(
        "There is no account here for this person, and none can be made by oneself."
    ),
    "rule.second_factor_on": _("A second factor is set up already."),
    "rule.too_many_codes": _("Too many wrong codes. Try again in %(minutes)s min."),
}
