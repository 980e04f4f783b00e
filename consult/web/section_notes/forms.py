"""The form of the notes beside a part."""

from __future__ import annotations

from wtforms import TextAreaField

from consult.web.shared.forms import Form


class NotesForm(Form):
    """One field for each kind of note, named as the kind."""

    summary = TextAreaField()
    explanation = TextAreaField()
