"""Wordings of errors: notes beside the parts of a document."""

from __future__ import annotations

from flask_babel import lazy_gettext

_ = lazy_gettext

WORDINGS = {
    "invalid.section_note_kind": _("This page does not say which note is meant. Please open it anew."),
}
