"""Forms of working notes."""

from __future__ import annotations

from wtforms import HiddenField, StringField, TextAreaField

from consult.web.shared.forms import Form


class NoteForm(Form):
    section = StringField()
    quote = TextAreaField()
    text = TextAreaField()


class ThreadForm(Form):
    """What is done with a note: `act` is answer, resolve or reopen."""

    act = HiddenField()
    answer = TextAreaField()
