"""Wordings of errors: what was typed."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.control_characters": _(
        "The text holds a character that cannot be kept (at position %(position)s). Please remove it."
    ),
    "invalid.too_long": _("This is too long: at most %(limit)s characters."),
    "invalid.web_address": _("This is not the address of a website. It begins with https://."),
    "invalid.reason_missing": _("Please give the reason."),
    "invalid.why_missing": _("Please give the reason: everybody concerned will read it."),
    "invalid.text_empty": _("A part needs some text. To take it out of the document, use “Remove”."),
    "invalid.text_too_long": _(
        "The text is longer than %(limit)s characters. Please split it into several parts."
    ),
    "invalid.text_before_heading": _(
        "There is text before the first heading. Move it under the heading, so that it is not lost from this part."
    ),
    "invalid.block_left_open": _(
        "A block of code or a comment in this text is never closed, so it would swallow the parts that follow. Please close it."
    ),
    "invalid.note_too_long": _("The note is longer than %(limit)s characters."),
    "invalid.title_empty": _("Please give a title."),
    "invalid.title_multiline": _("A title is a single line."),
    "invalid.title_too_long": _("The title is longer than %(limit)s characters."),
    "invalid.heading_missing": _("This part has no heading."),
    "invalid.level_out_of_range": _("Headings have levels from 1 to %(deepest)s."),
    "invalid.label_empty": _("Please say what people should call this version."),
    "invalid.label_too_long": _("The label is longer than %(limit)s characters."),
    "invalid.document_kind": _("Please choose a kind of document."),
    "invalid.language": _("Please choose one of the languages: %(taken)s."),
    "invalid.conflicts_undecided": _("Please decide every place where the two texts differ."),
    "invalid.proposal_missing": _("There is no proposed text for this place."),
}
