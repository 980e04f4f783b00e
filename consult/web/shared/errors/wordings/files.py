"""Wordings of errors: files sent here."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.file_format": _("Files of this kind are not read here. Please choose one of: %(taken)s."),
    "invalid.file_missing": _("Please choose a file."),
    "invalid.file_not_text": _("This is not a text file."),
    "invalid.date": _("Please give a day."),
    "invalid.year": _("Please check the year: days from %(first)s to %(last)s are taken."),
    "invalid.hour": _("Please give an hour and minutes."),
    "invalid.wording_place": _(
        "The place of the wording was not understood. Please load the page again; your text is below."
    ),
    "invalid.file_empty": _("There is no text in this file."),
    "invalid.file_encoding": _(
        "The letters of this file cannot be read. Please save it as UTF-8 and try again."
    ),
    "invalid.file_encrypted": _(
        "This file is locked with a password. Please save it without one and try again."
    ),
    "invalid.file_old_word": _(
        "This is a file of an old Word (.doc). Please save it as .docx and try again."
    ),
    "invalid.file_damaged": _(
        "This file is damaged or incomplete. Please open it in Word, save it again and retry."
    ),
    "invalid.file_not_word": _("This is not a Word document (.docx)."),
    "invalid.file_not_opendocument": _("This is not an OpenDocument text (.odt)."),
    "invalid.file_not_page": _("This is not a web page (.html)."),
    "invalid.file_too_large": _("This file unpacks to more than can be read here."),
    "invalid.file_too_long": _("This file holds more than %(limit)s characters of text. Please split it."),
    "invalid.file_too_complex": _(
        "This file is built in too complicated a way to be read. Please save a simpler copy, without embedded objects."
    ),
    "invalid.file_unsafe": _("This file holds instructions a document does not need, so it was not opened."),
    "invalid.too_many_sections": _("The file has more than %(limit)s headings. Please split it."),
    "invalid.export_format": _("Texts are written as: %(taken)s."),
}
