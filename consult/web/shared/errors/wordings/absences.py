"""Wordings of errors: what there is not."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "not_found.change": _("There is no such change."),
    "not_found.comment": _("There is no such comment."),
    "not_found.consultation": _("There is no such consultation."),
    "not_found.document": _("There is no such document, or it is not published yet."),
    "not_found.host": _("There is no office here that could keep documents yet."),
    "not_found.letter": _("There is no such letter, or it was sent already."),
    "not_found.person": _("There is no such person."),
    "not_found.receipt": _("There is no such receipt, or the address is not complete."),
    "not_found.section": _("This part is no longer in the document."),
    "not_found.text": _("This text is no longer there."),
    "not_found.version": _("There is no such version."),
}
