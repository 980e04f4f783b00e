"""Wordings of errors: organisations and hosts."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.colour": _("Please give a colour as # and six digits or letters a to f, for example #1f4e79."),
    "invalid.colour_contrast": _(
        "Words in this colour would be too faint: the contrast is %(ratio)s to 1, and people with weaker sight need 4.5 to 1. The nearest shade that can be read is %(nearest)s."
    ),
    "invalid.declaration_method": _("Please say who judged how accessible the site is."),
    "invalid.declaration_missing": _("The act on digital accessibility asks for this."),
    "invalid.declaration_reviewed_before": _(
        "A review cannot come before the declaration was prepared. Please check both days."
    ),
    "invalid.declaration_status": _("Please say how far the site meets the requirements."),
    "invalid.picture_damaged": _("This picture is damaged or incomplete. Please save it again and retry."),
    "invalid.picture_drawing": _(
        "This is an SVG drawing. Such files can carry programs, so they are not taken here. Please save the crest as PNG: every drawing program can."
    ),
    "invalid.picture_kind": _("This is not a PNG, JPEG or WebP picture."),
    "invalid.picture_too_large": _(
        "This picture is too large: at most %(limit)s MB and 16 million pixels. A crest of 512 by 512 pixels is enough."
    ),
    "invalid.standing_text_empty": _("Please write the text."),
    "invalid.text_kind": _("There is no such text."),
    "invalid.text_unchanged": _("Nothing has changed since the version in force."),
    "invalid.text_unfilled": _("There is still a place to fill in: %(words)s"),
    "not_found.crest": _("This office has no crest here."),
    "not_found.host_page": _("There is no such office here."),
    "not_found.host_text": _("There is no such text, or no such version of it."),
    "conflict.already_member": _("You belong to this organisation already: %(name)s."),
    "conflict.organisation_alike": _(
        "There is an organisation with nearly the same name here: “%(name)s”. If yours is another one, please say so below; if it is the same, ask to join it instead."
    ),
    "conflict.organisation_known": _("An organisation with this number is here already: “%(name)s”."),
    "invalid.host_identity": _(
        "The name, kind and numbers of an office that runs consultations are changed by an administrator."
    ),
    "invalid.invitation_uses": _("A link may let in from 1 to %(limit)s people."),
    "invalid.krs": _("A KRS number has ten digits."),
    "invalid.nip": _("This is not a NIP: ten digits, the last of which follows from the others."),
    "invalid.organisation_kind": _("Please choose what kind of organisation it is."),
    "invalid.organisation_name_missing": _("Please give the full name of the organisation."),
    "invalid.organisation_refusal_reason_missing": _(
        "Please say why: those who entered the organisation will read it."
    ),
    "invalid.regon": _(
        "This is not a REGON: nine or fourteen digits, the last of which follows from the others."
    ),
    "invalid.role": _("There is no such role in this organisation."),
    "invalid.unit_of": _("Please choose the office this is a unit of."),
    "not_found.invitation": _("There is no such invitation, or the address is not complete."),
    "not_found.member": _("This person does not belong to the organisation."),
    "not_found.membership_request": _("There is no such request to join."),
    "not_found.organisation": _("There is no such organisation."),
    "not_permitted.give_role": _(
        "Only officials of the office and administrators name and recall officials and editors."
    ),
    "rule.host_stays": _("This office runs consultations, so it cannot be refused."),
    "rule.host_unverified": _("Only a verified organisation can run consultations."),
    "rule.invitation_over": _(
        "This invitation has been used, has expired or was taken back. Please ask for a new one."
    ),
    "rule.last_official": _(
        "This is the last official of the office. Please name another one first, so that its consultations do not stand without anybody."
    ),
    "rule.last_representative": _(
        "This is the last person who can let others into the organisation. Please name another representative first."
    ),
    "rule.too_many_invitations": _("There are %(limit)s open invitations. Please take some back first."),
    "stale.organisation_changed": _(
        "Its people have changed what it says of itself meanwhile. Look at it again before you confirm it."
    ),
    "stale.request_decided": _("Somebody else has decided on this request meanwhile."),
}
