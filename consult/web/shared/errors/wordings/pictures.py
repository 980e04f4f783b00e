"""Wordings of errors: pictures of documents and attached files."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.image_missing": _("Please choose a picture."),
    "invalid.image_drawing": _(
        "This is an SVG drawing. Such files can carry programs, so they are not taken here. Please save the drawing as PNG: every drawing program can."
    ),
    "invalid.image_kind": _(
        "This is no picture that can be read here. Please save it as PNG or JPEG and try again."
    ),
    "invalid.image_moving": _("This picture moves. Please save one still picture of it as PNG or JPEG."),
    "invalid.image_too_large": _(
        "This picture is too large: at most %(limit)s MB, 30 million pixels of a photograph and 16 million of any other picture. Please make it smaller and try again."
    ),
    "invalid.image_damaged": _(
        "This picture is damaged or incomplete. Please open it, save it again and retry."
    ),
    "invalid.image_undescribed": _(
        "Please say what the picture shows, for people who do not see it. If it shows nothing that the text does not say, tick that it only decorates."
    ),
    "invalid.image_both": _(
        "A picture that only decorates is passed over by screen readers, so its description would be lost. Please leave one of the two."
    ),
    "invalid.too_many_images": _("A document has at most %(limit)s pictures."),
    "invalid.file_erased": _("This file had to be erased here, so it is not taken again."),
    "invalid.attached_kind": _("Files of this kind cannot be attached. Please choose one of: %(taken)s."),
    "invalid.attached_empty": _("This file is empty."),
    "invalid.attached_not_so": _(
        "This file is not what the ending of its name says. Please open it in the program it was made with and save it again."
    ),
    "invalid.attached_damaged": _(
        "This file is damaged or incomplete. Please open it, save it again and retry."
    ),
    "invalid.attached_encrypted": _(
        "This file is locked with a password. Please save it without one, so that everybody can read it."
    ),
    "invalid.attached_macros": _(
        "This file carries programs (macros). Please save it without them and try again."
    ),
    "invalid.attached_unsafe": _(
        "This file could harm those who open it: it unpacks to too much, or is two kinds of file at once. It was not taken."
    ),
    "invalid.attached_encoding": _(
        "The letters of this file cannot be read. Please save it as UTF-8 and try again."
    ),
    "invalid.attachment_title": _("Please say what the attachment is called."),
    "invalid.too_many_attachments": _("A document has at most %(limit)s attached files."),
    "not_found.picture": _("This document has no such picture, or not for everybody to see."),
    "not_found.attachment": _("This document has no such attached file, or not for everybody to see."),
    "not_found.file": _("There is no such file here, or its content had to be erased."),
}
