"""The form an official answers on."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from consult.web.shared.forms import Form


class AnswerForm(Form):
    outcome = StringField()
    other_outcome = StringField()
    justification = TextAreaField()
    take_wording = BooleanField()
    wording = TextAreaField()
    base = HiddenField()
    section = HiddenField()
    start = HiddenField()
    end = HiddenField()
    revision = HiddenField()
