"""Wordings of errors: comment forms that come back."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS: dict[str, object] = {
    "invalid.form_format": _(
        "Forms are read from Word documents (.docx), workbooks (.xlsx) and PDF. Save this file as one of these, or type it in."
    ),
    "invalid.form_macros": _(
        "This file carries macros, that is programs, and is not opened. Ask for the form without them, or type it in."
    ),
    "invalid.form_of_another": _(
        "This is a form of another consultation: “%(title)s”. Enter it into the register of that one."
    ),
    "invalid.form_of_elsewhere": _(
        "This is a form of another consultation, held somewhere else or on another text. If it is of this one after all, type it in."
    ),
    "invalid.form_empty": _("Nothing is written in this form."),
    "invalid.form_too_long": _(
        "More than %(limit)s characters are written in this form. Type in what is a comment, and attach the file."
    ),
    "invalid.form_too_many": _(
        "This form holds %(count)s comments; %(limit)s can be entered at once. Divide it into several files."
    ),
    "invalid.form_unlike": _(
        "This file is not a comment form of this site: no code and no table of comments was found. Type it in instead."
    ),
    "invalid.form_flattened": _(
        "The fields of this PDF were printed into its pages, so no program can read them for certain. Type the comments in, and attach the file."
    ),
    "invalid.form_without_fields": _(
        "This PDF has no fields to read, perhaps it is a scan. Type the comments in, and attach the file."
    ),
    "invalid.form_gone": _("The file was kept for a day only. Please choose it again."),
    "invalid.file_not_pdf": _("This is not a PDF."),
    "invalid.file_not_spreadsheet": _("This is not a workbook (.xlsx)."),
}
